//! Words that a commit gave, and reverts that take them back.

use std::collections::{BTreeMap, HashMap};

use super::facts::Facts;
use super::words::Place;
use crate::promise::{Given, Line, Mark, Node, Source, Word};

/// What was said about which item, and where.
#[derive(Debug, Default)]
pub(super) struct Said {
    by_node: BTreeMap<Node, Vec<(Place, Word)>>,
    by_item: HashMap<Place, Vec<Given>>,
}

impl Said {
    /// Notes a word; of several about one item in one commit the last one counts.
    pub(super) fn say(&mut self, node: Node, place: Place, word: Word, source: Source) {
        let all = self.by_node.entry(node).or_default();
        let given = self.by_item.entry(place).or_default();
        match all.iter_mut().find(|(known, _)| *known == place) {
            Some((_, known)) => {
                *known = word;
                given.iter_mut().filter(|given| given.node == node).for_each(|given| given.word = word);
            }
            None => {
                all.push((place, word));
                given.push(Given { node, word, source });
            }
        }
    }

    /// Everything that was said about an item.
    pub(super) fn of(&self, place: Place) -> &[Given] {
        self.by_item.get(&place).map_or(&[], Vec::as_slice)
    }

    fn has(&self, node: Node, place: Place) -> bool {
        self.by_node.get(&node).is_some_and(|all| all.iter().any(|(known, _)| *known == place))
    }
}

/// Lets reverts speak: what a commit said, its revert says the other way round, unless it speaks of the item itself. The
/// revert of a merge takes back what the merge brought in.
pub(super) fn take_back(said: &mut Said, facts: &Facts, line: &Line<'_>) {
    if said.by_node.is_empty() {
        return;
    }
    let here = || facts.marks.iter().filter(|(node, _)| line.has(**node));
    let copies: Vec<(&str, Node)> = here()
        .flat_map(|(node, marks)| marks.iter().map(move |mark| (*node, mark)))
        .filter_map(|(node, mark)| match mark {
            Mark::Copies(commit) => Some((commit.as_str(), node)),
            _ => None,
        })
        .collect();
    // A revert of something that is not in this history may be of its copy that is.
    let find = |hex: &str| {
        let own = facts.named(hex).filter(|node| line.has(*node));
        own.or_else(|| copies.iter().find(|(commit, _)| commit.starts_with(hex)).map(|(_, node)| *node))
    };
    for (node, marks) in here() {
        for mark in marks {
            let Mark::Reverts { commit, mainline } = mark else { continue };
            let Some(reverted) = find(commit).filter(|reverted| reverted != node) else { continue };
            let mainline = mainline.as_deref().and_then(find);
            for (place, word) in brought(said, line, reverted, mainline) {
                if !said.has(*node, place) {
                    said.say(*node, place, word.inverse(), Source::Revert);
                }
            }
        }
    }
}

/// What a commit said; of a merge, what was said on the sides that it brought to its main line, the newest word of each
/// item.
fn brought(said: &Said, line: &Line<'_>, commit: Node, mainline: Option<Node>) -> Vec<(Place, Word)> {
    let parents = line.graph().parents(commit);
    let main = match parents {
        [] | [_] => return said.by_node.get(&commit).cloned().unwrap_or_default(),
        [first, ..] => mainline.filter(|main| parents.contains(main)).unwrap_or(*first),
    };
    let mut newest: HashMap<Place, (Node, Word)> = HashMap::new();
    for (node, all) in said.by_node.range(..=commit) {
        if !line.is_ancestor(*node, commit) || line.is_ancestor(*node, main) {
            continue;
        }
        for (place, word) in all {
            let known = newest.entry(*place).or_insert((*node, *word));
            if line.is_newer(*node, known.0) {
                *known = (*node, *word);
            }
        }
    }
    newest.into_iter().map(|(place, (_, word))| (place, word)).collect()
}
