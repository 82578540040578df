//! Reading and writing the section of an attestation: a list of labelled fields, and behind each that was generated a comment
//! with its mark, by which a refresh tells it from what the team wrote by hand.

use std::borrow::Cow;
use std::fmt;

use super::fields::{Field, code};
use super::marks::{By, by, mark};
use crate::document::edit::{Edit, EditError, set_section};
use crate::document::merge::conflict;
use crate::document::{Document, Section, Vocabulary, attested_key, is_not_recorded};
use crate::model::SectionKind;

/// What opens and closes the comment with a mark.
const MARK: (&str, &str) = ("<!-- postmortem: attested ", " -->");

/// What an attestation was made from, as full object ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The text of the document that is attested.
    pub document: String,
    /// The commit as of which the context was gathered.
    pub commit: Option<String>,
}

/// What a document's attestation says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its fields, as far as they are there.
    pub fields: Vec<(Field, String, By)>,
    /// What it names as what it was made from.
    pub made: Option<Made>,
}

/// What the fields shall say.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'w> {
    /// What was found for each; `None` is not recorded.
    pub found: Vec<(Field, Option<String>)>,
    /// What somebody says by hand; an empty text hands the field back to the tool.
    pub said: Vec<(Field, &'w str)>,
}

/// The edits, and what the section says then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What is to be changed; nothing where it says so already.
    pub edits: Vec<Edit>,
    /// The body of the section.
    pub body: String,
    /// Each field with its value.
    pub fields: Vec<(Field, String, By)>,
}

/// Why an attestation cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttestError {
    /// Two versions of something stand between marks of a merge.
    Torn,
    /// It would not read back.
    Edit(EditError),
}

impl fmt::Display for AttestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Torn => write!(f, "two versions stand between marks of a merge"),
            Self::Edit(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AttestError {}

/// A stretch of the section.
#[derive(Debug, Clone)]
struct Piece {
    key: Option<Key>,
    /// Its lines, without blank ones around them.
    text: String,
    value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Field(Field),
    Made,
}

/// The attestation of a document, where it has one that says anything.
#[must_use]
pub fn recorded(document: &Document<'_>) -> Option<Recorded> {
    let section = document.section(SectionKind::Attestation)?;
    let (pieces, marks) = read(document, section);
    let made = pieces.iter().find(|piece| piece.key == Some(Key::Made)).and_then(|piece| made(&piece.value));
    let mut fields = Vec::new();
    for field in Field::ALL {
        if let Some(piece) = pieces.iter().find(|piece| piece.key == Some(Key::Field(field))) {
            fields.push((field, piece.value.clone(), by(&piece.value, &marks)));
        }
    }
    (!fields.is_empty() || made.is_some()).then_some(Recorded { fields, made })
}

/// Whether marks of a merge stand in the document: what is attested is not settled then.
#[must_use]
pub fn is_torn(document: &Document<'_>) -> bool {
    conflict(document.text().as_bytes()).is_some()
}

/// Writes or refreshes the section. Values by hand stay, as does whatever else stands in it.
///
/// # Errors
/// [`AttestError`]: nothing can be written then.
pub fn write(
    document: &Document<'_>,
    names: &Vocabulary,
    wanted: &Wanted<'_>,
    made: &Made,
) -> Result<Outcome, AttestError> {
    if is_torn(document) {
        return Err(AttestError::Torn);
    }
    let section = document.section(SectionKind::Attestation);
    let (pieces, marks) = section.map_or_else(Default::default, |section| read(document, section));
    let mut fields = Vec::new();
    let mut written: Vec<(Key, String)> = Vec::new();
    for (field, found) in &wanted.found {
        let key = Key::Field(*field);
        let old = pieces.iter().filter(|piece| piece.key == Some(key));
        // Of two, as a merge leaves them, somebody's own wins.
        let own = old
            .filter(|piece| by(&piece.value, &marks) == By::Hand)
            .cloned()
            .reduce(|first, other| joined(first, &other));
        let said = wanted.said.iter().rfind(|(said, _)| said == field).map(|(_, text)| text.trim());
        let (value, by, line) = match (said, own) {
            (Some(said), _) if !said.is_empty() => (said.to_owned(), By::Hand, None),
            (None, Some(own)) => (own.value, By::Hand, Some(own.text)),
            _ => match found {
                Some(found) => (found.clone(), By::Tool, None),
                None => (names.attested("not-recorded").to_owned(), By::Nobody, None),
            },
        };
        let line = line.unwrap_or_else(|| {
            let marked = if by == By::Tool { marked(&value) } else { value.clone() };
            format!("- **{}**: {marked}", names.attested(field.key()))
        });
        written.push((key, line));
        fields.push((*field, value, by));
    }
    written.push((Key::Made, format!("- **{}**: {}", names.attested("made-from"), told(names, made))));
    let body = body(&pieces, written);
    let name = section.map_or_else(|| names.section_name(SectionKind::Attestation), |own| own.name.as_str());
    let is_same =
        section.is_some_and(|section| normal(&document.text()[section.body.clone()]).trim() == body);
    let edits = if is_same {
        Vec::new()
    } else {
        set_section(document, names, name, &body).map_err(AttestError::Edit)?
    };
    Ok(Outcome { edits, body, fields })
}

/// Two values by hand of one field: both stay.
fn joined(first: Piece, other: &Piece) -> Piece {
    if first.value.contains(&other.value) {
        return first;
    }
    let gap = if first.value.contains('\n') || other.value.contains('\n') { "\n  " } else { "; " };
    let join = |text: &str| format!("{text}{gap}{}", other.value);
    Piece { text: join(&first.text), value: join(&first.value), ..first }
}

/// A generated value, its mark behind its first line.
fn marked(value: &str) -> String {
    let (first, rest) = value.split_once('\n').unwrap_or((value, ""));
    let rest = if rest.is_empty() { String::new() } else { format!("\n{rest}") };
    format!("{first} {}{}{}{rest}", MARK.0, mark(value), MARK.1)
}

/// A line without the comment of a mark, which is noted.
fn unmarked<'l>(line: &'l str, marks: &mut Vec<String>) -> Cow<'l, str> {
    let Some((before, rest)) = line.split_once(MARK.0) else { return Cow::Borrowed(line) };
    let Some((mark, behind)) = rest.split_once(MARK.1) else { return Cow::Borrowed(line) };
    marks.push(mark.trim().to_owned());
    Cow::Owned(format!("{}{behind}", before.trim_end()))
}

