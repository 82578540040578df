//! Adding to the list that a section is: whys to a chain, a factor to the contributing ones.

use super::items::sheltered;
use super::{Edit, EditError, append_section, apply, line_end, line_start, newline, set_section};
use crate::document::Span;
use crate::document::escape::escape_line;
use crate::document::fold::fold;
use crate::document::parse::{Document, Source, parse};
use crate::document::passages::{Passage, PassageKind};
use crate::document::points::{Point, points};
use crate::document::sections::Section;
use crate::document::vocabulary::Vocabulary;
use crate::model::SectionKind;

/// Makes one of the chains of whys what is given, by its place from nought: what it begins with already stays byte for byte,
/// the rest is written anew. A chain that is missing begins below the root cause.
///
/// # Errors
/// [`EditError::NoList`] for a chain in another form than a list; [`EditError::Unreadable`] where it would not read back.
pub fn set_whys(
    document: &Document<'_>,
    names: &Vocabulary,
    chain: usize,
    whys: &[String],
) -> Result<Vec<Edit>, EditError> {
    let chains = document.whys();
    let known = chains.get(chain).map_or(&[][..], Vec::as_slice);
    let keep = known.iter().zip(whys).take_while(|(point, why)| is_same(document, point, why)).count();
    if keep == known.len() && keep == whys.len() {
        return Ok(Vec::new());
    }
    let name = names.section_name(SectionKind::FiveWhys);
    let edits = match document.section(SectionKind::FiveWhys) {
        Some(section) => go_on(document, names, section, known, keep, &whys[keep..])?,
        None => {
            let own = format!("### {name}\n\n{}", numbered(whys));
            match document.section(SectionKind::RootCause) {
                Some(cause) => append_section(document, names, &cause.name, &own)?,
                None => set_section(document, names, names.section_name(SectionKind::RootCause), &own)?,
            }
        }
    };
    let text = apply(document.text(), &edits);
    let after = parse(&Source { name: "", bytes: text.as_bytes() }, names);
    let read = after.whys();
    let is_read = |read: &Vec<Point>| {
        read.len() == whys.len() && read.iter().zip(whys).all(|(point, why)| is_same(&after, point, why))
    };
    let reads_back = match read.get(chain) {
        Some(read) => is_read(read),
        None => whys.is_empty(),
    };
    if reads_back && has_all(&headings(&after), &headings(document)) {
        Ok(edits)
    } else {
        Err(EditError::Unreadable { what: "the chain of whys".to_owned() })
    }
}

/// Adds a point to the list of a section; one that is there already changes nothing.
///
/// # Errors
/// As [`set_whys`].
pub fn add_point(
    document: &Document<'_>,
    names: &Vocabulary,
    kind: SectionKind,
    text: &str,
) -> Result<Vec<Edit>, EditError> {
    let name = names.section_name(kind);
    let Some(section) = document.section(kind) else {
        return set_section(document, names, name, &numbered(&[text.to_owned()]));
    };
    let known = points(document.passages_in(section));
    if known.iter().any(|point| is_same(document, point, text)) {
        return Ok(Vec::new());
    }
    let edits = go_on(document, names, section, &known, known.len(), &[text.to_owned()])?;
    let made = apply(document.text(), &edits);
    let after = parse(&Source { name: "", bytes: made.as_bytes() }, names);
    let read = after.section(kind).map(|section| points(after.passages_in(section))).unwrap_or_default();
    let reads_back =
        read.len() == known.len() + 1 && read.last().is_some_and(|point| is_same(&after, point, text));
    if reads_back && headings(&after) == headings(document) {
        Ok(edits)
    } else {
        Err(EditError::Unreadable { what: format!("what is added to '{name}'") })
    }
}

/// What one of the chains of whys says, by its place from nought.
#[must_use]
pub fn whys_said(document: &Document<'_>, chain: usize) -> Vec<String> {
    let chains = document.whys();
    let chain = chains.get(chain).map_or(&[][..], Vec::as_slice);
    chain.iter().map(|point| said(document, point)).collect()
}

