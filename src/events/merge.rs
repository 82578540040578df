//! Many events to one timeline: in the order of time, each once.

use std::collections::HashMap;

use super::Event;
use super::sentence::{nearly, words};
use crate::model::EventKind;

/// In a minute with more different sentences than this, only equal ones are one: comparing all would take too long.
const COMPARED: usize = 64;

/// Puts events in the order of time and joins those that say the same in the same minute. What the document says stays
/// as it is; of others the earliest is told. The sources of all are kept.
#[must_use]
pub fn merge(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by_key(|event| (event.at, event.stands.is_none()));
    let mut merged: Vec<Event> = Vec::with_capacity(events.len());
    let mut minute = Minute::default();
    for event in events {
        if minute.number != Some(event.minute()) {
            minute = Minute { number: Some(event.minute()), ..Minute::default() };
        }
        let said = words(&event.text);
        match minute.find(&said) {
            // Entries of the document are the document's own affair, also where two say the same.
            Some(at) if event.stands.is_none() || merged[at].stands.is_none() => join(&mut merged[at], event),
            _ => {
                minute.add(said, merged.len());
                merged.push(event);
            }
        }
    }
    merged.sort_by_key(|event| event.at);
    merged
}

/// The sentences of one minute, and where they are.
#[derive(Default)]
struct Minute {
    number: Option<i64>,
    equal: HashMap<Vec<String>, usize>,
    all: Vec<(Vec<String>, usize)>,
}

impl Minute {
    fn find(&self, said: &Vec<String>) -> Option<usize> {
        if let Some(at) = self.equal.get(said) {
            return Some(*at);
        }
        if self.all.len() > COMPARED {
            return None;
        }
        self.all.iter().find(|(other, _)| nearly(other, said)).map(|(_, at)| *at)
    }

    fn add(&mut self, said: Vec<String>, at: usize) {
        if self.all.len() <= COMPARED {
            self.all.push((said.clone(), at));
        }
        self.equal.entry(said).or_insert(at);
    }
}

/// Joins the second to the first; the document's word wins.
fn join(kept: &mut Event, other: Event) {
    let mut other = other;
    if other.stands.is_some() && kept.stands.is_none() {
        std::mem::swap(kept, &mut other);
    }
    if kept.kind.is_none() || (kept.implied && !other.implied && other.kind.is_some()) {
        (kept.kind, kept.implied) = (other.kind, other.implied);
    }
    for source in other.sources {
        if !kept.sources.contains(&source) {
            kept.sources.push(source);
        }
    }
}

/// Of turning points that records only imply, the first detection and acknowledgement and the last resolution stay, and
/// none where somebody says it in words.
pub fn settle_marks(events: &mut [Event]) {
    for kind in EventKind::ALL {
        let is_said = events.iter().any(|event| event.kind == Some(kind) && !event.implied);
        let mut implied =
            events.iter().enumerate().filter(|(_, event)| event.kind == Some(kind) && event.implied);
        let kept = match kind {
            _ if is_said => None,
            EventKind::Mitigated | EventKind::Resolved => implied.next_back(),
            EventKind::Impact | EventKind::Detected | EventKind::Acknowledged => implied.next(),
        };
        let kept = kept.map(|(at, _)| at);
        for (at, event) in events.iter_mut().enumerate() {
            if event.kind == Some(kind) && event.implied && Some(at) != kept {
                event.kind = None;
            }
        }
    }
}
