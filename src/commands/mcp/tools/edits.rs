//! The tools that change drafts.

use super::reads::RECORDS;
use super::{DRAFT, Deed, Effect, Fence, Stands, Take, take};

const EDITS: &str = include_str!("../../../../docs/schema/edits.json");
const CHANGES: &str = include_str!("../../../../docs/schema/changes.json");

/// What most of them are.
const EDIT: Deed = Deed {
    name: "",
    title: "",
    description: "",
    command: &[],
    always: &["--json"],
    takes: &[],
    schema: EDITS,
    effect: Effect::Replaces,
};

/// The object that the document must still be.
const BASE: Take =
    take("base").about("Refuse unless the draft still is this object, as `blob` of `show` gave it");

/// A time, for those who do not know where this runs.
const AT: &str = "2026-03-08T14:05Z, or -40m; a time without Z or an offset is local";

pub(super) const NEW: Deed = Deed {
    name: "new",
    title: "Begin a draft",
    description: "Begins the draft of a post-mortem, with the template, the times, and the deploy that was live if that can \
                  be told. Use it once per incident, after `list` has shown that there is none. The row tells the id for all \
                  further edits, and `deploys` which releases may be involved and why.",
    command: &["new"],
    takes: &[
        take("title")
            .as_(Stands::Words)
            .needed()
            .about("What happened, in a few words, without blame: Checkout returns 5xx"),
        take("severity"),
        take("date"),
        take("start").about("When users began to feel it: 2026-03-08T14:05Z"),
        take("end").about("When it was over: 2026-03-08T14:35Z"),
        take("kind"),
        take("service"),
        take("deploy"),
        take("fix"),
        take("author"),
        take("reviewer"),
        take("key"),
        take("template"),
        take("private"),
        take("text")
            .as_(Stands::Input("file"))
            .about("The whole text of the document, instead of a template"),
    ],
    schema: include_str!("../../../../docs/schema/postmortems.json"),
    effect: Effect::Adds,
    ..EDIT
};

pub(super) const NOTE: Deed = Deed {
    name: "note",
    title: "Add one event to the timeline",
    description: "Adds one event to the timeline of a draft. Use it for each thing that happened, with its time and, for the \
                  turning points, its kind; times to detect and to recover are computed from those.",
    command: &["note"],
    takes: &[
        DRAFT,
        take("text").as_(Stands::Words).needed().about("What happened, as one sentence about the system"),
        take("at").needed().about(AT),
        take("kind"),
    ],
    effect: Effect::AddsOnce,
    ..EDIT
};

pub(super) const TIMELINE_WRITE: Deed = Deed {
    name: "timeline_write",
    title: "Put proposed events into the timeline",
    description: "Puts what `timeline` proposes with the same arguments into the draft: only what it lacks, each event with \
                  its source. Use it after having looked at the proposal.",
    command: &["timeline"],
    always: &["--write", "--json"],
    takes: &[
        DRAFT,
        take("git"),
        RECORDS,
        take("from"),
        take("zone"),
        take("names"),
        take("since"),
        take("until"),
    ],
    effect: Effect::AddsOnce,
    ..EDIT
};

pub(super) const LINK: Deed = Deed {
    name: "link",
    title: "Link commits, tags and addresses",
    description: "Links a draft with the commits and releases involved, each in its role, and with addresses of chats, \
                  dashboards and tickets; or takes links away. Use it when evidence is found. Without any it lists the links \
                  and where they lead by now.",
    command: &["link"],
    takes: &[
        DRAFT,
        take("deploy"),
        take("introduced"),
        take("suspect"),
        take("rule_out"),
        take("fix"),
        take("revert"),
        take("url"),
        take("remove"),
    ],
    schema: include_str!("../../../../docs/schema/links.json"),
    ..EDIT
};

pub(super) const EDIT_SECTION: Deed = Deed {
    name: "edit_section",
    title: "Write a section",
    description: "Replaces what a section of a draft says, or adds to its end with `append`; every other byte stays. Use it \
                  for Summary, Impact, Root Cause, Contributing Factors, What Went Well, What Went Wrong and Lessons Learned; \
                  events and action items have tools of their own.",
    command: &["edit"],
    takes: &[
        DRAFT,
        take("section").needed().about("The section, by its heading: Summary, Root Cause, …"),
        take("text").as_(Stands::Input("file")).needed().about("Markdown without the heading"),
        take("append"),
        BASE,
    ],
    ..EDIT
};

