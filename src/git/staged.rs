//! What the next commit would change: files of the index that HEAD has not as they are.

use super::objects::TreeFile;
use super::{Error, Repo};

impl Repo {
    /// The files whose staged content is another than HEAD's, those taken away left out, by path.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn staged_files(&self) -> Result<Vec<TreeFile>, Error> {
        let options = [
            "diff",
            "--cached",
            "--raw",
            "-z",
            "--no-renames",
            "--no-abbrev",
            "--no-ext-diff",
            "--diff-filter=d",
        ];
        let output = self.git().args(options).run()?;
        let mut parts = output.stdout.split(|byte| *byte == 0);
        let mut files = Vec::new();
        // `:100644 100644 OLD NEW M`, then the path.
        while let (Some(head), Some(path)) = (parts.next(), parts.next()) {
            let head = String::from_utf8_lossy(head);
            let fields: Vec<&str> = head.split(' ').collect();
            let [_, mode, _, blob, _] = fields.as_slice() else { continue };
            // Links and submodules are no documents; a path in conflict has no one content.
            if let (true, Ok(blob)) = (mode.starts_with("100"), blob.parse()) {
                files.push(TreeFile { path: String::from_utf8_lossy(path).into_owned(), blob });
            }
        }
        Ok(files)
    }
}
