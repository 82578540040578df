//! The hook beside real husky, lefthook and pre-commit, from npm and PyPI; cargo-release where it is installed; `context`
//! beside the real gjalla; and what agents use.
//!
//! Ignored by default, because they ask registries; `.ci/run` runs them, and each says when it was skipped.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skipped"
)]

mod gjalla;

#[path = "../sandbox/mod.rs"]
mod sandbox;

mod agents;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sandbox::{Answer, Sandbox, answer};

const DOCUMENT: &str = "docs/post-mortems/2026-03-08-api-outage.md";
const ITEM: &str = "2026-03-08-api-outage#1";

/// A repository whose gate is closed, with a remote, and our binary and a tool's on PATH.
struct World {
    sandbox: Sandbox,
}

impl World {
    fn new(tool: &Path) -> Self {
        let mut sandbox = Sandbox::with_repository();
        let ours = Path::new(env!("CARGO_BIN_EXE_git-postmortem")).parent().unwrap().to_owned();
        let path = std::env::var("PATH").unwrap();
        sandbox.set("PATH", format!("{}:{}:{path}", tool.display(), ours.display()));
        sandbox.commit(
            DOCUMENT,
            "# Post-Mortem: API outage\n\n**Date**: 2026-03-08\n**Severity**: SEV-1\n\n## Action Items\n\n\
            | # | Action | Owner | Priority | Due Date | Status |\n|---|---|---|---|---|---|\n\
            | 1 | Test migrations against full-size data | @ops | P1 | 2026-04-15 | open |\n",
            "post-mortem: API outage",
        );
        let rules = "[[gate.rules]]\nname = \"no overdue P1\"\nstate = \"overdue\"\npriority = [\"P1\"]\n";
        sandbox.commit(".postmortem.toml", rules, "a gate");
        sandbox.git_in(&sandbox.root(), &["init", "-q", "--bare", "-b", "main", "there.git"]);
        sandbox.git(&["remote", "add", "origin", "../there.git"]);
        sandbox.git(&["push", "-q", "origin", "main"]);
        Self { sandbox }
    }

    fn push(&self, what: &str) -> Answer {
        self.sandbox.try_git_in(&self.sandbox.repo(), &["push", "origin", what])
    }

    fn tool(&self, program: &str, arguments: &[&str]) -> Answer {
        answer(self.sandbox.command(program, &self.sandbox.repo()).args(arguments), None)
    }

    /// A tag is refused with its reason and with what opens the gate, until the promise is kept; branches pass.
    #[track_caller]
    fn assert_gated(&self) {
        let sandbox = &self.sandbox;
        sandbox.git(&["tag", "v1.0.0"]);
        let said = self.push("v1.0.0");
        assert_eq!(said.code, 1, "{}{}", said.stdout, said.stderr);
        let words = format!("{}{}", said.stdout, said.stderr);
        for word in [ITEM, "no overdue P1", "Closes-Action: ", "git postmortem gate waive"] {
            assert!(words.contains(word), "{word} is missing in:\n{words}");
        }
        sandbox.commit("branch.txt", "more\n", "more");
        self.push("main").ok();
        sandbox.commit("fix.txt", "fixed\n", &format!("fix: migrations\n\nCloses-Action: {ITEM}"));
        sandbox.git(&["tag", "v1.0.1"]);
        self.push("v1.0.1").ok();
        let there = sandbox.git_in(&sandbox.at("there.git"), &["tag"]);
        assert_eq!(there, "v1.0.1");
        self.tool("git-postmortem", &["hook", "status"]).ok();
    }
}

/// Installs a tool with what the machine offers; the folder of its programs, or nothing where that cannot be done.
fn installed(name: &str, program: &str, arguments: &[&str], folder: &Path) -> Option<PathBuf> {
    fs::create_dir_all(folder).unwrap();
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    let said = command.output();
    if let Ok(said) = &said
        && said.status.success()
    {
        return Some(folder.to_owned());
    }
    let why = said
        .map_or_else(|error| error.to_string(), |said| String::from_utf8_lossy(&said.stderr).into_owned());
    eprintln!("skipped: {name} could not be installed: {}", why.lines().last().unwrap_or_default());
    None
}

fn from_npm(name: &str, folder: &Path) -> Option<PathBuf> {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("package.json"), "{\"name\": \"there\", \"private\": true}\n").unwrap();
    let words = ["install", "--no-audit", "--no-fund", "--silent", name];
    Some(installed(name, "npm", &words, folder)?.join("node_modules/.bin"))
}

