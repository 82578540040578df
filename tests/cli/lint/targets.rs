//! Which documents are linted.

use super::lacking;
use crate::sandbox::Sandbox;
use crate::stories::document;

/// The files that something is found in.
fn files(sandbox: &Sandbox, arguments: &[&str]) -> Vec<String> {
    let answer = sandbox.run(&[&["lint", "--format", "short"], arguments].concat()).ok();
    let file = |line: &str| {
        line.split(':').take_while(|part| part.parse::<u32>().is_err()).collect::<Vec<_>>().join(":")
    };
    answer
        .stdout
        .lines()
        .map(file)
        .map(|file| file.replace("./", "").replace("docs/post-mortems/", ""))
        .collect()
}

const DNS: &str = "2025-04-01-dns.md";
const API: &str = "2026-03-08-api-outage.md";
const CACHE: &str = "2026-11-19-cache-stampede.md";
const QUEUE: &str = "postmortem/drafts:2026-11-22-queue-stuck.md";

#[test]
fn without_a_name_it_is_drafts_and_what_differs() {
    let sandbox = lacking();
    assert_eq!(files(&sandbox, &[]), [QUEUE]);
    // Not committed.
    sandbox.write(&format!("docs/post-mortems/{DNS}"), document("DNS again", "2025-04-01", "SEV-3"));
    sandbox.write("docs/post-mortems/2026-11-23-new.md", document("New", "2026-11-23", "SEV-3"));
    sandbox.write("docs/post-mortems/README.md", "# Our post-mortems\n\nIt was mended.\n");
    assert_eq!(files(&sandbox, &[]), [QUEUE, DNS, "2026-11-23-new.md"]);
    // On a branch.
    sandbox.git(&["checkout", "-q", "-b", "work"]);
    sandbox.git(&["add", "docs"]);
    sandbox.git(&["commit", "-q", "-m", "work"]);
    assert_eq!(files(&sandbox, &[]), [QUEUE, "2026-11-23-new.md", DNS]);
    assert_eq!(files(&sandbox, &["--base", "HEAD"]), [QUEUE]);
    assert_eq!(files(&sandbox, &["--base", "HEAD~2"]), [QUEUE, "2026-11-23-new.md", CACHE, DNS]);
    std::fs::remove_file(sandbox.repo().join(format!("docs/post-mortems/{DNS}"))).unwrap();
    assert_eq!(files(&sandbox, &[]), [QUEUE, "2026-11-23-new.md"], "what was removed is gone");
}

#[test]
fn the_remote_says_where_a_branch_began() {
    let sandbox = lacking();
    let there = sandbox.git(&["rev-parse", "HEAD~1"]);
    sandbox.git(&["remote", "add", "origin", "../nowhere"]);
    sandbox.git(&["update-ref", "refs/remotes/origin/main", &there]);
    assert_eq!(files(&sandbox, &[]), [QUEUE, CACHE]);
}

#[test]
fn documents_are_named_by_id_path_and_folder() {
    let sandbox = lacking();
    assert_eq!(files(&sandbox, &["dns", "queue"]), [DNS, QUEUE]);
    assert_eq!(files(&sandbox, &["docs/post-mortems"]), [DNS, API, CACHE]);
    assert_eq!(files(&sandbox, &["--all", "--drafts"]), [QUEUE, CACHE, API, DNS]);
    sandbox.write("notes/a.md", "# x\n\n## Summary\n\nIt was mended.\n");
    assert_eq!(files(&sandbox, &["."]), [DNS, API, CACHE], "a folder's other texts are no post-mortems");
    assert_eq!(files(&sandbox, &["notes"]), ["notes/a.md"], "unless there are no others");
    assert_eq!(files(&sandbox, &["notes/a.md"]), ["notes/a.md"]);
    let path = format!("docs/post-mortems/{API}");
    assert_eq!(files(&sandbox, &["--documents-only", "notes/a.md", &path]), [API]);
    let below =
        sandbox.run_in(&sandbox.repo().join("docs"), &["lint", "--format", "short", "post-mortems"]).ok();
    assert!(below.stdout.starts_with("post-mortems/2025-04-01-dns.md:9:14: "), "{}", below.stdout);
}

#[test]
fn a_folder_of_code_with_the_name_of_a_post_mortem_hides_it_from_nobody() {
    let sandbox = Sandbox::with_repository();
    sandbox.run(&["new", "checkout", "down", "--deploy", "none"]).ok();
    sandbox.commit("checkout/pool.toml", "size = 3\n", "code");
    let told = |typed: &[&str]| sandbox.run(&[&["lint", "--format", "short"], typed].concat()).stdout;
    assert!(told(&["checkout"]).contains("2026-11-23-checkout-down.md:"), "the draft is meant");
    assert_eq!(told(&["./checkout"]), "");
    // What is named twice is told once.
    assert_eq!(told(&["checkout-down", "checkout"]), told(&["checkout-down"]));
}

#[test]
fn standard_input_has_a_name_where_it_is_given_one() {
    let sandbox = lacking();
    let text = "# x\n\n## Summary\n\nIt was mended.\n";
    let answer =
        sandbox.run_with(&["lint", "-", "--format", "short", "--stdin-name", "docs/x.md"], text).ok();
    assert_eq!(answer.stdout, "docs/x.md:5:4: warning ACME1 'was mended' does not say by what\n");
    assert!(sandbox.run_with(&["lint", "-", "--format", "short"], text).ok().stdout.starts_with("-:5:4: "));
}

