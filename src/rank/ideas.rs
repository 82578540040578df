//! The same idea promised in several documents: texts that share what is rare among all of them. Pure, and of no language.
//!
//! A text is its terms: the beginnings of its words, and pairs of signs where a script sets no blanks. A term weighs the
//! more the fewer documents have it and the longer it is, since short words mostly join others. Two texts say the same
//! where the angle between them is small.

use std::collections::HashMap;

use super::terms::{each_term, once_each, product, rarity};

/// How much of two texts must be the same: the cosine between them.
const ALIKE: f64 = 0.6;
/// Terms that two texts that are not equal must share.
const SHARED: usize = 2;
/// A term of more items than this leads to none: what everybody writes recurs everywhere.
const MOST: usize = 256;

/// A promise as it was worded.
#[derive(Debug, Clone, Copy)]
pub struct Said<'t> {
    /// The number of its document.
    pub document: usize,
    /// Its text.
    pub text: &'t str,
    /// The issues that it points to.
    pub refs: &'t [String],
}

/// All promises, prepared for the question which of them say the same.
#[derive(Debug)]
pub struct Ideas {
    /// The document of each promise.
    from: Vec<u32>,
    /// How many documents there are.
    documents: usize,
    numbers: HashMap<Box<str>, usize>,
    /// What each term weighs for being rare.
    rarity: Vec<f64>,
    /// How many promises have each term.
    counts: Vec<u32>,
    /// The terms of all promises by number, with their weights, one promise after the other.
    terms: Vec<(u32, f32)>,
    /// Where the terms of each promise end.
    ends: Vec<u32>,
    /// The square of the length of each promise.
    lengths: Vec<f64>,
    /// The promises that have each term, in order, one term after the other; none of a term that too many have.
    with: Vec<u32>,
    /// Where the promises of each term end.
    with_ends: Vec<u32>,
    by_ref: HashMap<String, Vec<usize>>,
}

/// A place among a few millions.
fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// What lies between the end of the one before and the own end.
fn stretch<'t, T>(all: &'t [T], ends: &[u32], at: usize) -> &'t [T] {
    let start = at.checked_sub(1).map_or(0, |before| ends[before] as usize);
    &all[start..ends[at] as usize]
}

