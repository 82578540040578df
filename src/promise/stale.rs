//! Signs that nobody works on an item any more: its owner is gone, or a file that it is about.

use std::collections::{HashMap, HashSet};

use crate::config::{Config, fold_owner};

/// An owner who has not committed for so many days is taken for gone.
pub const SILENT_DAYS: i64 = 180;

/// The people of a repository by every name that an owner may be written with.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// When each name committed last, in seconds of Unix time.
    last: HashMap<String, i64>,
    /// Who is named in CODEOWNERS, where there is such a file.
    owners: Option<HashSet<String>>,
}

impl People {
    /// Takes authors by name, mail address and last commit, and the text of CODEOWNERS.
    #[must_use]
    pub fn new<'p>(authors: impl Iterator<Item = (&'p str, &'p str, i64)>, owners: Option<&str>) -> Self {
        let mut last: HashMap<String, i64> = HashMap::new();
        for (name, mail, at) in authors {
            let local = mail.split('@').next().unwrap_or_default();
            // GitHub's own addresses have the handle in them: `123+ana@users.noreply.github.com`.
            let handle = local.rsplit('+').next().unwrap_or(local);
            for name in [name, mail, local, handle].map(fold_owner) {
                let known = last.entry(name).or_insert(at);
                *known = at.max(*known);
            }
        }
        last.remove("");
        Self { last, owners: owners.map(code_owners) }
    }

    /// Why an owner seems to be gone, in words; none where they are at work, or nothing is known of them. Several in one
    /// cell are gone together only.
    #[must_use]
    pub fn gone(&self, written: &str, config: &Config, now: i64) -> Option<String> {
        let mut reasons = Vec::new();
        for one in each_owner(written) {
            reasons.push(self.one_gone(one, config, now)?);
        }
        (!reasons.is_empty()).then(|| reasons.join("; "))
    }

    fn one_gone(&self, written: &str, config: &Config, now: i64) -> Option<String> {
        if let Some(days) = self.silent_for(written, config, now) {
            return (days > SILENT_DAYS).then(|| format!("{written} has made no commit for {days} days"));
        }
        let owners = self.owners.as_ref()?;
        let is_off =
            is_account(written) && !config.owner_names(written).iter().any(|name| owners.contains(name));
        is_off.then(|| format!("{written} is not in CODEOWNERS"))
    }

    /// For how many days an owner has made no commit, by any of their names or as a team by any of its members; none
    /// where nobody by such a name ever did.
    #[must_use]
    pub fn silent_for(&self, written: &str, config: &Config, now: i64) -> Option<i64> {
        let names = config.owner_names(written);
        let last = names.iter().filter_map(|name| self.last.get(name)).max()?;
        Some((now - last).div_euclid(24 * 60 * 60))
    }

    /// Whether history, CODEOWNERS or the configuration have somebody by this name, a team too: `@platform` is
    /// `@acme/platform`.
    #[must_use]
    pub fn knows(&self, written: &str, config: &Config) -> bool {
        let names = config.owner_names(written);
        let own = |name: &String| {
            self.last.contains_key(name)
                || self.owners.as_ref().is_some_and(|owners| {
                    owners.contains(name) || owners.iter().any(|owner| owner.rsplit('/').next() == Some(name))
                })
        };
        // More than one name: the configuration has it.
        names.len() > 1
            || config.actions.owners.keys().any(|name| fold_owner(name) == names[0])
            || names.iter().any(own)
    }

    /// Whether there is a file that names owners.
    #[must_use]
    pub fn has_code_owners(&self) -> bool {
        self.owners.is_some()
    }

    /// Whether somebody has committed with a mail address of this domain, in lower case.
    #[must_use]
    pub fn mail_from(&self, domain: &str) -> bool {
        let is_it = |name: &String| name.rsplit_once('@').is_some_and(|(_, known)| known == domain);
        self.last.keys().any(is_it)
    }
}