#[test]
fn what_is_staged_is_linted_as_it_is_staged() {
    let sandbox = lacking();
    let answer = sandbox.run(&["lint", "--staged"]).ok();
    assert_eq!((answer.stdout.as_str(), answer.stderr.as_str()), ("", "no post-mortem is staged\n"));
    let new = "docs/post-mortems/2026-11-23-new.md";
    sandbox.write(new, document("New", "2026-11-23", "SEV-3"));
    sandbox.write("other.md", "It was mended.\n");
    sandbox.git(&["add", new, "other.md"]);
    sandbox.write(new, document("New", "2026-11-23", "SEV-3").replace("It was mended", "It ended"));
    assert_eq!(files(&sandbox, &["--staged"]), ["2026-11-23-new.md"]);
    assert_eq!(files(&sandbox, &[]), [QUEUE], "the file says it no more");
    sandbox.git(&["add", new]);
    assert_eq!(files(&sandbox, &["--staged"]), Vec::<String>::new());
}

#[test]
fn before_the_first_commit_what_is_staged_can_be_linted() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "-q", "-b", "main"]);
    sandbox.write(".postmortem.toml", lacking().read(".postmortem.toml"));
    let new = "docs/post-mortems/2026-11-23-new.md";
    sandbox.write(new, document("New", "2026-11-23", "SEV-3"));
    sandbox.git(&["add", new]);
    assert_eq!(files(&sandbox, &["--staged"]), ["2026-11-23-new.md"]);
}

#[test]
fn another_revision_is_linted_by_its_own_configuration() {
    let sandbox = lacking();
    sandbox.git(&["add", ".postmortem.toml"]);
    sandbox.git(&["commit", "-q", "-m", "rules"]);
    sandbox.write(&format!("docs/post-mortems/{API}"), "# Nothing\n");
    assert_eq!(files(&sandbox, &["--rev", "HEAD", "api"]), [API]);
    assert_eq!(files(&sandbox, &["--rev", "HEAD"]), [CACHE, API, DNS]);
    assert_eq!(files(&sandbox, &["--rev", "HEAD", "docs/post-mortems/"]), [CACHE, API, DNS]);
    sandbox.run(&["lint", "--rev", "HEAD", "queue"]).status(2);
}

#[test]
fn a_bare_repository_is_linted_as_head_has_it() {
    let sandbox = lacking();
    sandbox.git(&["add", ".postmortem.toml"]);
    sandbox.git(&["commit", "-q", "-m", "rules"]);
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "--bare", "repo", "bare.git"]);
    let answer = sandbox.run_in(&sandbox.at("bare.git"), &["lint", "--all", "--format", "short"]).ok();
    assert_eq!(answer.stdout.lines().count(), 3, "{}", answer.stdout);
}

#[test]
fn outside_a_repository_files_are_linted() {
    let sandbox = Sandbox::new();
    let folder = sandbox.at("loose");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("x.md"), "# x\n\nText <!-- postmortem: allow PM9999 x -->\n").unwrap();
    let answer = sandbox.run_in(&folder, &["lint", "x.md", "--format", "short"]).ok();
    assert!(answer.stdout.contains("x.md:3:29: warning PM001 "), "{}", answer.stdout);
    let refused = sandbox.run_in(&folder, &["lint"]).status(2);
    assert!(
        refused.stderr.contains("not a git repository") || refused.stderr.contains("repository"),
        "{}",
        refused.stderr
    );
}

#[test]
fn many_documents_are_told_in_order() {
    let sandbox = lacking();
    for number in 0..300 {
        let name = format!("docs/post-mortems/2026-10-01-n{number:03}.md");
        sandbox.write(&name, document(&format!("N{number}"), "2026-10-01", "SEV-4"));
    }
    let found = files(&sandbox, &["docs/post-mortems"]);
    assert_eq!(found.len(), 303);
    assert!(found.is_sorted());
}

#[test]
fn a_shallow_clone_says_so_and_is_linted() {
    let sandbox = lacking();
    sandbox.git(&["add", ".postmortem.toml"]);
    sandbox.git(&["commit", "-q", "-m", "rules"]);
    let there = format!("file://{}", sandbox.repo().display());
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "--depth", "1", &there, "shallow"]);
    let answer = sandbox.run_in(&sandbox.at("shallow"), &["lint", "--all", "--json"]).ok();
    assert_eq!(answer.stderr, "warning: the clone is shallow: older history was not seen\n");
    let read = crate::schema::assert_fits(&answer.stdout, "findings");
    assert_eq!((read["complete"].as_bool(), read["findings"].as_array().unwrap().len()), (Some(false), 3));
    sandbox
        .run_in(&sandbox.at("shallow"), &["lint", "--all", "--fail-on", "warning", "--format", "sarif"])
        .status(1);
}

#[test]
fn a_document_that_vanishes_is_told() {
    let sandbox = lacking();
    let blob = sandbox.git(&["rev-parse", "postmortem/drafts:2026-11-22-queue-stuck.md"]);
    sandbox.run(&["lint", "--drafts"]).ok();
    std::fs::remove_file(sandbox.repo().join(format!(".git/objects/{}/{}", &blob[..2], &blob[2..]))).unwrap();
    let answer = sandbox.run(&["lint", "--drafts"]);
    assert!(answer.code == 2 || answer.stdout.is_empty(), "{answer:?}");
}
