//! Where items are read from: this repository, at one revision or on all branches, or several repositories.

use std::path::Path;

use super::arguments::ActionsArgs;
use super::filter::Filter;
use crate::archive::{Archive, Entry, Ignored, LeftOut, Selection, Unseen, find};
use crate::error::CliError;
use crate::session::{Examine, Project, Session};

/// What was read, and the point of view it is judged from.
pub(super) struct Sources {
    project: Project,
    archives: Vec<Archive>,
}

impl Sources {
    pub(super) fn read(session: &Session, args: &ActionsArgs, examine: &Examine) -> Result<Self, CliError> {
        if !args.repos.is_empty() {
            return Self::elsewhere(session, args, examine);
        }
        let project = session.examine(examine)?;
        // git looks at the work tree while we read.
        let check = if project.past { None } else { project.begin_status() };
        let selection = Selection {
            commit: project.commit,
            drafts: args.drafts,
            branches: args.all_branches,
            statuses: Filter::statuses(&args.status),
        };
        let mut archive = project.load(&selection)?;
        if let Some(status) = check.map(crate::git::StatusCheck::finish) {
            archive.unseen.extend(Unseen::of_work_tree(status));
        }
        Ok(Self { project, archives: vec![archive] })
    }

    /// Other repositories, by name or folder, each with its own configuration; read side by side.
    fn elsewhere(session: &Session, args: &ActionsArgs, examine: &Examine) -> Result<Self, CliError> {
        let here = session.examine(examine).ok();
        let places: Vec<(String, String)> =
            args.repos.iter().map(|typed| (name_of(typed), folder_of(typed, here.as_ref()))).collect();
        let read = |(name, folder): &(String, String)| {
            let project = session.examine_elsewhere(Path::new(folder), examine)?;
            let selection = Selection {
                commit: project.commit,
                statuses: Filter::statuses(&args.status),
                ..Selection::default()
            };
            let mut archive = project.load(&selection)?;
            for entry in &mut archive.entries {
                entry.repo = Some(name.clone());
            }
            Ok((project, archive))
        };
        let results: Vec<Result<(Project, Archive), CliError>> = places.iter().map(read).collect();
        let mut sources: Option<Self> = here.map(|project| Self { project, archives: Vec::new() });
        let mut missing: Vec<Unseen> = Vec::new();
        for ((name, _), result) in places.iter().zip(results) {
            match result {
                Ok((project, archive)) => match &mut sources {
                    Some(sources) => sources.archives.push(archive),
                    None => sources = Some(Self { project, archives: vec![archive] }),
                },
                Err(error) => missing.push(Unseen::NotHere { repo: name.clone(), why: error.message }),
            }
        }
        let mut sources = sources.ok_or_else(|| none_at_hand(&missing))?;
        sources.archives.push(Archive { unseen: missing, ..Archive::default() });
        Ok(sources)
    }

    pub(super) fn project(&self) -> &Project {
        &self.project
    }

    /// Every entry, or the one that is named.
    pub(super) fn entries(&self, named: Option<&str>) -> Result<Vec<&Entry>, CliError> {
        let all = || self.archives.iter().flat_map(|archive| &archive.entries);
        let Some(typed) = named else { return Ok(all().collect()) };
        let copies: Vec<Entry> = all().cloned().collect();
        let name = find(&copies, typed)?.name();
        Ok(all().filter(|entry| entry.name() == name).collect())
    }

    pub(super) fn documents(&self) -> usize {
        self.archives.iter().map(|archive| archive.entries.len()).sum()
    }

    pub(super) fn unseen(&self) -> impl Iterator<Item = &Unseen> {
        self.archives.iter().flat_map(|archive| &archive.unseen)
    }

    pub(super) fn ignored(&self) -> impl Iterator<Item = &Ignored> {
        self.archives.iter().flat_map(|archive| &archive.ignored)
    }

    pub(super) fn left_out(&self) -> impl Iterator<Item = &LeftOut> {
        self.archives.iter().flat_map(|archive| &archive.left_out)
    }
}

/// A repository typed as a folder is called by the folder's name.
fn name_of(typed: &str) -> String {
    let name = typed.trim_end_matches('/').rsplit('/').next().unwrap_or(typed);
    name.strip_suffix(".git").filter(|name| !name.is_empty()).unwrap_or(name).to_owned()
}

/// The folder of a named repository: of the personal setting `postmortem.repo.<name>`, else of `[repos]`; what is no
/// name is a folder.
fn folder_of(typed: &str, here: Option<&Project>) -> String {
    let Some(project) = here else { return typed.to_owned() };
    let personal = project
        .repo
        .settings()
        .ok()
        .and_then(|settings| settings.get(&format!("postmortem.repo.{typed}")).map(str::to_owned));
    let top = project.repo.work_tree().unwrap_or(project.repo.common_dir());
    let shared = project.config.repos.get(typed).map(|path| top.join(path).to_string_lossy().into_owned());
    personal.or(shared).unwrap_or_else(|| typed.to_owned())
}

fn none_at_hand(missing: &[Unseen]) -> CliError {
    let mut error = CliError::new("none of the repositories is at hand");
    error.causes.extend(missing.iter().map(ToString::to_string));
    error.hint("name folders, or [repos] of .postmortem.toml, or git config postmortem.repo.NAME FOLDER")
}
