//! Every kind of repository, made by real git.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};

use super::sandbox::Sandbox;

/// A kind of repository that the tool must work in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Ordinary,
    Subfolder,
    Bare,
    LinkedWorkTree,
    BareWithWorkTree,
    Submodule,
    SeparateGitDir,
    Shallow,
    Partial,
    Treeless,
    Sparse,
    SparseIndex,
    SplitIndex,
    Sha256,
    Reftable,
    Sha256Reftable,
    Unborn,
    GitDirVariable,
    RelativeWorkTree,
}

impl Kind {
    pub const ALL: [Self; 19] = [
        Self::Ordinary,
        Self::Subfolder,
        Self::Bare,
        Self::LinkedWorkTree,
        Self::BareWithWorkTree,
        Self::Submodule,
        Self::SeparateGitDir,
        Self::Shallow,
        Self::Partial,
        Self::Treeless,
        Self::Sparse,
        Self::SparseIndex,
        Self::SplitIndex,
        Self::Sha256,
        Self::Reftable,
        Self::Sha256Reftable,
        Self::Unborn,
        Self::GitDirVariable,
        Self::RelativeWorkTree,
    ];

    /// Whether documents can stand in it from the start.
    pub fn has_history(self) -> bool {
        self != Self::Unborn
    }

    /// Whether `publish` has a work tree to write to.
    pub fn has_work_tree(self) -> bool {
        self != Self::Bare
    }
}

/// Where the document of [`build`] stands.
pub const DOCUMENT: &str = "docs/post-mortems/2026-03-08-api-outage.md";

/// Its text.
pub const TEXT: &str = "# Post-Mortem: API outage\n\n**Date**: 2026-03-08\n**Severity**: SEV-2\n\n## Action Items\n\n\
    | # | Action | Owner | Priority | Due Date | Status |\n|---|---|---|---|---|---|\n\
    | 1 | Test the migrations | @platform | P1 | 2026-04-15 | Open |\n";

/// Makes a repository of a kind, with one published document; hands back the folder to stand in.
pub fn build(sandbox: &mut Sandbox, kind: Kind) -> PathBuf {
    let repo = sandbox.repo();
    let init: &[&str] = match kind {
        Kind::Sha256 => &["--object-format=sha256"],
        Kind::Reftable => &["--ref-format=reftable"],
        Kind::Sha256Reftable => &["--object-format=sha256", "--ref-format=reftable"],
        _ => &[],
    };
    if kind == Kind::SeparateGitDir {
        let git_dir = sandbox.at("store/project.git").display().to_string();
        fs::create_dir(sandbox.at("store")).unwrap();
        sandbox.git(&["init", "-q", "-b", "main", "--separate-git-dir", &git_dir]);
    } else {
        sandbox.git(&[&["init", "-q", "-b", "main"], init].concat());
    }
    if kind == Kind::Unborn {
        return repo;
    }
    sandbox.commit("README.md", "# A project\n", "begin");
    sandbox.commit("src/deep/code.txt", "code\n", "code");
    sandbox.commit(DOCUMENT, TEXT, "post-mortem of the outage");
    sandbox.commit("src/more.txt", "more\n", "more");
    derive(sandbox, kind, &repo)
}

fn derive(sandbox: &mut Sandbox, kind: Kind, repo: &Path) -> PathBuf {
    let url = format!("file://{}", repo.display());
    let copy = sandbox.at("copy");
    let target = copy.display().to_string();
    let clone = |options: &[&str]| {
        sandbox.git(&["config", "uploadpack.allowFilter", "true"]);
        sandbox.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
        sandbox.git(&[&["clone", "-q"], options, &[&url, &target]].concat());
        copy.clone()
    };
    match kind {
        Kind::Subfolder => repo.join("src/deep"),
        Kind::Bare => clone(&["--bare"]),
        Kind::LinkedWorkTree => {
            sandbox.git(&["worktree", "add", "-q", "-b", "side", &target]);
            copy
        }
        Kind::BareWithWorkTree => {
            let bare = clone(&["--bare"]);
            let tree = sandbox.at("tree");
            sandbox.git_in(&bare, &["worktree", "add", "-q", "-b", "side", &tree.display().to_string()]);
            tree
        }
        Kind::Submodule => {
            fs::create_dir(sandbox.at("super")).unwrap();
            let outer = sandbox.at("super");
            sandbox.git_in(&outer, &["init", "-q", "-b", "main"]);
            sandbox.git_in(
                &outer,
                &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "part"],
            );
            outer.join("part")
        }
        Kind::Shallow => clone(&["--depth", "1"]),
        Kind::Partial => clone(&["--filter=blob:none", "--no-checkout"]),
        Kind::Treeless => clone(&["--filter=tree:0", "--no-checkout"]),
        Kind::Sparse | Kind::SparseIndex => {
            let index = if kind == Kind::SparseIndex { "--sparse-index" } else { "--no-sparse-index" };
            sandbox.git(&["sparse-checkout", "init", "--cone", index]);
            sandbox.git(&["sparse-checkout", "set", "src"]);
            repo.to_owned()
        }
        Kind::SplitIndex => {
            sandbox.git(&["update-index", "--split-index"]);
            repo.to_owned()
        }
        Kind::GitDirVariable => {
            sandbox.set("GIT_DIR", repo.join(".git")).set("GIT_WORK_TREE", repo);
            sandbox.root()
        }
        Kind::RelativeWorkTree => {
            sandbox.set("GIT_DIR", "repo/.git").set("GIT_WORK_TREE", "repo");
            sandbox.root()
        }
        _ => repo.to_owned(),
    }
}
