//! Names of post-mortems and of their action items.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of a post-mortem: its file name without extension, slugified (`2026-03-08-api-outage`); for files
/// named `README` or `index`, and where two paths of one revision share a stem, the slugified path below the
/// documents folder (`2026/api-outage`, segments joined by `/`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PostmortemId(String);

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdError {
    /// Nothing is left of the text once it is slugified.
    Empty,
    /// An action id without `#` or `:`, or with nothing behind it.
    NoLabel,
}

impl PostmortemId {
    /// Slugifies a text, segment by segment.
    ///
    /// # Errors
    /// [`IdError::Empty`] where no letter or digit is left.
    pub fn new(text: &str) -> Result<Self, IdError> {
        if is_slug(text) {
            return Ok(Self(text.to_owned()));
        }
        let segments: Vec<String> = text.split('/').map(slug::slugify).filter(|s| !s.is_empty()).collect();
        if segments.is_empty() { Err(IdError::Empty) } else { Ok(Self(segments.join("/"))) }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id without a leading ISO date: `api-outage`. The whole id where nothing else is in it.
    #[must_use]
    pub fn short(&self) -> &str {
        let id = self.0.as_str();
        let dated = id.len() > 11
            && id.as_bytes()[..11].iter().enumerate().all(|(i, b)| match i {
                4 | 7 | 10 => *b == b'-',
                _ => b.is_ascii_digit(),
            });
        if dated { &id[11..] } else { id }
    }
}

/// What a title gives to a new id: slugified, and cut at a word where it is so long that no file could be named so (most
/// file systems end at 255 bytes) and no table could show it.
#[must_use]
pub fn slug_of(title: &str) -> String {
    let slug = slug::slugify(title);
    if slug.len() <= LONGEST {
        return slug;
    }
    let kept = &slug[..=LONGEST];
    kept.rfind('-').map_or(&slug[..LONGEST], |dash| &slug[..dash]).to_owned()
}

const LONGEST: usize = 80;

/// Whether slugifying would change nothing: most file names are slugs already, and finding that out is cheap, without
/// a branch for each byte.
fn is_slug(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some((first, rest)), Some(last)) = (bytes.split_first(), bytes.last()) else { return false };
    let is_sign = |byte: u8| byte.is_ascii_lowercase() | byte.is_ascii_digit() | (byte == b'-');
    let signs = bytes.iter().fold(true, |all, byte| all & is_sign(*byte));
    let dashes = bytes.iter().zip(rest).fold(false, |any, (a, b)| any | ((*a == b'-') & (*b == b'-')));
    signs && !dashes && *first != b'-' && *last != b'-'
}

impl fmt::Display for PostmortemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of an action item: `<id>#<label>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId {
    /// The post-mortem that holds the item.
    pub postmortem: PostmortemId,
    /// The item's own label, or its running position.
    pub label: String,
}

impl ActionId {
    /// Splits a typed action id into what names the post-mortem and the label; `:` is taken for `#`, which
    /// shells and shortened links eat.
    ///
    /// # Errors
    /// [`IdError::NoLabel`] without a label, [`IdError::Empty`] without a post-mortem.
    pub fn split(typed: &str) -> Result<(&str, &str), IdError> {
        let (postmortem, label) = typed.trim().rsplit_once(['#', ':']).ok_or(IdError::NoLabel)?;
        match (postmortem.trim(), label.trim()) {
            (_, "") => Err(IdError::NoLabel),
            ("", _) => Err(IdError::Empty),
            parts => Ok(parts),
        }
    }
}

impl fmt::Display for ActionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.postmortem, self.label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_slugified_and_stays_the_same_the_second_time() {
        let id = PostmortemId::new("2026-03-08 Größe: API outage!").unwrap();
        assert_eq!(id.as_str(), "2026-03-08-grosse-api-outage");
        assert_eq!(PostmortemId::new(id.as_str()).unwrap(), id);
    }

    #[test]
    fn a_long_title_gives_a_short_slug_that_ends_at_a_word() {
        let slug = slug_of(&"certificate expired ".repeat(20));
        assert!(slug.len() <= LONGEST && slug.len() > LONGEST - 20 && slug.ends_with("-expired"), "{slug}");
        assert_eq!(slug_of(&"a".repeat(300)).len(), LONGEST);
        assert_eq!(slug_of(&"a".repeat(LONGEST)).len(), LONGEST);
        assert_eq!(slug_of("API down!"), "api-down");
    }

    #[test]
    fn what_is_a_slug_already_is_what_slugifying_makes_of_it() {
        for text in ["a", "2026-03-08-api", "a--b", "-a", "a-", "A", "a_b", "0", "a.b", "é"] {
            assert_eq!(is_slug(text), slug::slugify(text) == text && !text.is_empty(), "{text}");
        }
    }

    #[test]
    fn only_symbols_are_no_name() {
        assert_eq!(PostmortemId::new("!!! / ???"), Err(IdError::Empty));
    }

    #[test]
    fn the_short_name_drops_the_date() {
        assert_eq!(PostmortemId::new("2026-03-08-api-outage").unwrap().short(), "api-outage");
        assert_eq!(PostmortemId::new("2026-03-08").unwrap().short(), "2026-03-08");
        assert_eq!(PostmortemId::new("pm-0042-cache").unwrap().short(), "pm-0042-cache");
    }

    #[test]
    fn an_action_id_splits_at_either_sign() {
        assert_eq!(ActionId::split("api-outage#3"), Ok(("api-outage", "3")));
        assert_eq!(ActionId::split("api-outage:AI-P4"), Ok(("api-outage", "AI-P4")));
        assert_eq!(ActionId::split("api-outage"), Err(IdError::NoLabel));
        assert_eq!(ActionId::split("api-outage#"), Err(IdError::NoLabel));
        assert_eq!(ActionId::split("#3"), Err(IdError::Empty));
    }
}
