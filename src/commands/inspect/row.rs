//! What was understood of a document, as JSON has it.

use serde::Serialize;

use crate::document::{Document, FieldKind, Vocabulary};
use crate::model::{Inferred, Link, SectionKind, Status, UnclearDate};

/// A document.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The file as it was named, or relative to `--root`.
    pub file: String,
    /// The title without prefix and date.
    pub title: Option<String>,
    /// ISO.
    pub date: Option<String>,
    /// As written.
    pub severity: Option<String>,
    /// The name on the configured scale.
    pub severity_level: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who read it.
    pub reviewers: Vec<String>,
    /// The document's own word.
    pub status: Option<String>,
    /// `incident` or `near-miss`.
    pub kind: &'static str,
    /// What it is about.
    pub service: Option<String>,
    /// How long it lasted.
    pub duration_minutes: Option<u32>,
    /// How many entries the timeline has.
    pub timeline_events: usize,
    /// The entries.
    pub timeline: Vec<Event>,
    /// What the impact section says.
    pub impact: Option<String>,
    /// The sections of a post-mortem that it has.
    pub sections: Vec<Part>,
    /// The action items.
    pub actions: Vec<Action>,
    /// Linked revisions.
    pub links: Vec<Link>,
    /// Former ids.
    pub formerly: Vec<String>,
    /// Fields of the document that were concluded, not read.
    pub inferred: Vec<&'static str>,
    /// What stands in it and could not be told.
    pub unclear: Vec<Unclear>,
    /// The language that it is written in: `en`.
    pub language: Option<&'static str>,
    /// How its bytes spell text: `UTF-8`.
    pub encoding: String,
}

/// Something that the document states and that could not be told.
#[derive(Debug, Serialize)]
pub struct Unclear {
    /// `date` or `due`.
    pub field: &'static str,
    /// The label of the item, of a due date.
    pub id: Option<String>,
    /// The line it stands on.
    pub line: u32,
    /// As written.
    pub written: String,
    /// The two days that it may be.
    pub either: Option<(String, String)>,
}

/// An entry of a timeline.
#[derive(Debug, Serialize)]
pub struct Event {
    /// RFC 3339 in UTC, where it could be told.
    pub at: Option<String>,
    /// As written.
    pub time: String,
    /// What happened.
    pub text: String,
    /// Which turning point it is.
    pub kind: Option<&'static str>,
    /// The line it begins on.
    pub line: u32,
}

/// A section.
#[derive(Debug, Serialize)]
pub struct Part {
    /// What it is: `root-cause`.
    pub kind: &'static str,
    /// What the document calls it.
    pub heading: String,
    /// Whether it says something.
    pub filled: bool,
    /// The line of its heading.
    pub line: u32,
}

/// An action item.
#[derive(Debug, Serialize)]
pub struct Action {
    /// Its label.
    pub id: String,
    /// What is promised.
    pub text: String,
    /// As written.
    pub owner: Option<String>,
    /// ISO.
    pub due: Option<String>,
    /// The name on the configured scale, else as written.
    pub priority: Option<String>,
    /// `small`, `medium` or `large`.
    pub effort: Option<&'static str>,
    /// `open`, `done` or `cancelled`.
    pub status: &'static str,
    /// The finer word: `proposed`, `open`, `doing`, `done` or `cancelled`.
    pub state: &'static str,
    /// Issues and pages.
    pub refs: Vec<String>,
    /// The line it begins on.
    pub line: u32,
    /// Whether the id is the document's own label.
    pub numbered: bool,
    /// Fields that were concluded, not read.
    pub inferred: Vec<Inferred>,
}

