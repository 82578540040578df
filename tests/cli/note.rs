//! `note`: one event, in the order of time, whoever else is writing.

use crate::drafts::{ID, PATH, TEXT, save};
use crate::sandbox::Sandbox;

fn drafted() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    save(&sandbox, ID, TEXT);
    sandbox
}

fn text(sandbox: &Sandbox) -> String {
    sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")])
}

#[test]
fn events_stand_in_the_order_of_time_and_in_utc() {
    let mut sandbox = drafted();
    sandbox.set("TZ", "Europe/Berlin");
    let said = sandbox.run(&["note", "back", "to", "baseline", "--at", "10:12", "--kind", "resolved"]).ok();
    assert_eq!(
        said.stdout,
        format!("noted  {ID}   in the drafts\ntime   10:12 local = 2026-11-23 09:12 UTC\nkind   resolved\n")
    );
    sandbox.run(&["note", "alert | on `a|b`", "--at", "-90m"]).ok();
    sandbox.run(&["note", "paged", "--at", "2026-11-23T08:45Z", "-i", "checkout"]).ok();
    let text = text(&sandbox);
    let table = "| Time | Event |\n|------|-------|\n| 2026-11-23 08:30 | alert \\| on `a\\|b` |\n\
                 | 2026-11-23 08:45 | paged |\n| 2026-11-23 09:12 | **resolved:** back to baseline |";
    assert!(text.contains(table), "{text}");
}

#[test]
fn the_same_event_twice_is_one() {
    let sandbox = drafted();
    sandbox.run(&["note", "paged", "--at", "09:00"]).ok();
    let before = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    let said = sandbox.run(&["note", "paged", "--at", "09:00"]).ok();
    assert!(said.stdout.starts_with("unchanged  "), "{}", said.stdout);
    assert_eq!(sandbox.git(&["rev-parse", "postmortem/drafts"]), before);
}

#[test]
fn a_published_document_gets_a_commit_of_its_path_alone() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(PATH, TEXT, "publish");
    sandbox.write("staged.txt", "x\n");
    sandbox.git(&["add", "staged.txt"]);
    let said = sandbox.run(&["note", "paged", "--at", "09:00", "-i", "checkout"]).ok();
    assert!(said.stdout.contains(&format!("{PATH}   commit ")), "{}", said.stdout);
    assert_eq!(sandbox.git(&["show", "--name-only", "--format="]), PATH);
    assert_eq!(sandbox.status(), "A  staged.txt");
    assert!(sandbox.read(PATH).contains("| 2026-11-23 09:00 | paged |"));
}

#[test]
fn without_a_commit_only_the_file_changes() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(PATH, TEXT, "publish");
    sandbox.run(&["note", "paged", "-i", "checkout", "--no-commit"]).ok();
    assert_eq!(sandbox.status(), format!(" M {PATH}"));
}

#[test]
fn what_is_no_time_or_no_text_is_refused() {
    let sandbox = drafted();
    let said = sandbox.run(&["note", "x", "--at", "soon"]).status(2);
    assert!(
        said.stderr.starts_with("error: 'soon' is no time\nhint: a time is written 14:05"),
        "{}",
        said.stderr
    );
    sandbox.run(&["note", "  "]).status(2);
    sandbox.run(&["note", "x", "--kind", "noticed"]).status(2);
    sandbox.run(&["note", "x", "-i", "nothing-like-it"]).status(2);
}

#[test]
fn of_many_writers_none_loses_a_row() {
    for published in [false, true] {
        let sandbox = Sandbox::with_repository();
        if published {
            sandbox.commit(PATH, TEXT, "publish");
        } else {
            save(&sandbox, ID, TEXT);
        }
        let children: Vec<_> = (0..6)
            .map(|writer| {
                let script = format!(
                    "for n in 1 2 3; do '{}' -q note \"writer {writer} note $n\" --at 09:0$n -i checkout || exit 1; done",
                    env!("CARGO_BIN_EXE_git-postmortem")
                );
                sandbox.command("sh", &sandbox.repo()).args(["-c", &script]).stdout(std::process::Stdio::null()).spawn().unwrap()
            })
            .collect();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
        let text = if published { sandbox.read(PATH) } else { text(&sandbox) };
        let rows = text.lines().filter(|line| line.contains("| writer ")).count();
        assert_eq!(rows, 18, "published: {published}\n{text}");
        let times: Vec<&str> = text.lines().filter(|l| l.contains("| writer ")).map(|l| &l[..18]).collect();
        assert!(times.is_sorted());
    }
}

#[test]
fn without_a_commit_it_goes_on_from_what_stands_in_the_file() {
    let sandbox = drafted();
    sandbox.run(&["publish"]).ok();
    let file = TEXT.replace("One in five", "One in six");
    sandbox.write(PATH, &file);
    let refused = sandbox.run(&["note", "paged", "--at", "09:00", "-i", ID]).status(2);
    assert!(refused.stderr.contains("has changes that are not committed"), "{}", refused.stderr);
    assert!(refused.stderr.contains("--no-commit"), "{}", refused.stderr);
    sandbox.run(&["note", "paged", "--at", "09:00", "-i", ID, "--no-commit"]).ok();
    let text = sandbox.read(PATH);
    assert!(text.contains("One in six") && text.contains("paged"), "{text}");
    assert_eq!(sandbox.status(), format!(" M {PATH}"));
}

#[test]
fn what_has_not_happened_yet_is_no_event() {
    let sandbox = drafted();
    let before = sandbox.git(&["rev-parse", "postmortem/drafts"]);
    for at in ["+2h", "2026-11-24 09:00", "2026-11-23T10:01Z"] {
        let said = sandbox.run(&["note", "rolled back", "--at", at]).status(2).stderr;
        assert!(said.contains("which has not come yet") && said.contains("hint: "), "{at}: {said}");
    }
    assert_eq!(sandbox.git(&["rev-parse", "postmortem/drafts"]), before);
    sandbox.run(&["note", "rolled back", "--at", "2026-11-23T10:00Z"]).ok();
}
