//! The other post-mortems, ready to be asked what was promised or caused before. Of each no more is kept than that takes:
//! the terms of its causes and of its unfinished promises, and what it is called.

mod telling;

use chrono::NaiveDate;

use crate::model::{ActionItem, Promise, Status};
use crate::rank::{Ideas, Said};

pub use telling::Telling;

/// With fewer letters, what causes have in common says little.
pub(super) const LEAST: usize = 80;

/// Another post-mortem, as it is handed over.
#[derive(Debug, Clone, Copy, Default)]
pub struct Older<'o> {
    /// Its id.
    pub id: &'o str,
    /// Its title.
    pub title: &'o str,
    /// The day of its incident.
    pub date: Option<NaiveDate>,
    /// Its promises, with the status in force.
    pub actions: &'o [ActionItem],
}

/// Another post-mortem, as it is known afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'p> {
    /// Its id.
    pub id: &'p str,
    /// Its title.
    pub title: &'p str,
    /// The day of its incident.
    pub date: Option<NaiveDate>,
}

/// A promise of another post-mortem that somebody still owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Where its post-mortem stands among all.
    document: u32,
    /// Where its label ends among the names.
    label_end: u32,
    /// The status in force.
    pub status: Status,
    /// The last day on which it is kept in time.
    pub due: Option<NaiveDate>,
}

impl Owed {
    /// Where the promise stands on a day.
    #[must_use]
    pub fn promise(&self, today: NaiveDate) -> Promise {
        Promise::of(self.status, self.due, today)
    }
}

/// Where the names of a post-mortem end, and its day.
#[derive(Debug, Clone, Copy)]
struct Named {
    id_end: u32,
    title_end: u32,
    date: Option<NaiveDate>,
}

/// Many post-mortems, compared with one at a time.
#[derive(Debug, Default)]
pub struct Past {
    /// Id and title of each, one after the other.
    names: String,
    all: Vec<Named>,
    /// The labels of the promises that are owed, one after the other.
    labels: String,
    owed: Vec<Owed>,
    /// The promises that are owed, in that order.
    promises: Ideas,
    /// Those that tell their causes, by their places among all.
    causing: Vec<u32>,
    causes: Ideas,
}

impl Past {
    /// All of them, in the order in which they were told.
    pub fn all(&self) -> impl Iterator<Item = Known<'_>> {
        (0..self.all.len()).map(|at| self.known(at))
    }

    /// The one at a place, in the order in which they were handed over.
    fn known(&self, at: usize) -> Known<'_> {
        let Named { id_end, title_end, date } = self.all[at];
        let start = at.checked_sub(1).map_or(0, |before| self.all[before].title_end as usize);
        let (id, title) = self.names[start..title_end as usize].split_at(id_end as usize - start);
        Known { id, title, date }
    }

    /// The label of a promise.
    fn label(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.owed[before].label_end as usize);
        &self.labels[start..self.owed[at].label_end as usize]
    }

    /// The unfinished promises that say what a text says, or point to one of its issues; the likest first, one of each
    /// post-mortem.
    pub fn promised<'p>(
        &'p self,
        text: &str,
        refs: &[String],
        least: f64,
    ) -> impl Iterator<Item = Promised<'p>> + use<'p> {
        let said = Said { document: usize::MAX, text, refs };
        let found = self.promises.alike_by(&said, least).into_iter();
        found.map(|(likeness, at)| {
            let owed = &self.owed[at];
            Promised { likeness, of: self.known(owed.document as usize), label: self.label(at), owed }
        })
    }

    /// The post-mortems whose causes are told like a text, the likest first, each with how much of both is the same.
    pub fn caused<'p>(&'p self, text: &str, least: f64) -> impl Iterator<Item = (f64, Known<'p>)> + use<'p> {
        let found = self.causes.alike_by(&Said { document: usize::MAX, text, refs: &[] }, least).into_iter();
        found.map(|(likeness, at)| (likeness, self.known(self.causing[at] as usize)))
    }
}

/// A promise that says what a text says.
#[derive(Debug, Clone, PartialEq)]
pub struct Promised<'p> {
    /// How much of both is the same; 1 is all.
    pub likeness: f64,
    /// The post-mortem that promised it.
    pub of: Known<'p>,
    /// Its label there.
    pub label: &'p str,
    /// Where it stands.
    pub owed: &'p Owed,
}

impl Promised<'_> {
    /// The id that leads to it (`2025-11-02-queue-stalled#2`).
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}#{}", self.of.id, self.label)
    }
}

#[cfg(test)]
mod tests;
