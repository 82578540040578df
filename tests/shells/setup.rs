//! `setup` writes what it says, `man` finds it, and `--remove` takes exactly that away.

use std::collections::BTreeMap;
use std::path::Path;

use super::{bare_world, on_path};
use crate::sandbox::{Sandbox, answer, write};

/// Every file below a folder with its text.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(here) = folders.pop() {
        for entry in std::fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn all_shells(sandbox: &Sandbox) -> String {
    sandbox.run(&["setup", "--shell", "bash", "--shell", "zsh", "--shell", "fish"]).ok().stdout
}

#[test]
fn it_lists_what_it_wrote_and_the_second_time_changes_nothing() {
    let sandbox = bare_world();
    let first = all_shells(&sandbox);
    for name in ["man pages", "bash", "zsh", "fish", "setup --remove"] {
        assert!(first.contains(name), "{first}");
    }
    let written = files(&sandbox.at("home"));
    assert!(written.contains_key(".local/share/bash-completion/completions/git-postmortem"), "{written:?}");
    assert!(written.keys().any(|name| name.ends_with("man1/git-postmortem-actions.1")), "{written:?}");
    let second = all_shells(&sandbox);
    assert!(second.contains("in place") && !second.contains("written"), "{second}");
    assert_eq!(files(&sandbox.at("home")), written);
}

#[test]
fn a_dry_run_says_what_would_be() {
    let sandbox = bare_world();
    let dry = || sandbox.run(&["setup", "-n", "--alias", "--shell", "bash"]).ok();
    let said = dry();
    assert_eq!(said.stdout.matches("would write").count(), 3, "{}", said.stdout);
    assert!(
        said.stdout.ends_with("nothing  was written\nnext     git postmortem setup\n"),
        "{}",
        said.stdout
    );
    sandbox.run(&["setup", "--shell", "bash"]).ok();
    assert_eq!(dry().stdout.matches("in place").count(), 2);
}

#[test]
fn remove_takes_away_exactly_what_was_written() {
    let sandbox = bare_world();
    let theirs = sandbox.at("home/.local/share/man/man1/other.1");
    write(&theirs, "a page of somebody else");
    let before = files(&sandbox.at("home"));
    all_shells(&sandbox);
    sandbox.run(&["setup", "--remove"]).ok();
    assert_eq!(files(&sandbox.at("home")), before);
    assert!(!sandbox.at("home/.config").exists(), "a folder made for a file goes with it");
    sandbox.run(&["setup", "--remove"]).ok();
}

#[test]
fn a_dry_run_writes_nothing() {
    let sandbox = bare_world();
    let said = sandbox.run(&["setup", "--dry-run"]).ok();
    assert!(said.stdout.contains("man pages"), "{}", said.stdout);
    assert!(files(&sandbox.at("home")).is_empty());
}

#[test]
fn a_file_of_somebody_else_is_left_alone_and_said() {
    let sandbox = bare_world();
    let theirs = sandbox.at("home/.local/share/bash-completion/completions/git-postmortem");
    write(&theirs, "# mine\n");
    let said = sandbox.run(&["setup", "--shell", "bash"]).ok();
    assert!(said.stderr.contains("not ours"), "{}", said.stderr);
    assert_eq!(std::fs::read_to_string(&theirs).unwrap(), "# mine\n");
    sandbox.run(&["setup", "--remove"]).ok();
    assert!(theirs.exists());
}

#[test]
fn an_alias_is_made_on_request_and_goes_with_remove() {
    let mut sandbox = bare_world();
    let config = sandbox.at("home/.gitconfig");
    sandbox.set("GIT_CONFIG_GLOBAL", config.as_os_str());
    sandbox.run(&["setup", "--shell", "bash", "--alias"]).ok();
    assert_eq!(sandbox.git(&["config", "--get", "alias.pm"]), "postmortem");
    sandbox.run(&["setup", "--remove"]).ok();
    assert_eq!(sandbox.try_git_in(&sandbox.repo(), &["config", "--get", "alias.pm"]).code, 1);
}

#[test]
fn man_finds_the_page_once_the_folder_beside_it_is_on_path() {
    let mut sandbox = bare_world();
    if on_path("man").is_none() {
        eprintln!("skipped: man is not installed");
        return;
    }
    let bin = sandbox.at("home/.local/bin");
    std::fs::create_dir_all(&bin).unwrap();
    let path = std::env::var("PATH").unwrap();
    let ours = Path::new(env!("CARGO_BIN_EXE_git-postmortem")).parent().unwrap();
    sandbox.set("PATH", format!("{}:{}:{path}", bin.display(), ours.display()));
    let said = sandbox.run(&["setup", "--shell", "bash"]).ok();
    assert!(!said.stderr.contains("man does not look"), "{}", said.stderr);
    let found = answer(sandbox.command("man", &sandbox.repo()).args(["-w", "git-postmortem"]), None).ok();
    assert!(found.stdout.contains("home/.local/share/man/man1/git-postmortem.1"), "{}", found.stdout);
    let page = answer(
        sandbox.command("git", &sandbox.repo()).args(["postmortem", "--help"]).env("MANPAGER", "cat"),
        None,
    );
    assert!(page.ok().stdout.contains("post-mortem"));
}

#[test]
fn man_finds_the_page_beside_a_program_of_cargo() {
    let mut sandbox = bare_world();
    if on_path("man").is_none() {
        eprintln!("skipped: man is not installed");
        return;
    }
    let bin = sandbox.at("home/.cargo/bin");
    std::fs::create_dir_all(&bin).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_git-postmortem"), bin.join("git-postmortem")).unwrap();
    sandbox.set("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()));
    let said = sandbox.run(&["setup", "--shell", "bash"]).ok();
    assert!(!said.stderr.contains("man does not look"), "{}", said.stderr);
    let found = answer(sandbox.command("man", &sandbox.repo()).args(["-w", "git-postmortem"]), None).ok();
    assert!(found.stdout.contains("home/.cargo/share/man/man1/git-postmortem.1"), "{}", found.stdout);
}
