//! Keys of `[lint]`.

use chrono::NaiveDate;

use super::{Key, Shown, Slot, one, text};

pub(super) const KEYS: &[Key] = &[Key {
    name: "lint.since",
    doc: "Documents of earlier incidents are not linted. `git postmortem adopt --write` sets it.",
    sample: "since = 2026-03-08",
    slot: Slot::Day(|config, _, day| config.lint.since = Some(day)),
    show: |config| shown(config.lint.since),
}];

pub(super) fn shown(day: Option<NaiveDate>) -> Shown {
    day.map(|day| one(text(&day.to_string()))).unwrap_or_default()
}
