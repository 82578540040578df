//! The same idea in other documents, among all that were read.

use crate::archive::Entry;
use crate::config::Config;
use crate::model::{ActionItem, Postmortem, Scale};
use crate::rank::{Echo, Ideas, Incident, Rank, Said};

/// Every promise of some documents, ready to be compared and ranked.
pub(super) struct Echoes<'a> {
    entries: Vec<&'a Entry>,
    places: Vec<(usize, &'a ActionItem)>,
    ideas: Ideas,
    priorities: Scale,
    severities: Scale,
}

impl<'a> Echoes<'a> {
    /// Takes documents with all their promises.
    pub(super) fn new(entries: Vec<&'a Entry>, config: &Config) -> Self {
        let all = entries.iter().enumerate();
        let places: Vec<(usize, &ActionItem)> =
            all.flat_map(|(at, entry)| entry.postmortem.actions.iter().map(move |item| (at, item))).collect();
        let said = places.iter().map(|(document, item)| Said {
            document: *document,
            text: &item.text,
            refs: &item.refs,
        });
        let ideas = Ideas::new(&said.collect::<Vec<_>>());
        let (priorities, severities) = (config.priority_scale(), config.severity_scale());
        Self { entries, places, ideas, priorities, severities }
    }

    /// The number of a document among those that were taken.
    pub(super) fn number(&self, is_it: impl Fn(&Entry) -> bool) -> Option<usize> {
        self.entries.iter().position(|entry| is_it(entry))
    }

    /// Ranks an item of a document; `own` is the document's number, where it is one of those that were taken.
    pub(super) fn rank(&self, item: &ActionItem, postmortem: &Postmortem, own: Option<usize>) -> Rank {
        let said = Said { document: own.unwrap_or(usize::MAX), text: &item.text, refs: &item.refs };
        let echo = |at: usize| {
            let (document, item) = self.places[at];
            let entry = self.entries[document];
            Echo { id: format!("{}#{}", entry.name(), item.label), date: entry.postmortem.date }
        };
        let echoes = self.ideas.alike(&said).into_iter().map(echo).collect();
        let incident = Incident { severity: postmortem.severity.as_ref(), date: postmortem.date };
        Rank::of(item, incident, echoes, (&self.priorities, &self.severities))
    }
}
