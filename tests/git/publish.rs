//! Commits on the checked-out branch at named paths, and on branches that nobody has checked out.

use std::time::Duration;

use git_postmortem::git::publish::{
    BranchCommit, Committed, Depth, PathChange, PathCommit, TipUndo, commit_on_branch, commit_paths, undo_tip,
};
use git_postmortem::git::{Error, Repo, TreeFile};

use crate::kinds_of_repositories::{Kind, build};
use crate::open;
use crate::sandbox::Sandbox;

const PATH: &str = "docs/post-mortems/2026-11-23-[a] b.md";
const TEXT: &str = "# Post-Mortem: a\n";

fn change(text: Option<&str>) -> PathChange {
    PathChange::new(PATH, text.map(|text| text.as_bytes().to_vec()), None)
}

fn commit(repo: &Repo, change: PathChange, depth: Depth) -> Result<Committed, Error> {
    let lock = repo.lock_work(Duration::from_secs(10)).unwrap();
    commit_paths(repo, &lock, &PathCommit { changes: vec![change], message: "publish a", depth })
}

fn publish(repo: &Repo) -> Result<Committed, Error> {
    commit(repo, change(Some(TEXT)), Depth::Commit)
}

/// A repository with work of every kind in progress; hands back what `git status` says of it.
fn busy() -> (Sandbox, String) {
    let sandbox = Sandbox::with_repository();
    sandbox.commit("tracked.txt", "1\n", "tracked");
    sandbox.write("tracked.txt", "2\n");
    sandbox.write("staged.txt", "staged\n");
    sandbox.git(&["add", "staged.txt"]);
    sandbox.write("untracked.txt", "untracked\n");
    let status = sandbox.status();
    (sandbox, status)
}

#[test]
fn every_other_change_survives_staged_or_not() {
    let (sandbox, status) = busy();
    let repo = open(&sandbox, &sandbox.repo());
    let head = repo.resolve("HEAD").unwrap();
    let Committed::Commit(made) = publish(&repo).unwrap() else { panic!("no commit") };
    assert_eq!(repo.commit(&made).unwrap().parents, [head]);
    assert_eq!(sandbox.git(&["show", "--format=%s", "--name-only", "HEAD"]), format!("publish a\n\n{PATH}"));
    assert_eq!(sandbox.status(), status);
    assert_eq!(sandbox.read(PATH), TEXT);
    assert_eq!(publish(&repo).unwrap(), Committed::Already(made));
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn works_from_a_subfolder() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit("src/deep/code.txt", "x", "code");
    let repo = open(&sandbox, &sandbox.repo().join("src/deep"));
    publish(&repo).unwrap();
    assert_eq!(sandbox.status(), "");
}

#[test]
fn a_refusing_hook_leaves_everything_as_it_was() {
    let (sandbox, status) = busy();
    sandbox.hook("pre-commit", "echo 'not on my watch' >&2; exit 1");
    let repo = open(&sandbox, &sandbox.repo());
    let head = repo.resolve("HEAD").unwrap();
    assert_eq!(
        publish(&repo).unwrap_err(),
        Error::Refused { words: "not on my watch".into(), found: Vec::new() }
    );
    assert_eq!(repo.resolve("HEAD").unwrap(), head);
    assert_eq!(sandbox.status(), status);
    assert!(!sandbox.repo().join("docs").exists());
}

#[test]
fn a_refused_removal_and_overwriting_are_put_back() {
    let (sandbox, _) = busy();
    let repo = open(&sandbox, &sandbox.repo());
    publish(&repo).unwrap();
    let status = sandbox.status();
    sandbox.hook("commit-msg", "exit 1");
    let head = repo.resolve("HEAD").unwrap();
    let expect = repo.file(&head, PATH).unwrap().map(|file| file.blob);
    for text in [None, Some("other\n")] {
        let change = PathChange { expect, ..change(text) };
        assert!(matches!(commit(&repo, change, Depth::Commit).unwrap_err(), Error::Refused { .. }));
        assert_eq!(sandbox.read(PATH), TEXT);
        assert_eq!(sandbox.status(), status);
    }
}

