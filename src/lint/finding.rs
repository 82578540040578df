//! What a rule says, and what becomes of it: a finding with a level.

use std::borrow::Cow;

use super::rule::Rule;
use crate::document::Span;
use crate::document::edit::Edit;
use crate::model::Level;

/// What a rule says about one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about, in bytes of the document's text; empty at the place where something is missing.
    pub span: Span,
    /// What is wrong, in one clause: lower case, no full stop.
    pub message: String,
    /// What to ask or to do instead.
    pub help: Option<String>,
    /// Edits that mend it, where that is mechanical; made together or not at all.
    pub fix: Vec<Edit>,
}

impl Note {
    /// A note without help and fix.
    #[must_use]
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None, fix: Vec::new() }
    }

    /// The same with a word on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with what mends it.
    #[must_use]
    pub fn fix(mut self, fix: Vec<Edit>) -> Self {
        self.fix = fix;
        self
    }
}

/// A note with the rule that it comes from: every output format is a view of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The code of its rule: `PM201`.
    pub code: Cow<'static, str>,
    /// The readable name of its rule: `missing-section`.
    pub name: Cow<'static, str>,
    /// How much it weighs.
    pub level: Level,
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to ask or to do instead.
    pub help: Option<String>,
    /// Edits that mend it.
    pub fix: Vec<Edit>,
}

impl Finding {
    /// A note of one of our own rules, at the rule's own level.
    #[must_use]
    pub fn new(rule: &Rule, note: Note) -> Self {
        let Note { span, message, help, fix } = note;
        Self { code: rule.code.into(), name: rule.name.into(), level: rule.level, span, message, help, fix }
    }
}
