use std::path::Path;
use std::process::Command;

use super::*;
use crate::session::{Options, Surroundings};

/// Runs git in a folder, whatever the environment says; hands back what it printed.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(name);
    }
    let fixed = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgSign=false"];
    let output = command.current_dir(folder).args(fixed).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

const CONFIG: &str = "[services.pay]\ntags = [\"pay-v*\"]\n[services.shop]\ntags = [\"shop-v*\"]\n\
    [services.mail]\ntags = [\"mail-v*\"]\n[[gate.rules]]\nservice = [\"pay\", \"shop\"]\nscope = \"touched\"\n";

/// A repository of three services; the payments' promise is broken.
fn three_services() -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("docs/post-mortems");
    std::fs::create_dir_all(&pages).unwrap();
    let page = "# Outage\n\n**Date**: 2026-03-08\n**Service**: pay\n\n## Action Items\n\n\
        | # | Action | Due | Status |\n|---|---|---|---|\n| 1 | Limit it | 2026-03-20 | open |\n";
    std::fs::write(pages.join("2026-03-08-outage.md"), page).unwrap();
    std::fs::write(folder.path().join(".postmortem.toml"), CONFIG).unwrap();
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "begin"]);
    for tag in ["pay-v1", "shop-v1", "mail-v1"] {
        git(folder.path(), &["-c", "tag.gpgSign=false", "tag", tag]);
    }
    git(folder.path(), &["commit", "-q", "--allow-empty", "-m", "more"]);
    let mut session = Session::begin(Surroundings::read(), Options::default());
    session.enter(folder.path());
    (folder, session)
}

/// An annotated tag that no ref has yet.
fn tag_object(folder: &Path, message: &str) -> String {
    git(folder, &["tag", "-a", "--no-sign", "x", "-m", message]);
    let object = git(folder, &["rev-parse", "refs/tags/x"]);
    git(folder, &["tag", "-d", "x"]);
    object
}

#[test]
fn five_tags_of_three_services_are_judged_together() {
    let (folder, session) = three_services();
    let head = git(folder.path(), &["rev-parse", "HEAD"]);
    let message = "Release\n\nPostmortem-Waiver: outage#1 until 2999-01-01: the vendor is late";
    let waived = tag_object(folder.path(), message);
    let asked = |tag: &str, object: &str| Asked { tag: tag.into(), object: object.into() };
    let all = [
        asked("pay-v2", &head),
        asked("shop-v2", &head),
        asked("mail-v2", &head),
        asked("pay-v3", &waived),
        asked("nightly", &head),
        asked("junk", &git(folder.path(), &["rev-parse", "HEAD:docs"])),
        asked("pay-v0", &"0".repeat(40)),
    ];
    let judged = judge_all(&session, &all);
    let told: Vec<(&str, ExitStatus)> = judged.iter().map(|one| (one.tag.as_str(), one.status())).collect();
    let expected = [
        ("pay-v2", ExitStatus::No),
        ("shop-v2", ExitStatus::Done),
        ("mail-v2", ExitStatus::Done),
        ("pay-v3", ExitStatus::Done),
    ];
    assert_eq!(told, expected, "what no pattern takes and what is deleted is not judged");
    assert_eq!(overall(&judged), ExitStatus::No);
    assert_eq!(
        judged[3].answer.as_ref().unwrap().day_from,
        "tagger",
        "the object has its day before it has a ref"
    );
}

#[test]
fn one_tag_that_cannot_be_judged_closes_the_gate_for_all() {
    let (folder, session) = three_services();
    let head = git(folder.path(), &["rev-parse", "HEAD"]);
    let all = [
        Asked { tag: "mail-v2".into(), object: head },
        Asked { tag: "shop-v2".into(), object: git(folder.path(), &["rev-parse", "HEAD:docs"]) },
    ];
    let judged = judge_all(&session, &all);
    assert_eq!(judged.len(), 2);
    assert_eq!(overall(&judged), ExitStatus::CouldNot);
    assert_eq!(overall(&judged[..1]), ExitStatus::Done);
    assert_eq!(overall(&[]), ExitStatus::Done);
}
