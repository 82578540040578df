//! `trace` and `candidates` on a long history beside the git commands that answer such questions: 100,000 commits and 1,000
//! release tags, the repository of `benches/history.rs`.
//!
//! `cargo bench --bench evidence`; `-- 20000` another number of commits, `-- in FOLDER` a repository that was generated before.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "figures are for whoever runs them")]

#[allow(dead_code, reason = "its own measures are taken by its own binary")]
#[path = "history.rs"]
mod history;

use std::path::Path;
use std::process::Command;

use history::{generate, git, ours, ratio, time};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    println!("median of pairs, each beside git in turn");
    println!("| question | beside | ratio |");
    println!("|---|---|---:|");
    if let [word, folder] = words.as_slice()
        && word == "in"
    {
        return measure(Path::new(folder));
    }
    let commits = words.iter().find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder for the generated repository");
    generate(folder.path(), commits);
    measure(folder.path());
}

fn measure(repo: &Path) {
    let at = |share: usize| {
        let count: usize = said(git(repo).args(["rev-list", "--count", "HEAD"])).parse().unwrap();
        said(git(repo).args(["rev-list", "-1", &format!("--skip={}", count * share / 100), "HEAD"]))
    };
    let (cause, fix) = (at(40), at(3));
    let exposure = || time(ours(repo).args(["trace", "--cause", &cause, "--fix", &fix, "--json"]));
    let contains = |what: &str| {
        let (words, places): (&[&str], &[&str]) = match what {
            "tag" => (&["tag"], &[]),
            _ => (&["for-each-ref", "--format=%(refname)"], &["refs/heads"]),
        };
        let ask = |commit: &str| time(git(repo).args(words).args(["--contains", commit]).args(places));
        (ask(&cause), ask(&fix))
    };
    // What messages say is read once and kept.
    exposure();
    let row = |question: &str, beside: &str, ratio: f64| println!("| {question} | {beside} | {ratio:.2} |");
    let one = ratio(|| (exposure(), contains("tag").0));
    row("exposure", "git tag --contains CAUSE", one);
    let all = ratio(|| {
        let ((a, b), (c, d)) = (contains("tag"), contains("branch"));
        (exposure(), a + b + c + d)
    });
    row("exposure", "the same for the fix, and for branches", all);
    let kept = repo.join(".git/postmortem/turns.bin");
    drop(std::fs::remove_file(&kept));
    time(ours(repo).args(["trace", "--cause", &at(60), "--json"]));
    let messages = std::fs::read(&kept).unwrap();
    let new = ratio(|| {
        std::fs::write(&kept, &messages).unwrap();
        (exposure(), contains("tag").0)
    });
    row("exposure of commits that were not asked about before", "git tag --contains CAUSE", new);
    let first = ratio(|| {
        drop(std::fs::remove_file(&kept));
        (exposure(), time(git(repo).args(["log", "--all", "--format=%H%x00%B"])))
    });
    row("exposure, nothing kept", "git log --all --format=%H%x00%B", first);
    // The generated commits are a minute apart: the year has all of them.
    let year = ["--since", "2017-01-01", "--until", "2018-12-31"];
    let found = ratio(|| {
        let theirs = time(git(repo).args(["log", "--name-only", "--since=2017-01-01", "--until=2018-12-31"]));
        (time(ours(repo).args(["candidates", "--json"]).args(year)), theirs)
    });
    row("candidates of a year", "git log --name-only of that year", found);
}

fn said(command: &mut Command) -> String {
    String::from_utf8(command.output().expect("git starts").stdout).unwrap().trim().to_owned()
}
