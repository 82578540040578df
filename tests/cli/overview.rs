//! The bare command.

use crate::sandbox::Sandbox;
use crate::stories::{document, draft, three_published_and_a_draft};

#[test]
fn an_empty_repository_is_told_how_to_begin() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "-q"]);
    for sandbox in [sandbox, Sandbox::with_repository()] {
        let answer = sandbox.run(&[]).ok();
        assert_eq!(answer.stdout, "next  git postmortem new What happened, in a few words\n");
        assert_eq!(answer.stderr, "");
    }
}

#[test]
fn outside_a_repository_it_says_so() {
    let answer = Sandbox::new().run(&[]).status(2);
    assert_eq!(answer.stdout, "");
    assert!(answer.stderr.starts_with("error: not a git repository"), "{}", answer.stderr);
}

#[test]
fn drafts_promises_and_the_next_step() {
    let sandbox = three_published_and_a_draft();
    insta::assert_snapshot!(sandbox.run(&[]).ok().stdout, @r"
    drafts    2026-11-22-queue-stuck   SEV-4, 2 of 2 sections filled, saved today
    promises  3 overdue, 3 open, 0 due within a week
    next      git postmortem edit queue-stuck -e
    ");
    sandbox.git(&["branch", "-q", "-D", "postmortem/drafts"]);
    insta::assert_snapshot!(sandbox.run(&[]).ok().stdout, @r"
    promises  3 overdue, 3 open, 0 due within a week
    next      git postmortem actions --overdue
    ");
}

#[test]
fn only_drafts_and_many_of_them() {
    let sandbox = Sandbox::with_repository();
    for n in 1..=7 {
        sandbox.run(&["new", &format!("Incident {n}"), "--date", "2026-11-20"]).ok();
    }
    sandbox.run(&["new", "Incident 7", "--date", "2026-11-19", "--private"]).ok();
    let answer = sandbox.run(&[]).ok().stdout;
    assert_eq!(answer.lines().count(), 7, "{answer}");
    assert!(answer.contains("and 3 more (git postmortem list)"), "{answer}");
    assert!(!answer.contains("promises"), "{answer}");
    let next = answer.lines().last().unwrap();
    let typed: Vec<&str> = next.split_whitespace().skip(3).collect();
    assert!(next.contains("git postmortem edit 2026-11-"), "a short name that two share is no name: {next}");
    assert!(sandbox.run(&["show", typed[1]]).code == 0, "{next}");
}

#[test]
fn a_draft_in_review_names_its_branch() {
    let sandbox = three_published_and_a_draft();
    sandbox.git(&["switch", "-q", "-c", "review/queue"]);
    let path = "docs/post-mortems/2026-11-22-queue-stuck.md";
    sandbox.commit(path, document("Queue stuck", "2026-11-22", "SEV-4"), "review");
    sandbox.git(&["switch", "-q", "main"]);
    let answer = sandbox.run(&[]).ok().stdout;
    assert!(answer.starts_with("in review  2026-11-22-queue-stuck   review/queue"), "{answer}");
    assert!(answer.ends_with("next       git postmortem actions --overdue\n"), "{answer}");
}

#[test]
fn all_kept_is_quiet() {
    let sandbox = Sandbox::with_repository();
    let text = document("DNS", "2026-04-01", "SEV-3").replace("| Open |", "| Done |");
    sandbox.commit("docs/post-mortems/2026-04-01-dns.md", text, "dns");
    assert_eq!(sandbox.run(&[]).ok().stdout, "next  git postmortem actions\n");
}

#[test]
fn a_day_counts_as_late_only_when_it_is_over() {
    let mut sandbox = Sandbox::with_repository();
    let text = document("DNS", "2026-04-01", "SEV-3").replace("2026-10-30", "2026-11-23");
    sandbox.commit("docs/post-mortems/2026-04-01-dns.md", text, "dns");
    assert!(sandbox.run(&[]).ok().stdout.contains("0 overdue, 1 open, 1 due within a week"));
    sandbox.set("GIT_POSTMORTEM_NOW", "2026-11-24T00:00:00Z");
    assert!(sandbox.run(&[]).ok().stdout.contains("1 overdue, 1 open, 0 due within a week"));
}

#[test]
fn titles_and_names_of_strangers_are_harmless() {
    let sandbox = Sandbox::with_repository();
    draft(&sandbox, "2026-11-22-evil", "# E\n\n**Severity**: \u{1b}[2Jbad\n", "evil");
    let answer = sandbox.run(&[]).ok().stdout;
    assert!(!answer.contains('\u{1b}') && answer.contains("[2Jbad"), "{answer:?}");
}

#[test]
fn the_next_step_is_a_draft_that_nobody_reviews_yet() {
    let sandbox = crate::sandbox::Sandbox::with_repository();
    sandbox.run(&["new", "Alpha"]).ok();
    sandbox.run(&["new", "Zulu"]).ok();
    sandbox.run(&["publish", "zulu", "--branch"]).ok();
    let bare = sandbox.run(&[]).ok();
    assert!(bare.stdout.contains("git postmortem edit alpha -e\n"), "{}", bare.stdout);
}

#[test]
fn days_since_the_last_save_are_days_of_the_calendar() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.set("GIT_COMMITTER_DATE", "2026-11-22T23:30:00Z");
    sandbox.run(&["new", "Late at night"]).ok();
    sandbox.set("GIT_POSTMORTEM_NOW", "2026-11-23T00:30:00Z");
    for (zone, saved) in [("UTC", "saved yesterday"), ("America/New_York", "saved today")] {
        sandbox.set("TZ", zone);
        let answer = sandbox.run(&[]).ok().stdout;
        assert!(answer.contains(saved), "{zone}: {answer}");
    }
}
