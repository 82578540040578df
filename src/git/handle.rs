//! What a repository opens once something asks for it: libgit2, and its packs.

use std::path::PathBuf;

use git2::{ObjectFormat, Repository};

use super::Repo;
use super::packs::Packs;

impl Repo {
    /// libgit2's handle.
    pub(super) fn handle(&self) -> Result<&Repository, git2::Error> {
        if let Some(open) = self.handle.get() {
            return Ok(open);
        }
        let opened = self.location().handle().map_err(|error| {
            // That there is none where there was one is no missing object.
            let said = format!("open {}: {}", self.git_dir().display(), error.message());
            git2::Error::new(git2::ErrorCode::GenericError, git2::ErrorClass::Repository, said)
        })?;
        Ok(self.handle.get_or_init(|| opened))
    }

    /// Which hash names its objects, as libgit2 says it.
    pub(super) fn hash(&self) -> ObjectFormat {
        if self.object_format() == "sha256" { ObjectFormat::Sha256 } else { ObjectFormat::Sha1 }
    }

    /// The packs of this repository, for many objects.
    pub(super) fn packs(&self) -> Packs {
        Packs::open(&self.object_folders(), self.object_format_digits() / 2)
    }

    /// The same for a few, as they were when they were asked for first: what came since is found by libgit2.
    pub(super) fn few_packs(&self) -> &Packs {
        self.packs.get_or_init(|| Packs::open_few(&self.object_folders(), self.object_format_digits() / 2))
    }

    fn object_folders(&self) -> Vec<PathBuf> {
        let own = std::iter::once(self.common_dir().join("objects"));
        own.chain(self.location().objects).collect()
    }
}
