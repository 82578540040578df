//! Paragraphs that the name of a section leads, with text on the same line or the next: `Summary: It broke.`

use memchr::memchr2;

use super::blocks::{Block, BlockKind, Blocks, Piece, PieceKind};
use super::plain::Page;
use super::vocabulary::Vocabulary;

/// A longer label is a sentence.
const LONGEST: usize = 40;

/// Makes the label and the text behind it blocks of their own, so that a label is one wherever its text stands.
pub(crate) fn part(text: &str, layout: &mut Blocks, vocabulary: &Vocabulary) {
    let page = Page { text, layout };
    let at = |block: &Block| lead(page, block, vocabulary);
    let found: Vec<(usize, Lead)> =
        layout.blocks.iter().enumerate().filter_map(|(number, block)| Some((number, at(block)?))).collect();
    // From the last to the first, so that the places of those before stay.
    let mut behind = Vec::new();
    for (number, lead) in found.into_iter().rev() {
        behind.push(split(layout, number, &lead));
    }
    if behind.is_empty() {
        return;
    }
    let mut blocks = Vec::with_capacity(layout.blocks.len() + behind.len());
    for (number, block) in std::mem::take(&mut layout.blocks).into_iter().enumerate() {
        blocks.push(block);
        if behind.last().is_some_and(|(at, _)| *at == number) {
            blocks.extend(behind.pop().map(|(_, block)| block));
        }
    }
    layout.blocks = blocks;
}

/// Where a label ends: the piece, and the bytes of it that are the label's.
struct Lead {
    piece: usize,
    bytes: usize,
}

/// The label that a paragraph opens with, if text follows it.
fn lead(page: Page<'_>, block: &Block, vocabulary: &Vocabulary) -> Option<Lead> {
    if block.kind != BlockKind::Paragraph || block.depth != 0 || block.quoted {
        return None;
    }
    let run = Page::run(block);
    let pieces = page.pieces(run.clone());
    let says = |from: usize| {
        pieces[from..].iter().any(|piece| !page.word(piece).trim_matches([':', '：', ' ']).is_empty())
    };
    let is_section = |name: &str| vocabulary.section(name).is_some();
    let first = pieces.first()?;
    if first.kind == PieceKind::StrongStart {
        let (inner, rest) = page.leading_strong(run.clone())?;
        let end = rest.start - run.start;
        let next = pieces.get(end)?;
        let label = page.plain(inner);
        let colon = page.word(next).len() - page.word(next).trim_start_matches([':', '：']).len();
        let is_label = label.ends_with([':', '：']) || colon > 0 || is_break(next);
        let named = label.len() <= LONGEST && is_label && is_section(&label) && next.owned == 0;
        return (named && says(end)).then_some(Lead { piece: end, bytes: colon });
    }
    let word = page.word(first);
    // Most paragraphs are prose without a colon near their beginning, ASCII's or the wide one: bytes tell.
    memchr2(b':', 0xef, &word.as_bytes()[..word.len().min(LONGEST + 1)])?;
    let mut signs = word.char_indices().take_while(|(at, _)| *at <= LONGEST);
    let (colon, _) = signs.find(|(_, sign)| matches!(sign, ':' | '：'))?;
    let bytes = colon + word[colon..].chars().next().map_or(1, char::len_utf8);
    let follows = !word[bytes..].trim().is_empty() || says(1);
    // `Impact:x` may be a name; a blank or a line stands behind a label.
    let is_apart = word[bytes..].is_empty() || word[bytes..].starts_with([' ', '\u{a0}']);
    let named = first.kind == PieceKind::Text && first.owned == 0 && is_apart && is_section(&word[..colon]);
    (named && follows).then_some(Lead { piece: 0, bytes })
}

fn is_break(piece: &Piece) -> bool {
    matches!(piece.kind, PieceKind::Break | PieceKind::Hard)
}

/// Ends a block behind its label; returns the block of the text behind it, with the number of the label's.
fn split(layout: &mut Blocks, number: usize, lead: &Lead) -> (usize, Block) {
    let block = layout.blocks[number].clone();
    let run = Page::run(&block);
    let cut = run.start + lead.piece;
    let piece = layout.pieces[cut];
    let end = piece.start as usize + lead.bytes;
    // Pieces of both are written anew behind all others.
    let label = range(layout, |pieces| {
        pieces.extend_from_within(run.start..cut);
        pieces.extend((lead.bytes > 0).then(|| Piece { end: offset(end), ..piece }));
    });
    let rest = range(layout, |pieces| {
        let kept = Piece { start: offset(end), ..piece };
        let is_spent = kept.start >= kept.end || is_break(&piece);
        pieces.extend((!is_spent).then_some(kept));
        let next = (cut + 1..run.end).find(|at| !is_spent || !is_break(&pieces[*at]));
        pieces.extend_from_within(next.unwrap_or(run.end)..run.end);
    });
    let from = layout.pieces.get(rest.0 as usize).map_or(end, |first| first.start as usize);
    let behind = Block { span: from..block.span.end.max(from), pieces: rest, ..block };
    let head = &mut layout.blocks[number];
    (head.pieces, head.span.end) = (label, end);
    (number, behind)
}

fn range(layout: &mut Blocks, add: impl FnOnce(&mut Vec<Piece>)) -> (u32, u32) {
    let from = offset(layout.pieces.len());
    add(&mut layout.pieces);
    (from, offset(layout.pieces.len()))
}

/// Texts are cut far below the range of `u32`.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use crate::document::{Source, Vocabulary, parse};
    use crate::model::SectionKind;

    fn sections(text: &str) -> Vec<(SectionKind, String)> {
        let vocabulary = Vocabulary::default();
        let document = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &vocabulary);
        let said = |section: &crate::document::Section| {
            let body = document.text()[section.body.clone()].trim_start_matches([':', '*', ' ']);
            Some((section.kind?, body.trim().to_owned()))
        };
        document.sections().iter().filter_map(said).collect()
    }

    #[test]
    fn a_label_and_its_text_may_share_a_paragraph() {
        use SectionKind::{Impact, Summary, Timeline};
        let said = |kind, text: &str| (kind, text.to_owned());
        for text in [
            "# T\n\nSummary: It broke.\n\nImpact: All users.\n",
            "# T\n\n**Summary:** It broke.\n\n**Impact:** All users.\n",
            "# T\n\n**Summary**: It broke.\n\n**Impact**: All users.\n",
            "# T\n\n**Summary**\nIt broke.\n\n**Impact**\nAll users.\n",
            "Summary:\nIt broke.\n\nImpact:\nAll users.\n",
        ] {
            assert_eq!(sections(text), [said(Summary, "It broke."), said(Impact, "All users.")], "{text}");
        }
        assert_eq!(sections("Timeline:\n10:00 a\n10:05 b\n"), [said(Timeline, "10:00 a\n10:05 b")]);
    }

    #[test]
    fn a_sentence_and_a_label_below_a_section_lead_nothing() {
        for text in [
            "Impact was high: all users.\n",
            "Note: It broke.\n",
            "- Impact: all\n",
            "> Impact: all\n",
            "Impact:all\n",
        ] {
            assert_eq!(sections(text), [], "{text}");
        }
        assert_eq!(sections("## Summary\n\nImpact: all.\n").len(), 1);
    }
}
