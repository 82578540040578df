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
    let is_one = |byte: u8| signs.iter().fold(byte >= 0x80, |is, sign| is | (byte == *sign));
    text.as_bytes().chunks(32).any(|chunk| chunk.iter().fold(false, |any, byte| any | is_one(*byte)))
}

/// Whether a text may have a digit, of any script.
pub(crate) fn may_have_digits(text: &str) -> bool {
    let is_one = |byte: u8| byte >= 0x80 || byte.wrapping_sub(b'0') < 10;
    text.as_bytes().chunks(32).any(|chunk| chunk.iter().fold(false, |any, byte| any | is_one(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_counted_and_found_wherever_they_stand() {
        for length in [0, 1, 31, 32, 33, 127, 128, 129, 1000] {
            let mut text = "x".repeat(length);
            assert_eq!(count(text.as_bytes(), b'\n'), 0);
            assert!(!may_have(&text, [b'-', b':']));
            text.push('\n');
            assert_eq!(count(text.repeat(3).as_bytes(), b'\n'), 3);
            assert!(may_have(&text, [b'\n']) && may_have(&format!("{text}ß"), []));
        }
        assert_eq!(count(&[b'\n'; 1000], b'\n'), 1000);
    }
}
