//! What the work tree has that HEAD has not: the quick look says what git says.

use git_postmortem::git::WorkStatus;

use crate::open;
use crate::sandbox::Sandbox;

/// The look from the repository's top, at everything below `docs` that ends in `.md`.
fn look(sandbox: &Sandbox) -> WorkStatus {
    let repo = open(sandbox, &sandbox.repo());
    let head = repo.resolve("HEAD").ok();
    repo.begin_status(head, vec!["docs".into()], |path| path.ends_with(".md")).unwrap().finish()
}

fn committed() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    for name in ["a", "b", "deep/c"] {
        sandbox.write(&format!("docs/{name}.md"), "one\n");
    }
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-qm", "documents"]);
    sandbox
}

#[test]
fn nothing_differs_right_after_a_commit() {
    assert_eq!(look(&committed()), WorkStatus::default());
}

#[test]
fn a_change_of_the_same_size_in_the_same_moment_is_seen() {
    for _ in 0..10 {
        let sandbox = committed();
        sandbox.write("docs/b.md", "two\n");
        assert_eq!(look(&sandbox).uncommitted, ["docs/b.md"]);
    }
}

#[test]
fn changed_staged_removed_and_new_documents_are_seen() {
    let sandbox = committed();
    sandbox.write("docs/a.md", "longer than before\n");
    sandbox.git(&["add", "docs/a.md"]);
    assert_eq!(look(&sandbox).uncommitted, ["docs/a.md"]);
    std::fs::remove_file(sandbox.repo().join("docs/deep/c.md")).unwrap();
    sandbox.write("docs/new/d e.md", "new\n");
    sandbox.write("docs/picture.png", "not asked about");
    sandbox.write("elsewhere.md", "not asked about");
    let mut seen = look(&sandbox).uncommitted;
    seen.sort();
    assert_eq!(seen, ["docs/a.md", "docs/deep/c.md", "docs/new/d e.md"]);
}

#[test]
fn a_touched_file_with_the_same_content_is_no_change() {
    let sandbox = committed();
    sandbox.write("docs/a.md", "one\n");
    assert_eq!(look(&sandbox), WorkStatus::default());
}

#[test]
fn folders_whose_names_sort_otherwise_with_a_slash_are_known() {
    let sandbox = committed();
    for name in ["deep-down/d", "deep.er/e", "deep/er/f"] {
        sandbox.write(&format!("docs/{name}.md"), "one\n");
    }
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-qm", "more"]);
    assert_eq!(look(&sandbox), WorkStatus::default());
    sandbox.write("docs/deep-down/new.md", "new\n");
    assert_eq!(look(&sandbox).uncommitted, ["docs/deep-down/new.md"]);
}

#[test]
fn a_change_that_is_staged_and_undone_in_the_work_tree_is_seen() {
    let sandbox = committed();
    sandbox.write("docs/a.md", "two\n");
    sandbox.git(&["add", "."]);
    sandbox.write("docs/a.md", "one\n");
    assert_eq!(look(&sandbox).uncommitted, ["docs/a.md"]);
    // git remembers the tree of what is staged, and it is not HEAD's.
    sandbox.git(&["add", "."]);
    sandbox.write("docs/b.md", "two\n");
    sandbox.git(&["add", "."]);
    sandbox.git(&["write-tree"]);
    assert_eq!(look(&sandbox).uncommitted, ["docs/b.md"]);
}

#[test]
fn a_permission_a_link_and_a_promised_file_are_seen() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let sandbox = committed();
    let docs = sandbox.repo().join("docs");
    std::fs::set_permissions(docs.join("a.md"), std::fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(look(&sandbox).uncommitted, ["docs/a.md"]);
    sandbox.git(&["checkout", "-q", "."]);
    std::fs::rename(docs.join("deep"), docs.join("moved")).unwrap();
    symlink("moved", docs.join("deep")).unwrap();
    let mut seen = look(&sandbox).uncommitted;
    seen.sort();
    assert_eq!(seen, ["docs/deep/c.md", "docs/moved/c.md"]);
    std::fs::remove_file(docs.join("deep")).unwrap();
    std::fs::rename(docs.join("moved"), docs.join("deep")).unwrap();
    assert_eq!(look(&sandbox), WorkStatus::default());
    sandbox.write("docs/later.md", "later\n");
    sandbox.git(&["add", "--intent-to-add", "docs/later.md"]);
    assert_eq!(look(&sandbox).uncommitted, ["docs/later.md"]);
}

#[test]
fn what_the_sparse_cone_leaves_out_is_not_missing() {
    let sandbox = committed();
    sandbox.git(&["sparse-checkout", "set", "--no-cone", "/docs/a.md"]);
    assert_eq!(look(&sandbox), WorkStatus::default());
    sandbox.write("docs/deep/d.md", "new\n");
    assert_eq!(look(&sandbox).uncommitted, ["docs/deep/d.md"]);
}

#[test]
fn a_document_outside_the_sparse_cone_that_is_there_all_the_same_is_looked_at() {
    let sandbox = committed();
    sandbox.git(&["sparse-checkout", "set", "--no-cone", "/docs/a.md"]);
    sandbox.write("docs/b.md", "two\n");
    assert_eq!(look(&sandbox).uncommitted, ["docs/b.md"]);
}

#[test]
fn a_change_whose_time_was_set_back_is_seen() {
    let sandbox = committed();
    let path = sandbox.repo().join("docs/b.md");
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    let set_back =
        || std::fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(long_ago));
    set_back().unwrap();
    sandbox.git(&["status"]);
    assert_eq!(look(&sandbox), WorkStatus::default());
    // Most gits compare this time by the second.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    sandbox.write("docs/b.md", "two\n");
    set_back().unwrap();
    assert_eq!(look(&sandbox).uncommitted, ["docs/b.md"]);
}

#[test]
fn compressed_split_and_sparse_indexes_are_left_to_git() {
    for settings in [["index.version", "4"], ["core.splitIndex", "true"], ["core.autocrlf", "true"]] {
        let sandbox = committed();
        sandbox.git(&["config", settings[0], settings[1]]);
        sandbox.git(&["update-index", "--force-write-index"]);
        assert_eq!(look(&sandbox), WorkStatus::default(), "{settings:?}");
        sandbox.write("docs/b.md", "two\n");
        assert_eq!(look(&sandbox).uncommitted, ["docs/b.md"], "{settings:?}");
    }
}

#[test]
fn an_upstream_that_is_ahead_is_told() {
    let sandbox = committed();
    sandbox.git(&["branch", "theirs"]);
    sandbox.git(&["checkout", "-q", "theirs"]);
    sandbox.write("docs/z.md", "z\n");
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-qm", "z"]);
    sandbox.git(&["checkout", "-q", "-"]);
    sandbox.git(&["branch", "-q", "--set-upstream-to", "theirs"]);
    let status = look(&sandbox);
    assert_eq!((status.upstream.as_deref(), status.behind), (Some("theirs"), 1));
    assert!(status.uncommitted.is_empty());
}
