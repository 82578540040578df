//! `actions` beside git itself, in one run: ratios to `git grep -c Action HEAD -- docs`, and peak memory.
//!
//! `cargo bench --bench actions` measures 1,000 and 10,000 documents; `cargo bench --bench actions -- 100000`
//! measures another number, `-- generate FOLDER NUMBER` only makes the documents. `docs/performance.md` says how to read the figures.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "figures are for whoever runs them"
)]

pub mod corpus;

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Pairs measured of each comparison: an odd number, so that the median is one of them.
const PAIRS: usize = 11;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [word, folder, documents, ..] = words.as_slice()
        && word == "generate"
    {
        let documents = documents.parse().expect("generate FOLDER NUMBER");
        std::fs::create_dir_all(folder).expect("the folder can be made");
        return corpus::generate(Path::new(folder), documents);
    }
    let asked: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000, 10_000] } else { asked };
    println!("median of {PAIRS} pairs, each beside git grep -c Action HEAD -- docs in turn");
    println!("| documents | git grep | cold | warm | --version | cold peak |");
    println!("|---:|---:|---:|---:|---:|---:|");
    for documents in sizes {
        let folder = tempfile::tempdir().expect("a folder for the generated repository");
        corpus::generate(folder.path(), documents);
        println!("{}", measure(folder.path(), documents));
    }
}

fn measure(repo: &Path, documents: usize) -> String {
    let cache = repo.join(".git/postmortem/cache.bin");
    let grep = || time(git(repo).args(["grep", "-c", "Action", "HEAD", "--", "docs"]));
    let ours = || time(&mut actions(repo));
    let forget = || drop(std::fs::remove_file(&cache));
    let mut baseline = Vec::new();
    let cold = ratios(|| {
        forget();
        let first = grep();
        baseline.push(first);
        (ours(), first)
    });
    let warm = ratios(|| {
        let first = grep();
        (ours(), first)
    });
    let version = ratios(|| {
        let first = time(git(repo).arg("--version"));
        (time(Command::new(binary()).arg("--version")), first)
    });
    forget();
    let peak = peak(&mut actions(repo)) / 1024;
    baseline.sort();
    let grep = baseline[baseline.len() / 2].as_millis();
    format!("| {documents} | {grep} ms | {cold:.2} | {warm:.2} | {version:.2} | {peak} MiB |")
}

/// The median ratio of pairs, after one pair that does not count.
pub fn ratios(mut pair: impl FnMut() -> (Duration, Duration)) -> f64 {
    pair();
    let mut ratios: Vec<f64> = (0..PAIRS)
        .map(|_| {
            let (ours, theirs) = pair();
            ours.as_secs_f64() / theirs.as_secs_f64()
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[PAIRS / 2]
}

/// How long a command takes to its end, its output read as it comes.
pub fn time(command: &mut Command) -> Duration {
    let begin = Instant::now();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the command starts");
    drain(&mut child);
    child.wait().expect("the command can be waited for");
    begin.elapsed()
}

fn drain(child: &mut Child) {
    let mut out = child.stdout.take().expect("standard output is piped");
    let mut chunk = vec![0; 1 << 20];
    while out.read(&mut chunk).expect("its output can be read") > 0 {}
}

/// The largest resident set in KiB; 0 where the system does not tell. The kernel keeps the high-water mark, so that
/// the last look before the end is the one that counts; looking takes time, which is why no time is taken here.
pub fn peak(command: &mut Command) -> u64 {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the command starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    std::thread::scope(|scope| {
        let mut reading = child.stdout.take();
        scope.spawn(move || {
            std::io::copy(reading.as_mut().expect("standard output is piped"), &mut std::io::sink())
        });
        while child.try_wait().expect("the command can be waited for").is_none() {
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            let mark = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
            peak = peak.max(mark.and_then(|kib| kib.trim().parse().ok()).unwrap_or(0));
            std::thread::sleep(Duration::from_micros(200));
        }
    });
    peak
}

/// Our program.
pub fn binary() -> &'static str {
    env!("CARGO_BIN_EXE_git-postmortem")
}

fn actions(repo: &Path) -> Command {
    let mut command = Command::new(binary());
    command.current_dir(repo).args(["actions", "--format", "json"]);
    command
}

fn git(repo: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(repo);
    command
}
