//! What the text of an item says besides the promise: owner, due date, status, priority, label.

mod trailing;

use chrono::NaiveDate;

use super::{blank, owners};
use crate::document::blocks::{Block, PieceKind};
use crate::document::dates::Calendar;
use crate::document::fold::fold;
use crate::document::language::Mark;
use crate::document::plain::{Page, Run};
use crate::document::vocabulary::Vocabulary;
use crate::model::{ActionItem, Inferred, Status};

/// Where the text stands, which decides what it may open with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A cell of a table: other cells name owner and label.
    Cell,
    /// A list item or a paragraph.
    Free,
}

/// An item as its text has it, and its own label.
pub(super) struct Read {
    pub(super) item: ActionItem,
    pub(super) label: Option<String>,
}

/// Reads the text of an item.
pub(super) fn read(
    page: Page<'_>,
    block: &Block,
    vocabulary: &Vocabulary,
    calendar: Calendar<'_>,
    place: Place,
) -> Read {
    let run = Page::run(block);
    let mut reader = Inline { vocabulary, calendar, item: blank(String::new()), label: None };
    let mut text = if place == Place::Free {
        reader.opening(page, run.clone())
    } else {
        page.block_text(block).into_owned()
    };
    if is_struck(page, run) {
        let unchecked = block.task == Some(false);
        reader.item.status = if unchecked { Status::Cancelled } else { Status::Done };
    }
    if let Some(done) = block.task {
        reader.item.status = if done { Status::Done } else { reader.item.status };
        reader.item.state = Some(if done { "x" } else { " " }.to_owned());
    }
    reader.marks(&text);
    reader.done_in_passing(&text);
    reader.leading_mark(&mut text);
    reader.trailing(&mut text);
    reader.item.text = text;
    Read { item: reader.item, label: reader.label }
}

/// A tick or a cross alone.
pub(super) fn status_mark(text: &str) -> Option<Status> {
    match text.trim().chars().next()? {
        '✅' | '✔' | '☑' | '🟢' | '👍' => Some(Status::Done),
        '❌' | '✖' | '☐' | '⬜' | '🔴' => Some(Status::Open),
        '🚧' | '🔄' | '⏳' | '🟡' => Some(Status::Doing),
        '🚫' => Some(Status::Cancelled),
        _ => None,
    }
}

/// Whether everything in a run is struck through.
fn is_struck(page: Page<'_>, run: Run) -> bool {
    let mut struck = false;
    let mut any = false;
    for piece in page.pieces(run) {
        match piece.kind {
            PieceKind::StrikeStart => (struck, any) = (true, true),
            PieceKind::StrikeEnd => struck = false,
            _ if !struck && page.word(piece).chars().any(char::is_alphanumeric) => return false,
            _ => {}
        }
    }
    any
}

struct Inline<'v> {
    vocabulary: &'v Vocabulary,
    calendar: Calendar<'v>,
    item: ActionItem,
    label: Option<String>,
}

