//! Values to JSON without blanks, many bytes at a time: the rows of a large answer are a third of its cost.
//!
//! Says byte for byte what `serde_json` says (a test compares), and leaves to it whatever rows are not made of.

use serde::Serialize;
use serde::ser::{Error as _, Impossible, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};
use serde_json::Error;

/// Appends a value.
pub(super) fn append<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> Result<(), Error> {
    value.serialize(Compact { out })
}

struct Compact<'o> {
    out: &'o mut Vec<u8>,
}

/// A list or an object that is being written.
struct Inside<'o> {
    out: &'o mut Vec<u8>,
    /// What goes in front of the next member.
    next: &'static [u8],
    close: u8,
}

/// Appends a string in quotes.
fn text(out: &mut Vec<u8>, text: &str) -> Result<(), Error> {
    if !is_plain(text.as_bytes()) {
        return serde_json::to_writer(out, text);
    }
    quoted(out, text);
    Ok(())
}

fn quoted(out: &mut Vec<u8>, plain: &str) {
    out.reserve(plain.len() + 2);
    out.push(b'"');
    out.extend_from_slice(plain.as_bytes());
    out.push(b'"');
}

/// Whether no byte has to be escaped. Eight are looked at together; of a longer text the last eight overlap.
fn is_plain(text: &[u8]) -> bool {
    let Some(last) = text.last_chunk::<8>() else {
        return text.iter().all(|byte| *byte >= 0x20 && *byte != b'"' && *byte != b'\\');
    };
    let (words, _) = text.as_chunks::<8>();
    words.iter().chain([last]).all(|word| !has_special(u64::from_le_bytes(*word)))
}

/// Whether one of eight bytes is a control character, a quote or a backslash: the test for a zero byte of Alan Mycroft
/// (1987), and the one for a byte below a limit that goes with it.
fn has_special(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 0xff;
    let is_zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let below = word.wrapping_sub(ONES * 0x20) & !word;
    let quote = is_zero(word ^ (ONES * 0x22));
    let backslash = is_zero(word ^ (ONES * 0x5c));
    (below | quote | backslash) & (ONES * 0x80) != 0
}

fn unusual<T>() -> Result<T, Error> {
    Err(Error::custom("rows are made of plain values, lists and objects"))
}

/// Numbers and the like, which `serde_json` writes.
macro_rules! as_serde_json {
    ($($name:ident: $type:ty),*) => {$(
        fn $name(self, value: $type) -> Result<(), Error> {
            serde_json::to_writer(self.out, &value)
        }
    )*};
}

impl<'o> Serializer for Compact<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Inside<'o>;
    type SerializeTuple = Inside<'o>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Impossible<(), Error>;
    type SerializeStruct = Inside<'o>;
    type SerializeStructVariant = Impossible<(), Error>;

    as_serde_json!(serialize_bool: bool, serialize_char: char, serialize_f32: f32, serialize_f64: f64);
    as_serde_json!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64);
    as_serde_json!(serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);
    as_serde_json!(serialize_bytes: &[u8]);

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        text(self.out, value)
    }

    fn collect_str<T: std::fmt::Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        text(self.out, &value.to_string())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        text(self.out, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        unusual()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'o>, Error> {
        Ok(Inside { out: self.out, next: b"[", close: b']' })
    }

    fn serialize_tuple(self, length: usize) -> Result<Inside<'o>, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Impossible<(), Error>, Error> {
        unusual()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Error>, Error> {
        unusual()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Impossible<(), Error>, Error> {
        unusual()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'o>, Error> {
        Ok(Inside { out: self.out, next: b"{", close: b'}' })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Error>, Error> {
        unusual()
    }
}

impl Inside<'_> {
    fn member(&mut self) -> Compact<'_> {
        self.out.extend_from_slice(self.next);
        self.next = b",";
        Compact { out: self.out }
    }

    fn finish(self, open: u8) -> Result<(), Error> {
        if self.next != b"," {
            self.out.push(open);
        }
        self.out.push(self.close);
        Ok(())
    }
}

impl SerializeSeq for Inside<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(self.member())
    }

    fn end(self) -> Result<(), Error> {
        self.finish(b'[')
    }
}

impl SerializeTuple for Inside<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<(), Error> {
        self.finish(b'[')
    }
}

impl SerializeStruct for Inside<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        let member = self.member();
        // A field's name in the source has nothing to escape.
        quoted(member.out, key);
        member.out.push(b':');
        value.serialize(member)
    }

    fn end(self) -> Result<(), Error> {
        self.finish(b'{')
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Serialize)]
    struct Row {
        text: String,
        maybe: Option<String>,
        number: i64,
        is_true: bool,
        list: Vec<String>,
        nested: Vec<(u8, Kind)>,
        empty: Empty,
    }

    #[derive(Debug, Serialize)]
    struct Empty {}

    #[derive(Debug, Clone, Copy, Serialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        FirstKind,
    }

    proptest! {
        #[test]
        fn says_what_serde_json_says(
            text in any::<String>(),
            maybe in prop::option::of("[ -~]{0,40}"),
            number in any::<i64>(),
            list in prop::collection::vec("\\PC{0,20}", 0..4),
        ) {
            let nested = list.iter().map(|_| (7, Kind::FirstKind)).collect();
            let row = Row { text, maybe, number, is_true: number > 0, list, nested, empty: Empty {} };
            let mut ours = Vec::new();
            append(&mut ours, &row).unwrap();
            prop_assert_eq!(String::from_utf8(ours).unwrap(), serde_json::to_string(&row).unwrap());
        }
    }

    #[test]
    fn every_single_byte_is_escaped_as_there() {
        for byte in 0..=0x7f_u8 {
            for length in [1, 15, 16, 17, 40] {
                let value = char::from(byte).to_string().repeat(length);
                let mut ours = Vec::new();
                append(&mut ours, &value).unwrap();
                assert_eq!(String::from_utf8(ours).unwrap(), serde_json::to_string(&value).unwrap());
            }
        }
    }
}
