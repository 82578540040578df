//! Keys of `[severity]`.

use super::{Key, Slot, Taken, each, list, no_blanks, one, text};

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "severity.levels",
        doc: "Names of severities, gravest first.",
        sample: "",
        slot: Slot::List(|config, _, levels| {
            check_levels(&levels)?;
            config.severity.levels = levels;
            Ok(())
        }),
        show: |config| one(list(&config.severity.levels)),
    },
    Key {
        name: "severity.aliases.*",
        doc: "Other spellings, and the level that each means. Case, blanks and hyphens make no difference.",
        sample: "",
        slot: Slot::Text(|config, names, level| {
            insert_alias(&mut config.severity.aliases, names[0], level);
            Ok(())
        }),
        show: |config| each(&config.severity.aliases, |entry: &String| text(entry)),
    },
];

/// A scale needs levels, and each only once.
pub(super) fn check_levels(levels: &[String]) -> Taken {
    no_blanks(levels)?;
    if levels.is_empty() {
        return Err("the list is empty".to_owned().into());
    }
    // Ranks are counted in a byte.
    if levels.len() > 100 {
        return Err("more than 100 levels".to_owned().into());
    }
    for (at, level) in levels.iter().enumerate() {
        if levels[..at].iter().any(|other| fold(other) == fold(level)) {
            return Err(format!("'{level}' stands in the list twice").into());
        }
    }
    Ok(())
}

/// Puts an alias in, in place of the same spelling with other case or punctuation.
pub(super) fn insert_alias(
    aliases: &mut std::collections::BTreeMap<String, String>,
    spelling: &str,
    level: String,
) {
    aliases.retain(|known, _| fold(known) != fold(spelling));
    aliases.insert(spelling.to_owned(), level);
}

fn fold(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
