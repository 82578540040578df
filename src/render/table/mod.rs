//! Tables without borders that fit the terminal.

mod column;
mod layout;

use std::borrow::Cow;

use comfy_table::{CellAlignment, ContentArrangement};

pub use column::Column;
use layout::{Layout, Shown, Size};

use super::wrap::{width, wrap};
use super::{Look, Tone, clean};

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

#[derive(Debug, Clone)]
enum Row {
    Cells(Vec<Cell>),
    /// What the rows below have in common.
    Group(Cell),
}

/// Rows under headings. Columns in which no row says anything are left out.
#[derive(Debug, Clone, Default)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
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
        self.rows.push(Row::Cells(cells));
    }

    /// Adds a line of its own that says what the rows below have in common.
    pub fn group(&mut self, heading: &str) {
        self.rows.push(Row::Group(Cell::new(heading, Tone::Strong)));
    }

    /// The rows that have cells.
    fn cell_rows(&self) -> impl Iterator<Item = &Vec<Cell>> + Clone {
        self.rows.iter().filter_map(|row| match row {
            Row::Cells(cells) => Some(cells),
            Row::Group(_) => None,
        })
    }

    /// Draws it, every line with its line end.
    #[must_use]
    pub fn draw(&self, look: Look) -> String {
        let sizes: Vec<Size> = (0..self.columns.len()).map(|at| self.size(at)).collect();
        let taken = |at, columns| self.taken(at, columns);
        let place = (self.indent, look.width.map(usize::from));
        let layout = layout::lay_out(&self.columns, &sizes, &taken, place);
        let mut table = comfy_table::Table::new();
        table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        let has_header = self.columns.iter().any(|column| !column.heading.is_empty());
        if has_header {
            table.set_header(self.header(&layout, look));
        }
        let indent = " ".repeat(self.indent);
        let mut above = Vec::new();
        for row in &self.rows {
            match row {
                Row::Cells(cells) => {
                    above.extend(self::above(cells, &layout, look).map(|line| format!("{indent}{line}")));
                    table.add_row(self.cells(cells, &layout, look));
                }
                Row::Group(heading) => {
                    let gap = if table.row_count() > 0 { "\n" } else { "" };
                    above.push(format!("{gap}{}", marked(&heading.text, heading.tone, look)));
                    table.add_row([cell(&[ABOVE.to_string()])]);
                }
            }
        }
        for (at, shown) in layout.shown.iter().enumerate() {
            if let Some(drawn) = table.column_mut(at) {
                drawn.set_padding((if at == 0 { 0 } else { 2 }, 0));
                if self.columns[shown.at].right {
                    drawn.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        let step = if layout.above.is_empty() { 0 } else { layout::STEP };
        let mut above = above.into_iter();
        let mut text = String::new();
        for line in table.lines() {
            let line = match line.contains(ABOVE) {
                true => above.next().unwrap_or_default(),
                false => format!("{indent}{}{line}", " ".repeat(step)),
            };
            text.push_str(painted(line.trim_end()).trim_end());
            text.push('\n');
        }
        text
    }

    /// The headings; that of a line above stands over the rows where the first column has none.
    fn header(&self, layout: &Layout, look: Look) -> Vec<comfy_table::Cell> {
        let heading = |(place, shown): (usize, &Shown)| match (self.columns[shown.at].heading, place) {
            ("", 0) => layout.above.first().map_or("", |at| self.columns[*at].heading),
            (heading, _) => heading,
        };
        let headings = layout.shown.iter().enumerate().map(heading);
        headings.map(|heading| cell(&[marked(heading, Tone::Dim, look)])).collect()
    }

    /// The cells of a row that stand side by side.
    fn cells(&self, row: &[Cell], layout: &Layout, look: Look) -> Vec<comfy_table::Cell> {
        let has_above = above(row, layout, look).is_some();
        let lines = |shown: &Shown| {
            let given = row.get(shown.at).cloned().unwrap_or_default();
            let flowed = match (self.columns[shown.at].flow, shown.width) {
                (Some((_, lines)), Some(columns)) => wrap(&given.text, columns, lines),
                _ => vec![given.text],
            };
            let mut lines: Vec<String> =
                flowed.iter().map(|line| marked(line, given.tone, look).into_owned()).collect();
            let under = shown.under.iter().filter_map(|at| row.get(*at)).filter(|cell| !cell.text.is_empty());
            lines.extend(under.map(|cell| marked(&cell.text, cell.tone, look).into_owned()));
            lines
        };
        let side_by_side = layout.shown.iter().enumerate().map(|(place, shown)| {
            let mut lines = lines(shown);
            if has_above {
                lines.insert(0, if place == 0 { ABOVE.to_string() } else { String::new() });
            }
            cell(&lines)
        });
        side_by_side.collect()
    }

    fn size(&self, at: usize) -> Size {
        let texts = self.cell_rows().filter_map(|row| row.get(at)).map(|cell| cell.text.as_str());
        let texts = || texts.clone().chain([self.columns[at].heading]);
        let words = texts().flat_map(|text| text.split(' ')).map(width);
        Size {
            natural: texts().map(width).max().unwrap_or(0),
            word: words.max().unwrap_or(0),
            says_something: self.says_something(at),
        }
    }

    /// The columns that are left of so many once the texts are wrapped.
    fn taken(&self, at: usize, columns: usize) -> usize {
        let lines = self.columns[at].flow.map_or(1, |(_, lines)| lines);
        let texts = self.cell_rows().filter_map(|row| row.get(at));
        let wrapped = texts.flat_map(|cell| wrap(&cell.text, columns, lines));
        wrapped.map(|line| width(&line)).max().unwrap_or(0).max(width(self.columns[at].heading))
    }

    fn says_something(&self, at: usize) -> bool {
        self.rows.is_empty()
            || self.cell_rows().any(|row| row.get(at).is_some_and(|cell| !cell.text.is_empty()))
    }
}

fn cell<L: AsRef<str>>(lines: &[L]) -> comfy_table::Cell {
    let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    comfy_table::Cell::new_owned(lines.join("\n"))
}

/// The line above a row, where it has one.
fn above(row: &[Cell], layout: &Layout, look: Look) -> Option<String> {
    let said = layout.above.iter().filter_map(|at| row.get(*at)).filter(|cell| !cell.text.is_empty());
    let said: Vec<String> = said.map(|cell| marked(&cell.text, cell.tone, look).into_owned()).collect();
    (!said.is_empty()).then(|| said.join("  "))
}

/// Where a line above a row goes: the same kind of character as those of [`MARKS`].
const ABOVE: char = '\u{e0060}';

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
mod tests;
