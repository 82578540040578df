//! Severities and priorities: a word as people wrote it, and its rank on the team's scale.

use serde::{Deserialize, Serialize};

/// A severity or a priority: the word in the document, and where the configured scale puts it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grade {
    /// The word as the document has it, trimmed: `SEV2`, `Major`, `P1`.
    pub written: String,
    /// The rank on the configured scale, 0 the gravest; `None` where the scale does not know the word.
    pub rank: Option<u8>,
}

/// An ordered list of names, gravest first, with other spellings of each.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scale {
    levels: Vec<String>,
    /// The same, folded.
    folded: Vec<String>,
    /// Folded spelling to rank.
    aliases: Vec<(String, u8)>,
}

impl Scale {
    /// Builds a scale from its names, gravest first, and `(other spelling, name)` pairs; a pair whose name is
    /// not on the scale is left out (the configuration reports it).
    #[must_use]
    pub fn new(levels: Vec<String>, aliases: &[(String, String)]) -> Self {
        let folded: Vec<String> = levels.iter().map(|level| fold(level)).collect();
        let rank = |name: &str| {
            let name = fold(name);
            folded.iter().position(|level| *level == name)
        };
        let mut known: Vec<(String, u8)> = Vec::new();
        for (spelling, name) in aliases {
            if let Some(rank) = rank(name) {
                known.push((fold(spelling), u8::try_from(rank).unwrap_or(u8::MAX)));
            }
        }
        Self { levels, folded, aliases: known }
    }

    /// The names, gravest first.
    #[must_use]
    pub fn levels(&self) -> &[String] {
        &self.levels
    }

    /// Every spelling with its rank, in lower case, letters and digits only.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, u8)> {
        let levels = (0..=u8::MAX).zip(&self.folded).map(|(rank, level)| (level.as_str(), rank));
        levels.chain(self.aliases.iter().map(|(spelling, rank)| (spelling.as_str(), *rank)))
    }

    /// The name of a rank.
    #[must_use]
    pub fn name(&self, rank: u8) -> Option<&str> {
        self.levels.get(usize::from(rank)).map(String::as_str)
    }

    /// The rank of a word, compared without case, blanks and punctuation (`sev 2` is `SEV-2`).
    #[must_use]
    pub fn rank(&self, word: &str) -> Option<u8> {
        let folded = fold(word);
        if folded.is_empty() {
            return None;
        }
        let on_scale = self.folded.iter().position(|level| *level == folded);
        on_scale
            .and_then(|rank| u8::try_from(rank).ok())
            .or_else(|| self.aliases.iter().find(|(spelling, _)| *spelling == folded).map(|(_, rank)| *rank))
    }

    /// Reads a word against the scale.
    #[must_use]
    pub fn grade(&self, written: &str) -> Grade {
        let written = written.trim();
        Grade { written: written.to_owned(), rank: self.rank(written) }
    }

    /// The name on the scale where there is one, else the word as written.
    #[must_use]
    pub fn label<'a>(&'a self, grade: &'a Grade) -> &'a str {
        grade.rank.and_then(|rank| self.name(rank)).unwrap_or(&grade.written)
    }
}

/// Letters and digits only, lower case.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale() -> Scale {
        let levels = ["SEV-1", "SEV-2", "SEV-3"].map(str::to_owned).to_vec();
        Scale::new(levels, &[("critical".into(), "SEV-1".into()), ("lost".into(), "SEV-9".into())])
    }

    #[test]
    fn spelling_does_not_matter() {
        for word in ["SEV-2", "sev2", "Sev 2", " SEV_2 "] {
            assert_eq!(scale().rank(word), Some(1), "{word}");
        }
    }

    #[test]
    fn an_alias_counts_and_a_stranger_does_not() {
        assert_eq!(scale().rank("Critical"), Some(0));
        assert_eq!(scale().rank("lost"), None);
        assert_eq!(scale().rank("--"), None);
    }

    #[test]
    fn the_word_survives_beside_the_name() {
        let grade = scale().grade(" Critical ");
        assert_eq!(grade.written, "Critical");
        assert_eq!(scale().label(&grade), "SEV-1");
        let stranger = scale().grade("Enormous");
        assert_eq!(scale().label(&stranger), "Enormous");
    }
}