pub(super) const EDIT_FIELDS: Deed = Deed {
    name: "edit_fields",
    title: "Set fields",
    description: "Sets fields at the top of a draft: date, severity, duration, authors, reviewers, status, kind, service, \
                  title. An empty value leaves the field open again. Use it when a fact is settled.",
    command: &["edit"],
    takes: &[
        DRAFT,
        take("fields")
            .as_(Stands::Fields("set"))
            .needed()
            .about("What to set: {\"severity\": \"SEV-2\", \"reviewers\": [\"@ana\", \"@bo\"]}"),
        BASE,
    ],
    ..EDIT
};

pub(super) const EDIT_TEXT: Deed = Deed {
    name: "edit_text",
    title: "Replace a whole draft",
    description: "Replaces the whole text of a draft. Use it only where its structure itself is to be another; \
                  `edit_section` is safer. `base` must be the object that you read with `show`.",
    command: &["edit"],
    takes: &[
        DRAFT,
        take("text").as_(Stands::Input("file")).needed().about("The whole document, markdown"),
        BASE.needed(),
    ],
    ..EDIT
};

pub(super) const ACTIONS_ADD: Deed = Deed {
    name: "actions_add",
    title: "Promise a follow-up",
    description: "Adds an action item to a draft. Use it for each change to the system that would have kept the incident \
                  away, made it smaller or shown it sooner. Owner and due date are a person's promise: ask, never guess.",
    command: &["actions", "add"],
    takes: &[
        DRAFT,
        take("text").as_(Stands::Words).needed().about("What will be done, so that one can tell when it is"),
        take("owner"),
        take("due"),
        take("priority"),
        take("effort"),
    ],
    schema: CHANGES,
    effect: Effect::AddsOnce,
    ..EDIT
};

pub(super) const ACTIONS_SET: Deed = Deed {
    name: "actions_set",
    title: "Change action items of drafts",
    description: "Changes what action items of drafts say: status, owner, due date, priority, effort, text. Use it when a \
                  promise is made more exact. Items of published post-mortems are changed by a person.",
    command: &["actions", "set"],
    takes: &[
        take("ids").needed().fenced(Fence::OnlyId).about("The items: ID#3"),
        take("status"),
        take("reason"),
        take("owner"),
        take("due"),
        take("priority"),
        take("effort"),
        take("text"),
    ],
    schema: CHANGES,
    ..EDIT
};

pub(super) const LINT_FIX: Deed = Deed {
    name: "lint_fix",
    title: "Mend what is mechanical",
    description: "Mends in a draft what `lint` found and what needs no thought: numbers of action items, formats of dates, the \
                  order of the timeline. Use it before mending the rest by hand. The answer lists what is left.",
    command: &["lint"],
    always: &["--fix", "--json"],
    takes: &[take("documents").needed().fenced(Fence::OnlyId).about("The drafts, by their ids")],
    schema: include_str!("../../../../docs/schema/findings.json"),
    ..EDIT
};

pub(super) const RENAME: Deed = Deed {
    name: "rename",
    title: "Give a draft another title",
    description: "Gives a draft another title and id; the old id stays valid. Use it when what happened turns out to be \
                  something else, or the title blames somebody.",
    command: &["rename"],
    takes: &[DRAFT, take("title").as_(Stands::Words).needed().about("What happened, in a few words")],
    ..EDIT
};

pub(super) const MERGE: Deed = Deed {
    name: "merge",
    title: "Make one draft of two",
    description: "Makes one draft of two about the same incident: `into` takes in what `from` says, and `from` goes away; its \
                  id stays valid. Use it when two people began one each.",
    command: &["merge"],
    takes: &[
        take("from").needed().about("The draft that goes away: its id"),
        take("into").needed().about("The draft that takes it in: its id"),
    ],
    effect: Effect::TakesAway,
    ..EDIT
};

pub(super) const DISCARD: Deed = Deed {
    name: "discard",
    title: "Throw a draft away",
    description: "Throws a draft away; `restore` brings it back. Use it only when the person you work for has said so.",
    command: &["discard"],
    takes: &[DRAFT],
    effect: Effect::TakesAway,
    ..EDIT
};

pub(super) const RESTORE: Deed = Deed {
    name: "restore",
    title: "Bring a draft back",
    description: "Brings a discarded draft back, or with `at` an older text of a draft. Use it to undo.",
    command: &["restore"],
    takes: &[
        take("id").needed().about("What to bring back: its id"),
        take("at").about("The text as this commit of the drafts has it"),
    ],
    effect: Effect::Replaces,
    ..EDIT
};
