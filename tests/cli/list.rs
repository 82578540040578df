//! `git postmortem list`.

use crate::sandbox::Sandbox;
use crate::stories::{document, draft, three_published_and_a_draft};

#[test]
fn drafts_and_published_stand_in_one_list() {
    let sandbox = three_published_and_a_draft();
    let answer = sandbox.run(&["list"]).ok();
    insta::assert_snapshot!(answer.stdout, @r"
    ID                         SEV    STATE      ACTIONS            TITLE
    2026-11-22-queue-stuck     SEV-4  draft      1 open, 1 overdue  Queue stuck
    2026-11-19-cache-stampede  SEV-2  published  1 open, 1 overdue  Cache stampede
    2026-03-08-api-outage      SEV-1  published  1 open, 1 overdue  API outage
    2025-04-01-dns             SEV-3  published  1 open, 1 overdue  DNS
    ");
    assert_eq!(answer.stderr, "\n4 post-mortems: 1 draft, 3 published\n");
}

#[test]
fn a_draft_on_a_review_branch_is_in_review() {
    let sandbox = three_published_and_a_draft();
    sandbox.git(&["switch", "-q", "-c", "review/queue"]);
    sandbox.commit(
        "docs/post-mortems/2026-11-22-queue-stuck.md",
        document("Queue stuck", "2026-11-22", "SEV-4"),
        "review",
    );
    sandbox.git(&["switch", "-q", "main"]);
    let answer = sandbox.run(&["list", "--state", "in-review"]).ok();
    assert!(answer.stdout.contains("review/queue"), "{}", answer.stdout);
    assert_eq!(answer.stderr, "\n1 post-mortem: 1 in review\n");
}

#[test]
fn filters_add_up() {
    let sandbox = three_published_and_a_draft();
    let ids = |arguments: &[&str]| -> Vec<String> {
        let all = [&["list"], arguments].concat();
        let lines = sandbox.run(&all).ok().stdout;
        lines.lines().skip(1).map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&["--severity", "sev1,2"]), ["2026-11-19-cache-stampede", "2026-03-08-api-outage"]);
    assert_eq!(ids(&["--since", "2026-11-20"]), ["2026-11-22-queue-stuck"]);
    assert_eq!(ids(&["--state", "published", "outage"]), ["2026-03-08-api-outage"]);
    assert_eq!(ids(&["--as-of", "2026-11-23"]).len(), 3);
    let unknown = sandbox.run(&["list", "--severity", "enormous"]).status(2);
    assert!(unknown.stderr.contains("there are SEV-1, SEV-2"), "{}", unknown.stderr);
}

#[test]
fn a_draft_with_other_content_than_its_published_namesake_is_told() {
    let sandbox = three_published_and_a_draft();
    draft(&sandbox, "2026-03-08-api-outage", "# Another\n", "other");
    let answer = sandbox.run(&["list", "api-outage"]).ok();
    assert!(answer.stdout.contains("with other content"), "{}", answer.stdout);
    assert_eq!(answer.stdout.lines().count(), 2, "{}", answer.stdout);
}

#[test]
fn nothing_yet_says_how_to_begin() {
    let answer = Sandbox::with_repository().run(&["list"]).ok();
    assert_eq!(answer.stdout, "");
    assert!(answer.stderr.contains("git postmortem new"), "{}", answer.stderr);
}

#[test]
fn a_draft_about_a_template_is_no_template() {
    let sandbox = Sandbox::with_repository();
    crate::drafts::save(&sandbox, "email-template", crate::drafts::TEXT);
    let listed = sandbox.run(&["list"]).ok().stdout;
    assert!(listed.contains("3 open") && listed.contains("Checkout returns 5xx"), "{listed}");
    let items = sandbox.run(&["actions", "--drafts", "--ids"]).ok().stdout;
    assert_eq!(items, "email-template#2\nemail-template#3\nemail-template#1\n");
}

