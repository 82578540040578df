//! `attest`: written once, kept by hand, and held against what the document says later.

use crate::drafts::save;
use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

const ID: &str = "2026-03-08-api-outage";
const PATH: &str = "docs/post-mortems/2026-03-08-api-outage.md";

fn document(links: &str) -> String {
    format!(
        "# Post-Mortem: API outage\n\n**Date**: 2026-03-08\n**Duration**: 30 minutes\n**Severity**: SEV-2\n**Author**: @ana\n\
         **Reviewers**: @bo\n\n## Summary\n\nThe API answered with errors for half an hour after a release. About 300 customers saw them.\n\n\
         ## Impact\n\n- **Users affected**: 300 customers\n- **Data impact**: none\n\n\
         ## Timeline\n\nAll times in UTC.\n\n| Time | Event |\n|------|-------|\n\
         | 2026-03-08 14:00 | Detected: the alert fired, https://grafana.example.org/d/api |\n\
         | 2026-03-08 14:20 | Mitigated: the release was taken back |\n| 2026-03-08 14:30 | Resolved: all requests succeed |\n\n\
         ## Root Cause\n\nThe release opened a connection for every request, and the pool of the database ran dry.\n\n\
         ## Contributing Factors\n\n1. No alert told of the pool (#1).\n\n## What Went Well\n\n1. Taking the release back took a minute.\n\n\
         ## What Went Wrong\n\n1. The alert came late.\n\n## Action Items\n\n\
         | # | Action | Owner | Priority | Effort | Due Date | Status |\n|---|--------|-------|----------|--------|----------|--------|\n\
         | 1 | Alert when the pool of the database is 80 % full (OPS-7) | @ana | P1 | small | 2026-03-15 | open |\n\
         | 2 | Refuse a release that opens a connection a request | @bo | P2 | small | 2026-03-22 | open |\n\n\
         ## Lessons Learned\n\nLimits of a pool belong on a dashboard.\n\n## Linked Commits\n\n\
         | Role | Revision | Commit | Date (UTC) | Subject |\n|------|----------|--------|------------|---------|\n{links}"
    )
}

/// Two releases, the second of which broke it.
fn history() -> Sandbox {
    let mut sandbox = Sandbox::with_repository();
    for (day, name, text) in [("07", "v1.4.0", "1"), ("08", "v1.5.0", "2")] {
        sandbox.at_time(&format!("2026-03-{day}T10:00:00Z"));
        sandbox.commit("src/pool.rs", text, name);
        sandbox.git(&["tag", name]);
    }
    sandbox.at_time("2026-03-10T10:00:00Z");
    sandbox
}

fn linked(sandbox: &Sandbox) -> String {
    let deploy = sandbox.git(&["rev-parse", "v1.5.0"]);
    document(&format!("| deploy | v1.5.0 | {deploy} | 2026-03-08 10:00 | v1.5.0 |\n"))
}

fn published(text: &str) -> Sandbox {
    let sandbox = history();
    sandbox.commit(PATH, text, "post-mortem");
    sandbox
}

/// The document in `HEAD`, without the marks of what was generated.
fn head(sandbox: &Sandbox) -> String {
    let text = sandbox.git(&["show", &format!("HEAD:{PATH}")]);
    let mut parts = text.split(" <!-- postmortem: attested ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(" -->").unwrap().1)
}

#[test]
fn a_published_document_is_attested_in_one_commit_and_only_once() {
    let mut sandbox = history();
    sandbox.commit(PATH, linked(&sandbox), "post-mortem");
    sandbox.write("other.txt", "half a sentence");
    let said = sandbox.run(&["attest", "api-outage"]).ok();
    assert!(said.stdout.starts_with("attested  2026-03-08-api-outage   docs/"), "{}", said.stdout);
    assert!(said.stdout.contains("missing   gaps, rules"), "{}", said.stdout);
    let text = head(&sandbox);
    let deploy = sandbox.git(&["rev-parse", "v1.5.0"]);
    for line in [
        "## Post-Mortem Attestation",
        "- **Files analyzed**: 1\n  - `src/pool.rs`",
        "- **Impact assessment**: SEV-2, 30 minutes\n  - Users affected: 300 customers\n  - Data impact: none",
        "- **Capability gaps identified**: not recorded",
        "- **Action items created**: 2 (2 with owner and due date)",
        "- **Cross-system references**: 2\n  - ticket: `OPS-7`\n  - dashboard: <https://grafana.example.org/d/api>",
        &format!("context as of commit `{deploy}`"),
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(text.starts_with(linked(&sandbox).trim_end()), "everything before is as it was");
    assert_eq!(sandbox.git(&["show", "--name-only", "--format=%s", "HEAD"]).lines().last(), Some(PATH));
    let commit = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.at_time("2026-05-01T10:00:00Z");
    assert!(sandbox.run(&["attest", "api-outage"]).ok().stdout.starts_with("unchanged  "));
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), commit);
    assert_eq!(sandbox.status().trim(), "?? other.txt");
    let named = text.split('`').find(|part| part.len() == 40).unwrap();
    let attested = sandbox.git(&["cat-file", "-p", named]);
    assert!(attested.contains("About 300 customers") && !attested.contains("| open |"), "{attested}");
}

