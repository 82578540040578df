//! Typed pointers from a post-mortem to commits and tags.

use serde::{Deserialize, Serialize};

/// What a linked revision has to do with the incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The change that was live.
    Deploy,
    /// The change that brought the defect in.
    Introduced,
    /// Live at the time, not proven.
    Suspect,
    /// Looked at and found innocent.
    RuledOut,
    /// The change that mended it.
    Fix,
    /// The change that took it back.
    Revert,
    /// No revision: an address that belongs to the incident.
    Url,
}

impl Role {
    /// Every role, in the order of an incident.
    pub const ALL: [Self; 7] =
        [Self::Deploy, Self::Introduced, Self::Suspect, Self::RuledOut, Self::Fix, Self::Revert, Self::Url];

    /// The word in documents and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Deploy => "deploy",
            Self::Introduced => "introduced",
            Self::Suspect => "suspect",
            Self::RuledOut => "ruled-out",
            Self::Fix => "fix",
            Self::Revert => "revert",
            Self::Url => "url",
        }
    }

    /// Whether it points to a commit, and not to an address.
    #[must_use]
    pub fn is_revision(self) -> bool {
        self != Self::Url
    }
}

/// A row of the *Linked Commits* table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it has to do with the incident.
    pub role: Role,
    /// The revision as it was typed: a tag, a range, an abbreviated commit; or an address.
    pub revision: String,
    /// The full id of the commit that the revision named when it was recorded (the end of a range); empty for an
    /// address, and where the revision's repository was not at hand.
    pub commit: String,
    /// The committer date in UTC, `YYYY-MM-DD HH:MM`, empty where unknown.
    pub date: String,
    /// The first line of the commit's message.
    pub subject: String,
}

impl Link {
    /// The older side and the end of a range; nothing for a single revision. Three dots are as good as two.
    #[must_use]
    pub fn range(&self) -> Option<(&str, &str)> {
        let is_range = self.role.is_revision();
        let (from, to) = self.revision.split_once("..").filter(|_| is_range)?;
        Some((from, to.strip_prefix('.').unwrap_or(to)))
    }

    /// Whether both say the same, whichever words they name the commit with.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let starts = |link: &Self| link.range().map(|(from, _)| from.to_owned());
        let named = self.revision == other.revision;
        let led = !self.commit.is_empty() && self.commit == other.commit && starts(self) == starts(other);
        self.role == other.role && (named || led)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(revision: &str, commit: &str) -> Link {
        let (revision, commit) = (revision.to_owned(), commit.to_owned());
        Link { role: Role::Fix, revision, commit, date: String::new(), subject: String::new() }
    }

    #[test]
    fn two_names_of_one_commit_are_one_link_and_a_range_is_another() {
        assert!(link("v1", "aa").is_same(&link("aa", "aa")));
        assert!(!link("v1", "aa").is_same(&link("v0..v1", "aa")));
        assert!(link("pay:v1", "").is_same(&link("pay:v1", "aa")), "by now it could be resolved");
        assert!(!link("pay:v1", "").is_same(&link("pay:v2", "")));
        assert!(!link("v1", "aa").is_same(&Link { role: Role::Revert, ..link("v1", "aa") }));
    }

    #[test]
    fn a_range_has_two_sides() {
        assert_eq!(link("v1..v2", "").range(), Some(("v1", "v2")));
        assert_eq!(link("v1...v2", "").range(), Some(("v1", "v2")));
        assert_eq!(link("v1.0.0", "").range(), None);
        let url = Link { role: Role::Url, ..link("https://x.example/a..b", "") };
        assert_eq!(url.range(), None);
    }
}
