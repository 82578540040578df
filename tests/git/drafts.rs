//! Drafts on their branch: joined, saved by compare and swap, refused where that would hurt.

use std::sync::atomic::{AtomicBool, Ordering};

use git_postmortem::git::{Drafts, Error, RefUpdate, Repo, Whence};

use crate::open;
use crate::sandbox::Sandbox;

fn drafts(repo: &Repo) -> Drafts<'_> {
    Drafts::branch(repo, "postmortem/drafts", "origin", false)
}

fn put(name: &str, text: &str) -> (String, Option<Vec<u8>>) {
    (format!("{name}.md"), Some(text.as_bytes().to_vec()))
}

fn names(repo: &Repo) -> Vec<(String, Whence)> {
    drafts(repo).list().unwrap().into_iter().map(|draft| (draft.name, draft.whence)).collect()
}

#[test]
fn index_and_work_tree_never_notice() {
    let sandbox = Sandbox::with_repository();
    sandbox.write("README.md", "changed\n");
    sandbox.write("staged.txt", "staged\n");
    sandbox.git(&["add", "staged.txt"]);
    let (status, index) = (sandbox.status(), std::fs::read(sandbox.repo().join(".git/index")).unwrap());
    let repo = open(&sandbox, &sandbox.repo());
    drafts(&repo).save(&[put("a", "one\n")], "draft a", &[]).unwrap();
    assert_eq!(std::fs::read(sandbox.repo().join(".git/index")).unwrap(), index);
    assert_eq!(sandbox.status(), status);
    assert_eq!(
        sandbox.git(&["log", "--format=%an %cn %s", "postmortem/drafts"]),
        "Ana Author Carl Committer draft a"
    );
    assert_eq!(sandbox.git(&["reflog", "-1", "--format=%gs", "postmortem/drafts"]), "draft a");
}

#[test]
fn a_stale_expectation_is_refused_with_the_newer_text() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    let first = drafts(&repo).save(&[put("a", "one\n")], "a", &[("a.md".into(), None)]).unwrap();
    let second = drafts(&repo).save(&[put("a", "two\n")], "a", &[("a.md".into(), first.blobs[0])]).unwrap();
    let late =
        drafts(&repo).save(&[put("a", "three\n")], "a", &[("a.md".into(), first.blobs[0])]).unwrap_err();
    assert_eq!(late, Error::Changed { path: "a.md".into(), newer: second.blobs[0] });
    let unchanged = drafts(&repo).save(&[put("a", "two\n")], "a", &[]).unwrap();
    assert!(!unchanged.changed && unchanged.commit == second.commit);
    let history = drafts(&repo).history("a.md").unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!(drafts(&repo).at(&history[1].commit, "a.md").unwrap().as_deref(), Some(&b"one\n"[..]));
}

#[test]
fn removing_the_last_draft_leaves_an_empty_branch() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    drafts(&repo).save(&[put("a", "one\n")], "a", &[]).unwrap();
    drafts(&repo).save(&[("a.md".into(), None)], "discard a", &[]).unwrap();
    assert!(drafts(&repo).list().unwrap().is_empty());
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn refuses_while_the_drafts_branch_is_checked_out() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    drafts(&repo).save(&[put("a", "one\n")], "a", &[]).unwrap();
    let tree = sandbox.at("tree");
    sandbox.git(&["worktree", "add", "-q", &tree.display().to_string(), "postmortem/drafts"]);
    let refused = drafts(&repo).save(&[put("b", "two\n")], "b", &[]).unwrap_err();
    assert_eq!(refused, Error::CheckedOut { branch: "postmortem/drafts".into(), path: tree.clone() });
    assert_eq!(sandbox.git_in(&tree, &["status", "--porcelain"]), "");
}

#[test]
fn a_branch_in_the_way_is_named() {
    for format in ["files", "reftable"] {
        let sandbox = Sandbox::new();
        sandbox.git(&["init", "-q", "-b", "main", &format!("--ref-format={format}")]);
        sandbox.commit("README.md", "x", "begin");
        sandbox.git(&["branch", "postmortem"]);
        let repo = open(&sandbox, &sandbox.repo());
        let refused = drafts(&repo).save(&[put("a", "one\n")], "a", &[]).unwrap_err();
        let expected =
            Error::BranchInTheWay { branch: "postmortem/drafts".into(), existing: "postmortem".into() };
        assert_eq!(refused, expected);
    }
}

