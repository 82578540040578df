//! Commits and how they descend from each other: by the commit-graph, else by git.

use super::{CommitId, Error, ObjectId, Repo};

/// Where `HEAD` stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The branch's short name, also while it has no commit; `None` when detached.
    pub branch: Option<String>,
    /// The commit; `None` on a branch without one.
    pub commit: Option<CommitId>,
}

/// A commit as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: CommitId,
    /// Its parents, in order.
    pub parents: Vec<CommitId>,
    /// Its tree.
    pub tree: ObjectId,
    /// When it was committed, in seconds of Unix time.
    pub committed: i64,
    /// When it was written, in seconds of Unix time: what a copy keeps.
    pub authored: i64,
    /// Who wrote it, without the mailmap.
    pub author_name: String,
    /// The author's mail, without the mailmap.
    pub author_mail: String,
    /// The first paragraph in one line.
    pub subject: String,
    /// The whole message.
    pub message: String,
}

impl Repo {
    /// Where `HEAD` stands now.
    ///
    /// # Errors
    /// [`Error::Git`] where `HEAD` is broken.
    pub fn head(&self) -> Result<Head, Error> {
        let symbolic = self.git().args(["symbolic-ref", "-q", "HEAD"]).answer()?;
        let name = (symbolic.code == 0).then(|| symbolic.text());
        let branch = name.map(|name| name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned());
        Ok(Head { branch, commit: self.head_commit()? })
    }

    /// The commit of `HEAD`; none on a branch that has no commit yet.
    ///
    /// # Errors
    /// [`Error::UnknownRevision`] where `HEAD` names something that is not there: a damaged repository is no empty one.
    pub fn head_commit(&self) -> Result<Option<CommitId>, Error> {
        let broken = match self.resolve("HEAD") {
            Ok(commit) => return Ok(Some(commit)),
            Err(error) => error,
        };
        let symbolic = self.git().args(["symbolic-ref", "-q", "HEAD"]).answer()?;
        let unborn =
            symbolic.code == 0 && !self.git().args(["show-ref", "-q", "--verify", &symbolic.text()]).ask()?;
        if unborn { Ok(None) } else { Err(broken) }
    }

    /// The commit that a revision names.
    ///
    /// # Errors
    /// [`Error::UnknownRevision`].
    pub fn resolve(&self, rev: &str) -> Result<CommitId, Error> {
        let unknown = || Error::UnknownRevision { rev: rev.to_owned() };
        if rev.is_empty() || rev.contains('\0') {
            return Err(unknown());
        }
        let wanted = format!("{rev}^{{commit}}");
        let output =
            self.git().args(["rev-parse", "-q", "--verify", "--end-of-options", &wanted]).answer()?;
        let name = output.text();
        name.lines()
            .last()
            .and_then(|line| line.parse().ok())
            .filter(|_| output.code == 0)
            .ok_or_else(unknown)
    }

    /// A commit's own record.
    ///
    /// # Errors
    /// [`Error::MissingObject`] where it is not at hand.
    pub fn commit(&self, id: &CommitId) -> Result<Commit, Error> {
        let found = self.handle().and_then(|handle| handle.find_commit(id.object().to_git2()));
        let commit = found.map_err(|error| self.missing(&error, id.object()))?;
        let author = commit.author();
        let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let message = lossy(commit.message_bytes());
        Ok(Commit {
            id: *id,
            parents: commit.parent_ids().map(|id| CommitId::new(ObjectId::from_git2(id))).collect(),
            tree: ObjectId::from_git2(commit.tree_id()),
            committed: commit.time().seconds(),
            authored: author.when().seconds(),
            author_name: lossy(author.name_bytes()),
            author_mail: lossy(author.email_bytes()),
            subject: subject(&message),
            message,
        })
    }

