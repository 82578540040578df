//! What a history says about promises whose documents are in another repository.

use std::collections::BTreeMap;

use super::facts::FactsFile;
use super::reverts::{Said, take_back};
use super::standing::{Depth, Evidence};
use super::{Inquiry, tracker};
use crate::git::{CommitId, Error};
use crate::model::Status;
use crate::promise::{Mark, Source, Word, settle};

/// The newest word about a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// What it says.
    pub word: Word,
    /// The commit that said it.
    pub by: Evidence,
    /// The commit that closed the promise, where that is the word: the first since it was last opened.
    pub closed: Option<Evidence>,
}

/// What the messages of a commit's history say about promises of another repository's documents. `meant` tells which ones
/// a mark is about, by numbers of the caller's.
///
/// # Errors
/// Git's, where the history cannot be read.
pub fn heard_of(
    inquiry: &Inquiry<'_>,
    commit: &CommitId,
    meant: &dyn Fn(&Mark) -> Vec<usize>,
) -> Result<BTreeMap<usize, Heard>, Error> {
    debug_assert!(inquiry.depth == Depth::Words, "nothing but words is asked");
    let (folders, tracker) = (inquiry.config.folders(), tracker(inquiry.config));
    let files = FactsFile::new(inquiry, &folders, &tracker);
    let facts = files.read(&[*commit])?;
    if facts.is_new {
        files.keep(&facts);
    }
    let Some(tip) = facts.number(commit) else { return Ok(BTreeMap::new()) };
    let line = facts.graph.line(tip);
    let (mut said, mut all) = (Said::default(), Vec::new());
    for (node, marks) in facts.marks.iter().filter(|(node, _)| line.has(**node)) {
        for mark in marks {
            let (Mark::Item(word, _) | Mark::Reference(word, _)) = mark else { continue };
            for number in meant(mark) {
                said.say(*node, (number, 0), *word, Source::Message);
                all.push(number);
            }
        }
    }
    take_back(&mut said, &facts, &line);
    let mut heard = BTreeMap::new();
    for number in all {
        let given = said.of((number, 0));
        // No row stands in this history: the words alone decide, so any of them may stand for the row.
        let Some(first) = given.first() else { continue };
        let row = if first.word == Word::Closes { Status::Done } else { Status::Open };
        let settled = settle(&line, row, first.node, given);
        let evidence =
            |node, source| Evidence { commit: facts.ids[node as usize], at: facts.graph.date(node), source };
        let word = if settled.status == Status::Done { Word::Closes } else { Word::Reopens };
        let closed = settled.closed.map(|(node, source)| evidence(node, source));
        heard.insert(number, Heard { word, by: evidence(settled.by, settled.source), closed });
    }
    Ok(heard)
}