#[test]
fn nothing_is_saved_in_quarantine() {
    let sandbox = Sandbox::with_repository();
    let place = git_postmortem::git::Place {
        cwd: sandbox.repo(),
        quarantined: true,
        environment: Some(sandbox.environment()),
        ..Default::default()
    };
    let repo = Repo::open(place).unwrap();
    assert_eq!(drafts(&repo).save(&[put("a", "one\n")], "a", &[]).unwrap_err(), Error::Quarantined);
}

#[test]
fn without_an_identity_git_says_what_is_missing() {
    let mut sandbox = Sandbox::with_repository();
    for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
        sandbox.unset(name);
    }
    sandbox.git(&["config", "user.useConfigOnly", "true"]);
    let repo = open(&sandbox, &sandbox.repo());
    let refused = drafts(&repo).save(&[put("a", "one\n")], "a", &[]).unwrap_err();
    assert!(matches!(refused, Error::NoIdentity { .. }), "{refused}");
    assert!(repo.refs(&["refs/heads/postmortem"]).unwrap().is_empty());
}

#[test]
fn a_held_ref_names_its_lock() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    let saved = drafts(&repo).save(&[put("a", "one\n")], "a", &[]).unwrap();
    let lock = sandbox.repo().join(".git/refs/heads/postmortem/drafts.lock");
    std::fs::write(&lock, "").unwrap();
    let name = "refs/heads/postmortem/drafts".to_owned();
    let update = RefUpdate { name, old: Some(saved.commit.object()), new: None };
    let refused = repo.update_refs(std::slice::from_ref(&update), "x").unwrap_err();
    assert!(matches!(&refused, Error::Locked { path, age: Some(_) } if *path == lock), "{refused:?}");
    std::fs::remove_file(&lock).unwrap();
    let stale = RefUpdate { old: Some(repo.resolve("main").unwrap().object()), ..update };
    assert!(matches!(repo.update_refs(&[stale], "x").unwrap_err(), Error::Moved { .. }));
}

#[test]
fn several_refs_move_together_or_not_at_all() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    let head = repo.resolve("HEAD").unwrap().object();
    let create = |name: &str| RefUpdate { name: format!("refs/heads/{name}"), old: None, new: Some(head) };
    assert!(repo.update_refs(&[create("one"), create("main")], "x").is_err());
    assert!(repo.refs(&["refs/heads/one"]).unwrap().is_empty());
    repo.update_refs(&[create("one"), create("two")], "x").unwrap();
    assert_eq!(repo.refs(&["refs/heads"]).unwrap().len(), 3);
}

#[test]
fn colleagues_drafts_are_joined_and_carried_on() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    let tracking = "refs/remotes/origin/postmortem/drafts";
    drafts(&repo).save(&[put("a", "one\n"), put("b", "one\n"), put("gone", "x\n")], "start", &[]).unwrap();
    sandbox.git(&["update-ref", tracking, "postmortem/drafts"]);
    sandbox.git(&["branch", "-m", "postmortem/drafts", "aside"]);
    let remote = Whence::Remote(tracking.to_owned());
    assert!(names(&repo).iter().all(|(_, whence)| *whence == remote));

    // The first save goes on from the remote's tip, so that both have one root.
    drafts(&repo).save(&[put("mine", "m\n")], "mine", &[]).unwrap();
    assert_eq!(sandbox.git(&["rev-list", "--max-parents=0", "--count", "postmortem/drafts", tracking]), "1");

    // A colleague changes b and removes another, we change a: both sides are shown.
    sandbox.git(&["checkout", "-q", "aside"]);
    sandbox.git(&["rm", "-q", "gone.md"]);
    sandbox.commit("theirs.md", "t\n", "theirs");
    sandbox.commit("b.md", "two\n", "b");
    sandbox.git(&["commit", "-qm", "gone", "--allow-empty"]);
    sandbox.git(&["update-ref", tracking, "aside"]);
    sandbox.git(&["checkout", "-q", "main"]);
    drafts(&repo).save(&[put("a", "two\n")], "a", &[]).unwrap();
    let listed = names(&repo);
    let find = |name: &str| listed.iter().find(|(known, _)| known == name).map(|(_, whence)| whence.clone());
    assert_eq!(find("a"), Some(Whence::Local));
    assert_eq!(find("b"), Some(remote.clone()));
    assert_eq!(find("theirs"), Some(remote));
    assert_eq!(find("gone"), None);

    // Carrying on a draft that only they have merges both lines.
    let theirs = drafts(&repo).list().unwrap().into_iter().find(|draft| draft.name == "theirs").unwrap();
    drafts(&repo).save(&[put("theirs", "more\n")], "more", &[(theirs.path, Some(theirs.blob))]).unwrap();
    assert_eq!(sandbox.git(&["rev-list", "--count", &format!("postmortem/drafts..{tracking}")]), "0");
    let files = sandbox.git(&["ls-tree", "--name-only", "postmortem/drafts"]);
    assert_eq!(files.lines().collect::<Vec<_>>(), ["a.md", "b.md", "mine.md", "theirs.md"]);
    assert_eq!(sandbox.git(&["show", "postmortem/drafts:a.md"]), "two");
    assert_eq!(sandbox.git(&["show", "postmortem/drafts:theirs.md"]), "more");
}

