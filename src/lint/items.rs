//! Action items as rules speak of them.

use chrono::NaiveDate;

use super::rule::Look;
use super::surroundings::Standing;
use crate::document::{Action, Span, Spanned};
use crate::model::{Link, SectionKind};
use crate::promise::named_files;

impl<'a> Look<'a> {
    /// The items that somebody still owes, in the document's order.
    pub(super) fn owed(&self) -> impl Iterator<Item = &'a Action> + use<'a> {
        self.document.actions().iter().filter(|action| action.item.status.is_owed())
    }

    /// The first line of an item's text.
    pub(super) fn place(&self, action: &Action) -> Span {
        self.line_of_span(&action.text)
    }

    /// Whether an item says more than its plain words do: it points to an issue, names a file or has code in it.
    pub(super) fn says_more(&self, action: &Action) -> bool {
        let written = self.document.text().get(action.text.clone()).unwrap_or_default();
        !action.item.refs.is_empty()
            || written.contains('`')
            || named_files(&action.item.text).next().is_some()
    }

    /// A cell, where it says something, else the first line of the item's text.
    pub(super) fn cell(&self, action: &Action, cell: Option<&Span>) -> Span {
        cell.filter(|cell| !cell.is_empty()).cloned().unwrap_or_else(|| self.place(action))
    }

    /// A span up to the end of its first line.
    pub(super) fn line_of_span(&self, span: &Span) -> Span {
        let text = self.document.text().get(span.clone()).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().trim_end();
        span.start..span.start + line.len()
    }

    /// Where something is said that is about all items: the heading of their section, else the first of them.
    pub(super) fn items(&self) -> Span {
        let first = self.owed().next().or(self.document.actions().first());
        let sections =
            self.document.sections().iter().filter(|one| one.kind == Some(SectionKind::ActionItems));
        let holds = |at: usize| sections.clone().find(|one| one.body.contains(&at));
        let section = first.map_or_else(|| sections.clone().next(), |action| holds(action.span.start));
        let span = section.map(|section| &section.heading).or(first.map(|action| &action.text));
        let end = self.document.text().len();
        span.map_or(end..end, |span| self.line_of_span(span))
    }

    /// Where words of an item stand in its text, else the first line of it.
    pub(super) fn within(&self, action: &Action, words: &str) -> Span {
        let text = self.document.text().get(action.span.clone()).unwrap_or_default();
        let at = text.find(words).map(|at| action.span.start + at);
        at.map_or_else(|| self.place(action), |at| at..at + words.len())
    }

    /// Where a link's revision stands in its row, else the row.
    pub(super) fn name_in(&self, link: &Spanned<Link>, name: &str) -> Span {
        let row = self.document.text().get(link.span.clone()).unwrap_or_default();
        let at = row.find(name).filter(|_| !name.is_empty()).map(|at| link.span.start + at);
        at.map_or_else(|| self.line_of_span(&link.span), |at| at..at + name.len())
    }

    /// What became of a linked revision, where that is known.
    pub(super) fn standing(&self, link: &Link) -> Option<Standing> {
        self.around
            .revisions
            .get(&link.revision)
            .filter(|_| link.role.is_revision())
            .map(|found| found.standing)
    }

    /// Whether an id is another document's: neither this one's nor one that it had.
    pub(super) fn is_other(&self, id: &str) -> bool {
        self.around.id.as_deref() != Some(id) && !self.postmortem.was(id)
    }

    /// The day that counts as today.
    pub(super) fn today(&self) -> Option<NaiveDate> {
        self.around.now.map(|now| self.config.actions.time_zone.day(now))
    }
}

/// A list of words as a sentence has it: `a, b and c`.
pub(super) fn joined(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}
