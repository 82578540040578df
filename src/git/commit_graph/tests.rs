//! What the commit-graph says is what git says, however it was written; and what is damaged says nothing wrong.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::story_tests::{Dice, ORDER, Story};
use super::*;

/// Without the commit-graph.
const ALONE: &[&str] = &["-c", "core.commitGraph=false"];

/// For each of some tips the commits that it reaches, out of the commit-graph.
fn read(repo: &Repo, tips: &[CommitId], commits: &[CommitId]) -> Option<Vec<HashSet<CommitId>>> {
    let reached = repo.reached(tips, commits)?;
    let own = |has: Vec<bool>| commits.iter().zip(has).filter(|(_, has)| *has).map(|(id, _)| *id).collect();
    Some(reached.into_iter().map(own).collect())
}

/// The bytes of a chunk.
fn chunk(bytes: &[u8], name: &[u8; 4]) -> std::ops::Range<usize> {
    let line = |at: usize| &bytes[8 + at * 12..][..12];
    let offset = |line: &[u8]| usize::try_from(u64::from_be_bytes(line[4..].try_into().unwrap())).unwrap();
    let at = (0..bytes[6].into()).find(|at| line(*at)[..4] == *name).unwrap();
    offset(line(at))..offset(line(at + 1))
}

#[test]
fn every_history_is_what_git_says_however_its_commit_graph_was_written() {
    let ways: [(&str, &[&str]); 4] = [
        ("one file", &["commit-graph", "write", "--reachable"]),
        ("a chain", &["commit-graph", "write", "--reachable", "--split=no-merge"]),
        ("levels", &["-c", "commitGraph.generationVersion=1", "commit-graph", "write", "--reachable"]),
        ("paths", &["commit-graph", "write", "--reachable", "--split", "--changed-paths"]),
    ];
    for (seed, format) in [(1, "sha1"), (2, "sha256"), (3, "sha1")] {
        for (name, write) in ways {
            let mut story = Story::new(format, seed);
            for _ in 0..3 {
                story.grow(50);
                story.git(write);
            }
            // What came since is in no commit-graph.
            story.grow(20);
            let (commits, repo) = (story.commits(), story.open(&[]));
            assert_eq!(commits.len(), 170);
            let tips: Vec<CommitId> = (0..12).map(|at| commits[169 - at * at]).collect();
            let told = story.told(&tips, ALONE).unwrap();
            assert_eq!(read(&repo, &tips, &commits).unwrap(), told, "{name}, seed {seed}");
            // A few that lie close together: most of the history is not looked at.
            for at in 0..16 {
                let few: Vec<CommitId> = (0..3).map(|more| commits[at * 10 + more]).collect();
                let own =
                    |told: &HashSet<CommitId>| few.iter().filter(|id| told.contains(id)).copied().collect();
                let told: Vec<HashSet<CommitId>> = told.iter().map(own).collect();
                assert_eq!(read(&repo, &tips, &few).unwrap(), told, "{name}, seed {seed}, {at}");
            }
            let graph = repo.commit_graph().unwrap();
            assert_eq!(graph.count(), 150, "{name}");
            let dates = story.git(&["for-each-ref", "--format=%(committerdate:unix)", ORDER, "refs/heads"]);
            for (at, (commit, date)) in commits.iter().zip(dates.lines()).enumerate() {
                assert_eq!(graph.date(commit), date.parse().ok().filter(|_| at < 150));
            }
        }
    }
}

#[test]
fn tags_and_branches_hold_what_git_says_with_and_without_a_commit_graph() {
    let mut story = Story::new("sha1", 4);
    story.grow(60);
    story.git(&["commit-graph", "write", "--reachable"]);
    story.grow(10);
    for at in (3..70).step_by(4) {
        let annotated: &[&str] = if at % 8 == 3 { &["-a", "-m", "x"] } else { &[] };
        let (name, tip) = (format!("v{at}"), format!("b{at}"));
        let by = ["-c", "user.name=C", "-c", "user.email=c@example.org", "tag"];
        story.git(&[&by, annotated, &[name.as_str(), tip.as_str()]].concat());
    }
    let commits = story.commits();
    let some: Vec<CommitId> = commits.iter().step_by(7).copied().collect();
    let ask = || {
        let repo = story.open(&[]);
        let spots = repo.spots().unwrap();
        let spots: Vec<&crate::git::Spot> = spots.iter().collect();
        assert_eq!(spots.len(), 87);
        (repo.commit_graph().is_some(), repo.holders(&some, &spots).unwrap())
    };
    let (is_read, here) = ask();
    story.git(&["config", "core.commitGraph", "false"]);
    let (is_read_again, theirs) = ask();
    assert!(is_read && !is_read_again);
    assert_eq!(here, theirs);
    assert!(here.iter().flatten().any(|has| *has) && here.iter().flatten().any(|has| !*has));
}

