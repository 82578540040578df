//! Of all that was said about an item, what holds.

use serde::{Deserialize, Serialize};

use super::{Line, Node, Word};
use crate::model::Status;

/// Where a word was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// In the item's row or checkbox.
    Row,
    /// In the message of a commit.
    Message,
    /// By a revert of a commit that had given another one.
    Revert,
}

/// A word on an item, given in a commit's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The commit.
    pub node: Node,
    /// What it says.
    pub word: Word,
    /// How.
    pub source: Source,
}

/// Where an item stands, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// The status that holds.
    pub status: Status,
    /// The newest word.
    pub by: Node,
    /// Where it was given.
    pub source: Source,
    /// The commit that closed it, where it is done: the first since it was last open.
    pub closed: Option<(Node, Source)>,
}

/// Settles an item whose row has said `status` since the commit `row`. The newest word holds; in one commit the message
/// is newer than the row. Of words between which neither ancestry nor the date decides, the one that leaves it owed.
#[must_use]
pub fn settle(line: &Line<'_>, status: Status, row: Node, given: &[Given]) -> Settled {
    let own = Given { node: row, word: as_word(status), source: Source::Row };
    let is_newer = |a: &Given, b: &Given| {
        let by_source = a.node == b.node && a.source != Source::Row && b.source == Source::Row;
        let tie = a.node != b.node && !line.is_newer(a.node, b.node) && !line.is_newer(b.node, a.node);
        by_source
            || line.is_newer(a.node, b.node)
            || (tie && a.word == Word::Reopens && b.word == Word::Closes)
    };
    let mut newest = own;
    // Dates may contradict ancestry, so that no order holds for all: a later winner is asked again about everybody.
    for _ in 0..=given.len() {
        match given.iter().find(|other| is_newer(other, &newest)) {
            Some(other) => newest = *other,
            None => break,
        }
    }
    let status = match (newest.source, newest.word) {
        (Source::Row, _) => status,
        (_, Word::Closes) => Status::Done,
        (_, Word::Reopens) if matches!(status, Status::Done | Status::Cancelled) => Status::Open,
        (_, Word::Reopens) => status,
    };
    let closed = (status == Status::Done).then(|| first_close(&own, given, &newest, &is_newer));
    Settled { status, by: newest.node, source: newest.source, closed }
}

/// The oldest closing word that is newer than every opening one.
fn first_close(
    own: &Given,
    given: &[Given],
    newest: &Given,
    is_newer: &dyn Fn(&Given, &Given) -> bool,
) -> (Node, Source) {
    let all = || given.iter().chain([own]);
    let stands = |close: &&Given| {
        close.word == Word::Closes && all().all(|open| open.word == Word::Closes || is_newer(close, open))
    };
    let mut first = newest;
    for close in all().filter(stands) {
        if is_newer(first, close) && !(close.source == Source::Row && close.node == first.node) {
            first = close;
        }
    }
    (first.node, first.source)
}

/// What a row's status says as a word.
fn as_word(status: Status) -> Word {
    if status == Status::Done { Word::Closes } else { Word::Reopens }
}

#[cfg(test)]
mod tests {
    use super::super::Graph;
    use super::*;

    use Source::{Message, Revert, Row};
    use Word::{Closes, Reopens};

    /// 0 - 1 - 3 - 4 - 5, 0 - 2 - 3 with 2 later than 1, and the dates of unrelated commits as given.
    fn history(dates: [i64; 6]) -> Graph {
        let mut graph = Graph::default();
        let parents: [&[Node]; 6] = [&[], &[0], &[0], &[1, 2], &[3], &[4]];
        for (parents, date) in parents.iter().zip(dates) {
            graph.add(parents, date);
        }
        graph
    }