fn told(names: &Vocabulary, made: &Made) -> String {
    let document = names.attested("document").replace("{document}", &code(&made.document));
    match &made.commit {
        Some(commit) => {
            format!("{document}; {}", names.attested("commit").replace("{commit}", &code(commit)))
        }
        None => document,
    }
}

/// The ids between ticks, the document's first.
fn made(value: &str) -> Option<Made> {
    let is_id = |part: &&str| part.len() >= 40 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut ids = value.split('`').filter(is_id).map(str::to_lowercase);
    Some(Made { document: ids.next()?, commit: ids.next() })
}

/// The section as its stretches, and the marks of what was generated. A bare "not recorded" is the template's.
fn read(document: &Document<'_>, section: &Section) -> (Vec<Piece>, Vec<String>) {
    let body = normal(&document.text()[section.body.clone()]);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut marks = Vec::new();
    for line in body.lines() {
        let line = unmarked(line, &mut marks);
        let line = line.as_ref();
        if let Some((key, value)) = label(line) {
            pieces.push(Piece { key: Some(key), text: line.to_owned(), value: value.to_owned() });
            continue;
        }
        let goes_on = line.trim().is_empty() || line.starts_with([' ', '\t']);
        match pieces.last_mut() {
            Some(last) if last.key.is_none() || goes_on => {
                last.text = format!("{}\n{line}", last.text);
                last.value = format!("{}\n{line}", last.value);
            }
            _ => pieces.push(Piece { key: None, text: line.to_owned(), value: line.to_owned() }),
        }
    }
    for piece in &mut pieces {
        piece.text = piece.text.trim_matches('\n').trim_end().to_owned();
        piece.value = piece.value.trim().to_owned();
    }
    pieces.retain(|piece| piece.key.is_some() || !is_not_recorded(&piece.text) && !piece.text.is_empty());
    (pieces, marks)
}

/// The field of a line like `- **Files analyzed**: 3`, and what follows the colon.
fn label(line: &str) -> Option<(Key, &str)> {
    let item = line.strip_prefix(['-', '*', '+'])?.strip_prefix([' ', '\t'])?;
    let colon = item.find([':', '：'])?;
    let sign = item[colon..].chars().next().map_or(1, char::len_utf8);
    let name = item[..colon].trim_matches(['*', '_', ' ']);
    let value = item[colon + sign..].trim_start_matches(['*', '_']).trim_start();
    let key = attested_key(name)?;
    if key == "made-from" {
        return Some((Key::Made, value));
    }
    Field::ALL.into_iter().find(|field| field.key() == key).map(|field| (Key::Field(field), value))
}

/// The stretches in their order, each field anew in its place, those that are missing behind the one before.
fn body(pieces: &[Piece], written: Vec<(Key, String)>) -> String {
    let mut lines: Vec<(bool, String)> = Vec::new();
    let mut keys: Vec<Option<Key>> = Vec::new();
    for piece in pieces {
        // Of two of a kind, the first place counts.
        if piece.key.is_none() || !keys.contains(&piece.key) {
            let own = written.iter().find(|(key, _)| Some(*key) == piece.key);
            lines.push((
                piece.key.is_some(),
                own.map_or_else(|| piece.text.clone(), |(_, line)| line.clone()),
            ));
            keys.push(piece.key);
        }
    }
    let first = keys.iter().position(Option::is_some).unwrap_or(lines.len());
    let mut behind = first;
    for (key, line) in written {
        match keys.iter().position(|known| *known == Some(key)) {
            Some(at) => behind = at + 1,
            None => {
                lines.insert(behind, (true, line));
                keys.insert(behind, Some(key));
                behind += 1;
            }
        }
    }
    let mut body = String::new();
    for (at, (is_field, line)) in lines.iter().enumerate() {
        let tight = at > 0 && *is_field && lines[at - 1].0;
        let gap = if at == 0 {
            ""
        } else if tight {
            "\n"
        } else {
            "\n\n"
        };
        body.push_str(gap);
        body.push_str(line);
    }
    body
}

fn normal(text: &str) -> String {
    text.replace("\r\n", "\n")
}
