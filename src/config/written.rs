//! Options of `[lint]` that say what a document is to have: sections, fields, sentences, whys, times.

use crate::model::SectionKind;

/// What a document is to have, as rules ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Sections that no document does without.
    pub sections: Vec<SectionKind>,
    /// Metadata that no document does without.
    pub fields: Vec<Required>,
    /// How many sentences a summary has: at least and at most.
    pub summary_sentences: (u32, u32),
    /// How many words a root cause has at least.
    pub root_cause_words: u32,
    /// How many whys a chain has at least.
    pub whys: u32,
    /// How many entries a timeline has at least.
    pub timeline_events: u32,
    /// How long nothing may happen between two entries, in minutes.
    pub timeline_gap: u32,
    /// By how much a stated duration and the timeline may differ, in minutes.
    pub duration_tolerance: u32,
}

/// Metadata that a document may have to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the labels of the template")]
pub enum Required {
    Duration,
    Severity,
    Authors,
    Status,
    Service,
}

impl Required {
    /// Every one, in the template's order.
    pub const ALL: [Self; 5] = [Self::Duration, Self::Severity, Self::Authors, Self::Status, Self::Service];

    /// The word in configuration.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Duration => "duration",
            Self::Severity => "severity",
            Self::Authors => "authors",
            Self::Status => "status",
            Self::Service => "service",
        }
    }
}

impl Default for Written {
    fn default() -> Self {
        use SectionKind::{ActionItems, RootCause, Summary, Timeline};
        Self {
            sections: vec![Summary, Timeline, RootCause, ActionItems],
            fields: vec![Required::Severity, Required::Authors],
            summary_sentences: (2, 3),
            root_cause_words: 8,
            whys: 3,
            timeline_events: 3,
            timeline_gap: 4 * 60,
            duration_tolerance: 15,
        }
    }
}

/// Minutes of a span like `15m`, `4h` or `2d`.
pub(super) fn minutes(text: &str) -> Option<u32> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "m" | "min" | "minute" | "minutes" => 1,
        "h" | "hour" | "hours" => 60,
        "d" | "day" | "days" => 24 * 60,
        _ => return None,
    };
    // A year: nothing is judged by more.
    number.parse::<u32>().ok()?.checked_mul(factor).filter(|minutes| *minutes <= 366 * 24 * 60)
}

/// A span as [`minutes`] reads it, in its largest whole unit.
pub(super) fn span(minutes: u32) -> String {
    match minutes {
        0 => "0m".to_owned(),
        minutes if minutes % (24 * 60) == 0 => format!("{}d", minutes / (24 * 60)),
        minutes if minutes % 60 == 0 => format!("{}h", minutes / 60),
        minutes => format!("{minutes}m"),
    }
}

/// At least and at most of `2-3` or `3`.
pub(super) fn range(text: &str) -> Option<(u32, u32)> {
    let (least, most) = text.split_once(['-', '–']).unwrap_or((text, text));
    let range = (least.trim().parse().ok()?, most.trim().parse().ok()?);
    (range.0 <= range.1 && range.1 > 0).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_minutes_hours_and_days_and_read_back() {
        assert_eq!((minutes("15m"), minutes("4h"), minutes("2 days")), (Some(15), Some(240), Some(2880)));
        for wrong in ["", "15", "h", "2w", "999d", "-3h"] {
            assert_eq!(minutes(wrong), None, "{wrong}");
        }
        for known in [0, 1, 59, 60, 90, 240, 1440, 1500] {
            assert_eq!(minutes(&span(known)), Some(known));
        }
    }

    #[test]
    fn a_range_is_two_numbers_or_one() {
        assert_eq!((range("2-3"), range("1 – 5"), range("3")), (Some((2, 3)), Some((1, 5)), Some((3, 3))));
        for wrong in ["", "3-2", "0", "a-b", "2-"] {
            assert_eq!(range(wrong), None, "{wrong}");
        }
    }
}
