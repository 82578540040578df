//! An issue tracker's own words: `Fixes PAY-123` closes the item that carries `PAY-123`.

use crate::config::fits_name;
use crate::model::ActionItem;

/// What counts as a reference to an issue, and which words close it. Without patterns, nothing does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Tracker {
    patterns: Vec<String>,
    url: Option<(String, String)>,
    words: Vec<String>,
}

impl Tracker {
    /// A tracker whose references fit one of some patterns. `url` is where an issue is found, with `{id}` for its name.
    #[must_use]
    pub fn new(patterns: &[String], url: Option<&str>, words: &[String]) -> Self {
        let url = url.and_then(|url| url.split_once("{id}"));
        Self {
            patterns: patterns.to_vec(),
            url: url.map(|(before, after)| (before.to_owned(), after.to_owned())),
            words: words.iter().map(|word| word.to_lowercase()).collect(),
        }
    }

    /// Whether a reference is one to this tracker.
    #[must_use]
    pub fn knows(&self, reference: &str) -> bool {
        let name = self.name(reference);
        let fits = |name: &str| self.patterns.iter().any(|pattern| fits_name(pattern, name));
        fits(name) || fits(&format!("#{name}"))
    }

    /// Whether only the tracker knows where an item stands: it is owed by default, no word of its row says so, and it points
    /// to an issue.
    #[must_use]
    pub fn tracks(&self, action: &ActionItem) -> bool {
        !self.patterns.is_empty()
            && action.status.is_owed()
            && action.state.is_none()
            && action.refs.iter().any(|reference| self.knows(reference))
    }

    /// Whether two references are to one issue.
    #[must_use]
    pub fn is_same(&self, one: &str, other: &str) -> bool {
        self.name(one).trim_start_matches('#').eq_ignore_ascii_case(self.name(other).trim_start_matches('#'))
    }

    /// The issue's name, without the address in front of it.
    fn name<'r>(&self, reference: &'r str) -> &'r str {
        let Some((before, after)) = &self.url else { return reference };
        let inner =
            reference.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
        inner.unwrap_or(reference)
    }

    /// Whether a message can close anything by these words.
    pub(super) fn may_close(&self, message: &[u8]) -> bool {
        let is_there = |word: &String| {
            message.windows(word.len().max(1)).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
        };
        !self.patterns.is_empty() && self.words.iter().any(is_there)
    }

    /// The references that a line closes: those behind a closing word, up to the first word that is none.
    pub(super) fn closed_in(&self, line: &str) -> Vec<String> {
        let mut found = Vec::new();
        if self.patterns.is_empty() {
            return found;
        }
        let mut is_closing = false;
        for word in line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')')) {
            let bare = word.trim_end_matches(['.', ':', '!']);
            if bare.is_empty() || is_closing && matches!(bare, "and" | "&") {
                continue;
            }
            if self.words.iter().any(|closing| bare.to_lowercase() == *closing) {
                is_closing = true;
            } else if is_closing && self.knows(bare) {
                found.push(bare.to_owned());
            } else {
                is_closing = false;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_a_number_are_one_issue() {
        let url = "https://github.com/acme/shop/issues/{id}";
        let tracker = Tracker::new(&["#[0-9]*".into()], Some(url), &["fixes".into()]);
        assert!(tracker.knows("#45") && tracker.knows("https://github.com/acme/shop/issues/45"));
        assert!(!tracker.knows("https://github.com/acme/shop/pull/45") && !tracker.knows("PAY-1"));
        assert!(tracker.is_same("#45", "https://github.com/acme/shop/issues/45"));
        assert!(!tracker.is_same("#45", "#4"));
        assert!(!Tracker::default().knows("#45"));
    }
}
