//! Metadata in the layouts that teams use: each text says the same.

use crate::document::{Source, Vocabulary, parse};
use crate::model::{Fact, Postmortem, SectionKind};

fn read(text: &str) -> Postmortem {
    parse(&Source { name: "outage.md", bytes: text.as_bytes() }, &Vocabulary::default()).into_postmortem()
}

#[test]
fn fields_are_read_in_every_layout() {
    for text in [
        "# API outage\n\n**Date:** 2026-03-08 | **Severity:** SEV-2 | **Author:** Ana Lee | **Duration:** 90 minutes\n",
        "# API outage\n\n**Date:** 2026-03-08 · **Severity**: SEV-2 · **Author:** Ana Lee · **Duration:** 90 minutes\n",
        "# API outage\n\nDate: 2026-03-08 | Severity: SEV-2 | Author: Ana Lee | Duration: 90 minutes\n",
        "# API outage\n\n- **Date** - 2026-03-08\n- **Severity** – SEV-2\n- **Author** — Ana Lee\n- **Duration** - 1:30\n",
        "# API outage\n\n> **Date:** 2026-03-08\n> **Severity:** SEV-2\n> **Author:** Ana Lee\n> **Duration:** 90 min\n",
        "# API outage\n\n| Date | 2026-03-08 | Severity | SEV-2 |\n|--|--|--|--|\n| Author | Ana Lee | Duration | 1h30 |\n",
        "---\nincidentDate: 2026-03-08\nincident_severity: SEV-2\nauthors:\n  - name: Ana Lee\n    mail: a@b.c\nimpact:\n  duration: 90m\n---\n# API outage\n",
        "# API outage\n\n## Summary\n\nIt broke.\n\n## Lessons\n\nMany.\n\n---\n\nDate: 2026-03-08\nSeverity: SEV-2\nAuthor: Ana Lee\nDuration: 90 minutes\n",
        "# API outage\n\n## Date\n\n8–9 March 2026\n\n## Severity\n\nSEV-2\n\n## Authors\n\n- Ana Lee\n\n## Duration\n\n1.5h\n",
        "# API outage\n\n**Authors:**\n\n- Ana Lee\n\n**Date:** March 8–9, 2026\n\n**Severity:** 2\n\n**Duration:** 90'\n",
        "API outage\n\nDate: 8-MAR-2026<br>\nSeverity: sev 2<br>\nAuthor: Ana Lee<br>\nDuration: 90 MIN\n",
    ] {
        let text = text
            .replace("1h30 |", "1 h 30 m |")
            .replace("90'", "90 m")
            .replace("**Severity:** 2\n", "**Severity:** SEV2\n");
        let read = read(&text);
        assert_eq!(read.title, "API outage", "{text}");
        assert_eq!(read.date.map(|day| day.to_string()).as_deref(), Some("2026-03-08"), "{text}");
        assert_eq!(read.severity.and_then(|grade| grade.rank), Some(1), "{text}");
        assert_eq!(read.authors, ["Ana Lee"], "{text}");
        assert_eq!(read.duration_minutes, Some(90), "{text}");
        assert_eq!(read.inferred, [], "{text}");
    }
}

#[test]
fn what_is_concluded_says_so() {
    let title = read("# [SEV-2] API outage (2026-03-08)\n\nWritten by Ana Lee\n");
    assert_eq!((title.title.as_str(), title.severity.unwrap().rank), ("API outage", Some(1)));
    assert_eq!(title.authors, ["Ana Lee"]);
    assert_eq!(title.inferred, [Fact::Date, Fact::Severity]);
    let line = read(
        "# API outage\n\n*2026-03-08 · SEV-2 · written by Ana Lee, reviewed by Bo Berg and the finance team*\n",
    );
    assert_eq!((line.authors, line.reviewers), (vec!["Ana Lee".to_owned()], vec!["Bo Berg".to_owned()]));
    assert_eq!(line.severity.and_then(|grade| grade.rank), Some(1));
    for text in [
        "- Start: 2026-03-08 14:05 UTC\n- End: 2026-03-08 15:35 UTC\n",
        "- Started at: 2026-03-08 16:05 CEST\n- Resolved at: 15:35 UTC\n",
        "- Date: 2026-03-08 14:05 – 15:35 UTC\n",
        "- Date: 2026-03-08, from 23:05\n- End: 2026-03-09 00:35\n",
    ] {
        let read = read(text);
        assert_eq!(
            (read.duration_minutes, read.inferred.as_slice()),
            (Some(90), &[Fact::Duration][..]),
            "{text}"
        );
    }
    for text in [
        "- Start: 2026-03-08\n- End: 2026-03-09\n",
        "- Date: 2026-03-08 14:05\n- Duration: unknown\n- End: 15:35\n",
    ] {
        assert_eq!(read(text).duration_minutes, None, "{text}");
    }
}

