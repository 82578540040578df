//! Parts of a history: up to the first commit that is looked for, and what one commit has and another lacks.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use super::{CommitId, Error, Repo, cli};

/// A commit and its parents.
pub type Linked = (CommitId, Vec<CommitId>);

impl Repo {
    /// The first commit of some kind that git comes upon in the history of a tip, newer ones first: it looks no further.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn first_met(
        &self,
        tip: &CommitId,
        is_one: impl Fn(&CommitId) -> bool,
    ) -> Result<Option<CommitId>, Error> {
        let no_git = |error: std::io::Error| Error::NoGit { words: error.to_string() };
        let mut command = self.git().args(["rev-list", &tip.to_string()]).command();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(no_git)?;
        let mut found = None;
        if let Some(stdout) = child.stdout.take() {
            for line in BufReader::new(stdout).lines() {
                let commit = line.map_err(no_git)?.parse::<CommitId>().ok();
                found = commit.filter(&is_one);
                if found.is_some() {
                    break;
                }
            }
        }
        // The pipe is closed: git ends by itself, and how is of no interest where the answer is there.
        let mut words = String::new();
        if let Some(mut stderr) = child.stderr.take() {
            drop(stderr.read_to_string(&mut words));
        }
        let status = child.wait().map_err(no_git)?;
        if found.is_none() && !status.success() {
            return Err(Error::Git { deed: "rev-list".into(), words: cli::words(&words) });
        }
        Ok(found)
    }

    /// The commits that the second has and the first lacks, children before their parents.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn range(&self, old: &CommitId, new: &CommitId) -> Result<Vec<Linked>, Error> {
        let options = ["rev-list", "--topo-order", "--parents"];
        let output = self.git().args(options).arg(format!("{old}..{new}")).run()?;
        let text = output.text();
        let read = |line: &str| {
            let mut ids = line.split(' ').map(str::parse::<CommitId>);
            let commit = ids.next()?.ok()?;
            Some((commit, ids.filter_map(Result::ok).collect()))
        };
        Ok(text.lines().filter_map(read).collect())
    }
}
