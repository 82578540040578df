//! The other post-mortems, ready to be asked what was promised or caused before.

use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::model::ActionItem;
use crate::rank::{Ideas, Said};

/// Another post-mortem.
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
    pub actions: Vec<OlderAction>,
}

/// A promise of another post-mortem.
#[derive(Debug, Clone)]
pub struct OlderAction {
    /// The id that leads to it: `2025-11-02-queue-stalled#2`.
    pub id: String,
    /// The promise, its status being the one in force.
    pub item: ActionItem,
}

/// Many post-mortems, compared with one at a time: what all of them need is made once, when it is first asked for.
#[derive(Debug, Default)]
pub struct Past {
    all: Vec<Older>,
    promises: OnceLock<(Vec<(usize, usize)>, Ideas)>,
    causes: OnceLock<Ideas>,
}

impl From<Vec<Older>> for Past {
    fn from(all: Vec<Older>) -> Self {
        Self { all, ..Self::default() }
    }
}

impl Past {
    /// All of them, in the order in which they were handed over.
    #[must_use]
    pub fn all(&self) -> &[Older] {
        &self.all
    }

    /// The promises that say what a text says, or point to one of its issues; the likest first, one of each post-mortem,
    /// each with how much of both is the same (1 is all).
    #[must_use]
    pub fn promised(&self, text: &str, refs: &[String], least: f64) -> Vec<(f64, &Older, &OlderAction)> {
        let (places, ideas) = self.promises.get_or_init(|| {
            let places: Vec<(usize, usize)> = self
                .all
                .iter()
                .enumerate()
                .flat_map(|(at, one)| (0..one.actions.len()).map(move |item| (at, item)))
                .collect();
            let said: Vec<Said<'_>> = places
                .iter()
                .map(|(document, at)| {
                    let item = &self.all[*document].actions[*at].item;
                    Said { document: *document, text: &item.text, refs: &item.refs }
                })
                .collect();
            let ideas = Ideas::new(&said);
            (places, ideas)
        });
        let said = Said { document: usize::MAX, text, refs };
        let found = ideas.alike_by(&said, least).into_iter();
        found
            .map(|(likeness, at)| {
                let (document, item) = places[at];
                (likeness, &self.all[document], &self.all[document].actions[item])
            })
            .collect()
    }

    /// The post-mortems whose causes are told like a text, the likest first, each with how much of both is the same.
    #[must_use]
    pub fn caused(&self, text: &str, least: f64) -> Vec<(f64, &Older)> {
        let ideas = self.causes.get_or_init(|| {
            let all = self.all.iter().enumerate();
            let said: Vec<Said<'_>> =
                all.map(|(document, one)| Said { document, text: &one.causes, refs: &[] }).collect();
            Ideas::new(&said)
        });
        let found = ideas.alike_by(&Said { document: usize::MAX, text, refs: &[] }, least).into_iter();
        found.map(|(likeness, at)| (likeness, &self.all[at])).collect()
    }
}
