//! How the parts that an incident touched are owned, changed and described: CODEOWNERS, files that change together,
//! documents that name files, and what a provider tells of the system. Pure.

pub mod gjalla;
mod launch;
mod mentions;
mod owners;
mod system;
mod together;
mod trusted;

pub use launch::{Launch, Malformed, expanded, from_json};
pub use mentions::{Mention, Named};
pub use owners::CodeOwners;
pub use system::{Element, Impact, SystemContext, SystemRule};
pub use together::{Companion, Companions, LEAST_SHARE, LEAST_TIMES, MOST_FILES};
pub use trusted::{Fingerprint, Watched, may_name};
