//! What a commit or a merge is made of, told by the objects themselves: quicker than a process where it is little.

use std::collections::BTreeMap;
use std::iter::Peekable;

use super::objects::kind_of;
use super::packs::{Kind, Objects};
use super::tree_bytes::{self, Entry, canonical};
use super::{CommitId, EntryKind, ObjectId, Repo, Touched};

/// Commits of a merge that are looked at here.
const MOST: usize = 64;

/// A side of a comparison: the mode of an entry, and its object.
type Side = Option<(i32, ObjectId)>;

impl Repo {
    /// What a commit is made of, with all that a merge brought; none where that is git's to say: where the past is not what
    /// the objects tell, of a merge of three, of one that brought much or that the commit-graph cannot tell of.
    #[must_use]
    pub fn touched_here(&self, commit: &CommitId) -> Option<Touched> {
        if !self.has_plain_history() {
            return None;
        }
        let mut objects = Objects::few(self);
        let first = head_of(&mut objects, commit.object())?;
        let commits = match first.1.as_slice() {
            [] | [_] => vec![*commit],
            [main, ..] => self.between(&CommitId::new(*main), commit, MOST)?,
        };
        let mut files = Vec::new();
        for commit in &commits {
            let (new, parents) = head_of(&mut objects, commit.object())?;
            let mut tree = |parent: &ObjectId| head_of(&mut objects, *parent).map(|(tree, _)| tree);
            match parents.as_slice() {
                [] => differing(&mut objects, [None, Some(new)], "", &mut files),
                [one] => {
                    let old = tree(one)?;
                    differing(&mut objects, [Some(old), Some(new)], "", &mut files)
                }
                [one, other] => {
                    let (one, other) = (tree(one)?, tree(other)?);
                    differing(&mut objects, [Some(one), Some(other), Some(new)], "", &mut files)
                }
                _ => return None,
            }
            .ok()?;
        }
        files.sort_unstable();
        files.dedup();
        Some(Touched { commits, files })
    }
}

fn head_of(objects: &mut Objects<'_>, commit: ObjectId) -> Option<(ObjectId, Vec<ObjectId>)> {
    head(&objects.read(commit, Kind::Commit).ok()?)
}

/// The tree and the parents of a commit, from the bytes of its record.
fn head(commit: &[u8]) -> Option<(ObjectId, Vec<ObjectId>)> {
    let mut lines = commit.split(|byte| *byte == b'\n');
    let id = |line: &[u8], name: &[u8]| std::str::from_utf8(line.strip_prefix(name)?).ok()?.parse().ok();
    let tree = id(lines.next()?, b"tree ")?;
    Some((tree, lines.map_while(|line| id(line, b"parent ")).collect()))
}

/// The paths below a folder that the last of some trees has in common with none of the others: of a merge those that differ
/// from every side.
fn differing<const TREES: usize>(
    objects: &mut Objects<'_>,
    trees: [Option<ObjectId>; TREES],
    folder: &str,
    files: &mut Vec<String>,
) -> Result<(), git2::Error> {
    let mut bytes = [const { Vec::new() }; TREES];
    for (bytes, tree) in bytes.iter_mut().zip(trees) {
        if let Some(tree) = tree {
            *bytes = objects.read(tree, Kind::Tree)?.to_vec();
        }
    }
    let hash = trees.iter().flatten().next().map_or(0, |tree| tree.as_bytes().len());
    let sides = unlike(bytes.each_ref().map(|bytes| tree_bytes::entries(bytes, hash).peekable()));
    let is_folder = |(mode, _): &(i32, ObjectId)| kind_of(*mode) == Some(EntryKind::Dir);
    let differs =
        |sides: &[Side; TREES]| sides.split_last().is_some_and(|(new, old)| old.iter().all(|old| old != new));
    for (name, sides) in sides.into_iter().filter(|(_, sides)| differs(sides)) {
        let path = format!("{folder}{}", String::from_utf8_lossy(&name));
        // What is a folder on one side and a file on another is both.
        if differs(&sides.map(|side| side.filter(|side| !is_folder(side)))) {
            files.push(path.clone());
        }
        let folders = sides.map(|side| side.filter(is_folder));
        if differs(&folders) {
            let below = folders.map(|side| side.map(|(_, id)| id));
            differing(objects, below, &format!("{path}/"), files)?;
        }
    }
    Ok(())
}

/// The names that some trees have not all alike, each with what it is on every side.
fn unlike<'t, const TREES: usize>(
    mut trees: [Peekable<impl Iterator<Item = Entry<'t>>>; TREES],
) -> BTreeMap<Vec<u8>, [Side; TREES]> {
    let mut sides: BTreeMap<Vec<u8>, [Side; TREES]> = BTreeMap::new();
    loop {
        let heads = trees.each_mut().map(|tree| tree.peek().copied());
        if heads[0].is_some() && heads.iter().all(|head| *head == heads[0]) {
            for tree in &mut trees {
                tree.next();
            }
            continue;
        }
        let Some(least) = heads.iter().flatten().min_by(|one, other| one.order(other)) else { break sides };
        for (side, head) in heads.iter().enumerate() {
            let Some(head) = head.filter(|head| head.order(least).is_eq()) else { continue };
            sides.entry(head.name.to_vec()).or_insert([None; TREES])[side] =
                Some((canonical(head.mode()), head.id));
            trees[side].next();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_begins_with_its_tree_and_its_parents() {
        let [a, b, c] = ["a", "b", "c"].map(|digit| digit.repeat(40));
        let told = |text: &str| {
            let (tree, parents) = head(text.as_bytes())?;
            Some((tree.to_string(), parents.iter().map(ToString::to_string).collect::<Vec<_>>()))
        };
        let end = "author x <y> 1 +0000\n\nparent of all\n";
        assert_eq!(told(&format!("tree {a}\n{end}")), Some((a.clone(), Vec::new())));
        let merge = format!("tree {a}\nparent {b}\nparent {c}\n{end}");
        assert_eq!(told(&merge), Some((a.clone(), vec![b, c])));
        assert_eq!(told(&format!("parent {a}\n")), None);
        assert_eq!(told("tree x\n"), None);
    }
}
