//! Which promise to keep first: impact against effort, each with its reason. Pure.
//!
//! The four fields are those of the action priority matrix: quick wins (high impact, little effort), big bets (high
//! impact, much effort), fill-ins (low impact, little effort) and what to reconsider (low impact, much effort).

mod echo;
mod ideas;
mod terms;

use std::cmp::{Ordering, Reverse};

use chrono::NaiveDate;

pub use echo::Echo;
pub(crate) use ideas::small;
pub use ideas::{Gathering, Ideas, Said};

use crate::model::{ActionItem, Effort, Grade, Scale};

/// The four fields, in the order in which to work on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quadrant {
    /// High impact, little effort.
    QuickWin,
    /// High impact, and nobody has estimated the effort.
    Unestimated,
    /// High impact, more than little effort.
    BigBet,
    /// Low impact, not much effort, or none estimated.
    FillIn,
    /// Low impact, much effort.
    Reconsider,
}

impl Quadrant {
    /// Its name in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::QuickWin => "quick-win",
            Self::Unestimated => "unestimated",
            Self::BigBet => "big-bet",
            Self::FillIn => "fill-in",
            Self::Reconsider => "reconsider",
        }
    }

    /// Its name in a sentence.
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Self::QuickWin => "a quick win",
            Self::Unestimated => "a quick win if small",
            Self::BigBet => "a big bet",
            Self::FillIn => "a fill-in",
            Self::Reconsider => "reconsider it",
        }
    }
}

/// The incident that an item is of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Incident<'i> {
    /// Its severity.
    pub severity: Option<&'i Grade>,
    /// Its day.
    pub date: Option<NaiveDate>,
}

/// Where an item stands, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rank {
    /// The field.
    pub quadrant: Quadrant,
    /// What it was judged by: `P1, small: a quick win`.
    pub reason: String,
    /// Within a field: less is sooner.
    weight: (u8, u8, u8, Reverse<usize>),
    /// Where the same idea was promised as well, as sorted for the reason.
    pub echoes: Vec<Echo>,
}

impl Rank {
    /// Judges an item of an incident. Priority decides the impact; where the item has none, the incident's severity does.
    /// The upper two fifths of a scale count as high. An idea that was promised in another document too counts as one
    /// level more, and one that was promised in two or more others as high, whatever its row says.
    #[must_use]
    pub fn of(
        item: &ActionItem,
        incident: Incident<'_>,
        mut echoes: Vec<Echo>,
        (priorities, severities): (&Scale, &Scale),
    ) -> Self {
        let (priority, severity) = (item.priority.as_ref(), incident.severity);
        let raised = echoes.len();
        let high = match (priority, severity) {
            _ if raised > 1 => true,
            (Some(grade), _) => is_high(grade, priorities, raised),
            (None, Some(grade)) => is_high(grade, severities, raised),
            (None, None) => false,
        };
        let quadrant = match (high, item.effort) {
            (true, Some(Effort::Small)) => Quadrant::QuickWin,
            (true, None) => Quadrant::Unestimated,
            (true, Some(_)) => Quadrant::BigBet,
            (false, Some(Effort::Large)) => Quadrant::Reconsider,
            (false, _) => Quadrant::FillIn,
        };
        let judged = match (priority, severity) {
            (Some(grade), _) => priorities.label(grade).to_owned(),
            (None, Some(grade)) => format!("no priority, {}", severities.label(grade)),
            (None, None) => "no priority".to_owned(),
        };
        // What nobody knows is said first: the field is a guess then.
        let reason = match (item.effort, quadrant) {
            (Some(effort), _) => format!("{judged}, {}: {}", effort.word(), quadrant.phrase()),
            (None, Quadrant::FillIn) => format!("effort unknown, {judged}: a fill-in if small"),
            (None, _) => format!("effort unknown, {judged}: {}", quadrant.phrase()),
        };
        echo::sort(&mut echoes, incident.date);
        let reason = match echo::words(&echoes, incident.date) {
            Some(words) => format!("{reason}; {words}"),
            None => reason,
        };
        let place = |grade: Option<&Grade>| grade.and_then(|grade| grade.rank).unwrap_or(u8::MAX);
        // Of low impact, an unknown effort stands behind those that are known to be bearable.
        let effort = match item.effort {
            Some(Effort::Small) => 0,
            Some(Effort::Medium) => 1,
            None => 2,
            Some(Effort::Large) => 3,
        };
        let weight = (place(priority), place(severity), effort, Reverse(raised));
        Self { quadrant, reason, weight, echoes }
    }

