//! `sync`: several clones, one bare remote, real git; nothing that anybody wrote is lost in any of them.

mod care;
mod incidents;
mod merge;
mod remotes;
mod secrets;

use std::path::PathBuf;

use git_postmortem::git::{Drafts, Place, Repo};

use crate::drafts::{ID, TEXT};
use crate::sandbox::{Answer, Sandbox};

pub(crate) const BRANCH: &str = "postmortem/drafts";

/// A bare remote; Ana's clone is `repo/`, Bob's and Cy's stand beside it.
pub(crate) fn clones() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    let origin = sandbox.at("origin.git").display().to_string();
    sandbox.git(&["clone", "-q", "--bare", ".", &origin]);
    sandbox.git(&["remote", "add", "origin", &origin]);
    sandbox.git(&["fetch", "-q"]);
    sandbox.git(&["branch", "-q", "-u", "origin/main"]);
    for name in ["bob", "cy"] {
        sandbox.git(&["clone", "-q", &origin, &sandbox.at(name).display().to_string()]);
    }
    sandbox
}

/// The same, with one draft that all three have.
pub(crate) fn sharing() -> Sandbox {
    let sandbox = clones();
    save(&sandbox, "repo", ID, TEXT);
    for name in ["repo", "bob", "cy"] {
        sync(&sandbox, name).ok();
    }
    sandbox
}

pub(crate) fn clone_of(sandbox: &Sandbox, name: &str) -> PathBuf {
    sandbox.at(name)
}

/// Our binary, run by one of them.
pub(crate) fn run(sandbox: &Sandbox, name: &str, arguments: &[&str]) -> Answer {
    sandbox.run_in(&clone_of(sandbox, name), arguments)
}

pub(crate) fn sync(sandbox: &Sandbox, name: &str) -> Answer {
    run(sandbox, name, &["sync"])
}

/// Saves a draft in one of the clones.
pub(crate) fn save(sandbox: &Sandbox, name: &str, id: &str, text: &str) {
    store(sandbox, name, &[(&format!("{id}.md"), Some(text.as_bytes()))]);
}

/// Saves files on the drafts branch of one of the clones.
pub(crate) fn store(sandbox: &Sandbox, name: &str, changes: &[(&str, Option<&[u8]>)]) {
    let (cwd, environment) = (clone_of(sandbox, name), Some(sandbox.environment()));
    let repo = Repo::open(Place { cwd, environment, ..Place::default() }).unwrap();
    let changes: Vec<_> =
        changes.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.map(<[u8]>::to_vec))).collect();
    Drafts::branch(&repo, BRANCH, "origin", false).save(&changes, "test", &[]).unwrap();
}

/// A file of the drafts branch, as one of the clones or the remote has it.
pub(crate) fn text(sandbox: &Sandbox, name: &str, path: &str) -> String {
    let shown = sandbox.try_git_in(&clone_of(sandbox, name), &["show", &format!("{BRANCH}:{path}")]);
    shown.ok().stdout
}

/// The draft that all began with, as one of them has it.
pub(crate) fn draft(sandbox: &Sandbox, name: &str) -> String {
    text(sandbox, name, &format!("{ID}.md"))
}

/// Every file of the drafts branch.
pub(crate) fn files(sandbox: &Sandbox, name: &str) -> Vec<String> {
    let listed = sandbox.git_in(&clone_of(sandbox, name), &["ls-tree", "-r", "--name-only", BRANCH]);
    listed.lines().map(str::to_owned).collect()
}

/// All clones and the remote have the same branch; hands back nothing but that.
#[track_caller]
pub(crate) fn assert_in_step(sandbox: &Sandbox) {
    let tip = |name: &str| sandbox.git_in(&clone_of(sandbox, name), &["rev-parse", BRANCH]);
    let there = tip("origin.git");
    for name in ["repo", "bob", "cy"] {
        assert_eq!(tip(name), there, "{name}");
        sandbox.assert_sound(&clone_of(sandbox, name));
    }
    sandbox.assert_sound(&clone_of(sandbox, "origin.git"));
    // Each parent once.
    let parents = sandbox.git_in(&clone_of(sandbox, "origin.git"), &["log", "--format=%P", BRANCH]);
    for line in parents.lines() {
        let mut names: Vec<&str> = line.split(' ').collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{line}");
    }
}

/// Everybody syncs until all have the same; conflicts may be there.
pub(crate) fn sync_all(sandbox: &Sandbox) {
    for name in ["repo", "bob", "cy", "repo", "bob"] {
        let answer = sync(sandbox, name);
        assert!(matches!(answer.code, 0 | 1), "{name}: {answer:?}");
    }
    assert_in_step(sandbox);
}
