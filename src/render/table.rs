//! Tables without borders that fit the terminal.

use std::borrow::Cow;

use comfy_table::{CellAlignment, ContentArrangement};

use super::wrap::{width, wrap};
use super::{Look, Tone, clean};

/// Blanks between two columns.
const GAP: usize = 2;

/// A column, and what may happen to it where the terminal is narrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    heading: &'static str,
    /// At least so many columns, at most so many lines; `None` is never wrapped.
    flow: Option<(usize, usize)>,
    right: bool,
    /// Left out before others where there is no room; 0 is never left out.
    spare: u8,
}

impl Column {
    /// A column that is always shown whole: an id.
    #[must_use]
    pub fn whole(heading: &'static str) -> Self {
        Self { heading, flow: None, right: false, spare: 0 }
    }

    /// A column whose text wraps, down to so many columns, and ends in `…` after so many lines.
    #[must_use]
    pub fn flowing(heading: &'static str, least: usize, lines: usize) -> Self {
        Self { heading, flow: Some((least, lines)), right: false, spare: 0 }
    }

    /// Aligned to the right.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.right = true;
        self
    }

    /// Left out where there is no room, the highest number first.
    #[must_use]
    pub fn spare(mut self, order: u8) -> Self {
        self.spare = order;
        self
    }
}

/// A text and what its colour means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    /// A cell in a colour. Text is cleaned of control characters and set on one line.
    #[must_use]
    pub fn new(text: &str, tone: Tone) -> Self {
        Self { text: clean(text).trim().to_owned(), tone }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text, Tone::Plain)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

/// Rows under headings. Columns in which no row says anything are left out.
#[derive(Debug, Clone, Default)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    indent: usize,
}

