//! Layouts before and after: the same items, every word, and nothing to do a second time.

use std::collections::HashMap;

use proptest::prelude::*;

use super::{Adoption, Why, adopt};
use crate::document::edit::apply;
use crate::document::{Document, Source, Vocabulary, parse};

const NAME: &str = "docs/incidents/2024-02-11-disk-full.md";

/// Sections of action items as teams write them.
const LAYOUTS: [&str; 16] = [
    "- [x] Grow the disk to 2 TB\n- [ ] Page at 80 %. Owner: @ops, due 2024-03-01\n- [ ] Write the runbook for\n  a full disk\n",
    "* Warm the cache - DONE\n* Measure `a|b` | the hit rate ([#12](https://x.example/12))\n",
    "1. Check expiry daily\n2. Renew before\n",
    "### Process\n\n1. Check expiry daily\n2. Renew before\n\n### Technology\n\n1. Move to another issuer\n",
    "**RK**\n- Warm the cache\n- Measure\n\n**Alex/Jamie**\n\n- Put a limit on retries\n",
    "- Make the charge idempotent\n  - with a key for each order\n  - Owner: Bo\n- Reconcile daily\n",
    "**AC** Move the alert to the gateway.\n\n**BD** Shorten the session query.\n",
    "### Fail over by itself\n\n**Owner**: @ana\n**Due**: 2024-08-01\n",
    "- [ ] **AI-P4** Rebuild at night — **Owner:** Kim, **Due:** 2024-10-30\n- [x] ~~Turn it off~~\n- [ ] #2127\n",
    "- **Restore test**: restore every week. Owner: @ops\n- ✅ **Alert**: size of a backup is 0\n",
    "| Action | Type | Owner | Bug |\n|--------|:----:|-------|-----|\n| Alert \\| all | detect | @ana | DONE |\n| Press `a\\|b` | prevent | | TODO\n",
    "Action | Who\n--- | ---\nAlert | @ana\nPress |\n",
    "| # | Action | Owner | Priority | Effort | Due Date | Status |\n|---|---|---|---|---|---|---|\n| 1 | Alert | @ana | P1 | small | 2024-03-01 | open |\n| | Press | | | | | |\n",
    "| ID | Action | Due |\n|---|---|---|\n| P-1 | Split the index | 2024-12-01 |\n| P-2 | Join | 03/04/2024 |\n",
    "- @ana to warm the cache by 2024-05-01\n- …\n- Measure\n",
    "- Keep it\n\n[1]: https://x.example/1\n",
];

fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: std::sync::OnceLock<Vocabulary> = std::sync::OnceLock::new();
    VOCABULARY.get_or_init(Vocabulary::default)
}

fn read(text: &str) -> Document<'_> {
    parse(&Source { name: NAME, bytes: text.as_bytes() }, vocabulary())
}

fn document(section: &str) -> String {
    format!("# Disk full\n\n## Action Items\n\n{section}\n## Lessons\n\nNone.\n")
}

fn plan(text: &str) -> Adoption {
    adopt(&read(text), NAME, vocabulary(), vocabulary())
}

/// The section after the edits, and why what was left was.
fn adopted(section: &str) -> (String, Vec<Why>) {
    let text = document(section);
    let plan = plan(&text);
    let after = apply(&text, &plan.edits);
    let section = after.split("## Action Items\n\n").nth(1).unwrap().split("\n## Lessons").next().unwrap();
    (section.to_owned(), plan.left.iter().map(|left| left.why).collect())
}

fn items(text: &str) -> Vec<String> {
    let actions = read(text).postmortem().actions;
    let say = |item: &crate::model::ActionItem| {
        let grade = item.priority.as_ref().map(|grade| &grade.written);
        let fixed = (&item.label, &item.text, &item.owner, item.due, item.status, grade);
        format!("{fixed:?}")
    };
    actions.iter().map(say).collect()
}

/// How often each word stands in a text; numbers of lists and marks of checkboxes are no words.
fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for line in text.lines() {
        let line = line.trim_start();
        let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let line = if digits.starts_with(['.', ')']) { digits } else { line };
        let line = line.replacen("[x] ", "", 1).replacen("[X] ", "", 1);
        for word in line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *words.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    words
}

