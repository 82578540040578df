//! Which row of a table is which: by its number, by what most of its cells say; and in which order they stand.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::arrange::Slot;
use super::table::{cells, shortened};
use super::words::{folded, likeness, small};

/// So much of its cells, or of its words, a row keeps to be the same row, changed.
const SAME: f64 = 0.5;
/// Among so many rows that are new or gone, changed ones are looked for.
const MOST: usize = 300;

/// A row and its cells.
#[derive(Debug, Clone)]
pub(super) struct Row<'t> {
    pub(super) line: &'t str,
    pub(super) cells: Vec<Range<usize>>,
    /// What its time says, in seconds of Unix time.
    instant: Option<i64>,
}

impl<'t> Row<'t> {
    pub(super) fn new(line: &'t str, instant: Option<i64>) -> Self {
        Self { line, cells: cells(line), instant }
    }

    pub(super) fn cell(&self, column: usize) -> &'t str {
        self.cells.get(column).map_or("", |cell| &self.line[cell.clone()])
    }

    /// Whether two rows say the same, however they are drawn.
    pub(super) fn says(&self, other: &Row<'_>) -> bool {
        let columns = self.cells.len().max(other.cells.len());
        (0..columns).all(|column| self.cell(column) == other.cell(column))
    }

    /// What a row is called in messages.
    pub(super) fn name(&self, number: Option<usize>) -> String {
        let own = number.map_or("", |number| self.cell(number));
        format!("row {}", shortened(if own.is_empty() { self.cell(0) } else { own }))
    }

    /// The row with other content in some cells.
    pub(super) fn with(&self, changes: &[(usize, String)]) -> String {
        let mut line = self.line.trim_end().to_owned();
        let mut sorted: Vec<&(usize, String)> = changes.iter().collect();
        sorted.sort_by_key(|(column, _)| std::cmp::Reverse(*column));
        let (inside, beyond): (Vec<_>, Vec<_>) =
            sorted.into_iter().partition(|(column, _)| *column < self.cells.len());
        for (column, text) in inside {
            let span = self.cells[*column].clone();
            let blank = if span.is_empty() && line[span.end..].starts_with('|') { " " } else { "" };
            line.replace_range(span, &format!("{text}{blank}"));
        }
        for (column, text) in beyond.into_iter().rev() {
            if !line.ends_with('|') {
                line.push_str(" |");
            }
            let missing = column - cells(&line).len();
            line.push_str(&"  |".repeat(missing));
            line.push_str(&format!(" {text} |"));
        }
        line
    }

    /// Whether a cell but one says anything.
    fn says_more_than(&self, number: Option<usize>) -> bool {
        self.content(number).iter().any(|cell| !cell.is_empty())
    }

    /// Its cells but one, as they are compared.
    fn content(&self, without: Option<usize>) -> Vec<&'t str> {
        (0..self.cells.len())
            .filter(|column| Some(*column) != without)
            .map(|column| self.cell(column))
            .collect()
    }
}

/// The rows of all sides.
pub(super) struct Rows<'t> {
    pub(super) base: Vec<Row<'t>>,
    pub(super) ours: Vec<Row<'t>>,
    pub(super) theirs: Vec<Row<'t>>,
    /// The column of their numbers.
    pub(super) number: Option<usize>,
    /// The column of what they promise.
    pub(super) said: Option<usize>,
}

