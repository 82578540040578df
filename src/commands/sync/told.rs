//! What a sync did, in lines and as JSON.

use serde_json::{Value, json};

use super::leak::Leak;
use crate::document::merge::{Conflict, Remark};
use crate::document::secrets::masked;
use crate::error::CliError;
use crate::git::DraftTree;
use crate::render::json::{self, Envelope};
use crate::render::{clean, count};
use crate::session::Session;

/// What became of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// It came from the remote, new or changed.
    Received,
    /// It went to the remote, new or changed.
    Sent,
    /// It was taken away there.
    RemovedThere,
    /// It was taken away here.
    RemovedHere,
    /// Both sides changed it, and both changes are in it.
    Joined,
    /// Both sides changed the same places: both texts are in it.
    Conflict(Vec<Conflict>),
    /// Another text has its name at the remote; ours has this one now.
    Renamed(String),
    /// It was taken away here and changed there: it is here again.
    KeptTheirs,
    /// It was taken away there and changed here: it stays.
    KeptOurs,
    /// A file beside it that both changed; ours has another name.
    File {
        /// Its name.
        name: String,
        /// The name that ours has now.
        spare: String,
    },
    /// It still has a conflict of an earlier sync.
    Torn(usize),
}

impl What {
    /// Whether two are told beside each other.
    pub(super) fn is_of_another_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(self) != std::mem::discriminant(other)
            && !matches!(self, Self::Joined | Self::Conflict(_))
    }
}

/// One line of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) id: String,
    pub(super) what: What,
    pub(super) remarks: Vec<Remark>,
}

/// Everything that a sync has to say.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) remote: String,
    pub(super) branch: String,
    pub(super) told: Vec<Told>,
    pub(super) leaks: Vec<Leak>,
    /// How many commits went to the remote.
    pub(super) sent: Option<usize>,
    pub(super) dry_run: bool,
    /// There is no draft, here or there.
    pub(super) is_empty: bool,
    pub(super) warnings: Vec<String>,
}

impl Account {
    /// The drafts that went one way or the other as a whole.
    pub(super) fn compare(&mut self, before: &DraftTree, there: &DraftTree, after: &DraftTree) {
        let stem = |path: &String| path.split('/').next().map(|top| top.trim_end_matches(".md").to_owned());
        let names: std::collections::BTreeSet<String> =
            before.keys().chain(there.keys()).chain(after.keys()).filter_map(stem).collect();
        for name in names {
            let id = super::plan::shown(&name);
            if self.told.iter().any(|told| told.id == id) {
                continue;
            }
            let of = |side: &DraftTree| -> Vec<_> {
                let path = format!("{name}.md");
                let folder = format!("{name}/");
                let mine = side.iter().filter(|(known, _)| **known == path || known.starts_with(&folder));
                mine.map(|(path, blob)| (path.clone(), *blob)).collect()
            };
            let (was, other, now) = (of(before), of(there), of(after));
            let what = match (was == now, other == now) {
                (false, true) if now.is_empty() => What::RemovedThere,
                (false, true) => What::Received,
                (true, false) if now.is_empty() => What::RemovedHere,
                (_, false) => What::Sent,
                (true, true) => continue,
            };
            self.told.push(Told { id, what, remarks: Vec::new() });
        }
    }

    /// Whether something has to be settled by a person.
    pub(super) fn is_refused(&self) -> bool {
        !self.leaks.is_empty() || self.has_conflicts()
    }

    fn has_conflicts(&self) -> bool {
        self.told.iter().any(|told| matches!(told.what, What::Conflict(_) | What::Torn(_)))
    }

    pub(super) fn tell(&self, session: &Session, as_json: bool) -> Result<(), CliError> {
        if as_json {
            self.json(session)?;
        } else {
            self.lines(session);
        }
        self.warnings.iter().for_each(|warning| session.ui.warn(warning));
        Ok(())
    }

    fn lines(&self, session: &Session) {
        let mut lines: Vec<(&str, String)> = Vec::new();
        for told in &self.told {
            let id = clean(&told.id).into_owned();
            let remote = &self.remote;
            let (label, text) = match &told.what {
                What::Received => ("received", id),
                What::Sent if self.sent.is_none() => ("to send", id),
                What::Sent => ("sent", id),
                What::RemovedThere => ("removed", format!("{id}   as at {remote}")),
                What::RemovedHere => ("removed", format!("{id}   at {remote} too")),
                What::Joined => ("joined", format!("{id}   changed here and at {remote}")),
                What::Conflict(places) => ("conflict", format!("{id}   {}", self.places(places))),
                What::Renamed(new) => {
                    ("renamed", format!("{}   {remote} has another text called {id}", clean(new)))
                }
                What::KeptTheirs => {
                    ("kept", format!("{id}   taken away here, changed at {remote} meanwhile"))
                }
                What::KeptOurs => ("kept", format!("{id}   taken away at {remote}, changed here meanwhile")),
                What::File { name, spare } => {
                    let name = format!("{}   {remote} has another {}", clean(spare), clean(name));
                    ("file", if id.is_empty() { name } else { format!("{id}/{name}") })
                }
                What::Torn(line) => ("conflict", format!("{id}   still to settle, line {line}")),
            };
            lines.push((label, text));
            lines.extend(told.remarks.iter().map(|remark| ("", format!("  {}", said(remark)))));
        }
        lines
            .extend(self.leaks.iter().map(|leak| ("secret", format!("{}   would not be sent", leak.told()))));
        lines.push(self.summary());
        lines.extend(self.next().map(|next| ("next", next)));
        let labels: Vec<&str> = lines.iter().map(|(label, _)| *label).collect();
        for at in 1..lines.len() {
            if labels[at] == labels[at - 1] {
                lines[at].0 = "";
            }
        }
        session.ui.lines(&lines);
    }

