//! What a change would be, as git shows it.

use super::{Error, Repo};

impl Repo {
    /// The change of one file in the form of `git diff`; nothing is written.
    ///
    /// # Errors
    /// libgit2's.
    pub fn patch(&self, path: &str, old: Option<&[u8]>, new: &[u8]) -> Result<Vec<u8>, Error> {
        let name = std::path::Path::new(path);
        let fail = |error: git2::Error| Error::object(format!("compare {path}"), &error);
        let before = old.unwrap_or_default();
        let patch = git2::Patch::from_buffers(before, Some(name), new, Some(name), None);
        let text = patch.and_then(|mut patch| patch.to_buf().map(|text| text.to_vec()));
        text.map_err(fail)
    }
}
