//! What a trace answers: found once, told in words or as JSON.

use chrono::{DateTime, NaiveDate};
use serde_json::json;

use super::exposed::{Exposure, Judged, expose};
use super::fixes::{Fix, Question};
use super::origins::{Traced, trace};
use super::wild::{release, wild};
use super::{TraceArgs, write};
use crate::error::{CliError, ExitStatus};
use crate::git::{Commit, CommitId, Repo, SpotsAsked};
use crate::model::Role;
use crate::render::json::{self as envelope, Envelope};
use crate::render::trace::{self as show, FixRow, OriginRow, SpotRow, Wild};
use crate::session::{Project, Session};
use crate::trace::{Origin, Why};

/// Commits whose first release is looked up.
const TOLD: usize = 8;

/// Everything that was found.
pub(super) struct Answer<'q> {
    question: &'q Question<'q>,
    traced: Traced,
    /// What the table is about.
    causes: Vec<Commit>,
    exposure: Exposure,
    wild: Option<Wild>,
    rows: Vec<OriginRow>,
    fixes: Vec<FixRow>,
    /// What was left out, and what cannot be so.
    notes: Vec<String>,
    incomplete: Vec<String>,
}

impl<'q> Answer<'q> {
    /// Finds it.
    ///
    /// # Errors
    /// Git's.
    pub(super) fn find(
        session: &Session,
        project: &Project,
        question: &'q Question<'q>,
        asked: Option<SpotsAsked>,
    ) -> Result<Self, CliError> {
        let repo = &project.repo;
        let traced = if question.is_settled { Traced::default() } else { trace(project, question)? };
        let id = |origin: &Origin| origin.commit.parse::<CommitId>().ok();
        let mut causes = question.causes.clone();
        if causes.is_empty() {
            let likeliest = traced.origins.first().filter(|origin| origin.why() != Why::Unlikely);
            causes.extend(likeliest.and_then(id).map(|id| repo.commit(&id)).transpose()?);
        }
        let cause_ids: Vec<CommitId> = causes.iter().map(|commit| commit.id).collect();
        let fixes: Vec<CommitId> = question.fixes.iter().map(|fix| fix.commit.id).collect();
        let others: Vec<CommitId> = traced.origins.iter().take(TOLD).filter_map(id).collect();
        let exposure = expose(project, &cause_ids, &fixes, &others, asked)?;
        let wild = wild(&exposure, cause_ids.first(), !fixes.is_empty(), session.now.timestamp());
        let mut rows = Vec::new();
        for origin in &traced.origins {
            let Some(id) = id(origin) else { continue };
            rows.push(row(&repo.commit(&id)?, origin, &exposure));
        }
        let fixes = question.fixes.iter().map(|fix| fix_row(fix, &exposure)).collect();
        let notes = question.notes.iter().cloned().chain(out_of_order(repo, question, &exposure)?);
        let notes = notes.chain(traced.notes.iter().cloned()).collect();
        let mut incomplete = Vec::new();
        if repo.is_shallow() {
            incomplete.push(
                "the clone is shallow: what was before its edge was not seen (git fetch --unshallow)"
                    .to_owned(),
            );
        }
        if exposure.has_more {
            incomplete.push("more reverts of merges than were looked into".to_owned());
        }
        Ok(Self { question, traced, causes, exposure, wild, rows, fixes, notes, incomplete })
    }

    /// The commit that most likely brought the defect.
    pub(super) fn likeliest(&self) -> Option<&Origin> {
        self.traced.origins.first().filter(|origin| origin.why() != Why::Unlikely)
    }

    /// Tells it.
    ///
    /// # Errors
    /// Where the answer cannot be written.
    pub(super) fn tell(&self, session: &Session, args: &TraceArgs) -> Result<ExitStatus, CliError> {
        let ui = &session.ui;
        if args.json {
            let written = ui.out_with(|out| self.json(out));
            written.map_err(|error| {
                CliError::new("the answer could not be written").because(error.to_string())
            })?;
            return Ok(ExitStatus::Done);
        }
        ui.lines(&self.head());
        if !self.rows.is_empty() {
            ui.out(&format!("\n{}", show::origins(&self.rows, ui.look())));
        } else if !self.question.is_settled {
            ui.status("no commit was found that brought it");
        }
        let spots: Vec<SpotRow> = self.exposure.spots.iter().map(spot_row).collect();
        if !self.causes.is_empty() {
            ui.out(&format!("\n{}", self.table(&spots, args.all, ui.look())));
        }
        let next = self.next(&spots);
        if !next.is_empty() && !ui.look().quiet {
            ui.out("\n");
            ui.lines(&next);
        }
        self.incomplete.iter().for_each(|what| ui.warn(what));
        Ok(ExitStatus::Done)
    }

