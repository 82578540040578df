//! Section `[candidates]`: what in a history looks like an incident.

/// What the team calls things that deserve a post-mortem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// A fix is hard on a release for so many hours.
    pub within_hours: u32,
    /// Words that the message of a fix begins with.
    pub fix_words: Vec<String>,
    /// Patterns of tags that say that something was rolled back.
    pub rollback_tags: Vec<String>,
    /// Patterns of tags of hotfixes.
    pub hotfix_tags: Vec<String>,
    /// Patterns of branches that releases are made from.
    pub release_branches: Vec<String>,
}

impl Default for Candidates {
    fn default() -> Self {
        let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            within_hours: 24,
            fix_words: texts(&["fix", "fixes", "fixed", "bugfix", "hotfix"]),
            rollback_tags: texts(&["*rollback*", "*roll-back*"]),
            hotfix_tags: texts(&["*hotfix*"]),
            release_branches: texts(&[
                "release",
                "release[-s/]*",
                "*stable*",
                "maint*",
                "hotfix/*",
                "[0-9]*.x",
                "v[0-9]*.x",
            ]),
        }
    }
}

/// Hours of a span like `24h` or `3d`.
pub(super) fn hours(text: &str) -> Option<u32> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "h" | "hour" | "hours" => 1,
        "d" | "day" | "days" => 24,
        _ => return None,
    };
    // A year: what is later is not hard on anything.
    number.parse::<u32>().ok()?.checked_mul(factor).filter(|hours| (1..=8784).contains(hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_hours_and_days() {
        assert_eq!((hours("24h"), hours("3 days"), hours("1h")), (Some(24), Some(72), Some(1)));
        for wrong in ["", "24", "0h", "2w", "h", "99999h", "-3h"] {
            assert_eq!(hours(wrong), None, "{wrong}");
        }
    }
}
