//! `git postmortem hook`: the gate is asked about tags and nothing else, and every hook that was there goes on.

mod install;
mod local;
mod pushes;
mod server;
mod status;
mod tools;

use std::fs;
use std::path::{Path, PathBuf};

use crate::sandbox::{Answer, Sandbox, answer};

/// A repository with a remote (`there.git`), and a git-postmortem on PATH that writes down what it is asked.
struct World {
    sandbox: Sandbox,
}

impl World {
    fn new() -> Self {
        let mut sandbox = Sandbox::with_repository();
        sandbox.git_in(&sandbox.root(), &["init", "-q", "--bare", "-b", "main", "there.git"]);
        sandbox.git(&["remote", "add", "origin", "../there.git"]);
        sandbox.git(&["push", "-q", "origin", "main"]);
        let asked = sandbox.at("asked");
        let record = format!(
            "{{ printf 'asked: %s\\n' \"$*\"; cat; }} >>'{0}'\nexit \"$(cat '{0}.verdict' 2>/dev/null || echo 0)\"",
            asked.display()
        );
        sandbox.script("bin/git-postmortem", &record);
        let path = format!("{}:{}", sandbox.at("bin").display(), path_without_us());
        sandbox.set("PATH", path);
        Self { sandbox }
    }

    /// From now on there is no git-postmortem to be found.
    fn without_program(&mut self) {
        self.sandbox.set("PATH", path_without_us());
    }

    /// What the program will answer.
    fn verdict(&self, status: u8) {
        fs::write(self.sandbox.at("asked.verdict"), status.to_string()).unwrap();
    }

    /// What the program was asked since this was last called.
    fn asked(&self) -> String {
        let file = self.sandbox.at("asked");
        let text = fs::read_to_string(&file).unwrap_or_default();
        drop(fs::remove_file(file));
        text
    }

    /// How often the program was started since it was last asked for.
    fn starts(&self) -> usize {
        self.asked().lines().filter(|line| line.starts_with("asked: ")).count()
    }

    fn git(&self, arguments: &[&str]) -> Answer {
        self.sandbox.try_git_in(&self.sandbox.repo(), arguments)
    }

    /// The tags that have arrived.
    fn arrived(&self) -> String {
        self.sandbox.git_in(&self.sandbox.at("there.git"), &["tag"]).replace('\n', " ")
    }

    fn install(&self, options: &[&str]) -> Answer {
        self.sandbox.run(&[&["hook", "install"], options].concat())
    }

    fn uninstall(&self) -> Answer {
        self.sandbox.run(&["hook", "uninstall"])
    }

    fn status(&self) -> Answer {
        self.sandbox.run(&["hook", "status"])
    }

    fn hooks(&self) -> PathBuf {
        self.sandbox.repo().join(".git/hooks")
    }
}

/// PATH without the folders that hold a git-postmortem of this machine's.
fn path_without_us() -> String {
    let path = std::env::var("PATH").unwrap();
    let kept = path.split(':').filter(|folder| !Path::new(folder).join("git-postmortem").exists());
    kept.collect::<Vec<_>>().join(":")
}

/// Every file below a folder: name, mode and bytes, links as what they name.
fn everything(folder: &Path) -> Vec<(PathBuf, u32, Vec<u8>)> {
    use std::os::unix::fs::PermissionsExt;
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let meta = fs::symlink_metadata(&path).unwrap();
        let bytes = if meta.is_symlink() {
            fs::read_link(&path).unwrap().to_string_lossy().into_owned().into_bytes()
        } else if meta.is_dir() {
            found.extend(everything(&path));
            Vec::new()
        } else {
            fs::read(&path).unwrap()
        };
        found.push((path, meta.permissions().mode(), bytes));
    }
    found.sort();
    found
}

/// Fails unless every shell at hand takes a script for one.
#[track_caller]
fn assert_clean(sandbox: &Sandbox, script: &Path) {
    for shell in ["sh", "dash", "bash"] {
        let mut command = sandbox.command(shell, &sandbox.root());
        if Path::new("/bin").join(shell).exists() || Path::new("/usr/bin").join(shell).exists() {
            let said = answer(command.arg("-n").arg(script), None).ok();
            assert_eq!(said.stderr, "", "{shell}");
        }
    }
}
