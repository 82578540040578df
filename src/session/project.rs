//! A repository with the configuration in force, at the revision and the day that are asked about.

use chrono::{DateTime, NaiveDate, Utc};

use super::Surroundings;
use super::unheard::unheard;
use crate::archive::{self, Archive, Depth, Entry, Inquiry, Reviews, Selection, Standings};
use crate::config::{self, Config, Convention, Layer, Resolved, Setting};
use crate::document::Vocabulary;
use crate::error::CliError;
use crate::git::{self, CommitId, DirEntry, EntryKind, Repo};
use crate::model::Status;
use crate::render::Ui;

/// The name of the configuration file at the top of a repository.
pub const CONFIG_FILE: &str = ".postmortem.toml";

/// Which revision and which day are asked about; by default HEAD and now.
#[derive(Debug, Clone, Default)]
pub struct Examine {
    /// A revision whose tree and configuration count instead of HEAD's.
    pub rev: Option<String>,
    /// The commit of that revision, where it is known already.
    pub commit: Option<CommitId>,
    /// A day: the revision becomes its newest first-parent ancestor of that day, and now is the day's end.
    pub as_of: Option<NaiveDate>,
    /// Whether the repository alone is heard, and not who runs this: no git config, no environment.
    pub impersonal: bool,
}

/// A repository, what is configured in it, and the point of view.
#[derive(Debug)]
pub struct Project {
    /// The repository.
    pub repo: Repo,
    /// The values in force.
    pub config: Config,
    /// Where each value comes from.
    pub resolved: Resolved,
    /// The words that reading depends on.
    pub vocabulary: Vocabulary,
    /// The examined revision; none on an unborn branch.
    pub commit: Option<CommitId>,
    /// The instant that counts as now.
    pub now: DateTime<Utc>,
    /// The day that counts as today in the zone of due dates.
    pub today: NaiveDate,
    /// Whether another revision than HEAD is examined.
    pub past: bool,
    /// The day that was asked for instead of now.
    pub as_of: Option<NaiveDate>,
    /// The settings of whoever runs this that would be in force, had they been heard.
    pub ignored: Vec<Setting>,
}

impl Project {
    /// What is configured in a repository at the point of view; `elsewhere`: it is another one than the run stands in.
    pub(super) fn of(
        repo: Repo,
        elsewhere: bool,
        surroundings: &Surroundings,
        examine: &Examine,
    ) -> Result<Self, CliError> {
        let head = match (&examine.commit, &examine.rev) {
            (Some(commit), _) => Some(*commit),
            (None, Some(rev)) => Some(repo.resolve(rev)?),
            (None, None) => match repo.head_when_opened() {
                Some(commit) => Some(commit),
                None => repo.head_commit()?,
            },
        };
        let from_tree = examine.rev.is_some() || elsewhere || repo.work_tree().is_none();
        let person = if examine.impersonal { None } else { Some(surroundings) };
        let mut resolved = settle(&repo, person, head.as_ref(), from_tree)?;
        let mut commit = head;
        let mut now = surroundings.now;
        let mut past = examine.rev.is_some();
        if let Some(day) = examine.as_of {
            let end = resolved.config.actions.time_zone.end_of(day);
            if end < surroundings.now {
                commit = commit.map(|tip| before(&repo, &tip, end, day)).transpose()?.flatten();
                past = true;
                resolved = settle(&repo, person, commit.as_ref(), true)?;
            }
            now = end;
        }
        let ignored = match person {
            None => unheard(&resolved, settle(&repo, Some(surroundings), commit.as_ref(), from_tree)),
            Some(_) => Vec::new(),
        };
        let config = resolved.config.clone();
        let today = config.actions.time_zone.day(now);
        if !past {
            repo.keep_folders();
        }
        let vocabulary = Vocabulary::new(&config.wording());
        Ok(Self {
            repo,
            vocabulary,
            config,
            resolved,
            commit,
            now,
            today,
            past,
            as_of: examine.as_of,
            ignored,
        })
    }

