//! Adding an item in the layout that the document keeps its items in, or in the template's where it has none.

use super::context::Context;
use super::status::word;
use super::text::{plain, spellings};
use super::wanted::folded;
use super::{ItemChange, ItemError, Reading, change_item, written};
use crate::document::actions::{Action, ActionForm, Columns};
use crate::document::blocks::BlockKind;
use crate::document::edit::adopt::verify::is_same;
use crate::document::edit::{Edit, append_section, line_end, line_start, newline, rows, set_section};
use crate::document::escape::escape_cell;
use crate::document::language::Column;
use crate::document::parse::{Document, Source, parse};
use crate::document::tables::Table;
use crate::model::{Postmortem, SectionKind, Status};

/// The bytes of a document with one more item behind its last one, and which of its items that is.
///
/// # Errors
/// [`ItemError`], and nothing is to be written then.
pub fn add_item(reading: Reading<'_>, bytes: &[u8], new: &ItemChange) -> Result<(Vec<u8>, usize), ItemError> {
    let document = parse(&Source { name: reading.name, bytes }, reading.vocabulary);
    if document.is_html() {
        return Err(ItemError::Html);
    }
    let text = new.text.clone().unwrap_or_default();
    let before = document.postmortem();
    for edits in places(&document, reading, &text) {
        let accepts = |after: &Postmortem| added(&before, after, &text).is_some();
        let Some(made) = written(reading, &document, bytes, &edits, accepts) else { continue };
        let after = parse(&Source { name: reading.name, bytes: &made }, reading.vocabulary).into_postmortem();
        let Some(index) = added(&before, &after, &text) else { continue };
        let status = Some(new.status.unwrap_or(Status::Open));
        let rest = ItemChange { text: None, status, ..new.clone() };
        return Ok((change_item(reading, &made, index, &rest)?, index));
    }
    Err(ItemError::NoRoom)
}

/// Which item is new, where it says the text and everything else is what it was.
fn added(before: &Postmortem, after: &Postmortem, text: &str) -> Option<usize> {
    if after.actions.len() != before.actions.len() + 1 {
        return None;
    }
    let pairs = before.actions.iter().zip(&after.actions);
    let index = pairs.take_while(|(old, new)| is_same(old, new)).count();
    let rest = before.actions[index..].iter().zip(&after.actions[index + 1..]);
    let read = folded(&after.actions[index].text);
    let bare = |postmortem: &Postmortem| Postmortem {
        actions: Vec::new(),
        sections: Vec::new(),
        ..postmortem.clone()
    };
    let is_added = rest.into_iter().all(|(old, new)| is_same(old, new))
        && (read == folded(text) || read == plain(text))
        && bare(before) == bare(after);
    is_added.then_some(index)
}

/// Where a new item may stand, the layout of the last one first.
fn places(document: &Document<'_>, reading: Reading<'_>, text: &str) -> Vec<Vec<Edit>> {
    let mut places = Vec::new();
    let last = last(document);
    let section = document.section(SectionKind::ActionItems);
    let table = section.and_then(|section| rows::table(document, section));
    match last {
        Some((index, Action { form: ActionForm::Row, .. })) => {
            places.extend(
                table_of(document, index).into_iter().flat_map(|table| row(document, reading, &table, text)),
            );
        }
        Some((index, Action { form: ActionForm::Item, .. })) => {
            places.extend(item(document, index, text));
        }
        Some((index, Action { form: ActionForm::Heading, .. })) => {
            places.extend(heading(document, reading, index, text));
        }
        Some((_, action)) => places.extend(bullet(document, action, text)),
        None => {
            places.extend(table.into_iter().flat_map(|table| row(document, reading, &table, text)));
        }
    }
    places.extend(sections(document, reading, text));
    places
}

/// The item behind which a new one belongs: the last of the section, else the last of all.
fn last<'d>(document: &'d Document<'_>) -> Option<(usize, &'d Action)> {
    let section = document.section(SectionKind::ActionItems);
    let mut all = document.actions().iter().enumerate();
    let inside = section
        .and_then(|section| all.clone().rfind(|(_, action)| section.body.contains(&action.span.start)));
    inside.or_else(|| all.next_back())
}

/// The table that an item is a row of.
fn table_of(document: &Document<'_>, index: usize) -> Option<Table> {
    let page = document.page();
    let start = document.actions()[index].span.start;
    let blocks = page.blocks();
    let at = blocks.iter().position(|block| block.span.start == start && is_row(&block.kind))?;
    let head = blocks[..at].iter().rposition(|block| block.kind == (BlockKind::Row { head: true }))?;
    Some(Table::read(page, head))
}

fn is_row(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Row { head: false })
}

/// A further row, with number and status where the table has columns for them.
fn row(document: &Document<'_>, reading: Reading<'_>, table: &Table, text: &str) -> Vec<Vec<Edit>> {
    let Some(columns) = Columns::read(document.page(), table, reading.vocabulary) else { return Vec::new() };
    let status = match document.actions().len() {
        0 => reading.names.status_name(Status::Open).to_owned(),
        many => word(&Context::new(document, reading, many - 1), Status::Open),
    };
    let cells = |text: &str| {
        let mut cells = vec![String::new(); table.columns()];
        let mut set = |at: Option<usize>, words: &str| {
            if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
                words.clone_into(cell);
            }
        };
        set(columns.number, &next_label(document));
        set(columns.status, &escape_cell(&status));
        set(Some(columns.text_column()), text);
        rows::line(&cells)
    };
    let lines = spellings(text, true).into_iter().map(|words| cells(&words));
    lines.map(|line| vec![rows::insert(document, table, None, &line)]).collect()
}

