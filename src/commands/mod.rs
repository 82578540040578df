//! One file a verb: its arguments, and the glue between the layers below.

pub mod actions;
pub mod completions;
pub mod config;
pub mod demo;
pub mod discard;
pub mod drafted;
pub mod init;
pub mod list;
pub mod log;
pub mod man;
pub mod naming;
pub mod new;
pub mod overview;
pub mod publish;
pub mod rename;
pub mod restore;
pub mod setup;
pub mod subject;
pub mod templates;
pub mod toc;
pub mod unpublish;
pub mod words;
