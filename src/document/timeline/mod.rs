//! What happened when: tables, bullets, headings and lines that open with a time.

mod kinds;
mod lines;
mod source;
mod table;
#[cfg(test)]
mod tests;

use chrono::{NaiveDate, NaiveTime};

use super::Span;
use super::blocks::BlockKind;
use super::clock::{self, Stamp};
use super::dates::Calendar;
use super::plain::Page;
use super::sections::Section;
use super::tables::Table;
use super::vocabulary::Vocabulary;
use super::zones::{self, Zone};
use crate::model::{EventKind, SectionKind, TimelineEvent};
pub use kinds::spoken_kind;
pub use source::with_source;

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
    calendar: Calendar<'_>,
    vocabulary: &Vocabulary,
) -> Vec<TimelineEntry> {
    let mut reader = Reader {
        page,
        vocabulary,
        calendar,
        day: date,
        zone: None,
        spoken_zone: None,
        last: None,
        entries: Vec::new(),
    };
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
    /// The zone that the last entry with one has.
    spoken_zone: Option<Zone>,
    /// The time of the entry before, as long as no day is stated.
    last: Option<NaiveTime>,
    entries: Vec<TimelineEntry>,
}

impl Reader<'_> {
    fn group(&mut self, sections: &[Section]) {
        let stamped =
            |section: &Section| clock::stamp(&section.name, self.calendar).filter(|s| s.time.is_some());
        let by_heading = sections[1..].iter().any(|section| stamped(section).is_some());
        self.zone = zones::named_zone(&sections[0].name);
        let before = self.entries.len();
        for (number, section) in sections.iter().enumerate() {
            if number > 0 {
                self.heading(section, by_heading);
            }
            self.own_blocks(section, by_heading);
        }
        if self.entries.len() == before {
            sections.iter().for_each(|section| self.fenced(section));
        }
    }

    fn heading(&mut self, section: &Section, by_heading: bool) {
        let Some(stamp) = clock::stamp(&section.name, self.calendar) else { return };
        let below = &self.page.blocks()[section.own_blocks.0..section.own_blocks.1];
        // A day is an entry only where it tells something itself and other headings are entries too.
        let tells = by_heading && below.first().is_some_and(|block| block.kind == BlockKind::Paragraph);
        if stamp.time.is_none() && !tells {
            self.day_is(stamp.day);
            return;
        }
        let rest = after(&section.name, &stamp);
        let (kind, text) = match below.first() {
            Some(block) if rest.is_empty() => self.named_kind(Page::run(block), &self.page.block_text(block)),
            _ => (None, rest.to_owned()),
        };
        let written = &section.name[..section.name.len() - rest.len()];
        self.push(&stamp, written, text, kind, section.heading.clone(), EntryForm::Heading);
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

    /// A day is stated for what follows.
    fn day_is(&mut self, day: Option<NaiveDate>) {
        if day.is_some() {
            (self.day, self.last) = (day, None);
        }
    }

    /// Late in the evening and then early in the morning: a midnight lies between.
    fn past_midnight(&mut self, stamp: &Stamp) {
        let Some(time) = stamp.time else { return };
        if self.last.is_some_and(|last| (last - time).num_hours() >= clock::MIDNIGHT) {
            self.day = self.day.and_then(|day| day.succ_opt());
        }
        self.last = Some(time);
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
        match stamp.day {
            // A midnight may lie behind a day that is stated too.
            Some(day) => (self.day, self.last) = (Some(day), stamp.time),
            None => self.past_midnight(stamp),
        }
        // Where nothing tells the zone of all times, it is told once and meant from there on.
        self.spoken_zone = stamp.zone.or(self.spoken_zone);
        let at = stamp.instant(self.day, self.zone.or(self.spoken_zone));
        let around = [' ', '[', ']', '-', '–', '—', ':', '*', ',', '(', ')', '|'];
        let mut written = written.trim_matches(around).to_owned();
        if written.contains('(') {
            written.push(')');
        }
        let (text, source) = source::split(text);
        let kind = kind.or_else(|| spoken_kind(&text, self.vocabulary));
        let event = TimelineEvent { at, written, text, kind, source };
        self.entries.push(TimelineEntry { event, span, form });
    }
}

/// The text behind the moment that it opens with.
fn after<'t>(text: &'t str, stamp: &Stamp) -> &'t str {
    text[stamp.end..].trim_start_matches([
        ' ', ']', ')', '>', '*', ':', '：', '-', '–', '—', '|', ',', '.', '\n', '\u{a0}',
    ])
}
