//! What looks like a key or a password goes to no remote unasked.

use insta::assert_snapshot;

use super::{BRANCH, clone_of, files, run, save, sharing, store, sync, text};
use crate::drafts::{ID, TEXT};
use crate::schema::assert_fits;

/// Put together, so that nobody takes this file for one that leaks.
fn key() -> String {
    format!("AKIA{}", "Q7".repeat(8))
}

#[test]
fn a_secret_in_a_draft_is_not_sent_and_not_printed() {
    let sandbox = sharing();
    let there = sandbox.git_in(&clone_of(&sandbox, "origin.git"), &["rev-parse", BRANCH]);
    save(&sandbox, "repo", ID, &TEXT.replace("locked the", &format!("with {} locked the", key())));
    let refused = sync(&sandbox, "repo").status(2);
    assert_snapshot!(refused.stderr, @"
    error: 1 secret would go to the remote; nothing was sent
      caused by: 2026-11-23-checkout-returns-5xx.md:16: an AWS access key, AKIA… (20 characters)
    hint: git postmortem edit 2026-11-23-checkout-returns-5xx -e takes it out of the text; a secret that was shown is best revoked
    hint: <!-- postmortem: allow PM701 REASON --> beside it lets it pass, as does --allow-secrets
    hint: git postmortem sync --squash sends the drafts as they are, without their unsent history
    ");
    assert_eq!(sandbox.git_in(&clone_of(&sandbox, "origin.git"), &["rev-parse", BRANCH]), there);
    let dry = run(&sandbox, "repo", &["sync", "--dry-run"]).status(1).stdout;
    assert_snapshot!(dry, @"
    to send  2026-11-23-checkout-returns-5xx
    secret   2026-11-23-checkout-returns-5xx.md:16: an AWS access key, AKIA… (20 characters)   would not be sent
    dry run  nothing was changed here or at origin
    ");
    let json = run(&sandbox, "repo", &["sync", "--dry-run", "--json"]).status(1).stdout;
    assert_eq!(assert_fits(&json, "drafts")["secrets"][0]["kind"], "aws-key");
    assert!(!json.contains(&key()));

    // Taken out again, the history that would be sent has it still.
    save(&sandbox, "repo", ID, &TEXT.replace("31", "33"));
    let refused = sync(&sandbox, "repo").status(2);
    let commit = sandbox.git(&["rev-parse", "--short=7", &format!("{BRANCH}~1")]);
    assert_snapshot!(refused.stderr.replace(&commit, "COMMIT"), @"
    error: 1 secret would go to the remote; nothing was sent
      caused by: 2026-11-23-checkout-returns-5xx.md:16 as of COMMIT, in the history that is sent: an AWS access key, AKIA… (20 characters)
    hint: git postmortem sync --squash sends the drafts as they are, without their unsent history
    ");
    let dry = run(&sandbox, "repo", &["sync", "--squash", "--dry-run"]).ok().stdout;
    assert!(!dry.contains("secret"), "what the real run leaves behind: {dry}");
    let answer = run(&sandbox, "repo", &["sync", "--squash"]).ok().stdout;
    assert!(answer.contains("pushed  1 commit to origin/postmortem/drafts"), "{answer}");
    assert_eq!(text(&sandbox, "origin.git", &format!("{ID}.md")), TEXT.replace("31", "33"));
    let origin = clone_of(&sandbox, "origin.git");
    let all = sandbox.git_in(&origin, &["log", "-p", "--all"]);
    assert!(!all.contains(&key()));
    assert_eq!(sync(&sandbox, "repo").ok().stdout, format!("in step  with origin/{BRANCH}\n"));
}

#[test]
fn a_secret_in_an_attachment_is_taken_out_by_attaching_another() {
    let sandbox = sharing();
    let log = format!("token {}\n", key());
    store(&sandbox, "repo", &[(&format!("{ID}/gateway.log"), Some(log.as_bytes()))]);
    let refused = sync(&sandbox, "repo").status(2).stderr;
    assert!(
        refused.contains(&format!(
            "git postmortem edit {ID} --attach gateway.log takes another file of that name"
        )),
        "{refused}"
    );
    std::fs::write(sandbox.at("gateway.log"), "token …\n").unwrap();
    let path = sandbox.at("gateway.log").display().to_string();
    run(&sandbox, "repo", &["edit", ID, "--attach", &path]).ok();
    run(&sandbox, "repo", &["sync", "--squash"]).ok();
}

#[test]
fn a_reason_beside_it_or_a_flag_lets_it_pass() {
    let sandbox = sharing();
    let with = |more: &str| TEXT.replace("locked the", &format!("with {} locked the{more}", key()));
    save(&sandbox, "repo", ID, &with(""));
    sync(&sandbox, "repo").status(2);
    save(&sandbox, "repo", ID, &with(" <!-- postmortem: allow PM701 revoked on the day --> "));
    sync(&sandbox, "repo").ok();
    // What the remote has is no news.
    save(&sandbox, "repo", ID, &with(" "));
    sync(&sandbox, "repo").ok();
    store(
        &sandbox,
        "bob",
        &[("2026-11-20-x.md", Some(format!("# X\n\nghp_{}\n", "a1B".repeat(12)).as_bytes()))],
    );
    sync(&sandbox, "bob").status(2);
    run(&sandbox, "bob", &["sync", "--allow-secrets"]).ok();
    assert_eq!(files(&sandbox, "origin.git").len(), 2);
}

#[test]
fn files_beside_a_draft_are_looked_at_too() {
    let sandbox = sharing();
    let dump = format!("\0\x01 Authorization: Bearer {} \0", "abc123DEF".repeat(3));
    store(&sandbox, "repo", &[(&format!("{ID}/dump.bin"), Some(dump.as_bytes()))]);
    let refused = sync(&sandbox, "repo").status(2);
    assert!(
        refused.stderr.contains(&format!("{ID}/dump.bin:1: an Authorization header")),
        "{}",
        refused.stderr
    );
}