#[test]
fn of_a_damaged_file_nothing_wrong_is_said() {
    let (mut refused, mut right) = (0, 0);
    for (format, is_chain) in [("sha1", false), ("sha256", true)] {
        let mut story = Story::new(format, 5);
        let split: &[&str] = if is_chain { &["--split=no-merge"] } else { &[] };
        for _ in 0..2 {
            story.grow(40);
            story.git(&[&["commit-graph", "write", "--reachable"], split].concat());
        }
        story.grow(10);
        let commits = story.commits();
        let tips: Vec<CommitId> = [89, 79, 77, 70, 55, 39].map(|at| commits[at]).to_vec();
        let some: Vec<CommitId> = commits.iter().step_by(3).copied().collect();
        let wanted: HashSet<CommitId> = some.iter().copied().collect();
        let only = |told: Vec<HashSet<CommitId>>| -> Vec<HashSet<CommitId>> {
            told.into_iter().map(|own| own.intersection(&wanted).copied().collect()).collect()
        };
        let repo = story.open(&[]);
        let truth = only(story.told(&tips, ALONE).unwrap());
        let whole = std::fs::read(story.file()).unwrap();
        let mut look = |what: &str, bytes: &[u8]| {
            story.write(bytes);
            let repo = repo.again().unwrap();
            if let Some(graph) = repo.commit_graph() {
                assert!(commits.iter().filter(|commit| graph.date(commit).is_some()).count() <= 90, "{what}");
            }
            match read(&repo, &tips, &some) {
                None => refused += 1,
                Some(here) if here == truth => right += 1,
                // git believes what it reads as well.
                Some(here) => assert_eq!(Some(here), story.told(&tips, &[]).map(only), "{what}"),
            }
        };
        let mut dice = Dice(6);
        let mut names = vec![*b"OIDF", *b"OIDL", *b"CDAT", *b"EDGE", *b"GDA2"];
        names.extend(is_chain.then_some(*b"BASE"));
        let chunks = names.iter().map(|name| (String::from_utf8_lossy(name), chunk(&whole, name)));
        let table = ("the head".into(), 0..chunk(&whole, b"OIDF").start);
        for (name, range) in chunks.chain([table]) {
            for _ in 0..60 {
                let at = range.start + dice.below(range.len());
                let mut bytes = whole.clone();
                bytes[at] ^= 1 << dice.below(8);
                look(&format!("{name}, byte {at}"), &bytes);
            }
        }
        for _ in 0..20 {
            let length = dice.below(whole.len());
            look(&format!("{length} bytes of it"), &whole[..length]);
        }
        story.write(&whole);
        assert_eq!(read(&story.open(&[]), &tips, &some).unwrap(), truth);
    }
    assert!(refused > 200 && right > 200, "{refused} refused, {right} right");
}

#[test]
fn levels_that_nobody_knew_are_no_bounds_and_a_circle_is_no_history() {
    let mut story = Story::new("sha1", 7);
    story.grow(100);
    story.git(&["commit-graph", "write", "--reachable"]);
    let (commits, mut bytes) = (story.commits(), std::fs::read(story.file()).unwrap());
    let records = chunk(&bytes, b"CDAT");
    for record in bytes[records.clone()].chunks_exact_mut(36) {
        record[28..31].fill(0);
        record[31] &= 3;
    }
    story.write(&bytes);
    let tips = [99, 98, 60].map(|at| commits[at]);
    let told = story.told(&tips, ALONE).unwrap();
    let repo = story.open(&[]);
    assert_eq!(read(&repo, &tips, &commits).unwrap(), told);
    let graph = repo.commit_graph().unwrap();
    let place = |at: usize| graph.find(&commits[at]).unwrap();
    let first = told[0].iter().map(|id| graph.find(id).unwrap()).find(|place| {
        let mut parents = Vec::new();
        graph.read(*place, &mut parents).unwrap();
        parents.is_empty()
    });
    let at = records.start + first.unwrap() as usize * 36 + 20;
    bytes[at..at + 4].copy_from_slice(&place(99).to_be_bytes());
    story.write(&bytes);
    // Something that nothing reaches, so that all is looked at.
    let outside = [*commits.iter().find(|id| !told[0].contains(id)).unwrap()];
    assert_eq!(read(&story.open(&[]), &tips[..1], &outside), None);
}

