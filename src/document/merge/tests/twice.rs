//! Two documents of one incident.

use super::*;

/// What somebody else wrote about the same incident.
const FROM: &str = "# Post-Mortem: Orders fail

**Date**: 2026-11-23
**Severity**: SEV-3
**Author**: @bo
**Service**: orders

## Summary

Orders failed for an hour.

## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 09:00 | deploy |
| 09:10 | orders fail |

## Action Items

| # | Action | Owner | Priority | Status |
|---|--------|-------|----------|--------|
| 1 | Retry orders | @bo | P2 | Open |
| 2 | Test migrations |  | P1 | Open |

## Lessons Learned

Tell each other.
";

#[test]
fn two_documents_of_one_incident_become_one() {
    let sides = Sides { name: "x.md", base: b"", ours: FROM.as_bytes(), theirs: BASE.as_bytes() };
    let merged = merge(&sides, Policy::Union, &Vocabulary::default()).unwrap();
    insta::assert_snapshot!(String::from_utf8(merged.bytes).unwrap(), @r"
    # Post-Mortem: Checkout returns 5xx

    **Date**: 2026-11-23
    **Severity**: SEV-2
    **Author**: @ana, @bo
    **Service**: orders

    ## Summary

    Checkout answered 5xx.

    Orders failed for an hour.

    ## Timeline

    All times in UTC.

    | Time | Event |
    |------|-------|
    | 09:00 | deploy |
    | 09:10 | orders fail |
    | 09:40 | rolled back |

    ## What Went Well

    1.

    ## Action Items

    | # | Action | Owner | Priority | Status |
    |---|--------|-------|----------|--------|
    | 1 | Test migrations | @platform | P1 | Open |
    | 2 | Roll back by itself | @ana | P1 | Open |
    | 3 | Update the runbook |  | P3 | Open |
    | 4 | Retry orders | @bo | P2 | Open |

    ## Lessons Learned

    Tell each other.
    ");
    let chosen = |what: &str, kept: &str, other: &str| Remark::Chosen {
        what: what.into(),
        kept: kept.into(),
        other: other.into(),
    };
    let renumbered = |old: &str, new: &str| Remark::Renumbered {
        section: "Action Items".into(),
        old: old.into(),
        new: new.into(),
    };
    let expected = [
        chosen("title", "Post-Mortem: Checkout returns 5xx", "Post-Mortem: Orders fail"),
        chosen("Severity", "SEV-2", "SEV-3"),
        renumbered("1", "4"),
        renumbered("2", "1"),
    ];
    assert_eq!(merged.remarks, expected);
}

#[test]
fn short_promises_of_the_same_status_are_told_apart() {
    let table = |rows: &str| {
        format!("# T\n\n## Action Items\n\n| # | Action | Owner | Status |\n|---|---|---|---|\n{rows}")
    };
    let (ours, theirs) =
        (table("| 1 | do b |  | open |\n| 2 | do a |  | open |\n"), table("| 1 | do a |  | open |\n"));
    let sides = Sides { name: "x.md", base: b"", ours: ours.as_bytes(), theirs: theirs.as_bytes() };
    let merged = merge(&sides, Policy::Union, &Vocabulary::default()).unwrap();
    let text = String::from_utf8(merged.bytes).unwrap();
    // No number of either is given to another item.
    assert_eq!(text, table("| 1 | do a |  | open |\n| 3 | do b |  | open |\n"));
}

#[test]
fn a_time_in_the_column_of_numbers_gets_no_other() {
    let table = |rows: &str| format!("# T\n\n| # | Action | Owner |\n|---|---|---|\n{rows}");
    let (ours, theirs) = (table("| 10:00 | deploy | @a |\n"), table("| 10:00 | roll back | @b |\n"));
    let sides = Sides { name: "x.md", base: b"", ours: ours.as_bytes(), theirs: theirs.as_bytes() };
    let merged = merge(&sides, Policy::Union, &Vocabulary::default()).unwrap();
    let text = String::from_utf8(merged.bytes).unwrap();
    assert_eq!(text.matches("| 10:00 |").count(), 2, "{text}");
}

#[test]
fn a_template_that_nobody_filled_adds_nothing_to_an_answer() {
    let text = |body: &str| format!("# T\n\n## Impact\n\n{body}");
    let template = "<!-- Say what is known. -->\n\n- **Users affected**:\n- **Revenue impact**: …\n";
    let (from, into) = (text(template), text("All of Europe, for an hour.\n"));
    let sides = Sides { name: "x.md", base: b"", ours: from.as_bytes(), theirs: into.as_bytes() };
    let merged = merge(&sides, Policy::Union, &Vocabulary::default()).unwrap();
    assert_eq!(String::from_utf8(merged.bytes).unwrap(), into);
}
