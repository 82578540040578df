//! The one table of keys: name, what it holds, what it is for, how it is set and shown.
//!
//! A new section is a new file here with its keys, and a line in [`all`]. Validation, the mapping from git config
//! and the environment, listing, messages and the example file follow.

mod actions;
mod attest;
mod candidates;
mod context;
mod documents;
mod gate;
mod judged;
mod promised;
mod rest;
mod severity;
mod tracker;
mod written;

use chrono::NaiveDate;

use super::Config;
use super::fault::{Refusal, nearest};
use super::value::Value;

/// What a setter says.
pub(super) type Taken = Result<(), Refusal>;

/// Values in force: the names at the stars of a key, and the value.
pub(super) type Shown = Vec<(Vec<String>, Value)>;

/// How a value gets into the configuration. The names are what stands at the stars and lists of the key.
pub(super) enum Slot {
    Text(fn(&mut Config, &[&str], String) -> Taken),
    /// One of these words.
    Word(&'static [&'static str], fn(&mut Config, &[&str], &str)),
    Flag(fn(&mut Config, bool)),
    /// A whole number, nought included.
    Number(fn(&mut Config, &[&str], u32)),
    /// A day.
    Day(fn(&mut Config, &[&str], NaiveDate)),
    /// A list, or one text alone.
    Texts(fn(&mut Config, &[&str], Vec<String>) -> Taken),
    List(fn(&mut Config, &[&str], Vec<String>) -> Taken),
}

/// A row of the table.
pub(super) struct Key {
    /// `section.key`; a star stands for a name that the team chooses, `[]` for a place in a list of tables, from 1.
    pub(super) name: &'static str,
    /// What it is for: a sentence or two, for the example file and the manual.
    pub(super) doc: &'static str,
    /// Lines for the example file where the default is empty.
    pub(super) sample: &'static str,
    pub(super) slot: Slot,
    pub(super) show: fn(&Config) -> Shown,
}

/// What the example file says about a section, in the file's order.
pub(super) struct Section {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
}

/// The sections in the example file's order.
pub(super) const SECTIONS: [Section; 13] = [
    Section { name: "documents", doc: "Where post-mortems are, and how they are worded." },
    Section { name: "drafts", doc: "Where post-mortems are before they are published." },
    Section { name: "severity", doc: "How grave an incident was." },
    Section { name: "actions", doc: "Promised follow-ups." },
    Section { name: "services", doc: "Named parts of the system. Without any, the whole repository is one." },
    Section { name: "repos", doc: "Other repositories by name, so that `payments:v1.4.0` can be said here." },
    Section { name: "deploy", doc: "What a release is." },
    Section { name: "candidates", doc: "What in a history looks like an incident." },
    Section { name: "context", doc: "Where it is written how the system was meant to work." },
    Section { name: "attest", doc: "What an attestation is made of." },
    Section { name: "lint", doc: "What is asked of a document." },
    Section { name: "gate", doc: "What keeps a release from being tagged." },
    Section { name: "commit", doc: "How commits that change documents are worded." },
];

/// What stands in a key for a place in a list of tables.
const LIST: &str = "[]";

/// Whether a segment of a key stands for what the team chooses.
fn is_open(segment: &str) -> bool {
    matches!(segment, "*" | LIST)
}

/// Every key, in the example file's order.
pub(super) fn all() -> impl Iterator<Item = &'static Key> {
    [
        documents::KEYS,
        severity::KEYS,
        actions::KEYS,
        tracker::KEYS,
        candidates::KEYS,
        context::KEYS,
        attest::KEYS,
        judged::KEYS,
        written::KEYS,
        promised::KEYS,
        gate::KEYS,
        rest::KEYS,
    ]
    .into_iter()
    .flatten()
}

