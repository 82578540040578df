//! Three-way merges of texts, by `git merge-file`.

use std::fs;
use std::path::PathBuf;

use super::{Error, Repo, cli};

/// The outcome of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text, with conflict markers where both sides changed the same lines.
    pub bytes: Vec<u8>,
    /// How many such places there are.
    pub conflicts: u32,
}

impl Repo {
    /// Merges what two sides made of a base; the labels name ours, base and theirs in conflict markers.
    ///
    /// # Errors
    /// [`Error::Git`] where git refuses, as for binary content.
    pub fn merge_texts(
        &self,
        base: &[u8],
        ours: &[u8],
        theirs: &[u8],
        labels: [&str; 3],
    ) -> Result<Merged, Error> {
        if ours == theirs || theirs == base {
            return Ok(Merged { bytes: ours.to_vec(), conflicts: 0 });
        }
        if ours == base {
            return Ok(Merged { bytes: theirs.to_vec(), conflicts: 0 });
        }
        let room = Room::make(self.state_folder("")?.join(format!("merge-{}", std::process::id())))?;
        let command = self.git().args(["merge-file", "-p", "-q"]);
        let command = labels.iter().fold(command, |command, label| command.arg("-L").arg(label));
        let files = [room.put("ours", ours)?, room.put("base", base)?, room.put("theirs", theirs)?];
        let output = command.args(files).answer()?;
        match u32::try_from(output.code) {
            // The exit code counts conflicts up to 127; above that stand failures.
            Ok(conflicts @ 0..=127) => Ok(Merged { bytes: output.stdout, conflicts }),
            _ => Err(Error::Git { deed: "merge-file".into(), words: cli::words(&output.stderr) }),
        }
    }
}

/// A folder for three files, gone when the merge is over.
struct Room(PathBuf);

impl Room {
    fn make(path: PathBuf) -> Result<Self, Error> {
        fs::create_dir_all(&path).map_err(|error| Error::io("create", &path, &error))?;
        Ok(Self(path))
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
        let path = self.0.join(name);
        fs::write(&path, bytes).map_err(|error| Error::io("write", &path, &error))?;
        Ok(path)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}
