//! Phone numbers as they are dialled from abroad, and as North America writes them.

use crate::document::Span;

/// So many digits a number has that is dialled from abroad (ITU-T E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 10..=15;

/// Every phone number, in the text's order.
pub(in crate::lint) fn phones(text: &str) -> Vec<Span> {
    let abroad = text.match_indices('+').filter_map(|(at, _)| abroad(text, at));
    let american = text.match_indices('(').filter_map(|(at, _)| american(text, at));
    let mut found: Vec<Span> = abroad.chain(american).collect();
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
        for number in
            ["+49 30 901820-11", "+4915112345987", "+1 (415) 362-8970", "+44 20 7946 1958", "(415) 362-8970"]
        {
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
        ] {
            assert_eq!(phones(text), Vec::<Span>::new(), "{text}");
        }
    }
}
