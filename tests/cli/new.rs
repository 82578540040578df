//! `git postmortem new`.

mod naming;
mod times;

use crate::sandbox::Sandbox;
use crate::schema::assert_fits;
use crate::stories::{draft, three_published_and_a_draft};

/// The text of a draft as git has it.
#[track_caller]
pub(crate) fn text(sandbox: &Sandbox, id: &str) -> String {
    sandbox.git(&["show", &format!("postmortem/drafts:{id}.md")])
}

#[test]
fn unquoted_words_make_a_draft_and_nothing_else_changes() {
    let sandbox = Sandbox::with_repository();
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    let answer = sandbox.run(&["new", "Checkout", "returns", "5xx", "-s", "2"]).ok();
    insta::assert_snapshot!(answer.stdout, @r#"
    draft  2026-11-23-checkout-returns-5xx   (only on this machine)
    next   git postmortem note "what happened"
           git postmortem edit -e
    "#);
    assert_eq!((sandbox.status().as_str(), sandbox.git(&["rev-parse", "HEAD"])), ("", head));
    let text = text(&sandbox, "2026-11-23-checkout-returns-5xx");
    assert!(text.starts_with("# Post-Mortem: Checkout returns 5xx\n\n**Date**: 2026-11-23\n"), "{text}");
    assert!(text.contains("**Severity**: SEV-2\n**Author**: Ana Author\n"), "{text}");
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn a_time_or_day_that_cannot_be_is_refused_before_anything_is_written() {
    let sandbox = Sandbox::with_repository();
    for (arguments, words) in [
        (&["--start", "25:00"][..], "'25:00' is no time"),
        (&["--date", "2026-02-30"], "'2026-02-30' is no day"),
        (&["--date", "2026-11-24"], "2026-11-24 has not come yet"),
        (&["--date", "tomorrow"], "2026-11-24 has not come yet"),
        (&["--date", "+2w"], "2026-12-07 has not come yet"),
        (&["--start", "2026-11-20 10:00", "--end", "2026-11-20 09:00"], "would end"),
        (&["-s", "9"], "'9' is no severity"),
        (&["--deploy", "v9"], "no commit is called 'v9'"),
        (&["--fix", "HEAD..HEAD"], "holds no commit"),
        (&["--template", "nope"], "no template is called 'nope'"),
        (&["-F", "nowhere.md"], "cannot read nowhere.md"),
        (&["--kind", "disaster"], "invalid value 'disaster'"),
    ] {
        let answer = sandbox.run(&[&["new", "A", "title"], arguments].concat()).status(2);
        assert!(answer.stderr.contains(words), "{arguments:?}\n{}", answer.stderr);
        assert!(answer.stderr.lines().count() <= 5, "{}", answer.stderr);
    }
    for title in ["!!!", "", "   ", "…"] {
        let answer = sandbox.run(&["new", title]).status(2);
        assert!(answer.stderr.contains("has no letter or digit"), "{}", answer.stderr);
    }
    assert_eq!(sandbox.git(&["for-each-ref"]).lines().count(), 1, "no branch of drafts was made");
}

#[test]
fn a_body_from_standard_input_keeps_its_words() {
    let sandbox = Sandbox::with_repository();
    sandbox
        .run_with(
            &["new", "Queue", "stuck", "-F", "-", "-s", "sev3"],
            "It was stuck.\n\n## Action Items\n\n- [ ] Alert\n",
        )
        .ok();
    let queue = text(&sandbox, "2026-11-23-queue-stuck");
    assert!(queue.starts_with("# Post-Mortem: Queue stuck\n"), "{queue}");
    assert!(
        queue.contains("SEV-3") && queue.contains("It was stuck.\n\n## Action Items\n\n- [ ] Alert"),
        "{queue}"
    );
    let own = "# Our own title\n\n**Severity**: SEV-1\n\nText  \nof two lines\n";
    sandbox.run_with(&["new", "Other", "-F", "-"], own).ok();
    let other = text(&sandbox, "2026-11-23-other");
    assert!(other.starts_with("# Our own title\n"), "{other}");
    assert!(other.contains("**Severity**: SEV-1\n") && other.contains("Text  \nof two lines"), "{other}");
    let binary = sandbox.binary(&sandbox.repo()).args(["new", "B", "-F", "README.md"]).output().unwrap();
    assert!(binary.status.success(), "a file is read as well");
}

#[test]
fn links_are_recorded_as_the_commit_they_name() {
    let sandbox = Sandbox::with_repository();
    sandbox.git(&["tag", "-a", "-m", "release", "v1"]);
    let fix = sandbox.commit("a", "a", "Mend | it");
    let tagged = sandbox.git(&["rev-parse", "v1^{commit}"]);
    let words =
        ["new", "Linked", "--deploy", "v1", "--fix", "v1..HEAD", "--kind", "near-miss", "--service", "pay"];
    let answer = sandbox.run(&words).ok();
    assert!(answer.stdout.contains(&format!("deploy  v1   {}  begin", &tagged[..7])), "{}", answer.stdout);
    let linked = text(&sandbox, "2026-11-23-linked");
    for part in [&tagged[..7], &fix[..7], "Mend \\| it", "**Kind**: near-miss", "**Service**: pay"] {
        assert!(linked.contains(part), "{part}\n{linked}");
    }
    let read = sandbox.run(&["list", "--json"]).ok().stdout;
    assert_eq!(assert_fits(&read, "postmortems")["postmortems"][0]["kind"], "near-miss");
}

#[test]
fn a_private_draft_leaves_no_trace_on_a_push() {
    let sandbox = Sandbox::with_repository();
    sandbox.git_in(&sandbox.root(), &["init", "-q", "--bare", "remote.git"]);
    sandbox.git(&["remote", "add", "origin", "../remote.git"]);
    let answer = sandbox.run(&["new", "Secret", "incident", "--private"]).ok();
    assert!(answer.stdout.contains("private: no push sends it"), "{}", answer.stdout);
    let shared = sandbox.run(&["new", "Open", "one"]).ok();
    assert!(shared.stdout.contains("same day  2026-11-23-secret-incident"), "{}", shared.stdout);
    sandbox.git(&["push", "-q", "--all", "origin"]);
    sandbox.git(&["push", "-q", "--tags", "origin"]);
    let remote = sandbox.at("remote.git");
    let refs = sandbox.git_in(&remote, &["for-each-ref", "--format=%(refname)"]);
    assert_eq!(refs, "refs/heads/main\nrefs/heads/postmortem/drafts");
    let objects =
        sandbox.git_in(&remote, &["cat-file", "--batch-all-objects", "--batch-check=%(objectname)"]);
    for object in objects.lines() {
        let kind = sandbox.git_in(&remote, &["cat-file", "-t", object]);
        let shown = sandbox.git_in(&remote, &["cat-file", &kind, object]);
        assert!(kind == "tree" || !shown.to_lowercase().contains("secret"), "{shown}");
    }
    let list = sandbox.run(&["list", "secret"]).ok();
    assert!(list.stdout.contains("private draft"), "{}", list.stdout);
}

#[test]
fn a_name_that_exists_is_refused_with_what_to_do() {
    let sandbox = three_published_and_a_draft();
    let published = sandbox.run(&["new", "api", "outage", "--date", "2026-03-08"]).status(2);
    insta::assert_snapshot!(published.stderr, @r"
    error: 2026-03-08-api-outage exists already
      caused by: it is published as docs/post-mortems/2026-03-08-api-outage.md
    hint: another incident of that day needs another title
    ");
    let drafted = sandbox.run(&["new", "Queue", "stuck!", "--date", "2026-11-22"]).status(2);
    assert!(drafted.stderr.contains("it is a draft"), "{}", drafted.stderr);
    assert!(drafted.stderr.contains("git postmortem edit 2026-11-22-queue-stuck -e"), "{}", drafted.stderr);
    let other = sandbox.run(&["new", "Other", "--date", "2026-11-22"]).ok();
    assert!(other.stdout.contains("same day  2026-11-22-queue-stuck"), "{}", other.stdout);
}

#[test]
fn drafts_that_others_pushed_count_too() {
    let sandbox = three_published_and_a_draft();
    sandbox.git_in(&sandbox.root(), &["clone", "-q", "repo", "clone"]);
    let clone = sandbox.at("clone");
    let taken = sandbox.run_in(&clone, &["new", "Queue", "stuck", "--date", "2026-11-22"]).status(2);
    assert!(taken.stderr.contains("exists already"), "{}", taken.stderr);
    sandbox.run_in(&clone, &["new", "Mine"]).ok();
    let list = sandbox.run_in(&clone, &["list", "--state", "draft"]).ok();
    assert!(list.stdout.contains("queue-stuck") && list.stdout.contains("mine"), "{}", list.stdout);
    let overview = sandbox.run_in(&clone, &[]).ok();
    assert!(overview.stdout.contains("2026-11-22-queue-stuck   SEV-4"), "{}", overview.stdout);
    draft(&sandbox, "2026-11-23-mine", "# Theirs\n", "the same name elsewhere");
    sandbox.git_in(&clone, &["fetch", "-q"]);
    assert_eq!(sandbox.run_in(&clone, &["list", "mine"]).ok().stdout.matches("mine").count(), 1);
}

#[test]
fn an_unborn_branch_a_detached_head_and_a_bare_repository_can_have_drafts() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "-q", "-b", "main"]);
    sandbox.run(&["new", "First"]).ok();
    assert_eq!(sandbox.try_git_in(&sandbox.repo(), &["rev-parse", "-q", "--verify", "HEAD"]).code, 1);
    sandbox.commit("README.md", "x", "begin");
    sandbox.git(&["checkout", "-q", "--detach"]);
    sandbox.run(&["new", "Second"]).ok();
    sandbox.git_in(&sandbox.root(), &["init", "-q", "--bare", "bare.git"]);
    sandbox.run_in(&sandbox.at("bare.git"), &["new", "Third"]).ok();
    assert_eq!(sandbox.run(&["list"]).ok().stdout.lines().count(), 3);
    sandbox.assert_sound(&sandbox.repo());
    sandbox.assert_sound(&sandbox.at("bare.git"));
}

