//! Attestations: what one says, and whether they still hold, in lines and in JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::{clean, count, json};

/// A field of an attestation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldRow {
    /// Which: `context`, `files`, `impact`, `gaps`, `rules`, `actions`, `references`.
    pub field: &'static str,
    /// What it says, in markdown; none where nobody provided it.
    pub value: Option<String>,
    /// Who said it: `tool`, `hand`, `nobody`.
    pub by: &'static str,
}

/// An attestation that was written.
#[derive(Debug)]
pub struct Attested<'a> {
    /// The id of the post-mortem.
    pub postmortem: String,
    /// Where it lies.
    pub path: String,
    /// Whether anything was different.
    pub changed: bool,
    /// The id of the text that is attested.
    pub document: &'a str,
    /// The commit as of which the context was gathered.
    pub commit: Option<&'a str>,
    /// What could not be gathered.
    pub notes: &'a [String],
}

impl Attested<'_> {
    /// Writes it as JSON.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn json(&self, out: &mut dyn Write, rows: &[FieldRow]) -> io::Result<()> {
        let members = [
            ("postmortem", self.postmortem.as_str().into()),
            ("path", self.path.as_str().into()),
            ("changed", self.changed.into()),
            ("document", self.document.into()),
            ("commit", self.commit.into()),
            ("notes", self.notes.into()),
        ];
        json::write(out, &json::Envelope { name: "fields", incomplete: &[], members: &members }, rows)
    }
}

/// Whether an attestation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// All that it names is as it was.
    Holds,
    /// Something is not.
    Broken,
    /// There is none.
    Unattested,
}

/// What became of the commit that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CommitState {
    /// It is in a branch or tag.
    Reachable,
    /// It is there, and in no branch or tag.
    Unreachable,
    /// It is not there any more.
    Missing,
    /// It may lie before the end of this shallow clone.
    Unseen,
}

/// A document whose attestation was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerifyRow {
    /// Its id.
    pub postmortem: String,
    /// Where it lies.
    pub path: String,
    /// Whether it is a draft.
    pub draft: bool,
    /// Whether the attestation holds.
    pub state: State,
    /// What does not hold, a sentence each.
    pub broken: Vec<String>,
    /// The id of the text that was attested.
    pub attested: Option<String>,
    /// The id of the text as it is now.
    pub now: String,
    /// The headings under which something was edited since, where that can be told; an empty one is above all headings.
    pub sections: Option<Vec<String>>,
    /// The commit as of which the context was gathered.
    pub commit: Option<String>,
    /// What became of it.
    pub commit_state: Option<CommitState>,
}

impl VerifyRow {
    /// A document without an attestation, as far as is known.
    #[must_use]
    pub fn new(postmortem: String, path: String, draft: bool, now: String) -> Self {
        Self {
            postmortem,
            path,
            draft,
            state: State::Unattested,
            broken: Vec::new(),
            attested: None,
            now,
            sections: None,
            commit: None,
            commit_state: None,
        }
    }

    /// Adds what does not hold.
    pub fn break_with(&mut self, why: String) {
        self.state = State::Broken;
        self.broken.push(why);
    }
}

/// What to say of a document that was edited: under which headings, where that can be told.
#[must_use]
pub fn edited(sections: Option<&[String]>) -> String {
    let name = |name: &String| if name.is_empty() { "its head".to_owned() } else { clean(name).into_owned() };
    match sections {
        Some([]) => "the document was edited".to_owned(),
        Some(names) => {
            format!("the document was edited: {}", names.iter().map(name).collect::<Vec<_>>().join(", "))
        }
        None => "the document was edited; no version of its history is the one that was attested".to_owned(),
    }
}

/// One document in a line.
#[must_use]
pub fn line(row: &VerifyRow) -> (&'static str, String) {
    let id = clean(&row.postmortem);
    match row.state {
        State::Holds if row.commit_state == Some(CommitState::Unseen) => {
            ("holds", format!("{id}   as far as this shallow clone can tell"))
        }
        State::Holds => ("holds", id.into_owned()),
        State::Broken => ("broken", format!("{id}   {}", row.broken.join("; "))),
        State::Unattested => ("none", format!("{id}   has no attestation")),
    }
}

/// All of them in a sentence.
#[must_use]
pub fn summary(rows: &[VerifyRow], looked_at: usize) -> String {
    let of = |state| rows.iter().filter(|row| row.state == state).count();
    let (holds, broken) = (of(State::Holds), of(State::Broken));
    let attested = count(holds + broken, "attestation", "attestations");
    let without = looked_at - holds - broken;
    let hold = match (holds + broken, broken) {
        (0, _) => "no attestation".to_owned(),
        (1, 1) => "1 attestation, and it is broken".to_owned(),
        (_, 0) => format!("{attested}, and nothing has changed"),
        (_, broken) => format!("{attested}, {broken} of them broken"),
    };
    if without > 0 {
        format!("{hold}; {} without one", count(without, "document", "documents"))
    } else {
        hold
    }
}

/// Writes what was verified as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn verified(out: &mut dyn Write, rows: &[VerifyRow], incomplete: &[String]) -> io::Result<()> {
    let holds = rows.iter().all(|row| row.state == State::Holds);
    let members = [("holds", holds.into())];
    json::write(out, &json::Envelope { name: "attestations", incomplete, members: &members }, rows)
}
