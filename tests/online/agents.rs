//! What agents use: the server of tools spoken to by the official Python client, and the skill installed by the skills CLI.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::installed;
use crate::sandbox::{Sandbox, answer};

/// A virtual environment with a package from PyPI; nothing where that cannot be made.
fn from_pypi(package: &str, folder: &Path) -> Option<std::path::PathBuf> {
    let venv = folder.join("venv");
    installed("a venv", "python3", &["-m", "venv", venv.to_str().unwrap()], folder)?;
    let pip = venv.join("bin/pip");
    let words = ["install", "--quiet", "--disable-pip-version-check", package, "jsonschema"];
    installed(package, pip.to_str().unwrap(), &words, folder)?;
    Some(venv.join("bin/python"))
}

/// The draft that the client made is there, and nothing else is different.
fn speaks_with(package: &str) {
    let apart = tempfile::tempdir().unwrap();
    let Some(python) = from_pypi(package, apart.path()) else { return };
    let sandbox = Sandbox::with_repository();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/online/client.py");
    let mut client = sandbox.command(&python, &sandbox.root());
    let repo = sandbox.repo();
    client.args([script.to_str().unwrap(), env!("CARGO_BIN_EXE_git-postmortem"), repo.to_str().unwrap()]);
    let said = answer(&mut client, None).ok();
    assert!(said.stdout.ends_with("tools; 2026-11-22-queue-stuck\n"), "{}", said.stdout);
    let shown = sandbox.run(&["show", "queue", "--section", "summary"]).ok().stdout;
    assert_eq!(shown, "Jobs waited. They were done later.\n");
    assert_eq!(sandbox.status(), "");
}

#[test]
#[ignore = "asks PyPI"]
fn the_official_python_client_conducts_a_post_mortem() {
    speaks_with("mcp>=2,<3");
}

#[test]
#[ignore = "asks PyPI"]
fn the_python_client_of_the_generation_before_does_too() {
    speaks_with("mcp<2");
}

#[test]
#[ignore = "asks npm"]
fn the_skill_is_installed_out_of_this_repository() {
    if Command::new("npx").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        eprintln!("skipped: the skills CLI, for npx is not on PATH");
        return;
    }
    let mut sandbox = Sandbox::with_repository();
    // npm keeps what it fetched below the sandbox's home, and nobody counts us.
    sandbox.set("DISABLE_TELEMETRY", "1").set("DO_NOT_TRACK", "1").set("CI", "1");
    let here = env!("CARGO_MANIFEST_DIR");
    let run = |words: &[&str]| {
        let mut npx = sandbox.command("npx", &sandbox.repo());
        answer(npx.args(["--yes", "skills@1"]).args(words), None)
    };
    let listed = run(&["add", here, "--list"]);
    if listed.code != 0 && !listed.stdout.contains("Found") {
        eprintln!(
            "skipped: the skills CLI could not be fetched: {}",
            listed.stderr.lines().last().unwrap_or_default()
        );
        return;
    }
    assert!(listed.stdout.contains("conduct-post-mortem"), "{}", listed.stdout);
    for (agent, folder) in [("claude-code", ".claude/skills"), ("cursor", ".agents/skills")] {
        run(&["add", here, "--skill", "conduct-post-mortem", "--agent", agent, "--copy", "--yes"]).ok();
        for file in ["SKILL.md", "references/commands.md"] {
            let installed = sandbox.repo().join(folder).join("conduct-post-mortem").join(file);
            let ours = Path::new(here).join("skills/conduct-post-mortem").join(file);
            assert_eq!(fs::read(&installed).unwrap(), fs::read(ours).unwrap(), "{}", installed.display());
        }
    }
    let there = run(&["list", "--json"]).ok().stdout;
    assert!(there.contains("\"conduct-post-mortem\""), "{there}");
}