    fn head(&self) -> Vec<(&'static str, String)> {
        let mut lines = Vec::new();
        if let Some(entry) = self.question.entry {
            lines.push(("traced", format!("{}   {}", entry.id, entry.title())));
        }
        for (at, fix) in self.fixes.iter().enumerate() {
            let label = if at == 0 { "fix" } else { "" };
            let release = fix.first_release.as_ref().map(|release| format!(", first in {release}"));
            let release = release.unwrap_or_else(|| ", in no release yet".to_owned());
            lines.push((label, format!("{}  {}   {}{release}", short(&fix.commit), fix.subject, fix.date)));
        }
        if self.question.is_settled {
            for (at, cause) in self.causes.iter().enumerate() {
                let label = if at == 0 { "cause" } else { "" };
                let (id, date) = (cause.id.short(), day(cause.committed));
                lines.push((label, format!("{id}  {}   {date}", cause.subject)));
            }
        }
        for (at, note) in self.notes.iter().enumerate() {
            lines.push((if at == 0 { "left out" } else { "" }, note.clone()));
        }
        lines
    }

    fn table(&self, spots: &[SpotRow], all: bool, look: crate::render::Look) -> String {
        let names: Vec<String> = self.causes.iter().map(|commit| commit.id.short()).collect();
        let mut text = String::new();
        if let Some(wild) = &self.wild {
            text.push_str(&format!("{}\n\n", show::wild(wild)));
        }
        text.push_str(&format!("who has {}: {}\n", names.join(", "), show::summary(spots)));
        text.push_str(&show::exposure(spots, all, look));
        text
    }

    /// What one would type next.
    fn next(&self, spots: &[SpotRow]) -> Vec<(&'static str, String)> {
        let mut next = Vec::new();
        let open = spots.iter().find(|spot| spot.kind == "branch" && spot.state == "exposed");
        if let (Some(branch), Some(fix)) = (open, self.question.fixes.first()) {
            let id = fix.commit.id.short();
            next.push(("next", format!("git switch {} && git cherry-pick -x {id}", branch.name)));
        }
        let likeliest = self.likeliest().filter(|origin| origin.linked.is_none());
        if let (Some(entry), Some(origin)) = (self.question.entry, likeliest) {
            let (id, role) = (entry.id.short(), write::role(origin).word());
            let label = if next.is_empty() { "next" } else { "" };
            next.push((
                label,
                format!("git postmortem trace {id} --write   links {} as {role}", short(&origin.commit)),
            ));
        }
        next
    }

    fn json(&self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        let spots: Vec<SpotRow> = self.exposure.spots.iter().map(spot_row).collect();
        let causes: Vec<String> = self.causes.iter().map(|commit| commit.id.to_string()).collect();
        let members = [
            ("postmortem", json!(self.question.entry.map(|entry| entry.id.to_string()))),
            ("fixes", json!(self.fixes)),
            ("causes", json!(causes)),
            ("in_the_wild", json!(self.wild)),
            ("exposure", json!(if self.causes.is_empty() { Vec::new() } else { spots })),
            ("left_out", json!(self.notes)),
        ];
        let envelope = Envelope { name: "origins", incomplete: &self.incomplete, members: &members };
        envelope::write(out, &envelope, &self.rows)
    }
}

/// A fix that its cause was built on cannot have mended it.
fn out_of_order(repo: &Repo, question: &Question<'_>, exposure: &Exposure) -> Result<Vec<String>, CliError> {
    let mut notes = Vec::new();
    for fix in &question.fixes {
        for cause in &question.causes {
            let (old, new) = (&fix.commit.id, &cause.id);
            // git is asked only where the refs that have either allow it.
            if old != new && exposure.may_be_older(old, new) && repo.is_ancestor(old, new)? {
                let (fix, cause) = (old.short(), new.short());
                notes.push(format!("{fix} is older than {cause}, and cannot have mended what that brought"));
            }
        }
    }
    Ok(notes)
}

fn row(commit: &Commit, origin: &Origin, exposure: &Exposure) -> OriginRow {
    OriginRow {
        commit: commit.id.to_string(),
        date: day(commit.committed),
        subject: commit.subject.clone(),
        evidence: origin.why().word(),
        lines: origin.changed + origin.moved,
        beside: origin.beside,
        files: origin.files.clone(),
        reasons: origin.reasons(),
        first_release: exposure.first_with(&commit.id).map(release),
    }
}

fn fix_row(fix: &Fix, exposure: &Exposure) -> FixRow {
    FixRow {
        commit: fix.commit.id.to_string(),
        date: day(fix.commit.committed),
        subject: fix.commit.subject.clone(),
        revision: fix.revision.clone(),
        role: if fix.role == Role::Revert { "revert" } else { "fix" },
        first_release: exposure.first_with(&fix.commit.id).map(|judged| judged.name.clone()),
    }
}

fn spot_row(judged: &Judged) -> SpotRow {
    SpotRow {
        name: judged.name.clone(),
        kind: if judged.is_tag { "tag" } else { "branch" },
        commit: judged.spot.commit.to_string(),
        date: day(judged.spot.created),
        cause: judged.has_cause,
        fix: judged.has_fix,
        state: judged.verdict.word(),
        open: judged.verdict.is_open(),
    }
}

/// The day of an instant, in UTC.
pub(super) fn day(seconds: i64) -> NaiveDate {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().date_naive()
}

fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}
