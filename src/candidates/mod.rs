//! Events of a history that deserve a post-mortem: reverts, rollbacks, hotfixes, fixes hard on a release, picks to release
//! branches; grouped into probable incidents. Pure: a history that was read before goes in; `docs/candidates.md` has the
//! rules.

mod events;
mod groups;
mod history;
mod picks;
mod releases;
mod reverts;
mod subject;
mod suggest;
mod tagged;
#[cfg(test)]
mod tests;

pub use events::{Event, EventKind, ReleaseBefore, Rules, events};
pub use groups::{Covered, Incident, group};
pub use history::{Branch, Commit, History, Tag, Told};
pub use suggest::{Suggestion, suggest};
