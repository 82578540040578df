//! Where items are read from: revisions, days, drafts, branches, repositories.

use super::promises;
use crate::sandbox::Sandbox;
use crate::schema::assert_fits;
use crate::stories::{document, draft, three_published_and_a_draft};

fn ids(answer: &str) -> Vec<&str> {
    answer.lines().collect()
}

/// A document with one item, of a day.
fn one(title: &str, date: &str, action: &str) -> String {
    format!("# {title}\n\n**Date**: {date}\n\n## Action Items\n\n- [ ] {action} (@ana, due 2026-11-01)\n")
}

#[test]
fn another_revision_is_read_with_its_own_configuration() {
    let sandbox = promises();
    sandbox.git(&["tag", "v1"]);
    sandbox.commit(".postmortem.toml", "[documents]\noutput = \"incidents/{date}-{slug}.md\"\n", "config");
    sandbox.commit("incidents/2026-11-01-new.md", one("New", "2026-11-01", "Do it"), "moved");
    let old = sandbox.run(&["actions", "--rev", "v1", "--ids", "--overdue"]).ok();
    assert_eq!(ids(&old.stdout), ["2026-03-08-api-outage#1", "2026-08-02-latency#1"]);
    let table = sandbox.run(&["actions", "--rev", "v1"]).ok();
    let commit = sandbox.git(&["rev-parse", "--short=7", "v1"]);
    assert!(table.stderr.contains(&format!("read at {commit}\n")), "{}", table.stderr);
}

#[test]
fn a_day_in_the_past_knows_nothing_of_later_commits() {
    let mut sandbox = Sandbox::new();
    sandbox.git(&["init", "-q", "-b", "main"]);
    let path = "docs/post-mortems/2026-03-01-one.md";
    sandbox.at_time("2026-03-02T12:00:00Z").commit(path, one("One", "2026-03-01", "First"), "first");
    sandbox.at_time("2026-04-02T12:00:00Z");
    sandbox.commit(".postmortem.toml", "[actions.sla]\nP1 = \"1d\"\n", "config");
    sandbox.at_time("2026-05-02T23:59:59Z");
    sandbox.commit("docs/post-mortems/2026-05-01-two.md", one("Two", "2026-05-01", "Second"), "second");
    // What the work tree says today does not count for a day in the past.
    sandbox.write(path, "# One\n");
    sandbox.write(".postmortem.toml", "[nonsense]\n");
    sandbox.git(&["checkout", "-q", "--", ".postmortem.toml"]);
    let asked = |day: &str| sandbox.run(&["actions", "--as-of", day, "--json"]).ok().stdout;
    let rows = |day: &str| {
        let read = assert_fits(&asked(day), "actions");
        assert_eq!((&read["as_of"], &read["complete"]), (&day.into(), &true.into()));
        read["actions"].as_array().unwrap().len()
    };
    assert_eq!(rows("2026-03-01"), 0, "before the first commit");
    assert_eq!(rows("2026-03-02"), 1, "on its day");
    assert_eq!(rows("2026-05-01"), 1);
    assert_eq!(rows("2026-05-02"), 2, "to the end of the day");
    let told = sandbox.run(&["actions", "--as-of", "2026-03-01"]).ok();
    assert!(told.stderr.contains("nothing was committed by then, as of 2026-03-01"), "{}", told.stderr);
    let overdue = |day: &str| sandbox.run(&["actions", "--overdue", "--as-of", day, "--exit-code"]).code;
    assert_eq!((overdue("2026-11-01"), overdue("2026-11-02")), (0, 1), "a due day counts to its end");
}

#[test]
fn a_day_in_the_future_keeps_the_revision_and_what_is_not_committed() {
    let sandbox = promises();
    sandbox.write("docs/post-mortems/2026-11-20-new.md", "# New\n");
    let answer = sandbox.run(&["actions", "--overdue", "--as-of", "2026-12-17"]).ok();
    assert!(answer.stdout.contains("1 day over"), "{}", answer.stdout);
    assert!(answer.stderr.contains("4 overdue of 5 open"), "{}", answer.stderr);
    assert!(answer.stderr.contains("as of 2026-12-17"), "{}", answer.stderr);
    assert!(answer.stderr.contains("2026-11-20-new.md has uncommitted changes"), "{}", answer.stderr);
    assert!(!answer.stderr.contains("read at"), "{}", answer.stderr);
}

