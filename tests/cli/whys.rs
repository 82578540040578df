//! `whys` without a terminal: by flags, by standard input, in drafts and in published documents.

use crate::drafts::{ID, PATH, TEXT, save};
use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

fn draft() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    sandbox.commit("a", "a", "a");
    save(&sandbox, ID, TEXT);
    sandbox
}

fn text(sandbox: &Sandbox) -> String {
    sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")])
}

fn tip(sandbox: &Sandbox) -> String {
    sandbox.git(&["rev-parse", "postmortem/drafts"])
}

#[test]
fn answers_by_flags_make_a_chain_and_a_second_time_changes_nothing() {
    let sandbox = draft();
    let said =
        ["whys", "--why", "The migration locked the table", "--why", "Nothing tests it on full-size data"];
    let first = sandbox.run_with(&said, "").ok();
    assert_eq!(
        first.stdout,
        format!(
            "whys   {ID}   in the drafts\nchain  1  The migration locked the table\n       2  Nothing tests it on full-size data\n"
        )
    );
    assert!(text(&sandbox).contains(
        "The migration locked the orders table.\n\n### 5 Whys\n\n1. The migration locked the table\n2. Nothing tests it on full-size data\n\n## Action Items"
    ));
    let commit = tip(&sandbox);
    assert!(sandbox.run_with(&said, "").ok().stdout.starts_with("unchanged  "));
    assert_eq!(tip(&sandbox), commit);
    sandbox.run_with(&["whys", "--why", "Full-size data is nowhere but in production"], "").ok();
    assert!(text(&sandbox).contains("\n3. Full-size data is nowhere but in production\n"));
    sandbox.run_with(&["whys", "--from", "2", "--why", "No timeout"], "").ok();
    assert!(
        text(&sandbox).contains("1. The migration locked the table\n2. No timeout\n\n## Action"),
        "{}",
        text(&sandbox)
    );
    sandbox.run_with(&["whys", "--from", "9", "--why", "x y"], "").status(2);
}

#[test]
fn standard_input_is_a_why_a_line_and_empty_input_shows_the_chain() {
    let sandbox = draft();
    let said = sandbox.run_with(&["whys", ID], "The table was locked\n\n  Nothing | tests   it  \n").ok();
    assert!(said.stdout.contains("2  Nothing | tests it\n"), "{}", said.stdout);
    let commit = tip(&sandbox);
    let shown = sandbox.run_with(&["whys", "checkout"], "").ok();
    assert_eq!(
        shown.stdout,
        format!("whys   {ID}\nchain  1  The table was locked\n       2  Nothing | tests it\n")
    );
    assert_eq!(tip(&sandbox), commit);
    let json = assert_fits(&sandbox.run_with(&["whys", "--json"], "").ok().stdout, "whys");
    assert_eq!(json["whys"][1]["text"], "Nothing | tests it");
    assert_eq!(json["changed"], false);
}

#[test]
fn an_answer_that_is_a_person_is_told_with_the_question_that_looks_at_the_system() {
    let sandbox = draft();
    for (why, code) in [("Dana forgot to test it", "PM101"), ("It was human error", "PM102")] {
        let said = sandbox.run_with(&["whys", "--why", why], "").ok();
        assert!(said.stderr.contains("warning: why ") && said.stderr.contains("hint: "), "{}", said.stderr);
        let json = assert_fits(&sandbox.run_with(&["whys", "--json"], "").ok().stdout, "whys");
        let doubts: Vec<_> =
            json["whys"].as_array().unwrap().iter().map(|why| why["doubt"]["code"].clone()).collect();
        assert_eq!(doubts.last().unwrap(), code, "{json}");
    }
    // What begins as an item of a list does is a text all the same.
    for why in [
        "3. Three pools share a limit",
        "2026. A year",
        "- a dash",
        "# a sign",
        "> more",
        "**Bold** words",
        "`code` first",
    ] {
        sandbox.run_with(&["whys", "--from", "1", &format!("--why={why}"), "--factor"], "").ok();
        let json = assert_fits(&sandbox.run_with(&["whys", "--json"], "").ok().stdout, "whys");
        let plain = why.replace(['*', '`'], "");
        assert_eq!(
            (&json["whys"][0]["text"], json["whys"].as_array().unwrap().len()),
            (&plain.into(), 1),
            "{why}"
        );
    }
    let system = sandbox.run_with(&["whys", "--from", "1", "--why", "No test has full-size data"], "").ok();
    assert_eq!(system.stderr, "");
}

