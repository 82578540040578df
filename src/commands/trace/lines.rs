//! The lines that a fix speaks about, file by file, and what of it has none to ask about.

use std::collections::HashMap;

use crate::error::CliError;
use crate::git::{Commit, CommitId, Delta, EntryKind, Repo, is_binary};
use crate::session::Project;
use crate::trace::{Code, Evidence, FileKind, Hunk, Wanted, added_code, kind_of, wanted};

/// Larger files are data.
const LARGEST: usize = 4 << 20;
/// A fix that touches more lines than this is a rewrite: the rest says nothing about a defect.
const MOST: usize = 2_000;

/// Lines of one file as the fix found it.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) path: String,
    /// How many lines the file has.
    pub(super) length: usize,
    pub(super) lines: Vec<Wanted>,
}

/// What a fix says.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// Where the lines stand: the parent.
    pub(super) parent: Option<CommitId>,
    pub(super) files: Vec<Asked>,
    /// What was not looked at, and why.
    pub(super) notes: Vec<String>,
}

/// A file that changed, as both sides have it.
struct Pair {
    path: String,
    old: Code,
    new: Code,
    hunks: Vec<Hunk>,
}

/// Reads what a fix changed against its first parent.
///
/// # Errors
/// Git's.
pub(super) fn changed(project: &Project, fix: &Commit, edges: &[CommitId]) -> Result<Changed, CliError> {
    let (repo, short) = (&project.repo, fix.id.short());
    let mut changed = Changed::default();
    if edges.contains(&fix.id) {
        changed.notes.push(format!(
            "{short} is where this shallow clone begins: what it changed is not here (git fetch --unshallow)"
        ));
        return Ok(changed);
    }
    let Some(parent) = fix.parents.first() else {
        changed.notes.push(format!("{short} is a first commit: nothing was there before it"));
        return Ok(changed);
    };
    if fix.parents.len() > 1 {
        changed
            .notes
            .push(format!("{short} is a merge: all that it brought to its first parent is followed"));
    }
    changed.parent = Some(*parent);
    let deltas = repo.deltas(Some(parent), &fix.id)?;
    let pairs = pairs(project, &short, deltas, &mut changed.notes)?;
    let mut moved = HashMap::new();
    for pair in &pairs {
        added_code(&pair.old, &pair.new, &pair.hunks, &mut moved);
    }
    for pair in pairs {
        let lines = wanted(&pair.old, &pair.new, &pair.hunks, &mut moved);
        if !lines.is_empty() {
            changed.files.push(Asked { path: pair.path, length: pair.old.len(), lines });
        }
    }
    keep_telling(&mut changed);
    if changed.files.is_empty() && changed.notes.is_empty() {
        changed.notes.push(format!("{short} changes no line of code that was there before it"));
    }
    let count: usize = changed.files.iter().map(|file| file.lines.len()).sum();
    if count > MOST {
        changed.notes.push(format!("{short} changes {count} lines: the first {MOST} are followed"));
        let mut left = MOST;
        for file in &mut changed.files {
            file.lines.truncate(left);
            left -= file.lines.len();
        }
    }
    Ok(changed)
}

/// What is taken from elsewhere tells something only where there is nothing else.
fn keep_telling(changed: &mut Changed) {
    let all = || changed.files.iter().flat_map(|file| &file.lines);
    if all().any(|wanted| wanted.evidence != Evidence::Import) {
        for file in &mut changed.files {
            file.lines.retain(|wanted| wanted.evidence != Evidence::Import);
        }
        changed.files.retain(|file| !file.lines.is_empty());
    }
}

/// The files to look at: code where there is any, else tests, else the rest.
fn pairs(
    project: &Project,
    short: &str,
    deltas: Vec<Delta>,
    notes: &mut Vec<String>,
) -> Result<Vec<Pair>, CliError> {
    let mut by_kind: [Vec<Pair>; 4] = Default::default();
    for delta in deltas {
        let kind = match project.config.reads(&delta.path) {
            true => FileKind::Prose,
            false => kind_of(&delta.path),
        };
        match read(&project.repo, &delta)? {
            Ok(pair) => by_kind[kind as usize].extend(pair),
            Err(why) => notes.push(format!("{}: {why}", delta.path)),
        }
    }
    let kinds = [FileKind::Code, FileKind::Test, FileKind::Prose, FileKind::Made];
    let has_lines = |pairs: &Vec<Pair>| pairs.iter().any(|pair| !pair.hunks.is_empty());
    let chosen = by_kind.iter().position(has_lines).unwrap_or(0);
    if chosen > 0 {
        notes.push(format!("{short} changes no code: its {} are followed", kinds[chosen].plural()));
    }
    Ok(std::mem::take(&mut by_kind[chosen]))
}

/// Both sides of a changed file; nothing where there was none before, a reason where it has no lines.
fn read(repo: &Repo, delta: &Delta) -> Result<Result<Option<Pair>, String>, CliError> {
    let Some(old) = delta.old else {
        let is_submodule = delta.new.is_some_and(|(kind, _)| kind == EntryKind::Submodule);
        return Ok(if is_submodule { Err("a new submodule".to_owned()) } else { Ok(None) });
    };
    match (old, delta.new) {
        ((EntryKind::Submodule, from), Some((EntryKind::Submodule, to))) => {
            let (from, to) = (from.short(), to.short());
            return Ok(Err(format!(
                "a submodule that moved from {from} to {to}: git -C {} log {from}..{to}",
                quoted(&delta.path)
            )));
        }
        ((EntryKind::Submodule, _), _) | (_, Some((EntryKind::Submodule, _))) => {
            return Ok(Err("a submodule".to_owned()));
        }
        ((EntryKind::Link, _), _) | (_, Some((EntryKind::Link, _))) => {
            return Ok(Err("a symbolic link".to_owned()));
        }
        _ => {}
    }
    if [delta.old_path(), &delta.path].iter().any(|path| path.contains('\u{fffd}')) {
        return Ok(Err("its name is not UTF-8".to_owned()));
    }
    let before = repo.read(&old.1)?;
    let after = delta.new.map(|(_, id)| repo.read(&id)).transpose()?.unwrap_or_default();
    if is_binary(&before) || is_binary(&after) {
        return Ok(Err("not text".to_owned()));
    }
    if before.len().max(after.len()) > LARGEST {
        return Ok(Err(format!("larger than {} MiB", LARGEST >> 20)));
    }
    let code = |path: &str, bytes: &[u8]| Code::read(path, &String::from_utf8_lossy(bytes));
    let hunks = hunks(repo, &before, &after)?;
    let (old, new) = (code(delta.old_path(), &before), code(&delta.path, &after));
    Ok(Ok(Some(Pair { path: delta.old_path().to_owned(), old, new, hunks })))
}

/// The places at which two texts differ.
///
/// # Errors
/// libgit2's.
pub(super) fn hunks(repo: &Repo, old: &[u8], new: &[u8]) -> Result<Vec<Hunk>, CliError> {
    let changes = repo.line_changes(old, new)?;
    Ok(changes.into_iter().map(|(old, new)| Hunk { old, new }).collect())
}

/// A path as one word of a shell.
fn quoted(path: &str) -> String {
    let is_plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    if is_plain { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}
