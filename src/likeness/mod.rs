//! Which documents are like one another, and by what: weighted words, and files that both are about.
//!
//! Words are weighted by Okapi BM25 (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
//! 2009), with the whole document as the question, as "more like this" searches do. It needs one pass over the others and
//! keeps of each only the words that are asked about.

mod files;
mod gist;
mod terms;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use files::Files;
pub use gist::Gist;
use terms::each_term;

/// How soon a word that comes again and again counts no more.
const K1: f64 = 1.2;
/// How much longer documents must say a word more often.
const B: f64 = 0.75;
/// The same as `K1` for the document that is asked about.
const K3: f64 = 8.0;
/// Words of a document that are asked for: those that tell most.
const ASKED: usize = 120;
/// From so many documents on, a word that more than half of them have tells nothing.
const MANY: usize = 8;
/// How much files in common weigh beside words.
const FILES: f64 = 0.3;
/// Words that are named as a reason.
const NAMED: usize = 6;

/// The document that others are compared with.
#[derive(Debug, Clone, Default)]
pub struct Query {
    places: HashMap<String, u32>,
    counts: Vec<u32>,
    length: u32,
}

/// What another document has of its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    length: u32,
    /// Places of words, and how often each comes.
    hits: Vec<(u32, u32)>,
}

/// How like another document is.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// From 0, nothing in common, to 1, the same.
    pub score: f64,
    /// The words that tell most, first.
    pub terms: Vec<String>,
    /// The files that both are about, the rarest first.
    pub files: Vec<String>,
}

impl Query {
    /// Reads the document that is asked about; some words tell nothing in any document.
    #[must_use]
    pub fn new(text: &str, is_filler: impl Fn(&str) -> bool) -> Self {
        let mut query = Self::default();
        each_term(text, |term| {
            query.length = query.length.saturating_add(1);
            if is_filler(term) {
                return;
            }
            let next = u32::try_from(query.counts.len()).unwrap_or(u32::MAX);
            match query.places.get(term) {
                Some(place) => query.counts[*place as usize] += 1,
                None => {
                    query.places.insert(term.to_owned(), next);
                    query.counts.push(1);
                }
            }
        });
        query
    }

    /// Whether it has no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Counts its words in another document.
    #[must_use]
    pub fn count(&self, text: &str) -> Counted {
        let mut hits: HashMap<u32, u32> = HashMap::new();
        let mut length = 0u32;
        each_term(text, |term| {
            length = length.saturating_add(1);
            if let Some(place) = self.places.get(term) {
                *hits.entry(*place).or_default() += 1;
            }
        });
        let mut hits: Vec<(u32, u32)> = hits.into_iter().collect();
        hits.sort_unstable();
        Counted { length, hits }
    }

    /// How like each of the others is, in their order; `files` are those that each is about.
    #[must_use]
    pub fn rank(&self, others: &[Counted], files: Option<&Files>) -> Vec<Likeness> {
        let words = self.words();
        let weights = self.weights(others);
        let total: u64 = others.iter().map(|other| u64::from(other.length)).sum();
        let average = (number(total) + f64::from(self.length)) / number(others.len() as u64 + 1);
        let own: Vec<(u32, u32)> = self
            .counts
            .iter()
            .enumerate()
            .filter_map(|(at, n)| Some((u32::try_from(at).ok()?, *n)))
            .collect();
        let whole: f64 = parts(&own, self.length, average, &weights).map(|(_, part)| part).sum();
        let one = |(at, other): (usize, &Counted)| {
            let mut parts: Vec<(u32, f64)> =
                parts(&other.hits, other.length, average, &weights).filter(|(_, part)| *part > 0.0).collect();
            let sum: f64 = parts.iter().map(|(_, part)| part).sum();
            parts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let terms =
                parts.iter().take(NAMED).map(|(place, _)| words[*place as usize].to_owned()).collect();
            let by_words = if whole > 0.0 { (sum / whole).min(1.0) } else { 0.0 };
            let (by_files, shared) = files.map_or((None, Vec::new()), |files| files.shared(at));
            let score = by_files.map_or(by_words, |by_files| by_words * (1.0 - FILES) + by_files * FILES);
            Likeness { score, terms, files: shared }
        };
        others.iter().enumerate().map(one).collect()
    }

    fn words(&self) -> Vec<&str> {
        let mut words = vec![""; self.counts.len()];
        self.places.iter().for_each(|(word, place)| words[*place as usize] = word);
        words
    }

    /// What each word weighs: the rarer in all documents and the more frequent in this one, the more. Only those that
    /// weigh most are asked for.
    fn weights(&self, others: &[Counted]) -> Vec<f64> {
        let mut holders = vec![1u64; self.counts.len()];
        others.iter().flat_map(|other| &other.hits).for_each(|(place, _)| holders[*place as usize] += 1);
        let all = others.len() + 1;
        let weigh = |(count, holders): (&u32, &u64)| {
            if all >= MANY && *holders as usize * 2 > all {
                return 0.0;
            }
            let (n, df, tf) = (number(all as u64), number(*holders), f64::from(*count));
            let rarity = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
            rarity * tf * (K3 + 1.0) / (tf + K3)
        };
        let mut weights: Vec<f64> = self.counts.iter().zip(&holders).map(weigh).collect();
        let mut sorted = weights.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        if let Some(least) = sorted.get(ASKED) {
            weights.iter_mut().filter(|weight| **weight <= *least).for_each(|weight| *weight = 0.0);
        }
        weights
    }
}

/// What each word of a document adds.
fn parts<'p>(
    hits: &'p [(u32, u32)],
    length: u32,
    average: f64,
    weights: &'p [f64],
) -> impl Iterator<Item = (u32, f64)> + 'p {
    let room = K1 * (1.0 - B + B * f64::from(length) / average.max(1.0));
    hits.iter().map(move |(place, count)| {
        let tf = f64::from(*count);
        (*place, weights[*place as usize] * tf * (K1 + 1.0) / (tf + room))
    })
}

#[allow(clippy::cast_precision_loss, reason = "numbers of documents and words are far below 2^52")]
fn number(count: u64) -> f64 {
    count as f64
}