    /// What the row says since when, what else was said, and what comes of it.
    type Case = (Status, Node, &'static [(Node, Word, Source)], Status, Option<(Node, Source)>);

    #[test]
    fn the_newest_word_holds_whatever_the_order_and_the_branch() {
        let graph = history([0, 10, 20, 30, 40, 50]);
        let line = graph.line(5);
        let table: &[Case] = &[
            // The row alone.
            (Status::Open, 0, &[], Status::Open, None),
            (Status::Doing, 3, &[], Status::Doing, None),
            (Status::Done, 3, &[], Status::Done, Some((3, Row))),
            (Status::Cancelled, 3, &[], Status::Cancelled, None),
            // A line after the row, before it, and beside it.
            (Status::Open, 0, &[(4, Closes, Message)], Status::Done, Some((4, Message))),
            (Status::Open, 4, &[(1, Closes, Message)], Status::Open, None),
            (Status::Open, 1, &[(2, Closes, Message)], Status::Done, Some((2, Message))),
            (Status::Open, 2, &[(1, Closes, Message)], Status::Open, None),
            // In one commit the message wins.
            (Status::Open, 3, &[(3, Closes, Message)], Status::Done, Some((3, Message))),
            (Status::Done, 3, &[(3, Reopens, Message)], Status::Open, None),
            (Status::Done, 3, &[(3, Closes, Message)], Status::Done, Some((3, Message))),
            // Reopened, and closed again.
            (Status::Done, 1, &[(4, Reopens, Message)], Status::Open, None),
            (Status::Open, 0, &[(1, Closes, Message), (4, Reopens, Message)], Status::Open, None),
            (
                Status::Open,
                0,
                &[(1, Closes, Message), (3, Reopens, Message), (5, Closes, Message)],
                Status::Done,
                Some((5, Message)),
            ),
            // A revert, and its revert.
            (Status::Open, 0, &[(1, Closes, Message), (4, Reopens, Revert)], Status::Open, None),
            (
                Status::Doing,
                0,
                &[(1, Closes, Message), (4, Reopens, Revert), (5, Closes, Revert)],
                Status::Done,
                Some((5, Revert)),
            ),
            (Status::Doing, 0, &[(1, Closes, Message), (4, Reopens, Revert)], Status::Doing, None),
            // A row that was settled later than the fix was made: the fix closed it.
            (Status::Done, 5, &[(1, Closes, Message)], Status::Done, Some((1, Message))),
            (Status::Done, 5, &[(1, Closes, Message), (3, Reopens, Message)], Status::Done, Some((5, Row))),
            // A given up item that somebody did after all, and the other way round.
            (Status::Cancelled, 1, &[(4, Closes, Message)], Status::Done, Some((4, Message))),
            (Status::Cancelled, 4, &[(1, Closes, Message)], Status::Cancelled, None),
            (Status::Cancelled, 1, &[(4, Reopens, Message)], Status::Open, None),
            (Status::Proposed, 0, &[(4, Reopens, Message)], Status::Proposed, None),
        ];
        for (row, at, words, status, closed) in table {
            let mut given: Vec<Given> = words
                .iter()
                .map(|(node, word, source)| Given { node: *node, word: *word, source: *source })
                .collect();
            let settled = settle(&line, *row, *at, &given);
            assert_eq!((settled.status, settled.closed), (*status, *closed), "{row:?} at {at}, {words:?}");
            given.reverse();
            assert_eq!(
                settle(&line, *row, *at, &given),
                settled,
                "the order in which they are told is nothing"
            );
        }
    }

    #[test]
    fn what_nothing_decides_stays_owed() {
        let graph = history([0, 10, 10, 30, 40, 50]);
        let given = [Given { node: 2, word: Closes, source: Message }];
        assert_eq!(settle(&graph.line(5), Status::Open, 1, &given).status, Status::Open);
        let given = [Given { node: 1, word: Reopens, source: Message }];
        assert_eq!(settle(&graph.line(5), Status::Done, 2, &given).status, Status::Open);
    }

    #[test]
    fn a_clock_that_runs_backwards_does_not_outweigh_ancestry() {
        let graph = history([100, 90, 80, 70, 60, 50]);
        let given = [Given { node: 4, word: Closes, source: Message }];
        assert_eq!(settle(&graph.line(5), Status::Open, 0, &given).status, Status::Done);
    }
}
