//! Two people with one document, each case as they meet it.

use super::*;

mod twice;

const BASE: &str = "# Post-Mortem: Checkout returns 5xx

**Date**: 2026-11-23
**Severity**: SEV-2
**Author**: @ana

## Summary

Checkout answered 5xx.

## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 09:00 | deploy |
| 09:40 | rolled back |

## What Went Well

1.

## Action Items

| # | Action | Owner | Priority | Status |
|---|--------|-------|----------|--------|
| 1 | Test migrations | @platform | P1 | Open |
| 2 | Roll back by itself | @ana | P1 | Open |
| 3 | Update the runbook |  | P3 | Open |
";

fn joined(ours: &str, theirs: &str) -> (String, Merged) {
    let sides = Sides {
        name: "2026-11-23-checkout.md",
        base: BASE.as_bytes(),
        ours: ours.as_bytes(),
        theirs: theirs.as_bytes(),
    };
    let merged =
        merge(&sides, Policy::Mark { ours: "here", theirs: "origin" }, &Vocabulary::default()).unwrap();
    (String::from_utf8(merged.bytes.clone()).unwrap(), merged)
}

#[track_caller]
fn clean(ours: &str, theirs: &str) -> String {
    let (text, merged) = joined(ours, theirs);
    assert_eq!(merged.conflicts, [], "{text}");
    assert_eq!(conflict(text.as_bytes()), None);
    text
}

#[test]
fn different_sections_and_adjacent_fields_are_both_taken() {
    let ours = BASE.replace("Checkout answered 5xx.", "Checkout answered 5xx for 31 minutes.");
    let theirs = BASE.replace("SEV-2", "SEV-1").replace("| 09:00 | deploy |", "| 09:00 | deploy of v2 |");
    let expected = ours.replace("SEV-2", "SEV-1").replace("| 09:00 | deploy |", "| 09:00 | deploy of v2 |");
    assert_eq!(clean(&ours, &theirs), expected);
    let ours = BASE.replace("2026-11-23\n", "2026-11-22\n");
    assert_eq!(clean(&ours, &theirs), theirs.replace("2026-11-23\n", "2026-11-22\n"));
}

#[test]
fn different_rows_and_different_cells_of_one_row_are_both_taken() {
    let ours = BASE.replace("@platform | P1 | Open", "@platform | P1 | Done");
    let theirs = BASE.replace("| 2 | Roll back by itself | @ana |", "| 2 | Roll back by itself | @bo |");
    assert_eq!(clean(&ours, &theirs), ours.replace("itself | @ana |", "itself | @bo |"));
    let ours = BASE.replace("| 3 | Update the runbook |  |", "| 3 | Update the runbook | @cy |");
    let theirs = BASE.replace("| P3 | Open |", "| P2 | Open |");
    assert_eq!(clean(&ours, &theirs), ours.replace("| P3 |", "| P2 |"));
}

#[test]
fn one_cell_that_both_changed_holds_both_and_the_table_stays_one() {
    let ours = BASE.replace("itself | @ana", "itself | @bo");
    let theirs = BASE.replace("itself | @ana", "itself | @cy");
    let (text, merged) = joined(&ours, &theirs);
    assert!(
        text.contains("| 2 | Roll back by itself | <<<<<<< @bo ======= @cy >>>>>>> | P1 | Open |\n| 3 |"),
        "{text}"
    );
    let expected = Conflict { section: "Action Items".into(), what: "row 2, Owner".into() };
    assert_eq!(merged.conflicts, [expected]);
    assert_eq!(
        conflict(text.as_bytes()),
        Some(text.lines().position(|line| line.contains("@bo")).unwrap() + 1)
    );
}

