//! What will stand where: the text without its guidance, its path, and what stands there now.

use super::attachments::{self, Attachments};
use super::places::origin;
use super::refusals::{refuse_conflicts, taken};
use super::theirs::{Merging, Theirs};
use super::{PublishArgs, typed_id};
use crate::archive::{Entry, Guidance};
use crate::commands::beside::{follow, name_of};
use crate::commands::drafted::Drafted;
use crate::commands::naming;
use crate::config::OutputParts;
use crate::document::{self, Source};
use crate::document::{template, text_of};
use crate::error::CliError;
use crate::git::publish::PathChange;
use crate::git::{ObjectId, TreeFile};
use crate::model::{Postmortem, PostmortemId};
use crate::session::{Project, Session};

/// A draft ready to be published.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The id that it will have.
    pub(super) id: PostmortemId,
    /// The path that it will have.
    pub(super) path: String,
    /// The text, without what the template said to its author.
    pub(super) text: Vec<u8>,
    /// What it says.
    pub(super) postmortem: Postmortem,
    /// What it leaves open, by name.
    pub(super) gaps: Vec<String>,
    /// The lines on which that stands.
    pub(super) gap_lines: Vec<u32>,
    /// Attachments: their path in the tree and their content.
    pub(super) attachments: Attachments,
    /// Of these, what came from branches, by the path from the folder on.
    pub(super) taken_files: Attachments,
    /// The draft's own attachments as they were read.
    pub(super) beside: Vec<TreeFile>,
    /// What HEAD has there.
    pub(super) standing: Standing,
    /// The branches that it took something in from.
    pub(super) taken_in: Vec<String>,
    guidance: Guidance,
    /// The draft as its author has it, guidance and all.
    drafted: Vec<u8>,
}

/// What HEAD has where a document is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing.
    Free,
    /// What the draft began from, or the very text.
    Ours(ObjectId),
    /// The very text stood there once, and was changed since: the draft is behind.
    Superseded,
}

impl Prepared {
    pub(super) fn from(
        session: &Session,
        project: &Project,
        drafted: &Drafted<'_>,
        args: &PublishArgs,
    ) -> Result<Self, CliError> {
        let entry = &drafted.entry;
        let id = match args.new_id.as_deref() {
            Some(typed) => on_its_day(&entry.id, typed_id(typed)?),
            None => entry.id.clone(),
        };
        let written = project.repo.read(&entry.blob)?;
        let archive = project.published()?;
        let is_known = archive.entries.iter().any(|published| published.id == entry.id);
        refuse_conflicts(&written, entry, is_known)?;
        let guidance = Guidance::read(&project.repo, &project.config, project.commit.as_ref());
        for path in guidance.unreadable() {
            let text = format!("template {path} cannot be read: its guidance stays in the document");
            session.ui.warn(&text);
        }
        let drafted_text = written.clone();
        let text = guidance.strip(written);
        let taken = archive.entries.iter().find(|published| published.id == id);
        let path = match taken {
            Some(published) => published.path.clone(),
            None => path(project, &archive.entries, &entry.postmortem, &id)?,
        };
        let names = (drafted.stem(), name_of(&path));
        let text = follow((&entry.path, text), &project.vocabulary, names, str::to_owned);
        let beside = drafted.attachments()?;
        let attachments = attachments::of_draft(drafted, &beside, &path);
        let (gaps, postmortem) = (Vec::new(), Postmortem::default());
        let standing = Standing::Free;
        let (taken_files, taken_in) = (Vec::new(), Vec::new());
        let mut prepared = Self {
            id,
            path,
            text,
            postmortem,
            gaps,
            gap_lines: Vec::new(),
            attachments,
            taken_files,
            beside,
            standing,
            taken_in,
            guidance,
            drafted: drafted_text,
        };
        prepared.stand(project, drafted, args)?;
        prepared.read(project);
        Ok(prepared)
    }

    /// The line of the draft, as its author has it, that a line of the text came from.
    pub(super) fn line_in_draft(&self, line: u32) -> u32 {
        let (text, drafted) = (text_of(&self.text), text_of(&self.drafted));
        origin(&text, &drafted, line)
    }

    /// Reads what the text says by now.
    fn read(&mut self, project: &Project) {
        let source = Source { name: &self.path, bytes: &self.text };
        let read = document::parse(&source, &project.vocabulary);
        let gaps = template::placeholders(&read, &project.vocabulary);
        self.gap_lines = gaps.iter().map(|gap| read.line_of(gap.span.start)).collect();
        self.gaps = gaps.into_iter().map(|gap| gap.what).collect();
        self.postmortem = read.into_postmortem();
    }

