//! Recording linked revisions.

use super::{Edit, insert_block, rows, section};
use crate::document::escape::escape_cell;
use crate::document::parse::Document;
use crate::document::vocabulary::Vocabulary;
use crate::model::{Link, SectionKind};

const HEAD: &str = "| Role | Revision | Commit | Date (UTC) | Subject |\n|------|----------|--------|------------|---------|";

/// Records a link; one with the same role, revision and commit is there already and changes nothing.
#[must_use]
pub fn add_link(document: &Document<'_>, vocabulary: &Vocabulary, link: &Link) -> Vec<Edit> {
    let same = |known: &Link| {
        known.role == link.role && known.revision == link.revision && known.commit == link.commit
    };
    if document.links().iter().any(|known| same(&known.value)) {
        return Vec::new();
    }
    let cells = [link.role.word(), &link.revision, &link.commit, &link.date, &link.subject].map(escape_cell);
    let row = rows::line(&cells);
    let Some(section) = document.section(SectionKind::LinkedCommits) else {
        let block = format!("## {}\n\n{HEAD}\n{row}", vocabulary.section_name(SectionKind::LinkedCommits));
        return vec![insert_block(document, section::place(document, SectionKind::LinkedCommits), &block)];
    };
    vec![match rows::table(document, section) {
        Some(table) => rows::insert(document, &table, None, &row),
        None => insert_block(document, section.own.end, &format!("{HEAD}\n{row}")),
    }]
}
