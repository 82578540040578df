//! The tags there are, with the commits behind them.

use super::{CommitId, Error, Repo};

/// A tag of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name, without `refs/tags/`.
    pub name: String,
    /// The commit, whatever stands between.
    pub commit: CommitId,
    /// When it was made, in seconds of Unix time: by its tagger, or, where it has none, with the commit.
    pub created: i64,
}

impl Repo {
    /// Every tag that leads to a commit, by name.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn tags(&self) -> Result<Vec<Tag>, Error> {
        let format = "--format=%(refname:strip=2)%00%(creatordate:unix)%00%(objecttype)%00%(objectname)%00\
            %(*objecttype)%00%(*objectname)";
        let output = self.git().args(["for-each-ref", format, "refs/tags"]).run()?;
        let text = String::from_utf8_lossy(&output.stdout);
        Ok(text.lines().filter_map(|line| self.read_tag(line)).collect())
    }

    fn read_tag(&self, line: &str) -> Option<Tag> {
        let mut fields = line.split('\0');
        let (name, created) = (fields.next()?, fields.next()?);
        let mut object = || Some((fields.next()?, fields.next()?));
        let (own, behind) = (object()?, object()?);
        let commit = match (own, behind) {
            (("commit", id), _) | (_, ("commit", id)) => id.parse().ok()?,
            // A tag of a tag: what lies behind both only git's own peeling tells.
            (("tag", _), ("tag", _)) => self.resolve(&format!("refs/tags/{name}")).ok()?,
            _ => return None,
        };
        Some(Tag { name: name.to_owned(), commit, created: created.parse().unwrap_or(0) })
    }
}