#[test]
fn rows_that_both_added_are_in_the_order_of_their_times() {
    let ours = BASE.replace("| 09:40", "| 09:20 | paged |\n| 09:40");
    let theirs = BASE.replace("| 09:40", "| 09:10 | alert |\n| 09:30 | found |\n| 09:40");
    let expected =
        BASE.replace("| 09:40", "| 09:10 | alert |\n| 09:20 | paged |\n| 09:30 | found |\n| 09:40");
    assert_eq!(clean(&ours, &theirs), expected);
    let same = BASE.replace("| 09:40", "| 09:20 | Paged |\n| 09:40");
    assert_eq!(clean(&ours, &same), same, "the same event once");
    let late = |event: &str| {
        BASE.replace(
            "| rolled back |\n",
            &format!("| rolled back |\n| 23:50 | {event} |\n| 00:20 | {event} again |\n"),
        )
    };
    let text = clean(&late("a"), &late("b"));
    let rows: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("| 23:50")).take(4).collect();
    assert_eq!(
        rows,
        ["| 23:50 | b |", "| 23:50 | a |", "| 00:20 | b again |", "| 00:20 | a again |"],
        "over midnight"
    );
}

#[test]
fn two_new_promises_of_one_number_are_two() {
    let ours = format!("{BASE}| 4 | Alert on 5xx | @ana | P2 | Open |\n");
    let theirs =
        format!("{BASE}| 4 | Page the owner | @bo | P1 | Open |\n| 5 | Freeze | @bo | P3 | Open |\n");
    let (text, merged) = joined(&ours, &theirs);
    assert_eq!(text, format!("{theirs}| 6 | Alert on 5xx | @ana | P2 | Open |\n"));
    let told = Remark::Renumbered { section: "Action Items".into(), old: "4".into(), new: "6".into() };
    assert_eq!((merged.conflicts, merged.remarks), (Vec::new(), vec![told]));
    let theirs = format!("{BASE}| 4 | alert on 5xx |  | P2 | Open |\n");
    let (text, merged) = joined(&ours, &theirs);
    assert!(text.contains("| 4 |") && !text.contains("| 5 |") && text.contains("| @ana | P2 |"), "{text}");
    assert_eq!((merged.conflicts, merged.remarks), (Vec::new(), Vec::new()), "{text}");
}

#[test]
fn empty_lists_that_both_fill_hold_what_both_wrote() {
    let fill = |text: &str| BASE.replace("1.\n", text);
    let text = clean(&fill("1. the pager\n2. the runbook\n"), &fill("1. the rollback\n"));
    assert!(text.contains("\n1. the rollback\n2. the pager\n3. the runbook\n"), "{text}");
    let text = clean(&fill("1. the pager\n"), &fill("1. The pager.\n2. calm\n"));
    assert!(text.contains("\n1. The pager.\n2. calm\n\n"), "{text}");
}

#[test]
fn what_one_removed_is_gone_unless_the_other_changed_it() {
    let without = BASE.replace("| 2 | Roll back by itself | @ana | P1 | Open |\n", "");
    let other = BASE.replace("answered", "said");
    assert_eq!(clean(&without, &other), without.replace("answered", "said"));
    let changed = BASE.replace("itself | @ana", "itself | @bo");
    let (text, merged) = joined(&without, &changed);
    assert_eq!((text, merged.conflicts.len(), merged.remarks.len()), (changed.clone(), 0, 1));
    let start = BASE.find("## What Went Well").unwrap();
    let section = format!("{}{}", &BASE[..start], &BASE[BASE.find("## Action Items").unwrap()..]);
    assert_eq!(clean(&section, &other), section.replace("answered", "said"));
    let kept = joined(&section, &BASE.replace("1.\n", "1. the pager\n"));
    assert!(kept.0.contains("## What Went Well\n\n1. the pager\n\n## Action"), "{}", kept.0);
}

#[test]
fn one_paragraph_that_both_changed_stands_there_twice() {
    let ours = BASE.replace("Checkout answered 5xx.", "Checkout was down.");
    let theirs = BASE.replace("Checkout answered 5xx.", "Orders failed.");
    let (text, merged) = joined(&ours, &theirs);
    let marked =
        "\n\n<<<<<<< here\nCheckout was down.\n\n=======\nOrders failed.\n>>>>>>> origin\n\n## Timeline";
    assert!(text.contains(marked), "{text}");
    assert_eq!(merged.conflicts, [Conflict { section: "Summary".into(), what: "1 line".into() }]);
}

