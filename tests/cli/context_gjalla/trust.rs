//! Who may allow a program to be started: the person at this machine, for one command in one work tree, and nobody else.

use super::{assert_all_gone, name_it, playing, server};
use crate::sandbox::{Answer, Sandbox, write};

fn allow(sandbox: &Sandbox) -> Answer {
    sandbox.run(&["config", "--trust", "--yes"]).ok()
}

/// What `context` says of it.
fn said(sandbox: &Sandbox) -> String {
    sandbox.run(&["context", "HEAD"]).ok().stderr.trim_end().to_owned()
}

/// The line of git's configuration that trust is kept in: key and value.
fn kept(sandbox: &Sandbox) -> (String, String) {
    let key = format!("postmortem.trust.{}.gjalla", sandbox.repo().display());
    let value = sandbox.git(&["config", "--global", &key]);
    (key, value)
}

#[test]
fn the_whole_command_is_shown_before_anything_is_asked() {
    let sandbox = playing("works");
    sandbox.write("tools/serve.sh", "exec gjalla\n");
    let server = serde_json::json!({
        "command": "gjalla",
        "args": ["mcp", "serve; rm -rf ~", "--with=tools/serve.sh", "a\u{1b}[2K\u{202e}b"],
        "env": { "TOKEN": "${HOME}", "PLAIN": "it's" },
    });
    sandbox.write(".mcp.json", serde_json::json!({ "mcpServers": { "gjalla": server } }).to_string());
    let refused = sandbox.run(&["config", "--trust"]).status(2);
    let stdout = refused.stdout.replace(&sandbox.root().display().to_string(), "ROOT");
    insta::assert_snapshot!(stdout, @r"
    command    gjalla mcp 'serve; rm -rf ~' --with=tools/serve.sh $'a\x1b[2K\U0000202eb'
    program    ROOT/bin/gjalla
    from       .mcp.json
    folder     ROOT/repo
    variables  PLAIN='it'\''s'
               TOKEN='${HOME}'   filled in from your environment
    files      tools/serve.sh   its content as it is now
    ");
    insta::assert_snapshot!(refused.stderr, @"
    let git postmortem start this program here, with your rights, whenever context is asked for? [y/N]
    error: nothing was trusted: nobody answered
    hint: git postmortem config --trust --yes says yes in a script; read the command above first
    ");
    for (typed, status) in [("", 2), ("\n", 2), ("n\n", 1), ("maybe\n", 1), ("yesterday", 1)] {
        sandbox.run_with(&["config", "--trust"], typed).status(status);
    }
    assert!(!sandbox.at("home/.gitconfig").exists(), "a refusal leaves nothing");
    sandbox.run_with(&["config", "--trust"], "Y\n").ok();
    sandbox.run(&["config", "--untrust"]).ok();
    let allowed = allow(&sandbox).stdout.replace(&sandbox.root().display().to_string(), "ROOT");
    assert!(allowed.starts_with(&stdout), "{allowed}");
    insta::assert_snapshot!(allowed[stdout.len()..], @"
    trusted  until anything of it changes; kept in your own git configuration as postmortem.trust.ROOT/repo.gjalla
    undo     git postmortem config --untrust
    ");
    let again = sandbox.run(&["config", "--trust"]).ok().stdout;
    assert!(again.ends_with("trusted  already; git postmortem context asks it\n"), "{again}");
    assert_all_gone(&sandbox, 0);
}

#[test]
fn what_is_listed_says_how_it_stands_and_it_can_be_taken_back() {
    let sandbox = playing("works");
    let line = |sandbox: &Sandbox| sandbox.run(&["config"]).ok().stderr.lines().last().unwrap().to_owned();
    let own = "gjalla is started by gjalla mcp serve, from .mcp.json: ";
    assert_eq!(line(&sandbox), format!("{own}not trusted (git postmortem config --trust)"));
    assert_eq!(
        said(&sandbox),
        "gjalla is not asked: the command of .mcp.json is not trusted here (git postmortem config --trust shows it)"
    );
    allow(&sandbox);
    assert_eq!(line(&sandbox), format!("{own}trusted"));
    name_it(&sandbox, "has no data");
    assert_eq!(line(&sandbox), format!("{own}changed since it was trusted (git postmortem config --trust)"));
    let back = sandbox.run(&["config", "--untrust"]).ok().stdout;
    assert_eq!(back, "trusted  no longer: nothing that this repository names is started\n");
    assert_eq!(line(&sandbox), format!("{own}not trusted (git postmortem config --trust)"));
    let back = sandbox.run(&["config", "--untrust"]).ok().stdout;
    assert_eq!(back, "trusted  never was: nothing that this repository names is started\n");
    std::fs::remove_file(sandbox.repo().join(".mcp.json")).unwrap();
    let none = sandbox.run(&["config", "--trust", "--yes"]).status(2);
    assert!(none.stderr.starts_with("error: there is no command to trust here\n"), "{}", none.stderr);
    assert_all_gone(&sandbox, 0);
}

#[test]
fn any_change_asks_again_and_says_what_changed() {
    let mut sandbox = playing("works");
    sandbox.write("tools/serve.sh", format!("#!/bin/sh\n{}\n", server::script()));
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(sandbox.repo().join("tools/serve.sh"), mode).unwrap();
    std::os::unix::fs::symlink("tools/serve.sh", sandbox.repo().join("link")).unwrap();
    let config = |command: &str, args: &str, env: &str| {
        let part = format!("{} = \"{env}\"", server::PART);
        let table = format!("[context.gjalla]\ncommand = \"{command}\"\nargs = [{args}]\n");
        sandbox.write(".postmortem.toml", format!("{table}\n[context.gjalla.env]\n{part}\n"));
    };
    let changed = |what: &str| {
        format!(
            "gjalla is not asked: its {what} changed since it was trusted (git postmortem config --trust shows it)"
        )
    };
    config("tools/serve.sh", "\"mcp\", \"serve\"", "works");
    allow(&sandbox);
    assert_eq!(said(&sandbox), "");
    config("tools/serve.sh", "\"mcp\", \"serve\", \"x\"", "works");
    assert_eq!(said(&sandbox), changed("arguments"));
    config("tools/serve.sh", "\"mcp\", \"serve\"", "is loud");
    assert_eq!(said(&sandbox), changed("environment"));
    config("./link", "\"mcp\", \"serve\"", "works");
    assert_eq!(said(&sandbox), changed("command and files"));
    allow(&sandbox);
    assert_eq!(said(&sandbox), "");
    // The script itself, also behind a link, and what it is started with.
    sandbox.write("tools/serve.sh", format!("#!/bin/sh\n# more\n{}\n", server::script()));
    assert_eq!(said(&sandbox), changed("files"));
    config("sh", "\"-c\", \"exec ./tools/serve.sh\"", "works");
    allow(&sandbox);
    assert_eq!(said(&sandbox), "");
    sandbox.write("tools/serve.sh", format!("#!/bin/sh\n# again\n{}\n", server::script()));
    assert_eq!(said(&sandbox), changed("files"));
    // A module that was not there, and that Python would prefer to the one that is installed.
    config("sh", "\"-c\", \"exec ${workspaceFolder}/tools/serve.sh\", \"-Im\", \"gjalla\"", "works");
    allow(&sandbox);
    assert_eq!(said(&sandbox), "");
    sandbox.write("gjalla.py", "raise SystemExit\n");
    assert_eq!(said(&sandbox), changed("files"));
    // The same name, found elsewhere.
    config("gjalla", "\"mcp\", \"serve\"", "works");
    allow(&sandbox);
    assert_eq!(said(&sandbox), "");
    std::fs::create_dir(sandbox.at("other")).unwrap();
    sandbox.script("other/gjalla", &server::script());
    let path = sandbox.environment().into_iter().find(|(name, _)| name == "PATH").unwrap().1;
    sandbox.set("PATH", format!("{}:{}", sandbox.at("other").display(), path.to_str().unwrap()));
    assert_eq!(said(&sandbox), changed("command"));
}

#[test]
fn a_variable_of_ones_own_is_filled_in_before_it_is_judged() {
    let mut sandbox = playing("works");
    let server =
        format!("{{\"command\": \"gjalla\", \"env\": {{\"{}\": \"${{ROLE:-works}}\"}}}}", server::PART);
    sandbox.write(".mcp.json", format!("{{\"mcpServers\": {{\"gjalla\": {server}}}}}"));
    allow(&sandbox);
    assert_eq!(said(&sandbox), "");
    sandbox.set("ROLE", "has no data");
    assert!(said(&sandbox).starts_with("gjalla is not asked: its environment changed"));
}

#[test]
fn a_repository_cannot_speak_for_itself() {
    let mut sandbox = playing("works");
    allow(&sandbox);
    let (key, value) = kept(&sandbox);
    sandbox.run(&["config", "--untrust"]).ok();
    let refused = |sandbox: &Sandbox, how: &str| {
        assert!(said(sandbox).contains("is not trusted here"), "{how}: {}", said(sandbox));
    };
    sandbox.git(&["config", "--local", &key, &value]);
    refused(&sandbox, "local");
    sandbox.git(&["config", "--local", "--unset-all", &key]);
    sandbox.git(&["config", "extensions.worktreeConfig", "true"]);
    sandbox.git(&["config", "--worktree", &key, &value]);
    refused(&sandbox, "worktree");
    sandbox.git(&["config", "--worktree", "--unset-all", &key]);
    let section = format!("[postmortem \"trust.{}\"]\n\tgjalla = {value}\n", sandbox.repo().display());
    sandbox.write("theirs", &section);
    sandbox.git(&["config", "include.path", "../theirs"]);
    refused(&sandbox, "included by the repository");
    sandbox.git(&["config", "--unset-all", "include.path"]);
    // Included by the person's own file, but the repository's to write.
    let theirs = sandbox.repo().join("theirs").display().to_string();
    sandbox.git(&["config", "--global", "include.path", &theirs]);
    assert_eq!(sandbox.git(&["config", &key]), value, "git itself would believe it");
    refused(&sandbox, "included by the person");
    sandbox.git(&["config", "--global", "--unset-all", "include.path"]);
    let setting = format!("{key}={value}");
    let asked =
        sandbox.command("git", &sandbox.repo()).args(["-c", &setting, "config", &key]).output().unwrap();
    assert!(asked.status.success());
    sandbox.set("GIT_CONFIG_COUNT", "1").set("GIT_CONFIG_KEY_0", &key).set("GIT_CONFIG_VALUE_0", &value);
    refused(&sandbox, "variables");
    sandbox.unset("GIT_CONFIG_COUNT").set("GIT_CONFIG_PARAMETERS", format!("'{key}'='{value}'"));
    refused(&sandbox, "git -c");
    sandbox.unset("GIT_CONFIG_PARAMETERS");
    // A person's own file that lies where the repository could have put it.
    let inside = sandbox.repo().join("home.gitconfig");
    write(&inside, &section);
    sandbox.set("GIT_CONFIG_GLOBAL", &inside);
    assert!(said(&sandbox).contains("lies inside this work tree"), "{}", said(&sandbox));
    let refused = sandbox.run(&["config", "--trust", "--yes"]).status(2);
    assert!(refused.stderr.contains("counts for nothing"), "{}", refused.stderr);
    assert_all_gone(&sandbox, 0);
}

#[test]
fn trust_is_for_one_work_tree_by_its_real_path() {
    let mut sandbox = playing("works");
    allow(&sandbox);
    let there = sandbox.at("copy");
    sandbox.git(&["clone", "-q", ".", &there.display().to_string()]);
    std::fs::copy(sandbox.repo().join(".mcp.json"), there.join(".mcp.json")).unwrap();
    let own = sandbox.run_in(&there, &["context", "HEAD"]).ok().stderr;
    assert!(own.contains("is not trusted here"), "{own}");
    // The fingerprint of one place is none for another.
    let (key, value) = kept(&sandbox);
    let elsewhere = key.replace(&sandbox.repo().display().to_string(), &there.display().to_string());
    sandbox.git(&["config", "--global", &elsewhere, &value]);
    let own = sandbox.run_in(&there, &["context", "HEAD"]).ok().stderr;
    assert!(own.contains("another command was trusted here"), "{own}");
    // By another name it is the same place, and from a folder in it too.
    let link = sandbox.at("link");
    std::os::unix::fs::symlink(sandbox.repo(), &link).unwrap();
    assert_eq!(sandbox.run_in(&link.join("src"), &["context", "HEAD"]).ok().stderr, "");
    sandbox.set("GIT_DIR", "repo/.git").set("GIT_WORK_TREE", "repo");
    assert_eq!(sandbox.run_in(&sandbox.root(), &["context", "HEAD"]).ok().stderr, "");
    assert_all_gone(&sandbox, 2);
}

#[test]
fn without_a_work_tree_nothing_is_asked_and_it_is_said() {
    let sandbox = playing("works");
    sandbox.git(&["add", "-f", ".mcp.json"]);
    sandbox.git(&["commit", "-q", "-m", "a server"]);
    let bare = sandbox.at("bare.git");
    sandbox.git(&["clone", "-q", "--bare", ".", &bare.display().to_string()]);
    let answer = sandbox.run_in(&bare, &["context", "HEAD"]).ok();
    assert_eq!(
        answer.stderr,
        "gjalla is not asked: there is no work tree here that it could be started in\n"
    );
    let refused = sandbox.run_in(&bare, &["config", "--trust", "--yes"]).status(2);
    assert!(refused.stderr.contains("there is no work tree here"), "{}", refused.stderr);
}

#[test]
fn the_configuration_stands_before_the_files_of_other_tools() {
    let sandbox = playing("works");
    std::fs::rename(sandbox.repo().join(".mcp.json"), sandbox.at("saved")).unwrap();
    let quiet = sandbox.run(&["context", "HEAD"]).ok();
    assert_eq!(quiet.stderr, "", "where nothing names it, there is nothing to say");
    std::fs::create_dir(sandbox.repo().join(".cursor")).unwrap();
    std::fs::copy(sandbox.at("saved"), sandbox.repo().join(".cursor/mcp.json")).unwrap();
    assert!(said(&sandbox).contains("the command of .cursor/mcp.json"));
    std::fs::copy(sandbox.at("saved"), sandbox.repo().join(".mcp.json")).unwrap();
    assert!(said(&sandbox).contains("the command of .mcp.json"));
    sandbox.write(".postmortem.toml", "[context.gjalla]\ncommand = \"gjalla\"\n");
    assert!(said(&sandbox).contains("the command of .postmortem.toml:2"));
    sandbox.git(&["config", "postmortem.context.gjalla.command", "gjalla"]);
    assert!(said(&sandbox).contains("the command of git config (local)"));
}
