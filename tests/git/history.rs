//! A history in one pass is what git says commit by commit.

use git_postmortem::git::{Changed, CommitId, Place, Route, TagsAsked};

use crate::open;
use crate::sandbox::Sandbox;

#[test]
fn a_walk_tells_parents_dates_wanted_messages_and_trees() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.commit("docs/a.md", "one", "first\n\nwith a body");
    sandbox.git(&["checkout", "-q", "-b", "side"]);
    sandbox.at_time("2026-11-23T09:30:00Z");
    sandbox.commit("docs/deep/b.md", "two", "second");
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.commit("src/c", "three", "third");
    sandbox.git(&["merge", "-q", "--no-ff", "-m", "both", "side"]);
    let repo = open(&sandbox, &sandbox.repo());
    let id = |rev: &str| sandbox.git(&["rev-parse", rev]).parse::<CommitId>().unwrap();
    let folders = ["docs".to_owned(), "docs/deep".to_owned(), "none".to_owned(), String::new()];
    let route = |tips, known| Route {
        tips,
        known,
        has: &|_| false,
        since: None,
        folders: &folders,
        files: false,
        wanted: &|message: &[u8]| message.starts_with(b"first"),
        progress: &|_| (),
    };
    let head = [id("HEAD")];
    let walk = repo.walk_history(&route(&head, &[])).unwrap();
    let listed = sandbox.git(&["log", "--format=%H %ct %P"]);
    let mut told: Vec<String> = Vec::new();
    for commit in &walk.commits {
        let parents: Vec<String> = commit.parents.iter().map(ToString::to_string).collect();
        told.push(format!("{} {} {}", commit.id, commit.committed, parents.join(" ")).trim_end().to_owned());
        assert_eq!(
            commit.message.as_deref().map(str::trim_end),
            (commit.id == id("HEAD~1~1")).then_some("first\n\nwith a body")
        );
        for (folder, tree) in folders.iter().zip(&walk.folders[commit.folders as usize]) {
            let spec = format!("{}:{folder}", commit.id);
            let own = sandbox.try_git_in(&sandbox.repo(), &["rev-parse", "-q", "--verify", &spec]);
            let own = (own.code == 0).then(|| own.stdout.trim().to_owned());
            assert_eq!(tree.map(|tree| tree.to_string()), own, "{spec}");
        }
    }
    assert_eq!(told, listed.lines().map(str::trim_end).collect::<Vec<_>>());
    let known = [id("HEAD~1")];
    let rest = repo.walk_history(&route(&head, &known)).unwrap();
    assert_eq!(rest.commits.iter().map(|commit| commit.id).collect::<Vec<_>>(), [id("HEAD"), id("side")]);
    let gone = ["1".repeat(40).parse().unwrap()];
    assert!(repo.walk_history(&route(&head, &gone)).is_err());
}

#[test]
fn a_walk_tells_what_stood_at_paths_of_files_and_nothing_from_before() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.commit("src/a/b.c", "old", "of another time");
    sandbox.at_time("2026-11-24T10:00:00Z");
    sandbox.commit("src/a/b.c", "one", "one");
    sandbox.commit("top", "one", "a file at the top");
    sandbox.git(&["rm", "-q", "-r", "src"]);
    sandbox.commit("src", "a/b.c", "a file in the place of the folder");
    sandbox.git(&["rm", "-q", "src", "top"]);
    sandbox.commit("src/a/b.c/d", "x", "a folder in the place of the file");
    sandbox.commit("top/src/a/b.c", "x", "another");
    let repo = open(&sandbox, &sandbox.repo());
    let paths = ["src/a/b.c", "top", "src", "a/b.c", "src/a"].map(str::to_owned);
    let head = [sandbox.git(&["rev-parse", "HEAD"]).parse().unwrap()];
    let walk = repo
        .walk_history(&Route {
            tips: &head,
            known: &[],
            has: &|_| false,
            since: Some(1_795_510_800),
            folders: &paths,
            files: true,
            wanted: &|_| false,
            progress: &|_| (),
        })
        .unwrap();
    let since = ["log", "--format=%H", "--since=@1795510800"];
    let listed: Vec<CommitId> = sandbox.git(&since).lines().map(|id| id.parse().unwrap()).collect();
    assert_eq!(walk.commits.iter().map(|commit| commit.id).collect::<Vec<_>>(), listed);
    assert_eq!(listed.len(), 5);
    for commit in &walk.commits {
        for (path, found) in paths.iter().zip(&walk.folders[commit.folders as usize]) {
            let spec = format!("{}:{path}", commit.id);
            let own = sandbox.try_git_in(&sandbox.repo(), &["rev-parse", "-q", "--verify", &spec]);
            let own = (own.code == 0).then(|| own.stdout.trim().to_owned());
            assert_eq!(found.map(|found| found.to_string()), own, "{spec}");
        }
    }
}

