//! `man` and `completions`: what packagers ask for.

use crate::sandbox::Sandbox;

#[test]
fn a_page_is_printed_by_the_name_of_its_command() {
    let sandbox = Sandbox::new();
    for name in ["actions", "postmortem-actions", "git-postmortem-actions"] {
        let said = sandbox.run(&["man", name]);
        if name == "postmortem-actions" {
            let said = said.status(2);
            assert!(said.stderr.contains("no command is called"), "{}", said.stderr);
            assert!(said.stdout.is_empty());
        } else {
            assert!(said.ok().stdout.contains(".TH git-postmortem-actions 1"));
        }
    }
}

#[test]
fn pages_cannot_be_written_below_a_file() {
    let sandbox = Sandbox::new();
    sandbox.write("file", "");
    let said = sandbox.run(&["man", "--out", "file/man1"]).status(2);
    assert!(said.stderr.starts_with("error: cannot write file/man1"), "{}", said.stderr);
}

#[test]
fn an_unknown_shell_is_named_with_the_known_ones() {
    let sandbox = Sandbox::new();
    let said = sandbox.run(&["completions", "tcsh"]).status(2);
    assert!(said.stderr.contains("bash, zsh, fish"), "{}", said.stderr);
}

#[test]
fn candidates_outside_a_repository_are_none_and_no_error() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.binary(&sandbox.repo());
    command.env("GIT_POSTMORTEM_COMPLETE", "fish").args(["--", "git-postmortem", "show", ""]);
    let said = crate::sandbox::answer(&mut command, None).ok();
    assert_eq!(said.stderr, "");
    assert!(said.stdout.lines().all(|line| line.starts_with('-')), "{}", said.stdout);
}

#[test]
fn setup_without_a_home_says_where_else_to_write() {
    let mut sandbox = Sandbox::new();
    sandbox.unset("HOME");
    let said = sandbox.run(&["setup"]).status(2);
    assert!(
        said.stderr.contains("HOME is not set") && said.stderr.contains("man --out DIR"),
        "{}",
        said.stderr
    );
}

#[test]
fn help_explains_a_command_as_its_own_flag_does() {
    let sandbox = Sandbox::new();
    for name in ["actions", "git-postmortem-actions", "action"] {
        assert_eq!(sandbox.run(&["help", name]).ok().stdout, sandbox.run(&["actions", "--help"]).ok().stdout);
    }
    assert_eq!(sandbox.run(&["help"]).ok().stdout, sandbox.run(&["-h"]).ok().stdout);
    let said = sandbox.run(&["help", "acton"]).status(2);
    assert!(said.stderr.starts_with("error: no command is called 'acton'\nhint: "), "{}", said.stderr);
}

#[test]
fn the_version_is_said_alone_or_beside_other_flags() {
    let sandbox = Sandbox::new();
    let version = format!("git-postmortem {}\n", env!("CARGO_PKG_VERSION"));
    for arguments in [&["--version"][..], &["-V"], &["--color", "never", "--version"], &["-q", "-V"]] {
        let said = sandbox.run(arguments).ok();
        assert_eq!((said.stdout.as_str(), said.stderr.as_str()), (version.as_str(), ""), "{arguments:?}");
    }
}
