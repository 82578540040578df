//! One path in its three places: the commit, the index and the file.

use std::fs;
use std::path::PathBuf;

use super::{Depth, PathChange, readiness, remove_empty_folders, write_file};
use crate::git::{CommitId, Error, ObjectId, Repo};

/// A path as it was found, and what it shall become.
pub(super) struct Place<'c> {
    change: &'c PathChange,
    top: PathBuf,
    /// What `HEAD` has.
    head: Option<ObjectId>,
    /// What the index has: mode and blob; `Err` for an entry in conflict.
    index: Result<Option<(String, ObjectId)>, ()>,
    /// What the file holds.
    file: Option<Vec<u8>>,
    /// The file's content as git would store it.
    stored: Option<ObjectId>,
    /// The new content as git would store it.
    wanted: Option<ObjectId>,
    /// Whether sparse checkout keeps the file away.
    sparse: bool,
}

impl<'c> Place<'c> {
    /// Looks at all three places.
    pub(super) fn look(repo: &Repo, head: Option<&CommitId>, change: &'c PathChange) -> Result<Self, Error> {
        let top = repo.work_tree().ok_or(Error::Bare)?.to_owned();
        let path = change.path.as_str();
        refuse_links(&top, path)?;
        let in_head = head.map(|head| repo.file(head, path)).transpose()?.flatten().map(|file| file.blob);
        let (index, sparse) = read_index(repo, path)?;
        let absolute = top.join(path);
        let file = match fs::read(&absolute) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(Error::io("read", &absolute, &error)),
        };
        let stored = file.as_deref().map(|bytes| hash(repo, path, bytes)).transpose()?;
        let wanted = change.bytes.as_deref().map(|bytes| hash(repo, path, bytes)).transpose()?;
        Ok(Self { change, top, head: in_head, index, file, stored, wanted, sparse })
    }

    pub(super) fn path(&self) -> &str {
        &self.change.path
    }

    /// Whether commit, index and file hold the wanted content already. A file outside a sparse cone may be absent.
    pub(super) fn is_settled(&self) -> bool {
        self.head == self.wanted && self.index_blob() == Ok(self.wanted) && self.file_is(self.head)
    }

    /// Refuses to bury anybody's work: what differs from `HEAD` must be what we are about to write.
    pub(super) fn check(&self, repo: &Repo, depth: Depth) -> Result<(), Error> {
        let path = self.change.path.clone();
        if depth == Depth::WorkTree {
            return self.check_file(repo);
        }
        if self.head != self.change.expect && self.head != self.wanted {
            return Err(Error::Changed { path, newer: self.head });
        }
        let dirty = |how: &'static str| Err(Error::Dirty { path: path.clone(), how });
        if !self.file_is(self.head) && self.stored != self.wanted {
            return match self.head {
                None => dirty("is there already, and not committed"),
                Some(_) if self.file.is_none() => dirty("was removed, and that is not committed"),
                Some(_) => dirty("has changes that are not committed"),
            };
        }
        match self.index_blob() {
            Err(()) => return dirty("is in conflict"),
            Ok(blob) if blob != self.head && blob != self.wanted => return dirty("has staged changes"),
            Ok(_) => {}
        }
        if self.wanted.is_some()
            && let Some(rule) = readiness::is_ignored(repo, &path)?
        {
            return Err(Error::Ignored { path, rule });
        }
        Ok(())
    }

    /// Where only the file is written, it is the file that must be what was read; commit and index do not count.
    fn check_file(&self, repo: &Repo) -> Result<(), Error> {
        let raw = self.file.as_deref().map(|bytes| repo.write_blob(bytes)).transpose()?;
        if [raw, self.stored].iter().any(|found| *found == self.change.expect || *found == self.wanted) {
            return Ok(());
        }
        Err(Error::Changed { path: self.change.path.clone(), newer: raw })
    }

    pub(super) fn write(&self, repo: &Repo) -> Result<(), Error> {
        let absolute = self.top.join(self.path());
        match &self.change.bytes {
            Some(bytes) if self.file.as_ref() == Some(bytes) => Ok(()),
            Some(bytes) => write_file(repo, &absolute, bytes),
            None if self.file.is_none() => Ok(()),
            None => {
                fs::remove_file(&absolute).map_err(|error| Error::io("remove", &absolute, &error))?;
                remove_empty_folders(repo, &self.top, self.path());
                Ok(())
            }
        }
    }

    pub(super) fn stage(&self, repo: &Repo) -> Result<(), Error> {
        if self.wanted.is_some() {
            // `--sparse`: a document may stand outside the cone, and git would refuse it.
            return repo.git().args(["add", "--sparse", "--"]).path(self.path()).run().map(drop);
        }
        let remove = ["rm", "--cached", "--sparse", "--quiet", "--ignore-unmatch", "--"];
        repo.git().args(remove).path(self.path()).run().map(drop)
    }

    /// Puts file and index entry back as they were found; what cannot be put back is left for the user to see.
    pub(super) fn put_back(&self, repo: &Repo) {
        let absolute = self.top.join(self.path());
        match &self.file {
            Some(bytes) => drop(write_file(repo, &absolute, bytes)),
            None => {
                drop(fs::remove_file(&absolute));
                remove_empty_folders(repo, &self.top, self.path());
            }
        }
        let update = match &self.index {
            Ok(Some((mode, blob))) => format!("{mode} {blob}\t{}\0", self.path()),
            Ok(None) => format!("0 {}\t{}\0", "0".repeat(repo.object_format_digits()), self.path()),
            Err(()) => return,
        };
        drop(repo.git().args(["update-index", "-z", "--index-info"]).input(update).run());
        if self.sparse && self.file.is_none() {
            let skip = repo.git().args(["update-index", "-z", "--skip-worktree", "--stdin"]);
            drop(skip.input(format!("{}\0", self.path())).run());
        }
    }

    /// Whether a commit holds the wanted content.
    pub(super) fn holds(&self, repo: &Repo, commit: &CommitId) -> bool {
        repo.file(commit, self.path()).is_ok_and(|file| file.map(|file| file.blob) == self.wanted)
    }

    fn index_blob(&self) -> Result<Option<ObjectId>, ()> {
        match &self.index {
            Ok(entry) => Ok(entry.as_ref().map(|(_, blob)| *blob)),
            Err(()) => Err(()),
        }
    }

    fn file_is(&self, blob: Option<ObjectId>) -> bool {
        self.stored == blob || self.sparse && self.file.is_none()
    }
}

