//! Every rule, a file each; a new one is a file here and a line in [`ALL`], in the order of codes.

mod pm201_missing_section;

use super::rule::Rule;

/// Every rule in the order of codes.
pub static ALL: &[&Rule] = &[&pm201_missing_section::RULE];
