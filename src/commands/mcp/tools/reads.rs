//! The tools that change nothing.

use super::{Deed, Effect, Fence, Stands, take};

/// What every reading tool is.
const READ: Deed = Deed {
    name: "",
    title: "",
    description: "",
    command: &[],
    always: &["--json"],
    takes: &[],
    schema: "",
    effect: Effect::Reads,
};

pub(super) const CANDIDATES: Deed = Deed {
    name: "candidates",
    title: "Find incidents without a post-mortem",
    description: "Finds what in the history looks like an incident and has no post-mortem yet: reverts, rollbacks, hotfix \
                  releases, fixes hard on a release. Use it first when nobody has said which incident is meant, or to see \
                  what was forgotten. Each row gives the reasons, the commits, and the command that begins its draft (`new` \
                  takes the same title, deploy and fix).",
    command: &["candidates"],
    takes: &[take("since"), take("until"), take("service")],
    schema: include_str!("../../../../docs/schema/candidates.json"),
    ..READ
};

pub(super) const LIST: Deed = Deed {
    name: "list",
    title: "List post-mortems",
    description: "Lists post-mortems: drafts, in review and published, newest incident first. Use it to find an id, to see \
                  whether an incident has a post-mortem already, and with `like` or `for` to find similar incidents or those \
                  that touched a commit or a path before.",
    command: &["list"],
    takes: &[
        take("words"),
        take("state"),
        take("severity"),
        take("service"),
        take("since"),
        take("grep"),
        take("like").fenced(Fence::Inside).about(
            "Those most like this post-mortem (or a file of the repository), with the words and files in common",
        ),
        take("for").fenced(Fence::Inside),
        take("limit"),
        take("rev"),
    ],
    schema: include_str!("../../../../docs/schema/postmortems.json"),
    ..READ
};

pub(super) const SHOW: Deed = Deed {
    name: "show",
    title: "Read one post-mortem",
    description: "Reads one post-mortem: its text and everything that was understood of it (date, severity, timeline, \
                  sections and whether they are filled, action items, links). Use it before an edit; `blob` is what `base` of \
                  the edits takes, so that nobody's newer text is overwritten.",
    command: &["show"],
    takes: &[
        take("id").needed().about("The post-mortem: its id, or any unambiguous part of it"),
        take("section").about("Only this section in `text`: summary, root cause, …"),
        take("rev"),
    ],
    schema: include_str!("../../../../docs/schema/documents.json"),
    ..READ
};

pub(super) const CONTEXT: Deed = Deed {
    name: "context",
    title: "How the system was meant to work",
    description: "Gathers what is known about the files of an incident: their owners, churn, past incidents that touched \
                  them, files that usually change with them and did not this time, architecture pages and decisions that \
                  mention them, dashboards, and what a trusted context server tells. Use it before writing about causes.",
    command: &["context"],
    takes: &[
        take("subject").fenced(Fence::Inside).about(
            "A post-mortem, a revision, a range v1.4.0..v1.5.0, or a path; by default the draft last touched",
        ),
        take("all"),
    ],
    schema: include_str!("../../../../docs/schema/context.json"),
    ..READ
};

pub(super) const TRACE: Deed = Deed {
    name: "trace",
    title: "From the fix back to the cause",
    description: "Follows the lines that a fix mended back to the change that brought the defect, and tells which releases \
                  have the defect and which the fix. Use it once a fix is known; what it finds is evidence to look at, and \
                  `link` with `introduced` keeps it.",
    command: &["trace"],
    takes: &[
        take("subjects").about(
            "A post-mortem by its id (its linked fixes are followed), or commits that mended something",
        ),
        take("fix"),
        take("cause"),
        take("all"),
    ],
    schema: include_str!("../../../../docs/schema/origins.json"),
    ..READ
};

