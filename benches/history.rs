//! `actions` and `gate` on a long history beside git itself: 100,000 commits, 1,000 release tags, 500 items in 100 documents
//! that are closed by messages and put off in rows.
//!
//! `cargo bench --bench history` measures that; `-- 20000` another number of commits, `-- generate FOLDER NUMBER` only
//! makes the repository. `docs/performance.md` says how to read the figures.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "figures are for whoever runs them")]

use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Pairs measured of each comparison: an odd number, so that the median is one of them.
pub(crate) const PAIRS: usize = 7;
const DOCUMENTS: usize = 100;
const ITEMS: usize = 5;
const TAGS: usize = 1_000;
/// The release that is judged: a tag on the last commit, whose tree has a rule.
const RELEASE: &str = "v1000000.0.0";
const RULE: &str = "[[gate.rules]]\nname = \"no overdue P1\"\npriority = [\"P1\"]\nscope = \"touched\"\n";

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [word, folder, commits, ..] = words.as_slice()
        && word == "generate"
    {
        std::fs::create_dir_all(folder).expect("the folder can be made");
        return generate(Path::new(folder), commits.parse().expect("generate FOLDER NUMBER"));
    }
    let commits = words.iter().find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder for the generated repository");
    generate(folder.path(), commits);
    println!("median of {PAIRS} pairs, each beside git log --format=%H%x00%B in turn");
    println!("| commits | git log | first | following | one commit later | first, plain |");
    println!("|---:|---:|---:|---:|---:|---:|");
    println!("{}", measure(folder.path(), commits));
    println!();
    println!(
        "| commits | gate, cold / git log | git tag --contains | gate, warm / git tag --contains | five tags, warm |"
    );
    println!("|---:|---:|---:|---:|---:|");
    println!("{}", measure_gate(folder.path(), commits));
}

/// `gate` of one release; and the hook at a push of five tags on commits of their own, both beside `git tag --contains`.
fn measure_gate(repo: &Path, commits: usize) -> String {
    let forget = || drop(std::fs::remove_dir_all(repo.join(".git/postmortem")));
    let judge = || time_any(ours(repo).args(["gate", RELEASE]));
    let cold = ratio(|| {
        forget();
        let theirs = time(git(repo).args(["log", "--format=%H%x00%B", RELEASE]));
        (judge(), theirs)
    });
    let skip = format!("--skip={}", commits / 2);
    let middle = answer(git(repo).args(["rev-list", "-1", &skip, RELEASE]));
    let contains = || time(git(repo).args(["tag", "--contains", middle.trim()]));
    let mut baseline = Vec::new();
    let warm = ratio(|| {
        let theirs = contains();
        baseline.push(theirs);
        (judge(), theirs)
    });
    let recent = answer(git(repo).args(["rev-list", "-5", RELEASE]));
    let pushed: String = recent
        .lines()
        .enumerate()
        .map(|(at, id)| format!("refs/tags/v9.0.{at} {id} refs/tags/v9.0.{at} {}\n", "0".repeat(40)))
        .collect();
    let five = ratio(|| {
        let theirs = contains();
        (time_fed(ours(repo).args(["hook", "run", "pre-push", "origin", "url"]), &pushed), theirs)
    });
    baseline.sort();
    let baseline = baseline[baseline.len() / 2].as_millis();
    format!("| {commits} | {cold:.2} | {baseline} ms | {warm:.2} | {five:.2} |")
}

fn answer(command: &mut Command) -> String {
    String::from_utf8(command.output().expect("the command starts").stdout).expect("git answers in ASCII")
}

/// How long a command takes to its end, whatever it answers, unless it could not.
fn time_any(command: &mut Command) -> Duration {
    time_fed(command, "")
}

