//! From what a person types to one post-mortem.

use std::fmt;

use super::Entry;

/// Why a typed name is not one post-mortem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindError {
    /// Nothing has such a name; the nearest ones.
    Unknown {
        /// What was typed.
        typed: String,
        /// Names that resemble it, nearest first.
        nearest: Vec<String>,
    },
    /// Several have it.
    Ambiguous {
        /// What was typed.
        typed: String,
        /// The names that it fits.
        candidates: Vec<String>,
    },
}

/// How many names a message lists at most.
const LISTED: usize = 5;

/// The one entry that `typed` names: its id, a name it once had, or any unambiguous part of its id.
///
/// # Errors
/// [`FindError::Ambiguous`] with the candidates, [`FindError::Unknown`] with the nearest names.
pub fn find<'a>(entries: &'a [Entry], typed: &str) -> Result<&'a Entry, FindError> {
    let wanted = wanted(typed);
    if let Some(entry) = whole(entries, typed) {
        return Ok(entry);
    }
    let is_short = |entry: &&Entry| entry.id.short() == within(entry, &wanted);
    let short: Vec<&Entry> = entries.iter().filter(is_short).collect();
    let is_part = |entry: &&Entry| entry.id.as_str().contains(within(entry, &wanted));
    let part: Vec<&Entry> = match short.as_slice() {
        [] if wanted.is_empty() => Vec::new(),
        [] => entries.iter().filter(is_part).collect(),
        _ => short,
    };
    match part.as_slice() {
        [entry] => Ok(entry),
        [] => Err(FindError::Unknown { typed: typed.to_owned(), nearest: nearest(entries, &wanted) }),
        several => {
            let candidates = several.iter().map(|entry| entry.name()).collect();
            Err(FindError::Ambiguous { typed: typed.to_owned(), candidates })
        }
    }
}

/// What was typed without the name of the repository that the entry is in, as tables show ids: `shop:api-outage`.
fn within<'t>(entry: &Entry, wanted: &'t str) -> &'t str {
    let Some(repo) = &entry.repo else { return wanted };
    let head = wanted.get(..repo.len()).filter(|head| head.eq_ignore_ascii_case(repo));
    head.and_then(|_| wanted[repo.len()..].strip_prefix(':')).unwrap_or(wanted)
}

/// Whether a path, without its extension, ends in these names.
fn is_at(path: &str, wanted: &str) -> bool {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_lowercase();
    stem.strip_suffix(wanted).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

/// What was typed, as ids are written.
pub(super) fn wanted(typed: &str) -> String {
    typed.trim().trim_end_matches(".md").to_lowercase()
}

/// The one entry whose whole name, path or former name was typed.
pub(super) fn whole<'a>(entries: &'a [Entry], typed: &str) -> Option<&'a Entry> {
    let wanted = wanted(typed);
    let exact =
        entries.iter().find(|entry| entry.name().eq_ignore_ascii_case(&wanted) || entry.path == typed);
    let formerly = || entries.iter().find(|entry| entry.postmortem.was(&wanted));
    // What `b/db` was called is `db` once nothing else is, and the longer name stays valid.
    let by_place = || entries.iter().find(|entry| wanted.contains('/') && is_at(&entry.path, &wanted));
    exact.or_else(formerly).or_else(by_place)
}

/// Whether a typed name is an entry's whole name, path or former name: then no other is meant, wherever it stands.
#[must_use]
pub fn is_whole(entries: &[Entry], typed: &str) -> bool {
    whole(entries, typed).is_some()
}

/// Names by likeness to the whole id or to its part without the date.
fn nearest(entries: &[Entry], wanted: &str) -> Vec<String> {
    let likeness = |entry: &Entry| {
        let short = strsim::jaro_winkler(entry.id.short(), wanted);
        let start: String = entry.id.short().chars().take(wanted.chars().count()).collect();
        short.max(strsim::jaro_winkler(entry.id.as_str(), wanted)).max(strsim::jaro_winkler(&start, wanted))
    };
    let mut ranked: Vec<(f64, String)> = entries
        .iter()
        .map(|entry| (likeness(entry), entry.name()))
        .filter(|(score, _)| *score > 0.7)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.into_iter().take(LISTED).map(|(_, name)| name).collect()
}

