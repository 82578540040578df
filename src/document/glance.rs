//! What the bytes of a text tell at a glance, many at a time: most texts have none of the signs that are looked for, and
//! need not be taken apart.

/// How often a byte is in a text.
pub(crate) fn count(text: &[u8], byte: u8) -> usize {
    // A chunk's count fits a byte, so that all of it is added up at once.
    let in_chunk = |chunk: &[u8]| chunk.iter().fold(0_u8, |n, other| n + u8::from(*other == byte));
    text.chunks(128).map(|chunk| usize::from(in_chunk(chunk))).sum()
}

/// Whether a text may have one of some signs: it has one of these bytes, or any letter or sign beyond ASCII.
pub(crate) fn may_have<const N: usize>(text: &str, signs: [u8; N]) -> bool {
    any(text.as_bytes(), |byte| {
        signs.iter().fold(u8::from(byte >= 0x80), |is, sign| is | u8::from(byte == *sign))
    })
}

/// Whether a text has one of some bytes.
pub(crate) fn has<const N: usize>(text: &str, signs: [u8; N]) -> bool {
    any(text.as_bytes(), |byte| signs.iter().fold(0, |is, sign| is | u8::from(byte == *sign)))
}

/// Whether a text may have a digit, of any script.
pub(crate) fn may_have_digits(text: &str) -> bool {
    any(text.as_bytes(), |byte| u8::from(byte >= 0x80) | u8::from(byte.wrapping_sub(b'0') < 10))
}

/// How many bytes are looked at in one go.
const LANES: usize = 16;

/// Whether `is_one` says 1 of any byte, and not 0. Truths are bytes, and chunks of one length: that is what compilers
/// make one comparison of many bytes of. The last chunk may have some bytes of the one before.
fn any(bytes: &[u8], is_one: impl Fn(u8) -> u8) -> bool {
    let Some(last) = bytes.last_chunk::<LANES>() else {
        return bytes.iter().any(|byte| is_one(*byte) != 0);
    };
    let in_chunk = |chunk: &[u8; LANES]| chunk.iter().fold(0, |any, byte| any | is_one(*byte)) != 0;
    bytes.as_chunks().0.iter().any(in_chunk) || in_chunk(last)
}

/// A text without blanks at its ends: nearly all begin and end with what a byte tells to be none.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// The first byte from `from` on of which something is so; the end where there is none. It is said twice, to be
/// reckoned of many bytes at a time and to be looked up of one.
pub(crate) fn position(bytes: &[u8], from: usize, is_one: impl Fn(u8) -> bool, known: &[bool; 256]) -> usize {
    let Some(rest) = bytes.get(from..) else { return bytes.len() };
    let (chunks, _) = rest.as_chunks::<LANES>();
    let is_clear =
        |chunk: &&[u8; LANES]| chunk.iter().fold(0, |any, byte| any | u8::from(is_one(*byte))) == 0;
    let start = from + chunks.iter().take_while(is_clear).count() * LANES;
    let found = bytes[start..].iter().position(|byte| known[usize::from(*byte)]);
    found.map_or(bytes.len(), |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_counted_and_found_wherever_they_stand() {
        for length in [0, 1, 31, 32, 33, 127, 128, 129, 1000] {
            let mut text = "x".repeat(length);
            assert_eq!(count(text.as_bytes(), b'\n'), 0);
            assert!(!may_have(&text, [b'-', b':']) && !has(&text, [b'-', b':']));
            text.push('\n');
            assert_eq!(count(text.repeat(3).as_bytes(), b'\n'), 3);
            assert!(
                has(&text, [b'-', b'\n']) && may_have(&text, [b'\n']) && may_have(&format!("{text}ß"), [])
            );
        }
        assert_eq!(count(&[b'\n'; 1000], b'\n'), 1000);
        assert!(
            may_have_digits("x7")
                && may_have_digits(&format!("{}７", "x".repeat(40)))
                && !may_have_digits("x")
        );
        for text in ["", " ", "x", "xy", " x", "x ", "x\n", "\u{a0}x", "é", "é ", "\u{3000}"] {
            assert_eq!(trimmed(text), text.trim());
        }
        let text = [b'x'; 100];
        let mut known = [false; 256];
        known[usize::from(b'y')] = true;
        for at in 0..100 {
            let mut text = text;
            text[at] = b'y';
            assert_eq!(position(&text, 0, |byte| byte == b'y', &known), at);
            assert_eq!(position(&text, at + 1, |byte| byte == b'y', &known), 100);
        }
    }
}
