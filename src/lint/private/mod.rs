//! What in a text is about a person or opens a door: mail addresses, phone numbers, cards, accounts, network addresses,
//! tokens. Each is told by its published form alone, with its checksum where it has one.

mod address;
mod mail;
mod payment;
mod phone;
mod token;

pub(super) use address::addresses;
pub(super) use mail::{Mail, mails};
pub(super) use payment::{Payment, payments};
pub(super) use phone::phones;
pub(super) use token::tokens;

/// Whether a sign goes on with a word or number, so that what is beside it is a part of something longer.
fn goes_on(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Runs of bytes that fit, each with its place: cheap, since most bytes of a text fit nothing.
fn runs<'t>(text: &'t str, fits: impl Fn(u8) -> bool + 't) -> impl Iterator<Item = (usize, &'t str)> + 't {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(|byte| fits(*byte))?;
        let end =
            bytes[start..].iter().position(|byte| !fits(*byte)).map_or(bytes.len(), |length| start + length);
        at = end;
        Some((start, &text[start..end]))
    })
}
