//! Which tags and branches have which commits, by git's own commands, several at a time.

use std::collections::{HashSet, VecDeque};

use super::cli::{self, Begun};
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

/// Processes that run beside each other.
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

    /// Begins to ask which tags and branches have some commits: git looks while we do something else. Of those in
    /// `tags_only` the branches are left out; they come behind the others in the answer.
    ///
    /// # Errors
    /// [`Error::NoGit`].
    pub fn ask_refs_with(&self, commits: &[CommitId], tags_only: &[CommitId]) -> Result<RefsWith<'_>, Error> {
        let count = commits.len() + tags_only.len();
        let mut asking = RefsWith { repo: self, count, begun: VecDeque::new(), later: Vec::new() };
        for (at, commit) in commits.iter().chain(tags_only).enumerate() {
            let kinds: &[bool] = if at < commits.len() { &[true, false] } else { &[true] };
            for is_tag in kinds {
                match asking.begun.len() < TOGETHER {
                    true => asking.begun.push_back((at, self.begin_containing(commit, *is_tag)?)),
                    false => asking.later.push((at, *commit, *is_tag)),
                }
            }
        }
        Ok(asking)
    }

    fn begin_containing(&self, commit: &CommitId, is_tag: bool) -> Result<Begun, Error> {
        // For tags git remembers where it has been; for branches it begins anew each time.
        let question: &[&str] = if is_tag { &["tag"] } else { &["for-each-ref"] };
        let places: &[&str] = if is_tag { &[] } else { &["refs/heads", "refs/remotes"] };
        let command = self.git().args(question).arg("--format=%(refname)");
        command.arg(format!("--contains={commit}")).args(places).begin()
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

/// A question that git is at work on.
pub struct RefsWith<'r> {
    repo: &'r Repo,
    count: usize,
    begun: VecDeque<(usize, Begun)>,
    later: Vec<(usize, CommitId, bool)>,
}

impl RefsWith<'_> {
    /// For each of the commits the full names of the tags and branches that have it.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn finish(mut self) -> Result<Vec<HashSet<String>>, Error> {
        let mut names = vec![HashSet::new(); self.count];
        let mut later = std::mem::take(&mut self.later).into_iter();
        while let Some((at, begun)) = self.begun.pop_front() {
            let output = begun.finish()?;
            if output.code != 0 {
                return Err(Error::Git { deed: "tag --contains".into(), words: cli::words(&output.stderr) });
            }
            names[at].extend(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned));
            if let Some((at, commit, is_tag)) = later.next() {
                self.begun.push_back((at, self.repo.begin_containing(&commit, is_tag)?));
            }
        }
        Ok(names)
    }
}
