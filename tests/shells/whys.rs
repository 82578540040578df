//! `whys` at a terminal: it asks, weighs the answers, and loses none of them.

use super::terminal::Terminal;
use super::{bare_world, on_path};
use crate::sandbox::Sandbox;

const ENTER: &str = "\r";
const CTRL_C: &str = "\u{3}";
const DOWN: &str = "\u{1b}[B";

/// A draft, and a shell in its repository.
fn asked() -> Option<(Sandbox, Terminal)> {
    if on_path("bash").is_none() {
        eprintln!("skipped: bash is not installed");
        return None;
    }
    let mut sandbox = bare_world();
    sandbox.set("TERM", "xterm");
    sandbox.run(&["new", "Uploads failed", "--deploy", "none"]).ok();
    let terminal = Terminal::open(&sandbox, "bash --norc --noprofile")?;
    Some((sandbox, terminal))
}

fn text(sandbox: &Sandbox) -> String {
    sandbox.run(&["show", "uploads-failed"]).ok().stdout
}

#[test]
fn a_chain_is_asked_for_and_what_follows_from_its_end_is_offered() {
    let Some((sandbox, mut terminal)) = asked() else { return };
    terminal.press("git postmortem whys uploads-failed\r");
    terminal.wait_for("why 1: why did it happen?");
    terminal.press(&format!("The pool of connections ran dry{ENTER}"));
    terminal.wait_for("why 2: why was that so?");
    terminal.press(&format!("Dana forgot to raise the limit{ENTER}"));
    terminal.wait_for("a person is the subject");
    terminal.wait_for("ask: ");
    terminal.wait_for("say it otherwise");
    terminal.press(ENTER);
    terminal.wait_for("say it of the system");
    terminal.press(&format!("Nothing limits the connections of a request{ENTER}"));
    terminal.wait_for("why 3");
    terminal.press(ENTER);
    terminal.wait_for("contributing factor?");
    terminal.press(&format!("y{ENTER}"));
    terminal.wait_for("action item about the last why:");
    terminal.press(&format!("Limit the connections of a request{ENTER}"));
    terminal.wait_for("owner:");
    terminal.press(&format!("@ana{ENTER}"));
    terminal.wait_for("due:");
    terminal.press(&format!("2027-01-15{ENTER}"));
    terminal.wait_for("uploads-failed#1");
    let text = text(&sandbox);
    for written in [
        "### 5 Whys\n\n1. The pool of connections ran dry\n2. Nothing limits the connections of a request\n",
        "\n1. Nothing limits the connections of a request\n\n## What Went Well",
        "| 1 | Limit the connections of a request | @ana |  |  | 2027-01-15 | open |",
    ] {
        assert!(text.contains(written), "{written}\n{text}");
    }
    assert!(!text.contains("Dana"), "{text}");
}

#[test]
fn whoever_stops_at_any_question_keeps_what_was_answered() {
    let Some((sandbox, mut terminal)) = asked() else { return };
    terminal.press("git postmortem whys uploads-failed\r");
    terminal.wait_for("why 1");
    terminal.press(&format!("The pool of connections ran dry{ENTER}"));
    terminal.wait_for("why 2");
    assert!(text(&sandbox).contains("1. The pool of connections ran dry\n"), "a draft is saved at once");
    terminal.press(&format!("Dana forgot to raise the limit{ENTER}"));
    terminal.wait_for("say it otherwise");
    terminal.press(CTRL_C);
    terminal.wait_for("what was answered is kept");
    assert!(text(&sandbox).contains("2. Dana forgot to raise the limit\n"), "{}", text(&sandbox));
    // It goes on where it stopped.
    terminal.press("git postmortem whys uploads-failed\r");
    terminal.wait_for("2  Dana forgot");
    terminal.wait_for("why 3");
    terminal.press(&format!("half a sent{CTRL_C}"));
    terminal.wait_for("nothing was changed");
    terminal.press("git postmortem whys uploads-failed\r");
    terminal.wait_for("why 3");
    terminal.press(&format!("The operator was careless{ENTER}"));
    terminal.wait_for("say it otherwise");
    terminal.press(&format!("{DOWN}{ENTER}"));
    terminal.wait_for("why 4");
    terminal.press(ENTER);
    terminal.wait_for("contributing factor?");
    terminal.press(CTRL_C);
    terminal.wait_for("what was answered is kept");
    assert!(text(&sandbox).contains("3. The operator was careless\n"), "kept as it is: {}", text(&sandbox));
}

#[test]
fn without_colour_nothing_is_painted() {
    let Some((sandbox, mut terminal)) = asked() else { return };
    terminal.press("NO_COLOR=1 git postmortem whys uploads-failed; echo ended\r");
    terminal.wait_for("Uploads failed");
    let seen = terminal.seen_until("why did it happen?");
    assert!(!seen.contains("[3") && !seen.contains("[9"), "{seen:?}");
    terminal.press(ENTER);
    terminal.wait_for("ended");
    assert!(!text(&sandbox).contains("5 Whys"), "no answer, no chain");
}
