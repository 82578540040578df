//! Bytes in both of their forms: as they stand in the work tree, and as git stores them (line ends, `ident`, a filter).

use git2::{ObjectType, Oid};

use crate::git::{Error, ObjectId, Repo};

/// Bytes, and the blobs that git may make of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) bytes: Vec<u8>,
    /// Unfiltered: also where git leaves CRLF alone because the blob before had it, which only the index tells.
    raw: ObjectId,
    /// After the filters that apply to the path.
    stored: ObjectId,
}

impl Content {
    pub(super) fn of(repo: &Repo, path: &str, bytes: &[u8]) -> Result<Self, Error> {
        let raw = raw(repo, bytes)?;
        Ok(Self { bytes: bytes.to_vec(), raw, stored: stored(repo, path, bytes)? })
    }

    /// Whether a blob is what git makes of these bytes.
    pub(super) fn is(&self, blob: ObjectId) -> bool {
        blob == self.raw || blob == self.stored
    }

    /// Whether a blob is these very bytes.
    pub(super) fn is_raw(&self, blob: ObjectId) -> bool {
        blob == self.raw
    }

    /// Whether both come to the same blob.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.raw == other.raw || self.stored == other.stored
    }
}

/// Whether there is the content of a blob, or nothing on both sides.
pub(super) fn agree(content: Option<&Content>, blob: Option<ObjectId>) -> bool {
    match (content, blob) {
        (Some(content), Some(blob)) => content.is(blob),
        (content, blob) => content.is_none() && blob.is_none(),
    }
}

impl Repo {
    /// The blobs that git may make of bytes that it stores at a path: it filters line ends, for one.
    ///
    /// # Errors
    /// [`Error::Git`] where a filter fails.
    pub fn stored_forms(&self, path: &str, bytes: &[u8]) -> Result<[ObjectId; 2], Error> {
        let raw = raw(self, bytes)?;
        Ok([raw, if self.work_tree().is_some() { stored(self, path, bytes)? } else { raw }])
    }

    /// Whether git, storing these bytes at a path, may make this blob of them.
    ///
    /// # Errors
    /// [`Error::Git`] where a filter fails.
    pub fn stores_as(&self, path: &str, bytes: &[u8], blob: ObjectId) -> Result<bool, Error> {
        Ok(raw(self, bytes)? == blob || self.stored_forms(path, bytes)?.contains(&blob))
    }

    /// What a checkout would write for these bytes of a blob.
    pub(super) fn checked_out(&self, path: &str, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let blob = self.write_blob(bytes)?.to_string();
        let path = format!("--path={path}");
        // From the top: the path is not taken from where we stand.
        Ok(self.git().args(["cat-file", "--filters", &path, &blob]).run()?.stdout)
    }
}

fn raw(repo: &Repo, bytes: &[u8]) -> Result<ObjectId, Error> {
    let hashed = Oid::hash_object_ext(ObjectType::Blob, bytes, repo.hash());
    hashed.map(ObjectId::from_git2).map_err(|error| Error::object("hash a text", &error))
}

fn stored(repo: &Repo, path: &str, bytes: &[u8]) -> Result<ObjectId, Error> {
    let top = repo.work_tree().ok_or(Error::Bare)?.join(path);
    let output = repo.git().args(["hash-object", "--stdin", "--path"]).arg(&top).input(bytes).run()?;
    output.text().parse().map_err(|_| Error::Git { deed: "hash-object".into(), words: output.stderr })
}
