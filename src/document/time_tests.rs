//! What is typed, and what it means.

use super::*;

fn when(text: &str) -> Option<String> {
    // 2026-03-09 03:05 in Berlin, a Monday; summer time began on the 29th.
    let summer = "2026-03-29T01:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let offset = |at: DateTime<Utc>| if at < summer { 3600 } else { 7200 };
    let now = Now { utc: "2026-03-09T02:05:00Z".parse().unwrap(), offset: &offset };
    parse_when(text, &now).ok().map(|at| at.format("%F %R").to_string())
}

fn day(text: &str) -> Option<String> {
    parse_day(text, NaiveDate::from_ymd_opt(2026, 3, 9).unwrap()).ok().map(|day| day.to_string())
}

#[test]
fn typed_times_are_local_and_stored_in_utc() {
    for (text, expected) in [
        ("now", "2026-03-09 02:05"),
        ("-40m", "2026-03-09 01:25"),
        ("+2h", "2026-03-09 04:05"),
        ("-1d", "2026-03-08 02:05"),
        ("23:50", "2026-03-08 22:50"),
        ("03:05", "2026-03-09 02:05"),
        ("03:06", "2026-03-08 02:06"),
        ("3:05am", "2026-03-09 02:05"),
        ("02:00Z", "2026-03-09 02:00"),
        ("2026-03-08 14:05", "2026-03-08 13:05"),
        ("2026-03-08T14:05Z", "2026-03-08 14:05"),
        ("2026-03-08 14:05+05:30", "2026-03-08 08:35"),
        ("2026-03-08T14:05:00-0500", "2026-03-08 19:05"),
        ("8 March 2026 14:05 UTC", "2026-03-08 14:05"),
        ("2026-03-08", "2026-03-07 23:00"),
        ("2026-07-01 12:00", "2026-07-01 10:00"),
        ("fri 14:05", "2026-03-06 13:05"),
        ("yesterday 14:05", "2026-03-08 13:05"),
        ("mon 01:00", "2026-03-09 00:00"),
    ] {
        assert_eq!(when(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_time_is_refused() {
    for text in [
        "",
        "soon",
        "25:00",
        "2026-02-30 10:00",
        "14:05 or so",
        "-",
        "-40",
        "+99999999999999m",
        "(14:05)",
        "10:00 CST",
    ] {
        assert_eq!(when(text), None, "{text}");
    }
}

#[test]
fn typed_days_look_ahead() {
    for (text, expected) in [
        ("2026-03-08", "2026-03-08"),
        ("8 March 2026", "2026-03-08"),
        ("Mar 8", "2027-03-08"),
        ("Q2 2026", "2026-06-30"),
        ("today", "2026-03-09"),
        ("tomorrow", "2026-03-10"),
        ("fri", "2026-03-13"),
        ("Monday", "2026-03-16"),
        ("+2w", "2026-03-23"),
        ("-3d", "2026-03-06"),
        ("+1mo", "2026-04-09"),
    ] {
        assert_eq!(day(text).as_deref(), Some(expected), "{text}");
    }
    for text in ["", "soon", "2026-13-01", "+2x", "2026-03-08 and more", "due 2026-03-08"] {
        assert_eq!(day(text), None, "{text}");
    }
}

#[test]
fn a_refusal_shows_what_would_do() {
    let error = parse_day("soon", NaiveDate::MIN).unwrap_err();
    assert_eq!(error.to_string(), "'soon' is no day");
    assert!(error.hint().starts_with("a day is written 2026-03-08"));
}