#[test]
fn hooks_see_the_users_pathspecs_and_may_rewrite_the_document() {
    let sandbox = Sandbox::with_repository();
    let script = "test -z \"$GIT_LITERAL_PATHSPECS\" || exit 1\n\
        git diff --cached --name-only -z -- '*.md' | while IFS= read -r f || [ -n \"$f\" ]; do :; done\n\
        for f in docs/post-mortems/*.md; do echo formatted >> \"$f\"; git add \"$f\"; done";
    sandbox.hook("pre-commit", script);
    let repo = open(&sandbox, &sandbox.repo());
    assert!(matches!(publish(&repo).unwrap(), Committed::Commit(_)));
    assert_eq!(sandbox.git(&["show", &format!("HEAD:{PATH}")]), format!("{TEXT}formatted"));
}

#[test]
fn somebodys_unsaved_sentence_is_not_committed() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    sandbox.write(PATH, "somebody's own\n");
    let refused = publish(&repo).unwrap_err().to_string();
    assert_eq!(refused, format!("'{PATH}' is there already, and not committed"));
    sandbox.write(PATH, TEXT);
    let Committed::Commit(head) = publish(&repo).unwrap() else { panic!("no commit") };
    let expect = repo.file(&head, PATH).unwrap().map(|file| file.blob);
    let over = PathChange { expect, ..change(Some("new\n")) };
    sandbox.write(PATH, "half a sent");
    let refused = commit(&repo, over.clone(), Depth::Commit).unwrap_err().to_string();
    assert_eq!(refused, format!("'{PATH}' has changes that are not committed"));
    sandbox.git(&["add", "."]);
    sandbox.write(PATH, TEXT);
    let refused = commit(&repo, over, Depth::Commit).unwrap_err().to_string();
    assert_eq!(refused, format!("'{PATH}' has staged changes"));
}

#[test]
fn content_that_changed_meanwhile_is_not_overwritten() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(PATH, "theirs\n", "theirs");
    let repo = open(&sandbox, &sandbox.repo());
    assert!(matches!(publish(&repo).unwrap_err(), Error::Changed { newer: Some(_), .. }));
    assert_eq!(sandbox.read(PATH), "theirs\n");
}

#[test]
fn staging_stops_before_the_commit_and_writing_before_the_index() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    assert_eq!(commit(&repo, change(Some(TEXT)), Depth::WorkTree).unwrap(), Committed::Written);
    assert!(sandbox.status().starts_with("?? "), "{}", sandbox.status());
    assert_eq!(commit(&repo, change(Some(TEXT)), Depth::Stage).unwrap(), Committed::Staged);
    assert!(sandbox.status().starts_with("A  "), "{}", sandbox.status());
    assert!(matches!(publish(&repo).unwrap(), Committed::Commit(_)));
}

#[test]
fn the_first_commit_of_a_repository_may_be_a_document() {
    let mut sandbox = Sandbox::new();
    let cwd = build(&mut sandbox, Kind::Unborn);
    let repo = open(&sandbox, &cwd);
    sandbox.write("staged.txt", "staged\n");
    sandbox.git(&["add", "staged.txt"]);
    assert!(matches!(publish(&repo).unwrap(), Committed::Commit(_)));
    assert_eq!(sandbox.status(), "A  staged.txt");
}

#[test]
fn every_kind_with_a_work_tree_takes_a_commit_and_its_removal() {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.has_work_tree()) {
        if matches!(kind, Kind::Partial | Kind::Treeless) {
            continue;
        }
        let mut sandbox = Sandbox::new();
        let cwd = build(&mut sandbox, kind);
        if kind == Kind::Submodule {
            sandbox.git_in(&cwd, &["checkout", "-q", "-B", "main"]);
        }
        let before = sandbox.git_in(&cwd, &["status", "--porcelain"]);
        let repo = open(&sandbox, &cwd);
        let made = publish(&repo).unwrap_or_else(|error| panic!("{kind:?}: {error}"));
        let Committed::Commit(head) = made else { panic!("{kind:?}: {made:?}") };
        assert_eq!(sandbox.git_in(&cwd, &["status", "--porcelain"]), before, "{kind:?}");
        assert_eq!(publish(&repo).unwrap(), Committed::Already(head), "{kind:?}");
        let expect = repo.file(&head, PATH).unwrap().map(|file| file.blob);
        let removal = PathChange { expect, ..change(None) };
        let made = commit(&repo, removal, Depth::Commit).unwrap_or_else(|error| panic!("{kind:?}: {error}"));
        assert!(matches!(made, Committed::Commit(_)), "{kind:?}");
        assert_eq!(sandbox.git_in(&cwd, &["status", "--porcelain"]), before, "{kind:?}");
        sandbox.assert_sound(&cwd);
    }
}

