//! From the history of the folders to that of one document: where it lay, and at which commits it changed.

use std::collections::HashMap;
use std::rc::Rc;

use super::facts::Facts;
use super::lanes::{Changes, Lanes};
use super::versions::Versions;
use super::views::Views;
use crate::git::{Error, ObjectId};
use crate::promise::{Course, Line, Past, Stop};

/// A document of today, traced back.
pub(super) struct Trace {
    /// For each station, where the document lies there and what it says; none where it is not there.
    lies: Vec<Option<(Rc<str>, ObjectId)>>,
    /// For each station, the stop that it belongs to.
    stops: Vec<usize>,
    course: Vec<Stop>,
    /// The versions by path and content.
    versions: Vec<(Rc<str>, ObjectId)>,
}

/// A document of today with what became of its items.
pub(super) struct Told {
    trace: Trace,
    course: Course,
    today: Vec<Vec<Option<usize>>>,
    /// What became of each of today's items.
    pub(super) pasts: Vec<Past>,
}

/// What tracing needs.
pub(super) struct Tracer<'t> {
    pub(super) facts: &'t Facts,
    pub(super) lanes: &'t Lanes,
    pub(super) line: &'t Line<'t>,
    pub(super) changes: &'t Changes<'t>,
    pub(super) views: &'t Views<'t>,
    /// Names that a file had before or after it had another.
    pub(super) aliases: &'t HashMap<&'t str, Vec<&'t str>>,
}

const ABSENT: usize = usize::MAX;

impl Tracer<'_> {
    /// Traces the document that lies at a path at the last station.
    ///
    /// # Errors
    /// Git's, where a tree cannot be read.
    pub(super) fn trace(&self, last: usize, path: &str, blob: ObjectId) -> Result<Trace, Error> {
        let mut lies: Vec<Option<(Rc<str>, ObjectId)>> = vec![None; last + 1];
        lies[last] = Some((Rc::from(path), blob));
        for at in (0..=last).rev() {
            let Some((path, blob)) = lies[at].clone() else { continue };
            for parent in &self.lanes.stations[at].before {
                let before = match self.lanes.stations[at].is_merge {
                    true => self.at_merge(at, *parent, &path, blob)?,
                    false => self.before(at, &path, blob),
                };
                if lies[*parent].is_none() {
                    lies[*parent] = before;
                }
            }
        }
        Ok(self.stops(lies))
    }

    /// Where the document lay before a commit with one parent.
    fn before(&self, at: usize, path: &Rc<str>, blob: ObjectId) -> Option<(Rc<str>, ObjectId)> {
        let Some(change) = self.changes.of(at, path) else { return Some((Rc::clone(path), blob)) };
        let before = change.before?;
        Some((change.from.as_deref().map_or_else(|| Rc::clone(path), Rc::from), before))
    }

    /// Where it lay on one of the sides that a merge brought together.
    fn at_merge(
        &self,
        at: usize,
        parent: usize,
        path: &Rc<str>,
        blob: ObjectId,
    ) -> Result<Option<(Rc<str>, ObjectId)>, Error> {
        let (here, there) = (self.lanes.stations[at].node, self.lanes.stations[parent].node);
        if self.facts.state[here as usize] == self.facts.state[there as usize] {
            return Ok(Some((Rc::clone(path), blob)));
        }
        let view = self.views.at(self.facts, there)?;
        if let Some(blob) = view.blob(path) {
            return Ok(Some((Rc::clone(path), blob)));
        }
        let own = self.views.at(self.facts, here)?;
        let other_names = self.aliases.get(&**path).into_iter().flatten();
        let found = other_names
            .filter(|name| own.blob(name).is_none())
            .find_map(|name| Some((*name, view.blob(name)?)));
        Ok(found.map(|(name, blob)| (Rc::from(name), blob)))
    }

    /// Stations at which nothing happened to the document are one stop.
    fn stops(&self, lies: Vec<Option<(Rc<str>, ObjectId)>>) -> Trace {
        let mut trace =
            Trace { stops: vec![ABSENT; lies.len()], lies, course: Vec::new(), versions: Vec::new() };
        let mut numbers = Numbers::new();
        for at in 0..trace.lies.len() {
            let Some(own) = trace.lies[at].clone() else { continue };
            let station = &self.lanes.stations[at];
            let mut parents: Vec<usize> = Vec::new();
            for stop in
                station.before.iter().map(|before| trace.stops[*before]).filter(|stop| *stop != ABSENT)
            {
                if !parents.contains(&stop) {
                    parents.push(stop);
                }
            }
            if parents.is_empty() {
                parents.extend(self.stops_outside(at, &own.0, &mut trace, &mut numbers));
            }
            // Most stations changed something else.
            let same = match parents.as_slice() {
                [one] => trace.course[*one].version.filter(|version| trace.versions[*version] == own),
                _ => None,
            };
            let version = same.unwrap_or_else(|| trace.number(own, &mut numbers));
            trace.stops[at] = match parents.as_slice() {
                [one] if trace.course[*one].version == Some(version) => *one,
                _ => {
                    trace.course.push(Stop { node: station.node, version: Some(version), parents });
                    trace.course.len() - 1
                }
            };
        }
        trace
    }

    /// What a document was before it was moved to where documents lie; the last stop of that, if there is any.
    fn stops_outside(
        &self,
        at: usize,
        path: &Rc<str>,
        trace: &mut Trace,
        numbers: &mut Numbers,
    ) -> Option<usize> {
        let change = self.changes.of(at, path).filter(|change| change.before.is_none())?;
        let from: Rc<str> = Rc::from(change.from.as_deref()?);
        let moved = self.lanes.stations[at].node;
        let mut last = None;
        for (node, blob) in self.facts.outside.get(&*from).into_iter().flatten() {
            if *node == moved || !self.line.is_ancestor(*node, moved) {
                continue;
            }
            let version = Some(trace.number((Rc::clone(&from), *blob), numbers));
            trace.course.push(Stop { node: *node, version, parents: last.into_iter().collect() });
            last = Some(trace.course.len() - 1);
        }
        last
    }
}

