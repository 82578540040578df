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
mod tests {
    use super::*;

    /// Documents of promises; which of them (document and number) say what the last promise of the last document says.
    fn alike(documents: &[&[&str]]) -> Vec<(usize, usize)> {
        let all = || {
            documents.iter().enumerate().flat_map(|(at, texts)| (0..texts.len()).map(move |item| (at, item)))
        };
        let said: Vec<Said<'_>> = all()
            .map(|(document, item)| Said { document, text: documents[document][item], refs: &[] })
            .collect();
        let last = *said.last().unwrap();
        let places: Vec<_> = all().collect();
        Ideas::new(&said).alike(&last).into_iter().map(|at| places[at]).collect()
    }

    #[test]
    fn the_same_idea_in_other_words_is_found_and_its_neighbours_are_not() {
        let documents: [&[&str]; 4] = [
            &["Add an alert on queue depth", "Test migrations against full-size data"],
            &["Add an alert on disk space", "Rotate the certificates of the gateway automatically"],
            &["Update the runbook of the payments service", "Add a dashboard on queue consumers"],
            &["Alerting on the depth of the queue"],
        ];
        assert_eq!(alike(&documents), [(0, 0)]);
        let documents: [&[&str]; 3] =
            [&["Automatic rotation of gateway certificates"], &["Document the gateway"], documents[1]];
        assert_eq!(alike(&documents), [(0, 0)]);
    }

    #[test]
    fn what_the_own_document_says_twice_is_no_recurrence() {
        assert_eq!(alike(&[&["Drain the queue at night"], &["Limit retries", "Limit retries"]]), []);
    }

    #[test]
    fn texts_of_common_words_alone_are_not_alike() {
        let documents: [&[&str]; 4] = [
            &["Improve the monitoring of the database"],
            &["Improve the monitoring of the cache"],
            &["Improve the documentation of the database"],
            &["Improve the tests of the scheduler"],
        ];
        assert_eq!(alike(&documents), []);
    }

    #[test]
    fn every_language_has_terms() {
        let german: [&[&str]; 3] = [
            &["Alarm auf die Länge der Warteschlange einrichten"],
            &["Alarm auf freien Plattenplatz einrichten"],
            &["Alarme für Länge von Warteschlangen einrichten"],
        ];
        assert_eq!(alike(&german), [(0, 0)]);
        let japanese: [&[&str]; 3] = [
            &["決済ゲートウェイの証明書を自動更新する"],
            &["決済のダッシュボードを追加する"],
            &["証明書の自動更新を決済ゲートウェイに入れる"],
        ];
        assert_eq!(alike(&japanese), [(0, 0)]);
    }

    #[test]
    fn one_issue_is_one_idea_whatever_the_words() {
        let (one, other) = (["PAY-7".to_owned()], ["PAY-8".to_owned()]);
        let said = vec![
            Said { document: 0, text: "Retry less", refs: &one },
            Said { document: 1, text: "Something else", refs: &other },
            Said { document: 2, text: "Be kinder to the gateway", refs: &one },
        ];
        let last = said[2];
        assert_eq!(Ideas::new(&said).alike(&last), [0]);
    }

    #[test]
    fn the_likest_come_first_and_one_of_each_document() {
        let documents: [&[&str]; 4] = [
            &["Limit the retries of the gateway client", "Limit retries of the gateway"],
            &["Cache invoices"],
            &["Limit the retries of the gateway client per minute"],
            &["Limit the retries of the gateway client"],
        ];
        assert_eq!(alike(&documents), [(0, 0), (2, 0)]);
    }

    #[test]
    fn ten_thousand_documents_are_asked_in_one_pass() {
        let texts: Vec<String> = (0..50_000)
            .map(|at| format!("Mend part {} of machine {} in hall {}", at % 5, at / 5, at % 97))
            .collect();
        let said: Vec<Said<'_>> =
            texts.iter().enumerate().map(|(at, text)| Said { document: at / 5, text, refs: &[] }).collect();
        let ideas = Ideas::new(&said);
        // No more is looked at than what shares a rare term, whatever is common to all.
        let looked: usize = said
            .iter()
            .take(2_000)
            .map(|one| {
                let (own, length) = ideas.weigh(one.text);
                ideas.candidates(one, &own, length, ALIKE).len()
            })
            .sum();
        assert!(looked <= 2_000 * MOST, "{looked}");
    }
}
