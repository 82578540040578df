//! Narrow terminals: lines end at words, and nothing that one would copy is broken.

use crate::drafts::{ID, PATH, busy};

#[test]
fn names_and_paths_are_whole_on_every_width() {
    for columns in ["40", "60", "72", "80", "100"] {
        let (mut sandbox, _) = busy();
        // Paged by git, output is as wide as COLUMNS says.
        sandbox.set("GIT_PAGER_IN_USE", "true");
        sandbox.set("COLUMNS", columns);
        for (words, whole) in [
            (&["list"][..], vec![ID, "TITLE"]),
            (&["publish", "checkout", "-n"], vec![PATH]),
            (&["publish", "checkout"], vec![PATH, "git postmortem unpublish"]),
            (&["actions"], vec!["checkout-returns-5xx#1", "DUE", "2026-12-20", "in 27 days"]),
            (&["list"], vec![ID, "TITLE", "3 open"]),
            (&["log", "checkout"], vec![PATH]),
            (&["config", "documents.include"], vec!["docs/post-mortems"]),
            (&["new", "Checkout returns 5xx again"], vec!["2026-11-23-checkout-returns-5xx-again"]),
        ] {
            let said = sandbox.run(words).ok().stdout;
            for word in whole {
                assert!(said.contains(word), "{words:?} on {columns} columns, {word}:\n{said}");
            }
            let room: usize = columns.parse().unwrap();
            for line in said.lines().filter(|line| line.chars().count() > room) {
                let behind = line.split("  ").last().unwrap().trim();
                assert!(!behind.contains(' '), "{words:?} on {columns} columns:\n{line}");
            }
        }
    }
}
