//! Every rule of lint, by its cases and by what is written about it.
//!
//! A case is a text file in `tests/rules/PMNNN`: a line that the rule speaks of begins with `! `, any other with two
//! blanks. Lines of `% ` at the top are TOML about what surrounds the document (`tests/lint_rules/surroundings.rs`). A new
//! case is a new file.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it has measured"
)]

#[path = "lint_rules/cases.rs"]
mod cases;

#[path = "lint_rules/docs.rs"]
mod docs;

#[path = "lint_rules/surroundings.rs"]
mod surroundings;
