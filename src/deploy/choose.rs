//! Which of what went live was live when an incident began, and why.

use super::{Beginning, Evidence, Release};
use crate::promise::{is_pre_release, version_order};

/// As many candidates as are told.
pub const CANDIDATES: usize = 3;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What may have been live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What went live.
    pub release: Release,
    /// Why it is one, in words.
    pub reasons: Vec<String>,
}

/// The candidates, the likeliest first: what went live last before the beginning, then what was live before that. What
/// pipelines recorded counts more than tags, tags more than what merely landed; a pre-release counts where there is
/// nothing else. Also what came first after the beginning, which cannot have caused it.
#[must_use]
pub fn choose(beginning: &Beginning, releases: &[Release]) -> (Vec<Candidate>, Option<String>) {
    let at = beginning.at.timestamp();
    let mut before: Vec<&Release> = releases.iter().filter(|release| release.at <= at).collect();
    before.sort_by(|a, b| {
        let worth = |release: &Release| (strength(release), is_unready(release));
        let newer = b.at.cmp(&a.at).then_with(|| version_order(&b.revision, &a.revision));
        worth(a).cmp(&worth(b)).then(newer)
    });
    if let Some(newer) = unrecorded(&before) {
        let release = before.remove(newer);
        before.insert(1, release);
    }
    let mut chosen: Vec<Candidate> = Vec::new();
    for (place, release) in before.into_iter().enumerate() {
        // The same commit by another name, or put live again, is no second candidate.
        let is_known = |known: &Candidate| match release.commit.is_empty() {
            true => known.release.revision == release.revision,
            false => known.release.commit == release.commit,
        };
        if chosen.len() < CANDIDATES && !chosen.iter().any(is_known) {
            let mut reasons = reasons(beginning, release);
            let first = chosen.first().map(|first| &first.release).filter(|_| place == 1);
            if first.is_some_and(|first| strength(first) < strength(release) && first.at < release.at) {
                reasons.push("no deploy of it is recorded".to_owned());
            }
            chosen.push(Candidate { release: release.clone(), reasons });
        }
    }
    let after = releases.iter().filter(|release| release.at > at).min_by_key(|release| release.at);
    let after = after.map(|release| {
        let deed = deed(&release.evidence);
        let when = span(release.at - at);
        if beginning.is_exact {
            format!("{} was {deed} {when} after it began", release.revision)
        } else {
            format!("{} was {deed} after that day", release.revision)
        }
    });
    (chosen, after)
}

/// The place of the newest release that was tagged after the last recorded deploy: a pipeline may have stopped to write.
fn unrecorded(sorted: &[&Release]) -> Option<usize> {
    let first = sorted.first().filter(|first| strength(first) == 0)?;
    let is_newer = |other: &&&Release| {
        strength(other) == 1 && !is_unready(other) && other.at > first.at && other.commit != first.commit
    };
    let newest = sorted.iter().filter(is_newer).max_by_key(|other| other.at)?;
    sorted.iter().position(|other| other == newest)
}

fn strength(release: &Release) -> u8 {
    match release.evidence {
        Evidence::Deploy { .. } => 0,
        Evidence::Tag { .. } => 1,
        Evidence::Landed => 2,
    }
}

fn is_unready(release: &Release) -> bool {
    matches!(release.evidence, Evidence::Tag { .. }) && is_pre_release(&release.revision)
}

fn deed(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Deploy { environment: Some(environment) } => format!("deployed to {environment}"),
        Evidence::Deploy { environment: None } => "deployed".to_owned(),
        Evidence::Tag { is_dated: true } => "tagged".to_owned(),
        // A lightweight tag has no date; its commit's is the earliest that it can be of.
        Evidence::Tag { is_dated: false } => "committed".to_owned(),
        Evidence::Landed => "landed".to_owned(),
    }
}

