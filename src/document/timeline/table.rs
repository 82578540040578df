//! Entries that are rows of a table, whatever its columns of times are called.

use super::{EntryForm, Reader};
use crate::document::clock::{self, Stamp};
use crate::document::language::TimeColumn;
use crate::document::plain::Page;
use crate::document::tables::{Row, Table};
use crate::document::zones::{self, Zone};

struct Columns {
    date: Option<usize>,
    exact: usize,
    written: usize,
    event: usize,
    kind: Option<usize>,
    source: Option<usize>,
    zone: Option<Zone>,
}

impl Reader<'_> {
    pub(super) fn table(&mut self, table: &Table) {
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
        let source = find(TimeColumn::Source);
        let date = date.filter(|date| *date != exact);
        let is_timed = |row: &Row| table.text(self.page, row, time).bytes().any(|b| b.is_ascii_digit());
        // A template's rows have no times; where one row has, an unknown time is told in words.
        if date.is_none() && !table.rows.iter().any(is_timed) {
            return;
        }
        for row in &table.rows {
            self.row(table, row, &Columns { date, exact, written: time, event, kind, source, zone });
        }
    }

    /// Another column that has a moment in a row whose column of times is empty.
    fn other_time(&self, table: &Table, row: &Row, columns: &Columns) -> Option<usize> {
        (0..columns.event.min(table.columns()))
            .filter(|column| *column != columns.written && Some(*column) != columns.date)
            .find(|column| clock::stamp(&table.text(self.page, row, *column), self.calendar).is_some())
    }

    fn first_stamped(&self, table: &Table) -> Option<usize> {
        let row = table.rows.first()?;
        (0..table.columns().min(2))
            .find(|column| clock::stamp(&table.text(self.page, row, *column), self.calendar).is_some())
    }

    fn row(&mut self, table: &Table, row: &Row, columns: &Columns) {
        let written = table.text(self.page, row, columns.written);
        let date = columns.date.map(|date| table.text(self.page, row, date));
        if let Some(day) = date.as_deref().and_then(|date| clock::day(date, self.calendar)) {
            self.day_is(Some(day));
        }
        let says = |text: &str| text.chars().any(char::is_alphanumeric) && !is_pattern(text);
        // Where the same time stands in two zones, some rows may have only one of them.
        let other = if says(&written) { None } else { self.other_time(table, row, columns) };
        if other.is_none() && !says(&written) && !date.as_deref().is_some_and(says) {
            return;
        }
        let (exact, written, zone_of_row) = match other {
            Some(other) => {
                let cell = table.text(self.page, row, other);
                (cell.clone(), cell, zones::named_zone(&table.text(self.page, &table.head, other)))
            }
            None => (table.text(self.page, row, columns.exact), written, columns.zone),
        };
        let stamp = clock::stamp(&exact, self.calendar).unwrap_or(Stamp {
            day: None,
            time: None,
            zone: None,
            end: 0,
        });
        let text = table.text(self.page, row, columns.event);
        // A row that holds a day alone is a heading for those below it.
        if stamp.time.is_none() && text.trim().is_empty() {
            let day = stamp.day.or_else(|| clock::day(written.trim(), self.calendar));
            if day.is_some() {
                self.day_is(day);
                return;
            }
        }
        let kind =
            columns.kind.and_then(|kind| self.vocabulary.events.look_up(&table.text(self.page, row, kind)));
        let (named, text) = match table.cell(self.page, row, columns.event) {
            Some(block) => self.named_kind(Page::run(block), &text),
            None => (None, text.into_owned()),
        };
        let zone = self.zone;
        self.zone = zone_of_row;
        self.push(&stamp, &written, text, kind.or(named), row.span.clone(), EntryForm::Row);
        self.zone = zone;
        let source = columns.source.map(|source| table.text(self.page, row, source).trim().to_owned());
        if let (Some(source), Some(last)) = (source.filter(|said| !said.is_empty()), self.entries.last_mut())
        {
            last.event.source = Some(source);
        }
    }
}

/// `HH:MM`, `YYYY-MM-DD hh:mm`: how a time is to be written, where a template was not filled in.
fn is_pattern(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let is_sign = |c: char| {
        matches!(c, 'h' | 'm' | 's' | 'y' | 'd' | 't' | 'z' | ':' | '-' | '/' | '.' | ' ' | '[' | ']')
    };
    lower.contains("mm") && lower.chars().all(is_sign)
}
