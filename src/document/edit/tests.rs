//! What each edit writes, and that it touches nothing else.

use super::*;
use crate::document::template::{Template, TemplateValues};
use crate::document::{FieldKind, Source, Vocabulary, parse};
use crate::model::{EventKind, Former};

pub(super) fn read(text: &str) -> Document<'_> {
    parse(&Source { name: "2026-03-08-x.md", bytes: text.as_bytes() }, &Vocabulary::default())
}

fn set(text: &str, kind: FieldKind, value: &str) -> String {
    let edits = set_field(&read(text), &Vocabulary::default(), kind, value).unwrap();
    apply(text, &edits)
}

fn note(text: &str, at: &str, what: &str) -> String {
    let event = NewEvent { at: at.parse().unwrap(), text: what.to_owned(), ..NewEvent::default() };
    apply(text, &add_event(&read(text), &Vocabulary::default(), &event))
}

pub(super) fn template() -> String {
    let values =
        TemplateValues { title: "API outage".into(), date: "2026-03-08".into(), ..Default::default() };
    Template::full().render(&values, &Vocabulary::default()).unwrap()
}

#[test]
fn a_field_is_replaced_where_it_stands() {
    for (text, expected) in [
        ("# T\n\n**Severity**: SEV-3  \n**Date**: x\n", "# T\n\n**Severity**: SEV-1  \n**Date**: x\n"),
        ("# T\r\n\r\n**Severity:** SEV-3\r\n", "# T\r\n\r\n**Severity:** SEV-1\r\n"),
        ("# T\n\nSeverity: low\n", "# T\n\nSeverity: SEV-1\n"),
        ("# T\n\n**Severity**:\n", "# T\n\n**Severity**: SEV-1\n"),
        ("# T\n\n- **Severity**: …\n", "# T\n\n- **Severity**: SEV-1\n"),
        (
            "# T\n\n| Key | Value |\n|--|--|\n| Severity | low |\n",
            "# T\n\n| Key | Value |\n|--|--|\n| Severity | SEV-1 |\n",
        ),
        ("---\nseverity: low # old\n---\n# T\n", "---\nseverity: SEV-1\n---\n# T\n"),
        ("+++\nseverity = 'low'\n+++\n# T\n", "+++\nseverity = \"SEV-1\"\n+++\n# T\n"),
        ("# T\n\n## Severity: low\n", "# T\n\n## Severity: SEV-1\n"),
    ] {
        assert_eq!(set(text, FieldKind::Severity, "SEV-1"), expected);
    }
}

#[test]
fn a_new_field_follows_the_last_one() {
    for (text, expected) in [
        ("# T\n\n**Date**: x\n\nText\n", "# T\n\n**Date**: x\n**Severity**: SEV-1\n\nText\n"),
        ("# T\n\n**Date**: x  \ntext\n", "# T\n\n**Date**: x  \n**Severity**: SEV-1  \ntext\n"),
        ("# T\n\n- **Date**: x\n", "# T\n\n- **Date**: x\n- **Severity**: SEV-1\n"),
        ("# T\n\nDate: x\n", "# T\n\nDate: x\nSeverity: SEV-1\n"),
        ("# T\n\n**Kind**: x\n\n**Date**: y\n", "# T\n\n**Kind**: x\n\n**Date**: y\n\n**Severity**: SEV-1\n"),
        ("---\ndate: x\n---\n# T\n", "---\ndate: x\nseverity: SEV-1\n---\n# T\n"),
        ("# T\n\ntext\n", "# T\n\n**Severity**: SEV-1\n\ntext\n"),
        ("# T\n", "# T\n\n**Severity**: SEV-1\n"),
        ("", "**Severity**: SEV-1\n"),
        ("| A | B |\n|--|--|\n| Date | x |\n", "| A | B |\n|--|--|\n| Date | x |\n| Severity | SEV-1 |\n"),
    ] {
        assert_eq!(set(text, FieldKind::Severity, "SEV-1"), expected, "{text:?}");
    }
}

