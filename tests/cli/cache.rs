//! The cache: faster, and never noticed otherwise.

use std::fs;
use std::path::PathBuf;

use crate::sandbox::Sandbox;

/// Enough documents for a cache to be worth its while.
const MANY: usize = 60;

fn many() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    for n in 0..MANY {
        let text = format!(
            "# Incident {n}\n\n**Date**: 2026-01-{:02}\n**Severity**: red\n\n## Follow-ups\n\n\
             | # | Action | Owner | Due Date | Status |\n|---|---|---|---|---|\n| 1 | Mend {n} | @ana | 2026-02-01 | parked |\n",
            n % 28 + 1
        );
        sandbox.write(&format!("docs/post-mortems/2026-01-{:02}-n{n}.md", n % 28 + 1), text);
    }
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "many"]);
    sandbox
}

fn file(sandbox: &Sandbox) -> PathBuf {
    sandbox.repo().join(".git/postmortem/cache.bin")
}

/// The rows, asked twice: what was written is what is read.
#[track_caller]
fn rows(sandbox: &Sandbox, arguments: &[&str]) -> Vec<String> {
    let asked = [&["actions", "--ids"], arguments].concat();
    let first = sandbox.run(&asked).ok();
    assert_eq!(first.stderr, "");
    assert_eq!(sandbox.run(&asked).ok().stdout, first.stdout);
    first.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn a_changed_word_of_the_configuration_counts_at_once() {
    let sandbox = many();
    let read = |toml: &str, arguments: &[&str]| {
        sandbox.write(".postmortem.toml", toml);
        rows(&sandbox, arguments).len()
    };
    let all = ["--status", "all"];
    assert_eq!(read("", &all), MANY);
    assert!(file(&sandbox).is_file());
    let open = read("", &[]);
    assert_eq!(read("[actions.status]\ndone = [\"parked\"]\n", &["--status", "done"]), MANY);
    assert_eq!(read("[actions.status]\ncancelled = [\"parked\"]\n", &["--status", "cancelled"]), MANY);
    assert_eq!(read("", &[]), open);
    let sev = &["--status", "all", "--severity", "SEV-1"];
    assert_eq!(read("[severity.aliases]\nred = \"SEV-1\"\n", sev), MANY);
    assert_eq!(read("[severity.aliases]\nred = \"SEV-2\"\n", sev), 0);
    assert_eq!(read("", sev), 0);
    let sla = "[actions]\ndate-order = \"day-first\"\n";
    assert_eq!(read(sla, &all), MANY);
}

#[test]
fn a_changed_synonym_of_a_section_counts_at_once() {
    let sandbox = Sandbox::with_repository();
    for n in 0..MANY {
        let path = format!("docs/post-mortems/2026-01-01-n{n}.md");
        sandbox.write(&path, format!("# N {n}\n\n**Date**: 2026-01-01\n\n## Wiedervorlage\n\n- Mend {n}\n"));
    }
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "many"]);
    assert_eq!(rows(&sandbox, &[]).len(), 0);
    sandbox.write(".postmortem.toml", "[documents.synonyms]\naction-items = [\"Wiedervorlage\"]\n");
    assert_eq!(rows(&sandbox, &[]).len(), MANY);
    sandbox.write(".postmortem.toml", "");
    assert_eq!(rows(&sandbox, &[]).len(), 0);
}

#[test]
fn a_renamed_or_changed_document_is_read_anew() {
    let sandbox = many();
    let all = ["--status", "all"];
    rows(&sandbox, &all);
    sandbox.git(&["mv", "docs/post-mortems/2026-01-01-n0.md", "docs/post-mortems/2026-01-01-renamed.md"]);
    sandbox.git(&["commit", "-q", "-m", "rename"]);
    let found = rows(&sandbox, &all);
    assert!(found.contains(&"2026-01-01-renamed#1".to_owned()) && found.len() == MANY, "{found:?}");
    sandbox.commit(
        "docs/post-mortems/2026-01-02-n1.md",
        "# N\n\n## Action Items\n\n- [ ] One\n- [ ] Two\n",
        "edit",
    );
    assert_eq!(rows(&sandbox, &all).len(), MANY + 1);
    sandbox.git(&["revert", "--no-edit", "HEAD"]);
    assert_eq!(rows(&sandbox, &all).len(), MANY);
    // What stands on another branch does not leak into this one.
    assert_eq!(rows(&sandbox, &["--status", "all", "--rev", "HEAD~1"]).len(), MANY + 1);
    assert_eq!(rows(&sandbox, &all).len(), MANY);
}

