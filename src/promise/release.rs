//! Which release first carries a commit: all tags and all commits in one pass over the graph.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::{Graph, Node};

/// Which tags have which commit.
#[derive(Debug, Clone, Default)]
pub struct Releases {
    names: Vec<String>,
    /// The set of tags that have each commit.
    set_of: Vec<u32>,
    /// The sets there are, tag by tag as bits.
    sets: Vec<Vec<u64>>,
    /// How many commits each tag has.
    sizes: Vec<u64>,
}

impl Releases {
    /// Takes tags by name with their commits. Commits between two tags are in the same tags: there are few different sets.
    #[must_use]
    pub fn new(graph: &Graph, tags: Vec<(String, Node)>) -> Self {
        let words = tags.len().div_ceil(64);
        let mut sets: Vec<Vec<u64>> = vec![vec![0; words]];
        let mut numbers: HashMap<Vec<u64>, u32> = HashMap::from([(sets[0].clone(), 0)]);
        let mut unions: HashMap<(u32, u32), u32> = HashMap::new();
        let mut unite = |one: u32, other: u32, sets: &mut Vec<Vec<u64>>| {
            if one == other || other == 0 {
                return one;
            }
            if one == 0 {
                return other;
            }
            *unions.entry((one, other)).or_insert_with(|| {
                let pairs = sets[one as usize].iter().zip(&sets[other as usize]);
                number(pairs.map(|(one, other)| one | other).collect(), sets, &mut numbers)
            })
        };
        let mut own: HashMap<Node, Vec<usize>> = HashMap::new();
        for (at, (_, node)) in tags.iter().enumerate() {
            own.entry(*node).or_default().push(at);
        }
        let mut own_set: HashMap<Node, u32> = HashMap::new();
        for (node, at) in own {
            let mut set = vec![0; words];
            at.into_iter().for_each(|at| set[at / 64] |= 1 << (at % 64));
            sets.push(set);
            own_set.insert(node, u32::try_from(sets.len() - 1).expect("there are fewer tags than that"));
        }
        let mut set_of = vec![0_u32; graph.len()];
        let mut counts: HashMap<u32, u64> = HashMap::new();
        for node in (0..graph.len()).rev() {
            let id = Node::try_from(node).expect("a graph counts its commits so");
            let set = unite(set_of[node], own_set.get(&id).copied().unwrap_or(0), &mut sets);
            set_of[node] = set;
            *counts.entry(set).or_default() += 1;
            for parent in graph.parents(id) {
                let parent = *parent as usize;
                set_of[parent] = unite(set_of[parent], set, &mut sets);
            }
        }
        let names: Vec<String> = tags.into_iter().map(|(name, _)| name).collect();
        let mut releases = Self { sizes: vec![0; names.len()], names, set_of, sets };
        for (set, count) in counts {
            for tag in releases.members(set).collect::<Vec<_>>() {
                releases.sizes[tag] += count;
            }
        }
        releases
    }

    /// The first release among some tags that has a commit: the one with the fewest commits; of several with as many, the
    /// lowest version.
    #[must_use]
    pub fn first(&self, node: Node, is_release: impl Fn(&str) -> bool) -> Option<&str> {
        let set = *self.set_of.get(node as usize)?;
        let tags = self.members(set).filter(|tag| is_release(&self.names[*tag]));
        let before = |a: &usize, b: &usize| {
            let sizes = self.sizes[*a].cmp(&self.sizes[*b]);
            sizes.then_with(|| order(&self.names[*a], &self.names[*b]))
        };
        tags.min_by(before).map(|tag| self.names[tag].as_str())
    }

    fn members(&self, set: u32) -> impl Iterator<Item = usize> {
        let words = self.sets.get(set as usize).into_iter().flatten().enumerate();
        words.flat_map(|(at, word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit)
        })
    }
}

fn number(set: Vec<u64>, sets: &mut Vec<Vec<u64>>, numbers: &mut HashMap<Vec<u64>, u32>) -> u32 {
    *numbers.entry(set).or_insert_with_key(|set| {
        sets.push(set.clone());
        u32::try_from(sets.len() - 1).expect("there are fewer sets of tags than commits")
    })
}

