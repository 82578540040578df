//! Moments that entries open with.

use super::*;
use crate::document::Vocabulary;

fn read(text: &str) -> Option<(String, String)> {
    let vocabulary = Vocabulary::default();
    let day = NaiveDate::from_ymd_opt(2026, 3, 8);
    let stamp = stamp(text, Calendar::new(&vocabulary, None))?;
    let instant = stamp.instant(day, None).map_or_else(String::new, |at| at.format("%F %R").to_string());
    Some((instant, text[stamp.end..].to_owned()))
}

#[test]
fn entries_open_with_a_moment() {
    for (text, instant, rest) in [
        ("14:05 alert", "2026-03-08 14:05", " alert"),
        ("🕐 14:05 alert", "2026-03-08 14:05", " alert"),
        ("10.21 JC reported", "2026-03-08 10:21", " JC reported"),
        ("[08:47] merged", "2026-03-08 08:47", "] merged"),
        ("5:00 PM", "2026-03-08 17:00", ""),
        ("12:10 am", "2026-03-08 00:10", ""),
        ("5pm", "2026-03-08 17:00", ""),
        ("16:42 GST: mismatch", "2026-03-08 12:42", ": mismatch"),
        ("2026-03-09 16:30", "2026-03-09 16:30", ""),
        ("2026-03-09T16:30Z up", "2026-03-09 16:30", " up"),
        ("2026-03-09T16:30:00+02:00", "2026-03-09 14:30", ""),
        ("09-03-2026 04:45 - paged", "2026-03-09 04:45", " - paged"),
        ("Jan 14, 2026, 10:18 AM", "2026-01-14 10:18", ""),
        ("2026-03-09 ca. 18:30", "2026-03-09 18:30", ""),
        ("<2026-03-09 Mon 18:30> up", "2026-03-09 18:30", "> up"),
        ("2026年3月9日(月) 18:30 復旧", "2026-03-09 18:30", " 復旧"),
        ("10:52–11:05 UTC looked", "2026-03-08 10:52", " looked"),
        ("10:00 ET", "2026-03-08 14:00", ""),
        ("10:00 Europe/Berlin: up", "2026-03-08 09:00", ": up"),
        ("10:00 CST", "", ""),
        ("2026-03-09", "", ""),
    ] {
        assert_eq!(read(text), Some((instant.to_owned(), rest.to_owned())), "{text}");
    }
}

#[test]
fn other_numbers_are_no_moments() {
    for text in ["10 users", "1.2.3 released", "25:00", "99.99 % up", "We saw it at 10:20", "", "???"] {
        assert_eq!(read(text), None, "{text}");
    }
}
