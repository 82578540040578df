//! Every rule, a file each; a new one is a file here and a line in [`ALL`], in the order of codes.

mod pm201_missing_section;
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

use super::rule::Rule;

/// Every rule in the order of codes.
pub static ALL: &[&Rule] = &[
    &pm201_missing_section::RULE,
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
