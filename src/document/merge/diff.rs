//! What two texts have in common, line by line or item by item, and where three of them differ.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

/// So many differences are looked for; texts that differ in more have little in common but lines that stand alone.
const MOST: usize = 1_000;

/// A stretch of three sequences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    /// Whether all three are the same here.
    pub(super) same: bool,
    pub(super) base: Range<usize>,
    pub(super) ours: Range<usize>,
    pub(super) theirs: Range<usize>,
}

/// The longest common part of two sequences, as pairs of positions in rising order.
pub(super) fn matches<T: Eq + Hash>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let lead = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let tail = a[lead..].iter().rev().zip(b[lead..].iter().rev()).take_while(|(a, b)| a == b).count();
    let mut pairs: Vec<(usize, usize)> = (0..lead).map(|at| (at, at)).collect();
    let (inner_a, inner_b) = (&a[lead..a.len() - tail], &b[lead..b.len() - tail]);
    let inner = shortest_edit(inner_a, inner_b).unwrap_or_else(|| alone(inner_a, inner_b));
    pairs.extend(inner.into_iter().map(|(x, y)| (x + lead, y + lead)));
    pairs.extend((0..tail).rev().map(|back| (a.len() - 1 - back, b.len() - 1 - back)));
    pairs
}

/// Myers' greedy search for the shortest edit (1986), which remembers each round to find its way back.
fn shortest_edit<T: Eq>(a: &[T], b: &[T]) -> Option<Vec<(usize, usize)>> {
    if a.is_empty() || b.is_empty() {
        return Some(Vec::new());
    }
    let most = (a.len() + b.len()).min(MOST);
    // Of diagonal `k` (a's position less b's), how far a was read; shifted, so that every index is positive.
    let mut furthest = vec![0_usize; 2 * most + 3];
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for edits in 0..=most {
        rounds.push(furthest[most + 1 - edits..=most + 1 + edits].to_vec());
        for step in 0..=edits {
            let at = most + 1 + 2 * step - edits;
            let down = step == 0 || (step != edits && furthest[at - 1] < furthest[at + 1]);
            let mut x = if down { furthest[at + 1] } else { furthest[at - 1] + 1 };
            // b's position is a's less the diagonal; what lies before the beginning is no way.
            let Some(mut y) = (x + most + 1).checked_sub(at) else { continue };
            if x > a.len() || y > b.len() {
                furthest[at] = x;
                continue;
            }
            while x < a.len() && y < b.len() && a[x] == b[y] {
                (x, y) = (x + 1, y + 1);
            }
            furthest[at] = x;
            if x == a.len() && y == b.len() {
                return Some(way_back(&rounds, edits, (x, y)));
            }
        }
    }
    None
}

/// The pairs on the way that the rounds tell, from the end back to the beginning.
fn way_back(rounds: &[Vec<usize>], edits: usize, (mut x, mut y): (usize, usize)) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for edits in (1..=edits).rev() {
        // The round before this one began holds diagonals -edits ..= edits, its values for the other parity.
        let round = &rounds[edits];
        let at = x + edits - y;
        let below = at.checked_sub(1).map(|below| round[below]);
        let above = round.get(at + 1).copied();
        let is_down = at == 0 || (at != 2 * edits && below < above);
        let before_x = if is_down { above.unwrap_or(0) } else { below.unwrap_or(0) };
        let start_x = if is_down { before_x } else { before_x + 1 };
        while x > start_x {
            (x, y) = (x - 1, y - 1);
            pairs.push((x, y));
        }
        if is_down {
            y -= 1;
        } else {
            x -= 1;
        }
    }
    while x > 0 && y > 0 {
        (x, y) = (x - 1, y - 1);
        pairs.push((x, y));
    }
    pairs.reverse();
    pairs
}

