//! Who has the defect: compared with what git says of every tag, and with what is known of copies and reverts.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Story;

/// The names of the rows that fit.
fn names(answer: &Value, kind: &str, fits: impl Fn(&Value) -> bool) -> BTreeSet<String> {
    let rows = answer["exposure"].as_array().unwrap().iter();
    let own = rows.filter(|row| row["kind"] == kind && fits(row));
    own.map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

pub(super) fn state(answer: &Value, name: &str) -> String {
    let rows = answer["exposure"].as_array().unwrap().iter();
    let row = rows.clone().find(|row| row["name"] == name);
    row.unwrap_or_else(|| panic!("no row {name}: {answer}"))["state"].as_str().unwrap().to_owned()
}

/// Numbers that look random and are the same every time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

#[test]
fn on_any_history_every_tag_and_branch_has_what_git_says() {
    for seed in 1..=6 {
        let mut dice = Dice(seed);
        let mut story = Story::new();
        let mut commits: Vec<String> = Vec::new();
        let tree = story.sandbox.git(&["write-tree"]);
        for number in 0..40 {
            story.tomorrow();
            let message = format!("c{number}");
            let mut words = vec!["commit-tree".to_owned(), tree.clone(), "-m".to_owned(), message];
            for _ in
                0..dice.below(3).min(commits.len()).max(usize::from(!commits.is_empty() && dice.below(9) > 0))
            {
                let parent = commits[commits.len() - 1 - dice.below(commits.len().min(9))].clone();
                if !words.contains(&parent) {
                    words.extend(["-p".to_owned(), parent]);
                }
            }
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            commits.push(story.sandbox.git(&words));
        }
        for number in 0..20 {
            let (tag, branch) = (format!("v{number}.0"), format!("b{number}"));
            let commit = commits[dice.below(commits.len())].clone();
            let annotated: &[&str] = if number % 2 == 0 { &["-a", "-m", "x"] } else { &[] };
            story.git(&[&["tag"], annotated, &[tag.as_str(), commit.as_str()]].concat());
            let tip = commits[dice.below(commits.len())].clone();
            story.sandbox.git(&["branch", &branch, &tip]);
        }
        for _ in 0..4 {
            let cause = commits[dice.below(20)].clone();
            let fix = commits[20 + dice.below(20)].clone();
            story.sandbox.git(&["update-ref", "refs/other/cause", &cause]);
            let typed =
                [cause.clone(), cause[..12].to_owned(), cause.to_uppercase(), "other/cause".to_owned()];
            let answer = story.traced(&["--cause", &typed[dice.below(4)], "--fix", &fix]);
            for (commit, field) in [(&cause, "cause"), (&fix, "fix")] {
                for (kind, command) in [("tag", "tag"), ("branch", "branch")] {
                    let format = "--format=%(refname:strip=2)";
                    let git = story.sandbox.git(&[command, "--contains", commit, format]);
                    let git: BTreeSet<String> = git.lines().map(str::to_owned).collect();
                    assert_eq!(
                        names(&answer, kind, |row| row[field] == true),
                        git,
                        "seed {seed}, {field} {commit}"
                    );
                }
            }
        }
    }
}

const LIMIT: &str = "const LIMIT_OF_RETRIES: u32 = 3;\n";

/// v1.0.0 clear, v1.1.0 with the cause, a branch of it, and v1.2.0 with the fix.
fn defect() -> (Story, String, String) {
    let mut story = Story::new();
    story.commit("src/retry.rs", LIMIT, "Limit retries");
    story.git(&["tag", "v1.0.0"]);
    let cause = story.commit("src/retry.rs", &LIMIT.replace('3', "300"), "Try harder");
    story.git(&["tag", "v1.1.0"]);
    story.sandbox.git(&["branch", "release/1.1"]);
    let fix = story.commit("src/retry.rs", &LIMIT.replace('3', "5"), "Try five times");
    story.git(&["tag", "v1.2.0"]);
    (story, cause, fix)
}

#[test]
fn a_fix_that_was_picked_counts_with_and_without_its_origin_named() {
    for named in [true, false] {
        let (mut story, cause, fix) = defect();
        story.sandbox.git(&["switch", "-q", "release/1.1"]);
        story.commit("notes", "x", "Prepare");
        story.git(&["tag", "v1.1.1"]);
        let pick: &[&str] = if named { &["cherry-pick", "-x", &fix] } else { &["cherry-pick", &fix] };
        story.git(pick);
        story.git(&["tag", "v1.1.2"]);
        let answer = story.traced(&["--fix", &fix]);
        assert_eq!(answer["causes"][0], cause.as_str());
        let states = ["v1.0.0", "v1.1.0", "v1.1.1", "v1.1.2", "v1.2.0", "release/1.1", "main"]
            .map(|name| state(&answer, name));
        assert_eq!(
            states,
            ["clear", "exposed", "exposed", "fixed", "fixed", "fixed", "fixed"],
            "named: {named}"
        );
        assert_eq!(answer["in_the_wild"]["until"]["name"], "v1.2.0");
    }
}

#[test]
fn a_fix_that_was_made_again_by_somebody_else_counts_by_its_patch() {
    let (mut story, _, fix) = defect();
    story.sandbox.git(&["switch", "-q", "release/1.1"]);
    story.sandbox.set("GIT_AUTHOR_NAME", "Other");
    story.commit("src/retry.rs", &LIMIT.replace('3', "5"), "Backport: five retries");
    story.git(&["tag", "v1.1.1"]);
    story.commit("src/retry.rs", &LIMIT.replace('3', "7"), "Seven");
    let answer = story.traced(&["--fix", &fix]);
    assert_eq!(state(&answer, "v1.1.1"), "fixed");
}

#[test]
fn a_cause_that_was_picked_exposes_that_branch() {
    let mut story = Story::new();
    story.commit("src/retry.rs", LIMIT, "Limit retries");
    story.git(&["tag", "v1.0.0"]);
    story.sandbox.git(&["branch", "release/1.0"]);
    story.commit("src/other.rs", "fn other() {}\n", "Go on");
    let cause = story.commit("src/retry.rs", &LIMIT.replace('3', "300"), "Try harder");
    story.git(&["tag", "v1.1.0"]);
    story.sandbox.git(&["switch", "-q", "release/1.0"]);
    story.git(&["cherry-pick", &cause]);
    story.git(&["tag", "v1.0.1"]);
    story.sandbox.git(&["switch", "-q", "main"]);
    let fix = story.commit("src/retry.rs", &LIMIT.replace('3', "5"), "Try five times");
    let answer = story.traced(&["--fix", &fix]);
    let states = ["v1.0.0", "v1.0.1", "v1.1.0", "release/1.0", "main"].map(|name| state(&answer, name));
    assert_eq!(states, ["clear", "exposed", "exposed", "exposed", "fixed"]);
    let said = story.sandbox.run(&["trace", &fix]).ok().stdout;
    assert!(
        said.contains(&format!("next  git switch release/1.0 && git cherry-pick -x {}", &fix[..7])),
        "{said}"
    );
    assert!(said.contains("no release mends it"), "{said}");
}

#[test]
fn a_fix_that_was_taken_back_opens_and_the_revert_of_that_closes_again() {
    let (mut story, cause, fix) = defect();
    story.git(&["revert", "--no-edit", "HEAD"]);
    story.git(&["tag", "v1.3.0"]);
    story.git(&["revert", "--no-edit", "HEAD"]);
    story.git(&["tag", "v1.4.0"]);
    let answer = story.traced(&["--fix", &fix]);
    let states = ["v1.2.0", "v1.3.0", "v1.4.0"].map(|name| state(&answer, name));
    assert_eq!(states, ["fixed", "undone", "fixed"]);
    // The cause itself taken back, and put in again; asked a second time, from what was kept.
    story.sandbox.git(&["switch", "-q", "release/1.1"]);
    story.git(&["revert", "--no-edit", &cause]);
    story.git(&["tag", "v1.1.1"]);
    story.git(&["revert", "--no-edit", "HEAD"]);
    story.git(&["tag", "v1.1.2"]);
    for _ in 0..2 {
        let answer = story.traced(&["--fix", &fix]);
        let states = ["v1.1.0", "v1.1.1", "v1.1.2", "v1.3.0"].map(|name| state(&answer, name));
        assert_eq!(states, ["exposed", "taken-back", "exposed", "undone"]);
    }
}

#[test]
fn a_merge_that_was_taken_back_takes_the_fix_with_it() {
    let (mut story, cause, _) = defect();
    story.git(&["reset", "-q", "--hard", "v1.1.0"]);
    story.git(&["tag", "-d", "v1.2.0"]);
    story.sandbox.git(&["switch", "-q", "-c", "topic"]);
    let fix = story.commit("src/retry.rs", &LIMIT.replace('3', "5"), "Try five times");
    story.sandbox.git(&["switch", "-q", "main"]);
    story.commit("src/other.rs", "fn other() {}\n", "Go on");
    story.git(&["merge", "-q", "--no-ff", "-m", "Merge topic", "topic"]);
    story.git(&["tag", "v1.2.0"]);
    story.git(&["revert", "--no-edit", "-m", "1", "HEAD"]);
    story.git(&["tag", "v1.3.0"]);
    let answer = story.traced(&["--fix", &fix, "--cause", &cause]);
    let states = ["v1.1.0", "v1.2.0", "v1.3.0"].map(|name| state(&answer, name));
    assert_eq!(states, ["exposed", "fixed", "undone"]);
}

#[test]
fn only_releases_are_in_the_table_and_drafts_are_no_branch() {
    let (mut story, _, fix) = defect();
    story.git(&["tag", "nightly-7", "v1.1.0"]);
    story.sandbox.run(&["new", "Something else"]).ok();
    let answer = story.traced(&["--fix", &fix]);
    assert_eq!(
        names(&answer, "tag", |_| true),
        BTreeSet::from(["v1.0.0", "v1.1.0", "v1.2.0"].map(str::to_owned))
    );
    assert_eq!(
        names(&answer, "branch", |_| true),
        BTreeSet::from(["main", "release/1.1"].map(str::to_owned))
    );
}
