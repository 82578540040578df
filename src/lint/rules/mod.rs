//! Every rule, a file each; a new one is a file here and a line in [`ALL`], in the order of codes.

mod pm001_unknown_rule;
mod pm002_comment_without_reason;
pub(super) mod pm003_unused_comment;
mod pm004_blame_unchecked;
mod pm101_person_as_actor;
mod pm102_human_error;
mod pm103_hindsight;
mod pm104_judgement;
mod pm105_left_undone;
mod pm106_named_person;
mod pm201_missing_section;

use super::rule::Rule;

/// Every rule in the order of codes.
pub static ALL: &[&Rule] = &[
    &pm001_unknown_rule::RULE,
    &pm002_comment_without_reason::RULE,
    &pm003_unused_comment::RULE,
    &pm004_blame_unchecked::RULE,
    &pm101_person_as_actor::RULE,
    &pm102_human_error::RULE,
    &pm103_hindsight::RULE,
    &pm104_judgement::RULE,
    &pm105_left_undone::RULE,
    &pm106_named_person::RULE,
    &pm201_missing_section::RULE,
];
