//! What git said is believed another time only while it would say the same: each change is heard at once.

mod heard;
mod unasked;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use crate::sandbox::write;
use heard::{Heard, asks_where};

#[test]
fn an_ordinary_repository_is_known_again_without_git() {
    let heard = Heard::new();
    heard.settle();
    let (answer, asked) = heard.run(&["list", "--for", "v1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(!asks_where(&asked), "{asked:?}");
    // From a folder below it, too.
    let below = heard.sandbox.repo().join("src/deep");
    fs::create_dir_all(&below).unwrap();
    let (_, asked) = heard.run_in(&below, &["list", "--for", "v1"]);
    assert!(!asks_where(&asked), "{asked:?}");
    // Without drafts, whose days and reviews are git's to tell, nothing is left to ask.
    heard.sandbox.git(&["update-ref", "-d", "refs/heads/postmortem/drafts"]);
    assert_eq!(heard.run(&["list", "--for", "v1"]).1, [""; 0]);
    let mode = fs::metadata(heard.kept()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "settings are a person's own");
}

#[test]
fn every_change_of_settings_is_heard_at_once() {
    let heard = Heard::new();
    let sandbox = &heard.sandbox;
    let home = sandbox.at("home");
    let global = |text: &str| write(&home.join(".gitconfig"), text);
    let changes: [(&str, &dyn Fn()); 9] = [
        ("a file of a person's own appears", &|| global("[postmortem \"drafts\"]\n\tbranch = a/b\n")),
        ("another value of the same length", &|| global("[postmortem \"drafts\"]\n\tbranch = a/c\n")),
        ("the other file of a person's own", &|| {
            write(
                &home.join(".config/git/config"),
                "[postmortem \"drafts\"]\n\tremote = x\n[http]\n\tproxy = secret\n",
            );
        }),
        ("the repository's own", &|| drop(sandbox.git(&["config", "postmortem.drafts.branch", "d/e"]))),
        ("a remote", &|| drop(sandbox.git(&["remote", "add", "origin", "https://example.org/a/b"]))),
        ("a value goes away", &|| drop(sandbox.git(&["config", "--unset", "postmortem.drafts.branch"]))),
        ("a file goes away", &|| fs::remove_file(home.join(".gitconfig")).unwrap()),
        ("it is broken", &|| global("[postmortem\n")),
        ("and mended", &|| global("[user]\n\tname = x\n")),
    ];
    for (what, change) in changes {
        // A broken file keeps everything from being known.
        if heard.run(&["list"]).0.code == 0 {
            heard.settle();
        }
        change();
        heard.assert_true(&sandbox.repo(), what);
    }
    heard.settle();
    let kept = fs::read(heard.kept()).unwrap();
    assert!(!String::from_utf8_lossy(&kept).contains("secret"), "what no command asks for is not kept");
    assert!(String::from_utf8_lossy(&kept).contains("example.org"));
}

#[test]
fn every_move_of_head_and_refs_is_seen_at_once() {
    let heard = Heard::new();
    let sandbox = &heard.sandbox;
    let git = |words: &[&str]| drop(sandbox.git(words));
    heard.settle();
    let changes: [(&str, &dyn Fn()); 13] = [
        ("a commit", &|| {
            drop(sandbox.commit("docs/post-mortems/2026-01-02-a.md", "# A\n\n## Summary\n\nx\n", "a"));
        }),
        ("refs are packed", &|| git(&["pack-refs", "--all"])),
        ("a tag moves", &|| git(&["tag", "-f", "v1"])),
        ("an annotated tag", &|| git(&["tag", "-f", "-a", "-m", "x", "v1"])),
        ("a branch of the tag's name", &|| git(&["branch", "v1"])),
        ("the tag goes", &|| git(&["tag", "-d", "v1"])),
        ("another branch", &|| git(&["switch", "-q", "-c", "topic"])),
        ("no branch", &|| git(&["switch", "-q", "--detach", "HEAD~1"])),
        ("drafts of a colleague", &|| {
            git(&["update-ref", "refs/remotes/origin/postmortem/drafts", "refs/heads/postmortem/drafts"]);
        }),
        ("drafts packed", &|| git(&["pack-refs", "--all"])),
        ("drafts gone", &|| git(&["update-ref", "-d", "refs/heads/postmortem/drafts"])),
        ("the remote's name is a link", &|| {
            git(&["symbolic-ref", "refs/remotes/origin/postmortem/drafts", "refs/heads/main"]);
        }),
        ("a branch without a commit", &|| git(&["switch", "-q", "--orphan", "empty"])),
    ];
    for (what, change) in changes {
        change();
        heard.assert_true(&sandbox.repo(), what);
    }
    // The drafts' own branch, checked out in the main work tree, and then in another.
    git(&["update-ref", "refs/heads/postmortem/drafts", "refs/heads/main"]);
    git(&["switch", "-q", "postmortem/drafts"]);
    heard.assert_true(&sandbox.repo(), "drafts checked out");
    git(&["switch", "-q", "main"]);
    let other = sandbox.at("other").display().to_string();
    git(&["worktree", "add", "-q", &other, "postmortem/drafts"]);
    heard.assert_true(&sandbox.repo(), "drafts checked out elsewhere");
    heard.assert_true(&sandbox.at("other"), "from the other work tree");
}

#[test]
fn what_is_out_of_the_ordinary_is_asked_every_time() {
    let heard = Heard::new();
    let sandbox = &heard.sandbox;
    let git = |words: &[&str]| drop(sandbox.git(words));
    heard.settle();
    let shallow = sandbox.repo().join(".git/shallow");
    let is_asked_while = |what: &str, change: &dyn Fn(), back: &dyn Fn()| {
        change();
        std::thread::sleep(Duration::from_millis(150));
        assert!(heard.is_asked() && heard.is_asked(), "{what}");
        back();
        heard.settle();
    };
    let cut = || write(&shallow, sandbox.git(&["rev-parse", "v1"]) + "\n");
    is_asked_while("a cut history", &cut, &|| fs::remove_file(&shallow).unwrap());
    for (key, value) in [("include.path", "more"), ("extensions.worktreeConfig", "true")] {
        is_asked_while(key, &|| git(&["config", key, value]), &|| git(&["config", "--unset", key]));
    }
    let first = sandbox.git(&["rev-parse", "HEAD"]);
    let second = sandbox.commit("a", "b", "c");
    git(&["replace", &second, &first]);
    assert!(heard.is_asked() && heard.is_asked(), "a replaced object");
    git(&["pack-refs", "--all"]);
    drop(fs::remove_dir_all(sandbox.repo().join(".git/refs/replace")));
    assert!(heard.is_asked() && heard.is_asked(), "a replaced object, packed");
}

#[test]
fn another_repository_in_the_way_is_found() {
    let heard = Heard::new();
    let sandbox = &heard.sandbox;
    let inner = sandbox.repo().join("inner");
    let deep = inner.join("deep");
    fs::create_dir_all(&deep).unwrap();
    heard.settle();
    assert!(!asks_where(&heard.run_in(&deep, &["list"]).1));
    sandbox.git_in(&inner, &["init", "-q", "-b", "main"]);
    let (answer, asked) = heard.run_in(&deep, &["list"]);
    assert!(asks_where(&asked), "{asked:?}");
    assert!(answer.stdout.is_empty(), "the inner one has no post-mortem: {}", answer.stdout);
    // One without a work tree, as a fixture of tests may be.
    fs::remove_dir_all(inner.join(".git")).unwrap();
    sandbox.git_in(&inner, &["init", "-q", "--bare", "."]);
    let (answer, asked) = heard.run_in(&inner, &["list"]);
    assert!(asks_where(&asked), "{asked:?}");
    assert!(answer.stdout.is_empty(), "{}", answer.stdout);
    // The folder is another repository than before.
    fs::remove_dir_all(&inner).unwrap();
    heard.settle();
    fs::remove_dir_all(sandbox.repo().join(".git")).unwrap();
    sandbox.git(&["init", "-q", "-b", "main"]);
    assert!(heard.run(&["list"]).0.stdout.is_empty());
}

#[test]
fn the_environment_is_heard() {
    let mut heard = Heard::new();
    heard.settle();
    let other = heard.sandbox.at("else");
    fs::create_dir(&other).unwrap();
    heard.sandbox.git_in(&other, &["init", "-q", "-b", "main"]);
    heard.sandbox.set("GIT_DIR", other.join(".git"));
    assert!(heard.run(&["list"]).0.stdout.is_empty(), "another repository is named");
    heard.sandbox.unset("GIT_DIR");
    for (name, value) in [("GIT_CONFIG_GLOBAL", "/dev/null"), ("HOME", "/nowhere"), ("XDG_CONFIG_HOME", "/x")]
    {
        heard.settle();
        heard.sandbox.set(name, value);
        assert!(heard.is_asked(), "{name} says where settings are");
    }
    heard.settle();
    heard.sandbox.set("GIT_CONFIG_COUNT", "1");
    heard.sandbox.set("GIT_CONFIG_KEY_0", "postmortem.drafts.branch").set("GIT_CONFIG_VALUE_0", "some/where");
    assert_eq!(heard.run(&["config", "drafts.branch"]).0.ok().stdout.trim(), "some/where");
    for name in ["GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0", "GIT_CONFIG_VALUE_0"] {
        heard.sandbox.unset(name);
    }
    heard.settle();
    // Where git may not look upward, we do not either.
    let below = heard.sandbox.repo().join("below");
    fs::create_dir(&below).unwrap();
    let top = heard.sandbox.repo();
    heard.sandbox.set("GIT_CEILING_DIRECTORIES", &top);
    assert_eq!(heard.run_in(&below, &["list"]).0.code, 2);
    assert_eq!(heard.run(&["list"]).0.code, 0);
    heard.sandbox.unset("GIT_CEILING_DIRECTORIES");
    // Another git may read other files.
    heard.settle();
    let script = fs::read_to_string(heard.sandbox.at("bin/git")).unwrap();
    heard.sandbox.script("bin/git", &format!("{}\n# another one", script.trim_start_matches("#!/bin/sh\n")));
    assert!(heard.is_asked());
}

#[test]
fn a_git_that_does_not_tell_its_files_is_asked_every_time_and_no_more() {
    let heard = Heard::new();
    let script = fs::read_to_string(heard.sandbox.at("bin/git")).unwrap();
    let old = "if [ \"$1\" = var ]; then echo 'usage: git var' >&2; echo var >>\"$0.log\"; exit 129; fi";
    heard.sandbox.script("bin/git", &script.replacen("#!/bin/sh", old, 1));
    drop(fs::remove_file(heard.kept()));
    for _ in 0..5 {
        std::thread::sleep(Duration::from_millis(60));
        assert!(heard.is_asked());
    }
    let asked = fs::read_to_string(heard.sandbox.at("bin/git.log")).unwrap();
    assert_eq!(asked.lines().count(), 2, "it is not asked again what it does not know");
}

#[test]
fn a_damaged_or_foreign_file_is_not_believed() {
    let heard = Heard::new();
    heard.settle();
    let kept = heard.kept();
    let whole = fs::read(&kept).unwrap();
    for at in (0..whole.len()).step_by(41) {
        let mut torn = whole.clone();
        torn[at] ^= 0x55;
        fs::write(&kept, &torn).unwrap();
        assert!(heard.is_asked(), "byte {at}");
        assert_eq!(fs::read(&kept).unwrap(), whole, "it was written anew");
    }
    for length in [0, 5, 12, whole.len() - 1] {
        fs::write(&kept, &whole[..length]).unwrap();
        assert!(heard.is_asked(), "{length} bytes");
    }
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o666)).unwrap();
    assert!(heard.is_asked(), "others may write to it");
}
