//! A repository of generated post-mortems: 4 KB each, five action rows, folders by year, everything packed.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use chrono::{Days, NaiveDate};

const WORDS: [&str; 48] = [
    "queue",
    "latency",
    "replica",
    "certificate",
    "retry",
    "timeout",
    "deploy",
    "rollback",
    "cache",
    "shard",
    "index",
    "migration",
    "alert",
    "threshold",
    "dashboard",
    "gateway",
    "token",
    "session",
    "worker",
    "backlog",
    "memory",
    "disk",
    "network",
    "route",
    "balancer",
    "pool",
    "connection",
    "schema",
    "lock",
    "transaction",
    "region",
    "zone",
    "failover",
    "traffic",
    "request",
    "error",
    "budget",
    "runbook",
    "pager",
    "release",
    "canary",
    "flag",
    "config",
    "secret",
    "volume",
    "snapshot",
    "quota",
    "limit",
];

/// Makes the repository; the same number gives the same documents.
pub fn generate(folder: &Path, documents: usize) {
    git(folder, &["init", "-q", "-b", "main"]);
    for setting in ["gc.auto=0", "maintenance.auto=false"] {
        let (key, value) = setting.split_once('=').expect("a setting has a value");
        git(folder, &["config", key, value]);
    }
    let mut import = Command::new("git")
        .current_dir(folder)
        .args(["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("git fast-import starts");
    let mut input = std::io::BufWriter::new(import.stdin.take().expect("its input is piped"));
    let message = "Import";
    writeln!(input, "commit refs/heads/main\ncommitter Bench <bench@example.com> 1767225600 +0000")
        .expect("written");
    writeln!(input, "data {}\n{message}", message.len()).expect("written");
    let first = NaiveDate::from_ymd_opt(2000, 1, 3).expect("a day");
    for number in 0..documents {
        let mut words = Words(number as u64 + 1);
        // Ten years, however many documents: days repeat, names do not.
        let day = first + Days::new(number as u64 * 3653 / documents as u64);
        let text = document(day, number, &mut words);
        let path = format!("docs/post-mortems/{}/{day}-{}-{number}.md", day.format("%Y"), words.next());
        writeln!(input, "M 100644 inline {path}\ndata {}\n{text}", text.len()).expect("written");
    }
    input.flush().expect("written");
    drop(input);
    assert!(import.wait().expect("git fast-import ends").success());
    git(folder, &["repack", "-adfq"]);
    git(folder, &["reset", "-q", "--hard"]);
}

fn document(day: NaiveDate, number: usize, words: &mut Words) -> String {
    let mut text = format!("# Post-Mortem: {} {number}\n\n", words.sentence(4));
    let _ = write!(text, "**Date**: {day}\n**Duration**: {} minutes\n", 5 + number % 300);
    let _ = write!(text, "**Severity**: SEV-{}\n**Author**: Person {}\n", 1 + number % 4, number % 40);
    let _ = write!(text, "**Reviewers**: Person {}\n\n## Summary\n\n", (number + 7) % 40);
    for _ in 0..3 {
        let _ = write!(text, "{}. ", words.sentence(14));
    }
    let _ = write!(
        text,
        "\n\n## Impact\n\n- **Users affected**: {}\n- **SLO impact**: {}\n",
        number % 9000,
        words.sentence(5)
    );
    text.push_str("\n## Timeline\n\nAll times in UTC.\n\n| Time | Event |\n|------|-------|\n");
    for minute in 0..8 {
        let _ = writeln!(text, "| {:02}:{:02} | {} |", 1 + number % 20, minute * 7, words.sentence(9));
    }
    for heading in
        ["Root Cause", "Contributing Factors", "What Went Well", "What Went Wrong", "Lessons Learned"]
    {
        let _ = write!(text, "\n## {heading}\n\n");
        for item in 1..=3 {
            let _ = writeln!(text, "{item}. {}.", words.sentence(18));
        }
    }
    text.push_str("\n## Action Items\n\n| # | Action | Owner | Priority | Effort | Due Date | Status |\n|---|---|---|---|---|---|---|\n");
    for item in 1..=5 {
        let due = day + Days::new(14 * item);
        // One item in five is still owed: an archive of years has kept most of its promises.
        let owed = if number.is_multiple_of(2) { "Open" } else { "In progress" };
        let status = if (number + item as usize).is_multiple_of(5) { owed } else { "Done" };
        let _ = writeln!(
            text,
            "| {item} | {} | @person{} | P{} | {} | {due} | {status} |",
            words.sentence(10),
            number % 40,
            1 + item % 4,
            ["S", "M", "L"][(number + item as usize) % 3],
        );
    }
    while text.len() < 4_000 {
        let _ = write!(text, "\n{}.\n", words.sentence(20));
    }
    text
}

/// Words in an order that looks like none and is always the same (a linear congruential generator).
struct Words(u64);

impl Words {
    fn next(&mut self) -> &'static str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[(self.0 >> 33) as usize % WORDS.len()]
    }

    fn sentence(&mut self, length: usize) -> String {
        (0..length).map(|_| self.next()).collect::<Vec<_>>().join(" ")
    }
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git").current_dir(folder).args(arguments).status().expect("git starts");
    assert!(status.success(), "git {arguments:?}");
}