impl Inline<'_> {
    /// What bold type at the beginning says, and the text: a label (`**AI-4**`), an owner (`**RK**`), or words of
    /// the text itself.
    fn opening(&mut self, page: Page<'_>, run: Run) -> String {
        let mut text = page.plain(run.clone()).into_owned();
        if let Some((strong, rest)) = page.leading_strong(run) {
            let inner = page.plain(strong);
            let behind = || {
                let rest = page.plain(rest);
                rest.trim_start_matches([':', '.', ' ', '-', '–', '—']).to_owned()
            };
            if is_label(&inner) {
                self.label = crate::document::actions::table::label(&inner);
                text = behind();
            } else if let Some(owner) = owners::label(&inner) {
                self.item.owner = Some(owner);
                text = behind();
            }
        }
        if self.item.owner.is_none()
            && let Some((owner, rest)) = owners::leading_handles(&text)
        {
            let rest = rest.to_owned();
            self.item.owner = Some(owner);
            // `@ana` alone is a text too poor to lose.
            if !rest.is_empty() {
                text = rest;
            }
        }
        text
    }

    /// A tick before the text, or a checkbox that markdown does not know (`[-]`, `[~]`).
    fn leading_mark(&mut self, text: &mut String) {
        for (mark, status) in [("[-]", Status::Cancelled), ("[~]", Status::Doing), ("[/]", Status::Doing)] {
            if let Some(rest) = text.strip_prefix(mark) {
                (self.item.status, self.item.state) = (status, Some(mark.to_owned()));
                *text = rest.trim_start().to_owned();
                return;
            }
        }
        if let Some(status) = status_mark(text) {
            let mark: String = text.chars().take_while(|c| !c.is_alphanumeric() && *c != '[').collect();
            if self.item.status == Status::Open {
                self.item.status = status;
            }
            self.item.state = Some(mark.trim().to_owned());
            *text = text[mark.len()..].trim_start().to_owned();
        }
    }

    /// `Owner: @ana`, `Due: 8 March`, anywhere in the text.
    fn marks(&mut self, text: &str) {
        let mut from = 0;
        while let Some(colon) = text[from..].find([':', '：']).map(|at| from + at) {
            let behind = colon + text[colon..].chars().next().map_or(1, char::len_utf8);
            from = behind;
            let Some(mark) = self.mark_before(&text[..colon]) else { continue };
            self.mark(mark, text[behind..].trim_start_matches([' ', '*', '_']));
        }
        if self.item.due.is_none() {
            self.due_in_words(text);
        }
    }

    /// The mark whose words stand right before a colon.
    fn mark_before(&self, before: &str) -> Option<Mark> {
        let before = before.trim_end_matches([' ', '*', '_']);
        let starts = before
            .char_indices()
            .rev()
            .filter(|(_, c)| !c.is_alphanumeric() && *c != ' ')
            .map(|(at, c)| at + c.len_utf8());
        let clause = &before[starts.take(1).next().unwrap_or(0)..];
        let mut words = clause.trim();
        // The last one, two or three words.
        let count = words.split(' ').count();
        if count > 3 {
            let skipped: usize = words.split(' ').take(count - 3).map(|word| word.len() + 1).sum();
            words = &words[skipped..];
        }
        loop {
            if let Some(mark) = self.vocabulary.marks.look_up(words) {
                return Some(mark);
            }
            words = words.split_once(' ')?.1;
        }
    }

    fn mark(&mut self, mark: Mark, value: &str) {
        match mark {
            Mark::Owner if self.item.owner.is_none() => {
                let (owner, _) = owners::value(value);
                if !self.vocabulary.is_placeholder(owner) {
                    self.item.owner = Some(owner.to_owned());
                }
            }
            Mark::Due => self.due_within(value, 32),
            Mark::Status => {
                let word =
                    value.split([',', ';', ')', '.', '|', ']']).next().unwrap_or("").trim_matches(['*', ' ']);
                self.status_word(word);
            }
            Mark::Priority => {
                let word =
                    value.split([',', ';', ')', '.', '|', ']']).next().unwrap_or("").trim_matches(['*', ' ']);
                self.priority_word(word);
            }
            Mark::Effort => {
                let word = value.split([',', ';', ')', '.', '|', ' ']).next().unwrap_or("");
                self.item.effort = self.item.effort.or(self.vocabulary.effort_of(word));
            }
            Mark::Owner | Mark::Reference => {}
        }
    }

    /// `due 2026-03-08`, `by 8 March`: a word of the vocabulary right before a date.
    fn due_in_words(&mut self, text: &str) {
        // Looking for dates is dear, and most numbers follow no such word.
        let Some(mut from) = self.due_word(text) else { return };
        while let Some(found) = self.calendar.find(&text[from..]) {
            let before = &text[..from + found.start];
            let word = before
                .trim_end_matches([' ', ':', '*', '_', '('])
                .rsplit(|c: char| !c.is_alphabetic())
                .next();
            if word.and_then(|word| self.vocabulary.marks.look_up(word)) == Some(Mark::Due) {
                self.due(found.day, found.whole);
                return;
            }
            from += found.end;
        }
    }

    /// The place of the first word that announces a date, among the four before some number.
    fn due_word(&self, text: &str) -> Option<usize> {
        let mut words: [(usize, usize); 4] = [(0, 0); 4];
        let mut start = None;
        for (at, byte) in text.bytes().enumerate() {
            if byte.is_ascii_digit() {
                let announces = |(from, to): &&(usize, usize)| {
                    self.vocabulary.marks.look_up(&text[*from..*to]) == Some(Mark::Due)
                };
                if let Some((from, _)) = words.iter().find(announces) {
                    return Some(*from);
                }
            }
            match (byte.is_ascii_alphabetic() || byte >= 128, start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    words.rotate_left(1);
                    words[3] = (from, at);
                    start = None;
                }
                _ => {}
            }
        }
        None
    }

    fn due_within(&mut self, value: &str, length: usize) {
        let end = value.char_indices().nth(length).map_or(value.len(), |(at, _)| at);
        if self.item.due.is_none()
            && let Some(found) = self.calendar.find(&value[..end])
        {
            self.due(found.day, found.whole);
        }
    }

    fn due(&mut self, day: NaiveDate, whole: bool) {
        self.item.due = Some(day);
        if !whole {
            self.item.inferred.push(Inferred::Due);
        }
    }

    fn status_word(&mut self, word: &str) -> bool {
        let Some(status) = self.vocabulary.status.look_up(word) else { return false };
        if self.item.status == Status::Open {
            self.item.status = status;
        }
        self.item.state = Some(word.to_owned());
        true
    }

    fn priority_word(&mut self, word: &str) -> bool {
        let Some(grade) = self.vocabulary.priority(word) else { return false };
        self.item.priority.get_or_insert(grade);
        true
    }
}

/// `AI-4`, `P-1`, `3.`, `#7`: capitals and a number, no word.
fn is_label(text: &str) -> bool {
    let text = text.trim().trim_end_matches([':', '.', ')']).trim_start_matches('#');
    (1..=12).contains(&text.len())
        && text.bytes().any(|b| b.is_ascii_digit())
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-' || b == b'_' || b == b'.')
        && !fold(text).is_empty()
}
