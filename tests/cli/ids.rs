//! Ids that were used once stay valid, whatever becomes of the file.

use crate::sandbox::Sandbox;

const FOLDER: &str = "docs/post-mortems";

fn text(title: &str) -> String {
    format!(
        "# {title}\n\n**Severity**: SEV-2\n\n## Summary\n\n{title}, and what came of it.\n\n## Action Items\n\n- [ ] Mend {title}\n"
    )
}

fn document(sandbox: &Sandbox, path: &str, title: &str) {
    sandbox.commit(&format!("{FOLDER}/{path}"), text(title), title);
}

fn moved(sandbox: &Sandbox, from: &str, to: &str) {
    let to = format!("{FOLDER}/{to}");
    std::fs::create_dir_all(sandbox.repo().join(&to).parent().unwrap()).unwrap();
    sandbox.git(&["mv", &format!("{FOLDER}/{from}"), &to]);
    sandbox.git(&["commit", "-q", "-m", "move"]);
}

#[track_caller]
fn title(sandbox: &Sandbox, id: &str) -> String {
    let answer = sandbox.run(&["show", id, "--raw"]).ok();
    answer.stdout.lines().next().unwrap().trim_start_matches("# ").to_owned()
}

#[test]
fn a_document_that_git_moved_is_found_by_its_old_id() {
    let sandbox = Sandbox::with_repository();
    document(&sandbox, "2026-03-08-db.md", "Database");
    document(&sandbox, "2026-03-08-db-two.md", "Another");
    moved(&sandbox, "2026-03-08-db.md", "2026-03-08-storage.md");
    moved(&sandbox, "2026-03-08-storage.md", "old/2026-03-08-disks.md");
    for id in ["2026-03-08-db", "2026-03-08-storage", "2026-03-08-disks", "disks"] {
        assert_eq!(title(&sandbox, id), "Database", "{id}");
    }
    // Of action items, of notes and of renames too.
    let ids = sandbox.run(&["actions", "2026-03-08-db", "--ids"]).ok();
    assert_eq!(ids.stdout, "2026-03-08-disks#1\n");
    sandbox.run(&["note", "-i", "2026-03-08-storage", "later"]).ok();
    sandbox.run(&["rename", "2026-03-08-db", "Full", "disks"]).ok();
    assert_eq!(title(&sandbox, "2026-03-08-db"), "Full disks");
    // A part of a name is a part of a name.
    assert_eq!(title(&sandbox, "db-two"), "Another");
    sandbox.run(&["show", "2026-03-08-nothing"]).status(2);
}

#[test]
fn a_name_that_another_has_today_means_the_other() {
    let sandbox = Sandbox::with_repository();
    document(&sandbox, "2026-03-08-db.md", "First");
    moved(&sandbox, "2026-03-08-db.md", "2026-03-08-storage.md");
    document(&sandbox, "2026-03-08-db.md", "Second");
    assert_eq!(title(&sandbox, "2026-03-08-db"), "Second");
    moved(&sandbox, "2026-03-08-db.md", "2026-03-08-queue.md");
    // Nobody has it now: it is the first one's, who came to it first.
    assert_eq!(title(&sandbox, "2026-03-08-db"), "First");
    assert_eq!(title(&sandbox, "2026-03-08-queue"), "Second");
}

#[test]
fn a_second_file_of_one_name_does_not_take_the_first_ones_id() {
    let sandbox = Sandbox::with_repository();
    document(&sandbox, "b/outage.md", "First");
    document(&sandbox, "a/outage.md", "Second");
    assert_eq!(title(&sandbox, "outage"), "First");
    assert_eq!(title(&sandbox, "a/outage"), "Second");
    assert_eq!(title(&sandbox, "b/outage"), "First");
}

#[test]
fn every_id_that_is_printed_names_its_item_and_no_other() {
    let sandbox = Sandbox::with_repository();
    let items = "- [ ] Mend it\n- Test it\n\n| # | Action |\n|---|---|\n| AI-1 | Ship it |\n| an odd/label x | Tell it |\n";
    let text = |title: &str| format!("# {title}\n\n## Action Items\n\n{items}");
    sandbox.commit(&format!("{FOLDER}/2025-03-03-über uns.md"), text("Über uns"), "one");
    sandbox.commit(&format!("{FOLDER}/2025/03/04-plain.md"), text("Plain"), "two");
    for repos in [&[][..], &["--repos", "."]] {
        let of = |more: &[&str]| {
            let args: Vec<&str> = [&["actions", "--ids"], repos, more].concat();
            sandbox.run(&args).ok().stdout
        };
        let all = of(&[]);
        assert_eq!(all.lines().count(), 8, "{all}");
        for id in all.lines() {
            assert_eq!(of(&[id]).trim_end(), id);
        }
    }
}
