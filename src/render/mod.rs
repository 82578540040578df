//! The only mouth: the answer goes to standard output, the talk to standard error.
//!
//! Nothing here decides anything: verdicts, colour and width come in as values, so a renderer cannot change an
//! exit status.

pub mod actions;
pub mod adoption;
mod ages;
pub mod attest;
pub mod candidates;
pub mod changes;
mod clean;
pub mod contents;
pub mod context;
mod difference;
pub mod escape;
pub mod findings;
pub mod gate;
pub mod hooks;
pub mod json;
mod labelled;
pub mod life;
pub mod links;
mod look;
mod pager;
pub mod postmortems;
mod progress;
pub mod prompt;
pub mod revisions;
pub mod settings;
mod shell;
mod sink;
mod table;
pub mod timeline;
pub mod trace;
mod ui;
pub mod whys;
mod wrap;

pub use ages::{ago, count, due, minutes};
pub use clean::{clean, clean_lines};
pub use difference::difference;
pub use labelled::labelled;
pub use look::{ColorChoice, Look, Terminal, Tone};
pub use pager::Pager;
pub use progress::{Progress, Waiting};
pub use shell::shell_word;
pub use table::{Cell, Column, Table};
pub use ui::{Captured, Ui};
pub use wrap::{flow, shorten, width, wrap};