#[test]
fn sections_are_added_moved_and_renamed() {
    let more = |heading: &str, said: &str| {
        BASE.replace("## What Went Well", &format!("## {heading}\n\n{said}\n\n## What Went Well"))
    };
    let text = clean(&more("Ours", "One."), &more("Theirs", "Two."));
    assert!(text.contains("## Theirs\n\nTwo.\n\n## Ours\n\nOne.\n\n## What"), "{text}");
    let text = joined(&more("New", "One."), &more("New", "Two.")).0;
    assert!(
        text.contains("## New\n\n<<<<<<< here\nOne.\n\n=======\nTwo.\n>>>>>>> origin\n\n## What"),
        "{text}"
    );
    let renamed = BASE.replace("## Summary", "## In short");
    let text = clean(&renamed, &BASE.replace("answered 5xx.", "answered 5xx.\n\nIt was over soon."));
    assert!(text.contains("## In short\n\nCheckout answered 5xx.\n\nIt was over soon.\n"), "{text}");
}

#[test]
fn people_of_both_are_named_and_line_ends_are_kept() {
    let people = |names: &str| BASE.replace("**Author**: @ana", &format!("**Author**: {names}"));
    let text = clean(&people("@ana, @bo"), &people("@ana, @cy"));
    assert!(text.contains("**Author**: @ana, @cy, @bo\n"), "{text}");
    let windows = |text: &str| text.replace('\n', "\r\n");
    let [base, ours, theirs] = [BASE, &people("@bo"), &BASE.replace("answered", "said")].map(windows);
    let sides =
        Sides { name: "x.md", base: base.as_bytes(), ours: ours.as_bytes(), theirs: theirs.as_bytes() };
    let merged = merge(&sides, Policy::Mark { ours: "a", theirs: "b" }, &Vocabulary::default()).unwrap();
    assert_eq!(merged.bytes, windows(&people("@bo").replace("answered", "said")).as_bytes());
}

#[test]
fn other_spellings_come_out_as_they_went_in_and_pictures_are_no_text() {
    let policy = Policy::Mark { ours: "a", theirs: "b" };
    let merged = |base: &[u8], ours: &[u8], theirs: &[u8]| {
        merge(&Sides { name: "x.md", base, ours, theirs }, policy, &Vocabulary::default())
    };
    let text =
        merged(b"Gr\xf6\xdfe\n\na\n\nb\n", b"Gr\xf6\xdfe\n\nA\xe4\n\nb\n", b"Gr\xf6\xdfe\n\na\n\n\xfc\n")
            .unwrap();
    assert_eq!(text.bytes, b"Gr\xf6\xdfe\n\nA\xe4\n\n\xfc\n");
    assert_eq!(merged(b"\x89PNG\0", b"\x89PNG\0a", b"\x89PNG\0b"), None);
}

#[test]
fn a_mark_that_is_quoted_alone_is_no_conflict() {
    for text in [
        "git said:\n\n```\n<<<<<<< HEAD\n```\n",
        "<<<<<<< is how it begins\n",
        "=======\n>>>>>>> b\n<<<<<<< a\n",
        "Title\n=======\n\n> > > > > > > quoted\n",
    ] {
        assert_eq!(conflict(text.as_bytes()), None, "{text}");
    }
    assert_eq!(conflict(b"a\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"), Some(2));
    assert_eq!(conflict(b"1. <<<<<<< a\nx\n\n=======\ny\n>>>>>>> b\n"), Some(1));
    assert_eq!(conflict(b"| 1 | <<<<<<< a ======= b >>>>>>> |\n"), Some(1));
}

#[test]
fn a_conflict_makes_no_heading_and_its_section_keeps_both_texts() {
    let (text, merged) = joined(
        &BASE.replace("Checkout answered 5xx.", "Checkout was down."),
        &BASE.replace("Checkout answered 5xx.", "Orders failed."),
    );
    assert_eq!(merged.conflicts.len(), 1);
    let vocabulary = Vocabulary::default();
    let source = crate::document::Source { name: "x.md", bytes: text.as_bytes() };
    let document = crate::document::parse(&source, &vocabulary);
    let summary = document.section(crate::model::SectionKind::Summary).unwrap();
    let body = &document.text()[summary.body.clone()];
    assert!(body.contains("Checkout was down.") && body.contains("Orders failed."), "{body}");
    assert_eq!(document.sections().len(), {
        let source = crate::document::Source { name: "x.md", bytes: BASE.as_bytes() };
        crate::document::parse(&source, &vocabulary).sections().len()
    });
}
