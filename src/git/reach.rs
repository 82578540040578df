//! Whether commits are still part of any history, and which commit makes the same change where one is not.

use std::collections::HashSet;

use super::{Commit, CommitId, Error, ObjectId, Repo, cli};

/// Refs that keep commits alive without being anybody's history.
const ASIDE: [&str; 3] = ["--exclude=refs/stash", "--exclude=refs/notes/*", "--exclude=refs/postmortem/*"];
/// So many commits of a file are compared at most when a twin is looked for, the newest first.
const COMPARED: &str = "--max-count=5000";

impl Repo {
    /// Of some commits, each of which exists, those that neither a branch nor a tag nor `HEAD` leads to: one pass of git
    /// for all of them.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn unreachable(&self, commits: &[CommitId]) -> Result<Vec<CommitId>, Error> {
        if commits.is_empty() {
            return Ok(Vec::new());
        }
        // By standard input, which has room for as many as there are.
        let tips: String = commits.iter().map(|commit| format!("{commit}\n")).collect();
        let command = self.git().args(["rev-list", "--stdin", "--not"]).args(ASIDE).arg("--all").input(tips);
        let output = command.run()?;
        let text = output.text();
        let alone: HashSet<CommitId> = text.lines().filter_map(|line| line.parse().ok()).collect();
        Ok(commits.iter().filter(|commit| alone.contains(*commit)).copied().collect())
    }

    /// A commit of some branch or tag that makes the very change of another commit, by git's patch id: what became of
    /// one that was rebased, amended without a change, or picked. None for merges and empty commits.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn twin(&self, commit: &CommitId) -> Result<Option<Commit>, Error> {
        let parents = self.commit(commit)?.parents;
        let paths = match parents.as_slice() {
            [] => self.files(commit, "")?.into_iter().map(|file| file.path).collect(),
            [parent] => self.changed_paths(parent, commit)?,
            _ => Vec::new(),
        };
        // Whoever makes the same change changes this file too.
        let Some(path) = paths.first() else { return Ok(None) };
        let listed = self.git().args(["rev-list", "--no-merges", COMPARED]).args(ASIDE).args(["--all", "--"]);
        let others = listed.path(path).run()?.text();
        let input: String = std::iter::once(commit.to_string())
            .chain(others.lines().map(str::to_owned))
            .map(|id| format!("{id}\n"))
            .collect();
        let diff = ["diff-tree", "--stdin", "-r", "-p", "--root", "--no-ext-diff", "--no-textconv"];
        let patches = self.git().args(diff).input(input).run()?.stdout;
        let ids = self.git().args(["patch-id", "--stable"]).input(patches).run()?.text();
        let ids: Vec<(&str, CommitId)> = ids
            .lines()
            .filter_map(|line| line.split_once(' '))
            .filter_map(|(patch, id)| Some((patch, id.trim().parse().ok()?)))
            .collect();
        let own = ids.iter().find(|(_, id)| id == commit).map(|(patch, _)| *patch);
        let twin = ids.iter().find(|(patch, id)| Some(*patch) == own && id != commit);
        twin.map(|(_, id)| self.commit(id)).transpose()
    }

    /// The commits of branches, tags and `HEAD` whose message has a line that fits an extended regular expression, the
    /// newest first: one pass of git over the history. With `tips` only what these lead to.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn saying(&self, pattern: &str, tips: &[CommitId]) -> Result<Vec<Commit>, Error> {
        let grep = format!("--grep={pattern}");
        let command =
            self.git().args(["log", "-E", &grep, "--format=%H", "--no-show-signature", "--no-color"]);
        let command = match tips {
            [] => command.args(ASIDE).arg("--all"),
            tips => command.args(tips.iter().map(ToString::to_string)),
        };
        let output = command.arg("--").run()?;
        let text = output.text();
        let ids = text.lines().filter_map(|line| line.parse::<CommitId>().ok());
        ids.map(|id| self.commit(&id)).collect()
    }

    /// The commits that the first digits of an id may mean; fewer than four digits mean none.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn beginning_with(&self, digits: &str) -> Result<Vec<CommitId>, Error> {
        if digits.len() < 4 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(Vec::new());
        }
        let output = self.git().args(["rev-parse", &format!("--disambiguate={digits}")]).answer()?;
        if output.code != 0 {
            return Err(Error::Git { deed: "rev-parse".into(), words: cli::words(&output.stderr) });
        }
        let text = output.text();
        let objects = text.lines().filter_map(|line| line.parse::<ObjectId>().ok());
        let handle = self.handle().map_err(|error| Error::object("look for commits", &error))?;
        let commits = objects.filter(|id| handle.find_commit(id.to_git2()).is_ok());
        Ok(commits.map(CommitId::new).collect())
    }
}