    /// Which of two comes first: by field, then priority, severity, effort, and in how many documents it recurs.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        (self.quadrant, self.weight).cmp(&(other.quadrant, other.weight))
    }
}

/// `raised`: by so many levels.
fn is_high(grade: &Grade, scale: &Scale, raised: usize) -> bool {
    let upper = (scale.levels().len() * 2 / 5).max(1) + raised;
    grade.rank.is_some_and(|rank| usize::from(rank) < upper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Status;

    fn scale(letter: char) -> Scale {
        Scale::new((1..=5).map(|n| format!("{letter}{n}")).collect(), &[])
    }

    fn rank(priority: Option<&str>, severity: Option<&str>, effort: Option<Effort>) -> Rank {
        echoed(priority, severity, effort, 0)
    }

    fn echoed(priority: Option<&str>, severity: Option<&str>, effort: Option<Effort>, echoes: usize) -> Rank {
        let item = ActionItem {
            label: "1".into(),
            numbered: true,
            text: "Test migrations".into(),
            owner: None,
            due: None,
            unclear_due: None,
            priority: priority.map(|word| scale('P').grade(word)),
            effort,
            status: Status::Open,
            state: None,
            refs: Vec::new(),
            line: 1,
            inferred: Vec::new(),
        };
        let echoes = (0..echoes).map(|at| Echo { id: format!("other-{at}#1"), date: None }).collect();
        let severity = severity.map(|word| scale('S').grade(word));
        let incident = Incident { severity: severity.as_ref(), date: None };
        Rank::of(&item, incident, echoes, (&scale('P'), &scale('S')))
    }

    #[test]
    fn an_idea_that_recurs_counts_for_more() {
        let recurring = |priority, echoes| echoed(Some(priority), None, Some(Effort::Small), echoes);
        assert_eq!(recurring("P3", 0).quadrant, Quadrant::FillIn);
        assert_eq!(recurring("P3", 1).reason, "P3, small: a quick win; promised also in other-0#1");
        assert_eq!(recurring("P4", 1).quadrant, Quadrant::FillIn);
        assert_eq!(
            recurring("P5", 2).reason,
            "P5, small: a quick win; promised also in other-0#1 and 1 more"
        );
        assert_eq!(recurring("P1", 1).order(&recurring("P1", 0)), Ordering::Less);
    }

    #[test]
    fn each_field_says_why() {
        let reasons = [
            rank(Some("P1"), None, Some(Effort::Small)).reason,
            rank(Some("P2"), None, Some(Effort::Large)).reason,
            rank(Some("P4"), None, Some(Effort::Small)).reason,
            rank(Some("P5"), None, Some(Effort::Large)).reason,
            rank(None, Some("S1"), None).reason,
            rank(None, None, None).reason,
        ];
        assert_eq!(
            reasons,
            [
                "P1, small: a quick win",
                "P2, large: a big bet",
                "P4, small: a fill-in",
                "P5, large: reconsider it",
                "effort unknown, no priority, S1: a quick win if small",
                "effort unknown, no priority: a fill-in if small",
            ]
        );
    }

    #[test]
    fn fields_come_in_order_and_the_urgent_before_the_rest() {
        let sorted = [
            rank(Some("P1"), None, Some(Effort::Small)),
            rank(Some("P2"), None, Some(Effort::Small)),
            rank(Some("P2"), None, None),
            rank(Some("P1"), None, Some(Effort::Medium)),
            rank(Some("P3"), Some("S1"), Some(Effort::Small)),
            rank(Some("P3"), Some("S4"), Some(Effort::Small)),
            rank(Some("P3"), None, Some(Effort::Large)),
        ];
        assert!(sorted.windows(2).all(|pair| pair[0].order(&pair[1]) == Ordering::Less));
    }

    #[test]
    fn a_word_that_the_scale_does_not_know_is_not_high() {
        assert_eq!(rank(Some("asap"), Some("S1"), Some(Effort::Small)).quadrant, Quadrant::FillIn);
    }
}
