//! Phone numbers as they are dialled from abroad, as North America writes them, and as any country does behind a word for it.

use crate::document::Span;

/// So many digits a number has that is dialled from abroad (ITU-T E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 10..=15;

/// Every phone number, in the text's order.
pub(in crate::lint) fn phones(text: &str) -> Vec<Span> {
    let abroad = text.match_indices('+').filter_map(|(at, _)| abroad(text, at));
    let american = text.match_indices('(').filter_map(|(at, _)| american(text, at));
    let mut found: Vec<Span> = abroad.chain(american).collect();
    found.extend(dashed(text));
    found.extend(called(text));
    found.sort_by_key(|span| span.start);
    found.dedup_by(|next, last| next.start < last.end);
    found
}

/// `+49 30 901820`.
fn abroad(text: &str, at: usize) -> Option<Span> {
    if text[..at]
        .ends_with(|c: char| super::goes_on(c) || matches!(c, '.' | '+' | '-' | ')' | '}' | '\'' | '"'))
    {
        return None;
    }
    let bytes = text.as_bytes();
    let mut end = at + 1;
    let (mut digits, mut parts, mut last_is_digit) = (0, 0, false);
    for (offset, byte) in bytes[at + 1..].iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                digits += 1;
                parts += usize::from(!last_is_digit);
                last_is_digit = true;
                end = at + 2 + offset;
            }
            b' ' | b'-' | b'(' | b')' | b'/'
                if offset > 0 && (last_is_digit || *byte == b'(' || bytes[at + offset] == b')') =>
            {
                last_is_digit = false;
            }
            _ => break,
        }
    }
    let number = &text[at..end];
    // No country begins with nought; `+100 000 000` is a growth.
    let is_dialled = DIGITS.contains(&digits)
        && bytes.get(at + 1).is_some_and(|byte| (b'1'..=b'9').contains(byte))
        && !text[end..].starts_with(|c: char| super::goes_on(c))
        && !is_grouped_by_three(number);
    (is_dialled && parts <= 6 && !is_fictional(number)).then_some(at..end)
}

/// `(415) 362-8970`.
fn american(text: &str, at: usize) -> Option<Span> {
    let bytes = text.as_bytes().get(at..at + 14)?;
    let fits = bytes.iter().zip(b"(ddd) ddd-dddd").all(|(byte, form)| match form {
        b'd' => byte.is_ascii_digit(),
        sign => byte == sign,
    });
    let end = at + 14;
    let is_whole = fits && !text[end..].starts_with(|c: char| super::goes_on(c) || c == '-');
    (is_whole && !is_fictional(&text[at..end])).then_some(at..end)
}

/// `415-362-8970`: areas and exchanges begin with two at the least (North American Numbering Plan).
fn dashed(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    text.match_indices('-').filter_map(move |(dash, _)| {
        let at = dash.checked_sub(3)?;
        let number = bytes.get(at..at + 12)?;
        let fits = number.iter().zip(b"nddsndds").all(|(byte, form)| match form {
            b'n' => (b'2'..=b'9').contains(byte),
            b'd' => byte.is_ascii_digit(),
            _ => *byte == b'-',
        });
        let fits = fits && number[8..].iter().all(u8::is_ascii_digit);
        let joins = |c: char| super::goes_on(c) || matches!(c, '-' | '.' | '/' | '#' | '=' | '+');
        let is_whole = fits
            && !text.get(..at)?.ends_with(joins)
            && !text.get(at + 12..)?.starts_with(|c: char| super::goes_on(c) || matches!(c, '-' | '/'));
        (is_whole && !is_fictional(&text[at..at + 12])).then_some(at..at + 12)
    })
}

/// Words that a number to dial stands behind.
const LABELS: [&str; 30] = [
    "tel",
    "phone",
    "telephone",
    "mobile",
    "cell",
    "cellphone",
    "fax",
    "landline",
    "hotline",
    "call",
    "called",
    "calls",
    "calling",
    "dial",
    "dialled",
    "dialed",
    "rang",
    "whatsapp",
    "telefon",
    "handy",
    "mobil",
    "rufnummer",
    "tél",
    "téléphone",
    "portable",
    "teléfono",
    "móvil",
    "telefone",
    "celular",
    "電話",
];

/// `phone 030 901820-11`, `Tel.: 0151 2345987`: a number that begins with the nought of a country's own numbers, behind a
/// word for it.
fn called(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    text.match_indices('0').filter_map(move |(at, _)| {
        let before = text[..at].trim_end_matches([' ', ':', '.', '(', '*', '`', '|', '=']);
        // A digit before it means that the number has begun already.
        if before.len() == at || bytes.get(at + 1).is_none_or(|next| !next.is_ascii_digit()) {
            return None;
        }
        let before = before.strip_suffix("number").map_or(before, str::trim_end);
        let start = before
            .rfind(|c: char| !super::goes_on(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let word = before.get(start..).filter(|word| word.len() <= 12)?.to_lowercase();
        if !LABELS.contains(&word.as_str()) {
            return None;
        }
        let mut end = at;
        let mut digits = 0;
        for (offset, byte) in bytes[at..].iter().take(24).enumerate() {
            match byte {
                b'0'..=b'9' => (digits, end) = (digits + 1, at + offset + 1),
                b' ' | b'-' | b'/' | b'(' | b')' | b'.' if end + 2 > at + offset => {}
                _ => break,
            }
        }
        let is_whole = !text[end..].starts_with(super::goes_on);
        ((8..=14).contains(&digits) && is_whole && !is_fictional(&text[at..end])).then_some(at..end)
    })
}

/// `+1 000 000 000`: a number of things.
fn is_grouped_by_three(number: &str) -> bool {
    let mut groups = number[1..].split([' ', '.']).skip(1).peekable();
    groups.peek().is_some() && groups.all(|group| group == "000")
}

/// Numbers that no one has: those of films.
fn is_fictional(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.contains("55501") || digits.ends_with("0000000") || digits.contains("123456")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_can_be_dialled_are_found() {
        for number in [
            "+49 30 901820-11",
            "+4915112345987",
            "+1 (415) 362-8970",
            "+44 20 7946 1958",
            "(415) 362-8970",
            "415-362-8970",
            "030 901820-11",
            "0151/2345987",
            "01 42 68 53 17",
            "020 7946 1958",
        ] {
            let text = format!("call {number}, please");
            assert_eq!(phones(&text).into_iter().map(|span| &text[span]).collect::<Vec<_>>(), [number]);
        }
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "2026-03-08T10:00:00+0100",
            "UTC+1",
            "+100 %",
            "+1 000 000 000 rows",
            "a+1234567890",
            "1+2345678901",
            "+1 555 0100",
            "+1 (212) 555-0123",
            "+0049301234567",
            "+12 of 5",
            "+++ 1234567890",
            "+ 4915112345987",
            "+1234567890123456789",
            "(123) 45-678",
            "+4915112345987ms",
            "call 0 of 12 nodes",
            "called 0x0123456789",
            "calls 0.123456789 times",
            "call 0800 2026-03-08T10:00:00",
            "id 415-362-8970-11",
            "PR-415-362-8970",
            "115-362-8970",
            "212-555-0123",
            "build 030 901820-11",
            "row 0151 2345987",
        ] {
            assert_eq!(phones(text), Vec::<Span>::new(), "{text}");
        }
    }
}
