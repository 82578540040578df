//! Words and what is within lines: bold type, links, times, mentions, labels.

use super::tags::Tag;
use super::{BlockKind, Page, PieceKind, Span};

/// The element of a page's title.
const TITLE: &str = "title";

impl Page<'_> {
    pub(super) fn inline_start(&mut self, tag: &Tag, span: &Span) {
        match tag.name.as_str() {
            "dt" => {
                self.builder.close();
                self.block(BlockKind::Paragraph, span.clone());
                self.builder.piece(PieceKind::StrongStart, span.clone(), 0);
            }
            "img" => self.image(tag, span),
            "strong" | "b" => self.mark(PieceKind::StrongStart, span),
            "em" | "i" => self.mark(PieceKind::EmphasisStart, span),
            "del" | "s" | "strike" => self.mark(PieceKind::StrikeStart, span),
            "time" => {
                let day = tag.get("datetime").map(|day| day.get(..10).unwrap_or(day));
                // The day in a task is the day that it is due.
                let sign = if self.is_task() { "📅 " } else { "" };
                self.replaced = day.map(|day| format!("{sign}{day}"));
                if let Some(day) = self.replaced.clone() {
                    self.replacement(&day, "", span.clone());
                }
            }
            "ac:task-status" => self.replaced = Some(String::new()),
            _ if tag.mention().is_some() => self.mention(tag, span),
            "a" => {
                let target = tag.get("href").unwrap_or("").to_owned();
                self.blank(span);
                let owned = self.builder.own(&target);
                self.builder.piece(PieceKind::LinkStart, span.clone(), owned);
            }
            // In a cell the label is all there is; elsewhere it stands in brackets, as people write it.
            "span" if tag.is_status() && !self.is_cell() => {
                self.blank = true;
                self.written("(", span.clone());
                self.label.push(")");
            }
            // Confluence puts the name of the space before the title: `SRE : API outage`.
            "span" if tag.get("id") == Some("title-text") => {
                self.replaced = Some(TITLE.to_owned());
                self.label.push(TITLE);
            }
            "span" => self.label.push(""),
            _ => {}
        }
    }

    pub(super) fn inline_end(&mut self, name: &str, span: &Span) {
        let after = span.end..span.end;
        match name {
            "dt" => {
                self.builder.piece(PieceKind::StrongEnd, after.clone(), 0);
                self.written(": ", after);
            }
            "dd" => self.builder.close(),
            "strong" | "b" => self.builder.piece(PieceKind::StrongEnd, after, 0),
            "em" | "i" => self.builder.piece(PieceKind::EmphasisEnd, after, 0),
            "del" | "s" | "strike" => self.builder.piece(PieceKind::StrikeEnd, after, 0),
            "time" | "ac:task-status" => self.replaced = None,
            "a" => {
                self.replaced = None;
                self.builder.piece(PieceKind::LinkEnd, after, 0);
            }
            "span" => match self.label.pop() {
                Some(TITLE) => self.replaced = None,
                None | Some("") => {}
                Some(close) => {
                    self.blank = false;
                    self.written(close, after);
                }
            },
            _ => {}
        }
    }

    fn is_task(&self) -> bool {
        self.builder.open.is_some_and(|open| self.builder.out.blocks[open].task.is_some())
    }

    fn is_cell(&self) -> bool {
        let open = self.builder.open.map(|open| self.builder.out.blocks[open].kind);
        matches!(open, Some(BlockKind::Cell { .. }))
    }

    /// Somebody who is mentioned: by name in a cell, by handle in a sentence, where it tells a person from words.
    fn mention(&mut self, tag: &Tag, span: &Span) {
        let handle = tag.mention().unwrap_or("");
        if self.is_cell() {
            return;
        }
        self.blank(span);
        if handle.is_empty() {
            // The name that follows becomes one word.
            self.replaced = Some("@".to_owned());
        } else {
            self.written(&format!("@{handle}"), span.clone());
            self.replaced = Some(String::new());
        }
    }

    /// A picture is a link to it under the words that stand for it; a sign of feeling is a sign.
    fn image(&mut self, tag: &Tag, span: &Span) {
        let alt = tag.get("alt").unwrap_or("").trim().to_owned();
        if tag.has_class("emoticon") || tag.has_class("emoji") {
            let sign = tag.get("data-emoji-fallback").filter(|sign| !sign.is_empty()).unwrap_or(&alt);
            let sign = match sign {
                "(tick)" => "✅",
                "(error)" | "(cross)" | "(x)" => "❌",
                sign => sign,
            };
            return self.written(sign, span.clone());
        }
        let target = tag.get("src").unwrap_or("").to_owned();
        if alt.is_empty() || target.is_empty() || target.starts_with("data:") {
            if !alt.is_empty() {
                self.written(&alt, span.clone());
            }
            return;
        }
        self.blank(span);
        let owned = self.builder.own(&target);
        self.builder.piece(PieceKind::LinkStart, span.clone(), owned);
        self.written(&alt, span.clone());
        self.builder.piece(PieceKind::LinkEnd, span.end..span.end, 0);
    }

    fn mark(&mut self, kind: PieceKind, span: &Span) {
        self.blank(span);
        self.builder.piece(kind, span.clone(), 0);
    }

    /// The blank between two words, where one is due.
    fn blank(&mut self, span: &Span) {
        if std::mem::take(&mut self.blank) && self.builder.open.is_some() {
            let owned = self.builder.own(" ");
            self.builder.piece(PieceKind::Text, span.start..span.start, owned);
        }
    }

    /// Text that is not the source's own.
    fn written(&mut self, text: &str, span: Span) {
        self.blank(&span);
        let owned = self.builder.own(text);
        self.builder.piece(PieceKind::Text, span, owned);
    }

    /// Words of the page: runs of blanks are one blank, and none at the ends of lines.
    pub(super) fn words(&mut self, text: &str, span: Span) {
        if self.skipped.is_some() || self.builder.mute || self.preformatted {
            return;
        }
        if let Some(other) = self.replaced.clone() {
            self.replacement(&other, text, span);
            return;
        }
        // Between rows and lists stand blanks that are nobody's.
        let open = self.builder.open.map(|open| self.builder.out.blocks[open].kind);
        if text.trim().is_empty() && matches!(open, None | Some(BlockKind::Row { .. })) {
            return;
        }
        let is_source = self.text.get(span.clone()) == Some(text);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let words = line.trim();
            let lead = line.len() - line.trim_start().len();
            if lead > 0 {
                self.blank |= self.has_words();
            }
            if words.is_empty() {
                continue;
            }
            if is_source {
                let from = span.start + start + lead;
                self.blank(&(from..from));
                self.builder.piece(PieceKind::Text, from..from + words.len(), 0);
            } else {
                self.written(words, span.clone());
            }
            self.blank = lead + words.len() < line.len();
        }
    }

    /// Whether the open block has said something on its line.
    fn has_words(&self) -> bool {
        self.builder.open.is_some_and(|open| {
            let first = self.builder.out.blocks[open].pieces.0 as usize;
            let last = self.builder.out.pieces.get(first..).and_then(<[_]>::last);
            last.is_some_and(|piece| !matches!(piece.kind, PieceKind::Hard | PieceKind::Newline))
        })
    }

    /// What stands for the words of an element: the day of a time, a handle, the state of a task.
    fn replacement(&mut self, other: &str, text: &str, span: Span) {
        match other {
            "" => {
                if let (Some(open), "complete" | "incomplete") = (self.builder.open, text.trim()) {
                    self.builder.out.blocks[open].task = Some(text.trim() == "complete");
                }
            }
            "@" => {
                let name: Vec<&str> = text.trim().trim_start_matches('@').split_whitespace().collect();
                self.written(&format!("@{}", name.join(".")), span);
                self.replaced = Some(String::new());
            }
            TITLE => {
                let title = text.split_once(" : ").map_or(text, |(_, title)| title);
                let words: Vec<&str> = title.split_whitespace().collect();
                if !words.is_empty() {
                    self.written(&words.join(" "), span);
                }
            }
            day => {
                self.written(day, span);
                self.replaced = Some(String::new());
            }
        }
    }
}
