//! Whether a release has a defect: by the changes in it that brought it, mended it, and took either back.

/// A commit that matters, by number.
pub type Turn = usize;

/// Which of some commits take back which: a revert may itself be reverted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turns {
    /// For each commit the commits that take it back.
    pub reverted_by: Vec<Vec<Turn>>,
}

/// What a release is to a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It has the defect.
    Exposed,
    /// It has the defect again: the fix was taken back in it.
    Undone,
    /// It has some of the fixes.
    Partly,
    /// It has the defect's cause and the fix.
    Fixed,
    /// The cause was taken back in it.
    TakenBack,
    /// It never had the cause.
    Clear,
}

impl Verdict {
    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Exposed => "exposed",
            Self::Undone => "undone",
            Self::Partly => "partly",
            Self::Fixed => "fixed",
            Self::TakenBack => "taken-back",
            Self::Clear => "clear",
        }
    }

    /// Whether users of it still have the defect.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Exposed | Self::Undone | Self::Partly)
    }
}

/// No history takes back a taking back so often.
const DEEPEST: u32 = 100;

impl Turns {
    /// Whether a release has a commit and nothing in it takes that back.
    fn holds(&self, turn: Turn, has: &dyn Fn(Turn) -> bool, depth: u32) -> bool {
        let against = self.reverted_by.get(turn).map_or(&[][..], Vec::as_slice);
        has(turn) && (depth == DEEPEST || !against.iter().any(|revert| self.holds(*revert, has, depth + 1)))
    }

    /// Whether a change holds: one of the commits that brought it (itself and its copies) does.
    fn is_in_force(&self, change: &[Turn], has: &dyn Fn(Turn) -> bool) -> bool {
        change.iter().any(|turn| self.holds(*turn, has, 0))
    }
}

/// Judges a release. `causes` and `fixes` are changes, each a commit with its copies; all of the fixes are needed.
#[must_use]
pub fn judge(
    turns: &Turns,
    causes: &[Vec<Turn>],
    fixes: &[Vec<Turn>],
    has: &dyn Fn(Turn) -> bool,
) -> Verdict {
    let is_there = |change: &Vec<Turn>| change.iter().any(|turn| has(*turn));
    let holds = |change: &Vec<Turn>| turns.is_in_force(change, has);
    let mended = fixes.iter().filter(|change| holds(change)).count();
    match () {
        () if !causes.iter().any(is_there) => Verdict::Clear,
        () if mended == fixes.len() && mended > 0 => Verdict::Fixed,
        () if !causes.iter().any(holds) => Verdict::TakenBack,
        () if mended > 0 => Verdict::Partly,
        () if fixes.iter().any(is_there) => Verdict::Undone,
        () => Verdict::Exposed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Commits: 0 cause, 1 fix, 2 revert of the fix, 3 revert of that revert, 4 revert of the cause, 5 copy of the fix.
    fn judged(has: &[Turn]) -> Verdict {
        let turns = Turns { reverted_by: vec![vec![4], vec![2], vec![3], vec![], vec![], vec![]] };
        judge(&turns, &[vec![0]], &[vec![1, 5]], &|turn| has.contains(&turn))
    }

    #[test]
    fn a_release_is_judged_by_what_holds_in_it() {
        for (has, verdict) in [
            (&[][..], Verdict::Clear),
            (&[1], Verdict::Clear),
            (&[0], Verdict::Exposed),
            (&[0, 1], Verdict::Fixed),
            (&[0, 5], Verdict::Fixed),
            (&[0, 1, 2], Verdict::Undone),
            (&[0, 1, 2, 3], Verdict::Fixed),
            (&[0, 1, 2, 5], Verdict::Fixed),
            (&[0, 4], Verdict::TakenBack),
            (&[0, 4, 1], Verdict::Fixed),
        ] {
            assert_eq!(judged(has), verdict, "{has:?}");
        }
    }

    #[test]
    fn every_fix_is_needed_and_without_one_nothing_is_fixed() {
        let turns = Turns { reverted_by: vec![vec![]; 3] };
        let judged =
            |fixes: &[Vec<Turn>], has: &[Turn]| judge(&turns, &[vec![0]], fixes, &|turn| has.contains(&turn));
        assert_eq!(judged(&[vec![1], vec![2]], &[0, 1]), Verdict::Partly);
        assert_eq!(judged(&[vec![1], vec![2]], &[0, 1, 2]), Verdict::Fixed);
        assert_eq!(judged(&[], &[0]), Verdict::Exposed);
    }
}
