//! Promises that are taken in one at a time: their texts are heard and let go of, only their terms stay.

use super::super::terms::{Heft, each_term, once_each, rarity};
use super::{Holder, Ideas, MOST, Said, Term, small, stretch};

/// Ideas that are being taken in.
#[derive(Debug, Default)]
pub struct Gathering {
    ideas: Ideas,
    /// How many documents have each term, and one more than the number of the last of them.
    documents: Vec<(u32, u32)>,
    last: Option<usize>,
    /// The terms of one promise.
    text: Vec<(u32, Heft)>,
}

impl Gathering {
    /// Takes a promise; those of one document come one after the other.
    pub fn add(&mut self, one: &Said<'_>) {
        let Self { ideas, documents, last, text } = self;
        ideas.documents += usize::from(*last != Some(one.document));
        *last = Some(one.document);
        let document = small(one.document).saturating_add(1);
        text.clear();
        each_term(one.text, |term, heft| {
            let number = match ideas.numbers.get(term) {
                Some(number) => *number,
                None => {
                    let number = small(documents.len());
                    documents.push((0, 0));
                    ideas.numbers.insert(term.into(), number);
                    number
                }
            };
            let (seen, by) = &mut documents[number as usize];
            *seen += u32::from(*by != document);
            *by = document;
            text.push((number, heft));
        });
        once_each(text);
        let place = small(ideas.ends.len());
        ideas.terms.extend(text.iter().map(|(number, heft)| Term::new(*number, *heft)));
        ideas.ends.push(small(ideas.terms.len()));
        ideas.from.push(small(one.document));
        for reference in one.refs {
            ideas.by_ref.entry(reference.clone()).or_default().push(place);
        }
    }

    /// All that was taken, prepared for questions.
    #[must_use]
    pub fn end(self) -> Ideas {
        let Self { mut ideas, documents, .. } = self;
        ideas.terms.shrink_to_fit();
        ideas.numbers.shrink_to_fit();
        let all = ideas.documents;
        ideas.rarity = documents.iter().map(|(seen, _)| rarity(all, *seen as usize)).collect();
        drop(documents);
        ideas.measure();
        ideas.index();
        ideas
    }
}

impl Ideas {
    /// Counts the promises of each term, and how long each promise is.
    fn measure(&mut self) {
        self.counts = vec![0; self.rarity.len()];
        for term in &self.terms {
            self.counts[term.number() as usize] += 1;
        }
        let own = |at: usize| stretch(&self.terms, &self.ends, at).iter();
        let length = |at: usize| own(at).map(|term| self.weight_of(term.number(), term.heft()).powi(2)).sum();
        self.lengths = (0..self.ends.len()).map(length).collect();
    }

    /// Lists the promises of each term that leads to some.
    fn index(&mut self) {
        let mut end = 0;
        let leads = |count: u32| if count as usize > MOST { 0 } else { count };
        let mut places: Vec<u32> = Vec::with_capacity(self.counts.len());
        self.with_ends.reserve_exact(self.counts.len());
        for count in &self.counts {
            places.push(end);
            end += leads(*count);
            self.with_ends.push(end);
        }
        self.with = vec![Holder::new(0, Heft::from_bits(0)); end as usize];
        for at in 0..self.ends.len() {
            for term in stretch(&self.terms, &self.ends, at) {
                let number = term.number() as usize;
                if leads(self.counts[number]) > 0 {
                    self.with[places[number] as usize] = Holder::new(small(at), term.heft());
                    places[number] += 1;
                }
            }
        }
    }
}
