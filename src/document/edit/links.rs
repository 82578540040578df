//! Recording linked revisions, and taking them away again.

use super::{Edit, insert_block, line_end, line_start, rows, section};
use crate::document::blocks::BlockKind;
use crate::document::escape::literal;
use crate::document::parse::Document;
use crate::document::sections::Section;
use crate::document::tables::Table;
use crate::document::vocabulary::Vocabulary;
use crate::document::{Spanned, fold};
use crate::model::{Link, Role, SectionKind, is_hidden};

const HEAD: &str = "| Role | Revision | Commit | Date (UTC) | Subject |\n|------|----------|--------|------------|---------|";
/// Columns of the table.
const COLUMNS: usize = 5;
/// The columns that a table of the tool's own has at least.
const LEAST: usize = 3;

/// Records a link. One that is there already changes nothing; one whose revision leads to another commit by now is
/// written anew, and so is one that merely suspected it.
#[must_use]
pub fn add_link(document: &Document<'_>, vocabulary: &Vocabulary, link: &Link) -> Vec<Edit> {
    if let Some(known) = document.links().iter().find(|known| known.value.is_same(link)) {
        if known.value.commit == link.commit {
            return Vec::new();
        }
        return rewrite(document, known, link).into_iter().collect();
    }
    if let Some(suspect) = document.links().iter().find(|known| settles(link, &known.value)) {
        return rewrite(document, suspect, link).into_iter().collect();
    }
    if let Some((_, table)) = own_table(document) {
        return vec![rows::insert(document, &table, None, &row(link, table.columns()))];
    }
    let row = row(link, COLUMNS);
    match document.section(SectionKind::LinkedCommits) {
        // What a team keeps there in a form of its own stays, and the table goes below it.
        Some(section) => vec![insert_block(document, section.own.end, &format!("{HEAD}\n{row}"))],
        None => {
            let name = vocabulary.section_name(SectionKind::LinkedCommits);
            let at = section::place(document, SectionKind::LinkedCommits);
            vec![insert_block(document, at, &format!("## {name}\n\n{HEAD}\n{row}"))]
        }
    }
}

/// Whether a link says what became of a suspicion: it was proven, or the commit is innocent.
fn settles(link: &Link, known: &Link) -> bool {
    let says_more = matches!(link.role, Role::Deploy | Role::Introduced | Role::RuledOut);
    says_more && known.role == Role::Suspect && known.is_same(&Link { role: Role::Suspect, ..link.clone() })
}

/// Takes away every row of a link.
#[must_use]
pub fn remove_link(document: &Document<'_>, link: &Link) -> Vec<Edit> {
    let text = document.text();
    let rows = document.links().iter().filter(|known| known.value.is_same(link));
    let cut = |row: &Spanned<Link>| {
        let start = line_start(text, row.span.start);
        let end = text[row.span.start..].find('\n').map(|at| row.span.start + at + 1);
        // The last line of a text that ends without a line break takes the one before it along.
        let start = if end.is_none() { text[..start].trim_end_matches(['\n', '\r']).len() } else { start };
        Edit { span: start..end.unwrap_or(text.len()), text: String::new() }
    };
    rows.map(cut).collect()
}

/// The row of a link that is there, written anew in its place.
fn rewrite(document: &Document<'_>, known: &Spanned<Link>, link: &Link) -> Option<Edit> {
    let text = document.text();
    let (_, table) = own_table(document)?;
    let start = text[line_start(text, known.span.start)..].find(|c: char| !c.is_whitespace() && c != '>')?;
    let start = line_start(text, known.span.start) + start;
    let new = row(link, table.columns());
    Some(Edit { span: start..line_end(text, known.span.start), text: new })
}

fn row(link: &Link, columns: usize) -> String {
    let cells = [link.role.word(), &link.revision, &link.commit, &link.date, &link.subject];
    // Cells beyond the head's would be lost to every reader.
    rows::line(&cells.map(spelled)[..columns.min(COLUMNS)])
}

/// A cell that reads back as it is: nothing in it is markup, and what steers a terminal is left out.
fn spelled(text: &str) -> String {
    let kept: String = text.chars().filter(|c| *c == '\n' || !c.is_control() && !is_hidden(*c)).collect();
    literal(&kept, true)
}

/// The table that links are kept in: it says so in its head, or has one already. A team's own table of other columns
/// is none.
fn own_table<'d>(document: &'d Document<'_>) -> Option<(&'d Section, Table)> {
    let page = document.page();
    let sections = document.sections().iter();
    for section in sections.filter(|section| section.kind == Some(SectionKind::LinkedCommits)) {
        let (mut at, end) = section.own_blocks;
        while at < end {
            if page.blocks()[at].kind != (BlockKind::Row { head: true }) {
                at += 1;
                continue;
            }
            let table = Table::read(page, at);
            at = table.end;
            let first = |row| table.text(page, row, 0).trim().to_owned();
            let is_role = |word: &str| Role::ALL.iter().any(|role| role.word() == word);
            let says_so = fold::fold(&first(&table.head)) == "role";
            if table.columns() >= LEAST && (says_so || table.rows.iter().any(|row| is_role(&first(row)))) {
                return Some((section, table));
            }
        }
    }
    None
}
