//! bash with bash-completion and git's own completion.

use std::path::Path;

use super::terminal::Terminal;
use super::{HEADS, world};
use crate::sandbox::{Sandbox, write};

/// Where distributions put bash-completion.
const LOADERS: [&str; 3] = [
    "/usr/share/bash-completion/bash_completion",
    "/usr/local/share/bash-completion/bash_completion",
    "/opt/homebrew/share/bash-completion/bash_completion",
];

fn bash() -> Option<(Sandbox, Terminal)> {
    let sandbox = world("bash")?;
    let Some(loader) = LOADERS.iter().find(|path| Path::new(path).exists()) else {
        eprintln!("skipped: bash-completion is not installed");
        return None;
    };
    write(&sandbox.at("home/.bashrc"), format!(". {loader}\nPS1='ready> '\nbind 'set bell-style none'\n"));
    let mut terminal = Terminal::open(&sandbox, "bash -i")?;
    terminal.wait_for("ready> ");
    Some((sandbox, terminal))
}

#[test]
fn commands_are_listed() {
    let Some((_sandbox, mut terminal)) = bash() else { return };
    for head in HEADS {
        terminal.list(&format!("{head} "), &["actions", "setup", "demo"]);
    }
}

#[test]
fn words_are_completed() {
    let Some((_sandbox, mut terminal)) = bash() else { return };
    for head in HEADS {
        assert_eq!(
            terminal.line(&format!("{head} edit --set sev\t")),
            format!("{head} edit --set severity=")
        );
        assert_eq!(
            terminal.line(&format!("{head} note x --kind res\t")),
            format!("{head} note x --kind resolved ")
        );
        assert_eq!(terminal.line(&format!("{head} actio\t")), format!("{head} actions "));
        assert_eq!(terminal.line(&format!("{head} actions --ov\t")), format!("{head} actions --overdue "));
        assert_eq!(
            terminal.line(&format!("{head} actions --format js\t")),
            format!("{head} actions --format json ")
        );
        assert_eq!(
            terminal.line(&format!("{head} actions --format=js\t")),
            format!("{head} actions --format=json ")
        );
        assert_eq!(
            terminal.line(&format!("{head} actions --owner @pl\t")),
            format!("{head} actions --owner @platform ")
        );
        assert_eq!(
            terminal.line(&format!("{head} actions --rev v1.6\t2\t")),
            format!("{head} actions --rev v1.6.2 ")
        );
    }
}

#[test]
fn an_id_is_completed() {
    let Some((_sandbox, mut terminal)) = bash() else { return };
    for head in HEADS {
        let whole = format!("{head} actions 2026-06-08-orders-table ");
        assert_eq!(terminal.line(&format!("{head} actions 2026-06\t")), whole);
        assert_eq!(
            terminal.line(&format!("{head} show 2026-06\t")),
            format!("{head} show 2026-06-08-orders-table ")
        );
        // Any unambiguous part names a post-mortem, so the name without its date completes too.
        assert_eq!(terminal.line(&format!("{head} actions ord\t")), format!("{head} actions orders-table "));
    }
}

#[test]
fn git_options_and_an_alias_do_not_confuse_it() {
    let Some((sandbox, mut terminal)) = bash() else { return };
    assert_eq!(terminal.line("git -C . postmortem actio\t"), "git -C . postmortem actions ");
    assert_eq!(
        terminal.line("git -c a.b=c postmortem actions --ov\t"),
        "git -c a.b=c postmortem actions --overdue "
    );
    sandbox.git(&["config", "alias.pm", "postmortem"]);
    assert_eq!(terminal.line("git pm actions 2026-06\t"), "git pm actions 2026-06-08-orders-table ");
}

#[test]
fn another_repository_answers_for_itself() {
    let Some((_sandbox, mut terminal)) = bash() else { return };
    terminal.line("cd ..\r");
    let line = terminal.line("git -C repo postmortem actions 2026-06\t");
    assert_eq!(line, "git -C repo postmortem actions 2026-06-08-orders-table ");
}
