//! Why it happened, in a document's own words: what is told as root cause and as contributing factors.

use super::blocks::BlockKind;
use super::parse::Document;
use crate::model::SectionKind;

impl Document<'_> {
    /// The plain text of everything that stands in the sections of a kind, block by block, without headings, code and
    /// markup; empty where there is none.
    #[must_use]
    pub fn told_in(&self, kind: SectionKind) -> String {
        let page = self.page();
        let mut text = String::new();
        let mut end = 0;
        for section in self.sections().iter().filter(|section| section.kind == Some(kind)) {
            for block in &page.blocks()[section.blocks.0.max(end)..section.blocks.1.max(end)] {
                if !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Code | BlockKind::Html) {
                    page.write(block.pieces.0 as usize..block.pieces.1 as usize, &mut text);
                    text.push('\n');
                }
            }
            end = end.max(section.blocks.1);
        }
        text
    }
}

/// What a document tells as the root cause and as contributing factors.
#[must_use]
pub fn causes(document: &Document<'_>) -> String {
    document.told_in(SectionKind::RootCause) + &document.told_in(SectionKind::ContributingFactors)
}
