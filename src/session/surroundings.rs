//! What the process finds around it: variables, folder, streams, clock.

use std::collections::HashMap;
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::git::{self, Place};
use crate::render::{ColorChoice, Terminal};

/// The clock for tests and reproducible runs: an RFC 3339 instant.
const NOW: &str = "GIT_POSTMORTEM_NOW";
/// The prefix of settings in the environment.
const SETTINGS: &str = "GIT_POSTMORTEM_";
/// Variables with that prefix that are no settings.
const NO_SETTINGS: [&str; 3] = [NOW, "GIT_POSTMORTEM_COMPLETE", git::COMMITTING];

/// Everything that a run is told by its process, read once.
#[derive(Debug, Clone)]
pub struct Surroundings {
    variables: HashMap<String, String>,
    /// The folder that the run began in.
    pub(super) cwd: PathBuf,
    /// The folder belongs to another repository than the one that the environment names.
    pub(super) elsewhere: bool,
    /// The work tree and the branches of the project are left alone.
    hands_off: bool,
    /// What the streams are connected to.
    pub(super) terminal: Terminal,
    /// The instant that counts as now.
    pub(super) now: DateTime<Utc>,
}

impl Surroundings {
    /// Reads environment, current folder, streams and clock.
    #[must_use]
    pub fn read() -> Self {
        let text = |value: std::ffi::OsString| value.to_string_lossy().into_owned();
        let variables: HashMap<String, String> =
            std::env::vars_os().map(|(name, value)| (text(name), text(value))).collect();
        Self {
            cwd: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            elsewhere: false,
            hands_off: false,
            terminal: Terminal::measure(),
            now: clock(&variables),
            variables,
        }
    }

    /// The same at this moment, for a run that nobody watches: no terminal is there, and only drafts are changed.
    pub(crate) fn unattended(&self) -> Self {
        let now = clock(&self.variables);
        Self { now, terminal: Terminal::default(), hands_off: true, ..self.clone() }
    }

    /// The file of the running program.
    pub(super) fn program() -> Option<PathBuf> {
        std::env::current_exe().ok()
    }

    /// A variable.
    pub(super) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// The settings among the variables, name and value, by name.
    pub(super) fn settings(&self) -> Vec<(&str, &str)> {
        let ours = self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut settings: Vec<_> =
            ours.filter(|(name, _)| name.starts_with(SETTINGS) && !NO_SETTINGS.contains(name)).collect();
        settings.sort_unstable();
        settings
    }

    /// Whether git pages our output already (`git -p`, `pager.postmortem`).
    pub(super) fn is_paged(&self) -> bool {
        matches!(self.variable("GIT_PAGER_IN_USE"), Some("true" | "1"))
    }

    /// The columns to fit into: of the terminal, or of the pager's (`COLUMNS`, which git sets for it).
    pub(super) fn width(&self) -> Option<u16> {
        if self.terminal.out {
            return self.terminal.width;
        }
        let paged = self.is_paged().then(|| self.variable("COLUMNS")?.parse().ok()).flatten();
        if self.is_paged() { paged.or(self.terminal.width) } else { None }
    }

    /// What `NO_COLOR` and git's settings say about colour; git is asked only where it matters.
    pub(super) fn color(&self) -> ColorChoice {
        if self.variable("NO_COLOR").is_some_and(|value| !value.is_empty()) {
            return ColorChoice::Never;
        }
        if self.terminal.out || self.terminal.talk || self.is_paged() {
            let word = git::color_setting(&self.place());
            return word.and_then(|word| ColorChoice::parse(&word)).unwrap_or_default();
        }
        ColorChoice::Auto
    }

    /// The repository as the environment names it: git's own variables reach its commands by inheritance, but
    /// libgit2 must be told where quarantined objects are.
    pub(super) fn place(&self) -> Place {
        let mut objects: Vec<PathBuf> = Vec::new();
        objects.extend(self.variable("GIT_OBJECT_DIRECTORY").map(PathBuf::from));
        let alternates = self.variable("GIT_ALTERNATE_OBJECT_DIRECTORIES").unwrap_or_default();
        objects.extend(alternates.split(':').filter(|folder| !folder.is_empty()).map(PathBuf::from));
        Place {
            cwd: self.cwd.clone(),
            objects: objects.into_iter().map(|folder| self.cwd.join(folder)).collect(),
            committing: self.variable(git::COMMITTING).map(PathBuf::from),
            quarantined: self.variable("GIT_QUARANTINE_PATH").is_some(),
            elsewhere: self.elsewhere,
            hands_off: self.hands_off,
            environment: None,
        }
    }
}

/// What the clock says: the system's, or the one that stands still.
fn clock(variables: &HashMap<String, String>) -> DateTime<Utc> {
    let stopped = variables.get(NOW).and_then(|now| DateTime::parse_from_rfc3339(now).ok());
    stopped.map_or_else(Utc::now, |now| now.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unattended_run_takes_its_own_moment_for_now() {
        let mut begun = Surroundings::read();
        begun.variables.remove(NOW);
        let later = Utc::now();
        let run = begun.unattended();
        assert!(run.now >= later && run.hands_off && !run.terminal.out);
        begun.variables.insert(NOW.to_owned(), "2026-11-23T10:00:00Z".to_owned());
        assert_eq!(begun.unattended().now.to_rfc3339(), "2026-11-23T10:00:00+00:00");
    }
}
