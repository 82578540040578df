//! One release, judged by what its own tree says.

use chrono::{DateTime, NaiveDate, Utc};

use super::documents::Documents;
use super::promises::{Promises, waivers};
use super::rows::{Rows, Shower};
use super::{Asked, elsewhere, previous, touch};
use crate::archive::Unseen;
use crate::error::{CliError, ExitStatus};
use crate::gate::{Hit, Question, Verdict, hits, in_question, settle};
use crate::git::{CommitId, Named, Repo, Tag};
use crate::render::gate::{DocumentsRow, GateRow};
use crate::render::{clean, count};
use crate::session::{CONFIG_FILE, Examine, Project, Session};

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
struct Case<'c> {
    project: &'c Project,
    commit: CommitId,
    tag: Option<&'c str>,
    named: &'c Named,
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
        Some(Judged { tag: clean(&asked.tag).into_owned(), answer })
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
        let repo = Repo::open(self.session.place())?;
        let named = repo.named(wish.rev)?;
        let own = own_tag(&repo, wish.rev, &named);
        let tag = wish.tag.or(own.as_deref());
        let examine = Examine { rev: Some(named.commit.to_string()), impersonal: true, ..Examine::default() };
        let project = self.session.examine(&examine)?;
        if if_asked && tag.is_none_or(|tag| !previous::is_judged(&project.config, tag)) {
            return Ok(None);
        }
        // A coming tag that is an object already, as in a push, was made when its tagger says.
        let is_made = if_asked || wish.tag.is_none();
        let made = named.tag.as_ref().filter(|_| is_made).and_then(|tag| tag.tagged);
        let made = made.and_then(|at| DateTime::from_timestamp(at, 0));
        let zone = &project.config.actions.time_zone;
        let (now, day_from) = match (wish.as_of, made) {
            (Some(day), _) => (zone.end_of(day), "as-of"),
            (None, Some(made)) => (made, "tagger"),
            (None, None) => (self.session.now, "now"),
        };
        let day = wish.as_of.unwrap_or_else(|| zone.day(now));
        let case = Case { project: &project, commit: named.commit, tag, named: &named, now, day, day_from };
        let mut row = self.verdict(&case, wish)?;
        if let Some(tag) = tag.filter(|tag| own_tag(&repo, tag, &named).is_some()) {
            // A tag that is pushed is here already: by its name the verdict can be repeated.
            row.revision = if is_made { tag.to_owned() } else { row.revision };
        }
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
        let (waivers, remarks) = waivers(&promises, &documents, &project.config, case.named.tag.as_ref());
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
            ignored: ignored(self.project),
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

/// Personal settings that would have been heard by a rule, and are not.
fn ignored(project: &Project) -> Vec<String> {
    const HEARD: [&str; 6] = ["gate.", "deploy.", "services.", "actions.", "severity.", "documents."];
    let is_heard =
        |key: &str| HEARD.iter().any(|section| key.starts_with(section)) && key != "documents.publish";
    let heard = project.ignored.iter().filter(|setting| is_heard(&setting.key));
    heard.map(|setting| format!("{} of {}", setting.key, setting.origin)).collect()
}

