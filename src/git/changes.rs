//! What commits changed in some folders, many commits in one question.

use std::thread;

use serde::{Deserialize, Serialize};

use super::{CommitId, Error, Git, ObjectId, Output, Repo};

/// Commits that a process of git's is worth.
const WORTH_A_PROCESS: usize = 256;
/// Processes at a time, at most.
const MOST_PROCESSES: usize = 8;

/// One path that a commit changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathChange {
    /// The path after the change; the path before it where it was removed.
    pub path: String,
    /// Its content; `None` where it was removed.
    pub blob: Option<ObjectId>,
    /// Its content before; `None` where it is new.
    pub before: Option<ObjectId>,
    /// The path before, where it was renamed.
    pub from: Option<String>,
}

/// A commit with what it changed.
pub type Changed = (CommitId, Vec<PathChange>);

impl Repo {
    /// What each of some commits changed below folders (`""` is the top) against its one parent, renames found; a commit
    /// without a parent brought everything. Merges are passed over, and so are commits that changed nothing there.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn changes(&self, commits: &[CommitId], folders: &[String]) -> Result<Vec<Changed>, Error> {
        let folders =
            folders.iter().map(|folder| folder.trim_matches('/')).filter(|folder| !folder.is_empty());
        self.diff_each(commits, |command| folders.clone().fold(command.arg("--"), Git::path))
    }

    /// What each of some commits renamed, wherever it is.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn renames(&self, commits: &[CommitId]) -> Result<Vec<Changed>, Error> {
        self.diff_each(commits, |command| command.arg("--diff-filter=R"))
    }

    fn diff_each<'r>(
        &'r self,
        commits: &[CommitId],
        further: impl Fn(Git<'r>) -> Git<'r>,
    ) -> Result<Vec<Changed>, Error> {
        if commits.is_empty() {
            return Ok(Vec::new());
        }
        let options = [
            "diff-tree",
            "--stdin",
            "-r",
            "--root",
            "-z",
            "--raw",
            "-M",
            "-l1000",
            "--no-abbrev",
            "--no-relative",
        ];
        let cores = thread::available_parallelism().map_or(1, usize::from).min(MOST_PROCESSES);
        let shares = commits.chunks(commits.len().div_ceil(cores).max(WORTH_A_PROCESS));
        let commands: Vec<Git<'r>> = shares
            .map(|commits| {
                let input: String = commits.iter().map(|commit| format!("{commit}\n")).collect();
                further(self.git().args(options).input(input))
            })
            .collect();
        let outputs: Vec<Result<Output, Error>> = thread::scope(|scope| {
            let running: Vec<_> =
                commands.into_iter().map(|command| scope.spawn(move || command.run())).collect();
            running
                .into_iter()
                .map(|running| running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let mut all = Vec::new();
        for output in outputs {
            all.extend(read_changes(&output?.stdout));
        }
        Ok(all)
    }
}

/// Reads `diff-tree --stdin -z --raw`: a commit's name, then its raw entries with their paths.
fn read_changes(output: &[u8]) -> Vec<Changed> {
    let mut fields = output.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let mut all: Vec<Changed> = Vec::new();
    while let Some(field) = fields.next() {
        let Some(raw) = field.strip_prefix(':') else {
            all.extend(field.trim().parse().ok().map(|commit| (commit, Vec::new())));
            continue;
        };
        let mut parts = raw.split(' ').skip(2);
        let mut id = || parts.next().and_then(|hex| hex.parse::<ObjectId>().ok()).filter(|id| !id.is_zero());
        let (before, blob) = (id(), id());
        let status = parts.next().unwrap_or_default();
        let from = if status.starts_with(['R', 'C']) { fields.next() } else { None };
        let Some((path, (_, changes))) = fields.next().zip(all.last_mut()) else { break };
        let from = from.map(std::borrow::Cow::into_owned);
        changes.push(PathChange { path: path.into_owned(), blob, before, from });
    }
    all
}
