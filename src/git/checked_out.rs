//! Blobs that lie in the work tree as they are: reading a file and hashing it takes less time than unpacking the object.

use std::os::fd::OwnedFd;

use rustix::fs::{Mode, OFlags, openat};
use rustix::io::{Errno, read};
use sha1::{Digest, Sha1};

use super::{ObjectId, Repo};

/// Above this many bytes a file is left to the object database.
const LARGEST: usize = 1 << 20;

/// What is asked for at first: most documents are shorter.
const PAGE: usize = 1 << 16;

/// So many files may be in vain before the work tree counts as another revision's.
const PATIENCE: usize = 16;

/// The files of a work tree, each believed to be a blob only where its own bytes have the blob's name: what somebody
/// changed, and what is filtered on its way into the repository, is never taken for what was committed.
pub(super) struct CheckedOut<'t> {
    top: Option<&'t OwnedFd>,
    /// The folder of the last file, which most likely is that of the next one.
    folder: Option<(String, OwnedFd)>,
    buffer: Vec<u8>,
    found: usize,
    vain: usize,
}

/// The top of the work tree, where a repository has one and its objects are named by SHA-1.
pub(super) fn top(repo: &Repo) -> Option<OwnedFd> {
    let flags = OFlags::DIRECTORY | OFlags::CLOEXEC;
    let top = repo.work_tree().filter(|_| repo.object_format() == "sha1")?;
    openat(rustix::fs::CWD, top, flags, Mode::empty()).ok()
}

impl<'t> CheckedOut<'t> {
    pub(super) fn new(top: Option<&'t OwnedFd>) -> Self {
        Self { top, folder: None, buffer: Vec::new(), found: 0, vain: 0 }
    }

    /// The content of a blob, where the file of that path has it.
    pub(super) fn read(&mut self, path: &str, blob: &ObjectId) -> Option<&[u8]> {
        if self.vain > self.found + PATIENCE {
            return None;
        }
        let length = self.fill(path).unwrap_or_default();
        let length = length.filter(|length| name_of(&self.buffer[..*length]) == blob.as_bytes());
        match length {
            Some(_) => self.found += 1,
            None => self.vain += 1,
        }
        length.map(|length| &self.buffer[..length])
    }

    /// Reads a file into the buffer, and tells its length; none where it is a large one.
    fn fill(&mut self, path: &str) -> Result<Option<usize>, Errno> {
        let Some(top) = self.top else { return Ok(None) };
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        // A file asked of its open folder is found in half the time.
        let folder = match self.folder.take().filter(|(last, _)| last == folder) {
            Some(last) => last,
            None if folder.split('/').any(|name| name == "..") => return Ok(None),
            None => (folder.to_owned(), open(top, folder, OFlags::DIRECTORY)?),
        };
        let (_, folder) = self.folder.insert(folder);
        let file = open(folder, name, OFlags::NOFOLLOW)?;
        let mut length = 0;
        loop {
            if length == self.buffer.len() {
                if length >= LARGEST {
                    return Ok(None);
                }
                self.buffer.resize((length * 2).max(PAGE), 0);
            }
            match read(&file, &mut self.buffer[length..]) {
                // Less than was asked for is the end of a file, and where it is not, the name tells.
                Ok(more) if length + more < self.buffer.len() => return Ok(Some(length + more)),
                Ok(more) => length += more,
                Err(Errno::INTR) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Opens what is there by now: that neither waits nor makes a terminal ours.
fn open(folder: &OwnedFd, name: &str, flags: OFlags) -> Result<OwnedFd, Errno> {
    let flags = flags | OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    openat(folder, name, flags, Mode::empty())
}

/// The name of a blob (gitformat-loose: the hash of `blob SIZE NUL content`).
fn name_of(content: &[u8]) -> [u8; 20] {
    let mut hash = Sha1::new();
    hash.update(format!("blob {}\0", content.len()));
    hash.update(content);
    hash.finalize().into()
}