    /// The short name of the branch that work ends up on: what the remote calls its head, else
    /// `init.defaultBranch`, `main` or `master` if it exists, else the one checked out.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn default_branch(&self) -> Result<Option<String>, Error> {
        for remote in self.remotes_by_weight()? {
            let head = format!("refs/remotes/{remote}/HEAD");
            let output = self.git().args(["symbolic-ref", "-q", &head]).answer()?;
            let target = output.text();
            let branch = target.strip_prefix(&format!("refs/remotes/{remote}/")).filter(|_| output.code == 0);
            if let Some(branch) = branch {
                return Ok(Some(branch.to_owned()));
            }
        }
        let configured = self.settings()?.get("init.defaultbranch").map(str::to_owned);
        let candidates: Vec<String> =
            configured.into_iter().chain(["main".into(), "master".into()]).collect();
        let names: Vec<String> = candidates.iter().map(|name| format!("refs/heads/{name}")).collect();
        let existing = self.refs(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
        let found = names.iter().position(|name| existing.iter().any(|found| found.name == *name));
        match found {
            Some(at) => Ok(Some(candidates[at].clone())),
            None => Ok(self.head()?.branch),
        }
    }

    /// The remotes, the likeliest first: the current branch's, `origin`, then as configured.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn remotes_by_weight(&self) -> Result<Vec<String>, Error> {
        let settings = self.settings()?;
        let mut remotes: Vec<String> = settings.remotes().into_iter().map(str::to_owned).collect();
        remotes.sort_by_key(|name| name != "origin");
        Ok(remotes)
    }

    /// The newest first-parent ancestor (or the commit itself) committed at or before an instant.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn first_parent_before(&self, tip: &CommitId, seconds: i64) -> Result<Option<CommitId>, Error> {
        let until = format!("--min-age={}", seconds.max(0));
        let output = self.git().args(["rev-list", "-1", "--first-parent", &until, &tip.to_string()]).run()?;
        Ok(output.text().parse().ok())
    }

    /// Whether the first commit is the second or an ancestor of it.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn is_ancestor(&self, a: &CommitId, b: &CommitId) -> Result<bool, Error> {
        if a == b {
            return Ok(true);
        }
        // A commit that is not there is git's to complain of.
        let is_there = self.handle().and_then(|handle| handle.find_commit(a.object().to_git2())).is_ok();
        if let Some(reached) = is_there.then(|| self.reached(&[*b], &[*a])).flatten() {
            return Ok(reached == [[true]]);
        }
        self.git().args(["merge-base", "--is-ancestor", &a.to_string(), &b.to_string()]).ask()
    }

    /// The commits that the second has and the first lacks.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn commits_between(&self, old: &CommitId, new: &CommitId) -> Result<Vec<CommitId>, Error> {
        let output = self.git().args(["rev-list", &format!("{old}..{new}")]).run()?;
        Ok(output.text().lines().filter_map(|line| line.parse().ok()).collect())
    }

    /// How many commits a history has.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn commits_until(&self, tip: &CommitId) -> Result<u32, Error> {
        let output = self.git().args(["rev-list", "--count", &tip.to_string()]).run()?;
        let text = output.text();
        text.parse().map_err(|_| Error::Git { deed: "rev-list".into(), words: format!("answered '{text}'") })
    }

    /// The best common ancestor of two commits.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn merge_base(&self, a: &CommitId, b: &CommitId) -> Result<Option<CommitId>, Error> {
        let output = self.git().args(["merge-base", &a.to_string(), &b.to_string()]).answer()?;
        Ok(output.text().lines().next().and_then(|line| line.parse().ok()))
    }

    /// How many commits the first has that the second lacks, and the other way round.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn ahead_behind(&self, a: &CommitId, b: &CommitId) -> Result<(u32, u32), Error> {
        let output = self.git().args(["rev-list", "--left-right", "--count", &format!("{a}...{b}")]).run()?;
        let text = output.text();
        let counted = text.split_once('\t').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        counted.ok_or_else(|| Error::Git { deed: "rev-list".into(), words: format!("answered '{text}'") })
    }
}

/// The first paragraph of a message, in one line.
pub(super) fn subject(message: &str) -> String {
    let lines = message.trim_start_matches('\n').lines().take_while(|line| !line.trim().is_empty());
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}
