//! Text to meaning, with places in the text: parsing, editing and templates of post-mortem documents.
//!
//! Pure and total: any bytes give a [`Document`], and nothing here knows a file, a repository or a clock.

mod vocabulary;

pub use vocabulary::{DateOrder, Vocabulary, Wording};
