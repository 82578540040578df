//! What happened when: tables, bullets, headings and lines that open with a time.

use chrono::NaiveDate;

use super::blocks::{Block, BlockKind};
use super::clock::{self, Stamp};
use super::dates::Calendar;
use super::language::TimeColumn;
use super::plain::{Page, Run};
use super::sections::Section;
use super::tables::{Row, Table};
use super::vocabulary::Vocabulary;
use super::zones::{self, Zone};
use super::{Span, fold::fold};
use crate::model::{EventKind, SectionKind, TimelineEvent};

/// How an entry is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryForm {
    /// A row of a table.
    Row,
    /// A list item.
    Item,
    /// A line of a paragraph.
    Line,
    /// A heading with text below it.
    Heading,
}

/// An entry of the timeline and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// What it says.
    pub event: TimelineEvent,
    /// The row, item, line or heading.
    pub span: Span,
    /// How it is written.
    pub form: EntryForm,
}

/// Reads every entry of every timeline section, in the document's order.
pub(crate) fn read(
    page: Page<'_>,
    sections: &[Section],
    date: Option<NaiveDate>,
    vocabulary: &Vocabulary,
) -> Vec<TimelineEntry> {
    let calendar = Calendar::new(vocabulary, date).lenient(date);
    let mut reader = Reader { page, vocabulary, calendar, day: date, zone: None, entries: Vec::new() };
    let mut at = 0;
    while at < sections.len() {
        if sections[at].kind == Some(SectionKind::Timeline) {
            let end = group_end(sections, at, calendar);
            reader.group(&sections[at..end]);
            at = end;
        } else {
            at += 1;
        }
    }
    reader.entries
}

/// Behind the sections that belong to the timeline: those under it, and siblings that are days or times.
fn group_end(sections: &[Section], at: usize, calendar: Calendar<'_>) -> usize {
    let level = sections[at].level;
    let belongs = |section: &Section| {
        if section.level > level {
            section.kind.is_none_or(|kind| kind == SectionKind::Timeline)
        } else {
            section.level == level
                && section.kind.is_none()
                && clock::stamp(&section.name, calendar).is_some()
        }
    };
    at + 1 + sections[at + 1..].iter().take_while(|section| belongs(section)).count()
}

struct Reader<'d> {
    page: Page<'d>,
    vocabulary: &'d Vocabulary,
    calendar: Calendar<'d>,
    day: Option<NaiveDate>,
    zone: Option<Zone>,
    entries: Vec<TimelineEntry>,
}

