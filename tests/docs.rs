//! What is written about the program is what the program does: README's console blocks run, generated pages are
//! compared with the code. `UPDATE_DOCS=1` writes the generated ones anew.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skipped"
)]

#[path = "sandbox/mod.rs"]
mod sandbox;

#[path = "docs/console.rs"]
mod console;

#[path = "docs/generated.rs"]
mod generated;
