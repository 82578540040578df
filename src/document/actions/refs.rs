//! Issues, pull requests and pages that an item points to.

use crate::document::blocks::PieceKind;
use crate::document::glance;
use crate::document::plain::Page;

/// Collects the references of some blocks: link targets, bare URLs, `#123`, `ABC-123`; each once.
pub(super) fn of_blocks(page: Page<'_>, (from, to): (usize, usize), refs: &mut Vec<String>) {
    for block in &page.blocks()[from..to] {
        let mut in_link = false;
        for piece in page.pieces(Page::run(block)) {
            match piece.kind {
                PieceKind::LinkStart => {
                    in_link = true;
                    let target = page.target(piece);
                    if target.starts_with("http") {
                        add(target, refs);
                    }
                }
                PieceKind::LinkEnd => in_link = false,
                PieceKind::Text if !in_link => of_text(page.word(piece), refs),
                _ => {}
            }
        }
    }
}

/// Collects the references in a text.
fn of_text(text: &str, refs: &mut Vec<String>) {
    // Most words of most texts are neither; a byte tells.
    let has_key = || text.bytes().any(|byte| byte.is_ascii_uppercase());
    if !glance::has(text, [b'#', b':', b'-']) || !(glance::has(text, [b'#', b':']) || has_key()) {
        return;
    }
    for word in text.split(|c: char| {
        c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | '<' | '>' | '"')
    }) {
        let word = word.trim_end_matches(['.', ':', '\'', '*']);
        if word.starts_with("http://") || word.starts_with("https://") || is_number(word) || is_key(word) {
            add(word, refs);
        }
    }
}

/// More of them are a list of its own.
const MOST: usize = 100;

fn add(reference: &str, refs: &mut Vec<String>) {
    if refs.len() < MOST && !refs.iter().any(|known| known == reference) {
        refs.push(reference.to_owned());
    }
}

/// `#123`, `org/repo#123`.
fn is_number(word: &str) -> bool {
    word.split_once('#').is_some_and(|(before, number)| {
        !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
            && (before.is_empty() || before.contains('/') && !before.contains(':'))
    })
}

/// `ABC-123`, but no document's own numbers (`PM-2026-031`, `SEV-1`).
fn is_key(word: &str) -> bool {
    let Some((project, number)) = word.split_once('-') else { return false };
    (2..=10).contains(&project.len())
        && (1..=6).contains(&number.len())
        && project.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && project.as_bytes()[0].is_ascii_uppercase()
        && number.bytes().all(|b| b.is_ascii_digit())
        && !matches!(
            project,
            "SEV"
                | "PM"
                | "ADR"
                | "RFC"
                | "CVE"
                | "UTF"
                | "SHA"
                | "ISO"
                | "AES"
                | "TLS"
                | "HTTP"
                | "AI"
                | "P"
                | "UTC"
                | "GMT"
                | "COVID"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_in_running_text() {
        let mut refs = Vec::new();
        of_text(
            "see #12, (DH-259) and https://example.org/a_b. Not SEV-1, UTF-8, a#b, org/repo#7",
            &mut refs,
        );
        assert_eq!(refs, ["#12", "DH-259", "https://example.org/a_b", "org/repo#7"]);
    }
}
