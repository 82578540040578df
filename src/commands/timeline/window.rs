//! The time around an incident in which something may have to do with it.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use super::TimelineArgs;
use crate::archive::Entry;
use crate::commands::words;
use crate::document::{Document, TimelineEntry};
use crate::error::CliError;
use crate::session::Session;

/// How long before the first event a change may have gone out that it comes from.
const BEFORE: TimeDelta = TimeDelta::hours(6);
/// How long after the last event something may still belong to it.
const AFTER: TimeDelta = TimeDelta::hours(1);

/// A span of time, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) since: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
}

/// The ends that were typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Asked {
    since: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
}

impl Asked {
    /// Whether an instant is within what was typed.
    pub(super) fn holds(self, at: DateTime<Utc>) -> bool {
        self.since.is_none_or(|since| since <= at) && self.until.is_none_or(|until| at <= until)
    }
}

impl Window {
    /// Reads the flags.
    pub(super) fn asked(session: &Session, args: &TimelineArgs) -> Result<Asked, CliError> {
        let read =
            |typed: &Option<String>| typed.as_deref().map(|typed| words::when(session, typed)).transpose();
        let until = args.until.as_deref().map(|typed| words::until(session, typed)).transpose()?;
        let asked = Asked { since: read(&args.since)?, until };
        if let (Some(since), Some(until)) = (asked.since, asked.until)
            && until < since
        {
            let show = |at: DateTime<Utc>| at.format("%Y-%m-%d %H:%M UTC").to_string();
            return Err(CliError::new(format!(
                "--until ({}) is before --since ({})",
                show(until),
                show(since)
            )));
        }
        Ok(asked)
    }

    /// The window of a document: around the events that it has, else its day; what was typed counts first.
    pub(super) fn of(
        document: &Document<'_>,
        entry: &Entry,
        asked: Asked,
        log: &str,
    ) -> Result<Self, CliError> {
        // What git and the pipeline told before does not widen what they are asked about now.
        let is_own =
            |entry: &&TimelineEntry| !entry.event.source.as_deref().is_some_and(|said| is_offered(said, log));
        let times = || document.timeline().iter().filter(is_own).filter_map(|entry| entry.event.at);
        let around = times().min().zip(times().max()).map(|(first, last)| (first - BEFORE, last + AFTER));
        let day = || {
            let day = entry.postmortem.date?;
            let next = day.checked_add_days(Days::new(1))?;
            let midnight = |day: chrono::NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
            Some((midnight(day), midnight(next) - TimeDelta::seconds(1)))
        };
        let known = around.or_else(day);
        let since = asked.since.or(known.map(|(since, _)| since));
        let until = asked.until.or(known.map(|(_, until)| until));
        let Some((since, until)) = since.zip(until) else {
            return Err(CliError::new(format!(
                "{} has neither a day nor a timeline to look around",
                entry.id
            ))
            .hint("--since and --until name the time"));
        };
        // What was typed may lie beyond what the document knows.
        Ok(Self { since, until: until.max(since) })
    }

    /// `2026-11-23 03:00 – 2026-11-23 10:15 UTC`
    pub(super) fn told(self) -> String {
        let form = "%Y-%m-%d %H:%M";
        format!("{} – {} UTC", self.since.format(form), self.until.format(form))
    }
}

/// Whether an entry is one that `--git` offered: everything that tells of it is git's, or the pipeline's record.
fn is_offered(source: &str, log: &str) -> bool {
    source.split(',').map(str::trim).all(|one| one.starts_with("git ") || one == log)
}