#[test]
fn people_are_told_apart_in_every_language() {
    for (value, people) in [
        ("@ana @bo", &["@ana", "@bo"][..]),
        ("Ana Lee und Bo Kim", &["Ana Lee", "Bo Kim"]),
        ("Ana Lee et Bo Kim", &["Ana Lee", "Bo Kim"]),
        ("Ana Lee / Bo Kim, Cy", &["Ana Lee", "Bo Kim", "Cy"]),
        ("[Ana Lee](mailto:ana@example.org), [@bo](https://example.org/bo)", &["Ana Lee", "@bo"]),
    ] {
        assert_eq!(read(&format!("# T\n\nAuthors: {value}\n")).authors, people, "{value}");
    }
}

#[test]
fn a_line_of_text_may_be_the_heading_of_a_section() {
    for (open, close) in [("**", "**"), ("**", ":**"), ("", ":"), ("__", "__:"), ("**1. ", "**")] {
        let label = |name: &str| format!("{open}{name}{close}\n\n");
        let text = format!(
            "# 2026-03-08 outage\n\n{}It broke.\n\n{}- 14:05 alert\n- 14:10 fixed\n\n{}- Add an index (@ana)\n\n## Appendix\n\n- no item\n",
            label("Summary"),
            label("Timeline"),
            label("Action Items")
        );
        let read = read(&text);
        let kinds =
            [SectionKind::Summary, SectionKind::Timeline, SectionKind::ActionItems].map(|kind| (kind, true));
        assert_eq!(read.sections, kinds, "{text}");
        let vocabulary = Vocabulary::default();
        let document = parse(&Source { name: "outage.md", bytes: text.as_bytes() }, &vocabulary);
        assert_eq!((document.timeline().len(), read.actions.len()), (2, 1), "{text}");
        assert_eq!(read.actions[0].owner.as_deref(), Some("@ana"));
    }
    let below = "## Impact\n\n**Root cause:**\n\n- x\n\n**Actions:**\n\n- no item of ours\n";
    assert_eq!(read(below).sections, [(SectionKind::Impact, true)], "a label below a section is part of it");
}

#[test]
fn the_order_of_numbers_is_told_by_other_dates() {
    let day = |text: &str| read(text).date.map(|day| day.to_string());
    let due = "\n\n## Actions\n\n- Add an index by ";
    assert_eq!(day(&format!("Date: 03/08/2026{due}03/25/2026")).as_deref(), Some("2026-03-08"));
    assert_eq!(day(&format!("Date: 08/03/2026{due}25/03/2026")).as_deref(), Some("2026-03-08"));
    assert_eq!(day("Date: 03/08/2026\n\nOn 2026-03-08 it broke.").as_deref(), Some("2026-03-08"));
    assert_eq!(
        day("Datum: 08/03/2026\n\nDer Dienst war nicht da, und wir haben es nach einer Stunde gesehen.")
            .as_deref(),
        Some("2026-03-08")
    );
    let unclear = read("Date: 03/08/2026\n");
    assert_eq!(unclear.date, None);
    assert_eq!(unclear.unclear_date.unwrap().to_string(), "'03/08/2026' may be 2026-08-03 or 2026-03-08");
}

#[test]
fn a_line_of_very_many_labels_is_read_in_one_pass() {
    // Were the line looked at once for each label, this test would take minutes.
    let read =
        read(&format!("# API outage\n\n**Author:** Ana Lee {}\n", "**Severity:** SEV-2 ".repeat(40_000)));
    assert_eq!(
        (read.authors.as_slice(), read.severity.unwrap().rank),
        (&["Ana Lee".to_owned()][..], Some(1))
    );
}