/// The words of a point in one line: of an item, without what stands below the list.
fn said(document: &Document<'_>, point: &Point) -> String {
    let is_it = |passage: &Passage<'_>| {
        matches!(passage.kind(), PassageKind::Item { .. }) && passage.span().start == point.span.start
    };
    let text = match document.passages().find(is_it) {
        Some(item) => {
            let whole = item.whole();
            let inside = document.passages().filter(|one| whole.contains(&one.whole().start));
            let told = inside.filter(|one| !matches!(one.kind(), PassageKind::Html));
            told.map(|one| one.text().into_owned()).collect::<Vec<_>>().join(" ")
        }
        None => point.text.clone(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a point says a text, whatever its markup.
fn is_same(document: &Document<'_>, point: &Point, text: &str) -> bool {
    fold(&said(document, point)) == fold(text)
}

fn headings(document: &Document<'_>) -> Vec<String> {
    document.sections().iter().map(|section| section.name.clone()).collect()
}

/// Whether all headings are still there, in their order.
fn has_all(after: &[String], before: &[String]) -> bool {
    let mut after = after.iter();
    before.iter().all(|heading| after.any(|other| other == heading))
}

fn numbered(texts: &[String]) -> String {
    let line = |(at, text): (usize, &String)| format!("{}. {}", at + 1, spelled(text));
    texts.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// A text as a point: one that begins as an item of a list does would begin a list in the list.
fn spelled(text: &str) -> String {
    let whole = escape_line(text);
    let is_sign = |first: &str| {
        let number = first.strip_suffix(['.', ')']).filter(|number| !number.is_empty());
        matches!(first, "-" | "*" | "+")
            || number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
    };
    let opens = whole.starts_with(['#', '>'])
        || whole.split_once([' ', '\t']).is_some_and(|(first, _)| is_sign(first));
    if opens { sheltered(&whole).unwrap_or(whole) } else { whole }
}

/// Behind the points that are kept: the others go, items that wait for a text take one, the rest follows.
fn go_on(
    document: &Document<'_>,
    names: &Vocabulary,
    section: &Section,
    known: &[Point],
    keep: usize,
    new: &[String],
) -> Result<Vec<Edit>, EditError> {
    let text = document.text();
    let items: Vec<Passage<'_>> = document
        .passages_in(section)
        .filter(|passage| matches!(passage.kind(), PassageKind::Item { .. }) && !passage.is_quoted())
        .collect();
    let whole = |point: &Point| {
        let found = items.iter().find(|item| item.span().start == point.span.start);
        found.map(|item| line_start(text, item.whole().start)..item.whole().end)
    };
    let known: Option<Vec<Span>> = known.iter().map(whole).collect();
    let no_list = || EditError::NoList { section: section.name.clone() };
    let known = known.ok_or_else(no_list)?;
    let (kept, gone) = known.split_at(keep);
    let behind = kept.last().map_or(section.body.start, |last| last.end);
    let waits = |item: &&Passage<'_>| {
        item.whole().start >= behind && !text[item.whole()].chars().any(char::is_alphabetic)
    };
    let waiting =
        items.iter().filter(waits).map(|item| line_start(text, item.whole().start)..item.whole().end);
    // What goes, and as many of those that wait as there are texts.
    let taken: Vec<Span> = gone.iter().cloned().chain(waiting.take(new.len())).collect();
    if kept.is_empty() && taken.is_empty() {
        let is_empty = text[section.body.clone()].trim().is_empty();
        let write = if is_empty { set_section } else { append_section };
        return write(document, names, &section.name, &numbered(new));
    }
    let markers =
        |spans: &[Span]| spans.iter().filter_map(|span| marker(&text[span.clone()])).collect::<Vec<_>>();
    let all = markers(&[kept, &taken].concat());
    let first = all.first().ok_or_else(no_list)?.clone();
    let is_lazy = all.len() > 1 && all.iter().all(|one| one.number == first.number);
    let newline = newline(text);
    let loose = kept.windows(2).last().is_some_and(|pair| {
        text[pair[0].start..pair[1].start].trim_end_matches([' ', '\t']).ends_with(&newline.repeat(2))
    });
    let gap = if loose { newline.repeat(2) } else { newline.to_owned() };
    let lines: Vec<String> =
        new.iter().enumerate().map(|(at, why)| first.line(keep + at, is_lazy, why)).collect();
    let lines = lines.join(&gap);
    let end = |span: &Span| line_end(text, span.start + text[span.clone()].trim_end().len());
    let (start, stop) = match (kept.last(), taken.first(), taken.last()) {
        (_, Some(first), Some(last)) => (first.start, end(last)),
        (Some(last), ..) => (end(last), end(last)),
        _ => return Err(no_list()),
    };
    let span = if lines.is_empty() { text[..start].trim_end().len()..stop } else { start..stop };
    let lead = if taken.is_empty() { gap } else { String::new() };
    Ok(vec![Edit { span, text: format!("{lead}{lines}") }])
}

/// How an item of a list begins.
#[derive(Debug, Clone)]
struct Marker {
    indent: String,
    /// Its number; none for a bullet.
    number: Option<u64>,
    /// What follows the number, or the bullet.
    sign: String,
}

impl Marker {
    /// The line of an item so many places behind the first.
    fn line(&self, at: usize, is_lazy: bool, text: &str) -> String {
        let number = match self.number {
            Some(number) if is_lazy => number.to_string(),
            Some(number) => (number + at as u64).to_string(),
            None => String::new(),
        };
        format!("{}{number}{} {}", self.indent, self.sign, spelled(text))
    }
}

fn marker(item: &str) -> Option<Marker> {
    let rest = item.trim_start_matches([' ', '\t']);
    let indent = item[..item.len() - rest.len()].to_owned();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let sign = rest[digits..].chars().next()?;
    let is_sign = if digits > 0 { matches!(sign, '.' | ')') } else { matches!(sign, '-' | '*' | '+') };
    is_sign.then(|| Marker { indent, number: rest[..digits].parse().ok(), sign: sign.to_string() })
}