#[test]
fn a_shallow_clone_does_not_guess_about_days_before_its_history() {
    let mut sandbox = Sandbox::new();
    sandbox.git(&["init", "-q", "-b", "main"]);
    sandbox.at_time("2026-03-02T12:00:00Z");
    sandbox.commit("docs/post-mortems/2026-03-01-one.md", one("One", "2026-03-01", "First"), "first");
    sandbox.at_time("2026-11-02T12:00:00Z").commit("README.md", "x", "second");
    let url = format!("file://{}", sandbox.repo().display());
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "--depth", "1", &url, "shallow"]);
    let clone = sandbox.at("shallow");
    let before = sandbox.run_in(&clone, &["actions", "--as-of", "2026-10-01"]).status(2);
    assert!(before.stderr.contains("shallow"), "{}", before.stderr);
    assert!(before.stderr.contains("git fetch --unshallow"), "{}", before.stderr);
    let json = sandbox.run_in(&clone, &["actions", "--json", "--exit-code"]).status(1);
    let read = assert_fits(&json.stdout, "actions");
    assert_eq!(read["complete"], false);
    assert!(read["incomplete"][0].as_str().unwrap().contains("shallow"));
    // Every document is there: that history is missing does not take the "no" away.
    sandbox.run_in(&clone, &["actions", "--owner", "nobody", "--exit-code"]).status(0);
}

#[test]
fn drafts_count_only_when_asked_for_and_never_twice() {
    let sandbox = three_published_and_a_draft();
    draft(&sandbox, "2025-04-01-dns", "# Other\n\n## Action Items\n\n- [ ] Something else\n", "same id");
    assert!(!sandbox.run(&["actions"]).ok().stdout.contains("queue-stuck"));
    let with = sandbox.run(&["actions", "--drafts", "-v"]).ok();
    assert!(with.stdout.contains("queue-stuck#1"), "{}", with.stdout);
    assert!(!with.stdout.contains("Something else"), "{}", with.stdout);
    assert!(with.stderr.contains("4 open, 4 overdue, in 4 post-mortems"), "{}", with.stderr);
    assert!(with.stderr.contains("2025-04-01-dns is also in a draft with other content: not counted"));
    let named = sandbox.run(&["actions", "queue"]).status(2);
    assert!(named.stderr.contains("--drafts"), "{}", named.stderr);
    sandbox.run(&["actions", "queue", "--drafts"]).ok();
}

#[test]
fn all_branches_count_each_post_mortem_once_and_the_examined_one_wins() {
    let sandbox = three_published_and_a_draft();
    let path = "docs/post-mortems/2025-04-01-dns.md";
    sandbox.git(&["switch", "-q", "-c", "feature"]);
    sandbox.commit(path, document("DNS", "2025-04-01", "SEV-3").replace("Add a test", "Changed"), "change");
    sandbox.commit("docs/post-mortems/2026-10-01-more.md", one("More", "2026-10-01", "Do more"), "more");
    sandbox.commit("docs/post-mortems/export.rst", "Export", "export");
    sandbox.git(&["branch", "copy"]);
    sandbox.git(&["switch", "-q", "-c", "third"]);
    sandbox.commit("x", "x", "another tip with the same documents");
    sandbox.git(&["switch", "-q", "main"]);
    let plain = sandbox.run(&["actions", "--ids"]).ok();
    assert_eq!(plain.stdout.lines().count(), 3);
    let answer = sandbox.run(&["actions", "--all-branches", "-v"]).ok();
    assert!(answer.stderr.contains("4 open, 4 overdue, in 4 post-mortems"), "{}", answer.stderr);
    assert!(!answer.stdout.contains("Changed"), "{}", answer.stdout);
    assert!(answer.stdout.contains("more#1"), "{}", answer.stdout);
    assert!(answer.stderr.contains("2025-04-01-dns is also in branch copy with other content: not counted"));
    assert!(
        answer.stderr.contains("copies with the same content elsewhere: not counted"),
        "{}",
        answer.stderr
    );
    assert_eq!(answer.stderr.matches("export.rst was not read").count(), 1, "{}", answer.stderr);
    let json = sandbox.run(&["actions", "--all-branches", "--json"]).ok().stdout;
    let read = assert_fits(&json, "actions");
    let states: Vec<_> = read["actions"].as_array().unwrap().iter().map(|row| &row["state"]).collect();
    assert_eq!(states.iter().filter(|state| **state == "in-review").count(), 1, "{states:?}");
    // The day that is asked about holds for every branch.
    let past = sandbox.run(&["actions", "--all-branches", "--as-of", "2026-11-22"]).ok();
    assert_eq!(past.stdout, "");
}

