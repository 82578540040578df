//! `lint`: which documents are meant, what is said of them, and how it ends.

mod care;
mod formats;
mod many;
mod mend;
mod publish;
mod sarif;
mod targets;

use std::fmt::Write as _;

use git_postmortem::model::rules;
use insta::assert_snapshot;

use crate::sandbox::Sandbox;
use crate::stories::three_published_and_a_draft;

/// A configuration in which these rules are asked, at these levels, and no other.
pub(crate) fn only(asked: &[(&str, &str)]) -> String {
    let mut text = String::from("[lint.rules]\n");
    for (code, _) in rules::all() {
        let level = asked.iter().find(|(known, _)| *known == code).map_or("off", |(_, level)| level);
        let _ = writeln!(text, "{code} = \"{level}\"");
    }
    text
}

/// Every document lacks an impact, a timeline and a root cause, and the sentence about the team's own rule.
pub(crate) fn lacking() -> Sandbox {
    let sandbox = three_published_and_a_draft();
    let custom = "[[lint.custom]]\nname = \"passive\"\ncode = \"ACME1\"\npattern = '(?i)\\bwas mended\\b'\n\
                  message = \"'{match}' does not say by what\"\nhelp = \"say what mended it\"\nsection = \"summary\"\n";
    sandbox.write(".postmortem.toml", format!("{}{custom}", only(&[("PM201", "off")])));
    sandbox
}

