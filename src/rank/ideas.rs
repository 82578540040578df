//! The same idea promised in several documents: texts that share what is rare among all of them. Pure, and of no language.
//!
//! A text is its terms: the beginnings of its words, and pairs of signs where a script sets no blanks. A term weighs the
//! more the fewer documents have it and the longer it is, since short words mostly join others. Two texts say the same
//! where the angle between them is small.

mod gathering;

use std::collections::HashMap;

pub use gathering::Gathering;

use super::terms::{Heft, each_term, once_each, rarity};

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

/// All promises, prepared for the question which of them say the same. Of thousands it takes a few bytes a term.
#[derive(Debug, Default)]
pub struct Ideas {
    /// The document of each promise.
    from: Vec<u32>,
    /// How many documents there are.
    documents: usize,
    numbers: HashMap<Box<str>, u32>,
    /// What each term weighs for being rare.
    rarity: Vec<f64>,
    /// How many promises have each term.
    counts: Vec<u32>,
    /// The terms of all promises by number, one promise after the other.
    terms: Vec<Term>,
    /// Where the terms of each promise end.
    ends: Vec<u32>,
    /// The square of the length of each promise.
    lengths: Vec<f64>,
    /// The promises that have each term, in order, one term after the other; none of a term that too many have.
    with: Vec<Holder>,
    /// Where the promises of each term end.
    with_ends: Vec<u32>,
    by_ref: HashMap<String, Vec<u32>>,
}

/// A number of at most 29 bits with what a term weighs for its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Weighed(u32);

/// A term of a promise, by its number.
type Term = Weighed;
/// A promise that has a term, by its place among all.
type Holder = Weighed;

impl Weighed {
    fn new(number: u32, heft: Heft) -> Self {
        Self(number << Heft::BITS | heft.bits())
    }

    fn number(self) -> u32 {
        self.0 >> Heft::BITS
    }

    fn heft(self) -> Heft {
        Heft::from_bits(self.0 & ((1 << Heft::BITS) - 1))
    }
}

