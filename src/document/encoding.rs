//! How the bytes of a file spell their text, and how edits of the text become edits of the bytes.

use std::borrow::Cow;
use std::fmt;

use super::edit::{Edit, apply, apply_bytes};

/// How a file's bytes spell text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// As everything should be.
    #[default]
    Utf8,
    /// One byte a character, as older editors of the west write; bytes that are UTF-8 beside others count as such.
    Windows1252,
    /// Two bytes a unit, the lower byte first.
    Utf16Le,
    /// Two bytes a unit, the higher byte first.
    Utf16Be,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Windows1252 => "Windows-1252",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        })
    }
}

/// A text, how it was spelt, and where each byte of another spelling stands in it.
#[derive(Debug, Clone)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: Encoding,
    /// Of Windows-1252: behind which place of the text it is longer than the bytes, and by how much.
    pub(crate) longer: Vec<(usize, usize)>,
}

/// What 0x80 to 0x9f are; what is no character there stays the control character of its number.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Reads bytes as UTF-8, as UTF-16 where a mark says so, else as Windows-1252, which has a meaning for any byte.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let whole = |text, encoding| Decoded { text, encoding, longer: Vec::new() };
    match bytes {
        [0xff, 0xfe, units @ ..] => {
            return whole(Cow::Owned(utf16(units, u16::from_le_bytes)), Encoding::Utf16Le);
        }
        [0xfe, 0xff, units @ ..] => {
            return whole(Cow::Owned(utf16(units, u16::from_be_bytes)), Encoding::Utf16Be);
        }
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return whole(Cow::Borrowed(text), Encoding::Utf8);
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut longer = Vec::new();
    let mut more = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let c = HIGH.get(usize::from(*byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(*byte));
            text.push(c);
            more += c.len_utf8() - 1;
            longer.push((text.len(), more));
        }
    }
    Decoded { text: Cow::Owned(text), encoding: Encoding::Windows1252, longer }
}

/// The text that the bytes of a file spell.
#[must_use]
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    decode(bytes).text
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    // The mark stays, so that edits know where the text begins.
    std::iter::once('\u{feff}').chain(text).collect()
}

/// Makes edits of a text on the bytes that spell it, in their own spelling.
pub(crate) fn write(
    bytes: &[u8],
    text: &str,
    encoding: Encoding,
    longer: &[(usize, usize)],
    edits: &[Edit],
) -> Vec<u8> {
    let units = |spell: fn(u16) -> [u8; 2]| apply(text, edits).encode_utf16().flat_map(spell).collect();
    match encoding {
        Encoding::Utf8 => apply_bytes(bytes, edits),
        Encoding::Utf16Le => units(u16::to_le_bytes),
        Encoding::Utf16Be => units(u16::to_be_bytes),
        Encoding::Windows1252 => {
            let place = |at: usize| {
                let before = longer.partition_point(|(end, _)| *end <= at);
                at - before.checked_sub(1).map_or(0, |last| longer[last].1)
            };
            let mut out = Vec::with_capacity(bytes.len());
            let mut sorted: Vec<&Edit> = edits.iter().collect();
            sorted.sort_by_key(|edit| edit.span.start);
            let mut at = 0;
            for edit in sorted {
                let (start, end) = (place(edit.span.start), place(edit.span.end));
                if start < at || end > bytes.len() || start > end {
                    continue;
                }
                out.extend_from_slice(&bytes[at..start]);
                out.extend_from_slice(&spelt(&edit.text));
                at = end;
            }
            out.extend_from_slice(&bytes[at..]);
            out
        }
    }
}

/// Whether an encoding has every character of some edits, so that the file keeps one encoding.
pub(crate) fn spells(encoding: Encoding, edits: &[Edit]) -> bool {
    let is_other = |edit: &Edit| !edit.text.is_ascii() && matches!(spelt(&edit.text), Cow::Borrowed(_));
    encoding != Encoding::Windows1252 || !edits.iter().any(is_other)
}

/// A text in Windows-1252, or in UTF-8 where that lacks one of its characters.
fn spelt(text: &str) -> Cow<'_, [u8]> {
    let byte = |c: char| match u8::try_from(u32::from(c)) {
        Ok(byte) if !(0x80..0xa0).contains(&byte) => Some(byte),
        _ => HIGH.iter().position(|high| *high == c).and_then(|at| u8::try_from(at + 0x80).ok()),
    };
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    bytes.map_or(Cow::Borrowed(text.as_bytes()), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_utf8_is_read_as_windows_1252() {
        let read = decode(b"Gr\xf6\xdfe \x93x\x94 5\x80");
        assert_eq!((&*read.text, read.encoding), ("Größe “x” 5€", Encoding::Windows1252));
        assert_eq!(decode("Größe".as_bytes()).encoding, Encoding::Utf8);
        assert_eq!(decode(b"\xff\xfea\0\xf6\0").text, "\u{feff}aö");
        assert_eq!(decode(b"\xfe\xff\0a\0\xf6").text, "\u{feff}aö");
    }

    #[test]
    fn an_edit_keeps_every_other_byte() {
        let bytes = b"Gr\xf6\xdfe: alt\nz\xe4h";
        let read = decode(bytes);
        let start = read.text.find("alt").unwrap();
        for (new, spelt) in [("länger", &b"l\xe4nger"[..]), ("長い", "長い".as_bytes())] {
            let edit = Edit { span: start..start + 3, text: new.to_owned() };
            let written = write(bytes, &read.text, read.encoding, &read.longer, &[edit]);
            assert_eq!(written, [&b"Gr\xf6\xdfe: "[..], spelt, b"\nz\xe4h"].concat());
        }
        let wide = b"\xff\xfea\0b\0";
        let read = decode(wide);
        let edit = Edit { span: 4..5, text: "ö".to_owned() };
        assert_eq!(write(wide, &read.text, read.encoding, &[], &[edit]), b"\xff\xfea\0\xf6\0");
    }
}