#[test]
fn repositories_are_named_by_setting_by_file_or_by_folder() {
    let sandbox = promises();
    let root = sandbox.root();
    sandbox.git_in(&root, &["clone", "-q", "--mirror", "repo", "mirror.git"]);
    sandbox.git_in(&root, &["clone", "-q", "repo", "home/clone"]);
    sandbox.write(".postmortem.toml", "[repos]\nbeside = \"../mirror.git\"\ngone = \"../gone\"\n");
    sandbox.git(&["config", "postmortem.repo.Personal", "~/clone"]);
    let run = |repos: &str, more: &[&str]| {
        sandbox.run(&[&["actions", "--overdue", "latency", "--repos", repos], more].concat())
    };
    let named = |repos: &str| run(repos, &["--ids"]).ok().stdout;
    assert_eq!(named("beside"), "beside:2026-08-02-latency#1\n");
    assert_eq!(named("Personal"), "Personal:2026-08-02-latency#1\n");
    assert_eq!(named("../mirror.git/"), "mirror:2026-08-02-latency#1\n");
    assert_eq!(named("."), "repo:2026-08-02-latency#1\n");
    let missing = sandbox.run(&["actions", "--repos", "beside,gone", "--overdue", "--json"]).ok();
    let read = assert_fits(&missing.stdout, "actions");
    assert_eq!(read["actions"].as_array().unwrap().len(), 2);
    assert_eq!(read["complete"], false);
    assert!(
        read["incomplete"][0]
            .as_str()
            .unwrap()
            .starts_with("repository gone is not resolved here: there is no")
    );
    let none = ["actions", "--repos", "beside,gone", "--owner", "nobody", "--exit-code"];
    sandbox.run(&none).status(2);
    let outside =
        sandbox.run_in(&root, &["actions", "--repos", "repo,mirror.git", "--ids", "--overdue"]).ok();
    assert_eq!(outside.stdout.lines().count(), 4, "{}", outside.stdout);
    sandbox.write(".postmortem.toml", "[repo]\n");
    let faulty = sandbox.run(&["actions", "--repos", "../mirror.git"]).status(2);
    assert!(faulty.stderr.contains(".postmortem.toml:1"), "{}", faulty.stderr);
    let nothing = sandbox.run_in(&root, &["actions", "--repos", "home"]).status(2);
    assert!(nothing.stderr.contains("error: cannot read the repository "), "{}", nothing.stderr);
}

#[test]
fn repositories_of_one_name_are_told_apart_and_one_named_twice_counts_once() {
    let sandbox = promises();
    let root = sandbox.root();
    for clone in ["a/api", "b/api", "web"] {
        sandbox.git_in(&root, &["clone", "-q", "repo", clone]);
    }
    sandbox.commit("docs/post-mortems/export.rst", "Export", "not in the clones");
    let repos = "../a/api,../b/api,../web,../a/api/docs/..,.";
    let answer = sandbox.run(&["actions", "--overdue", "--repos", repos, "latency", "--ids"]);
    assert!(answer.stderr.contains("a/api:2026-08-02-latency"), "{}", answer.stderr);
    let answer =
        sandbox.run(&["actions", "--overdue", "--repos", repos, "--service", "search", "--ids"]).ok();
    let each = ["a/api", "b/api", "repo", "web"].map(|name| format!("{name}:2026-08-02-latency#1"));
    let mut found = ids(&answer.stdout);
    found.sort_unstable();
    assert_eq!(found, each);
    assert!(answer.stderr.contains("repo: docs/post-mortems/export.rst was not read"), "{}", answer.stderr);
    let one = sandbox.run(&["actions", "--repos", repos, "--ids", "b/api:2026-08-02-latency"]).ok();
    assert_eq!(one.stdout, "b/api:2026-08-02-latency#1\n");
}

#[test]
fn the_environment_of_one_repository_does_not_reach_another() {
    let mut sandbox = promises();
    let root = sandbox.root();
    sandbox.git_in(&root, &["clone", "-q", "repo", "clone"]);
    sandbox.commit("docs/post-mortems/2026-11-01-new.md", one("New", "2026-11-01", "Only here"), "new");
    let git_dir = sandbox.repo().join(".git");
    let top = sandbox.repo();
    sandbox.set("GIT_DIR", &git_dir).set("GIT_WORK_TREE", top);
    let answer = sandbox.run_in(&root, &["actions", "--overdue", "--repos", "clone", "--ids"]).ok();
    assert_eq!(answer.stdout.lines().count(), 2, "{}", answer.stdout);
    let here = sandbox.run_in(&root, &["actions", "--overdue", "--ids"]).ok();
    assert_eq!(here.stdout.lines().count(), 3, "{}", here.stdout);
}

