//! The tools that change which drafts there are, and what they are called.

use super::edits::EDIT;
use super::{DRAFT, Deed, Effect, Stands, take};

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
