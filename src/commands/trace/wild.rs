//! How long users had a defect: from the first release with its cause to the first one that mends it.

use super::exposed::{Exposure, Judged};
use crate::git::CommitId;
use crate::render::trace::{ReleaseRow, Wild};
use crate::trace::Verdict;

/// Reads it off the releases; `now` is in seconds of Unix time.
pub(super) fn wild(exposure: &Exposure, cause: Option<&CommitId>, has_fix: bool, now: i64) -> Option<Wild> {
    cause?;
    let from = exposure.first(|judged| judged.has_cause && judged.verdict != Verdict::TakenBack)?;
    let until = exposure.first(|judged| {
        let mends = has_fix && judged.verdict == Verdict::Fixed || judged.verdict == Verdict::TakenBack;
        mends && judged.spot.created >= from.spot.created
    });
    let end = until.map_or(now, |until| until.spot.created);
    // A release that has both never had the defect for its users.
    let is_never = until.is_some_and(|until| until.spot.name == from.spot.name);
    let days = (end - from.spot.created).max(0) / 86_400;
    Some(Wild { from: release(from), until: until.map(release), days, never: is_never })
}

/// A release as it is shown.
pub(super) fn release(judged: &Judged) -> ReleaseRow {
    ReleaseRow { name: judged.name.clone(), date: super::rows::day(judged.spot.created) }
}
