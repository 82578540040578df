//! Commit objects: their trees, people, messages and signatures.

use git_postmortem::git::NewCommit;

use crate::open;
use crate::sandbox::Sandbox;

#[test]
fn a_tree_changes_only_where_it_is_told_to() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit("docs/a.md", "a\n", "a");
    let repo = open(&sandbox, &sandbox.repo());
    let head = repo.resolve("HEAD").unwrap();
    let blob = repo.write_blob(b"new\n").unwrap();
    let changes = vec![
        ("docs/deep/b.md".to_owned(), Some(blob)),
        ("docs/a.md".to_owned(), None),
        ("not/there.md".to_owned(), None),
    ];
    let message = "subject\n\nbody".to_owned();
    let new = NewCommit { base: Some(head), changes, parents: vec![head], message, sign: false };
    let made = repo.write_commit(&new).unwrap();
    let listed = sandbox.git(&["ls-tree", "-r", "--name-only", &made.to_string()]);
    assert_eq!(listed, "README.md\ndocs/deep/b.md");
    let raw = sandbox.git(&["cat-file", "commit", &made.to_string()]);
    assert!(raw.contains("author Ana Author <ana@example.org> 1795424400 +0000"), "{raw}");
    assert!(raw.ends_with("\n\nsubject\n\nbody"), "{raw}");
    assert_eq!(repo.resolve("HEAD").unwrap(), head);
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn signs_as_the_users_git_does() {
    let sandbox = Sandbox::with_repository();
    let key = sandbox.at("key");
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "carl@example.org", "-f"])
        .arg(&key)
        .status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: ssh-keygen is not installed");
        return;
    }
    let public = std::fs::read_to_string(key.with_extension("pub")).unwrap();
    std::fs::write(sandbox.at("allowed"), format!("carl@example.org {public}")).unwrap();
    sandbox.git(&["config", "gpg.format", "ssh"]);
    sandbox.git(&["config", "user.signingKey", &key.display().to_string()]);
    sandbox.git(&["config", "gpg.ssh.allowedSignersFile", &sandbox.at("allowed").display().to_string()]);
    let repo = open(&sandbox, &sandbox.repo());
    let head = repo.resolve("HEAD").unwrap();
    let new = NewCommit {
        base: Some(head),
        parents: vec![head],
        message: "signed".into(),
        sign: true,
        ..NewCommit::default()
    };
    let signed = repo.write_commit(&new).unwrap();
    sandbox.git(&["verify-commit", &signed.to_string()]);
    let plain = repo.write_commit(&NewCommit { sign: false, ..new }).unwrap();
    sandbox.try_git_in(&sandbox.repo(), &["verify-commit", &plain.to_string()]).status(1);
    sandbox.assert_sound(&sandbox.repo());
}
