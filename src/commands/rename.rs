//! `git postmortem rename`: another title and id; the old id stays valid.

use crate::archive::{Entry, Place};
use crate::commands::beside::{follow, name_of};
use crate::commands::unpublish::{attachments, attachments_folder};
use crate::commands::{drafted, edited, subject};
use crate::document::edit::{self, Edit};
use crate::document::{Source, parse};
use crate::error::{CliError, ExitStatus};
use crate::git::publish::{Committed, Depth, PATIENCE, PathChange, PathCommit, commit_paths};
use crate::git::{ObjectId, TreeFile};
use crate::model::{Former, PostmortemId, slug_of};
use crate::render::clean;
use crate::session::{Project, Session};

/// Give a post-mortem another title and id; the old id stays valid
#[derive(Debug, Clone, clap::Args)]
pub struct RenameArgs {
    /// The draft or document: any unambiguous part of its id
    #[arg(value_name = "ID")]
    pub id: String,
    /// The new title; no quotes needed
    #[arg(value_name = "TITLE", required = true, trailing_var_arg = true)]
    pub title: Vec<String>,
    /// Answer in JSON, see docs/schema; stands before the title
    #[arg(long)]
    pub json: bool,
}

/// What a rename amounts to.
struct Renaming<'e> {
    entry: &'e Entry,
    old_title: String,
    new: PostmortemId,
    text: Vec<u8>,
}

/// Renames a draft or a published document.
///
/// # Errors
/// Where the new name is taken or has no letter, or the repository takes no commit now.
pub fn run(session: &Session, args: &RenameArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let archive = project.everything()?;
    let entry = subject::named(&project, &archive.entries, &args.id)?;
    let renaming = Renaming::plan(&project, entry, args.title.join(" ").trim())?;
    if renaming.new != entry.id && archive.entries.iter().any(|other| other.id == renaming.new) {
        return Err(CliError::new(format!("there is a post-mortem {} already", renaming.new))
            .hint("choose a title that tells the two apart"));
    }
    let place = match entry.place {
        Place::Draft { private, .. } => renaming.draft(&project, private)?,
        Place::Tree | Place::Branch(_) => renaming.document(&project, &archive.entries)?,
    };
    subject::remember(&project, &renaming.new);
    if args.json {
        let formerly = (renaming.new != entry.id).then(|| entry.id.to_string());
        let undo = renaming.undo().into_iter().collect();
        let row =
            edited::Edit { place, formerly, undo, ..edited::Edit::whole("rename", renaming.new.to_string()) };
        return edited::tell(session, &row);
    }
    let mut lines = vec![("renamed", format!("{} to {}", entry.id, renaming.new)), ("", place)];
    if renaming.new != entry.id {
        lines.push(("formerly", format!("{}   stays valid", entry.id)));
    }
    lines.extend(renaming.undo().map(|undo| ("undo", undo)));
    session.ui.lines(&lines);
    Ok(ExitStatus::Done)
}

impl<'e> Renaming<'e> {
    fn plan(project: &Project, entry: &'e Entry, title: &str) -> Result<Self, CliError> {
        let slug = PostmortemId::new(&slug_of(title)).map_err(|_| {
            CliError::new(format!("the title '{title}' has no letter or digit to make an id of"))
        })?;
        let old = entry.id.as_str();
        let dated = entry.id.short() != old;
        // The day stays: it is the incident's, and no title changes it.
        let name = if dated { format!("{}{slug}", &old[..11]) } else { slug.to_string() };
        let moved = matches!(entry.place, Place::Draft { .. }) || attachments_folder(&entry.path).is_some();
        let new = if moved { PostmortemId::new(&name).unwrap_or(slug) } else { entry.id.clone() };
        let bytes = project.repo.read(&entry.blob)?;
        let document = parse(&Source { name: &entry.path, bytes: &bytes }, &project.vocabulary);
        let old_title = document.postmortem().title;
        let mut edits: Vec<Edit> = edit::set_title(&document, title);
        if new != entry.id {
            let formerly = edit::add_formerly(&document, &project.vocabulary, &[Former::renamed(old)]);
            edits.extend(formerly.map_err(|error| CliError::new(error.to_string()))?);
        }
        let text = document.edited(&bytes, &edits);
        let mut renaming = Self { entry, old_title, new, text };
        let (from, to) = (name_of(&entry.path), renaming.target());
        if from != name_of(&to) {
            let text = std::mem::take(&mut renaming.text);
            let names = (from, name_of(&to));
            renaming.text = follow((&entry.path, text), &project.vocabulary, names, str::to_owned);
        }
        Ok(renaming)
    }

