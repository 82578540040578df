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

/// What git's words about a repository and its settings hang on, besides variables of its own.
const BEARING: [&str; 3] = ["HOME", "PATH", "XDG_CONFIG_HOME"];
/// git's own that they hang on in a known way.
const KNOWN: [&str; 4] =
    ["GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM"];
/// The beginnings of those of git's that they do not hang on.
const BESIDE: [&str; 20] = [
    SETTINGS,
    "GIT_ALLOW_PROTOCOL",
    "GIT_ASKPASS",
    "GIT_AUTHOR_",
    "GIT_COMMITTER_",
    "GIT_CURL_",
    "GIT_EDITOR",
    "GIT_EXEC_PATH",
    "GIT_HTTP_",
    "GIT_LFS_",
    "GIT_MERGE_AUTOEDIT",
    "GIT_OPTIONAL_LOCKS",
    "GIT_PAGER",
    "GIT_PROTOCOL",
    "GIT_PROXY_",
    "GIT_PS1_",
    "GIT_SEQUENCE_EDITOR",
    "GIT_SSH",
    "GIT_SSL_",
    "GIT_TERMINAL_PROMPT",
];

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

    /// Whether there is a variable of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.variable(name).is_some()
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
            variables: if self.elsewhere { None } else { bearing(&self.variables) },
        }
    }
}

/// The variables that git's words about a repository hang on, by name; none where one of git's own is there that may name
/// another repository, other settings, or anything that is not known here.
fn bearing(variables: &HashMap<String, String>) -> Option<Vec<(String, String)>> {
    let mut bearing = Vec::new();
    for (name, value) in variables {
        let is_known = BEARING.contains(&name.as_str()) || KNOWN.contains(&name.as_str());
        if is_known && !value.contains(char::REPLACEMENT_CHARACTER) {
            bearing.push((name.clone(), value.clone()));
        } else if is_known
            || (name.starts_with("GIT_") && !BESIDE.iter().any(|start| name.starts_with(start)))
        {
            return None;
        }
    }
    bearing.sort_unstable();
    Some(bearing)
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
    fn a_variable_of_gits_that_is_not_known_leaves_everything_to_git() {
        let with = |name: &str, value: &str| {
            let all = [("HOME", "/h"), ("PATH", "/bin"), ("TERM", "x"), (name, value)];
            bearing(&all.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
        };
        let known = [("HOME".to_owned(), "/h".to_owned()), ("PATH".to_owned(), "/bin".to_owned())];
        for beside in [
            "GIT_AUTHOR_DATE",
            "GIT_SSL_CAINFO",
            "GIT_POSTMORTEM_NOW",
            "GIT_PAGER_IN_USE",
            "GITHUB_TOKEN",
            "LANG",
        ] {
            assert_eq!(with(beside, "x").as_deref(), Some(&known[..]), "{beside}");
        }
        assert_eq!(with("GIT_CONFIG_GLOBAL", "/g").map(|all| all.len()), Some(3));
        for other in
            ["GIT_DIR", "GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_NAMESPACE", "GIT_NEW"]
        {
            assert_eq!(with(other, "x"), None, "{other}");
        }
        assert_eq!(with("HOME", "/h\u{fffd}"), None, "what is no text is not compared");
    }

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