#[test]
fn full_text_is_found_with_its_lines() {
    let sandbox = three_published_and_a_draft();
    let found = sandbox.run(&["list", "--grep", "add a test"]).ok();
    insta::assert_snapshot!(found.stdout, @r"
    2026-11-22-queue-stuck:15: | 1 | Add a test for Queue stuck | @platform | P1 | large | 2026-10-30 | Open |
    2026-11-19-cache-stampede:15: | 1 | Add a test for Cache stampede | @platform | P1 | large | 2026-10-30 | Open |
    2026-03-08-api-outage:15: | 1 | Add a test for API outage | @platform | P1 | large | 2026-10-30 | Open |
    2025-04-01-dns:15: | 1 | Add a test for DNS | @platform | P1 | large | 2026-10-30 | Open |
    ");
    assert_eq!(found.stderr, "\n4 post-mortems: 1 draft, 3 published\n");
    let ids = |arguments: &[&str]| -> Vec<String> {
        let all = [&["list", "--json"], arguments].concat();
        let value = crate::schema::assert_fits(&sandbox.run(&all).ok().stdout, "postmortems");
        value["postmortems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&["--grep", "API outage"]), ["2026-03-08-api-outage"]);
    assert_eq!(ids(&["--grep", "Api outage"]), Vec::<String>::new());
    assert_eq!(ids(&["--grep", "api outage", "--grep", "freeze"]), ["2026-03-08-api-outage"]);
    assert_eq!(ids(&["--grep", "api outage", "--grep", "queue"]), Vec::<String>::new());
    assert_eq!(ids(&["--grep", "It broke.", "--limit", "2"]).len(), 2);
    assert_eq!(ids(&["--grep", "a.test"]), Vec::<String>::new());
    sandbox.run(&["list", "--grep", " "]).status(2);
}

#[test]
fn full_text_of_another_revision_is_found() {
    let sandbox = three_published_and_a_draft();
    let path = "docs/post-mortems/2025-04-01-dns.md";
    sandbox.git(&["tag", "before"]);
    sandbox.commit(
        path,
        document("DNS", "2025-04-01", "SEV-3").replace("It broke.", "The resolver \u{1b}[31mbroke."),
        "more",
    );
    let now = sandbox.run(&["list", "--grep", "resolver"]).ok();
    assert_eq!(now.stdout, "2025-04-01-dns:9: The resolver [31mbroke. It was mended.\n");
    let then = sandbox.run(&["list", "--grep", "resolver", "--rev", "before"]).ok();
    assert_eq!((then.stdout.as_str(), then.stderr.as_str()), ("", "none of 3 post-mortems\n"));
}

/// A post-mortem that says something, with a linked commit.
fn told(title: &str, date: &str, cause: &str, commit: &str) -> String {
    format!(
        "{}\n## Root Cause\n\n{cause}\n\n## Linked Commits\n\n| Role | Revision | Commit | Date (UTC) | Subject |\n\
         |---|---|---|---|---|\n| fix | x | {commit} | {date} 09:00 | y |\n",
        document(title, date, "SEV-2")
    )
}

#[test]
fn a_recurrence_ranks_first_and_says_why() {
    let sandbox = three_published_and_a_draft();
    let first = sandbox.commit("checkout/pool.toml", "size = 40\n", "Widen the pool");
    let second = sandbox.commit("checkout/pool.toml", "size = 80\n", "Widen it again");
    let other = sandbox.commit("search/index.sh", "x\n", "Index");
    let save = |slug: &str, text: &str| {
        sandbox.commit(&format!("docs/post-mortems/2026-{slug}.md"), text, slug);
    };
    save(
        "01-10-pool",
        &told("Checkout stalls", "2026-01-10", "The connection pool was smaller than the workers.", &first),
    );
    save(
        "02-10-search",
        &told("Search stalls", "2026-02-10", "The index was copied while answers waited.", &other),
    );
    for month in 3..10 {
        let cause = format!("Certificate {month} of the gateway expired and nobody was told.");
        save(
            &format!("{month:02}-10-cert-{month}"),
            &told("Gateway down", "2026-03-10", &cause, &"1".repeat(40)),
        );
    }
    let again = told(
        "Payments hang",
        "2026-11-20",
        "Workers outnumbered connections: the pool was too small.",
        &second,
    );
    crate::drafts::save(&sandbox, "2026-11-20-payments-hang", &again);
    let value = sandbox.run(&["list", "--like", "payments-hang", "--json"]).ok();
    let value = crate::schema::assert_fits(&value.stdout, "postmortems");
    let rows = value["postmortems"].as_array().unwrap();
    assert_eq!(rows[0]["id"], "2026-01-10-pool", "{value}");
    let terms = rows[0]["likeness"]["terms"].as_array().unwrap();
    assert!(terms.contains(&"pool".into()) && terms.contains(&"workers".into()), "{terms:?}");
    assert_eq!(rows[0]["likeness"]["files"], serde_json::json!(["checkout/pool.toml"]));
    let score = |at: usize| rows.get(at).map_or(0.0, |row| row["likeness"]["score"].as_f64().unwrap());
    assert!(score(0) > 2.0 * score(1), "{value}");
    assert!(rows.iter().all(|row| row["id"] != "2026-11-20-payments-hang"));
    assert_eq!(value["complete"], false, "{value}");
    let said = sandbox.run(&["list", "--like", "payments-hang", "--limit", "1"]).ok();
    insta::assert_snapshot!(said.stdout, @r"
    ID               LIKE  TITLE            WORDS IN COMMON  FILES IN COMMON
    2026-01-10-pool  39 %  Checkout stalls  workers, pool    checkout/pool.toml
    ");
    assert!(said.stderr.contains("1 linked commit or range is not in this clone"), "{}", said.stderr);
    let published = sandbox.run(&["list", "--like", "01-10-pool", "--state", "draft", "--json"]).ok().stdout;
    assert!(published.contains("2026-11-20-payments-hang"), "{published}");
}

#[test]
fn a_text_is_compared_that_is_no_post_mortem_here() {
    let sandbox = three_published_and_a_draft();
    let said = sandbox.run_with(&["list", "--like", "-"], "the queue is stuck again").ok();
    assert!(
        said.stdout.contains("2026-11-22-queue-stuck") && said.stdout.contains("queue, stuck"),
        "{}",
        said.stdout
    );
    sandbox.write("notes.txt", "a stampede of the cache");
    let said = sandbox.run(&["list", "--like", "notes.txt"]).ok();
    assert!(said.stdout.contains("2026-11-19-cache-stampede"), "{}", said.stdout);
    sandbox.run(&["list", "--like", "nothing-like-it"]).status(2);
    sandbox.run_with(&["list", "--like", "-"], "2026-11-22 14:05").status(2);
    sandbox.run(&["list", "--like", "dns", "--grep", "x"]).status(2);
}
