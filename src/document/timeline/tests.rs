//! Timelines in the layouts that teams use.

use crate::document::{Source, Vocabulary, parse};

/// Each entry: the instant in UTC, the time as written, the text.
fn entries(text: &str) -> Vec<String> {
    let text = format!("# 2026-03-08 outage\n\n{text}\n");
    let vocabulary = Vocabulary::default();
    let document = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &vocabulary);
    let show = |entry: &crate::document::TimelineEntry| {
        let event = &entry.event;
        let at = event.at.map_or("-".to_owned(), |at| at.format("%m-%d %R").to_string());
        format!("{at} [{}] {}", event.written, event.text)
    };
    document.timeline().iter().map(show).collect()
}

#[test]
fn entries_are_read_in_every_layout() {
    for text in [
        "## Timeline\n\n- 14:05 alert\n- 14:10 fixed",
        "## Timeline\n\n1. 14:05 alert\n2. 14:10 fixed",
        "## Timeline\n\n* **14:05** – alert\n* **14:10**: fixed",
        "## Timeline\n\n14:05: alert\n\n14:10: fixed",
        "## Timeline\n\n14:05 - alert\n14:10 - fixed",
        "## Timeline\n\n### 14:05 - alert\n\nIt rang.\n\n### 14:10\n\nfixed",
        "## Timeline\n\n| Time | Event |\n|--|--|\n| 14:05 | alert |\n| 14:10 | fixed |",
        "## Timeline\n\n| What | When |\n|--|--|\n| alert | 14:05 |\n| fixed | 14:10 |",
        "**Timeline**\n\n- 14:05 alert\n- 14:10 fixed",
        "| Incident | x |\n|--|--|\n\n## Timeline\n\n- 2026-03-08\n  - 14:05 alert\n  - 14:10 fixed",
    ] {
        assert_eq!(entries(text), ["03-08 14:05 [14:05] alert", "03-08 14:10 [14:10] fixed"], "{text}");
    }
}

#[test]
fn a_span_of_time_is_no_zone() {
    for (span, first) in [
        ("13:30-13:45", "13:30"),
        ("10:05-10:30", "10:05"),
        ("9:00-12:15", "09:00"),
        ("10:00-11:00", "10:00"),
    ] {
        let read = entries(&format!("## Timeline\n\n- {span} launches at zero"));
        assert!(read[0].starts_with(&format!("03-08 {first} ")), "{read:?}");
    }
    assert_eq!(entries("## Timeline\n\n- 14:05-05:00 alert"), ["03-08 19:05 [14:05-05:00] alert"]);
    assert_eq!(entries("## Timeline\n\n- 2026-03-08T02:05-05:00 alert")[0][..11], *"03-08 07:05");
    assert_eq!(entries("## Timeline\n\n- 14:05-03:30 alert"), ["03-08 17:35 [14:05-03:30] alert"]);
    assert_eq!(entries("## Timeline\n\n- 14:05+05:45 alert"), ["03-08 08:20 [14:05+05:45] alert"]);
}

#[test]
fn days_are_carried_over() {
    let expected = ["03-08 23:50 [23:50] alert", "03-09 00:10 [00:10] fixed"];
    for text in [
        "- 23:50 alert\n- 00:10 fixed",
        "**Sunday, March 8**\n\n- 23:50 alert\n\n**Monday, March 9**\n\n- 00:10 fixed",
        "### Day 1 - 8 March 2026\n\n23:50 - alert\n\n### Day 2 - 9 March 2026\n\n00:10 - fixed",
        "| Time | Event |\n|--|--|\n| **2026-03-08** | |\n| 23:50 | alert |\n| **March 9** | |\n| 00:10 | fixed |",
        "| Date | Time | Event |\n|--|--|--|\n| 03/08 | 23:50 | alert |\n| 03/09 | 00:10 | fixed |",
        "| Date | Time | Event |\n|--|--|--|\n| 8.3. | 23:50 | alert |\n| 9.3. | 00:10 | fixed |",
    ] {
        assert_eq!(entries(&format!("## Timeline\n\n{text}")), expected, "{text}");
    }
}

#[test]
fn zones_become_utc_and_the_original_stays() {
    for (text, expected) in [
        ("14:05 CET alert\n15:05 fixed", &["03-08 13:05 [14:05 CET] alert", "03-08 14:05 [15:05] fixed"][..]),
        ("14:05 CET (13:05 UTC) alert", &["03-08 13:05 [14:05 CET (13:05 UTC)] alert"]),
        ("08:10 ET / 13:10 UTC fixed", &["03-08 13:10 [08:10 ET / 13:10 UTC] fixed"]),
        ("Alle Zeiten in MEZ.\n\n14.05 Uhr Alarm", &["03-08 13:05 [14.05 Uhr] Alarm"]),
        ("Times are Europe/Berlin time.\n\n14:05 alert", &["03-08 13:05 [14:05] alert"]),
        ("Times are CST.\n\n14:05 alert", &["- [14:05] alert"]),
        ("2:05 p.m. EST alert", &["03-08 19:05 [2:05 p.m. EST] alert"]),
        ("1405 UTC alert", &["03-08 14:05 [1405 UTC] alert"]),
        ("14 h 05 alerte", &["03-08 14:05 [14 h 05] alerte"]),
        ("14時05分 復旧", &["03-08 14:05 [14時05分] 復旧"]),
        (
            "| Time (PST) | Time (UTC) | Event |\n|--|--|--|\n| 06:05 | 14:05 | alert |",
            &["03-08 14:05 [06:05] alert"],
        ),
    ] {
        assert_eq!(entries(&format!("## Timeline\n\n{text}")), expected, "{text}");
    }
}

#[test]
fn what_cannot_be_placed_keeps_its_order() {
    let text = "## Timeline\n\n- T+0 alert\n- T+5m paged\n- [???] somebody looked\n- ??:?? somebody else\n- 14:10 fixed";
    let read = entries(text);
    assert_eq!(
        read,
        [
            "- [T+0] alert",
            "- [T+5m] paged",
            "- [???] somebody looked",
            "- [??:??] somebody else",
            "03-08 14:10 [14:10] fixed"
        ]
    );
    let points = "## Timeline\n\n- Detected: 14:05 UTC\n- Resolved: 14:20 UTC";
    assert_eq!(entries(points), ["03-08 14:05 [14:05 UTC] Detected", "03-08 14:20 [14:20 UTC] Resolved"]);
}
