//! Every kind of repository opens, reads, takes drafts and stays sound.

use git_postmortem::git::Drafts;

use crate::kinds_of_repositories::{DOCUMENT, Kind, TEXT, build};
use crate::open;
use crate::sandbox::Sandbox;

#[test]
fn every_kind_opens_reads_and_takes_drafts() {
    for kind in Kind::ALL {
        let mut sandbox = Sandbox::new();
        let cwd = build(&mut sandbox, kind);
        let repo = open(&sandbox, &cwd);
        if kind.has_history() {
            let head = repo.resolve("HEAD").unwrap();
            let files = repo.files(&head, "docs").unwrap_or_else(|error| panic!("{kind:?}: {error}"));
            assert_eq!(files.len(), 1, "{kind:?}");
            assert_eq!(files[0].path, DOCUMENT, "{kind:?}");
            let texts = repo.map_blobs(&[files[0].blob], |_, bytes| bytes.to_vec()).unwrap();
            assert_eq!(texts[0].as_deref(), Ok(TEXT.as_bytes()), "{kind:?}");
            assert_eq!(repo.path_history(&head, DOCUMENT, true).unwrap().len(), 1, "{kind:?}");
        } else {
            assert_eq!(repo.head().unwrap().branch.as_deref(), Some("main"));
            assert_eq!(repo.head().unwrap().commit, None);
        }
        let before = sandbox.try_git_in(&cwd, &["status", "--porcelain"]).stdout;
        let drafts = Drafts::branch(&repo, "postmortem/drafts", "origin", false);
        let change = ("one.md".to_owned(), Some(b"text\n".to_vec()));
        drafts
            .save(&[change], "draft one", &[("one.md".to_owned(), None)])
            .unwrap_or_else(|error| panic!("{kind:?}: {error}"));
        let listed = drafts.list().unwrap();
        assert_eq!(listed.len(), 1, "{kind:?}");
        assert_eq!(drafts.read(&listed[0]).unwrap(), b"text\n", "{kind:?}");
        assert_eq!(
            sandbox.git_in(&cwd, &["show", "refs/heads/postmortem/drafts:one.md"]),
            "text",
            "{kind:?}"
        );
        assert_eq!(sandbox.try_git_in(&cwd, &["status", "--porcelain"]).stdout, before, "{kind:?}");
        sandbox.assert_sound(&cwd);
    }
}

#[test]
fn says_what_kind_it_is() {
    let is = |kind| {
        let mut sandbox = Sandbox::new();
        let cwd = build(&mut sandbox, kind);
        let repo = open(&sandbox, &cwd);
        (repo.is_bare(), repo.is_shallow(), repo.is_partial())
    };
    assert_eq!(is(Kind::Ordinary), (false, false, false));
    assert_eq!(is(Kind::Bare), (true, false, false));
    assert_eq!(is(Kind::Shallow), (false, true, false));
    assert_eq!(is(Kind::Partial), (false, false, true));
}

#[test]
fn many_missing_blobs_of_a_partial_clone_come_in_one_fetch() {
    let mut sandbox = Sandbox::with_repository();
    for number in 0..12 {
        sandbox.write(&format!("docs/{number}.md"), format!("document {number}\n"));
    }
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-qm", "documents"]);
    sandbox.git(&["config", "uploadpack.allowFilter", "true"]);
    let url = format!("file://{}", sandbox.repo().display());
    let copy = sandbox.at("copy");
    sandbox.git(&["clone", "-q", "--filter=blob:none", "--no-checkout", &url, &copy.display().to_string()]);
    let trace = sandbox.at("trace");
    sandbox.set("GIT_TRACE", trace.as_os_str());
    let repo = open(&sandbox, &copy);
    let files = repo.files(&repo.resolve("HEAD").unwrap(), "docs").unwrap();
    let blobs: Vec<_> = files.iter().map(|file| file.blob).collect();
    let lengths = repo.map_blobs(&blobs, |_, bytes| bytes.len()).unwrap();
    assert!(lengths.iter().all(Result::is_ok), "{lengths:?}");
    let trace = std::fs::read_to_string(trace).unwrap();
    assert_eq!(trace.matches("built-in: git fetch").count(), 1, "{trace}");
}

#[test]
fn a_blob_that_no_remote_gives_is_its_own_error() {
    let mut sandbox = Sandbox::new();
    let cwd = build(&mut sandbox, Kind::Partial);
    let repo = open(&sandbox, &cwd);
    let head = repo.resolve("HEAD").unwrap();
    let file = repo.file(&head, DOCUMENT).unwrap().unwrap();
    std::fs::rename(sandbox.repo(), sandbox.at("gone")).unwrap();
    let read = repo.read(&file.blob).unwrap_err();
    assert!(read.to_string().contains("partial clone"), "{read}");
}

#[test]
fn stays_within_the_repository_that_git_names_inside_a_hook() {
    let mut sandbox = Sandbox::with_repository();
    let git_dir = sandbox.repo().join(".git");
    sandbox.set("GIT_DIR", git_dir.as_os_str()).set("GIT_INDEX_FILE", git_dir.join("index").as_os_str());
    let repo = open(&sandbox, &sandbox.repo());
    assert_eq!(repo.git_dir(), git_dir);
    let saved = Drafts::private(&repo).save(&[("a.md".into(), Some(b"a".to_vec()))], "a", &[]).unwrap();
    assert!(saved.changed);
}
