//! Which release first had a commit, and which files a release changed.

use std::collections::{HashMap, HashSet};

use super::history::{History, Node, Tag};

/// The releases of one line: of a service, or of the whole.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The service's name; empty for the whole.
    pub(super) name: String,
    /// Places among the tags, by when they were made.
    pub(super) tags: Vec<usize>,
    /// For each commit the first release of the line that has it: a place in `tags`.
    first: HashMap<Node, usize>,
    /// The files with code that each release changed.
    files: Vec<HashSet<u32>>,
}

/// The lines of releases that a history has.
pub(super) fn lines(history: &History) -> Vec<Line> {
    let mut names: Vec<&String> = history.tags.iter().flat_map(|tag| &tag.lines).collect();
    names.sort();
    names.dedup();
    names.into_iter().map(|name| Line::of(history, name)).collect()
}

impl Line {
    fn of(history: &History, name: &str) -> Self {
        let mut line = Self { name: name.to_owned(), ..Self::default() };
        for (at, tag) in history.tags.iter().enumerate() {
            if !tag.lines.iter().any(|own| own == name) {
                continue;
            }
            let place = line.tags.len();
            line.tags.push(at);
            let mut files = HashSet::new();
            let mut waiting: Vec<Node> = tag.node.into_iter().collect();
            while let Some(node) = waiting.pop() {
                if line.first.contains_key(&node) {
                    continue;
                }
                line.first.insert(node, place);
                let commit = history.commit(node);
                files.extend(&commit.code);
                waiting.extend(&commit.parents);
            }
            line.files.push(files);
        }
        line
    }

    /// Whether a tag, by its place among all, is one of the line.
    pub(super) fn has(&self, tag: usize) -> bool {
        self.tags.binary_search(&tag).is_ok()
    }

    /// The first release that has a commit.
    pub(super) fn first<'h>(&self, history: &'h History, node: Node) -> Option<&'h Tag> {
        self.first.get(&node).map(|place| &history.tags[self.tags[*place]])
    }

    /// The newest release at an instant, with its place.
    pub(super) fn newest_at<'h>(&self, history: &'h History, at: i64) -> Option<(usize, &'h Tag)> {
        let made = self.tags.partition_point(|tag| history.tags[*tag].created <= at);
        let place = made.checked_sub(1)?;
        Some((place, &history.tags[self.tags[place]]))
    }

    /// Whether a release has a commit, or one before it.
    pub(super) fn had(&self, place: usize, node: Node) -> bool {
        self.first.get(&node).is_some_and(|first| *first <= place)
    }

    /// The files that a release changed.
    pub(super) fn files(&self, place: usize) -> &HashSet<u32> {
        &self.files[place]
    }
}
