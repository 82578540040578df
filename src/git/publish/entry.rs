//! The index entry of one path: what it holds, and what the user has told git to overlook about it.

use crate::git::{Error, ObjectId, Repo};

/// What the index has at a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct IndexEntry {
    /// Mode and blob; nothing where there is no entry.
    pub(super) content: Option<(String, ObjectId)>,
    /// In conflict: there are several.
    pub(super) torn: bool,
    /// Set by sparse checkout, or by hand to hide changes of a file that is there.
    pub(super) skipped: bool,
    /// Set by hand, to the same end.
    pub(super) assumed: bool,
}

impl IndexEntry {
    pub(super) fn read(repo: &Repo, path: &str) -> Result<Self, Error> {
        let output = repo.git().args(["ls-files", "--full-name", "-z", "-s", "-v", "--"]).path(path).run()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let Some(entry) = text.split('\0').find(|entry| !entry.is_empty()) else {
            return Ok(Self::default());
        };
        let torn = Self { torn: true, ..Self::default() };
        let fields: Vec<&str> = entry.split_whitespace().take(4).collect();
        let [tag, mode, blob, "0"] = fields[..] else { return Ok(torn) };
        let Ok(blob) = blob.parse() else { return Ok(torn) };
        Ok(Self {
            content: Some((mode.to_owned(), blob)),
            torn: false,
            skipped: tag.eq_ignore_ascii_case("s"),
            assumed: tag.chars().all(|letter| letter.is_ascii_lowercase()),
        })
    }

    pub(super) fn blob(&self) -> Option<ObjectId> {
        self.content.as_ref().map(|(_, blob)| *blob)
    }

    /// Lets git see the file again: it would neither stage nor commit what it was told to overlook.
    pub(super) fn uncover(&self, repo: &Repo, path: &str) -> Result<(), Error> {
        for (set, option) in [(self.skipped, "--no-skip-worktree"), (self.assumed, "--no-assume-unchanged")] {
            if set {
                mark(repo, path, option)?;
            }
        }
        Ok(())
    }

    /// Overlooks it again, as the user had asked for.
    pub(super) fn cover(&self, repo: &Repo, path: &str) {
        for (set, option) in [(self.skipped, "--skip-worktree"), (self.assumed, "--assume-unchanged")] {
            if set {
                drop(mark(repo, path, option));
            }
        }
    }

    /// Makes the index have this entry again; what cannot be put back is left for the user to see.
    pub(super) fn put_back(&self, repo: &Repo, path: &str) {
        if self.torn || Self::read(repo, path).is_ok_and(|now| now == *self) {
            return;
        }
        let update = match &self.content {
            Some((mode, blob)) => format!("{mode} {blob}\t{path}\0"),
            None => format!("0 {}\t{path}\0", "0".repeat(repo.object_format_digits())),
        };
        drop(repo.git().args(["update-index", "-z", "--index-info"]).input(update).run());
        self.cover(repo, path);
    }
}

fn mark(repo: &Repo, path: &str, option: &str) -> Result<(), Error> {
    // From the top: it takes paths from where we stand.
    let path = repo.work_tree().ok_or(Error::Bare)?.join(path);
    let command = repo.git().args(["update-index", "-z", option, "--stdin"]);
    command.input(format!("{}\0", path.display())).run().map(drop)
}
