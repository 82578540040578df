//! Two texts of one document made one, by section, row, item and line; what cannot be told stands there twice, between
//! marks.
//!
//! Whatever either side added is in the outcome. Total: any texts give one.

mod arrange;
mod diff;
mod list;
mod outline;
mod parts;
#[cfg(test)]
mod properties;
mod prose;
mod rows;
mod table;
#[cfg(test)]
mod tests;
mod union;
mod words;

use std::borrow::Cow;

use super::Vocabulary;
use outline::Outline;

/// The lines that two texts have in common, as pairs of positions in rising order.
#[must_use]
pub fn common_lines(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    diff::matches(a, b)
}

/// Who wins where both sides say something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy<'m> {
    /// Nobody: both texts stay, between marks with these labels.
    Mark {
        /// Names our side.
        ours: &'m str,
        /// Names theirs.
        theirs: &'m str,
    },
    /// Two documents of one incident become one: sections have both texts, and of a value that is one alone theirs
    /// stays.
    Union,
}

/// What is merged.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'m> {
    /// The file's name.
    pub name: &'m str,
    /// What both began from; empty where they did not.
    pub base: &'m [u8],
    /// Our text.
    pub ours: &'m [u8],
    /// Their text: on ties, what it has comes first and keeps its number.
    pub theirs: &'m [u8],
}

/// A place with two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The heading that it stands under; empty before the first.
    pub section: String,
    /// What it is about: `row 3`, `Severity`, `2 lines`.
    pub what: String,
}

/// Something that was decided, and should be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A row of ours got another number, because theirs has that one too.
    Renumbered {
        /// The heading that it stands under.
        section: String,
        /// Its number on our side.
        old: String,
        /// Its number now.
        new: String,
    },
    /// One side took away what the other changed; the change stayed.
    Kept {
        /// The heading that it stands under.
        section: String,
        /// What it is.
        what: String,
    },
    /// Of two values theirs stayed.
    Chosen {
        /// What it is the value of.
        what: String,
        /// What stayed.
        kept: String,
        /// What went.
        other: String,
    },
}

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text.
    pub bytes: Vec<u8>,
    /// Places with two texts; none with [`Policy::Union`].
    pub conflicts: Vec<Conflict>,
    /// What was decided.
    pub remarks: Vec<Remark>,
}

impl Merged {
    fn whole(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), conflicts: Vec::new(), remarks: Vec::new() }
    }
}

