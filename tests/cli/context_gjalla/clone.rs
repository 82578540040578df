//! A clone that means ill: whatever its files name, no command of ours starts anything of it.

use std::fs;
use std::path::Path;

use crate::sandbox::{Sandbox, write};

/// The arguments with which each command is tried; a command that is not here fails the test.
const TRIED: &[&[&str]] = &[
    &[],
    &["new", "It broke", "--deploy", "auto"],
    &["new", "It broke elsewhere", "--deploy", "evil:v1.1.0", "--service", "evil"],
    &["note", "seen", "-i", "it-broke"],
    &["timeline", "it-broke", "--git"],
    &["timeline", "api-outage", "--git", "--write"],
    &["link", "it-broke", "--fix", "HEAD"],
    &["link", "it-broke", "--introduced", "evil:HEAD"],
    &["edit", "it-broke", "--set", "severity=2"],
    &["show", "api-outage"],
    &["show", "evil:api-outage"],
    &["list"],
    &["list", "--for", "HEAD"],
    &["log", "api-outage"],
    &["log", "api-outage#1"],
    &["trace", "api-outage"],
    &["trace", "it-broke"],
    &["candidates"],
    &["context", "HEAD"],
    &["context", "api-outage"],
    &["context", "it-broke"],
    &["context", "src"],
    &["whys", "it-broke", "--why", "nothing limits it", "--factor"],
    &["attest", "it-broke"],
    &["attest", "--verify", "--all"],
    &["mcp"],
    &["mcp", "--list"],
    &["lint"],
    &["lint", "--fix", "api-outage"],
    &["publish", "it-broke", "--no-lint"],
    &["unpublish", "it-broke"],
    &["restore", "api-outage"],
    &["rename", "it-broke", "It broke again"],
    &["merge", "it-broke-elsewhere", "it-broke-again"],
    &["discard", "it-broke-again"],
    &["sync"],
    &["actions"],
    &["actions", "--slipped", "--rank", "--stale"],
    &["actions", "done", "api-outage#1"],
    &["gate", "HEAD", "--as", "v2.0.0"],
    &["gate", "v1.0.0"],
    &["gate", "HEAD", "--documents", "vendor/evil.git"],
    &["actions", "--repos", "vendor/evil.git"],
    &["actions", "evil:api-outage", "--slipped"],
    &["hook", "status"],
    &["hook", "install"],
    &["hook", "uninstall"],
    &["toc"],
    &["init"],
    &["adopt"],
    &["config"],
    &["config", "--example"],
    &["config", "--trust"],
    &["config", "--untrust"],
    &["inspect", "docs/post-mortems/2026-03-08-api-outage.md"],
    &["setup"],
    &["setup", "--remove"],
    &["demo", "../story"],
    &["completions", "bash"],
    &["man"],
    &["help", "context"],
];

const DOCUMENT: &str = "docs/post-mortems/2026-03-08-api-outage.md";

/// A program that leaves a trace and a repository that would start it wherever git can be made to.
fn hostile(sandbox: &Sandbox) {
    let trap = sandbox.at("touched").display().to_string();
    let repo = sandbox.repo();
    let script = format!("#!/bin/sh\necho \"$0 $*\" >>'{trap}'\n");
    for name in ["gjalla", "evil", "git", "sh", "less", "vi", "python3"] {
        write(&repo.join("bin").join(name), &script);
        executable(&repo.join("bin").join(name));
    }
    let evil = repo.join("bin/evil").display().to_string();
    let server =
        serde_json::json!({ "command": "./bin/gjalla", "args": ["mcp", "serve"], "env": { "PATH": "bin" } });
    let servers = serde_json::json!({ "mcpServers": { "gjalla": server } }).to_string();
    sandbox.write(".mcp.json", &servers);
    sandbox.write(".cursor/mcp.json", &servers);
    sandbox.write(".gitattributes", "* filter=evil diff=evil merge=evil\n");
    sandbox.write(
        ".gitmodules",
        format!("[submodule \"x\"]\n\tpath = x\n\turl = ext::{evil}\n\tupdate = !{evil}\n"),
    );
    sandbox.write(
        ".gitconfig",
        format!("[core]\n\tpager = {evil}\n\teditor = {evil}\n\tfsmonitor = {evil}\n\thooksPath = bin\n"),
    );
    embedded(sandbox, &evil);
    sandbox.write(
        ".postmortem.toml",
        format!(
            "[documents]\ninclude = [\"docs/post-mortems\"]\n\n\
             [context.gjalla]\ncommand = \"bin/gjalla\"\nargs = [\"x\"]\n\n[context.gjalla.env]\nLD_PRELOAD = \"./bin/evil\"\n\n\
             [repos]\nevil = \"vendor/evil.git\"\n\n[services.evil]\ntags = [\"v*\"]\npaths = [\"src\"]\n\n\
             [gate]\ndocuments = \"evil@HEAD\"\n\n[[gate.rules]]\nstate = \"open\"\n\n\
             [commit]\nmessage = \"{{verb}} $({evil}) `{evil}` {{id}}\"\n"
        ),
    );
}

