//! fish, asked as its own TAB asks: `complete -C`.

use super::{HEADS, world};
use crate::sandbox::{Sandbox, answer};

/// The candidates for a line, each with its description behind a TAB.
fn candidates(sandbox: &Sandbox, line: &str) -> Vec<String> {
    let script = format!("complete -C {}", quoted(line));
    let said = answer(sandbox.command("fish", &sandbox.repo()).args(["-c", &script]), None).ok();
    said.stdout.lines().map(str::to_owned).collect()
}

fn quoted(line: &str) -> String {
    format!("'{}'", line.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn values(sandbox: &Sandbox, line: &str) -> Vec<String> {
    let words = candidates(sandbox, line).into_iter();
    words.map(|word| word.split('\t').next().unwrap().to_owned()).collect()
}

#[test]
fn commands_are_listed_with_what_they_do() {
    let Some(sandbox) = world("fish") else { return };
    for head in HEADS {
        let listed = candidates(&sandbox, &format!("{head} "));
        assert!(listed.iter().all(|line| !line.starts_with('-')), "{head}: {listed:#?}");
        let setup = listed.iter().find(|line| line.starts_with("setup\t"));
        assert!(setup.is_some_and(|line| line.contains("man pages")), "{head}: {listed:#?}");
    }
    assert!(values(&sandbox, "git postm").contains(&"postmortem".to_owned()));
}

#[test]
fn words_are_completed() {
    let Some(sandbox) = world("fish") else { return };
    for head in HEADS {
        assert_eq!(values(&sandbox, &format!("{head} actions --ov")), ["--overdue"]);
        assert_eq!(values(&sandbox, &format!("{head} actions --format js")), ["json"]);
        assert_eq!(values(&sandbox, &format!("{head} actions --owner @pl")), ["@platform"]);
    }
}

#[test]
fn an_id_is_completed() {
    let Some(sandbox) = world("fish") else { return };
    for head in HEADS {
        assert_eq!(values(&sandbox, &format!("{head} actions 2026-06")), ["2026-06-08-orders-table"]);
        assert_eq!(values(&sandbox, &format!("{head} actions ord")), ["orders-table"]);
    }
    assert_eq!(values(&sandbox, "git -C . postmortem actions ord"), ["orders-table"]);
}
