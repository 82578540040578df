//! `list --for`: the post-mortems that a commit, a range, a tag or a path has to do with; and the notes beside commits.

use crate::drafts::{ID, TEXT, save};
use crate::sandbox::Sandbox;
use crate::schema::assert_fits;
use crate::stories::document;

const NOTES: &str = "refs/notes/postmortem";

/// Two services, three releases, a published post-mortem and a draft.
fn story() -> Sandbox {
    let mut sandbox = Sandbox::with_repository();
    for (day, path, subject) in [
        ("17", "src/pay.rs", "Pay"),
        ("18", "src/web/page.rs", "Show"),
        ("19", "src/pay.rs", "Break paying"),
        ("20", "src/pay.rs", "Mend paying"),
        ("21", "src/web/page.rs", "Show more"),
    ] {
        sandbox.at_time(&format!("2026-11-{day}T10:00:00Z"));
        sandbox.commit(path, format!("{subject}\n"), subject);
        sandbox.git(&["tag", &format!("v{day}")]);
    }
    sandbox.at_time("2026-11-22T10:00:00Z");
    sandbox.commit(
        "docs/post-mortems/2026-11-19-pay.md",
        document("Paying failed", "2026-11-19", "SEV-1"),
        "publish",
    );
    save(&sandbox, ID, TEXT);
    sandbox.run(&["link", "pay", "--deploy", "v18..v19", "--fix", "v20"]).ok();
    sandbox.run(&["link", "checkout", "--suspect", "v21", "--rule-out", "v17"]).ok();
    sandbox
}