    /// The committed documents of the examined revision.
    ///
    /// # Errors
    /// Git's.
    pub fn published(&self) -> Result<Archive, CliError> {
        self.load(&Selection { commit: self.commit, ..Selection::default() })
    }

    /// The committed documents and the drafts.
    ///
    /// # Errors
    /// Git's.
    pub fn everything(&self) -> Result<Archive, CliError> {
        self.load(&Selection { commit: self.commit, drafts: true, ..Selection::default() })
    }

    /// Begins to look for documents in the work tree that are not committed as they are.
    #[must_use]
    pub fn begin_status(&self) -> Option<git::StatusCheck> {
        let config = self.config.clone();
        let mut folders = config.folders();
        // What a folder that is a link leads to is where its documents are changed.
        let mut linked: Vec<(String, String)> = Vec::new();
        for folder in &mut folders {
            let own = self.commit.and_then(|commit| self.repo.real_folder(&commit, folder).ok().flatten());
            if let Some(own) = own.filter(|own| own != folder) {
                linked.push((own.clone(), std::mem::replace(folder, own)));
            }
        }
        let met_as = move |path: &str| {
            let rest = |own: &str| path.strip_prefix(own).filter(|rest| rest.starts_with('/'));
            linked.iter().any(|(own, by)| rest(own).is_some_and(|rest| config.reads(&format!("{by}{rest}"))))
                || config.reads(path)
        };
        self.repo.begin_status(self.commit, folders, met_as)
    }

    /// What branches hold of some drafts.
    ///
    /// # Errors
    /// Git's.
    pub fn reviews(&self, drafts: &[&Entry]) -> Result<Reviews, CliError> {
        Ok(archive::reviews(&self.repo, &self.config, self.commit.as_ref(), drafts)?)
    }

    /// Gives the items of an archive's published documents the status that holds, by row and by history, and says
    /// why. `statuses`: those that the archive was loaded for. See [`Archive::settle`].
    ///
    /// # Errors
    /// Git's.
    pub fn settle(
        &self,
        archive: &mut Archive,
        depth: Depth,
        statuses: Option<&[Status]>,
        ui: Option<&Ui>,
    ) -> Result<Standings, CliError> {
        let progress = ui.map(|ui| ui.progress("reading the history", "commits"));
        let progress = |count| progress.iter().for_each(|progress| progress.tell(count));
        Ok(archive.settle(&self.inquiry(depth, &progress), statuses)?)
    }

    /// What is known of the past of an archive's items without a look at the history.
    #[must_use]
    pub fn known_past(&self, archive: &Archive) -> Option<Standings> {
        archive::known_past(&self.inquiry(Depth::Past, &|_| ()), archive)
    }

    fn inquiry<'p>(&'p self, depth: Depth, progress: &'p dyn Fn(usize)) -> Inquiry<'p> {
        let until = self.as_of.filter(|_| self.past).map(|_| self.now.timestamp());
        let (repo, config, vocabulary) = (&self.repo, &self.config, &self.vocabulary);
        Inquiry { repo, config, vocabulary, depth, until, progress }
    }

    /// What a selection holds.
    ///
    /// # Errors
    /// Git's.
    pub fn load(&self, selection: &Selection) -> Result<Archive, CliError> {
        Ok(archive::load(&self.repo, &self.config, &self.vocabulary, selection)?)
    }
}