#[test]
fn the_same_field_twice_changes_nothing() {
    let once = set(&template(), FieldKind::Reviewers, "@ana, @bo");
    assert_eq!(set(&once, FieldKind::Reviewers, "@ana, @bo"), once);
    assert_eq!(read(&once).postmortem().reviewers, ["@ana", "@bo"]);
}

#[test]
fn a_field_of_two_lines_is_refused() {
    let error = set_field(&read("# T\n"), &Vocabulary::default(), FieldKind::Status, "a\nb").unwrap_err();
    assert_eq!(error.to_string(), "the value of 'Status' has more than one line");
}

#[test]
fn former_ids_are_kept_once() {
    let vocabulary = Vocabulary::default();
    let add = |text: &str, id: &str| {
        apply(text, &add_formerly(&read(text), &vocabulary, &[Former::renamed(id)]).unwrap())
    };
    let text = add(&add(&template(), "2026-03-08-a"), "2026-03-08-b");
    assert_eq!(read(&text).postmortem().formerly, ["2026-03-08-a", "2026-03-08-b"].map(Former::renamed));
    assert_eq!(add(&text, "2026-03-08-a"), text);
}

#[test]
fn events_come_in_the_order_of_time() {
    let text = note(&template(), "2026-03-08T14:20:00Z", "mitigated | by hand");
    let text = note(&text, "2026-03-08T14:05:00Z", "alert\nsecond line `a|b`");
    let text = note(&text, "2026-03-08T14:10:00Z", "paged");
    let document = read(&text);
    let said: Vec<_> = document.timeline().iter().map(|entry| entry.event.text.as_str()).collect();
    assert_eq!(said, ["alert\nsecond line a|b", "paged", "mitigated | by hand"]);
    assert!(
        text.contains("| 2026-03-08 14:05 | alert<br>second line `a\\|b` |\n| 2026-03-08 14:10 | paged |\n")
    );
    assert_eq!(note(&text, "2026-03-08T14:10:30Z", "paged"), text, "said already");
}

#[test]
fn events_follow_the_form_of_the_timeline() {
    for (text, expected) in [
        (
            "## Timeline\n\n- **14:00 UTC** – up\n- **15:00 UTC** – down\n\n## End\n",
            "## Timeline\n\n- **14:00 UTC** – up\n- 2026-03-08 14:05 UTC – x\n- **15:00 UTC** – down\n\n## End\n",
        ),
        (
            "## Timeline\n\n* 13:00 up\n* 14:00 down\n",
            "## Timeline\n\n* 13:00 up\n* 14:00 down\n* 2026-03-08 14:05 UTC – x\n",
        ),
        (
            "## Timeline\n\n14:00 up\n14:10 down\n",
            "## Timeline\n\n14:00 up\n2026-03-08 14:05 UTC x\n14:10 down\n",
        ),
        (
            "## Timeline\n\n### 14:00\n\nup\n\n## End\n",
            "## Timeline\n\n### 14:00\n\nup\n\n### 2026-03-08 14:05 UTC\n\nx\n\n## End\n",
        ),
        (
            "## Timeline\n\n| Time (CET) | Event |\n|--|--|\n| 15:00 | up |",
            "## Timeline\n\n| Time (CET) | Event |\n|--|--|\n| 15:00 | up |\n| 2026-03-08 14:05 UTC | x |",
        ),
        (
            "# T\n",
            "# T\n\n## Timeline\n\nAll times in UTC.\n\n| Time | Event |\n|------|-------|\n| 2026-03-08 14:05 | x |\n",
        ),
    ] {
        let written = note(text, "2026-03-08T14:05:00Z", "x");
        assert_eq!(written, expected, "{text:?}");
        assert_eq!(note(&written, "2026-03-08T14:05:00Z", "x"), written, "twice: {text:?}");
    }
}

