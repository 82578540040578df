//! `git postmortem candidates`: what happened and has no post-mortem.

mod read;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, SecondsFormat};
use clap::Args;

use crate::archive::Archive;
use crate::candidates::{Covered, Event, History, Incident, Rules, events, group, suggest};
use crate::commands::words;
use crate::config::lies_in;
use crate::error::{CliError, ExitStatus};
use crate::model::Role;
use crate::render::candidates::{self as show, EventRow, IncidentRow};
use crate::render::count;
use crate::session::{Project, Session};

use read::Window;

/// Find events in the history that deserve a post-mortem and have none
///
/// Reverts of what was released, rollbacks, hotfixes, fixes hard on a release and picks to release branches, put together
/// into probable incidents, each with its reasons and the line that begins its post-mortem. What a draft or a published
/// document links is left out.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  git postmortem candidates --since 1y\n  git postmortem candidates --since 2026-07-01 --until 2026-09-30\n  git postmortem candidates --service payments --json"
)]
pub struct CandidatesArgs {
    /// From that day on: 2026-07-01, 90d, 1y [default: 90d]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Up to that day [default: today]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub until: Option<String>,
    /// Only of these services
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub service: Vec<String>,
    /// End with status 1 where there are some
    #[arg(long)]
    pub exit_code: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// Finds them.
///
/// # Errors
/// A day or service that is none; git's.
pub fn run(session: &Session, args: &CandidatesArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let window = window(session, &project, args)?;
    let services = services(&project, args)?;
    let (history, seen) = read::history(session, &project, window)?;
    let archive = project.everything()?;
    let rules = rules(&project, &history, window);
    let patterns = read::release_patterns(&project.config);
    let before = |commit: &str| {
        let id = commit.parse().ok()?;
        project.repo.tag_before(&id, &patterns).ok().flatten()
    };
    let found = events(&history, &rules, &before);
    let (open, told) = group(&history, &found, &covered(&archive));
    let mut rows: Vec<IncidentRow> =
        open.iter().map(|incident| row(&project, &history, &archive, incident)).collect();
    rows.retain(|row| services.is_empty() || row.service.as_ref().is_some_and(|own| services.contains(own)));
    let mut incomplete: Vec<String> = archive.unseen.iter().map(ToString::to_string).collect();
    if project.repo.is_shallow() {
        incomplete.push(
            "the clone is shallow: what was before its edge was not seen (git fetch --unshallow)".into(),
        );
    }
    let told: Vec<(String, String)> =
        told.into_iter().map(|(incident, id)| (suggest(&history, &incident).title, id)).collect();
    if args.json {
        let answer = show::Answer {
            rows: &rows,
            since: window.since_day,
            until: window.until_day,
            told: &told,
            incomplete: &incomplete,
        };
        let written = session.ui.out_with(|out| show::json(out, &answer));
        written
            .map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
    } else {
        tell(session, window, seen, &rows, &told);
        incomplete.iter().for_each(|what| session.ui.warn(what));
    }
    Ok(if args.exit_code && !rows.is_empty() { ExitStatus::No } else { ExitStatus::Done })
}

fn window(session: &Session, project: &Project, args: &CandidatesArgs) -> Result<Window, CliError> {
    let today = session.today();
    let since_day = words::since(args.since.as_deref().unwrap_or("90d"), today)?;
    let until_day = args.until.as_deref().map_or(Ok(today), |typed| words::since(typed, today))?;
    if since_day > until_day {
        return Err(CliError::new(format!("nothing is since {since_day} and until {until_day}"))
            .hint("the earlier day belongs to --since"));
    }
    let zone = &project.config.actions.time_zone;
    let end = |day: NaiveDate| zone.end_of(day).timestamp();
    let since = since_day.pred_opt().map_or(0, |day| end(day) + 1);
    Ok(Window { since, until: end(until_day), since_day, until_day })
}

fn services(project: &Project, args: &CandidatesArgs) -> Result<Vec<String>, CliError> {
    let known = &project.config.services;
    let find = |typed: &String| {
        let found = known.keys().find(|name| name.eq_ignore_ascii_case(typed)).cloned();
        found.ok_or_else(|| {
            let names: Vec<&str> = known.keys().map(String::as_str).collect();
            let there = match names.is_empty() {
                true => "none is configured ([services.NAME] in .postmortem.toml)".to_owned(),
                false => format!("there are {}", names.join(", ")),
            };
            CliError::new(format!("'{typed}' is no service")).hint(there)
        })
    };
    args.service.iter().map(find).collect()
}

fn rules(project: &Project, history: &History, window: Window) -> Rules {
    let said = &project.config.candidates;
    Rules {
        within: i64::from(said.within_hours) * 3600,
        fix_words: said.fix_words.clone(),
        rollbacks: said.rollback_tags.clone(),
        hotfixes: said.hotfix_tags.clone(),
        since: window.since,
        until: window.until,
        has_releases: history.tags.iter().any(|tag| !tag.lines.is_empty()),
    }
}

/// What the documents link. That something was ruled out is no post-mortem of it.
fn covered(archive: &Archive) -> Covered {
    let mut by: HashMap<String, Vec<(String, Option<NaiveDate>)>> = HashMap::new();
    for entry in &archive.entries {
        let links = entry.postmortem.links.iter().filter(|link| link.role != Role::RuledOut);
        for link in links {
            // A deploy is a release, which may have had several incidents; its day tells which.
            let names = match link.role {
                Role::Deploy => vec![&link.revision],
                _ => vec![&link.commit, &link.revision],
            };
            for name in names {
                let of = (entry.id.to_string(), entry.postmortem.date);
                by.entry(name.clone()).or_default().push(of);
            }
        }
    }
    Covered { by }
}

fn row(project: &Project, history: &History, archive: &Archive, incident: &Incident) -> IncidentRow {
    let mut suggestion = suggest(history, incident);
    if suggestion.service.is_none() {
        suggestion.service = service_by_paths(project, history, incident);
    }
    let same_day = archive.entries.iter().filter(|entry| entry.postmortem.date == Some(suggestion.date));
    IncidentRow {
        date: suggestion.date,
        title: suggestion.title.clone(),
        service: suggestion.service.clone(),
        release: suggestion.deploy.clone(),
        events: incident.events.iter().map(|event| event_row(history, event)).collect(),
        same_day: same_day.map(|entry| entry.id.to_string()).collect(),
        command: suggestion.command(),
    }
}

/// The first service whose paths have a file that the incident's commits changed.
fn service_by_paths(project: &Project, history: &History, incident: &Incident) -> Option<String> {
    let nodes = incident.events.iter().filter_map(|event| event.commit);
    let files: Vec<&String> = nodes
        .flat_map(|node| &history.commit(node).code)
        .map(|file| &history.paths[*file as usize])
        .collect();
    let has = |paths: &[String]| files.iter().any(|file| paths.iter().any(|place| lies_in(place, file)));
    project.config.services.iter().find(|(_, service)| has(&service.paths)).map(|(name, _)| name.clone())
}

fn event_row(history: &History, event: &Event) -> EventRow {
    let at = DateTime::from_timestamp(event.at, 0).unwrap_or_default();
    EventRow {
        kind: event.kind.word(),
        at: at.to_rfc3339_opts(SecondsFormat::Secs, true),
        commit: event.commit.map(|node| history.commit(node).id.clone()),
        tag: event.tag.clone(),
        reason: event.reason.clone(),
    }
}

fn tell(session: &Session, window: Window, seen: usize, rows: &[IncidentRow], told: &[(String, String)]) {
    let ui = &session.ui;
    let between = format!("between {} and {}", window.since_day, window.until_day);
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            ui.out("\n");
        }
        ui.lines(&show::lines(row));
    }
    let gap = if rows.is_empty() { "" } else { "\n" };
    if seen == 0 {
        ui.status(&format!("nothing was committed {between}"));
        return;
    }
    let incidents = count(rows.len(), "probable incident", "probable incidents");
    let others = match told.len() {
        0 => String::new(),
        1 => "; 1 more has one".to_owned(),
        many => format!("; {many} more have one"),
    };
    ui.status(&format!("{gap}{incidents} without a post-mortem {between}{others}"));
    for (title, id) in told {
        ui.detail(&format!("{id} is about: {title}"));
    }
    ui.hint(show::WHEN);
}
