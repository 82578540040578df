//! Which word about an item holds: row, line, revert, order and branch, on histories that real git makes.

use crate::sandbox::Sandbox;

/// A history that is told step by step, each step a minute after the other.
struct History {
    sandbox: Sandbox,
    minute: u32,
}

/// The document of most steps.
const PAGE: &str = "docs/post-mortems/2026-03-08-outage.md";

impl History {
    fn new() -> Self {
        Self { sandbox: Sandbox::with_repository(), minute: 0 }
    }

    /// Takes a step: `doc ROWS` commits the document, `doc! ROWS` only writes it, `say MESSAGE` commits a change of code,
    /// `git …` is git's; `NAME: ` in front gives the commit a name. In messages `\n` is a new line, `@NAME` a commit.
    fn step(&mut self, step: &str) {
        self.minute += 1;
        let when = format!("2026-11-20T{:02}:{:02}:00Z", self.minute / 60, self.minute % 60);
        self.sandbox.at_time(&when);
        let (name, deed) = match step.split_once(": ") {
            Some((name, deed)) if name.chars().all(|c| c.is_ascii_alphanumeric()) => (Some(name), deed),
            _ => (None, step),
        };
        let (verb, rest) = deed.split_once(' ').unwrap_or((deed, ""));
        match verb {
            "doc" => {
                let (rows, message) = rest.split_once(" | ").unwrap_or((rest, "the document"));
                self.write(rows);
                let message = self.message(message);
                self.sandbox.git(&["add", "docs"]);
                self.sandbox.git(&["commit", "-q", "-m", &message]);
            }
            "doc!" => {
                self.write(rest);
                self.sandbox.git(&["add", "docs"]);
            }
            "say" => {
                let message = self.message(rest);
                let file = format!("src/{}.txt", self.minute);
                self.sandbox.commit(&file, &message, &message);
            }
            "git" => {
                let words: Vec<String> = rest.split(' ').map(|word| self.message(word)).collect();
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                let cwd = self.sandbox.repo();
                let answer = self.sandbox.try_git_in(&cwd, &words);
                // A merge that ends in a conflict is settled by the next step.
                assert!(answer.code == 0 || words[0] == "merge", "{step}: {}", answer.stderr);
            }
            other => panic!("no step {other}"),
        }
        if let Some(name) = name {
            self.sandbox.git(&["tag", &format!("at-{name}")]);
        }
    }

    /// Rows as `1=open:text 2=done`; without a text it is the label's own.
    fn write(&self, rows: &str) {
        let (page, rows) = match rows.split_once(" in ") {
            Some((rows, page)) => (page, rows),
            None => (PAGE, rows),
        };
        let mut text = String::from(
            "# Post-Mortem: Outage\n\n**Date**: 2026-03-08\n\n## Summary\n\nIt was down, and we say for how long.\n\n\
             ## Action Items\n\n| # | Action | Status |\n|---|---|---|\n",
        );
        for row in rows.split_whitespace() {
            let (label, rest) = row.split_once('=').unwrap();
            let (status, words) = rest.split_once(':').unwrap_or((rest, label));
            text.push_str(&format!("| {label} | Do thing {words} | {status} |\n"));
        }
        self.sandbox.write(page, text);
    }

    fn message(&self, message: &str) -> String {
        let mut words = String::new();
        for (at, part) in message.replace("\\n", "\n").split('@').enumerate() {
            let end = part.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(part.len());
            match at {
                0 => words.push_str(part),
                _ => {
                    words.push_str(
                        &self.sandbox.git(&["rev-parse", &format!("at-{}^{{commit}}", &part[..end])]),
                    );
                    words.push_str(&part[end..]);
                }
            }
        }
        words
    }

    /// Every item with its status, and the name of the commit that closed it.
    fn told(&self) -> String {
        let answer = self.sandbox.run(&["actions", "--status", "all", "--sort", "postmortem", "--json"]).ok();
        let read = crate::schema::assert_fits(&answer.stdout, "actions");
        let mut told = Vec::new();
        for action in read["actions"].as_array().unwrap() {
            let label = action["id"].as_str().unwrap().rsplit_once('#').unwrap().1;
            let by = action["closed_by"].as_str().map(|commit| {
                let names = self.sandbox.git(&["tag", "--points-at", commit]);
                format!(" by {}", names.lines().next().map_or(commit, |name| name.trim_start_matches("at-")))
            });
            told.push(format!("{label}={}{}", action["status"].as_str().unwrap(), by.unwrap_or_default()));
        }
        // What is listed by default is what is owed, whatever was asked before.
        let owed = self.sandbox.run(&["actions", "--ids"]).ok().stdout.lines().count();
        let open = told.iter().filter(|item| item.contains("=open") || item.contains("=doing")).count();
        assert_eq!(owed, open, "{told:?}");
        told.join(", ")
    }
}

