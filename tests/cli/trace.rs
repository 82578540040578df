//! `git postmortem trace`: on histories where the right answer is known.

mod copies;
mod exposure;
mod lines;

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

/// A repository whose clock moves a day with each commit.
pub(super) struct Story {
    pub(super) sandbox: Sandbox,
    day: i64,
}

impl Story {
    pub(super) fn new() -> Self {
        let mut sandbox = Sandbox::new();
        sandbox.at_time("2026-01-01T10:00:00Z");
        sandbox.git(&["init", "-q", "-b", "main"]);
        Self { sandbox, day: 0 }
    }

    /// Lets the clock of git move on by a day.
    pub(super) fn tomorrow(&mut self) {
        self.day += 1;
        let begin: chrono::DateTime<chrono::Utc> = "2026-01-01T10:00:00Z".parse().unwrap();
        let at = begin + chrono::TimeDelta::days(self.day);
        self.sandbox.at_time(&at.to_rfc3339());
    }

    /// Writes a file and commits it, a day later.
    pub(super) fn commit(&mut self, path: &str, text: &str, message: &str) -> String {
        self.tomorrow();
        self.sandbox.commit(path, text, message)
    }

    /// Commits whatever was changed, a day later.
    pub(super) fn commit_all(&mut self, message: &str) -> String {
        self.tomorrow();
        self.sandbox.git(&["add", "-A"]);
        self.sandbox.git(&["commit", "-q", "-m", message]);
        self.sandbox.git(&["rev-parse", "HEAD"])
    }

    /// Runs git a day later.
    pub(super) fn git(&mut self, arguments: &[&str]) -> String {
        self.tomorrow();
        self.sandbox.git(arguments)
    }

    /// What `trace --json` answers.
    #[track_caller]
    pub(super) fn traced(&self, arguments: &[&str]) -> Value {
        let arguments = [&["trace", "--json"], arguments].concat();
        assert_fits(&self.sandbox.run(&arguments).ok().stdout, "origins")
    }

    /// The commits that it found, the likeliest first, each with its evidence.
    #[track_caller]
    pub(super) fn origins(&self, fix: &str) -> Vec<(String, String)> {
        let answer = self.traced(&["--fix", fix]);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let rows = answer["origins"].as_array().unwrap().iter();
        rows.map(|row| (text(&row["commit"]), text(&row["evidence"]))).collect()
    }

    /// Fails unless a commit is the likeliest, by this evidence.
    #[track_caller]
    pub(super) fn assert_found(&self, fix: &str, cause: &str, evidence: &str) {
        let found = self.origins(fix);
        assert_eq!(found.first(), Some(&(cause.to_owned(), evidence.to_owned())), "{found:?}");
    }
}

/// A document that links a fix, a deploy and a suspect.
fn document(links: &[(&str, &str, &str)]) -> String {
    let rows: String = links
        .iter()
        .map(|(role, revision, commit)| {
            format!("| {role} | {revision} | {commit} | 2026-01-05 10:00 | x |\n")
        })
        .collect();
    format!(
        "# Post-Mortem: API outage\n\n**Date**: 2026-01-05\n**Severity**: SEV-1\n\n## Summary\n\nIt broke. It was mended.\n\n\
         ## Linked Commits\n\n| Role | Revision | Commit | Date (UTC) | Subject |\n|---|---|---|---|---|\n{rows}"
    )
}

const CLIENT: &str = "fn call_gateway(request: &Request) -> Answer {\n    let timeout = seconds(30);\n    send(request, timeout)\n}\n";

/// A defect, its deploy, its fix, and the document about it.
fn with_document() -> (Story, String, String) {
    let mut story = Story::new();
    story.commit("src/client.rs", CLIENT, "Call the gateway");
    story.sandbox.git(&["tag", "v1.0.0"]);
    let cause = story.commit("src/client.rs", &CLIENT.replace("30", "3000"), "Wait longer");
    story.git(&["tag", "v1.1.0"]);
    let fix = story.commit("src/client.rs", &CLIENT.replace("30", "60"), "Wait a minute");
    story.sandbox.git(&["tag", "v1.1.1"]);
    let deploy = story.sandbox.git(&["rev-parse", "v1.1.0"]);
    let text = document(&[("deploy", "v1.1.0", &deploy), ("fix", "v1.1.1", &fix)]);
    story.commit("docs/post-mortems/2026-01-05-api-outage.md", &text, "post-mortem");
    (story, cause, fix)
}