/// A place among a few millions, in half the memory.
pub(crate) fn small(at: usize) -> u32 {
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
        let mut gathering = Gathering::default();
        said.iter().for_each(|one| gathering.add(one));
        gathering.end()
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
        let mut found: Vec<(f64, usize)> = Vec::new();
        let mut last = None;
        for at in self.candidates(one, &own, length, least) {
            let likeness = if self.shares_reference(one, at) { 1.0 } else { self.likeness(&own, length, at) };
            if likeness < least {
                continue;
            }
            // Those of one document come one after the other.
            let is_same = last.replace(self.from[at]) == Some(self.from[at]);
            match found.last_mut().filter(|_| is_same) {
                Some(likest) if likeness > likest.0 => *likest = (likeness, at),
                Some(_) => {}
                None => found.push((likeness, at)),
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found
    }

    /// The terms of a text that are known, in order, with their weights, and the square of the whole text's length.
    fn weigh(&self, text: &str) -> (Vec<(u32, f64)>, f64) {
        let mut own: Vec<(u32, Heft)> = Vec::new();
        let mut others: Vec<(String, Heft)> = Vec::new();
        each_term(text, |term, heft| match self.numbers.get(term) {
            Some(number) => own.push((*number, heft)),
            None => others.push((term.to_owned(), heft)),
        });
        once_each(&mut own);
        once_each(&mut others);
        let weight = |(number, heft): &(u32, Heft)| (*number, heft.weight() * self.rarity[*number as usize]);
        let own: Vec<(u32, f64)> = own.iter().map(weight).collect();
        // What nobody else writes makes the text longer, and like none.
        let rarity = rarity(self.documents, 1);
        let others: f64 = others.iter().map(|(_, heft)| (heft.weight() * rarity).powi(2)).sum();
        let length = own.iter().map(|(_, weight)| weight.powi(2)).sum::<f64>() + others;
        (own, length)
    }

    /// Promises that can be like one at all. The rarest terms are looked at until what the others weigh together is too
    /// little to be alike by; and of the promises that have some of these only those are left that would be alike if they
    /// had all the others.
    fn candidates(&self, one: &Said<'_>, own: &[(u32, f64)], length: f64, least: f64) -> Vec<usize> {
        let mut by_rarity: Vec<(u32, f64)> = own.to_vec();
        by_rarity.sort_by_key(|(number, _)| self.counts[*number as usize]);
        let mut rest: f64 = own.iter().map(|(_, weight)| weight.powi(2)).sum();
        let mut shared: Vec<(u32, f64)> = Vec::new();
        for (number, weight) in by_rarity {
            if rest < least.powi(2) * length || self.counts[number as usize] as usize > MOST {
                break;
            }
            let with = stretch(&self.with, &self.with_ends, number as usize).iter();
            shared.extend(with.map(|one| (one.number(), weight * self.weight_of(number, one.heft()))));
            rest -= weight.powi(2);
        }
        // Each term's are in order already, which this sort makes use of.
        shared.sort_by_key(|(at, _)| *at);
        let (rest, length) = (rest.max(0.0).sqrt(), length.sqrt());
        let can_be = |(at, product): (u32, f64)| {
            let its = self.lengths[at as usize].sqrt();
            // A little less is asked, for sums in another order end otherwise.
            product + rest * its >= (least - 1e-9) * length * its
        };
        let sums = shared.chunk_by(|(a, _), (b, _)| a == b);
        let sums = sums.map(|own| (own[0].0, own.iter().map(|(_, product)| product).sum()));
        let mut found: Vec<usize> = sums.filter(|sum| can_be(*sum)).map(|(at, _)| at as usize).collect();
        let by_ref = one.refs.iter().filter_map(|reference| self.by_ref.get(reference.as_str()));
        found.extend(by_ref.filter(|with| with.len() <= MOST).flatten().map(|at| *at as usize));
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter(|at| self.from[*at] != small(one.document)).collect()
    }

    /// What a term weighs for its length and for being rare.
    #[allow(clippy::cast_possible_truncation, reason = "seven digits of a weight are enough")]
    fn weight_of(&self, number: u32, heft: Heft) -> f64 {
        f64::from(heft.weight() as f32 * self.rarity[number as usize] as f32)
    }

    /// The cosine between a text whose terms are in order and a promise; nothing where they share too few.
    fn likeness(&self, one: &[(u32, f64)], length: f64, at: usize) -> f64 {
        let (mut a, mut shared, mut product) = (0, 0, 0.0);
        for term in stretch(&self.terms, &self.ends, at) {
            while one.get(a).is_some_and(|(number, _)| *number < term.number()) {
                a += 1;
            }
            if let Some((number, own)) = one.get(a)
                && *number == term.number()
            {
                product += own * self.weight_of(*number, term.heft());
                shared += 1;
                a += 1;
            }
        }
        let its = self.lengths[at];
        if shared < SHARED || its == 0.0 { 0.0 } else { product / (length * its).sqrt() }
    }

    fn shares_reference(&self, one: &Said<'_>, at: usize) -> bool {
        let has = |with: &Vec<u32>| with.binary_search(&small(at)).is_ok();
        one.refs.iter().any(|reference| self.by_ref.get(reference).is_some_and(has))
    }

    /// Bytes that it holds, its tables as large as they were made.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> usize {
        use std::mem::size_of_val;
        let of = |all: &Vec<u32>| all.capacity() * 4;
        // A slot of a map is a pair and a byte beside it.
        let numbers = self.numbers.capacity() * (size_of::<(Box<str>, u32)>() + 1);
        let words: usize = self.numbers.keys().map(|word| word.len().next_multiple_of(8)).sum();
        let refs =
            self.by_ref.iter().map(|(name, with)| size_of_val(name) + name.len() + of(with)).sum::<usize>();
        let small = [&self.from, &self.counts, &self.ends, &self.with_ends];
        let long = (self.rarity.capacity() + self.lengths.capacity()) * 8;
        small.map(of).iter().sum::<usize>()
            + long
            + (self.terms.capacity() + self.with.capacity()) * 4
            + numbers
            + words
            + refs
    }
}

#[cfg(test)]
mod tests;
