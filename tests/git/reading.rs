//! Opening, settings, trees, history and ancestry.

use git_postmortem::git::{EntryKind, Error, Place, Repo};

use crate::open;
use crate::sandbox::Sandbox;

#[test]
fn outside_a_repository_git_says_so() {
    let sandbox = Sandbox::new();
    let place = Place { cwd: sandbox.repo(), environment: Some(sandbox.environment()), ..Place::default() };
    let error = Repo::open(place).unwrap_err();
    assert!(matches!(error, Error::NotARepository { .. }));
    assert!(error.to_string().starts_with("not a git repository"), "{error}");
}

#[test]
fn another_repository_is_opened_despite_git_dir() {
    let mut sandbox = Sandbox::with_repository();
    let other = sandbox.at("other");
    std::fs::create_dir(&other).unwrap();
    sandbox.git_in(&other, &["init", "-q", "-b", "trunk"]);
    sandbox.set("GIT_DIR", sandbox.repo().join(".git"));
    let place =
        Place { cwd: other, elsewhere: true, environment: Some(sandbox.environment()), ..Place::default() };
    assert_eq!(Repo::open(place).unwrap().head().unwrap().branch.as_deref(), Some("trunk"));
}

#[test]
fn settings_come_with_their_scope_and_from_the_command_line() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.git(&["config", "postmortem.remote", "upstream"]);
    sandbox
        .set("GIT_CONFIG_COUNT", "1")
        .set("GIT_CONFIG_KEY_0", "postmortem.x")
        .set("GIT_CONFIG_VALUE_0", "y");
    let repo = open(&sandbox, &sandbox.repo());
    let settings = repo.settings().unwrap();
    assert_eq!(settings.get("postmortem.remote"), Some("upstream"));
    let last = settings.all().last().unwrap();
    assert_eq!((last.key.as_str(), last.scope.as_str()), ("postmortem.x", "command"));
}

#[test]
fn folders_and_files_of_a_commit() {
    let sandbox = Sandbox::with_repository();
    sandbox.write("docs/a.md", "a");
    sandbox.write("docs/deep/b.md", "b");
    #[cfg(unix)]
    std::os::unix::fs::symlink("a.md", sandbox.repo().join("docs/link.md")).unwrap();
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-qm", "documents"]);
    let repo = open(&sandbox, &sandbox.repo());
    let head = repo.resolve("HEAD").unwrap();
    let docs: Vec<_> = repo.list_dir(&head, "docs").unwrap().into_iter().map(|e| (e.name, e.kind)).collect();
    let expected = [("a.md", EntryKind::File), ("deep", EntryKind::Dir), ("link.md", EntryKind::Link)]
        .map(|(n, k)| (n.into(), k));
    assert_eq!(docs, expected);
    assert!(repo.list_dir(&head, "docs/a.md").unwrap().is_empty());
    assert!(repo.list_dir(&head, "nowhere/at/all").unwrap().is_empty());
    let paths: Vec<_> = repo.files(&head, "").unwrap().into_iter().map(|file| file.path).collect();
    assert_eq!(paths, ["README.md", "docs/a.md", "docs/deep/b.md"]);
    let below: Vec<_> = repo.files(&head, "docs/").unwrap().into_iter().map(|file| file.path).collect();
    assert_eq!(below, ["docs/a.md", "docs/deep/b.md"]);
    assert!(repo.file(&head, "docs").unwrap().is_none());
}

