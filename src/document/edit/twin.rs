//! A markdown twin of a page of HTML: the same headings, lists, tables and words, for a team to take in its place.

use crate::document::blocks::{Block, BlockKind, PieceKind};
use crate::document::parse::{Document, Source, parse};
use crate::document::plain::Page;
use crate::document::vocabulary::Vocabulary;

/// The first word or target of a link of a page that its twin does not say in its place; `None` where it says all.
#[must_use]
pub fn lost(document: &Document<'_>, twin: &str, vocabulary: &Vocabulary) -> Option<String> {
    let read = parse(&Source { name: "twin.md", bytes: twin.as_bytes() }, vocabulary);
    let mut said = words(read.page()).into_iter();
    words(document.page()).into_iter().find(|word| said.next().as_ref() != Some(word))
}

/// Every word of a document and every target of a link, in their order.
fn words(page: Page<'_>) -> Vec<String> {
    let mut all = Vec::new();
    let mut add = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        all.extend(words.map(str::to_owned));
    };
    for block in page.blocks() {
        if block.kind == BlockKind::Code {
            let source = &page.text[block.span.clone()];
            add(&if source.starts_with('<') { inside_pre(page.text, block) } else { source.to_owned() });
        }
        add(&page.block_text(block));
        for piece in page.pieces(Page::run(block)).iter().filter(|piece| piece.kind == PieceKind::LinkStart) {
            add(page.target(piece));
        }
    }
    all
}

/// The page as markdown.
#[must_use]
pub fn twin(document: &Document<'_>) -> String {
    let page = document.page();
    let mut out = String::new();
    let mut before: Option<BlockKind> = None;
    let mut columns = 0;
    for block in page.blocks() {
        let is_cell = matches!(block.kind, BlockKind::Cell { .. });
        if !is_cell {
            close_row(&mut out, before, &mut columns);
            let goes_on = matches!(
                (before, block.kind),
                (Some(BlockKind::Item { .. }), BlockKind::Item { .. })
                    | (Some(BlockKind::Cell { .. }), BlockKind::Row { head: false })
            );
            if before.is_some() {
                out.push_str(if goes_on { "\n" } else { "\n\n" });
            }
        }
        let indent = "   ".repeat(usize::from(block.depth.saturating_sub(1)));
        let text = inline(page, block, is_cell);
        if block.quoted && !is_cell && !matches!(block.kind, BlockKind::Row { .. }) {
            out.push_str("> ");
        }
        match block.kind {
            BlockKind::Heading(level) => out.push_str(&format!("{} {text}", "#".repeat(usize::from(level)))),
            BlockKind::Item { ordinal } => {
                let marker = ordinal.map_or("-".to_owned(), |number| format!("{number}."));
                let task = block.task.map_or("", |done| if done { "[x] " } else { "[ ] " });
                out.push_str(&format!("{indent}{marker} {task}{text}"));
            }
            BlockKind::Row { head } => {
                columns = usize::from(head);
                out.push('|');
            }
            BlockKind::Cell { .. } => {
                columns += usize::from(columns > 0);
                out.push_str(&format!(" {text} |"));
            }
            BlockKind::Paragraph if block.depth > 0 => out.push_str(&format!("{indent}   {text}")),
            BlockKind::Code => out.push_str(&preformatted(page.text, block)),
            BlockKind::Paragraph | BlockKind::Html => out.push_str(&text),
        }
        before = Some(block.kind);
    }
    close_row(&mut out, before, &mut columns);
    out.push('\n');
    out
}

/// The line below a heading row, once its cells are counted (one more than there are).
fn close_row(out: &mut String, before: Option<BlockKind>, columns: &mut usize) {
    if *columns > 1 && matches!(before, Some(BlockKind::Cell { .. })) {
        out.push_str(&format!("\n|{}", "---|".repeat(*columns - 1)));
        *columns = 0;
    }
}

/// The text of a block with its bold type, code and links.
fn inline(page: Page<'_>, block: &Block, is_cell: bool) -> String {
    let mut out = String::new();
    let mut target = "";
    for piece in page.pieces(Page::run(block)) {
        match piece.kind {
            PieceKind::Text => plain(page.word(piece), &mut out),
            PieceKind::Code => out
                .push_str(&format!("`{}`", page.word(piece).replace('|', if is_cell { "\\|" } else { "|" }))),
            PieceKind::Break => out.push(' '),
            PieceKind::Hard | PieceKind::Newline => out.push_str("<br>"),
            PieceKind::StrongStart | PieceKind::StrongEnd => out.push_str("**"),
            PieceKind::EmphasisStart | PieceKind::EmphasisEnd => out.push('*'),
            PieceKind::StrikeStart | PieceKind::StrikeEnd => out.push_str("~~"),
            PieceKind::LinkStart => {
                target = page.target(piece);
                out.push('[');
            }
            PieceKind::LinkEnd => out.push_str(&format!("](<{target}>)")),
            PieceKind::Html => {}
        }
    }
    let out = out.trim();
    if is_cell { out.to_owned() } else { unlisted(out) }
}

/// With the signs escaped by which a line would begin a list, a heading, a quotation or a rule.
fn unlisted(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let at = match text.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits,
        Some(b'#' | b'-' | b'+' | b'>' | b'=') if digits == 0 => 0,
        _ => return text.to_owned(),
    };
    format!("{}\\{}", &text[..at], &text[at..])
}

/// Words with every sign escaped that markdown would take for its own.
fn plain(text: &str, out: &mut String) {
    let mut before = ' ';
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        let is_inside = before.is_alphanumeric() && signs.peek().is_some_and(|next| next.is_alphanumeric());
        before = c;
        if matches!(c, '\\' | '*' | '`' | '<' | '[' | ']' | '|' | '~' | '&') || (c == '_' && !is_inside) {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
}

/// What stands in a `<pre>`, fenced.
fn preformatted(source: &str, block: &Block) -> String {
    let text = inside_pre(source, block);
    let fence = if text.contains("```") { "~~~~~~" } else { "```" };
    format!("{fence}\n{}\n{fence}", text.trim_matches(['\r', '\n']))
}

/// What stands in a `<pre>`, whose text is no piece of the block, without its tags.
fn inside_pre(source: &str, block: &Block) -> String {
    let rest = &source
        [source[block.span.start..].find('>').map_or(block.span.end, |at| block.span.start + at + 1)..];
    let end = rest.find("</pre").or_else(|| rest.find("</PRE")).unwrap_or(rest.len());
    let mut text = String::new();
    for (number, part) in rest[..end].split('<').enumerate() {
        text.push_str(if number == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) });
    }
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, sign)| text.replace(entity, sign))
}
