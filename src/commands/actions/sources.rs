//! Where items are read from: this repository, at one revision or on all branches, or several repositories.

use std::path::{Path, PathBuf};

use super::arguments::ActionsArgs;
use super::filter::{Filter, Row};
use crate::archive::{
    Archive, Depth, Entry, FindError, Ignored, LeftOut, Place, Selection, Unseen, Wanted, find, find_ever,
};
use crate::error::CliError;
use crate::git::Repo;
use crate::render::Ui;
use crate::session::{Examine, Project, Session};

/// What was read, and the point of view it is judged from.
pub(super) struct Sources {
    project: Project,
    archives: Vec<Archive>,
}

impl Sources {
    /// `whole`: items in every state, whichever are asked for.
    pub(super) fn read(
        session: &Session,
        args: &ActionsArgs,
        examine: &Examine,
        whole: bool,
    ) -> Result<Self, CliError> {
        // What is like an item may be done by now.
        let statuses = if whole || args.rank { None } else { Filter::statuses(&args.status) };
        let wanted = statuses.map_or(Wanted::Everything, Wanted::Items);
        let depth = args.depth(session.ui.look().verbose);
        if !args.repos.is_empty() {
            return Self::elsewhere(session, args, examine, (&wanted, depth));
        }
        let project = session.examine(examine)?;
        if args.drafts && project.past && project.as_of.is_some() {
            return Err(
                CliError::new("drafts are only known as they are now").hint("leave out --drafts or --as-of")
            );
        }
        let selection = Selection {
            commit: project.commit,
            drafts: args.drafts,
            branches: args.all_branches,
            wanted,
            until: project.as_of.filter(|_| project.past).map(|_| project.now.timestamp()),
        };
        let archive = read(&project, &selection, depth, Some(&session.ui))?;
        Ok(Self { project, archives: vec![archive] })
    }

    /// Other repositories, by name or folder, each with its own configuration; read side by side.
    fn elsewhere(
        session: &Session,
        args: &ActionsArgs,
        examine: &Examine,
        (wanted, depth): (&Wanted, Depth),
    ) -> Result<Self, CliError> {
        // A revision of another repository need not be one here.
        let here = session.examine(examine).or_else(|error| match examine.rev {
            Some(_) => session.examine(&Examine { rev: None, ..examine.clone() }),
            None => Err(error),
        });
        let here = match here {
            Ok(project) => Some(project),
            // A faulty configuration is no reason to judge by another one.
            Err(error) if Repo::open(session.place()).is_ok() => return Err(error),
            Err(_) => None,
        };
        let places = places(session, &args.repos, here.as_ref());
        let folders: Vec<PathBuf> = places.iter().map(|(_, folder)| folder.clone()).collect();
        let results = session.examine_each(&folders, examine, |at, project| {
            let selection =
                Selection { commit: project.commit, wanted: wanted.clone(), ..Selection::default() };
            let mut archive = read(&project, &selection, depth, None)?;
            archive.belong_to(&places[at].0);
            Ok((project, archive))
        });
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
        let mut sources = sources
            .filter(|sources| !sources.archives.is_empty())
            .ok_or_else(|| none_at_hand(&folders, &missing))?;
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
        let project = &self.project;
        let found = find_ever(&project.repo, &project.config, project.commit.as_ref(), &copies, typed);
        let name = found.map_err(|error| self.not_found(typed, error))?.name();
        Ok(all().filter(|entry| entry.name() == name).collect())
    }

    /// A name that nothing has: it may be a draft's, or be in what was not read.
    fn not_found(&self, typed: &str, error: FindError) -> CliError {
        let mut error = CliError::from(error);
        error
            .causes
            .extend(self.unseen().filter(|unseen| unseen.may_hide_actions()).map(ToString::to_string));
        let drafts = self.project.load(&Selection { drafts: true, ..Selection::default() });
        match drafts.ok().and_then(|drafts| find(&drafts.entries, typed).map(|entry| entry.id.clone()).ok()) {
            Some(id) => error.hint(format!("{id} is a draft: --drafts reads drafts too")),
            None => error,
        }
    }

    /// Waits for what is put by for the next question.
    pub(super) fn finish(&mut self) {
        self.archives.iter_mut().for_each(|archive| archive.writing.finish());
    }

