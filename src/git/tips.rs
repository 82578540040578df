//! The refs there are with the commits behind them and their dates. git would open each object to tell a date; those of
//! commits stand together in the commit-graph. Without one they are asked of one `git rev-list`, and the rest is opened here,
//! which is faster.

use super::cli::{self, Begun};
use super::{CommitId, Error, Git, IdMap, Place, Repo, Tag};

/// Of more refs git is asked for the dates; fewer are read sooner than a process has started.
const FEW: usize = 64;

/// The dates of commits, in seconds of Unix time.
pub(super) type Dates = IdMap<CommitId, i64>;

const NAMES: [&str; 2] = ["for-each-ref", "--format=%(refname)%00%(symref)%00%(objectname)"];
const DATES: [&str; 3] = ["rev-list", "--no-walk=unsorted", "--timestamp"];

/// The question for some refs, at which git works while something else is done.
pub(super) struct TipsAsked {
    names: Begun,
    /// Names for other refs (`origin/HEAD`) count, too.
    symbolic: bool,
}

impl TipsAsked {
    /// Begins to ask for the refs below some folders; for those, too, that stand for others, where these are wanted.
    pub(super) fn begin(place: &Place, folders: &[&str], symbolic: bool) -> Result<Self, Error> {
        let names = Git::new(place).args(NAMES).args(folders).begin()?;
        Ok(Self { names, symbolic })
    }

    /// Those that lead to a commit, by their full names.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words; [`Error::MissingObject`].
    pub(super) fn finish(self, repo: &Repo) -> Result<Vec<Tag>, Error> {
        let output = self.names.finish()?;
        if output.code != 0 {
            return Err(Error::Git { deed: "for-each-ref".into(), words: cli::words(&output.stderr) });
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let refs: Vec<(&str, &str)> = text.lines().filter_map(|line| own(line, self.symbolic)).collect();
        let dates = dates(repo, &refs);
        let mut tips = Vec::with_capacity(refs.len());
        for (name, id) in refs {
            let Ok(id) = id.parse() else { continue };
            tips.extend(repo.dated(name, id, &dates)?);
        }
        Ok(tips)
    }
}

/// The dates of the commits among the objects of some refs, as far as they are known without opening one.
fn dates(repo: &Repo, refs: &[(&str, &str)]) -> Dates {
    if let Some(graph) = repo.commit_graph() {
        let ids = refs.iter().filter_map(|(_, id)| id.parse::<CommitId>().ok());
        return ids.filter_map(|id| Some((id, graph.date(&id)?))).collect();
    }
    if refs.len() <= FEW {
        return Dates::default();
    }
    let ids: String = refs.iter().map(|(_, id)| format!("{id}\n")).collect();
    // What git cannot tell is read.
    let told = repo.git().args(DATES).arg("--stdin").input(ids).answer().ok();
    let told = told.filter(|told| told.code == 0).map(|told| told.text()).unwrap_or_default();
    told.lines().filter_map(date).collect()
}

/// The name and the object of a ref; of one that stands for another only where these are wanted.
fn own(line: &str, symbolic: bool) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once('\0')?;
    let (other, id) = rest.split_once('\0')?;
    (symbolic || other.is_empty()).then_some((name, id))
}

fn date(line: &str) -> Option<(CommitId, i64)> {
    let (date, commit) = line.split_once(' ')?;
    Some((commit.parse().ok()?, date.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refs_that_stand_for_others_count_where_they_are_wanted() {
        assert_eq!(own("refs/tags/v1\0\0abc", false), Some(("refs/tags/v1", "abc")));
        let line = "refs/tags/latest\0refs/tags/v1\0abc";
        assert_eq!(own(line, false), None);
        assert_eq!(own(line, true), Some(("refs/tags/latest", "abc")));
        assert_eq!(own("torn", true), None);
    }

    #[test]
    fn dates_are_read_and_torn_lines_are_not() {
        let id = "a".repeat(40);
        assert_eq!(date(&format!("1506000060 {id}")), Some((id.parse().unwrap(), 1_506_000_060)));
        for torn in ["", "1506000060", "x abc", &id] {
            assert_eq!(date(torn), None, "{torn}");
        }
    }
}