fn reasons(beginning: &Beginning, release: &Release) -> Vec<String> {
    let (at, deed) = (beginning.at.timestamp(), deed(&release.evidence));
    let age = at - release.at;
    let mut reasons = vec![match (beginning.is_exact, age < DAY) {
        (true, _) if age < MINUTE => format!("{deed} as it began"),
        (true, _) => format!("{deed} {} before", span(age)),
        (false, true) => format!("{deed} on that day"),
        (false, false) => {
            let days = age / DAY;
            format!("{deed} {days} day{} before that day", if days == 1 { "" } else { "s" })
        }
    }];
    if is_unready(release) {
        reasons.push("a pre-release".to_owned());
    }
    reasons
}

/// A span in words of one unit: `22 minutes`, `3 hours`, `12 days`.
#[must_use]
pub fn span(seconds: i64) -> String {
    let (number, unit) = match seconds {
        ..MINUTE => (seconds.max(0), "second"),
        MINUTE..7200 => (seconds / MINUTE, "minute"),
        7200..172_800 => (seconds / HOUR, "hour"),
        _ => (seconds / DAY, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: &str = "2026-11-23T09:00:00Z";

    fn beginning(is_exact: bool) -> Beginning {
        Beginning { at: AT.parse().unwrap(), is_exact, service: None }
    }

    fn release(name: &str, minutes_before: i64, evidence: Evidence) -> Release {
        let at = beginning(true).at.timestamp() - minutes_before * MINUTE;
        Release { revision: name.to_owned(), commit: format!("commit of {name}"), at, evidence }
    }

    fn tag(name: &str, minutes_before: i64) -> Release {
        release(name, minutes_before, Evidence::Tag { is_dated: true })
    }

    fn names(chosen: &[Candidate]) -> Vec<&str> {
        chosen.iter().map(|candidate| candidate.release.revision.as_str()).collect()
    }

    #[test]
    fn the_last_before_the_beginning_comes_first_and_what_came_after_is_told() {
        let all = [tag("v3", -120), tag("v1", 5000), tag("v2.1", 22), tag("v0", 9000), tag("v2.0", 22)];
        let (chosen, after) = choose(&beginning(true), &all);
        assert_eq!(names(&chosen), ["v2.1", "v2.0", "v1"]);
        assert_eq!(chosen[0].reasons, ["tagged 22 minutes before"]);
        assert_eq!(chosen[2].reasons, ["tagged 3 days before"]);
        assert_eq!(after.as_deref(), Some("v3 was tagged 2 hours after it began"));
    }

    #[test]
    fn pipelines_count_more_than_tags_and_pre_releases_least() {
        let deploy = release("v1", 600, Evidence::Deploy { environment: Some("production".into()) });
        let all = [tag("v2", 30), deploy, tag("v3.0.0-rc.1", 10), release("x", 1, Evidence::Landed)];
        let (chosen, _) = choose(&beginning(true), &all);
        assert_eq!(names(&chosen), ["v1", "v2", "v3.0.0-rc.1"]);
        assert_eq!(chosen[0].reasons, ["deployed to production 10 hours before"]);
        assert_eq!(chosen[1].reasons, ["tagged 30 minutes before", "no deploy of it is recorded"]);
        assert_eq!(chosen[2].reasons, ["tagged 10 minutes before", "a pre-release"]);
    }

    #[test]
    fn one_commit_is_one_candidate_and_lightweight_tags_say_less() {
        let mut twin = tag("same", 50);
        twin.commit = "commit of v1".into();
        let light = release("v0", 60, Evidence::Tag { is_dated: false });
        let (chosen, _) = choose(&beginning(true), &[tag("v1", 40), twin, light]);
        assert_eq!(names(&chosen), ["v1", "v0"]);
        assert_eq!(chosen[1].reasons, ["committed 60 minutes before"]);
    }

    #[test]
    fn where_only_the_day_is_known_no_minutes_are_told() {
        let (chosen, after) = choose(&beginning(false), &[tag("v2", 60), tag("v1", 3000), tag("v3", -1)]);
        assert_eq!(chosen[0].reasons, ["tagged on that day"]);
        assert_eq!(chosen[1].reasons, ["tagged 2 days before that day"]);
        assert_eq!(after.as_deref(), Some("v3 was tagged after that day"));
        assert_eq!(choose(&beginning(true), &[]), (Vec::new(), None));
    }
}