#[test]
fn bare_repositories_and_subfolders_answer_alike() {
    let sandbox = promises();
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "--bare", "repo", "bare.git"]);
    let whole = sandbox.run(&["actions"]).ok();
    let bare = sandbox.run_in(&sandbox.at("bare.git"), &["actions"]).ok();
    let below = sandbox.run_in(&sandbox.at("repo/docs/post-mortems"), &["actions"]).ok();
    assert_eq!((&bare.stdout, &bare.stderr), (&whole.stdout, &whole.stderr));
    assert_eq!((&below.stdout, &below.stderr), (&whole.stdout, &whole.stderr));
}

#[test]
fn documents_of_one_stem_and_readmes_have_names_of_their_own() {
    let sandbox = Sandbox::with_repository();
    for (path, title) in [
        ("docs/post-mortems/payments/2026-03-01-db.md", "Payments"),
        ("docs/post-mortems/search/2026-03-01-db.md", "Search"),
        ("docs/post-mortems/2026-04-01-cache/README.md", "Cache"),
        ("docs/post-mortems/2026-05-01-other.md", "Other"),
    ] {
        sandbox.commit(path, one(title, "2026-03-01", "Do it"), title);
    }
    let mut found: Vec<String> =
        sandbox.run(&["actions", "--ids"]).ok().stdout.lines().map(str::to_owned).collect();
    found.sort();
    let expected =
        ["2026-04-01-cache#1", "2026-05-01-other#1", "payments/2026-03-01-db#1", "search/2026-03-01-db#1"];
    assert_eq!(found, expected);
    let table = sandbox.run(&["actions"]).ok().stdout;
    assert!(table.contains("payments/2026-03-01-db#1") && table.contains("  cache#1"), "{table}");
    let one = sandbox.run(&["actions", "search", "--ids"]).ok();
    assert_eq!(one.stdout, "search/2026-03-01-db#1\n");
}

#[test]
fn one_item_is_named_by_its_id_whatever_its_state() {
    let sandbox = promises();
    for typed in ["2026-03-08-api-outage#1", "api-outage:1", "outage#1"] {
        let named = sandbox.run(&["actions", typed, "--ids"]).ok();
        assert_eq!(ids(&named.stdout), ["2026-03-08-api-outage#1"], "{typed}");
    }
}

#[test]
fn a_damaged_head_is_no_empty_repository() {
    let sandbox = promises();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    std::fs::remove_file(sandbox.repo().join(format!(".git/objects/{}/{}", &head[..2], &head[2..]))).unwrap();
    let answer = sandbox.run(&["actions", "--exit-code"]);
    assert_eq!(answer.code, 2, "{}", answer.stdout);
    assert!(answer.stderr.starts_with("error: git show-ref: "), "{}", answer.stderr);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let sandbox = Sandbox::with_repository();
    let said = sandbox.run(&["actions", "--repos", "../nope"]).status(2);
    let place = sandbox.root().join("nope");
    let told = format!("error: cannot read the repository {}\n", place.display());
    assert!(said.stderr.starts_with(&told), "{}", said.stderr);
    let said = sandbox.run(&["actions", "--repos", "../nope,../never", "--json"]).status(2);
    assert!(said.stderr.starts_with("error: none of the repositories can be read\n"), "{}", said.stderr);
    assert_eq!(said.stdout, "");
}

#[test]
fn an_item_that_is_not_there_is_an_error_and_no_clean_sheet() {
    let sandbox = promises();
    let refused = sandbox.run(&["actions", "api#99", "--exit-code"]).status(2);
    assert!(refused.stderr.contains("2026-03-08-api-outage has no action item '99'"), "{}", refused.stderr);
    assert!(refused.stderr.contains("it has 1, 2, 3, 4, 5, 6, 7"), "{}", refused.stderr);
    assert_eq!(sandbox.run(&["actions", "api#5", "--status", "open", "--exit-code"]).code, 0, "it is done");
}

#[test]
fn ids_are_understood_as_tables_of_several_repositories_show_them() {
    let sandbox = promises();
    let shown = sandbox.run(&["actions", "--repos", ".", "--status", "all"]).ok().stdout;
    let name =
        shown.split_whitespace().find_map(|word| word.strip_suffix(":api-outage#1")).unwrap().to_owned();
    for typed in [":api-outage#1", ":api-outage:1", ":2026-03-08-api-outage:1", ":outage#1"] {
        let found = sandbox.run(&["actions", "--repos", ".", "--ids", &format!("{name}{typed}")]).ok();
        assert_eq!(found.stdout, format!("{name}:2026-03-08-api-outage#1\n"), "{typed}");
    }
    let whole = sandbox.run(&["actions", "--repos", ".", "--ids", &format!("{name}:latency")]).ok();
    assert_eq!(whole.stdout.lines().count(), 1);
    sandbox.run(&["actions", "--repos", ".", "other:api-outage#1"]).status(2);
}
