//! Files of our own that one user writes and believes: whole, or as good as absent.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// More bytes than this are neither kept nor read.
const MOST: usize = 1 << 20;
/// Which kind of file it is and which form it has, and the CRC-32 of what follows.
const HEAD: usize = 8 + 4;

/// A file that belongs to one user.
#[derive(Debug, Clone)]
pub(super) struct OwnFile {
    path: PathBuf,
    magic: [u8; 8],
}

impl OwnFile {
    /// The file of this user in a folder, by the beginning of its name.
    pub(super) fn new(folder: &Path, name: &str, magic: [u8; 8]) -> Self {
        Self { path: folder.join(format!("{name}-{}.bin", rustix::process::geteuid().as_raw())), magic }
    }

    /// What was kept; nothing where it is damaged, of another form, or somebody else may have written it.
    pub(super) fn read(&self) -> Option<Vec<u8>> {
        let mut file = File::open(&self.path).ok()?;
        let found = file.metadata().ok()?;
        let is_own = found.uid() == rustix::process::geteuid().as_raw() && found.mode() & 0o022 == 0;
        let size = usize::try_from(found.len()).ok().filter(|size| is_own && *size <= MOST + HEAD)?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).ok()?;
        let mut body = Vec::with_capacity(size);
        file.take(MOST as u64).read_to_end(&mut body).ok()?;
        let is_whole = head[..8] == self.magic && head[8..] == crc32fast::hash(&body).to_le_bytes();
        is_whole.then_some(body)
    }

    /// Puts a content in the place of what was there, readable by nobody else. Where that fails, nothing is kept.
    pub(super) fn write(&self, body: &[u8]) {
        if body.len() > MOST {
            return;
        }
        let beside = self.path.with_extension(format!("{}.tmp", std::process::id()));
        let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside);
        let written = written.and_then(|mut file| {
            file.write_all(&self.magic)?;
            file.write_all(&crc32fast::hash(body).to_le_bytes())?;
            file.write_all(body)
        });
        if written.and_then(|()| fs::rename(&beside, &self.path)).is_err() {
            drop(fs::remove_file(&beside));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = OwnFile::new(folder.path(), "own", *b"testown1");
        assert_eq!(file.read(), None);
        file.write(b"abc");
        assert_eq!(file.read().as_deref(), Some(&b"abc"[..]));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        let other = OwnFile { magic: *b"testown2", ..file.clone() };
        assert_eq!(other.read(), None);
        let whole = fs::read(&file.path).unwrap();
        for at in 0..whole.len() {
            let mut torn = whole.clone();
            torn[at] ^= 1;
            fs::write(&file.path, &torn).unwrap();
            assert_eq!(file.read(), None, "byte {at}");
            fs::write(&file.path, &whole[..at]).unwrap();
            assert_eq!(file.read(), None, "{at} bytes");
        }
        file.write(&vec![0; MOST + 1]);
        assert_eq!(file.read(), None, "too much is not kept");
    }

    #[test]
    fn a_file_that_others_may_write_to_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let file = OwnFile::new(folder.path(), "own", *b"testown1");
        file.write(b"abc");
        assert_eq!(fs::metadata(&file.path).unwrap().mode() & 0o777, 0o600);
        fs::set_permissions(&file.path, fs::Permissions::from_mode(0o620)).unwrap();
        assert_eq!(file.read(), None);
    }
}
