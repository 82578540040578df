//! Every kind of repository runs `new`, `list` and `actions`, and what has a work tree publishes.

use crate::kinds_of_repositories::{DOCUMENT, Kind, build};
use crate::sandbox::Sandbox;

#[test]
fn every_kind_begins_lists_and_answers() {
    for kind in Kind::ALL {
        let mut sandbox = Sandbox::new();
        let cwd = build(&mut sandbox, kind);
        let before = sandbox.try_git_in(&cwd, &["status", "--porcelain"]).stdout;
        let begun = sandbox.run_in(&cwd, &["new", "Checkout", "returns", "5xx", "-s", "2"]);
        assert_eq!(begun.code, 0, "{kind:?}: {}", begun.stderr);
        let listed = sandbox.run_in(&cwd, &["list"]);
        assert_eq!(listed.code, 0, "{kind:?}: {}", listed.stderr);
        assert!(listed.stdout.contains("2026-11-23-checkout-returns-5xx"), "{kind:?}: {}", listed.stdout);
        assert_eq!(
            listed.stdout.contains("2026-03-08-api-outage"),
            kind.has_history(),
            "{kind:?}: {}",
            listed.stdout
        );
        let actions = sandbox.run_in(&cwd, &["actions", "--overdue", "--ids"]);
        assert_eq!(actions.code, 0, "{kind:?}: {}", actions.stderr);
        let expected = if kind.has_history() { "2026-03-08-api-outage#1\n" } else { "" };
        assert_eq!(actions.stdout, expected, "{kind:?}: {DOCUMENT}");
        assert_eq!(sandbox.try_git_in(&cwd, &["status", "--porcelain"]).stdout, before, "{kind:?}");
        sandbox.assert_sound(&cwd);
    }
}

#[test]
fn every_kind_finds_what_was_live_links_it_and_is_asked_about_it() {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.has_history()) {
        let mut sandbox = Sandbox::new();
        let cwd = build(&mut sandbox, kind);
        sandbox.git_in(&cwd, &["tag", "v1.0.0", "HEAD"]);
        let begun = sandbox.run_in(&cwd, &["new", "Checkout returns 5xx"]);
        assert!(begun.stdout.contains("deploy  suspect  v1.0.0   committed "), "{kind:?}: {begun:?}");
        let linked = sandbox.run_in(&cwd, &["link", "checkout", "--introduced", "HEAD", "--json"]);
        assert_eq!(linked.code, 0, "{kind:?}: {}", linked.stderr);
        assert!(linked.stdout.contains("\"role\":\"introduced\""), "{kind:?}: {}", linked.stdout);
        assert!(linked.stdout.contains("\"state\":\"reachable\""), "{kind:?}: {}", linked.stdout);
        let asked = sandbox.run_in(&cwd, &["list", "--for", "v1.0.0"]);
        assert!(asked.stdout.contains("linked as introduced "), "{kind:?}: {asked:?}");
        sandbox.assert_sound(&cwd);
    }
}

#[test]
fn every_kind_with_a_work_tree_publishes_and_takes_it_back() {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.has_work_tree()) {
        let mut sandbox = Sandbox::new();
        let cwd = build(&mut sandbox, kind);
        match kind {
            // Nothing is checked out there; the submodule stands on no branch.
            Kind::Partial | Kind::Treeless => drop(sandbox.git_in(&cwd, &["checkout", "-q", "main"])),
            Kind::Submodule => drop(sandbox.git_in(&cwd, &["checkout", "-q", "-B", "main"])),
            _ => {}
        }
        let before = sandbox.git_in(&cwd, &["status", "--porcelain"]);
        sandbox.run_in(&cwd, &["new", "Checkout returns 5xx"]).ok();
        let published = sandbox.run_in(&cwd, &["publish", "--no-lint"]);
        assert_eq!(published.code, 0, "{kind:?}: {}", published.stderr);
        let path = "HEAD:docs/post-mortems/2026-11-23-checkout-returns-5xx.md";
        assert!(sandbox.git_in(&cwd, &["show", path]).contains("Checkout returns 5xx"), "{kind:?}");
        assert_eq!(sandbox.git_in(&cwd, &["status", "--porcelain"]), before, "{kind:?}");
        let back = sandbox.run_in(&cwd, &["unpublish", "checkout"]);
        assert_eq!(back.code, 0, "{kind:?}: {}", back.stderr);
        assert_eq!(sandbox.git_in(&cwd, &["status", "--porcelain"]), before, "{kind:?}");
        sandbox.assert_sound(&cwd);
    }
}

#[test]
fn inside_a_hook_it_works_as_outside() {
    let sandbox = Sandbox::with_repository();
    sandbox.run(&["new", "Checkout returns 5xx"]).ok();
    let binary = env!("CARGO_BIN_EXE_git-postmortem");
    sandbox.hook(
        "post-commit",
        &format!("'{binary}' list > ../listed && '{binary}' new From a hook > ../begun"),
    );
    sandbox.commit("a.txt", "a", "a");
    assert!(std::fs::read_to_string(sandbox.at("listed")).unwrap().contains("checkout-returns-5xx"));
    assert!(std::fs::read_to_string(sandbox.at("begun")).unwrap().contains("2026-11-23-from-a-hook"));
}

#[test]
fn a_push_that_is_being_received_can_be_read_and_takes_no_drafts() {
    let sandbox = Sandbox::with_repository();
    let bare = sandbox.at("bare.git");
    sandbox.git(&["clone", "-q", "--bare", ".", &bare.display().to_string()]);
    let binary = env!("CARGO_BIN_EXE_git-postmortem");
    let hook = format!(
        "read old new name\n'{binary}' actions --rev $new --ids > ../received 2>&1\n\
         '{binary}' new From quarantine > ../refused 2>&1 && exit 1\nexit 0"
    );
    let path = sandbox.script("hook", &hook);
    std::fs::rename(path, bare.join("hooks/pre-receive")).unwrap();
    sandbox.commit(DOCUMENT, crate::kinds_of_repositories::TEXT, "post-mortem");
    sandbox.git(&["push", "-q", &bare.display().to_string(), "main"]);
    assert_eq!(std::fs::read_to_string(sandbox.at("received")).unwrap(), "2026-03-08-api-outage#1\n");
    let refused = std::fs::read_to_string(sandbox.at("refused")).unwrap();
    assert!(refused.contains("while a push is being received"), "{refused}");
}
