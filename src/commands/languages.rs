//! The words for what is written into documents: each in its own language, made once a language.

use std::collections::HashMap;

use crate::document::{Vocabulary, Wording};

/// Vocabularies by language.
pub struct Languages<'p> {
    own: &'p Vocabulary,
    others: HashMap<&'static str, Vocabulary>,
}

impl<'p> Languages<'p> {
    /// Of a project, by its own vocabulary.
    #[must_use]
    pub fn new(own: &'p Vocabulary) -> Self {
        Self { own, others: HashMap::new() }
    }

    /// The words for what is written into a document of a language; the project's own where none is known.
    pub fn names(&mut self, language: Option<&'static str>) -> &Vocabulary {
        let wording = self.own.wording();
        match language {
            Some(code) if code != wording.language => self.others.entry(code).or_insert_with(|| {
                Vocabulary::new(&Wording { language: code.to_owned(), ..wording.clone() })
            }),
            _ => self.own,
        }
    }
}
