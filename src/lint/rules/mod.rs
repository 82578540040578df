//! Every rule, a file each; a new one is a file here and a line in [`ALL`], in the order of codes.

mod pm001_unknown_rule;
mod pm002_comment_without_reason;
pub(super) mod pm003_unused_comment;
mod pm201_missing_section;

use super::rule::Rule;

/// Every rule in the order of codes.
pub static ALL: &[&Rule] = &[
    &pm001_unknown_rule::RULE,
    &pm002_comment_without_reason::RULE,
    &pm003_unused_comment::RULE,
    &pm201_missing_section::RULE,
];
