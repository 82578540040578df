//! Commits that may be copies of another one: told by author, date and subject, or by the files that they changed.

use std::collections::HashSet;

use super::COMPARED;
use crate::git::{Commit, CommitId, Error, IdMap, Pass, Repo, Route};

/// Of a change in more files git is asked which files others changed.
const FILES: usize = 16;

/// What is looked for, and where.
pub(super) struct Search<'s> {
    pub(super) repo: &'s Repo,
    pub(super) original: &'s Commit,
    /// What is not gone into.
    pub(super) known: &'s [CommitId],
    pub(super) tips: &'s [CommitId],
    /// What is older is none, in seconds of Unix time.
    pub(super) since: i64,
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Near {
    /// Copies, by author, date and subject.
    pub(super) same: Vec<CommitId>,
    /// Commits that changed one of the files, or may have, the newest first, [`COMPARED`] of them at most.
    pub(super) alike: Vec<CommitId>,
}

impl Search<'_> {
    /// Looks into every commit, on every core; where that cannot tell, git is asked.
    ///
    /// # Errors
    /// Git's.
    pub(super) fn near(&self) -> Result<Near, Error> {
        // Of a merge what it changed is asked, and not what it brought.
        let is_merge = self.original.parents.len() > 1;
        let touched = (!is_merge).then(|| self.repo.touched_here(&self.original.id)).flatten();
        let files = match touched {
            Some(touched) => touched.files.into_iter().collect(),
            None => {
                let deltas = self.repo.deltas(self.original.parents.first(), &self.original.id)?;
                deltas.into_iter().map(|delta| delta.path).collect()
            }
        };
        // What fails here has a reason that git tells.
        match self.walked(&files) {
            Ok(Some(near)) => Ok(near),
            _ => self.listed(&files),
        }
    }

    /// Looks at what each file was at each commit. Nothing where that is not to be told so.
    fn walked(&self, files: &HashSet<String>) -> Result<Option<Near>, Error> {
        let paths: Vec<String> = files.iter().cloned().collect();
        // What is no UTF-8 is not the name of the file.
        let are_names = paths.iter().all(|path| !path.contains(char::REPLACEMENT_CHARACTER));
        if paths.len() > FILES || !are_names || !self.repo.has_plain_history() {
            return Ok(None);
        }
        let subject = self.original.subject.as_str();
        let walk = self.repo.walk_history(&Route {
            tips: self.tips,
            known: self.known,
            has: &|_| false,
            since: Some(self.since),
            folders: &paths,
            files: true,
            wanted: &|message| has_subject(&String::from_utf8_lossy(first_line(message)), subject),
            progress: &|_| {},
        })?;
        if walk.is_partial {
            return Ok(None);
        }
        let states: IdMap<CommitId, u32> =
            walk.commits.iter().map(|walked| (walked.id, walked.folders)).collect();
        let mut near = Near::default();
        for walked in walk.commits.iter().filter(|walked| walked.parents.len() < 2) {
            if walked.message.is_some() && self.is_same(&self.repo.commit(&walked.id)?) {
                near.same.push(walked.id);
                continue;
            }
            // A parent that was not come upon may be anything.
            let before = walked.parents.first().and_then(|parent| states.get(parent));
            if before != Some(&walked.folders) && near.alike.len() < COMPARED {
                near.alike.push(walked.id);
            }
        }
        Ok(Some(near))
    }

    /// The same by one `git log`.
    fn listed(&self, files: &HashSet<String>) -> Result<Near, Error> {
        let mut near = Near::default();
        let author = format!("{} <{}>", self.original.author_name, self.original.author_mail);
        let (tips, not, since) = (self.tips, self.known, Some(self.since));
        self.repo.pass(&Pass { tips, not, since, files: true, ..Pass::default() }, |passed| {
            if passed.parents.len() > 1 {
                return;
            }
            let is_same = passed.author == author && passed.authored == self.original.authored;
            if is_same && has_subject(&passed.message, &self.original.subject) {
                near.same.push(passed.id);
            } else if near.alike.len() < COMPARED && passed.files.iter().any(|file| files.contains(file)) {
                near.alike.push(passed.id);
            }
        })?;
        Ok(near)
    }

    fn is_same(&self, commit: &Commit) -> bool {
        let own = |commit: &Commit| (commit.author_name.clone(), commit.author_mail.clone(), commit.authored);
        own(commit) == own(self.original)
    }
}

/// Whether a message begins as a subject does.
fn has_subject(message: &str, subject: &str) -> bool {
    subject.starts_with(message.trim_start().lines().next().unwrap_or_default().trim())
}

/// A message as far as the end of its first line with anything in it.
fn first_line(message: &[u8]) -> &[u8] {
    let message = message.trim_ascii_start();
    message.split(|byte| *byte == b'\n').next().unwrap_or_default()
}
