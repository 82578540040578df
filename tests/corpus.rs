//! How well documents of the wild are read: the figures that were once reached may not fall.
//!
//! The documents lie outside of the project (`../shared/corpus`, or where `POSTMORTEM_CORPUS` says); without them the
//! test says so and passes.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skipped"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What was reached, by the names that the scorer uses.
const FIGURES: &str = include_str!("corpus-figures.json");

/// The last digit may move with a document whose reading is a matter of taste.
const TOLERANCE: f64 = 0.0005;

fn corpus() -> Option<PathBuf> {
    let given = std::env::var_os("POSTMORTEM_CORPUS").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    [given, Some(beside)].into_iter().flatten().find(|folder| folder.join("score.py").is_file())
}

#[test]
fn extraction_does_not_fall_behind_what_was_reached() {
    let Some(corpus) = corpus() else {
        eprintln!("skipped: the documents to measure on are not here (../shared/corpus)");
        return;
    };
    let scratch = tempfile::tempdir().unwrap();
    let predictions = scratch.path().join("predictions.jsonl");
    let figures = scratch.path().join("figures.json");
    let read = Command::new(env!("CARGO_BIN_EXE_git-postmortem"))
        .args(["inspect", "--format", "jsonl", "--root"])
        .args([corpus.join("docs"), corpus.join("docs")])
        .current_dir(scratch.path())
        .env("GIT_CEILING_DIRECTORIES", scratch.path())
        .output()
        .unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    std::fs::write(&predictions, &read.stdout).unwrap();
    let scored = Command::new("python3")
        .arg(corpus.join("score.py"))
        .args([&corpus.join("gold.jsonl"), &predictions])
        .arg("--json")
        .arg(&figures)
        .output();
    let Ok(scored) = scored else {
        eprintln!("skipped: python3 is not here, and the scorer needs it");
        return;
    };
    eprintln!("{}", String::from_utf8_lossy(&scored.stdout));
    let reached: serde_json::Value = serde_json::from_slice(&std::fs::read(&figures).unwrap()).unwrap();
    let wanted: BTreeMap<String, f64> = serde_json::from_str(FIGURES).unwrap();
    let fallen: Vec<String> = wanted
        .iter()
        .filter(|(name, figure)| reached[name.as_str()].as_f64().unwrap_or(0.0) < **figure - TOLERANCE)
        .map(|(name, figure)| format!("{name}: {} was {figure}", reached[name.as_str()]))
        .collect();
    assert!(fallen.is_empty(), "fallen:\n{}", fallen.join("\n"));
}