    /// How a draft merges with what others made of it.
    pub(super) fn merging<'m>(
        &'m self,
        project: &'m Project,
        drafted: &'m Drafted<'m>,
        args: &PublishArgs,
    ) -> Merging<'m> {
        let mut merging = Merging::new(project, drafted, &self.guidance, &self.id);
        merging.dry_run = args.dry_run;
        merging
    }

    /// The text with what a branch changed; it is noted where that is something.
    pub(super) fn take_in(
        &mut self,
        project: &Project,
        drafted: &Drafted<'_>,
        theirs: &Theirs,
        (args, again): (&PublishArgs, Option<String>),
    ) -> Result<(), CliError> {
        let mut merging = self.merging(project, drafted, args);
        merging.again = again.unwrap_or(merging.again);
        let text = merging.take_in(&self.text, theirs)?;
        let has_files = self.take_files(project, drafted, theirs)?;
        if text != self.text || has_files {
            self.taken_in.push(theirs.name.clone());
            self.text = text;
            self.read(project);
        }
        Ok(())
    }

    /// The attachments with what a branch changed; whether that was something.
    fn take_files(
        &mut self,
        project: &Project,
        drafted: &Drafted<'_>,
        theirs: &Theirs,
    ) -> Result<bool, CliError> {
        let ours = &mut self.attachments;
        let taken = attachments::take_in(&project.repo, drafted, ours, &self.path, theirs)?;
        self.taken_files.extend(taken.iter().cloned());
        Ok(!taken.is_empty())
    }

    /// Finds out what HEAD has on the path, and takes in what was changed there since draft and document parted.
    fn stand(
        &mut self,
        project: &Project,
        drafted: &Drafted<'_>,
        args: &PublishArgs,
    ) -> Result<(), CliError> {
        let repo = &project.repo;
        let Some(head) = project.commit else { return Ok(()) };
        let Some(there) = repo.file(&head, &self.path)? else { return Ok(()) };
        self.standing = Standing::Ours(there.blob);
        let name = repo.head()?.branch.unwrap_or_else(|| "HEAD".to_owned());
        let theirs = Theirs { name, tip: head, path: self.path.clone(), blob: there.blob };
        if repo.stores_as(&self.path, &self.text, there.blob)? {
            return self.take_files(project, drafted, &theirs).map(drop);
        }
        let ours = repo.stored_forms(&self.path, &self.text)?;
        let past = repo.path_history(&head, &self.path, false)?;
        if past.iter().any(|revision| revision.blob.is_some_and(|blob| ours.contains(&blob))) {
            self.standing = Standing::Superseded;
            return Ok(());
        }
        let text = repo.read(&there.blob)?;
        let merging = self.merging(project, drafted, args);
        if merging.said(&text)? {
            return self.take_files(project, drafted, &theirs).map(drop);
        }
        if merging.common(&theirs)?.is_none() {
            return Err(taken(&self.path, &drafted.entry));
        }
        self.take_in(project, drafted, &theirs, (args, None))?;
        if self.text == text {
            self.standing = Standing::Superseded;
        }
        Ok(())
    }

    /// All paths of the commit.
    pub(super) fn changes(&self, project: &Project) -> Result<Vec<PathChange>, CliError> {
        let expect = match self.standing {
            Standing::Ours(blob) => Some(blob),
            Standing::Free | Standing::Superseded => None,
        };
        let mut changes = vec![PathChange::new(self.path.as_str(), Some(self.text.clone()), expect)];
        for (path, blob) in &self.attachments {
            // What HEAD has of it was taken in, or is older.
            let there = project.commit.map(|head| project.repo.file(&head, path)).transpose()?.flatten();
            let expect = there.filter(|_| expect.is_some()).map(|file| file.blob);
            changes.push(PathChange::new(path.as_str(), Some(project.repo.read(blob)?), expect));
        }
        Ok(changes)
    }
}

/// Another name keeps the incident's day, where the draft has it in front and the typed one has none.
fn on_its_day(draft: &PostmortemId, typed: PostmortemId) -> PostmortemId {
    let is_dated = |id: &PostmortemId| id.short() != id.as_str();
    let day = draft.as_str().get(..11).filter(|_| is_dated(draft) && !is_dated(&typed));
    day.and_then(|day| PostmortemId::new(&format!("{day}{typed}")).ok()).unwrap_or(typed)
}

/// The path of a new document. The file keeps the draft's name, so that the id stays valid, unless the team's
/// layout names files otherwise.
fn path(
    project: &Project,
    published: &[Entry],
    postmortem: &Postmortem,
    id: &PostmortemId,
) -> Result<String, CliError> {
    let scale = project.config.severity_scale();
    let date = postmortem.date.or_else(|| id.as_str().get(..10).and_then(|day| day.parse().ok()));
    let parts = OutputParts {
        date,
        slug: id.short(),
        id: id.as_str(),
        severity: postmortem.severity.as_ref().map(|grade| scale.label(grade)),
        service: postmortem.service.as_deref(),
        number: Some(naming::free_number(&project.config, published)),
        // A key of another system is what such a draft was named by.
        key: Some(id.as_str()),
    };
    let path = project.config.output_path(&parts).map_err(|error| {
        CliError::new(error.to_string()).hint(format!("git postmortem edit {id} --set FIELD=VALUE says it"))
    })?;
    let (folder, file) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, file)| (folder, file));
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "md"));
    if id.as_str().contains('/') {
        // Its id is its place below the folder of all documents.
        let top = project.config.output_folder();
        let lead = if top.is_empty() { String::new() } else { format!("{top}/") };
        return Ok(format!("{lead}{id}.{extension}"));
    }
    let generic = ["readme", "index", "_index"].iter().any(|name| stem.eq_ignore_ascii_case(name));
    let lead = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    Ok(if generic { path.clone() } else { format!("{lead}{id}.{extension}") })
}
