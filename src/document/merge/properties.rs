//! What holds for any texts: a side that changed nothing has no say, and what either side added is there.

use proptest::prelude::*;

use super::*;

/// Lines that documents are made of.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        2 => prop::sample::select(vec!["# T", "## A", "## B", "### C", "## Timeline", "## Action Items"]).prop_map(str::to_owned),
        3 => "[a-c] [a-c]",
        3 => prop::sample::select(vec!["- x", "- y z", "1. x", "2. y", "1.", "- [ ] do", "- [x] do", "  more", "- **L**: v"]).prop_map(str::to_owned),
        2 => Just("| # | Action | Owner |\n|---|---|---|\n| 1 | a | b |".to_owned()),
        2 => Just("| Time | Event |\n|---|---|\n| 10:00 | a |".to_owned()),
        3 => ("[1-3]", "[a-c]{1,2}", "[a-b]?").prop_map(|(number, text, owner)| format!("| {number} | {text} | {owner} |")),
        1 => ("1[0-2]:00", "[a-c]").prop_map(|(time, text)| format!("| {time} | {text} |")),
        1 => prop::sample::select(vec!["**Date**: 2026-01-01", "**Severity**: SEV-1", "Author: @a", "Author: @b", "```", "<!-- c -->", "<!--", "> q", "---", "===", "\u{feff}"]).prop_map(str::to_owned),
    ]
}

/// A text, and two that somebody made of it.
fn texts() -> impl Strategy<Value = [String; 3]> {
    let edits = || prop::collection::vec((0_usize..30, 0_u8..3, line()), 0..5);
    (prop::collection::vec(line(), 0..24), edits(), edits(), any::<bool>()).prop_map(
        |(lines, ours, theirs, end)| {
            let make = |edits: &[(usize, u8, String)]| {
                let mut lines = lines.clone();
                for (at, what, line) in edits {
                    let at = at % (lines.len() + 1);
                    match what {
                        0 => lines.insert(at, line.clone()),
                        1 if at < lines.len() => lines[at].clone_from(line),
                        _ if at < lines.len() => drop(lines.remove(at)),
                        _ => {}
                    }
                }
                let text = lines.join("\n");
                if end { text + "\n" } else { text }
            };
            [make(&[]), make(&ours), make(&theirs)]
        },
    )
}

fn joined(base: &str, ours: &str, theirs: &str) -> (String, Merged) {
    let sides =
        Sides { name: "x.md", base: base.as_bytes(), ours: ours.as_bytes(), theirs: theirs.as_bytes() };
    let policy = Policy::Mark { ours: "ours", theirs: "theirs" };
    let merged = merge(&sides, policy, vocabulary()).unwrap();
    (String::from_utf8(merged.bytes.clone()).unwrap(), merged)
}

fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: std::sync::OnceLock<Vocabulary> = std::sync::OnceLock::new();
    VOCABULARY.get_or_init(Vocabulary::default)
}

/// Words of a text; marks and numbers of rows, which may change, aside.
fn words(text: &str) -> std::collections::BTreeSet<String> {
    let words = text
        .split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | '\u{feff}'))
        .filter(|word| !word.is_empty());
    let is_number = |word: &str| word.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit());
    let is_mark = |word: &str| word.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'<' | b'>'));
    words.filter(|word| !is_number(word) && !is_mark(word)).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_side_that_changed_nothing_has_no_say([base, ours, _] in texts()) {
        prop_assert_eq!(&joined(&base, &ours, &base).0, &ours);
        prop_assert_eq!(&joined(&base, &base, &ours).0, &ours);
        prop_assert_eq!(&joined(&base, &ours, &ours).0, &ours);
    }

    #[test]
    fn what_either_side_added_is_there([base, ours, theirs] in texts()) {
        let (text, _) = joined(&base, &ours, &theirs);
        let (before, after) = (words(&base), words(&text));
        for side in [&ours, &theirs] {
            let lost: Vec<_> = words(side).difference(&before).filter(|word| !after.contains(*word)).cloned().collect();
            prop_assert!(lost.is_empty(), "{:?}\nbase:\n{}\nours:\n{}\ntheirs:\n{}\njoined:\n{}", lost, base, ours, theirs, text);
        }
    }

    // Which lines belong together may be judged otherwise from the other side, and a conflict be seen from one alone:
    // what must not depend on the order is what is there in the end.
    #[test]
    fn either_order_keeps_the_same_words([base, ours, theirs] in texts()) {
        let said = |text: &str| {
            let mut words = words(text);
            words.retain(|word| word != "ours" && word != "theirs");
            words
        };
        prop_assert_eq!(said(&joined(&base, &ours, &theirs).0), said(&joined(&base, &theirs, &ours).0));
    }

    #[test]
    fn a_conflict_is_marked_and_nothing_else_is([base, ours, theirs] in texts()) {
        let (text, merged) = joined(&base, &ours, &theirs);
        prop_assert_eq!(conflict(text.as_bytes()).is_some(), !merged.conflicts.is_empty());
    }

    #[test]
    fn any_bytes_give_a_text(
        base in prop::collection::vec(any::<u8>(), 0..60),
        ours in prop::collection::vec(any::<u8>(), 0..60),
        theirs in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        for policy in [Policy::Mark { ours: "a", theirs: "b" }, Policy::Union] {
            let _ = merge(&Sides { name: "x.md", base: &base, ours: &ours, theirs: &theirs }, policy, vocabulary());
        }
    }

    #[test]
    fn two_documents_become_one_with_the_words_of_both([from, into, _] in texts()) {
        let sides = Sides { name: "x.md", base: b"", ours: from.as_bytes(), theirs: into.as_bytes() };
        let merged = merge(&sides, Policy::Union, vocabulary()).unwrap();
        let after = words(&String::from_utf8(merged.bytes).unwrap());
        let into_words = words(&into);
        prop_assert!(into_words.is_subset(&after));
        prop_assert!(merged.conflicts.is_empty());
    }
}
