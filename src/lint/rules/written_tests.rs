//! What mends: rows in the order of time, guidance taken out; and nothing else is touched.

use super::*;
use crate::config::Config;
use crate::document::edit::{Edit, apply};
use crate::document::{Source, Vocabulary, parse};
use crate::lint::{Look, Note, Surroundings};

fn notes(rule: &Rule, text: &str) -> Vec<Note> {
    let (vocabulary, config, around) = (Vocabulary::default(), Config::default(), Surroundings::default());
    let document = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &vocabulary);
    let postmortem = document.postmortem();
    let look = Look::new(&document, &postmortem, &vocabulary, &config, &around);
    let mut notes = Vec::new();
    (rule.check)(&look, &mut notes);
    notes
}

fn mended(rule: &Rule, text: &str) -> String {
    let edits: Vec<Edit> = notes(rule, text).into_iter().flat_map(|note| note.fix).collect();
    let mended = apply(text, &edits);
    assert!(edits.is_empty() || notes(rule, &mended).is_empty(), "{mended}");
    mended
}

const ROWS: &str = "## Timeline\r\n\r\n| Time | Event |\r\n|---|---|\r\n\
    | 2026-03-08 14:05 UTC | alert |\r\n\
    | 2026-03-08 14:45 UTC |  resolved   |\r\n\
    | 2026-03-08 14:20 UTC | rolled back |\r\n\
    | 2026-03-08 14:20 UTC | and told |\r\n\r\nAfter it.\r\n";

#[test]
fn rows_that_tell_their_day_are_sorted_and_keep_their_bytes() {
    let sorted = "## Timeline\r\n\r\n| Time | Event |\r\n|---|---|\r\n\
        | 2026-03-08 14:05 UTC | alert |\r\n\
        | 2026-03-08 14:20 UTC | rolled back |\r\n\
        | 2026-03-08 14:20 UTC | and told |\r\n\
        | 2026-03-08 14:45 UTC |  resolved   |\r\n\r\nAfter it.\r\n";
    assert_eq!(mended(&pm401_timeline_order::RULE, ROWS), sorted);
    assert_eq!(mended(&pm401_timeline_order::RULE, sorted), sorted);
}

#[test]
fn rows_whose_place_says_something_are_left_to_the_author() {
    for text in [
        // Which day it is, the place says.
        ROWS.replace("2026-03-08 ", ""),
        // A row that is no entry stands between them.
        ROWS.replace("| 2026-03-08 14:20 UTC | rolled back |", "| | meanwhile |"),
        // The zone of the second is that of the first.
        ROWS.replace("14:05 UTC", "14:05 CET").replace("14:45 UTC", "14:45"),
    ] {
        assert_eq!(mended(&pm401_timeline_order::RULE, &text), text);
    }
}

#[test]
fn guidance_goes_with_its_line_and_other_comments_stay() {
    let text = "## Lessons Learned\n\n<!-- What should the next team know? -->\n\nLimits. <!-- mine -->\n";
    let without = "## Lessons Learned\n\nLimits. <!-- mine -->\n";
    assert_eq!(mended(&pm210_guidance_left::RULE, text), without);
}

#[test]
fn a_document_of_nothing_is_judged_without_a_fall() {
    for text in [
        "",
        "\u{feff}",
        "\n\n",
        "---\n---",
        "#",
        "| a |\n|---|",
        "## Timeline\n- 9",
        "## 5 Whys\n?\n?",
        "[",
        "<",
        "…",
    ] {
        for rule in ALL {
            notes(rule, text)
                .into_iter()
                .for_each(|note| assert!(text.get(note.span).is_some(), "{}: {text}", rule.code));
        }
    }
}
