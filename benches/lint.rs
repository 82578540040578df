//! `lint` beside `inspect`, which reads the same documents and says what was understood: how much the rules cost, and how
//! much memory it takes.
//!
//! `cargo bench --bench lint` measures 1,000 documents, and memory on 10,000; another number after `--` measures that many.
//! The goal is a ratio below 2, and the same memory for ten times as many documents: where `--all` takes more than two
//! kibibytes for each document that is more, the bench fails.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    dead_code,
    reason = "figures are for whoever runs them, and the other benchmark uses the rest"
)]

#[path = "actions.rs"]
mod actions;

use std::path::Path;
use std::process::Command;

use actions::{binary, corpus, peak, ratios, time};

/// What `--all` may take for each document that is more, in KiB.
const EACH: u64 = 2;

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000, 10_000] } else { asked };
    println!(
        "| documents | lint of files / inspect | lint --all / inspect | peak of files | peak of --all |"
    );
    println!("|---:|---:|---:|---:|---:|");
    let mut last: Option<(usize, u64)> = None;
    for documents in sizes {
        let folder = tempfile::tempdir().expect("a folder for the generated repository");
        corpus::generate(folder.path(), documents);
        let (row, peak) = measure(folder.path(), documents);
        println!("{row}");
        let (fewer, before) = last.replace((documents, peak)).unwrap_or((documents, peak));
        let most = documents.saturating_sub(fewer) as u64 * EACH;
        assert!(peak <= before + most || documents <= fewer, "{} KiB more than for {fewer}", peak - before);
    }
}

/// The row of a number of documents, and the peak of `--all` in KiB.
fn measure(repo: &Path, documents: usize) -> (String, u64) {
    let inspect = || time(ours(repo).args(["inspect", "--format", "jsonl", "docs/post-mortems"]));
    // Copied out of the repository: the rules alone, without a look at history.
    let loose = repo.join(".git/loose");
    let copied = Command::new("cp").arg("-r").arg(repo.join("docs")).arg(&loose).status();
    assert!(copied.expect("cp starts").success());
    let files = || {
        let mut command = ours(&loose);
        command.args(["lint", "--fail-on", "never", "--format", "jsonl", "."]).env("GIT_DIR", "/nonexistent");
        command
    };
    let all = || {
        let mut command = ours(repo);
        command.args(["lint", "--fail-on", "never", "--format", "jsonl", "--all"]);
        command
    };
    let alone = ratios(|| (time(&mut files()), inspect()));
    let whole = ratios(|| (time(&mut all()), inspect()));
    let (few, many) = (peak(&mut files()) / 1024, peak(&mut all()));
    (format!("| {documents} | {alone:.2} | {whole:.2} | {few} MiB | {} MiB |", many / 1024), many)
}

fn ours(folder: &Path) -> Command {
    let mut command = Command::new(binary());
    command.current_dir(folder);
    command
}