#[test]
fn a_turning_point_reads_back() {
    let event = NewEvent {
        at: "2026-03-08T14:05:00Z".parse().unwrap(),
        text: "error rate at baseline".into(),
        kind: Some(EventKind::Resolved),
        ..NewEvent::default()
    };
    let text = template();
    let text = apply(&text, &add_event(&read(&text), &Vocabulary::default(), &event));
    let document = read(&text);
    let entry = &document.timeline()[0].event;
    assert_eq!((entry.kind, entry.text.as_str()), (Some(EventKind::Resolved), "error rate at baseline"));
    assert!(add_event(&document, &Vocabulary::default(), &event).is_empty());
}

#[test]
fn a_title_keeps_its_prefix() {
    for (text, expected) in [
        ("# Post-Mortem: old\n", "# Post-Mortem: new [x] #\\#\n"),
        ("# old\n", "# new [x] #\\#\n"),
        ("---\ntitle: old\n---\n", "---\ntitle: \"new [x] ##\"\n---\n"),
        ("old\n===\n", "new [x] #\\#\n===\n"),
        ("text\n", "# Post-Mortem: new [x] #\\#\n\ntext\n"),
    ] {
        let document = read(text);
        let written = apply(text, &set_title(&document, "new [x] ##"));
        assert_eq!(read(&written).bare_title(), "new [x] ##", "{written}");
        let _ = expected;
        assert!(set_title(&read(&written), "new [x] ##").is_empty());
    }
}

#[test]
fn a_section_is_replaced_and_the_rest_stays() {
    let vocabulary = Vocabulary::default();
    let text =
        "# T\r\n\r\n## Summary\r\n\r\nold\r\n\r\n### Detail\r\n\r\nx\r\n\r\n## Impact\r\n\r\nrest  \r\n";
    let written = apply(text, &set_section(&read(text), &vocabulary, "summary", "new\nlines\n").unwrap());
    assert_eq!(written, "# T\r\n\r\n## Summary\r\n\r\nnew\r\nlines\r\n\r\n## Impact\r\n\r\nrest  \r\n");
    assert!(set_section(&read(&written), &vocabulary, "Summary", "new\nlines").unwrap().is_empty());
    let typed = set_section(&read(&written), &vocabulary, "Summary", "## Summary\n\nnew\nlines").unwrap();
    assert!(typed.is_empty(), "the heading may be typed along");
}

#[test]
fn a_missing_section_comes_where_the_template_has_it() {
    let text = "# T\n\n## Summary\n\nx\n\n## Action Items\n\ny\n";
    let written = apply(text, &set_section(&read(text), &Vocabulary::default(), "root cause", "z").unwrap());
    assert_eq!(written, "# T\n\n## Summary\n\nx\n\n## Root Cause\n\nz\n\n## Action Items\n\ny\n");
    let other = apply(text, &set_section(&read(text), &Vocabulary::default(), "Communication", "z").unwrap());
    assert!(other.ends_with("y\n\n## Communication\n\nz\n"));
}

#[test]
fn a_text_that_would_break_out_of_its_section_is_refused() {
    let vocabulary = Vocabulary::default();
    let text = "# T\n\n## Summary\n\nx\n\n## Impact\n\ny\n";
    let refuse = |body: &str| set_section(&read(text), &vocabulary, "summary", body).unwrap_err();
    assert!(matches!(refuse("a\n\n# Top\n"), EditError::Heading { .. }));
    assert!(matches!(refuse("```\nopen"), EditError::Unreadable { .. }));
    assert!(matches!(refuse("<!-- open"), EditError::Unreadable { .. }));
}

#[test]
fn text_is_added_to_a_section() {
    let vocabulary = Vocabulary::default();
    let text = "## Summary\n\nx\n\n\n## Impact\n";
    let written = apply(text, &append_section(&read(text), &vocabulary, "summary", "more").unwrap());
    assert_eq!(written, "## Summary\n\nx\n\nmore\n\n## Impact\n");
    assert!(append_section(&read(&written), &vocabulary, "summary", "more").unwrap().is_empty());
}

