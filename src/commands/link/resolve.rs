//! Typed revisions to rows of the *Linked Commits* table: here, in a repository of `[repos]`, or an address.

use std::path::Path;

use chrono::DateTime;

use super::side::{self, Side};
use crate::commands::actions::sources;
use crate::config::Config;
use crate::error::CliError;
use crate::git::{CommitId, Place, Repo};
use crate::model::{Link, Role};
use crate::session::{Project, Session};

/// What typed revisions are read against.
pub(in crate::commands) struct Names<'p> {
    session: &'p Session,
    project: &'p Project,
    patterns: Patterns,
}

/// Patterns of release tags: a service's own come first.
#[derive(Debug, Clone, Default)]
pub(in crate::commands) struct Patterns {
    /// Those of the services that the document names.
    pub(in crate::commands) own: Vec<String>,
    /// Those of `deploy.tags`.
    pub(in crate::commands) all: Vec<String>,
}

impl Patterns {
    /// For a document about some services, as it names them: `payments, checkout`.
    pub(in crate::commands) fn new(config: &Config, service: Option<&str>) -> Self {
        let named: Vec<&str> = service.unwrap_or_default().split(',').map(str::trim).collect();
        let is_own = |name: &str| named.iter().any(|named| named.eq_ignore_ascii_case(name));
        let own = config.services.iter().filter(|(name, _)| is_own(name));
        let own = own.flat_map(|(_, service)| service.tags.clone()).collect();
        Self { own, all: config.deploy.tags.clone() }
    }
}

/// A link that was understood, and what should be said about how.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Named {
    pub(in crate::commands) link: Link,
    pub(in crate::commands) notes: Vec<String>,
    /// The commit, where it is one of this repository.
    pub(in crate::commands) here: Option<CommitId>,
}

impl<'p> Names<'p> {
    /// For a document about some services.
    pub(in crate::commands) fn new(
        session: &'p Session,
        project: &'p Project,
        service: Option<&str>,
    ) -> Self {
        Self { session, project, patterns: Patterns::new(&project.config, service) }
    }

    /// Resolves a revision or a range `FROM..TO` to the commit that it names; of a range, its end.
    ///
    /// # Errors
    /// Where a side names no commit, or several, or the range holds none.
    pub(in crate::commands) fn link(&self, role: Role, typed: &str) -> Result<Named, CliError> {
        let typed = typed.trim();
        if typed.is_empty() {
            // A script's empty variable is no HEAD.
            return Err(CliError::new(format!("--{} names nothing", flag(role)))
                .hint("HEAD is what is checked out; git tag lists the releases"));
        }
        if !role.is_revision() {
            return address(role, typed);
        }
        if let Some((name, revision, folder)) = self.prefix(typed) {
            return self.elsewhere(role, typed, (name, revision), &folder);
        }
        let (link, notes) = in_repo(&self.project.repo, &self.patterns, role, typed)?;
        let here = link.commit.parse().ok();
        Ok(Named { link, notes, here })
    }

