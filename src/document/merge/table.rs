//! Rows of tables: each is merged with itself, cell by cell. Two texts of one cell stand in it between marks, for a
//! line of marks would end the table.

use std::ops::Range;

use super::arrange::{Slot, arrange};
use super::outline::{Outline, Structure};
use super::rows::{Labels, Row, Rows};
use super::words::folded;
use super::{Joiner, Policy, Remark, Three};
use crate::document::Column;

impl Joiner<'_> {
    pub(super) fn table(
        &mut self,
        texts: Three<'_, '_>,
        (base, ours, theirs): (Option<&Structure>, &Structure, &Structure),
        out: &mut Vec<String>,
    ) {
        let head = |table: &Structure| table.lines.start..(table.lines.start + 2).min(table.lines.end);
        // The columns have the same names; who drew the lines anew has a say.
        let was = base.map(|base| texts.base.of(&head(base)));
        let (mine, other) = (texts.ours.of(&head(ours)), texts.theirs.of(&head(theirs)));
        super::prose::add(if was == Some(other) { mine } else { other }, out);
        let names = Row::new(other[0], None);
        let is = |column: usize, wanted: Column| {
            let known = self.vocabulary.columns.look_up(&folded(names.cell(column)));
            known.is_some_and(|(column, _)| column == wanted)
        };
        let is_number = |column: &usize| folded(names.cell(*column)) == "#" || is(*column, Column::Number);
        let number = (0..names.cells.len()).find(is_number);
        let said = (0..names.cells.len()).find(|column| is(*column, Column::Action));
        let rows = Rows {
            base: base.map(|base| read(texts.base, base)).unwrap_or_default(),
            ours: read(texts.ours, ours),
            theirs: read(texts.theirs, theirs),
            number,
            said,
        };
        let (from_ours, from_theirs) = (rows.origins(&rows.ours), rows.origins(&rows.theirs));
        let mut slots = arrange(&from_ours, &from_theirs, &rows.same(&from_ours, &from_theirs));
        rows.by_time(&mut slots);
        let mut labels = Labels::of(&rows);
        // A row that gets another number comes last, so that numbers go on rising.
        let mut last = Vec::new();
        for slot in slots {
            let told = self.remarks.len();
            let row = self.slot(&rows, slot, &names, &mut labels);
            let is_new = slot.base.is_none() && slot.theirs.is_none() && self.remarks.len() > told;
            if is_new { last.extend(row) } else { out.extend(row) }
        }
        out.extend(last);
    }

    /// One row of the outcome; none where one side took away what the other left as it was.
    fn slot(&mut self, rows: &Rows<'_>, slot: Slot, names: &Row<'_>, labels: &mut Labels) -> Option<String> {
        let base = slot.base.map(|at| &rows.base[at]);
        match (slot.ours.map(|at| &rows.ours[at]), slot.theirs.map(|at| &rows.theirs[at])) {
            (Some(ours), Some(theirs)) => Some(self.row(base, (ours, theirs), names, rows.number)),
            (Some(one), None) | (None, Some(one)) if base.is_some_and(|base| base.says(one)) => None,
            (ours, theirs) => {
                let one = ours.or(theirs)?;
                if base.is_some() {
                    self.kept(format!("{}, which the other side took away", one.name(rows.number)));
                }
                let taken = theirs.is_none().then(|| labels.free(one.cell(rows.number?))).flatten();
                let Some((number, new)) = rows.number.zip(taken) else { return Some(one.line.to_owned()) };
                let (section, old) = (self.section.clone(), one.cell(number).to_owned());
                self.remarks.push(Remark::Renumbered { section, old, new: new.clone() });
                Some(one.with(&[(number, new)]))
            }
        }
    }

    fn row(
        &mut self,
        base: Option<&Row<'_>>,
        (ours, theirs): (&Row<'_>, &Row<'_>),
        names: &Row<'_>,
        number: Option<usize>,
    ) -> String {
        if ours.says(theirs) || base.is_some_and(|base| base.says(ours)) {
            return theirs.line.to_owned();
        }
        if base.is_some_and(|base| base.says(theirs)) {
            return ours.line.to_owned();
        }
        let name = theirs.name(number);
        let mut changes = Vec::new();
        for column in 0..ours.cells.len().max(theirs.cells.len()) {
            let was = base.map_or("", |base| base.cell(column));
            let (mine, other) = (ours.cell(column), theirs.cell(column));
            let is_alike = base.is_none() && !folded(mine).is_empty() && folded(mine) == folded(other);
            let new = if is_alike || mine == other || mine == was || mine.is_empty() {
                other.to_owned()
            } else if other == was || other.is_empty() {
                mine.to_owned()
            } else if number == Some(column) {
                let (section, old, new) = (self.section.clone(), mine.to_owned(), other.to_owned());
                self.remarks.push(Remark::Renumbered { section, old, new });
                other.to_owned()
            } else {
                self.cell(&format!("{name}, {}", names.cell(column)), mine, other)
            };
            if new != other {
                changes.push((column, new));
            }
        }
        theirs.with(&changes)
    }

    /// Two values of one cell.
    fn cell(&mut self, what: &str, ours: &str, theirs: &str) -> String {
        match self.policy {
            Policy::Mark { .. } => {
                self.conflict(what);
                format!("<<<<<<< {ours} ======= {theirs} >>>>>>>")
            }
            Policy::Union if self.vocabulary.is_placeholder(theirs) => ours.to_owned(),
            Policy::Union if self.vocabulary.is_placeholder(ours) => theirs.to_owned(),
            Policy::Union => {
                let (what, kept, other) = (what.to_owned(), theirs.to_owned(), ours.to_owned());
                self.remarks.push(Remark::Chosen { what, kept, other });
                theirs.to_owned()
            }
        }
    }
}