#[test]
fn a_finding_is_shown_with_its_line_and_what_to_do() {
    let sandbox = lacking();
    let answer = sandbox.run(&["lint", "api"]).ok();
    assert_snapshot!(answer.stdout, @r"
    warning[ACME1]: 'was mended' does not say by what
     --> docs/post-mortems/2026-03-08-api-outage.md:9:14
      |
    9 | It broke. It was mended.
      |              ^^^^^^^^^^
      |
      = help: say what mended it

    1 warning in 1 document (git postmortem lint --rule ACME1 explains it)
    ");
    assert_eq!(answer.stderr, "");
}

#[test]
fn a_draft_is_called_by_its_id() {
    let sandbox = lacking();
    let answer = sandbox.run(&["lint", "queue", "--format", "short"]).ok();
    assert_snapshot!(answer.stdout, @"postmortem/drafts:2026-11-22-queue-stuck.md:9:14: warning ACME1 'was mended' does not say by what");
    let text = sandbox.run(&["lint", "queue"]).ok().stdout;
    assert!(text.contains("--> draft 2026-11-22-queue-stuck:9:14"), "{text}");
    assert!(text.contains("1 warning in 1 draft "), "{text}");
}

#[test]
fn a_terminal_gets_lines_that_fit_and_colour() {
    let mut sandbox = lacking();
    sandbox.unset("NO_COLOR").set("COLUMNS", "40").set("GIT_PAGER_IN_USE", "true");
    let answer = sandbox.run(&["--color=always", "lint", "api"]).ok();
    for line in answer.stdout.lines() {
        let mut shown = line.to_owned();
        while let Some(at) = shown.find("\u{1b}[") {
            let end = at + shown[at..].find('m').unwrap();
            shown.replace_range(at..=end, "");
        }
        assert!(shown.chars().count() <= 60, "{shown}");
    }
    assert!(answer.stdout.contains("\u{1b}[33mwarning[ACME1]\u{1b}[0m"), "{:?}", answer.stdout);
    assert!(answer.stdout.contains("\u{1b}[33m^^^"), "{:?}", answer.stdout);
}

#[test]
fn rules_are_listed_and_explained() {
    let sandbox = lacking();
    let list = sandbox.run(&["lint", "--list"]).ok().stdout;
    assert!(list.contains("PM201  missing-section"), "{list}");
    assert!(list.contains("ACME1  passive"), "{list}");
    assert!(list.contains("off (set)"), "{list}");
    for typed in ["PM003", "pm003", "unused-comment"] {
        let page = sandbox.run(&["lint", "--rule", typed]).ok().stdout;
        for part in ["PM003 unused-comment", "What it checks", "Why", "Bad", "Good", "How to silence it"] {
            assert!(page.contains(part), "{page}");
        }
        assert!(!page.contains("```"), "{page}");
    }
    assert!(sandbox.run(&["lint", "--rule", "acme1"]).ok().stdout.contains("ACME1 passive"));
    assert_snapshot!(sandbox.run(&["lint", "--rule", "mising-section"]).status(2).stderr, @r"
    error: there is no rule 'mising-section'
    hint: nearest is missing-section
    ");
}

#[test]
fn an_unknown_rule_in_the_configuration_is_a_fault_with_its_place() {
    let sandbox = Sandbox::with_repository();
    sandbox.write(
        ".postmortem.toml",
        "[lint.rules]\nmising-section = \"error\"\nPM201 = \"fatal\"\n[[lint.custom]]\nname = \"x\"\npattern = \"(\"\n\
         [[lint.custom]]\nname = \"PM201\"\npattern = \"x\"\n",
    );
    assert_snapshot!(sandbox.run(&["lint"]).status(2).stderr, @r"
    error: 6 faults in the configuration
      caused by: .postmortem.toml:2:1: 'lint.rules.mising-section': there is no rule 'mising-section'; git postmortem lint --list shows every one (nearest is 'missing-section')
      caused by: .postmortem.toml:3:1: 'lint.rules.PM201': 'fatal' is none of off, info, warning, error
      caused by: .postmortem.toml:5:1: 'lint.custom.1' has no message
      caused by: .postmortem.toml:6:1: 'lint.custom.1.pattern': no regular expression: unclosed group
      caused by: .postmortem.toml:8:1: 'lint.custom.2' has no message
      caused by: .postmortem.toml:8:1: 'lint.custom.2': another rule is called 'PM201'
    hint: git postmortem config --example shows every key
    ");
}

#[test]
fn a_level_can_be_a_personal_setting() {
    let sandbox = lacking();
    sandbox.git(&["config", "postmortem.lint.rules.missing-section", "error"]);
    let answer = sandbox.run(&["lint", "api", "--format", "short", "--level", "error"]).status(1);
    assert!(answer.stdout.contains(": error PM201 "), "{}", answer.stdout);
    assert!(!answer.stdout.contains("ACME1"), "{}", answer.stdout);
    assert!(answer.stderr.contains("1 not shown (--level info shows all)"), "{}", answer.stderr);
}

#[test]
fn a_comment_silences_one_rule_at_one_place() {
    let sandbox = lacking();
    let path = "docs/post-mortems/2026-03-08-api-outage.md";
    let text = sandbox.read(path);
    let silenced =
        text.replace("It was mended.", "It was mended. <!-- postmortem: allow passive nobody knows -->");
    sandbox.write(path, &silenced);
    assert_eq!(sandbox.run(&["lint", "api", "--format", "jsonl"]).ok().stdout, "");
    sandbox.write(path, silenced.replace("allow passive", "allow PM201"));
    assert!(sandbox.run(&["lint", "api", "--format", "jsonl"]).ok().stdout.contains("ACME1"));
}

#[test]
fn incidents_from_before_since_are_not_judged() {
    let sandbox = lacking();
    let config = sandbox.read(".postmortem.toml");
    sandbox.write(
        ".postmortem.toml",
        format!("lint.since = 2026-03-09\n{config}").replace("[lint.rules]\n", "[lint.rules]\n"),
    );
    let answer = sandbox.run(&["lint", "--all", "--format", "short"]).ok();
    assert_eq!(answer.stdout.lines().count(), 1, "{}", answer.stdout);
    assert!(answer.stdout.starts_with("docs/post-mortems/2026-11-19-cache-stampede.md"), "{}", answer.stdout);
}
