//! Events that belong to one incident, and those that have a post-mortem already.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate};

use super::events::Event;
use super::history::History;

/// Events that were probably one incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its events, the oldest first.
    pub events: Vec<Event>,
}

/// What post-mortems link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Covered {
    /// Each linked name of a commit or tag, with the post-mortems that link it and their days.
    pub by: HashMap<String, Vec<(String, Option<NaiveDate>)>>,
}

/// A release has several incidents; the one of a post-mortem is that of its day, give or take so many.
const NEAR: i64 = 2;

/// Puts events that share a commit or a release together, the oldest incident first; those that a post-mortem links apart,
/// with its name.
#[must_use]
pub fn group(
    history: &History,
    events: &[Event],
    covered: &Covered,
) -> (Vec<Incident>, Vec<(Incident, String)>) {
    let mut root: Vec<usize> = (0..events.len()).collect();
    let mut by_anchor: HashMap<&str, usize> = HashMap::new();
    for (at, event) in events.iter().enumerate() {
        for anchor in &event.anchors {
            let other = *by_anchor.entry(anchor.as_str()).or_insert(at);
            let (one, other) = (find(&mut root, at), find(&mut root, other));
            root[one.max(other)] = one.min(other);
        }
    }
    let mut incidents: Vec<(usize, Incident)> = Vec::new();
    for (at, event) in events.iter().enumerate() {
        let own = find(&mut root, at);
        match incidents.iter_mut().find(|(known, _)| *known == own) {
            Some((_, incident)) => incident.events.push(event.clone()),
            None => incidents.push((own, Incident { events: vec![event.clone()] })),
        }
    }
    let (mut open, mut told) = (Vec::new(), Vec::new());
    for (_, incident) in incidents {
        match covered.of(history, &incident) {
            Some(id) => told.push((incident, id)),
            None => open.push(incident),
        }
    }
    (open, told)
}

fn find(root: &mut [usize], at: usize) -> usize {
    let mut top = at;
    while root[top] != top {
        top = root[top];
    }
    root[at] = top;
    top
}

impl Covered {
    /// The post-mortem that links something of an incident.
    fn of(&self, history: &History, incident: &Incident) -> Option<String> {
        let names: HashSet<&str> = incident.events.iter().flat_map(|event| names(history, event)).collect();
        let mut found: Vec<&String> =
            names.iter().filter_map(|name| self.by.get(*name)).flatten().map(|(id, _)| id).collect();
        let day = incident.events.first().and_then(|event| DateTime::from_timestamp(event.at, 0));
        let is_near = |date: &Option<NaiveDate>| {
            day.zip(*date).is_some_and(|(day, date)| (day.date_naive() - date).num_days().abs() <= NEAR)
        };
        let releases = incident.events.iter().filter_map(|event| event.release.as_ref());
        let of_release = releases.filter_map(|name| self.by.get(name)).flatten();
        found.extend(of_release.filter(|(_, date)| is_near(date)).map(|(id, _)| id));
        // In the order of names, so that the answer is the same every time.
        found.sort();
        found.first().map(|id| (*id).clone())
    }
}

/// What a link to an event would name.
fn names<'a>(history: &'a History, event: &'a Event) -> impl Iterator<Item = &'a str> {
    let commit = event.commit.map(|node| history.commit(node).id.as_str());
    let about = event.about.iter().map(String::as_str);
    commit.into_iter().chain(event.tag.as_deref()).chain(about)
}
