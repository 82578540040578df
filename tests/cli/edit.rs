//! `edit`: with an editor and without one; nothing that was typed is lost.

use crate::drafts::{ID, PATH, TEXT, save, store};
use crate::sandbox::Sandbox;

fn drafted() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    save(&sandbox, ID, TEXT);
    sandbox
}

fn text(sandbox: &Sandbox) -> String {
    sandbox.git(&["show", &format!("postmortem/drafts:{ID}.md")])
}

fn tip(sandbox: &Sandbox) -> String {
    sandbox.git(&["rev-parse", "postmortem/drafts"])
}

#[test]
fn the_editor_is_the_one_of_git() {
    let mut sandbox = drafted();
    let editor = sandbox.script("editor", "sed -i 's/One in five/Two in ten/' \"$1\"");
    sandbox.set("GIT_EDITOR", format!("{} ", editor.display()));
    let said = sandbox.run(&["edit"]).ok();
    assert!(said.stdout.starts_with(&format!("edited  {ID}   in the drafts\nobject  ")), "{}", said.stdout);
    assert_eq!(text(&sandbox), TEXT.replace("One in five", "Two in ten").trim_end());
    let left = std::fs::read_dir(sandbox.repo().join(".git/postmortem/edit")).unwrap().count();
    assert_eq!(left, 0, "the page is gone once its text is safe");
}

#[test]
fn an_unchanged_text_saves_nothing() {
    let mut sandbox = drafted();
    sandbox.set("GIT_EDITOR", "true");
    let before = tip(&sandbox);
    assert_eq!(sandbox.run(&["edit"]).ok().stdout, format!("unchanged  {ID}\n"));
    assert_eq!(sandbox.run(&["edit", "--set", "severity=SEV-2"]).ok().stdout, format!("unchanged  {ID}\n"));
    assert_eq!(tip(&sandbox), before);
}

#[test]
fn an_editor_that_fails_keeps_the_text_and_says_where() {
    let mut sandbox = drafted();
    let editor = sandbox.script("editor", "echo 'half a sentence' >> \"$1\"\nexit 3");
    sandbox.set("GIT_EDITOR", editor);
    let before = tip(&sandbox);
    let said = sandbox.run(&["edit"]).status(2);
    let place =
        said.stderr.lines().find_map(|line| line.strip_prefix("hint: the text is in ")).expect(&said.stderr);
    assert!(std::fs::read_to_string(place).unwrap().ends_with("half a sentence\n"));
    assert_eq!(tip(&sandbox), before);
    let again = said.stderr.lines().find_map(|line| line.strip_prefix("hint: git postmortem ")).unwrap();
    let again = again.strip_suffix(" tries again").unwrap().replace('\'', "");
    sandbox.run(&again.split(' ').collect::<Vec<_>>()).ok();
    assert!(text(&sandbox).ends_with("half a sentence"));
}

#[test]
fn a_text_that_someone_else_changed_meanwhile_is_kept() {
    let mut sandbox = drafted();
    let binary = env!("CARGO_BIN_EXE_git-postmortem");
    let editor =
        sandbox.script("editor", &format!("'{binary}' -q note other >/dev/null && echo mine >> \"$1\""));
    sandbox.set("GIT_EDITOR", editor);
    let said = sandbox.run(&["edit"]).status(2);
    let place =
        said.stderr.lines().find_map(|line| line.strip_prefix("hint: the text is in ")).expect(&said.stderr);
    assert!(std::fs::read_to_string(place).unwrap().ends_with("mine\n"));
    assert!(text(&sandbox).contains("| other |"));
}

#[test]
fn a_section_is_edited_alone() {
    let mut sandbox = drafted();
    let editor = sandbox.script("editor", "cat \"$1\" > seen; printf 'A lock.\\n\\n- held long\\n' > \"$1\"");
    sandbox.set("GIT_EDITOR", editor);
    sandbox.run(&["edit", "--section", "root cause"]).ok();
    assert_eq!(sandbox.read("seen"), "The migration locked the orders table.\n");
    let wanted = TEXT.replace("The migration locked the orders table.", "A lock.\n\n- held long");
    assert_eq!(text(&sandbox), wanted.trim_end());
}

#[test]
fn without_an_editor_a_text_comes_from_a_file() {
    let sandbox = drafted();
    sandbox
        .run_with(
            &["edit", "--section", "summary", "-F", "-", "--set", "severity=1", "--set", "reviewers=@a,@b"],
            "New.\n",
        )
        .ok();
    let text = text(&sandbox);
    assert!(text.contains("## Summary\n\nNew.\n\n## Root Cause"), "{text}");
    assert!(text.contains("**Severity**: SEV-1\n") && text.contains("**Reviewers**: @a, @b\n"), "{text}");
    assert_eq!(sandbox.git(&["rev-list", "--count", "postmortem/drafts"]), "2", "one commit for all of it");
    let said = sandbox.run_with(&["edit", "--section", "summary", "-F", "-"], "```\nopen").status(2);
    assert!(said.stderr.contains("would not read back as written"), "{}", said.stderr);
}

