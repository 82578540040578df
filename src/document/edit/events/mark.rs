//! Telling the turning point of an entry that is there already.

use super::{NewEvent, minute, row};
use crate::document::edit::{Edit, rows};
use crate::document::parse::Document;
use crate::document::timeline::{EntryForm, TimelineEntry};
use crate::document::vocabulary::Vocabulary;
use crate::model::SectionKind;

/// The edit that marks the entry which says the same at the same minute and tells no turning point; `None` where there
/// is none, or nothing can stand in front of its text.
pub(super) fn mark(document: &Document<'_>, vocabulary: &Vocabulary, event: &NewEvent) -> Option<Edit> {
    let kind = event.kind?;
    let says_so = |entry: &&TimelineEntry| {
        entry.event.at.map(minute) == Some(minute(event.at)) && entry.event.text == event.text.trim()
    };
    let entry = document.timeline().iter().find(says_so).filter(|entry| entry.event.kind.is_none())?;
    let at = match entry.form {
        EntryForm::Row => cell(document, vocabulary, entry)?,
        EntryForm::Item | EntryForm::Line => {
            let source = document.text().get(entry.span.clone())?;
            entry.span.start + source.rfind(entry.event.text.as_str())?
        }
        EntryForm::Heading => return None,
    };
    Some(Edit { span: at..at, text: format!("**{}:** ", kind.word()) })
}

/// Where the sentence of a row begins.
fn cell(document: &Document<'_>, vocabulary: &Vocabulary, entry: &TimelineEntry) -> Option<usize> {
    let section = document.section(SectionKind::Timeline)?;
    let table = rows::table(document, section)?;
    let found = table.rows.iter().find(|row| row.span == entry.span)?;
    let column = row::columns((document, vocabulary), section, &table).text;
    table.span(document.page(), found, column).map(|span| span.start)
}