/// The numbers of versions by path and content.
type Numbers = HashMap<(Rc<str>, ObjectId), usize>;

impl Trace {
    /// The number of a version; a new one is added.
    fn number(&mut self, own: (Rc<str>, ObjectId), numbers: &mut Numbers) -> usize {
        *numbers.entry(own).or_insert_with_key(|own| {
            self.versions.push(own.clone());
            self.versions.len() - 1
        })
    }

    /// The versions to be read.
    pub(super) fn versions(&self) -> impl Iterator<Item = (&str, ObjectId)> {
        self.versions.iter().map(|(path, blob)| (&**path, *blob))
    }

    /// Where the document lies at a station.
    pub(super) fn path(&self, station: usize) -> Option<&str> {
        self.lies.get(station)?.as_ref().map(|(path, _)| &**path)
    }

    /// Tells what became of the items, from versions that were read.
    pub(super) fn tell(self, versions: &Versions, line: &Line<'_>) -> Told {
        let items = self.versions.iter().map(|(path, blob)| versions.items(path, blob).to_vec());
        let course = Course { versions: items.collect(), stops: self.course.clone() };
        let today = course.today();
        let pasts = course.pasts(&today, line);
        Told { trace: self, course, today, pasts }
    }
}

impl Told {
    /// The items of today.
    pub(super) fn items(&self) -> &[crate::promise::Item] {
        let version = self.course.stops.last().and_then(|last| last.version);
        version.map_or(&[], |version| &self.course.versions[version])
    }

    /// Where the document lies at a station.
    pub(super) fn path(&self, station: usize) -> Option<&str> {
        self.trace.path(station)
    }

    /// Which of today's items a label named at a station: none of them, where the item has gone since; nothing at all,
    /// where no item was called so there.
    #[allow(clippy::option_option, reason = "an unknown label and an item that is gone are told apart")]
    pub(super) fn named(&self, station: usize, label: &str) -> Option<Option<usize>> {
        let stop = *self.trace.stops.get(station).filter(|stop| **stop != ABSENT)?;
        let version = self.course.stops[stop].version?;
        let at = self.course.versions[version].iter().position(|item| item.is_called(label))?;
        Some(self.today[stop][at])
    }
}