#[test]
#[cfg(unix)]
fn a_path_that_is_not_utf8_is_read_all_the_same() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::with_repository();
    let folder = sandbox.repo().join(std::ffi::OsStr::from_bytes(b"d\xff"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.md"), "a").unwrap();
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-qm", "odd"]);
    let repo = open(&sandbox, &sandbox.repo());
    let files = repo.files(&repo.resolve("HEAD").unwrap(), "").unwrap();
    assert_eq!(files.len(), 2);
    assert_eq!(files[1].path, "d\u{fffd}/a.md");
}

#[test]
fn many_blobs_come_back_in_order() {
    let sandbox = Sandbox::with_repository();
    for number in 0..1000 {
        sandbox.write(&format!("docs/{number:04}.md"), format!("document {number}\n"));
    }
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-qm", "documents"]);
    let repo = open(&sandbox, &sandbox.repo());
    let files = repo.files(&repo.resolve("HEAD").unwrap(), "docs").unwrap();
    let mut blobs: Vec<_> = files.iter().map(|file| file.blob).collect();
    blobs[500] = "1".repeat(40).parse().unwrap();
    let texts =
        repo.map_blobs(&blobs, |at, bytes| (at, String::from_utf8_lossy(bytes).into_owned())).unwrap();
    assert_eq!(texts.len(), 1000);
    for (number, text) in texts.into_iter().enumerate() {
        match text {
            Ok(text) => assert_eq!(text, (number, format!("document {number}\n"))),
            Err(error) => assert_eq!(
                (number, error.to_string()),
                (500, format!("object {} is missing", "1".repeat(40)))
            ),
        }
    }
}

#[test]
fn what_the_work_tree_has_is_believed_only_where_it_is_what_was_committed() {
    let sandbox = Sandbox::with_repository();
    let path = |number: usize| format!("docs/{number:04}.md");
    for number in 0..300 {
        sandbox.write(&path(number), format!("document {number}\n"));
    }
    sandbox.write(".gitattributes", "docs/0100.md text eol=crlf\n");
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-qm", "documents"]);
    std::fs::remove_file(sandbox.repo().join(path(100))).unwrap();
    sandbox.git(&["checkout", "--", &path(100)]);
    assert_eq!(sandbox.read(&path(100)), "document 100\r\n");
    let repo = open(&sandbox, &sandbox.repo());
    let head = repo.resolve("HEAD").unwrap();
    let files = repo.files(&head, "docs").unwrap();

    // Another text of the same length and time; shorter; gone; a folder, a link and a pipe in its place.
    let at = |number| sandbox.repo().join(path(number));
    let time = std::fs::metadata(at(3)).unwrap().modified().unwrap();
    std::fs::write(at(3), "documemt 3\n").unwrap();
    std::fs::File::options().write(true).open(at(3)).unwrap().set_modified(time).unwrap();
    std::fs::write(at(4), "").unwrap();
    for number in [5, 70, 140, 210] {
        std::fs::remove_file(at(number)).unwrap();
    }
    std::fs::create_dir(at(70)).unwrap();
    std::os::unix::fs::symlink("0001.md", at(140)).unwrap();
    let made = std::process::Command::new("mkfifo").arg(at(210)).status().unwrap();
    assert!(made.success());
    // Of two objects that are gone, the work tree still has one.
    for number in [5, 6] {
        let id = files[number].blob.to_string();
        std::fs::remove_file(sandbox.repo().join(".git/objects").join(&id[..2]).join(&id[2..])).unwrap();
    }

    let pairs: Vec<_> = files.iter().map(|file| (file.path.as_str(), &file.blob)).collect();
    let texts =
        repo.map_files(&pairs, |at, bytes| (at, String::from_utf8_lossy(bytes).into_owned())).unwrap();
    assert_eq!(texts.len(), 300);
    for (number, text) in texts.into_iter().enumerate() {
        match text {
            Ok(text) => assert_eq!(text, (number, format!("document {number}\n"))),
            Err(error) => {
                assert_eq!((number, error.to_string()), (5, format!("object {} is missing", files[5].blob)));
            }
        }
    }
}

#[test]
fn history_follows_a_rename_and_tells_a_removal() {
    let sandbox = Sandbox::with_repository();
    let text = "a line\n".repeat(20);
    sandbox.commit("docs/old name.md", &text, "first\n\nwith a body");
    sandbox.git(&["mv", "docs/old name.md", "docs/new.md"]);
    sandbox.git(&["commit", "-qm", "renamed"]);
    sandbox.git(&["rm", "-q", "docs/new.md"]);
    sandbox.git(&["commit", "-qm", "removed"]);
    let repo = open(&sandbox, &sandbox.repo());
    let head = repo.resolve("HEAD").unwrap();
    let history = repo.path_history(&head, "docs/new.md", true).unwrap();
    let told: Vec<_> =
        history.iter().map(|r| (r.subject.as_str(), r.path.as_str(), r.blob.is_some())).collect();
    let expected = [
        ("removed", "docs/new.md", false),
        ("renamed", "docs/new.md", true),
        ("first", "docs/old name.md", true),
    ];
    assert_eq!(told, expected);
    assert_eq!(history[2].message.trim_end(), "first\n\nwith a body");
    assert_eq!(repo.path_history(&head, "docs/new.md", false).unwrap().len(), 2);
}

#[test]
fn ancestry_and_days_past() {
    let mut sandbox = Sandbox::new();
    sandbox.at_time("2026-01-01T00:00:00Z");
    sandbox.git(&["init", "-q", "-b", "main"]);
    let first = sandbox.commit("a", "1", "one");
    sandbox.at_time("2026-02-01T00:00:00Z");
    sandbox.commit("a", "2", "two");
    let repo = open(&sandbox, &sandbox.repo());
    let (first, head) = (first.parse().unwrap(), repo.resolve("main").unwrap());
    assert!(repo.is_ancestor(&first, &head).unwrap() && !repo.is_ancestor(&head, &first).unwrap());
    assert_eq!(repo.ahead_behind(&head, &first).unwrap(), (1, 0));
    let january = 1_767_225_600;
    assert_eq!(repo.first_parent_before(&head, january).unwrap(), Some(first));
    assert_eq!(repo.first_parent_before(&head, january - 1).unwrap(), None);
    assert_eq!(repo.commit(&head).unwrap().committed, 1_769_904_000);
    assert_eq!(repo.resolve("--all").unwrap_err(), Error::UnknownRevision { rev: "--all".into() });
    assert_eq!(repo.resolve("v1").unwrap_err().to_string(), "no commit is called 'v1'");
}

#[test]
fn the_default_branch_is_the_remotes_head_first() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    assert_eq!(repo.default_branch().unwrap().as_deref(), Some("main"));
    sandbox.git(&["branch", "trunk"]);
    sandbox.git(&["config", "init.defaultBranch", "trunk"]);
    assert_eq!(open(&sandbox, &sandbox.repo()).default_branch().unwrap().as_deref(), Some("trunk"));
    sandbox.git(&["remote", "add", "origin", "."]);
    sandbox.git(&["update-ref", "refs/remotes/origin/develop", "HEAD"]);
    sandbox.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop"]);
    assert_eq!(open(&sandbox, &sandbox.repo()).default_branch().unwrap().as_deref(), Some("develop"));
}

