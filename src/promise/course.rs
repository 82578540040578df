//! One document through its history: which of its items is which of today's, since when each row says what it says, and
//! how often its date moved.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Item, Line, Node, pair};

/// A commit at which the document may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The commit.
    pub node: Node,
    /// Which of the versions stands there; none where the document is not there.
    pub version: Option<usize>,
    /// The stops before it.
    pub parents: Vec<usize>,
}

/// The stops of a document, older ones first, the last being the examined revision's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// The stops.
    pub stops: Vec<Stop>,
    /// The versions that stand at them.
    pub versions: Vec<Vec<Item>>,
}

/// A due date and the commit that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The commit.
    pub node: Node,
    /// The date; none where it was taken away, or never given.
    pub due: Option<NaiveDate>,
}

/// What has become of one of today's items so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The commit that last changed its row's status.
    pub row: Node,
    /// Its due dates, the first promise first; the first one's commit is the one that brought the item.
    pub dues: Vec<Change>,
}

impl Past {
    /// The first date that was ever promised.
    #[must_use]
    pub fn first_due(&self) -> Option<NaiveDate> {
        self.dues.iter().find_map(|change| change.due)
    }

    /// The moves to a later date, or to none.
    pub fn put_off(&self) -> impl Iterator<Item = &Change> {
        let mut last: Option<NaiveDate> = None;
        self.dues.iter().filter(move |change| {
            let before = last;
            last = change.due.or(last);
            before.is_some_and(|before| change.due.is_none_or(|due| due > before))
        })
    }
}

/// For each stop, its items as positions among today's, or of today's among its.
type Positions = Vec<Vec<Option<usize>>>;

impl Course {
    /// For each item of each stop, which of today's it is.
    #[must_use]
    pub fn today(&self) -> Positions {
        let size = |stop: &Stop| stop.version.map_or(0, |version| self.versions[version].len());
        let mut today: Positions = self.stops.iter().map(|stop| vec![None; size(stop)]).collect();
        if let Some(last) = today.last_mut() {
            *last = (0..last.len()).map(Some).collect();
        }
        let mut known: HashMap<(usize, usize), Vec<Option<usize>>> = HashMap::new();
        for at in (0..self.stops.len()).rev() {
            let Some(new) = self.stops[at].version else { continue };
            for parent in &self.stops[at].parents {
                let Some(old) = self.stops[*parent].version else { continue };
                let (before, after) = today.split_at_mut(at);
                let (before, after) = (&mut before[*parent], &after[0]);
                if old == new {
                    before.iter_mut().zip(after).for_each(|(own, there)| *own = own.or(*there));
                    continue;
                }
                let pairs =
                    known.entry((old, new)).or_insert_with(|| pair(&self.versions[old], &self.versions[new]));
                for (own, to) in before.iter_mut().zip(pairs) {
                    *own = own.or_else(|| to.and_then(|to| after[to]));
                }
            }
        }
        today
    }

    /// The past of each of today's items, given which is which ([`Course::today`]).
    #[must_use]
    pub fn pasts(&self, today: &Positions, line: &Line<'_>) -> Vec<Past> {
        let count = today.last().map_or(0, Vec::len);
        (0..count).map(|item| self.past(item, today, line)).collect()
    }

