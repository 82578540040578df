//! What will stand where: the text without its guidance, its path, and what stands there now.

use super::{PublishArgs, change, typed_id};
use crate::archive::Entry;
use crate::commands::drafted::Drafted;
use crate::commands::{naming, templates};
use crate::config::OutputParts;
use crate::document::template::{self, Template};
use crate::document::{self, Source};
use crate::error::CliError;
use crate::git::publish::PathChange;
use crate::git::{Error, ObjectId};
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
    /// Attachments: their path in the tree and their content.
    pub(super) attachments: Vec<(String, ObjectId)>,
    /// What HEAD has there.
    pub(super) standing: Standing,
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
        refuse_conflicts(&written, entry)?;
        let templates = templates(session, project);
        let text = match String::from_utf8(written) {
            Ok(text) => template::strip_guidance(&text, &templates).into_bytes(),
            Err(damaged) => damaged.into_bytes(),
        };
        let archive = project.published()?;
        let taken = archive.entries.iter().find(|published| published.id == id);
        let path = match taken {
            Some(published) => published.path.clone(),
            None => path(project, &archive.entries, &entry.postmortem, &id)?,
        };
        let standing = standing(project, drafted, &path, &text)?;
        let source = Source { name: &path, bytes: &text };
        let read = document::parse(&source, &project.vocabulary);
        let gaps =
            template::placeholders(&read, &project.vocabulary).into_iter().map(|gap| gap.what).collect();
        let postmortem = read.into_postmortem();
        let attachments = attachments(drafted, &path)?;
        Ok(Self { id, path, text, postmortem, gaps, attachments, standing })
    }

    /// All paths of the commit.
    pub(super) fn changes(&self, project: &Project) -> Result<Vec<PathChange>, CliError> {
        let expect = match self.standing {
            Standing::Ours(blob) => Some(blob),
            Standing::Free | Standing::Superseded => None,
        };
        let mut changes = vec![change(&self.path, Some(self.text.clone()), expect)];
        for (path, blob) in &self.attachments {
            changes.push(change(path, Some(project.repo.read(blob)?), None));
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

/// The built-in templates and the team's own, as far as they can be read: each wrote guidance that is taken out.
fn templates(session: &Session, project: &Project) -> Vec<Template> {
    let mut templates = vec![Template::full(), Template::brief()];
    for (name, path) in &project.config.documents.templates {
        match templates::text(project, path) {
            Some(text) => templates.push(Template::custom(name, &text)),
            None => session
                .ui
                .warn(&format!("template {path} cannot be read: its guidance stays in the document")),
        }
    }
    templates
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
    let generic = ["readme", "index", "_index"].iter().any(|name| stem.eq_ignore_ascii_case(name));
    let lead = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    Ok(if generic { path.clone() } else { format!("{lead}{}.{extension}", id.as_str().replace('/', "-")) })
}

fn standing(project: &Project, drafted: &Drafted<'_>, path: &str, text: &[u8]) -> Result<Standing, CliError> {
    let Some(head) = project.commit else { return Ok(Standing::Free) };
    let Some(there) = project.repo.file(&head, path)? else { return Ok(Standing::Free) };
    let ours = project.repo.write_blob(text)?;
    if there.blob == ours {
        return Ok(Standing::Ours(there.blob));
    }
    if project.repo.path_history(&head, path, false)?.iter().any(|revision| revision.blob == Some(ours)) {
        return Ok(Standing::Superseded);
    }
    if drafted.contents()?.contains(&there.blob) {
        return Ok(Standing::Ours(there.blob));
    }
    Err(taken(path, &drafted.entry))
}

fn taken(path: &str, entry: &Entry) -> CliError {
    CliError::new(format!("'{path}' is published already, with other content"))
        .because(format!("the draft {} did not begin from it", entry.id))
        .hint(format!("git postmortem publish {} --id NEW publishes it under another id", entry.id.short()))
        .hint(format!("git show HEAD:{path} shows the other text"))
}

/// Attachments stand in the folder of the document's name, so that links to them go on working.
fn attachments(drafted: &Drafted<'_>, path: &str) -> Result<Vec<(String, ObjectId)>, CliError> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let files = drafted.attachments()?;
    let target = |file: &str| file.strip_prefix(drafted.stem()).map(|rest| format!("{stem}{rest}"));
    Ok(files.into_iter().filter_map(|file| Some((target(&file.path)?, file.blob))).collect())
}

/// A merge that was left to the author must be settled first.
fn refuse_conflicts(text: &[u8], entry: &Entry) -> Result<(), CliError> {
    let torn = text.split(|byte| *byte == b'\n').position(|line| line.starts_with(b"<<<<<<< "));
    match torn {
        None => Ok(()),
        Some(line) => Err(CliError::new(format!("{} has a conflict in line {}", entry.id, line + 1))
            .hint(format!("git postmortem edit {} -e settles it", entry.id.short()))),
    }
}

/// Adds what to do where the path is in the way.
pub(super) fn explain(error: Error, prepared: &Prepared) -> CliError {
    let in_the_way = matches!(error, Error::Dirty { .. });
    let error = CliError::from(error);
    if !in_the_way {
        return error;
    }
    let mut error = error;
    error.hints = vec![
        format!("git commit -- '{}' keeps what is there, or move it away", prepared.path),
        "git postmortem publish --id NEW takes another path".to_owned(),
    ];
    error
}
