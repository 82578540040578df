//! `publish` asks lint before a document goes where others read it.

use insta::{allow_duplicates, assert_snapshot};

use super::only;
use crate::sandbox::Sandbox;
use crate::stories::{document, draft};

const PATH: &str = "docs/post-mortems/2026-11-22-queue-stuck.md";

fn with_level(level: &str, code: &str) -> Sandbox {
    let sandbox = Sandbox::with_repository();
    let custom = format!(
        "[[lint.custom]]\nname = \"passive\"\ncode = \"{code}\"\npattern = 'was mended|broke'\nmessage = \"'{{match}}' says too little\"\nlevel = \"{level}\"\n"
    );
    sandbox.commit(".postmortem.toml", format!("{}{custom}", only(&[])), "rules");
    draft(&sandbox, "2026-11-22-queue-stuck", &document("Queue stuck", "2026-11-22", "SEV-4"), "draft");
    sandbox
}

#[test]
fn an_error_keeps_a_document_from_being_published() {
    let sandbox = with_level("error", "ACME1");
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    for way in [&["publish", "queue"][..], &["publish", "queue", "--stage"], &["publish", "queue", "-n"]] {
        let answer = sandbox.run(way).status(1);
        allow_duplicates! {
        assert_snapshot!(answer.stderr, @r"
        error: 2026-11-22-queue-stuck is not published: lint finds 2 errors
          caused by: line 9: 'broke' says too little (ACME1)
          caused by: line 9: 'was mended' says too little (ACME1)
        hint: git postmortem lint queue shows the lines, git postmortem edit queue -e mends them
        hint: --no-lint publishes it as it is
        ");
        }
        assert_eq!(answer.stdout, "");
    }
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(sandbox.status(), "");
    let answer = sandbox.run(&["publish", "queue", "--no-lint"]).ok();
    assert!(answer.stdout.starts_with(&format!("published  {PATH}")), "{}", answer.stdout);
    assert_eq!(answer.stderr, "");
}

#[test]
fn a_warning_is_told_and_not_in_the_way() {
    let sandbox = with_level("warning", "ACME1");
    let answer = sandbox.run(&["publish"]).ok();
    assert_snapshot!(answer.stderr, @r"
    warning: line 9: 'broke' says too little (ACME1)
    warning: line 9: 'was mended' says too little (ACME1)
    ");
    assert!(answer.stdout.starts_with("published"), "{}", answer.stdout);
}

#[test]
fn what_is_worth_knowing_alone_is_left_to_lint() {
    let sandbox = with_level("info", "ACME1");
    assert_eq!(sandbox.run(&["publish"]).ok().stderr, "");
}

#[test]
fn a_review_may_begin_with_what_is_unfinished() {
    let sandbox = with_level("error", "ACME1");
    let answer = sandbox.run(&["publish", "queue", "--branch"]).ok();
    assert!(answer.stderr.contains("warning: line 9: 'broke' says too little (ACME1)"), "{}", answer.stderr);
    let private = with_level("error", "PM799");
    private.run(&["publish", "queue", "--branch"]).status(1);
    private.run(&["publish", "queue", "--branch", "--no-lint"]).ok();
}

#[test]
fn the_text_without_its_guidance_is_what_is_linted() {
    let sandbox = with_level("error", "ACME1");
    let text = document("Queue stuck", "2026-11-22", "SEV-4")
        .replace("It broke. It was mended.", "It is fine. All is.");
    draft(&sandbox, "2026-11-22-queue-stuck", &text, "reworded");
    sandbox.run(&["publish", "queue"]).ok();
    assert_eq!(sandbox.read(PATH), text);
}

#[test]
fn a_finding_has_the_line_that_the_draft_has() {
    let sandbox = with_level("error", "ACME1");
    let text = document("Queue stuck", "2026-11-22", "SEV-4").replace(
        "## Summary\n",
        "## Summary\n\n<!-- Two or three sentences:\nwhat happened, and to whom. -->\n",
    );
    let place = text.lines().position(|line| line.contains("It broke.")).unwrap() + 1;
    assert_eq!(place, 12);
    draft(&sandbox, "2026-11-22-queue-stuck", &text, "guided");
    let answer = sandbox.run(&["publish", "queue"]).status(1);
    let lint = sandbox.run(&["lint", "queue", "--format", "short"]).status(1).stdout;
    let of_lint = lint.lines().find(|line| line.contains("'broke'")).unwrap();
    assert!(of_lint.contains(":12:"), "{of_lint}");
    assert!(answer.stderr.contains("line 12: 'broke' says too little"), "{}", answer.stderr);
}
