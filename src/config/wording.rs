//! The settings as the reader of documents takes them.

use super::{Config, SeverityConfig, Sla};
use crate::document::{Vocabulary, Wording};
use crate::model::{Grade, Scale};

impl Config {
    /// The team's severities.
    #[must_use]
    pub fn severity_scale(&self) -> Scale {
        let SeverityConfig { levels, aliases } = &self.severity;
        Scale::new(levels.clone(), &pairs(aliases))
    }

    /// The team's priorities.
    #[must_use]
    pub fn priority_scale(&self) -> Scale {
        Scale::new(self.actions.priorities.clone(), &pairs(&self.actions.priority_aliases))
    }

    /// Within how many days of the incident a promise of this priority falls due where it names no date.
    #[must_use]
    pub fn sla(&self, priority: &Grade) -> Option<Sla> {
        let name = self.actions.priorities.get(usize::from(priority.rank?))?;
        self.actions.sla.get(name).copied()
    }

    /// The owner's name as it is shown: the one whose aliases hold what is written, else what is written.
    #[must_use]
    pub fn owner<'a>(&'a self, written: &'a str) -> &'a str {
        let is = |name: &str| fold_owner(name) == fold_owner(written);
        let known = self.actions.owners.iter();
        known
            .filter(|(name, others)| is(name) || others.iter().any(|other| is(other)))
            .map(|(name, _)| name.as_str())
            .next()
            .unwrap_or(written)
    }

    /// Every word that documents are read by.
    #[must_use]
    pub fn vocabulary(&self) -> Vocabulary {
        Vocabulary::new(&self.wording())
    }

    /// What a team's words add to a language.
    #[must_use]
    pub fn wording(&self) -> Wording {
        Wording {
            language: self.documents.language.clone(),
            synonyms: self.documents.synonyms.clone(),
            severity: self.severity_scale(),
            priority: self.priority_scale(),
            status_words: self.actions.status.clone(),
            date_order: self.actions.date_order,
        }
    }
}

fn pairs(aliases: &std::collections::BTreeMap<String, String>) -> Vec<(String, String)> {
    aliases.iter().map(|(spelling, name)| (spelling.clone(), name.clone())).collect()
}

/// Owners are compared without case, blanks around and the `@` in front.
fn fold_owner(name: &str) -> String {
    name.trim().trim_start_matches('@').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_known_by_each_of_its_names() {
        let mut config = Config::default();
        config.actions.owners.insert("@platform".into(), vec!["Platform team".into(), "@ana".into()]);
        for written in ["@platform", "Platform", "platform team", "Ana"] {
            assert_eq!(config.owner(written), "@platform", "{written}");
        }
        assert_eq!(config.owner("Bob"), "Bob");
    }

    #[test]
    fn built_in_scales_know_the_usual_words() {
        let config = Config::default();
        assert_eq!(config.severity_scale().rank("2"), Some(1));
        assert_eq!(config.severity_scale().rank("Sev1"), Some(0));
        assert_eq!(config.priority_scale().rank("high"), Some(1));
        assert_eq!(config.priority_scale().rank("P0"), Some(0));
    }
}
