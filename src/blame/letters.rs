//! Letters that a document holds without a mark of quotation: from a salutation to who signs.

use crate::document::{Block, BlockKind, Document, Span};

/// How a letter opens, in lower case.
const SALUTATIONS: [&str; 11] = [
    "dear ",
    "hi ",
    "hello ",
    "hey ",
    "good morning",
    "good afternoon",
    "good evening",
    "to our customers",
    "to all customers",
    "greetings",
    "to whom it may concern",
];

/// How a letter ends, in lower case.
const GREETINGS: [&str; 19] = [
    "best regards",
    "kind regards",
    "regards",
    "warm regards",
    "with regards",
    "sincerely",
    "yours sincerely",
    "yours truly",
    "yours faithfully",
    "yours,",
    "best,",
    "best wishes",
    "thanks,",
    "thank you,",
    "many thanks",
    "cheers",
    "with apologies",
    "respectfully",
    "all the best",
];

/// So many blocks a letter may have.
const LONGEST: usize = 40;

/// A line that opens or ends a letter is short.
const LINE: usize = 60;

/// The places of letters, in the document's order: a salutation without an end is one alone.
pub(super) fn letters(document: &Document<'_>) -> Vec<Span> {
    let blocks = document.page().blocks();
    let line = |block: &Block| {
        let first = document.text()[block.span.clone()].lines().next().unwrap_or_default().trim();
        (first.len() <= LINE).then(|| first.trim_matches(['*', '_', ' ']).to_lowercase())
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let block = &blocks[at];
        at += 1;
        let opens = block.kind == BlockKind::Paragraph
            && line(block).is_some_and(|line| {
                line.ends_with([',', ':', '!']) && SALUTATIONS.iter().any(|words| line.starts_with(words))
            });
        if !opens {
            continue;
        }
        // The next heading ends what a letter may be.
        let until = blocks[at..]
            .iter()
            .take(LONGEST)
            .take_while(|one| matches!(one.kind, BlockKind::Paragraph | BlockKind::Item { .. }));
        let signs = |block: &Block| {
            let ends = |line: &str| {
                let line = line.trim().trim_matches(['*', '_']).to_lowercase();
                line.len() <= LINE
                    && GREETINGS.iter().any(|words| line.starts_with(words) && line.len() <= words.len() + 12)
            };
            block.kind == BlockKind::Paragraph && document.text()[block.span.clone()].lines().any(ends)
        };
        let last = until.enumerate().filter(|(_, one)| signs(one)).map(|(count, _)| at + count).next();
        let last = last.unwrap_or(at - 1);
        found.push(block.span.start..blocks[last].span.end);
        at = last + 1;
    }
    found
}
