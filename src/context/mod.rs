//! How the parts that an incident touched are owned, changed and described: CODEOWNERS, files that change together, and
//! documents that name files. Pure.

mod mentions;
mod owners;
mod together;

pub use mentions::{Mention, Named};
pub use owners::CodeOwners;
pub use together::{Companion, Companions, LEAST_SHARE, LEAST_TIMES, MOST_FILES};
