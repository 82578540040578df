//! Days as people write them, and those that cannot be told.

use super::*;
use crate::document::Vocabulary;

fn read(text: &str) -> Option<String> {
    let vocabulary = Vocabulary::default();
    Calendar::new(&vocabulary, None).find(text).map(|found| found.day.to_string())
}

fn read_due(text: &str) -> Option<String> {
    let vocabulary = Vocabulary::default();
    let incident = NaiveDate::from_ymd_opt(2026, 3, 8);
    Calendar::new(&vocabulary, None).lenient(incident).find_due(text).map(|found| found.day.to_string())
}

#[test]
fn dates_are_read_in_common_orders() {
    let day = "2026-03-08";
    for text in [
        "2026-03-08",
        "2026/3/8",
        "2026.03.08",
        "20260308",
        "2026年3月8日",
        "8 March 2026",
        "8th of March, 2026",
        "March 8, 2026",
        "March 8th 2026",
        "Mar 8 2026",
        "Sunday 8th March 2026, 14:32 UTC",
        "08-Mar-2026",
        "08.03.2026",
        "2026 March 8",
        "from 2026-03-08 14:05 on",
        "March 8–9, 2026",
        "8-9 March 2026",
        "8th – 9th March 2026",
        "March 8 – April 2, 2026",
        "8 March - 2 April 2026",
        "8 de marzo de 2026",
        "8. März 2026",
        "le 8 mars 2026",
        "08.03.26",
    ] {
        assert_eq!(read(text).as_deref(), Some(day), "{text}");
    }
    assert_eq!(read("25/03/2026").as_deref(), Some("2026-03-25"));
    assert_eq!(read("03/25/2026").as_deref(), Some("2026-03-25"));
    assert_eq!(read("04/04/2026").as_deref(), Some("2026-04-04"));
}

#[test]
fn what_cannot_be_told_is_not_guessed() {
    for text in ["03/04/2026", "2026-02-30", "soon", "Mar 8", "v1.2.3", "10:21", "9999-01-01", "Q2 2026", ""]
    {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn the_hint_decides_between_two_readings() {
    let vocabulary = Vocabulary::default();
    let hint = NaiveDate::from_ymd_opt(2026, 4, 3);
    let found = Calendar::new(&vocabulary, hint).find("03/04/2026");
    assert_eq!(found.map(|f| f.day), hint);
}

#[test]
fn due_dates_may_lack_a_year_or_a_day() {
    for (text, day) in [
        ("Mar 8", "2026-03-08"),
        ("Mar 7", "2027-03-07"),
        ("8 April", "2026-04-08"),
        ("Q2 2026", "2026-06-30"),
        ("end of Q4", "2026-12-31"),
        ("March 2027", "2027-03-31"),
        ("2026-Q3", "2026-09-30"),
        ("2026-05", "2026-05-31"),
        ("3/15", "2026-03-15"),
        ("T4 2026", "2026-12-31"),
        ("S1 2027", "2027-06-30"),
        ("15.3.", "2026-03-15"),
        ("31/3", "2026-03-31"),
        ("end of March", "2026-03-31"),
        ("April", "2026-04-30"),
        ("by the end of Feb", "2027-02-28"),
        ("Ende April", "2026-04-30"),
        ("até o fim de outubro", "2026-10-31"),
        ("3月20日", "2026-03-20"),
        ("4月末", "2026-04-30"),
        ("1月", "2027-01-31"),
    ] {
        assert_eq!(read_due(text).as_deref(), Some(day), "{text}");
    }
}
