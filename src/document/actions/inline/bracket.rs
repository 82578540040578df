//! A status said in a bracket beside other words: `(done during the incident)`, `(2026-03-08: fixed)`.

use super::Inline;
use super::trailing::opening;
use crate::document::glance;
use crate::model::Status;

/// A longer bracket tells a story.
const LONGEST: usize = 80;

impl Inline<'_> {
    /// Says that an item is done where a bracket does: one that closes the text and opens with the plainest words
    /// for it, one that is nothing else, or one that has a day beside the status.
    pub(super) fn done_in_brackets(&mut self, text: &str) {
        if self.item.status != Status::Open || self.item.state.as_deref().is_some_and(|state| state != " ") {
            return;
        }
        if !glance::may_have(text, [b')']) && text.is_ascii() {
            return;
        }
        let end = text.trim_end().trim_end_matches(['.', ',']).len();
        for (close, sign) in text.char_indices().filter(|(_, sign)| matches!(sign, ')' | '）')) {
            let open =
                opening(sign).and_then(|open| text[..close].rfind(open).map(|at| at + open.len_utf8()));
            let Some(inside) = open.map(|open| &text[open..close]).filter(|inside| inside.len() < LONGEST)
            else {
                continue;
            };
            if let Some((status, word)) = self.status_in_bracket(inside, close + sign.len_utf8() == end) {
                (self.item.status, self.item.state) = (status, Some(word.to_owned()));
                return;
            }
        }
    }

    fn status_in_bracket<'t>(&self, inside: &'t str, closes: bool) -> Option<(Status, &'t str)> {
        let around = |c: char| !c.is_alphanumeric();
        let words = inside.trim_matches(around);
        if self.vocabulary.plainly_done.look_up(words).is_some() {
            return Some((Status::Done, words));
        }
        if glance::may_have_digits(inside)
            && let Some(found) = self.calendar.find(inside)
        {
            let parts = [&inside[found.end..], &inside[..found.start]].map(|part| part.trim_matches(around));
            let word = parts.iter().find(|part| !part.is_empty())?;
            let one = parts.iter().filter(|part| !part.is_empty()).count() == 1;
            let told = self.vocabulary.status.look_up(word).filter(|_| one);
            let is_over = |status: &Status| matches!(status, Status::Done | Status::Cancelled);
            if let Some(status) = told.filter(is_over) {
                return Some((status, word));
            }
        }
        let first = &words[..words.find(around).unwrap_or(words.len())];
        let is_done = closes && self.vocabulary.plainly_done.look_up(first).is_some();
        is_done.then_some((Status::Done, first))
    }
}
