//! Whether reading is linear: instructions for a document, and for one ten times as long, in shapes that tempt a reader
//! into looking again and again.
//!
//! `cargo bench --bench linear` needs valgrind, which counts; without it nothing is measured, and that is said. Numbers of
//! instructions do not depend on how busy the machine is. A ratio above 12 ends in a failure.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "figures are for whoever runs them")]

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// What ten times as much may cost: a little more than ten, for maps that grow.
const MOST: f64 = 12.0;

/// Bytes of the shorter document; the start of the program is subtracted from both.
const SHORT: usize = 60_000;

/// A shape: its name, what stands once, and what is repeated; `{n}` is the number of the repetition.
type Shape = (&'static str, &'static str, &'static str);

const SHAPES: [Shape; 24] = [
    ("prose", "# Outage\n\n", "The queue filled up again, and nobody was paged: see 10.2.3, at 10:2{n}.\n\n"),
    ("one paragraph", "# Outage\n\n", "The queue filled up, word {n}: and so on - until 8 March\n"),
    ("one line", "# Outage\n\n", "word {n}, due - by: @ana (or [so]) "),
    ("headings", "# Outage\n\n", "## Part {n}: what went on\n\nText.\n\n"),
    ("deeper headings", "# Outage\n\n", "## A {n}\n\n### B\n\n#### C\n\n##### D\n\n###### E\n\n"),
    ("sections", "# Outage\n\n", "## Action Items\n\n- [ ] Mend it {n} @ana due 2026-03-08\n\n"),
    ("metadata lines", "# Outage\n\n", "**Date**: 2026-03-08\n**Severity**: SEV-{n}\n**Author**: Ana {n}\n"),
    (
        "actions in a table",
        "# Outage\n\n## Action Items\n\n| # | Action | Owner | Due | Status |\n|--|--|--|--|--|\n",
        "| {n} | Mend the pump number {n} | @ana | 2026-03-08 | Open |\n",
    ),
    (
        "tasks",
        "# Outage\n\n## Action Items\n\n",
        "- [ ] Mend the pump number {n} (@ana, due 2026-03-08, P1)\n",
    ),
    (
        "items with details",
        "# Outage\n\n## Action Items\n\n",
        "- Mend the pump {n}\n  - owner: @ana\n  - due: 2026-03-08\n",
    ),
    ("groups", "# Outage\n\n## Action Items\n\n", "**@ana{n}**\n\n- Mend the pump {n}\n\n"),
    ("one label", "# Outage\n\n## Action Items\n\n", "1. Mend the pump - done (P1) {n}\n"),
    (
        "timeline rows",
        "# Outage\n\n## Timeline\n\n| Time | Event |\n|--|--|\n",
        "| 10:{n} CET | The queue filled up {n} |\n",
    ),
    ("timeline bullets", "# Outage\n\n## Timeline\n\n", "- 23:5{n} the queue filled up: nobody looked\n"),
    (
        "timeline headings",
        "# Outage\n\n## Timeline\n\n",
        "### 2026-03-08 10:0{n}\n\nThe queue filled up.\n\n",
    ),
    ("nested lists", "# Outage\n\n## Action Items\n\n", "- a {n}\n  - b\n    - c\n      - d\n        - e\n"),
    ("quotes", "# Outage\n\n", "> > > > said {n}\n"),
    ("emphasis", "# Outage\n\n", "*a **b _c {n} "),
    ("brackets", "# Outage\n\n", "[a {n}](b [c "),
    ("code ticks", "# Outage\n\n", "`a {n}`` b "),
    ("comments", "# Outage\n\n", "<!-- a {n} -->\n\n<div>b</div>\n\n"),
    ("dates", "# Outage\n\n", "03/04/2026, 8 March 2026, 2026-03-0{n}, Q3, yesterday; "),
    ("references", "# Outage\n\n## Action Items\n\n- Mend it ", "ABC-1{n} #1{n} https://example.org/{n} "),
    ("front matter", "---\ntitle: Outage\ntags: [a]\n", "key{n}: value\n"),
];

/// Shapes that tempt a rule of `lint`.
const LINTED: [Shape; 6] = [
    (
        "one sentence",
        "# Outage\n\n## Root Cause\n\n",
        "the engineer who had not been by the error which we should have and without ",
    ),
    ("sentences on one line", "# Outage\n\n## Root Cause\n\n", "An engineer deleted bucket {n}. "),
    (
        "findings on one line",
        "# Outage\n\n",
        "mia{n}@bergfoto.at called from 415-362-8970 with password: hunter{n}x7, ",
    ),
    ("comments on one line", "# Outage\n\n", "word <!-- postmortem: allow PM9999 {n} --> "),
    (
        "factors",
        "# Outage\n\n## Contributing Factors\n\n",
        "- The part {n} of the pump was worn (action {n})\n",
    ),
    (
        "actions",
        "# Outage\n\n## Action Items\n\n| # | Action | Owner |\n|---|---|---|\n",
        "| | Mend the pump number {n} | @ana |\n",
    ),
];

/// What reads a document.
const INSPECT: [&str; 3] = ["inspect", "--format", "jsonl"];
const LINT: [&str; 5] = ["lint", "--fail-on", "never", "--format", "jsonl"];

fn main() -> ExitCode {
    if Command::new("valgrind").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: valgrind is not installed, and it counts the instructions");
        return ExitCode::SUCCESS;
    }
    let folder = tempfile::tempdir().expect("a folder for the documents");
    let begun =
        |command: &[&str]| instructions(command, &written(folder.path(), ("start", "# Outage\n", ""), 0));
    let (start, lint_start) = (begun(&INSPECT), begun(&LINT));
    println!("| shape | instructions for {SHORT} bytes | ten times as long |");
    println!("|---|---:|---:|");
    let mut is_linear = true;
    for shape in SHAPES {
        for (ending, html) in [("", false), (", as HTML", true)] {
            if html && !matches!(shape.0, "prose" | "headings" | "emphasis") {
                continue;
            }
            let shape = if html { as_html(shape) } else { shape };
            let of =
                |bytes| instructions(&INSPECT, &written(folder.path(), shape, bytes)).saturating_sub(start);
            let (short, long) = (of(SHORT), of(10 * SHORT));
            let ratio = long as f64 / short as f64;
            is_linear &= ratio <= MOST;
            println!("| {}{ending} | {short} | {ratio:.1} |", shape.0);
        }
    }
    for shape in LINTED {
        let of =
            |bytes| instructions(&LINT, &written(folder.path(), shape, bytes)).saturating_sub(lint_start);
        let (short, long) = (of(SHORT), of(10 * SHORT));
        let ratio = long as f64 / short as f64;
        is_linear &= ratio <= MOST;
        println!("| lint: {} | {short} | {ratio:.1} |", shape.0);
    }
    if is_linear { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The tags that a page would have for a shape.
fn as_html((name, _, _): Shape) -> Shape {
    let body = match name {
        "prose" => "<p>The queue filled up again, at 10:2{n}.</p>",
        "headings" => "<h2>Part {n}</h2><p>Text.</p>",
        _ => "<b>a<i>b<td>c {n}",
    };
    (name, "<html><body><h1>Outage</h1>", body)
}

fn written(folder: &Path, (_, head, repeated): Shape, bytes: usize) -> std::path::PathBuf {
    let mut text = head.to_owned();
    for n in 0.. {
        if text.len() >= bytes || repeated.is_empty() {
            break;
        }
        text.push_str(&repeated.replace("{n}", &n.to_string()));
    }
    let extension = if head.starts_with('<') { "html" } else { "md" };
    let file = folder.join(format!("document.{extension}"));
    std::fs::write(&file, text).expect("the document can be written");
    file
}

/// What reading a document costs, the start of the program included.
fn instructions(command: &[&str], file: &Path) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_git-postmortem"))
        .args(command)
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()
        .expect("valgrind starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let count =
        said.lines().rev().find_map(|line| line.split_once("Collected :")).map(|(_, count)| count.trim());
    count.and_then(|count| count.parse().ok()).unwrap_or_else(|| panic!("valgrind counted nothing:\n{said}"))
}