impl Ideas {
    /// Takes promises; those of one document come one after the other.
    #[must_use]
    pub fn new(said: &[Said<'_>]) -> Self {
        let mut ideas = Self {
            numbers: HashMap::new(),
            rarity: Vec::new(),
            counts: Vec::new(),
            terms: Vec::new(),
            ends: Vec::with_capacity(said.len()),
            lengths: Vec::with_capacity(said.len()),
            with: Vec::new(),
            with_ends: Vec::new(),
            by_ref: HashMap::new(),
            from: said.iter().map(|one| small(one.document)).collect(),
            documents: 0,
        };
        let mut documents: Vec<(usize, Option<usize>)> = Vec::new();
        let mut last = None;
        let mut text = Vec::new();
        for (at, one) in said.iter().enumerate() {
            ideas.documents += usize::from(last != Some(one.document));
            last = Some(one.document);
            text.clear();
            each_term(one.text, |term, weight| {
                let number = match ideas.numbers.get(term) {
                    Some(number) => *number,
                    None => {
                        documents.push((0, None));
                        ideas.numbers.insert(term.into(), documents.len() - 1);
                        documents.len() - 1
                    }
                };
                let (seen, by) = &mut documents[number];
                *seen += usize::from(*by != Some(one.document));
                *by = Some(one.document);
                text.push((number, weight));
            });
            once_each(&mut text);
            #[allow(clippy::cast_possible_truncation, reason = "seven digits of a weight are enough")]
            ideas.terms.extend(text.iter().map(|(number, weight)| (small(*number), *weight as f32)));
            ideas.ends.push(small(ideas.terms.len()));
            for reference in one.refs {
                ideas.by_ref.entry(reference.clone()).or_default().push(at);
            }
        }
        ideas.terms.shrink_to_fit();
        ideas.numbers.shrink_to_fit();
        ideas.rarity = documents.iter().map(|(seen, _)| rarity(ideas.documents, *seen)).collect();
        ideas.weigh_all();
        ideas.index();
        ideas
    }

    /// Gives every term of every promise its weight.
    fn weigh_all(&mut self) {
        self.counts = vec![0; self.rarity.len()];
        for (number, weight) in &mut self.terms {
            #[allow(clippy::cast_possible_truncation, reason = "seven digits of a weight are enough")]
            let rarity = self.rarity[*number as usize] as f32;
            *weight *= rarity;
            self.counts[*number as usize] += 1;
        }
        let lengths = (0..self.ends.len()).map(|at| {
            stretch(&self.terms, &self.ends, at).iter().map(|(_, weight)| f64::from(*weight).powi(2)).sum()
        });
        self.lengths = lengths.collect();
    }

    /// Lists the promises of each term that leads to some.
    fn index(&mut self) {
        let mut end = 0;
        let leads = |count: u32| if count as usize > MOST { 0 } else { count };
        let mut places: Vec<u32> = Vec::with_capacity(self.counts.len());
        for count in &self.counts {
            places.push(end);
            end += leads(*count);
            self.with_ends.push(end);
        }
        self.with = vec![0; end as usize];
        for at in 0..self.ends.len() {
            for (number, _) in stretch(&self.terms, &self.ends, at) {
                let number = *number as usize;
                if leads(self.counts[number]) > 0 {
                    self.with[places[number] as usize] = small(at);
                    places[number] += 1;
                }
            }
        }
    }

    /// The promises of other documents that say what one says, the likest first: one of each document.
    #[must_use]
    pub fn alike(&self, one: &Said<'_>) -> Vec<usize> {
        self.alike_by(one, ALIKE).into_iter().map(|(_, at)| at).collect()
    }

    /// The same where at least so much of both must be the same (0 nothing, 1 everything), and with how much is.
    #[must_use]
    pub fn alike_by(&self, one: &Said<'_>, least: f64) -> Vec<(f64, usize)> {
        let (own, length) = self.weigh(one.text);
        let mut likest: HashMap<usize, (f64, usize)> = HashMap::new();
        for at in self.candidates(one, &own, length, least) {
            let likeness = if self.shares_reference(one, at) { 1.0 } else { self.likeness(&own, length, at) };
            let document = self.from[at] as usize;
            if likeness >= least && likest.get(&document).is_none_or(|(best, _)| likeness > *best) {
                likest.insert(document, (likeness, at));
            }
        }
        let mut found: Vec<(f64, usize)> = likest.into_values().collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found
    }

    /// The terms of a text that are known, in order, with their weights, and the square of the whole text's length.
    fn weigh(&self, text: &str) -> (Vec<(usize, f64)>, f64) {
        let mut own: Vec<(usize, f64)> = Vec::new();
        let mut others: Vec<(String, f64)> = Vec::new();
        each_term(text, |term, weight| match self.numbers.get(term) {
            Some(number) => own.push((*number, weight)),
            None => others.push((term.to_owned(), weight)),
        });
        once_each(&mut own);
        once_each(&mut others);
        own.iter_mut().for_each(|(number, weight)| *weight *= self.rarity[*number]);
        // What nobody else writes makes the text longer, and like none.
        let rarity = rarity(self.documents, 1);
        let others: f64 = others.iter().map(|(_, weight)| (weight * rarity).powi(2)).sum();
        let length = own.iter().map(|(_, weight)| weight.powi(2)).sum::<f64>() + others;
        (own, length)
    }

    /// Promises that can be like one at all. The rarest terms are looked at until what the others weigh together is too
    /// little to be alike by; and of the promises that have some of these only those are left that would be alike if they
    /// had all the others.
    fn candidates(&self, one: &Said<'_>, own: &[(usize, f64)], length: f64, least: f64) -> Vec<usize> {
        let mut by_rarity: Vec<(usize, f64)> = own.to_vec();
        by_rarity.sort_by_key(|(number, _)| self.counts[*number]);
        let mut rest: f64 = own.iter().map(|(_, weight)| weight.powi(2)).sum();
        let mut shared: Vec<(usize, f64)> = Vec::new();
        for (number, weight) in by_rarity {
            if rest < least.powi(2) * length || self.counts[number] as usize > MOST {
                break;
            }
            let with = stretch(&self.with, &self.with_ends, number).iter().map(|at| *at as usize);
            shared.extend(with.map(|at| (at, weight * self.weight(at, number))));
            rest -= weight.powi(2);
        }
        shared.sort_unstable_by_key(|(at, _)| *at);
        let (rest, length) = (rest.max(0.0).sqrt(), length.sqrt());
        let can_be = |(at, product): (usize, f64)| {
            let its = self.lengths[at].sqrt();
            // A little less is asked, for sums in another order end otherwise.
            product + rest * its >= (least - 1e-9) * length * its
        };
        let sums = shared.chunk_by(|(a, _), (b, _)| a == b);
        let sums = sums.map(|own| (own[0].0, own.iter().map(|(_, product)| product).sum()));
        let mut found: Vec<usize> = sums.filter(|sum| can_be(*sum)).map(|(at, _)| at).collect();
        let by_ref = one.refs.iter().filter_map(|reference| self.by_ref.get(reference.as_str()));
        found.extend(by_ref.filter(|with| with.len() <= MOST).flatten());
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter(|at| self.from[*at] != small(one.document)).collect()
    }

    /// What a term weighs in a promise.
    fn weight(&self, at: usize, number: usize) -> f64 {
        let own = stretch(&self.terms, &self.ends, at);
        let place = own.binary_search_by_key(&small(number), |(number, _)| *number);
        place.map_or(0.0, |place| f64::from(own[place].1))
    }

    /// The cosine between a text whose terms are in order and a promise; nothing where they share too few.
    fn likeness(&self, one: &[(usize, f64)], length: f64, at: usize) -> f64 {
        let own = stretch(&self.terms, &self.ends, at);
        let (shared, product) =
            product(one, own.iter().map(|(number, weight)| (*number as usize, f64::from(*weight))));
        let its = self.lengths[at];
        if shared < SHARED || its == 0.0 { 0.0 } else { product / (length * its).sqrt() }
    }

    fn shares_reference(&self, one: &Said<'_>, at: usize) -> bool {
        one.refs
            .iter()
            .any(|reference| self.by_ref.get(reference).is_some_and(|with| with.binary_search(&at).is_ok()))
    }
}

#[cfg(test)]
mod tests;