/// The single owners of what stands in an owner's place: `@ana, @bo`.
pub fn each_owner(written: &str) -> impl Iterator<Item = &str> {
    written.split([',', ';', '&', '+']).map(str::trim).filter(|one| !one.is_empty())
}

/// Whether an owner is written as an account: a handle or a mail address.
#[must_use]
pub fn is_account(written: &str) -> bool {
    written.contains('@')
}

/// Everybody whom a CODEOWNERS file names: a pattern, then owners; `#` begins a remark, `[…]` a section of GitLab's.
fn code_owners(text: &str) -> HashSet<String> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let words = lines.flat_map(str::split_whitespace).filter(|word| word.contains('@'));
    words.map(fold_owner).collect()
}

/// The words of an item's text that look like paths of files: `src/cache.rs`, `deploy.yml`.
pub fn named_files(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| {
        c.is_whitespace() || matches!(c, '`' | '"' | '\'' | '(' | ')' | ',' | ';' | '<' | '>')
    });
    words
        .map(|word| word.trim_end_matches(['.', ':', '!', '?']).trim_start_matches("./"))
        .filter(|word| is_path(word))
}

fn is_path(word: &str) -> bool {
    let name = word.rsplit('/').next().unwrap_or(word);
    let has_extension = name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (1..=8).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !extension.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_plain = !word.contains("://")
        && !word.contains(['@', '#', '\\', '*', '?', ':'])
        && word.split('/').all(|part| !part.is_empty() && part != "..");
    is_plain && has_extension
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 60 * 60;

    fn people(owners: Option<&str>) -> People {
        let authors = [
            ("Ana Author", "12+ana@users.noreply.github.com", 1000 * DAY),
            ("Bob", "bob@example.org", 700 * DAY),
            ("Old Team Member", "old@example.org", 100 * DAY),
        ];
        People::new(authors.into_iter(), owners)
    }

    #[test]
    fn an_owner_is_gone_who_has_been_silent_for_long() {
        let mut config = Config::default();
        config
            .actions
            .owners
            .insert("@platform".into(), vec!["Platform team".into(), "@ana".into(), "@old".into()]);
        let gone = |written: &str| people(None).gone(written, &config, 1001 * DAY);
        assert_eq!(gone("@ana"), None);
        assert_eq!(gone("Ana Author"), None);
        assert_eq!(gone("@bob").as_deref(), Some("@bob has made no commit for 301 days"));
        assert_eq!(
            gone("bob@example.org").as_deref(),
            Some("bob@example.org has made no commit for 301 days")
        );
        assert_eq!(gone("@bob, @ana"), None, "one of them is still there");
        assert_eq!(gone("Platform team"), None, "a member is still there");
        assert_eq!(gone("@nobody-knows"), None);
        assert_eq!(people(None).gone("@ana", &config, 1180 * DAY), None, "the last day");
        assert!(people(None).gone("@ana", &config, 1181 * DAY).is_some());
    }

    #[test]
    fn who_never_commits_may_own_code() {
        let config = Config::default();
        let text = "# the owners\n*.rs @acme/core # @not-this\n[Docs] @writers\n/docs/ docs@example.org\n";
        let gone = |written: &str| people(Some(text)).gone(written, &config, 1001 * DAY);
        assert_eq!(gone("@acme/core"), None);
        assert_eq!(gone("docs@example.org"), None);
        assert_eq!(gone("@not-this").as_deref(), Some("@not-this is not in CODEOWNERS"));
        assert_eq!(gone("The support desk"), None, "a name is no account");
        assert_eq!(gone("@ana"), None, "at work, though it owns no code");
    }

    #[test]
    fn files_are_told_from_other_words() {
        let text = "Mend `src/cache.rs`, deploy.yml (see https://example.org/a.html) and v1.2.3; e.g. a/b, x@y.org. Use docs/a.md.";
        assert_eq!(named_files(text).collect::<Vec<_>>(), ["src/cache.rs", "deploy.yml", "e.g", "docs/a.md"]);
    }
}
