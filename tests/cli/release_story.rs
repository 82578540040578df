//! The life of a promise as two people and a server see it: put off, in the way of a release, waived, kept, broken again.

use std::path::PathBuf;

use crate::sandbox::{Answer, Sandbox, write};

const DOCUMENT: &str = "docs/post-mortems/2026-03-08-api-outage.md";
const ITEM: &str = "2026-03-08-api-outage#1";
const RULE: &str = "[[gate.rules]]\nname = \"no overdue P1\"\nstate = \"overdue\"\npriority = [\"P1\"]\n";

/// A bare server and two clones of it, with our binary on PATH.
struct Team {
    sandbox: Sandbox,
}

impl Team {
    fn new() -> Self {
        let mut sandbox = Sandbox::new();
        // What git and its hooks start is written down, and is the real program.
        let program = env!("CARGO_BIN_EXE_git-postmortem");
        let started = sandbox.at("started");
        let wrapper = format!("echo \"$*\" >>'{}'\nexec '{program}' \"$@\"", started.display());
        sandbox.script("bin/git-postmortem", &wrapper);
        let path = std::env::var("PATH").unwrap();
        sandbox.set("PATH", format!("{}:{path}", sandbox.at("bin").display()));
        sandbox.git_in(&sandbox.root(), &["init", "-q", "--bare", "-b", "main", "server.git"]);
        let team = Self { sandbox };
        team.clone("ana");
        team
    }

    fn clone(&self, name: &str) {
        self.sandbox.git_in(&self.sandbox.root(), &["clone", "-q", "server.git", name]);
    }

    /// The day, at noon, for git and for us.
    fn day(&mut self, day: &str) {
        let noon = format!("{day}T12:00:00Z");
        self.sandbox.at_time(&noon).set("GIT_POSTMORTEM_NOW", &noon);
    }

    fn at(&self, name: &str) -> PathBuf {
        self.sandbox.at(name)
    }

    #[track_caller]
    fn git(&self, who: &str, words: &[&str]) -> String {
        self.sandbox.git_in(&self.at(who), words)
    }

    fn try_git(&self, who: &str, words: &[&str]) -> Answer {
        self.sandbox.try_git_in(&self.at(who), words)
    }

    fn run(&self, who: &str, words: &[&str]) -> Answer {
        self.sandbox.run_in(&self.at(who), words)
    }

    #[track_caller]
    fn commit(&self, who: &str, path: &str, text: &str, message: &str) {
        write(&self.at(who).join(path), text);
        self.git(who, &["add", "--", path]);
        self.git(who, &["commit", "-q", "-m", message, "--", path]);
    }

    /// The tags on the server.
    fn released(&self) -> String {
        self.git("server.git", &["tag"]).replace('\n', " ")
    }

    /// How often a hook started the program since this was last asked.
    fn starts(&self) -> usize {
        let file = self.at("started");
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        drop(std::fs::remove_file(file));
        text.lines().filter(|line| line.starts_with("hook run ")).count()
    }
}

fn document(due: &str) -> String {
    format!(
        "# Post-Mortem: API outage\n\n**Date**: 2026-03-08\n**Severity**: SEV-1\n\n## Action Items\n\n\
         | # | Action | Owner | Priority | Due Date | Status |\n|---|---|---|---|---|---|\n\
         | 1 | Test migrations against full-size data | @platform | P1 | {due} | open |\n"
    )
}

/// The promise is made in March, put off in April and in May, and overdue in July.
fn put_off_twice() -> Team {
    let mut team = Team::new();
    team.day("2026-03-01");
    team.commit("ana", ".postmortem.toml", RULE, "a gate");
    team.git("ana", &["tag", "v1.0.0"]);
    for (day, due) in
        [("2026-03-09", "2026-04-15"), ("2026-04-10", "2026-05-15"), ("2026-05-10", "2026-06-15")]
    {
        team.day(day);
        team.commit("ana", DOCUMENT, &document(due), "post-mortem: API outage");
    }
    team.git("ana", &["push", "-q", "origin", "main", "v1.0.0"]);
    team.clone("ben");
    for who in ["ana", "ben"] {
        team.run(who, &["hook", "install"]).ok();
    }
    team.day("2026-07-01");
    team
}

