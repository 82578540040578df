//! Signs that no reader sees.

/// Whether a character has no picture and reorders or hides its neighbours: direction marks, invisible operators, tags.
/// The joiners of emoji and of Indic scripts are none.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
