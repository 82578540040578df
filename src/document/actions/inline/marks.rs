//! Labels with a colon inside the text of an item: `Owner: @ana / Due: 8 March`.

use super::{Inline, owners};
use crate::document::glance;
use crate::document::language::{Column, Mark};

/// A mark: where its word begins and where its value does.
struct Labelled {
    mark: Mark,
    start: usize,
    value: usize,
}

/// What may stand around a value without being part of it.
const AROUND: [char; 24] = [
    ' ', '\n', '\t', '*', '_', ',', ';', '/', '|', '-', '–', '—', '·', '•', '(', '[', '\u{a0}', '（', '【',
    '、', '，', '；', '。', '／',
];

impl Inline<'_> {
    /// Reads every mark of a text; a value ends where the next mark begins. Hands back where the text ends, if all
    /// that stands behind is marks which were understood.
    pub(super) fn marks(&mut self, text: &str) -> Option<usize> {
        let mut found: Vec<Labelled> = Vec::new();
        let mut from = if glance::may_have(text, [b':']) { 0 } else { text.len() };
        while let Some(colon) = text[from..].find([':', '：']).map(|at| from + at) {
            let value = colon + text[colon..].chars().next().map_or(1, char::len_utf8);
            from = value;
            if let Some((mark, start)) = self.mark_before(&text[..colon]) {
                found.push(Labelled { mark, start, value });
            }
        }
        let mut closing = None;
        for (at, one) in found.iter().enumerate() {
            let end = found.get(at + 1).map_or(text.len(), |next| next.start);
            let value = text[one.value..end].trim_start_matches(AROUND).trim_end_matches(AROUND);
            if self.mark(one.mark, value) {
                closing = closing.or(Some(one.start));
            } else {
                closing = None;
            }
        }
        if self.item.due.is_none() && self.item.unclear_due.is_none() {
            self.due_in_words(text);
        }
        closing.filter(|start| *start > 0)
    }

    /// A line of a detail, which is a mark and nothing else. Says whether it is one.
    pub(super) fn detail_line(&mut self, line: &str) -> bool {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let Some(end) = line.find([':', '：', '=']) else { return self.bare_detail(line) };
        let mark = self.vocabulary.marks.look_up(&line[..end]).or_else(|| self.column_mark(&line[..end]));
        let opens = mark.is_some();
        let value = line[end..].trim_start_matches([':', '：', '=', ' ']);
        if mark == Some(Mark::Status) && self.reason(value) {
            return true;
        }
        if opens {
            // The marks of a detail say more than those in passing before.
            self.marks(&line.replacen('=', ":", usize::from(line[end..].starts_with('='))));
        }
        opens
    }

    /// `@ana`, `due 8 March`, `done` on a line of its own.
    fn bare_detail(&mut self, line: &str) -> bool {
        let is_mark = !line.is_empty() && line.len() <= 40 && self.is_mark(line);
        if is_mark {
            self.take_mark(line);
        }
        is_mark
    }

    fn column_mark(&self, words: &str) -> Option<Mark> {
        match self.vocabulary.columns.look_up(words)?.0 {
            Column::Owner => Some(Mark::Owner),
            Column::Due => Some(Mark::Due),
            Column::Status => Some(Mark::Status),
            Column::Priority => Some(Mark::Priority),
            Column::Effort => Some(Mark::Effort),
            Column::Action | Column::Number | Column::Group | Column::Reference => None,
        }
    }

    /// The mark whose words stand right before a colon, and where they begin.
    fn mark_before(&self, before: &str) -> Option<(Mark, usize)> {
        let before = before.trim_end_matches([' ', '*', '_']);
        let clause = before
            .char_indices()
            .rev()
            .find(|(_, c)| !c.is_alphanumeric() && *c != ' ')
            .map_or(0, |(at, c)| at + c.len_utf8());
        // The last one, two or three words.
        let mut start = before[clause..].rmatch_indices(' ').nth(2).map_or(clause, |(at, _)| clause + at + 1);
        loop {
            let words = &before[start..];
            if let Some(mark) = self.vocabulary.marks.look_up(words) {
                return Some((mark, start));
            }
            // What may name a column may name the value of a line too.
            if before[..start].trim_end_matches(['*', '_', ' ']).ends_with('\n')
                && let Some(mark) = self.column_mark(words)
            {
                return Some((mark, start));
            }
            start += words.find(' ')? + 1;
        }
    }

    /// Takes what a mark says. Says whether the value was that and nothing more.
    pub(super) fn mark(&mut self, mark: Mark, value: &str) -> bool {
        match mark {
            Mark::Owner => self.owner_mark(value),
            Mark::Due => self.due_mark(value),
            Mark::Status => {
                let line = value.lines().next().unwrap_or_default();
                if self.reason(line) {
                    return line.len() == value.len();
                }
                let word = first_clause(value);
                self.status_word(word) && word.len() == value.trim_end_matches('.').len()
            }
            Mark::Priority => {
                let word = first_clause(value);
                self.priority_word(word) && word.len() == value.trim_end_matches('.').len()
            }
            Mark::Effort => {
                let word = first_clause(value);
                let word = if self.vocabulary.effort_of(word).is_some() {
                    word
                } else {
                    word.split(' ').next().unwrap_or("")
                };
                let effort = self.vocabulary.effort_of(word);
                self.item.effort = self.item.effort.or(effort);
                effort.is_some() && word.len() == value.len()
            }
            Mark::Reference => !value.is_empty() && value.split_whitespace().count() <= 2,
        }
    }

    fn owner_mark(&mut self, value: &str) -> bool {
        let (mut owner, _) = owners::value(value);
        // `@bob due 2026-01-05`: names end where a date is announced.
        if let Some(found) = self.calendar.find(owner) {
            let before = owner[..found.start].trim_end();
            let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
            if self.vocabulary.marks.look_up(word) == Some(Mark::Due) {
                self.due(found.day, found.whole);
                owner = before[..before.len() - word.len()].trim_end_matches(AROUND);
            } else if before.ends_with(AROUND) || before.is_empty() {
                owner = before.trim_end_matches(AROUND);
            }
            self.owner(owner);
            return true;
        }
        self.owner(owner);
        let rest = value.strip_prefix(owner).unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
        rest.is_empty() && owner.split_whitespace().count() <= 4
    }
}

/// The words of a value up to what ends it.
fn first_clause(value: &str) -> &str {
    let ends = [',', ';', ')', '.', '|', ']', '\n', '(', '）', '】', '（', '、', '，', '；', '。'];
    value.split(ends).next().unwrap_or("").trim_matches(['*', ' '])
}