#[test]
#[ignore = "asks npm"]
fn husky_starts_the_gate_from_its_tracked_script() {
    let apart = tempfile::tempdir().unwrap();
    let Some(programs) = from_npm("husky@9", apart.path()) else { return };
    let world = World::new(&programs);
    world.tool("husky", &[]).ok();
    world.tool("git-postmortem", &["hook", "install"]).ok();
    assert!(world.sandbox.repo().join(".husky/pre-push").exists());
    world.assert_gated();
    // npm install runs it again.
    world.tool("husky", &[]).ok();
    world.sandbox.git(&["tag", "v1.0.2", "v1.0.0"]);
    world.push("v1.0.2").status(1);
    world.tool("git-postmortem", &["hook", "uninstall"]).ok();
    world.push("v1.0.2").ok();
}

#[test]
#[ignore = "asks npm"]
fn lefthook_starts_the_gate_for_a_tag_that_brings_no_file() {
    let apart = tempfile::tempdir().unwrap();
    let Some(programs) = from_npm("lefthook@2", apart.path()) else { return };
    let world = World::new(&programs);
    let jobs = "pre-push:\n  jobs:\n    - run: echo theirs\n";
    world.sandbox.write("lefthook.yml", jobs);
    world.tool("lefthook", &["install"]).ok();
    let said = world.tool("git-postmortem", &["hook", "install"]).status(1);
    let lines: Vec<&str> = said.stdout.lines().filter_map(|line| line.strip_prefix("          ")).collect();
    let at = lines.iter().position(|line| *line == "  scripts:").unwrap();
    world.sandbox.write("lefthook.yml", format!("{jobs}{}\n", lines[at..at + 4].join("\n")));
    world.tool("lefthook", &["install"]).ok();
    world.assert_gated();
    // lefthook renews its hooks as it likes.
    world.tool("lefthook", &["install", "--force"]).ok();
    world.sandbox.git(&["tag", "v1.0.2", "v1.0.0"]);
    world.push("v1.0.2").status(1);
}

#[test]
#[ignore = "asks PyPI"]
fn pre_commit_and_the_gate_go_on_beside_each_other() {
    let apart = tempfile::tempdir().unwrap();
    let venv = apart.path().join("venv");
    let made = installed("a venv", "python3", &["-m", "venv", venv.to_str().unwrap()], apart.path());
    let words = ["install", "--quiet", "--disable-pip-version-check", "pre-commit"];
    let pip = venv.join("bin/pip");
    if made.and_then(|_| installed("pre-commit", pip.to_str().unwrap(), &words, apart.path())).is_none() {
        return;
    }
    both_hooks_run(&World::new(&venv.join("bin")));
    the_manifest_is_valid(&World::new(&venv.join("bin")));
    the_lint_is_a_hook(&World::new(&venv.join("bin")));
}

/// Whichever was installed first.
fn both_hooks_run(world: &World) {
    let config = "repos:\n- repo: local\n  hooks:\n  - id: theirs\n    name: theirs\n    entry: sh -c 'echo ran >>../theirs'\n    language: system\n    always_run: true\n    pass_filenames: false\n    stages: [pre-push]\n";
    world.sandbox.commit(".pre-commit-config.yaml", config, "pre-commit");
    world.tool("pre-commit", &["install", "-t", "pre-push"]).ok();
    let theirs = fs::read(world.sandbox.repo().join(".git/hooks/pre-push")).unwrap();
    world.tool("git-postmortem", &["hook", "install"]).ok();
    world.assert_gated();
    assert_eq!(fs::read_to_string(world.sandbox.at("theirs")).unwrap_or_default(), "ran\nran\n");
    world.tool("git-postmortem", &["hook", "uninstall"]).ok();
    assert_eq!(fs::read(world.sandbox.repo().join(".git/hooks/pre-push")).unwrap(), theirs);
    // The other way round: pre-commit comes second, and starts ours.
    world.tool("pre-commit", &["uninstall", "-t", "pre-push"]).ok();
    world.tool("git-postmortem", &["hook", "install"]).ok();
    world.tool("pre-commit", &["install", "-t", "pre-push"]).ok();
    world.sandbox.git(&["tag", "v1.0.2", "v1.0.0"]);
    world.push("v1.0.2").status(1);
    world.tool("git-postmortem", &["hook", "status"]).ok();
}

/// And its hook refuses.
fn the_manifest_is_valid(world: &World) {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    world.tool("pre-commit", &["validate-manifest", manifest.to_str().unwrap()]).ok();
    // try-repo needs a repository with that file in it.
    let there = world.sandbox.at("manifest");
    fs::create_dir(&there).unwrap();
    fs::copy(&manifest, there.join(".pre-commit-hooks.yaml")).unwrap();
    world.sandbox.git_in(&there, &["init", "-q"]);
    world.sandbox.git_in(&there, &["add", "."]);
    world.sandbox.git_in(&there, &["commit", "-q", "-m", "hooks"]);
    let words =
        ["try-repo", there.to_str().unwrap(), "git-postmortem-gate", "--hook-stage", "manual", "--all-files"];
    let said = world.tool("pre-commit", &words).status(1);
    assert!(said.stdout.contains(ITEM) && said.stdout.contains("Closes-Action: "), "{}", said.stdout);
    world.sandbox.commit("fix.txt", "fixed\n", &format!("fix: migrations\n\nCloses-Action: {ITEM}"));
    world.tool("pre-commit", &words).ok();
}

