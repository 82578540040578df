//! Where the documents of a judgement are read: in the tree that is judged, or in another repository.

use std::path::{Path, PathBuf};

use crate::archive::{Archive, Depth, Entry, Selection, Unseen};
use crate::commands::actions::sources;
use crate::error::CliError;
use crate::session::{Examine, Project, Session};

/// Documents with where their promises stand.
pub(super) struct Documents {
    /// The other repository with its name, where it is another one.
    pub(super) elsewhere: Option<(String, Project)>,
    archive: Archive,
}

impl Documents {
    /// Reads them: of `asked` (`REPO[@REV]`), else of the judged commit itself.
    ///
    /// # Errors
    /// A repository or revision that is not at hand, and git's.
    pub(super) fn read(session: &Session, judged: &Project, asked: Option<&str>) -> Result<Self, CliError> {
        let elsewhere = asked.map(|asked| open(session, judged, asked)).transpose()?;
        let project = elsewhere.as_ref().map_or(judged, |(_, project)| project);
        let selection = Selection { commit: project.commit, drafts: true, ..Selection::default() };
        let mut archive = project.load(&selection)?;
        project.settle(&mut archive, Depth::Past, None, Some(&session.ui))?;
        // A draft that cannot be read hides nothing that could close the gate.
        let folders = project.config.folders();
        let is_own = |path: &String| project.config.reads(path) || folders.contains(path);
        archive.unseen.retain(|unseen| !matches!(unseen, Unseen::Unreadable { path, .. } if !is_own(path)));
        if let Some((name, _)) = &elsewhere {
            archive.belong_to(name);
        }
        Ok(Self { elsewhere, archive })
    }

    /// Every document, drafts too.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.archive.entries
    }

    /// What was not seen of them.
    pub(super) fn unseen(&self) -> &[Unseen] {
        &self.archive.unseen
    }
}

/// A name stays one; a path is one from here, else from the top of the work tree, as the configuration has it.
fn place(session: &Session, judged: &Project, repo: &str) -> String {
    let is_known = sources::named(session, judged, repo).is_some() || session.path(Path::new(repo)).is_dir();
    let from_top = judged.repo.work_tree().unwrap_or(judged.repo.common_dir()).join(repo);
    if !is_known && from_top.is_dir() { from_top.display().to_string() } else { repo.to_owned() }
}

/// Opens the repository that is named, at the revision behind the `@`, else at its HEAD.
fn open(session: &Session, judged: &Project, asked: &str) -> Result<(String, Project), CliError> {
    let is_there = |text: &str| {
        let place = place(session, judged, text);
        sources::named(session, judged, text).is_some() || session.path(Path::new(&place)).is_dir()
    };
    let (repo, rev) = match asked.split_once('@') {
        Some((repo, rev)) if !is_there(asked) => (repo, Some(rev.to_owned())),
        _ => (asked, None),
    };
    let places = sources::places(session, &[place(session, judged, repo)], Some(judged));
    let folders: Vec<PathBuf> = places.iter().map(|(_, folder)| folder.clone()).collect();
    let examine = Examine { rev, impersonal: true, ..Examine::default() };
    let opened = session.examine_each(&folders, &examine, |_, project| Ok(project));
    let opened = places.into_iter().map(|(name, _)| name).zip(opened).next();
    let (name, project) = opened.ok_or_else(|| CliError::new("no repository is named"))?;
    let project = project.map_err(|error| {
        let mut told =
            CliError::new(format!("the documents of {repo} cannot be read")).because(error.message);
        told.causes.extend(error.causes);
        told.hints = error.hints;
        told.hint(format!("git config postmortem.repo.{name} FOLDER says where it is on this machine"))
    })?;
    if project.commit.is_none() {
        return Err(CliError::new(format!("the documents of {repo} cannot be read"))
            .because("nothing is committed there"));
    }
    Ok((name, project))
}