#[test]
fn where_a_name_does_not_say_all_about_a_past_git_is_asked() {
    let mut story = Story::new("sha1", 8);
    story.grow(30);
    story.git(&["commit-graph", "write", "--reachable"]);
    let is_read = |story: &Story, more: &[(&str, &str)]| story.open(more).commit_graph().is_some();
    assert!(is_read(&story, &[]));
    for (value, is_on) in [("false", false), ("no", false), ("0", false), ("true", true)] {
        let settings = [
            ("GIT_CONFIG_COUNT", "1"),
            ("GIT_CONFIG_KEY_0", "core.commitGraph"),
            ("GIT_CONFIG_VALUE_0", value),
        ];
        assert_eq!(is_read(&story, &settings), is_on, "{value}");
    }
    let grafts = story.path().join("elsewhere");
    std::fs::write(&grafts, "").unwrap();
    assert!(!is_read(&story, &[("GIT_GRAFT_FILE", grafts.to_str().unwrap())]));
    std::fs::create_dir_all(story.path().join("info")).unwrap();
    std::fs::rename(&grafts, story.path().join("info/grafts")).unwrap();
    assert!(!is_read(&story, &[]));
    std::fs::remove_file(story.path().join("info/grafts")).unwrap();
    story.git(&["replace", "b30", "b1"]);
    assert!(!is_read(&story, &[]));
    story.git(&["replace", "-d", "b30"]);
    assert!(is_read(&story, &[]));
    let shallow = story.path().join("shallow");
    std::fs::write(&shallow, format!("{}\n", story.commits()[20])).unwrap();
    assert!(!is_read(&story, &[]));
    std::fs::remove_file(shallow).unwrap();
    // A file that does not say what it should is not passed over for a chain.
    story.grow(5);
    story.git(&["commit-graph", "write", "--reachable", "--split=no-merge"]);
    assert!(is_read(&story, &[]));
    std::fs::write(story.path().join("objects/info/commit-graph"), "CGPH").unwrap();
    assert!(!is_read(&story, &[]));
    std::fs::remove_file(story.path().join("objects/info/commit-graph")).unwrap();
    std::fs::rename(story.file(), story.path().join("away")).unwrap();
    assert!(!is_read(&story, &[]));
}

#[test]
fn what_is_too_young_or_gone_is_left_to_git() {
    let mut story = Story::new("sha1", 9);
    story.grow(5);
    story.git(&["commit-graph", "write", "--reachable"]);
    let commits = story.commits();
    let mut stream = String::from("reset refs/heads/long\nfrom refs/heads/b5^0\n\n");
    for at in 0..4097 {
        writeln!(stream, "commit refs/heads/long\ncommitter C <c@example.org> {at} +0000\ndata 0\n").unwrap();
        if at == 4000 {
            writeln!(stream, "reset refs/heads/shorter\nfrom refs/heads/long\n").unwrap();
        }
    }
    assert!(story.answer(&["fast-import", "--quiet"], &stream).0);
    let repo = story.open(&[]);
    let tip = |name: &str| repo.resolve(name).unwrap();
    let root = [commits[4]];
    assert_eq!(repo.reached(&[tip("shorter")], &root).unwrap(), [[true]]);
    assert_eq!(repo.reached(&[tip("long")], &root), None);
    let nobody: CommitId = "1".repeat(40).parse().unwrap();
    assert_eq!(repo.reached(&[nobody], &root), None);
    assert_eq!(repo.reached(&root, &[nobody]).unwrap(), [[false]]);
}
