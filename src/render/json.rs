//! The one shape of all JSON: an object with `schema`, `version`, `complete`, and the rows under their plural.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

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
    serde_json::to_writer(&mut *out, incomplete)?;
    for (member, value) in *members {
        write!(out, ",{}:{value}", Value::from(*member))?;
    }
    write!(out, ",{}:[", Value::from(*name))?;
    // Rows are put together in memory: a writer behind a pointer costs more than the text of a row.
    let mut text: Vec<u8> = Vec::with_capacity(CHUNK + 4096);
    for (at, row) in rows.into_iter().enumerate() {
        text.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut text, &row)?;
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
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

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
