//! Keys of `[attest]`.

use super::{Key, Refusal, Slot, list, no_blanks};
use crate::model::ReferenceKind;

pub(super) const KEYS: &[Key] = &[Key {
    name: "attest.links.*",
    doc: "What addresses are that your own hosts have: chat, wiki, ticket, dashboard, monitoring, status-page, code, other. \
          A host takes in those below it, `grafana.*` any host with that word in it, `*/browse/` any with that path.",
    sample: "chat = [\"talk.example.org\"]\n# ticket = [\"git.example.org/issues/\"]",
    slot: Slot::List(|config, names, patterns| {
        no_blanks(&patterns)?;
        let known = ReferenceKind::ALL.map(ReferenceKind::key);
        let kind = ReferenceKind::ALL.into_iter().find(|kind| kind.key() == names[0]);
        let unknown = || Refusal::of(format!("unknown kind of address '{}'", names[0]), names[0], &known);
        let kind = kind.ok_or_else(unknown)?;
        if let Some(wrong) = patterns.iter().find(|pattern| !is_pattern(pattern)) {
            return Err(
                format!("'{wrong}' is no host: write it without https://, as talk.example.org").into()
            );
        }
        config.attest.links.insert(kind, patterns);
        Ok(())
    }),
    show: |config| {
        let links = config.attest.links.iter();
        links.map(|(kind, patterns)| (vec![kind.key().to_owned()], list(patterns))).collect()
    },
}];

/// A host, maybe with a part of a path behind it.
fn is_pattern(pattern: &str) -> bool {
    let host = pattern.split('/').next().unwrap_or_default();
    let is_any = host == "*" && pattern.len() > 2;
    let bare = host.strip_suffix(".*").unwrap_or(host);
    let is_host =
        !bare.is_empty() && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | ':'));
    !pattern.contains("://") && !pattern.contains(char::is_whitespace) && (is_any || is_host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_with_and_without_paths_are_patterns() {
        for pattern in
            ["talk.example.org", "grafana.*", "*/browse/", "git.example.org/issues/", "localhost:3000"]
        {
            assert!(is_pattern(pattern), "{pattern}");
        }
        for pattern in ["https://talk.example.org", "*", "*/", "/browse/", "a b", ".*"] {
            assert!(!is_pattern(pattern), "{pattern}");
        }
    }
}
