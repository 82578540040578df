//! Where git looks for hooks, and which gits there are.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Error, Repo};

impl Repo {
    /// The folder that git runs hooks from, absolute, whether it exists or not.
    ///
    /// # Errors
    /// [`Error::Git`] where git cannot tell.
    pub fn hooks_folder(&self) -> Result<PathBuf, Error> {
        let question = ["rev-parse", "--path-format=absolute", "--git-path", "hooks"];
        Ok(PathBuf::from(self.git().args(question).run()?.text()))
    }
}

/// The version of a git; none where the program does not answer as git does.
#[must_use]
pub fn version(program: &Path) -> Option<[u32; 3]> {
    let output = Command::new(program).arg("version").output().ok()?;
    parse(&String::from_utf8_lossy(&output.stdout))
}

/// `git version 2.39.5 (Apple Git-154)`, `git version 2.54.0.rc1`.
fn parse(said: &str) -> Option<[u32; 3]> {
    let mut numbers = said.strip_prefix("git version ")?.split(|c: char| !c.is_ascii_digit());
    let mut next = || numbers.next()?.parse().ok();
    Some([next()?, next()?, next().unwrap_or(0)])
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn versions_of_every_vendor_are_read() {
        assert_eq!(parse("git version 2.39.5 (Apple Git-154)\n"), Some([2, 39, 5]));
        assert_eq!(parse("git version 2.54.0.rc1\n"), Some([2, 54, 0]));
        assert_eq!(parse("git version 2.47.1.windows.2\n"), Some([2, 47, 1]));
        assert_eq!(parse("git version 3.0\n"), Some([3, 0, 0]));
        assert_eq!(parse("hub version 2.14\n"), None);
    }
}
