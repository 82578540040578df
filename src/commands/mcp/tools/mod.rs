//! The tools: each a command, when to use it, and which of its arguments a client may give.

mod edits;
mod reads;
mod wholes;

/// A tool.
#[derive(Debug)]
pub(super) struct Deed {
    /// What it is called by: the words of the command.
    pub(super) name: &'static str,
    /// What people read.
    pub(super) title: &'static str,
    /// What it does and when to use it, for a model.
    pub(super) description: &'static str,
    /// The command.
    pub(super) command: &'static [&'static str],
    /// What is always given, besides what the client says.
    pub(super) always: &'static [&'static str],
    /// What the client may say.
    pub(super) takes: &'static [Take],
    /// The schema of the answer.
    pub(super) schema: &'static str,
    /// What it does to what is there.
    pub(super) effect: Effect,
}

/// What a tool does to what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing.
    Reads,
    /// Something is there besides; a second time it would be there twice, or is refused.
    Adds,
    /// Something is there besides, and a second time nothing more.
    AddsOnce,
    /// What was there is another afterwards; its history has it still. A second time changes nothing more.
    Replaces,
    /// Something goes away, and can be brought back; there is no second time.
    TakesAway,
}

impl Deed {
    pub(super) fn reads(&self) -> bool {
        self.effect == Effect::Reads
    }

    pub(super) fn is_destructive(&self) -> bool {
        matches!(self.effect, Effect::Replaces | Effect::TakesAway)
    }

    pub(super) fn is_idempotent(&self) -> bool {
        matches!(self.effect, Effect::Reads | Effect::AddsOnce | Effect::Replaces)
    }
}

/// An argument of a tool.
#[derive(Debug)]
pub(super) struct Take {
    /// What it is called by: the command's own name of it, unless it stands for something else.
    pub(super) name: &'static str,
    /// What it stands for.
    pub(super) stands: Stands,
    /// Whether there must be one.
    pub(super) needed: bool,
    /// Where its values may lead.
    pub(super) fence: Fence,
    /// What it is, where the command's own words are for another reader.
    pub(super) about: Option<&'static str>,
}

/// What an argument of a tool is on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// The same, with the same values.
    Arg,
    /// Words, which a client gives as one text.
    Words,
    /// What the named option reads from standard input.
    Input(&'static str),
    /// An object of what the named option says as `field=value`.
    Fields(&'static str),
}

/// Where a value may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fence {
    /// It names no file.
    None,
    /// It may name a file below the top of the work tree.
    Inside,
    /// Only a post-mortem by its id.
    OnlyId,
}

const fn take(name: &'static str) -> Take {
    Take { name, stands: Stands::Arg, needed: false, fence: Fence::None, about: None }
}

impl Take {
    const fn as_(self, stands: Stands) -> Self {
        Self { stands, ..self }
    }

    const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    const fn fenced(self, fence: Fence) -> Self {
        Self { fence, ..self }
    }

    const fn about(self, about: &'static str) -> Self {
        Self { about: Some(about), ..self }
    }
}

/// The draft that is edited.
const DRAFT: Take = take("id").needed().about("The draft: its id, or any unambiguous part of it");

/// Every tool, in the order in which an analysis uses them.
pub(super) static ALL: &[Deed] = &[
    reads::CANDIDATES,
    reads::LIST,
    reads::SHOW,
    reads::CONTEXT,
    reads::TRACE,
    reads::TIMELINE,
    reads::ACTIONS,
    reads::LINT,
    reads::RULE,
    reads::GATE,
    reads::ATTEST_VERIFY,
    edits::NEW,
    edits::NOTE,
    edits::TIMELINE_WRITE,
    edits::LINK,
    edits::EDIT_SECTION,
    edits::EDIT_FIELDS,
    edits::EDIT_TEXT,
    edits::ACTIONS_ADD,
    edits::ACTIONS_SET,
    edits::WHYS,
    edits::ATTEST,
    edits::LINT_FIX,
    wholes::RENAME,
    wholes::MERGE,
    wholes::DISCARD,
    wholes::RESTORE,
];
