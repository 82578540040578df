//! One file a verb: its arguments, and the glue between the layers below.

pub mod actions;
pub mod overview;
pub mod subject;
pub mod words;
