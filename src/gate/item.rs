//! A promise as the gate sees it, and which rules take it.

use chrono::{Days, NaiveDate};

use super::Question;
use crate::config::{GateRule, GateState};
use crate::model::Status;

/// A promise, with all that a rule can ask of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its whole id, with the repository where documents are in another one.
    pub id: String,
    /// Where it stands; of one that the release itself keeps, where it stood before.
    pub status: Status,
    /// Whether only an issue tracker knows where it stands.
    pub is_tracked: bool,
    /// Whether it stands in a draft.
    pub is_draft: bool,
    /// The last day on which it is kept in time.
    pub due: Option<NaiveDate>,
    /// Who promised it.
    pub owner: Option<String>,
    /// Its priority, as the documents' scale calls it.
    pub priority: Option<String>,
    /// The incident's severity, as the documents' scale calls it.
    pub severity: Option<String>,
    /// The services that the incident is about.
    pub services: Vec<String>,
    /// The day of the incident.
    pub incident: Option<NaiveDate>,
    /// The day on which it was published.
    pub promised: Option<NaiveDate>,
    /// How often it was put off.
    pub put_off: usize,
    /// The first date that was promised.
    pub first_due: Option<NaiveDate>,
    /// Why it looks forgotten.
    pub stale: Option<String>,
    /// The commit of this release that keeps it.
    pub carried: Option<Carried>,
}

/// What keeps a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The commit that closed it, in full.
    pub commit: String,
}

impl Item {
    /// Whether a rule takes it, whatever the release touches.
    pub(super) fn is_taken_by(&self, rule: &GateRule, question: &Question<'_>) -> bool {
        let day = question.day;
        let on_scale = |scale: &crate::model::Scale, own: Option<&String>, asked: &[String]| {
            let rank = own.and_then(|own| scale.rank(own));
            asked.is_empty()
                || rank.is_some_and(|rank| asked.iter().any(|level| scale.rank(level) == Some(rank)))
        };
        let is_old = |days: u32| {
            let before = day.checked_sub_days(Days::new(u64::from(days)));
            self.promised.or(self.incident).zip(before).is_some_and(|(promised, before)| promised <= before)
        };
        let is_of_service = || {
            self.services.iter().any(|own| rule.service.iter().any(|asked| asked.eq_ignore_ascii_case(own)))
        };
        self.is_owed()
            && rule.states().iter().any(|state| self.is_in(*state, rule, day))
            && on_scale(question.priorities, self.priority.as_ref(), &rule.priority)
            && on_scale(question.severities, self.severity.as_ref(), &rule.severity)
            && rule.older_than.is_none_or(is_old)
            && (rule.service.is_empty() || is_of_service())
    }

    /// Whether the gate counts it as owed: what only a tracker knows, and what is only an idea, closes nothing.
    fn is_owed(&self) -> bool {
        self.status.is_owed() && !self.is_tracked
    }

    fn is_in(&self, state: GateState, rule: &GateRule, day: NaiveDate) -> bool {
        match state {
            GateState::Overdue => self.days_over(day).is_some_and(|over| over > i64::from(rule.grace)),
            GateState::Open => self.status == Status::Open,
            GateState::Doing => self.status == Status::Doing,
            GateState::Stale => self.stale.is_some(),
            GateState::Slipped => self.put_off > 0,
            GateState::Unowned => self.owner.is_none(),
            GateState::Undated => self.due.is_none(),
        }
    }

    /// Days past its due date, at least 1; none where it is not past.
    pub(super) fn days_over(&self, day: NaiveDate) -> Option<i64> {
        self.due.map(|due| (day - due).num_days()).filter(|days| *days > 0)
    }

    /// Whether its incident is from before the first day that is judged.
    pub(super) fn is_before(&self, since: Option<NaiveDate>) -> bool {
        self.incident.zip(since).is_some_and(|(incident, since)| incident < since)
    }
}
