//! A repository that a group of users shares (`core.sharedRepository`): none of them may lock the others out.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::sandbox::{Sandbox, answer, write};

/// Runs a command as somebody whose umask keeps everybody else out.
#[track_caller]
fn run_closed(sandbox: &Sandbox, arguments: &str) {
    let script = format!("umask 077; exec '{}' {arguments}", env!("CARGO_BIN_EXE_git-postmortem"));
    answer(sandbox.command("sh", &sandbox.repo()).args(["-c", &script]), None).ok();
}

/// Everything below a folder, with its mode.
fn modes(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let mode = entry.metadata().unwrap().permissions().mode() & 0o7777;
        all.push((entry.path(), mode));
        if entry.path().is_dir() {
            all.extend(modes(&entry.path()));
        }
    }
    all
}

/// A repository in which drafts and documents were written by somebody with a closed umask.
fn worked_in(sharing: &str) -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.git(&["init", "-q", "-b", "main", &format!("--shared={sharing}")]);
    sandbox.commit("README.md", "# A project\n", "begin");
    for number in 0..40 {
        let path = format!("docs/post-mortems/2026-01-01-x{number}.md");
        write(&sandbox.repo().join(path), format!("# X {number}\n\n- [ ] Do {number}\n"));
    }
    sandbox.git(&["add", "docs"]);
    sandbox.git(&["commit", "-q", "-m", "documents"]);
    let editor = sandbox.script("editor", "echo more >> \"$1\"");
    sandbox.set("GIT_EDITOR", editor);
    for arguments in [
        "new Disk full",
        "new Key lost --private",
        "note -i disk 'it began'",
        "edit disk -e",
        "edit disk --attach README.md",
        "edit x7 --set severity=2",
        "publish disk --no-lint",
        "actions",
    ] {
        run_closed(&sandbox, arguments);
    }
    sandbox
}

/// Whether a file of ours is for one user alone: what git said, and the trees that lead to the documents.
fn is_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".bin") && (name.starts_with("asked-") || name.starts_with("trees-"))
}

#[test]
fn a_group_can_go_on_where_one_of_them_stopped() {
    let sandbox = worked_in("group");
    let git = sandbox.repo().join(".git");
    let faults: Vec<String> = ["objects", "postmortem", "refs", "logs"]
        .iter()
        .flat_map(|folder| modes(&git.join(folder)))
        .filter(|(path, _)| !is_own(path))
        .filter(|(path, mode)| match (path.is_dir(), path.starts_with(git.join("objects"))) {
            (true, _) => mode & 0o2070 != 0o2070,
            // git lets nobody write into an object.
            (false, true) => mode & 0o060 != 0o040,
            (false, false) => mode & 0o060 != 0o060,
        })
        .map(|(path, mode)| format!("{} {mode:o}", path.display()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(git.join("postmortem/cache.bin").exists() && git.join("postmortem/work.lock").exists());
}

#[test]
fn a_mode_of_digits_is_taken_as_it_is() {
    let sandbox = worked_in("0640");
    let found = modes(&sandbox.repo().join(".git/postmortem"));
    let wanted = |path: &Path| match path.is_dir() {
        true => 0o2750,
        false if is_own(path) => 0o600,
        false => 0o640,
    };
    let faults: Vec<_> = found.iter().filter(|(path, mode)| *mode != wanted(path)).collect();
    assert!(!found.is_empty() && faults.is_empty(), "{faults:#?}");
    assert!(
        found.iter().any(|(path, _)| is_own(path)),
        "what one user alone believes is nobody else's to read"
    );
}

#[test]
fn what_the_killed_left_behind_goes_away_after_a_day_and_texts_after_a_month() {
    let sandbox = Sandbox::with_repository();
    let folder = sandbox.repo().join(".git/postmortem");
    let days = |days: u64| SystemTime::now() - Duration::from_secs(days * 86_400 + 60);
    let make = |name: &str, age: SystemTime| {
        write(&folder.join(name), "x");
        fs::File::options().write(true).open(folder.join(name)).unwrap().set_modified(age).unwrap();
    };
    for (name, age) in [
        ("cache.12.0.tmp", 1),
        ("cache.13.0.tmp", 0),
        ("edit/kept.md", 29),
        ("edit/old.md", 31),
        ("notes.txt", 400),
    ] {
        make(name, days(age));
    }
    write(&folder.join("merge-12/base"), "x");
    fs::File::open(folder.join("merge-12")).unwrap().set_modified(days(2)).unwrap();
    sandbox.run(&["new", "Disk", "full"]).ok();
    let mut left: Vec<String> = modes(&folder)
        .into_iter()
        .filter(|(path, _)| path.is_file() && !is_own(path))
        .map(|(path, _)| path.strip_prefix(&folder).unwrap().display().to_string())
        .collect();
    left.sort();
    assert_eq!(left, ["cache.13.0.tmp", "current", "drafts.turn", "edit/kept.md", "notes.txt"]);
    assert!(!folder.join("merge-12").exists());
}