impl Rows<'_> {
    /// Which row of the base each row of a side was.
    pub(super) fn origins(&self, side: &[Row<'_>]) -> Vec<Option<usize>> {
        let mut origins = vec![None; side.len()];
        let mut known: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
        for (at, row) in self.base.iter().enumerate().rev() {
            known.entry(row.content(None)).or_default().push(at);
        }
        let mut taken = vec![false; self.base.len()];
        for (at, row) in side.iter().enumerate() {
            origins[at] = known.get_mut(&row.content(None)).and_then(Vec::pop);
            origins[at].into_iter().for_each(|base| taken[base] = true);
        }
        self.renumbered(side, &mut origins, &mut taken);
        let gone: Vec<usize> = (0..self.base.len()).filter(|at| !taken[*at]).collect();
        let new: Vec<usize> = (0..side.len()).filter(|at| origins[*at].is_none()).collect();
        if gone.len() > MOST || new.len() > MOST {
            return origins;
        }
        let mut scored: Vec<(f64, usize, usize)> = Vec::new();
        for at in new {
            let scores = gone.iter().map(|base| (self.alike(&self.base[*base], &side[at]), *base, at));
            scored.extend(scores.filter(|(score, ..)| *score >= SAME));
        }
        // The likest first; of two as like, the nearest.
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.abs_diff(a.2).cmp(&b.1.abs_diff(b.2))));
        for (_, base, at) in scored {
            if !taken[base] && origins[at].is_none() {
                taken[base] = true;
                origins[at] = Some(base);
            }
        }
        origins
    }

    /// Rows that only have another number by now: what a row says is more than the number that it has.
    fn renumbered(&self, side: &[Row<'_>], origins: &mut [Option<usize>], taken: &mut [bool]) {
        if self.number.is_none() {
            return;
        }
        let mut known: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
        for (at, row) in self.base.iter().enumerate().rev().filter(|(at, _)| !taken[*at]) {
            known.entry(row.content(self.number)).or_default().push(at);
        }
        for (at, row) in side.iter().enumerate().filter(|(_, row)| row.says_more_than(self.number)) {
            if origins[at].is_none() {
                origins[at] = known.get_mut(&row.content(self.number)).and_then(Vec::pop);
                origins[at].into_iter().for_each(|base| taken[base] = true);
            }
        }
    }

    /// How much a row is another one, changed.
    fn alike(&self, base: &Row<'_>, row: &Row<'_>) -> f64 {
        let columns = base.cells.len().max(row.cells.len());
        let others: Vec<usize> = (0..columns).filter(|column| Some(*column) != self.number).collect();
        let said: Vec<usize> =
            others.iter().copied().filter(|column| !base.cell(*column).is_empty()).collect();
        let same = said.iter().filter(|column| base.cell(**column) == row.cell(**column)).count();
        let share = if said.is_empty() { 1.0 } else { small(same) / small(said.len()) };
        let text = |row: &Row<'_>| row.content(self.number).join(" ");
        let words = likeness(&text(base), &text(row));
        let numbers = self.number.map(|number| (base.cell(number), row.cell(number)));
        match numbers {
            // The same number, and something of the same: the same row.
            Some((old, new)) if old == new && !old.is_empty() => {
                let something =
                    share > 0.0 && !said.is_empty() && words > 0.2 || words >= 0.3 || said.is_empty();
                if something { 2.0 + share.max(words) } else { 0.0 }
            }
            _ if said.is_empty() => 0.0,
            _ => share.max(words),
        }
    }

    /// Rows that are new on both sides and are one: all the same, or the same in what they are about.
    pub(super) fn same(&self, ours: &[Option<usize>], theirs: &[Option<usize>]) -> Vec<(usize, usize)> {
        let new = |origins: &[Option<usize>]| -> Vec<usize> {
            (0..origins.len()).filter(|at| origins[*at].is_none()).collect()
        };
        let mut left: HashMap<String, Vec<usize>> = HashMap::new();
        for at in new(theirs).into_iter().rev() {
            left.entry(self.about(&self.theirs[at])).or_default().push(at);
        }
        let pair = |at: usize| Some((at, left.get_mut(&self.about(&self.ours[at])).and_then(Vec::pop)?));
        new(ours).into_iter().filter_map(pair).collect()
    }

    /// What a new row is about: what it promises; else its longest cell, in a table of two columns both; with its time
    /// where it has one.
    fn about(&self, row: &Row<'_>) -> String {
        let mut content = row.content(self.number);
        if content.iter().all(|cell| cell.is_empty()) {
            content = row.content(None);
        }
        let said = self.said.map(|column| row.cell(column)).filter(|cell| !cell.is_empty());
        let longest = || content.iter().max_by_key(|cell| cell.len()).copied().unwrap_or_default();
        let says = match said {
            Some(said) => said.to_owned(),
            None if content.len() <= 2 => content.join(" | "),
            None => longest().to_owned(),
        };
        // A label without a number at its end is a name, and says what the row is too.
        let label = self.number.map(|number| row.cell(number)).filter(|label| split(label).is_none());
        format!("{:?} {} {}", row.instant, folded(label.unwrap_or_default()), folded(&says))
    }

    /// Where the rows of both sides stand in the order of their times, so do all.
    pub(super) fn by_time(&self, slots: &mut [Slot]) {
        let is_sorted = |rows: &[Row<'_>]| {
            let times: Vec<i64> = rows.iter().filter_map(|row| row.instant).collect();
            times.windows(2).all(|two| two[0] <= two[1])
        };
        let is_timed = self.ours.iter().chain(&self.theirs).any(|row| row.instant.is_some());
        if !is_timed || !is_sorted(&self.ours) || !is_sorted(&self.theirs) {
            return;
        }
        let time = |slot: &Slot| {
            let base = slot.base.and_then(|at| self.base[at].instant);
            let mine = slot.ours.and_then(|at| self.ours[at].instant);
            let other = slot.theirs.and_then(|at| self.theirs[at].instant);
            if other == base { mine.or(other) } else { other.or(mine) }
        };
        // A row without a time stays behind the one before it.
        let mut last = i64::MIN;
        let mut keyed: Vec<(i64, Slot)> = Vec::with_capacity(slots.len());
        for slot in slots.iter() {
            last = time(slot).unwrap_or(last);
            keyed.push((last, *slot));
        }
        keyed.sort_by_key(|(time, _)| *time);
        slots.iter_mut().zip(keyed).for_each(|(slot, (_, sorted))| *slot = sorted);
    }
}

