//! What was asked about: commits with the files that they changed, or a path.

use std::collections::HashSet;
use std::path::Path;

use super::Traced;
use super::reasons::{Reason, name};
use crate::commands::adopt::plain;
use crate::commands::link::Names;
use crate::error::CliError;
use crate::git::{CommitId, Repo, TouchAsked, Touched};
use crate::model::{Link, Role};
use crate::session::{Examine, Project, Session};

/// A question that is understood.
pub(super) struct Question {
    typed: String,
    about: About,
    /// Names of other repositories: links that begin with one lead there.
    others: Vec<String>,
}

enum About {
    /// Commits of this repository, the files that they changed, and the tip that the name leads to.
    Commits { commits: HashSet<CommitId>, files: HashSet<String>, tip: Option<CommitId>, is_range: bool },
    /// A file or folder, from the top; and what to say where there is none.
    Path(String, Vec<String>),
    /// A revision of another repository, and its commit where that is at hand.
    Elsewhere { revision: String, commit: String },
}

/// What git said of a typed revision while the repository was opened, or is still to say.
pub enum Heard {
    /// It is a commit, made of this.
    Told(Touched),
    /// git is at work on it.
    Asked(TouchAsked),
}

impl Heard {
    /// Opens the project, and has git asked about what was typed on the way; whether a path was typed is found out later.
    ///
    /// # Errors
    /// As [`Session::examine`].
    pub fn open(
        session: &Session,
        typed: Option<&str>,
        examine: &Examine,
    ) -> Result<(Project, Option<Self>), CliError> {
        let Some(typed) = typed.filter(|typed| !is_path(typed)) else {
            return Ok((session.examine(examine)?, None));
        };
        let begin = || TouchAsked::begin(&session.place(), typed).map(Self::Asked);
        if typed.contains("..") {
            let asked = begin();
            return Ok((session.examine(examine)?, asked));
        }
        let (repo, commit) = Repo::open_along(session.place(), Some(typed))?;
        // What a large merge changed is git's to say.
        let heard = commit.and_then(|commit| repo.touched_here(&commit)).map(Self::Told).or_else(begin);
        Ok((session.examine_in(repo, examine)?, heard))
    }

    fn finish(self) -> Option<Touched> {
        match self {
            Self::Told(touched) => Some(touched),
            Self::Asked(asked) => asked.finish(),
        }
    }
}

impl Question {
    /// Understands what was typed: a revision or range before a path, as git does; `./` in front says that it is a path.
    ///
    /// # Errors
    /// A revision that is ambiguous, or of something else than a commit.
    pub(super) fn read(
        session: &Session,
        project: &Project,
        typed: &str,
        heard: Option<Heard>,
    ) -> Result<Self, CliError> {
        if typed.trim().is_empty() {
            return Err(CliError::new("--for names nothing")
                .hint("it takes a commit, a tag, a range or a path: git postmortem list --for HEAD"));
        }
        let about = match heard.and_then(Heard::finish) {
            Some(touched) => commits(touched, typed.contains("..")),
            None if is_path(typed) => About::Path(from_top(project, typed), Vec::new()),
            None => named(session, project, typed)?,
        };
        let settings = project.repo.settings()?;
        let personal =
            settings.all().iter().filter_map(|setting| setting.key.strip_prefix("postmortem.repo."));
        let others = project.config.repos.keys().cloned().chain(personal.map(str::to_owned)).collect();
        Ok(Self { typed: typed.to_owned(), about, others })
    }

    /// Whether a link leads into this repository.
    pub(super) fn is_here(&self, link: &Link) -> bool {
        let prefix = link.revision.split_once(':').map(|(prefix, _)| prefix);
        prefix.is_none_or(|prefix| !self.others.iter().any(|other| other.eq_ignore_ascii_case(prefix)))
    }