#[test]
fn changes_are_told_commit_by_commit_with_renames() {
    let sandbox = Sandbox::with_repository();
    let text = "a document that is long enough to be known again\n".repeat(5);
    sandbox.commit("docs/old name.md", &text, "one");
    sandbox.commit("other", "x", "nothing here");
    sandbox.git(&["mv", "docs/old name.md", "docs/new\tname.md"]);
    sandbox.git(&["commit", "-q", "-m", "two"]);
    sandbox.git(&["rm", "-q", "-r", "docs"]);
    sandbox.git(&["commit", "-q", "-m", "three"]);
    let repo = open(&sandbox, &sandbox.repo());
    let ids: Vec<CommitId> =
        sandbox.git(&["rev-list", "HEAD"]).lines().map(|id| id.parse().unwrap()).collect();
    let changes = repo.changes(&ids, &["docs".to_owned()]).unwrap();
    let told: Vec<_> = changes
        .iter()
        .flat_map(|(_, changes)| changes)
        .map(|change| {
            (change.path.as_str(), change.from.as_deref(), change.before.is_some(), change.blob.is_some())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("docs/new\tname.md", None, true, false),
            ("docs/new\tname.md", Some("docs/old name.md"), true, true),
            ("docs/old name.md", None, false, true),
        ]
    );
}

#[test]
fn tags_lead_to_their_commits_whatever_stands_between() {
    let mut sandbox = Sandbox::with_repository();
    sandbox.git(&["tag", "light"]);
    sandbox.at_time("2026-11-23T09:45:00Z");
    sandbox.git(&["tag", "-a", "-m", "x", "annotated"]);
    sandbox.git(&["tag", "-a", "-m", "x", "twice", "annotated"]);
    sandbox.git(&["tag", "of-a-tree", "HEAD^{tree}"]);
    let repo = open(&sandbox, &sandbox.repo());
    let head: CommitId = sandbox.git(&["rev-parse", "HEAD"]).parse().unwrap();
    let tags = repo.tags().unwrap();
    let told: Vec<_> = tags.iter().map(|tag| (tag.name.as_str(), tag.commit == head)).collect();
    assert_eq!(told, [("annotated", true), ("light", true), ("twice", true)]);
    assert_eq!(tags[0].created - tags[1].created, 45 * 60);
}

#[test]
fn many_refs_have_the_dates_that_git_tells() {
    let mut sandbox = Sandbox::with_repository();
    for number in 0..70 {
        let minute = 10 + number % 50;
        sandbox.at_time(&format!("2026-11-23T{:02}:{minute}:00Z", 10 + number / 50));
        let (branch, tag) = (format!("b{number}"), format!("v{number}"));
        sandbox.git(&["commit", "-q", "--allow-empty", "-m", &tag]);
        sandbox.git(&["branch", &branch]);
        match number % 3 {
            0 => sandbox.git(&["tag", "-a", "-m", "x", &tag, "HEAD~1"]),
            _ => sandbox.git(&["tag", &tag]),
        };
    }
    sandbox.git(&["tag", "-a", "-m", "x", "twice", "v0"]);
    sandbox.git(&["tag", "of-a-tree", "HEAD^{tree}"]);
    sandbox.git(&["tag", "-a", "-m", "x", "of-a-file", "HEAD:README.md"]);
    sandbox.git(&["symbolic-ref", "refs/tags/newest", "refs/tags/v69"]);
    let format = "--format=%(refname) %(creatordate:unix) %(symref)";
    let listed = sandbox.git(&["for-each-ref", format, "refs/heads", "refs/tags"]);
    let expected = |symbolic: bool| -> Vec<String> {
        let none = ["refs/tags/of-a-tree", "refs/tags/of-a-file"];
        let lines = listed.lines().map(|line| line.split(' ').collect::<Vec<_>>());
        let lines = lines.filter(|line| {
            !none.contains(&line[0]) && (symbolic || line.get(2).is_none_or(|other| other.is_empty()))
        });
        let told = |line: Vec<&str>| {
            let commit = sandbox.git(&["rev-parse", &format!("{}^{{commit}}", line[0])]);
            format!("{} {} {commit}", line[0], line[1])
        };
        lines.map(told).collect()
    };
    let repo = open(&sandbox, &sandbox.repo());
    let spots = repo.spots().unwrap();
    let told: Vec<_> =
        spots.iter().map(|spot| format!("{} {} {}", spot.name, spot.created, spot.commit)).collect();
    assert_eq!(told, expected(false));
    let environment = Some(sandbox.environment());
    let place = Place { cwd: sandbox.repo(), environment, ..Place::default() };
    let early = TagsAsked::begin(&place).unwrap().finish(&repo).unwrap();
    assert_eq!(early, repo.tags().unwrap());
    let told: Vec<_> =
        early.iter().map(|tag| format!("refs/tags/{} {} {}", tag.name, tag.created, tag.commit)).collect();
    let tags: Vec<_> = expected(true).into_iter().filter(|line| line.starts_with("refs/tags/")).collect();
    assert_eq!(told, tags);
}

