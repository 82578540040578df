//! What is wrong with a document, told as findings: rules over a document and values about its surroundings. Pure.
//!
//! A rule is a file below `rules/`, and says everything about itself there: its code and name, its level, what its pages
//! say, and how it looks. What is on disk, in git or in other documents comes in as [`Surroundings`]. [`Rules`] asks
//! every rule at the level in force, the team's own too, and hears the comments that silence one.

mod blamed;
mod course;
mod custom;
mod engine;
mod finding;
mod fix;
#[cfg(test)]
mod fix_tests;
mod items;
mod past;
mod private;
mod prose;
mod related;
mod rule;
mod rules;
mod shape;
mod silence;
mod surroundings;

pub use crate::model::Level;
pub use engine::{Rules, check, find};
pub use finding::{Finding, Note};
pub use fix::{Fixed, fix};
pub use past::{Known, Older, Owed, Past, Promised, Telling};
pub use private::is_private;
pub use rule::{Look, Rule};
pub use rules::ALL;
pub use surroundings::{Closed, InProse, Revision, Standing, Surroundings};
