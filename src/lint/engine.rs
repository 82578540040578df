//! Asks every rule that is not off, at the level in force.

use super::custom::Custom;
use super::finding::{Finding, Note};
use super::rule::{Look, Rule};
use super::rules::ALL;
use super::silence;
use crate::config::Config;
use crate::document::Span;
use crate::model::{Level, rules};

/// What every rule says about a document, by place and then by code; levels are those of the rules themselves, and no
/// comment is heard.
#[must_use]
pub fn check(look: &Look<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in ALL {
        ask(rule, rule.level, look, &mut findings);
    }
    sort(&mut findings);
    findings
}

/// The rule that a typed code or name means.
#[must_use]
pub fn find(typed: &str) -> Option<&'static Rule> {
    let (code, _) = rules::find(typed)?;
    ALL.iter().find(|rule| rule.code == code).copied()
}

/// What is asked of documents: the rules with the levels in force, and the team's own.
#[derive(Debug)]
pub struct Rules {
    asked: Vec<(&'static Rule, Level)>,
    custom: Vec<Custom>,
}

impl Rules {
    /// As a configuration has it.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let level = |rule: &Rule| config.lint.level(rule.code).unwrap_or(rule.level);
        let asked = ALL.iter().map(|rule| (*rule, level(rule))).filter(|(_, level)| *level != Level::Off);
        Self { asked: asked.collect(), custom: Custom::all(config) }
    }

    /// What is to be said about a document, by place and then by code: nothing about one of an incident before
    /// `lint.since`, and nothing that a comment with a reason silences.
    #[must_use]
    pub fn check(&self, look: &Look<'_>) -> Vec<Finding> {
        if !look.config.lint.judges(look.postmortem.date) {
            return Vec::new();
        }
        let mut findings = Vec::new();
        for (rule, level) in &self.asked {
            ask(rule, *level, look, &mut findings);
        }
        for custom in &self.custom {
            custom.check(look, &mut findings);
        }
        silence::silence(self, look, &mut findings);
        sort(&mut findings);
        findings
    }

    /// The level in force of a rule, by its code; `None` for one that is off or none of ours.
    pub(super) fn level(&self, code: &str) -> Option<Level> {
        self.asked.iter().find(|(rule, _)| rule.code == code).map(|(_, level)| *level)
    }

    /// The code of the rule that a comment names, and whether it is asked.
    pub(super) fn named(&self, typed: &str) -> Option<(&str, bool)> {
        if let Some((code, _)) = rules::find(typed) {
            return Some((code, self.level(code).is_some()));
        }
        self.custom
            .iter()
            .find(|custom| custom.is_called(typed))
            .map(|custom| (custom.code(), custom.is_asked()))
    }
}

fn ask(rule: &Rule, level: Level, look: &Look<'_>, findings: &mut Vec<Finding>) {
    let mut notes = Vec::new();
    (rule.check)(look, &mut notes);
    for note in notes {
        findings.push(finding(rule, level, look, note));
    }
}

/// A note of one of our rules at a level.
pub(super) fn finding(rule: &Rule, level: Level, look: &Look<'_>, note: Note) -> Finding {
    let span = inside(look.document.text(), &note.span);
    Finding { level, span, ..Finding::new(rule, note) }
}

/// A span as one of the text, whatever a rule has reckoned.
fn inside(text: &str, span: &Span) -> Span {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (a.span.start, a.span.end, &a.code).cmp(&(b.span.start, b.span.end, &b.code)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, parse};
    use crate::lint::Surroundings;

    fn codes(text: &str, config: &str) -> Vec<(String, &'static str)> {
        let layer = crate::config::from_toml("x", config).unwrap();
        let config = crate::config::resolve(vec![layer]).unwrap().config;
        let vocabulary = config.vocabulary();
        let document = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &vocabulary);
        let (postmortem, around) = (document.postmortem(), Surroundings::default());
        let look = Look::new(&document, &postmortem, &vocabulary, &config, &around);
        let findings = Rules::new(&config).check(&look);
        let ours = |finding: &Finding| !finding.code.starts_with("PM") || finding.code == "PM201";
        findings.iter().filter(|f| ours(f)).map(|f| (f.code.to_string(), f.level.word())).collect()
    }

    const TEXT: &str = "# Post-Mortem: x\n\n**Date**: 2026-03-08\n\n## Summary\n\nBluebird failed.\n\n## Timeline\n\nbluebird\n";

    #[test]
    fn levels_come_from_the_configuration() {
        let with = |word: &str| codes(TEXT, &format!("[lint.rules]\nmissing-section = \"{word}\"\n"));
        assert_eq!(with("error")[0], ("PM201".to_owned(), "error"));
        assert_eq!(with("off"), []);
        assert_eq!(codes(TEXT, "[lint.rules]\npm201 = \"info\"\n")[0].1, "info");
    }

    #[test]
    fn incidents_from_before_since_are_not_judged() {
        assert_eq!(codes(TEXT, "[lint]\nsince = 2026-03-09\n"), []);
        assert_ne!(codes(TEXT, "[lint]\nsince = 2026-03-08\n"), []);
    }

    #[test]
    fn a_team_has_rules_of_its_own() {
        let custom = "[lint.rules]\nPM201 = \"off\"\n[[lint.custom]]\nname = \"no-codenames\"\npattern = \"(?i)bluebird\"\n\
                      message = \"'{match}' says nothing\"\nlevel = \"error\"\n";
        assert_eq!(codes(TEXT, custom).len(), 2);
        assert_eq!(codes(TEXT, custom)[0], ("no-codenames".to_owned(), "error"));
        assert_eq!(
            codes(TEXT, &format!("{custom}section = \"summary\"\ncode = \"ACME1\"\n")),
            [("ACME1".to_owned(), "error")]
        );
        assert_eq!(codes(TEXT, &format!("{custom}section = \"Lessons\"\n")), []);
        let silenced =
            TEXT.replace("failed.", "failed. <!-- postmortem: allow no-codenames its public name -->");
        assert_eq!(codes(&silenced, custom).len(), 1);
    }

    #[test]
    fn a_span_is_brought_inside_the_text() {
        assert_eq!(inside("aé", &(2..9)), 1..3);
        assert_eq!(inside("aé", &Span { start: 9, end: 1 }), 3..3);
    }
}
