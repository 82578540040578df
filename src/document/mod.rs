//! Text to meaning, with places in the text: parsing, editing and templates of post-mortem documents.
//!
//! Pure and total: any bytes give a [`Document`], and nothing here knows a file, a repository or a clock.

mod actions;
mod allow;
mod blocks;
mod causes;
mod clock;
mod dates;
mod durations;
pub mod edit;
mod encoding;
mod escape;
mod facts;
mod fold;
mod foreign;
mod frontmatter;
mod glance;
mod html;
mod language;
mod lead;
mod links;
pub mod merge;
mod metadata;
mod moment;
mod parse;
mod passages;
#[cfg(test)]
mod places;
mod plain;
mod points;
#[cfg(test)]
mod properties;
mod purpose;
pub mod secrets;
mod sections;
mod span;
mod substance;
mod tables;
pub mod template;
#[cfg(test)]
mod tests;
pub mod time;
mod timeline;
mod title;
mod told;
mod vague;
mod vocabulary;
mod words;
mod zones;

pub use actions::{Action, ActionForm};
pub use allow::{Allowance, allowances};
pub(crate) use blocks::{Block, BlockKind, PieceKind};
pub use causes::causes;
pub use dates::days_in;
pub use encoding::{Encoding, text_of};
pub(crate) use escape::literal;
pub(crate) use fold::Fnv;
pub use foreign::foreign_format;
pub use language::{Column, FieldKind, Telling, TimeColumn as EventColumn, is_filler};
pub use metadata::{Field, Form};
pub use moment::{Clock, Moment, NoMoment, StampZone};
pub use parse::{Document, Source, parse};
pub use passages::{Passage, PassageKind};
pub(crate) use plain::Page;
pub use points::{Point, points};
pub use purpose::{Purpose, is_template_name, purpose};
pub use sections::Section;
pub use substance::substance;
pub use timeline::{EntryForm, TimelineEntry, spoken_kind, with_source};
pub use title::date_of_name;
pub use vague::{Vague, is_about_itself, vague};
pub use vocabulary::{DateOrder, Vocabulary, Wording};
pub(crate) use vocabulary::{attested_key, is_not_recorded};
pub use zones::{names_zone, unclear_zone};

/// A range of bytes in a document's text.
pub type Span = std::ops::Range<usize>;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What it says.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}
