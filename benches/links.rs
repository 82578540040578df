//! What was live, and `list --for`, on a long history beside the git commands that answer such questions alone: 100,000
//! commits, 1,000 release tags, 100 documents that each link a release.
//!
//! `cargo bench --bench links`; `-- 20000` takes another number of commits. `docs/performance.md` says how to read the
//! figures.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "figures are for whoever runs them")]

#[allow(dead_code, reason = "the generator and the measuring are shared, the questions are not")]
#[path = "history.rs"]
mod history;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use history::{PAIRS, generate, git, ours, ratio, time};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let commits = words.iter().find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder for the generated repository");
    let repo = folder.path();
    generate(repo, commits);
    let tags = printed(git(repo).args(["tag", "--sort=creatordate"]));
    let tags: Vec<&str> = tags.lines().collect();
    link(repo, &tags);
    println!("median of {PAIRS} pairs, each beside the git command in turn");
    println!(
        "| commits | tags | for-each-ref | detection | git log | list --for TAG | the same in JSON | list --for PATH |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|");
    println!("{}", measure(repo, commits, &tags));
}

fn measure(repo: &Path, commits: usize, tags: &[&str]) -> String {
    let refs = || time(git(repo).args(["for-each-ref", "--format=%(refname) %(creatordate)", "refs/tags"]));
    let mut all_refs = Vec::new();
    let detection = ratio(|| {
        let theirs = refs();
        all_refs.push(theirs);
        // What the detection adds to a draft, whatever else `new` does.
        let (without, with) = (begin(repo, "none"), begin(repo, "auto"));
        (with.saturating_sub(without), theirs)
    });
    let mut at = 0;
    let mut all_logs = Vec::new();
    let mut beside_log = |about: Option<&str>, more: &[&str]| {
        ratio(|| {
            at += 1;
            let tag = tags[(tags.len() * at / 40) % tags.len()];
            let theirs =
                time(git(repo).args(["log", "--format=%H", "--name-only", &format!("{tag}^..{tag}")]));
            all_logs.push(theirs);
            let mut asked = ours(repo);
            asked.args(["list", "--for", about.unwrap_or(tag)]).args(more);
            (time(&mut asked), theirs)
        })
    };
    // Once before it counts: what the links are made of is kept from then on.
    beside_log(None, &[]);
    let by_tag = beside_log(None, &[]);
    let in_json = beside_log(None, &["--json"]);
    let by_path = beside_log(Some("./src/part3"), &[]);
    format!(
        "| {commits} | {} | {} ms | {detection:.2} | {} ms | {by_tag:.2} | {in_json:.2} | {by_path:.2} |",
        tags.len(),
        median(&mut all_refs),
        median(&mut all_logs),
    )
}

/// A draft of an incident in the middle of the history, thrown away again.
fn begin(repo: &Path, deploy: &str) -> Duration {
    drop(git(repo).args(["branch", "-q", "-D", "postmortem/drafts"]).output());
    time(ours(repo).args(["new", "It broke", "--start", "2017-10-01 10:00", "--deploy", deploy]))
}

fn median(times: &mut [Duration]) -> u128 {
    times.sort();
    times[times.len() / 2].as_millis()
}

fn printed(command: &mut Command) -> String {
    let output = command.output().expect("git runs");
    assert!(output.status.success());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Gives each document a release that it links.
fn link(repo: &Path, tags: &[&str]) {
    let folder = repo.join("docs/post-mortems");
    let mut pages: Vec<_> = std::fs::read_dir(folder).unwrap().map(|page| page.unwrap().path()).collect();
    pages.sort();
    for (at, page) in pages.iter().enumerate() {
        let tag = tags[tags.len() * at / pages.len()];
        let commit = printed(git(repo).args(["rev-parse", &format!("{tag}^{{commit}}")]));
        let mut text = std::fs::read_to_string(page).unwrap();
        text += "\n## Linked Commits\n\n| Role | Revision | Commit | Date (UTC) | Subject |\n|---|---|---|---|---|\n";
        text += &format!("| deploy | {tag} | {} |  |  |\n", commit.trim());
        std::fs::write(page, text).unwrap();
    }
    assert!(git(repo).args(["commit", "-q", "-a", "-m", "link releases"]).status().unwrap().success());
}
