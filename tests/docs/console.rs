//! Runs the `console` blocks of the README in one sandbox, top to bottom.
//!
//! A line that begins with `$ ` is run by sh; the lines below it are what it prints, both streams together. A line
//! `…` stands for any lines, `…` inside a line for anything. Blocks of other languages are not run.

use std::path::Path;

use crate::sandbox::{Sandbox, answer};

/// A command of a block, and what the page says it prints.
#[derive(Debug, PartialEq)]
struct Step {
    line: usize,
    command: String,
    printed: Vec<String>,
}

fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for (at, line) in page.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            steps.push(Step { line: at + 1, command: command.to_owned(), printed: Vec::new() });
        } else if inside && let Some(step) = steps.last_mut() {
            // A command may go on: the prompt of its next line is sh's.
            match line.strip_prefix("> ").filter(|_| step.printed.is_empty()) {
                Some(more) => step.command = format!("{}\n{more}", step.command),
                None => step.printed.push(line.to_owned()),
            }
        }
    }
    for step in &mut steps {
        while step.printed.last().is_some_and(String::is_empty) {
            step.printed.pop();
        }
    }
    steps
}

/// Whether what was printed is what the page says.
fn agrees(said: &[String], printed: &[&str]) -> bool {
    match (said.split_first(), printed.split_first()) {
        (None, None) => true,
        (Some((first, rest)), _) if first.trim() == "…" => {
            agrees(rest, printed) || printed.split_first().is_some_and(|(_, later)| agrees(said, later))
        }
        (Some((first, rest)), Some((line, later))) => fits(first, line) && agrees(rest, later),
        _ => false,
    }
}

/// Whether a line fits, `…` inside it standing for anything and blanks at the end for nothing.
fn fits(said: &str, line: &str) -> bool {
    let mut parts = said.trim_end().split('…');
    let (first, mut rest) = (parts.next().unwrap_or_default(), line.trim_end());
    let Some(behind) = rest.strip_prefix(first) else { return false };
    rest = behind;
    let parts: Vec<&str> = parts.collect();
    for (at, part) in parts.iter().enumerate() {
        if at + 1 == parts.len() {
            return rest.ends_with(part);
        }
        let Some(found) = rest.find(part) else { return false };
        rest = &rest[found + part.len()..];
    }
    rest.is_empty()
}

#[test]
fn the_readme_says_what_the_commands_print() {
    let mut sandbox = Sandbox::new();
    let bin = Path::new(env!("CARGO_BIN_EXE_git-postmortem")).parent().unwrap();
    sandbox.set("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()));
    // As a reader sees it: in a pager, on a terminal of so many columns.
    sandbox.set("COLUMNS", "100").set("GIT_PAGER_IN_USE", "true");
    let repo = sandbox.repo();
    sandbox.run(&["demo", repo.to_str().unwrap()]).ok();
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let steps = steps(&page);
    assert!(steps.len() > 6, "README has lost its console blocks");
    let mut faults = String::new();
    for step in steps {
        let script = format!("exec 2>&1\n{}", step.command);
        let said = answer(sandbox.command("sh", &repo).args(["-c", &script]), None);
        let printed: Vec<&str> = said.stdout.trim_end().lines().collect();
        // A command of the page works, unless the page shows that it fails.
        let fails = step.printed.iter().any(|line| line.starts_with("error: "));
        if !agrees(&step.printed, &printed) || (said.code != 0 && !fails) {
            faults += &format!("README.md:{}: $ {}\n{}\n\n", step.line, step.command, said.stdout);
        }
    }
    assert!(faults.is_empty(), "these print something else:\n\n{faults}");
}

#[test]
fn lines_are_compared_with_their_gaps() {
    assert!(fits("commit …, done", "commit 3f9c2e1, done"));
    assert!(fits("all the same", "all the same   "));
    assert!(!fits("commit …, done", "commit 3f9c2e1"));
    assert!(!fits("one", "one more"));
    let said = ["a".to_owned(), "…".to_owned(), "z".to_owned()];
    assert!(agrees(&said, &["a", "b", "c", "z"]) && agrees(&said, &["a", "z"]));
    assert!(!agrees(&said, &["a", "b"]));
}

#[test]
fn only_console_blocks_are_taken() {
    let page = "```sh\n$ rm -rf x\n```\n```console\n$ git one \\\n> two\nanswer\n\n$ git three\n```\n";
    let taken: Vec<_> = steps(page).into_iter().map(|step| (step.command, step.printed)).collect();
    assert_eq!(
        taken,
        [("git one \\\ntwo".to_owned(), vec!["answer".to_owned()]), ("git three".to_owned(), vec![]),]
    );
}
