//! Exported pages: HTML as the same blocks and pieces that markdown is read as, with the places of both in the source.

mod inline;
mod table;
mod tags;
#[cfg(test)]
mod tests;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use super::Span;
use super::blocks::{BlockKind, Blocks, Builder, PieceKind};
use tags::Tag;

/// Whether a document is a page of HTML: by its name, or by what it opens with.
pub(crate) fn is_html(name: &str, text: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if ["html", "htm", "xhtml"].iter().any(|known| extension.eq_ignore_ascii_case(known)) {
        return true;
    }
    let head = text.trim_start_matches('\u{feff}').trim_start();
    let opens = |mark: &str| head.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
    opens("<!doctype html") || opens("<html")
}

/// Reads the blocks of a page.
pub(crate) fn read(text: &str, base: usize) -> Blocks {
    let source = &text[base..];
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut page = Page {
        text,
        builder: Builder::new(source.len()),
        skipped: None,
        tables: Vec::new(),
        spilt: 0,
        preformatted: false,
        blank: false,
        label: Vec::new(),
        replaced: None,
    };
    for Ok(token) in Tokenizer::new_with_emitter(source, emitter) {
        match token {
            Token::StartTag(tag) => {
                let span = tag.span.start + base..tag.span.end + base;
                let self_closing = tag.self_closing;
                let tag = Tag::new(&tag);
                page.start(&tag, span.clone());
                if self_closing {
                    page.end(&tag.name, &span);
                }
            }
            Token::EndTag(tag) => {
                let span = tag.span.start + base..tag.span.end + base;
                page.end(&String::from_utf8_lossy(&tag.name), &span);
            }
            Token::String(words) => {
                let span = words.span.start + base..words.span.end + base;
                page.words(&String::from_utf8_lossy(&words.value), span);
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    page.builder.close();
    page.builder.out
}

struct Page<'t> {
    text: &'t str,
    builder: Builder,
    /// An element whose content is no text of the document, and how deep it stands in itself.
    skipped: Option<(String, u32)>,
    /// The tables that are open, the innermost last.
    tables: Vec<table::Open>,
    /// How many cells others reach into: no more than the page has bytes.
    spilt: usize,
    preformatted: bool,
    /// A blank is due before the next word.
    blank: bool,
    /// What closes the open labels, element by element: a bracket around a status, nothing.
    label: Vec<&'static str>,
    /// Inside an element whose text another text stands for: a time, a mention.
    replaced: Option<String>,
}

impl Page<'_> {
    fn start(&mut self, tag: &Tag, span: Span) {
        if let Some((name, depth)) = &mut self.skipped {
            *depth += u32::from(*name == tag.name);
            return;
        }
        if tag.is_no_text() {
            if !tag.is_void() {
                self.skipped = Some((tag.name.clone(), 1));
            }
            return;
        }
        let in_cell = self.in_cell();
        match tag.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !in_cell => {
                let level = tag.name.as_bytes()[1] - b'0';
                self.block(BlockKind::Heading(level), span);
            }
            "li" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if in_cell => self.parted(&span),
            "ul" | "ol" | "ac:task-list" => {
                self.builder.close();
                let is_counted = tag.name == "ol" && !tag.has_class("task");
                let first = tag.get("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.builder.lists.push(is_counted.then_some(first));
            }
            "li" | "ac:task" if !in_cell => {
                self.builder.item(span);
                self.blank = false;
                self.task(tag.checked());
            }
            "input" => self.task(tag.checked()),
            "table" => self.table(tag, &span),
            "tr" => self.row(span),
            "td" | "th" => self.cell(tag, &span),
            "pre" if in_cell => self.parted(&span),
            "pre" => {
                self.block(BlockKind::Code, span);
                self.preformatted = true;
                self.builder.mute = true;
            }
            "blockquote" => {
                self.parted(&span);
                self.builder.quotes += 1;
            }
            "br" => self.line(&span),
            _ if tag.is_block() => self.parted(&span),
            _ => self.inline_start(tag, &span),
        }
    }

    fn end(&mut self, name: &str, span: &Span) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth -= u32::from(skipped == name);
            if *depth == 0 {
                self.skipped = None;
            }
            return;
        }
        match name {
            "li" | "ul" | "ol" if self.in_cell() => {}
            "ul" | "ol" | "ac:task-list" => {
                self.builder.lists.pop();
                self.builder.close();
            }
            "li" | "ac:task" => self.ended(span),
            "table" => self.table_ended(),
            "td" | "th" => self.cell_ended(span),
            "tr" => self.row_ended(span),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !self.in_cell() => self.ended(span),
            "pre" if self.in_cell() => {}
            "pre" => {
                self.preformatted = false;
                self.builder.mute = false;
                self.builder.close();
            }
            "blockquote" => {
                self.builder.quotes = self.builder.quotes.saturating_sub(1);
                self.builder.close();
            }
            _ if tags::is_block(name) => self.parted(span),
            _ => self.inline_end(name, span),
        }
    }

    fn block(&mut self, kind: BlockKind, span: Span) {
        self.builder.block(kind, span);
        self.blank = false;
    }

    fn task(&mut self, checked: Option<bool>) {
        if let (Some(checked), Some(open)) = (checked, self.builder.open) {
            self.builder.out.blocks[open].task = Some(checked);
        }
    }

    /// A block of its own begins or ends: in a cell, and in an item that has said nothing yet, only a line does.
    fn parted(&mut self, span: &Span) {
        let Some(open) = self.builder.open else { return };
        let block = &self.builder.out.blocks[open];
        let is_fresh = block.pieces.0 as usize == self.builder.out.pieces.len();
        match block.kind {
            _ if is_fresh => {}
            BlockKind::Cell { .. } => self.line(span),
            BlockKind::Row { .. } | BlockKind::Code => {}
            _ => {
                self.builder.close();
                self.blank = false;
            }
        }
    }

    /// A line break that shows.
    fn line(&mut self, span: &Span) {
        let Some(open) = self.builder.open else { return };
        let in_cell = matches!(self.builder.out.blocks[open].kind, BlockKind::Cell { .. });
        self.builder.piece(if in_cell { PieceKind::Newline } else { PieceKind::Hard }, span.clone(), 0);
        self.blank = false;
    }

    /// The last open block of a kind that has an end of its own reaches to that end.
    fn ended(&mut self, span: &Span) {
        self.builder.close();
        let ends = |kind: BlockKind| {
            matches!(kind, BlockKind::Item { .. } | BlockKind::Heading(_) | BlockKind::Row { .. })
        };
        let depth = u16::try_from(self.builder.lists.len()).unwrap_or(u16::MAX);
        let blocks = &mut self.builder.out.blocks;
        if let Some(block) = blocks.iter_mut().rev().find(|block| ends(block.kind) && block.depth <= depth) {
            block.span.end = block.span.end.max(span.end);
        }
    }
}
