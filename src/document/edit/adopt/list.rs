//! A list of items becomes a table in the canonical layout.

use super::{Gains, Proposal, Run, Why};
use crate::document::actions::Action;
use crate::document::blocks::Block;
use crate::document::edit::{Edit, line_end, line_start, newline, rows};
use crate::document::escape::escape_cell;
use crate::document::parse::Document;
use crate::document::vocabulary::Vocabulary;

/// The table that takes the place of a list.
pub(super) fn propose(document: &Document<'_>, names: &Vocabulary, run: &Run) -> Result<Proposal, Why> {
    let blocks = document.page().blocks();
    let heads: Vec<String> =
        rows::COLUMNS.iter().map(|column| names.column_name(*column).to_owned()).collect();
    let mut lines = vec![rows::line(&heads), format!("|{}", "---|".repeat(rows::COLUMNS.len()))];
    for ((index, block), cut) in run.actions.iter().zip(&run.blocks).zip(&run.cut) {
        let action = &document.actions()[*index];
        let row = row(document, action, &blocks[*block], *cut).ok_or(Why::Unsure)?;
        lines.push(rows::line(&row));
    }
    let (Some(first), Some(last)) = (run.blocks.first(), run.blocks.last()) else {
        return Ok(Proposal::default());
    };
    let count = run.actions.len();
    let gains = Gains { number: count, owner: count, priority: count, due: count, status: count };
    Ok(Proposal { edits: vec![replace(document, &blocks[*first], &blocks[*last], &lines)], gains })
}

/// Numbers before the texts of items that stay in their list; those that have one keep it.
pub(super) fn number(document: &Document<'_>, run: &Run) -> Proposal {
    let mut proposal = Proposal::default();
    let blocks = document.page().blocks();
    for (index, block) in run.actions.iter().zip(&run.blocks) {
        let (item, block) = (&document.actions()[*index].item, &blocks[*block]);
        let written = written(document.text(), block);
        if item.numbered || written.is_empty() {
            continue;
        }
        let at = block.span.start + (document.text()[block.span.clone()].trim_end().len() - written.len());
        proposal.edits.push(Edit { span: at..at, text: format!("**{}.** ", item.label) });
        proposal.gains.number += 1;
    }
    proposal
}

/// The lines in place of the list; a table needs a blank line on either side.
fn replace(document: &Document<'_>, first: &Block, last: &Block, lines: &[String]) -> Edit {
    let text = document.text();
    let newline = newline(text);
    let start = line_start(text, first.span.start);
    let end = line_end(text, last.span.start + text[last.span.clone()].trim_end().len());
    let is_lead = text[..start].lines().next_back().is_some_and(|line| !line.trim().is_empty());
    let is_tail = text[end..].lines().nth(1).is_some_and(|line| !line.trim().is_empty());
    let mut table = lines.join(newline);
    if is_lead {
        table.insert_str(0, newline);
    }
    if is_tail {
        table.push_str(newline);
    }
    Edit { span: start..end, text: table }
}

/// The cells of an item; `None` where what opens its text cannot be cut off.
fn row(document: &Document<'_>, action: &Action, block: &Block, cut: bool) -> Option<Vec<String>> {
    let item = &action.item;
    let priority = item.priority.as_ref().map_or("", |priority| priority.written.as_str());
    let due = item.due.map(|due| due.to_string()).unwrap_or_default();
    let effort = item.effort.map_or("", crate::model::Effort::word);
    let owner = item.owner.as_deref().unwrap_or_default();
    let others = [owner, priority, effort, &due, item.status.word()];
    let mut text = one_line(written(document.text(), block));
    if cut {
        let said = format!("{} {}", item.label, others.join(" "));
        text = text[opening(&text, &item.text, &said)?..].to_owned();
    }
    let mut cells = vec![item.label.clone(), piped(&text)];
    cells.extend(others.iter().map(|value| escape_cell(value)));
    Some(cells)
}

/// What is written behind an item's marker and checkbox.
fn written<'t>(text: &'t str, block: &Block) -> &'t str {
    let item = text[block.span.clone()].trim();
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let item = item.get(digits + 1..).unwrap_or("").trim_start();
    if block.task.is_some() { item.get(3..).unwrap_or(item).trim_start() } else { item }
}

/// The lines of an item as one; a line break that was asked for reads as a blank anyway.
fn one_line(written: &str) -> String {
    let lines = written.lines().map(str::trim);
    let lines =
        lines.map(|line| line.strip_suffix('\\').filter(|rest| !rest.ends_with('\\')).unwrap_or(line));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// With every `|` escaped that would end the cell.
fn piped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut escaped = false;
    for c in text.chars() {
        if c == '|' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// How much stands before the promise itself, where all of its words are said by other cells too.
fn opening(written: &str, promise: &str, said: &str) -> Option<usize> {
    let first = promise.split_whitespace().next()?;
    let said: Vec<String> = words(said).collect();
    let (mut at, _) = written.match_indices(first).find(|(at, _)| *at > 0)?;
    if written[..at].matches("**").count() % 2 == 1 {
        at = written[..at].trim_end_matches(['*', '_', '`', '~', '[']).len();
    }
    words(&written[..at]).all(|word| said.contains(&word)).then_some(at)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