    fn summary(&self) -> (&'static str, String) {
        let there = format!("{}/{}", clean(&self.remote), clean(&self.branch));
        match self.sent {
            _ if self.is_empty => ("no drafts", format!("neither here nor at {there}")),
            Some(0) => ("in step", format!("with {there}")),
            Some(sent) => ("pushed", format!("{} to {there}", count(sent, "commit", "commits"))),
            None if self.dry_run => {
                ("dry run", format!("nothing was changed here or at {}", clean(&self.remote)))
            }
            None => ("not sent", format!("git postmortem sync sends it to {there}")),
        }
    }

    /// The conflict to settle first.
    fn next(&self) -> Option<String> {
        let torn = |told: &&Told| matches!(told.what, What::Conflict(_) | What::Torn(_));
        let first = self.told.iter().find(torn).filter(|_| !self.dry_run)?;
        Some(format!("git postmortem edit {} -e   keep one text, take the marks out", clean(&first.id)))
    }

    fn places(&self, places: &[Conflict]) -> String {
        let place = |conflict: &Conflict| match conflict.section.as_str() {
            "" => conflict.what.clone(),
            section => format!("{section} ({})", conflict.what),
        };
        let names: Vec<String> = places.iter().map(|place_of| clean(&place(place_of)).into_owned()).collect();
        format!("both texts stand in {}: {}", count(places.len(), "place", "places"), names.join(", "))
    }

    fn json(&self, session: &Session) -> Result<(), CliError> {
        let members = [
            ("remote", json!(self.remote)),
            ("branch", json!(self.branch)),
            ("sent", json!(self.sent)),
            ("dry_run", json!(self.dry_run)),
            ("warnings", json!(self.warnings)),
            ("secrets", json!(self.leaks.iter().map(leak).collect::<Vec<_>>())),
        ];
        let envelope = Envelope { name: "drafts", members: &members, ..Envelope::default() };
        let written = session.ui.out_with(|out| json::write(out, &envelope, self.told.iter().map(row)));
        written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))
    }
}

fn leak(leak: &Leak) -> Value {
    json!({
        "draft": leak.draft,
        "line": leak.line,
        "kind": leak.kind.word(),
        "secret": masked(&leak.secret),
        "commit": leak.commit.map(|commit| commit.to_string()),
    })
}

fn row(told: &Told) -> Value {
    let (what, name) = match &told.what {
        What::Received => ("received", None),
        What::Sent => ("sent", None),
        What::RemovedThere | What::RemovedHere => ("removed", None),
        What::Joined => ("joined", None),
        What::Conflict(_) | What::Torn(_) => ("conflict", None),
        What::Renamed(new) => ("renamed", Some(new)),
        What::KeptTheirs | What::KeptOurs => ("kept", None),
        What::File { spare, .. } => ("file", Some(spare)),
    };
    let conflicts = match &told.what {
        What::Conflict(places) => places.as_slice(),
        _ => &[],
    };
    let places = conflicts.iter().map(|place| json!({"section": place.section, "what": place.what}));
    json!({
        "id": told.id,
        "outcome": what,
        "new_name": name,
        "conflicts": places.collect::<Vec<_>>(),
        "remarks": told.remarks.iter().map(said).collect::<Vec<_>>(),
    })
}

/// A remark in words.
pub(crate) fn said(remark: &Remark) -> String {
    let text = match remark {
        Remark::Renumbered { section, old, new } if section.is_empty() => {
            format!("row {old} is row {new} now")
        }
        Remark::Renumbered { section, old, new } => format!("{section}: row {old} is row {new} now"),
        Remark::Kept { section, what } if section.is_empty() => format!("kept: {what}"),
        Remark::Kept { section, what } => format!("{section}: kept {what}"),
        Remark::Chosen { what, kept, other } => format!("{what}: '{kept}' stays, and not '{other}'"),
    };
    clean(&text).into_owned()
}
