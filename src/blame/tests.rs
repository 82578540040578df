//! What the analysis says of a few whole documents; the many sentences are in `tests/blame`.

use super::{Analysis, People, RemarkKind, analyse};
use crate::document::edit::apply;
use crate::document::{Source, Vocabulary, parse};

fn read(text: &str, people: &People) -> Analysis {
    analyse(&parse(&Source { name: "a.md", bytes: text.as_bytes() }, &Vocabulary::default()), people)
}

fn kinds(text: &str) -> Vec<RemarkKind> {
    read(text, &People::new()).remarks.iter().map(|remark| remark.kind).collect()
}

/// The document with every rewording made.
fn reworded(text: &str) -> String {
    let edits: Vec<_> = read(text, &People::new()).remarks.into_iter().filter_map(|r| r.rewording).collect();
    apply(text, &edits)
}

const BLAME: &str = "An engineer deleted the bucket by mistake.";

#[test]
fn what_nobody_tells_is_not_read() {
    for apart in [
        format!("```\n{BLAME}\n```"),
        format!("> {BLAME}"),
        format!("> Posted in the channel:\n{BLAME}"),
        format!("`{BLAME}`"),
        format!("<!-- {BLAME} -->"),
        format!("### {BLAME}"),
        format!("The ticket says \"{BLAME}\""),
        format!("## Action Items\n\n- [ ] {BLAME}"),
        format!("## Appendix: chat\n\n{BLAME}"),
        format!("## Slack transcript\n\n### Monday\n\n{BLAME}"),
        format!("**Author**: {BLAME}"),
        format!("Ana: {BLAME}"),
    ] {
        let text = format!("# Incident\n\n## Summary\n\nThe bucket was gone.\n\n{apart}\n");
        assert_eq!(kinds(&text), [], "{text}");
    }
    assert_eq!(kinds(&format!("# Incident\n\n## Summary\n\n{BLAME}\n")), [RemarkKind::Actor]);
}

#[test]
fn lines_are_joined_and_places_are_kept() {
    let text = "# Incident\r\n\r\n## Root Cause\r\n\r\nDie Ärzte: On that day the\r\ndeveloper *forgot*\r\nto renew the key.\r\n";
    let remarks = read(text, &People::new()).remarks;
    assert_eq!(remarks.len(), 1);
    assert_eq!(&text[remarks[0].span.clone()], "the\r\ndeveloper *forgot");
    assert_eq!(&text[remarks[0].subject.clone()], "the\r\ndeveloper");
    assert!(remarks[0].message.starts_with("\"the developer *forgot\": "), "{}", remarks[0].message);
}

#[test]
fn a_deed_before_the_alarm_is_a_cause_and_one_after_it_is_a_remedy() {
    let text = "# Incident\n\n## Timeline\n\n| Time | Event |\n|---|---|\n| 09:00 | Ana deploys version 3 |\n\
                | 09:05 | Alert: 5xx |\n| 09:09 | Ana deploys version 2 again |\n";
    assert_eq!(kinds(text), [RemarkKind::Actor, RemarkKind::Name]);
}

#[test]
fn people_are_known_from_outside() {
    let text = "# Incident\n\n## Timeline\n\n- 09:05 Alert.\n- 09:06 Xanthippe looks at the graph.\n\
                - 09:08 zed checks the logs.\n- 09:09 Grace restarts.\n";
    let mut people = People::new();
    people.add_name("Xanthippe Gruber <x@example.org>");
    people.add_name("@zed");
    people.add_thing("Grace");
    let of = |people: &People| {
        let remarks = read(text, people).remarks;
        remarks.iter().map(|remark| text[remark.subject.clone()].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of(&people), ["Xanthippe", "zed"]);
    assert_eq!(of(&People::new()), ["Grace"]);
}

#[test]
fn a_team_has_words_of_its_own_for_blame() {
    let mut people = People::new();
    people.add_blame_phrase("Bad Apple");
    people.add_blame_phrase("cowboy");
    let text =
        "# Incident\n\n## Summary\n\nIt was a cowboy deploy. One bad apple was enough. The apple was bad.\n";
    let remarks = read(text, &people).remarks;
    let words: Vec<_> = remarks.iter().map(|remark| &text[remark.span.clone()]).collect();
    assert_eq!(words, ["cowboy", "bad apple"]);
}

#[test]
fn blame_is_read_in_english_alone_and_that_is_said() {
    let text = "# Ausfall\n\n## Zusammenfassung\n\nDer Cache war leer, und die Last auf der Datenbank stieg, bis sie nicht \
                mehr antwortete. Ein Entwickler hatte den Schlüssel gelöscht, und niemand hat es bemerkt.\n";
    assert!(read(text, &People::new()).unchecked);
    assert_eq!(read("# API\n\n| 14:05 | 5xx |\n", &People::new()), Analysis::default());
}

#[test]
fn the_passive_is_offered_where_it_is_mechanical() {
    let around = |line: &str| format!("# Incident\n\n## Root Cause\n\n{line}\n");
    for (before, after) in [
        ("An engineer deleted the bucket.", "The bucket was deleted."),
        ("An engineer accidentally deleted the `prod` namespace.", "The `prod` namespace was deleted."),
        (
            "A developer manually removed the old queues in the evening.",
            "The old queues were manually removed in the evening.",
        ),
        ("On Monday an engineer disabled the health check.", "On Monday the health check was disabled."),
    ] {
        assert_eq!(reworded(&around(before)), around(after));
    }
    for kept in [
        "An engineer deleted the bucket and left.",
        "An engineer deleted the bucket he had made.",
        "An engineer deleted it.",
        "An engineer had deleted the bucket.",
        "An engineer deleted the bucket that held the logs.",
        "An engineer deleted the bucket of the old service, then restarted the job.",
        "An engineer ran the script against production while the job was active.",
    ] {
        assert_eq!(reworded(&around(kept)), around(kept));
    }
}

#[test]
fn every_remark_asks_of_the_system() {
    let text = "# Incident\n\n## Root Cause\n\nAna merged the change. Ben forgot the flag. We should have tested it. \
                Nobody noticed. The rollout was reckless. It was human error.\n";
    let remarks = read(text, &People::new()).remarks;
    assert_eq!(remarks.len(), 6, "{remarks:#?}");
    for remark in remarks {
        assert!(
            remark.question.ends_with('?') && !remark.question.contains("who did"),
            "{}",
            remark.question
        );
        assert!(remark.message.contains(&text[remark.span.clone()]), "{}", remark.message);
    }
}
