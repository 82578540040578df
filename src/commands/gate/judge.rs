//! One release, judged by what its own tree says.

use std::cell::OnceCell;

use chrono::{DateTime, NaiveDate, Utc};

use super::decide::{decide, nothing_asked};
use super::documents::Documents;
use super::promises::{Promises, waivers};
use super::rows::{Rows, Shower};
use super::unseen::{check_history, check_seen};
use super::{Asked, elsewhere, previous, tell};
use crate::error::{CliError, ExitStatus};
use crate::gate::Question;
use crate::git::{self, CommitId, Repo, TagObject};
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

    /// Answers that say the same, together; a group stands where its first one does.
    pub(super) fn groups(all: &[Self]) -> Vec<Vec<&Self>> {
        let is_same = |one: &Self, other: &Self| match (&one.answer, &other.answer) {
            (Ok(one), Ok(other)) => one.is_same(other),
            (Err(one), Err(other)) => {
                (&one.message, &one.causes, &one.hints) == (&other.message, &other.causes, &other.hints)
            }
            _ => false,
        };
        let mut groups: Vec<Vec<&Self>> = Vec::new();
        for one in all {
            match groups.iter_mut().find(|group| is_same(group[0], one)) {
                Some(group) => group.push(one),
                None => groups.push(vec![one]),
            }
        }
        groups
    }
}

/// Judges releases of one repository, which is opened once for all of them.
pub(super) struct Judge<'s> {
    session: &'s Session,
    repo: OnceCell<Repo>,
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
        Self { session, repo: OnceCell::new() }
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
        let Ok(repo) = self.repo() else { return false };
        let is_commit = !matches!(repo.named(&asked.object), Err(git::Error::NoCommit { .. }));
        let here = || {
            let examine = Examine { impersonal: true, ..Examine::default() };
            self.session.examine_in(repo.again()?, &examine)
        };
        !is_commit && here().is_ok_and(|here| !previous::is_judged(&here.config, &asked.tag))
    }

    fn repo(&self) -> Result<&Repo, git::Error> {
        if let Some(repo) = self.repo.get() {
            return Ok(repo);
        }
        let repo = Repo::open(self.session.place())?;
        Ok(self.repo.get_or_init(|| repo))
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
        let repo = self.repo()?;
        // A tag that is pushed is here already: by its name the verdict can be repeated.
        let name = match wish.tag {
            Some(coming) if if_asked => Some(coming),
            Some(_) => None,
            None => Some(wish.rev),
        };
        let name = name.map(|name| name.strip_prefix("refs/").unwrap_or(name));
        let name = name.map(|name| name.strip_prefix("tags/").unwrap_or(name));
        let by_name = name.map(|name| format!("refs/tags/{name}"));
        let mut named = repo.named_each(&[wish.rev, by_name.as_deref().unwrap_or_default()])?.into_iter();
        let (named, by_name) = (named.next().transpose()?, named.next().and_then(Result::ok));
        let Some(named) = named else { return Err(CliError::new("nothing was judged")) };
        let own = name.filter(|_| by_name.as_ref() == Some(&named));
        let examine = Examine {
            rev: Some(wish.rev.to_owned()),
            commit: Some(named.commit),
            impersonal: true,
            ..Examine::default()
        };
        let project = self.session.examine_in(repo.again()?, &examine)?;
        let tag = wish.tag.or(own);
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
        row.revision = own.map_or(row.revision, str::to_owned);
        Ok(Some(row))
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