#[test]
fn closing_an_action_keeps_it_and_an_edit_breaks_it() {
    let sandbox = history();
    sandbox.commit(PATH, linked(&sandbox), "post-mortem");
    sandbox.run(&["attest", "api-outage"]).ok();
    sandbox.run(&["actions", "done", "api-outage#1"]).ok();
    sandbox.run(&["actions", "cancel", "api-outage#2", "-r", "the vendor is gone"]).ok();
    assert_eq!(sandbox.run(&["attest", "--verify", "api-outage"]).ok().stdout, format!("holds  {ID}\n"));
    sandbox.run(&["actions", "set", "api-outage#1", "--due", "2026-09-01"]).ok();
    let text = sandbox.git(&["show", &format!("HEAD:{PATH}")]).replace("half an hour", "a whole day");
    sandbox.commit(PATH, text, "edit");
    let said = sandbox.run(&["attest", "--verify", "api-outage"]).status(1);
    assert_eq!(said.stdout, format!("broken  {ID}   the document was edited: Summary, Action Items\n"));
    assert!(said.stderr.contains("attest 2026-03-08-api-outage writes it anew"), "{}", said.stderr);
    let read = assert_fits(
        &sandbox.run(&["attest", "--verify", "--all", "--json"]).status(1).stdout,
        "attestations",
    );
    assert_eq!(read["holds"], false);
    assert_eq!(read["attestations"][0]["sections"][0], "Summary");
    sandbox.run(&["attest", "api-outage"]).ok();
    sandbox.run(&["attest", "--verify", "--all"]).ok();
}

#[test]
fn all_published_documents_are_verified_at_once_and_one_without_is_an_answer() {
    let sandbox = published(&document(""));
    sandbox.commit("docs/post-mortems/2026-03-09-other.md", document(""), "another");
    sandbox.run(&["attest", "other"]).ok();
    let all = sandbox.run(&["attest", "--verify", "--all"]).ok();
    assert_eq!(all.stdout, "holds  2026-03-09-other\n");
    assert!(
        all.stderr.contains("1 attestation, and nothing has changed; 1 document without one"),
        "{}",
        all.stderr
    );
    let named = sandbox.run(&["attest", "--verify", "other", "api-outage"]).status(1);
    assert_eq!(named.stdout, format!("holds  2026-03-09-other\nnone   {ID}   has no attestation\n"));
    let json = assert_fits(
        &sandbox.run(&["attest", "--verify", "api-outage", "--json"]).status(1).stdout,
        "attestations",
    );
    assert_eq!(json["attestations"][0]["state"], "unattested");
}

#[test]
fn a_commit_that_no_branch_has_any_more_breaks_it() {
    let sandbox = history();
    sandbox.git(&["switch", "-q", "-c", "side"]);
    let deploy = sandbox.commit("src/pool.rs", "3", "on a side");
    sandbox.git(&["switch", "-q", "main"]);
    let row = format!("| deploy | side | {deploy} | 2026-03-08 10:00 | on a side |\n");
    sandbox.commit(PATH, document(&row), "post-mortem");
    sandbox.run(&["attest", "api-outage"]).ok();
    sandbox.run(&["attest", "--verify", "api-outage"]).ok();
    sandbox.git(&["branch", "-q", "-D", "side"]);
    let said = sandbox.run(&["attest", "--verify", "api-outage"]).status(1);
    assert!(
        said.stdout.contains(&format!("the commit {} is in no branch or tag any more", &deploy[..7])),
        "{}",
        said.stdout
    );
    sandbox.git(&["reflog", "expire", "--expire=now", "--all"]);
    sandbox.git(&["gc", "-q", "--prune=now"]);
    let said = sandbox.run(&["attest", "--verify", "api-outage", "--json"]).status(1);
    assert_eq!(assert_fits(&said.stdout, "attestations")["attestations"][0]["commit_state"], "missing");
}

