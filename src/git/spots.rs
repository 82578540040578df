//! The tags and branches there are, each with its commit and its date.

use super::tips::TipsAsked;
use super::{CommitId, Error, Place, Repo, Tag};

/// A tag or a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The full name of the ref.
    pub name: String,
    /// The commit behind it.
    pub commit: CommitId,
    /// When it was made, in seconds of Unix time: a tag by its tagger, else by its commit.
    pub created: i64,
}

impl Spot {
    /// Whether it is a tag.
    #[must_use]
    pub fn is_tag(&self) -> bool {
        self.name.starts_with("refs/tags/")
    }
}

/// Where tags and branches are.
const FOLDERS: [&str; 3] = ["refs/heads", "refs/remotes", "refs/tags"];

/// The question for every tag and branch, at which git works while something else is done.
pub struct SpotsAsked(TipsAsked);

impl SpotsAsked {
    /// Begins to ask, before a repository was opened; nothing where git cannot be started.
    #[must_use]
    pub fn begin(place: &Place) -> Option<Self> {
        TipsAsked::begin(place, &FOLDERS, false).ok().map(Self)
    }

    /// The tags and branches there are, as [`Repo::spots`] has them.
    ///
    /// # Errors
    /// As [`Repo::spots`].
    pub fn finish(self, repo: &Repo) -> Result<Vec<Spot>, Error> {
        let spot = |tip: Tag| Spot { name: tip.name, commit: tip.commit, created: tip.created };
        Ok(self.0.finish(repo)?.into_iter().map(spot).collect())
    }
}

impl Repo {
    /// The tags and branches there are, those of remotes too, each once; names for other refs (`origin/HEAD`) are none.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words; [`Error::MissingObject`].
    pub fn spots(&self) -> Result<Vec<Spot>, Error> {
        SpotsAsked(TipsAsked::begin(self.place(), &FOLDERS, false)?).finish(self)
    }
}
