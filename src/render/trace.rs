//! What brought a defect and who has it, as tables and as values for JSON.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Cell, Column, Look, Table, Tone, count};

/// A commit that may have brought the defect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OriginRow {
    /// Its full name.
    pub commit: String,
    /// The day on which it was committed, in UTC.
    pub date: NaiveDate,
    /// The first line of its message.
    pub subject: String,
    /// What speaks for it: `named`, `lines`, `beside`, or `unlikely`.
    pub evidence: &'static str,
    /// Lines of it that the fix changed or moved.
    pub lines: u32,
    /// Lines of it beside what the fix added.
    pub beside: u32,
    /// The files with these lines, as it called them.
    pub files: Vec<String>,
    /// Why it has its place.
    pub reasons: Vec<String>,
    /// The release that first had it.
    pub first_release: Option<ReleaseRow>,
}

/// A commit that mended it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FixRow {
    /// Its full name.
    pub commit: String,
    /// The day on which it was committed, in UTC.
    pub date: NaiveDate,
    /// The first line of its message.
    pub subject: String,
    /// As it was typed or linked.
    pub revision: String,
    /// `fix` or `revert`.
    pub role: &'static str,
    /// The release that first had it.
    pub first_release: Option<String>,
}

/// A release and its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReleaseRow {
    /// The tag.
    pub name: String,
    /// The day on which it was made, in UTC.
    pub date: NaiveDate,
}

/// How long users had the defect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wild {
    /// The first release that had it.
    pub from: ReleaseRow,
    /// The first release that mends it.
    pub until: Option<ReleaseRow>,
    /// Days between them, or until now.
    pub days: i64,
    /// One release brought the cause and the fix: nobody had it.
    pub never: bool,
}

/// A release tag or a branch, and what it is to the defect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpotRow {
    /// Its short name.
    pub name: String,
    /// `tag` or `branch`.
    pub kind: &'static str,
    /// Its commit.
    pub commit: String,
    /// The day on which it was made, in UTC.
    pub date: NaiveDate,
    /// It has the cause, or a copy of it.
    pub cause: bool,
    /// It has a fix, or a copy of one.
    pub fix: bool,
    /// `exposed`, `undone`, `partly`, `fixed`, `taken-back`, `clear`.
    pub state: &'static str,
    /// Its users still have the defect.
    pub open: bool,
}

/// Open releases that are listed before "and N more".
const LISTED: usize = 20;

/// Draws the commits that may have brought it.
#[must_use]
pub fn origins(rows: &[OriginRow], look: Look) -> String {
    let mut table = Table::new(vec![
        Column::whole("COMMIT"),
        Column::whole("DATE").spare(2),
        Column::whole("FIRST IN").spare(1),
        Column::flowing("SUBJECT", 18, 3),
        Column::flowing("WHY", 26, 8),
    ])
    .indent(2);
    for row in rows {
        let tone = if row.evidence == "unlikely" { Tone::Dim } else { Tone::Strong };
        let release = row.first_release.as_ref().map_or("", |release| release.name.as_str());
        table.row(vec![
            Cell::new(row.commit.get(..7).unwrap_or(&row.commit), tone),
            Cell::from(row.date.to_string()),
            Cell::from(release),
            Cell::from(row.subject.as_str()),
            Cell::new(&row.reasons.join(", "), if tone == Tone::Dim { Tone::Dim } else { Tone::Plain }),
        ]);
    }
    table.draw(look)
}

/// `in the wild for 7 days: from v1.5.0 (2026-03-01) to v1.5.1 (2026-03-08)`.
#[must_use]
pub fn wild(wild: &Wild) -> String {
    let (name, date) = (super::clean(&wild.from.name), wild.from.date);
    let days = match wild.days {
        0 => "less than a day".to_owned(),
        days => count(usize::try_from(days).unwrap_or(0), "day", "days"),
    };
    match &wild.until {
        Some(_) if wild.never => format!("never in the wild: {name} ({date}) brought the cause and the fix"),
        Some(until) => {
            let end = super::clean(&until.name);
            format!("in the wild for {days}: from {name} ({date}) to {end} ({})", until.date)
        }
        None => format!("in the wild since {name} ({date}), {days} so far: no release mends it"),
    }
}

/// `3 of 12 releases exposed, 1 of 2 branches`.
#[must_use]
pub fn summary(spots: &[SpotRow]) -> String {
    let of = |kind: &str, one: &str, many: &str| {
        let own = spots.iter().filter(|spot| spot.kind == kind);
        let (all, open) = (own.clone().count(), own.filter(|spot| spot.open).count());
        (all > 0).then(|| format!("{open} of {} exposed", count(all, one, many)))
    };
    let parts: Vec<String> = [of("tag", "release", "releases"), of("branch", "branch", "branches")]
        .into_iter()
        .flatten()
        .collect();
    if parts.is_empty() { "there is no release or branch".to_owned() } else { parts.join(", ") }
}

