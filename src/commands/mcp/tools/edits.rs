//! The tools that change drafts.

use super::reads::RECORDS;
use super::{DRAFT, Deed, Effect, Fence, Stands, Take, take};

const EDITS: &str = include_str!("../../../../docs/schema/edits.json");
const CHANGES: &str = include_str!("../../../../docs/schema/changes.json");

/// What most of them are.
pub(super) const EDIT: Deed = Deed {
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

pub(super) const WHYS: Deed = Deed {
    name: "whys",
    title: "Ask why, one answer after another",
    description: "Goes on with the chain of whys of a draft, from what users felt to what can be changed; answers that the chain \
                  ends with already are not said twice. A row's `doubt` tells of an answer that is a person or \"human error\", \
                  with the question to ask instead: say it anew with `from`. Use it once the mechanism is known; `factor` and \
                  `action` make the last answer a contributing factor and a promise.",
    command: &["whys"],
    takes: &[
        DRAFT,
        take("why"),
        take("from"),
        take("chain"),
        take("factor"),
        take("action"),
        take("owner"),
        take("due"),
        take("priority"),
        take("effort"),
    ],
    schema: include_str!("../../../../docs/schema/whys.json"),
    effect: Effect::AddsOnce,
    ..EDIT
};

pub(super) const ATTEST: Deed = Deed {
    name: "attest",
    title: "Write or refresh the attestation",
    description: "Writes at the end of a draft what the analysis was made from: the system as it was, the files, the impact, gaps, \
                  rules violated, action items and addresses. What nobody provided reads \"not recorded\"; `set` says a field by \
                  hand. Use it last, before a person reads the draft; a second time changes nothing.",
    command: &["attest"],
    takes: &[
        take("ids").needed().about("The draft: its id, or any unambiguous part of it"),
        take("set")
            .about("What the team says of a field: gaps=No alert on pool usage; an empty text hands it back"),
    ],
    schema: include_str!("../../../../docs/schema/fields.json"),
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
