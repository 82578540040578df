//! Days in serde: as people write them where people may read them, as a number in the cache.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
pub(super) fn serialize<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        day.serialize(serializer)
    } else {
        day.map(|day| day.num_days_from_ce()).serialize(serializer)
    }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    if deserializer.is_human_readable() {
        Option::deserialize(deserializer)
    } else {
        Ok(Option::<i32>::deserialize(deserializer)?.and_then(NaiveDate::from_num_days_from_ce_opt))
    }
}
