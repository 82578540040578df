//! Which commit wrote a line, by `git blame`: one process a file for all its lines that are asked about.

use std::ops::Range;

use super::{CommitId, Error, Repo};

/// Lines around those that are asked about, for git to recognise what was moved: a line alone is too short for that.
const AROUND: usize = 10;

/// Asks for the origin of lines.
#[derive(Debug)]
pub struct Blame<'r> {
    repo: &'r Repo,
    /// From the folder that the user stands in up to the top: git takes the path from there.
    up: String,
    /// The commits that the team leaves out, as `.git-blame-ignore-revs` lists them.
    ignored: Vec<u8>,
}

/// A line with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlamedLine {
    /// The line that was asked about, from 0.
    pub line: usize,
    /// The commit that wrote it.
    pub commit: CommitId,
    /// The file that it wrote it in.
    pub path: String,
    /// The line there, from 0.
    pub origin: usize,
    /// The parent of that commit, and what the file is called there.
    pub previous: Option<(CommitId, String)>,
    /// The history ends there: a first commit, or the edge of a shallow clone.
    pub is_boundary: bool,
}

/// The file that teams list commits in which only set code anew.
const IGNORED: &str = ".git-blame-ignore-revs";

impl Repo {
    /// Prepares for questions about origins.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn blame(&self) -> Result<Blame<'_>, Error> {
        // Nothing at the top and where there is no work tree; the work tree itself where one stands outside of it.
        let mut up = self.git().args(["rev-parse", "--show-cdup"]).answer()?.text();
        if !up.is_empty() && !up.ends_with('/') {
            up.push('/');
        }
        let here = self.work_tree().and_then(|top| std::fs::read(top.join(IGNORED)).ok());
        let committed = || {
            let head = self.head_when_opened()?;
            let file = self.file(&head, IGNORED).ok().flatten()?;
            self.read(&file.blob).ok()
        };
        let listed = here.or_else(committed).unwrap_or_default();
        Ok(Blame { repo: self, up, ignored: whole_names(&listed) })
    }

    /// The commits at which a shallow clone was cut off.
    #[must_use]
    pub fn edges(&self) -> Vec<CommitId> {
        if !self.is_shallow() {
            return Vec::new();
        }
        let listed = std::fs::read_to_string(self.common_dir().join("shallow")).unwrap_or_default();
        listed.lines().filter_map(|line| line.trim().parse().ok()).collect()
    }
}

impl Blame<'_> {
    /// The origins of some lines (from 0) of a file of a commit that has `length` lines; moves inside the file and from files
    /// of the same commits are followed, renames too. With `blanks`, a change of blanks alone counts as one.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn lines(
        &self,
        at: &CommitId,
        path: &str,
        lines: &[usize],
        length: usize,
        blanks: bool,
    ) -> Result<Vec<BlamedLine>, Error> {
        let ranges = ranges(lines, length);
        if ranges.is_empty() {
            return Ok(Vec::new());
        }
        let mut command = self.repo.git().args(["blame", "--line-porcelain"]);
        command = command.args(["-M", "-C"]).args((!blanks).then_some("-w"));
        command = command.args(ranges.iter().map(|range| format!("-L{},{}", range.start + 1, range.end)));
        if !self.ignored.is_empty() {
            command = command.args(["--ignore-revs-file", "/dev/stdin"]).input(self.ignored.clone());
        }
        let command = command.arg(at.to_string()).arg("--").arg(format!("{}{path}", self.up));
        let mut found = read_blame(&command.run()?.stdout);
        found.retain(|found| lines.contains(&found.line));
        Ok(found)
    }
}

/// The lines with those around them, in few ranges.
fn ranges(lines: &[usize], length: usize) -> Vec<Range<usize>> {
    let mut sorted: Vec<usize> = lines.iter().copied().filter(|line| *line < length).collect();
    sorted.sort_unstable();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for line in sorted {
        let (start, end) = (line.saturating_sub(AROUND), (line + 1 + AROUND).min(length));
        match ranges.last_mut().filter(|last| last.end >= start) {
            Some(last) => last.end = end,
            None => ranges.push(start..end),
        }
    }
    ranges
}

/// The lines of a list of commits that git takes: it refuses the whole file for one abbreviated name.
fn whole_names(listed: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(listed);
    let names = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let whole = names.filter(|name| name.parse::<CommitId>().is_ok());
    whole.flat_map(|name| format!("{name}\n").into_bytes()).collect()
}

fn read_blame(output: &[u8]) -> Vec<BlamedLine> {
    let mut found: Vec<BlamedLine> = Vec::new();
    let mut current: Option<BlamedLine> = None;
    for line in output.split(|byte| *byte == b'\n') {
        if line.starts_with(b"\t") {
            found.extend(current.take());
            continue;
        }
        let line = String::from_utf8_lossy(line);
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let Some(known) = &mut current else {
            current = begin(word, rest);
            continue;
        };
        match word {
            "boundary" => known.is_boundary = true,
            "filename" => known.path = unquoted(rest),
            "previous" => {
                let previous = rest.split_once(' ');
                known.previous =
                    previous.and_then(|(commit, path)| Some((commit.parse().ok()?, unquoted(path))));
            }
            _ => {}
        }
    }
    found
}

/// `<commit> <line there> <line here> [<how many>]`.
fn begin(commit: &str, rest: &str) -> Option<BlamedLine> {
    let mut numbers = rest.split(' ').map(str::parse::<usize>);
    let (origin, line) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    Some(BlamedLine {
        line: line.checked_sub(1)?,
        commit: commit.parse().ok()?,
        path: String::new(),
        origin: origin.checked_sub(1)?,
        previous: None,
        is_boundary: false,
    })
}

/// A path as git quotes it where it has quotes, backslashes or control characters.
pub(super) fn unquoted(path: &str) -> String {
    let Some(inner) = path.strip_prefix('"').and_then(|path| path.strip_suffix('"')) else {
        return path.to_owned();
    };
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner.bytes().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(b'a') => bytes.push(7),
            Some(b'b') => bytes.push(8),
            Some(b't') => bytes.push(b'\t'),
            Some(b'n') => bytes.push(b'\n'),
            Some(b'v') => bytes.push(11),
            Some(b'f') => bytes.push(12),
            Some(b'r') => bytes.push(b'\r'),
            Some(first @ b'0'..=b'3') => {
                let mut value = u32::from(first - b'0');
                for _ in 0..2 {
                    let digit = rest.next_if(|byte| matches!(byte, b'0'..=b'7')).unwrap_or(b'0');
                    value = value * 8 + u32::from(digit - b'0');
                }
                bytes.push(u8::try_from(value).unwrap_or(b'?'));
            }
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_near_each_other_are_one_range() {
        assert_eq!(ranges(&[40, 3, 12, 500], 100), [0..23, 30..51]);
        assert_eq!(ranges(&[0, 1], 1).first(), Some(&(0..1)));
        assert!(ranges(&[7], 0).is_empty());
    }

    #[test]
    fn git_quotes_names_and_we_read_them() {
        assert_eq!(unquoted("src/größe.rs"), "src/größe.rs");
        assert_eq!(unquoted(r#""a\"b\\c\td\303\251""#), "a\"b\\c\tdé");
    }

    #[test]
    fn only_whole_names_are_handed_to_git() {
        let name = "a".repeat(40);
        let listed = format!("# reformat\n{name} # black\nabc123\n\n");
        assert_eq!(whole_names(listed.as_bytes()), format!("{name}\n").into_bytes());
    }
}
