//! Notes of commits that are made from something else, and can be made again at any time.

use std::collections::BTreeMap;

use git2::{Signature, Time};

use super::{CommitId, Error, ObjectId, Repo};
use crate::git::RefUpdate;

/// Whose notes they are: nobody's. Notes by anybody else are left alone.
const MADE_BY: (&str, &str) = ("git-postmortem", "derived@invalid");

/// What became of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// They were these already.
    Same,
    /// They are now.
    Written,
    /// Somebody else writes notes under that name: nothing was done.
    Foreign,
}

impl Repo {
    /// Makes the notes under a ref exactly these: a text for each commit. The same notes at the same moment give the same
    /// commit in every clone. Without any, the ref goes.
    ///
    /// # Errors
    /// As [`Repo::update_refs`]; [`Error::Object`].
    pub fn set_notes(&self, name: &str, notes: &BTreeMap<CommitId, String>, at: i64) -> Result<Noted, Error> {
        let now = self.refs(&[name])?.into_iter().find(|found| found.name == name);
        let tree = if notes.is_empty() { None } else { Some(self.notes_tree(notes)?) };
        if let Some(now) = &now {
            let Some(commit) = &now.commit else { return Ok(Noted::Foreign) };
            let commit = self.commit(commit)?;
            if (commit.author_name.as_str(), commit.author_mail.as_str()) != MADE_BY {
                return Ok(Noted::Foreign);
            }
            if Some(commit.tree) == tree {
                return Ok(Noted::Same);
            }
        }
        let new = tree.map(|tree| self.notes_commit(tree, at)).transpose()?;
        let old = now.map(|now| now.target);
        if old == new {
            return Ok(Noted::Same);
        }
        self.update_refs(&[RefUpdate { name: name.to_owned(), old, new }], "derived from the documents")?;
        Ok(Noted::Written)
    }

    /// Flat, as git itself begins: it reads that at any size.
    fn notes_tree(&self, notes: &BTreeMap<CommitId, String>) -> Result<ObjectId, Error> {
        let fail = |error: git2::Error| Error::object("write notes", &error);
        let mut builder = self.handle().and_then(|handle| handle.treebuilder(None)).map_err(fail)?;
        for (commit, text) in notes {
            let blob = self.write_blob(text.as_bytes())?;
            builder.insert(commit.to_string(), blob.to_git2(), 0o100_644).map_err(fail)?;
        }
        let tree = ObjectId::from_git2(builder.write().map_err(fail)?);
        self.share_objects([tree]);
        Ok(tree)
    }

    fn notes_commit(&self, tree: ObjectId, at: i64) -> Result<ObjectId, Error> {
        let fail = |error: git2::Error| Error::object("write notes", &error);
        let nobody = Signature::new(MADE_BY.0, MADE_BY.1, &Time::new(at, 0)).map_err(fail)?;
        let tree = self.handle().and_then(|handle| handle.find_tree(tree.to_git2())).map_err(fail)?;
        let message =
            "Links of published post-mortems\n\nMade from the documents; git postmortem makes it anew.\n";
        let made = self
            .handle()
            .and_then(|handle| handle.commit(None, &nobody, &nobody, message, &tree, &[]))
            .map_err(fail)?;
        let made = ObjectId::from_git2(made);
        self.share_objects([made]);
        Ok(made)
    }
}