impl fmt::Display for FindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { typed, .. } => write!(f, "no post-mortem matches '{typed}'"),
            Self::Ambiguous { typed, candidates } => {
                write!(f, "'{typed}' names {} post-mortems", candidates.len())
            }
        }
    }
}

impl FindError {
    /// What to type instead.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Unknown { nearest, .. } if nearest.is_empty() => {
                "git postmortem list shows every one".to_owned()
            }
            Self::Unknown { nearest, .. } => match nearest.as_slice() {
                [one] => format!("nearest is {one}"),
                several => format!("nearest are {}", several.join(", ")),
            },
            Self::Ambiguous { candidates, .. } => {
                let listed = candidates.iter().take(LISTED).cloned().collect::<Vec<_>>().join(", ");
                match candidates.len().checked_sub(LISTED) {
                    Some(more @ 1..) => format!("say which: {listed} and {more} more"),
                    _ => format!("say which: {listed}"),
                }
            }
        }
    }
}

impl std::error::Error for FindError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Place;
    use crate::git::ObjectId;
    use crate::model::{Former, PostmortemId};

    fn entries(names: &[&str]) -> Vec<Entry> {
        let entry = |name: &&str| Entry {
            id: PostmortemId::new(name).unwrap(),
            repo: None,
            path: format!("docs/post-mortems/{name}.md"),
            place: Place::Tree,
            blob: ObjectId::from_bytes(&[7; 20]).unwrap(),
            postmortem: Box::default(),
            standings: Vec::new(),
        };
        names.iter().map(entry).collect()
    }

    const NAMES: [&str; 4] =
        ["2026-11-23-checkout-returns-5xx", "2026-08-02-checkout-latency", "2026-03-08-api-outage", "api"];

    fn found(typed: &str) -> Result<String, FindError> {
        let entries = entries(&NAMES);
        find(&entries, typed).map(|entry| entry.id.to_string())
    }

    #[test]
    fn an_unambiguous_part_is_enough() {
        assert_eq!(found("latency").unwrap(), NAMES[1]);
        assert_eq!(found("2026-03").unwrap(), NAMES[2]);
        assert_eq!(found("API-Outage").unwrap(), NAMES[2]);
        assert_eq!(found("docs/post-mortems/2026-03-08-api-outage.md").unwrap(), NAMES[2]);
    }

    #[test]
    fn a_whole_name_wins_over_a_part() {
        assert_eq!(found("api").unwrap(), "api");
    }

    #[test]
    fn an_ambiguous_part_lists_the_candidates() {
        let error = found("checkout").unwrap_err();
        assert_eq!(error.to_string(), "'checkout' names 2 post-mortems");
        assert_eq!(error.hint(), "say which: 2026-11-23-checkout-returns-5xx, 2026-08-02-checkout-latency");
    }

    #[test]
    fn an_unknown_name_lists_the_nearest() {
        let error = found("chekout").unwrap_err();
        assert_eq!(error.to_string(), "no post-mortem matches 'chekout'");
        assert!(error.hint().contains("2026-11-23-checkout-returns-5xx"), "{}", error.hint());
        assert!(matches!(found(""), Err(FindError::Unknown { .. })));
        assert_eq!(find(&[], "x").unwrap_err().hint(), "git postmortem list shows every one");
    }

    #[test]
    fn a_name_of_former_days_still_counts() {
        let mut all = entries(&NAMES);
        all[2].postmortem.formerly.push(Former::renamed("2026-03-08-outage-of-the-api"));
        assert_eq!(find(&all, "2026-03-08-outage-of-the-api").unwrap().id.as_str(), NAMES[2]);
    }
}
