//! Documents that are reached through symbolic links: read where they lead, and named where they lead away.

use std::os::unix::fs::symlink;

use super::promises;
use crate::sandbox::Sandbox;
use crate::schema::assert_fits;

const FOLDER: &str = "docs/post-mortems";

/// The promises with their documents moved to `written`, and a link.
fn moved(link: &str, target: &str) -> Sandbox {
    let sandbox = promises();
    sandbox.git(&["mv", FOLDER, "written"]);
    std::fs::create_dir_all(sandbox.repo().join(link).parent().unwrap()).unwrap();
    symlink(target, sandbox.repo().join(link)).unwrap();
    sandbox.git(&["add", "-A"]);
    sandbox.git(&["commit", "-q", "-m", "move"]);
    sandbox
}

/// How many items are owed, and what was not seen.
#[track_caller]
fn read(sandbox: &Sandbox) -> (usize, Vec<String>) {
    let read = assert_fits(&sandbox.run(&["actions", "--json"]).ok().stdout, "actions");
    let why = read["incomplete"].as_array().unwrap();
    (read["actions"].as_array().unwrap().len(), why.iter().map(|why| why.as_str().unwrap().into()).collect())
}

#[test]
fn a_documents_folder_that_is_a_link_is_followed_inside_the_tree() {
    let places = [(FOLDER, "../written"), ("docs/postmortems", "./../written/"), ("post-mortems", "written")];
    for (link, target) in places {
        let sandbox = moved(link, target);
        assert_eq!(read(&sandbox), (5, Vec::new()), "{link}");
    }
}

#[test]
fn what_is_behind_a_link_is_edited_and_published_where_it_is() {
    let sandbox = moved(FOLDER, "../written");
    sandbox.run(&["edit", "latency", "--set", "severity=2"]).ok();
    assert!(sandbox.read("written/2026-08-02-latency.md").contains("SEV-2"));
    sandbox.run(&["new", "Disk", "full"]).ok();
    let answer = sandbox.run(&["publish", "disk", "--no-lint"]).ok();
    assert!(answer.stdout.contains("written/2026-11-23-disk-full.md"), "{}", answer.stdout);
    assert_eq!(sandbox.status(), "");
}

#[test]
fn what_is_not_committed_behind_a_configured_link_is_named() {
    let sandbox = moved(FOLDER, "../written");
    let config = format!("[documents]\noutput = \"{FOLDER}/{{date}}-{{slug}}.md\"\n");
    sandbox.commit(".postmortem.toml", config, "the link, by name");
    assert_eq!(read(&sandbox), (5, Vec::new()));
    sandbox.write("written/2026-11-20-new.md", "# New\n");
    sandbox.write("written/graph.png", "png");
    assert_eq!(read(&sandbox), (5, vec!["written/2026-11-20-new.md has uncommitted changes".to_owned()]));
    // git commits nothing through the link, and we say so before anything is written.
    sandbox.run(&["new", "Disk", "full"]).ok();
    let refused = sandbox.run(&["publish", "disk", "--no-lint"]).status(2);
    assert!(
        refused.stderr.contains("documents.output in .postmortem.toml names another"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_document_that_several_links_lead_to_counts_once() {
    let sandbox = promises();
    for (link, target) in [
        ("latest.md", "2026-08-02-latency.md"),
        ("again.md", "latest.md"),
        ("self", "."),
        ("all", "../.."),
        ("logo.png", "/srv/logo.png"),
    ] {
        symlink(target, sandbox.repo().join(FOLDER).join(link)).unwrap();
    }
    sandbox.git(&["add", "-A"]);
    sandbox.git(&["commit", "-q", "-m", "links"]);
    assert_eq!(read(&sandbox), (5, Vec::new()));
}

#[test]
fn a_link_that_leads_away_is_named_and_leaves_no_verdict() {
    for (target, why) in [
        ("/srv/post-mortems", "'/srv/post-mortems' leads out of the repository"),
        ("../../elsewhere", "'../../elsewhere' leads out of the repository"),
        ("../gone", "'../gone' is not in this revision"),
        ("post-mortems", "'post-mortems' leads round in a ring"),
    ] {
        let sandbox = moved(FOLDER, target);
        let said = format!("{FOLDER} could not be read: it is a symbolic link, and {why}");
        assert_eq!(read(&sandbox), (0, vec![said]));
        sandbox.run(&["actions", "--exit-code"]).status(2);
    }
}

#[test]
fn a_documents_folder_that_is_a_submodule_is_named() {
    let sandbox = promises();
    let commit = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.git(&["rm", "-r", "-q", FOLDER]);
    sandbox.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},{FOLDER}")]);
    sandbox.git(&["commit", "-q", "-m", "apart"]);
    let said = format!("{FOLDER} could not be read: {FOLDER} is a submodule, a repository of its own");
    let (count, why) = read(&sandbox);
    assert_eq!((count, why.contains(&said)), (0, true), "{why:?}");
}