/// Draws who has it: those that are open, or all.
#[must_use]
pub fn exposure(spots: &[SpotRow], all: bool, look: Look) -> String {
    let chosen: Vec<&SpotRow> = spots.iter().filter(|spot| all || spot.open).collect();
    let mut table = Table::new(vec![
        Column::whole("NAME"),
        Column::whole("KIND").spare(2),
        Column::whole("DATE").spare(1),
        Column::flowing("STATE", 12, 2).whole_words(),
    ])
    .indent(2);
    let listed = if all { chosen.len() } else { LISTED };
    for spot in chosen.iter().take(listed) {
        let (words, tone) = match spot.state {
            "exposed" => ("exposed", Tone::Over),
            "undone" => ("exposed: the fix was taken back", Tone::Over),
            "partly" => ("partly fixed", Tone::Soon),
            "fixed" => ("fixed", Tone::Kept),
            "taken-back" => ("the cause was taken back", Tone::Kept),
            _ => ("never had it", Tone::Dim),
        };
        let kind = if spot.kind == "tag" { "release" } else { "branch" };
        let (date, name) = (spot.date.to_string(), spot.name.as_str());
        table.row(vec![
            Cell::new(name, Tone::Strong),
            Cell::from(kind),
            Cell::from(date),
            Cell::new(words, tone),
        ]);
    }
    let mut text = if chosen.is_empty() { String::new() } else { table.draw(look) };
    let mut rest = Vec::new();
    if chosen.len() > listed {
        rest.push(format!("{} more exposed", chosen.len() - listed));
    }
    if !all {
        let closed = |state: &str| spots.iter().filter(|spot| spot.state == state).count();
        for (state, words) in
            [("fixed", "fixed"), ("taken-back", "without the cause again"), ("clear", "never had it")]
        {
            rest.extend(Some(closed(state)).filter(|n| *n > 0).map(|n| format!("{n} {words}")));
        }
    }
    if !rest.is_empty() {
        text.push_str(&format!("  {} (--all lists them)\n", rest.join(", ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(name: &str, kind: &'static str, state: &'static str) -> SpotRow {
        SpotRow {
            name: name.into(),
            kind,
            commit: "9ab12cd".into(),
            date: "2026-03-01".parse().unwrap(),
            cause: state != "clear",
            fix: state == "fixed",
            state,
            open: matches!(state, "exposed" | "undone" | "partly"),
        }
    }

    #[test]
    fn who_has_it_is_told_first() {
        let spots = [
            spot("release/1.4", "branch", "undone"),
            spot("main", "branch", "fixed"),
            spot("v1.5.1", "tag", "fixed"),
            spot("v1.5.0", "tag", "exposed"),
            spot("v1.4.0", "tag", "clear"),
        ];
        let look = Look { width: Some(80), ..Look::default() };
        insta::assert_snapshot!(format!("{}\n{}", summary(&spots), exposure(&spots, false, look)), @r"
        1 of 3 releases exposed, 1 of 2 branches exposed
          NAME         KIND     DATE        STATE
          release/1.4  branch   2026-03-01  exposed: the fix was taken back
          v1.5.0       release  2026-03-01  exposed
          2 fixed, 1 never had it (--all lists them)
        ");
        insta::assert_snapshot!(exposure(&spots, true, look), @r"
        NAME         KIND     DATE        STATE
        release/1.4  branch   2026-03-01  exposed: the fix was taken back
        main         branch   2026-03-01  fixed
        v1.5.1       release  2026-03-01  fixed
        v1.5.0       release  2026-03-01  exposed
        v1.4.0       release  2026-03-01  never had it
        ");
    }

    #[test]
    fn a_time_in_the_wild_is_a_sentence() {
        let release = |name: &str, date: &str| ReleaseRow { name: name.into(), date: date.parse().unwrap() };
        let from = release("v1.5.0", "2026-03-01");
        let mut one = Wild { from, until: Some(release("v1.5.1", "2026-03-08")), days: 7, never: false };
        insta::assert_snapshot!(wild(&one), @"in the wild for 7 days: from v1.5.0 (2026-03-01) to v1.5.1 (2026-03-08)");
        (one.until, one.days) = (None, 1);
        insta::assert_snapshot!(wild(&one), @"in the wild since v1.5.0 (2026-03-01), 1 day so far: no release mends it");
    }
}
