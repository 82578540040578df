//! What is traced: the commits that mended something, and what the post-mortem knows besides.

use chrono::{Days, NaiveTime};

use super::TraceArgs;
use crate::archive::Entry;
use crate::commands::link::{Patterns, side};
use crate::error::CliError;
use crate::git::{Commit, CommitId, Repo};
use crate::model::{Link, Role};
use crate::session::Project;

/// A range that is a fix is traced commit by commit, up to so many.
const MOST: usize = 50;

/// A commit that mended something.
#[derive(Debug, Clone)]
pub(super) struct Fix {
    /// It.
    pub(super) commit: Commit,
    /// As it was typed or linked.
    pub(super) revision: String,
    /// What the document links it as.
    pub(super) role: Role,
}

/// What is asked.
#[derive(Debug, Default)]
pub(super) struct Question<'e> {
    /// The post-mortem, where it is about one.
    pub(super) entry: Option<&'e Entry>,
    /// What mended it.
    pub(super) fixes: Vec<Fix>,
    /// What brought it, where that is known.
    pub(super) causes: Vec<Commit>,
    /// No line is followed: the causes were typed.
    pub(super) is_settled: bool,
    /// What else the document links.
    pub(super) links: Vec<Link>,
    /// What was committed later than that cannot have brought it, in seconds of Unix time.
    pub(super) until: Option<i64>,
    /// What could not be looked at.
    pub(super) notes: Vec<String>,
}

impl<'e> Question<'e> {
    /// Takes the fixes of a document and those that were typed.
    ///
    /// # Errors
    /// An unknown revision, or nothing that is a fix.
    pub(super) fn new(
        project: &Project,
        entry: Option<&'e Entry>,
        revisions: &[String],
        args: &TraceArgs,
    ) -> Result<Self, CliError> {
        let repo = &project.repo;
        let patterns = patterns(project, entry);
        let mut question = Self { entry, is_settled: !args.cause.is_empty(), ..Self::default() };
        for typed in revisions {
            for id in commits(repo, &patterns, typed)? {
                question.add(repo.commit(&id)?, typed, Role::Fix);
            }
        }
        for typed in &args.cause {
            question.causes.push(repo.commit(&side::resolve(repo, &patterns, typed)?.commit)?);
        }
        if let Some(entry) = entry {
            question.take_links(repo, &patterns, entry)?;
            if question.fixes.is_empty() && args.cause.is_empty() {
                return Err(question.no_fix(entry));
            }
        }
        Ok(question)
    }

    fn add(&mut self, commit: Commit, revision: &str, role: Role) {
        if !self.fixes.iter().any(|fix| fix.commit.id == commit.id) {
            self.fixes.push(Fix { commit, revision: revision.to_owned(), role });
        }
    }

    fn take_links(&mut self, repo: &Repo, patterns: &Patterns, entry: &Entry) -> Result<(), CliError> {
        let postmortem = &entry.postmortem;
        for link in &postmortem.links {
            match link.role {
                Role::Fix | Role::Revert => match linked(repo, patterns, link) {
                    Ok(ids) => {
                        for id in ids {
                            self.add(repo.commit(&id)?, &link.revision, link.role);
                        }
                    }
                    Err(_) => self.notes.push(format!(
                        "{} is linked as {} and is not in this repository",
                        link.revision,
                        link.role.word()
                    )),
                },
                Role::Introduced if !self.is_settled => {
                    let found = link.commit.parse().ok().and_then(|id| repo.commit(&id).ok());
                    self.causes.extend(found);
                }
                _ => {}
            }
        }
        self.links.clone_from(&postmortem.links);
        // The day may be another one in the zone of whoever wrote it down.
        let end = postmortem.date.and_then(|date| date.checked_add_days(Days::new(1)));
        self.until =
            end.and_then(|day| day.and_time(NaiveTime::MIN).and_utc().timestamp().checked_add(14 * 3600));
        Ok(())
    }

    fn no_fix(&self, entry: &Entry) -> CliError {
        let id = entry.id.short();
        let error = CliError::new(format!("{} links no fix to trace from", entry.id));
        let error = self.notes.iter().fold(error, CliError::because);
        error
            .hint(format!("git postmortem trace {id} --fix REV traces from a commit"))
            .hint(format!("git postmortem link {id} --fix REV records it in the document"))
    }
}

/// What versions mean for a document: tags of its services first.
pub(super) fn patterns(project: &Project, entry: Option<&Entry>) -> Patterns {
    Patterns::new(&project.config, entry.and_then(|entry| entry.postmortem.service.as_deref()))
}

/// Whether a text names a commit, or a range of them: as git does, by a version, or by the number of a pull request.
pub(super) fn is_revision(repo: &Repo, patterns: &Patterns, typed: &str) -> bool {
    let ends = typed.split("..").map(|end| end.trim_start_matches('.'));
    ends.filter(|end| !end.is_empty()).all(|end| side::resolve(repo, patterns, end).is_ok())
        && !typed.trim_matches('.').is_empty()
}

/// The commits that a revision or a range means, the newest first; merges of a range bring nothing of their own.
fn commits(repo: &Repo, patterns: &Patterns, typed: &str) -> Result<Vec<CommitId>, CliError> {
    let named = |typed: &str| side::resolve(repo, patterns, typed).map(|side| side.commit);
    let Some((from, to)) = typed.split_once("..") else { return Ok(vec![named(typed)?]) };
    let (from, to) = (named(from)?, named(to.trim_start_matches('.'))?);
    let all = repo.commits_between(&from, &to)?;
    if all.is_empty() {
        return Err(
            CliError::new(format!("the range '{typed}' holds no commit")).hint("the older side comes first")
        );
    }
    if all.len() > MOST {
        return Err(CliError::new(format!("the range '{typed}' holds {} commits", all.len()))
            .hint(format!("name the commit that mended it; at most {MOST} are traced at once")));
    }
    let is_plain = |id: &CommitId| repo.commit(id).is_ok_and(|commit| commit.parents.len() < 2);
    Ok(all.into_iter().filter(is_plain).collect())
}

/// The commits of a link: of its range, else the one that was recorded, whatever its name means by now.
fn linked(repo: &Repo, patterns: &Patterns, link: &Link) -> Result<Vec<CommitId>, CliError> {
    if link.revision.contains("..")
        && let Ok(all) = commits(repo, patterns, &link.revision)
    {
        return Ok(all);
    }
    let recorded = link.commit.parse::<CommitId>().ok().filter(|id| repo.commit(id).is_ok());
    match recorded {
        Some(id) => Ok(vec![id]),
        None => Ok(vec![repo.resolve(&link.commit).or_else(|_| repo.resolve(&link.revision))?]),
    }
}
