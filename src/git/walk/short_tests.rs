//! What is walked here is what git lists; and what is not to be told here is not.

use super::*;
use crate::git::commit_graph::story_tests::Story;

fn here(
    repo: &Repo,
    tips: &[CommitId],
    known: &[CommitId],
    has: &dyn Fn(&CommitId) -> bool,
) -> Option<Vec<Walked>> {
    let (wanted, progress) = (&|_: &[u8]| false, &|_| ());
    repo.list_here(&Route { tips, known, has, since: None, folders: &[], files: false, wanted, progress })
}

/// Date, name and parents of commits, as `rev-list --parents --timestamp` has them.
fn lines(walked: &[Walked]) -> Vec<String> {
    let line = |walked: &Walked| {
        let parents: String = walked.parents.iter().map(|parent| format!(" {parent}")).collect();
        format!("{} {}{parents}", walked.committed, walked.id)
    };
    walked.iter().map(line).collect()
}

fn listed(story: &Story, range: &[String]) -> Vec<String> {
    let range: Vec<&str> = range.iter().map(String::as_str).collect();
    let said = story.git(&[&["rev-list", "--parents", "--timestamp"], range.as_slice()].concat());
    said.lines().map(str::to_owned).collect()
}

#[test]
fn a_whole_history_comes_in_the_order_of_git() {
    for (seed, format) in [(11, "sha1"), (12, "sha256")] {
        let mut story = Story::new(format, seed);
        story.grow(120);
        let (commits, repo) = (story.commits(), story.open(&[]));
        for tips in [&commits[119..], &commits[60..61], &commits[100..104], &commits[..1]] {
            let told = here(&repo, tips, &[], &|_| false).unwrap();
            let tips: Vec<String> = tips.iter().map(ToString::to_string).collect();
            assert_eq!(lines(&told), listed(&story, &tips), "{tips:?}");
        }
    }
}

#[test]
fn a_long_history_is_left_to_git() {
    let mut story = Story::new("sha1", 13);
    story.grow(SHORT);
    let (commits, repo) = (story.commits(), story.open(&[]));
    assert_eq!(here(&repo, &commits, &[], &|_| false).unwrap().len(), SHORT);
    story.grow(1);
    assert_eq!(here(&story.open(&[]), &story.commits(), &[], &|_| false), None);
}

#[test]
fn what_came_since_is_told_along_a_line_and_else_by_the_commit_graph() {
    let mut story = Story::new("sha1", 14);
    story.grow(90);
    let mut told = (0, 0);
    for write in [false, true] {
        if write {
            story.git(&["commit-graph", "write", "--reachable"]);
        }
        let (commits, repo) = (story.commits(), story.open(&[]));
        for (from, to) in (0..90).step_by(4).flat_map(|from| (from..90).step_by(7).map(move |to| (from, to)))
        {
            let (from, to) = (&commits[from], &commits[to]);
            let Some(here) = here(&repo, &[*to], &[*from], &|_| false) else {
                assert!(!write, "the commit-graph tells all");
                continue;
            };
            let mut here = lines(&here);
            let mut git = listed(&story, &[to.to_string(), format!("^{from}")]);
            here.sort();
            git.sort();
            // Without levels git goes by dates, and these lie.
            if write {
                assert_eq!(here, git, "{from}..{to}");
                told.1 += 1;
            } else {
                assert!(git.iter().all(|line| here.contains(line)), "{from}..{to}");
                told.0 += 1;
            }
        }
    }
    assert!(told.0 > 20 && told.1 > 5 * told.0, "{told:?}");
}

#[test]
fn a_line_ends_at_whatever_is_known() {
    let mut story = Story::new("sha1", 15);
    story.grow(1);
    let root = story.commits()[0];
    let child = |parent: &str, name: &str| -> CommitId {
        let tree = story.git(&["mktree"]);
        let by = ["-c", "user.name=C", "-c", "user.email=c@example.org", "commit-tree", "-m", name];
        story.git(&[&by, &["-p", parent, tree.trim()][..]].concat()).trim().parse().unwrap()
    };
    let first = child(&root.to_string(), "first");
    let (left, tip) = (child(&first.to_string(), "left"), child(&first.to_string(), "tip"));
    let repo = story.open(&[]);
    // The head that was known is on another line; what it has is known all the same.
    let has = |id: &CommitId| [root, first, left].contains(id);
    let told = here(&repo, &[tip], &[left, root], &has).unwrap();
    assert_eq!(told.iter().map(|walked| walked.id).collect::<Vec<_>>(), [tip]);
    assert_eq!(here(&repo, &[tip], &[left, root], &|_| false), None, "nobody says what those heads have");
    assert_eq!(here(&repo, &[first], &[left], &has).unwrap(), []);
}

#[test]
fn a_past_that_is_not_what_its_objects_tell_is_left_to_git() {
    let mut story = Story::new("sha1", 16);
    story.grow(10);
    let commits = story.commits();
    assert!(here(&story.open(&[]), &commits[9..], &[], &|_| false).is_some());
    std::fs::write(story.path().join("shallow"), format!("{}\n", commits[9])).unwrap();
    assert_eq!(here(&story.open(&[]), &commits[9..], &[], &|_| false), None);
}
