//! Remotes of every kind: none, out of reach, without the branch, unwilling; and clones of every kind.

use insta::assert_snapshot;

use super::{BRANCH, assert_in_step, clone_of, clones, draft, files, run, save, sharing, sync, sync_all};
use crate::drafts::{ID, TEXT};
use crate::sandbox::{Sandbox, write};
use crate::schema::assert_fits;

#[test]
fn without_a_remote_it_says_how_to_get_one() {
    let sandbox = Sandbox::with_repository();
    assert_snapshot!(sandbox.run(&["sync"]).status(2).stderr, @"
    error: this repository has no remote to share drafts with
    hint: git remote add origin URL names one; until then drafts are only on this machine
    ");
    sandbox.git(&["remote", "add", "upstream", "../nowhere"]);
    assert_snapshot!(sandbox.run(&["sync"]).status(2).stderr, @"
    error: there is no remote 'origin'
    hint: there are upstream: git postmortem sync --remote upstream
    hint: git config postmortem.drafts.remote upstream makes it the one for drafts
    ");
    let refused = sandbox.run(&["sync", "--remote", "upstream"]).status(2);
    assert!(
        refused.stderr.contains("error: the drafts of upstream could not be fetched\n"),
        "{}",
        refused.stderr
    );
    assert!(refused.stderr.contains("does not appear to be a git repository"), "{}", refused.stderr);
}

#[test]
fn a_remote_without_the_branch_gets_it_and_one_without_drafts_stays_without() {
    let sandbox = clones();
    assert_snapshot!(sync(&sandbox, "repo").ok().stdout, @"no drafts  neither here nor at origin/postmortem/drafts");
    assert_eq!(sandbox.git_in(&clone_of(&sandbox, "origin.git"), &["branch", "--list", BRANCH]), "");
    save(&sandbox, "repo", ID, TEXT);
    assert_snapshot!(run(&sandbox, "repo", &["sync", "--no-push"]).ok().stdout, @"
    to send   2026-11-23-checkout-returns-5xx
    not sent  git postmortem sync sends it to origin/postmortem/drafts
    ");
    sync(&sandbox, "repo").ok();
    // Somebody takes the branch away there: the next sync brings it back.
    sandbox.git_in(&clone_of(&sandbox, "origin.git"), &["branch", "-D", BRANCH]);
    sync(&sandbox, "repo").ok();
    sync_all(&sandbox);
    assert_eq!(draft(&sandbox, "cy"), TEXT);
}

#[test]
fn a_remote_that_refuses_is_quoted_and_what_it_had_is_here() {
    let sandbox = sharing();
    save(&sandbox, "bob", ID, &TEXT.replace("One in five", "One in six"));
    sync(&sandbox, "bob").ok();
    let hook = clone_of(&sandbox, "origin.git").join("hooks/pre-receive");
    write(&hook, "#!/bin/sh\necho drafts are closed on Mondays >&2\nexit 1\n");
    std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    save(&sandbox, "repo", ID, &TEXT.replace("**Severity**: SEV-2", "**Severity**: SEV-1"));
    assert_snapshot!(sync(&sandbox, "repo").status(2).stderr, @"
    error: origin refused the drafts
      caused by: [remote rejected] (pre-receive hook declined)
      caused by: remote: drafts are closed on Mondays
    hint: what origin had is joined here; who may push to its branch postmortem/drafts is for the remote to say
    ");
    let text = draft(&sandbox, "repo");
    assert!(text.contains("One in six") && text.contains("SEV-1"), "{text}");
    std::fs::remove_file(&hook).unwrap();
    sync_all(&sandbox);
    assert_eq!(draft(&sandbox, "cy"), text);
}

#[test]
fn a_shallow_clone_finds_where_both_met() {
    let sandbox = sharing();
    for n in 0..4 {
        save(&sandbox, "repo", ID, &TEXT.replace("31 minutes", &format!("3{n} minutes")));
    }
    sync(&sandbox, "repo").ok();
    let shallow = sandbox.at("shallow");
    let url = format!("file://{}", sandbox.at("origin.git").display());
    sandbox.git(&["clone", "-q", "--depth=1", "--no-single-branch", &url, &shallow.display().to_string()]);
    run(&sandbox, "shallow", &["edit", "--set", "severity=SEV-1"]).ok();
    run(&sandbox, "repo", &["edit", "--set", "reviewers=@cy"]).ok();
    sync(&sandbox, "repo").ok();
    sync(&sandbox, "shallow").ok();
    sync_all(&sandbox);
    let text = draft(&sandbox, "cy");
    assert!(text.contains("SEV-1") && text.contains("@cy") && files(&sandbox, "cy").len() == 1, "{text}");
}

#[test]
fn clones_of_one_branch_bare_ones_and_new_formats_sync_too() {
    let sandbox = sharing();
    let url = format!("file://{}", sandbox.at("origin.git").display());
    for (name, options) in [
        ("single", &["--single-branch", "--branch=main"][..]),
        ("bare", &["--bare"]),
        ("reftable", &["--ref-format=reftable"]),
    ] {
        let target = sandbox.at(name).display().to_string();
        sandbox.git(&[&["clone", "-q"], options, &[&url, &target]].concat());
        if name == "bare" {
            // A bare clone's own branches are the remote's.
            sandbox.git_in(&sandbox.at(name), &["update-ref", "-d", &format!("refs/heads/{BRANCH}")]);
        }
        run(&sandbox, name, &["new", &format!("from {name}")]).ok();
        sync(&sandbox, name).ok();
        let again = sync(&sandbox, name).ok().stdout;
        assert_eq!(again, format!("in step  with origin/{BRANCH}\n"), "{name}");
        sandbox.assert_sound(&sandbox.at(name));
    }
    sync_all(&sandbox);
    assert_eq!(files(&sandbox, "cy").len(), 4);
}

#[test]
fn sha256_repositories_sync() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "-q", "-b", "main", "--object-format=sha256", "--ref-format=reftable"]);
    sandbox.commit("README.md", "x", "begin");
    let origin = sandbox.at("origin.git").display().to_string();
    sandbox.git(&["clone", "-q", "--bare", ".", &origin]);
    sandbox.git(&["remote", "add", "origin", &origin]);
    sandbox.git(&["clone", "-q", &origin, &sandbox.at("bob").display().to_string()]);
    save(&sandbox, "repo", ID, TEXT);
    sync(&sandbox, "repo").ok();
    sync(&sandbox, "bob").ok();
    save(&sandbox, "bob", ID, &TEXT.replace("five", "six"));
    save(&sandbox, "repo", ID, &TEXT.replace("**Duration**: 31", "**Duration**: 33"));
    sync(&sandbox, "bob").ok();
    sync(&sandbox, "repo").ok();
    assert_eq!(
        draft(&sandbox, "repo"),
        TEXT.replace("five", "six").replace("**Duration**: 31", "**Duration**: 33")
    );
}

#[test]
fn several_remotes_and_the_one_that_is_configured() {
    let sandbox = sharing();
    let fork = sandbox.at("fork.git").display().to_string();
    sandbox.git(&["clone", "-q", "--bare", &sandbox.at("origin.git").display().to_string(), &fork]);
    sandbox.git(&["remote", "add", "fork", &fork]);
    save(&sandbox, "repo", "2026-11-20-ours", "# Ours\n");
    let answer = run(&sandbox, "repo", &["sync", "--remote", "fork"]).ok().stdout;
    assert!(answer.contains("pushed  1 commit to fork/postmortem/drafts"), "{answer}");
    assert_eq!(files(&sandbox, "fork.git").len(), 2);
    assert_eq!(files(&sandbox, "origin.git").len(), 1);
    sandbox.git(&["config", "postmortem.drafts.remote", "fork"]);
    assert_snapshot!(sync(&sandbox, "repo").ok().stdout, @"in step  with fork/postmortem/drafts");
}

#[test]
fn a_branch_that_is_checked_out_is_refused_and_named() {
    let sandbox = sharing();
    let tree = sandbox.at("tree").display().to_string();
    sandbox.git(&["worktree", "add", "-q", &tree, BRANCH]);
    assert_snapshot!(sync(&sandbox, "repo").status(2).stderr.replace(&tree, "TREE"), @"
    error: branch 'postmortem/drafts' is checked out in TREE
    hint: git -C TREE switch another branch
    ");
}

#[test]
fn private_drafts_never_leave() {
    let sandbox = sharing();
    run(&sandbox, "repo", &["new", "quiet", "matter", "--private"]).ok();
    run(&sandbox, "repo", &["new", "loud", "matter"]).ok();
    sync(&sandbox, "repo").ok();
    sandbox.git(&["push", "-q", "--all", "origin"]);
    let origin = clone_of(&sandbox, "origin.git");
    let refs = sandbox.git_in(&origin, &["for-each-ref", "--format=%(refname)"]);
    assert_eq!(refs.lines().collect::<Vec<_>>(), ["refs/heads/main", "refs/heads/postmortem/drafts"]);
    let private = sandbox.git(&[
        "rev-parse",
        "refs/postmortem/private",
        "refs/postmortem/private:2026-11-23-quiet-matter.md",
    ]);
    for object in private.lines() {
        assert_ne!(sandbox.try_git_in(&origin, &["cat-file", "-e", object]).code, 0, "{object}");
    }
    let everything =
        sandbox.git_in(&origin, &["cat-file", "--batch-all-objects", "--batch-check=%(objectname)"]);
    for object in everything.lines() {
        assert!(!sandbox.git_in(&origin, &["cat-file", "-p", object]).contains("quiet"), "{object}");
    }
    assert_eq!(files(&sandbox, "origin.git").len(), 2);
}

#[test]
fn a_dry_run_changes_nothing_and_json_says_the_same() {
    let sandbox = sharing();
    save(&sandbox, "bob", ID, &TEXT.replace("One in five", "One in six"));
    sync(&sandbox, "bob").ok();
    save(&sandbox, "repo", ID, &TEXT.replace("One in five", "One in four"));
    let tips = || {
        (
            sandbox.git(&["rev-parse", BRANCH]),
            sandbox.git_in(&clone_of(&sandbox, "origin.git"), &["rev-parse", BRANCH]),
        )
    };
    let before = tips();
    assert_snapshot!(run(&sandbox, "repo", &["sync", "--dry-run"]).status(1).stdout, @"
    conflict  2026-11-23-checkout-returns-5xx   both texts stand in 1 place: Summary (1 line)
    dry run   nothing was changed here or at origin
    ");
    assert_eq!(tips(), before);
    let answer = run(&sandbox, "repo", &["sync", "--json"]).status(1).stdout;
    let read = assert_fits(&answer, "drafts");
    let row = &read["drafts"][0];
    assert_eq!(
        (row["outcome"].as_str(), row["conflicts"][0]["section"].as_str()),
        (Some("conflict"), Some("Summary"))
    );
    assert_eq!(read["sent"], 2);
    assert_fits(&run(&sandbox, "bob", &["sync", "--json", "--dry-run"]).status(1).stdout, "drafts");
}

#[test]
fn signed_drafts_have_a_signed_join() {
    let sandbox = sharing();
    let key = sandbox.at("key");
    let made = crate::sandbox::answer(
        sandbox
            .command("ssh-keygen", &sandbox.repo())
            .args(["-q", "-t", "ed25519", "-N", "", "-f"])
            .arg(&key),
        None,
    );
    if made.code != 0 {
        eprintln!("skipped: ssh-keygen is not installed");
        return;
    }
    sandbox.git(&["config", "gpg.format", "ssh"]);
    sandbox.git(&["config", "user.signingKey", &key.display().to_string()]);
    sandbox.git(&["config", "postmortem.drafts.sign", "true"]);
    save(&sandbox, "bob", ID, &TEXT.replace("five", "six"));
    sync(&sandbox, "bob").ok();
    save(&sandbox, "repo", ID, &TEXT.replace("**Duration**: 31", "**Duration**: 33"));
    sync(&sandbox, "repo").ok();
    assert!(sandbox.git(&["cat-file", "-p", BRANCH]).contains("\ngpgsig "));
    sync_all(&sandbox);
    assert_in_step(&sandbox);
}
