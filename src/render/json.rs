//! The one shape of all JSON: an object with `schema`, `version`, `complete`, and the rows under their plural.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::clean::is_hidden;

/// The version of every schema. Within it fields are only added.
pub const VERSION: u32 = 1;

/// Bytes of rows that are handed on at a time.
const CHUNK: usize = 64 * 1024;

/// What stands around the rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Envelope<'a> {
    /// The name of the schema and of the rows: `actions`.
    pub name: &'a str,
    /// What was not seen, a sentence each; none means complete.
    pub incomplete: &'a [String],
    /// Further members in front of the rows.
    pub members: &'a [(&'a str, Value)],
}

/// Writes an envelope with its rows, one row a line, so that both `jq` and `grep` work.
///
/// # Errors
/// Whatever the writer says.
pub fn write<R: Serialize>(
    out: &mut dyn Write,
    envelope: &Envelope<'_>,
    rows: impl IntoIterator<Item = R>,
) -> io::Result<()> {
    let Envelope { name, incomplete, members } = envelope;
    write!(out, "{{\"schema\":{},\"version\":{VERSION}", Value::from(format!("git-postmortem/{name}")))?;
    write!(out, ",\"complete\":{}", incomplete.is_empty())?;
    write!(out, ",\"incomplete\":")?;
    write_value(&mut *out, incomplete)?;
    for (member, value) in *members {
        write!(out, ",{}:", Value::from(*member))?;
        write_value(&mut *out, value)?;
    }
    write!(out, ",{}:[", Value::from(*name))?;
    // Rows are put together in memory: a writer behind a pointer costs more than the text of a row.
    let mut text: Vec<u8> = Vec::with_capacity(CHUNK + 4096);
    for (at, row) in rows.into_iter().enumerate() {
        text.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
        write_value(&mut text, &row)?;
        if text.len() >= CHUNK {
            out.write_all(&text)?;
            text.clear();
        }
    }
    out.write_all(&text)?;
    out.write_all(b"\n]}\n")
}

/// Writes one row a line and nothing around: JSON lines.
///
/// # Errors
/// Whatever the writer says.
pub fn write_lines<R: Serialize>(out: &mut dyn Write, rows: impl IntoIterator<Item = R>) -> io::Result<()> {
    for row in rows {
        write_value(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn write_value<T: Serialize + ?Sized>(out: impl Write, value: &T) -> io::Result<()> {
    Ok(value.serialize(&mut serde_json::Serializer::with_formatter(out, Harmless))?)
}

/// JSON must escape the control characters of ASCII alone; a terminal obeys others too, and hides some.
struct Harmless;

impl serde_json::ser::Formatter for Harmless {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.bytes().all(|byte| byte < 0x7f) {
            return out.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| c.is_control() || is_hidden(*c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped_and_reads_back() {
        let text = "a\u{9b}31m\u{7f}\u{202e}\u{e0041}größe\u{1b}";
        let mut out = Vec::new();
        write_lines(&mut out, [text]).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert_eq!(json, "\"a\\u009b31m\\u007f\\u202e\\udb40\\udc41größe\\u001b\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn the_envelope_is_valid_json_with_or_without_rows() {
        for rows in [vec![], vec!["a"], vec!["a", "b\n"]] {
            let mut out = Vec::new();
            let incomplete = ["the history is shallow".to_owned()];
            let members = [("as_of", Value::from("2026-01-01"))];
            let envelope = Envelope { name: "actions", incomplete: &incomplete, members: &members };
            write(&mut out, &envelope, &rows).unwrap();
            let read: Value = serde_json::from_slice(&out).unwrap();
            assert_eq!(read["schema"], "git-postmortem/actions");
            assert_eq!((read["version"].as_u64(), read["complete"].as_bool()), (Some(1), Some(false)));
            assert_eq!(read["as_of"], "2026-01-01");
            assert_eq!(read["actions"].as_array().unwrap().len(), rows.len());
        }
    }
}