#[test]
fn a_base_guards_against_lost_updates() {
    let sandbox = drafted();
    let base = sandbox.git(&["rev-parse", &format!("postmortem/drafts:{ID}.md")]);
    sandbox.run(&["note", "meanwhile"]).ok();
    let said = sandbox.run_with(&["edit", "-F", "-", "--base", &base], "mine\n").status(2);
    assert!(said.stderr.contains("somebody changed it since"), "{}", said.stderr);
    let now = sandbox.git(&["rev-parse", &format!("postmortem/drafts:{ID}.md")]);
    sandbox.run_with(&["edit", "-F", "-", "--base", &now[..10]], "# mine\n").ok();
    assert_eq!(text(&sandbox), "# mine");
}

#[test]
fn fields_and_values_that_are_none_are_refused() {
    let sandbox = drafted();
    for (set, said) in [
        ("sevrity=1", "error: there is no field 'sevrity'\nhint: did you mean severity?\n"),
        ("severity=9", "error: '9' is no severity\nhint: there are SEV-1, SEV-2, SEV-3, SEV-4, SEV-5\n"),
        ("date=soon", "error: 'soon' is no day\n"),
        ("severity", "error: 'severity' sets nothing\n"),
        ("title=!!!", "error: a title needs a letter or a digit\n"),
        ("kind=drill", "error: 'drill' is no kind\n"),
    ] {
        let answer = sandbox.run(&["edit", "--set", set]).status(2);
        assert!(answer.stderr.starts_with(said), "{}", answer.stderr);
    }
}

#[test]
fn files_are_kept_beside_the_draft() {
    let sandbox = drafted();
    sandbox.write("graph.png", b"\x89PNG\0\xff");
    let said = sandbox.run(&["edit", "--attach", "graph.png"]).ok();
    assert!(
        said.stdout.contains(&format!("attached  {ID}/graph.png   link it as ({ID}/graph.png)")),
        "{}",
        said.stdout
    );
    assert_eq!(crate::drafts::left(&sandbox), format!("{ID}.md\n{ID}/graph.png"));
    sandbox.write("after (1).png", b"x");
    let said = sandbox.run(&["edit", "--attach", "after (1).png"]).ok().stdout;
    assert!(said.contains(&format!("link it as ({ID}/after%20%281%29.png)")), "{said}");
}

#[test]
fn a_published_document_is_edited_through_a_commit_of_its_path() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(PATH, TEXT, "publish");
    sandbox.write("README.md", "changed\n");
    sandbox.run(&["edit", "checkout", "--set", "title=Checkout is down"]).ok();
    assert!(sandbox.read(PATH).starts_with("# Post-Mortem: Checkout is down\n"));
    assert_eq!(sandbox.git(&["show", "--name-only", "--format="]), PATH);
    assert_eq!(sandbox.status(), " M README.md");
    sandbox.write(PATH, "half a sentence");
    let said = sandbox.run(&["edit", "checkout", "--set", "severity=1"]).status(2);
    assert!(said.stderr.contains("--no-commit"), "{}", said.stderr);
    assert_eq!(sandbox.read(PATH), "half a sentence");
}

#[test]
fn a_private_draft_stays_private() {
    let sandbox = Sandbox::with_repository();
    store(&sandbox, &[(format!("{ID}.md"), Some(TEXT.into()))], true);
    sandbox.run(&["edit", "--set", "severity=1"]).ok();
    assert_eq!(sandbox.git(&["for-each-ref", "--format=%(refname)", "refs/heads"]), "refs/heads/main");
    assert!(sandbox.git(&["show", &format!("refs/postmortem/private:{ID}.md")]).contains("SEV-1"));
}

#[test]
fn an_empty_text_wipes_nothing() {
    let mut sandbox = drafted();
    let before = tip(&sandbox);
    let refused = sandbox.run_with(&["edit", "-F", "-"], " \n");
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.starts_with("error: the text is empty: nothing was saved\n"),
        "{}",
        refused.stderr
    );
    let editor = sandbox.script("editor", ": > \"$1\"");
    sandbox.set("GIT_EDITOR", editor.display().to_string());
    assert_eq!(sandbox.run(&["edit"]).code, 2);
    assert_eq!(tip(&sandbox), before);
}

#[test]
fn a_section_with_a_typing_error_is_not_made() {
    let sandbox = drafted();
    let before = tip(&sandbox);
    let refused = sandbox.run_with(&["edit", "-s", "sumary", "-F", "-"], "text\n");
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains(" has no section 'sumary'\nhint: it has "), "{}", refused.stderr);
    assert_eq!(tip(&sandbox), before);
}

#[test]
fn a_text_is_added_to_the_end_of_a_section_once() {
    let sandbox = drafted();
    let add = ["edit", "--section", "summary", "--append", "-F", "-"];
    let before = text(&sandbox);
    sandbox.run_with(&add, "It is up again.\n").ok();
    let once = text(&sandbox);
    let added = once.replacen("It is up again.\n\n", "", 1);
    assert!(added == before && once != before, "{once}");
    assert_eq!(sandbox.run_with(&add, "It is up again.").ok().stdout, format!("unchanged  {ID}\n"));
    for alone in [&["edit", "--append", "-F", "-"][..], &["edit", "--append", "--section", "summary"]] {
        let said = sandbox.run_with(alone, "x").status(2).stderr;
        assert!(said.contains("required"), "{said}");
    }
    assert_eq!(text(&sandbox), once);
}
