//! What the rules on blame share: the remarks of one kind as notes.

use super::finding::Note;
use super::rule::Look;
use crate::blame::RemarkKind;

/// Adds a note for every remark of a kind: what is wrong, the question that looks at the system, and the same without the
/// person where that is mechanical. Prose is its author's: the rewording is offered, never made.
pub(super) fn add(kind: RemarkKind, look: &Look<'_>, notes: &mut Vec<Note>) {
    for remark in look.blame().remarks.iter().filter(|remark| remark.kind == kind) {
        let help = match &remark.rewording {
            Some(edit) => format!("{} or say \"{}\"", remark.question, edit.text),
            None => remark.question.clone(),
        };
        notes.push(Note::new(remark.span.clone(), remark.message.clone()).help(help));
    }
}