/// What it is about, the steps, and what they come to.
type Case<'c> = (&'c str, &'c [&'c str], &'c str);

/// Tells each history, and compares what it comes to; with the cache of every step before it, and without.
#[track_caller]
fn check(table: &[Case<'_>]) {
    let mut wrong = Vec::new();
    for (title, steps, expected) in table {
        let mut history = History::new();
        for step in *steps {
            history.step(step);
            // What was concluded of an older commit must not mislead.
            history.sandbox.run(&["actions", "--ids"]);
        }
        let told = history.told();
        std::fs::remove_dir_all(history.sandbox.repo().join(".git/postmortem")).ok();
        let afresh = history.told();
        if told != *expected || afresh != *expected {
            wrong.push(format!("{title}: expected {expected}, told {told}, afresh {afresh}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Row and line, in every order.
const ORDER: &[Case<'static>] = &[
    ("the row alone", &["doc 1=open 2=open", "r: doc 1=open 2=done"], "1=open, 2=done by r"),
    ("a row that was born done", &["r: doc 1=done"], "1=done by r"),
    ("a line after the row", &["doc 1=open", "c: say fix\\n\\nCloses-Action: outage#1"], "1=done by c"),
    (
        "a row that another row's change left alone",
        &["doc 1=open 2=open", "c: say fix\\n\\nCloses-Action: outage#1", "r: doc 1=open 2=done"],
        "1=done by c, 2=done by r",
    ),
    (
        "a row opened again after the line",
        &["doc 1=open", "say fix\\n\\nCloses-Action: outage#1", "doc 1=done", "doc 1=open"],
        "1=open",
    ),
    (
        "a row that follows the line",
        &["doc 1=open", "c: say fix\\n\\nCloses-Action: outage#1", "doc 1=done"],
        "1=done by c",
    ),
    (
        "a line that opens again what the row closed",
        &["doc 1=open", "doc 1=done", "say x\\n\\nReopens-Action: outage#1"],
        "1=open",
    ),
    (
        "opened again, then closed again",
        &[
            "doc 1=doing",
            "say a\\n\\nCloses-Action: outage#1",
            "say b\\n\\nReopens-Action: outage#1",
            "c: say c\\n\\nCloses-Action: outage#1",
        ],
        "1=done by c",
    ),
    ("opened again is what the row says", &["doc 1=doing", "say a\\n\\nReopens-Action: outage#1"], "1=doing"),
    (
        "one commit: the line wins over the row",
        &["doc 1=open", "c: doc 1=cancelled | x\\n\\nCloses-Action: outage#1"],
        "1=done by c",
    ),
    (
        "one commit brings the row and closes it",
        &["c: doc 1=open | x\\n\\nCloses-Action: outage#1"],
        "1=done by c",
    ),
    (
        "several ids, parts of ids, both signs",
        &[
            "doc 1=open 2=open 3=open",
            "c: say x\\n\\n  Closes-Action: 2026-03-08-outage#1, outage:2 03-08-out#3",
        ],
        "1=done by c, 2=done by c, 3=done by c",
    ),
    (
        "a cancelled item that somebody did",
        &["doc 1=cancelled", "c: say x\\n\\nCloses-Action: outage#1"],
        "1=done by c",
    ),
    (
        "an item that was given up after its fix",
        &["doc 1=open", "say x\\n\\nCloses-Action: outage#1", "doc 1=cancelled"],
        "1=cancelled",
    ),
];

#[test]
fn of_row_and_line_the_newer_one_holds() {
    check(ORDER);
}

#[test]
fn what_is_quoted_fenced_or_unknown_says_nothing() {
    check(&[
        ("quoted", &["doc 1=open", "say x\\n\\n> Closes-Action: outage#1"], "1=open"),
        ("fenced", &["doc 1=open", "say x\\n\\n```\\nCloses-Action: outage#1\\n```"], "1=open"),
        ("in a sentence", &["doc 1=open", "say x\\n\\nIt has Closes-Action: outage#1 in it"], "1=open"),
        ("an unknown document", &["doc 1=open", "say x\\n\\nCloses-Action: nothing#1"], "1=open"),
        ("an unknown item", &["doc 1=open", "say x\\n\\nCloses-Action: outage#7"], "1=open"),
        ("no id at all", &["doc 1=open", "say x\\n\\nCloses-Action: outage"], "1=open"),
        (
            "a name that several documents have",
            &[
                "doc 1=open",
                "doc 1=open in docs/post-mortems/2026-04-01-outage.md",
                "say x\\n\\nCloses-Action: outage#1",
                "c: say x\\n\\nCloses-Action: 2026-04-01-outage#1",
            ],
            "1=open, 1=done by c",
        ),
        (
            "a row that came later",
            &["doc 1=open", "say x\\n\\nCloses-Action: outage#2", "doc 1=open 2=open"],
            "1=open, 2=open",
        ),
    ]);
}

/// Reverts of commits, of reverts and of merges.
const REVERTS: &[Case<'static>] = &[
    (
        "a revert",
        &["doc 1=open", "c: say x\\n\\nCloses-Action: outage#1", "git revert --no-edit at-c"],
        "1=open",
    ),
    (
        "a revert of the revert",
        &[
            "doc 1=open",
            "c: say x\\n\\nCloses-Action: outage#1",
            "v: git revert --no-edit at-c",
            "w: git revert --no-edit at-v",
        ],
        "1=done by w",
    ),
    (
        "a third one",
        &[
            "doc 1=open",
            "c: say x\\n\\nCloses-Action: outage#1",
            "v: git revert --no-edit at-c",
            "w: git revert --no-edit at-v",
            "git revert --no-edit at-w",
        ],
        "1=open",
    ),
    (
        "a revert that names the commit in short",
        &[
            "doc 1=open",
            "c: say x\\n\\nCloses-Action: outage#1",
            "git -c revert.reference=true revert --no-edit at-c",
        ],
        "1=open",
    ),
    (
        "a revert of what opened it again",
        &[
            "doc 1=open",
            "say x\\n\\nCloses-Action: outage#1",
            "o: say x\\n\\nReopens-Action: outage#1",
            "w: git revert --no-edit at-o",
        ],
        "1=done by w",
    ),
    (
        "a revert of a merge",
        &[
            "doc 1=open 2=open",
            "git checkout -q -b topic",
            "say x\\n\\nCloses-Action: outage#1",
            "git checkout -q main",
            "c: say y\\n\\nCloses-Action: outage#2",
            "m: git merge -q --no-ff --no-edit topic",
            "git revert --no-edit -m 1 at-m",
        ],
        "1=open, 2=done by c",
    ),
    (
        "a revert of that",
        &[
            "doc 1=open",
            "git checkout -q -b topic",
            "say x\\n\\nCloses-Action: outage#1",
            "git checkout -q main",
            "m: git merge -q --no-ff --no-edit topic",
            "v: git revert --no-edit -m 1 at-m",
            "w: git revert --no-edit at-v",
        ],
        "1=done by w",
    ),
    (
        "a revert that says itself what it means",
        &[
            "doc 1=open",
            "c: say x\\n\\nCloses-Action: outage#1",
            "v: say Revert\\n\\nThis reverts commit @c.\\nCloses-Action: outage#1",
        ],
        "1=done by c",
    ),
    (
        "a closing that was copied, and the copy reverted by the other's name",
        &[
            "doc 1=open",
            "git checkout -q -b side",
            "c: say x\\n\\nCloses-Action: outage#1",
            "git checkout -q main",
            "git cherry-pick -x at-c",
            "say Revert\\n\\nThis reverts commit @c.",
        ],
        "1=open",
    ),
    (
        "row and line in one commit, and its revert",
        &["doc 1=open", "c: doc 1=done | x\\n\\nCloses-Action: outage#1", "git revert --no-edit at-c"],
        "1=open",
    ),
];

#[test]
fn a_revert_opens_again_and_its_revert_closes() {
    check(REVERTS);
}

/// Words on branches, and how these come together.
const BRANCHES: &[Case<'static>] = &[
    (
        "a branch that is not merged",
        &[
            "doc 1=open",
            "git checkout -q -b topic",
            "say x\\n\\nCloses-Action: outage#1",
            "git checkout -q main",
        ],
        "1=open",
    ),
    (
        "a branch that is",
        &[
            "doc 1=open",
            "git checkout -q -b topic",
            "c: say x\\n\\nCloses-Action: outage#1",
            "git checkout -q main",
            "say other",
            "git merge -q --no-edit topic",
        ],
        "1=done by c",
    ),
    (
        "a line in the merge itself",
        &[
            "doc 1=open",
            "git checkout -q -b topic",
            "say x",
            "git checkout -q main",
            "say other",
            "git merge -q --no-ff --no-commit topic",
            "c: git commit -q -m x -m Closes-Action:outage#1",
        ],
        "1=done by c",
    ),
    (
        "an octopus",
        &[
            "doc 1=open 2=open",
            "git checkout -q -b one",
            "c: say x\\n\\nCloses-Action: outage#1",
            "git checkout -q -b two main",
            "d: say y\\n\\nCloses-Action: outage#2",
            "git checkout -q main",
            "git merge -q --no-edit one two",
        ],
        "1=done by c, 2=done by d",
    ),
    (
        "a copy on the branch that is examined",
        &[
            "doc 1=open",
            "git checkout -q -b topic",
            "c: say x\\n\\nCloses-Action: outage#1",
            "git checkout -q main",
            "d: git cherry-pick at-c",
        ],
        "1=done by d",
    ),
    (
        "unrelated words: the later one holds",
        &[
            "doc 1=open",
            "git checkout -q -b topic",
            "say x\\n\\nCloses-Action: outage#1",
            "git checkout -q main",
            "say y\\n\\nReopens-Action: outage#1",
            "git merge -q --no-edit topic",
        ],
        "1=open",
    ),
    (
        "unrelated words, the other way round",
        &[
            "doc 1=open",
            "git checkout -q -b topic",
            "say y\\n\\nReopens-Action: outage#1",
            "git checkout -q main",
            "c: say x\\n\\nCloses-Action: outage#1",
            "git merge -q --no-edit topic",
        ],
        "1=done by c",
    ),
    (
        "criss-cross: what both sides have is decided by what came last",
        &[
            "doc 1=open",
            "git checkout -q -b topic",
            "say x\\n\\nCloses-Action: outage#1",
            "git checkout -q main",
            "o: say y\\n\\nReopens-Action: outage#1",
            "git merge -q --no-edit topic",
            "git checkout -q topic",
            "git merge -q --no-edit at-o",
            "c: say z\\n\\nCloses-Action: outage#1",
            "git checkout -q main",
            "git merge -q --no-edit topic",
        ],
        "1=done by c",
    ),
    (
        "a row that was closed on a branch",
        &[
            "doc 1=open 2=open",
            "git checkout -q -b topic",
            "r: doc 1=done 2=open",
            "git checkout -q main",
            "say other",
            "git merge -q --no-edit topic",
        ],
        "1=done by r, 2=open",
    ),
    (
        "a branch whose row the merge threw away",
        &[
            "doc 1=open",
            "git checkout -q -b topic",
            "doc 1=done",
            "git checkout -q main",
            "say other",
            "git merge -q --no-edit -s ours topic",
        ],
        "1=open",
    ),
    (
        "a row that the merge itself changed",
        &[
            "doc 1=open",
            "git checkout -q -b topic",
            "say x",
            "git checkout -q main",
            "say other",
            "git merge -q --no-ff --no-commit topic",
            "doc! 1=done",
            "r: git commit -q -m merge",
        ],
        "1=done by r",
    ),
    (
        "rows that went there and back beside a branch",
        &[
            "doc 1=open",
            "git checkout -q -b topic",
            "say x\\n\\nCloses-Action: outage#1",
            "git checkout -q main",
            "doc 1=done",
            "doc 1=open",
            "git checkout -q topic",
            "git merge -q --no-edit main",
            "git checkout -q main",
            "git merge -q --ff-only topic",
        ],
        "1=open",
    ),
];

#[test]
fn branches_count_once_they_are_merged() {
    check(BRANCHES);
}

#[test]
fn the_three_kinds_of_squash_count() {
    let topic = [
        "doc 1=open 2=open",
        "git checkout -q -b topic",
        "say Limit\\n\\nCloses-Action: outage#1",
        "say Wire\\n\\nwith a body\\n\\nCloses-Action: outage#2",
        "git checkout -q main",
    ];
    let undone = [
        "doc 1=open 2=open",
        "git checkout -q -b topic",
        "c: say Limit\\n\\nCloses-Action: outage#1",
        "say Wire\\n\\nCloses-Action: outage#2",
        "git revert --no-edit at-c",
        "git checkout -q main",
    ];
    let squash = ["git merge -q --squash topic", "s: git commit -q --no-edit"];
    let github = "s: say Limit retries (#12)\\n\\n* Limit\\n\\nCloses-Action: outage#1\\n\\n* Wire\\n\\nwith a body\\n\\nCloses-Action: outage#2\\n\\n---------\\n\\nCo-authored-by: A <a at example.org>";
    let gitlab = "s: say Limit retries\\n\\n* Limit\\n\\n  Closes-Action: outage#1\\n\\n* Wire\\n\\n  Closes-Action: outage#2\\n\\nSee merge request acme/shop!12";
    check(&[
        ("git merge --squash", &[&topic[..], &squash].concat(), "1=done by s, 2=done by s"),
        (
            "git merge --squash of what was taken back",
            &[&undone[..], &squash].concat(),
            "1=open, 2=done by s",
        ),
        ("GitHub's", &[&topic[..], &[github]].concat(), "1=done by s, 2=done by s"),
        ("GitLab's", &[&topic[..], &[gitlab]].concat(), "1=done by s, 2=done by s"),
        (
            "GitHub's, reverted",
            &[&topic[..], &[github, "git revert --no-edit at-s"]].concat(),
            "1=open, 2=open",
        ),
    ]);
}

/// Rows and documents that change their names.
const FOLLOWED: &[Case<'static>] = &[
    (
        "rows numbered anew",
        &[
            "doc 1=open:a 2=open:b",
            "c: say x\\n\\nCloses-Action: outage#1",
            "doc 1=open:new 2=open:a 3=open:b",
        ],
        "1=open, 2=done by c, 3=open",
    ),
    (
        "a row worded anew",
        &["doc 1=open:a", "c: say x\\n\\nCloses-Action: outage#1", "doc 1=open:a-and-better"],
        "1=done by c",
    ),
    (
        "another item at its label",
        &[
            "doc 1=open:a 2=open:b",
            "say x\\n\\nCloses-Action: outage#2",
            "doc 1=open:a",
            "doc 1=open:a 2=open:c",
        ],
        "1=open, 2=open",
    ),
    (
        "a document that is renamed",
        &[
            "doc 1=open 2=open 3=open",
            "c: say x\\n\\nCloses-Action: outage#1",
            "git mv docs/post-mortems/2026-03-08-outage.md docs/post-mortems/2026-03-08-api-down.md",
            "git commit -q -m rename",
            "d: say y\\n\\nCloses-Action: api-down#2",
            "e: say z\\n\\nCloses-Action: 2026-03-08-outage#3",
        ],
        "1=done by c, 2=done by d, 3=done by e",
    ),
    (
        "a document renamed while a branch knew it by the old name",
        &[
            "doc 1=open 2=open",
            "git checkout -q -b topic",
            "c: say x\\n\\nCloses-Action: outage#1",
            "d: doc 1=open 2=done",
            "git checkout -q main",
            "git mv docs/post-mortems/2026-03-08-outage.md docs/post-mortems/2026-03-08-api-down.md",
            "git commit -q -m rename",
            "git merge -q --no-edit topic",
        ],
        "1=done by c, 2=done by d",
    ),
    (
        "a document that came after the word, on one line: its row is newer",
        &["say x\\n\\nCloses-Action: outage#1", "doc 1=open"],
        "1=open",
    ),
    (
        "a document that came while a branch was on its way",
        &[
            "git checkout -q -b topic",
            "say x",
            "git checkout -q main",
            "doc 1=open",
            "git checkout -q topic",
            "c: say x\\n\\nCloses-Action: outage#1",
            "git checkout -q main",
            "git merge -q --no-edit topic",
        ],
        "1=done by c",
    ),
    (
        "a document that is gone",
        &[
            "doc 1=open",
            "say x\\n\\nCloses-Action: outage#1",
            "git rm -q -r docs",
            "git commit -q -m gone",
            "say y",
        ],
        "",
    ),
    (
        "a document that came back",
        &[
            "doc 1=open",
            "say x\\n\\nCloses-Action: outage#1",
            "git rm -q -r docs",
            "git commit -q -m gone",
            "doc 1=open",
        ],
        "1=open",
    ),
];

#[test]
fn an_item_is_followed_and_a_later_row_inherits_nothing() {
    check(FOLLOWED);
}
