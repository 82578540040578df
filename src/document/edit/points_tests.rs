//! Chains and factors of every form go on in it.

use super::points::{add_point, set_whys};
use super::{EditError, apply};
use crate::document::parse::{Document, Source, parse};
use crate::document::vocabulary::Vocabulary;
use crate::model::SectionKind;

fn read(text: &str) -> Document<'_> {
    parse(&Source { name: "x.md", bytes: text.as_bytes() }, &Vocabulary::default())
}

fn with(text: &str, whys: &[&str]) -> String {
    let whys: Vec<String> = whys.iter().map(|why| (*why).to_owned()).collect();
    let made = apply(text, &set_whys(&read(text), &Vocabulary::default(), 0, &whys).unwrap());
    let again = apply(&made, &set_whys(&read(&made), &Vocabulary::default(), 0, &whys).unwrap());
    assert_eq!(again, made, "the second time changes nothing");
    made
}

#[test]
fn a_chain_begins_below_the_root_cause_or_makes_one() {
    let text = "# X\n\n## Root Cause\n\nThe pool ran dry.\n\n## Action Items\n\n- a\n";
    assert_eq!(
        with(text, &["It ran dry", "Nothing | limits *it*"]),
        "# X\n\n## Root Cause\n\nThe pool ran dry.\n\n### 5 Whys\n\n1. It ran dry\n2. Nothing | limits *it*\n\n## Action Items\n\n- a\n"
    );
    assert_eq!(with("# X\n", &["a b"]), "# X\n\n## Root Cause\n\n### 5 Whys\n\n1. a b\n");
    let empty = "# X\n\n### 5 Whys\n\n## Action Items\n";
    assert_eq!(with(empty, &["a b"]), "# X\n\n### 5 Whys\n\n1. a b\n\n## Action Items\n");
}

#[test]
fn a_chain_goes_on_in_its_own_form() {
    for (before, after) in [
        ("1. one\n2. two  \n", "1. one\n2. two  \n3. three\n"),
        ("1. one\n1. two\n", "1. one\n1. two\n1. three\n"),
        ("1) one\n2) two\n\nAfter it.\n", "1) one\n2) two\n3) three\n\nAfter it.\n"),
        ("- one\n- two\n", "- one\n- two\n- three\n"),
        ("1. one\n\n2. two\n", "1. one\n\n2. two\n\n3. three\n"),
        ("1. one\n   - because\n2. two", "1. one\n   - because\n2. two\n3. three"),
        ("1. one\n2. two\n3.\n4.\n", "1. one\n2. two\n3. three\n4.\n"),
    ] {
        let text = format!("# X\n\n## Root Cause\n\n### 5 Whys\n\n{before}");
        let one = if before.contains("because") { "one because" } else { "one" };
        let made = with(&text, &[one, "two", "three"]);
        assert_eq!(made, format!("# X\n\n## Root Cause\n\n### 5 Whys\n\n{after}"));
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(with(&crlf, &[one, "two", "three"]), made.replace('\n', "\r\n"));
    }
}

#[test]
fn whys_are_taken_back_and_said_anew() {
    let text = "# X\n\n### 5 Whys\n\n1. one\n2. two\n3. three\n\n## Y\n";
    assert_eq!(with(text, &["one", "other"]), "# X\n\n### 5 Whys\n\n1. one\n2. other\n\n## Y\n");
    assert_eq!(with(text, &["one"]), "# X\n\n### 5 Whys\n\n1. one\n\n## Y\n");
}

#[test]
fn a_chain_of_another_form_is_left_alone() {
    for body in
        ["| Why | Because |\n|---|---|\n| Why a? | b |\n| Why c? | d |\n", "Why a? Because.\n\nWhy b? So.\n"]
    {
        let text = format!("# X\n\n### 5 Whys\n\n{body}");
        let whys = ["x y".to_owned()];
        assert!(matches!(
            set_whys(&read(&text), &Vocabulary::default(), 0, &whys),
            Err(EditError::NoList { .. })
        ));
    }
}

#[test]
fn a_factor_takes_the_place_that_waits_or_follows_the_last() {
    let add = |text: &str| {
        let kind = SectionKind::ContributingFactors;
        let made = apply(text, &add_point(&read(text), &Vocabulary::default(), kind, "No limit").unwrap());
        let again = add_point(&read(&made), &Vocabulary::default(), kind, "no limit").unwrap();
        assert!(again.is_empty());
        made
    };
    let section =
        |body: &str| format!("# X\n\n## Contributing Factors\n\n{body}\n## What Went Well\n\n1. a\n");
    assert_eq!(
        add(&section("<!-- What made it worse? -->\n\n1.\n")),
        section("<!-- What made it worse? -->\n\n1. No limit\n")
    );
    assert_eq!(add(&section("1. First\n")), section("1. First\n2. No limit\n"));
    assert_eq!(add(&section("- First\n")), section("- First\n- No limit\n"));
    assert_eq!(add("# X\n"), "# X\n\n## Contributing Factors\n\n1. No limit\n");
}
