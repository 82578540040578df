//! A block's text as words with their places: wrapped lines joined, code and quotes marked, sentences parted.

use super::language::Tongue;
use super::people::Known;
use super::scan::{self, shape, without_possessive};
pub(super) use super::scan::{Shape, begins_with_time, fold_into};
use super::words::{Class, Forms, LEXICON, Word, class};
use crate::document::{Block, Page, PieceKind, Span};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// Begins with a digit: a time, an amount, a version.
    Number,
    /// A code span, an address, a path: a thing, whatever it says.
    Code,
    Comma,
    Colon,
    Slash,
    Dash,
    Open,
    Close,
    /// Ends a sentence.
    Stop,
    /// Ends a question.
    Question,
    Other,
}

/// A word or sign and its place in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: Kind,
    pub(super) shape: Shape,
    /// `Bob's`, `engineers'`
    pub(super) possessive: bool,
    /// `@bob`
    pub(super) handle: bool,
    /// Inside quotation marks.
    pub(super) quoted: bool,
    pub(super) forms: Forms,
    pub(super) verb: u16,
    pub(super) class: Class,
}

impl Token {
    pub(super) fn has(&self, class: Class) -> bool {
        self.class & class != 0
    }

    pub(super) fn is_form(&self, forms: Forms) -> bool {
        self.forms & forms != 0
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
}

/// Reads the text of blocks, and keeps its memory between them.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) all: Vec<Token>,
    folded: String,
    tongue: Tongue,
}

impl Tokens {
    /// Reads a block; the sentences end with a stop each.
    pub(super) fn read(&mut self, page: Page<'_>, block: &Block, known: &Known<'_>) {
        self.all.clear();
        let text = page.text;
        let mut by_line = None;
        for piece in page.pieces(Page::run(block)) {
            let (start, end) = (piece.start as usize, piece.end as usize);
            match piece.kind {
                PieceKind::Text if piece.owned == 0 => self.text(text, start..end, known),
                // An entity is a sign, never a word that matters.
                PieceKind::Text => self.sign(Kind::Other, start, end),
                PieceKind::Code => self.sign(Kind::Code, start, end),
                PieceKind::Break => {
                    let lines = *by_line.get_or_insert_with(|| self.opens_with_time());
                    let is_link = self.all.last().is_some_and(|last| {
                        last.kind == Kind::Code
                            && text[last.start as usize..last.end as usize].starts_with("http")
                    });
                    if lines || is_link || begins_with_time(&text[end..]) {
                        self.sign(Kind::Stop, start, start);
                    }
                }
                PieceKind::Hard | PieceKind::Newline => self.sign(Kind::Stop, start, start),
                _ => {}
            }
        }
        self.sign(Kind::Stop, block.span.end, block.span.end);
        self.mark_quotes(text);
    }

    /// Whether what was read is in another language than English.
    pub(super) fn is_foreign(&self) -> bool {
        self.tongue.is_foreign()
    }

    /// Whether the block is a list of times, a line each.
    fn opens_with_time(&self) -> bool {
        self.all.first().is_some_and(|first| first.kind == Kind::Number && first.end - first.start > 3)
    }

    fn sign(&mut self, kind: Kind, start: usize, end: usize) {
        self.all.push(Token {
            start: offset(start),
            end: offset(end),
            kind,
            shape: Shape::Lower,
            possessive: false,
            handle: false,
            quoted: false,
            forms: 0,
            verb: 0,
            class: 0,
        });
    }

    fn text(&mut self, text: &str, span: Span, known: &Known<'_>) {
        let bytes = &text.as_bytes()[..span.end];
        let mut at = span.start;
        while let Some(byte) = bytes.get(at) {
            if *byte == b' ' {
                at += 1;
            } else if byte.is_ascii_alphanumeric() {
                at = self.word(text, at, at, span.end, known);
            } else if *byte == b'@' && is_handle(bytes, at) {
                at = self.word(text, at, at + 1, span.end, known);
            } else {
                let Some(c) = text[at..span.end].chars().next() else { break };
                let next = at + c.len_utf8();
                if c.is_alphanumeric() {
                    at = self.word(text, at, at, span.end, known);
                    continue;
                }
                if let Some(kind) = kind_of_sign(c, &text[next..]) {
                    self.sign(kind, at, next);
                }
                at = next;
            }
        }
    }

