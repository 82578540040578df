//! Payment cards and bank accounts: numbers whose check digits are right.

use crate::document::Span;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lint) enum Payment {
    /// The number of a payment card (ISO/IEC 7812, with Luhn's check digit).
    Card,
    /// An IBAN (ISO 13616, 97-10 check digits).
    Account,
}

/// Numbers that payment providers publish for tests.
const TESTS: [&str; 12] = [
    "4111111111111111",
    "4242424242424242",
    "4000056655665556",
    "4012888888881881",
    "5555555555554444",
    "5105105105105100",
    "2223003122003222",
    "5200828282828210",
    "378282246310005",
    "371449635398431",
    "6011111111111117",
    "4000000000000002",
];

/// Accounts that stand in every description of the form.
const SAMPLES: [&str; 6] = [
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "GB82WEST12345698765432",
    "FR1420041010050500013M02606",
    "NL91ABNA0417164300",
    "CH9300762011623852957",
];

/// How long the accounts of a country are.
const LENGTHS: [(&str, usize); 36] = [
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("BR", 29),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("TR", 26),
    ("UA", 29),
];

/// Every number of a card or an account, in the text's order.
pub(in crate::lint) fn payments(text: &str) -> Vec<(Payment, Span)> {
    let bytes = text.as_bytes();
    let mut found: Vec<(Payment, Span)> = Vec::new();
    let mut at = 0;
    while let Some(place) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + place;
        if let Some(span) = account(text, start) {
            at = span.end;
            found.push((Payment::Account, span));
            continue;
        }
        let joins = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'-');
        let length = bytes[start..].iter().position(|byte| !joins(byte)).unwrap_or(bytes.len() - start);
        at = start + length;
        found.extend(cards(text, start, &text[start..at]).into_iter().map(|span| (Payment::Card, span)));
    }
    found
}

/// The cards in a run of digits and their joints: one joint throughout, or none.
fn cards(text: &str, at: usize, run: &str) -> Vec<Span> {
    let mut found = Vec::new();
    if run.bytes().filter(u8::is_ascii_digit).count() < 13 {
        return found;
    }
    for (from, number) in numbers(run) {
        let (start, end) = (at + from, at + from + number.len());
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let (before, behind) = (&text[..start], &text[end..]);
        let is_part = before
            .ends_with(|c: char| super::goes_on(c) || matches!(c, '.' | '-' | '/' | '#' | ','))
            || behind.starts_with(|c: char| super::goes_on(c) || matches!(c, '-' | '/'))
            || (behind.starts_with(['.', ',']) && behind[1..].starts_with(|c: char| c.is_ascii_digit()));
        if !is_part && is_card(&digits) && !TESTS.contains(&digits.as_str()) {
            found.push(start..end);
        }
    }
    found
}

/// Numbers of a run: digits without a joint, or groups as they stand on cards: 4-4-4-4 and 4-6-5.
fn numbers(run: &str) -> Vec<(usize, &str)> {
    let mut groups: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for group in run.split([' ', '-']) {
        groups.push((at, group));
        at += group.len() + 1;
    }
    groups.retain(|(_, group)| !group.is_empty());
    let mut found: Vec<(usize, &str)> =
        groups.iter().filter(|(_, group)| (13..=19).contains(&group.len())).copied().collect();
    for form in [&[4, 4, 4, 4][..], &[4, 6, 5]] {
        for window in groups.windows(form.len()) {
            let fits = window.iter().zip(form).all(|((_, group), length)| group.len() == *length);
            let (first, last) = (window[0].0, window[form.len() - 1]);
            let end = last.0 + last.1.len();
            let length: usize = form.iter().sum::<usize>() + form.len() - 1;
            let is_alone = !run[..first].ends_with(|c: char| c.is_ascii_digit())
                && !run[..first.saturating_sub(1)].ends_with(|c: char| c.is_ascii_digit())
                && !run[end..].trim_start_matches([' ', '-']).starts_with(|c: char| c.is_ascii_digit());
            if fits && is_alone && end - first == length {
                found.push((first, &run[first..end]));
            }
        }
    }
    found
}

