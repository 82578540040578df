//! Probable incidents as lines, and as values for JSON.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use super::clean;
use super::json::{self as envelope, Envelope};

/// When a post-mortem is written.
pub const WHEN: &str = "write one for an outage that users felt, a bug in production however soon it was caught, an emergency, a \
    near-miss, data lost or exposed, a deployment rolled back; a small one takes --template brief";

/// A probable incident without a post-mortem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IncidentRow {
    /// The day of its first event, in UTC.
    pub date: NaiveDate,
    /// What it could be called.
    pub title: String,
    /// The service that it is about.
    pub service: Option<String>,
    /// The release that was live.
    pub release: Option<String>,
    /// What happened, the oldest first.
    pub events: Vec<EventRow>,
    /// Post-mortems of that day: one of them may be about it.
    pub same_day: Vec<String>,
    /// The line that begins its post-mortem, quoted for a POSIX shell.
    pub command: String,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventRow {
    /// `rollback`, `revert`, `hotfix`, `fix`, `pick`.
    pub kind: &'static str,
    /// When, in UTC.
    pub at: String,
    /// The commit of it.
    pub commit: Option<String>,
    /// The tag of it.
    pub tag: Option<String>,
    /// Why it is one.
    pub reason: String,
}

/// Everything that was found.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The incidents.
    pub rows: &'a [IncidentRow],
    /// The first day that was looked at.
    pub since: NaiveDate,
    /// The last one.
    pub until: NaiveDate,
    /// Incidents that have a post-mortem: what they could be called, and its id.
    pub told: &'a [(String, String)],
    /// What was not seen.
    pub incomplete: &'a [String],
}

/// Lines about an incident, for [`super::labelled()`].
#[must_use]
pub fn lines(row: &IncidentRow) -> Vec<(&'static str, String)> {
    let mut lines = vec![("what", format!("{}  {}", row.date, clean(&row.title)))];
    for (at, event) in row.events.iter().enumerate() {
        lines.push((if at == 0 { "why" } else { "" }, clean(&event.reason).into_owned()));
    }
    if !row.same_day.is_empty() {
        lines.push(("same day", row.same_day.join(", ")));
    }
    lines.push(("next", clean(&row.command).into_owned()));
    lines
}

/// Writes the answer as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn json(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    let told: Vec<_> =
        answer.told.iter().map(|(title, id)| json!({ "title": title, "postmortem": id })).collect();
    let members = [("since", json!(answer.since)), ("until", json!(answer.until)), ("told", json!(told))];
    envelope::write(
        out,
        &Envelope { name: "candidates", incomplete: answer.incomplete, members: &members },
        answer.rows,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::labelled;

    #[test]
    fn an_incident_is_told_with_its_reasons_and_a_line_to_paste() {
        let event = |reason: &str| EventRow {
            kind: "fix",
            at: "2026-03-08T10:00:00Z".into(),
            commit: None,
            tag: None,
            reason: reason.into(),
        };
        let row = IncidentRow {
            date: "2026-03-08".parse().unwrap(),
            title: "Add retries had to be taken back".into(),
            service: None,
            release: Some("v1.5.0".into()),
            events: vec![event("3f9c2e1 takes back 9ab12cd \"Add retries\", 3 hours after v1.5.0 brought it"), event("the tag v1.5.1-hotfix is a hotfix")],
            same_day: vec!["2026-03-08-api-outage".into()],
            command: "git postmortem new --date 2026-03-08 --deploy v1.5.0 --fix 3f9c2e1 'Add retries had to be taken back'".into(),
        };
        insta::assert_snapshot!(labelled(&lines(&row), Some(80)), @r#"
        what      2026-03-08  Add retries had to be taken back
        why       3f9c2e1 takes back 9ab12cd "Add retries", 3 hours after v1.5.0 brought
                  it
                  the tag v1.5.1-hotfix is a hotfix
        same day  2026-03-08-api-outage
        next      git postmortem new --date 2026-03-08 --deploy v1.5.0 --fix 3f9c2e1 \
                    'Add retries had to be taken back'
        "#);
    }
}
