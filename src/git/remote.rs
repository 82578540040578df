//! One branch brought from a remote and sent to it, by git's own transport; never by force.

use super::cli::{self, Output};
use super::{CommitId, Error, ObjectId, RefUpdate, Repo};

/// Deeper than any history of drafts; less than what git takes for "all of every branch".
const DEEP: &str = "--depth=1000000";

/// How often a fetch is tried again while another one holds the ref.
const FETCHES: u32 = 6;

/// What became of a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pushed {
    /// The remote has it.
    Done,
    /// Somebody else was quicker, or is at it: fetch, and try again.
    Behind,
    /// The remote does not want it; in git's words.
    Refused(String),
    /// The hook `pre-push` of this clone does not want it, and nothing was asked of the remote; in the hook's words.
    Stopped(String),
}

impl Repo {
    /// Brings a branch of a remote to its remote-tracking branch, whatever the remote's refspec says; hands back its
    /// tip, and nothing where the remote has no such branch. `deep` brings what a short history left out.
    ///
    /// # Errors
    /// [`Error::Git`] where the remote cannot be reached, [`Error::Quarantined`].
    pub fn fetch_branch(&self, remote: &str, branch: &str, deep: bool) -> Result<Option<CommitId>, Error> {
        self.refuse_in_quarantine()?;
        let tracking = format!("refs/remotes/{remote}/{branch}");
        let options = [
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--recurse-submodules=no",
            "--no-prune",
        ];
        let mut output = self.fetch_once(&options, remote, branch, deep)?;
        for tries in 0..FETCHES {
            // Another fetch is at the same ref: an editor's, or another of us.
            if output.code == 0
                || !["cannot lock ref", ".lock'"].iter().any(|words| output.stderr.contains(words))
            {
                break;
            }
            super::pause_before_retry(tries);
            output = self.fetch_once(&options, remote, branch, deep)?;
        }
        let known = self.refs(&[&tracking])?.into_iter().find(|found| found.name == tracking);
        if output.code == 0 {
            return Ok(known.and_then(|found| found.commit));
        }
        if !output.stderr.contains("couldn't find remote ref") {
            return Err(Error::Git { deed: "fetch".into(), words: cli::words(&output.stderr) });
        }
        if let Some(found) = known {
            let gone = RefUpdate { name: tracking, old: Some(found.target), new: None };
            self.update_refs(&[gone], "postmortem: the remote has it no more")?;
        }
        Ok(None)
    }

    fn fetch_once(&self, options: &[&str], remote: &str, branch: &str, deep: bool) -> Result<Output, Error> {
        let command = self.git().args(options).args(deep.then_some(DEEP)).arg(remote);
        // With a plus: what the remote has is what the remote-tracking branch says.
        let command = command.arg(format!("+refs/heads/{branch}:refs/remotes/{remote}/{branch}"));
        command.answer_with_hooks(&self.state_folder("")?)
    }

    /// Sends a commit to a branch of a remote, where that only goes on from what the remote has.
    ///
    /// # Errors
    /// [`Error::NoGit`], [`Error::Quarantined`]; a refusal is an answer.
    pub fn push_branch(&self, remote: &str, branch: &str, commit: &CommitId) -> Result<Pushed, Error> {
        self.refuse_in_quarantine()?;
        // Neither tags nor submodules, whatever the settings send along.
        let options =
            ["push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no", "--no-force", remote];
        let command = self.git().args(options).arg(format!("{commit}:refs/heads/{branch}"));
        let output = command.answer_with_hooks(&self.state_folder("")?)?;
        if output.code == 0 {
            self.note_pushed(remote, branch, commit);
            return Ok(Pushed::Done);
        }
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let lost = [
            "(fetch first)",
            "(non-fast-forward)",
            "cannot lock ref",
            "failed to update ref",
            "incorrect old value",
        ];
        if lost.iter().any(|words| said.contains(words) || output.stderr.contains(words)) {
            return Ok(Pushed::Behind);
        }
        let words = refusal(&said, &output.stderr);
        // Whatever the remote says has a line of its own, and where it cannot be reached git says so.
        let is_asked = said.lines().any(|line| line.starts_with('!')) || output.stderr.contains("fatal:");
        let is_hook = !is_asked && self.hooks_folder()?.join("pre-push").is_file();
        Ok(if is_hook { Pushed::Stopped(words) } else { Pushed::Refused(words) })
    }

    /// A clone of one branch has no refspec that would do this.
    fn note_pushed(&self, remote: &str, branch: &str, commit: &CommitId) {
        let name = format!("refs/remotes/{remote}/{branch}");
        let known = self.refs(&[&name]).unwrap_or_default().into_iter().find(|found| found.name == name);
        let old: Option<ObjectId> = known.map(|found| found.target);
        if old != Some(commit.object()) {
            let update = RefUpdate { name, old, new: Some(commit.object()) };
            // The next fetch tells it otherwise.
            drop(self.update_refs(&[update], "postmortem: sync"));
        }
    }
}

/// Why a push was refused: the remote's reason and what a hook said, without git's advice.
fn refusal(porcelain: &str, stderr: &str) -> String {
    let reason = porcelain.lines().find(|line| line.starts_with('!'));
    let reason = reason.and_then(|line| line.splitn(3, '\t').nth(2)).map(str::trim).unwrap_or_default();
    let is_said = |line: &&str| {
        !line.trim().is_empty() && !line.starts_with("hint:") && !line.starts_with("error: failed to push")
    };
    let said: Vec<&str> = stderr.lines().filter(is_said).map(str::trim_end).collect();
    let parts = [reason.to_owned(), cli::words(&said.join("\n"))];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_in_the_words_of_the_remote() {
        let porcelain = "To x\n!\tabc:refs/heads/d\t[remote rejected] (pre-receive hook declined)\nDone\n";
        let stderr =
            "remote: drafts are closed        \nerror: failed to push some refs to 'x'\nhint: read this";
        assert_eq!(
            refusal(porcelain, stderr),
            "[remote rejected] (pre-receive hook declined)\nremote: drafts are closed"
        );
        assert_eq!(refusal("", "fatal: unable to access 'x'"), "unable to access 'x'");
    }
}
