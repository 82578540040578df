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

    /// The owner's name as it is shown: the one that has what is written as another name, else what is written. A
    /// member of a team stays who they are.
    #[must_use]
    pub fn owner<'a>(&'a self, written: &'a str) -> &'a str {
        let is = |name: &str| fold_owner(name) == fold_owner(written);
        let known = self.actions.owners.iter();
        known
            .filter(|(name, others)| is(name) || others.iter().any(|other| !is_handle(other) && is(other)))
            .map(|(name, _)| name.as_str())
            .next()
            .unwrap_or(written)
    }

    /// Every name, folded, by which an owner's items are written: of a team also its members', of a member also the
    /// team's, but not the other members'.
    #[must_use]
    pub fn owner_names(&self, asked: &str) -> Vec<String> {
        let asked = fold_owner(asked);
        let mut names = vec![asked.clone()];
        for (name, others) in &self.actions.owners {
            let is_member = others.iter().any(|other| is_handle(other) && fold_owner(other) == asked);
            let is_it = fold_owner(name) == asked || others.iter().any(|other| fold_owner(other) == asked);
            if is_it {
                let meant = others.iter().filter(|other| !is_member || !is_handle(other));
                names.extend(meant.chain([name]).map(|name| fold_owner(name)));
            }
        }
        names
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
#[must_use]
pub fn fold_owner(name: &str) -> String {
    name.trim().trim_start_matches('@').trim().to_lowercase()
}

/// Among the other names of an owner a handle is a member of a team; anything else is the same owner.
fn is_handle(name: &str) -> bool {
    name.trim().starts_with('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_known_by_each_of_its_names() {
        let mut config = Config::default();
        config.actions.owners.insert("@platform".into(), vec!["Platform team".into(), "@ana".into()]);
        for written in ["@platform", "Platform", "platform team"] {
            assert_eq!(config.owner(written), "@platform", "{written}");
        }
        assert_eq!((config.owner("Bob"), config.owner("@ana")), ("Bob", "@ana"));
    }

    #[test]
    fn a_member_answers_for_the_team_but_not_for_the_other_members() {
        let mut config = Config::default();
        let names = ["Platform team", "@ana", "@bob"].map(str::to_owned);
        config.actions.owners.insert("@platform".into(), names.to_vec());
        assert_eq!(config.owner_names("@Ana"), ["ana", "platform team", "platform"]);
        assert_eq!(
            config.owner_names("platform team"),
            ["platform team", "platform team", "ana", "bob", "platform"]
        );
        assert_eq!(config.owner_names("eve"), ["eve"]);
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
