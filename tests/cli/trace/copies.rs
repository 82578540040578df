//! Copies that do not say so, and what contains what: the same answers whoever reads the history, and out of memory.

use serde_json::Value;

use super::Story;
use super::exposure::{Dice, state};

/// Five branches that went their own ways from main, with commits that were brought to others in every manner.
struct Ported {
    story: Story,
    dice: Dice,
    /// The commits of main, each a change of its own.
    changes: Vec<String>,
    number: usize,
}

impl Ported {
    fn new(seed: u64) -> Self {
        let mut story = Story::new();
        story.commit("top", "0\n", "Begin");
        for at in 0..5 {
            story.sandbox.git(&["branch", &format!("b{at}")]);
        }
        let mut ported = Self { story, dice: Dice(seed), changes: Vec::new(), number: 0 };
        for _ in 0..18 {
            let change = ported.change("main");
            ported.changes.push(change);
        }
        ported
    }

    /// A change of its own on a branch: at the top, in a folder, in two, or in more than are looked at one by one.
    fn change(&mut self, branch: &str) -> String {
        self.number += 1;
        let number = self.number;
        self.story.sandbox.git(&["switch", "-q", branch]);
        let text = format!("{number}\n");
        for at in 0..[1, 1, 2, 20][number % 4] {
            let folder = ["", "src/", "src/deep/er/"][number % 3];
            let path = if at == 0 { format!("{folder}f{number}") } else { format!("many/d{at}/f{number}") };
            self.story.sandbox.write(&path, &text);
        }
        self.story.commit_all(&format!("Change {number}"))
    }

    /// Brings a change to a branch: as a pick with or without its origin, under another name, or made again by somebody.
    fn port(&mut self, change: &str, branch: &str) {
        self.story.sandbox.git(&["switch", "-q", branch]);
        let way = self.dice.below(4);
        let named: &[&str] = if way == 0 { &["-x"] } else { &[] };
        self.story.git(&[&["cherry-pick"], named, &[change]].concat());
        match way {
            2 => drop(self.story.git(&["commit", "-q", "--amend", "-m", "Backport"])),
            3 => drop(self.story.git(&[
                "commit",
                "-q",
                "--amend",
                "--author=Other <o@example.org>",
                "-m",
                "Again",
            ])),
            _ => {}
        }
    }

    fn tag(&mut self, branch: &str) {
        self.number += 1;
        let name = format!("v{}.0", self.number);
        self.story.git(&["tag", &name, branch]);
    }

    fn forget(&self) {
        drop(std::fs::remove_dir_all(self.story.sandbox.at(".git/postmortem")));
    }

    fn traced(&self, cause: usize, fix: usize) -> Value {
        self.story.traced(&["--cause", &self.changes[cause], "--fix", &self.changes[fix]])
    }
}

#[test]
fn whoever_reads_the_history_and_whatever_is_remembered_the_table_is_the_same() {
    for seed in 1..=2 {
        let mut ported = Ported::new(seed);
        let mut questions = Vec::new();
        for _ in 0..3 {
            let (cause, fix) = (ported.dice.below(9), 9 + ported.dice.below(9));
            for branch in ["b0", "b1", "b2", "b3"] {
                ported.change(branch);
                ported.tag(branch);
                for change in [cause, fix] {
                    if ported.dice.below(3) > 0 && !questions.contains(&(branch, change)) {
                        questions.push((branch, change));
                        let change = ported.changes[change].clone();
                        ported.port(&change, branch);
                    }
                    ported.tag(branch);
                }
            }
            let ask = || ported.traced(cause, fix);
            // What was remembered before is extended here.
            let extended = ask();
            ported.forget();
            let fresh = ask();
            assert_eq!(extended, fresh, "seed {seed}");
            assert_eq!(ask(), fresh, "out of memory alone, seed {seed}");
            for (branch, change) in &questions {
                let is_fix = *change == fix && questions.contains(&(branch, cause));
                if is_fix {
                    assert_eq!(state(&fresh, branch), "fixed", "seed {seed}, {branch}, {change}");
                }
            }
            ported.forget();
            ported.story.sandbox.git(&["commit-graph", "write", "--reachable", "--split"]);
            assert_eq!(ask(), fresh, "with a commit-graph, seed {seed}");
            // Where something is replaced, git reads the history.
            let other = ported.story.sandbox.git(&["commit-tree", "-m", "x", "HEAD^{tree}"]);
            ported.story.sandbox.git(&["replace", &other, "HEAD"]);
            ported.forget();
            assert_eq!(ask(), fresh, "read by git, seed {seed}");
            ported.story.sandbox.git(&["replace", "-d", &other]);
            ported.forget();
            let nothing = ask();
            assert_eq!(nothing, fresh);
        }
    }
}

#[test]
fn what_is_remembered_of_a_copy_that_is_gone_does_no_harm() {
    let mut ported = Ported::new(4);
    let change = ported.changes[12].clone();
    ported.change("b0");
    ported.port(&change, "b0");
    ported.tag("b0");
    let tag = format!("v{}.0", ported.number);
    assert_eq!(state(&ported.traced(3, 12), &tag), "clear");
    let sandbox = &ported.story.sandbox;
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.git(&["tag", "-d", &tag]);
    sandbox.git(&["branch", "-q", "-D", "b0"]);
    sandbox.git(&["reflog", "expire", "--expire=now", "--all"]);
    sandbox.git(&["gc", "-q", "--prune=now"]);
    let answer = ported.traced(3, 12);
    ported.change("b1");
    let again = ported.traced(3, 12);
    assert_eq!(state(&answer, "main"), "fixed");
    assert_eq!((state(&again, "main"), state(&again, "b1")), ("fixed".to_owned(), "clear".to_owned()));
}

#[test]
fn with_a_commit_graph_git_is_not_asked_what_contains_what() {
    let mut ported = Ported::new(5);
    for at in 0..70 {
        let (name, commit) = (format!("v0.{at}"), ported.changes[at % 18].clone());
        ported.story.sandbox.git(&["tag", &name, &commit]);
    }
    let asked = |ported: &mut Ported| {
        ported.traced(2, 15);
        let trace = ported.story.sandbox.at("asked");
        ported.story.sandbox.set("GIT_TRACE", trace.as_os_str());
        ported.traced(2, 15);
        ported.story.sandbox.unset("GIT_TRACE");
        let asked = std::fs::read_to_string(&trace).unwrap();
        std::fs::remove_file(trace).unwrap();
        let commands = asked.lines().filter_map(|line| line.split_once("built-in: git "));
        commands.map(|(_, words)| words.to_owned()).collect::<Vec<_>>()
    };
    let without = asked(&mut ported);
    assert!(without.iter().any(|words| words.contains("--contains")), "{without:?}");
    ported.story.sandbox.git(&["commit-graph", "write", "--reachable"]);
    let mut with = asked(&mut ported);
    with.iter_mut().for_each(|words| words.truncate(words.find(' ').unwrap_or(words.len())));
    with.sort_unstable();
    assert_eq!(with, ["config", "for-each-ref", "rev-parse"]);
}
