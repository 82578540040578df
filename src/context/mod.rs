//! How the parts that an incident touched are owned, changed and described: CODEOWNERS, files that change together,
//! documents that name files, and what a provider tells of the system. Pure.

mod mentions;
mod owners;
mod system;
mod together;

pub use mentions::{Mention, Named};
pub use owners::CodeOwners;
pub use system::{Element, Impact, SystemContext, SystemRule};
pub use together::{Companion, Companions, LEAST_SHARE, LEAST_TIMES, MOST_FILES};