#[test]
fn messages_in_another_encoding_and_replaced_commits_are_told_as_git_tells_them() {
    let sandbox = Sandbox::with_repository();
    std::fs::write(sandbox.at("message"), b"gr\xfcn\n\nCloses-Action: a#1\n").unwrap();
    sandbox.git(&[
        "-c",
        "i18n.commitEncoding=ISO-8859-1",
        "commit",
        "-q",
        "--allow-empty",
        "-F",
        "../message",
    ]);
    let latin = sandbox.git(&["rev-parse", "HEAD"]);
    let plain = sandbox.commit("a", "x", "plain");
    let repo = open(&sandbox, &sandbox.repo());
    let told = |repo: &git_postmortem::git::Repo, id: &str| {
        let head = [sandbox.git(&["rev-parse", "HEAD"]).parse().unwrap()];
        let walk = repo.walk_history(&with_messages(&head)).unwrap();
        let found = walk.commits.into_iter().find(|commit| commit.id.to_string() == id).unwrap();
        found.message.unwrap().trim_end().to_owned()
    };
    assert_eq!(told(&repo, &latin), "grün\n\nCloses-Action: a#1");
    assert_eq!(told(&repo, &plain), "plain");
    let tree = sandbox.git(&["rev-parse", "HEAD^{tree}"]);
    let other = sandbox.git(&["commit-tree", &tree, "-p", &latin, "-m", "replaced"]);
    sandbox.git(&["replace", &plain, &other]);
    assert_eq!(told(&open(&sandbox, &sandbox.repo()), &plain), "replaced");
}

/// All that some tips reach, with every message and no folder.
fn with_messages(tips: &[CommitId]) -> Route<'_> {
    let (wanted, progress) = (&|_: &[u8]| true, &|_| ());
    Route { tips, known: &[], has: &|_| false, since: None, folders: &[], files: false, wanted, progress }
}

#[test]
fn a_commit_that_cannot_be_read_is_an_error_and_no_gap() {
    let sandbox = Sandbox::with_repository();
    let first = sandbox.commit("a", "x", "first");
    sandbox.commit("a", "y", "second");
    // git lists it from the commit-graph, and its object is gone.
    sandbox.git(&["commit-graph", "write", "--reachable"]);
    let object = sandbox.repo().join(".git/objects").join(&first[..2]).join(&first[2..]);
    std::fs::remove_file(object).unwrap();
    let repo = open(&sandbox, &sandbox.repo());
    let head = [sandbox.git(&["rev-parse", "HEAD"]).parse().unwrap()];
    assert!(repo.walk_history(&with_messages(&head)).is_err());
}