#[test]
fn the_clock_is_not_in_it() {
    let mut sandbox = many();
    sandbox.write(".postmortem.toml", "[actions.status]\nopen = [\"parked\"]\n");
    sandbox.set("GIT_POSTMORTEM_NOW", "2026-02-01T12:00:00Z");
    assert_eq!(rows(&sandbox, &["--overdue"]).len(), 0);
    sandbox.set("GIT_POSTMORTEM_NOW", "2026-02-02T12:00:00Z");
    assert_eq!(rows(&sandbox, &["--overdue"]).len(), MANY);
}

#[test]
fn a_damaged_foreign_or_truncated_file_is_harmless_and_replaced() {
    let sandbox = many();
    let all = ["--status", "all"];
    let expected = rows(&sandbox, &all);
    let whole = fs::read(file(&sandbox)).unwrap();
    let mut damages: Vec<Vec<u8>> = [0, 1, 7, 8, 20, 31, 32, whole.len() / 2, whole.len() - 1]
        .into_iter()
        .map(|length| whole[..length].to_vec())
        .collect();
    for at in (0..whole.len()).step_by(whole.len() / 23) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0xff;
        damages.push(flipped);
    }
    damages.push(b"SQLite format 3\0".repeat(100));
    damages.push(vec![0xff; 4096]);
    damages.push([whole.clone(), b"tail".to_vec()].concat());
    for damage in damages {
        fs::write(file(&sandbox), &damage).unwrap();
        assert_eq!(rows(&sandbox, &all), expected);
    }
    fs::remove_dir_all(file(&sandbox).parent().unwrap()).unwrap();
    assert_eq!(rows(&sandbox, &all), expected, "it is safe to delete");
    fs::remove_file(file(&sandbox)).unwrap();
    fs::create_dir(file(&sandbox)).unwrap();
    assert_eq!(rows(&sandbox, &all), expected, "a folder in its place");
    fs::remove_dir_all(file(&sandbox).parent().unwrap()).unwrap();
    fs::write(file(&sandbox).parent().unwrap(), "a file where the folder should be").unwrap();
    assert_eq!(rows(&sandbox, &all), expected, "nowhere to write");
    let mut left: Vec<_> =
        fs::read_dir(sandbox.repo().join(".git")).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.retain(|name| name.to_string_lossy().contains("tmp"));
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn many_processes_at_once_agree() {
    let sandbox = many();
    let expected = rows(&sandbox, &["--status", "all"]);
    for _ in 0..3 {
        fs::remove_file(file(&sandbox)).unwrap();
        let children: Vec<_> = (0..6)
            .map(|_| {
                let mut command = sandbox.binary(&sandbox.repo());
                command.args(["actions", "--ids", "--status", "all"]).stdout(std::process::Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            let found: Vec<String> =
                String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
            assert_eq!(found, expected);
        }
        assert_eq!(rows(&sandbox, &["--status", "all"]), expected);
    }
    let left: Vec<_> =
        fs::read_dir(file(&sandbox).parent().unwrap()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")), "{left:?}");
}

#[test]
fn linked_work_trees_and_repeated_repositories_share_one() {
    let sandbox = many();
    sandbox.git(&["worktree", "add", "-q", "../linked"]);
    let answer = sandbox.run(&["actions", "--status", "all", "--ids", "--repos", ".,../linked"]).ok();
    assert_eq!(answer.stdout.lines().count(), 2 * MANY);
    assert_eq!(answer.stderr, "");
    assert_eq!(rows(&sandbox, &["--status", "all"]).len(), MANY);
    assert!(!sandbox.at("linked/.git/postmortem").exists());
}

#[test]
#[cfg(unix)]
fn a_link_to_what_is_not_there_yet_is_followed_once_it_is() {
    let sandbox = many();
    let folder = sandbox.repo().join("docs/post-mortems");
    std::os::unix::fs::symlink("../../archive", folder.join("teams.old")).unwrap();
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "link"]);
    let all = ["--status", "all"];
    assert_eq!(rows(&sandbox, &all).len(), MANY);
    // The tree of the documents folder stays the same.
    sandbox.commit("archive/2025-01-01-old.md", "# Old\n\n## Action Items\n\n- [ ] Mend it\n", "archive");
    assert_eq!(rows(&sandbox, &all).len(), MANY + 1);
}

#[test]
#[cfg(unix)]
fn a_folder_that_becomes_a_link_is_seen() {
    let sandbox = many();
    sandbox.commit(
        ".postmortem.toml",
        "[documents]\ninclude = [\"docs/post-mortems\", \"old\"]\n",
        "folders",
    );
    let all = ["--status", "all"];
    assert_eq!(rows(&sandbox, &all).len(), MANY);
    std::os::unix::fs::symlink("archive", sandbox.repo().join("old")).unwrap();
    sandbox.commit("archive/2025-01-01-old.md", "# Old\n\n## Action Items\n\n- [ ] Mend it\n", "archive");
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "link"]);
    assert_eq!(rows(&sandbox, &all).len(), MANY + 1);
}
