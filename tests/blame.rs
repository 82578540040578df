//! Blame on sentences of our own (`tests/blame`), with precision and recall; on hostile texts; and, where they are at
//! hand, on documents of the wild that people labelled.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it reached or skipped"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use git_postmortem::blame::{Analysis, People, Remark, RemarkKind, analyse};
use git_postmortem::document::{Purpose, Source, Vocabulary, parse, purpose};
use proptest::prelude::*;

/// What was reached on the sentences: they hold cases that are known to be missed.
const SENTENCES: (f64, f64) = (0.99, 0.96);

fn read(text: &str) -> Analysis {
    analyse(&parse(&Source { name: "a.md", bytes: text.as_bytes() }, &Vocabulary::default()), &People::new())
}

/// What a sentence is expected to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// `>`: told, by whatever kind above a mere name (of names: as one).
    Told,
    /// `~`: at most a mere name.
    Named,
    /// `<`: nothing.
    Innocent,
}

/// A line of a file of sentences.
struct Sentence {
    expected: Expected,
    kind: RemarkKind,
    section: String,
    text: String,
}

fn sentences() -> Vec<Sentence> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/blame");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "txt")) {
        let (mut kind, mut section) = (RemarkKind::Name, String::new());
        for line in std::fs::read_to_string(file).unwrap().lines() {
            if let Some(key) = line.strip_prefix("kind: ") {
                kind = RemarkKind::ALL.into_iter().find(|kind| kind.key() == key).unwrap();
            } else if line.starts_with("## ") {
                line.clone_into(&mut section);
            } else if let Some((sign, text)) = line.split_once(' ') {
                let expected = match sign {
                    ">" => Expected::Told,
                    "~" => Expected::Named,
                    "<" => Expected::Innocent,
                    "//" => continue,
                    _ => panic!("{}: a line begins with >, ~, <, ## or //: {line}", file.display()),
                };
                all.push(Sentence {
                    expected,
                    kind,
                    section: section.clone(),
                    text: text.replace("\\n", "\n"),
                });
            }
        }
    }
    all
}

#[derive(Default)]
struct Score {
    hit: usize,
    other_kind: usize,
    missed: usize,
    false_alarm: usize,
}

impl Score {
    fn add(&mut self, sentence: &Sentence, remarks: &[Remark]) -> bool {
        let is_grave =
            |remark: &&Remark| sentence.kind == RemarkKind::Name || remark.kind != RemarkKind::Name;
        let told = remarks.iter().find(is_grave);
        let right = match (sentence.expected, told) {
            (Expected::Told, Some(remark)) if sentence.kind == RemarkKind::Name => {
                remark.kind == RemarkKind::Name
            }
            (Expected::Told, told) => told.is_some(),
            (Expected::Named, _) => remarks.iter().all(|remark| remark.kind == RemarkKind::Name),
            (Expected::Innocent, _) => remarks.is_empty(),
        };
        match (sentence.expected, right) {
            (Expected::Told, true) => {
                self.hit += 1;
                self.other_kind += usize::from(told.is_some_and(|remark| remark.kind != sentence.kind));
            }
            (Expected::Told, false) => self.missed += 1,
            (_, false) => self.false_alarm += 1,
            (_, true) => {}
        }
        right
    }

    fn precision(&self) -> f64 {
        ratio(self.hit, self.hit + self.false_alarm)
    }

    fn recall(&self) -> f64 {
        ratio(self.hit, self.hit + self.missed)
    }
}

#[allow(clippy::cast_precision_loss, reason = "there are a few hundred sentences")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[test]
fn sentences_are_told_apart() {
    let mut by_kind: BTreeMap<RemarkKind, Score> = BTreeMap::new();
    let mut total = Score::default();
    for sentence in sentences() {
        let text = format!("# Incident\n\n{}\n\n{}\n", sentence.section, sentence.text);
        let remarks = read(&text).remarks;
        by_kind.entry(sentence.kind).or_default().add(&sentence, &remarks);
        if !total.add(&sentence, &remarks) {
            let said: Vec<&str> = remarks.iter().map(|remark| remark.message.as_str()).collect();
            eprintln!("{:?} {}: {:?} {said:?}", sentence.expected, sentence.kind.key(), sentence.text);
        }
    }
    for (kind, score) in &by_kind {
        eprintln!(
            "{:>14}: precision {:.3} recall {:.3} ({} told, {} of them as another kind; {} missed, {} false)",
            kind.key(),
            score.precision(),
            score.recall(),
            score.hit,
            score.other_kind,
            score.missed,
            score.false_alarm
        );
    }
    let (precision, recall) = (total.precision(), total.recall());
    eprintln!("{:>14}: precision {precision:.3} recall {recall:.3}", "all");
    assert!(
        precision >= SENTENCES.0 && recall >= SENTENCES.1,
        "precision {precision:.3}, recall {recall:.3}"
    );
}

