//! Names that a post-mortem had before, and what became of the numbers of its promises.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::PostmortemId;

/// A name that a post-mortem had before, or that of another one which it took in.
///
/// In a document it is one word: `2026-03-08-checkout` after a renaming, where numbers stayed what they were, and
/// `2026-03-08-checkout#1=4#2=5` after a merge, where the promise 1 of that one is the promise 4 of this one, and a
/// number that is not named leads to none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// The id.
    pub id: String,
    /// Labels there and here; `None` where they are the same.
    pub labels: Option<Vec<(String, String)>>,
}

impl Former {
    /// A name whose labels are still the same.
    #[must_use]
    pub fn renamed(id: &str) -> Self {
        Self { id: id.to_owned(), labels: None }
    }

    /// Reads a word of a document; `None` where it is no id.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        let (id, labels) = match word.split_once('#') {
            Some((id, labels)) => (id, Some(labels)),
            None => (word, None),
        };
        let id = PostmortemId::new(id).ok()?.as_str().to_owned();
        let pair = |pair: &str| {
            let (old, new) = pair.rsplit_once('=')?;
            (!old.is_empty() && !new.is_empty()).then(|| (old.to_owned(), new.to_owned()))
        };
        Some(Self { id, labels: labels.map(|labels| labels.split('#').filter_map(pair).collect()) })
    }

    /// What a label of that document is here; `None` where it leads to nothing.
    #[must_use]
    pub fn label<'l>(&'l self, label: &'l str) -> Option<&'l str> {
        let Some(labels) = &self.labels else { return Some(label) };
        labels.iter().find(|(old, _)| old.eq_ignore_ascii_case(label)).map(|(_, new)| new.as_str())
    }

    /// The same name in a document that took in the one with this: labels lead on through `next`.
    #[must_use]
    pub fn taken_in(&self, next: &[(String, String)]) -> Self {
        let after = Self { id: String::new(), labels: Some(next.to_vec()) };
        let labels = match &self.labels {
            None => next.to_vec(),
            Some(labels) => {
                let on = |(old, new): &(String, String)| {
                    after.label(new).map(|newest| (old.clone(), newest.to_owned()))
                };
                labels.iter().filter_map(on).collect()
            }
        };
        Self { id: self.id.clone(), labels: Some(labels) }
    }
}

impl fmt::Display for Former {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)?;
        match self.labels.as_deref() {
            None => Ok(()),
            Some([]) => f.write_str("#"),
            Some(labels) => labels.iter().try_for_each(|(old, new)| write!(f, "#{old}={new}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_former_name_reads_back_as_written() {
        for word in ["2026-03-08-a", "2026-03-08-a#", "2026-03-08-a#1=4#AI-2=5"] {
            assert_eq!(Former::read(word).map(|former| former.to_string()).as_deref(), Some(word));
        }
        assert_eq!(Former::read("#1=2"), None);
        assert_eq!(Former::read("a#1#=2#3=").unwrap().labels, Some(Vec::new()), "half a pair is none");
    }

    #[test]
    fn numbers_of_a_document_that_was_taken_in_lead_to_the_new_ones_or_to_nothing() {
        let merged = Former::read("a#1=4#AI-2=5").unwrap();
        assert_eq!(merged.label("1"), Some("4"));
        assert_eq!(merged.label("ai-2"), Some("5"));
        assert_eq!(merged.label("4"), None);
        assert_eq!(Former::renamed("a").label("4"), Some("4"));
        assert_eq!(Former::read("a#").unwrap().label("1"), None);
    }

    #[test]
    fn names_go_on_through_a_second_merge() {
        let next = [("4".to_owned(), "9".to_owned()), ("1".to_owned(), "7".to_owned())];
        assert_eq!(Former::read("a#1=4#2=5").unwrap().taken_in(&next).to_string(), "a#1=9");
        assert_eq!(Former::renamed("a").taken_in(&next).to_string(), "a#4=9#1=7");
    }
}