/// Id and reasons of each answer.
#[track_caller]
fn asked(sandbox: &Sandbox, about: &str) -> Vec<String> {
    let answer = sandbox.run(&["list", "--for", about, "--json"]).ok().stdout;
    let read = assert_fits(&answer, "postmortems");
    let row = |row: &serde_json::Value| {
        let reasons: Vec<&str> =
            row["reasons"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect();
        format!("{}: {}", row["id"].as_str().unwrap().rsplit('-').next().unwrap(), reasons.join("; "))
    };
    read["postmortems"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn a_tag_a_commit_a_range_and_a_path_find_what_is_linked_and_say_why() {
    let sandbox = story();
    let id = |rev: &str| sandbox.git(&["rev-parse", rev]);
    let pay_19 = "its deploy v18..v19 changed src/pay.rs";
    for (about, expected) in [
        ("v20", vec![format!("pay: linked as fix v20; {pay_19}")]),
        ("v19", vec!["pay: linked as deploy v18..v19; its fix v20 changed src/pay.rs".to_owned()]),
        (&id("v20")[..8], vec![format!("pay: linked as fix v20; {pay_19}")]),
        ("20", vec![format!("pay: linked as fix v20; {pay_19}")]),
        ("v21", vec!["5xx: linked as suspect v21".to_owned()]),
        (
            "v19..v21",
            vec!["5xx: linked as suspect v21".to_owned(), format!("pay: linked as fix v20; {pay_19}")],
        ),
        ("v18..v19", vec!["pay: linked as deploy v18..v19; its fix v20 changed src/pay.rs".to_owned()]),
        (
            "v17",
            vec![
                // What was found innocent has only itself to do with it.
                "5xx: linked as ruled-out v17".to_owned(),
                "pay: its deploy v18..v19 and fix v20 changed src/pay.rs".to_owned(),
            ],
        ),
        ("src/pay.rs", vec!["pay: its deploy v18..v19 and fix v20 changed src/pay.rs".to_owned()]),
        ("src/web", vec!["5xx: its suspect v21 changed src/web/page.rs".to_owned()]),
        ("README.md", vec![]),
    ] {
        assert_eq!(asked(&sandbox, about), expected, "{about}");
    }
    let said = sandbox.run(&["list", "--for", "v21"]).ok();
    insta::assert_snapshot!(said.stdout, @r"
      ID                               SEV    STATE  WHY                    TITLE
      2026-11-23-checkout-returns-5xx  SEV-2  draft  linked as suspect v21  Checkout returns 5xx
    ");
    let said = sandbox.run(&["list", "--for", "README.md"]).ok();
    assert_eq!(
        (said.stdout.as_str(), said.stderr.as_str()),
        ("", "no post-mortem has to do with README.md\n")
    );
}

#[test]
fn a_commit_inside_a_linked_range_or_merge_is_found() {
    let mut sandbox = story();
    sandbox.git(&["switch", "-q", "-c", "topic"]);
    sandbox.at_time("2026-11-23T07:00:00Z");
    let first = sandbox.commit("one.txt", "1", "One");
    let second = sandbox.commit("two.txt", "2", "Two");
    sandbox.git(&["switch", "-q", "main"]);
    sandbox.git(&["merge", "-q", "--no-ff", "-m", "Merge pull request #5 from ana/topic", "topic"]);
    sandbox.run(&["link", "checkout", "--introduced", "#5"]).ok();
    for commit in [&first, &second] {
        assert_eq!(asked(&sandbox, commit), ["5xx: its introduced #5 has the commit"]);
    }
    assert_eq!(asked(&sandbox, "#5"), ["5xx: linked as introduced #5"]);
    assert_eq!(asked(&sandbox, "one.txt"), ["5xx: its introduced #5 changed one.txt"]);
    sandbox.run(&["link", "checkout", "--deploy", "v21..main"]).ok();
    let reasons = asked(&sandbox, &second);
    let both = "5xx: its introduced #5 has the commit; its deploy v21..";
    assert!(reasons[0].starts_with(both) && reasons[0].ends_with(" has the commit"), "{reasons:?}");
}

#[test]
fn a_path_is_one_from_where_one_stands_and_a_slip_is_told() {
    let sandbox = story();
    let below = sandbox.repo().join("src/web");
    let said = sandbox.run_in(&below, &["list", "--for", "page.rs"]).ok().stdout;
    assert!(said.contains("its suspect v21 changed src/web/page.rs"), "{said}");
    let said = sandbox.run_in(&below, &["list", "--for", "../pay.rs"]).ok().stdout;
    assert!(said.contains("changed src/pay.rs"), "{said}");
    let said = sandbox.run_in(&below, &["list", "--for", ":/src/pay.rs"]).ok().stdout;
    assert!(said.contains("changed src/pay.rs"), "{said}");
    sandbox.git(&["rm", "-q", "src/pay.rs"]);
    sandbox.git(&["commit", "-q", "-m", "gone"]);
    assert_eq!(asked(&sandbox, "src/pay.rs").len(), 1, "a file that is gone was changed all the same");
    for (about, words) in [
        ("v22", "error: 'v22' is no revision here and no path\nhint: nearest are v"),
        ("", "error: --for names nothing\n"),
        ("src/nothing.rs", "error: 'src/nothing.rs' is no revision here and no path\n"),
        ("v1..v99", "error: 'v1..v99' is no revision here and no path\n"),
    ] {
        let said = sandbox.run(&["list", "--for", about]).status(2).stderr;
        assert!(said.starts_with(words), "{about}\n{said}");
    }
}

#[test]
fn filters_add_up_and_what_was_asked_before_is_not_asked_of_git_again() {
    let sandbox = story();
    let said = sandbox.run(&["list", "--for", "v19..v21", "--state", "published", "--json"]).ok().stdout;
    assert_eq!(assert_fits(&said, "postmortems")["postmortems"].as_array().unwrap().len(), 1);
    let count = |about: &str| {
        let mut command = sandbox.binary(&sandbox.repo());
        let trace = sandbox.at("trace");
        drop(std::fs::remove_file(&trace));
        command.args(["list", "--for", about]).env("GIT_TRACE", &trace);
        crate::sandbox::answer(&mut command, None).ok();
        let text = std::fs::read_to_string(&trace).unwrap();
        text.lines().filter(|line| line.contains("built-in: git log") && line.contains("--name-only")).count()
    };
    assert_eq!(count("v20"), 0, "what the links are made of was kept, and what v20 changed its trees say");
    assert_eq!(count("v19..v20"), 1, "a range is asked about");
    std::fs::remove_dir_all(sandbox.repo().join(".git/postmortem")).unwrap();
    assert_eq!(count("v20"), 2, "single commits in one pass, and a range");
    std::fs::write(sandbox.repo().join(".git/postmortem/links.bin"), b"gpmread2 damaged").unwrap();
    assert_eq!(asked(&sandbox, "v20").len(), 1);
}

#[test]
fn what_is_kept_of_a_narrow_question_is_true_of_all_documents() {
    let sandbox = story();
    for (day, name) in [("20", "queue"), ("21", "cache")] {
        let path = format!("docs/post-mortems/2026-11-{day}-{name}.md");
        sandbox.commit(&path, document(name, &format!("2026-11-{day}"), "SEV-2"), "publish");
    }
    sandbox.commit("src/queue.rs", "x", "Test the queue\n\nCloses-Action: 2026-11-20-queue#1");
    let open = || -> Vec<(String, u64)> {
        let answer = sandbox.run(&["list", "--state", "published", "--json"]).ok().stdout;
        let rows = assert_fits(&answer, "postmortems")["postmortems"].as_array().unwrap().clone();
        let row = |row: &serde_json::Value| {
            (row["id"].as_str().unwrap().to_owned(), row["actions"]["open"].as_u64().unwrap())
        };
        rows.iter().map(row).collect()
    };
    let before = open();
    assert!(before.contains(&("2026-11-20-queue".to_owned(), 0)), "{before:?}");
    std::fs::remove_dir_all(sandbox.repo().join(".git/postmortem")).unwrap();
    assert_eq!(asked(&sandbox, "v20").len(), 1, "the first to read the history sees one document");
    assert_eq!(open(), before);
}

#[test]
fn merges_first_commits_and_bare_repositories_are_asked_about_as_well() {
    let sandbox = story();
    sandbox.git(&["checkout", "-q", "-b", "side", "v20"]);
    sandbox.commit("src/web/page.rs", "Side\n", "Show it otherwise");
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.git(&["merge", "-q", "-s", "ours", "--no-ff", "-m", "both", "side"]);
    sandbox.git(&["tag", "merged"]);
    let page = "5xx: its suspect v21 changed src/web/page.rs";
    assert_eq!(asked(&sandbox, "merged"), [page], "what the merge brought counts");
    let first = sandbox.git(&["rev-list", "--max-parents=0", "main"]);
    assert_eq!(asked(&sandbox, &first), [""; 0]);
    let everywhere = ["v20", "v19", "v18..v20"].map(|about| asked(&sandbox, about));
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "--mirror", "repo", "bare.git"]);
    for (about, here) in ["v20", "v19", "v18..v20"].iter().zip(everywhere) {
        let bare = sandbox.run_in(&sandbox.at("bare.git"), &["list", "--for", about, "--json"]).ok().stdout;
        let rows = assert_fits(&bare, "postmortems")["postmortems"].as_array().unwrap().len();
        assert_eq!(rows, here.len(), "{about}");
    }
}

#[test]
fn links_of_another_repository_are_found_by_their_name() {
    let sandbox = story();
    sandbox.commit(".postmortem.toml", "[repos]\npay = \"../nowhere\"\n", "repos");
    sandbox.run(&["link", "checkout", "--deploy", "pay:v7"]).ok();
    assert_eq!(asked(&sandbox, "pay:v7"), ["5xx: linked as deploy pay:v7"]);
    assert_eq!(asked(&sandbox, "pay:v8"), [""; 0]);
}

#[test]
fn notes_stand_beside_the_commits_of_published_documents_and_are_the_same_everywhere() {
    let sandbox = story();
    let shown = sandbox.git(&["log", "-1", "--notes=postmortem", "--format=%N", "v20"]);
    assert_eq!(shown, "fix of 2026-11-19-pay: Paying failed (docs/post-mortems/2026-11-19-pay.md)");
    assert_eq!(
        sandbox.git(&["log", "-1", "--notes=postmortem", "--format=%N", "v21"]),
        "",
        "a draft makes no note"
    );
    let made = sandbox.git(&["rev-parse", NOTES]);
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "repo", "clone"]);
    let clone = sandbox.at("clone");
    assert_eq!(sandbox.git_in(&clone, &["for-each-ref", "refs/notes"]), "", "nobody was sent any");
    sandbox.run_in(&clone, &["list", "--for", "v21"]).ok();
    assert_eq!(sandbox.git_in(&clone, &["rev-parse", NOTES]), made);
    sandbox.run(&["publish", "checkout"]).ok();
    let shown = sandbox.git(&["log", "-1", "--notes=postmortem", "--format=%N", "v21"]);
    assert!(shown.starts_with("suspect of 2026-11-23-checkout-returns-5xx: "), "{shown}");
    sandbox.run(&["unpublish", "checkout"]).ok();
    assert_eq!(sandbox.git(&["rev-parse", NOTES]), made, "as before");
    sandbox.run(&["link", "pay", "--remove", "v20", "v18..v19"]).ok();
    assert_eq!(sandbox.git(&["for-each-ref", "refs/notes"]), "");
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn rows_that_a_person_wrote_count_with_short_ids_and_with_none() {
    let sandbox = story();
    let short = sandbox.git(&["rev-parse", "--short=9", "v21"]);
    let text = document("By hand", "2026-11-21", "SEV-3")
        + "\n## Linked Commits\n\n| Role | Revision | Commit | Date | Subject |\n|---|---|---|---|---|\n| fix | "
        + &format!("{short} | {short} | | |\n| deploy | v17..v18 | | | |\n| revert | v999 | | | |\n");
    sandbox.commit("docs/post-mortems/2026-11-21-hand.md", text, "by hand");
    assert_eq!(
        asked(&sandbox, "v21")[1],
        format!("hand: linked as fix {}; its deploy v17..v18 changed src/web/page.rs", &short[..7])
    );
    assert_eq!(
        sandbox.git(&["log", "-1", "--notes=postmortem", "--format=%N", "v18"]),
        "deploy of 2026-11-21-hand: By hand (docs/post-mortems/2026-11-21-hand.md)"
    );
    let read = sandbox.run(&["link", "hand", "--json"]).ok().stdout;
    let read = assert_fits(&read, "links");
    let states: Vec<_> =
        read["links"].as_array().unwrap().iter().map(|link| link["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["reachable", "reachable", "unresolved"]);
}

#[test]
fn notes_by_somebody_else_are_left_alone() {
    let sandbox = story();
    sandbox.git(&["update-ref", "-d", NOTES]);
    sandbox.git(&["notes", "--ref=postmortem", "add", "-m", "my own", "v17"]);
    let own = sandbox.git(&["rev-parse", NOTES]);
    sandbox.run(&["link", "pay", "--revert", "v21"]).ok();
    sandbox.run(&["list", "--for", "v21"]).ok();
    assert_eq!(sandbox.git(&["rev-parse", NOTES]), own);
}
