//! A new repository, free of what the user's settings put into new ones.

use super::{Error, Git, Place};

/// Makes an empty repository in a folder, with its first branch named; no template's hooks get into it.
///
/// # Errors
/// Git's.
pub fn init(place: &Place, branch: &str) -> Result<(), Error> {
    let branch = format!("--initial-branch={branch}");
    Git::new(place).args(["init", "--quiet", "--template=", &branch]).run()?;
    Ok(())
}
