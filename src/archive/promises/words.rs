//! Everything that was said about items, brought to the items that it is about, and settled.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::Entry;
use super::aims::{Aim, Names, Target};
use super::courses::{Told, Tracer};
use super::facts::{Facts, FactsFile};
use super::lanes::{Changes, Lanes, learn};
use super::releases::{Tagged, patterns};
use super::reverts::{Said, take_back};
use super::versions::Versions;
use super::views::Views;
use super::{Depth, Evidence, Inquiry, Move, Standing, Standings, UnknownId, aliases};
use crate::config::fits_name;
use crate::git::{CommitId, Error};
use crate::promise::{Given, Line, Mark, Node, Releases, Settled, Source, Word, settle};

/// An item of today: its document's place among the entries, and its own among the document's.
pub(super) type Place = (usize, usize);

/// A word on an issue, and an item of today that carries a reference to it.
type Carried = ((Node, Word), Place);

/// What was concluded, and whether something new was learnt on the way.
pub(super) struct Concluded {
    pub(super) standings: Standings,
    pub(super) has_learnt: bool,
}

/// Concludes where the items of today's documents stand.
///
/// # Errors
/// Git's.
pub(super) fn conclude(
    inquiry: &Inquiry<'_>,
    entries: &[&Entry],
    facts: &mut Facts,
    files: &FactsFile<'_>,
    tags: &[Tagged],
    commit: &CommitId,
) -> Result<Concluded, Error> {
    let is_partial = facts.is_partial;
    let nothing =
        |has_learnt| Concluded { standings: Standings { is_partial, ..Standings::default() }, has_learnt };
    let Some(tip) = facts.number(commit) else { return Ok(nothing(false)) };
    let lanes = {
        let line = facts.graph.line(tip);
        let says = |mark: &Mark| matches!(mark, Mark::Item(..) | Mark::Reference(..));
        let is_said = facts.marks.iter().any(|(node, marks)| line.has(*node) && marks.iter().any(says));
        if inquiry.depth == Depth::Words && !is_said {
            return Ok(nothing(false));
        }
        Lanes::new(facts, &line, tip)
    };
    let has_learnt = learn(facts, &lanes, tip, inquiry.repo, files.folders)?;
    let facts = &*facts;
    let Some(last) = lanes.at(tip) else { return Ok(nothing(has_learnt)) };
    let changes = Changes::new(facts, &lanes);
    let history = History {
        inquiry,
        files,
        entries,
        facts,
        line: facts.graph.line(tip),
        lanes: &lanes,
        changes: &changes,
        aliases: aliases(changes.renames()),
        views: Views { repo: inquiry.repo, config: inquiry.config, known: RefCell::default() },
        last,
    };
    let standings = history.settle(tags)?;
    Ok(Concluded { standings: Standings { is_partial, ..standings }, has_learnt })
}

/// One revision's history and documents, brought together.
struct History<'h> {
    inquiry: &'h Inquiry<'h>,
    files: &'h FactsFile<'h>,
    entries: &'h [&'h Entry],
    facts: &'h Facts,
    line: Line<'h>,
    lanes: &'h Lanes,
    changes: &'h Changes<'h>,
    aliases: HashMap<&'h str, Vec<&'h str>>,
    views: Views<'h>,
    /// The last station: the examined revision's.
    last: usize,
}

