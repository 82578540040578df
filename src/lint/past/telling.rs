//! A past that is being told, post-mortem by post-mortem: what was said is heard and let go of, only its terms stay.

use super::{LEAST, Named, Older, Owed, Past};
use crate::rank::{Gathering, Said, small};

/// Post-mortems that are being taken in.
#[derive(Debug, Default)]
pub struct Telling {
    /// All but what the gatherings will give.
    past: Past,
    promises: Gathering,
    causes: Gathering,
}

impl Telling {
    /// Takes one in, in the order in which they are told, and says where it stands among all.
    pub fn add(&mut self, one: &Older<'_>) -> usize {
        let Self { past, promises, .. } = self;
        let document = past.all.len();
        past.names.push_str(one.id);
        let id_end = small(past.names.len());
        past.names.push_str(one.title);
        past.all.push(Named { id_end, title_end: small(past.names.len()), date: one.date });
        for item in one.actions.iter().filter(|item| item.status.is_owed()) {
            promises.add(&Said { document, text: &item.text, refs: &item.refs });
            past.labels.push_str(&item.label);
            let label_end = small(past.labels.len());
            past.owed.push(Owed { document: small(document), label_end, status: item.status, due: item.due });
        }
        document
    }

    /// Takes what the one at a place tells as its root cause and contributing factors, as [`crate::document::causes`] has it:
    /// once, and in the order of places.
    pub fn cause(&mut self, document: usize, text: &str) {
        if text.trim().len() >= LEAST {
            self.past.causing.push(small(document));
            self.causes.add(&Said { document, text, refs: &[] });
        }
    }

    /// All that was told, ready to be asked.
    #[must_use]
    pub fn end(self) -> Past {
        let Self { mut past, promises, causes } = self;
        past.names.shrink_to_fit();
        past.labels.shrink_to_fit();
        past.all.shrink_to_fit();
        past.owed.shrink_to_fit();
        past.causing.shrink_to_fit();
        Past { promises: promises.end(), causes: causes.end(), ..past }
    }
}