/// The name of the blob that git would store, after the filters that apply to the path (line ends, for one).
fn hash(repo: &Repo, path: &str, bytes: &[u8]) -> Result<ObjectId, Error> {
    let top = repo.work_tree().ok_or(Error::Bare)?.join(path);
    let output = repo.git().args(["hash-object", "--stdin", "--path"]).arg(&top).input(bytes).run()?;
    output.text().parse().map_err(|_| Error::Git { deed: "hash-object".into(), words: output.stderr })
}

/// The index entry of a path, and whether sparse checkout keeps its file away.
#[allow(clippy::type_complexity, reason = "two answers of one question, taken apart at once")]
fn read_index(repo: &Repo, path: &str) -> Result<(Result<Option<(String, ObjectId)>, ()>, bool), Error> {
    let command = repo.git().args(["ls-files", "--full-name", "-z", "-s", "-t", "--"]).path(path);
    let output = command.run()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let entries: Vec<&str> = text.split('\0').filter(|entry| !entry.is_empty()).collect();
    let Some(entry) = entries.first() else { return Ok((Ok(None), false)) };
    let fields: Vec<&str> = entry.split_whitespace().take(4).collect();
    let [tag, mode, blob, stage] = fields[..] else { return Ok((Err(()), false)) };
    match (blob.parse(), stage) {
        (Ok(blob), "0") => Ok((Ok(Some((mode.to_owned(), blob))), tag == "S")),
        _ => Ok((Err(()), false)),
    }
}

/// A link in the way would lead the file out of the work tree, and git would not follow.
fn refuse_links(top: &std::path::Path, path: &str) -> Result<(), Error> {
    let mut walked = top.to_owned();
    let components: Vec<&str> = path.split('/').collect();
    for (at, name) in components.iter().enumerate() {
        walked.push(name);
        let is_last = at + 1 == components.len();
        let bad = match fs::symlink_metadata(&walked) {
            Ok(metadata) if is_last => !metadata.is_file(),
            Ok(metadata) => !metadata.is_dir(),
            Err(_) => false,
        };
        if bad || matches!(*name, "" | "." | "..") || name.eq_ignore_ascii_case(".git") {
            return Err(Error::Unreachable { path: path.to_owned(), component: walked });
        }
    }
    Ok(())
}
