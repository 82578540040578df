//! What became of one path, commit by commit, as `git log` tells it.

use super::{CommitId, Error, ObjectId, Repo, graph};

/// One commit that changed a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathRevision {
    /// The commit.
    pub commit: CommitId,
    /// When it was committed, in seconds of Unix time.
    pub committed: i64,
    /// Who wrote it.
    pub author_name: String,
    /// The first paragraph in one line.
    pub subject: String,
    /// The whole message.
    pub message: String,
    /// The path in that commit.
    pub path: String,
    /// Its content; `None` where the commit removed it.
    pub blob: Option<ObjectId>,
}

/// Commit by commit, the changed paths with their new content.
struct Logged {
    commit: CommitId,
    committed: i64,
    author_name: String,
    message: String,
    changes: Vec<(String, Option<ObjectId>)>,
    /// Paths that were not there before, each with the one that it was renamed from.
    brought: Vec<(String, Option<String>)>,
    /// The path came to be as a copy of one that stayed.
    copied: bool,
}

/// Of a merge, only what is as none of its parents has it.
const MERGES: &str = "--diff-merges=combined";

impl Repo {
    /// The commits reachable from a tip that changed a path, newest first; `follow` goes on over renames.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn path_history(&self, tip: &CommitId, path: &str, follow: bool) -> Result<Vec<PathRevision>, Error> {
        let options: &[&str] = if follow { &["--follow"] } else { &["--no-follow", "--no-renames"] };
        self.revisions(options, tip, path)
    }

    /// The same without following renames, and with the merges that made a text which none of their parents had.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn path_history_with_merges(&self, tip: &CommitId, path: &str) -> Result<Vec<PathRevision>, Error> {
        self.revisions(&["--no-follow", "--no-renames", MERGES], tip, path)
    }

    fn revisions(&self, options: &[&str], tip: &CommitId, path: &str) -> Result<Vec<PathRevision>, Error> {
        let logged = self.log(options, &[*tip], &[path])?;
        let mut revisions = Vec::new();
        for entry in logged {
            let Logged { commit, committed, author_name, message, changes, copied, brought: _ } = entry;
            if let Some((path, blob)) = changes.into_iter().next_back() {
                let subject = graph::subject(&message);
                revisions.push(PathRevision { commit, committed, author_name, subject, message, path, blob });
            }
            // `--follow` looks for copies too, and documents from one template are much alike: what was there
            // before belongs to another document.
            if copied {
                break;
            }
        }
        Ok(revisions)
    }

    /// When each path was last changed in the history of some tips, in seconds of Unix time.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn last_changes(&self, tips: &[CommitId]) -> Result<Vec<(String, i64)>, Error> {
        let mut seen = std::collections::HashSet::new();
        let mut last = Vec::new();
        for entry in self.log(&["--no-renames", MERGES], tips, &[])? {
            for (path, _) in entry.changes {
                if seen.insert(path.clone()) {
                    last.push((path, entry.committed));
                }
            }
        }
        Ok(last)
    }

    /// The paths below some folders that the history of a tip removed, the last removed first, each with the commit
    /// that did it; renamed ones count as removed.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn removed_below(&self, tip: &CommitId, folders: &[&str]) -> Result<Vec<(String, CommitId)>, Error> {
        let logged = self.log(&["--no-renames", "--diff-filter=D"], &[*tip], folders)?;
        let mut removed: Vec<(String, CommitId)> = Vec::new();
        for entry in logged {
            for (path, _) in entry.changes {
                if !removed.iter().any(|(known, _)| *known == path) {
                    removed.push((path, entry.commit));
                }
            }
        }
        Ok(removed)
    }

    /// The paths below some folders that the history of a tip brought, the newest first, each with the path that it was
    /// renamed from.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn brought_below(
        &self,
        tip: &CommitId,
        folders: &[&str],
    ) -> Result<Vec<(String, Option<String>)>, Error> {
        let logged = self.log(&["--find-renames", "--diff-filter=AR"], &[*tip], folders)?;
        Ok(logged.into_iter().flat_map(|entry| entry.brought).collect())
    }

    /// The paths that differ between two commits.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn changed_paths(&self, from: &CommitId, to: &CommitId) -> Result<Vec<String>, Error> {
        let (from, to) = (from.to_string(), to.to_string());
        let question = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", &from, &to];
        let output = self.git().args(question).run()?;
        let paths = output.stdout.split(|byte| *byte == 0).filter(|path| !path.is_empty());
        Ok(paths.map(|path| String::from_utf8_lossy(path).into_owned()).collect())
    }

    /// Every content that a push of `tip` would bring to a remote, by the commits that the remote does not have yet, the
    /// newest first: commit, path and blob.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn contents_to_send(
        &self,
        tip: &CommitId,
        remote: &str,
    ) -> Result<Vec<(CommitId, String, ObjectId)>, Error> {
        let known = format!("--remotes={remote}");
        // A merge may hold what neither of its parents had.
        let options = ["-m", "--no-renames", "--not", &known, "--not"];
        let mut seen = std::collections::HashSet::new();
        let mut sent = Vec::new();
        for Logged { commit, changes, .. } in self.log(&options, &[*tip], &[])? {
            let contents = changes.into_iter().filter_map(|(path, blob)| Some((path, blob?)));
            let new = contents.filter(|(path, blob)| seen.insert((path.clone(), *blob)));
            sent.extend(new.map(|(path, blob)| (commit, path, blob)).collect::<Vec<_>>());
        }
        Ok(sent)
    }

    fn log(&self, options: &[&str], tips: &[CommitId], paths: &[&str]) -> Result<Vec<Logged>, Error> {
        let format = "--format=%H%x00%ct%x00%an%x00%B%x00";
        // `log.showSignature`, `log.showRoot` and `i18n.logOutputEncoding` would change what is answered, `diff.relative` which paths.
        let plain = [
            "--no-show-signature",
            "--root",
            "--encoding=UTF-8",
            "--no-color",
            "--no-abbrev",
            "--no-relative",
        ];
        let fixed = [&["log", "-z", "--raw", format], &plain[..]].concat();
        let command = self.git().args(fixed).args(options).args(tips.iter().map(ToString::to_string));
        let command = paths.iter().fold(command.arg("--"), |command, path| command.path(path));
        Ok(read_log(&command.run()?.stdout))
    }
}

