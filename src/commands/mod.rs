//! One file a verb: its arguments, and the glue between the layers below.

pub mod actions;
pub mod completions;
pub mod demo;
pub mod man;
pub mod overview;
pub mod setup;
pub mod subject;
pub mod words;