/// A history that is long enough to be read by several at once: documents are written, changed, moved and removed.
fn long_history(sandbox: &Sandbox) -> Vec<CommitId> {
    let mut stream = String::new();
    for at in 0..700 {
        let text = format!("a document that is long enough to be known again\n{at}\n").repeat(4);
        let message = format!("change {at}\n");
        let head = format!("commit refs/heads/long\ncommitter C <c@example.org> {at} +0000");
        stream += &format!("{head}\ndata {}\n{message}\n", message.len());
        let written = format!("M 100644 inline docs/{}/{at}.md\ndata {}\n{text}\n", at % 3, text.len());
        stream += &match at % 10 {
            7 => format!("R docs/{0}/{1}.md docs/moved/{1}.md\n", (at - 1) % 3, at - 1),
            8 => format!("D docs/{}/{}.md\n", (at - 5) % 3, at - 5),
            9 => format!("M 100644 inline src/{at}.c\ndata 2\nx\n\n"),
            _ => written,
        };
        stream += "\n";
    }
    std::fs::write(sandbox.at("stream"), stream).unwrap();
    let import = sandbox.at("import");
    std::fs::write(&import, "#!/bin/sh\nexec git fast-import --quiet < ../stream\n").unwrap();
    let mut command = sandbox.command("sh", &sandbox.repo());
    assert!(command.arg(&import).status().unwrap().success());
    sandbox.git(&["repack", "-q", "-a", "-d", "-f"]);
    sandbox.git(&["rev-list", "long"]).lines().map(|id| id.parse().unwrap()).collect()
}

#[test]
fn many_commits_are_told_as_few_are() {
    let sandbox = Sandbox::with_repository();
    let commits = long_history(&sandbox);
    let repo = open(&sandbox, &sandbox.repo());
    let folders = ["docs".to_owned()];
    // So few are one process of git's.
    let apart = |tell: &dyn Fn(&[CommitId]) -> Vec<Changed>| -> Vec<Changed> {
        commits.chunks(50).flat_map(tell).collect()
    };
    let changes = |commits: &[CommitId]| repo.changes(commits, &folders).unwrap();
    assert_eq!(changes(&commits), apart(&changes));
    assert_eq!(changes(&commits).len(), 630, "one of ten is about no document");
    let renames = |commits: &[CommitId]| repo.renames(commits).unwrap();
    assert_eq!(renames(&commits), apart(&renames));
    assert_eq!(renames(&commits).iter().filter(|(_, renames)| renames.len() == 1).count(), 70);
    assert!(changes(&[]).is_empty());
}

#[test]
fn files_of_many_trees_are_those_that_git_lists() {
    let sandbox = Sandbox::with_repository();
    let commits = long_history(&sandbox);
    sandbox.git(&["checkout", "-q", "long"]);
    std::os::unix::fs::symlink("0", sandbox.repo().join("docs/link.md")).unwrap();
    sandbox.commit("docs/b\tc.md", "x", "a link and a name that is quoted");
    let last: CommitId = sandbox.git(&["rev-parse", "HEAD"]).parse().unwrap();
    let commits: Vec<CommitId> = std::iter::once(last).chain(commits.into_iter().step_by(9)).collect();
    let repo = open(&sandbox, &sandbox.repo());
    let set = |commit: &CommitId| {
        let tree = |path: &'static str| {
            let id = sandbox
                .try_git_in(&sandbox.repo(), &["rev-parse", "-q", "--verify", &format!("{commit}:{path}")]);
            Some((id.stdout.trim().parse().ok()?, path))
        };
        [tree("docs"), tree("src")].into_iter().flatten().collect::<Vec<_>>()
    };
    let sets: Vec<_> = commits.iter().map(set).collect();
    let told = repo.map_trees(&sets, |at, files| (at, files)).unwrap();
    assert_eq!(told.len(), commits.len());
    for (at, told) in told.into_iter().enumerate() {
        let (place, files) = told.unwrap();
        assert_eq!(place, at);
        let mut files: Vec<String> =
            files.into_iter().map(|file| format!("100644 blob {}\t{}", file.blob, file.path)).collect();
        files.sort();
        let listed = sandbox.git(&["ls-tree", "-r", "-z", &commits[at].to_string()]);
        let mut listed: Vec<&str> = listed
            .split('\0')
            .filter(|line| {
                line.starts_with("100644") && (line.contains("\tdocs/") || line.contains("\tsrc/"))
            })
            .collect();
        listed.sort_unstable();
        assert_eq!(files, listed, "{}", commits[at]);
    }
    let gone = vec![vec![("1".repeat(40).parse().unwrap(), "docs")], sets[0].clone(), Vec::new()];
    let told = repo.map_trees(&gone, |_, files| files.len()).unwrap();
    assert!(told[0].is_none() && told[1].is_some_and(|files| files > 100) && told[2] == Some(0));
}