#[test]
fn refs_are_peeled_through_tags_of_tags() {
    let sandbox = Sandbox::with_repository();
    sandbox.git(&["tag", "-am", "one", "v1"]);
    sandbox.git(&["tag", "-am", "two", "v1.again", "v1"]);
    sandbox.git(&["tag", "blob", "HEAD:README.md"]);
    let repo = open(&sandbox, &sandbox.repo());
    let head = repo.resolve("HEAD").unwrap();
    let tags = repo.refs(&["refs/tags"]).unwrap();
    let told: Vec<_> = tags.iter().map(|tag| (tag.name.as_str(), tag.commit)).collect();
    assert_eq!(
        told,
        [("refs/tags/blob", None), ("refs/tags/v1", Some(head)), ("refs/tags/v1.again", Some(head))]
    );
    assert!(tags[1].committed.is_some() && tags[2].committed.is_some());
}

#[test]
fn what_is_under_way_is_named() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    assert_eq!(repo.in_progress(), None);
    sandbox.git(&["checkout", "-qb", "side"]);
    sandbox.commit("README.md", "side\n", "side");
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.commit("README.md", "main\n", "main");
    sandbox.try_git_in(&sandbox.repo(), &["merge", "side"]).status(1);
    assert_eq!(repo.in_progress(), Some("merge"));
    sandbox.git(&["merge", "--abort"]);
    sandbox.try_git_in(&sandbox.repo(), &["rebase", "side"]).status(1);
    assert_eq!(repo.in_progress(), Some("rebase"));
}

#[test]
fn texts_merge_and_conflicts_are_counted() {
    let sandbox = Sandbox::with_repository();
    let repo = open(&sandbox, &sandbox.repo());
    let base = b"a\nb\nc\nd\ne\n";
    let merged =
        repo.merge_texts(base, b"A\nb\nc\nd\ne\n", b"a\nb\nc\nd\nE\n", ["ours", "base", "theirs"]).unwrap();
    assert_eq!((merged.bytes.as_slice(), merged.conflicts), (&b"A\nb\nc\nd\nE\n"[..], 0));
    let torn =
        repo.merge_texts(base, b"X\nb\nc\nd\ne\n", b"Y\nb\nc\nd\ne\n", ["draft", "base", "review"]).unwrap();
    assert_eq!(torn.conflicts, 1);
    assert!(String::from_utf8(torn.bytes).unwrap().contains("<<<<<<< draft\nX\n"));
    assert!(std::fs::read_dir(repo.state_dir()).unwrap().next().is_none(), "nothing is left behind");
}

#[test]
fn the_editor_runs_as_git_would_run_it() {
    let mut sandbox = Sandbox::with_repository();
    let editor = sandbox.script("my editor", "echo \"$1 $2\" >> \"$2\"");
    let file = sandbox.at("text.md");
    std::fs::write(&file, "x\n").unwrap();
    sandbox.set("GIT_EDITOR", format!("'{}' --wait", editor.display()));
    open(&sandbox, &sandbox.repo()).run_editor(&file).unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("x\n--wait {}\n", file.display()));
    sandbox.set("GIT_EDITOR", "false");
    let error = open(&sandbox, &sandbox.repo()).run_editor(&file).unwrap_err();
    assert_eq!(error.to_string(), "the editor 'false' ended with status 1");
}

#[test]
fn history_follows_a_rename_but_no_copy_of_a_like_document() {
    let sandbox = Sandbox::with_repository();
    let text = |title: &str| format!("# {title}\n\n{}", "a line of the template\n".repeat(40));
    sandbox.commit("a.md", text("First"), "first");
    sandbox.commit("b.md", text("Second"), "second");
    sandbox.git(&["mv", "b.md", "c.md"]);
    sandbox.git(&["commit", "-qm", "rename"]);
    let repo = crate::open(&sandbox, &sandbox.repo());
    let tip = repo.resolve("HEAD").unwrap();
    let history = repo.path_history(&tip, "c.md", true).unwrap();
    let subjects: Vec<&str> = history.iter().map(|revision| revision.subject.as_str()).collect();
    assert_eq!(subjects, ["rename", "second"]);
}
