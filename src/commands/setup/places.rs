//! Where `man`, bash, zsh and fish look for what a user puts there.

use std::path::{Path, PathBuf};

use super::programs;
use super::shorten;
use crate::commands::completions::Shell;
use crate::commands::man;
use crate::error::CliError;
use crate::session::Session;

/// A file to install.
#[derive(Debug)]
pub(super) struct Piece {
    /// What it is for, in the list of what was written.
    pub(super) label: &'static str,
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
}

/// The user's folders.
#[derive(Debug)]
pub(super) struct Places {
    home: PathBuf,
    /// `XDG_DATA_HOME` or `~/.local/share`.
    data: PathBuf,
    /// `XDG_CONFIG_HOME` or `~/.config`.
    config: PathBuf,
    /// Where bash-completion looks for the user's files.
    bash: PathBuf,
    /// The folders on PATH.
    path: Vec<PathBuf>,
    /// The folder for zsh, and whether zsh looks there already; none without zsh.
    zsh: Option<(PathBuf, bool)>,
}

/// Names of folders that people keep completions in, best first.
const ZSH_FOLDERS: [&str; 5] = ["site-functions", "completions", ".zfunc", "zfunc", "functions"];

impl Places {
    /// Looks around.
    pub(super) fn find(session: &Session) -> Result<Self, CliError> {
        let home = session.home().ok_or_else(|| {
            CliError::new("HOME is not set, so there is no place to install to")
                .hint("git postmortem man --out DIR and git postmortem completions SHELL write anywhere")
        })?;
        let folder = |name: &str, default: &str| {
            let named = session.variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
            named.unwrap_or_else(|| home.join(default))
        };
        let data = folder("XDG_DATA_HOME", ".local/share");
        let config = folder("XDG_CONFIG_HOME", ".config");
        let bash = session.variable("BASH_COMPLETION_USER_DIR").filter(|dir| !dir.is_empty());
        let bash = bash.map_or_else(|| data.join("bash-completion"), PathBuf::from);
        let path = session.variable("PATH").unwrap_or_default();
        let path = path.split(':').filter(|dir| dir.starts_with('/')).map(PathBuf::from).collect();
        let mut places = Self { home, data, config, bash, path, zsh: None };
        places.zsh = places.program("zsh").map(|zsh| places.zsh_folder(&programs::zsh_folders(&zsh)));
        Ok(places)
    }

    /// Where setup notes what it has written.
    pub(super) fn ledger(&self) -> PathBuf {
        self.data.join("git-postmortem/setup")
    }

    /// A path as people write it.
    pub(super) fn shown(&self, path: &Path) -> String {
        shorten(path, &self.home)
    }

    /// The shells on PATH.
    pub(super) fn shells(&self) -> Vec<Shell> {
        Shell::ALL.into_iter().filter(|shell| self.program(shell.name()).is_some()).collect()
    }

    /// Everything to install, grouped by label.
    pub(super) fn pieces(&self, shells: &[Shell]) -> Vec<Piece> {
        let folder = self.man_folder();
        let pages = man::pages().into_iter().map(|page| Piece {
            label: "man pages",
            path: folder.join(page.file_name),
            bytes: page.text,
        });
        let scripts = shells.iter().map(|shell| Piece {
            label: shell.name(),
            path: self.script(*shell),
            bytes: shell.script().into_bytes(),
        });
        pages.chain(scripts).collect()
    }

    fn script(&self, shell: Shell) -> PathBuf {
        match shell {
            Shell::Bash => self.bash.join("completions/git-postmortem"),
            Shell::Zsh => self.zsh_place().0.join(shell.file_name()),
            // Read at every start: fish 3.6.0 must hear of `git postmortem` before git's own completion runs.
            Shell::Fish => self.config.join("fish/conf.d").join(shell.file_name()),
        }
    }

    fn zsh_place(&self) -> (PathBuf, bool) {
        self.zsh.clone().unwrap_or_else(|| (self.data.join("zsh/site-functions"), false))
    }

    /// A folder of the user's that zsh looks into already, else one of our own.
    fn zsh_folder(&self, known: &[PathBuf]) -> (PathBuf, bool) {
        let own = self.data.join("zsh/site-functions");
        if known.contains(&own) {
            return (own, true);
        }
        let liked = ZSH_FOLDERS.iter().find_map(|name| {
            // What a plugin manager checked out belongs to it.
            let fits = |folder: &&PathBuf| {
                folder.starts_with(&self.home)
                    && folder.is_dir()
                    && folder.file_name().is_some_and(|last| last == *name)
                    && (folder.ends_with("custom/completions") || !is_checked_out(folder, &self.home))
            };
            known.iter().find(fits)
        });
        liked.map_or((own, false), |folder| (folder.clone(), true))
    }

    /// man looks beside the folders on PATH: `share/man` for `bin`. The user's own, if it is on PATH.
    fn man_folder(&self) -> PathBuf {
        let own = self.data.join("man/man1");
        let user_bin = self.home.join(".local/bin");
        if self.path.contains(&user_bin) && self.data == self.home.join(".local/share") {
            return own;
        }
        let with_us = self.path.iter().find(|bin| {
            bin.starts_with(&self.home)
                && bin.file_name().is_some_and(|name| name == "bin")
                && is_program(&bin.join("git-postmortem"))
        });
        let prefix = with_us.and_then(|bin| bin.parent());
        prefix.map_or(own, |prefix| prefix.join("share/man/man1"))
    }

    /// What to add so that `man` finds the pages, if it does not.
    pub(super) fn man_advice(&self) -> Option<String> {
        let folder = self.man_folder();
        self.program("man")?;
        let found = programs::man_finds("git-postmortem");
        if found.is_some_and(|page| page.starts_with(&folder)) {
            return None;
        }
        let above = folder.parent().unwrap_or(&folder).display().to_string();
        Some(format!(
            "man does not look there yet; add to your shell's start-up file: export MANPATH=\"{above}:$MANPATH\""
        ))
    }

    /// What to add so that a shell finds its script, if it does not.
    pub(super) fn shell_advice(&self, shell: Shell) -> Option<String> {
        match shell {
            Shell::Fish => None,
            Shell::Zsh => {
                let (folder, known) = self.zsh_place();
                let line = format!("fpath=({} $fpath)", folder.display());
                (!known)
                    .then(|| format!("zsh does not look there yet; add to ~/.zshrc before compinit: {line}"))
            }
            Shell::Bash => {
                let bash = self.program("bash")?;
                let script = self.shown(&self.script(shell));
                (programs::bash_completes(&bash) == Some(false)).then(|| {
                    format!(
                        "bash-completion is not loaded in your bash; without it, add to ~/.bashrc: . {script}"
                    )
                })
            }
        }
    }

    fn program(&self, name: &str) -> Option<PathBuf> {
        self.path.iter().map(|folder| folder.join(name)).find(|path| is_program(path))
    }
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// Whether a folder lies in a repository below the home directory.
fn is_checked_out(folder: &Path, home: &Path) -> bool {
    folder.ancestors().take_while(|above| *above != home).any(|above| above.join(".git").exists())
}
