//! `context`: what the repository knows about the files of an incident.

use insta::assert_snapshot;

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

const ID: &str = "2026-03-08-api-outage";

/// A document that links a deploy and a fix.
fn document(title: &str, date: &str, links: &[(&str, &str, &str)]) -> String {
    let rows: String = links
        .iter()
        .map(|(role, revision, commit)| format!("| {role} | {revision} | {commit} | {date} 10:00 | x |\n"))
        .collect();
    format!(
        "# Post-Mortem: {title}\n\n**Date**: {date}\n**Severity**: SEV-2\n\n## Summary\n\nIt broke. It was mended.\n\n\
         ## Linked Commits\n\n| Role | Revision | Commit | Date (UTC) | Subject |\n|---|---|---|---|---|\n{rows}"
    )
}

/// Two releases of a pool and its settings, which change together but for the last time, and an older incident.
fn history() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.at_time("2026-01-01T10:00:00Z");
    sandbox.git(&["init", "-q", "-b", "main"]);
    sandbox.write(".github/CODEOWNERS", "* @acme/all\n/src/ @acme/core\n*.toml @acme/ops\n");
    sandbox.write(
        "docs/adr/0007-pool.md",
        "# A pool\n\nThe size is in `config/pool.toml`, the code in src/db/.\n",
    );
    sandbox.write("docs/adr/0008-other.md", "# Other\n\nNothing of it.\n");
    sandbox.write("src/main.rs", "fn main() {}\n");
    sandbox.git(&["add", "-A"]);
    sandbox.git(&["commit", "-q", "-m", "Begin"]);
    for size in 1..=5 {
        sandbox.at_time(&format!("2026-02-0{size}T10:00:00Z"));
        sandbox.write("src/db/pool.rs", format!("const SIZE: u32 = {size};\n"));
        sandbox.write("config/pool.toml", format!("size = {size}\n"));
        sandbox.git(&["add", "-A"]);
        sandbox.git(&["commit", "-q", "-m", &format!("Pool of {size}")]);
    }
    let old = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.git(&["tag", "v1.4.0"]);
    sandbox.at_time("2026-03-08T07:00:00Z");
    sandbox.commit("src/db/pool.rs", "const SIZE: u32 = 1;\n", "Smaller pool");
    let deploy = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.git(&["tag", "v1.5.0"]);
    let fix = sandbox.commit("src/db/pool.rs", "const SIZE: u32 = 9;\n", "Larger pool");
    // What is true later was not when it broke.
    sandbox.commit(".github/CODEOWNERS", "* @acme/later\n", "New owners");
    let path = |id: &str| format!("docs/post-mortems/{id}.md");
    let earlier = document("Pool too small", "2026-02-06", &[("fix", "v1.4.0", &old)]);
    sandbox.commit(&path("2026-02-06-pool"), earlier, "an older one");
    let now =
        document("API outage", "2026-03-08", &[("deploy", "v1.5.0", &deploy), ("fix", &fix[..7], &fix)]);
    sandbox.commit(&path(ID), now, "post-mortem");
    sandbox.write(
        ".postmortem.toml",
        "[context]\ndashboards = [\"API: https://grafana.example.org/d/api\"]\nrunbooks = [\"docs/rollback.md\"]\n",
    );
    sandbox
}

fn without_ids(sandbox: &Sandbox, text: &str) -> String {
    let short = |rev: &str| sandbox.git(&["rev-parse", "--short=7", rev]);
    text.replace(&short("v1.5.0"), "DEPLOY0")
        .replace(&short("v1.5.0~0"), "DEPLOY0")
        .replace(&short("HEAD~3"), "FIX0000")
}