#[test]
fn where_no_commit_can_be_made_nothing_is_touched() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    sandbox.git(&["checkout", "-q", "--detach"]);
    assert!(matches!(publish(&repo).unwrap_err(), Error::Detached { commit: Some(_) }));
    sandbox.git(&["checkout", "-q", "main"]);
    std::fs::write(sandbox.repo().join(".git/MERGE_HEAD"), repo.resolve("HEAD").unwrap().to_string())
        .unwrap();
    assert_eq!(publish(&repo).unwrap_err(), Error::InProgress { what: "merge" });
    std::fs::remove_file(sandbox.repo().join(".git/MERGE_HEAD")).unwrap();
    sandbox.write(".gitignore", "# nothing of ours\ndocs/\n");
    let Error::Ignored { rule, .. } = publish(&repo).unwrap_err() else { panic!("not ignored") };
    assert_eq!(rule, ".gitignore:2:docs/");
    assert_eq!(sandbox.status(), "?? .gitignore");
}

#[test]
#[cfg(unix)]
fn a_link_does_not_lead_out_of_the_work_tree() {
    let sandbox = Sandbox::with_repository();
    std::fs::create_dir(sandbox.at("outside")).unwrap();
    std::os::unix::fs::symlink(sandbox.at("outside"), sandbox.repo().join("docs")).unwrap();
    let repo = open(&sandbox, &sandbox.repo());
    assert!(matches!(publish(&repo).unwrap_err(), Error::Unreachable { .. }));
    assert!(std::fs::read_dir(sandbox.at("outside")).unwrap().next().is_none());
}

#[test]
fn line_ends_are_converted_as_git_does() {
    let sandbox = Sandbox::with_repository();
    sandbox.git(&["config", "core.autocrlf", "true"]);
    let repo = open(&sandbox, &sandbox.repo());
    let windows = PathChange { bytes: Some(b"a\r\nb\r\n".to_vec()), ..change(None) };
    let Committed::Commit(head) = commit(&repo, windows.clone(), Depth::Commit).unwrap() else {
        panic!("no commit")
    };
    assert_eq!(sandbox.git(&["show", &format!("HEAD:{PATH}")]), "a\nb");
    assert_eq!(commit(&repo, windows, Depth::Commit).unwrap(), Committed::Already(head));
}

#[test]
fn the_newest_commit_is_taken_back_only_while_nobody_can_have_it() {
    let (sandbox, status) = busy();
    let repo = open(&sandbox, &sandbox.repo());
    let before = repo.resolve("HEAD").unwrap();
    publish(&repo).unwrap();
    let lock = repo.lock_work(Duration::from_secs(10)).unwrap();
    assert_eq!(undo_tip(&repo, &lock, &[published(&repo)]).unwrap(), TipUndo::Dropped(before));
    assert_eq!(sandbox.status(), status);
    assert!(!sandbox.repo().join("docs").exists());
    drop(lock);
    publish(&repo).unwrap();
    sandbox.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    let lock = repo.lock_work(Duration::from_secs(10)).unwrap();
    assert!(matches!(undo_tip(&repo, &lock, &[published(&repo)]).unwrap(), TipUndo::Kept(_)));
    assert!(matches!(
        undo_tip(&repo, &lock, &[TreeFile { path: "README.md".into(), ..published(&repo) }]).unwrap(),
        TipUndo::Kept(_)
    ));
}

/// The document as [`publish`] commits it.
fn published(repo: &Repo) -> TreeFile {
    TreeFile { path: PATH.to_owned(), blob: repo.write_blob(TEXT.as_bytes()).unwrap() }
}

#[test]
fn a_tip_that_changed_the_document_or_has_another_text_is_kept() {
    let (sandbox, _) = busy();
    let repo = open(&sandbox, &sandbox.repo());
    publish(&repo).unwrap();
    let first = published(&repo);
    let newer = repo.write_blob(b"# Post-Mortem: noted meanwhile\n").unwrap();
    let undo = |file: &TreeFile| {
        let lock = repo.lock_work(Duration::from_secs(10)).unwrap();
        undo_tip(&repo, &lock, std::slice::from_ref(file)).unwrap()
    };
    assert!(matches!(undo(&TreeFile { blob: newer, ..first.clone() }), TipUndo::Kept(_)));
    let note = sandbox.commit(PATH, "# Post-Mortem: noted meanwhile\n", "note");
    assert!(matches!(undo(&TreeFile { blob: newer, ..first.clone() }), TipUndo::Kept(_)));
    assert!(matches!(undo(&first), TipUndo::Kept(_)));
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), note);
    assert_eq!(sandbox.read(PATH), "# Post-Mortem: noted meanwhile\n");
}