pub(super) const TIMELINE: Deed = Deed {
    name: "timeline",
    title: "The timeline, and what could be added to it",
    description: "Shows the timeline of a post-mortem with times to detect and to recover, and proposes events: with `git` \
                  releases, merges, reverts and fixes around the incident, with `records` those of another tool's export. \
                  Use it to see what is known and what is missing. Nothing is written: `timeline_write` with the same \
                  arguments does that.",
    command: &["timeline"],
    takes: &[
        take("id").needed().about("The post-mortem: its id, or any unambiguous part of it"),
        take("git"),
        RECORDS,
        take("from"),
        take("zone"),
        take("names"),
        take("since"),
        take("until"),
    ],
    schema: include_str!("../../../../docs/schema/events.json"),
    ..READ
};

/// What another tool recorded, as text.
pub(super) const RECORDS: super::Take = take("records").as_(Stands::Input("import")).about(
    "What another tool recorded, as its export has it: CSV, JSON lines, a Slack export, PagerDuty log entries, Alertmanager \
     alerts, deploys.jsonl",
);

pub(super) const ACTIONS: Deed = Deed {
    name: "actions",
    title: "List action items",
    description: "Lists the promised follow-ups of all published post-mortems (with `drafts` also of drafts), or of one: \
                  owner, priority, due date, status, what is overdue, which commit closed what and which release has it. Use \
                  it to see what is promised already before promising more, and with `rank` to say what to do first.",
    command: &["actions"],
    takes: &[
        take("id"),
        take("overdue"),
        take("due_within"),
        take("owner"),
        take("priority"),
        take("severity"),
        take("service"),
        take("status"),
        take("since"),
        take("missing"),
        take("slipped"),
        take("stale"),
        take("drafts"),
        take("rev"),
        take("rank"),
        take("sort"),
    ],
    schema: include_str!("../../../../docs/schema/actions.json"),
    ..READ
};

pub(super) const LINT: Deed = Deed {
    name: "lint",
    title: "What is wrong with a post-mortem",
    description: "Finds what is wrong with post-mortems: blame, empty or thin sections, causes that stop too early, promises \
                  without owner or due date, gaps in the timeline, secrets. Use it on a draft after each round of edits until \
                  it finds nothing; each finding names its place, asks a question and often suggests other words. \
                  `lint_rule` explains a code.",
    command: &["lint"],
    takes: &[
        take("documents").fenced(Fence::Inside).about(
            "Post-mortems by id, or files and folders of the repository; by default what differs from the default branch",
        ),
        take("drafts"),
        take("all"),
        take("level"),
    ],
    schema: include_str!("../../../../docs/schema/findings.json"),
    ..READ
};

pub(super) const RULE: Deed = Deed {
    name: "lint_rule",
    title: "Explain a rule of lint",
    description: "Explains one rule of `lint`: what it checks, why, a bad and a good example. Use it when a finding is not \
                  clear.",
    command: &["lint"],
    takes: &[take("rule").needed()],
    schema: include_str!("../../../../docs/schema/rules.json"),
    ..READ
};

pub(super) const GATE: Deed = Deed {
    name: "gate",
    title: "May this be released?",
    description: "Judges whether a release may be made by the rules of the repository: which broken promises block it, and \
                  the line that opens it. Use it when asked whether something can be released or why a tag was refused.",
    command: &["gate"],
    takes: &[take("rev"), take("as")],
    schema: include_str!("../../../../docs/schema/gate.json"),
    ..READ
};

pub(super) const ATTEST_VERIFY: Deed = Deed {
    name: "attest_verify",
    title: "Do attestations still hold?",
    description: "Tells whether a document and the commit are still what was attested, and which sections were edited since. Use it \
                  before relying on an older post-mortem; `all` asks every published one that has an attestation.",
    command: &["attest"],
    always: &["--verify", "--json"],
    takes: &[take("ids").about("Post-mortems by their ids"), take("all")],
    schema: include_str!("../../../../docs/schema/attestations.json"),
    ..READ
};
