//! Which tags and branches have which commits, by git's own commands, asked beside one another.

use std::collections::HashSet;
use std::thread::{self, JoinHandle};

use super::asked::{Asked, Question};
use super::{CommitId, Error, Git, Output, Place, Repo, Spot};

/// As many branches are asked about by name; of more, all are.
const NAMED: usize = 64;
/// Fewer digits are no id of a commit to believe in.
const DIGITS: usize = 7;

/// The question which tags have a commit, at which git works while something else is done.
pub struct TagsWith {
    digits: String,
    asked: JoinHandle<Result<Output, Error>>,
}

impl TagsWith {
    /// Begins to ask before a repository was opened. The commit is given by digits of its id; what any other name is read
    /// as is not git's alone to say, and not asked.
    #[must_use]
    pub fn begin(place: &Place, typed: &str) -> Option<Self> {
        let is_id = typed.len() >= DIGITS && typed.bytes().all(|digit| digit.is_ascii_hexdigit());
        let question = is_id.then(|| Git::new(place).args(tags_with(typed)).begin());
        let begun = question?.ok()?;
        Some(Self { digits: typed.to_ascii_lowercase(), asked: thread::spawn(move || begun.finish()) })
    }

    /// Whether this was asked about a commit.
    fn is_of(&self, commit: &CommitId) -> bool {
        commit.to_string().starts_with(&self.digits)
    }

    fn finish(self) -> Option<HashSet<String>> {
        let answer = self.asked.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        answer.ok().filter(|answer| answer.code == 0).map(|answer| names(&answer))
    }
}

/// Some branches: those that have the newest tag, and so whatever that tag has, and the others.
///
/// For tags git remembers where it has been; for branches it begins anew each time, and goes back as far as the commit that
/// it looks for is old. One look for the newest tag, which is a short way, answers for most branches and all commits.
#[derive(Debug, Clone, Default)]
pub struct Branches {
    newest: Option<String>,
    with_newest: Vec<String>,
    others: Vec<String>,
}

/// Which refs have some commits: a question that git is at work on.
pub struct RefsWith<'r> {
    repo: &'r Repo,
    commits: Vec<CommitId>,
    /// The tags of one of them were asked for before.
    early: Option<TagsWith>,
    tags: Asked,
    branches: Branches,
    /// Of so many commits the branches are wanted.
    count: usize,
    others: Asked,
}

impl Repo {
    /// Begins to ask which tags have some commits; of the first that may be under way, by the name that it was typed as.
    #[must_use]
    pub fn ask_tags_with(&self, commits: &[CommitId], early: Option<TagsWith>) -> RefsWith<'_> {
        // By any other name git may have meant another one.
        let early = early.filter(|early| commits.first().is_some_and(|commit| early.is_of(commit)));
        let later = commits.iter().skip(usize::from(early.is_some()));
        let tags = Asked::begin(self.place(), later.map(|commit| tags_with(&commit.to_string())).collect());
        let (branches, count, others) = (Branches::default(), 0, Asked::default());
        RefsWith { repo: self, commits: commits.to_vec(), early, tags, branches, count, others }
    }

    /// The branches among some refs, and which of them have the newest of the tags among these.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn branches<'s>(&self, spots: impl Iterator<Item = &'s Spot>) -> Result<Branches, Error> {
        let (tags, branches): (Vec<&Spot>, Vec<&Spot>) = spots.partition(|spot| spot.is_tag());
        let newest = tags.into_iter().max_by_key(|tag| tag.created).filter(|_| !branches.is_empty());
        let with_newest = match newest {
            Some(tag) => names(&self.git().args(branches_with(&tag.commit, &[])).run()?),
            None => HashSet::new(),
        };
        let all = branches.into_iter().map(|branch| branch.name.clone());
        let (with_newest, others) = all.partition(|name| with_newest.contains(name));
        Ok(Branches { newest: newest.map(|tag| tag.name.clone()), with_newest, others })
    }
}

impl RefsWith<'_> {
    /// Asks which branches have the first so many of the commits, too.
    #[must_use]
    pub fn and_branches(mut self, branches: &Branches, count: usize) -> Self {
        (self.branches, self.count) = (branches.clone(), count);
        self.others = self.ask(&self.commits[..count], &self.branches.others);
        self
    }

    fn ask(&self, commits: &[CommitId], branches: &[String]) -> Asked {
        let commits = if branches.is_empty() { &[] } else { commits };
        let questions = commits.iter().map(|commit| branches_with(commit, branches));
        Asked::begin(self.repo.place(), questions.collect())
    }

    /// For each of the commits the full names of the tags and branches that have it.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn finish(mut self) -> Result<Vec<HashSet<String>>, Error> {
        let tags = std::mem::take(&mut self.tags).finish()?;
        let mut found: Vec<HashSet<String>> = Vec::with_capacity(self.commits.len());
        if let (Some(early), Some(first)) = (self.early.take(), self.commits.first()) {
            found.push(match early.finish() {
                Some(names) => names,
                // Whatever git had against it then is told now.
                None => names(&self.repo.git().args(tags_with(&first.to_string())).run()?),
            });
        }
        found.extend(tags.iter().map(names));
        for (found, others) in found.iter_mut().zip(std::mem::take(&mut self.others).finish()?) {
            found.extend(names(&others));
        }
        let newest = self.branches.newest.clone().unwrap_or_default();
        let (newer, older): (Vec<usize>, Vec<usize>) =
            (0..self.count).partition(|at| !found[*at].contains(&newest));
        for at in older {
            found[at].extend(self.branches.with_newest.iter().cloned());
        }
        // What no release has yet is near the tips.
        let commits: Vec<CommitId> = newer.iter().map(|at| self.commits[*at]).collect();
        let told = self.ask(&commits, &self.branches.with_newest).finish()?;
        for (at, answer) in newer.into_iter().zip(told) {
            found[at].extend(names(&answer));
        }
        Ok(found)
    }
}

fn tags_with(commit: &str) -> Question {
    let contains = format!("--contains={commit}");
    ["tag", "--no-column", "--format=%(refname)", &contains].map(str::to_owned).to_vec()
}

/// The question which of some branches have a commit; of none, which there are. The answer may hold others beside them.
fn branches_with(commit: &CommitId, branches: &[String]) -> Question {
    let mut question = vec!["for-each-ref".to_owned(), "--format=%(refname)".to_owned()];
    question.push(format!("--contains={commit}"));
    // What is no UTF-8 is not the branch's name.
    let is_askable = (1..=NAMED).contains(&branches.len())
        && !branches.iter().any(|name| name.contains(char::REPLACEMENT_CHARACTER));
    match is_askable {
        true => question.extend_from_slice(branches),
        false => question.extend(["refs/heads", "refs/remotes"].map(str::to_owned)),
    }
    question
}

fn names(answer: &Output) -> HashSet<String> {
    String::from_utf8_lossy(&answer.stdout).lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_are_named_while_they_are_few_and_their_names_are_known() {
        let commit = CommitId::new("a".repeat(40).parse().unwrap());
        let asked = |branches: &[String]| branches_with(&commit, branches)[3..].to_vec();
        let few: Vec<String> = (0..NAMED).map(|n| format!("refs/heads/b{n}")).collect();
        assert_eq!(asked(&few), few);
        let all = ["refs/heads", "refs/remotes"];
        assert_eq!(asked(&[]), all);
        assert_eq!(asked(&[few.clone(), few].concat()), all);
        assert_eq!(asked(&["refs/heads/gr\u{fffd}n".to_owned()]), all);
    }
}
