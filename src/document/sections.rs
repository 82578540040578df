//! The tree of headings, and which section of a post-mortem each stands for.

use super::Span;
use super::blocks::{Block, BlockKind};
use super::fold::Fold;
use super::language::Unit;
use super::plain::Page;
use super::vocabulary::Vocabulary;
use super::zones;
use crate::model::SectionKind;

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Which part of a post-mortem it is; `None` for the document's own.
    pub kind: Option<SectionKind>,
    /// The level of its heading, 1 to 6.
    pub level: u8,
    /// The heading's text without markup.
    pub name: String,
    /// The heading's line (or two, where it is underlined).
    pub heading: Span,
    /// From behind the heading to the next one of the same or a higher level.
    pub body: Span,
    /// From behind the heading to the next heading of any level.
    pub own: Span,
    /// Whether something is said in it, guidance and empty tables aside.
    pub filled: bool,
    /// The section that it stands in.
    pub parent: Option<usize>,
    /// The blocks of `body` and of `own`, as indices.
    pub(crate) blocks: (usize, usize),
    pub(crate) own_blocks: (usize, usize),
    /// The heading was recognised as none of a post-mortem's sections (`Actions taken`).
    pub(crate) foreign: bool,
    /// A line of text stands where a heading might: `**Timeline**`, `Action items:`.
    pub(crate) label: bool,
}

/// Finds every section of a document.
pub(crate) fn read(page: Page<'_>, vocabulary: &Vocabulary) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::with_capacity(16);
    let mut open: Vec<usize> = Vec::with_capacity(6);
    let mut fold = Fold::default();
    let blocks = page.blocks();
    for (at, block) in blocks.iter().enumerate() {
        let (level, kind) = match block.kind {
            _ if block.quoted => continue,
            BlockKind::Heading(level) => (level, None),
            BlockKind::Paragraph if block.depth == 0 => {
                let above =
                    open.iter().rfind(|above| !sections[**above].label).map(|above| &sections[*above]);
                match label(page, block, &mut fold, vocabulary) {
                    Some(kind) if above.is_none_or(takes_labels) => {
                        (above.map_or(2, |above| above.level + 1), Some(kind))
                    }
                    _ => continue,
                }
            }
            _ => continue,
        };
        if let Some(last) = sections.last_mut() {
            last.own.end = block.span.start;
            last.own_blocks.1 = at;
        }
        while let Some(above) = open.pop_if(|above| sections[*above].level >= level) {
            sections[above].body.end = block.span.start;
            sections[above].blocks.1 = at;
        }
        let parent = open.last().copied();
        open.push(sections.len());
        let mut section = section(page, block, at, level, parent, &mut fold, vocabulary);
        if let Some(kind) = kind {
            section.label_of(page, block, kind);
        }
        sections.push(section);
    }
    for section in &mut sections {
        let is_said = |block: &Block| says_something(page, block, vocabulary);
        section.filled = blocks[section.blocks.0..section.blocks.1].iter().any(is_said);
    }
    sections
}

fn section(
    page: Page<'_>,
    block: &Block,
    at: usize,
    level: u8,
    parent: Option<usize>,
    fold: &mut Fold,
    vocabulary: &Vocabulary,
) -> Section {
    let end = page.text.len();
    let count = page.blocks().len();
    fold.clear();
    page.fold(Page::run(block), fold);
    let name = page.block_text(block);
    // What stands in brackets is a remark: `Timeline (all times in CET)`.
    let known = recognise(fold.as_str(), vocabulary).or_else(|| {
        let (head, _) = name.split_once(['(', '（'])?;
        recognise(&super::fold::fold(head), vocabulary)
    });
    Section {
        kind: known.flatten(),
        level,
        name: name.into_owned(),
        heading: block.span.clone(),
        body: block.span.end..end,
        own: block.span.end..end,
        filled: false,
        parent,
        blocks: (at + 1, count),
        own_blocks: (at + 1, count),
        foreign: known == Some(None),
        label: false,
    }
}

impl Section {
    /// Makes it one whose heading is a line of text; what else the paragraph says is the section's own.
    fn label_of(&mut self, page: Page<'_>, block: &Block, kind: SectionKind) {
        let first = page.lines(Page::run(block)).next().unwrap_or_default();
        let name = page.plain(first.clone());
        (self.kind, self.foreign, self.label) = (Some(kind), false, true);
        self.name = name.trim_end_matches([':', '：', ' ']).to_owned();
    }
}

/// Whether labels below a heading may be sections: below that of a section they are part of what it says.
fn takes_labels(section: &Section) -> bool {
    section.kind.is_none() && !section.foreign && section.level < 6
}

