//! Which commits and files a revision or a range is about: one `git log` a question.

use serde::{Deserialize, Serialize};

use super::cli::Begun;
use super::{CommitId, Error, Git, Place, Repo, cli};

/// What a commit or a range is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Touched {
    /// The commits, the newest first: the tip before all others.
    pub commits: Vec<CommitId>,
    /// The files that they changed, sorted, each once.
    pub files: Vec<String>,
}

/// The question; settings of the person's that change what is answered are overruled. Of a merge the files that differ
/// from every side: the others are told of by the commits that it brought.
const LOG: [&str; 13] = [
    "log",
    "-z",
    "-c",
    "--name-only",
    "--format=%x01%H",
    "--no-renames",
    "--root",
    "--no-show-signature",
    "--no-color",
    "--no-notes",
    "--no-relative",
    "--no-ext-diff",
    "--no-abbrev",
];

/// A question that git works at while something else is done.
pub struct TouchAsked {
    begun: Begun,
}

impl TouchAsked {
    /// Begins to ask about a typed revision or range, before a repository was opened: whether it is one, the answer tells.
    #[must_use]
    pub fn begin(place: &Place, typed: &str) -> Option<Self> {
        if typed.is_empty() || typed.contains(['\0', '\n']) {
            return None;
        }
        let range = if typed.contains("..") { typed.to_owned() } else { format!("{typed}^1..{typed}") };
        let asked = Git::new(place).args(LOG).args(["--end-of-options", &range, "--"]);
        asked.begin().ok().map(|begun| Self { begun })
    }

    /// The answer; none where git has another opinion about what that is.
    #[must_use]
    pub fn finish(self) -> Option<Touched> {
        let output = self.begun.finish().ok().filter(|output| output.code == 0)?;
        let touched = together(read(&output.stdout));
        (!touched.commits.is_empty()).then_some(touched)
    }
}

impl Repo {
    /// What a range is made of, or one commit, with all that a merge brought.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn touched(&self, from: Option<&CommitId>, to: &CommitId) -> Result<Touched, Error> {
        let range = match (from, self.commit(to)?.parents.first()) {
            (Some(from), _) | (None, Some(from)) => format!("{from}..{to}"),
            (None, None) => to.to_string(),
        };
        Ok(together(read(&self.git().args(LOG).args([range.as_str(), "--"]).run()?.stdout)))
    }

    /// What single commits are made of, in their order: of all of them in one pass.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words, also where one is not at hand.
    pub fn touched_each(&self, commits: &[CommitId]) -> Result<Vec<Touched>, Error> {
        if commits.is_empty() {
            return Ok(Vec::new());
        }
        let input: String = commits.iter().map(|commit| format!("{commit}\n")).collect();
        let asked = self.git().args(LOG).args(["--no-walk=unsorted", "--stdin"]).input(input);
        let output = asked.answer()?;
        if output.code != 0 {
            return Err(Error::Git { deed: "log".into(), words: cli::words(&output.stderr) });
        }
        let told = read(&output.stdout);
        let of = |commit: &CommitId| {
            let own = told.iter().find(|(id, _)| id == commit).cloned();
            together(own.into_iter().collect())
        };
        Ok(commits.iter().map(of).collect())
    }
}

fn together(told: Vec<(CommitId, Vec<String>)>) -> Touched {
    let commits = told.iter().map(|(id, _)| *id).collect();
    let mut files: Vec<String> = told.into_iter().flat_map(|(_, files)| files).collect();
    files.sort_unstable();
    files.dedup();
    Touched { commits, files }
}

/// Each commit with its files.
fn read(output: &[u8]) -> Vec<(CommitId, Vec<String>)> {
    let mut told: Vec<(CommitId, Vec<String>)> = Vec::new();
    for field in output.split(|byte| *byte == 0) {
        // git ends the head with a line break where files follow.
        let text = String::from_utf8_lossy(field.strip_prefix(b"\n").unwrap_or(field));
        match text.strip_prefix('\u{1}').and_then(|id| id.parse().ok()) {
            Some(id) => told.push((id, Vec::new())),
            None if text.is_empty() => {}
            None => told.iter_mut().last().into_iter().for_each(|(_, files)| files.push(text.to_string())),
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_may_hold_line_breaks() {
        let (one, two) = ("1".repeat(40), "2".repeat(40));
        let output = format!("\u{1}{one}\0\nwe\nird\0b\0\u{1}{two}\0");
        let told = read(output.as_bytes());
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].1, ["we\nird", "b"]);
        assert!(told[1].1.is_empty());
        assert_eq!(together(told).files, ["b", "we\nird"]);
    }
}