    /// The command that gives the old title back, where there was one.
    fn undo(&self) -> Option<String> {
        let title = clean(&self.old_title).replace('\'', "'\\''");
        (!title.is_empty()).then(|| format!("git postmortem rename {} '{title}'", self.new))
    }

    /// Moves a draft and its attachments in one commit of the drafts.
    fn draft(&self, project: &Project, private: bool) -> Result<String, CliError> {
        let drafts = drafted::place(project, private);
        let old = self.entry.path.trim_end_matches(".md");
        let target = format!("{}.md", self.new);
        let mut changes = vec![(target.clone(), Some(self.text.clone()))];
        let mut expect = vec![(self.entry.path.clone(), Some(self.entry.blob))];
        if target != self.entry.path {
            changes.push((self.entry.path.clone(), None));
            expect.push((target, None));
            for file in drafts.attachments(old)? {
                let rest = file.path.strip_prefix(old).unwrap_or(&file.path).to_owned();
                changes.push((format!("{}{rest}", self.new), Some(project.repo.read(&file.blob)?)));
                changes.push((file.path, None));
            }
        }
        drafts.save(&changes, &format!("rename {} to {}", self.entry.id, self.new), &expect)?;
        Ok("in the drafts".to_owned())
    }

    /// Moves a document and its attachments in one commit of the project.
    fn document(&self, project: &Project, all: &[Entry]) -> Result<String, CliError> {
        let repo = &project.repo;
        let old = &self.entry.path;
        let target = self.target();
        let bytes = Some(self.text.clone());
        let mut changes = Vec::new();
        if target == *old {
            changes.push(PathChange::new(target.as_str(), bytes, Some(self.entry.blob)));
        } else {
            let mut moved = |path: &str, blob: ObjectId, target: &str, bytes: Option<Vec<u8>>| {
                let like = Some(path.to_owned());
                changes.push(PathChange { like, ..PathChange::new(target, bytes, None) });
                changes.push(PathChange::new(path, None, Some(blob)));
            };
            moved(old, self.entry.blob, &target, bytes);
            for file in self.attachments(project, all)? {
                let folder = attachments_folder(old).unwrap_or_default();
                let rest = file.path.strip_prefix(folder).unwrap_or(&file.path);
                let path = format!("{}{rest}", attachments_folder(&target).unwrap_or_default());
                moved(&file.path, file.blob, &path, Some(repo.read(&file.blob)?));
            }
        }
        let lock = repo.lock_work(PATIENCE)?;
        let message = subject::message(project, self.entry, "rename");
        match commit_paths(repo, &lock, &PathCommit { changes, message: &message, depth: Depth::Commit })? {
            Committed::Commit(commit) => Ok(format!("{target}   commit {}", commit.short())),
            _ => Ok(format!("{target}   as it was")),
        }
    }

    /// The same folder, the new name; an index page keeps its own.
    fn target(&self) -> String {
        let old = &self.entry.path;
        if attachments_folder(old).is_none() || self.new == self.entry.id {
            return old.clone();
        }
        let (folder, file) = old.rsplit_once('/').map_or(("", old.as_str()), |parts| parts);
        let extension = file.rsplit_once('.').map_or("md", |(_, extension)| extension);
        let name = self.new.as_str().rsplit('/').next().unwrap_or(self.new.as_str());
        if folder.is_empty() { format!("{name}.{extension}") } else { format!("{folder}/{name}.{extension}") }
    }

    fn attachments(&self, project: &Project, all: &[Entry]) -> Result<Vec<TreeFile>, CliError> {
        project.commit.map_or_else(|| Ok(Vec::new()), |head| attachments(project, all, &head, self.entry))
    }
}
