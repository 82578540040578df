//! Every rule, a file each; a new one is a file here and a line in [`ALL`], in the order of codes.

mod pm001_unknown_rule;
mod pm002_comment_without_reason;
pub(super) mod pm003_unused_comment;
mod pm201_missing_section;
mod pm202_empty_section;
mod pm203_placeholder_left;
mod pm204_summary_length;
mod pm205_impact_unstated;
mod pm206_missing_field;
mod pm207_unclear_field;
mod pm208_no_reviewer;
mod pm209_file_date;
mod pm210_guidance_left;
mod pm211_conflict_mark;
mod pm212_implausible_severity;
mod pm213_no_date;
mod pm214_no_impact;
mod pm301_thin_root_cause;
mod pm302_cause_restates;
mod pm303_whys_stop_early;
mod pm304_why_ends_at_person;
mod pm305_why_without_action;
mod pm306_factor_without_action;
mod pm307_no_factors;
mod pm308_nothing_went_well;
mod pm401_timeline_order;
mod pm402_unclear_time;
mod pm403_no_detection;
mod pm404_no_end;
mod pm405_duration_disagrees;
mod pm406_timeline_gap;
mod pm407_no_time_zone;
mod pm408_thin_timeline;
#[cfg(test)]
mod written_tests;

use super::rule::Rule;

/// Every rule in the order of codes.
pub static ALL: &[&Rule] = &[
    &pm001_unknown_rule::RULE,
    &pm002_comment_without_reason::RULE,
    &pm003_unused_comment::RULE,
    &pm201_missing_section::RULE,
    &pm202_empty_section::RULE,
    &pm203_placeholder_left::RULE,
    &pm204_summary_length::RULE,
    &pm205_impact_unstated::RULE,
    &pm206_missing_field::RULE,
    &pm207_unclear_field::RULE,
    &pm208_no_reviewer::RULE,
    &pm209_file_date::RULE,
    &pm210_guidance_left::RULE,
    &pm211_conflict_mark::RULE,
    &pm212_implausible_severity::RULE,
    &pm213_no_date::RULE,
    &pm214_no_impact::RULE,
    &pm301_thin_root_cause::RULE,
    &pm302_cause_restates::RULE,
    &pm303_whys_stop_early::RULE,
    &pm304_why_ends_at_person::RULE,
    &pm305_why_without_action::RULE,
    &pm306_factor_without_action::RULE,
    &pm307_no_factors::RULE,
    &pm308_nothing_went_well::RULE,
    &pm401_timeline_order::RULE,
    &pm402_unclear_time::RULE,
    &pm403_no_detection::RULE,
    &pm404_no_end::RULE,
    &pm405_duration_disagrees::RULE,
    &pm406_timeline_gap::RULE,
    &pm407_no_time_zone::RULE,
    &pm408_thin_timeline::RULE,
];
