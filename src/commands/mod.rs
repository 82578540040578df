//! One file a verb: its arguments, and the glue between the layers below.

pub mod actions;
pub mod completions;
pub mod config;
pub mod demo;
pub mod init;
pub mod list;
pub mod log;
pub mod man;
pub mod overview;
pub mod setup;
pub mod subject;
pub mod toc;
pub mod words;
