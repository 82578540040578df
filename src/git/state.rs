//! What is under way in a repository: merges, rebases and the like that a commit would disturb.

use super::Repo;

/// Files in the git directory, and what their presence means. `git am` shares its folder with a kind of rebase.
const SIGNS: [(&str, &str); 8] = [
    ("MERGE_HEAD", "merge"),
    ("rebase-merge", "rebase"),
    ("rebase-apply/applying", "git am"),
    ("rebase-apply", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("sequencer", "cherry-pick"),
    ("BISECT_LOG", "bisect"),
];

impl Repo {
    /// What is under way here that a commit would disturb: `merge`, `rebase`, `cherry-pick` …
    #[must_use]
    pub fn in_progress(&self) -> Option<&'static str> {
        let found = SIGNS.iter().find(|(file, _)| self.git_dir().join(file).exists());
        found.map(|(_, what)| *what).or_else(|| self.pseudo_ref_in_progress())
    }

    /// With reftable, these two are refs like any other, and no files.
    fn pseudo_ref_in_progress(&self) -> Option<&'static str> {
        if self.ref_format() != "reftable" {
            return None;
        }
        let picked = [("CHERRY_PICK_HEAD", "cherry-pick"), ("REVERT_HEAD", "revert")];
        picked.into_iter().find(|(name, _)| self.resolve(name).is_ok()).map(|(_, what)| what)
    }
}
