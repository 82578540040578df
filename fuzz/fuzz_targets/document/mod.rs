//! The property of the crate's own tests, over the published names.

pub(crate) use git_postmortem::document::{Document, Encoding, Source, Span, Vocabulary, parse};

#[path = "../../../src/document/places.rs"]
pub(crate) mod places;
