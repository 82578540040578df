//! Which documents are meant: those named, or those that are being worked on.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::LintArgs;
use super::base::base;
use super::ground::Ground;
use super::target::{Content, Meant, Of, Target};
use crate::archive::Unseen;
use crate::commands::{drafted, inspect, subject};
use crate::error::CliError;
use crate::git::CommitId;
use crate::session::{Project, Session};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Targets<'g> {
    pub(super) found: Vec<Meant<'g>>,
    /// What cannot be linted, a sentence each.
    pub(super) unread: Vec<String>,
    /// What was not seen and keeps no document from being linted, a sentence each.
    pub(super) partial: Vec<String>,
    /// Where nothing was named: what was looked for.
    pub(super) sought: Option<String>,
}

/// The documents that the arguments mean.
///
/// # Errors
/// An unknown id or revision, no repository where one is needed; git's.
pub(super) fn list<'g>(
    session: &Session,
    ground: &'g Ground,
    args: &LintArgs,
) -> Result<Targets<'g>, CliError> {
    let mut targets = Targets::default();
    if args.staged {
        return staged(ground.project()?, targets);
    }
    if args.rev.is_some() {
        return at_revision(ground, args, targets);
    }
    for typed in &args.documents {
        targets.named(session, ground, args, typed)?;
    }
    if args.drafts {
        targets.drafts(ground.project()?)?;
    }
    if args.all {
        targets.published(ground, None)?;
    }
    if args.documents.is_empty() && !args.drafts && !args.all {
        let project = ground.project()?;
        targets.drafts(project)?;
        let (base, name) = base(project, args.base.as_deref())?;
        targets.published(ground, Some(base.as_ref()))?;
        targets.sought = Some(match base {
            Some(_) => format!("no draft is open, and no published document differs from {name}"),
            None => "no draft is open, and nothing is committed yet".to_owned(),
        });
    }
    Ok(targets.once())
}

impl<'g> Targets<'g> {
    /// Leaves out what was named twice.
    fn once(mut self) -> Self {
        let mut known = HashSet::new();
        self.found.retain(|meant| meant.key().is_none_or(|key| known.insert(key)));
        self
    }