/// What sentences about blame are made of.
const WORDS: &str = "we|We|should|have|been|the|engineer|of|one|none|us|nobody|did|not|why|if|had|by|mistake|human|error|AC|Ana|\
                     and|deleted|the bucket|too|long|forgot|to|who|,|.|\n|\n\n|- |> |## Timeline\n|14:05|was|never|tested|\
                     could|would|responsible|for|outage|due|lack|Ana's|change|a member|operator|’s";

/// Words of the lists and signs of markdown, in any order.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[A-Za-z'’@`*_.,:;!?()\\[\\]|/\"-]{1,8}",
        "\\PC{1,4}",
        prop::sample::select(WORDS.split('|').collect::<Vec<_>>()).prop_map(str::to_owned),
    ];
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_places_lie_within_it(text in any_text()) {
        let mut last = 0;
        for remark in read(&text).remarks {
            prop_assert!(text.get(remark.span.clone()).is_some_and(|words| !words.is_empty()), "{:?}", remark);
            prop_assert!(text.get(remark.subject.clone()).is_some(), "{:?}", remark);
            prop_assert!(remark.span.start >= last, "out of order: {:?}", remark);
            last = remark.span.start;
            if let Some(edit) = remark.rewording {
                prop_assert!(text.get(edit.span.clone()).is_some(), "{:?}", edit);
                prop_assert!(edit.span.start <= remark.span.start && edit.span.end >= remark.span.end);
            }
        }
    }
}

#[test]
fn a_long_sentence_costs_no_more_than_many_short_ones() {
    let words = "the engineer who had not been by the error which we should have and without too lack of human Ana and ";
    let time = |text: &str| {
        let started = std::time::Instant::now();
        let found = read(text).remarks.len();
        (started.elapsed(), found)
    };
    let of = |count: usize| format!("# Incident\n\n## Root Cause\n\n{}\n", words.repeat(count));
    time(&of(10));
    let (short, _) = time(&of(500));
    let (long, _) = time(&of(5000));
    assert!(
        long < short * 30 + std::time::Duration::from_millis(50),
        "10 times the text: {short:?}, {long:?}"
    );
}

fn corpus() -> Option<PathBuf> {
    let given = std::env::var_os("POSTMORTEM_CORPUS").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    [given, Some(beside)].into_iter().flatten().find(|folder| folder.join("blame/score_blame.py").is_file())
}

/// One JSON object a line for every remark in the documents below a folder.
fn predictions(docs: &Path) -> String {
    let mut lines = String::new();
    let vocabulary = Vocabulary::default();
    for folder in std::fs::read_dir(docs).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let name = path.strip_prefix(docs).unwrap().to_str().unwrap();
            let document = parse(&Source { name, bytes: &bytes }, &vocabulary);
            if purpose(name, &document) == Purpose::Template {
                continue;
            }
            for remark in analyse(&document, &People::new()).remarks {
                let line = document.line_of(remark.span.start);
                let code = remark.kind.key();
                let row =
                    serde_json::json!({"file": name, "line": line, "code": code, "message": remark.message});
                lines.push_str(&format!("{row}\n"));
            }
        }
    }
    lines
}

#[test]
fn labelled_documents_are_read_well_enough() {
    let Some(corpus) = corpus() else {
        eprintln!("skipped: the documents to measure on are not here (../shared/corpus)");
        return;
    };
    let scratch = tempfile::tempdir().unwrap();
    let (said, figures) = (scratch.path().join("predictions.jsonl"), scratch.path().join("figures.json"));
    std::fs::write(&said, predictions(&corpus.join("docs"))).unwrap();
    let labels = corpus.join("blame");
    let scored = Command::new("python3")
        .arg(labels.join("score_blame.py"))
        .args([&labels.join("findings.jsonl"), &labels.join("traps.jsonl"), &said])
        .arg("--json")
        .arg(&figures)
        .output();
    let Ok(scored) = scored else {
        eprintln!("skipped: python3 is not here, and the scorer needs it");
        return;
    };
    eprintln!("{}", String::from_utf8_lossy(&scored.stdout));
    let reached: serde_json::Value = serde_json::from_slice(&std::fs::read(&figures).unwrap()).unwrap();
    let share = |pair: &serde_json::Value| pair[0].as_f64().unwrap() / pair[1].as_f64().unwrap();
    let (precision, recall) =
        (share(&reached["precision_without_neutral"]), share(&reached["recall"]["overall"]));
    let sprung = reached["traps_flagged"][0].as_u64().unwrap();
    assert!(precision >= 0.85, "precision without mere names: {precision:.3}");
    assert!(recall >= 0.80, "recall of clear findings: {recall:.3}");
    assert!(sprung <= 5, "traps sprung: {sprung}");
}
