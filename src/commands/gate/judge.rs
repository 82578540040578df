//! One release, judged by what its own tree says.

use chrono::{DateTime, NaiveDate, Utc};

use super::decide::{decide, nothing_asked};
use super::documents::Documents;
use super::promises::{Promises, waivers};
use super::rows::{Rows, Shower};
use super::unseen::{check_history, check_seen};
use super::{Asked, elsewhere, previous, tell};
use crate::error::{CliError, ExitStatus};
use crate::gate::Question;
use crate::git::{self, CommitId, Named, Repo, TagObject};
use crate::render::clean;
use crate::render::gate::{DocumentsRow, GateRow};
use crate::session::{Examine, Project, Session};

/// What is asked about one release.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish<'w> {
    /// A revision, or the id of an object.
    pub(super) rev: &'w str,
    /// The tag that it shall be, where that is not the revision itself.
    pub(super) tag: Option<&'w str>,
    /// The day of judgement.
    pub(super) as_of: Option<NaiveDate>,
    /// Where the documents are.
    pub(super) documents: Option<&'w str>,
}

/// What was answered about a coming tag.
#[derive(Debug)]
pub struct Judged {
    /// The tag.
    pub tag: String,
    /// The verdict, or why there is none.
    pub answer: Result<GateRow, CliError>,
}

impl Judged {
    /// How it ends: open, closed, could not answer.
    #[must_use]
    pub fn status(&self) -> ExitStatus {
        match &self.answer {
            Ok(row) if row.blockers.is_empty() => ExitStatus::Done,
            Ok(_) => ExitStatus::No,
            Err(_) => ExitStatus::CouldNot,
        }
    }
}

/// Judges releases of one repository.
pub(super) struct Judge<'s> {
    session: &'s Session,
}

/// The release that is judged, and when.
pub(super) struct Case<'c> {
    pub(super) project: &'c Project,
    pub(super) commit: CommitId,
    pub(super) tag: Option<&'c str>,
    /// The tag's own object, where it is an annotated one.
    object: Option<&'c TagObject>,
    /// The instant of judgement, the day that it is in the team's zone, and where it comes from.
    now: DateTime<Utc>,
    day: NaiveDate,
    day_from: &'static str,
}

impl<'s> Judge<'s> {
    pub(super) fn new(session: &'s Session) -> Self {
        Self { session }
    }

    /// Judges a coming tag; none where nothing asks for that.
    pub(super) fn coming(&self, asked: &Asked) -> Option<Judged> {
        let wish = Wish { rev: &asked.object, tag: Some(&asked.tag), as_of: None, documents: None };
        let answer = self.answer(&wish, true).transpose()?;
        if answer.is_err() && self.is_nobodys(asked) {
            return None;
        }
        Some(Judged { tag: clean(&asked.tag).into_owned(), answer })
    }

    /// Whether something that is no commit, and so has no configuration of its own, has a name that HEAD's does not ask
    /// about.
    fn is_nobodys(&self, asked: &Asked) -> bool {
        let examine = Examine { impersonal: true, ..Examine::default() };
        let Ok(here) = self.session.examine(&examine) else { return false };
        let is_commit = !matches!(here.repo.named(&asked.object), Err(git::Error::NoCommit { .. }));
        !is_commit && !previous::is_judged(&here.config, &asked.tag)
    }

    /// Judges a revision.
    ///
    /// # Errors
    /// Whatever keeps it from answering.
    pub(super) fn judge(&self, wish: &Wish<'_>) -> Result<GateRow, CliError> {
        let row = self.answer(wish, false)?;
        row.ok_or_else(|| CliError::new("nothing was judged"))
    }

