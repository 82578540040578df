//! Which tags and branches have which commits, by git's own commands, several at a time.

use std::collections::{HashSet, VecDeque};

use super::{CommitId, Error, Repo};

/// A tag or a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The full name of the ref.
    pub name: String,
    /// The commit behind it.
    pub commit: CommitId,
    /// When it was made, in seconds of Unix time: a tag by its tagger, else by its commit.
    pub created: i64,
}

/// Processes that run beside each other: those of one commit.
const TOGETHER: usize = 4;

impl Repo {
    /// The tags and branches there are, those of remotes too, each once; names for other refs (`origin/HEAD`) are none.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn spots(&self) -> Result<Vec<Spot>, Error> {
        let format = "--format=%(refname)%00%(symref)%00%(creatordate:unix)%00%(objecttype)%00%(objectname)%00\
            %(*objecttype)%00%(*objectname)";
        let output =
            self.git().args(["for-each-ref", format, "refs/heads", "refs/remotes", "refs/tags"]).run()?;
        let text = String::from_utf8_lossy(&output.stdout);
        Ok(text.lines().filter_map(|line| self.read_spot(line)).collect())
    }

    fn read_spot(&self, line: &str) -> Option<Spot> {
        let fields: Vec<&str> = line.split('\0').collect();
        let [name, symbolic, created, kind, id, behind, peeled] = fields[..] else { return None };
        if !symbolic.is_empty() {
            return None;
        }
        let commit = match (kind, behind) {
            ("commit", _) => id.parse().ok()?,
            (_, "commit") => peeled.parse().ok()?,
            // A tag of a tag: what lies behind both only git's own peeling tells.
            ("tag", "tag") => self.resolve(name).ok()?,
            _ => return None,
        };
        Some(Spot { name: name.to_owned(), commit, created: created.parse().unwrap_or(0) })
    }

    /// For each of some commits the full names of the tags and branches that have it.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn refs_with(&self, commits: &[CommitId]) -> Result<Vec<HashSet<String>>, Error> {
        let mut names = vec![HashSet::new(); commits.len()];
        let mut waiting: VecDeque<_> = VecDeque::new();
        let mut finish = |(at, begun): (usize, super::cli::Begun)| -> Result<(), Error> {
            let output = begun.finish()?;
            if output.code != 0 {
                return Err(Error::Git { deed: "tag".into(), words: super::cli::words(&output.stderr) });
            }
            let text = String::from_utf8_lossy(&output.stdout);
            names[at].extend(text.lines().map(str::to_owned));
            Ok(())
        };
        for (at, commit) in commits.iter().enumerate() {
            let commit = commit.to_string();
            // For tags git remembers where it has been; for branches it begins anew each time.
            let tags = ["tag", "--format=%(refname)", "--contains", &commit];
            let branches =
                ["for-each-ref", "--format=%(refname)", "--contains", &commit, "refs/heads", "refs/remotes"];
            for question in [&tags[..], &branches[..]] {
                if waiting.len() >= TOGETHER {
                    waiting.pop_front().map_or(Ok(()), &mut finish)?;
                }
                waiting.push_back((at, self.git().args(question).begin()?));
            }
        }
        waiting.into_iter().try_for_each(finish)?;
        Ok(names)
    }

    /// The nearest tag that fits one of some patterns and that an ancestor of a commit has; none where there is no such.
    ///
    /// # Errors
    /// [`Error::NoGit`].
    pub fn tag_before(&self, commit: &CommitId, patterns: &[&str]) -> Result<Option<String>, Error> {
        let question = self.git().args(["describe", "--tags", "--abbrev=0"]);
        let question = question.args(patterns.iter().map(|pattern| format!("--match={pattern}")));
        let output = question.arg(format!("{commit}^")).answer()?;
        Ok((output.code == 0).then(|| output.text()).filter(|name| !name.is_empty()))
    }
}
