//! Which tags and branches have which commits: out of the commit-graph, in one walk for all of them. Where that cannot tell,
//! git's own commands are asked, beside one another.

use std::collections::HashSet;

use super::asked::{Asked, Question};
use super::{CommitId, Error, Output, Repo, Spot};

/// As many branches are asked about by name; of more, all are.
const NAMED: usize = 64;

/// Some branches: those that have the newest tag, and so whatever that tag has, and the others.
///
/// For tags git remembers where it has been; for branches it begins anew each time, and goes back as far as the commit that
/// it looks for is old. One look for the newest tag, which is a short way, answers for most branches and all commits.
#[derive(Debug, Clone, Default)]
struct Branches {
    newest: Option<String>,
    with_newest: Vec<String>,
    others: Vec<String>,
}

impl Repo {
    /// For each of some commits, which of some tags and branches have it, in the order of these.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn holders(&self, commits: &[CommitId], spots: &[&Spot]) -> Result<Vec<Vec<bool>>, Error> {
        let tips: Vec<CommitId> = spots.iter().map(|spot| spot.commit).collect();
        if let Some(reached) = self.reached(&tips, commits) {
            return Ok((0..commits.len()).map(|at| reached.iter().map(|own| own[at]).collect()).collect());
        }
        let found = self.ask_holders(commits, spots)?;
        Ok(found.iter().map(|names| spots.iter().map(|spot| names.contains(&spot.name)).collect()).collect())
    }

    /// For each of some commits the names of the tags and branches that have it, among some and maybe others.
    fn ask_holders(&self, commits: &[CommitId], spots: &[&Spot]) -> Result<Vec<HashSet<String>>, Error> {
        let has_tags = spots.iter().any(|spot| spot.is_tag());
        let asked = if has_tags { commits } else { &[] };
        let tags = Asked::begin(self.place(), asked.iter().map(tags_with).collect());
        let branches = self.branches(spots)?;
        let others = self.ask_branches(commits, &branches.others);
        let mut found = vec![HashSet::new(); commits.len()];
        for told in [tags.finish()?, others.finish()?] {
            found.iter_mut().zip(&told).for_each(|(found, told)| found.extend(names(told)));
        }
        let newest = branches.newest.unwrap_or_default();
        let (newer, older): (Vec<usize>, Vec<usize>) =
            (0..commits.len()).partition(|at| !found[*at].contains(&newest));
        for at in older {
            found[at].extend(branches.with_newest.iter().cloned());
        }
        // What no release has yet is near the tips.
        let late: Vec<CommitId> = newer.iter().map(|at| commits[*at]).collect();
        let told = self.ask_branches(&late, &branches.with_newest).finish()?;
        for (at, told) in newer.into_iter().zip(&told) {
            found[at].extend(names(told));
        }
        Ok(found)
    }

    /// The branches among some refs, and which of them have the newest of the tags among these.
    fn branches(&self, spots: &[&Spot]) -> Result<Branches, Error> {
        let (tags, branches): (Vec<&Spot>, Vec<&Spot>) = spots.iter().partition(|spot| spot.is_tag());
        let newest = tags.into_iter().max_by_key(|tag| tag.created).filter(|_| !branches.is_empty());
        let with_newest = match newest {
            Some(tag) => names(&self.git().args(branches_with(&tag.commit, &[])).run()?),
            None => HashSet::new(),
        };
        let all = branches.into_iter().map(|branch| branch.name.clone());
        let (with_newest, others) = all.partition(|name| with_newest.contains(name));
        Ok(Branches { newest: newest.map(|tag| tag.name.clone()), with_newest, others })
    }

    fn ask_branches(&self, commits: &[CommitId], branches: &[String]) -> Asked {
        let commits = if branches.is_empty() { &[] } else { commits };
        let questions = commits.iter().map(|commit| branches_with(commit, branches));
        Asked::begin(self.place(), questions.collect())
    }
}

fn tags_with(commit: &CommitId) -> Question {
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
