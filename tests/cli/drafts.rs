//! Drafts made without the binary, so that each command is tried by itself.

use git_postmortem::git::{Drafts, Place, Repo};

use crate::sandbox::Sandbox;

/// The id of [`TEXT`]'s draft.
pub(crate) const ID: &str = "2026-11-23-checkout-returns-5xx";

/// Where it is published.
pub(crate) const PATH: &str = "docs/post-mortems/2026-11-23-checkout-returns-5xx.md";

/// A draft with guidance of the template's in it.
pub(crate) const TEXT: &str = "# Post-Mortem: Checkout returns 5xx\n\n**Date**: 2026-11-23\n**Duration**: 31 minutes\n\
    **Severity**: SEV-2\n**Author**: @ana\n**Reviewers**: @bo\n\n## Summary\n\n\
    <!-- my own comment -->\nCheckout answered 5xx for 31 minutes after a deploy. One in five orders failed.\n\n\
    ## Root Cause\n\nThe migration locked the orders table.\n\n## Action Items\n\n\
    | # | Action | Owner | Priority | Effort | Due Date | Status |\n|---|---|---|---|---|---|---|\n\
    | 1 | Test migrations against full-size data | @platform | P1 | large | 2026-12-20 | Open |\n\
    | 2 | Roll back on error rate above 1 % | @ana | P1 | small | 2026-12-04 | Open |\n\
    | 3 | Update the rollback runbook |  | P3 | small | 2026-12-11 | Open |\n";

/// Saves a draft.
pub(crate) fn save(sandbox: &Sandbox, id: &str, text: &str) {
    store(sandbox, &[(format!("{id}.md"), Some(text.as_bytes().to_vec()))], false);
}

/// Saves files on the drafts branch, or among the private drafts.
pub(crate) fn store(sandbox: &Sandbox, changes: &[(String, Option<Vec<u8>>)], private: bool) {
    let place = Place { cwd: sandbox.repo(), environment: Some(sandbox.environment()), ..Place::default() };
    let repo = Repo::open(place).unwrap();
    let drafts = if private {
        Drafts::private(&repo)
    } else {
        Drafts::branch(&repo, "postmortem/drafts", "origin", false)
    };
    drafts.save(changes, "test", &[]).unwrap();
}

/// A repository with the draft, and other work staged, unstaged and untracked; hands back its status.
pub(crate) fn busy() -> (Sandbox, String) {
    let sandbox = Sandbox::with_repository();
    sandbox.commit("tracked.txt", "1\n", "tracked");
    save(&sandbox, ID, TEXT);
    sandbox.write("tracked.txt", "2\n");
    sandbox.write("staged.txt", "staged\n");
    sandbox.git(&["add", "staged.txt"]);
    sandbox.write("untracked.txt", "untracked\n");
    let status = sandbox.status();
    (sandbox, status)
}

/// The drafts that are left.
pub(crate) fn left(sandbox: &Sandbox) -> String {
    sandbox.git(&["ls-tree", "-r", "--name-only", "postmortem/drafts"])
}
