//! Section `[lint]`: what is asked of documents, and what only all of it together can tell.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Config;
use super::fault::Fault;
use super::layers::{Origin, Said, fault_at};
use super::promised::Promised;
use super::written::Written;
use crate::model::{Level, rules};

/// Section `[lint]`: levels of rules, the team's own rules, and options of rules as flat keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judged {
    /// Incidents of earlier days are not judged.
    pub since: Option<NaiveDate>,
    /// Further words that blame.
    pub words: Vec<String>,
    /// Further people, by name or handle.
    pub names: Vec<String>,
    /// Names that look like a person's and are a product's, a team's or a place's.
    pub products: Vec<String>,
    /// Levels that the team has set, by the rule's code.
    pub rules: BTreeMap<&'static str, Level>,
    /// The team's own rules, in the file's order.
    pub custom: Vec<CustomRule>,
    /// What a document is to have.
    pub written: Written,
    /// What is asked of promises, links and private data.
    pub promised: Promised,
}

/// A rule of the team's: a pattern, and what to say where it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomRule {
    /// What it is called: `no-codenames`. Every rule of a valid configuration has one, as it has a pattern and a message.
    pub name: String,
    /// Its code; where it has none, its name.
    pub code: Option<String>,
    /// A regular expression.
    pub pattern: String,
    /// What is wrong where it matches.
    pub message: String,
    /// What to do instead.
    pub help: Option<String>,
    /// The one section that it is asked of, by heading or by key (`root-cause`); without it, the whole document.
    pub section: Option<String>,
    /// How much its findings weigh.
    pub level: Level,
}

impl Default for CustomRule {
    fn default() -> Self {
        Self {
            name: String::new(),
            code: None,
            pattern: String::new(),
            message: String::new(),
            help: None,
            section: None,
            level: Level::Warning,
        }
    }
}

impl CustomRule {
    /// What findings, levels and comments call it.
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.name)
    }
}

impl Judged {
    /// The level that the team has set for a rule.
    #[must_use]
    pub fn level(&self, code: &str) -> Option<Level> {
        self.rules.get(code).copied()
    }

    /// Whether an incident of this day is judged; one without a day is.
    #[must_use]
    pub fn judges(&self, date: Option<NaiveDate>) -> bool {
        self.since.is_none_or(|since| date.is_none_or(|date| date >= since))
    }
}

/// The team's own rules must be whole, and go by names that no other rule has.
pub(super) fn check(config: &Config, said: &[Said]) -> Vec<Fault> {
    let mut faults = said_twice(said);
    for (at, rule) in config.lint.custom.iter().enumerate() {
        let number = (at + 1).to_string();
        let is_own = |one: &&Said| one.key.starts_with(&["lint".into(), "custom".into(), number.clone()]);
        let Some(first) = said.iter().find(is_own) else { continue };
        let mut tell = |message: String| {
            let mut fault = fault_at(first, "", None);
            fault.message = message;
            faults.push(fault);
        };
        let lacks = [("name", &rule.name), ("pattern", &rule.pattern), ("message", &rule.message)];
        let lacks: Vec<&str> =
            lacks.iter().filter(|(_, text)| text.is_empty()).map(|(key, _)| *key).collect();
        if !lacks.is_empty() {
            tell(format!("'lint.custom.{number}' has no {}", lacks.join(" and no ")));
        }
        let names = || [rule.name.as_str(), rule.code()].into_iter().filter(|name| !name.is_empty());
        for name in names() {
            let is_taken = |other: &CustomRule| {
                [other.name.as_str(), other.code()].iter().any(|taken| taken.eq_ignore_ascii_case(name))
            };
            if rules::find(name).is_some() || config.lint.custom[..at].iter().any(is_taken) {
                tell(format!("'lint.custom.{number}': another rule is called '{name}'"));
                break;
            }
        }
    }
    faults
}

/// A rule goes by its code and by its name, and one file gives it one level.
fn said_twice(said: &[Said]) -> Vec<Fault> {
    let code = |one: &Said| match one.key.as_slice() {
        [lint, table, rule] if lint == "lint" && table == "rules" => rules::find(rule).map(|(code, _)| code),
        _ => None,
    };
    let mut of_rules: Vec<(&Said, &str)> = said.iter().filter_map(|one| Some((one, code(one)?))).collect();
    of_rules.sort_by_key(|(one, _)| one.place);
    let is_of_one_file = |one: &Said, other: &Said| match (&one.origin, &other.origin) {
        (Origin::File { name, .. }, Origin::File { name: other, .. }) => name == other,
        (one, other) => one == other,
    };
    let twice = of_rules.iter().enumerate().filter_map(|(at, (one, code))| {
        let before =
            of_rules[..at].iter().find(|(before, known)| known == code && is_of_one_file(before, one))?.0;
        let known = before.key.last().map_or("", String::as_str);
        Some(fault_at(one, &format!("the same rule is '{known}' above; say its level once"), None))
    });
    twice.collect()
}
