//! Where what is read of one record goes: events, what was passed over, and what could not be read.

use std::collections::BTreeMap;

use super::sentence::tidy;
use super::{Asked, Event, Imported, Unread};
use crate::document::{Clock, NoMoment, StampZone, spoken_kind};
use crate::model::EventKind;

/// What is gathered while records are read.
pub(super) struct Sink<'t> {
    clock: Clock<'t>,
    pub(super) asked: &'t Asked<'t>,
    /// The line of the record that is being read.
    pub(super) line: usize,
    events: Vec<Event>,
    unread: Vec<Unread>,
    passed_over: BTreeMap<String, usize>,
    unzoned: usize,
    undated: usize,
    cut: usize,
    pub(super) partial: Option<String>,
}

/// What a record says of an event.
#[derive(Default)]
pub(super) struct Said<'s> {
    pub(super) time: &'s str,
    pub(super) text: &'s str,
    pub(super) kind: Option<EventKind>,
    /// Whether the kind is what such a record implies.
    pub(super) implied: bool,
    pub(super) source: &'s str,
    /// What stands in front of the text and is no part of the sentence: who said it.
    pub(super) lead: &'s str,
}

impl<'t> Sink<'t> {
    pub(super) fn new(text: &'t str, asked: &'t Asked<'t>) -> Self {
        Self {
            clock: Clock::new(text, asked.vocabulary, asked.about, asked.zone.clone()),
            asked,
            line: 0,
            events: Vec::new(),
            unread: Vec::new(),
            passed_over: BTreeMap::new(),
            unzoned: 0,
            undated: 0,
            cut: 0,
            partial: None,
        }
    }

    /// Takes an event, or notes why it is none.
    pub(super) fn event(&mut self, said: &Said<'_>) {
        if said.time.trim().is_empty() {
            return self.unread("it has no time");
        }
        let moment = match self.clock.read(said.time) {
            Ok(moment) => moment,
            Err(why) => return self.unread(&words(said.time, &why)),
        };
        let (text, cut) = tidy(said.text);
        if text.is_empty() {
            return self.unread("it says nothing");
        }
        let spoken = spoken_kind(&text, self.asked.vocabulary);
        let (kind, implied) = match (said.kind, spoken) {
            (Some(kind), _) if !said.implied => (Some(kind), false),
            (_, Some(spoken)) => (Some(spoken), false),
            (kind, None) => (kind, said.implied),
        };
        self.unzoned += usize::from(!moment.zoned);
        self.undated += usize::from(!moment.dated);
        self.cut += usize::from(cut);
        let text = if said.lead.is_empty() { text } else { format!("{}: {text}", tidy(said.lead).0) };
        let source = if said.source.trim().is_empty() { self.asked.name } else { said.source };
        let sources = vec![tidy(source).0];
        self.events.push(Event { at: moment.at, text, kind, implied, sources, stands: None });
    }

    /// The record tells the zone of all its times.
    pub(super) fn zone_of_column(&mut self, zone: Option<StampZone>) {
        if let Some(zone) = zone {
            self.clock.is_in(zone);
        }
    }

    /// Whether a text is a moment.
    pub(super) fn is_moment(&mut self, written: &str) -> bool {
        self.clock.knows(written)
    }

    /// Notes why the record at hand cannot be read.
    pub(super) fn unread(&mut self, why: &str) {
        self.unread_at(self.line, why);
    }

    /// The same for what stands elsewhere.
    pub(super) fn unread_at(&mut self, line: usize, why: &str) {
        self.unread.push(Unread { line, why: tidy(why).0 });
    }

    /// Passes a record over that is no event, and counts it under a reason.
    pub(super) fn pass_over(&mut self, why: &str) {
        *self.passed_over.entry(why.to_owned()).or_default() += 1;
    }

    pub(super) fn finish(self, format: super::Format) -> Imported {
        Imported {
            format,
            events: self.events,
            unread: self.unread,
            passed_over: self.passed_over.into_iter().collect(),
            unzoned: self.unzoned,
            undated: self.undated,
            cut: self.cut,
            partial: self.partial,
        }
    }
}

/// Why a stamp is no moment, in words.
fn words(written: &str, why: &NoMoment) -> String {
    let (short, _) = tidy(written);
    let short: String = short.chars().take(60).collect();
    match why {
        NoMoment::NoTime => format!("'{short}' is no time with a day"),
        NoMoment::NoDay => format!("'{short}' has no day, and the document tells none"),
        NoMoment::Unclear(one, other) => format!("'{short}' may be {one} or {other}"),
        NoMoment::Zone(zone) => format!("'{short}': the zone '{zone}' is unknown or means several"),
    }
}
