//! What a commit and a merge changed is told by their trees as git tells it.

use git_postmortem::git::{CommitId, Repo, Touched};

use crate::open;
use crate::sandbox::Sandbox;

#[test]
fn what_a_commit_changed_is_told_by_its_trees_as_git_tells_it() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit("a/deep/one.txt", "one", "add");
    sandbox.commit("a/two.txt", "two", "add more");
    sandbox.git(&["mv", "a/two.txt", "b two\u{e9}.txt"]);
    sandbox.git(&["commit", "-q", "-m", "rename"]);
    sandbox.git(&["update-index", "--chmod=+x", "a/deep/one.txt"]);
    sandbox.git(&["commit", "-q", "-m", "executable"]);
    sandbox.git(&["reset", "-q", "--hard"]);
    sandbox.git(&["rm", "-q", "-r", "a"]);
    sandbox.commit("a", "a file in place of a folder", "swap");
    sandbox.git(&["rm", "-q", "a"]);
    sandbox.commit("a/again/x", "a folder in place of a file", "swap back");
    let head = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{head},module")]);
    sandbox.git(&["commit", "-q", "-m", "submodule"]);
    sandbox.git(&["commit", "-q", "--allow-empty", "-m", "nothing"]);
    let repo = open(&sandbox, &sandbox.repo());
    let commits = sandbox.git(&["rev-list", "HEAD"]);
    for commit in commits.lines().map(|line| line.parse::<CommitId>().unwrap()) {
        let subject = sandbox.git(&["log", "-1", "--format=%s", &commit.to_string()]);
        assert_eq!(repo.touched_here(&commit), Some(repo.touched(None, &commit).unwrap()), "{subject}");
    }
    sandbox.git(&["replace", &head, "HEAD~2"]);
    let repo = open(&sandbox, &sandbox.repo());
    assert_eq!(repo.touched_here(&head.parse().unwrap()), None, "a past that is not what objects tell");
}

#[test]
fn old_modes_are_compared_as_git_compares_them() {
    let sandbox = Sandbox::with_repository();
    let blob = sandbox.git(&["hash-object", "-w", "--stdin"]);
    let tree = |mode: &str, name: &str| -> String {
        let raw: Vec<u8> = (0..blob.len() / 2)
            .map(|at| u8::from_str_radix(&blob[2 * at..2 * at + 2], 16).unwrap())
            .collect();
        let bytes = [format!("{mode} {name}\0").as_bytes(), &raw].concat();
        std::fs::write(sandbox.at("tree"), bytes).unwrap();
        sandbox.git(&["hash-object", "-w", "-t", "tree", "--literally", "../tree"])
    };
    let commit = |tree: &str, parents: &[&str]| {
        let parents: Vec<&str> = parents.iter().flat_map(|parent| ["-p", parent]).collect();
        sandbox.git(&[&["commit-tree", "-m", "x", tree], parents.as_slice()].concat())
    };
    let old = commit(&tree("100664", "f"), &[]);
    let new = commit(&tree("100644", "f"), &[&old]);
    let executable = commit(&tree("100775", "f"), &[&new]);
    sandbox.git(&["update-ref", "refs/heads/modes", &executable]);
    let repo = open(&sandbox, &sandbox.repo());
    assert_eq!(agreed(&sandbox, &repo, &new).unwrap().files, [""; 0]);
    assert_eq!(agreed(&sandbox, &repo, &executable).unwrap().files, ["f"]);
}

/// What a commit is made of, as the objects tell it; git says the same, whatever its order.
fn agreed(sandbox: &Sandbox, repo: &Repo, revision: &str) -> Option<Touched> {
    let commit: CommitId = sandbox.git(&["rev-parse", revision]).parse().unwrap();
    let mut here = repo.touched_here(&commit)?;
    let mut told = repo.touched(None, &commit).unwrap();
    assert_eq!((here.commits[0], told.commits[0]), (commit, commit));
    here.commits.sort();
    told.commits.sort();
    assert_eq!(here, told, "{revision}");
    Some(here)
}

#[test]
fn what_a_merge_brought_is_told_by_its_objects_as_git_tells_it() {
    let sandbox = Sandbox::with_repository();
    for (path, text) in
        [("both", "1\n2\n3\n4\n5\n6\n7\n"), ("gone", "x"), ("kept", "x"), ("d/of", "a"), ("d/all", "a")]
    {
        sandbox.commit(path, text, path);
    }
    sandbox.git(&["checkout", "-q", "-b", "side"]);
    sandbox.commit("both", "one\n2\n3\n4\n5\n6\n7\n", "the first line");
    sandbox.commit("d/of", "the side", "on the side");
    sandbox.git(&["checkout", "-q", "-b", "further", "HEAD~1"]);
    sandbox.commit("further", "x", "further");
    sandbox.git(&["checkout", "-q", "side"]);
    sandbox.git(&["merge", "-q", "--no-ff", "-m", "inner", "further"]);
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.commit("both", "1\n2\n3\n4\n5\n6\nseven\n", "the last line");
    sandbox.commit("d/all", "main", "on main");
    // A merge that takes from both, changes what neither did, removes a file, and puts a folder in the place of one.
    sandbox.git(&["merge", "-q", "--no-ff", "--no-commit", "side"]);
    sandbox.git(&["rm", "-q", "-f", "gone", "kept"]);
    std::fs::create_dir(sandbox.repo().join("kept")).unwrap();
    std::fs::write(sandbox.repo().join("kept/below"), "x").unwrap();
    std::fs::write(sandbox.repo().join("d/all"), "neither").unwrap();
    sandbox.git(&["add", "-A"]);
    sandbox.git(&["commit", "-q", "-m", "outer"]);
    let repo = || open(&sandbox, &sandbox.repo());
    assert_eq!(agreed(&sandbox, &repo(), "main"), None, "without a commit-graph git tells");
    sandbox.git(&["commit-graph", "write", "--reachable"]);
    let told = agreed(&sandbox, &repo(), "main").unwrap();
    assert_eq!(told.commits.len(), 5, "two of the side, its merge, what that brought, and itself");
    assert_eq!(told.files, ["both", "d/all", "d/of", "further", "gone", "kept", "kept/below"]);
    assert_eq!(agreed(&sandbox, &repo(), "side").unwrap().files, ["further"]);
    // Newer than the commit-graph.
    sandbox.git(&["checkout", "-q", "-b", "newer", "side~1"]);
    sandbox.commit("newer", "x", "newer");
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.git(&["merge", "-q", "--no-ff", "-m", "newest", "newer"]);
    assert_eq!(agreed(&sandbox, &repo(), "main").unwrap().files, ["newer"]);
    // A merge of three.
    for name in ["one", "two"] {
        sandbox.git(&["checkout", "-q", "-b", name, "main"]);
        sandbox.commit(name, "x", name);
    }
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.commit("three", "x", "three");
    sandbox.git(&["merge", "-q", "-m", "octopus", "one", "two"]);
    assert_eq!(agreed(&sandbox, &repo(), "main"), None);
}
