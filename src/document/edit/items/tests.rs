//! Every change in every layout: the item says it, and nothing else in the document says anything else.

mod any;
mod layouts;
mod words;

use chrono::NaiveDate;

use layouts::LAYOUTS;

use super::{ItemChange, ItemError, ItemPart, Reading, add_item, change_item, says_already};
use crate::document::{Source, Vocabulary, parse};
use crate::model::{ActionItem, Effort, Grade, Status};

const NAME: &str = "docs/incidents/2024-02-11-disk-full.md";

fn reading() -> Reading<'static> {
    static VOCABULARY: std::sync::OnceLock<Vocabulary> = std::sync::OnceLock::new();
    let vocabulary = VOCABULARY.get_or_init(Vocabulary::default);
    Reading { name: NAME, vocabulary, names: vocabulary }
}

fn document(section: &str) -> String {
    format!(
        "# Disk full\n\n**Severity**: SEV-2\n\n## Action Items\n\n{section}\n## Lessons Learned\n\nNone.\n"
    )
}

fn items(bytes: &[u8]) -> Vec<ActionItem> {
    parse(&Source { name: NAME, bytes }, reading().vocabulary).into_postmortem().actions
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn grade(written: &str) -> Grade {
    reading().vocabulary.priority(written).unwrap()
}

fn changes() -> Vec<(&'static str, ItemChange)> {
    let status = |status| ItemChange { status: Some(status), ..ItemChange::default() };
    vec![
        ("done", status(Status::Done)),
        ("open", status(Status::Open)),
        ("doing", status(Status::Doing)),
        ("proposed", status(Status::Proposed)),
        (
            "cancelled",
            ItemChange {
                reason: Some("the vendor (ACME) is gone, see PAY-9: owner: nobody".into()),
                ..status(Status::Cancelled)
            },
        ),
        ("owner", ItemChange { owner: Some("@platform".into()), ..ItemChange::default() }),
        ("name", ItemChange { owner: Some("Eve Moss".into()), ..ItemChange::default() }),
        ("due", ItemChange { due: Some(Some(day("2024-12-24"))), ..ItemChange::default() }),
        ("priority", ItemChange { priority: Some(Some(grade("P0"))), ..ItemChange::default() }),
        ("effort", ItemChange { effort: Some(Some(Effort::Medium)), ..ItemChange::default() }),
        (
            "text",
            ItemChange { text: Some("Pull the `green` lever | twice a day".into()), ..ItemChange::default() },
        ),
    ]
}

/// A paragraph is an item by the initials or the handle that it opens with: another name there would end it.
fn is_known_to_fail(layout: &str, change: &str) -> bool {
    (layout, change) == ("paragraphs", "name")
}

/// What is left of a text without what the two have in common at both ends.
fn changed<'t>(before: &str, after: &'t str) -> &'t str {
    let start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let rest = before.bytes().rev().zip(after.bytes().rev());
    let end = rest.take_while(|(a, b)| a == b).count().min(after.len() - start);
    after.get(start..after.len() - end).unwrap_or(after)
}

#[test]
fn every_change_reads_back_in_every_layout() {
    let mut faults = Vec::new();
    for (layout, section) in LAYOUTS {
        for crlf in [false, true] {
            let text = document(section);
            let text = if crlf { text.replace('\n', "\r\n") } else { text };
            for (name, change) in changes() {
                match change_item(reading(), text.as_bytes(), 1, &change) {
                    Ok(made) => {
                        let made = String::from_utf8(made).unwrap();
                        let (old, new) = (items(text.as_bytes()), items(made.as_bytes()));
                        assert!(says_already(&new[1], &change), "{layout}, {name}:\n{made}");
                        assert_eq!(old.len(), new.len(), "{layout}, {name}:\n{made}");
                        let again = change_item(reading(), made.as_bytes(), 1, &change).unwrap();
                        assert_eq!(again, made.as_bytes(), "{layout}, {name}: a second time");
                        assert!(
                            !crlf || !made.replace("\r\n", "").contains('\n'),
                            "{layout}, {name}: {made:?}"
                        );
                        if !crlf && std::env::var_os("SHOW").is_some() {
                            eprintln!("{layout}, {name}: {:?}", changed(&text, &made));
                        }
                    }
                    Err(error) if is_known_to_fail(layout, name) => {
                        assert_eq!(error, ItemError::NoPlace(ItemPart::Owner));
                    }
                    Err(error) => faults.push(format!("{layout}, {name}: {error}")),
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_change_and_back_again() {
    let mut faults = Vec::new();
    for (layout, section) in LAYOUTS {
        let text = document(section);
        let old = items(text.as_bytes()).swap_remove(1);
        for (name, change) in changes() {
            if is_known_to_fail(layout, name) {
                continue;
            }
            let made = change_item(reading(), text.as_bytes(), 1, &change).unwrap();
            let back = ItemChange {
                text: change.text.as_ref().map(|_| old.text.clone()),
                status: change.status.map(|_| old.status),
                owner: change.owner.as_ref().map(|_| old.owner.clone().unwrap_or_default()),
                due: change.due.map(|_| old.due),
                priority: change.priority.as_ref().map(|_| old.priority.clone()),
                effort: change.effort.map(|_| old.effort),
                reason: None,
            };
            match change_item(reading(), &made, 1, &back) {
                Ok(again) => assert!(says_already(&items(&again)[1], &back), "{layout}, {name}"),
                Err(error) => faults.push(format!(
                    "{layout}, {name}: {error}: {:?}",
                    changed(&text, std::str::from_utf8(&made).unwrap())
                )),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_new_item_follows_the_last_one_in_its_layout() {
    let mut faults = Vec::new();
    let full = ItemChange {
        text: Some("Pull the green | lever".into()),
        owner: Some("@eve".into()),
        due: Some(Some(day("2024-12-24"))),
        priority: Some(Some(grade("P1"))),
        effort: Some(Some(Effort::Small)),
        ..ItemChange::default()
    };
    let bare = ItemChange { text: Some("Pull the green lever".into()), ..ItemChange::default() };
    for (layout, section) in LAYOUTS.into_iter().chain([("nothing", ""), ("prose", "We will see.\n")]) {
        for new in [&full, &bare] {
            let text = document(section);
            match add_item(reading(), text.as_bytes(), new) {
                Ok((made, index)) => {
                    let made = String::from_utf8(made).unwrap();
                    let read = items(made.as_bytes());
                    assert_eq!(read.len(), items(text.as_bytes()).len() + 1, "{layout}:\n{made}");
                    let wanted = ItemChange { status: Some(Status::Open), ..new.clone() };
                    assert!(says_already(&read[index], &wanted), "{layout}:\n{made}");
                    if std::env::var_os("SHOW").is_some() {
                        eprintln!("{layout}: {:?}", changed(&text, &made));
                    }
                }
                Err(error) => faults.push(format!("{layout}: {error}")),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
