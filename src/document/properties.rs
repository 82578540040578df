//! What must hold for every text: it parses, its places lie inside, edits touch only their span, what is written
//! reads back.

use proptest::prelude::*;

use super::edit::{self, NewEvent, apply};
use super::places::check_places;
use super::template::{Template, TemplateValues};
use super::{Document, FieldKind, Source, Vocabulary, parse};

/// Text made of what documents are made of, so that chance builds tables, lists and fences.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("# ".to_owned()),
        Just("## Timeline\n\n".to_owned()),
        Just("## Action Items\n\n".to_owned()),
        Just("**Date**: ".to_owned()),
        Just("| # | Action | Owner |\n|---|---|---|\n".to_owned()),
        Just("| Time | Event |\n|--|--|\n".to_owned()),
        Just("- [ ] ".to_owned()),
        Just("  - ".to_owned()),
        Just("1. ".to_owned()),
        Just("| ".to_owned()),
        Just(" | ".to_owned()),
        Just("```\n".to_owned()),
        Just("`".to_owned()),
        Just("**".to_owned()),
        Just("~~".to_owned()),
        Just("<!-- ".to_owned()),
        Just(" -->".to_owned()),
        Just("---\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("> ".to_owned()),
        Just("2026-03-08 ".to_owned()),
        Just("14:05 UTC ".to_owned()),
        Just("Owner: @ana, ".to_owned()),
        Just("due 8 March ".to_owned()),
        Just("✅ ".to_owned()),
        Just("[a](http://x)".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("&amp;".to_owned()),
        Just("\\|".to_owned()),
        Just("<br>".to_owned()),
        Just("Severity: ".to_owned()),
        Just("（済）".to_owned()),
        Just("２".to_owned()),
        "[a-z ]{1,8}",
        "\\PC{1,4}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn read(text: &str) -> Document<'_> {
    parse(&Source { name: "2026-03-08-x.md", bytes: text.as_bytes() }, vocabulary())
}

fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: std::sync::OnceLock<Vocabulary> = std::sync::OnceLock::new();
    VOCABULARY.get_or_init(Vocabulary::default)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_parses_and_every_place_lies_inside(text in markdown()) {
        check_places(text.as_bytes());
    }

    #[test]
    fn any_bytes_parse(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        check_places(&bytes);
    }

    #[test]
    fn an_event_reads_back_in_any_document(text in markdown(), said in "[a-zA-Z0-9 |\\\\<>&;:.,/(){}$%=+'\"\n-]{1,40}") {
        let event = NewEvent { at: "2026-03-08T14:05:00Z".parse().unwrap(), text: said.clone(), ..NewEvent::default() };
        let edits = edit::add_event(&read(&text), vocabulary(), &event);
        let after = apply(&text, &edits);
        prop_assert!(edits.len() <= 1);
        if let [edit] = edits.as_slice() {
            prop_assert!(edit.span.is_empty(), "an insertion");
            prop_assert_eq!(format!("{}{}", &after[..edit.span.start], &after[edit.span.start + edit.text.len()..]), text);
        }
    }

    #[test]
    fn a_cell_reads_back_equal(said in "[a-zA-Z0-9 |\\\\<>&;:.,/(){}$%=+'\"\n-]{1,40}") {
        let text = filled();
        let event = NewEvent { at: "2026-03-08T14:05:00Z".parse().unwrap(), text: said.clone(), ..NewEvent::default() };
        let after = apply(&text, &edit::add_event(&read(&text), vocabulary(), &event));
        let document = read(&after);
        let entries = document.timeline();
        prop_assert_eq!(entries.len(), 1);
        prop_assert_eq!(lines(&entries[0].event.text), lines(&said), "{}", after);
        prop_assert!(edit::add_event(&document, vocabulary(), &event).is_empty() || said.trim().is_empty() || entries[0].event.text != said.trim());
    }

    #[test]
    fn code_in_a_cell_reads_as_it_does_in_a_line(said in "[a-c`|\\\\ ]{1,24}") {
        let table = format!("## Timeline\n\n| Time | Event |\n|--|--|\n| 14:05 | x {} y |\n", super::escape::escape_cell(&said));
        let line = format!("## Timeline\n\n14:05 x {} y\n", super::escape::escape_line(&said));
        let (table, line) = (read(&table), read(&line));
        prop_assert_eq!(&table.timeline()[0].event.text, &line.timeline()[0].event.text);
    }

    #[test]
    fn a_field_reads_back_equal(value in "[a-zA-Z0-9@|\\\\<>&;.,/(){}$%=+'\" -]{1,40}") {
        let value = value.trim();
        for text in [filled(), "---\nstatus: x\n---\n# T\n".into(), "| Status | x |\n|--|--|\n".into(), "Status: x\n".into()] {
            let edits = edit::set_field(&read(&text), vocabulary(), FieldKind::Status, value).unwrap();
            let after = apply(&text, &edits);
            let document = read(&after);
            let field = document.field(FieldKind::Status).expect("it was just written");
            prop_assert_eq!(&field.value.value, value, "{}", after);
        }
    }

    #[test]
    fn a_section_changes_nothing_around_it(text in markdown(), body in markdown()) {
        if let Ok(edits) = edit::set_section(&read(&text), vocabulary(), "Timeline", &body) {
            let after = apply(&text, &edits);
            if let [edit] = edits.as_slice() {
                prop_assert!(after.starts_with(&text[..edit.span.start]) && after.ends_with(&text[edit.span.end..]));
            }
            let document = read(&after);
            let section = document.section_named("Timeline", vocabulary()).expect("it was just written");
            // What was typed may have begun with the heading.
            let said = after[section.body.clone()].replace("\r\n", "\n");
            prop_assert!(body.replace("\r\n", "\n").trim_end().ends_with(said.trim()), "{after}");
        }
    }

    #[test]
    fn a_new_document_says_what_it_was_filled_with(title in "[a-zA-Z0-9 |\\\\<>&;.,/(){}$%=+'\"#-]{0,30}[a-zA-Z]", author in "@[a-z]{1,9}") {
        // `@na` and `@tbd` say that there is nobody.
        prop_assume!(!vocabulary().is_placeholder(&author));
        let values = TemplateValues {
            title: title.clone(), date: "2026-03-08".into(), severity: "SEV-2".into(), duration: "1.5 hours".into(),
            author: author.clone(), ..Default::default()
        };
        for template in [Template::full(), Template::brief()] {
            let text = template.render(&values, vocabulary()).unwrap();
            let document = read(&text);
            let written = document.title().expect("a title").value.clone();
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(written, format!("Post-Mortem: {}", words(&title)), "{}", text);
            prop_assert!(document.timeline().is_empty());
            let postmortem = document.into_postmortem();
            prop_assert_eq!(postmortem.date.unwrap().to_string(), "2026-03-08");
            prop_assert_eq!(postmortem.severity.unwrap().rank, Some(1));
            prop_assert_eq!(postmortem.duration_minutes, Some(90));
            prop_assert_eq!(postmortem.authors, vec![author.clone()]);
            prop_assert!(postmortem.actions.is_empty());
        }
    }
}

fn filled() -> String {
    let values =
        TemplateValues { title: "API outage".into(), date: "2026-03-08".into(), ..Default::default() };
    Template::full().render(&values, vocabulary()).unwrap()
}

/// Line by line, without the blanks that markdown drops at the ends of lines.
fn lines(text: &str) -> Vec<String> {
    text.trim().lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn hostile_texts_are_read() {
    let nested = "> ".repeat(2000) + "x";
    let deep = (0..400).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect::<String>();
    let headings = "# a\n".repeat(20_000);
    let cells = format!("## Action Items\n\n|{}\n|{}\n", " a |".repeat(3000), "--|".repeat(3000));
    let rows = format!("## Actions\n\n| # | Action |\n|--|--|\n{}", "| 1 | x |\n".repeat(10_000));
    let ticks = "`".repeat(20_000) + "a";
    let stars = "**a ".repeat(20_000);
    let colons = format!("## Actions\n\n- {}", "a: ".repeat(20_000));
    let brackets = format!("## Actions\n\n- {}", "(x)".repeat(20_000));
    for text in [nested, deep, headings, cells, rows, ticks, stars, colons, brackets] {
        check_places(text.as_bytes());
    }
}