    /// Reads a word, and says where it ends. Of a handle, `from` is behind the `@`.
    fn word(&mut self, text: &str, start: usize, from: usize, until: usize, known: &Known<'_>) -> usize {
        let scanned = scan::word(text, from, until);
        let end = scanned.end;
        let bare = &text[from..end];
        let handle = from > start;
        if !handle && bare.as_bytes()[0].is_ascii_digit() {
            self.sign(Kind::Number, start, end);
            return end;
        }
        if scanned.is_thing {
            self.sign(Kind::Code, start, end);
            return end;
        }
        let (stem, possessive) = if scanned.is_plain { (bare, false) } else { without_possessive(bare) };
        let shape = if scanned.is_plain { Shape::Lower } else { shape(stem) };
        let word = if scanned.is_plain { LEXICON.look_up(bare) } else { self.look_up(bare, stem) };
        self.tongue.hear(stem, word, shape == Shape::Lower);
        let folded = if scanned.is_plain { bare } else { self.folded.as_str() };
        let all = if handle {
            class::NAME
        } else if shape != Shape::Lower {
            word.class | known.name_class(folded, shape, word)
        } else if word.class == 0 && known.is_lower_name(folded) {
            word.class | class::NAME
        } else {
            word.class
        };
        let (forms, verb) = if handle { (0, 0) } else { (word.forms, word.verb) };
        let (kind, quoted) = (Kind::Word, false);
        let (start, end_of) = (offset(start), offset(end));
        self.all.push(Token {
            start,
            end: end_of,
            kind,
            shape,
            possessive,
            handle,
            quoted,
            forms,
            verb,
            class: all,
        });
        end
    }

    /// What is known of a word, by its folded form.
    fn look_up(&mut self, bare: &str, stem: &str) -> Word {
        fold_into(stem, &mut self.folded);
        let word = LEXICON.look_up(&self.folded);
        if word.class != 0 || bare.len() == stem.len() {
            return word;
        }
        // `Let's`, `it's`: no possessive, where the whole is a word of its own.
        fold_into(bare, &mut self.folded);
        let whole = LEXICON.look_up(&self.folded);
        if whole.class != 0 { whole } else { word }
    }

    /// Marks what stands between quotation marks, where they come in pairs.
    fn mark_quotes(&mut self, text: &str) {
        let mut open: Option<(usize, char)> = None;
        for at in 0..self.all.len() {
            let token = self.all[at];
            if token.kind != Kind::Other {
                continue;
            }
            let sign =
                text.get(token.start as usize..token.end as usize).and_then(|sign| sign.chars().next());
            let Some(sign @ ('"' | '“' | '”' | '„' | '«' | '»')) = sign else { continue };
            match open {
                Some((from, first)) if sign == first && sign != '"' => open = Some((from, first)),
                Some((from, _)) => {
                    self.all[from..at].iter_mut().for_each(|token| token.quoted = true);
                    open = None;
                }
                None => open = Some((at, sign)),
            }
        }
    }
}

/// Texts are cut far below the range of `u32`.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Whether an `@` opens a handle: a name follows, and no word stands before.
fn is_handle(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| bytes[at]);
    bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
        && !before.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
}

/// What a sign is, by what follows it; blanks are nothing.
fn kind_of_sign(c: char, rest: &str) -> Option<Kind> {
    let follows = || rest.chars().next();
    match c {
        _ if c.is_whitespace() => None,
        ',' => Some(Kind::Comma),
        ':' => Some(Kind::Colon),
        '/' => Some(Kind::Slash),
        '-' | '–' | '—' => Some(Kind::Dash),
        '(' | '[' => Some(Kind::Open),
        ')' | ']' => Some(Kind::Close),
        '?' if follows() == Some(')') => Some(Kind::Other),
        '?' => Some(Kind::Question),
        '.' | '!' | ';' | '…' | '|' if follows().is_none_or(|c| !c.is_alphanumeric()) => Some(Kind::Stop),
        _ => Some(Kind::Other),
    }
}