/// The same for one that is told something.
fn time_fed(command: &mut Command, input: &str) -> Duration {
    let begin = Instant::now();
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.expect("the command starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    stdin.write_all(input.as_bytes()).expect("the command reads");
    drop(stdin);
    let mut out = child.stdout.take().expect("standard output is piped");
    std::io::copy(&mut out, &mut std::io::sink()).expect("its output can be read");
    let status = child.wait().expect("the command can be waited for");
    assert!(matches!(status.code(), Some(0 | 1)), "the gate answered {status}");
    begin.elapsed()
}

fn measure(repo: &Path, commits: usize) -> String {
    let log = || time(git(repo).args(["log", "--format=%H%x00%B", "HEAD"]));
    let whole = || time(ours(repo).args(["actions", "--status", "all", "--json"]));
    let plain = || time(ours(repo).args(["actions", "--json"]));
    let forget = || drop(std::fs::remove_dir_all(repo.join(".git/postmortem")));
    let mut baseline = Vec::new();
    let first = ratio(|| {
        forget();
        let theirs = log();
        baseline.push(theirs);
        (whole(), theirs)
    });
    let following = ratio(|| {
        let theirs = log();
        (whole(), theirs)
    });
    let later = ratio(|| {
        let message = "later\n\nCloses-Action: outage-1#1";
        assert!(git(repo).args(["commit", "-q", "--allow-empty", "-m", message]).status().unwrap().success());
        let theirs = log();
        (whole(), theirs)
    });
    let bare = ratio(|| {
        forget();
        let theirs = log();
        (plain(), theirs)
    });
    baseline.sort();
    let log = baseline[baseline.len() / 2].as_millis();
    format!("| {commits} | {log} ms | {first:.2} | {following:.3} | {later:.2} | {bare:.2} |")
}

/// The median ratio of pairs.
pub(crate) fn ratio(mut pair: impl FnMut() -> (Duration, Duration)) -> f64 {
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
pub(crate) fn time(command: &mut Command) -> Duration {
    let begin = Instant::now();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the command starts");
    let mut out = child.stdout.take().expect("standard output is piped");
    std::io::copy(&mut out, &mut std::io::sink()).expect("its output can be read");
    assert!(child.wait().expect("the command can be waited for").success());
    begin.elapsed()
}

pub(crate) fn ours(repo: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_git-postmortem"));
    command.current_dir(repo);
    command
}

pub(crate) fn git(repo: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(repo);
    for (name, value) in [("NAME", "B"), ("EMAIL", "b@example.org")] {
        command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    command
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// A history with branches and merges; of a hundred commits two change a document and one closes an item.
pub(crate) fn generate(folder: &Path, commits: usize) {
    let run = |words: &[&str]| assert!(git(folder).args(words).status().unwrap().success(), "{words:?}");
    run(&["init", "-q", "-b", "main"]);
    run(&["config", "gc.auto", "0"]);
    run(&["config", "maintenance.auto", "false"]);
    let mut command = git(folder);
    let mut child = command.args(["fast-import", "--quiet", "--done"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stream = Stream { out: BufWriter::new(child.stdin.take().unwrap()), mark: 0 };
    stream.tell(commits);
    drop(stream);
    assert!(child.wait().unwrap().success());
    // As git leaves a repository that it has tidied: packed, with a commit-graph.
    run(&["gc", "-q"]);
    run(&["reset", "-q", "--hard"]);
}

struct Stream<W: Write> {
    out: BufWriter<W>,
    mark: usize,
}

impl<W: Write> Stream<W> {
    fn tell(&mut self, commits: usize) {
        let mut dice = Dice(7);
        let files: Vec<_> = (0..400).map(|at| (source(at), format!("int x{at};\n"))).collect();
        let mut main = self.commit("main", &[], "begin\n", &files);
        let (mut branches, mut revisions) = (Vec::new(), vec![0_usize; DOCUMENTS]);
        let why = "It makes the thing better, for reasons that take a line or two to give.\nIt was measured and reviewed.\n";
        while self.mark < commits {
            let number = self.mark;
            let code = [(source(dice.below(400)), format!("int y{number};\n"))];
            let document = dice.below(DOCUMENTS);
            match dice.below(100) {
                0..20 => {
                    let topic = self.commit("topic", &[main], &format!("topic {number}\n\n{why}"), &code);
                    branches.push(topic);
                }
                20..40 if !branches.is_empty() => {
                    let topic = branches.swap_remove(dice.below(branches.len()));
                    main = self.commit("main", &[main, topic], &format!("Merge topic {number}\n"), &code);
                }
                40..42 => {
                    revisions[document] += 1;
                    let file = [(page(document), text(document, revisions[document]))];
                    main = self.commit("main", &[main], &format!("outage {document}\n\n{why}"), &file);
                }
                42 if revisions[document] > 0 => {
                    let item = dice.below(ITEMS) + 1;
                    let message = format!("fix {number}\n\n{why}\nCloses-Action: outage-{document}#{item}\n");
                    main = self.commit("main", &[main], &message, &code);
                }
                _ => main = self.commit("main", &[main], &format!("change {number}\n\n{why}"), &code),
            }
            if number.is_multiple_of((commits / TAGS).max(1)) {
                writeln!(self.out, "reset refs/tags/v{}.{}.0\nfrom :{main}\n", number / 1000, number % 1000)
                    .unwrap();
            }
        }
        let rule = [(".postmortem.toml".to_owned(), RULE.to_owned())];
        let last = self.commit("main", &[main], "rules for releases\n", &rule);
        writeln!(self.out, "reset refs/tags/{RELEASE}\nfrom :{last}\n").unwrap();
        writeln!(self.out, "reset refs/heads/topic\nfrom :1\n\ndone").unwrap();
        self.out.flush().unwrap();
    }

    fn commit(
        &mut self,
        branch: &str,
        parents: &[usize],
        message: &str,
        files: &[(String, String)],
    ) -> usize {
        self.mark += 1;
        let when = 1_500_000_000 + self.mark * 60;
        let mut head = format!(
            "commit refs/heads/{branch}\nmark :{}\ncommitter C <c@example.org> {when} +0000\ndata {}\n{message}\n",
            self.mark,
            message.len()
        );
        for (at, parent) in parents.iter().enumerate() {
            writeln!(head, "{} :{parent}", if at == 0 { "from" } else { "merge" }).unwrap();
        }
        for (path, text) in files {
            write!(head, "M 100644 inline {path}\ndata {}\n{text}\n", text.len()).unwrap();
        }
        writeln!(self.out, "{head}").unwrap();
        self.mark
    }
}

fn source(at: usize) -> String {
    format!("src/part{}/file{}.c", at / 20, at % 20)
}

fn page(document: usize) -> String {
    format!("docs/post-mortems/2021-03-{:02}-outage-{document}.md", document % 28 + 1)
}

/// A document of 4 KB whose due dates move with each revision.
fn text(document: usize, revision: usize) -> String {
    let mut text = format!(
        "# Post-Mortem: Outage {document}\n\n**Date**: 2021-03-08\n**Severity**: SEV-2\n\n## Summary\n\n"
    );
    text.push_str(
        &"Words that fill the page and say what happened to whom, when, and why it did.\n".repeat(40),
    );
    text.push_str("\n## Action Items\n\n| # | Action | Owner | Priority | Due Date | Status |\n|---|---|---|---|---|---|\n");
    for item in 1..=ITEMS {
        let status = if revision > 5 * item { "Done" } else { "Open" };
        let due = format!("{}-{:02}-{:02}", 2021 + revision / 12, revision % 12 + 1, item + 10);
        writeln!(
            text,
            "| {item} | Mend part {item} of outage {document} | @team{item} | P{item} | {due} | {status} |"
        )
        .unwrap();
    }
    text
}
