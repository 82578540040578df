//! From a mended line back to the change that brought the defect, and who still has it. Pure: texts and numbers in,
//! evidence and states out; `docs/trace.md` has the rules and names the papers that they are from.

mod change;
mod code;
mod exposure;
mod files;
mod layout;
mod rank;
mod said;

pub use change::{Evidence, Hunk, Wanted, added_code, wanted};
pub use code::Code;
pub use exposure::{Turn, Turns, Verdict, judge};
pub use files::{FileKind, Syntax, kind_of};
pub use layout::{Former, formerly};
pub use rank::{Origin, Why, rank};
pub use said::{Said, named_in, read as read_message};
