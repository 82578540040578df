//! `hook status`: where the gate stands, whether git would ask it, and what passes beside it.

use clap::Args;

use super::config_hooks;
use super::layout::{Form, Layout, Spot, Tool, is_executable};
use super::script::Event;
use super::{block, file};
use crate::error::{CliError, ExitStatus};
use crate::render::hooks::{self as show, HookRow};
use crate::session::Session;

/// A hook of ours: where, and why git does not start it.
struct Standing {
    event: Event,
    place: String,
    /// Nothing where it runs.
    idle: Option<String>,
    in_config: bool,
}

/// How it is told.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Tells.
pub(super) fn run(session: &Session, args: &StatusArgs) -> Result<ExitStatus, CliError> {
    let layout = Layout::find(session)?;
    let standings = standings(&layout)?;
    if args.json {
        return json(session, &layout, standings);
    }
    let mut lines: Vec<(&str, String)> = Vec::new();
    for event in Event::ALL {
        let of_event = standings.iter().filter(|standing| standing.event == event);
        let before = lines.len();
        for standing in of_event {
            let label = if lines.len() == before { event.name() } else { "" };
            let word = if standing.idle.is_some() { "idle" } else { "asks" };
            lines.push((label, format!("{word}   {}", standing.place)));
            lines.extend(standing.idle.iter().map(|why| ("", format!("       {why}"))));
        }
        if lines.len() == before && (event == Event::Update) == layout.repo.is_bare() {
            lines.push((event.name(), format!("none   {}", how(event))));
        }
    }
    let asks =
        |event: Event| standings.iter().any(|standing| standing.event == event && standing.idle.is_none());
    let gated = Event::ALL.into_iter().any(asks);
    lines.push(("program", program(&layout)));
    let mut beside = beside(&layout, &standings, asks).into_iter();
    lines.extend(beside.next().map(|first| ("ungated", first)));
    lines.extend(beside.map(|next| ("", next)));
    session.ui.lines(&lines);
    Ok(if gated { ExitStatus::Done } else { ExitStatus::No })
}

fn json(session: &Session, layout: &Layout, standings: Vec<Standing>) -> Result<ExitStatus, CliError> {
    let program = layout.programs("git-postmortem").first().map(|found| found.display().to_string());
    let row = |standing: Standing| HookRow {
        event: standing.event.name(),
        place: standing.place,
        asks: standing.idle.is_none(),
        why: standing.idle,
        program: program.clone(),
    };
    let rows: Vec<HookRow> = standings.into_iter().map(row).collect();
    let gated = rows.iter().any(|row| row.asks);
    let written = session.ui.out_with(|out| show::json(out, rows));
    written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
    Ok(if gated { ExitStatus::Done } else { ExitStatus::No })
}

fn how(event: Event) -> &'static str {
    match event {
        Event::PrePush => "git postmortem hook install",
        Event::ReferenceTransaction => "git postmortem hook install --local",
        Event::Update => "git postmortem hook install --server",
    }
}

fn program(layout: &Layout) -> String {
    match layout.programs("git-postmortem").first() {
        Some(found) => found.display().to_string(),
        None => "git-postmortem is not on PATH: the hooks stop every tag, and nothing else".to_owned(),
    }
}

/// Every hook of ours that there is.
fn standings(layout: &Layout) -> Result<Vec<Standing>, CliError> {
    let mut found = Vec::new();
    for event in Event::ALL {
        if let Some(current) = config_hooks::state(layout, event)? {
            let idle = if config_hooks::is_off(layout, event) {
                Some(format!("hook.git-postmortem-{}.enabled is false", event.name()))
            } else if config_hooks::check(layout).is_err() {
                Some("the git on PATH is older than 2.54 and does not read it".to_owned())
            } else {
                (!current).then(|| {
                    "not as this version writes it: git postmortem hook install --config-hooks".to_owned()
                })
            };
            let place = format!("git config hook.git-postmortem-{}", event.name());
            found.push(Standing { event, place, idle, in_config: true });
        }
    }
    for spot in layout.everywhere().iter().filter(|spot| file::holds_ours(&spot.file)) {
        let place = layout.shown(&spot.file);
        found.push(Standing { event: spot.event, place, idle: idle(layout, spot), in_config: false });
    }
    Ok(found)
}

/// Why nothing starts a hook of ours.
fn idle(layout: &Layout, spot: &Spot) -> Option<String> {
    let front = layout.hooks.join(spot.event.name());
    match (spot.form, &layout.tool) {
        (Form::Husky, Tool::Husky(folder)) if spot.file.starts_with(folder) => {
            (!front.exists()).then(|| "husky has not written its hooks here (npx husky does)".to_owned())
        }
        (Form::Husky, _) => {
            Some("husky is not set up in this clone: core.hooksPath does not name its folder".to_owned())
        }
        (Form::Lefthook, Tool::Lefthook(config)) if !layout.lefthook_knows() => {
            Some(format!("{} does not name it", layout.shown(config)))
        }
        (Form::Lefthook, _) => {
            let theirs = std::fs::read(&front).is_ok_and(|bytes| block::is_generated(&bytes));
            (!theirs).then(|| "lefthook has not written its hooks here (lefthook install does)".to_owned())
        }
        (Form::Hook, _) => idle_hook(layout, spot, &front),
    }
}

fn idle_hook(layout: &Layout, spot: &Spot, front: &std::path::Path) -> Option<String> {
    if spot.file.parent() != Some(layout.hooks.as_path()) {
        let hooks = layout.shown(&layout.hooks);
        return Some(format!("git looks in {hooks} alone (core.hooksPath)"));
    }
    if !is_executable(&spot.file) {
        return Some(format!(
            "git skips it, because it is not executable: chmod +x {}",
            layout.shown(&spot.file)
        ));
    }
    if spot.file == front {
        return None;
    }
    // pre-commit starts what it has moved to .legacy; nobody starts what lefthook has moved to .old.
    let started = spot.file.ends_with(format!("{}.legacy", spot.event.name()))
        && std::fs::read(front).is_ok_and(|bytes| block::is_generated(&bytes));
    (!started).then(|| format!("another tool has put {} in its place", layout.shown(front)))
}

/// What the gate is not asked about.
fn beside(layout: &Layout, standings: &[Standing], asks: impl Fn(Event) -> bool) -> Vec<String> {
    let mut beside = Vec::new();
    if layout.repo.is_bare() {
        if !asks(Event::Update) {
            beside.push("every tag that arrives here".to_owned());
        }
        return beside;
    }
    if asks(Event::PrePush) {
        beside.push("git push --no-verify, and pushes from clones without the hook (a server's update hook sees those)".to_owned());
    } else {
        beside.push("every push from here".to_owned());
    }
    if asks(Event::ReferenceTransaction) {
        beside.push("tags made by programs that do not run git".to_owned());
    } else {
        beside.push("git tag itself, until the tag is pushed   (hook install --local)".to_owned());
    }
    if standings.iter().any(|standing| standing.in_config) {
        let blind = config_hooks::blind(layout).into_iter();
        beside.extend(blind.map(|(program, version)| {
            format!("{} is git {version}, and runs no hooks of the configuration", program.display())
        }));
    }
    beside
}
