//! `demo`: a story that holds wherever and whenever it is told.

use crate::sandbox::{Answer, Sandbox, write};

fn demo(sandbox: &Sandbox) -> Answer {
    let repo = sandbox.repo();
    sandbox.run(&["demo", repo.to_str().unwrap()])
}

#[test]
fn it_has_releases_a_bad_deploy_its_revert_and_fix_and_six_post_mortems() {
    let sandbox = Sandbox::new();
    let said = demo(&sandbox).ok().stdout;
    assert!(said.contains("$ git postmortem actions --overdue\n") && said.contains("24 days over"), "{said}");
    assert_eq!(
        said.lines().filter(|line| line.trim_start().starts_with("git postmortem")).count(),
        6,
        "{said}"
    );
    assert!(said.contains("10 releases and 6 post-mortems"), "{said}");
    assert_eq!(sandbox.git(&["tag"]).lines().count(), 10);
    let bad = sandbox.git(&["rev-parse", "v1.6.0^{commit}"]);
    assert!(
        sandbox
            .git(&["show", "-s", "--format=%B", "v1.6.1^{commit}"])
            .contains(&format!("reverts commit {bad}"))
    );
    let listed = sandbox.run(&["list"]).ok();
    assert!(listed.stderr.contains("6 post-mortems: 1 draft, 1 in review, 4 published"), "{}", listed.stderr);
    assert_eq!(sandbox.status(), "");
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn something_is_overdue_on_any_day() {
    for now in ["2024-02-29T00:00:30Z", "2026-12-31T23:59:30Z", "2031-07-01T12:00:00Z"] {
        let mut sandbox = Sandbox::new();
        sandbox.set("GIT_POSTMORTEM_NOW", now);
        demo(&sandbox).ok();
        let said = sandbox.run(&["actions", "--overdue", "--ids"]).ok().stdout;
        assert_eq!(said.lines().count(), 4, "{now}: {said}");
        let later = sandbox.git(&["log", "--all", "--format=%ct"]);
        let now = chrono::DateTime::parse_from_rfc3339(now).unwrap().timestamp();
        assert!(later.lines().all(|seconds| seconds.parse::<i64>().unwrap() <= now), "a commit of tomorrow");
    }
}

#[test]
fn the_same_day_tells_the_same_story() {
    let heads = |sandbox: &Sandbox| sandbox.git(&["for-each-ref", "--format=%(refname) %(objectname)"]);
    let (one, two) = (Sandbox::new(), Sandbox::new());
    demo(&one).ok();
    demo(&two).ok();
    assert_eq!(heads(&one), heads(&two));
}

#[test]
fn a_folder_with_something_in_it_is_refused_and_untouched() {
    let sandbox = Sandbox::new();
    sandbox.write("mine.txt", "mine");
    let said = demo(&sandbox).status(2);
    assert!(said.stderr.contains("is not empty"), "{}", said.stderr);
    assert_eq!(std::fs::read_dir(sandbox.repo()).unwrap().count(), 1);
}

#[test]
fn without_a_folder_it_takes_a_new_one_each_time() {
    let sandbox = Sandbox::new();
    for name in ["postmortem-demo", "postmortem-demo-2"] {
        let said = sandbox.run(&["demo"]).ok().stdout;
        assert!(said.contains(&format!("{name}\n")), "{said}");
        assert!(sandbox.at(name).join(".git").is_dir());
    }
}

#[test]
fn it_needs_no_identity_and_minds_no_settings() {
    let mut sandbox = Sandbox::new();
    for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
        sandbox.unset(name);
    }
    let config = sandbox.at("home/.gitconfig");
    let settings = "[user]\n\tuseConfigOnly = true\n[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = false\n\
                    [tag]\n\tgpgSign = true\n[init]\n\tdefaultBranch = trunk\n\ttemplateDir = /nowhere\n\
                    [core]\n\tautocrlf = true\n[fetch]\n\tfsckObjects = true\n";
    write(&config, settings);
    sandbox.set("GIT_CONFIG_GLOBAL", config.as_os_str());
    demo(&sandbox).ok();
    assert_eq!(sandbox.git(&["branch", "--show-current"]), "main");
    sandbox.run(&["publish", "cache-stampede"]).ok();
    sandbox.run(&["new", "Another", "thing"]).ok();
}

#[test]
fn another_repository_in_the_environment_is_left_alone() {
    let mut sandbox = Sandbox::new();
    let other = sandbox.at("other");
    std::fs::create_dir(&other).unwrap();
    sandbox.git_in(&other, &["init", "-q"]);
    let before = sandbox.git_in(&other, &["for-each-ref"]);
    sandbox.set("GIT_DIR", other.join(".git"));
    let said = demo(&sandbox).ok();
    assert!(said.stdout.contains("24 days over"), "{}", said.stdout);
    assert_eq!(sandbox.git_in(&other, &["for-each-ref"]), before);
}

#[test]
fn the_formats_of_tomorrow_hold_it_too() {
    let sandbox = Sandbox::new();
    let probe = sandbox.at("probe");
    std::fs::create_dir(&probe).unwrap();
    let formats = ["init", "-q", "--object-format=sha256", "--ref-format=reftable"];
    if sandbox.try_git_in(&probe, &formats).code != 0 {
        eprintln!("skipped: this git makes no reftable repository");
        return;
    }
    let mut sandbox = Sandbox::new();
    sandbox.set("GIT_DEFAULT_HASH", "sha256").set("GIT_DEFAULT_REF_FORMAT", "reftable");
    let said = demo(&sandbox).ok();
    assert!(said.stdout.contains("24 days over"), "{}", said.stdout);
}

#[test]
fn a_program_that_git_would_not_find_says_how_it_does() {
    let mut sandbox = Sandbox::new();
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_git-postmortem")).parent().unwrap();
    assert!(demo(&sandbox).ok().stdout.contains(&format!("export PATH=\"$PATH\":{}\n", bin.display())));
    sandbox.set("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()));
    let said = sandbox.run(&["demo"]).ok().stdout;
    assert!(!said.contains("export PATH"), "{said}");
}

#[test]
fn what_it_says_to_try_works() {
    let sandbox = Sandbox::new();
    let said = demo(&sandbox).ok().stdout;
    let begin = said.find("try     cd ").unwrap();
    let lines = said[begin..].lines().take_while(|line| !line.starts_with("remove"));
    let commands: Vec<&str> = lines.map(|line| line.trim_start_matches("try").trim()).collect();
    assert_eq!(commands.len(), 8, "{commands:?}");
    let script = format!("set -e\n{}", commands.join("\n"));
    let mut shell = sandbox.command("sh", &sandbox.root());
    crate::sandbox::answer(shell.args(["-c", &script]).env("EDITOR", "true"), None).ok();
}
