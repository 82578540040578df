//! A team's own rules: a pattern in the configuration, and what to say where it is found.

use regex::Regex;

use super::finding::Finding;
use super::rule::Look;
use crate::config::{Config, CustomRule};
use crate::model::Level;

/// How much of what was found a message quotes, in characters.
const QUOTED: usize = 60;

/// A rule with its pattern ready.
#[derive(Debug)]
pub(super) struct Custom {
    rule: CustomRule,
    pattern: Regex,
}

impl Custom {
    /// Those of a configuration, which has tried every pattern already.
    pub(super) fn all(config: &Config) -> Vec<Self> {
        let ready =
            |rule: &CustomRule| Some(Self { pattern: Regex::new(&rule.pattern).ok()?, rule: rule.clone() });
        config.lint.custom.iter().filter_map(ready).collect()
    }

    pub(super) fn code(&self) -> &str {
        self.rule.code()
    }

    pub(super) fn is_called(&self, typed: &str) -> bool {
        self.rule.name.eq_ignore_ascii_case(typed) || self.code().eq_ignore_ascii_case(typed)
    }

    pub(super) fn is_asked(&self) -> bool {
        self.rule.level != Level::Off
    }

    pub(super) fn check(&self, look: &Look<'_>, findings: &mut Vec<Finding>) {
        if !self.is_asked() {
            return;
        }
        let text = look.document.text();
        let place = match &self.rule.section {
            Some(name) => match look.document.section_named(name, look.vocabulary) {
                Some(section) => section.body.clone(),
                None => return,
            },
            None => 0..text.len(),
        };
        for found in self.pattern.find_iter(&text[place.clone()]).filter(|found| !found.is_empty()) {
            let mut quoted: String = found.as_str().chars().take(QUOTED).collect();
            if quoted.len() < found.len() {
                quoted.push('…');
            }
            findings.push(Finding {
                code: self.code().to_owned().into(),
                name: self.rule.name.clone().into(),
                level: self.rule.level,
                span: place.start + found.start()..place.start + found.end(),
                message: self.rule.message.replace("{match}", &quoted),
                help: self.rule.help.clone(),
                fix: Vec::new(),
            });
        }
    }
}