/// Why nothing is asked of a release, if so.
fn nothing_asked(case: &Case<'_>) -> Result<Option<&'static str>, CliError> {
    let Case { project, commit, .. } = case;
    if project.repo.file(commit, CONFIG_FILE)?.is_none() {
        return Ok(Some("no-configuration"));
    }
    let gate = &project.config.gate;
    if gate.rules.is_empty() {
        return Ok(Some("no-rules"));
    }
    let Some(since) = gate.since else { return Ok(None) };
    let committed = DateTime::from_timestamp(project.repo.commit(commit)?.committed, 0);
    let is_older = committed.is_some_and(|at| project.config.actions.time_zone.day(at) < since);
    Ok(is_older.then_some("before-since"))
}

/// Asks of the history only what the rules come to: what is touched, and what this release keeps.
fn decide(
    case: &Case<'_>,
    question: &Question<'_>,
    promises: &Promises<'_>,
) -> Result<(Verdict, Option<Tag>), CliError> {
    let Case { project, commit, tag, .. } = case;
    let mut hits = hits(question);
    let is_kept = |hit: &Hit| question.items[hit.item].carried.is_some();
    if !hits.iter().any(is_kept) && in_question(question, &hits).is_empty() {
        return Ok((settle(question, &hits, &[]), None));
    }
    let patterns = previous::patterns(&project.config, *tag);
    let before = previous::previous(&project.repo, commit, &patterns, *tag)?;
    if let (Some(before), true) = (&before, hits.iter().any(is_kept)) {
        let new = project.repo.commits_between(&before.commit, commit)?;
        let new: std::collections::HashSet<String> = new.iter().map(ToString::to_string).collect();
        let is_new = |hit: &Hit| {
            question.items[hit.item].carried.as_ref().is_none_or(|carried| new.contains(&carried.commit))
        };
        hits.retain(is_new);
    }
    let asked = in_question(question, &hits);
    let asked: Vec<_> = asked.into_iter().map(|at| (at, &promises.all[at])).collect();
    let touched = match asked.as_slice() {
        [] => Vec::new(),
        asked => touch::touched(project, commit, (*tag, before.as_ref()), asked)?,
    };
    Ok((settle(question, &hits, &touched), before))
}

/// A history that was cut off may hide what closed a promise or opened it again.
fn check_history(project: &Project, documents: &Documents, promises: &Promises<'_>) -> Result<(), CliError> {
    let is_cut = |unseen: &Unseen| match unseen {
        Unseen::Shallow | Unseen::History => true,
        Unseen::In { what, .. } => matches!(**what, Unseen::Shallow | Unseen::History),
        _ => false,
    };
    if promises.items.is_empty() {
        return Ok(());
    }
    let Some(cut) = documents.unseen().iter().find(|unseen| is_cut(unseen)) else {
        return match project.repo.is_shallow() {
            true => Err(too_short(&Unseen::Shallow)),
            false => Ok(()),
        };
    };
    Err(too_short(cut))
}

fn too_short(cut: &Unseen) -> CliError {
    CliError::new("the history here is too short to judge by")
        .because(cut.to_string())
        .hint("git fetch --unshallow brings the rest; in CI, check out the whole history (fetch-depth: 0)")
}

/// What could not be read may promise something.
fn check_seen(documents: &Documents) -> Result<(), CliError> {
    let hidden = documents.unseen().iter().filter(|unseen| unseen.may_hide_actions());
    let mut error = CliError::new("not every document could be read, so the gate stays closed");
    for unseen in hidden {
        error = error.because(unseen.to_string());
    }
    if error.causes.is_empty() {
        return Ok(());
    }
    Err(error.hint(format!("documents.exclude in {CONFIG_FILE} leaves out what is no post-mortem")))
}

/// What goes with a verdict: waivers that count for nothing, drafts, settings that were not heard.
pub(super) fn tell(session: &Session, row: &GateRow) {
    let ui = &session.ui;
    for remark in &row.remarks {
        ui.warn(&clean(remark));
    }
    if !row.ignored.is_empty() {
        let settings = clean(&row.ignored.join(", ")).into_owned();
        ui.warn(&format!("not heard, because only the repository's own configuration counts: {settings}"));
    }
    if !row.drafts.is_empty() {
        let ids: Vec<String> = row.drafts.iter().map(|draft| clean(&draft.short_id).into_owned()).collect();
        let what = count(ids.len(), "promise", "promises");
        ui.status(&format!(
            "{what} of drafts would be in the way, and drafts close no gate: {}",
            ids.join(", ")
        ));
    }
    if row.untouched > 0 {
        let what = count(row.untouched, "promise", "promises");
        ui.detail(&format!("{what} would be in the way of a release that touches what they are about"));
    }
    if row.not_judged > 0 {
        let what = count(row.not_judged, "promise", "promises");
        ui.detail(&format!("{what} of incidents from before gate.since: not judged"));
    }
}