    /// What a person typed: standard input, a path, else an id.
    fn named(
        &mut self,
        session: &Session,
        ground: &'g Ground,
        args: &LintArgs,
        typed: &str,
    ) -> Result<(), CliError> {
        if typed == "-" {
            let name = args.stdin_name.clone().unwrap_or_else(|| "-".to_owned());
            let content = Content::Bytes(session.read_input()?);
            self.found.push(Target { content, ..Target::of_file(&name, PathBuf::new()) }.into());
            return Ok(());
        }
        let path = session.path(Path::new(typed));
        let is_folder = path.is_dir();
        if path.exists() || args.documents_only || !is_id(ground, typed) {
            let listed = inspect::files::list(session, &[PathBuf::from(typed)], args.root.as_deref());
            self.unread.extend(listed.unread);
            let files: Vec<(Target<'g>, bool)> = listed
                .found
                .into_iter()
                .map(|file| ground.of_file(&file.name, &session.path(&file.path), !is_folder))
                .collect();
            // Below a folder of code lie other texts too; below one that is none of ours, who knows.
            let has_documents = files.iter().any(|(_, is_document)| *is_document);
            // A folder of code has the name of a post-mortem: `lint checkout` means that, `lint ./checkout` the folder.
            if is_folder
                && !has_documents
                && !typed.contains(['/', '\\', '.'])
                && self.of_id(ground, typed)?
            {
                return Ok(());
            }
            let only = args.documents_only || is_folder && has_documents;
            let files = files.into_iter().filter(|(_, ours)| *ours || !only);
            self.found.extend(files.map(|(target, _)| Meant::from(target)));
            return Ok(());
        }
        let project = ground.project()?;
        let entry = subject::named(project, &ground.archive()?.entries, typed)?;
        self.found.push(ground.of_entry(entry, true).into());
        Ok(())
    }

    /// Takes the post-mortem of an id, where there is one.
    fn of_id(&mut self, ground: &'g Ground, typed: &str) -> Result<bool, CliError> {
        if ground.project().is_err() {
            return Ok(false);
        }
        let found = crate::archive::find(&ground.archive()?.entries, typed).ok();
        let target = found.map(|entry| ground.of_entry(entry, true));
        let is_one = target.is_some();
        self.found.extend(target.map(Meant::from));
        Ok(is_one)
    }

    fn drafts(&mut self, project: &Project) -> Result<(), CliError> {
        let drafts = drafted::all(project)?;
        self.found
            .extend(drafts.into_iter().map(|entry| Target::of_draft(project, Cow::Owned(entry)).into()));
        Ok(())
    }

    /// What was not seen of the published documents; one that cannot be read counts where all of them are meant.
    fn unseen(&mut self, ground: &Ground, all: bool) -> Result<(), CliError> {
        for unseen in &ground.published()?.unseen {
            match unseen {
                Unseen::Unreadable { .. } if all => self.unread.push(unseen.to_string()),
                Unseen::Unreadable { .. } | Unseen::Format { .. } if !all => {}
                other => self.partial.push(other.to_string()),
            }
        }
        Ok(())
    }

    /// Published documents as the work tree has them: all, or those that differ from a commit.
    fn published(&mut self, ground: &'g Ground, base: Option<Option<&CommitId>>) -> Result<(), CliError> {
        let project = ground.project()?;
        let status = project.begin_status();
        let published = ground.published()?;
        self.unseen(ground, base.is_none())?;
        let uncommitted: BTreeSet<String> =
            status.map(|status| status.finish().uncommitted).unwrap_or_default().into_iter().collect();
        let differs: Option<BTreeSet<String>> = match (base, &project.commit) {
            (Some(Some(base)), Some(head)) => {
                Some(project.repo.changed_paths(base, head)?.into_iter().collect())
            }
            (Some(_), _) => Some(BTreeSet::new()),
            (None, _) => None,
        };
        let is_meant = |path: &str| {
            uncommitted.contains(path) || differs.as_ref().is_none_or(|paths| paths.contains(path))
        };
        let mut known = BTreeSet::new();
        for page in published.pages().filter(|page| is_meant(page.path)) {
            // What was removed and not committed is gone.
            let is_uncommitted = uncommitted.contains(page.path);
            if is_uncommitted {
                known.insert(page.path);
            }
            if !is_uncommitted || ground.in_work_tree(page.path).is_some() {
                self.found.push(Meant::Page { page, is_named: false });
            }
        }
        let Some(top) = project.repo.work_tree() else { return Ok(()) };
        for path in uncommitted.iter().filter(|path| !known.contains(path.as_str())) {
            if top.join(path).is_file() {
                self.found.push(ground.of_file(path, &top.join(path), false).0.into());
            }
        }
        Ok(())
    }
}

/// Whether a typed word can only be an id: one with a name of a file behind it is a file that is not there.
fn is_id(ground: &Ground, typed: &str) -> bool {
    let has_repository = ground.project().is_ok();
    let is_known = || ground.archive().is_ok_and(|archive| crate::archive::is_whole(&archive.entries, typed));
    let looks_like_a_file =
        typed.contains('/') || typed.rsplit_once('.').is_some_and(|(_, end)| end.len() <= 5);
    has_repository && (!looks_like_a_file || is_known())
}

/// What the next commit changes.
fn staged<'g>(project: &Project, mut targets: Targets<'g>) -> Result<Targets<'g>, CliError> {
    let files = project.repo.staged_files()?;
    let files = files.into_iter().filter(|file| project.config.reads(&file.path));
    targets.found.extend(files.map(|file| Target::of_blob(&file.path, file.blob, Of::None, false).into()));
    targets.sought = Some("no post-mortem is staged".to_owned());
    Ok(targets)
}

/// Documents of another revision.
fn at_revision<'g>(
    ground: &'g Ground,
    args: &LintArgs,
    mut targets: Targets<'g>,
) -> Result<Targets<'g>, CliError> {
    let project = ground.project()?;
    let published = ground.published()?;
    targets.unseen(ground, args.documents.is_empty())?;
    if args.documents.is_empty() {
        targets.found.extend(published.pages().map(|page| Meant::Page { page, is_named: false }));
    }
    for typed in &args.documents {
        let typed = typed.trim_end_matches('/');
        let below = format!("{typed}/");
        let folder = published.pages().filter(|page| page.path.starts_with(&below));
        let before = targets.found.len();
        targets.found.extend(folder.map(|page| Meant::Page { page, is_named: false }));
        if targets.found.len() == before {
            let archive = project.published()?;
            let path = &subject::named(project, &archive.entries, typed)?.path;
            let page = published.place(path).map(|at| published.page(at));
            targets.found.extend(page.map(|page| Meant::Page { page, is_named: true }));
        }
    }
    let rev = args.rev.as_deref().unwrap_or_default();
    targets.sought = Some(format!("{rev} has no post-mortem"));
    Ok(targets)
}