/// Merges two texts; `None` where one of them is no text (a picture, UTF-16).
#[must_use]
pub fn merge(sides: &Sides<'_>, policy: Policy<'_>, vocabulary: &Vocabulary) -> Option<Merged> {
    let Sides { base, ours, theirs, .. } = *sides;
    if ours == theirs || ours == base {
        return Some(Merged::whole(theirs));
    }
    if theirs == base {
        return Some(Merged::whole(ours));
    }
    let is_text = |bytes: &[u8]| {
        !bytes.contains(&0) && !bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xfe\xff")
    };
    if ![base, ours, theirs].into_iter().all(is_text) {
        return None;
    }
    let all_utf8 = [base, ours, theirs].into_iter().all(|bytes| std::str::from_utf8(bytes).is_ok());
    // Where one spells otherwise, each byte is a sign of its own, so that each comes out as it went in.
    let spell = |bytes| if all_utf8 { String::from_utf8_lossy(bytes) } else { Cow::Owned(latin(bytes)) };
    let mark = if all_utf8 { "\u{feff}" } else { "\u{ef}\u{bb}\u{bf}" };
    let (ours, theirs, base) = (spell(ours), spell(theirs), spell(base));
    let ends = if ours.contains("\r\n") && theirs.contains("\r\n") { "\r\n" } else { "\n" };
    let plain = |text: &str| text.strip_prefix(mark).unwrap_or(text).replace("\r\n", "\n");
    let (plain_base, plain_ours, plain_theirs) = (plain(&base), plain(&ours), plain(&theirs));
    let mut joiner =
        Joiner { policy, vocabulary, section: String::new(), conflicts: Vec::new(), remarks: Vec::new() };
    let name = sides.name;
    let outline = |text| Outline::read(text, name, vocabulary);
    let lines = joiner.document(&outline(&plain_base), &outline(&plain_ours), &outline(&plain_theirs));
    let mut text = lines.join(ends);
    if !text.is_empty() && (plain_ours.ends_with('\n') || plain_theirs.ends_with('\n')) {
        text.push_str(ends);
    }
    let lead = if ours.starts_with(mark) && theirs.starts_with(mark) { mark } else { "" };
    let text = format!("{lead}{text}");
    let bytes = if all_utf8 { text.into_bytes() } else { text.chars().map(byte).collect() };
    Some(Merged { bytes, conflicts: joiner.conflicts, remarks: joiner.remarks })
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn byte(c: char) -> u8 {
    u8::try_from(u32::from(c)).unwrap_or(b'?')
}

/// The first line, counted from one, with the mark of a conflict that was left to the author.
#[must_use]
pub fn conflict(text: &[u8]) -> Option<usize> {
    let has = |line: &[u8], mark: &[u8]| line.windows(mark.len()).any(|part| part == mark);
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    // One mark alone may be what somebody quotes: git leaves all three, in this order.
    let last = |before: usize, mark: &[u8]| lines[..before].iter().rposition(|line| line.starts_with(mark));
    let middle = last(lines.len(), b">>>>>>> ").and_then(|end| last(end, b"=======")).unwrap_or(0);
    let is_mark = |at: usize| {
        let line = lines[at];
        // On lines of its own, as git leaves it; or in a cell, where a line would end the table.
        behind_bullet(line).starts_with(b"<<<<<<< ") && at < middle
            || has(line, b"<<<<<<< ") && has(line, b" ======= ") && has(line, b" >>>>>>>")
    };
    (0..lines.len()).find(|at| is_mark(*at)).map(|at| at + 1)
}

/// A line without the signs that make it an item of a list: the first line of an item that both changed is a mark.
fn behind_bullet(line: &[u8]) -> &[u8] {
    let end = line.iter().position(|byte| !b" \t0123456789.)-*+[]xX".contains(byte));
    &line[end.unwrap_or(line.len())..]
}

/// The work on one document.
struct Joiner<'m> {
    policy: Policy<'m>,
    vocabulary: &'m Vocabulary,
    /// The heading that is worked on.
    section: String,
    conflicts: Vec<Conflict>,
    remarks: Vec<Remark>,
}

/// The texts that a part was read from.
#[derive(Clone, Copy)]
struct Three<'o, 't> {
    base: &'o Outline<'t>,
    ours: &'o Outline<'t>,
    theirs: &'o Outline<'t>,
}

impl Joiner<'_> {
    fn conflict(&mut self, what: impl Into<String>) {
        self.conflicts.push(Conflict { section: self.section.clone(), what: what.into() });
    }

    /// Says that a change stayed though the other side took the whole away.
    fn kept(&mut self, what: impl Into<String>) {
        self.remarks.push(Remark::Kept { section: self.section.clone(), what: what.into() });
    }

    /// Two texts between marks, or theirs and then ours.
    fn both<S: AsRef<str>>(
        &mut self,
        ours: &[S],
        theirs: &[S],
        what: impl Into<String>,
        out: &mut Vec<String>,
    ) {
        let add = |lines: &[S], out: &mut Vec<String>| {
            out.extend(lines.iter().map(|line| line.as_ref().to_owned()));
        };
        match self.policy {
            Policy::Mark { ours: our_name, theirs: their_name } => {
                self.conflict(what);
                out.push(format!("<<<<<<< {our_name}"));
                add(ours, out);
                // Right below a paragraph it would underline a heading.
                out.push(String::new());
                out.push("=======".to_owned());
                add(theirs, out);
                out.push(format!(">>>>>>> {their_name}"));
            }
            Policy::Union => {
                add(theirs, out);
                add(ours, out);
            }
        }
    }
}
