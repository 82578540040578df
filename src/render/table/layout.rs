//! Which columns of a table are shown where, and how wide: what is asked for stays, and what was left out comes back
//! wherever it fits.

use super::column::{Column, Way};

/// Blanks between two columns.
pub(super) const GAP: usize = 2;
/// Blanks that set rows in below a line above them.
pub(super) const STEP: usize = 2;
/// A flowing column is not squeezed below this, whatever the terminal's width.
const NARROWEST: usize = 10;

/// What a column holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Size {
    /// The longest text.
    pub(super) natural: usize,
    /// The longest word.
    pub(super) word: usize,
    /// Whether any row has a text.
    pub(super) says_something: bool,
}

/// A column that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Which one.
    pub(super) at: usize,
    /// How wide, where it had to give way.
    pub(super) width: Option<usize>,
    /// The columns whose texts go under its own.
    pub(super) under: Vec<usize>,
}

/// Where every column goes.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) shown: Vec<Shown>,
    /// Columns on a line of their own above each row.
    pub(super) above: Vec<usize>,
}

/// Lays out the columns that say something; `None` is a pipe, where nothing gives way. `taken` tells how wide a
/// flowing column is once its texts are wrapped to a width.
pub(super) fn lay_out(
    columns: &[Column],
    sizes: &[Size],
    taken: &dyn Fn(usize, usize) -> usize,
    (indent, width): (usize, Option<usize>),
) -> Layout {
    let all = (0..columns.len()).filter(|at| sizes[*at].says_something);
    let shown = all.map(|at| Shown { at, width: None, under: Vec::new() }).collect();
    let layout = Layout { shown, above: Vec::new() };
    let Some(width) = width else { return layout };
    let mut plan = Plan { columns, sizes, taken, indent, width, layout };
    plan.make_room();
    plan.share();
    plan.layout
}

struct Plan<'a> {
    columns: &'a [Column],
    sizes: &'a [Size],
    taken: &'a dyn Fn(usize, usize) -> usize,
    indent: usize,
    width: usize,
    layout: Layout,
}

impl Plan<'_> {
    /// Lets columns give way until the rest fits, then takes back what fits beside it.
    fn make_room(&mut self) {
        let giving = |shown: &Shown| self.columns[shown.at].gives.map(|(order, way)| (order, shown.at, way));
        let mut steps: Vec<(u8, usize, Way)> = self.layout.shown.iter().filter_map(giving).collect();
        steps.sort_by_key(|(order, ..)| std::cmp::Reverse(*order));
        let mut out: Vec<Shown> = Vec::new();
        for (_, at, way) in steps {
            if self.fits() {
                break;
            }
            let Some(place) = self.layout.shown.iter().position(|shown| shown.at == at) else { continue };
            match (way, place.checked_sub(1)) {
                (Way::Under, Some(before)) => {
                    self.layout.shown.remove(place);
                    self.layout.shown[before].under.push(at);
                }
                (Way::Above, _) => {
                    self.layout.shown.remove(place);
                    self.layout.above.push(at);
                }
                _ => out.push(self.layout.shown.remove(place)),
            }
        }
        for column in out.into_iter().rev() {
            let place = self.layout.shown.partition_point(|shown| shown.at < column.at);
            self.layout.shown.insert(place, column);
            if !self.fits() {
                self.layout.shown.remove(place);
            }
        }
    }

    fn fits(&self) -> bool {
        self.layout.shown.iter().map(|shown| self.least(shown)).sum::<usize>() <= self.room()
    }

    /// The columns of the terminal without what stands between those of the table.
    fn room(&self) -> usize {
        let step = if self.layout.above.is_empty() { 0 } else { STEP };
        let gaps = self.indent + step + GAP * self.layout.shown.len().saturating_sub(1);
        self.width.saturating_sub(gaps)
    }

    fn natural(&self, shown: &Shown) -> usize {
        let under = shown.under.iter().map(|at| self.sizes[*at].natural).max();
        self.sizes[shown.at].natural.max(under.unwrap_or(0))
    }

    /// How narrow a column may become.
    fn least(&self, shown: &Shown) -> usize {
        let natural = self.natural(shown);
        let column = &self.columns[shown.at];
        let Some((least, _)) = column.flow else { return natural };
        let word = if column.whole_words { self.sizes[shown.at].word.min(self.room()) } else { 0 };
        least.max(word).min(natural)
    }

    /// What wrapped texts leave of their columns goes to those that cannot be left out.
    fn hand_on(&self, widths: &mut [usize], room: usize) {
        let flows = |shown: &Shown| self.columns[shown.at].flow.is_some();
        let stays = |shown: &Shown| self.columns[shown.at].gives.is_none();
        for (shown, width) in self.layout.shown.iter().zip(&mut *widths) {
            if flows(shown) && !stays(shown) {
                *width = (self.taken)(shown.at, *width);
            }
        }
        let mut left = room.saturating_sub(widths.iter().sum());
        for (shown, width) in self.layout.shown.iter().zip(widths) {
            if flows(shown) && stays(shown) {
                let more = left.min(self.natural(shown).saturating_sub(*width));
                *width += more;
                left -= more;
            }
        }
    }

    /// Gives each flowing column what it needs. The widest gives way first, and what cannot be left out counts half;
    /// at first no word is broken.
    fn share(&mut self) {
        let room = self.room();
        let mut widths: Vec<usize> = self.layout.shown.iter().map(|shown| self.natural(shown)).collect();
        let least: Vec<usize> = self.layout.shown.iter().map(|shown| self.least(shown)).collect();
        let words = self.layout.shown.iter().zip(&least);
        let words: Vec<usize> = words.map(|(shown, least)| self.sizes[shown.at].word.max(*least)).collect();
        let squeezed = vec![NARROWEST; widths.len()];
        for floors in [words, least, squeezed] {
            while widths.iter().sum::<usize>() > room {
                let can_give = |place: &usize| {
                    self.columns[self.layout.shown[*place].at].flow.is_some()
                        && widths[*place] > floors[*place]
                };
                let weight = |place: &usize| {
                    let stays = self.columns[self.layout.shown[*place].at].gives.is_none();
                    if stays { widths[*place] } else { widths[*place] * 2 }
                };
                let Some(widest) = (0..widths.len()).filter(can_give).max_by_key(weight) else { break };
                widths[widest] -= 1;
            }
        }
        self.hand_on(&mut widths, room);
        for (shown, width) in self.layout.shown.iter_mut().zip(widths) {
            shown.width = self.columns[shown.at].flow.map(|_| width);
        }
    }
}