/// It refuses a commit that brings an error into a post-mortem, and says nothing of other texts.
fn the_lint_is_a_hook(world: &World) {
    let sandbox = &world.sandbox;
    let there = sandbox.at("hooks");
    fs::create_dir(&there).unwrap();
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    fs::copy(manifest, there.join(".pre-commit-hooks.yaml")).unwrap();
    sandbox.git_in(&there, &["init", "-q"]);
    sandbox.git_in(&there, &["add", "."]);
    sandbox.git_in(&there, &["commit", "-q", "-m", "hooks"]);
    let rev = sandbox.git_in(&there, &["rev-parse", "HEAD"]);
    let hooks =
        format!("repos:\n- repo: {}\n  rev: {rev}\n  hooks:\n  - id: git-postmortem-lint\n", there.display());
    let rules = "[lint.rules]\nmissing-section = \"error\"\n\n[[lint.custom]]\nname = \"no-codenames\"\npattern = \"bluebird\"\nmessage = \"a codename\"\nlevel = \"error\"\n";
    sandbox.commit(".postmortem.toml", rules, "rules");
    sandbox.commit(".pre-commit-config.yaml", hooks, "pre-commit");
    world.tool("pre-commit", &["install"]).ok();
    let commit = |path: &str, text: &str| {
        sandbox.write(path, text);
        sandbox.git(&["add", path]);
        sandbox.try_git_in(&sandbox.repo(), &["commit", "-m", "more"])
    };
    commit("notes/bluebird.md", "bluebird\n").ok();
    let refused = commit("docs/post-mortems/2026-11-23-new.md", "# Post-Mortem: New\n\nbluebird\n").status(1);
    let words = format!("{}{}", refused.stdout, refused.stderr);
    assert!(words.contains("error[no-codenames]: a codename"), "{words}");
    assert!(words.contains("2026-11-23-new.md:3:1"), "{words}");
    assert!(!words.contains("notes/"), "{words}");
}

#[test]
#[ignore = "needs cargo-release"]
fn cargo_release_publishes_and_tags_nothing_while_the_gate_is_closed() {
    if Command::new("cargo-release").arg("--version").output().is_err() {
        eprintln!(
            "skipped: the recipe for cargo-release, which is not on PATH (cargo install cargo-release --locked; \
             with Rust 1.95 --version 1.1.6)"
        );
        return;
    }
    let mut world = World::new(Path::new("/nonexistent"));
    let sandbox = &mut world.sandbox;
    for name in ["CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"] {
        if let Some(value) = std::env::var_os(name) {
            sandbox.set(name, value);
        }
    }
    // The toolchain is found from the real home, which the sandbox hides.
    let home = std::env::var("HOME").unwrap();
    for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        if std::env::var_os(name).is_none() {
            sandbox.set(name, Path::new(&home).join(folder));
        }
    }
    let manifest = "[package]\nname = \"shop\"\nversion = \"1.0.0\"\nedition = \"2021\"\n\n[package.metadata.release]\npublish = false\npre-release-hook = [\"git-postmortem\", \"gate\", \"HEAD\", \"--as\", \"v{{version}}\"]\n";
    sandbox.commit("src/lib.rs", "//! A shop.\n", "code");
    sandbox.commit("Cargo.toml", manifest, "a crate");
    sandbox.commit(".gitignore", "target\n", "ignore");
    // A lock file of another cargo's would be written anew, and cargo-release wants a clean work tree.
    answer(sandbox.command("cargo", &sandbox.repo()).args(["generate-lockfile", "--offline"]), None).ok();
    sandbox.git(&["add", "Cargo.lock"]);
    sandbox.git(&["commit", "-q", "-m", "lock"]);
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let release = ["release", "patch", "--execute", "--no-confirm", "--offline"];
    let words: Vec<&str> = release.iter().copied().filter(|word| *word != "--offline").collect();
    let said = world.tool("cargo-release", &words);
    assert_ne!(said.code, 0, "{}", said.stderr);
    let told = format!("{}{}", said.stdout, said.stderr);
    assert!(told.contains(ITEM) && told.contains("Closes-Action: "), "{told}");
    let sandbox = &world.sandbox;
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(sandbox.git(&["tag"]), "");
    assert_eq!(sandbox.git_in(&sandbox.at("there.git"), &["tag"]), "");
    sandbox.git(&["checkout", "-q", "--", "."]);
    sandbox.commit("fix.txt", "fixed\n", &format!("fix: migrations\n\nCloses-Action: {ITEM}"));
    world.tool("cargo-release", &words).ok();
    assert_eq!(world.sandbox.git_in(&world.sandbox.at("there.git"), &["tag"]), "v1.0.1");
}