/// The section that a paragraph of one line names: all of it in bold type, or with a colon at its end; or its bold
/// beginning, where the rest is a remark in brackets: `**Timeline** (UTC; the times of people are approximate)`.
fn label(page: Page<'_>, block: &Block, fold: &mut Fold, vocabulary: &Vocabulary) -> Option<SectionKind> {
    let run = Page::run(block);
    let text = &page.text[block.span.clone()];
    let may_remark = text.starts_with(['*', '_']) && text.trim_end().ends_with(')') && text.len() <= 240;
    if !may_remark && (block.span.len() > 80 || page.lines(run.clone()).nth(1).is_some()) {
        return None;
    }
    let mut name = run.clone();
    let is_label = match page.leading_strong(run.clone()) {
        Some((strong, rest)) => {
            let rest = page.plain(rest);
            let rest = rest.trim_matches([':', '：', ' ']);
            let remarks = may_remark && rest.starts_with('(') && rest.find(')') == Some(rest.len() - 1);
            if remarks {
                name = strong;
            }
            rest.is_empty() || remarks
        }
        None => page.plain(run.clone()).ends_with([':', '：']),
    };
    if !is_label {
        return None;
    }
    fold.clear();
    page.fold(name, fold);
    let words = fold.as_str().trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    vocabulary.sections.get(fold.as_str()).or_else(|| vocabulary.sections.get(words)).flatten()
}

/// What a folded heading stands for: exactly, without its number, or as the beginning or end of a longer one.
///
/// `Some(None)` is a heading that is known to be no section.
pub(crate) fn recognise(folded: &str, vocabulary: &Vocabulary) -> Option<Option<SectionKind>> {
    let words = &vocabulary.sections;
    if let Some(kind) = words.get(folded) {
        return Some(kind);
    }
    let mut name = folded;
    while let Some((first, rest)) = name.split_once(' ')
        && (first.bytes().all(|b| b.is_ascii_digit()) || matches!(first, "ii" | "iii" | "iv" | "vi" | "vii"))
    {
        name = rest;
        if let Some(kind) = words.get(name) {
            return Some(kind);
        }
    }
    // `Remediation and follow-up steps` is what its first half is.
    let joint = name.match_indices(' ').find(|(at, _)| {
        let word = name[at + 1..].split(' ').next().unwrap_or("");
        vocabulary.units.get(word) == Some(Unit::Joins)
    });
    if let Some(kind) = joint.and_then(|(at, _)| words.get(&name[..at])) {
        return Some(kind);
    }
    // At most three words more: a longer heading is a sentence of its own.
    let (mut head, mut tail) = (name, name);
    for _ in 0..3 {
        if let Some((rest, _)) = head.rsplit_once(' ') {
            head = rest;
            if let Some(Some(kind)) = words.get(head) {
                return Some(Some(kind));
            }
        }
        if let Some((_, rest)) = tail.split_once(' ') {
            tail = rest;
            if let Some(Some(kind)) = words.get(tail) {
                return Some(Some(kind));
            }
        }
    }
    None
}

/// Whether a block is text of the author's: no heading, no comment, no row of headings, no placeholder.
fn says_something(page: Page<'_>, block: &Block, vocabulary: &Vocabulary) -> bool {
    match block.kind {
        BlockKind::Heading(_) | BlockKind::Html | BlockKind::Row { .. } | BlockKind::Cell { head: true } => {
            false
        }
        BlockKind::Code => true,
        BlockKind::Cell { .. } | BlockKind::Paragraph | BlockKind::Item { .. } => {
            let run = Page::run(block);
            // Long texts say something; only short ones are worth a closer look.
            match page.span(run.clone()) {
                None => false,
                Some(span) if span.len() > 60 => !page.is_blank(run),
                Some(_) => {
                    let text = page.block_text(block);
                    let value = text.rsplit(':').next().unwrap_or(&text);
                    let is_number = value.bytes().all(|b| b.is_ascii_digit());
                    // `All times in UTC.` says how to read what is still to come.
                    let is_zone = block.kind == BlockKind::Paragraph
                        && !text.bytes().any(|b| b.is_ascii_digit())
                        && zones::named_zone(&text).is_some();
                    !is_number && !is_zone && !vocabulary.is_placeholder(value.trim())
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(heading: &str) -> Option<SectionKind> {
        let vocabulary = Vocabulary::default();
        recognise(&super::super::fold::fold(heading), &vocabulary).flatten()
    }

    #[test]
    fn headings_are_known_by_many_names() {
        for (heading, expected) in [
            ("Action Items", SectionKind::ActionItems),
            ("7. Follow-up actions", SectionKind::ActionItems),
            ("📅 Timeline (times in BST)", SectionKind::Timeline),
            ("Detailed Timeline", SectionKind::Timeline),
            ("Root Cause(s) Analysis", SectionKind::RootCause),
            ("What didn’t go well?", SectionKind::WentWrong),
            ("The 5 Whys", SectionKind::FiveWhys),
            ("5 Whys", SectionKind::FiveWhys),
            ("Lessons learnt", SectionKind::LessonsLearned),
            ("Remediation and the steps that will follow", SectionKind::ActionItems),
            ("What we’re doing about it", SectionKind::ActionItems),
        ] {
            assert_eq!(kind(heading), Some(expected), "{heading}");
        }
    }

    #[test]
    fn neighbours_are_not_mistaken() {
        for heading in ["Actions taken", "Immediate actions taken", "Resolution", "Introduction", "", "🔥"]
        {
            assert_eq!(kind(heading), None, "{heading}");
        }
    }
}
