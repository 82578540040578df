//! Elements of two sides in one order: sections, rows, items, whatever was added, moved or taken away.

/// One element of the outcome, as each side has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Slot {
    pub(super) base: Option<usize>,
    pub(super) ours: Option<usize>,
    pub(super) theirs: Option<usize>,
}

/// What each element of a side was in the base; `None` for a new one.
pub(super) type Origins = [Option<usize>];

/// Puts the elements of both sides into one order. `same` names new ones that both sides have. Their order holds, and
/// what we added comes behind what they added at the same place, for theirs was there first; where we alone moved
/// something, our order holds.
pub(super) fn arrange(ours: &Origins, theirs: &Origins, same: &[(usize, usize)]) -> Vec<Slot> {
    let by_ours = is_moved(ours) && !is_moved(theirs);
    let turned: Vec<(usize, usize)> = same.iter().map(|(o, t)| (*t, *o)).collect();
    let slots = if by_ours { weave(ours, theirs, &turned, false) } else { weave(theirs, ours, same, true) };
    let turn = |slot: Slot| Slot { base: slot.base, ours: slot.theirs, theirs: slot.ours };
    // `weave` calls the side that gives the order theirs.
    if by_ours { slots.into_iter().map(turn).collect() } else { slots }
}

fn is_moved(side: &Origins) -> bool {
    let known: Vec<usize> = side.iter().flatten().copied().collect();
    known.windows(2).any(|two| two[0] > two[1])
}

/// The order of `main`, with what only `other` has behind what it follows there. `same` pairs other's with main's.
fn weave(main: &Origins, other: &Origins, same: &[(usize, usize)], behind: bool) -> Vec<Slot> {
    let mut slots: Vec<Slot> = main
        .iter()
        .enumerate()
        .map(|(at, base)| Slot { base: *base, ours: None, theirs: Some(at) })
        .collect();
    // A chain, so that putting something in between moves nothing; its head is one behind the last of main.
    let head = usize::MAX;
    let mut next: Vec<usize> = (1..=main.len()).map(|at| if at == main.len() { head } else { at }).collect();
    let mut first = if main.is_empty() { head } else { 0 };
    let of_base: std::collections::HashMap<usize, usize> =
        main.iter().enumerate().filter_map(|(at, base)| Some(((*base)?, at))).collect();
    let of_other: std::collections::HashMap<usize, usize> = same.iter().copied().collect();
    for (at, base) in other.iter().enumerate() {
        let known = base.and_then(|base| of_base.get(&base)).or_else(|| of_other.get(&at));
        if let Some(known) = known {
            slots[*known].ours = Some(at);
        }
    }
    let mut last: Option<usize> = None;
    for (at, base) in other.iter().enumerate() {
        let known = base.and_then(|base| of_base.get(&base)).or_else(|| of_other.get(&at));
        if let Some(known) = known {
            last = Some(*known);
            continue;
        }
        let mut after = last;
        loop {
            let following = after.map_or(first, |after| next[after]);
            let is_added =
                following != head && slots[following].base.is_none() && slots[following].ours.is_none();
            if !(behind && base.is_none() && is_added) {
                break;
            }
            after = Some(following);
        }
        let new = slots.len();
        slots.push(Slot { base: *base, ours: Some(at), theirs: None });
        match after {
            None => {
                next.push(first);
                first = new;
            }
            Some(after) => {
                next.push(next[after]);
                next[after] = new;
            }
        }
        last = Some(new);
    }
    let mut ordered = Vec::with_capacity(slots.len());
    let mut at = first;
    while at != head {
        ordered.push(slots[at]);
        at = next[at];
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Base elements by letter, new ones of ours as `x…`, of theirs as `p…`.
    fn told(ours: &Origins, theirs: &Origins, same: &[(usize, usize)]) -> String {
        let name = |slot: Slot| match slot {
            Slot { base: Some(base), .. } => char::from(b'a' + u8::try_from(base).unwrap()),
            Slot { theirs: Some(at), .. } => char::from(b'p' + u8::try_from(at).unwrap()),
            Slot { ours: at, .. } => char::from(b'x' + u8::try_from(at.unwrap_or(9)).unwrap() % 3),
        };
        arrange(ours, theirs, same).into_iter().map(name).collect()
    }

    #[test]
    fn what_both_added_stands_behind_what_it_follows_theirs_first() {
        let (a, b, new) = (Some(0), Some(1), None);
        assert_eq!(told(&[a, new, b], &[a, new, b], &[]), "aqyb");
        assert_eq!(told(&[a, b, new, new], &[a, b, new], &[]), "abrzx");
        assert_eq!(told(&[new, a], &[new, a], &[(0, 0)]), "pa");
        assert_eq!(told(&[new, a], &[new, a], &[]), "pxa");
    }

    #[test]
    fn what_one_moved_is_moved_and_what_one_removed_is_there() {
        let (a, b, c) = (Some(0), Some(1), Some(2));
        assert_eq!(told(&[b, a, c], &[a, b, c], &[]), "bac");
        assert_eq!(told(&[a, b, c], &[c, a, b], &[]), "cab");
        assert_eq!(told(&[a, c], &[a, b, c], &[]), "abc");
        assert_eq!(told(&[a, b, c], &[a, c], &[]), "abc");
    }
}
