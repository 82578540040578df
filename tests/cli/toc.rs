//! `git postmortem toc`.

use crate::sandbox::Sandbox;
use crate::stories::{document, three_published_and_a_draft};

const PAGE: &str = "docs/post-mortems/README.md";

#[test]
fn the_page_is_committed_alone_and_the_second_run_changes_nothing() {
    let sandbox = three_published_and_a_draft();
    sandbox.write("other.txt", "staged\n");
    sandbox.git(&["add", "other.txt"]);
    let answer = sandbox.run(&["toc"]).ok();
    assert!(
        answer.stdout.starts_with("contents  docs/post-mortems/README.md   commit "),
        "{}",
        answer.stdout
    );
    insta::assert_snapshot!(sandbox.read(PAGE), @r"
    # Post-mortems

    <!-- postmortem: contents, written by `git postmortem toc` -->

    ## 2026

    | Date | Post-mortem | Severity |
    |---|---|---|
    | 2026-11-19 | [Cache stampede](2026-11-19-cache-stampede.md) | SEV-2 |
    | 2026-03-08 | [API outage](2026-03-08-api-outage.md) | SEV-1 |

    ## 2025

    | Date | Post-mortem | Severity |
    |---|---|---|
    | 2025-04-01 | [DNS](2025-04-01-dns.md) | SEV-3 |

    <!-- postmortem: end of contents -->
    ");
    assert_eq!(
        sandbox.git(&["show", "--format=%s", "--name-only", "HEAD"]),
        format!("post-mortem: update contents\n\n{PAGE}")
    );
    assert_eq!(sandbox.status(), "A  other.txt");
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let again = sandbox.run(&["toc"]).ok();
    assert!(again.stderr.contains("up to date, 3 post-mortems"), "{}", again.stderr);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]), head);
    sandbox.run(&["toc", "--check"]).ok();
}

#[test]
fn check_says_no_and_touches_nothing() {
    let sandbox = three_published_and_a_draft();
    sandbox.run(&["toc"]).ok();
    sandbox.commit("docs/post-mortems/2026-11-23-new.md", document("New", "2026-11-23", "SEV-1"), "one more");
    let answer = sandbox.run(&["toc", "--check"]).status(1);
    assert_eq!(answer.stdout, format!("{PAGE} is out of date\n"));
    assert_eq!(sandbox.status(), "");
}

#[test]
fn the_rest_of_the_page_is_its_authors() {
    let sandbox = three_published_and_a_draft();
    sandbox.commit(PAGE, "# How we learn\n\nRead on.\n", "a page");
    sandbox.run(&["toc", "--stage"]).ok();
    assert!(sandbox.read(PAGE).starts_with("# How we learn\n\nRead on.\n\n<!-- postmortem: contents"));
    assert_eq!(sandbox.status(), format!("M  {PAGE}"));
}

#[test]
fn a_page_with_changes_of_ones_own_is_left_alone() {
    let sandbox = three_published_and_a_draft();
    sandbox.commit(PAGE, "# How we learn\n", "a page");
    sandbox.write(PAGE, "# How we learn, half a sent");
    sandbox.run(&["toc"]).status(2);
    assert_eq!(sandbox.read(PAGE), "# How we learn, half a sent");
}

#[test]
fn the_page_is_no_post_mortem() {
    let sandbox = three_published_and_a_draft();
    sandbox.run(&["toc", "--no-commit"]).ok();
    assert_eq!(sandbox.status(), format!("?? {PAGE}"));
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-qm", "page"]);
    assert!(!sandbox.run(&["list"]).ok().stdout.contains("README"));
}

#[test]
fn an_empty_repository_gets_no_page() {
    let sandbox = Sandbox::with_repository();
    assert_eq!(sandbox.run(&["toc"]).ok().stdout, "");
    assert_eq!(sandbox.status(), "");
}