#[test]
fn a_document_is_traced_from_the_fix_that_it_links() {
    let (story, cause, fix) = with_document();
    let answer = story.sandbox.run(&["trace", "api-outage"]).ok();
    let said = answer.stdout.replace(&cause[..7], "CAUSE").replace(&fix[..7], "FIX");
    insta::assert_snapshot!(said, @r"
    traced  2026-01-05-api-outage   API outage
    fix     FIX  Wait a minute   2026-01-05, first in v1.1.1

      COMMIT   DATE        FIRST IN  SUBJECT      WHY
      CAUSE  2026-01-03  v1.1.0    Wait longer  1 line changed by the fix, came with the linked deploy v1.1.0, 2 days before the fix

    in the wild for 2 days: from v1.1.0 (2026-01-03) to v1.1.1 (2026-01-05)

    who has CAUSE: 1 of 3 releases exposed, 0 of 1 branch exposed
      NAME    KIND     DATE        STATE
      v1.1.0  release  2026-01-03  exposed
      2 fixed, 1 never had it (--all lists them)

    next  git postmortem trace api-outage --write   links CAUSE as suspect
    ");
    assert_eq!(answer.stderr, "");
    let json = story.traced(&["api-outage"]);
    assert_eq!(json["postmortem"], "2026-01-05-api-outage");
    assert_eq!(json["causes"][0], cause.as_str());
    assert_eq!(json["in_the_wild"]["days"], 2);
}

#[test]
fn versions_and_pull_requests_are_understood_as_link_does() {
    let (mut story, cause, fix) = with_document();
    let found = |story: &Story, typed: &str| story.traced(&["--fix", typed])["origins"][0]["commit"].clone();
    assert_eq!(found(&story, "1.1.1"), cause.as_str());
    assert_eq!(story.traced(&["1.1.0..1.1.1"])["origins"][0]["commit"], cause.as_str());
    let limit = story.commit("src/client.rs", &CLIENT.replace("30", "90"), "Wait longer than a minute (#42)");
    assert_eq!(found(&story, "#42"), fix.as_str());
    assert_eq!(story.traced(&["#42"])["fixes"][0]["commit"], limit.as_str());
    let unknown = story.sandbox.run(&["trace", "--fix", "9.9.9"]).status(2).stderr;
    assert!(unknown.contains("9.9.9"), "{unknown}");
}

#[test]
fn a_fix_that_the_cause_was_built_on_is_said_to_be_none() {
    let (story, cause, fix) = with_document();
    let said = story.sandbox.run(&["trace", "--fix", &cause, "--cause", &fix]).ok().stdout;
    let (cause, fix) = (&cause[..7], &fix[..7]);
    assert!(
        said.contains(&format!("{cause} is older than {fix}, and cannot have mended what that brought")),
        "{said}"
    );
}

#[test]
fn what_was_found_is_linked_once() {
    let (story, cause, _) = with_document();
    let answer = story.sandbox.run(&["trace", "api-outage", "--write"]).ok();
    assert!(answer.stdout.contains(&format!("linked  {} as suspect in", &cause[..7])), "{}", answer.stdout);
    let text = story.sandbox.read("docs/post-mortems/2026-01-05-api-outage.md");
    assert_eq!(
        text.matches(&format!("| suspect | {} | {cause} | 2026-01-03 10:00 | Wait longer |", &cause[..7]))
            .count(),
        1,
        "{text}"
    );
    let before = story.sandbox.git(&["rev-parse", "HEAD"]);
    let again = story.sandbox.run(&["trace", "api-outage", "--write"]).ok();
    assert!(again.stdout.contains("linked as suspect already"), "{}", again.stdout);
    assert_eq!(story.sandbox.git(&["rev-parse", "HEAD"]), before);
    assert_eq!(story.sandbox.status(), "");
}

#[test]
fn a_document_without_a_fix_says_what_to_type() {
    let mut story = Story::new();
    story.commit("src/a.rs", "fn a() {}\n", "begin");
    story.commit("docs/post-mortems/2026-01-05-api-outage.md", &document(&[]), "post-mortem");
    let answer = story.sandbox.run(&["trace", "api-outage"]).status(2);
    insta::assert_snapshot!(answer.stderr, @r"
    error: 2026-01-05-api-outage links no fix to trace from
    hint: git postmortem trace api-outage --fix REV traces from a commit
    hint: git postmortem link api-outage --fix REV records it in the document
    ");
    let gone = "1".repeat(40);
    story.commit(
        "docs/post-mortems/2026-01-05-api-outage.md",
        &document(&[("fix", "1111111", &gone)]),
        "link",
    );
    let answer = story.sandbox.run(&["trace", "api-outage"]).status(2);
    assert!(
        answer.stderr.contains("caused by: 1111111 is linked as fix and is not in this repository"),
        "{}",
        answer.stderr
    );
}

#[test]
fn what_is_no_commit_and_no_post_mortem_is_told() {
    let (story, ..) = with_document();
    let answer = story.sandbox.run(&["trace", "nothing-such"]).status(2);
    insta::assert_snapshot!(answer.stderr, @r"
    error: no post-mortem matches 'nothing-such'
      caused by: nor is a commit called 'nothing-such'
    hint: git postmortem list shows every one
    ");
    let answer = story.sandbox.run(&["trace", "--fix", "v9.9.9"]).status(2);
    insta::assert_snapshot!(answer.stderr, @r"
    error: no commit is called 'v9.9.9'
    hint: git tag lists the releases, git log --oneline --all the commits
    ");
    let answer = story.sandbox.run(&["trace", "--fix", "HEAD", "--write"]).status(2);
    assert!(
        answer.stderr.starts_with("error: there is no post-mortem to link anything in"),
        "{}",
        answer.stderr
    );
}

#[test]
fn a_revision_is_traced_wherever_one_stands_and_in_a_bare_repository() {
    let (story, cause, fix) = with_document();
    std::fs::create_dir_all(story.sandbox.at("repo/deep/er")).unwrap();
    let found =
        |answer: &str| assert!(answer.contains(&cause[..7]) && answer.contains(&fix[..7]), "{answer}");
    found(&story.sandbox.run_in(&story.sandbox.at("repo/deep/er"), &["trace", "v1.1.1"]).ok().stdout);
    found(&story.sandbox.run(&["trace", "v1.1.0..v1.1.1"]).ok().stdout);
    // From outside of the work tree, by what git hands on.
    let (folder, tree) = (story.sandbox.at("repo/.git"), story.sandbox.repo());
    let mut outside = story.sandbox.binary(&story.sandbox.root());
    outside.env("GIT_DIR", folder).env("GIT_WORK_TREE", tree).args(["trace", "v1.1.1"]);
    found(&crate::sandbox::answer(&mut outside, None).ok().stdout);
    story.sandbox.git_in(&story.sandbox.root(), &["clone", "-q", "--bare", "repo", "bare.git"]);
    found(&story.sandbox.run_in(&story.sandbox.at("bare.git"), &["trace", "v1.1.1"]).ok().stdout);
}

#[test]
fn json_stays_json_while_something_is_linked() {
    let (story, ..) = with_document();
    let answer = story.traced(&["api-outage", "--write"]);
    assert_eq!(answer["postmortem"], "2026-01-05-api-outage");
    assert!(story.sandbox.read("docs/post-mortems/2026-01-05-api-outage.md").contains("| suspect |"));
}

#[test]
fn a_list_that_is_not_there_is_named_and_who_says_so() {
    let (story, ..) = with_document();
    story.sandbox.git(&["config", "blame.ignoreRevsFile", "gone"]);
    let answer = story.sandbox.run(&["trace", "v1.1.1"]).status(2);
    assert!(answer.stderr.contains("could not open object name list: gone"), "{}", answer.stderr);
    assert!(
        answer.stderr.contains("hint: git config --show-origin --get-all blame.ignoreRevsFile"),
        "{}",
        answer.stderr
    );
}

#[test]
fn a_deploy_tells_which_of_two_commits_is_the_likelier() {
    let mut story = Story::new();
    story.commit("src/client.rs", CLIENT, "Call the gateway");
    let old = story.commit("src/client.rs", &CLIENT.replace("30", "3000"), "Wait longer");
    story.git(&["tag", "v1.0.0"]);
    let now =
        story.sandbox.read("src/client.rs").replace("send(request, timeout)", "send_twice(request, timeout)");
    let new = story.commit("src/client.rs", &now, "Send twice");
    story.git(&["tag", "v1.1.0"]);
    let fix = story.commit("src/client.rs", CLIENT, "Mend both");
    let deploy = story.sandbox.git(&["rev-parse", "v1.1.0"]);
    let links = [
        ("deploy", "v1.1.0", deploy.as_str()),
        ("fix", &fix[..7], fix.as_str()),
        ("ruled-out", &old[..7], old.as_str()),
    ];
    story.commit("docs/post-mortems/2026-01-05-api-outage.md", &document(&links), "post-mortem");
    let answer = story.traced(&["api-outage"]);
    let found: Vec<(&str, &str)> = answer["origins"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["commit"].as_str().unwrap(), row["evidence"].as_str().unwrap()))
        .collect();
    assert_eq!(found, [(new.as_str(), "lines"), (old.as_str(), "unlikely")]);
    assert!(answer["origins"][0]["reasons"].to_string().contains("came with the linked deploy v1.1.0"));
}