/// Versions in names of tags: numbers by value, and `1.0.0-rc1` before `1.0.0`.
#[must_use]
pub fn order(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one, other);
    loop {
        match (a.chars().next(), b.chars().next()) {
            (None, None) => return one.cmp(other),
            (None, Some(next)) => return if is_mark(next, b) { Ordering::Greater } else { Ordering::Less },
            (Some(next), None) => return if is_mark(next, a) { Ordering::Less } else { Ordering::Greater },
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (left, right) = (digits(a), digits(b));
                let (x, y) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
                match x.len().cmp(&y.len()).then_with(|| x.cmp(y)) {
                    Ordering::Equal => (a, b) = (&a[left.len()..], &b[right.len()..]),
                    unequal => return unequal,
                }
            }
            (Some(x), Some(y)) if x == y => (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]),
            (Some(x), Some(y)) => {
                return match (is_mark(x, a), is_mark(y, b)) {
                    (true, false) => Ordering::Less,
                    (false, true) => Ordering::Greater,
                    _ => x.cmp(&y),
                };
            }
        }
    }
}

/// Whether a version is one before the release: `v1.0.0-rc1`.
#[must_use]
pub fn is_pre_release(name: &str) -> bool {
    let ends = name.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| &name[at + 1..]);
    ends.into_iter().any(|rest| rest.chars().next().is_some_and(|next| is_mark(next, rest)))
}

fn digits(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

/// Whether a version goes on as a pre-release.
fn is_mark(next: char, rest: &str) -> bool {
    let after = rest.trim_start_matches(['-', '.', '_', '~']);
    matches!(next, '-' | '~') && after.starts_with(|c: char| c.is_ascii_alphabetic())
        || ["rc", "alpha", "beta", "pre", "dev"].iter().any(|mark| after.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_by_number_and_a_pre_release_comes_first() {
        let sorted = [
            "v1.0.0-alpha",
            "v1.0.0-rc.2",
            "v1.0.0-rc.10",
            "v1.0.0",
            "v1.0.1",
            "v1.2.0",
            "v1.10.0",
            "v2.0.0",
        ];
        for (a, one) in sorted.iter().enumerate() {
            for (b, other) in sorted.iter().enumerate() {
                assert_eq!(order(one, other), a.cmp(&b), "{one} {other}");
            }
        }
        assert_eq!(order("1.0", "1.0.1"), Ordering::Less);
        assert_eq!(order("1.0rc1", "1.0"), Ordering::Less);
        assert_eq!(order("v01", "v1"), Ordering::Less, "the names differ all the same");
    }

    #[test]
    fn a_pre_release_is_told_by_what_follows_its_number() {
        for name in ["v1.0.0-rc1", "1.0rc1", "pay-v2.0.0-alpha.3", "v2-beta"] {
            assert!(is_pre_release(name), "{name}");
        }
        for name in ["v1.0.0", "pay-v2.0.0", "pre-v1.0", "2026-11-23", "release/7"] {
            assert!(!is_pre_release(name), "{name}");
        }
    }

    #[test]
    fn the_first_release_is_the_one_with_the_fewest_commits() {
        // 0 - 1 - 3 - 5 (main), 1 - 2 - 4 (a branch of fixes)
        let mut graph = Graph::default();
        let parents: [&[Node]; 6] = [&[], &[0], &[1], &[1], &[2], &[3]];
        for parents in parents {
            graph.add(parents, 0);
        }
        let tags = [("v2.0.0", 5), ("v1.0.1", 4), ("v1.0.0", 1), ("v1.0.0-rc1", 1), ("other-1", 0)];
        let releases = Releases::new(&graph, tags.map(|(name, node)| (name.to_owned(), node)).to_vec());
        let first = |node| releases.first(node, |name| name.starts_with('v'));
        assert_eq!(first(0), Some("v1.0.0-rc1"));
        assert_eq!(first(2), Some("v1.0.1"));
        assert_eq!(first(3), Some("v2.0.0"));
        assert_eq!(releases.first(0, |_| true), Some("other-1"));
        assert_eq!(releases.first(3, |name| name == "v1.0.0"), None);
    }

    proptest::proptest! {
        #[test]
        fn tags_have_what_a_walk_from_them_reaches(shape in proptest::collection::vec(proptest::collection::vec(0u32..1000, 0..3), 1..30), tags in proptest::collection::vec(0u32..1000, 0..80)) {
            let mut graph = Graph::default();
            for (at, parents) in shape.iter().enumerate() {
                let at = u32::try_from(at).unwrap();
                let own: Vec<Node> = parents.iter().filter(|_| at > 0).map(|parent| parent % at).collect();
                graph.add(&own, 0);
            }
            let size = u32::try_from(shape.len()).unwrap();
            let tags: Vec<(String, Node)> = tags.iter().enumerate().map(|(at, tag)| (format!("t{at}"), tag % size)).collect();
            let releases = Releases::new(&graph, tags.clone());
            for node in 0..size {
                for (name, tip) in &tags {
                    let has = node <= *tip && graph.reach(*tip)[node as usize];
                    proptest::prop_assert_eq!(releases.first(node, |tag| tag == name).is_some(), has);
                }
            }
        }
    }
}