    /// `if_asked`: only where a pattern of its own configuration takes the tag.
    fn answer(&self, wish: &Wish<'_>, if_asked: bool) -> Result<Option<GateRow>, CliError> {
        let (project, named) = self.open(wish.rev)?;
        let repo = &project.repo;
        // A tag that is pushed is here already: by its name the verdict can be repeated.
        let own = match wish.tag {
            Some(coming) if if_asked => own_tag(repo, coming, &named),
            Some(_) => None,
            None => own_tag(repo, wish.rev, &named),
        };
        let tag = wish.tag.or(own.as_deref());
        if if_asked && tag.is_none_or(|tag| !previous::is_judged(&project.config, tag)) {
            return Ok(None);
        }
        // A coming tag that is an object already, as in a push, was made when its tagger says.
        let is_made = if_asked || wish.tag.is_none();
        let object = named.tag.as_ref().filter(|_| is_made);
        let made = object.and_then(|tag| tag.tagged).and_then(|at| DateTime::from_timestamp(at, 0));
        let zone = &project.config.actions.time_zone;
        let (now, day_from) = match (wish.as_of, made) {
            (Some(day), _) => (zone.end_of(day), "as-of"),
            (None, Some(made)) => (made, "tagger"),
            (None, None) => (self.session.now, "now"),
        };
        let day = wish.as_of.unwrap_or_else(|| zone.day(now));
        let case = Case { project: &project, commit: named.commit, tag, object, now, day, day_from };
        let mut row = self.verdict(&case, wish)?;
        row.revision = own.unwrap_or(row.revision);
        Ok(Some(row))
    }

    /// The repository as it is at a revision, and what that revision is.
    fn open(&self, rev: &str) -> Result<(Project, Named), CliError> {
        let examine = Examine { rev: Some(rev.to_owned()), impersonal: true, ..Examine::default() };
        match self.session.examine(&examine) {
            Ok(project) => {
                let named = project.repo.named(rev)?;
                Ok((project, named))
            }
            // What is no commit has a better word than that it is unknown.
            Err(error) => match Repo::open(self.session.place()).map(|repo| repo.named(rev)) {
                Ok(Err(no_commit)) => Err(no_commit.into()),
                _ => Err(error),
            },
        }
    }

    fn verdict(&self, case: &Case<'_>, wish: &Wish<'_>) -> Result<GateRow, CliError> {
        let project = case.project;
        let mut row = case.row(wish.rev);
        row.because = nothing_asked(case)?;
        if row.because.is_some() {
            return Ok(row);
        }
        let asked = wish.documents.or(project.config.gate.documents.as_deref());
        let documents = Documents::read(self.session, project, asked)?;
        let mut promises = Promises::of(&documents, project, case.now.timestamp())?;
        elsewhere::listen(&mut promises, &documents, project, &case.commit)?;
        let (waivers, mut remarks) = waivers(&promises, &documents, &project.config, case.object);
        remarks.extend(promises.unclear());
        let scales = (project.config.priority_scale(), project.config.severity_scale());
        let question = Question {
            rules: &project.config.gate.rules,
            items: &promises.items,
            waivers: &waivers,
            day: case.day,
            since: project.config.gate.since,
            priorities: &scales.0,
            severities: &scales.1,
        };
        check_history(project, &documents, &promises)?;
        let (verdict, before) = decide(case, &question, &promises)?;
        if verdict.is_open() {
            check_seen(&documents)?;
        }
        let shower = Shower { question: &question, promises: &promises };
        let Rows { blockers, waived, carried, drafts } = shower.rows(&verdict);
        row.verdict = if verdict.is_open() { "open" } else { "closed" };
        row.previous = before.map(|tag| tag.name);
        row.documents = documents.elsewhere.as_ref().map(|(name, project)| DocumentsRow {
            repo: name.clone(),
            commit: project.commit.map(|commit| commit.to_string()).unwrap_or_default(),
        });
        (row.not_judged, row.untouched) = (verdict.not_judged.len(), verdict.untouched.len());
        Ok(GateRow { blockers, waived, carried, drafts, remarks, ..row })
    }
}

impl Case<'_> {
    /// The answer before anything was judged.
    fn row(&self, revision: &str) -> GateRow {
        GateRow {
            tag: self.tag.map(str::to_owned),
            revision: revision.to_owned(),
            commit: self.commit.to_string(),
            verdict: "open",
            because: None,
            day: self.day,
            day_from: self.day_from,
            previous: None,
            documents: None,
            blockers: Vec::new(),
            waived: Vec::new(),
            carried: Vec::new(),
            drafts: Vec::new(),
            not_judged: 0,
            untouched: 0,
            remarks: Vec::new(),
            ignored: tell::ignored(self.project),
        }
    }
}

/// The name of the tag that a revision is, where it is one.
fn own_tag(repo: &Repo, rev: &str, named: &Named) -> Option<String> {
    let name = rev.strip_prefix("refs/").unwrap_or(rev);
    let name = name.strip_prefix("tags/").unwrap_or(name);
    let found = repo.named(&format!("refs/tags/{name}")).ok()?;
    (found == *named).then(|| name.to_owned())
}