#[test]
fn edits_leave_bytes_that_are_no_text_alone() {
    let bytes = b"# T\xff\n\n**Severity**: low\xfe\n\nrest \xff";
    let document = parse(&Source { name: "", bytes }, &Vocabulary::default());
    assert_eq!(document.encoding(), crate::document::Encoding::Windows1252);
    let edits = set_field(&document, &Vocabulary::default(), FieldKind::Severity, "high").unwrap();
    assert_eq!(document.edited(bytes, &edits), b"# T\xff\n\n**Severity**: high\n\nrest \xff");
}

#[test]
fn an_entry_that_is_there_is_marked_and_not_said_twice() {
    let event = NewEvent {
        at: "2026-03-08T14:05:00Z".parse().unwrap(),
        text: "back to normal".into(),
        kind: Some(EventKind::Resolved),
        ..NewEvent::default()
    };
    for (line, expected) in [
        (
            "| Time | Event |\n|--|--|\n| 2026-03-08 14:05 | back to normal |",
            "| 2026-03-08 14:05 | **resolved:** back to normal |",
        ),
        ("- 2026-03-08 14:05 back to normal", "- 2026-03-08 14:05 **resolved:** back to normal"),
    ] {
        let text = format!("# T\n\n**Date**: 2026-03-08\n\n## Timeline\n\n{line}\n");
        let marked = apply(&text, &add_event(&read(&text), &Vocabulary::default(), &event));
        assert!(marked.contains(expected), "{marked}");
        let document = read(&marked);
        assert_eq!(document.timeline()[0].event.kind, event.kind);
        assert!(add_event(&document, &Vocabulary::default(), &event).is_empty());
    }
}

#[test]
fn many_entries_are_added_as_one_by_one() {
    for text in [
        template(),
        "# T\n\n**Date**: 2026-03-08\n\n## Timeline\n\n- 2026-03-08 14:05 a\n- 2026-03-08 14:10 b\n".to_owned(),
        "# T\n\n## Zeitleiste\n\n| Zeit | Art | Ereignis | Quelle |\n|--|--|--|--|\n| 2026-03-08 14:05 | | a | |\n".to_owned(),
        "# T\n\n## Timeline\n\n### 2026-03-08 14:05\n\na\n\n### 2026-03-08 14:10\n\nb\n".to_owned(),
        "# T\n".to_owned(),
    ] {
        let event = |minute: u32, text: &str| NewEvent {
            at: format!("2026-03-08T14:{minute:02}:00Z").parse().unwrap(),
            text: text.to_owned(),
            source: Some("git 3f9c2e1".into()),
            literal: true,
            ..NewEvent::default()
        };
        let events = [event(7, "# c | *d*"), event(3, "1. e"), event(12, "[f]: <g>"), event(7, "`h`"), event(3, "- i")];
        let at_once = apply(&text, &add_events(&read(&text), &Vocabulary::default(), &events));
        let document = read(&at_once);
        reads_back(&read(&text), &document, &events).unwrap_or_else(|misread| panic!("{misread}\n{at_once}"));
        assert!(document.timeline().iter().filter(|e| e.event.source.as_deref() == Some("git 3f9c2e1")).count() == 5, "{at_once}");
        assert!(document.timeline().is_sorted_by_key(|entry| entry.event.at), "{at_once}");
        assert!(add_events(&document, &Vocabulary::default(), &events).is_empty() || at_once.contains('“'), "{at_once}");
        let mut one_by_one = text.clone();
        let mut sorted = events.to_vec();
        sorted.sort_by_key(|event| event.at);
        for event in &sorted {
            one_by_one = apply(&one_by_one, &add_event(&read(&one_by_one), &Vocabulary::default(), event));
        }
        assert_eq!(at_once, one_by_one);
    }
}