impl Key {
    /// The list of tables that it is in: `gate.rules`.
    pub(super) fn list(&self) -> Option<&'static str> {
        self.name.split_once(".[]").map(|(list, _)| list)
    }

    /// Whether some of it is what the team chooses.
    pub(super) fn is_open(&self) -> bool {
        self.name.split('.').any(is_open)
    }

    /// Whether a typed key is this one, and what stands at its stars.
    pub(super) fn names<'a>(&self, segments: &'a [String]) -> Option<Vec<&'a str>> {
        let mut names = Vec::new();
        let mut own = self.name.split('.');
        for segment in segments {
            match own.next()? {
                "*" => names.push(segment.as_str()),
                LIST if segment.parse::<usize>().is_ok_and(|place| place > 0) => names.push(segment.as_str()),
                word if word == segment => {}
                _ => return None,
            }
        }
        own.next().is_none().then_some(names)
    }

    /// The key with its stars filled.
    pub(super) fn filled(&self, names: &[String]) -> Vec<String> {
        let mut names = names.iter();
        let fill = |segment: &str| match segment {
            open if is_open(open) => names.next().cloned().unwrap_or_else(|| open.to_owned()),
            word => word.to_owned(),
        };
        self.name.split('.').map(fill).collect()
    }

    /// What it holds, with its article, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self.slot {
            Slot::Text(_) | Slot::Word(..) => "a text",
            Slot::Flag(_) => "true or false",
            Slot::Number(_) => "a number",
            Slot::Day(_) => "a date",
            Slot::Texts(_) => "a text or a list of texts",
            Slot::List(_) => "a list of texts",
        }
    }

    /// Sets a value.
    pub(super) fn set(&self, config: &mut Config, names: &[&str], value: &Value) -> Taken {
        match (&self.slot, value) {
            (Slot::Text(set), Value::Text(text)) => set(config, names, text.clone()),
            (Slot::Word(known, set), Value::Text(text)) => match known.iter().find(|word| *word == text) {
                Some(word) => {
                    set(config, names, word);
                    Ok(())
                }
                None => Err(Refusal::of(format!("'{text}' is none of {}", known.join(", ")), text, known)),
            },
            (Slot::Flag(set), Value::Flag(flag)) => {
                set(config, *flag);
                Ok(())
            }
            (Slot::Number(set), Value::Number(number)) => {
                set(config, names, *number);
                Ok(())
            }
            (Slot::Day(set), Value::Text(text)) => match text.parse() {
                Ok(day) => {
                    set(config, names, day);
                    Ok(())
                }
                Err(_) => Err(format!("'{text}' is no day; write it as 2026-03-08").into()),
            },
            (Slot::Texts(set), Value::Text(text)) => set(config, names, vec![text.clone()]),
            (Slot::List(set) | Slot::Texts(set), Value::List(texts)) => set(config, names, texts.clone()),
            (_, other) => Err(format!("expected {}, found {}", self.kind(), other.kind()).into()),
        }
    }
}

/// The row of a typed key.
pub(super) fn find(segments: &[String]) -> Option<(&'static Key, Vec<&str>)> {
    all().find_map(|key| key.names(segments).map(|names| (key, names)))
}

/// Whether some key begins with these segments.
pub(super) fn is_table(segments: &[String]) -> bool {
    all().any(|key| {
        let own: Vec<&str> = key.name.split('.').collect();
        own.len() > segments.len()
            && own.iter().zip(segments).all(|(own, segment)| is_open(own) || *own == segment.as_str())
    })
}

/// Whether these segments name a list of tables.
pub(super) fn is_list_of_tables(segments: &[String]) -> bool {
    let own = format!("{}.{LIST}.", segments.join("."));
    all().any(|key| key.name.starts_with(&own))
}

/// The known key that is likest to a typed one, with the typed names at its stars.
pub(super) fn likest(segments: &[String]) -> Option<String> {
    let typed = segments.join(".");
    let candidates: Vec<String> = all()
        .flat_map(|key| {
            let names: Vec<String> = key
                .name
                .split('.')
                .zip(segments)
                .filter(|(own, _)| is_open(own))
                .map(|(_, segment)| segment.clone())
                .collect();
            let full = key.filled(&names);
            // The section alone may be what was meant: `[document]`.
            [full[..segments.len().min(full.len())].join("."), full.join(".")]
        })
        .filter(|candidate| candidate != &typed)
        .collect();
    // The same key at the top level or in another section: `branch` for `drafts.branch`.
    let last = segments.last()?;
    let elsewhere = all().find(|key| key.name.rsplit('.').next() == Some(last.as_str()));
    nearest(&typed, candidates.iter().map(String::as_str))
        .or_else(|| elsewhere.map(|key| key.name.to_owned()))
}

/// One value of a key without stars.
fn one(value: Value) -> Shown {
    vec![(Vec::new(), value)]
}

/// A value for each name.
fn each<'a, K: ToString + 'a, V: 'a>(
    entries: impl IntoIterator<Item = (&'a K, &'a V)>,
    value: impl Fn(&V) -> Value,
) -> Shown {
    entries.into_iter().map(|(name, entry)| (vec![name.to_string()], value(entry))).collect()
}

fn text(text: &str) -> Value {
    Value::from(text)
}

fn list(texts: &[String]) -> Value {
    Value::List(texts.to_vec())
}

/// Refuses lists with an empty text in them.
fn no_blanks(texts: &[String]) -> Taken {
    if texts.iter().any(|text| text.trim().is_empty()) {
        Err("an empty text in the list".to_owned().into())
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_belongs_to_a_section_and_is_explained() {
        for key in all() {
            let section = key.name.split('.').next().unwrap();
            assert!(SECTIONS.iter().any(|known| known.name == section), "{}", key.name);
            assert!(key.doc.ends_with('.') || key.doc.ends_with('`'), "{} has no sentence", key.name);
        }
    }

    #[test]
    fn the_likest_key_is_named() {
        let likest = |key: &str| likest(&key.split('.').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(likest("documents.outptu").as_deref(), Some("documents.output"));
        assert_eq!(likest("document").as_deref(), Some("documents"));
        assert_eq!(likest("services.payments.tag").as_deref(), Some("services.payments.tags"));
        assert_eq!(likest("branch").as_deref(), Some("drafts.branch"));
        assert_eq!(likest("zzz.qqq"), None);
    }
}