/// What stands once in either sequence, as far as its order is the same in both.
fn alone<T: Eq + Hash>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let mut seen: HashMap<&T, (usize, usize, usize)> = HashMap::new();
    for (at, one) in a.iter().enumerate() {
        let known = seen.entry(one).or_insert((0, at, 0));
        known.0 += 1;
    }
    for (at, one) in b.iter().enumerate() {
        if let Some(known) = seen.get_mut(one) {
            // A second one makes it no longer alone.
            known.0 += if known.2 == 0 { 0 } else { 2 };
            known.2 = at + 1;
        }
    }
    let mut pairs: Vec<(usize, usize)> = seen
        .into_values()
        .filter(|(count, _, b)| *count == 1 && *b > 0)
        .map(|(_, a, b)| (a, b - 1))
        .collect();
    pairs.sort_unstable();
    rising(&pairs)
}

/// The longest part of pairs whose second positions rise too.
pub(super) fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, b)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *b);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut chain = Vec::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        chain.push(pairs[at]);
        next = before[at];
    }
    chain.reverse();
    chain
}

/// Where three sequences are the same, and where one or both sides changed what the base has.
pub(super) fn hunks<T: Eq + Hash>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<Hunk> {
    let place = |side: &[T]| {
        let mut places = vec![None; base.len()];
        matches(base, side).into_iter().for_each(|(at, there)| places[at] = Some(there));
        places
    };
    let (in_ours, in_theirs) = (place(ours), place(theirs));
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut x, mut y, mut z) = (0, 0, 0);
    let stable = |at: usize| Some((in_ours[at]?, in_theirs[at]?));
    while x < base.len() || y < ours.len() || z < theirs.len() {
        let next = (x..base.len()).find_map(|at| stable(at).map(|(o, t)| (at, o, t)));
        let (end, to_ours, to_theirs) = next.unwrap_or((base.len(), ours.len(), theirs.len()));
        if (end, to_ours, to_theirs) != (x, y, z) {
            hunks.push(Hunk { same: false, base: x..end, ours: y..to_ours, theirs: z..to_theirs });
        }
        (x, y, z) = (end, to_ours, to_theirs);
        let mut length = 0;
        while x + length < base.len() && stable(x + length) == Some((y + length, z + length)) {
            length += 1;
        }
        if length > 0 {
            hunks.push(Hunk { same: true, base: x..x + length, ours: y..y + length, theirs: z..z + length });
            (x, y, z) = (x + length, y + length, z + length);
        }
    }
    hunks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The length of the longest common part, by the table that everybody knows.
    fn longest(a: &[u8], b: &[u8]) -> usize {
        let mut row = vec![0; b.len() + 1];
        for one in a {
            let mut corner = 0;
            for (at, other) in b.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if one == other { corner + 1 } else { above.max(row[at]) };
                corner = above;
            }
        }
        row[b.len()]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_common_part_is_the_longest(a in prop::collection::vec(0_u8..5, 0..30), b in prop::collection::vec(0_u8..5, 0..30)) {
            let pairs = matches(&a, &b);
            prop_assert!(pairs.iter().all(|(x, y)| a[*x] == b[*y]));
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            prop_assert_eq!(pairs.len(), longest(&a, &b));
        }

        #[test]
        fn hunks_cover_all_three(
            base in prop::collection::vec(0_u8..4, 0..16),
            ours in prop::collection::vec(0_u8..4, 0..16),
            theirs in prop::collection::vec(0_u8..4, 0..16),
        ) {
            let (mut x, mut y, mut z) = (0, 0, 0);
            for hunk in hunks(&base, &ours, &theirs) {
                prop_assert_eq!((hunk.base.start, hunk.ours.start, hunk.theirs.start), (x, y, z));
                if hunk.same {
                    prop_assert!(base[hunk.base.clone()] == ours[hunk.ours.clone()] && base[hunk.base.clone()] == theirs[hunk.theirs.clone()]);
                }
                (x, y, z) = (hunk.base.end, hunk.ours.end, hunk.theirs.end);
            }
            prop_assert_eq!((x, y, z), (base.len(), ours.len(), theirs.len()));
        }
    }

    #[test]
    fn texts_with_little_in_common_keep_what_stands_alone() {
        let a: Vec<usize> = (0..3_000).collect();
        let b: Vec<usize> = (0..3_000).map(|n| if n % 1_000 == 7 { n } else { n + 10_000 }).collect();
        assert_eq!(matches(&a, &b), [(7, 7), (1_007, 1_007), (2_007, 2_007)]);
    }
}
