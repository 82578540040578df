//! When it happened: days and clocks as they are typed.

use super::text;
use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

#[test]
fn times_over_midnight_are_understood_and_told_in_both_clocks() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.set("TZ", "Europe/Berlin");
    // It is 11:00 in Berlin: 23:41 was yesterday's, 00:12 is today's.
    let answer = sandbox.run(&["new", "Night", "--start", "23:41", "--end", "00:12"]).ok();
    let told = "times  2026-11-22 23:41–2026-11-23 00:12 local = 2026-11-22 22:41–23:12 UTC, 31 minutes\n";
    assert!(answer.stdout.contains(told), "{}", answer.stdout);
    assert!(answer.stdout.contains("--at 00:12"), "{}", answer.stdout);
    let night = text(&sandbox, "2026-11-22-night");
    assert!(night.contains("**Date**: 2026-11-22\n**Duration**: 31 minutes\n"), "{night}");
    assert!(night.contains("22:41 |") && night.contains("23:12 |"), "{night}");
}

#[test]
fn clocks_belong_to_the_day_that_was_typed() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.set("TZ", "America/New_York");
    for (words, start, end) in [
        (
            &["Zone", "a", "--start", "14:00", "--end", "15:30"][..],
            "2026-11-20T19:00:00Z",
            "2026-11-20T20:30:00Z",
        ),
        (
            &["Zone", "b", "--start", "23:50", "--end", "00:10"],
            "2026-11-21T04:50:00Z",
            "2026-11-21T05:10:00Z",
        ),
        (
            &["Zone", "c", "--start", "10:00Z", "--end", "13:00+02:00"],
            "2026-11-20T10:00:00Z",
            "2026-11-20T11:00:00Z",
        ),
        (
            &["Zone", "d", "--start", "2026-11-19 23:00", "--end", "01:00"],
            "2026-11-20T04:00:00Z",
            "2026-11-20T06:00:00Z",
        ),
    ] {
        let answer = sandbox.run(&[&["new", "--date", "fri", "--json"], words].concat()).ok();
        let read = assert_fits(&answer.stdout, "postmortems");
        let row = &read["postmortems"][0];
        assert_eq!((&row["start"], &row["end"]), (&start.into(), &end.into()), "{words:?}");
        assert_eq!(row["date"], "2026-11-20", "{words:?}");
    }
}

#[test]
fn days_without_a_year_are_the_last_such_day() {
    let sandbox = Sandbox::with_repository();
    for (typed, day) in [
        ("fri", "2026-11-20"),
        ("mon", "2026-11-23"),
        ("8 March", "2026-03-08"),
        ("Dec 24", "2025-12-24"),
        ("-3d", "2026-11-20"),
        ("yesterday", "2026-11-22"),
    ] {
        let title = format!("On {typed}");
        let answer = sandbox.run(&["new", &title, "--date", typed, "--json"]).ok();
        assert_eq!(assert_fits(&answer.stdout, "postmortems")["postmortems"][0]["date"], day, "{typed}");
    }
}

/// Start and end in UTC, or what is said instead.
fn ends(sandbox: &Sandbox, title: &str, arguments: &[&str]) -> Result<(String, String), String> {
    let answer = sandbox.run(&[&["new", "--json", title], arguments].concat());
    if answer.code != 0 {
        return Err(answer.stderr);
    }
    let read = assert_fits(&answer.stdout, "postmortems");
    let end = |name: &str| read["postmortems"][0][name].as_str().unwrap_or_default().to_owned();
    Ok((end("start"), end("end")))
}

#[test]
fn an_end_without_a_day_is_the_first_such_moment_after_the_start() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.set("TZ", "Europe/Berlin");
    for (title, start, end, meant) in [
        ("a", "2026-11-20 14:00", "15:30", ("2026-11-20T13:00:00Z", "2026-11-20T14:30:00Z")),
        ("b", "2026-11-20 23:50", "00:10", ("2026-11-20T22:50:00Z", "2026-11-20T23:10:00Z")),
        ("c", "2026-11-20 23:50", "23:10Z", ("2026-11-20T22:50:00Z", "2026-11-20T23:10:00Z")),
        ("d", "fri 14:00", "14:00", ("2026-11-20T13:00:00Z", "2026-11-20T13:00:00Z")),
        ("e", "23:50", "2026-11-21 00:10", ("2026-11-20T22:50:00Z", "2026-11-20T23:10:00Z")),
        ("f", "-2h", "10:30", ("2026-11-23T08:00:00Z", "2026-11-23T09:30:00Z")),
        ("g", "2026-11-20 14:00", "+40m", ("2026-11-20T13:00:00Z", "2026-11-20T13:40:00Z")),
        ("h", "23:50", "+2h", ("2026-11-22T22:50:00Z", "2026-11-23T00:50:00Z")),
    ] {
        let found = ends(&sandbox, title, &["--start", start, "--end", end]);
        assert_eq!(found, Ok((meant.0.to_owned(), meant.1.to_owned())), "{start} to {end}");
    }
}

#[test]
fn times_that_contradict_each_other_or_the_day_are_refused() {
    let sandbox = Sandbox::with_repository();
    for (arguments, words) in [
        (
            &["--start", "09:00", "--end", "08:00"][..],
            "it would end (2026-11-23 08:00 UTC) before it started",
        ),
        (&["--start", "09:00", "--end", "11:00"], "--end is 2026-11-23 11:00 UTC, which has not come yet"),
        (&["--start", "09:00", "--end", "+2h"], "--end is 2026-11-23 11:00 UTC, which has not come yet"),
        (&["--start", "+2h"], "--start is 2026-11-23 12:00 UTC, which has not come yet"),
        (&["--date", "today", "--start", "12:00"], "has not come yet"),
        (
            &["--date", "2026-11-20", "--start", "2026-11-18 09:00"],
            "--date says 2026-11-20, and the times say 2026-11-18",
        ),
        (
            &["--date", "2026-11-20", "--start", "-40m"],
            "--date says 2026-11-20, and the times say 2026-11-23",
        ),
        (&["--date", "2026-11-20", "--end", "2026-11-18 09:00"], "the times say 2026-11-18"),
    ] {
        let said = ends(&sandbox, "A title", arguments).unwrap_err();
        assert!(said.contains(words) && said.contains("hint: "), "{arguments:?}\n{said}");
    }
    assert_eq!(sandbox.git(&["for-each-ref"]).lines().count(), 1, "no branch of drafts was made");
}

#[test]
fn a_day_within_the_incident_is_its_day() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.set("TZ", "America/New_York");
    // 21:00 in New York is the next day in UTC: either is the day of the incident.
    for (title, day) in [("a", "2026-11-20"), ("b", "2026-11-21")] {
        let arguments = ["--date", day, "--start", "2026-11-20 21:00", "--end", "22:00"];
        assert!(ends(&sandbox, title, &arguments).is_ok(), "{day}");
    }
}
