//! What stands for a value when a shell asks: only what the command takes.

use crate::drafts::{ID, TEXT, save};
use crate::sandbox::Sandbox;

/// The candidates for the last word.
#[track_caller]
fn candidates(sandbox: &mut Sandbox, words: &[&str]) -> Vec<String> {
    sandbox.set("GIT_POSTMORTEM_COMPLETE", "bash");
    sandbox.set("_CLAP_COMPLETE_INDEX", words.len().to_string());
    sandbox.set("_CLAP_IFS", "\n");
    let answer = sandbox.run(&[&["--", "git-postmortem"], words].concat()).ok();
    for name in ["GIT_POSTMORTEM_COMPLETE", "_CLAP_COMPLETE_INDEX", "_CLAP_IFS"] {
        sandbox.unset(name);
    }
    answer.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn a_command_is_offered_the_post_mortems_that_it_takes() {
    let mut sandbox = Sandbox::with_repository();
    let (published, removed, gone) = ("2026-03-08-api", "2026-03-09-dns", "2026-11-23-scrap");
    for id in [published, removed] {
        sandbox.commit(&format!("docs/post-mortems/{id}.md"), TEXT, "publish");
    }
    sandbox.git(&["rm", "-q", &format!("docs/post-mortems/{removed}.md")]);
    sandbox.git(&["commit", "-q", "-m", "remove"]);
    sandbox.git(&["tag", "v1.4.0"]);
    save(&sandbox, ID, TEXT);
    save(&sandbox, gone, TEXT);
    for remote in ["upstream", "origin"] {
        sandbox.git(&["remote", "add", remote, "../nowhere"]);
    }
    sandbox.run(&["discard", gone]).ok();
    for (words, mut expected) in [
        (&["publish", ""][..], vec![ID]),
        (&["discard", ""], vec![ID]),
        (&["unpublish", ""], vec![published]),
        (&["restore", ""], vec![removed, gone]),
        (&["restore", "sc"], vec!["scrap"]),
        (&["merge", ""], vec![ID]),
        (&["merge", ID, "chec"], vec!["checkout-returns-5xx"]),
        (&["sync", "--remote", ""], vec!["origin", "upstream"]),
        (&["edit", ""], vec![published, ID]),
        (&["note", "x", "-i", ""], vec![published, ID]),
        (&["show", ""], vec![published, ID]),
        (&["actions", "done", "2026-03"], vec!["2026-03-08-api#1", "2026-03-08-api#2", "2026-03-08-api#3"]),
        (&["actions", "cancel", "api:1"], vec!["api:1"]),
        (&["actions", "set", "api#1", "api#2"], vec!["api#2"]),
        (&["actions", "set", "api#1", "--effort", ""], vec!["large", "medium", "small"]),
        (&["actions", "set", "api#1", "--status", "d"], vec!["doing", "done"]),
        (&["actions", "set", "api#1", "--owner", ""], vec!["@ana", "@platform"]),
        (&["actions", "set", "api#1", "--priority", "P"], vec!["P0", "P1", "P2", "P3", "P4"]),
        (&["actions", "add", "2026-11"], vec![ID]),
        (&["actions", "imp"], vec!["import"]),
        (&["link", ""], vec![published, ID]),
        (&["link", "api", "--deploy", "v1"], vec!["v1.4.0"]),
        (&["link", "api", "--rule-out", "v1.4.0..v1"], vec!["v1.4.0..v1.4.0"]),
        (&["link", "api", "--remove", "v1"], vec!["v1.4.0"]),
        (&["list", "--for", "v1"], vec!["v1.4.0"]),
        (&["new", "T", "--deploy", "auto"], vec!["auto"]),
        (&["new", "T", "--deploy", "v1"], vec!["v1.4.0"]),
        (&["log", "api#"], vec!["api#1", "api#2", "api#3"]),
        (&["timeline", ""], vec![published, ID]),
        (&["timeline", "--from", "s"], vec!["slack"]),
        (&["timeline", "--zone", "Europe/Ber"], vec!["Europe/Berlin"]),
        (&["list", "--like", "2026-11"], vec![ID]),
        (&["lint", "2026-11"], vec![ID]),
        (
            &["lint", "--rule", "PM20"],
            git_postmortem::model::rules::all()
                .map(|(code, _)| code)
                .filter(|code| code.starts_with("PM20"))
                .collect(),
        ),
        (&["lint", "--rule", "missing-s"], vec!["missing-section"]),
        (&["lint", "--rev", "v1"], vec!["v1.4.0"]),
        (&["lint", "--format", "s"], vec!["sarif", "short"]),
        (&["lint", "--fail-on", "w"], vec!["warning"]),
        (&["help", "act"], vec!["actions"]),
        (&["man", "act"], vec!["actions"]),
    ] {
        let mut offered = candidates(&mut sandbox, words);
        offered.sort();
        expected.sort_unstable();
        assert_eq!(offered, expected, "{words:?}");
    }
}