#[test]
fn the_branch_of_drafts_can_be_moved_out_of_the_way() {
    let sandbox = Sandbox::with_repository();
    sandbox.git(&["branch", "postmortem"]);
    let answer = sandbox.run(&["new", "Blocked"]).status(2);
    assert!(answer.stderr.contains("'postmortem/drafts' cannot exist beside the branch 'postmortem'"));
    assert!(answer.stderr.contains("git config postmortem.drafts.branch"), "{}", answer.stderr);
    sandbox.git(&["config", "postmortem.drafts.branch", "pm/drafts"]);
    sandbox.run(&["new", "Moved"]).ok();
    assert!(sandbox.git(&["ls-tree", "--name-only", "pm/drafts"]).contains("2026-11-23-moved.md"));
    assert!(sandbox.run(&[]).ok().stdout.contains("2026-11-23-moved"));
}

#[test]
fn without_a_name_git_is_asked_to_learn_it() {
    let mut sandbox = Sandbox::with_repository();
    for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
        sandbox.unset(name);
    }
    sandbox.git(&["config", "user.useConfigOnly", "true"]);
    let answer = sandbox.run(&["new", "Nobody"]).status(2);
    insta::assert_snapshot!(answer.stderr, @r#"
    error: git does not know who you are: Author identity unknown
    hint: git config --global user.name "Your Name"
    hint: git config --global user.email you@example.com
    "#);
    sandbox.run(&["new", "Nobody", "--author", "Eve"]).status(2);
    assert_eq!(sandbox.git(&["for-each-ref"]).lines().count(), 1);
}

