//! The other post-mortems, ready to be asked what was promised or caused before. Of each no more is kept than that takes:
//! the terms of its causes and of its unfinished promises, and what it is called.

use chrono::NaiveDate;

use crate::model::{ActionItem, Promise, Status};
use crate::rank::{Ideas, Said};

/// With fewer letters, what causes have in common says little.
pub(super) const LEAST: usize = 80;

/// Another post-mortem, as it is handed over.
#[derive(Debug, Clone, Default)]
pub struct Older {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The day of its incident.
    pub date: Option<NaiveDate>,
    /// The text of its root cause and contributing factors, as [`crate::document::causes`] tells it.
    pub causes: String,
    /// Its promises, with the status in force.
    pub actions: Vec<ActionItem>,
}

/// Another post-mortem, as it is known afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: Box<str>,
    /// Its title.
    pub title: Box<str>,
    /// The day of its incident.
    pub date: Option<NaiveDate>,
}

/// A promise of another post-mortem that somebody still owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Where its post-mortem stands among all.
    document: u32,
    label: Box<str>,
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

/// Many post-mortems, compared with one at a time.
#[derive(Debug)]
pub struct Past {
    all: Vec<Known>,
    owed: Vec<Owed>,
    /// The promises that are owed, in that order.
    promises: Ideas,
    /// Those that tell their causes, by their places among all.
    causing: Vec<u32>,
    causes: Ideas,
}

impl From<Vec<Older>> for Past {
    fn from(all: Vec<Older>) -> Self {
        Self::new(all)
    }
}

impl Past {
    /// Takes post-mortems in, in the order in which they are told.
    #[must_use]
    pub fn new(all: Vec<Older>) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let promised = || {
            let owed = |one: &Older| {
                one.actions.iter().enumerate().filter(|(_, item)| item.status.is_owed()).count()
            };
            all.iter().map(owed).sum::<usize>()
        };
        let mut owed = Vec::with_capacity(promised());
        let mut said: Vec<Said<'_>> = Vec::with_capacity(owed.capacity());
        for (document, one) in all.iter().enumerate() {
            for item in one.actions.iter().filter(|item| item.status.is_owed()) {
                said.push(Said { document, text: &item.text, refs: &item.refs });
                let (label, status, due) = (item.label.as_str().into(), item.status, item.due);
                owed.push(Owed { document: place(document), label, status, due });
            }
        }
        let promises = Ideas::new(&said);
        drop(said);
        let causing: Vec<usize> =
            (0..all.len()).filter(|document| all[*document].causes.trim().len() >= LEAST).collect();
        let said: Vec<Said<'_>> = causing
            .iter()
            .map(|document| Said { document: *document, text: &all[*document].causes, refs: &[] })
            .collect();
        let causes = Ideas::new(&said);
        drop(said);
        let causing = causing.into_iter().map(place).collect();
        let known = |one: Older| Known { id: one.id.into(), title: one.title.into(), date: one.date };
        Self { all: all.into_iter().map(known).collect(), owed, promises, causing, causes }
    }

    /// All of them, in the order in which they were handed over.
    #[must_use]
    pub fn all(&self) -> &[Known] {
        &self.all
    }

    /// The unfinished promises of one, each by the id that leads to it (`2025-11-02-queue-stalled#2`).
    pub fn owed(&self, document: usize) -> impl Iterator<Item = (String, &Owed)> {
        let own = self.owed.iter().filter(move |owed| owed.document as usize == document);
        own.map(|owed| (self.id_of(owed), owed))
    }

    /// The id that leads to a promise.
    #[must_use]
    pub fn id_of(&self, owed: &Owed) -> String {
        format!("{}#{}", self.all[owed.document as usize].id, owed.label)
    }

    /// The unfinished promises that say what a text says, or point to one of its issues; the likest first, one of each
    /// post-mortem, each with how much of both is the same (1 is all).
    #[must_use]
    pub fn promised(&self, text: &str, refs: &[String], least: f64) -> Vec<(f64, &Known, &Owed)> {
        let said = Said { document: usize::MAX, text, refs };
        let found = self.promises.alike_by(&said, least).into_iter();
        found
            .map(|(likeness, at)| {
                let owed = &self.owed[at];
                (likeness, &self.all[owed.document as usize], owed)
            })
            .collect()
    }

    /// The post-mortems whose causes are told like a text, the likest first, each with how much of both is the same.
    #[must_use]
    pub fn caused(&self, text: &str, least: f64) -> Vec<(f64, &Known)> {
        let found = self.causes.alike_by(&Said { document: usize::MAX, text, refs: &[] }, least).into_iter();
        found.map(|(likeness, at)| (likeness, &self.all[self.causing[at] as usize])).collect()
    }
}