    fn past(&self, item: usize, today: &Positions, line: &Line<'_>) -> Past {
        let mut rows: Vec<Option<Node>> = Vec::with_capacity(self.stops.len());
        // Dates as a chain of changes, each knowing the one before: lines of history share their beginning.
        let mut chain: Vec<(Change, Option<usize>)> = Vec::new();
        let mut dates: Vec<Option<usize>> = Vec::with_capacity(self.stops.len());
        let here = |stop: usize| {
            let at = today[stop].iter().position(|is| *is == Some(item))?;
            Some(&self.versions[self.stops[stop].version?][at])
        };
        let found: Vec<Option<&Item>> = (0..self.stops.len()).map(here).collect();
        for (at, stop) in self.stops.iter().enumerate() {
            let Some(own) = found[at] else {
                rows.push(None);
                dates.push(None);
                continue;
            };
            let before = || stop.parents.iter().filter_map(|parent| Some((*parent, found[*parent]?)));
            let same = before().filter(|(_, item)| item.status == own.status).filter_map(|(at, _)| rows[at]);
            let newest = same.reduce(|one, other| if line.is_newer(other, one) { other } else { one });
            rows.push(Some(newest.unwrap_or(stop.node)));
            let kept = before().find(|(_, item)| item.due == own.due).and_then(|(at, _)| dates[at]);
            dates.push(Some(kept.unwrap_or_else(|| {
                let last = before().next().and_then(|(at, _)| dates[at]);
                chain.push((Change { node: stop.node, due: own.due }, last));
                chain.len() - 1
            })));
        }
        let mut dues = Vec::new();
        let mut at = dates.last().copied().flatten();
        while let Some((change, last)) = at.map(|at| chain[at]) {
            dues.push(change);
            at = last;
        }
        dues.reverse();
        let row = rows.last().copied().flatten().unwrap_or_default();
        Past { row, dues }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Graph;
    use super::*;
    use crate::model::Status;

    fn item(label: &str, text: &str, status: Status, due: &str) -> Item {
        let (label, text) = (label.to_owned(), text.to_owned());
        Item { label, numbered: true, text, status, due: due.parse().ok(), refs: Vec::new() }
    }

    fn stop(node: Node, version: usize, parents: &[usize]) -> Stop {
        Stop { node, version: Some(version), parents: parents.to_vec() }
    }

    fn linear(count: usize) -> Graph {
        let mut graph = Graph::default();
        for at in 0..u32::try_from(count).unwrap() {
            graph.add(&at.checked_sub(1).into_iter().collect::<Vec<_>>(), i64::from(at));
        }
        graph
    }

    #[test]
    fn a_date_that_moves_is_followed_over_new_words_and_numbers() {
        let versions = vec![
            vec![item("1", "a", Status::Open, "2026-04-15")],
            vec![item("1", "a", Status::Open, "2026-06-30")],
            vec![item("1", "b", Status::Open, ""), item("2", "a", Status::Doing, "2026-06-30")],
            vec![item("1", "b", Status::Open, ""), item("2", "a, better", Status::Doing, "2026-10-30")],
            vec![item("1", "b", Status::Open, ""), item("2", "a, better", Status::Doing, "2026-10-01")],
        ];
        let stops =
            vec![stop(0, 0, &[]), stop(1, 1, &[0]), stop(2, 2, &[1]), stop(3, 3, &[2]), stop(4, 4, &[3])];
        let course = Course { stops, versions };
        let graph = linear(5);
        let pasts = course.pasts(&course.today(), &graph.line(4));
        assert_eq!((pasts[0].row, pasts[0].dues.len(), pasts[0].first_due()), (2, 1, None));
        assert_eq!((pasts[1].row, pasts[1].first_due()), (2, "2026-04-15".parse().ok()));
        assert_eq!(pasts[1].dues.iter().map(|change| change.node).collect::<Vec<_>>(), [0, 1, 3, 4]);
        assert_eq!(
            pasts[1].put_off().map(|change| change.node).collect::<Vec<_>>(),
            [1, 3],
            "an earlier date is none"
        );
    }

    #[test]
    fn a_row_that_went_there_and_back_dates_from_the_way_back_also_beside_a_branch_that_never_went() {
        // 0 open - 1 done - 2 open - 4 merge; 0 - 3 - 4 with the row open all along, and the branch as first parent.
        let mut graph = Graph::default();
        let parents: [&[Node]; 5] = [&[], &[0], &[1], &[0], &[3, 2]];
        for (at, parents) in parents.iter().enumerate() {
            graph.add(parents, i64::try_from(at).unwrap());
        }
        let row = |status| vec![item("1", "a", status, "")];
        let versions = vec![row(Status::Open), row(Status::Done)];
        let stops = vec![stop(0, 0, &[]), stop(1, 1, &[0]), stop(2, 0, &[1]), stop(4, 0, &[0, 2])];
        let course = Course { stops, versions };
        assert_eq!(course.pasts(&course.today(), &graph.line(4))[0].row, 2);
    }

    #[test]
    fn a_later_row_inherits_nothing_from_the_one_that_had_its_label() {
        let versions = vec![
            vec![item("1", "a", Status::Open, ""), item("2", "b", Status::Done, "")],
            vec![item("1", "a", Status::Open, "")],
            vec![item("1", "a", Status::Open, ""), item("2", "c", Status::Open, "")],
        ];
        let course = Course { stops: vec![stop(0, 0, &[]), stop(1, 1, &[0]), stop(2, 2, &[1])], versions };
        assert_eq!(course.today()[0], [Some(0), None]);
        let graph = linear(3);
        assert_eq!(course.pasts(&course.today(), &graph.line(2))[1].row, 2);
    }
}