/// Reads `log -z --raw` in our format: four fields, an empty one, then the raw entries with their paths.
fn read_log(output: &[u8]) -> Vec<Logged> {
    let mut fields = output.split(|byte| *byte == 0).map(String::from_utf8_lossy).peekable();
    let mut log = Vec::new();
    while let Some(name) = fields.next() {
        let Ok(commit) = name.trim().parse() else { continue };
        let (Some(date), Some(author), Some(message)) = (fields.next(), fields.next(), fields.next()) else {
            break;
        };
        // One in front of the entries of a commit, two in front of a merge's.
        while fields.next_if(|field| field.is_empty()).is_some() {}
        let (mut changes, mut brought) = (Vec::new(), Vec::new());
        let mut copied = false;
        while let Some(raw) = fields.next_if(|field| field.trim_start().starts_with(':')) {
            // Of a merge there is a colon, a mode and a name for each parent.
            let parents = raw.trim_start().bytes().take_while(|byte| *byte == b':').count();
            let mut parts = raw.split_whitespace().skip(2 * parents + 1);
            let blob = parts.next().and_then(|hex| hex.parse::<ObjectId>().ok()).filter(|id| !id.is_zero());
            let status = parts.next().unwrap_or_default();
            copied |= status.starts_with('C');
            let from = if status.starts_with(['R', 'C']) { fields.next() } else { None };
            let Some(path) = fields.next().map(std::borrow::Cow::into_owned) else { break };
            if status.starts_with(['A', 'R']) {
                brought.push((path.clone(), from.map(std::borrow::Cow::into_owned)));
            }
            changes.push((path, blob));
        }
        let (author_name, message) = (author.into_owned(), message.into_owned());
        log.push(Logged {
            commit,
            committed: date.parse().unwrap_or(0),
            author_name,
            message,
            changes,
            brought,
            copied,
        });
    }
    log
}
