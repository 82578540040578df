//! The one shape of all JSON: an object with `schema`, `version`, `complete`, and the rows under their plural.

mod compact;

use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread;

use serde::Serialize;
use serde_json::Value;

use crate::model::is_hidden;

/// The version of every schema. Within it fields are only added.
pub const VERSION: u32 = 1;

/// Rows that one core puts into words at a time: enough to be worth handing over, few enough to stay in memory that
/// is warm.
const CHUNK: usize = 256;

/// Where a core's rows come from, and where memory for more goes.
type Sayer = (Receiver<io::Result<Vec<u8>>>, Sender<Vec<u8>>);

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
    head(out, envelope)?;
    let mut first = true;
    for row in rows {
        out.write_all(if first { b"\n" } else { b",\n" })?;
        first = false;
        write_value(&mut *out, &row)?;
    }
    out.write_all(b"\n]}\n")
}

/// The same for many rows: each is made and put into words on whichever core is free, and written in order.
///
/// # Errors
/// Whatever the writer says.
pub fn write_many<'t, T: Sync, R: Serialize>(
    out: &mut dyn Write,
    envelope: &Envelope<'_>,
    items: &'t [T],
    row: impl Fn(&'t T) -> R + Sync,
) -> io::Result<()> {
    head(out, envelope)?;
    let say = |items: &'t [T], mut text: Vec<u8>| -> io::Result<Vec<u8>> {
        text.reserve(items.len() * 640);
        for item in items {
            text.extend_from_slice(b",\n");
            compact::append(&mut text, &row(item))?;
        }
        Ok(harmless(text))
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let chunks: Vec<&[T]> = items.chunks(CHUNK).collect();
    thread::scope(|scope| {
        let (say, chunks) = (&say, &chunks);
        let mut sayers: Vec<Sayer> = Vec::new();
        for first in 0..cores.min(chunks.len() / 4) {
            // A core that is ahead waits, so that not all of the answer is in memory.
            let (there, here) = sync_channel(2);
            // Memory that was written to before is written to again.
            let (back, empty) = channel();
            sayers.push((here, back));
            scope.spawn(move || {
                let mut mine = chunks.iter().skip(first).step_by(cores);
                // Nobody hears any more once the writer has failed.
                mine.all(|chunk| there.send(say(chunk, empty.try_recv().unwrap_or_default())).is_ok())
            });
        }
        for (at, chunk) in chunks.iter().enumerate() {
            // Only the very first row has no comma in front.
            let mut write = |text: &[u8]| out.write_all(&text[usize::from(at == 0)..]);
            match sayers.get(at % cores) {
                Some((here, back)) => {
                    let mut text = here.recv().map_err(io::Error::other)??;
                    write(&text)?;
                    text.clear();
                    // Who has nothing left to say wants none.
                    drop(back.send(text));
                }
                None => write(&say(chunk, Vec::new())?)?,
            }
        }
        Ok::<(), io::Error>(())
    })?;
    out.write_all(b"\n]}\n")
}

fn head(out: &mut dyn Write, envelope: &Envelope<'_>) -> io::Result<()> {
    let Envelope { name, incomplete, members } = envelope;
    write!(out, "{{\"schema\":{},\"version\":{VERSION}", Value::from(format!("git-postmortem/{name}")))?;
    write!(out, ",\"complete\":{}", incomplete.is_empty())?;
    write!(out, ",\"incomplete\":")?;
    write_value(&mut *out, incomplete)?;
    for (member, value) in *members {
        write!(out, ",{}:", Value::from(*member))?;
        write_value(&mut *out, value)?;
    }
    write!(out, ",{}:[", Value::from(*name))
}

/// Begins an envelope whose rows come one by one and whose end is told later: [`row`], [`end_stream`].
///
/// # Errors
/// Whatever the writer says.
pub fn begin_stream(out: &mut dyn Write, name: &str) -> io::Result<()> {
    write!(out, "{{\"schema\":{},\"version\":{VERSION}", Value::from(format!("git-postmortem/{name}")))?;
    write!(out, ",{}:[", Value::from(name))
}

/// Writes the next row of a stream.
///
/// # Errors
/// Whatever the writer says.
pub fn row<R: Serialize>(out: &mut dyn Write, is_first: bool, row: &R) -> io::Result<()> {
    out.write_all(if is_first { b"\n" } else { b",\n" })?;
    write_value(out, row)
}

/// Ends a stream with what was not seen, and further members.
///
/// # Errors
/// Whatever the writer says.
pub fn end_stream(out: &mut dyn Write, incomplete: &[String], members: &[(&str, Value)]) -> io::Result<()> {
    write!(out, "\n],\"complete\":{},\"incomplete\":", incomplete.is_empty())?;
    write_value(&mut *out, incomplete)?;
    for (member, value) in members {
        write!(out, ",{}:", Value::from(*member))?;
        write_value(&mut *out, value)?;
    }
    out.write_all(b"}\n")
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

pub(super) fn write_value<T: Serialize + ?Sized>(mut out: impl Write, value: &T) -> io::Result<()> {
    out.write_all(&harmless(serde_json::to_vec(value)?))
}

/// JSON must escape the control characters of ASCII alone; a terminal obeys others too, and hides some. Whatever is not
/// ASCII stands inside a string, so that a whole text can be looked at in one go.
fn harmless(json: Vec<u8>) -> Vec<u8> {
    // Sixty-four bytes at a time, which take a few instructions together.
    let is_plain = |bytes: &[u8]| bytes.iter().fold(0, |highest: u8, byte| highest.max(*byte)) < 0x7f;
    if json.chunks(64).all(is_plain) {
        return json;
    }
    let text = String::from_utf8(json).expect("JSON is written as UTF-8");
    let mut escaped = String::with_capacity(text.len() + 64);
    let mut rest = text.as_str();
    // Line feeds between rows are no characters of theirs.
    let obeyed = |c: char| (c.is_control() && c != '\n') || is_hidden(c);
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| obeyed(*c)) {
        escaped.push_str(&rest[..at]);
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(escaped, "\\u{unit:04x}");
        }
        rest = &rest[at + c.len_utf8()..];
    }
    escaped.push_str(rest);
    escaped.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_are_written_as_few_are() {
        for count in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7] {
            let items: Vec<usize> = (0..count).collect();
            let envelope = Envelope { name: "actions", ..Envelope::default() };
            let (mut one, mut many) = (Vec::new(), Vec::new());
            write(&mut one, &envelope, items.iter().map(|item| item * 3)).unwrap();
            write_many(&mut many, &envelope, &items, |item| item * 3).unwrap();
            assert_eq!(String::from_utf8(many).unwrap(), String::from_utf8(one).unwrap());
        }
    }

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