impl Reader<'_> {
    fn group(&mut self, sections: &[Section]) {
        let stamped =
            |section: &Section| clock::stamp(&section.name, self.calendar).filter(|s| s.time.is_some());
        let by_heading = sections[1..].iter().any(|section| stamped(section).is_some());
        self.zone = zones::named_zone(&sections[0].name);
        for (number, section) in sections.iter().enumerate() {
            if number > 0 {
                self.heading(section, by_heading);
            }
            self.own_blocks(section, by_heading);
        }
    }

    fn heading(&mut self, section: &Section, by_heading: bool) {
        let Some(stamp) = clock::stamp(&section.name, self.calendar) else { return };
        let below = &self.page.blocks()[section.own_blocks.0..section.own_blocks.1];
        // A day is an entry only where it tells something itself and other headings are entries too.
        let tells = by_heading && below.first().is_some_and(|block| block.kind == BlockKind::Paragraph);
        if stamp.time.is_none() && !tells {
            self.day = stamp.day.or(self.day);
            return;
        }
        let rest = after(&section.name, &stamp);
        let text = match below.first() {
            Some(block) if rest.is_empty() => self.page.block_text(block).into_owned(),
            _ => rest.to_owned(),
        };
        let written = section.name[..section.name.len() - rest.len()].to_owned();
        self.add(&stamp, &written, text, section.heading.clone(), EntryForm::Heading);
    }

    fn own_blocks(&mut self, section: &Section, by_heading: bool) {
        let mut at = section.own_blocks.0;
        while at < section.own_blocks.1 {
            let block = &self.page.blocks()[at];
            at += 1;
            match block.kind {
                BlockKind::Row { head: true } => {
                    let table = Table::read(self.page, at - 1);
                    self.table(&table);
                    at = table.end;
                }
                BlockKind::Item { .. } if !block.quoted && !by_heading => self.item(block),
                BlockKind::Paragraph if !block.quoted && block.depth == 0 => {
                    self.paragraph(block, by_heading);
                }
                _ => {}
            }
        }
    }

    fn item(&mut self, block: &Block) {
        let text = self.page.block_text(block);
        match clock::stamp(&text, self.calendar) {
            Some(stamp) if stamp.time.is_some() => {
                let rest = after(&text, &stamp);
                let written = &text[..text.len() - rest.len()];
                let (kind, rest) = self.named_kind(block, rest);
                self.push(&stamp, written, rest, kind, block.span.clone(), EntryForm::Item);
            }
            Some(stamp) => {
                let rest = after(&text, &stamp);
                self.day = stamp.day.or(self.day);
                // A day alone is a heading for what is nested in it.
                if !rest.is_empty() {
                    let written = text[..text.len() - rest.len()].to_owned();
                    self.add(&stamp, &written, rest.to_owned(), block.span.clone(), EntryForm::Item);
                }
            }
            None => {
                if let Some((written, rest)) = unknown_time(&text) {
                    let stamp = Stamp { day: None, time: None, zone: None, end: 0 };
                    self.add(&stamp, written, rest.to_owned(), block.span.clone(), EntryForm::Item);
                }
            }
        }
    }

    fn paragraph(&mut self, block: &Block, by_heading: bool) {
        let mut bare = false;
        for line in self.page.lines(Page::run(block)) {
            let text = self.page.plain(line.clone());
            let Some(span) = self.page.span(line) else { continue };
            match clock::stamp(&text, self.calendar) {
                Some(stamp) if stamp.time.is_some() && !by_heading => {
                    let rest = after(&text, &stamp);
                    bare = rest.is_empty();
                    let written = text[..text.len() - rest.len()].to_owned();
                    self.add(&stamp, &written, rest.to_owned(), span, EntryForm::Line);
                }
                Some(stamp) if stamp.time.is_none() => self.day = stamp.day.or(self.day),
                _ if bare => {
                    if let Some(last) = self.entries.last_mut() {
                        last.event.text = text.into_owned();
                    }
                    bare = false;
                }
                _ if text.len() < 200 && text.contains("time") => {
                    self.zone = zones::named_zone(&text).or(self.zone);
                }
                _ => {}
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let head = |column: usize| table.text(self.page, &table.head, column).into_owned();
        let columns: Vec<String> = (0..table.columns()).map(head).collect();
        let meaning = |name: &String| {
            let words = &self.vocabulary.time_columns;
            words.look_up(name).or_else(|| words.look_up(name.split(['(', '（']).next().unwrap_or("")))
        };
        let meanings: Vec<Option<TimeColumn>> = columns.iter().map(meaning).collect();
        let find = |wanted| meanings.iter().position(|meaning| *meaning == Some(wanted));
        let date = find(TimeColumn::Date);
        let Some(time) = find(TimeColumn::Time).or(date).or_else(|| self.first_stamped(table)) else {
            return;
        };
        // Of several columns of times, the one in UTC needs no conversion.
        let utc = columns.iter().position(|name| zones::named_zone(name) == Some(Zone::East(0)));
        let exact = utc.filter(|column| meanings[*column] == Some(TimeColumn::Time)).unwrap_or(time);
        let event = find(TimeColumn::Event).filter(|event| *event != time);
        let event = event.unwrap_or(if time + 1 < columns.len() { time + 1 } else { 0 });
        let zone = zones::named_zone(&columns[exact]).or(self.zone);
        let kind = find(TimeColumn::Kind);
        let date = date.filter(|date| *date != exact);
        let is_timed = |row: &Row| table.text(self.page, row, time).bytes().any(|b| b.is_ascii_digit());
        // A template's rows have no times; where one row has, an unknown time is told in words.
        if date.is_none() && !table.rows.iter().any(is_timed) {
            return;
        }
        for row in &table.rows {
            self.row(table, row, &Columns { date, exact, written: time, event, kind, zone });
        }
    }

    fn first_stamped(&self, table: &Table) -> Option<usize> {
        let row = table.rows.first()?;
        (0..table.columns().min(2))
            .find(|column| clock::stamp(&table.text(self.page, row, *column), self.calendar).is_some())
    }

    fn row(&mut self, table: &Table, row: &Row, columns: &Columns) {
        let written = table.text(self.page, row, columns.written);
        let date = columns.date.map(|date| table.text(self.page, row, date));
        if let Some(found) = date.as_deref().and_then(|date| self.calendar.find(date)) {
            self.day = Some(found.day);
        }
        let says = |text: &str| text.chars().any(char::is_alphanumeric);
        if !says(&written) && !date.as_deref().is_some_and(says) {
            return;
        }
        let exact = table.text(self.page, row, columns.exact);
        let stamp = clock::stamp(&exact, self.calendar).unwrap_or(Stamp {
            day: None,
            time: None,
            zone: None,
            end: 0,
        });
        let text = table.text(self.page, row, columns.event);
        let kind =
            columns.kind.and_then(|kind| self.vocabulary.events.look_up(&table.text(self.page, row, kind)));
        let (named, text) = match table.cell(self.page, row, columns.event) {
            Some(block) => self.named_kind(block, &text),
            None => (None, text.into_owned()),
        };
        let zone = self.zone;
        self.zone = columns.zone;
        self.push(&stamp, &written, text, kind.or(named), row.span.clone(), EntryForm::Row);
        self.zone = zone;
    }

    /// A turning point that bold words name: `**Detected:** the alert fired`.
    fn named_kind(&self, block: &Block, text: &str) -> (Option<EventKind>, String) {
        let strong = strong_words(self.page, Page::run(block));
        for words in strong {
            let Some(kind) = self.vocabulary.events.look_up(&words) else { continue };
            let rest =
                text.strip_prefix(words.as_str()).map(|rest| rest.trim_start_matches([':', '：', ' ', '.']));
            return (Some(kind), rest.filter(|rest| !rest.is_empty()).unwrap_or(text).to_owned());
        }
        (None, text.to_owned())
    }

    fn add(&mut self, stamp: &Stamp, written: &str, text: String, span: Span, form: EntryForm) {
        self.push(stamp, written, text, None, span, form);
    }

    fn push(
        &mut self,
        stamp: &Stamp,
        written: &str,
        text: String,
        kind: Option<EventKind>,
        span: Span,
        form: EntryForm,
    ) {
        if stamp.day.is_some() {
            self.day = stamp.day;
        }
        let at = stamp.instant(self.day, self.zone);
        let written = written.trim_matches([' ', '[', ']', '-', '–', '—', ':', '*']).to_owned();
        let kind = kind.or_else(|| self.spoken_kind(&text));
        self.entries.push(TimelineEntry { event: TimelineEvent { at, written, text, kind }, span, form });
    }

    /// `Detected: …` without bold type, or a text that is nothing but the word.
    fn spoken_kind(&self, text: &str) -> Option<EventKind> {
        let head = text.split([':', '.']).next().unwrap_or("");
        if head.len() > 30 { None } else { self.vocabulary.events.get(&fold(head)) }
    }
}

struct Columns {
    date: Option<usize>,
    exact: usize,
    written: usize,
    event: usize,
    kind: Option<usize>,
    zone: Option<Zone>,
}

/// `[???]` where others have a time.
fn unknown_time(text: &str) -> Option<(&str, &str)> {
    let (written, rest) = text.strip_prefix('[')?.split_once(']')?;
    let unknown = !written.is_empty() && written.chars().all(|c| matches!(c, '?' | ':' | '-' | ' '));
    unknown.then(|| (written, rest.trim_start()))
}

/// The text behind the moment that it opens with.
fn after<'t>(text: &'t str, stamp: &Stamp) -> &'t str {
    text[stamp.end..]
        .trim_start_matches([' ', ']', ')', '*', ':', '-', '–', '—', '|', ',', '.', '\n', '\u{a0}'])
}

/// The strong words of a run, one text each.
fn strong_words(page: Page<'_>, run: Run) -> Vec<String> {
    let mut words = Vec::new();
    let mut open: Option<String> = None;
    for piece in page.pieces(run) {
        use super::blocks::PieceKind::{StrongEnd, StrongStart};
        match piece.kind {
            StrongStart => open = Some(String::new()),
            StrongEnd => words.extend(open.take()),
            _ => {
                if let Some(open) = &mut open {
                    open.push_str(page.word(piece));
                }
            }
        }
    }
    words.iter_mut().for_each(|word| word.truncate(word.trim_end_matches([':', '：', '.', ' ']).len()));
    words
}