    /// How many of some items were put off before, where that is known without a look at the history.
    pub(super) fn put_off(&self, rows: &[Row<'_>]) -> usize {
        let [archive] = self.archives.as_slice() else { return 0 };
        let Some(past) = self.project.known_past(archive) else { return 0 };
        let is_put_off = |row: &&Row<'_>| {
            let standing = past.of(&row.entry.path, &row.action.label);
            row.entry.place == Place::Tree && standing.is_some_and(|standing| !standing.put_off.is_empty())
        };
        rows.iter().filter(is_put_off).count()
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

/// What a selection holds, where its promises stand, and what the work tree and the upstream have beyond it.
fn read(
    project: &Project,
    selection: &Selection,
    depth: Depth,
    ui: Option<&Ui>,
) -> Result<Archive, CliError> {
    // git looks at the work tree while we read.
    let check = if project.past { None } else { project.begin_status() };
    let mut archive = project.load(selection)?;
    project.settle(&mut archive, depth, selection.wanted.statuses(), ui)?;
    if let Some(status) = check.map(crate::git::StatusCheck::finish) {
        archive.unseen.extend(Unseen::of_work_tree(status));
    }
    Ok(archive)
}

/// Name and folder of each repository asked for, each folder once. A name is one of the personal settings
/// `postmortem.repo.<name>` or of `[repos]`; anything else is a folder, and called by its last part, or by as many
/// parts as tell it from the others.
pub(in crate::commands) fn places(
    session: &Session,
    typed: &[String],
    here: Option<&Project>,
) -> Vec<(String, PathBuf)> {
    let mut places: Vec<(Option<&str>, PathBuf)> = Vec::new();
    for typed in typed {
        let named = here.and_then(|project| named(session, project, typed));
        let place = session.path(named.as_deref().unwrap_or(Path::new(typed)));
        let place = real(&place);
        if !places.iter().any(|(_, known)| *known == place) {
            places.push((named.map(|_| typed.as_str()), place));
        }
    }
    let mut parts = vec![1; places.len()];
    loop {
        let names: Vec<String> = places
            .iter()
            .zip(&parts)
            .map(|((name, place), parts)| name.map_or_else(|| tail(place, *parts), str::to_owned))
            .collect();
        let mut is_clear = true;
        for (at, name) in names.iter().enumerate() {
            let shared = names.iter().filter(|other| *other == name).count() > 1;
            if shared && places[at].0.is_none() && parts[at] < places[at].1.components().count() {
                parts[at] += 1;
                is_clear = false;
            }
        }
        if is_clear {
            return names.into_iter().zip(places).map(|(name, (_, place))| (name, place)).collect();
        }
    }
}

/// A path without links and dots, as far as it exists.
fn real(place: &Path) -> PathBuf {
    place.canonicalize().unwrap_or_else(|_| match (place.parent(), place.file_name()) {
        (Some(above), Some(name)) => real(above).join(name),
        _ => place.to_owned(),
    })
}

/// The last parts of a path, without the `.git` of a bare repository.
fn tail(place: &Path, parts: usize) -> String {
    let all: Vec<_> = place.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let name = all[all.len().saturating_sub(parts)..].join("/");
    name.strip_suffix(".git")
        .filter(|name| !name.is_empty() && !name.ends_with('/'))
        .unwrap_or(&name)
        .to_owned()
}

/// The folder of a named repository (git keeps the last part of a key in lower case): `~` is the home folder, a relative path begins at the top of the work tree.
pub(in crate::commands) fn named(session: &Session, project: &Project, typed: &str) -> Option<PathBuf> {
    let settings = project.repo.settings().ok();
    let personal =
        settings.and_then(|settings| settings.get(&format!("postmortem.repo.{}", typed.to_lowercase())));
    let place = personal.or_else(|| project.config.repos.get(typed).map(String::as_str))?;
    let top = project.repo.work_tree().unwrap_or(project.repo.common_dir());
    Some(match (place.strip_prefix("~/"), session.home()) {
        (Some(below), Some(home)) => home.join(below),
        _ => top.join(place),
    })
}

fn none_at_hand(folders: &[PathBuf], missing: &[Unseen]) -> CliError {
    let error = match (folders, missing) {
        ([folder], [Unseen::NotHere { why, .. }]) => {
            CliError::new(format!("cannot read the repository {}", folder.display())).because(why.clone())
        }
        _ => {
            let none = CliError::new("none of the repositories can be read");
            missing.iter().fold(none, |error, missing| error.because(missing.to_string()))
        }
    };
    error.hint("name folders, or [repos] of .postmortem.toml, or git config postmortem.repo.NAME FOLDER")
}