impl Table {
    /// An empty table.
    #[must_use]
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new(), indent: 0 }
    }

    /// Sets every line in by so many blanks.
    #[must_use]
    pub fn indent(mut self, blanks: usize) -> Self {
        self.indent = blanks;
        self
    }

    /// Adds a row, a cell for each column.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Draws it, every line with its line end.
    #[must_use]
    pub fn draw(&self, look: Look) -> String {
        let shown = self.layout(look.width.map(usize::from));
        let mut table = comfy_table::Table::new();
        table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        let header = shown.iter().map(|(at, _)| cell(&[marked(self.columns[*at].heading, Tone::Dim, look)]));
        if self.columns.iter().any(|column| !column.heading.is_empty()) {
            table.set_header(header.collect::<Vec<_>>());
        }
        for row in &self.rows {
            let cells = shown.iter().map(|(at, columns)| {
                let given = row.get(*at).cloned().unwrap_or_default();
                let lines = match (self.columns[*at].flow, columns) {
                    (Some((_, lines)), Some(columns)) => wrap(&given.text, *columns, lines),
                    _ => vec![given.text],
                };
                cell(&lines.iter().map(|line| marked(line, given.tone, look)).collect::<Vec<_>>())
            });
            table.add_row(cells.collect::<Vec<_>>());
        }
        for (at, (column, _)) in shown.iter().enumerate() {
            if let Some(drawn) = table.column_mut(at) {
                drawn.set_padding((if at == 0 { 0 } else { 2 }, 0));
                if self.columns[*column].right {
                    drawn.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        let mut text = String::new();
        for line in table.lines() {
            text.push_str(&" ".repeat(self.indent));
            text.push_str(&painted(line.trim_end()));
            text.push('\n');
        }
        text
    }

    /// Which columns are shown, and how wide those are that had to give way.
    fn layout(&self, width: Option<usize>) -> Vec<(usize, Option<usize>)> {
        let natural: Vec<usize> = (0..self.columns.len()).map(|at| self.natural(at)).collect();
        let mut shown: Vec<usize> = (0..self.columns.len()).filter(|at| self.says_something(*at)).collect();
        let Some(width) = width else {
            return shown.into_iter().map(|at| (at, None)).collect();
        };
        loop {
            let least = |at: &usize| {
                self.columns[*at].flow.map_or(natural[*at], |(least, _)| least.min(natural[*at]))
            };
            let gaps = self.indent + GAP * shown.len().saturating_sub(1);
            if shown.iter().map(least).sum::<usize>() + gaps <= width {
                break;
            }
            let spare = |at: &&usize| self.columns[**at].spare;
            match shown.iter().filter(|at| self.columns[**at].spare > 0).max_by_key(spare).copied() {
                Some(dropped) => shown.retain(|at| *at != dropped),
                None => break,
            }
        }
        let gaps = self.indent + GAP * shown.len().saturating_sub(1);
        self.shares(&shown, &natural, width.saturating_sub(gaps))
    }

    /// Gives each flowing column what it needs, the widest giving way first.
    fn shares(&self, shown: &[usize], natural: &[usize], room: usize) -> Vec<(usize, Option<usize>)> {
        let mut widths: Vec<usize> = shown.iter().map(|at| natural[*at]).collect();
        let mut excess = widths.iter().sum::<usize>().saturating_sub(room);
        while excess > 0 {
            let can_give = |(place, at): &(usize, &usize)| {
                self.columns[**at].flow.is_some_and(|(least, _)| widths[*place] > least)
            };
            let widest = shown.iter().enumerate().filter(can_give).max_by_key(|(place, _)| widths[*place]);
            let Some((place, _)) = widest else { break };
            widths[place] -= 1;
            excess -= 1;
        }
        // Nothing is left to give, and the id must stay: the text gives what it has.
        while excess > 0 {
            let flowing = shown.iter().enumerate().filter(|(_, at)| self.columns[**at].flow.is_some());
            let Some((place, _)) = flowing.max_by_key(|(place, _)| widths[*place]) else { break };
            if widths[place] <= 10 {
                break;
            }
            widths[place] -= 1;
            excess -= 1;
        }
        shown.iter().zip(widths).map(|(at, width)| (*at, self.columns[*at].flow.map(|_| width))).collect()
    }

    fn natural(&self, at: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(at)).map(|cell| width(&cell.text));
        cells.max().unwrap_or(0).max(width(self.columns[at].heading))
    }

    fn says_something(&self, at: usize) -> bool {
        self.rows.is_empty()
            || self.rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.text.is_empty()))
    }
}

fn cell(lines: &[Cow<'_, str>]) -> comfy_table::Cell {
    comfy_table::Cell::new_owned(lines.join("\n"))
}

/// Tones while a table is laid out: characters of no width that [`clean()`] keeps out of every cell, so that colour
/// neither disturbs the layout nor can be forged.
const MARKS: [(Tone, char); 5] = [
    (Tone::Over, '\u{e0041}'),
    (Tone::Soon, '\u{e0042}'),
    (Tone::Kept, '\u{e0043}'),
    (Tone::Dim, '\u{e0044}'),
    (Tone::Strong, '\u{e0045}'),
];

/// The end of a tone.
const END: char = '\u{e007f}';

fn marked(line: &str, tone: Tone, look: Look) -> Cow<'_, str> {
    match MARKS.iter().find(|(known, _)| *known == tone) {
        Some((_, mark)) if look.color && !line.is_empty() => Cow::Owned(format!("{mark}{line}{END}")),
        _ => Cow::Borrowed(line),
    }
}

/// Turns the marks of a drawn line into colours.
fn painted(line: &str) -> Cow<'_, str> {
    if !line.contains(END) {
        return Cow::Borrowed(line);
    }
    let mut painted = String::with_capacity(line.len() + 16);
    for c in line.chars() {
        match MARKS.iter().find(|(_, mark)| *mark == c) {
            Some((tone, _)) => painted.push_str(&tone.style().to_string()),
            None if c == END => painted.push_str(&anstyle::Reset.to_string()),
            None => painted.push(c),
        }
    }
    Cow::Owned(painted)
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
