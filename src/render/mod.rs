//! The only mouth: the answer goes to standard output, the talk to standard error.
//!
//! Nothing here decides anything: verdicts, colour and width come in as values, so a renderer cannot change an
//! exit status.

mod clean;
mod look;
mod pager;
mod sink;
mod ui;

pub use clean::{clean, clean_lines};
pub use look::{ColorChoice, Look, Terminal, Tone};
pub use pager::Pager;
pub use ui::{Captured, Ui};
