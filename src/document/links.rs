//! The table of linked commits.

use super::Spanned;
use super::blocks::BlockKind;
use super::plain::Page;
use super::sections::Section;
use super::tables::Table;
use crate::model::{Link, Role, SectionKind};

/// Reads the rows of every *Linked Commits* table; a row without a known role, or without both revision and
/// commit, is passed over.
pub(crate) fn read(page: Page<'_>, sections: &[Section]) -> Vec<Spanned<Link>> {
    let mut links = Vec::new();
    for section in sections.iter().filter(|section| section.kind == Some(SectionKind::LinkedCommits)) {
        let mut at = section.own_blocks.0;
        while at < section.own_blocks.1 {
            if page.blocks()[at].kind != (BlockKind::Row { head: true }) {
                at += 1;
                continue;
            }
            let table = Table::read(page, at);
            at = table.end;
            for row in &table.rows {
                // The columns are the tool's own, in its order, whatever language their names are in.
                let cell = |column| table.text(page, row, column).into_owned();
                let word = cell(0);
                let Some(role) = Role::ALL.into_iter().find(|role| role.word() == word.trim()) else {
                    continue;
                };
                let link = Link { role, revision: cell(1), commit: cell(2), date: cell(3), subject: cell(4) };
                if !link.commit.is_empty() || !link.revision.is_empty() {
                    links.push(Spanned { value: link, span: row.span.clone() });
                }
            }
        }
    }
    links
}
