//! Section `[gate]`: rules, waivers, and what only all of them together can tell.

use chrono::NaiveDate;

use super::Config;
use super::fault::{Fault, Refusal};
use super::layers::{Said, fault_at};
use super::value::Value;

/// What may keep a release from being tagged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gate {
    /// Patterns of the tags that are judged; where there are none, `deploy.tags` are.
    pub tags: Vec<String>,
    /// Incidents of earlier days are not judged, nor are tags whose commit is older.
    pub since: Option<NaiveDate>,
    /// Where the documents are, if not here: a repository, and maybe `@` and a revision of it.
    pub documents: Option<String>,
    /// What closes the gate, in the file's order.
    pub rules: Vec<GateRule>,
    /// What opens it in spite of a rule, in the file's order.
    pub waivers: Vec<GateWaiver>,
}

/// A rule: the promises that are all of this close the gate. What it does not say it does not ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GateRule {
    /// What it is called in refusals.
    pub name: Option<String>,
    /// Where a promise stands: in one of these states. Without any, overdue.
    pub states: Vec<GateState>,
    /// The promise's priority is one of these.
    pub priority: Vec<String>,
    /// The incident's severity is one of these.
    pub severity: Vec<String>,
    /// It was published at least so many days ago.
    pub older_than: Option<u32>,
    /// So many days after its due date it is not overdue yet.
    pub grace: u32,
    /// Which releases it concerns.
    pub scope: GateScope,
    /// The incident is about one of these services.
    pub service: Vec<String>,
}

/// Which releases a promise can close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GateScope {
    /// Every one.
    #[default]
    All,
    /// Those that change what the promise is about.
    Touched,
}

/// Where an owed promise may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateState {
    /// Past its day.
    Overdue,
    /// Not begun.
    Open,
    /// Begun.
    Doing,
    /// Its owner seems gone, or a file that it names.
    Stale,
    /// Its date was moved to a later day, or taken away.
    Slipped,
    /// Without an owner.
    Unowned,
    /// Without a date.
    Undated,
}

impl GateState {
    /// Every state.
    pub const ALL: [Self; 7] =
        [Self::Overdue, Self::Open, Self::Doing, Self::Stale, Self::Slipped, Self::Unowned, Self::Undated];

    /// The word in the configuration, in JSON and in sentences.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Open => "open",
            Self::Doing => "doing",
            Self::Stale => "stale",
            Self::Slipped => "slipped",
            Self::Unowned => "unowned",
            Self::Undated => "undated",
        }
    }
}

/// A promise that closes no gate for a while.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GateWaiver {
    /// The action item's id, or an unambiguous part of it.
    pub action: String,
    /// Why.
    pub reason: String,
    /// The last day on which it counts. Every waiver of a valid configuration has one.
    pub until: Option<NaiveDate>,
    /// Who decided it.
    pub who: Option<String>,
}

impl GateRule {
    /// What it is called in refusals: its name, or what it asks for.
    #[must_use]
    pub fn title(&self) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        let states: Vec<&str> = self.states().iter().map(|state| state.word()).collect();
        let lists = [states.join(" or "), self.priority.join(" or "), self.severity.join(" or ")];
        let said: Vec<&str> = lists.iter().map(String::as_str).filter(|list| !list.is_empty()).collect();
        said.join(" ")
    }

    /// The states that it asks for.
    #[must_use]
    pub fn states(&self) -> &[GateState] {
        if self.states.is_empty() { &[GateState::Overdue] } else { &self.states }
    }
}

impl Config {
    /// Patterns of the tags that are judged, without those of services.
    #[must_use]
    pub fn gate_tags(&self) -> &[String] {
        if self.gate.tags.is_empty() { &self.deploy.tags } else { &self.gate.tags }
    }
}

/// Waivers must be whole, and rules speak of levels and services that there are.
pub(super) fn check(config: &Config, said: &[Said]) -> Vec<Fault> {
    let (severity, priority) = (config.severity_scale(), config.priority_scale());
    let mut faults = Vec::new();
    for one in said {
        let key: Vec<&str> = one.key.iter().map(String::as_str).collect();
        let (["gate", "rules", _, field], Value::List(_) | Value::Text(_)) = (key.as_slice(), &one.value)
        else {
            continue;
        };
        let known: Vec<&str> = match *field {
            "priority" => priority.levels().iter().map(String::as_str).collect(),
            "severity" => severity.levels().iter().map(String::as_str).collect(),
            "service" => config.services.keys().map(String::as_str).collect(),
            _ => continue,
        };
        for word in one.value.texts() {
            let is_known = match *field {
                "priority" => priority.rank(word).is_some(),
                "severity" => severity.rank(word).is_some(),
                _ => known.iter().any(|name| name.eq_ignore_ascii_case(word)),
            };
            if !is_known {
                let there = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                let message = format!("'{word}' is no {field}; there are {there}");
                let Refusal { message, nearest } = Refusal::of(message, word, &known);
                faults.push(fault_at(one, &message, nearest));
            }
        }
    }
    for (at, waiver) in config.gate.waivers.iter().enumerate() {
        let number = (at + 1).to_string();
        let is_own = |one: &&Said| one.key.starts_with(&["gate".into(), "waivers".into(), number.clone()]);
        let lacks = [
            ("action", waiver.action.is_empty()),
            ("reason", waiver.reason.is_empty()),
            ("until", waiver.until.is_none()),
        ];
        let lacks: Vec<&str> = lacks.iter().filter(|(_, lacks)| *lacks).map(|(field, _)| *field).collect();
        if let (Some(first), false) = (said.iter().find(is_own), lacks.is_empty()) {
            let mut fault = fault_at(first, "", None);
            fault.message = format!("'gate.waivers.{number}' has no {}", lacks.join(" and no "));
            faults.push(fault);
        }
    }
    faults
}
