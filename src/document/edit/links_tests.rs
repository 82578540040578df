//! What becomes of a link's row.

use super::tests::{read, template};
use super::*;
use crate::document::Vocabulary;
use crate::model::{Link, Role};

#[test]
fn a_link_is_recorded_once() {
    let link = Link {
        role: Role::Fix,
        revision: "v1.2.3".into(),
        commit: "0123456789012345678901234567890123456789".into(),
        date: "2026-03-08 14:05".into(),
        subject: "Mend a|b `c|d`".into(),
    };
    for text in [
        template(),
        "# T\n".to_owned(),
        "# T\n\n## Linked Commits\n\n## Post-Mortem Attestation\n".to_owned(),
    ] {
        let written = apply(&text, &add_link(&read(&text), &Vocabulary::default(), &link));
        let document = read(&written);
        assert_eq!(document.links().len(), 1, "{written}");
        assert_eq!(document.links()[0].value, link);
        assert!(add_link(&document, &Vocabulary::default(), &link).is_empty());
    }
}

#[test]
fn a_link_that_leads_elsewhere_by_now_is_written_in_its_place_and_goes_without_a_trace() {
    let link = |role, revision: &str, commit: &str| Link {
        role,
        revision: revision.into(),
        commit: commit.repeat(40),
        date: String::new(),
        subject: "x".into(),
    };
    let vocabulary = Vocabulary::default();
    let fix = link(Role::Fix, "v1", "a");
    let head = "# T\n\n## Linked Commits\n\n| Role | Revision | Commit | Date (UTC) | Subject |\n|---|---|---|---|---|\n";
    let own = "| Who | Where | When | How | Why |\n|---|---|---|---|---|\n| a | b | c | d | e |\n";
    for (before, behind) in [
        (head.to_owned(), ""),
        (head.to_owned(), "\n## End\n"),
        (format!("# T\n\n## Linked Commits\n\n{own}\n"), ""),
    ] {
        let text = format!("{before}{behind}");
        let added = apply(&text, &add_link(&read(&text), &vocabulary, &fix));
        let moved = link(Role::Fix, "v1", "b");
        let again = apply(&added, &add_link(&read(&added), &vocabulary, &moved));
        assert_eq!(again, added.replace(&"a".repeat(40), &"b".repeat(40)));
        let suspect = link(Role::Suspect, "v2", "c");
        let suspected = apply(&again, &add_link(&read(&again), &vocabulary, &suspect));
        let proven = link(Role::Introduced, "c0ffee", "c");
        let settled = apply(&suspected, &add_link(&read(&suspected), &vocabulary, &proven));
        assert_eq!(read(&settled).links().len(), 2, "{settled}");
        let gone = apply(&settled, &remove_link(&read(&settled), &proven));
        assert_eq!(gone, again, "every other byte as before");
    }
    let cut = format!("{head}| fix | v1 | {} | | x |", "a".repeat(40));
    assert_eq!(apply(&cut, &remove_link(&read(&cut), &fix)), head.trim_end());
    assert!(remove_link(&read(head), &fix).is_empty());
}

#[test]
fn what_is_written_reads_back_as_it_was_typed() {
    for (revision, subject) in [
        ("https://example.com/src/__init__.py", "x"),
        ("https://example.com/*z*?q=~~a~~&b=[c](d)", "[l](http://e.example)"),
        ("rel/_x_", "Fix `foo` in src/__init__.py <b>now</b>"),
    ] {
        let link = Link {
            role: Role::Url,
            revision: revision.into(),
            commit: String::new(),
            date: String::new(),
            subject: subject.into(),
        };
        let text = template();
        let written = apply(&text, &add_link(&read(&text), &Vocabulary::default(), &link));
        let document = read(&written);
        assert_eq!(document.links()[0].value, link, "{written}");
        assert!(add_link(&document, &Vocabulary::default(), &link).is_empty());
        assert_eq!(apply(&written, &remove_link(&document, &link)).matches("init").count(), 0);
    }
    let steered = Link {
        role: Role::Fix,
        revision: "v1".into(),
        commit: "a".repeat(40),
        date: String::new(),
        subject: "a \u{1b}[31mred\u{7} \u{202e}x".into(),
    };
    let written = apply("# T\n", &add_link(&read("# T\n"), &Vocabulary::default(), &steered));
    assert!(written.contains("| a \\[31mred x |"), "{written}");
}