#[test]
fn of_a_post_mortem_the_files_of_its_deploy_and_fix_are_told_as_of_the_deploy() {
    let sandbox = history();
    let answer = sandbox.run(&["context", "api-outage"]).ok();
    assert_snapshot!(without_ids(&sandbox, &answer.stdout), @"
    context  2026-03-08-api-outage   API outage
    as of    DEPLOY0   deploy v1.5.0, 2026-03-08
    changes  deploy v1.5.0   since v1.4.0
             fix FIX0000
    owners   @acme/core (1 file)

    1 file, from git
      FILE            CHANGED BY                  OWNERS      CHANGES                      INCIDENTS
      src/db/pool.rs  deploy v1.5.0, fix FIX0000  @acme/core  6, 6 in 90 days by 1 person  2026-02-06-pool

    usually changed too, and not this time, from git (4 commits or more, 50 % or more of those of the other; sweeps of over 40 files left out)
      FILE              CHANGES IN
      config/pool.toml  5 of 5 commits that changed src/db/pool.rs

    incidents in the same files, from the post-mortems
      ID               TITLE           FILES
      2026-02-06-pool  Pool too small  src/db/pool.rs

    pages that name them, from the repository
      PAGE                   NAMES
      docs/adr/0007-pool.md  src/db

    dashboards, from the configuration
      API: https://grafana.example.org/d/api

    runbooks, from the configuration
      docs/rollback.md
    ");
    assert_eq!(answer.stderr, "");
    let json = assert_fits(&sandbox.run(&["context", "api-outage", "--json"]).ok().stdout, "context");
    assert_eq!(json["context"][0]["path"], "src/db/pool.rs");
    assert_eq!(json["context"][0]["owners"][0], "@acme/core", "and not who owns it by now");
    assert_eq!(json["context"][0]["incidents"][0], "2026-02-06-pool");
    assert_eq!(json["companions"][0]["path"], "config/pool.toml");
    assert_eq!(json["companions"][0]["times"], 5);
}

#[test]
fn it_can_be_pasted() {
    let sandbox = history();
    let answer = sandbox.run(&["context", "api-outage", "--format", "markdown"]).ok();
    assert_snapshot!(without_ids(&sandbox, &answer.stdout), @"
    ### System context

    As of `DEPLOY0` (deploy v1.5.0, 2026-03-08).

    | File | Changed by | Owners | Changes | Incidents |
    |---|---|---|---|---|
    | `src/db/pool.rs` | deploy v1.5.0, fix FIX0000 | @acme/core | 6, 6 in 90 days | 2026-02-06-pool |

    **Usually changed too, and not this time (4 commits or more, 50 % or more of those of the other; sweeps of over 40 files left out)**

    - `config/pool.toml`: 5 of 5 commits that changed `src/db/pool.rs`

    **Incidents in the same files**

    - 2026-02-06-pool: Pool too small (`src/db/pool.rs`)

    **Pages that name them**

    - `docs/adr/0007-pool.md`: `src/db`

    **Dashboards**

    - API: https://grafana.example.org/d/api

    **Runbooks**

    - docs/rollback.md
    ");
}

#[test]
fn before_there_is_a_document_a_release_a_range_or_a_path_is_asked_about() {
    let sandbox = history();
    let files = |subject: &str| {
        let json = assert_fits(&sandbox.run(&["context", subject, "--json"]).ok().stdout, "context");
        let files: Vec<String> = json["context"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["path"].as_str().unwrap().to_owned())
            .collect();
        files.join(" ")
    };
    assert_eq!(files("v1.5.0"), "src/db/pool.rs", "since v1.4.0");
    assert_eq!(files("1.5.0"), "src/db/pool.rs");
    assert_eq!(files("v1.4.0~1..v1.5.0"), "config/pool.toml src/db/pool.rs");
    assert_eq!(files("src"), "src/db/pool.rs src/main.rs");
    assert_eq!(files("./src/main.rs"), "src/main.rs");
    let below = sandbox.run_in(&sandbox.repo().join("src"), &["context", "db", "--json"]).ok().stdout;
    assert!(below.contains("\"about\":\"src/db\""), "{below}");
    assert_snapshot!(sandbox.run(&["context", "nowhere"]).status(2).stderr, @"
    error: no post-mortem matches 'nowhere'
      caused by: nor is 'nowhere' a revision or a path of HEAD
    hint: git postmortem list shows every one
    ");
}

#[test]
fn a_draft_without_links_says_how_to_get_some() {
    let sandbox = history();
    sandbox.run(&["new", "slow", "search", "--deploy", "none"]).ok();
    let answer = sandbox.run(&["context"]).ok();
    assert!(answer.stderr.contains("git postmortem link slow-search --deploy TAG"), "{}", answer.stderr);
    assert!(answer.stdout.contains("https://grafana.example.org/d/api"), "{}", answer.stdout);
}

#[test]
fn hostile_names_reach_no_terminal_and_no_table() {
    let mut sandbox = history();
    sandbox.at_time("2026-03-09T07:00:00Z");
    sandbox.commit("src/a|b\u{1b}[31m`x`.rs", "x", "odd");
    let text = sandbox.run(&["context", "HEAD"]).ok().stdout;
    assert!(!text.contains('\u{1b}'), "{text:?}");
    let markdown = sandbox.run(&["context", "HEAD", "--format", "markdown"]).ok().stdout;
    let row = markdown.lines().find(|line| line.contains("src/a")).unwrap();
    assert_eq!(row.replace("\\|", "").matches('|').count(), 6, "{row}");
}

#[test]
fn a_range_that_goes_back_or_nowhere_and_a_change_of_nothing_are_told() {
    let sandbox = history();
    let said = |subject: &str| sandbox.run(&["context", subject]).ok().stderr;
    assert_eq!(
        said("v1.5.0..v1.4.0"),
        "v1.5.0..v1.4.0 goes back in time: what it would undo is listed; the other way round it is v1.4.0..v1.5.0\n"
    );
    assert_eq!(said("v1.4.0..v1.4.0"), "v1.4.0..v1.4.0 begins and ends at one commit: it changed nothing\n");
    assert_eq!(said("HEAD"), "what is asked about changed nothing but post-mortems\n");
    assert_eq!(said("v1.4.0..v1.5.0"), "");
    sandbox.git(&["commit", "-q", "--allow-empty", "-m", "nothing"]);
    assert_eq!(said("HEAD"), "what is asked about changed no file\n");
}
