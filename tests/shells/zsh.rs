//! zsh with the git completion that it brings.

use super::terminal::Terminal;
use super::{HEADS, world};
use crate::sandbox::{Sandbox, write};

/// The line as zsh completes it; the blank behind it zsh takes back when the cursor moves.
#[track_caller]
fn completed(terminal: &mut Terminal, keys: &str) -> String {
    terminal.line(keys).trim_end().to_owned()
}

fn zsh() -> Option<(Sandbox, Terminal)> {
    let sandbox = world("zsh")?;
    let lines = [
        "fpath=(~/.local/share/zsh/site-functions $fpath)",
        "autoload -Uz compinit && compinit -u -d ~/.zcompdump",
        "bindkey -e",
        // A first TAB lists, a line stays as it was typed.
        "unsetopt beep menu_complete auto_menu prompt_cr prompt_sp",
        "LISTMAX=1000 PS1='ready> '",
    ];
    write(&sandbox.at("home/.zshrc"), lines.join("\n") + "\n");
    let mut terminal = Terminal::open(&sandbox, "zsh -o no_global_rcs -i")?;
    terminal.wait_for("ready>");
    Some((sandbox, terminal))
}

#[test]
fn commands_are_listed_with_what_they_do() {
    let Some((_sandbox, mut terminal)) = zsh() else { return };
    for head in HEADS {
        terminal.list(&format!("{head} "), &["actions", "Install man pages", "demo"]);
    }
}

#[test]
fn words_are_completed() {
    let Some((_sandbox, mut terminal)) = zsh() else { return };
    for head in HEADS {
        assert_eq!(completed(&mut terminal, &format!("{head} actio\t")), format!("{head} actions"));
        assert_eq!(
            completed(&mut terminal, &format!("{head} actions --ov\t")),
            format!("{head} actions --overdue")
        );
        assert_eq!(
            completed(&mut terminal, &format!("{head} actions --format js\t")),
            format!("{head} actions --format json")
        );
        assert_eq!(
            completed(&mut terminal, &format!("{head} actions --owner @pl\t")),
            format!("{head} actions --owner @platform")
        );
    }
}

#[test]
fn an_id_is_completed() {
    let Some((_sandbox, mut terminal)) = zsh() else { return };
    for head in HEADS {
        let whole = format!("{head} actions 2026-06-08-orders-table");
        assert_eq!(completed(&mut terminal, &format!("{head} actions 2026-06\t")), whole);
        assert_eq!(
            completed(&mut terminal, &format!("{head} actions ord\t")),
            format!("{head} actions orders-table")
        );
    }
}

#[test]
fn git_lists_the_command_with_its_description() {
    let Some((_sandbox, mut terminal)) = zsh() else { return };
    terminal.list("git postm", &["postmortem"]);
}
