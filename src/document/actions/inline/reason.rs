//! Why an item was given up: said behind the word for it, with a colon.

use super::Inline;
use super::trailing::opening;
use crate::model::Status;

impl Inline<'_> {
    /// `… (cancelled: the vendor is gone)`: the last bracket, where it opens with a word for what was given up. Nothing
    /// in the reason is a mark, so it is taken off before any
    /// other is read. Hands back how much shorter the text is.
    pub(super) fn reasoned(&mut self, text: &mut String) -> usize {
        let Some(start) = closing_bracket(text) else { return 0 };
        let inner = text[start..].chars().next().map_or(1, char::len_utf8);
        let close = text.chars().next_back().map_or(1, char::len_utf8);
        let inside = text[start + inner..text.len() - close].to_owned();
        let kept = text[..start].trim_end().len();
        if !text[..kept].chars().any(char::is_alphanumeric) || !self.reason(&inside) {
            return 0;
        }
        let cut = text.len() - kept;
        text.truncate(kept);
        cut
    }

    /// `cancelled: the vendor is gone`: a word for what was given up, and why.
    pub(super) fn reason(&mut self, text: &str) -> bool {
        let Some((word, why)) = text.split_once([':', '：']) else { return false };
        let is_reason = why.chars().any(char::is_alphanumeric)
            && word.len() <= 40
            && self.vocabulary.status.look_up(word) == Some(Status::Cancelled);
        if is_reason {
            self.item.status = Status::Cancelled;
            self.item.state = Some(text.trim().to_owned());
        }
        is_reason
    }
}

/// Where the bracket opens that closes a text.
fn closing_bracket(text: &str) -> Option<usize> {
    let close = text.chars().next_back()?;
    let open = opening(close)?;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().rev() {
        if c == close {
            depth += 1;
        } else if c == open {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}