#[test]
fn a_review_branch_grows_with_nothing_checked_out() {
    let (sandbox, status) = busy();
    let repo = open(&sandbox, &sandbox.repo());
    let base = repo.resolve("HEAD").unwrap();
    let blob = repo.write_blob(TEXT.as_bytes()).unwrap();
    let changes = vec![(PATH.to_owned(), Some(blob))];
    let first =
        BranchCommit { branch: "review/a", parents: vec![base], tip: None, changes, message: "review a" };
    let tip = commit_on_branch(&repo, &first).unwrap();
    assert_eq!(repo.commit(&tip).unwrap().parents, [base]);
    assert_eq!(sandbox.status(), status);
    assert!(matches!(commit_on_branch(&repo, &first).unwrap_err(), Error::Moved { .. }));
    let tree = sandbox.at("tree");
    sandbox.git(&["worktree", "add", "-q", &tree.display().to_string(), "review/a"]);
    let again = BranchCommit { parents: vec![tip], tip: Some(tip), ..first.clone() };
    let refused = commit_on_branch(&repo, &again).unwrap_err();
    assert_eq!(refused, Error::CheckedOut { branch: "review/a".into(), path: tree });
    let bad = BranchCommit { branch: "a..b", ..first };
    assert!(commit_on_branch(&repo, &bad).unwrap_err().to_string().contains("not a valid branch name"));
}

#[test]
fn a_lock_that_a_killed_git_left_is_named_and_once_removed_all_goes_on() {
    let (sandbox, status) = busy();
    let repo = open(&sandbox, &sandbox.repo());
    let left = sandbox.repo().join(".git/index.lock");
    std::fs::write(&left, "").unwrap();
    let hurried = repo.lock_work(Duration::from_millis(50)).unwrap();
    let work = PathCommit { changes: vec![change(Some(TEXT))], message: "publish a", depth: Depth::Commit };
    let refused = commit_paths(&repo, &hurried, &work).unwrap_err();
    assert!(matches!(&refused, Error::Locked { path, age: Some(_) } if *path == left), "{refused:?}");
    assert!(left.exists(), "it is not ours to remove");
    assert_eq!(sandbox.status(), status);
    std::fs::remove_file(&left).unwrap();
    assert!(matches!(commit_paths(&repo, &hurried, &work).unwrap(), Committed::Commit(_)));
}

#[test]
fn signs_as_the_users_git_does_with_openpgp() {
    let mut sandbox = Sandbox::with_repository();
    let home = sandbox.at("gnupg");
    std::fs::create_dir(&home).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&home, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    sandbox.set("GNUPGHOME", &home);
    let quiet =
        ["--batch", "--quiet", "--passphrase", "", "--quick-gen-key", "carl@example.org", "ed25519", "sign"];
    let made = sandbox.command("gpg", &sandbox.repo()).args(quiet).output();
    if !made.is_ok_and(|made| made.status.success()) {
        eprintln!("skipped: gpg is not installed or makes no keys here");
        return;
    }
    sandbox.git(&["config", "commit.gpgSign", "true"]);
    sandbox.git(&["config", "user.signingKey", "carl@example.org"]);
    let repo = open(&sandbox, &sandbox.repo());
    assert!(matches!(publish(&repo).unwrap(), Committed::Commit(_)));
    sandbox.git(&["verify-commit", "HEAD"]);
    let base = repo.resolve("HEAD").unwrap();
    let changes = vec![("a.md".to_owned(), Some(repo.write_blob(b"a").unwrap()))];
    let review =
        BranchCommit { branch: "review/a", parents: vec![base], tip: None, changes, message: "review a" };
    let tip = commit_on_branch(&repo, &review).unwrap();
    sandbox.git(&["verify-commit", &tip.to_string()]);
    drop(sandbox.command("gpgconf", &sandbox.repo()).args(["--kill", "all"]).output());
}

#[test]
fn only_one_of_us_works_at_a_time() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    let held = repo.lock_work(Duration::from_secs(10)).unwrap();
    let second = open(&sandbox, &sandbox.repo()).lock_work(Duration::from_millis(20));
    assert!(matches!(second.unwrap_err(), Error::Locked { .. }));
    drop(held);
    // A child that another test is just starting may still hold it, between fork and exec.
    repo.lock_work(Duration::from_secs(10)).unwrap();
}