fn read<'t>(outline: &Outline<'t>, table: &Structure) -> Vec<Row<'t>> {
    let row = |lines: &Range<usize>| {
        Row::new(outline.lines[lines.start], outline.instants.get(&lines.start).copied())
    };
    table.elements.iter().map(row).collect()
}

/// Where the content of each cell of a row stands, without the blanks around it. A `|` behind a backslash separates
/// nothing.
pub(super) fn cells(line: &str) -> Vec<Range<usize>> {
    let end = line.trim_end().len();
    let start = line.len() - line.trim_start().len();
    let mut bars: Vec<usize> = Vec::new();
    let mut escaped = false;
    for (at, byte) in line.bytes().enumerate().take(end).skip(start) {
        if byte == b'|' && !escaped {
            bars.push(at);
        }
        escaped = byte == b'\\' && !escaped;
    }
    let mut edges = Vec::new();
    if bars.first() != Some(&start) {
        edges.push(start);
    }
    edges.extend(bars.iter().map(|bar| bar + 1));
    let closed = end > start && bars.last() == Some(&(end - 1)) && edges.len() > 1;
    let ends = bars.iter().copied().filter(|bar| *bar != start || bars.first() != Some(&start));
    let mut ends: Vec<usize> = ends.collect();
    if closed {
        edges.pop();
    } else {
        ends.push(end);
    }
    let trimmed = |(from, to): (usize, usize)| {
        let text = &line[from..to];
        let lead = text.len() - text.trim_start().len();
        if lead == text.len() {
            // An empty cell keeps one blank before what may come to stand in it.
            let at = from + text.chars().next().map_or(0, char::len_utf8);
            return at..at;
        }
        from + lead..from + text.trim_end().len()
    };
    edges.into_iter().zip(ends).map(trimmed).collect()
}

/// The beginning of a text, for messages.
pub(super) fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<&str> {
        cells(line).into_iter().map(|cell| &line[cell]).collect()
    }

    #[test]
    fn cells_end_at_bars_that_are_not_escaped() {
        assert_eq!(texts("| 1 | a \\| b | `x` |"), ["1", "a \\| b", "`x`"]);
        assert_eq!(texts("1 | a"), ["1", "a"]);
        assert_eq!(texts("|a||b|"), ["a", "", "b"]);
        assert_eq!(texts("  | a |  |"), ["a", ""]);
        assert_eq!(texts("| a | b \\\\| c |"), ["a", "b \\\\", "c"]);
        assert_eq!(texts("|"), [""]);
        assert_eq!(texts("plain"), ["plain"]);
    }

    #[test]
    fn a_cell_is_replaced_where_it_stands() {
        let row = |line| Row::new(line, None);
        assert_eq!(row("| 1 | a    |").with(&[(1, "bb".into())]), "| 1 | bb    |");
        assert_eq!(row("| 1 |  |").with(&[(1, "b".into())]), "| 1 | b |");
        assert_eq!(row("|1||").with(&[(1, "b".into())]), "|1|b |");
        assert_eq!(row("| 1 |").with(&[(2, "c".into())]), "| 1 |  | c |");
        assert_eq!(row("1 | a").with(&[(0, "2".into()), (1, "b".into())]), "2 | b");
    }
}
