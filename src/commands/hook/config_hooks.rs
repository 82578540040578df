//! Hooks that git's configuration names, from git 2.54 on: nothing to overwrite, whatever manages the files.

use std::path::PathBuf;

use super::layout::Layout;
use super::script::Event;
use crate::error::CliError;
use crate::git;

/// The first git that runs them.
const SINCE: [u32; 3] = [2, 54, 0];

/// The section of an event's hook in the configuration.
fn section(event: Event) -> String {
    format!("hook.git-postmortem-{}", event.name())
}

/// The command of an event's hook. git hands it to a shell with `"$@"` put behind it, which the last word swallows.
fn command(event: Event) -> String {
    format!("{}:", event.script())
}

/// Whether the hook of an event is in the repository's configuration: as this version writes it (`true`), or otherwise.
pub(super) fn state(layout: &Layout, event: Event) -> Result<Option<bool>, CliError> {
    let (command_key, event_key) =
        (format!("{}.command", section(event)), format!("{}.event", section(event)));
    let settings = layout.repo.settings()?;
    let Some(written) = settings.get(&command_key) else { return Ok(None) };
    Ok(Some(written == command(event) && settings.get(&event_key) == Some(event.name())))
}

/// Whether the repository's configuration switches it off.
pub(super) fn is_off(layout: &Layout, event: Event) -> bool {
    let key = format!("{}.enabled", section(event));
    layout.repo.settings().is_ok_and(|settings| settings.is_on(&key) == Some(false))
}

/// Writes the hook of an event; whether anything had to be written.
pub(super) fn put(layout: &Layout, event: Event) -> Result<bool, CliError> {
    if state(layout, event)? == Some(true) {
        return Ok(false);
    }
    let set = |name: &str, value: &str| {
        let key = format!("{}.{name}", section(event));
        layout.repo.git().args(["config", "--local", "--replace-all", &key, value]).run()
    };
    set("command", &command(event))?;
    set("event", event.name())?;
    Ok(true)
}

/// Takes it away; whether it was there.
pub(super) fn take(layout: &Layout, event: Event) -> Result<bool, CliError> {
    if state(layout, event)?.is_none() {
        return Ok(false);
    }
    layout.repo.git().args(["config", "--local", "--remove-section", &section(event)]).run()?;
    Ok(true)
}

/// The gits on PATH that run no hooks of the configuration, with their versions.
pub(super) fn blind(layout: &Layout) -> Vec<(PathBuf, String)> {
    let versions = layout.programs("git").into_iter().map(|program| (git::version(&program), program));
    versions
        .filter_map(|(version, program)| {
            let version = version.filter(|version| *version < SINCE)?;
            Some((program, version.map(|number| number.to_string()).join(".")))
        })
        .collect()
}

/// Refuses where the git that is used here would run none of it.
pub(super) fn check(layout: &Layout) -> Result<(), CliError> {
    let first = layout.programs("git").into_iter().next();
    match first.and_then(|program| git::version(&program)) {
        Some(version) if version < SINCE => {
            let [major, minor, patch] = version;
            Err(CliError::new(format!(
                "git {major}.{minor}.{patch} runs no hooks of the configuration: 2.54 is the first"
            ))
            .hint("git postmortem hook install writes a hook that every git runs"))
        }
        _ => Ok(()),
    }
}
