//! The files that commits and ranges changed, however many, in two questions: what the names stand for, and the changes.

use super::{CommitId, Error, ObjectId, Repo};

/// A commit, or all that lies between a start and it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Span {
    /// The name of the commit.
    pub end: String,
    /// The name of the commit that it is compared with; its first parent where that is not told.
    pub start: Option<String>,
}

impl Repo {
    /// The paths that each span changed, in their order; `None` for one of which a commit is not here.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn paths_of(&self, spans: &[Span]) -> Result<Vec<Option<Vec<String>>>, Error> {
        let names: Vec<&str> = spans
            .iter()
            .flat_map(|span| [Some(span.end.as_str()), span.start.as_deref()])
            .flatten()
            .collect();
        let mut found = self.commits_named(&names)?.into_iter();
        let mut asked: Vec<Option<String>> = Vec::with_capacity(spans.len());
        for span in spans {
            let end = found.next().flatten();
            let start = span.start.as_ref().map(|_| found.next().flatten());
            asked.push(match (end, start) {
                (Some(end), None) => self.against_parent(&end),
                (Some(end), Some(Some(start))) => Some(format!("{end} {start}")),
                _ => None,
            });
        }
        let lines: String = asked.iter().flatten().map(|line| format!("{line}\n")).collect();
        if lines.is_empty() {
            return Ok(vec![None; spans.len()]);
        }
        let options = ["diff-tree", "--stdin", "--always", "-r", "--root", "-z", "--raw", "--no-renames"];
        let command = self.git().args(options).args(["--no-abbrev", "--no-relative"]);
        let mut read = read_paths(&command.input(lines).run()?.stdout).into_iter();
        Ok(asked.into_iter().map(|line| line.and_then(|_| read.next())).collect())
    }

    /// The commits that names stand for, in their order.
    fn commits_named(&self, names: &[&str]) -> Result<Vec<Option<CommitId>>, Error> {
        // A name that is none would be taken for two questions.
        let is_name =
            |name: &str| !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control());
        let line =
            |name: &&str| if is_name(name) { format!("{name}^{{commit}}\n") } else { "0\n".to_owned() };
        let input: String = names.iter().map(line).collect();
        if input.is_empty() {
            return Ok(Vec::new());
        }
        let output = self.git().args(["cat-file", "--batch-check=%(objectname)"]).input(input).run()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut lines = text.lines();
        let read = |_: &&str| lines.next().and_then(|line| line.parse().ok());
        Ok(names.iter().map(read).collect())
    }

    /// The question for what a commit changed: of a merge, what it brought to its first parent.
    fn against_parent(&self, commit: &CommitId) -> Option<String> {
        let parents = self.commit(commit).ok()?.parents;
        let parent = parents.first().map(|parent| format!(" {parent}")).unwrap_or_default();
        Some(format!("{commit}{parent}"))
    }
}

/// Reads `diff-tree --stdin --always -z --raw`: a commit's name, then its raw entries with their paths.
fn read_paths(output: &[u8]) -> Vec<Vec<String>> {
    let mut fields = output.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let mut all: Vec<Vec<String>> = Vec::new();
    while let Some(field) = fields.next() {
        if field.starts_with(':') {
            let path = fields.next();
            if let (Some(path), Some(paths)) = (path, all.last_mut()) {
                paths.push(path.into_owned());
            }
        } else if field.trim().parse::<ObjectId>().is_ok() {
            all.push(Vec::new());
        }
    }
    all
}