/// The configuration in force: defaults, convention, file, and, where a person is heard, git's settings and environment.
fn settle(
    repo: &Repo,
    person: Option<&Surroundings>,
    commit: Option<&CommitId>,
    from_tree: bool,
) -> Result<Resolved, CliError> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut faults = Vec::new();
    if let Some(commit) = commit {
        let found = config::convention(&mut |folder| names(repo, commit, folder));
        layers.extend(found.map(|found| Layer::of_convention(&followed(repo, commit, found))));
    }
    if let Some(text) = file_text(repo, commit, from_tree)? {
        match config::from_toml(CONFIG_FILE, &text) {
            Ok(layer) => layers.push(layer),
            Err(wrong) => faults.extend(wrong),
        }
    }
    if let Some(surroundings) = person {
        let personal = repo.settings()?.all().iter().map(|setting| {
            // A key without a value means true, as everywhere in git.
            (setting.key.as_str(), setting.value.as_deref().unwrap_or("true"), setting.scope.as_str())
        });
        for layer in [config::from_git(personal), config::from_environment(surroundings.settings())] {
            match layer {
                Ok(layer) => layers.push(layer),
                Err(wrong) => faults.extend(wrong),
            }
        }
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    config::resolve(layers).map_err(CliError::from)
}

/// The names in a folder of a commit, and whether each is a folder; a link to one is one.
fn names(repo: &Repo, commit: &CommitId, folder: &str) -> Vec<(String, bool)> {
    let own = repo.real_folder(commit, folder).ok().flatten();
    let entries = own.and_then(|own| repo.list_dir(commit, &own).ok()).unwrap_or_default();
    let is_folder = |entry: &DirEntry| match entry.kind {
        EntryKind::Dir => true,
        EntryKind::File => false,
        EntryKind::Link | EntryKind::Submodule => {
            let path = format!("{folder}/{}", entry.name);
            repo.may_be_folder(commit, &path).unwrap_or(false)
        }
    };
    entries.into_iter().map(|entry| (entry.name.clone(), is_folder(&entry))).collect()
}

/// A convention whose folders are links means what these lead to: nothing can be committed through a link.
fn followed(repo: &Repo, commit: &CommitId, found: Convention) -> Convention {
    let own = |folder: &String| repo.real_folder(commit, folder).ok().flatten().unwrap_or(folder.clone());
    let mut folders: Vec<String> = Vec::new();
    for folder in found.folders.iter().map(own) {
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    let output = match (found.folders.first(), folders.first()) {
        (Some(link), Some(own)) if link != own => {
            let rest = found.output.strip_prefix(link.as_str()).unwrap_or(&found.output);
            format!("{own}{rest}").trim_start_matches('/').to_owned()
        }
        _ => found.output,
    };
    Convention { folders, output }
}

/// The configuration file's text: of the work tree, or of the examined commit.
fn file_text(repo: &Repo, commit: Option<&CommitId>, from_tree: bool) -> Result<Option<String>, CliError> {
    let bytes = match (repo.work_tree(), commit) {
        (Some(top), _) if !from_tree => match std::fs::read(top.join(CONFIG_FILE)) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                return Err(CliError::new(format!("cannot read {CONFIG_FILE}")).because(error.to_string()));
            }
        },
        (_, Some(commit)) => match repo.file(commit, CONFIG_FILE)? {
            Some(file) => Some(repo.read(&file.blob)?),
            None => None,
        },
        _ => None,
    };
    let text = bytes.map(String::from_utf8).transpose();
    text.map_err(|error| CliError::new(format!("{CONFIG_FILE} is not UTF-8 text")).because(error.to_string()))
}

/// The newest first-parent ancestor of a day's end; none where nothing was committed by then. A shallow clone cannot
/// tell whether something was.
fn before(
    repo: &Repo,
    tip: &CommitId,
    end: DateTime<Utc>,
    day: NaiveDate,
) -> Result<Option<CommitId>, CliError> {
    let found = repo.first_parent_before(tip, end.timestamp())?;
    if found.is_none() && repo.is_shallow() {
        return Err(CliError::new(format!("nothing was committed by {day} in the history that is here"))
            .because("the clone is shallow")
            .hint("git fetch --unshallow brings the rest of the history"));
    }
    Ok(found)
}