impl History<'_> {
    fn settle(&self, tags: &[Tagged]) -> Result<Standings, Error> {
        let names = Names::new(self.entries, self.files.folders, &self.aliases);
        let items = self.marks(|mark| match mark {
            Mark::Item(word, typed) => Some((*word, typed.as_str())),
            _ => None,
        });
        let aims = names.aims(self.facts, &self.views, &items.collect::<Vec<_>>())?;
        let file = self.files.file.as_ref();
        let mut versions = Versions::open(file, self.inquiry.vocabulary);
        let references: Vec<(Node, Word, &str)> = self
            .marks(|mark| match mark {
                Mark::Reference(word, reference) => Some((*word, reference.as_str())),
                _ => None,
            })
            .collect();
        let carriers = self.carriers(&references, &mut versions)?;
        let mut asked: BTreeSet<usize> =
            aims.iter().flat_map(|aim| aim.target.documents()).copied().collect();
        asked.extend(carriers.iter().map(|(_, (document, _))| *document));
        if self.inquiry.depth == Depth::Past {
            asked.extend(0..self.entries.len());
        }
        let told = self.tell(&asked, &mut versions)?;
        let mut said = Said::default();
        let mut unknown = Vec::new();
        for aim in &aims {
            match self.hit(aim, &told) {
                Ok(Some(place)) => said.say(aim.node, place, aim.word, Source::Message),
                Ok(None) => {}
                Err(is_ambiguous) => unknown.push(UnknownId {
                    commit: self.facts.ids[aim.node as usize],
                    word: aim.word,
                    typed: aim.typed.to_owned(),
                    is_ambiguous,
                }),
            }
        }
        for ((node, word), place) in carriers {
            said.say(node, place, word, Source::Message);
        }
        take_back(&mut said, self.facts, &self.line);
        Ok(Standings { documents: self.standings(&told, &said, tags), unknown, is_partial: false })
    }

    /// The marks of this history that something is wanted of, older commits first.
    fn marks<'s, T: 's>(
        &'s self,
        wanted: impl Fn(&'s Mark) -> Option<(Word, T)> + 's,
    ) -> impl Iterator<Item = (Node, Word, T)> + 's {
        let here = self.facts.marks.iter().filter(|(node, _)| self.line.has(**node));
        let all = here.flat_map(|(node, marks)| marks.iter().map(move |mark| (*node, mark)));
        all.filter_map(move |(node, mark)| wanted(mark).map(|(word, what)| (node, word, what)))
    }

    /// Today's items that carry references to issues that were closed.
    fn carriers(
        &self,
        references: &[(Node, Word, &str)],
        versions: &mut Versions,
    ) -> Result<Vec<Carried>, Error> {
        let mut found = Vec::new();
        if references.is_empty() {
            return Ok(found);
        }
        let today: Vec<_> = self.entries.iter().map(|entry| (entry.path.as_str(), entry.blob)).collect();
        self.learn(versions, &today)?;
        for (document, (path, blob)) in today.iter().enumerate() {
            for (at, item) in versions.items(path, blob).iter().enumerate() {
                for (node, word, reference) in references {
                    if item.refs.iter().any(|own| self.files.tracker.is_same(own, reference)) {
                        found.push(((*node, *word), (document, at)));
                    }
                }
            }
        }
        Ok(found)
    }

    fn learn(&self, versions: &mut Versions, asked: &[(&str, crate::git::ObjectId)]) -> Result<(), Error> {
        versions.learn(asked, self.inquiry.repo, self.inquiry.vocabulary, self.files.file.as_ref())
    }

    /// What became of the items of some documents; all their versions are read together.
    fn tell(&self, asked: &BTreeSet<usize>, versions: &mut Versions) -> Result<BTreeMap<usize, Told>, Error> {
        let (facts, lanes, changes) = (self.facts, self.lanes, self.changes);
        let tracer =
            Tracer { facts, lanes, line: &self.line, changes, views: &self.views, aliases: &self.aliases };
        let mut traces = Vec::with_capacity(asked.len());
        for document in asked {
            let entry = self.entries[*document];
            traces.push((*document, tracer.trace(self.last, &entry.path, entry.blob)?));
        }
        let all: Vec<_> = traces.iter().flat_map(|(_, trace)| trace.versions()).collect();
        self.learn(versions, &all)?;
        Ok(traces.into_iter().map(|(document, trace)| (document, trace.tell(versions, &self.line))).collect())
    }

    /// The item of today that a word is about; none where it has gone since. An id that names nothing is an error, and
    /// says whether it is because it names several.
    fn hit(&self, aim: &Aim<'_>, told: &BTreeMap<usize, Told>) -> Result<Option<Place>, bool> {
        let station = self.lanes.at(aim.node);
        let named = |document: usize, station: usize| {
            let named = told.get(&document).and_then(|told| told.named(station, &aim.label));
            named.map(|item| item.map(|item| (document, item))).ok_or(false)
        };
        match &aim.target {
            Target::Unknown => Err(false),
            Target::Ambiguous => Err(true),
            Target::At(path, documents) => {
                let Some(station) = station else { return Ok(None) };
                let lies_there = |document: &&usize| {
                    told.get(document).and_then(|told| told.path(station)) == Some(path.as_str())
                };
                match documents.iter().find(lies_there) {
                    Some(document) => named(*document, station),
                    None => Ok(None),
                }
            }
            Target::Once(document) => {
                let is_there =
                    |station: &usize| told.get(document).is_some_and(|told| told.path(*station).is_some());
                let later = || self.line.since(aim.node).iter().filter_map(|node| self.lanes.at(*node));
                match station.filter(|station| is_there(station)).or_else(|| later().find(|at| is_there(at)))
                {
                    Some(station) => named(*document, station),
                    None => Err(false),
                }
            }
        }
    }

    fn standings(
        &self,
        told: &BTreeMap<usize, Told>,
        said: &Said,
        tags: &[Tagged],
    ) -> BTreeMap<String, Vec<Standing>> {
        let is_deep = self.inquiry.depth == Depth::Past;
        let numbers = tags.iter().filter_map(|tag| Some((tag.name.clone(), self.facts.number(&tag.commit)?)));
        let releases = is_deep.then(|| Releases::new(&self.facts.graph, numbers.collect()));
        let mut documents = BTreeMap::new();
        for (document, told) in told {
            let entry = self.entries[*document];
            let patterns = patterns(self.inquiry.config, entry);
            let mut items = Vec::with_capacity(told.items().len());
            for (at, item) in told.items().iter().enumerate() {
                let (past, given) = (&told.pasts[at], said.of((*document, at)));
                let settled = settle(&self.line, item.status, past.row, given);
                let closed = settled.closed.map(|(node, source)| self.evidence(node, source));
                let released = settled.closed.zip(releases.as_ref()).and_then(|((node, _), releases)| {
                    let is_own = |tag: &str| patterns.iter().any(|pattern| fits_name(pattern, tag));
                    releases.first(node, is_own).map(str::to_owned)
                });
                items.push(Standing {
                    label: item.label.clone(),
                    row: item.status,
                    row_since: self.evidence(past.row, Source::Row),
                    status: settled.status,
                    closed,
                    reopened: self.reopened(&settled, given),
                    released_in: released,
                    promised: self
                        .evidence(past.dues.first().map_or(past.row, |first| first.node), Source::Row),
                    first_due: past.first_due(),
                    put_off: past
                        .put_off()
                        .map(|change| {
                            let Evidence { commit, at, .. } = self.evidence(change.node, Source::Row);
                            Move { commit, at, due: change.due }
                        })
                        .collect(),
                });
            }
            let is_told =
                is_deep || items.iter().enumerate().any(|(at, _)| !said.of((*document, at)).is_empty());
            if is_told {
                documents.insert(entry.path.clone(), items);
            }
        }
        documents
    }

    /// The commit that opened an item again, where it is the newest word and something was closed before.
    fn reopened(&self, settled: &Settled, given: &[Given]) -> Option<Evidence> {
        let is_opening = |given: &&Given| given.node == settled.by && given.word == Word::Reopens;
        let is_by_message = settled.closed.is_none() && settled.source != Source::Row;
        given
            .iter()
            .find(is_opening)
            .filter(|_| is_by_message)
            .map(|_| self.evidence(settled.by, settled.source))
    }

    fn evidence(&self, node: Node, source: Source) -> Evidence {
        Evidence { commit: self.facts.ids[node as usize], at: self.facts.graph.date(node), source }
    }
}
