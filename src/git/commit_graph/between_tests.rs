//! The commits of a range are those that one end reaches and the other does not. git's own list is not asked: where dates lie
//! it takes some for hidden that are not.

use std::collections::HashSet;

use super::story_tests::Story;
use super::{CommitId, Repo};

/// How many ranges between some commits the commit-graph tells, each of them rightly.
fn right(story: &Story, repo: &Repo, commits: &[CommitId]) -> usize {
    let reached = story.told(commits, &[]).unwrap();
    let mut told = 0;
    for at in (0..commits.len()).rev().step_by(3) {
        for from in (0..commits.len()).step_by(11).map(|back| (at + commits.len() - back) % commits.len()) {
            let Some(here) = repo.between(&commits[from], &commits[at], commits.len() * 2) else { continue };
            let own: HashSet<CommitId> = here.iter().copied().collect();
            assert_eq!(own.len(), here.len(), "each once");
            let wanted: HashSet<CommitId> = reached[at].difference(&reached[from]).copied().collect();
            assert_eq!(own, wanted, "{from}..{at}");
            assert!(here.is_empty() || here[0] == commits[at], "the end comes first");
            told += 1;
        }
    }
    told
}

#[test]
fn ranges_are_what_git_lists_whatever_the_commit_graph_has() {
    for (seed, format) in [(5, "sha1"), (6, "sha256")] {
        let mut story = Story::new(format, seed);
        story.grow(90);
        assert_eq!(right(&story, &story.open(&[]), &story.commits()), 0, "there is no commit-graph");
        story.git(&["commit-graph", "write", "--reachable"]);
        let all = right(&story, &story.open(&[]), &story.commits());
        assert_eq!(all, 30 * 9);
        // What came since is in none, and leads to what is.
        story.grow(30);
        let commits = story.commits();
        assert_eq!(right(&story, &story.open(&[]), &commits[90..]), 10 * 3);
        assert_eq!(right(&story, &story.open(&[]), &commits), 40 * 11);
    }
}

#[test]
fn what_is_longer_than_asked_or_without_levels_is_left_to_git() {
    let mut story = Story::new("sha1", 7);
    story.grow(60);
    story.git(&["commit-graph", "write", "--reachable"]);
    let (commits, repo) = (story.commits(), story.open(&[]));
    let (from, to) = (&commits[20], &commits[59]);
    let reached = story.told(&[*from, *to], &[]).unwrap();
    let many = reached[1].difference(&reached[0]).count();
    assert!(many > 3);
    assert_eq!(repo.between(from, to, many).map(|told| told.len()), Some(many));
    assert_eq!(repo.between(from, to, many - 1), None);
    let repo = story.open(&[
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "core.commitGraph"),
        ("GIT_CONFIG_VALUE_0", "false"),
    ]);
    assert_eq!(repo.between(from, to, many), None);
}