/// The label behind those that are there: the next number, with the letters of the last one where those have any.
fn next_label(document: &Document<'_>) -> String {
    let labels: Vec<&str> = document
        .actions()
        .iter()
        .filter(|action| action.item.numbered)
        .map(|action| action.item.label.as_str())
        .collect();
    let split = |label: &'_ str| {
        let head = label.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        (label[..head].to_owned(), label[head..].to_owned())
    };
    let (head, digits) = labels.last().map_or_else(Default::default, |label| split(label));
    let numbers = labels.iter().map(|label| split(label)).filter(|(other, _)| *other == head);
    let highest = numbers.filter_map(|(_, digits)| digits.parse::<u32>().ok()).max();
    let next = highest.map_or(document.actions().len() + 1, |number| number as usize + 1);
    format!("{head}{next:0width$}", width = digits.len())
}

/// A further item of the last one's list, with its marker, and a checkbox where that one has one.
fn item(document: &Document<'_>, index: usize, text: &str) -> Vec<Vec<Edit>> {
    let whole = document.text();
    let action = &document.actions()[index];
    let start = line_start(whole, action.span.start);
    let indent = &whole[start..action.span.start];
    let own = &whole[action.span.start..];
    let marker = &own[..own.find(char::is_whitespace).unwrap_or(0)];
    if !indent.trim_start_matches('\u{feff}').trim().is_empty() || marker.is_empty() {
        return Vec::new();
    }
    let digits = marker.len() - marker.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let next = match marker[..digits].parse::<u64>() {
        Ok(_) => {
            let ordinals =
                document.actions().iter().filter_map(|action| action.item.label.parse::<u64>().ok());
            let number = ordinals.max().unwrap_or_default() + 1;
            format!("{number}{}", &marker[digits..])
        }
        Err(_) => marker.to_owned(),
    };
    let tick = if action.status.is_some() { "[ ] " } else { "" };
    let newline = newline(whole);
    let end = end_of(document, action);
    let gap = if is_loose(document, index) { newline } else { "" };
    let indent = indent.trim_start_matches('\u{feff}');
    let ways = spellings(text, false).into_iter();
    ways.map(|words| {
        vec![Edit { span: end..end, text: format!("{newline}{gap}{indent}{next} {tick}{words}") }]
    })
    .collect()
}

/// The end of an item's last line.
fn end_of(document: &Document<'_>, action: &Action) -> usize {
    let text = document.text();
    let end = action.span.start + text[action.span.clone()].trim_end().len();
    line_end(text, end)
}

/// Whether blank lines stand between the items of the list.
fn is_loose(document: &Document<'_>, index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|before| &document.actions()[before]) else { return false };
    let (end, start) = (end_of(document, before), document.actions()[index].span.start);
    let between = document.text().get(end..start).unwrap_or_default();
    between.trim().is_empty() && between.matches('\n').count() > 1
}

/// A further heading with a field below, like the last one.
fn heading(document: &Document<'_>, reading: Reading<'_>, index: usize, text: &str) -> Vec<Vec<Edit>> {
    let whole = document.text();
    let action = &document.actions()[index];
    let hashes = whole[action.span.start..].bytes().take_while(|byte| *byte == b'#').count();
    let context = Context::new(document, reading, index);
    let fields = context.field_lines();
    let (Some(line), 1..) = (fields.last(), hashes) else { return Vec::new() };
    let range = context.range();
    let end = range.start + whole[range].trim_end().len();
    let newline = newline(whole);
    let word = word(&context, Status::Open);
    let label = context.labels(Column::Status).into_iter().next().unwrap_or_default();
    let field = line.like(&super::context::capitalised(&label), &word);
    let ways = spellings(text, false).into_iter();
    ways.map(|words| {
        let heading = format!("{} {words}", "#".repeat(hashes));
        vec![Edit { span: end..end, text: format!("{newline}{newline}{heading}{newline}{newline}{field}") }]
    })
    .collect()
}

/// A list of its own behind an item that is a paragraph.
fn bullet(document: &Document<'_>, action: &Action, text: &str) -> Vec<Vec<Edit>> {
    let newline = newline(document.text());
    let end = end_of(document, action);
    let ways = spellings(text, false).into_iter();
    ways.map(|words| vec![Edit { span: end..end, text: format!("{newline}{newline}- {words}") }]).collect()
}

/// A table like the template's, in the section, which is made where there is none.
fn sections(document: &Document<'_>, reading: Reading<'_>, text: &str) -> Vec<Vec<Edit>> {
    let names = reading.names;
    let heads: Vec<String> =
        rows::COLUMNS.iter().map(|column| names.column_name(*column).to_owned()).collect();
    let number = next_label(document);
    let mut ways = Vec::new();
    for words in spellings(text, true) {
        let mut cells = vec![String::new(); rows::COLUMNS.len()];
        cells[0].clone_from(&number);
        cells[1] = words;
        cells[6] = names.status_name(Status::Open).to_owned();
        let rule = format!("|{}", "---|".repeat(rows::COLUMNS.len()));
        let table = [rows::line(&heads), rule, rows::line(&cells)].join("\n");
        let name = names.section_name(SectionKind::ActionItems);
        let made = match document.section(SectionKind::ActionItems) {
            Some(section) => append_section(document, reading.vocabulary, &section.name, &table),
            None => set_section(document, reading.vocabulary, name, &table),
        };
        ways.extend(made.ok());
    }
    ways
}
