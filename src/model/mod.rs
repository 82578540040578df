//! The words of the trade: post-mortems, action items, severities, links.
//!
//! Pure values. Nothing here knows a file, a repository, a clock or a terminal.

mod action;
mod day;
mod former;
mod grade;
mod id;
mod level;
mod life;
mod link;
pub mod pipeline;
mod postmortem;
mod reference;
pub mod rules;
mod signs;
mod timeline;
mod unclear;

pub use action::{ActionItem, Effort, Inferred, Promise, Status};
pub use former::Former;
pub use grade::{Grade, Scale};
pub use id::{ActionId, IdError, PostmortemId, slug_of};
pub use level::Level;
pub use life::{Chapter, Turn, life};
pub use link::{Link, Role};
pub use postmortem::{Fact, Kind, Postmortem, SectionKind, State};
pub use reference::ReferenceKind;
pub use signs::is_hidden;
pub use timeline::{EventKind, TimelineEvent};
pub use unclear::UnclearDate;