/// Whether digits are those of a card of a large scheme, check digit included.
fn is_card(digits: &str) -> bool {
    let head = |length: usize| digits.get(..length).and_then(|head| head.parse::<u32>().ok()).unwrap_or(0);
    let is_known = match digits.len() {
        13 => head(1) == 4,
        15 => matches!(head(2), 34 | 37),
        16 => {
            head(1) == 4
                || (51..=55).contains(&head(2))
                || (2221..=2720).contains(&head(4))
                || head(4) == 6011
                || head(2) == 65
                || (3528..=3589).contains(&head(4))
        }
        _ => false,
    };
    is_known && luhn(digits) && !digits.bytes().all(|byte| Some(&byte) == digits.as_bytes().first())
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') * if place % 2 == 1 { 2 } else { 1 };
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// An account whose check digits begin at a place.
fn account(text: &str, digits: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let at = digits.checked_sub(2)?;
    let is_start = bytes[at].is_ascii_uppercase()
        && bytes[at + 1].is_ascii_uppercase()
        && bytes.get(digits + 1).is_some_and(u8::is_ascii_digit)
        && !text[..at].ends_with(super::goes_on);
    let country = is_start.then(|| &text[at..digits])?;
    let (_, length) = LENGTHS.iter().find(|(known, _)| *known == country)?;
    let (mut plain, mut end, mut group) = (String::with_capacity(*length), at, 0);
    for (offset, byte) in bytes[at..].iter().enumerate() {
        match byte {
            _ if plain.len() == *length => break,
            b'A'..=b'Z' | b'0'..=b'9' => {
                plain.push(char::from(*byte));
                group += 1;
                end = at + offset + 1;
            }
            b' ' if group == 4 => group = 0,
            _ => return None,
        }
    }
    let is_whole = plain.len() == *length && !text[end..].starts_with(super::goes_on);
    (is_whole && checks(&plain) && !SAMPLES.contains(&plain.as_str())).then_some(at..end)
}

/// The first four signs behind the others, letters as numbers from 10 on: the rest by 97 is 1.
fn checks(account: &str) -> bool {
    let turned = account[4..].chars().chain(account[..4].chars());
    let rest = turned
        .filter_map(|c| c.to_digit(36))
        .fold(0, |rest, value| (rest * if value > 9 { 100 } else { 10 } + value) % 97);
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Payment, &str)> {
        payments(text).into_iter().map(|(what, span)| (what, &text[span])).collect()
    }

    #[test]
    fn numbers_with_right_check_digits_are_found() {
        // Made up, with check digits that fit.
        assert_eq!(found("paid by 4539 1488 0343 6467 twice"), [(Payment::Card, "4539 1488 0343 6467")]);
        assert_eq!(found("card 4539148803436467."), [(Payment::Card, "4539148803436467")]);
        assert_eq!(found("3714-496353-98431 and 3782 822463 10005"), [], "published for tests");
        assert_eq!(
            found("IBAN DE75 5121 0800 1245 1261 99,"),
            [(Payment::Account, "DE75 5121 0800 1245 1261 99")]
        );
        assert_eq!(
            found("(FR7630006000011234567890189)"),
            [(Payment::Account, "FR7630006000011234567890189")]
        );
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "order 4539148803436468",
            "id-4539148803436467",
            "4539148803436467000",
            "0x4539148803436467",
            "4242 4242 4242 4242",
            "1700000000000000",
            "2026-03-08 14:02 2026-03-08 14:05",
            "4539.1488.0343.6467",
            "DE75 5121 0800 1245 1261 98",
            "DE89 3704 0044 0532 0130 00",
            "XX75512108001245126199",
            "DE7551210800",
            "4539 1488 0343",
            "0000 0000 0000 0000",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