#[test]
fn a_save_on_what_was_pushed_has_one_parent() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    drafts(&repo).save(&[put("a", "one\n")], "a", &[]).unwrap();
    sandbox.git(&["update-ref", "refs/remotes/origin/postmortem/drafts", "postmortem/drafts"]);
    drafts(&repo).save(&[put("a", "two\n")], "a", &[]).unwrap();
    let parents = sandbox.git(&["log", "-1", "--format=%P", "postmortem/drafts"]);
    assert_eq!(parents, sandbox.git(&["rev-parse", "origin/postmortem/drafts"]));
}

#[test]
fn what_would_come_back_from_the_remote_is_not_removed() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    let tracking = "refs/remotes/origin/postmortem/drafts";
    // Saved while nothing was fetched: theirs goes to the remote-tracking branch, ours stays here.
    let start = drafts(&repo).save(&[put("a", "one\n"), put("b", "one\n")], "start", &[]).unwrap().commit;
    drafts(&repo).save(&[put("b", "theirs\n"), put("theirs", "t\n")], "theirs", &[]).unwrap();
    let theirs = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    sandbox.git(&["update-ref", "refs/heads/postmortem/drafts", &start.to_string()]);
    drafts(&repo).save(&[put("b", "ours\n")], "ours", &[]).unwrap();
    sandbox.git(&["update-ref", tracking, &theirs]);
    let ours = sandbox.git(&["rev-parse", "postmortem/drafts"]);

    let apart = Error::Diverged {
        path: "b.md".into(),
        ours: "postmortem/drafts".into(),
        theirs: "origin/postmortem/drafts".into(),
    };
    for path in ["b.md", "theirs.md"] {
        assert_eq!(drafts(&repo).check_removal(path), Err(apart.clone()), "{path}");
        let refused = drafts(&repo).save(&[(path.into(), None)], "discard", &[]).unwrap_err();
        assert_eq!(
            (refused, sandbox.git(&["rev-parse", "postmortem/drafts"])),
            (apart.clone(), ours.clone())
        );
    }
    drafts(&repo).save(&[("a.md".into(), None)], "discard", &[]).unwrap();
    let names: Vec<String> = names(&repo).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["b", "theirs"]);
}

#[test]
fn twenty_writers_lose_nothing() {
    for format in ["files", "reftable"] {
        let sandbox = Sandbox::new();
        sandbox.git(&["init", "-q", "-b", "main", &format!("--ref-format={format}")]);
        let (writers, writes) = if format == "files" { (20, 5) } else { (5, 4) };
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let packing = scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    sandbox.try_git_in(&sandbox.repo(), &["pack-refs", "--all"]);
                }
            });
            let work = |writer: usize| {
                let repo = open(&sandbox, &sandbox.repo());
                for write in 0..writes {
                    let change = put(&format!("{writer}-{write}"), "text\n");
                    drafts(&repo).save(&[change], "draft", &[]).unwrap();
                }
            };
            let threads: Vec<_> = (0..writers).map(|writer| scope.spawn(move || work(writer))).collect();
            let ended: Vec<_> = threads.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
            // Whatever became of them: the loop must end, or nobody hears of it.
            over.store(true, Ordering::Relaxed);
            ended.into_iter().for_each(|writer| writer.unwrap());
            packing.join().unwrap();
        });
        let repo = open(&sandbox, &sandbox.repo());
        assert_eq!(drafts(&repo).list().unwrap().len(), writers * writes, "{format}");
        let commits = sandbox.git(&["rev-list", "--count", "postmortem/drafts"]);
        assert_eq!(commits, (writers * writes).to_string(), "{format}");
        sandbox.assert_sound(&sandbox.repo());
    }
}
