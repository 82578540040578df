//! What in a text is about a person or opens a door: mail addresses, phone numbers, cards, accounts, network addresses,
//! tokens. Each is told by its published form alone, with its checksum where it has one.

mod address;
mod credential;
mod mail;
mod payment;
mod phone;
mod token;

pub(super) use address::addresses;
pub(super) use credential::credentials;
pub(super) use mail::{Mail, mails};
pub(super) use payment::{Payment, payments};
pub(super) use phone::phones;
pub(super) use token::tokens;

/// Whether a text has anything that no second place should repeat: what the rules on privacy speak of.
#[must_use]
pub fn is_private(text: &str) -> bool {
    !mails(text).is_empty()
        || !phones(text).is_empty()
        || !payments(text).is_empty()
        || !addresses(text).is_empty()
        || !tokens(text).is_empty()
        || !crate::document::secrets::every(text).is_empty()
}

/// Whether a sign goes on with a word or number, so that what is beside it is a part of something longer.
fn goes_on(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Runs of bytes that fit around a sign that is rare in texts, each once, with its place.
fn runs_around<'t>(
    text: &'t str,
    sign: char,
    fits: impl Fn(&u8) -> bool + 't,
) -> impl Iterator<Item = (usize, &'t str)> + 't {
    let bytes = text.as_bytes();
    let mut last = 0;
    text.match_indices(sign).filter_map(move |(at, _)| {
        if at < last {
            return None;
        }
        let start = at - bytes[last..at].iter().rev().take_while(|byte| fits(byte)).count();
        let end = at + bytes[at..].iter().take_while(|byte| fits(byte)).count();
        last = end;
        (end - start > 1).then(|| (start, &text[start..end]))
    })
}
