//! More documents than are in memory together: each is told the same as alone, whatever was kept from before.

use std::fs;

use super::only;
use crate::sandbox::Sandbox;

/// More than the documents that are looked at together, which are 128.
const MANY: usize = 140;

fn name(at: usize) -> String {
    format!("{}-{:02}-{:02}-n{at}", 2024 + at / 84, at / 7 % 12 + 1, at % 7 + 1)
}

/// Of seven and eleven documents each the causes and an owed promise are told in the same words.
fn text(at: usize, cause: usize) -> String {
    let things = ["queue", "cache", "gateway", "mailer", "index", "balancer", "ledger"];
    let parts = [
        "limit",
        "certificate",
        "timeout",
        "lease",
        "quota",
        "replica",
        "token",
        "schema",
        "key",
        "log",
        "zone",
    ];
    let (thing, part) = (things[cause % 7], parts[at % 11]);
    format!(
        "# Incident {at}\n\n**Date**: {}\n\n## Root Cause\n\nThe {thing} was started with a setting of {thing}s that \
         a release had renamed, and the {thing} took what was missing for zero until somebody looked at the {thing}.\n\n\
         ## Action Items\n\n| # | Action | Owner | Due Date | Status |\n|---|---|---|---|---|\n\
         | 1 | Alert on the {part} of each {part} service | @ana | 2027-02-01 | open |\n",
        &name(at)[..10]
    )
}

fn path(at: usize) -> String {
    format!("docs/post-mortems/{}.md", name(at))
}

fn many() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    sandbox.write(".postmortem.toml", only(&[("PM514", "warning"), ("PM515", "info"), ("PM201", "warning")]));
    (0..MANY).for_each(|at| sandbox.write(&path(at), text(at, at)));
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "many"]);
    sandbox
}

/// What all are told, newest first.
fn all(sandbox: &Sandbox) -> Vec<String> {
    let answer = sandbox.run(&["lint", "--all", "--format", "jsonl"]).ok();
    assert_eq!(answer.stderr, "");
    answer.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn a_document_is_told_the_same_among_many_and_alone() {
    let sandbox = many();
    let told = all(&sandbox);
    for code in ["PM514", "PM515"] {
        assert!(told.iter().filter(|line| line.contains(code)).count() > 100, "{code}");
    }
    for at in [0, 1, 10, 11, 12, 13, 138, 139] {
        let alone = sandbox.run(&["lint", "--format", "jsonl", &path(at)]).ok().stdout;
        let among: Vec<&String> =
            told.iter().filter(|line| line.contains(&format!("/{}.md", name(at)))).collect();
        // What is told of the file itself is told of the published document.
        let codes = |line: &str| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            [row["code"].to_string(), row["message"].to_string(), row["line"].to_string()]
        };
        let alone: Vec<_> = alone.lines().map(codes).collect();
        assert_eq!(among.into_iter().map(|line| codes(line)).collect::<Vec<_>>(), alone, "{at}");
        assert!(!alone.is_empty());
    }
}

#[test]
fn what_was_kept_from_before_changes_nothing() {
    let sandbox = many();
    let state = sandbox.repo().join(".git/postmortem");
    let first = all(&sandbox);
    assert!(state.join("causes.bin").is_file());
    assert_eq!(all(&sandbox), first);
    // One document later most is known, and one is not.
    sandbox.commit(&path(20), text(20, 3), "another cause");
    let kept = fs::read(state.join("causes.bin")).unwrap();
    let later = all(&sandbox);
    assert_ne!(later, first);
    assert_ne!(fs::read(state.join("causes.bin")).unwrap(), kept);
    fs::remove_dir_all(&state).unwrap();
    assert_eq!(all(&sandbox), later);
    // A file that is damaged is as good as none.
    let mut damaged = fs::read(state.join("causes.bin")).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x55;
    fs::write(state.join("causes.bin"), damaged).unwrap();
    assert_eq!(all(&sandbox), later);
}