#[track_caller]
fn check(text: &str) {
    let plan = plan(text);
    let after = apply(text, &plan.edits);
    assert_eq!(items(&after), items(text), "{text}\n---\n{after}");
    let now = words(&after);
    for (word, times) in words(text) {
        let still = now.get(&word).copied().unwrap_or(0);
        assert!(still >= times, "'{word}' was lost\n{text}\n---\n{after}");
    }
    let again = super::adopt(&read(&after), NAME, vocabulary(), vocabulary());
    assert_eq!(again.edits, [], "{text}\n---\n{after}");
}

#[test]
fn every_layout_keeps_its_items_and_words_and_settles() {
    for layout in LAYOUTS {
        check(&document(layout));
        check(&document(layout).replace('\n', "\r\n"));
        check(&format!("## Action Items\n{}", layout.trim_end()));
    }
}

#[test]
fn a_task_list_becomes_the_canonical_table() {
    let (after, left) = adopted(LAYOUTS[0]);
    assert_eq!(left, []);
    insta::assert_snapshot!(after, @r"
    | # | Action | Owner | Priority | Effort | Due Date | Status |
    |---|---|---|---|---|---|---|
    | 1 | Grow the disk to 2 TB |  |  |  |  | done |
    | 2 | Page at 80 %. Owner: @ops, due 2024-03-01 | @ops |  |  | 2024-03-01 | open |
    | 3 | Write the runbook for a full disk |  |  |  |  | open |
    ");
}

#[test]
fn lists_below_names_keep_their_owners() {
    let (after, left) = adopted(LAYOUTS[4]);
    assert_eq!(left, []);
    insta::assert_snapshot!(after, @r"
    **RK**

    | # | Action | Owner | Priority | Effort | Due Date | Status |
    |---|---|---|---|---|---|---|
    | 1 | Warm the cache | RK |  |  |  | open |
    | 2 | Measure | RK |  |  |  | open |

    **Alex/Jamie**

    | # | Action | Owner | Priority | Effort | Due Date | Status |
    |---|---|---|---|---|---|---|
    | 3 | Put a limit on retries | Alex/Jamie |  |  |  | open |
    ");
}

#[test]
fn a_label_that_opens_the_text_moves_into_its_cell() {
    let (after, left) = adopted(LAYOUTS[8]);
    assert_eq!(left, []);
    insta::assert_snapshot!(after, @r"
    | # | Action | Owner | Priority | Effort | Due Date | Status |
    |---|---|---|---|---|---|---|
    | AI-P4 | Rebuild at night — **Owner:** Kim, **Due:** 2024-10-30 | Kim |  |  | 2024-10-30 | open |
    | 2 | ~~Turn it off~~ |  |  |  |  | done |
    | 3 | #2127 |  |  |  |  | open |
    ");
}

#[test]
fn a_table_gets_only_the_columns_that_it_lacks() {
    let (after, left) = adopted(LAYOUTS[10]);
    assert_eq!(left, []);
    insta::assert_snapshot!(after, @r"
    | # | Action | Type | Owner | Bug | Priority | Due Date |
    |---|--------|:----:|-------|-----|---|---|
    | 1 | Alert \| all | detect | @ana | DONE |  |  |
    | 2 | Press `a\|b` | prevent | | TODO | | |
    ");
    let (after, left) = adopted(LAYOUTS[11]);
    assert_eq!(left, []);
    insta::assert_snapshot!(after, @r"
    | # | Action | Who | Priority | Due Date | Status
    |---|--- | ---|---|---|---
    | 1 | Alert | @ana | | | open
    | 2 | Press |  |  |  | open |
    ");
    let (after, left) = adopted(LAYOUTS[12]);
    assert_eq!(left, []);
    insta::assert_snapshot!(after, @r"
    | # | Action | Owner | Priority | Effort | Due Date | Status |
    |---|---|---|---|---|---|---|
    | 1 | Alert | @ana | P1 | small | 2024-03-01 | open |
    | 2 | Press | | | | | |
    ");
}

#[test]
fn what_no_cell_can_hold_is_left_and_named() {
    for (layout, why) in [(6, Why::Paragraph), (7, Why::Heading), (14, Why::Mixed)] {
        let (after, left) = adopted(LAYOUTS[layout]);
        assert_eq!(after, LAYOUTS[layout]);
        assert!(left.contains(&why), "{left:?}: {after}");
    }
    let ragged = "| Action | Owner |\n|---|---|\n| Alert | @ana | more |\n";
    assert_eq!(adopted(ragged), (ragged.to_owned(), vec![Why::Ragged]));
}

#[test]
fn items_with_more_below_them_get_a_number_and_stay_a_list() {
    let (after, left) = adopted(LAYOUTS[5]);
    assert_eq!(left, [Why::Nested]);
    insta::assert_snapshot!(after, @r"
    - **1.** Make the charge idempotent
      - with a key for each order
      - Owner: Bo
    - **2.** Reconcile daily
    ");
    let (after, _) = adopted("- [x] Warm the cache\n\n  It is cold.\n- [ ] **P1** Measure\n");
    insta::assert_snapshot!(after, @r"
    - [x] **1.** Warm the cache

      It is cold.
    - [ ] **2.** **P1** Measure
    ");
}

#[test]
fn columns_are_named_in_the_language_of_the_document() {
    let german =
        crate::document::Wording { language: "de".to_owned(), ..crate::document::Wording::default() };
    let text = document("| Aufgabe | Frist |\n|---|---|\n| Index anlegen | 2024-11-01 |\n");
    let names = Vocabulary::new(&german);
    let plan = adopt(&read(&text), NAME, vocabulary(), &names);
    let after = apply(&text, &plan.edits);
    assert!(after.contains(names.column_name(crate::document::Column::Owner)), "{after}");
    assert_ne!(names.column_name(crate::document::Column::Owner), "Owner");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn layouts_side_by_side_keep_their_items(
        parts in proptest::collection::vec((0..LAYOUTS.len(), 0..4_usize), 1..6),
        crlf in any::<bool>(),
    ) {
        let between = ["", "\n", "\n### More\n\n", "\nSome prose, no item.\n\n"];
        let section: String = parts.iter().map(|(layout, gap)| format!("{}{}", LAYOUTS[*layout], between[*gap])).collect();
        let text = document(&section);
        check(&if crlf { text.replace('\n', "\r\n") } else { text });
    }

    #[test]
    fn any_text_below_the_heading_keeps_its_items(lines in proptest::collection::vec(line(), 1..14)) {
        check(&document(&lines.concat()));
    }
}

/// A line of what sections of action items are made of.
fn line() -> impl Strategy<Value = String> {
    let lead = prop_oneof![
        Just("- "),
        Just("* "),
        Just("- [ ] "),
        Just("- [x] "),
        Just("1. "),
        Just("2) "),
        Just("  - "),
        Just("   "),
        Just("| "),
        Just("> - "),
        Just("**RK** "),
        Just(""),
        Just("### "),
        Just("|---|---|"),
        Just("| # | Action | Owner |\n|---|---|---|\n| 1 | "),
        Just("| Action | Due |\n|---|---|\n| "),
    ];
    let word = prop_oneof![
        Just("Warm the cache".to_owned()),
        Just("Owner: @ana".to_owned()),
        Just("due 2024-03-01".to_owned()),
        Just(" | ".to_owned()),
        Just("**bold**".to_owned()),
        Just("`a|b`".to_owned()),
        Just("\\".to_owned()),
        Just("~~gone~~".to_owned()),
        Just("✅ ".to_owned()),
        Just("DONE".to_owned()),
        Just("<br>".to_owned()),
        Just("P1".to_owned()),
        Just("<!-- x -->".to_owned()),
        Just("[1]: http://x".to_owned()),
        Just("#12".to_owned()),
        Just("*".to_owned()),
        Just("`".to_owned()),
        "[a-z]{1,6} ",
    ];
    let end = prop_oneof![Just("\n"), Just("\n"), Just("\n\n"), Just(" |\n"), Just("  \n")];
    (lead, proptest::collection::vec(word, 0..4), end)
        .prop_map(|(lead, words, end)| format!("{lead}{}{end}", words.concat()))
}