#[test]
fn a_draft_is_attested_and_holds_once_it_is_published() {
    let sandbox = history();
    let guided =
        linked(&sandbox).replace("## Lessons", "<!-- What should the next team know? -->\n\n## Lessons");
    save(&sandbox, ID, &guided);
    sandbox.run(&["attest", "--set", "gaps=No  alert\ton the pool"]).ok();
    let draft = sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")]);
    assert!(draft.contains("gaps identified**: No alert on the pool\n"), "{draft}");
    sandbox.run(&["attest", "--verify"]).ok();
    sandbox.run(&["publish", "api-outage", "--no-lint"]).ok();
    sandbox.run(&["attest", "--verify", "api-outage"]).ok();
    let json = assert_fits(&sandbox.run(&["attest", "api-outage", "--json"]).ok().stdout, "fields");
    assert_eq!(json["changed"], false, "{}", head(&sandbox));
    assert_eq!(json["fields"][3]["by"], "hand");
    assert_eq!(json["fields"][4]["value"], serde_json::Value::Null);
}

#[test]
fn lint_has_nothing_more_to_say_of_an_attested_document() {
    let sandbox = history();
    sandbox.commit(PATH, linked(&sandbox), "post-mortem");
    let findings = |sandbox: &Sandbox| {
        let said = sandbox.run(&["lint", "api-outage", "--json"]).stdout;
        let read: serde_json::Value = serde_json::from_str(&said).unwrap();
        let codes = read["findings"].as_array().unwrap().iter().map(|one| one["code"].to_string());
        codes.collect::<Vec<_>>()
    };
    let before = findings(&sandbox);
    let actions = sandbox.run(&["actions", "api-outage", "--json"]).ok().stdout;
    sandbox.run(&["attest", "api-outage"]).ok();
    assert_eq!(findings(&sandbox), before);
    assert_eq!(sandbox.run(&["actions", "api-outage", "--json"]).ok().stdout, actions);
}

#[test]
fn every_language_is_attested_without_a_finding_and_read_as_before() {
    for (code, word) in [("de", "nicht"), ("fr", "non"), ("es", "no"), ("pt", "não"), ("ja", "記録")] {
        let mut sandbox = history();
        sandbox.write(".postmortem.toml", format!("[documents]\nlanguage = \"{code}\"\n"));
        sandbox.at_time("2026-03-08T12:00:00Z");
        sandbox.run(&["new", "Ausfall", "--deploy", "v1.5.0"]).ok();
        let lint = |sandbox: &Sandbox| {
            let said = sandbox.run(&["lint", "--json"]).stdout;
            let read: serde_json::Value = serde_json::from_str(&said).unwrap();
            read["findings"].as_array().unwrap().iter().map(|one| one["code"].to_string()).collect::<Vec<_>>()
        };
        let before = lint(&sandbox);
        let said = sandbox.run(&["attest"]).ok();
        assert!(said.stdout.starts_with("attested"), "{code}: {}", said.stdout);
        assert_eq!(lint(&sandbox), before, "{code}");
        assert!(sandbox.run(&["attest"]).ok().stdout.starts_with("unchanged"), "{code}");
        assert!(sandbox.run(&["show"]).ok().stdout.contains(word), "{code}");
    }
}

#[test]
fn line_ends_and_marks_of_the_file_stay() {
    let crlf = format!("\u{feff}{}", document("").replace('\n', "\r\n"));
    let sandbox = published(&crlf);
    sandbox.run(&["attest", "api-outage"]).ok();
    let blob = sandbox.try_git_in(&sandbox.repo(), &["cat-file", "blob", &format!("HEAD:{PATH}")]).stdout;
    assert!(blob.starts_with(&crlf), "{blob:?}");
    assert_eq!(blob.matches('\n').count(), blob.matches("\r\n").count());
    sandbox.run(&["attest", "--verify", "api-outage"]).ok();
    assert!(sandbox.run(&["attest", "api-outage"]).ok().stdout.starts_with("unchanged"));
}

