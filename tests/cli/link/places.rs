//! Where links are written: drafts and published documents, in whatever layout they have.

use super::{rows, story, text};
use crate::drafts::{ID, PATH, TEXT, save};

#[test]
fn a_published_document_gets_a_commit_of_its_path_alone() {
    let sandbox = story();
    sandbox.commit(PATH, TEXT, "publish");
    sandbox.write("staged.txt", "x\n");
    sandbox.git(&["add", "staged.txt"]);
    let said = sandbox.run(&["link", ID, "--fix", "#12"]).ok();
    assert!(said.stdout.contains(&format!("{PATH}   commit ")), "{}", said.stdout);
    assert_eq!(
        sandbox.git(&["show", "--name-only", "--format=%s"]),
        format!("post-mortem: link {ID}\n\n{PATH}")
    );
    assert_eq!(sandbox.status(), "A  staged.txt");
    let said = sandbox.run(&["link", ID, "--remove", "#12", "--no-commit"]).ok().stdout;
    assert!(said.contains("not committed"), "{said}");
    assert_eq!(sandbox.status(), format!(" M {PATH}\nA  staged.txt"));
    let refused = sandbox.run(&["link", ID, "--fix", "v1.4.0"]).status(2).stderr;
    assert!(refused.contains("or use --no-commit"), "{refused}");
}

#[test]
fn the_section_is_added_at_its_place_and_what_a_team_keeps_there_stays() {
    let before = TEXT.find("## Action Items").unwrap();
    let own = "## Linked Commits\n\n- the deploy of Friday\n- see #12\n\n";
    let foreign = "## Linked Commits\n\n| Commit | What it did |\n|---|---|\n| abc | broke it |\n\n";
    let longer = "## Linked Commits\n\n| Role | Revision | Commit | Date (UTC) | Subject | Note |\n|---|---|---|---|---|---|\n\n";
    for (layout, kept) in
        [("", ""), (own, "- see #12\n"), (foreign, "| abc | broke it |\n"), (longer, "| Note |")]
    {
        for ending in ["\n", "\r\n"] {
            let sandbox = story();
            let given = format!("{TEXT}\n{layout}## Appendix\n\nEnd.\n").replace('\n', ending);
            save(&sandbox, ID, &given);
            sandbox.run(&["link", "checkout", "--fix", "#12"]).ok();
            sandbox.run(&["link", "checkout", "--deploy", "v1.5.0"]).ok();
            let written = text(&sandbox);
            assert_eq!(rows(&sandbox).len(), 2, "{written}");
            assert_eq!(written.matches("Linked Commits").count(), 1, "{written}");
            assert!(written.contains(kept.trim_end()), "{written}");
            assert!(written.starts_with(&given[..before]), "what stands before stays byte for byte");
            let bare = written.matches('\n').count() - written.matches("\r\n").count();
            assert!(if ending == "\n" { !written.contains('\r') } else { bare == 0 }, "{written:?}");
            let place = written.find("Linked Commits").unwrap();
            assert!(written.find("Action Items").unwrap() < place, "{written}");
        }
    }
}

#[test]
fn without_the_section_it_goes_before_the_attestation() {
    let sandbox = story();
    save(&sandbox, ID, &format!("{TEXT}\n## Post-Mortem Attestation\n\nNot recorded.\n"));
    sandbox.run(&["link", "checkout", "--fix", "#12"]).ok();
    let written = text(&sandbox);
    assert!(written.find("Linked Commits").unwrap() < written.find("Attestation").unwrap(), "{written}");
    assert!(written.ends_with("\n## Post-Mortem Attestation\n\nNot recorded."), "{written}");
}

#[test]
fn a_page_of_html_is_read_and_never_edited() {
    let sandbox = story();
    let path = "docs/post-mortems/2026-11-20-export.html";
    let page = "<html><head><title>Export</title></head><body><h1>Export stopped</h1><h2>Summary</h2><p>It stopped.</p>\
        <h2>Root Cause</h2><p>A lock.</p><h2>Action Items</h2><ul><li>Alert on it</li></ul></body></html>\n";
    sandbox.commit(path, page, "export");
    let said = sandbox.run(&["link", "export", "--fix", "#12"]).status(2).stderr;
    assert!(said.contains("is a page of HTML, which is read and never edited"), "{said}");
    assert_eq!(sandbox.status(), "");
}

#[test]
fn revisions_of_other_repositories_are_resolved_there_or_said_not_to_be() {
    let sandbox = story();
    let pay = sandbox.at("payments");
    sandbox.git_in(&sandbox.root(), &["init", "-q", "-b", "main", "payments"]);
    sandbox.git_in(&pay, &["commit", "-q", "--allow-empty", "-m", "Pay twice"]);
    sandbox.git_in(&pay, &["tag", "v7"]);
    sandbox.commit(".postmortem.toml", "[repos]\npay = \"https://git.example.com/pay.git\"\n", "repos");
    let said = sandbox.run(&["link", "checkout", "--deploy", "pay:v7"]).ok().stdout;
    assert!(said.contains("deploy  pay:v7   not resolved here\n"), "{said}");
    assert!(said.contains("git config postmortem.repo.pay FOLDER"), "{said}");
    let listed = sandbox.run(&["link"]).ok().stdout;
    assert!(listed.lines().nth(1).unwrap().ends_with("not resolved here"), "{listed}");
    let again = sandbox.run(&["link", "checkout", "--deploy", "pay:v7"]).ok().stdout;
    assert!(again.starts_with("unchanged  "), "{again}");
    sandbox.git(&["config", "postmortem.repo.pay", pay.to_str().unwrap()]);
    sandbox.run(&["link", "checkout", "--deploy", "pay:v7"]).ok();
    assert_eq!(
        rows(&sandbox),
        [["deploy", "pay:v7", "Pay twice"].map(str::to_owned)],
        "the row is completed"
    );
    let listed = sandbox.run(&["link", "--json"]).ok().stdout;
    assert!(listed.contains("\"state\":\"reachable\""), "{listed}");
    let refused = sandbox.run(&["link", "checkout", "--fix", "pay:v8"]).status(2).stderr;
    assert!(refused.contains("no commit is called 'v8'\n  caused by: pay is "), "{refused}");
}

#[test]
fn a_bare_repository_links_its_drafts() {
    let sandbox = story();
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "--mirror", "repo", "bare.git"]);
    let bare = sandbox.at("bare.git");
    sandbox.run_in(&bare, &["link", "checkout", "--fix", "#12"]).ok();
    let listed = sandbox.run_in(&bare, &["link", "checkout"]).ok().stdout;
    assert!(listed.contains("fix   #12"), "{listed}");
}