    /// The repository that a revision is prefixed with, where it is one of `[repos]` or of the personal settings.
    pub(super) fn prefix<'t>(&self, typed: &'t str) -> Option<(&'t str, &'t str, std::path::PathBuf)> {
        let (name, revision) = typed.split_once(':')?;
        let folder = sources::named(self.session, self.project, name).filter(|_| !revision.is_empty())?;
        Some((name, revision, folder))
    }

    /// Another repository, where it is at hand.
    pub(super) fn open(folder: &Path) -> Option<Repo> {
        let place = Place { cwd: folder.to_owned(), elsewhere: true, ..Place::default() };
        folder.is_dir().then(|| Repo::open(place).ok()).flatten()
    }

    fn elsewhere(
        &self,
        role: Role,
        typed: &str,
        (name, revision): (&str, &str),
        folder: &Path,
    ) -> Result<Named, CliError> {
        let Some(repo) = Self::open(folder) else {
            let link = Link {
                role,
                revision: typed.to_owned(),
                commit: String::new(),
                date: String::new(),
                subject: String::new(),
            };
            let lower = name.to_lowercase();
            let notes = vec![
                format!("{name} is not at hand: {revision} is recorded, and not resolved here"),
                format!("git config postmortem.repo.{lower} FOLDER says where it is"),
            ];
            return Ok(Named { link, notes, here: None });
        };
        let found = in_repo(&repo, &self.patterns, role, revision);
        let (link, notes) =
            found.map_err(|error| error.because(format!("{name} is {}", folder.display())))?;
        if let Ok(commit) = link.commit.parse::<CommitId>() {
            reachable(&repo, &[commit])?;
        }
        let revision = format!("{name}:{}", link.revision);
        Ok(Named { link: Link { revision, ..link }, notes, here: None })
    }

    /// Refuses commits that no branch and no tag leads to: they are gone with the next tidying.
    ///
    /// # Errors
    /// With the commit that makes the same change, where there is one.
    pub(in crate::commands) fn check(&self, found: &[Named]) -> Result<(), CliError> {
        let commits: Vec<CommitId> = found.iter().filter_map(|named| named.here).collect();
        reachable(&self.project.repo, &commits)
    }
}

fn reachable(repo: &Repo, commits: &[CommitId]) -> Result<(), CliError> {
    let Some(alone) = repo.unreachable(commits)?.first().copied() else { return Ok(()) };
    let short = alone.short();
    let error = CliError::new(format!("{short} is in no branch and no tag"));
    Err(match repo.twin(&alone)? {
        Some(twin) => error.because("it was rewritten, and goes with the next git gc").hint(format!(
            "{} makes the same change: {}",
            twin.id.short(),
            twin.subject
        )),
        None => error
            .because("git gc takes it away")
            .hint(format!("git branch NAME {short} keeps it; then link it again")),
    })
}

fn address(role: Role, typed: &str) -> Result<Named, CliError> {
    let scheme = typed.split_once("://").filter(|(scheme, rest)| {
        let is_word = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        is_word && scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && !rest.is_empty()
    });
    if scheme.is_none() || typed.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(CliError::new(format!("'{typed}' is no address")).hint("write it as https://…"));
    }
    let (commit, date, subject) = (String::new(), String::new(), String::new());
    let link = Link { role, revision: typed.to_owned(), commit, date, subject };
    Ok(Named { link, notes: Vec::new(), here: None })
}

/// A revision or range of one repository.
fn in_repo(
    repo: &Repo,
    patterns: &Patterns,
    role: Role,
    typed: &str,
) -> Result<(Link, Vec<String>), CliError> {
    let Some((from, to)) = typed.split_once("..") else {
        let Side { commit, recorded, note } = side::resolve(repo, patterns, typed)?;
        return Ok((of_commit(repo, role, recorded, &commit)?, note.into_iter().collect()));
    };
    let from = side::resolve(repo, patterns, from)?;
    let to = side::resolve(repo, patterns, to.strip_prefix('.').unwrap_or(to))?;
    if repo.is_ancestor(&to.commit, &from.commit)? {
        let error = CliError::new(format!("the range '{typed}' holds no commit"));
        if from.commit == to.commit {
            return Err(error.because("both sides are the same commit"));
        }
        return Err(error.hint(format!("the older side comes first: {}..{}", to.recorded, from.recorded)));
    }
    let recorded = format!("{}..{}", from.recorded, to.recorded);
    let notes = from.note.into_iter().chain(to.note).collect();
    Ok((of_commit(repo, role, recorded, &to.commit)?, notes))
}

/// The flag that names a link of a role.
pub(super) fn flag(role: Role) -> &'static str {
    if role == Role::RuledOut { "rule-out" } else { role.word() }
}

/// The row of a commit.
pub(in crate::commands) fn of_commit(
    repo: &Repo,
    role: Role,
    revision: String,
    id: &CommitId,
) -> Result<Link, CliError> {
    let commit = repo.commit(id)?;
    let date = DateTime::from_timestamp(commit.committed, 0);
    let date = date.map(|date| date.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
    Ok(Link { role, revision, commit: id.to_string(), date, subject: commit.subject })
}