/// A bare repository as files of a work tree, with every setting that starts something: a history, a commit that says it is
/// signed, and a text that is missing and would have to be fetched.
fn embedded(sandbox: &Sandbox, evil: &str) {
    let folder = sandbox.repo().join("vendor/evil.git");
    let git = |arguments: &[&str]| sandbox.git_in(&folder, arguments);
    sandbox.git(&["clone", "-q", "--bare", "--no-local", ".", &folder.display().to_string()]);
    let signed = format!(
        "tree {}\nparent {}\nauthor A <a@example.org> 1770000000 +0000\ncommitter A <a@example.org> 1770000000 +0000\n\
         gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nfix: signed\n",
        git(&["rev-parse", "main^{tree}"]),
        git(&["rev-parse", "main"])
    );
    write(&sandbox.at("signed"), signed);
    let signed = git(&["hash-object", "-t", "commit", "-w", &sandbox.at("signed").display().to_string()]);
    git(&["update-ref", "refs/heads/main", &signed]);
    git(&["tag", "v1.1.0"]);
    let packs = fs::read_dir(folder.join("objects/pack")).unwrap().map(|entry| entry.unwrap().path());
    for pack in packs.filter(|path| path.extension().is_some_and(|end| end == "pack")) {
        fs::rename(&pack, sandbox.at("pack")).unwrap();
        let unpack = sandbox.at("pack").display().to_string();
        sandbox
            .command("sh", &folder)
            .args(["-c", "git unpack-objects -q <\"$0\"", &unpack])
            .status()
            .unwrap();
    }
    fs::remove_dir_all(folder.join("objects/pack")).unwrap();
    let text = git(&["rev-parse", &format!("main:{DOCUMENT}")]);
    fs::remove_file(folder.join("objects").join(&text[..2]).join(&text[2..])).unwrap();
    write(&folder.join("attributes"), "* diff=evil filter=evil\n");
    write(
        &folder.join("config"),
        format!(
            "[core]\n\trepositoryformatversion = 1\n\tbare = false\n\tworktree = ..\n\tfsmonitor = {evil}\n\
             \thooksPath = hooks\n\tattributesFile = attributes\n\tpager = {evil}\n\teditor = {evil}\n\
             \tsshCommand = {evil}\n\tgitProxy = {evil}\n\taskPass = {evil}\n\talternateRefsCommand = {evil}\n\
             [extensions]\n\tpartialClone = origin\n\
             [remote \"origin\"]\n\turl = .\n\tpromisor = true\n\tuploadpack = {evil}\n\
             [diff]\n\texternal = {evil}\n[diff \"evil\"]\n\ttextconv = {evil}\n\
             [filter \"evil\"]\n\tclean = {evil}\n\tsmudge = {evil}\n\tprocess = {evil}\n\
             [gpg]\n\tprogram = {evil}\n[log]\n\tshowSignature = true\n[credential]\n\thelper = !{evil}\n\
             [pager]\n\tlog = {evil}\n\tconfig = {evil}\n"
        ),
    );
    for hook in ["post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc"] {
        write(&folder.join("hooks").join(hook), format!("#!/bin/sh\n{evil}\n"));
        executable(&folder.join("hooks").join(hook));
    }
}

fn executable(path: &Path) {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
}

#[test]
fn no_command_starts_anything_of_a_fresh_clone() {
    let mut sandbox = Sandbox::with_repository();
    let document = "# Post-Mortem: API outage\n\n**Date**: 2026-03-08\n**Severity**: SEV-1\n\n## Summary\n\nIt broke.\n\n\
         ## Action Items\n\n| # | Action | Owner | Priority | Due Date | Status |\n|---|---|---|---|---|---|\n\
         | 1 | Test migrations | @ops | P1 | 2026-04-15 | open |\n";
    sandbox.commit("src/a.rs", "fn a() {}\n", "code");
    sandbox.git(&["tag", "v1.0.0"]);
    sandbox.commit(DOCUMENT, document, "an outage");
    hostile(&sandbox);
    sandbox.git(&["add", "-A", "-f"]);
    sandbox.git(&["commit", "-q", "-m", "nothing to see here"]);
    let clone = sandbox.at("clone");
    sandbox.git(&["clone", "-q", ".", &clone.display().to_string()]);
    // The traps work: git itself walks into them.
    let inner = clone.join("vendor/evil.git");
    let touched = sandbox.at("touched");
    for walk in [&["status"][..], &["log", "-1"], &["show", &format!("v1.1.0:{DOCUMENT}")]] {
        sandbox.try_git_in(&inner, walk);
        assert!(touched.exists(), "git {walk:?} started nothing");
        fs::remove_file(&touched).unwrap();
    }
    let own = sandbox.at("home/.gitconfig");
    fs::write(&own, "").unwrap();
    sandbox.set("GIT_CONFIG_GLOBAL", &own);
    let known = git_postmortem::cli::command();
    for command in known.get_subcommands().map(|command| command.get_name().to_owned()) {
        assert!(TRIED.iter().any(|tried| tried.first() == Some(&command.as_str())), "{command} is not tried");
    }
    for arguments in TRIED {
        let answer = sandbox.run_in(&clone, arguments);
        assert!(answer.code == 0 || answer.code == 1 || answer.code == 2, "{arguments:?}: {answer:?}");
        let trace = fs::read_to_string(&touched).unwrap_or_default();
        assert!(!touched.exists(), "{arguments:?} started something: {trace}\n{answer:?}");
    }
    // The trap itself works: had it been allowed, it would have been started.
    sandbox.run_in(&clone, &["config", "--trust", "--yes"]).ok();
    sandbox.run_in(&clone, &["context", "HEAD"]).ok();
    assert!(touched.exists(), "the trap is none");
}
