//! How long it took: from the turning points of a timeline to times to detect, acknowledge, mitigate and resolve.

use chrono::{DateTime, Utc};

use super::Event;
use crate::model::EventKind;

/// What counts as the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// Users began to feel it.
    Impact,
    /// It was noticed; when it began nobody says.
    Detected,
}

/// What counts as the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The cause was gone.
    Resolved,
    /// Users no longer felt it; that it was resolved nobody says.
    Mitigated,
}

/// The turning points, and what lies between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measures {
    /// The beginning.
    pub begin: Option<(DateTime<Utc>, Begin)>,
    /// The end.
    pub end: Option<(DateTime<Utc>, End)>,
    /// The first detection.
    pub detected: Option<DateTime<Utc>>,
    /// The first acknowledgement.
    pub acknowledged: Option<DateTime<Utc>>,
    /// The last mitigation.
    pub mitigated: Option<DateTime<Utc>>,
    /// The last resolution.
    pub resolved: Option<DateTime<Utc>>,
}

impl Measures {
    /// Minutes from the beginning to an instant; `None` where one is not known, or the instant lies before.
    #[must_use]
    pub fn until(&self, at: Option<DateTime<Utc>>) -> Option<u32> {
        let (begin, _) = self.begin?;
        u32::try_from((at? - begin).num_minutes()).ok()
    }

    /// Minutes from the beginning to the end.
    #[must_use]
    pub fn duration(&self) -> Option<u32> {
        self.until(self.end.map(|(at, _)| at))
    }
}

/// Finds the turning points among events in the order of time.
#[must_use]
pub fn measure(events: &[Event]) -> Measures {
    let of =
        |kind: EventKind| events.iter().filter(move |event| event.kind == Some(kind)).map(|event| event.at);
    let first = |kind| of(kind).min();
    let last = |kind| of(kind).max();
    let (detected, acknowledged) = (first(EventKind::Detected), first(EventKind::Acknowledged));
    let (mitigated, resolved) = (last(EventKind::Mitigated), last(EventKind::Resolved));
    let impact = first(EventKind::Impact).map(|at| (at, Begin::Impact));
    let over = resolved.map(|at| (at, End::Resolved));
    Measures {
        begin: impact.or_else(|| detected.map(|at| (at, Begin::Detected))),
        end: over.or_else(|| mitigated.map(|at| (at, End::Mitigated))),
        detected,
        acknowledged,
        mitigated,
        resolved,
    }
}
