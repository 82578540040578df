//! What others made of the document, on a branch here or as last fetched, merged into the draft's text.

use std::cell::OnceCell;

use crate::archive::{Guidance, memory};
use crate::commands::drafted::Drafted;
use crate::error::CliError;
use crate::git::{CommitId, ObjectId, RefUpdate, Repo};
use crate::model::PostmortemId;
use crate::render::{clean, count};
use crate::session::Project;

/// The document as a branch has it.
#[derive(Debug, Clone)]
pub(super) struct Theirs {
    /// The branch, as git names it.
    pub(super) name: String,
    /// Its newest commit.
    pub(super) tip: CommitId,
    /// The document's path there.
    pub(super) path: String,
    /// Its text there.
    pub(super) blob: ObjectId,
}

/// A draft that takes in what others changed.
pub(super) struct Merging<'m> {
    pub(super) project: &'m Project,
    pub(super) drafted: &'m Drafted<'m>,
    pub(super) guidance: &'m Guidance,
    /// The id that it is published by.
    pub(super) id: &'m PostmortemId,
    /// The command to be typed again where both changed the same lines.
    pub(super) again: String,
    /// Only says what would be done.
    pub(super) dry_run: bool,
    texts: OnceCell<Vec<Vec<u8>>>,
}

impl<'m> Merging<'m> {
    pub(super) fn new(
        project: &'m Project,
        drafted: &'m Drafted<'m>,
        guidance: &'m Guidance,
        id: &'m PostmortemId,
    ) -> Self {
        let again = format!("git postmortem publish {}", drafted.entry.id.short());
        Self { project, drafted, guidance, id, again, dry_run: false, texts: OnceCell::new() }
    }

    /// Whether the draft ever said this, guidance and line ends aside: git stores a document with ends of its own.
    pub(super) fn said(&self, text: &[u8]) -> Result<bool, CliError> {
        let bare = with_unix_ends(&self.guidance.strip(text.to_vec()));
        if self.texts.get().is_none() {
            let texts = self.drafted.texts(&self.project.repo, self.guidance)?;
            let texts = texts.iter().map(|text| with_unix_ends(text)).collect();
            return Ok(self.texts.get_or_init(|| texts).contains(&bare));
        }
        Ok(self.texts.get().is_some_and(|texts| texts.contains(&bare)))
    }

    /// The text that draft and branch last had in common: as remembered in this clone; else the newest of the branch
    /// that the draft has had too (the review was begun elsewhere); else what the review had, where it was squashed.
    pub(super) fn common(&self, theirs: &Theirs) -> Result<Option<Vec<u8>>, CliError> {
        let repo = &self.project.repo;
        let remembered = remembered(repo, self.id)?;
        let taken = match &remembered {
            Some(commit) => repo.file(commit, &theirs.path)?,
            None => None,
        };
        if let (Some(commit), Some(file)) = (&remembered, &taken)
            && repo.is_ancestor(commit, &theirs.tip)?
        {
            return Ok(Some(repo.read(&file.blob)?));
        }
        for blob in repo.path_history(&theirs.tip, &theirs.path, false)?.iter().filter_map(|found| found.blob)
        {
            let text = repo.read(&blob)?;
            if self.said(&text)? {
                return Ok(Some(text));
            }
        }
        Ok(taken.map(|file| repo.read(&file.blob)).transpose()?)
    }

    /// The text with what a branch changed. A conflict goes into the draft, where its author settles it.
    pub(super) fn take_in(&self, text: &[u8], theirs: &Theirs) -> Result<Vec<u8>, CliError> {
        let base = self.common(theirs)?.unwrap_or_default();
        let repo = &self.project.repo;
        let labels = ["draft", "before", theirs.name.as_str()];
        let merged = repo.merge_texts(&base, text, &repo.read(&theirs.blob)?, labels)?;
        if merged.conflicts == 0 {
            return Ok(merged.bytes);
        }
        let places = count(usize::try_from(merged.conflicts).unwrap_or(usize::MAX), "place", "places");
        let error =
            CliError::new(format!("the draft and {} changed the same lines in {places}", theirs.name));
        if self.dry_run {
            return Err(error.because("nothing was changed"));
        }
        self.bring_back(&merged.bytes, &[], &theirs.name)?;
        remember(repo, self.id, theirs.tip)?;
        Err(error
            .because("both versions stand in the draft now, between conflict marks; the branch is as it was")
            .hint(format!("git postmortem edit {} -e, then {}", self.drafted.entry.id.short(), self.again)))
    }

    /// The draft gets the text, and the files by their path from its folder on, that it took in.
    pub(super) fn bring_back(
        &self,
        text: &[u8],
        files: &[(String, ObjectId)],
        branch: &str,
    ) -> Result<(), CliError> {
        let entry = &self.drafted.entry;
        let mut changes = vec![(entry.path.clone(), Some(text.to_vec()))];
        for (rest, blob) in files {
            let bytes = self.project.repo.read(blob)?;
            changes.push((format!("{}{rest}", self.drafted.stem()), Some(bytes)));
        }
        let expect = [(entry.path.clone(), Some(entry.blob))];
        self.drafted.drafts.save(&changes, &format!("take in {branch}"), &expect)?;
        Ok(())
    }
}

/// Refuses where reviewers renamed or removed the document that was put in review: writing it again would undo that.
pub(super) fn refuse_moved(
    repo: &Repo,
    id: &PostmortemId,
    path: &str,
    (name, tip): (&str, &CommitId),
) -> Result<(), CliError> {
    if repo.file(tip, path)?.is_some() {
        return Ok(());
    }
    let Some(taken) = remembered(repo, id)? else { return Ok(()) };
    if repo.file(&taken, path)?.is_none() || !repo.is_ancestor(&taken, tip)? {
        return Ok(());
    }
    let removal = repo.path_history(tip, path, false)?.into_iter().find(|revision| revision.blob.is_none());
    let said = removal.map(|revision| format!("{} {}", revision.commit.short(), clean(&revision.subject)));
    let id = id.short();
    Err(CliError::new(format!("'{path}' is no longer on {name}"))
        .because(said.unwrap_or_else(|| "it was renamed or removed there".to_owned()))
        .hint(format!("git diff -M --summary {} {name} shows what became of it", taken.short()))
        .hint(format!(
            "git postmortem rename {id} TITLE lets the draft follow; git postmortem discard {id} ends it"
        )))
}

fn with_unix_ends(text: &[u8]) -> Vec<u8> {
    let is_end = |at: usize| text[at] == b'\r' && text.get(at + 1) == Some(&b'\n');
    (0..text.len()).filter(|at| !is_end(*at)).map(|at| text[at]).collect()
}

fn remembered(repo: &Repo, id: &PostmortemId) -> Result<Option<CommitId>, CliError> {
    let name = memory(id);
    Ok(repo.refs(&[&name])?.into_iter().find(|found| found.name == name).and_then(|found| found.commit))
}

/// Remembers which commit the draft has taken in.
pub(super) fn remember(repo: &Repo, id: &PostmortemId, tip: CommitId) -> Result<(), CliError> {
    let old = remembered(repo, id)?.map(|commit| commit.object());
    if old != Some(tip.object()) {
        let update = RefUpdate { name: memory(id), old, new: Some(tip.object()) };
        repo.update_refs(&[update], "postmortem: in review")?;
    }
    Ok(())
}
