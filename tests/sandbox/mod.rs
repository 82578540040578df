//! A closed world for a test: a home of its own, no environment but what is named here, a stopped clock, real git.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part")]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The instant at which the clock stands: 2026-11-23 10:00 UTC, a Monday.
pub const NOW: &str = "2026-11-23T10:00:00Z";

/// A folder to work in, and the environment that everything started from here gets.
pub struct Sandbox {
    root: TempDir,
    environment: Vec<(OsString, OsString)>,
}

/// What a program answered.
#[derive(Debug)]
pub struct Answer {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Answer {
    /// The answer of a program that had to succeed.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// The answer of a program that had to end with this status.
    #[track_caller]
    pub fn status(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::new()
    }
}

impl Sandbox {
    /// An empty world: `home/` and `repo/` exist, nothing is a repository yet.
    pub fn new() -> Self {
        let root = tempfile::Builder::new().prefix("pm-").tempdir().unwrap();
        for folder in ["home", "repo"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        let real = root.path().canonicalize().unwrap();
        let path = std::env::var_os("PATH").unwrap();
        let fixed = [
            ("PATH", path),
            ("HOME", real.join("home").into()),
            ("TMPDIR", real.clone().into()),
            ("GIT_CONFIG_NOSYSTEM", "1".into()),
            ("GIT_CONFIG_GLOBAL", "/dev/null".into()),
            ("GIT_CEILING_DIRECTORIES", real.into()),
            ("GIT_AUTHOR_NAME", "Ana Author".into()),
            ("GIT_AUTHOR_EMAIL", "ana@example.org".into()),
            ("GIT_AUTHOR_DATE", "2026-11-23T09:00:00Z".into()),
            ("GIT_COMMITTER_NAME", "Carl Committer".into()),
            ("GIT_COMMITTER_EMAIL", "carl@example.org".into()),
            ("GIT_COMMITTER_DATE", "2026-11-23T09:00:00Z".into()),
            ("GIT_POSTMORTEM_NOW", NOW.into()),
            ("NO_COLOR", "1".into()),
            ("LC_ALL", "C.UTF-8".into()),
            ("TZ", "UTC".into()),
        ];
        let environment = fixed.into_iter().map(|(name, value)| (name.into(), value)).collect();
        Self { root, environment }
    }

    /// A world with an ordinary repository in `repo/`: branch `main`, one commit with `README.md`.
    pub fn with_repository() -> Self {
        let sandbox = Self::new();
        sandbox.git(&["init", "-q", "-b", "main"]);
        sandbox.commit("README.md", "# A project\n", "begin");
        sandbox
    }

    /// The top of everything.
    pub fn root(&self) -> PathBuf {
        self.root.path().canonicalize().unwrap()
    }

    /// The folder that most tests stand in.
    pub fn repo(&self) -> PathBuf {
        self.root().join("repo")
    }

    /// A path below the top.
    pub fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root().join(path)
    }

    /// The environment as it will be handed to programs.
    pub fn environment(&self) -> Vec<(OsString, OsString)> {
        self.environment.clone()
    }

    /// Sets a variable for everything that is started from now on.
    pub fn set(&mut self, name: &str, value: impl AsRef<OsStr>) -> &mut Self {
        self.unset(name);
        self.environment.push((name.into(), value.as_ref().to_owned()));
        self
    }

    /// Takes a variable away.
    pub fn unset(&mut self, name: &str) -> &mut Self {
        self.environment.retain(|(known, _)| known != name);
        self
    }

    /// Lets git's clock stand at another time (`2026-11-20T08:00:00Z`).
    pub fn at_time(&mut self, when: &str) -> &mut Self {
        self.set("GIT_AUTHOR_DATE", when).set("GIT_COMMITTER_DATE", when)
    }

    /// Starts building a program's command in a folder, with this world's environment.
    pub fn command(&self, program: impl AsRef<OsStr>, cwd: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.current_dir(cwd).stdin(Stdio::null());
        command
    }

    /// The command of our own binary.
    pub fn binary(&self, cwd: &Path) -> Command {
        self.command(env!("CARGO_BIN_EXE_git-postmortem"), cwd)
    }

    /// Runs our binary in `repo/`.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        self.run_in(&self.repo(), arguments)
    }

    /// Runs our binary in a folder.
    pub fn run_in(&self, cwd: &Path, arguments: &[&str]) -> Answer {
        answer(self.binary(cwd).args(arguments), None)
    }

    /// Runs our binary in `repo/` with a text on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Answer {
        answer(self.binary(&self.repo()).args(arguments), Some(input))
    }

    /// Runs git in `repo/`; it must succeed. Hands back what it printed, without blanks around it.
    #[track_caller]
    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_in(&self.repo(), arguments)
    }

    /// Runs git in a folder; it must succeed.
    #[track_caller]
    pub fn git_in(&self, cwd: &Path, arguments: &[&str]) -> String {
        answer(self.command("git", cwd).args(arguments), None).ok().stdout.trim().to_owned()
    }

    /// Runs git in a folder, whatever comes of it.
    pub fn try_git_in(&self, cwd: &Path, arguments: &[&str]) -> Answer {
        answer(self.command("git", cwd).args(arguments), None)
    }

    /// Writes a file below `repo/`.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        write(&self.repo().join(path), text);
    }

    /// Reads a file below `repo/`.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.repo().join(path)).unwrap()
    }

    /// Writes a file below `repo/` and commits it alone.
    #[track_caller]
    pub fn commit(&self, path: &str, text: impl AsRef<[u8]>, message: &str) -> String {
        self.write(path, text);
        self.git(&["add", "--", path]);
        self.git(&["commit", "-q", "-m", message, "--", path]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Puts an executable hook into `repo/`'s hooks.
    pub fn hook(&self, name: &str, script: &str) {
        let hooks = self.git(&["rev-parse", "--path-format=absolute", "--git-path", "hooks"]);
        let path = Path::new(&hooks).join(name);
        write(&path, format!("#!/bin/sh\n{script}\n"));
        make_executable(&path);
    }

    /// An executable script that can serve as an editor; hands back its path.
    pub fn script(&self, name: &str, script: &str) -> PathBuf {
        let path = self.at(name);
        write(&path, format!("#!/bin/sh\n{script}\n"));
        make_executable(&path);
        path
    }

    /// The short status of `repo/`, untracked files included.
    #[track_caller]
    pub fn status(&self) -> String {
        let printed =
            answer(self.command("git", &self.repo()).args(["status", "--porcelain", "-uall"]), None);
        printed.ok().stdout.trim_end().to_owned()
    }

    /// Fails unless `git fsck --strict` finds nothing.
    #[track_caller]
    pub fn assert_sound(&self, cwd: &Path) {
        let said = self.try_git_in(cwd, &["fsck", "--strict", "--no-dangling", "--no-progress"]).ok();
        let lines = said.stdout.lines().chain(said.stderr.lines());
        // An unborn branch and a sparse index that is spread out are no faults.
        let harmless = |line: &&str| line.starts_with("notice: ") || line.starts_with("hint: ");
        let faults: Vec<&str> = lines.filter(|line| !harmless(line)).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) {}

/// Runs a command to its end.
pub fn answer(command: &mut Command, input: Option<&str>) -> Answer {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    if input.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().unwrap();
    if let Some(input) = input {
        // A program that refuses before it reads closes the pipe.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    }
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Answer { stdout: text(stdout), stderr: text(stderr), code: status.code().unwrap_or(-1) }
}
