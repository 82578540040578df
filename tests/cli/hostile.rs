//! Settings that people have, and that change what git says: none of them changes what we do.

use crate::drafts::{ID, PATH, TEXT, busy, left};
use crate::sandbox::Sandbox;

const SETTINGS: &str = "[color]\n\tui = always\n[log]\n\tshowSignature = true\n\tfollow = true\n\tshowRoot = false\n\
    \tdecorate = full\n\tdate = relative\n[core]\n\tquotePath = true\n\tabbrev = 4\n\tpager = false\n\
    \tautocrlf = input\n[i18n]\n\tlogOutputEncoding = latin1\n[diff]\n\trenames = copies\n\tnoprefix = true\n\
    \texternal = /bin/false\n\tmnemonicPrefix = true\n[status]\n\tshort = true\n\tbranch = true\n[commit]\n\
    \tverbose = 2\n\tstatus = true\n\tcleanup = verbatim\n[merge]\n\tconflictStyle = diff3\n[tag]\n\tsort = -refname\n\
    [branch]\n\tsort = -committerdate\n[column]\n\tui = always\n[advice]\n\taddIgnoredFile = true\n\
    [alias]\n\tcommit = !false\n\tlog = !false\n";

#[test]
fn a_settled_taste_in_git_changes_nothing() {
    let (mut sandbox, status) = busy();
    std::fs::write(sandbox.at("home/.gitconfig"), SETTINGS).unwrap();
    sandbox.unset("GIT_CONFIG_GLOBAL");
    sandbox.set("GIT_LITERAL_PATHSPECS", "1").set("GIT_TRACE", "1");
    sandbox.run(&["new", "Größe \u{2192} überschritten"]).ok();
    let listed = sandbox.run(&["list"]).ok();
    assert!(listed.stdout.contains("2026-11-23-grosse"), "{}", listed.stdout);
    sandbox.run(&["publish", "checkout"]).ok();
    sandbox.run(&["rename", "checkout", "Cart loses items"]).ok();
    sandbox.run(&["rename", ID, "Checkout returns 5xx"]).ok();
    assert!(sandbox.read(PATH).contains("Checkout answered 5xx"));
    sandbox.run(&["log", ID]).ok();
    sandbox.run(&["unpublish", ID]).ok();
    sandbox.run(&["publish", ID, "--branch"]).ok();
    sandbox.run(&["discard", ID]).ok();
    sandbox.run(&["restore", ID]).ok();
    sandbox.set("GIT_CONFIG_GLOBAL", "/dev/null").unset("GIT_LITERAL_PATHSPECS").unset("GIT_TRACE");
    assert!(left(&sandbox).contains(ID) && TEXT.contains("Checkout"));
    assert_eq!(sandbox.status(), status);
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn a_bogus_git_dir_is_an_error_and_no_surprise() {
    let (mut sandbox, status) = busy();
    sandbox.set("GIT_DIR", "/nonexistent");
    let refused = sandbox.run(&["publish"]).status(2);
    assert!(refused.stderr.contains("not a git repository"), "{}", refused.stderr);
    sandbox.unset("GIT_DIR");
    assert_eq!(sandbox.status(), status);
}

#[test]
fn a_history_that_replaced_objects_make_a_ring_of_has_an_end() {
    let sandbox = Sandbox::with_repository();
    let text = "# Cache\n\n**Date**: 2026-11-01\n\n## Action Items\n\n- [ ] Add an alert @ana 2026-12-01\n";
    let first = sandbox.git(&["rev-parse", "HEAD"]);
    let second = sandbox.commit("docs/post-mortems/2026-11-01-cache.md", text, "tell it");
    sandbox.git(&["replace", &first, &second]);
    let listed = sandbox.run(&["list"]).ok();
    assert!(listed.stdout.contains("2026-11-01-cache"), "{}", listed.stdout);
    let open = sandbox.run(&["actions"]).ok();
    assert!(open.stdout.contains("Add an alert"), "{}", open.stdout);
}