#[test]
fn e_opens_the_editor_on_the_new_draft() {
    let mut sandbox = Sandbox::with_repository();
    let editor =
        sandbox.script("editor", "sed -i 's/^## Summary/## Summary\\n\\nTyped in the editor./' \"$1\"");
    sandbox.set("GIT_EDITOR", editor);
    sandbox.run(&["new", "With", "editor", "-e"]).ok();
    assert!(text(&sandbox, "2026-11-23-with-editor").contains("Typed in the editor."));
    sandbox.set("GIT_EDITOR", "false");
    let failed = sandbox.run(&["new", "Failing", "editor", "-e"]).status(2);
    assert!(
        failed.stdout.contains("2026-11-23-failing-editor   (only on this machine)"),
        "{}",
        failed.stdout
    );
    assert!(text(&sandbox, "2026-11-23-failing-editor").starts_with("# Post-Mortem: Failing editor"));
}

#[test]
fn a_name_stays_with_the_post_mortem_that_had_it() {
    let sandbox = crate::sandbox::Sandbox::with_repository();
    sandbox.run(&["new", "API", "outage"]).ok();
    sandbox.run(&["rename", "api-outage", "Checkout down"]).ok();
    let refused = sandbox.run(&["new", "API", "outage"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("-api-outage is what "), "{}", refused.stderr);
}

#[test]
fn the_next_step_means_the_day_of_the_incident() {
    let sandbox = crate::sandbox::Sandbox::with_repository();
    let said = sandbox.run(&["new", "Old", "one", "--date", "2026-01-20", "--end", "01:30"]).ok();
    assert!(said.stdout.contains("note \"what happened\" --at '2026-01-20 01:30'\n"), "{}", said.stdout);
}

#[test]
fn drafts_of_the_same_day_are_named_up_to_three() {
    let sandbox = Sandbox::with_repository();
    for n in 1..=5 {
        sandbox.run(&["new", &format!("Incident {n}")]).ok();
    }
    insta::assert_snapshot!(sandbox.run(&["new", "Incident 6"]).ok().stdout, @r#"
    draft     2026-11-23-incident-6   (only on this machine)
    same day  2026-11-23-incident-1
              2026-11-23-incident-2
              2026-11-23-incident-3
              and 2 more
              git postmortem discard 2026-11-23-incident-6   if it is one of these
    next      git postmortem note "what happened"
              git postmortem edit -e
    "#);
}

#[test]
fn the_template_names_no_command_that_there_is_not() {
    let sandbox = Sandbox::with_repository();
    sandbox.run(&["new", "Queue stuck"]).ok();
    let text = text(&sandbox, "2026-11-23-queue-stuck");
    let commands = text.split("git postmortem ").skip(1).filter_map(|rest| rest.split(['`', ' ']).next());
    for command in commands {
        sandbox.run(&["help", command]).ok();
    }
    assert!(text.contains("## Post-Mortem Attestation\n\nNot recorded."), "{text}");
    let overview = sandbox.run(&[]).ok().stdout;
    assert!(overview.contains("0 of 11 sections filled"), "{overview}");
}

#[test]
fn a_title_of_any_length_gives_an_id_that_a_file_can_have() {
    let sandbox = Sandbox::with_repository();
    let title = "The certificate of the gateway had expired and nobody was told ".repeat(6);
    let said = sandbox.run(&["new", &title, "-q"]).ok().stdout;
    assert_eq!(said.lines().count(), 1, "{said}");
    sandbox.run(&["publish", "certificate", "--no-lint"]).ok();
    let path = sandbox.git(&["ls-files", "docs/post-mortems"]);
    assert!(path.len() < 120, "{path}");
    assert!(sandbox.run(&["show", "certificate"]).ok().stdout.contains(title.trim()));
    sandbox.run(&["rename", "certificate", &format!("{} again", "x".repeat(400))]).ok();
}

#[test]
fn a_title_of_emoji_reads_back_as_it_was_typed() {
    let sandbox = Sandbox::with_repository();
    let made = sandbox.run(&["new", "🔥🔥", "--json"]).ok().stdout;
    assert!(made.contains(r#""title":"🔥🔥""#), "{made}");
}
