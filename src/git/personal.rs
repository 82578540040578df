//! The file of settings that is a person's own: what `git config --global` reads and writes, and nothing that it includes.

use std::path::{Path, PathBuf};

use super::cli::words;
use super::{Error, Repo};

/// A value of that file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// The value.
    pub value: String,
    /// The file, where git names one.
    pub file: Option<PathBuf>,
}

impl Repo {
    /// The value of a key in the person's own file: the last one there. Includes are not followed, and neither the
    /// repository's own settings nor `git -c` and its variables are heard.
    ///
    /// # Errors
    /// [`Error::Git`] where the file cannot be read.
    pub fn personal_setting(&self, key: &str) -> Result<Option<Personal>, Error> {
        let options = ["config", "--global", "--no-includes", "-z", "--show-origin", "--get-all", key];
        let output = self.git().args(options).answer()?;
        match output.code {
            0 => {}
            1 => return Ok(None),
            _ => return Err(Error::Git { deed: "config --global".into(), words: words(&output.stderr) }),
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut fields = text.split('\0').filter(|field| !field.is_empty());
        let mut last = None;
        while let (Some(origin), Some(value)) = (fields.next(), fields.next()) {
            let file = origin.strip_prefix("file:").map(|path| self.cwd().join(Path::new(path)));
            last = Some(Personal { value: value.to_owned(), file });
        }
        Ok(last)
    }

    /// Writes a key into the person's own file, in place of all values that it had.
    ///
    /// # Errors
    /// [`Error::Git`] in git's words.
    pub fn set_personal(&self, key: &str, value: &str) -> Result<(), Error> {
        self.git().args(["config", "--global", "--replace-all", key, value]).run().map(drop)
    }

    /// Takes a key out of the person's own file.
    ///
    /// # Errors
    /// [`Error::Git`] in git's words.
    pub fn unset_personal(&self, key: &str) -> Result<(), Error> {
        self.git().args(["config", "--global", "--unset-all", key]).run().map(drop)
    }
}
