//! What a new document begins as, and what is left of it.

use super::*;
use crate::document::{Source, parse};

fn values() -> TemplateValues {
    TemplateValues {
        title: "API outage".into(),
        date: "2026-03-08".into(),
        severity: "SEV-2".into(),
        ..TemplateValues::default()
    }
}

fn left_open(text: &str) -> Vec<String> {
    let vocabulary = Vocabulary::default();
    let document = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &vocabulary);
    placeholders(&document, &vocabulary).into_iter().map(|placeholder| placeholder.what).collect()
}

#[test]
fn the_brief_template_reads_as_it_is_shown() {
    let text = Template::brief().render(&values(), &Vocabulary::default()).unwrap();
    let stripped = strip_guidance(&text, &[Template::brief()]);
    insta::assert_snapshot!(stripped, @r"
    # Post-Mortem: API outage

    **Date**: 2026-03-08
    **Duration**: …
    **Severity**: SEV-2
    **Author**: …

    ## Summary

    ## Timeline

    All times in UTC.

    | Time | Event |
    |------|-------|

    ## Root Cause

    ## Action Items

    | # | Action | Owner | Priority | Effort | Due Date | Status |
    |---|--------|-------|----------|--------|----------|--------|
    ");
}

#[test]
fn what_is_open_is_named_in_order() {
    let text = Template::brief().render(&values(), &Vocabulary::default()).unwrap();
    assert_eq!(left_open(&text), ["Duration", "Author", "Summary", "Timeline", "Root Cause", "Action Items"]);
    let filled = text
        .replace("## Root Cause\n", "## Root Cause\n\nA lock.\n")
        .replace("**Author**: …", "**Author**: @ana");
    assert_eq!(left_open(&filled), ["Duration", "Summary", "Timeline", "Action Items"]);
}

#[test]
fn only_the_guidance_of_known_templates_is_taken_out() {
    let own = Template::custom("own", "<!-- team:\n  hints -->\n");
    let text = "a\r\n\r\n<!-- team:\r\n  hints -->\r\n\r\nb <!-- mine --> c <!-- team:\n  hints --> d\n<!-- team: hints -->\n";
    let stripped = strip_guidance(text, &[Template::full(), own]);
    assert_eq!(stripped, "a\r\n\r\nb <!-- mine --> c  d\n<!-- team: hints -->\n");
    assert_eq!(strip_guidance(text, &[Template::full()]), text);
}

#[test]
fn a_team_may_rename_sections_and_write_its_own_template() {
    let mut wording = crate::document::Wording::default();
    wording.synonyms.insert(SectionKind::ActionItems, vec!["Promises".into()]);
    let vocabulary = Vocabulary::new(&wording);
    assert!(Template::full().render(&values(), &vocabulary).unwrap().contains("\n## Promises\n"));
    let own =
        Template::custom("own.md", "# {{ title }} ({{ severity }}{% if key %}, {{ key }}{% endif %})\n");
    let text = own.render(&TemplateValues { title: "a <b> | `c`".into(), ..values() }, &vocabulary).unwrap();
    assert_eq!(text, "# a \\<b> | `c` (SEV-2)\n");
}

#[test]
fn a_placeholder_that_does_not_exist_is_told_with_its_line() {
    let own = Template::custom("own.md", "# {{ title }}\n\n{{ commander }}\n");
    let error = own.render(&values(), &Vocabulary::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("template own.md:3: a placeholder that does not exist; there are title,")
    );
    let broken = Template::custom("own.md", "{{ title\n");
    assert!(
        broken
            .render(&values(), &Vocabulary::default())
            .unwrap_err()
            .to_string()
            .starts_with("template own.md:")
    );
}
