//! Where an item stands: its own text, the lines that tell of it, and the places of words in them.

use chrono::NaiveDate;

use super::{Reading, Way};
use crate::document::Span;
use crate::document::actions::{Action, ActionForm};
use crate::document::dates::{Calendar, Habit};
use crate::document::edit::{Edit, line_end, line_start, newline};
use crate::document::language::Column;
use crate::document::parse::Document;
use crate::document::title;

/// An item of a document that is to be changed.
pub(super) struct Context<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) reading: Reading<'d>,
    pub(super) index: usize,
}

/// A line below an item that says one thing of it: `- **Owner**: @ana`.
pub(super) struct FieldLine {
    /// The end of the line.
    pub(super) end: usize,
    /// What stands before the label: blanks, a list's marker, the signs of bold type.
    lead: String,
    /// What stands between label and value.
    joint: String,
    /// What stands behind the value: a hard line break.
    tail: String,
}

impl FieldLine {
    /// Another line like this one.
    pub(super) fn like(&self, label: &str, value: &str) -> String {
        format!("{}{label}{}{value}{}", self.lead, self.joint, self.tail)
    }
}

impl<'d> Context<'d> {
    pub(super) fn new(document: &'d Document<'d>, reading: Reading<'d>, index: usize) -> Self {
        Self { document, reading, index }
    }

    pub(super) fn action(&self) -> &'d Action {
        &self.document.actions()[self.index]
    }

    pub(super) fn text(&self) -> &'d str {
        self.document.text()
    }

    pub(super) fn is_row(&self) -> bool {
        self.action().form == ActionForm::Row
    }

    /// All that may tell of the item: of a row itself, of others to the next item or heading.
    pub(super) fn range(&self) -> Span {
        let action = self.action();
        let start = action.span.start;
        if self.is_row() {
            return start..line_end(self.text(), start);
        }
        let behind = action.text.end.max(start);
        let next = self.document.actions().iter().map(|action| action.span.start).filter(|at| *at > start);
        let headings = self.document.sections().iter().map(|section| section.heading.start);
        let end = next.chain(headings.filter(|at| *at >= behind)).min().unwrap_or(self.text().len());
        start..end.max(behind)
    }

    /// The places of some words in the item, where they are whole words.
    pub(super) fn places(&self, words: &str) -> Vec<Span> {
        if words.is_empty() {
            return Vec::new();
        }
        let range = self.range();
        let raw = &self.text()[range.clone()];
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        raw.match_indices(words)
            .filter(|(at, _)| {
                let starts =
                    words.starts_with(char::is_alphanumeric) && is_word(raw[..*at].chars().next_back());
                let ends =
                    words.ends_with(char::is_alphanumeric) && is_word(raw[at + words.len()..].chars().next());
                !starts && !ends
            })
            .map(|(at, _)| range.start + at..range.start + at + words.len())
            .collect()
    }

    /// The places in the item that are read as a day.
    pub(super) fn days(&self, day: NaiveDate) -> Vec<Span> {
        let vocabulary = self.reading.vocabulary;
        let named = title::date_of_name(self.reading.name, vocabulary);
        let habit = Habit::new(self.text(), named);
        let date = self.document.postmortem().date;
        let calendar =
            Calendar::new(vocabulary, named).of_document(&habit).about(date.or(named)).lenient(date);
        let range = self.range();
        let raw = &self.text()[range.clone()];
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(date) = calendar.scan(raw, from) {
            if date.day == day {
                found.push(range.start + date.start..range.start + date.end);
            }
            if date.end <= from {
                break;
            }
            from = date.end;
        }
        found
    }

    /// The places of words for an effort.
    pub(super) fn efforts(&self) -> Vec<Span> {
        let range = self.range();
        let raw = &self.text()[range.clone()];
        let wanted = self.action().item.effort;
        let mut at = range.start;
        raw.split_inclusive(|c: char| !c.is_alphanumeric())
            .filter_map(|piece| {
                let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
                let span = at..at + word.len();
                at += piece.len();
                let is_it = wanted.is_some() && self.reading.vocabulary.effort_of(word) == wanted;
                is_it.then_some(span)
            })
            .collect()
    }

    /// The end of the item's own text, before the blanks there.
    pub(super) fn own_end(&self) -> usize {
        let own = self.action().text.clone();
        own.start + self.text()[own].trim_end().len()
    }

    /// The lines below the item that are fields.
    pub(super) fn field_lines(&self) -> Vec<FieldLine> {
        let (range, text) = (self.range(), self.text());
        let mut lines = Vec::new();
        let mut at = line_end(text, self.own_end());
        while let Some(newline) = text.get(at..range.end).and_then(|rest| rest.find('\n')) {
            let start = at + newline + 1;
            let end = line_end(text, start).min(range.end);
            if start >= end {
                at = start;
                continue;
            }
            lines.extend(self.field_line(&text[start..end], end));
            at = end;
        }
        lines
    }

    fn field_line(&self, line: &str, end: usize) -> Option<FieldLine> {
        let label_start = line.find(|c: char| c.is_alphanumeric())?;
        let (label, _) = line[label_start..].split_once([':', '：'])?;
        let bare = label.trim_end_matches(['*', '_', ' ']);
        self.reading.vocabulary.marks.look_up(bare)?;
        let behind = &line[label_start + bare.len()..];
        let signs = behind.len() - behind.trim_start_matches([':', '：', '*', '_', ' ']).len();
        let joint = &behind[..signs];
        let joint = if joint.ends_with(' ') { joint.to_owned() } else { format!("{joint} ") };
        let value = behind[signs..].trim_end();
        let tail = if value.ends_with('\\') { "\\" } else { &behind[signs + value.len()..] };
        Some(FieldLine { end, lead: line[..label_start].to_owned(), joint, tail: tail.to_owned() })
    }

    /// The names of a part as labels: in the document's language, and in English, which is read everywhere.
    pub(super) fn labels(&self, column: Column) -> Vec<String> {
        let own = self.reading.names.column_name(column);
        let english = match column {
            Column::Owner => "owner",
            Column::Due => "due",
            Column::Priority => "priority",
            Column::Effort => "effort",
            _ => "status",
        };
        if self.reading.names.wording().language == "en" {
            return vec![english.to_owned()];
        }
        vec![own.to_owned(), english.to_owned()]
    }

    /// Words put behind the item's own text.
    pub(super) fn behind(&self, words: &str) -> Edit {
        let end = self.own_end();
        Edit { span: end..end, text: words.to_owned() }
    }

    /// A line of its own nested below a list item, or below a heading.
    pub(super) fn nested(&self, label: &str, value: &str) -> Option<Way> {
        let text = self.text();
        let end = line_end(text, self.own_end());
        let newline = newline(text);
        let label = capitalised(label);
        let lead = match self.action().form {
            ActionForm::Item => {
                let start = line_start(text, self.action().span.start);
                let indent = &text[start..self.action().span.start];
                let marker = &text[self.action().span.start..];
                let width = marker.len() - marker.trim_start_matches(|c: char| !c.is_whitespace()).len() + 1;
                if !indent.trim().is_empty() {
                    return None;
                }
                format!("{newline}{indent}{}- ", " ".repeat(width))
            }
            ActionForm::Heading => format!("{newline}{newline}"),
            ActionForm::Row | ActionForm::Paragraph => return None,
        };
        Some(Way::new(vec![Edit { span: end..end, text: format!("{lead}{label}: {value}") }]))
    }
}

pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
