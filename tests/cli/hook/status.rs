//! `hook status`, and hooks in git's configuration.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::World;
use crate::schema::assert_fits;

/// stdout with the folder of the world taken out.
fn told(world: &World) -> (String, i32) {
    let said = world.status();
    (said.stdout.replace(world.sandbox.root().to_str().unwrap(), "/w"), said.code)
}

#[test]
fn it_says_what_stands_where_and_what_passes_beside_it() {
    let mut world = World::new();
    let (text, code) = told(&world);
    assert_eq!(code, 1);
    insta::assert_snapshot!(text, @r"
    pre-push               none   git postmortem hook install
    reference-transaction  none   git postmortem hook install --local
    program                /w/bin/git-postmortem
    ungated                every push from here
                           git tag itself, until the tag is pushed   (hook install --local)
    ");
    world.install(&["--local"]).ok();
    let (text, code) = told(&world);
    assert_eq!(code, 0);
    insta::assert_snapshot!(text, @r"
    pre-push               asks   .git/hooks/pre-push
    reference-transaction  asks   .git/hooks/reference-transaction
    program                /w/bin/git-postmortem
    ungated                git push --no-verify, and pushes from clones without the hook (a server's update hook sees those)
                           tags made by programs that do not run git
    ");
    // Not executable; put aside by a setting; without the program.
    fs::set_permissions(world.hooks().join("pre-push"), fs::Permissions::from_mode(0o644)).unwrap();
    assert!(
        told(&world).0.contains("git skips it, because it is not executable: chmod +x .git/hooks/pre-push")
    );
    world.sandbox.git(&["config", "core.hooksPath", "elsewhere"]);
    world.without_program();
    let (text, code) = told(&world);
    assert_eq!(code, 1);
    insta::assert_snapshot!(text, @r"
    pre-push               idle   .git/hooks/pre-push
                                  git looks in elsewhere alone (core.hooksPath)
    reference-transaction  idle   .git/hooks/reference-transaction
                                  git looks in elsewhere alone (core.hooksPath)
    program                git-postmortem is not on PATH: the hooks stop every tag, and nothing else
    ungated                every push from here
                           git tag itself, until the tag is pushed   (hook install --local)
    ");
    // What was written before the setting came is found all the same.
    world.uninstall().ok();
    assert!(!world.hooks().join("pre-push").exists());
}

#[test]
fn json_says_the_same() {
    let world = World::new();
    let nothing = world.sandbox.run(&["hook", "status", "--json"]).status(1);
    assert!(assert_fits(&nothing.stdout, "hooks")["hooks"].as_array().unwrap().is_empty());
    world.install(&["--local"]).ok();
    fs::remove_file(world.hooks().join("reference-transaction")).unwrap();
    world.install(&["--local"]).ok();
    fs::set_permissions(world.hooks().join("reference-transaction"), fs::Permissions::from_mode(0o644))
        .unwrap();
    let said = assert_fits(&world.sandbox.run(&["hook", "status", "--json"]).ok().stdout, "hooks");
    assert_eq!((&said["hooks"][0]["event"], &said["hooks"][0]["asks"]), (&"pre-push".into(), &true.into()));
    assert_eq!(said["hooks"][1]["asks"], false);
    assert!(said["hooks"][1]["why"].as_str().unwrap().contains("chmod +x"), "{said}");
}

/// A git that says that it is new, and is the old one.
fn new_git(world: &World) {
    let git = std::env::var("PATH").unwrap();
    let git = git
        .split(':')
        .map(|folder| std::path::Path::new(folder).join("git"))
        .find(|git| git.exists())
        .unwrap();
    let script = format!(
        "[ \"$*\" != version ] || {{ echo git version 2.55.0; exit; }}\nexec '{}' \"$@\"",
        git.display()
    );
    world.sandbox.script("bin/git", &script);
}

#[test]
fn hooks_of_the_configuration_come_and_go_without_a_trace() {
    let world = World::new();
    let config = world.sandbox.repo().join(".git/config");
    let before = (fs::read(&config).unwrap(), super::everything(&world.hooks()));
    new_git(&world);
    world.install(&["--config-hooks", "--local"]).ok();
    let written = fs::read(&config).unwrap();
    let again = world.install(&["--config-hooks", "--local"]).ok();
    assert!(
        again
            .stdout
            .starts_with("pre-push               in place   git config hook.git-postmortem-pre-push\n")
    );
    assert_eq!(fs::read(&config).unwrap(), written);
    assert_eq!(super::everything(&world.hooks()), before.1);
    assert_eq!(world.sandbox.git(&["config", "hook.git-postmortem-pre-push.event"]), "pre-push");
    let (text, code) = told(&world);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("asks   git config hook.git-postmortem-reference-transaction"), "{text}");
    assert!(text.contains(", and runs no hooks of the configuration"), "{text}");
    world.sandbox.git(&["config", "hook.git-postmortem-pre-push.enabled", "false"]);
    assert!(told(&world).0.contains("hook.git-postmortem-pre-push.enabled is false"));
    world.sandbox.git(&["config", "--unset", "hook.git-postmortem-pre-push.enabled"]);
    world.uninstall().ok();
    assert_eq!((fs::read(&config).unwrap(), super::everything(&world.hooks())), before);
}

#[test]
fn the_command_in_the_configuration_does_what_the_file_does() {
    let world = World::new();
    new_git(&world);
    world.install(&["--config-hooks"]).ok();
    let command = world.sandbox.git(&["config", "hook.git-postmortem-pre-push.command"]);
    // As git 2.54 runs it: by a shell, with the arguments behind it.
    let run = |line: &str| {
        let mut shell = world.sandbox.command("sh", &world.sandbox.repo());
        shell.args(["-c", &format!("{command} \"$@\""), &command, "origin", "../there.git"]);
        crate::sandbox::answer(&mut shell, Some(line))
    };
    let none = "0".repeat(40);
    run(&format!("refs/heads/main {none} refs/heads/main {none}\n")).ok();
    assert_eq!(world.asked(), "");
    let line = format!("refs/tags/v1 {} refs/tags/v1 {none}\n", "1".repeat(40));
    run(&line).ok();
    assert_eq!(world.asked(), format!("asked: hook run pre-push origin ../there.git\n{line}"));
    world.verdict(1);
    run(&line).status(1);
}

#[test]
fn an_old_git_gets_no_hooks_in_its_configuration() {
    let world = World::new();
    let version = world.sandbox.git(&["version"]);
    let old = ["2.3", "2.4", "2.50", "2.51", "2.52", "2.53"]
        .iter()
        .any(|old| version.starts_with(&format!("git version {old}")));
    if !old {
        eprintln!("skipped: {version} runs hooks of its configuration");
        return;
    }
    let said = world.install(&["--config-hooks"]).status(2);
    assert!(said.stderr.contains("runs no hooks of the configuration: 2.54 is the first"), "{}", said.stderr);
}
