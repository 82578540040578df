//! What a rule is, and what it gets to see.

use std::cell::OnceCell;

use super::finding::Note;
use super::surroundings::Surroundings;
use crate::blame::{self, Analysis};
use crate::config::Config;
use crate::document::{Document, Vocabulary, is_template_name};
use crate::model::{Level, Postmortem};

/// A rule: one file, everything about it as data.
#[derive(Debug)]
pub struct Rule {
    /// Stable: `PM201`. Never used again for something else.
    pub code: &'static str,
    /// Readable: `missing-section`.
    pub name: &'static str,
    /// How much its findings weigh where the configuration does not say.
    pub level: Level,
    /// Markdown: the parts `### What it checks`, `### Why`, `### Bad` and `### Good`. The examples are fenced; each is a
    /// whole document (it begins with `# `), sections that take the place of those of the example document, or lines of
    /// metadata that take the place of its own.
    pub docs: &'static str,
    /// Adds what it has to say.
    pub check: fn(&Look<'_>, &mut Vec<Note>),
}

/// What a rule looks at.
#[derive(Debug, Clone)]
pub struct Look<'a> {
    /// The document with its places.
    pub document: &'a Document<'a>,
    /// What it means.
    pub postmortem: &'a Postmortem,
    /// The words that it was read with.
    pub vocabulary: &'a Vocabulary,
    /// The options of rules, severities, priorities.
    pub config: &'a Config,
    /// What is known beside the document.
    pub around: &'a Surroundings,
    /// Who is blamed in it, once a rule asks.
    blame: OnceCell<Analysis>,
}

impl<'a> Look<'a> {
    /// A look at a document, and at what is known beside it.
    #[must_use]
    pub fn new(
        document: &'a Document<'a>,
        postmortem: &'a Postmortem,
        vocabulary: &'a Vocabulary,
        config: &'a Config,
        around: &'a Surroundings,
    ) -> Self {
        Self { document, postmortem, vocabulary, config, around, blame: OnceCell::new() }
    }

    /// What the document says of people, read once for all rules that ask; a template says nothing.
    pub fn blame(&self) -> &Analysis {
        self.blame.get_or_init(|| {
            if is_template_name(&self.around.file) {
                return Analysis::default();
            }
            blame::analyse(self.document, self.around.people_in_prose(self.config))
        })
    }
}
