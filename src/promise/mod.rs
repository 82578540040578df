//! What a history makes of promised follow-ups: which word about an item is the newest, who gave it, and which release
//! carries it. Pure: commits are numbers of a [`Graph`], documents are versions that were read before.

mod block;
mod course;
mod graph;
mod items;
mod marks;
mod release;
mod settle;
mod stale;
mod tracker;

pub use course::{Change, Course, Past, Stop};
pub use graph::{Graph, Line, Node};
pub use items::{Item, pair};
pub use marks::{Mark, Word, may_mark, read};
pub use release::{Releases, is_pre_release, order as version_order};
pub use settle::{Given, Settled, Source, settle};
pub use stale::{People, SILENT_DAYS, each_owner, is_account, named_files};
pub use tracker::Tracker;
