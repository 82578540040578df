//! Every rule, a file each; a new one is a file here and a line in [`ALL`], in the order of codes.

mod pm001_unknown_rule;
mod pm002_comment_without_reason;
pub(super) mod pm003_unused_comment;
mod pm004_blame_unchecked;
mod pm005_comment_of_several;
mod pm101_person_as_actor;
mod pm102_human_error;
mod pm103_hindsight;
mod pm104_judgement;
mod pm105_left_undone;
mod pm106_named_person;
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
mod pm501_action_without_owner;
mod pm502_action_without_due_date;
mod pm503_action_without_priority;
mod pm504_action_number;
mod pm505_vague_action;
mod pm506_open_ended_action;
mod pm507_too_many_actions;
mod pm508_due_before_incident;
mod pm509_due_after_sla;
mod pm510_severe_without_action;
mod pm511_unknown_owner;
mod pm512_silent_owner;
mod pm513_gone_file;
mod pm514_promised_before;
mod pm515_caused_before;
mod pm516_closed_by_commit;
mod pm517_several_owners;
mod pm601_missing_revision;
mod pm602_unreachable_revision;
mod pm603_revision_outside_incident;
mod pm701_secret;
mod pm702_personal_data;
mod pm703_payment_data;
mod pm704_public_address;
mod pm705_token_in_address;
#[cfg(test)]
mod written_tests;

use super::rule::Rule;

/// Every rule in the order of codes.
pub static ALL: &[&Rule] = &[
    &pm001_unknown_rule::RULE,
    &pm002_comment_without_reason::RULE,
    &pm003_unused_comment::RULE,
    &pm004_blame_unchecked::RULE,
    &pm005_comment_of_several::RULE,
    &pm101_person_as_actor::RULE,
    &pm102_human_error::RULE,
    &pm103_hindsight::RULE,
    &pm104_judgement::RULE,
    &pm105_left_undone::RULE,
    &pm106_named_person::RULE,
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
    &pm501_action_without_owner::RULE,
    &pm502_action_without_due_date::RULE,
    &pm503_action_without_priority::RULE,
    &pm504_action_number::RULE,
    &pm505_vague_action::RULE,
    &pm506_open_ended_action::RULE,
    &pm507_too_many_actions::RULE,
    &pm508_due_before_incident::RULE,
    &pm509_due_after_sla::RULE,
    &pm510_severe_without_action::RULE,
    &pm511_unknown_owner::RULE,
    &pm512_silent_owner::RULE,
    &pm513_gone_file::RULE,
    &pm514_promised_before::RULE,
    &pm515_caused_before::RULE,
    &pm516_closed_by_commit::RULE,
    &pm517_several_owners::RULE,
    &pm601_missing_revision::RULE,
    &pm602_unreachable_revision::RULE,
    &pm603_revision_outside_incident::RULE,
    &pm701_secret::RULE,
    &pm702_personal_data::RULE,
    &pm703_payment_data::RULE,
    &pm704_public_address::RULE,
    &pm705_token_in_address::RULE,
];