    /// What a link has to do with it.
    pub(super) fn reason(&self, traced: &Traced<'_>) -> Option<Reason> {
        let link = traced.link;
        let end = link.range().map_or(link.revision.as_str(), |(_, to)| to);
        // What was found innocent has only itself to do with it.
        let touched = traced.touched.as_ref().filter(|_| link.role != Role::RuledOut);
        match &self.about {
            About::Elsewhere { revision, commit } => {
                let is_it = link.revision == *revision || !commit.is_empty() && link.commit == *commit;
                is_it.then(|| Reason::Linked(name(link)))
            }
            About::Path(path, _) => {
                let files: Vec<String> =
                    touched?.files.iter().filter(|file| lies_in(file, path)).cloned().collect();
                (!files.is_empty()).then(|| Reason::Files(name(link), files))
            }
            About::Commits { commits, files, tip, is_range } => {
                let to = traced.stretch.map(|(_, to)| to);
                let is_tip = to.is_some() && to == *tip || end == self.typed || link.revision == self.typed;
                if is_tip || *is_range && to.is_some_and(|to| commits.contains(&to)) {
                    return Some(Reason::Linked(name(link)));
                }
                let touched = touched?;
                let common = touched.commits.iter().filter(|commit| commits.contains(commit)).count();
                if common > 0 {
                    return Some(Reason::Contains(name(link), common));
                }
                let same: Vec<String> =
                    touched.files.iter().filter(|file| files.contains(*file)).cloned().collect();
                (!same.is_empty()).then(|| Reason::Files(name(link), same))
            }
        }
    }

    /// Refuses a path that nothing has and that was no revision: a slip of the finger is no empty answer.
    ///
    /// # Errors
    /// With the names that are nearest.
    pub(super) fn check(&self, project: &Project) -> Result<(), CliError> {
        let About::Path(path, hints) = &self.about else { return Ok(()) };
        let repo = &project.repo;
        let is_file = repo.work_tree().is_some_and(|top| top.join(path).exists());
        if is_file || path.is_empty() {
            return Ok(());
        }
        if let Some(commit) = &project.commit
            && (repo.file(commit, path)?.is_some() || repo.folder_id(commit, path)?.is_some())
        {
            return Ok(());
        }
        let error = CliError::new(format!("'{}' is no revision here and no path", self.typed));
        Err(CliError { hints: hints.clone(), ..error }
            .hint("a path is one of HEAD, of the work tree, or of a linked commit"))
    }
}

fn commits(touched: Touched, is_range: bool) -> About {
    let tip = touched.commits.first().copied();
    let commits = touched.commits.into_iter().collect();
    About::Commits { commits, files: touched.files.into_iter().collect(), tip, is_range }
}

/// What git alone did not understand: the first commit of all, a version without its prefix, a pull request, another
/// repository's revision, or a path.
fn named(session: &Session, project: &Project, typed: &str) -> Result<About, CliError> {
    let found = match Names::new(session, project, None).link(Role::Deploy, typed) {
        Ok(found) => found,
        Err(error) if is_unknown(&error) => {
            return Ok(About::Path(from_top(project, typed), error.hints));
        }
        Err(error) => return Err(error),
    };
    let Some(commit) = found.here else {
        return Ok(About::Elsewhere { revision: found.link.revision, commit: found.link.commit });
    };
    let from = found.link.range().and_then(|(from, _)| project.repo.resolve(from).ok());
    let touched = project.repo.touched(from.as_ref(), &commit)?;
    Ok(commits(touched, from.is_some()))
}

fn is_unknown(error: &CliError) -> bool {
    error.message.starts_with("no commit is called") || error.message.starts_with("no commit says")
}

/// Whether what was typed can only be a path.
pub(in crate::commands) fn is_path(typed: &str) -> bool {
    ["./", "../", "/", ":/", "~/"].iter().any(|start| typed.starts_with(start)) || matches!(typed, "." | "..")
}

/// A typed path, from the top of the work tree: `:/src` begins there, any other where one stands.
pub(in crate::commands) fn from_top(project: &Project, typed: &str) -> String {
    let typed = Path::new(typed);
    let below = typed.strip_prefix(":/").map(Path::to_owned);
    let path = match (below, project.repo.work_tree()) {
        (Ok(below), _) => below,
        (Err(_), None) => typed.to_owned(),
        (Err(_), Some(top)) => {
            let cwd = project.repo.cwd().canonicalize().unwrap_or_else(|_| project.repo.cwd().to_owned());
            let top = top.canonicalize().unwrap_or_else(|_| top.to_owned());
            let whole = plain(&cwd.join(typed));
            whole.strip_prefix(&top).map_or(whole.clone(), Path::to_owned)
        }
    };
    plain(&path).to_string_lossy().trim_matches('/').to_owned()
}

/// Whether a file is at a path, or below it; the top holds everything.
fn lies_in(file: &str, path: &str) -> bool {
    path.is_empty() || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