#[test]
fn a_dry_run_prints_and_no_commit_writes_the_file_alone() {
    let sandbox = published(&document(""));
    let dry = sandbox.run(&["attest", "api-outage", "-n"]).ok();
    assert!(
        dry.stdout.starts_with("- **System context at the time of the incident**: not recorded\n"),
        "{}",
        dry.stdout
    );
    assert!(!head(&sandbox).contains("Attestation"));
    sandbox.run(&["attest", "api-outage", "--no-commit"]).ok();
    assert!(!head(&sandbox).contains("Attestation") && sandbox.read(PATH).contains("Attestation"));
}

#[test]
fn what_cannot_be_attested_is_refused_with_the_way_out() {
    let sandbox = published(&document(""));
    let torn = format!("{}\n## Attestation\n\n<<<<<<< here\na\n=======\nb\n>>>>>>> there\n", document(""));
    sandbox.commit(PATH, torn, "torn");
    let said = sandbox.run(&["attest", "api-outage"]).status(2);
    assert!(said.stderr.contains("marks of a merge") && said.stderr.contains("hint:"), "{}", said.stderr);
    sandbox.commit(
        "docs/post-mortems/2026-01-02-page.html",
        "<html><body><h1>Page</h1><p>x</p></body></html>",
        "page",
    );
    let said = sandbox.run(&["attest", "2026-01-02-page"]).status(2);
    assert!(said.stderr.contains("never edited") && said.stderr.contains("--twin"), "{}", said.stderr);
    for wrong in [
        &["attest", "--set", "gap=x"][..],
        &["attest", "--set", "gaps"],
        &["attest", "a", "b"],
        &["attest", "--all"],
    ] {
        sandbox.run(wrong).status(2);
    }
}

#[test]
fn the_teams_own_hosts_are_sorted_and_secrets_are_not_repeated() {
    let text = document("").replace(
        "Limits of a pool",
        "See https://talk.example.net/t/4 and https://ana:hunter2@wiki.example.net/x?token=f3a9c1d27b8e44. Limits of a pool",
    );
    let sandbox = published(&text);
    sandbox.commit(".postmortem.toml", "[attest.links]\nchat = [\"talk.example.net\"]\n", "settings");
    sandbox.run(&["attest", "api-outage"]).ok();
    let text = head(&sandbox);
    assert!(
        text.contains("  - chat: <https://talk.example.net/t/4>\n  - wiki: <https://wiki.example.net/x>\n"),
        "{text}"
    );
    sandbox.write(".postmortem.toml", "[attest.links]\nchats = [\"x.org\"]\n");
    let said = sandbox.run(&["attest", "api-outage"]).status(2);
    assert!(said.stderr.contains("chat"), "{}", said.stderr);
}

#[test]
fn drafts_that_are_merged_keep_what_both_teams_wrote_and_become_one_attestation() {
    let sandbox = history();
    for (title, gap) in [("One thing broke", "gaps=no alert"), ("Another broke", "gaps=no rollback")] {
        sandbox.run(&["new", title, "--deploy", "v1.5.0"]).ok();
        sandbox.run(&["attest", &title.to_lowercase().replace(' ', "-"), "--set", gap]).ok();
    }
    sandbox.run(&["merge", "one-thing", "another"]).ok();
    sandbox.run(&["attest", "another"]).ok();
    let text = sandbox.run(&["show", "another"]).ok().stdout;
    assert!(text.contains("no rollback; no alert\n"), "{text}");
    for once in ["**System context", "**Files analyzed", "**Made from"] {
        assert_eq!(text.matches(once).count(), 1, "{once}\n{text}");
    }
    assert!(!text.contains("earlier incidents"), "the other one is this one now: {text}");
    sandbox.run(&["attest", "another", "--verify"]).ok();
}

#[test]
fn a_dry_run_leaves_no_object_and_a_bare_repository_says_what_it_lacks() {
    let sandbox = published(&document(""));
    let objects = || sandbox.git(&["count-objects", "-v"]);
    let before = objects();
    sandbox.run(&["attest", "api-outage", "-n"]).ok();
    assert_eq!(objects(), before);
    sandbox.git(&["config", "core.bare", "true"]);
    let said = sandbox.run(&["attest", "api-outage", "--no-commit"]).status(2).stderr;
    assert!(said.contains("bare") && !said.contains("removed"), "{said}");
}