#[test]
fn a_broken_promise_stops_the_tag_however_it_is_pushed() {
    let team = put_off_twice();
    team.commit("ben", "app.txt", "more\n", "more");
    team.git("ben", &["tag", "v1.1.0"]);
    let said = team.try_git("ben", &["push", "origin", "v1.1.0"]).status(1);
    let head = team.git("ben", &["rev-parse", "HEAD"]);
    let told = said.stderr.replace(&head[..7], "1234567");
    let told = told.replace(team.at("server.git").to_str().unwrap(), "server.git");
    insta::assert_snapshot!(told, @r#"
    git-postmortem: v1.1.0 may not be released: 1 promise is broken

      api-outage#1  Test migrations against full-size data
                    P1, @platform, due 2026-06-15, 16 days over, put off twice (first promised 2026-04-15)
                    docs/post-mortems/2026-03-08-api-outage.md:10, rule "no overdue P1"
      to open it    merge a commit that says   Closes-Action: 2026-03-08-api-outage#1
      or waive it   git postmortem gate waive api-outage:1 --until 2w --reason "…"

    judged on 2026-07-01, at 1234567 (git postmortem gate v1.1.0 --as-of 2026-07-01 repeats it)
    nothing was pushed
    error: failed to push some refs to 'server.git'
    "#);
    team.git("ben", &["tag", "-a", "-m", "annotated", "v1.1.1"]);
    let ways: [&[&str]; 5] = [
        &["v1.1.1"],
        &["--follow-tags", "main"],
        &["--tags"],
        &["HEAD:refs/tags/v1.1.2"],
        &["main", "v1.1.0", "v1.1.1"],
    ];
    for way in ways {
        let words = [&["push", "origin"], way].concat();
        let said = team.try_git("ben", &words).status(1);
        assert!(said.stderr.contains("Closes-Action: 2026-03-08-api-outage#1"), "{way:?}: {}", said.stderr);
        assert!(said.stderr.contains("nothing was pushed"), "{way:?}: {}", said.stderr);
        assert_eq!(team.released(), "v1.0.0", "{way:?}");
    }
    assert_eq!(team.starts(), 6);
    // Work goes on: branches are not asked about.
    team.git("ben", &["push", "-q", "origin", "main"]);
    assert_eq!(team.starts(), 0);
    // Where the tag itself is refused, there is nothing to push.
    team.run("ben", &["hook", "install", "--local"]).ok();
    let said = team.try_git("ben", &["tag", "v1.1.3"]).status(128);
    assert!(said.stderr.contains("nothing was tagged\n"), "{}", said.stderr);
}

#[test]
fn the_server_refuses_a_clone_without_the_hook_and_takes_in_the_rest() {
    let team = put_off_twice();
    team.run("ana", &["hook", "uninstall"]).ok();
    team.run("server.git", &["hook", "install", "--server"]).ok();
    team.git("ana", &["tag", "-a", "-m", "annotated", "v1.1.0"]);
    team.git("ana", &["tag", "nightly"]);
    let said =
        team.try_git("ana", &["push", "origin", "v1.1.0", "nightly", "main:refs/heads/next"]).status(1);
    for word in ["remote:   to open it", "! [remote rejected] v1.1.0 -> v1.1.0 (hook declined)"] {
        assert!(said.stderr.contains(word), "{word}: {}", said.stderr);
    }
    assert_eq!(team.released(), "nightly v1.0.0");
    team.git("server.git", &["rev-parse", "--verify", "-q", "next"]);
}

#[test]
fn waived_until_a_day_kept_by_a_squash_released_and_reverted() {
    let mut team = put_off_twice();
    let waiver =
        format!("release\n\nPostmortem-Waiver: {ITEM} until 2026-07-15: the vendor's fix lands in July");
    team.commit("ben", "app.txt", "1.1\n", "1.1");
    team.git("ben", &["tag", "-a", "-m", &waiver, "v1.1.0"]);
    team.git("ben", &["push", "-q", "origin", "main", "v1.1.0"]);
    assert_eq!(team.released(), "v1.0.0 v1.1.0");
    // After its last day the same line opens nothing, and that is told.
    team.day("2026-07-16");
    team.commit("ben", "app.txt", "1.2\n", "1.2");
    team.git("ben", &["tag", "-a", "-m", &waiver, "v1.2.0"]);
    let said = team.try_git("ben", &["push", "origin", "main", "v1.2.0"]).status(1);
    assert!(said.stderr.contains("2026-07-15"), "{}", said.stderr);
    assert_eq!(team.released(), "v1.0.0 v1.1.0");
    team.git("ben", &["tag", "-d", "v1.2.0"]);
    team.git("ben", &["push", "-q", "origin", "main"]);
    // Ana's fix comes in as a squash, whose message quotes hers.
    team.day("2026-07-20");
    team.git("ana", &["pull", "-q", "--ff-only", "origin", "main"]);
    team.git("ana", &["switch", "-q", "-c", "fix"]);
    team.commit("ana", "migrations.txt", "tested\n", &format!("Test migrations\n\nCloses-Action: {ITEM}"));
    team.commit("ana", "more.txt", "tested\n", "Test more");
    team.git("ana", &["switch", "-q", "main"]);
    team.git("ana", &["merge", "-q", "--squash", "fix"]);
    team.git("ana", &["commit", "-q", "--no-edit"]);
    let fix = team.git("ana", &["rev-parse", "HEAD"]);
    team.git("ana", &["push", "-q", "origin", "main"]);
    team.git("ben", &["pull", "-q", "--ff-only", "origin", "main"]);
    team.git("ben", &["tag", "v1.2.0"]);
    let said = team.try_git("ben", &["push", "origin", "v1.2.0"]).ok();
    assert!(said.stderr.contains("[new tag]"), "{}", said.stderr);
    assert_eq!(team.released(), "v1.0.0 v1.1.0 v1.2.0");
    let shown = team.run("ben", &["actions", "--status", "released", "--format", "json"]).ok();
    assert!(shown.stdout.contains("\"released_in\":\"v1.2.0\""), "{}", shown.stdout);
    // The fix is taken back: the next release is refused again.
    team.day("2026-08-01");
    team.git("ben", &["revert", "--no-edit", &fix]);
    team.git("ben", &["tag", "v1.3.0"]);
    let said = team.try_git("ben", &["push", "origin", "main", "v1.3.0"]).status(1);
    assert!(said.stderr.contains("v1.3.0 may not be released: 1 promise is broken"), "{}", said.stderr);
    assert_eq!(team.released(), "v1.0.0 v1.1.0 v1.2.0");
}

/// Three services in one repository; what was promised about payments is overdue.
const SERVICES: &str = "[services.payments]\ntags = [\"payments-v*\"]\npaths = [\"payments/\"]\n\n\
    [services.search]\ntags = [\"search-v*\"]\npaths = [\"search/\"]\n\n\
    [services.web]\ntags = [\"web-v*\"]\npaths = [\"web/\"]\n\n";

#[test]
fn five_tags_of_three_services_in_one_push_are_answered_together() {
    let mut team = Team::new();
    team.day("2026-03-09");
    let rule = RULE.replace("\npriority", "\nscope = \"touched\"\npriority");
    team.commit("ana", ".postmortem.toml", &format!("{SERVICES}{rule}"), "services");
    let of_payments = document("2026-04-15").replace("**Severity**", "**Service**: payments\n**Severity**");
    team.commit("ana", DOCUMENT, &of_payments, "post-mortem");
    team.git("ana", &["tag", "payments-v1"]);
    team.commit("ana", "payments/app.txt", "more\n", "payments");
    for tag in ["search-v1", "web-v1"] {
        team.git("ana", &["tag", tag]);
    }
    team.git("ana", &["push", "-q", "--tags", "origin", "main"]);
    team.run("ana", &["hook", "install"]).ok();
    team.day("2026-07-01");
    for service in ["search", "web"] {
        team.commit("ana", &format!("{service}/app.txt"), "more\n", service);
    }
    let tags = ["payments-v2", "search-v2", "web-v2", "web-v3", "nightly"];
    for tag in tags {
        team.git("ana", &["tag", tag]);
    }
    let said = team.try_git("ana", &[&["push", "origin", "main"], &tags[..]].concat()).status(1);
    assert_eq!(team.starts(), 1);
    assert_eq!(said.stderr.matches("may not be released").count(), 1, "{}", said.stderr);
    assert!(said.stderr.contains("payments-v2 may not be released"), "{}", said.stderr);
    assert_eq!(team.released(), "payments-v1 search-v1 web-v1");
    team.git("ana", &["push", "-q", "origin", "main", "search-v2", "web-v2", "web-v3", "nightly"]);
    assert_eq!(team.released(), "nightly payments-v1 search-v1 search-v2 web-v1 web-v2 web-v3");
}

#[test]
fn the_documents_of_another_repository_close_the_gate_of_this_one() {
    let mut team = Team::new();
    team.day("2026-03-09");
    team.sandbox.git_in(&team.at(""), &["init", "-q", "-b", "main", "incidents"]);
    team.commit("incidents", DOCUMENT, &document("2026-04-15"), "post-mortem");
    team.commit("ana", ".postmortem.toml", &format!("[gate]\ndocuments = \"incidents\"\n\n{RULE}"), "a gate");
    let there = team.at("incidents");
    team.git("ana", &["config", "postmortem.repo.incidents", there.to_str().unwrap()]);
    team.git("ana", &["push", "-q", "origin", "main"]);
    team.run("ana", &["hook", "install"]).ok();
    team.day("2026-07-01");
    team.git("ana", &["tag", "v1.0.0"]);
    let said = team.try_git("ana", &["push", "origin", "v1.0.0"]).status(1);
    assert!(said.stderr.contains("v1.0.0 may not be released"), "{}", said.stderr);
    // Without them the gate cannot answer, and stays closed.
    team.git("ana", &["config", "postmortem.repo.incidents", team.at("gone").to_str().unwrap()]);
    let said = team.try_git("ana", &["push", "origin", "v1.0.0"]).status(1);
    assert!(said.stderr.contains("could not be judged"), "{}", said.stderr);
    assert_eq!(team.released(), "");
}