/// The numbers that rows have.
pub(super) struct Labels {
    taken: HashSet<String>,
    all: Vec<String>,
}

impl Labels {
    pub(super) fn of(rows: &Rows<'_>) -> Self {
        let Some(number) = rows.number else { return Self { taken: HashSet::new(), all: Vec::new() } };
        let labels =
            |rows: &[Row<'_>]| rows.iter().map(|row| row.cell(number).to_owned()).collect::<Vec<_>>();
        let taken: HashSet<String> = labels(&rows.theirs).into_iter().collect();
        let all =
            labels(&rows.base).into_iter().chain(labels(&rows.ours)).chain(taken.iter().cloned()).collect();
        Self { taken, all }
    }

    /// Another number for a row of ours whose number theirs has too.
    pub(super) fn free(&mut self, label: &str) -> Option<String> {
        if label.is_empty() || !self.taken.contains(label) {
            return None;
        }
        // A label without a number at its end is a name, and says what the row is.
        let (lead, _) = split(label)?;
        let same = self.all.iter().filter_map(|known| split(known)).filter(|(known, _)| *known == lead);
        let highest = same.map(|(_, number)| number).max().unwrap_or(0);
        let new = format!("{lead}{}", highest.saturating_add(1));
        self.taken.insert(new.clone());
        self.all.push(new.clone());
        Some(new)
    }
}

/// What stands in front of the number at the end of a label, and the number.
fn split(label: &str) -> Option<(&str, u64)> {
    let digits = label.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (lead, number) = label.split_at(label.len() - digits);
    // `10:00` is a time, whatever the column is called, and the next number would be another time.
    let hour = lead.strip_suffix([':', '.']).filter(|_| digits == 2);
    if hour.is_some_and(|hour| hour.ends_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    Some((lead, number.parse().ok()?))
}