#[test]
fn the_last_why_becomes_a_factor_and_an_action_in_the_same_commit() {
    let sandbox = draft();
    let published = format!("{}\n## Contributing Factors\n\n1. The table is large.\n", TEXT.trim_end());
    sandbox.commit(PATH, published, "post-mortem");
    let before = sandbox.git(&["rev-list", "--count", "HEAD"]);
    let arguments = [
        "whys",
        "checkout",
        "--why",
        "Why did it lock? No timeout is set",
        "--factor",
        "--action",
        "Set a lock timeout",
        "--owner",
        "@ana",
        "--due",
        "2026-12-24",
        "--json",
    ];
    let json = assert_fits(&sandbox.run_with(&arguments, "").ok().stdout, "whys");
    assert_eq!((&json["factor"], &json["action"]), (&"No timeout is set".into(), &format!("{ID}#4").into()));
    let text = sandbox.git(&["show", &format!("HEAD:{PATH}")]);
    for line in [
        "1. Why did it lock? No timeout is set\n",
        "1. The table is large.\n2. No timeout is set",
        "| 4 | Set a lock timeout | @ana |  |  | 2026-12-24 | Open |",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let count = |sandbox: &Sandbox| sandbox.git(&["rev-list", "--count", "HEAD"]).parse::<u32>().unwrap();
    assert_eq!(count(&sandbox), before.parse::<u32>().unwrap() + 1);
    sandbox.run_with(&arguments, "").ok();
    assert_eq!(count(&sandbox), before.parse::<u32>().unwrap() + 1, "the second time changes nothing");
}

#[test]
fn what_cannot_be_done_is_refused_and_changes_nothing() {
    let sandbox = draft();
    let commit = tip(&sandbox);
    for wrong in [
        &["whys", "--owner", "@ana"][..],
        &["whys", "--factor"],
        &["whys", "--why", " "],
        &["whys", "--chain", "2", "--why", "x y"],
        &["whys", "--why", "x y", "--action", "Do it", "--due", "someday"],
    ] {
        let said = sandbox.run_with(wrong, "").status(2);
        assert!(said.stderr.starts_with("error: "), "{}", said.stderr);
    }
    assert!(sandbox.run_with(&["whys"], "---\n```\n").status(2).stderr.contains("no line that answers"));
    assert_eq!(tip(&sandbox), commit);
    let table = TEXT.replace(
        "## Action Items",
        "### 5 Whys\n\n| Why | Because |\n|---|---|\n| Why a? | b c |\n| Why d? | e f |\n\n## Action Items",
    );
    save(&sandbox, ID, &table);
    let said = sandbox.run_with(&["whys", "--why", "x y"], "").status(2);
    assert!(
        said.stderr.contains("is no list that could go on") && said.stderr.contains("edit"),
        "{}",
        said.stderr
    );
}

#[test]
fn one_of_several_chains_is_named() {
    let sandbox = draft();
    let two = TEXT.replace(
        "## Action Items",
        "### 5 Whys\n\n#### The lock\n\n1. It locked\n2. For long\n\n#### The alert\n\n1. It was late\n2. By minutes\n\n## Action Items",
    );
    save(&sandbox, ID, &two);
    let said = sandbox.run_with(&["whys", "--why", "x y"], "").status(2);
    assert!(said.stderr.contains("has 2 chains"), "{}", said.stderr);
    sandbox.run_with(&["whys", "--chain", "1", "--why", "Without a timeout"], "").ok();
    assert!(
        text(&sandbox).contains("2. For long\n3. Without a timeout\n\n#### The alert"),
        "{}",
        text(&sandbox)
    );
}