impl Row {
    /// Reads a document.
    #[must_use]
    pub fn read(file: &str, document: &Document<'_>, vocabulary: &Vocabulary) -> Self {
        let read = document.postmortem();
        let scale = &vocabulary.wording().severity;
        let level = read.severity.as_ref().and_then(|grade| scale.name(grade.rank?));
        let inferred = read.inferred.iter().map(|fact| fact.word()).collect();
        Self {
            file: file.to_owned(),
            title: (!read.title.is_empty()).then_some(read.title),
            date: read.date.map(|date| date.to_string()),
            severity_level: level.map(str::to_owned),
            severity: read.severity.map(|grade| grade.written),
            authors: read.authors,
            reviewers: read.reviewers,
            status: read.status,
            kind: read.kind.word(),
            service: read.service,
            duration_minutes: read.duration_minutes,
            timeline_events: document.timeline().len(),
            timeline: document.timeline().iter().map(|entry| event(document, entry)).collect(),
            impact: impact(document),
            sections: parts(document),
            actions: document.actions().iter().map(|action| self::action(&action.item, vocabulary)).collect(),
            links: read.links,
            formerly: read.formerly.into_iter().map(|former| former.id).collect(),
            inferred,
            unclear: unclear(document, read.unclear_date.as_ref()),
            language: document.language(),
            encoding: document.encoding().to_string(),
        }
    }
}

fn event(document: &Document<'_>, entry: &crate::document::TimelineEntry) -> Event {
    Event {
        at: entry.event.at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        time: entry.event.written.clone(),
        text: entry.event.text.clone(),
        kind: entry.event.kind.map(crate::model::EventKind::word),
        line: document.line_of(entry.span.start),
    }
}

fn impact(document: &Document<'_>) -> Option<String> {
    let section = document.section(SectionKind::Impact).filter(|section| section.filled)?;
    Some(document.text()[section.body.clone()].replace("\r\n", "\n").trim().to_owned())
}

fn parts(document: &Document<'_>) -> Vec<Part> {
    let known = document.sections().iter().filter_map(|section| Some((section, section.kind?)));
    let part = |(section, kind): (&crate::document::Section, SectionKind)| Part {
        kind: kind.key(),
        heading: section.name.clone(),
        filled: section.filled,
        line: document.line_of(section.heading.start),
    };
    known.map(part).collect()
}

fn action(item: &crate::model::ActionItem, vocabulary: &Vocabulary) -> Action {
    Action {
        id: item.label.clone(),
        text: item.text.clone(),
        owner: item.owner.clone(),
        due: item.due.map(|due| due.to_string()),
        priority: item.priority.as_ref().map(|grade| vocabulary.wording().priority.label(grade).to_owned()),
        effort: item.effort.map(crate::model::Effort::word),
        status: match item.status {
            Status::Done => "done",
            Status::Cancelled => "cancelled",
            Status::Proposed | Status::Open | Status::Doing => "open",
        },
        state: item.status.word(),
        refs: item.refs.clone(),
        line: item.line,
        numbered: item.numbered,
        inferred: item.inferred.clone(),
    }
}

fn unclear(document: &Document<'_>, date: Option<&UnclearDate>) -> Vec<Unclear> {
    let say = |field, id: Option<&str>, line, date: &UnclearDate| Unclear {
        field,
        id: id.map(str::to_owned),
        line,
        written: date.written.clone(),
        either: date.either.map(|(one, other)| (one.to_string(), other.to_string())),
    };
    let line = line_of_field(document, FieldKind::Date).unwrap_or(1);
    let own = date.map(|date| say("date", None, line, date));
    let items = document.actions().iter().filter_map(|action| {
        Some(say("due", Some(&action.item.label), action.item.line, action.item.unclear_due.as_ref()?))
    });
    own.into_iter().chain(items).collect()
}

impl std::fmt::Display for Unclear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = if self.field == "due" { "due date" } else { "date" };
        match &self.either {
            Some((one, other)) => {
                write!(f, "line {}: {what} '{}' may be {one} or {other}", self.line, self.written)
            }
            None => write!(f, "line {}: {what} '{}' cannot be read", self.line, self.written),
        }
    }
}

/// The line on which a field stands, for people.
pub(super) fn line_of_field(document: &Document<'_>, kind: FieldKind) -> Option<u32> {
    document.field(kind).map(|field| document.line_of(field.line.start))
}
