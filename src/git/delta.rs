//! What one commit changed against another, file by file and line by line.

use std::ops::Range;

use super::objects::kind_of;
use super::{CommitId, EntryKind, Error, ObjectId, Repo};

/// A path that differs between two commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    /// The path after the change; before it where it was removed.
    pub path: String,
    /// The path before, where it was renamed.
    pub from: Option<String>,
    /// What stood there before; `None` where it is new.
    pub old: Option<(EntryKind, ObjectId)>,
    /// What stands there now; `None` where it was removed.
    pub new: Option<(EntryKind, ObjectId)>,
}

/// Lines that differ: of the old text and of the new one, counted from 0.
pub type LineChange = (Range<usize>, Range<usize>);

impl Delta {
    /// The path before the change.
    #[must_use]
    pub fn old_path(&self) -> &str {
        self.from.as_deref().unwrap_or(&self.path)
    }
}

impl Repo {
    /// The paths that differ between two commits, renames found; without the first one, everything is new.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn deltas(&self, from: Option<&CommitId>, to: &CommitId) -> Result<Vec<Delta>, Error> {
        let options = [
            "diff-tree",
            "-r",
            "-z",
            "--root",
            "--raw",
            "-M",
            "-l1000",
            "--no-abbrev",
            "--no-relative",
            "--no-commit-id",
        ];
        let command = self.git().args(options).args(from.map(ToString::to_string)).arg(to.to_string());
        let output = command.arg("--").run()?;
        Ok(read_deltas(&output.stdout))
    }

    /// The places at which two texts differ, as git's own diff has them.
    ///
    /// # Errors
    /// libgit2's.
    pub fn line_changes(&self, old: &[u8], new: &[u8]) -> Result<Vec<LineChange>, Error> {
        let fail = |error: git2::Error| Error::object("compare two texts", &error);
        let mut options = git2::DiffOptions::new();
        options.context_lines(0).interhunk_lines(0).force_text(true).indent_heuristic(true);
        let patch = git2::Patch::from_buffers(old, None, new, None, Some(&mut options)).map_err(fail)?;
        let mut changes = Vec::new();
        for at in 0..patch.num_hunks() {
            let (hunk, _) = patch.hunk(at).map_err(fail)?;
            changes
                .push((range(hunk.old_start(), hunk.old_lines()), range(hunk.new_start(), hunk.new_lines())));
        }
        Ok(changes)
    }
}

/// Where a side without lines is, git names the line before.
fn range(start: u32, count: u32) -> Range<usize> {
    let (start, count) = (start as usize, count as usize);
    if count == 0 { start..start } else { start - 1..start - 1 + count }
}

fn read_deltas(output: &[u8]) -> Vec<Delta> {
    let mut fields = output.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let mut deltas = Vec::new();
    while let Some(field) = fields.next() {
        let Some(raw) = field.strip_prefix(':') else { continue };
        let words: Vec<&str> = raw.split(' ').collect();
        let [old_mode, new_mode, old, new, status] = words[..] else { continue };
        let side = |mode: &str, id: &str| {
            let kind = i32::from_str_radix(mode, 8).ok().and_then(kind_of)?;
            Some((kind, id.parse::<ObjectId>().ok()?))
        };
        let from = if status.starts_with(['R', 'C']) { fields.next() } else { None };
        let Some(path) = fields.next() else { break };
        deltas.push(Delta {
            path: path.into_owned(),
            from: from.map(std::borrow::Cow::into_owned),
            old: side(old_mode, old),
            new: side(new_mode, new),
        });
    }
    deltas
}

/// Whether git would not show a content as text.
#[must_use]
pub fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(8000).any(|byte| *byte == 0)
}
