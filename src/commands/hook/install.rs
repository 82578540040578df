//! `hook install` and `hook uninstall`: what is written where, and what is said about it.

use std::path::Path;

use clap::Args;

use super::config_hooks;
use super::file::{self, Put, Taken};
use super::layout::{Form, Layout, Spot, Tool};
use super::script::Event;
use crate::error::{CliError, ExitStatus};
use crate::session::Session;

/// Where the gate is to stand.
#[derive(Debug, Args)]
pub struct InstallArgs {
    /// Refuse git tag itself as well (a reference-transaction hook)
    #[arg(long, conflicts_with = "server")]
    pub local: bool,
    /// In a bare repository: refuse tags where they arrive (an update hook)
    #[arg(long)]
    pub server: bool,
    /// In git's configuration instead of a file (git 2.54 or newer)
    #[arg(long)]
    pub config_hooks: bool,
}

/// Label and text, as they are shown.
type Lines = Vec<(&'static str, String)>;

/// Installs.
pub(super) fn install(session: &Session, args: &InstallArgs) -> Result<ExitStatus, CliError> {
    let layout = Layout::find(session)?;
    if args.server && !layout.repo.is_bare() {
        return Err(CliError::new(
            "--server is for the bare repository that pushes arrive in, and this one has a work tree",
        )
        .hint("git postmortem hook install guards pushes from here"));
    }
    let events: &[Event] = match (args.server, args.local) {
        (true, _) => &[Event::Update],
        (false, true) => &[Event::PrePush, Event::ReferenceTransaction],
        (false, false) => &[Event::PrePush],
    };
    let (mut lines, complete) = if args.config_hooks {
        (in_config(&layout, events)?, true)
    } else {
        in_files(session, &layout, events)?
    };
    warn(session, &layout, args);
    if complete {
        lines.push(("next", "git postmortem hook status   what passes beside it".to_owned()));
    }
    lines.push(("undo", "git postmortem hook uninstall".to_owned()));
    session.ui.lines(&lines);
    Ok(if complete { ExitStatus::Done } else { ExitStatus::No })
}

fn in_config(layout: &Layout, events: &[Event]) -> Result<Lines, CliError> {
    config_hooks::check(layout)?;
    let mut lines = Vec::new();
    for event in events {
        let word = if config_hooks::put(layout, *event)? { "written " } else { "in place" };
        lines.push((event.name(), format!("{word}   git config hook.git-postmortem-{}", event.name())));
    }
    Ok(lines)
}

/// In files; whether that is all that is needed.
fn in_files(session: &Session, layout: &Layout, events: &[Event]) -> Result<(Lines, bool), CliError> {
    let mut lines = Vec::new();
    let mut complete = true;
    // Where one of them cannot be, none is written.
    let spots = events.iter().map(|event| layout.spot(*event)).collect::<Result<Vec<Spot>, _>>()?;
    for spot in &spots {
        let shown = layout.shown(&spot.file);
        let (word, besides) = match file::put(spot)? {
            Put::Made => ("written ", None),
            Put::Inserted => {
                ("inserted", Some("the script goes on behind it, with the same input".to_owned()))
            }
            Put::Before => {
                let kept = file::kept(&spot.file);
                ("written ", Some(format!("it starts the hook that was there, now {}", layout.shown(&kept))))
            }
            Put::Renewed => ("renewed ", None),
            Put::InPlace => ("in place", None),
        };
        lines.push((spot.event.name(), format!("{word}   {shown}")));
        lines.extend(besides.map(|besides| ("", besides)));
        if spot.form == Form::Lefthook && !layout.lefthook_knows() {
            complete = false;
            lines.extend(to_add(layout));
        }
        if is_shared(layout, &spot.file) {
            session.ui.hint(&format!("commit {shown}, and every clone has the gate"));
        }
    }
    Ok((lines, complete))
}

/// Whether a hook lies among the files of the project.
fn is_shared(layout: &Layout, file: &Path) -> bool {
    let inside = |folder: &Path| file.starts_with(folder);
    layout.repo.work_tree().is_some_and(inside)
        && !inside(layout.repo.common_dir())
        && !inside(layout.repo.git_dir())
}

/// The lines that lefthook's configuration needs. A script of its is started at every push; a job would be skipped where
/// no file is pushed, as with a tag on a commit that is there already.
fn to_add(layout: &Layout) -> Lines {
    let Tool::Lefthook(config) = &layout.tool else { return Vec::new() };
    let text = match config.extension().and_then(|end| end.to_str()) {
        Some("toml") => "[pre-push.scripts.\"release-gate.sh\"]\nrunner = \"sh\"\nuse_stdin = true",
        Some("json") => {
            "\"pre-push\": {\"scripts\": {\"release-gate.sh\": {\"runner\": \"sh\", \"use_stdin\": true}}}"
        }
        _ => "pre-push:\n  scripts:\n    \"release-gate.sh\":\n      runner: sh\n      use_stdin: true",
    };
    let mut lines =
        vec![("add", format!("these lines to {}; lefthook starts it from then on", layout.shown(config)))];
    lines.extend(text.lines().map(|line| ("", line.to_owned())));
    lines.push(("next", "lefthook install && git postmortem hook status".to_owned()));
    lines
}

fn warn(session: &Session, layout: &Layout, args: &InstallArgs) {
    if let Some((value, scope)) = layout.hooks_path.as_ref().filter(|_| !args.config_hooks)
        && matches!(scope.as_str(), "global" | "system")
    {
        session.ui.warn(&format!(
            "core.hooksPath ({value}) is set in git's {scope} configuration: the hook serves every repository that it does"
        ));
    }
    if layout.repo.is_bare() && !args.server {
        session.ui.hint("this repository is bare: --server refuses tags where they arrive");
    }
    if layout.programs("git-postmortem").is_empty() {
        session
            .ui
            .warn("git-postmortem is not on PATH: until it is, the hook stops every tag, and nothing else");
    }
}

/// Takes everything away.
pub(super) fn uninstall(session: &Session) -> Result<ExitStatus, CliError> {
    let layout = Layout::find(session)?;
    let mut lines: Lines = Vec::new();
    for event in Event::ALL {
        if config_hooks::take(&layout, event)? {
            lines.push((event.name(), format!("removed    git config hook.git-postmortem-{}", event.name())));
        }
    }
    let (mut failed, mut folders) = (Vec::new(), Vec::new());
    for spot in layout.everywhere() {
        let word = match file::take(&spot, &mut folders) {
            Ok(None) => continue,
            Ok(Some(Taken::File | Taken::Lines)) => "removed ",
            Ok(Some(Taken::Restored)) => "restored",
            Err(error) => {
                failed.push(error);
                continue;
            }
        };
        lines.push((spot.event.name(), format!("{word}   {}", layout.shown(&spot.file))));
        if is_shared(&layout, &spot.file) {
            session.ui.hint(&format!("commit {} without it", layout.shown(&spot.file)));
        }
    }
    file::sweep(&folders);
    for event in Event::ALL {
        let left = file::kept(&layout.hooks.join(event.name()));
        if left.exists() && !file::holds_ours(&layout.hooks.join(event.name())) {
            session
                .ui
                .warn(&format!("nothing starts {} any more: see whether it is wanted", layout.shown(&left)));
        }
    }
    if let Tool::Lefthook(config) = &layout.tool
        && layout.lefthook_knows()
    {
        session.ui.hint(&format!("take release-gate.sh out of {}", layout.shown(config)));
    }
    if lines.is_empty() && failed.is_empty() {
        session.ui.status("nothing to take away: no hook of this repository asks the gate");
    }
    session.ui.lines(&lines);
    // What could be taken away is; the first of what could not is told.
    failed.into_iter().next().map_or(Ok(ExitStatus::Done), Err)
}
