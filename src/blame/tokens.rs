//! A block's text as words with their places: wrapped lines joined, code and quotes marked, sentences parted.

use super::people::Known;
use super::words::{Class, Forms, LEXICON, class};
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

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Lower,
    Capital,
    Upper,
    /// `camelCase`, `coinhall.org`, `snake_case`, `v2`.
    Mixed,
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
    /// How many words there were, and how many of them are the small words of English.
    pub(super) words: u32,
    pub(super) english: u32,
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
                        last.kind == Kind::Code && text[last.start as usize..last.end as usize].starts_with("http")
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
        let mut at = span.start;
        while let Some(c) = text[at..span.end].chars().next() {
            let next = at + c.len_utf8();
            let before = text[..at].chars().next_back();
            let is_handle = c == '@'
                && text[next..span.end].starts_with(|c: char| c.is_ascii_alphanumeric())
                && !before.is_some_and(char::is_alphanumeric);
            if c.is_alphanumeric() || is_handle {
                let end = word_end(&text[..span.end], next);
                self.word(text, at..end, known);
                at = end;
                continue;
            }
            let follows = text[next..].chars().next();
            let kind = match c {
                _ if c.is_whitespace() => None,
                ',' => Some(Kind::Comma),
                ':' => Some(Kind::Colon),
                '/' => Some(Kind::Slash),
                '-' | '–' | '—' => Some(Kind::Dash),
                '(' | '[' => Some(Kind::Open),
                ')' | ']' => Some(Kind::Close),
                '?' if follows == Some(')') => Some(Kind::Other),
                '?' => Some(Kind::Question),
                '.' | '!' | ';' | '…' | '|' if follows.is_none_or(|c| !c.is_alphanumeric()) => Some(Kind::Stop),
                _ => Some(Kind::Other),
            };
            if let Some(kind) = kind {
                self.sign(kind, at, next);
            }
            at = next;
        }
    }

    fn word(&mut self, text: &str, span: Span, known: &Known<'_>) {
        let written = &text[span.clone()];
        let handle = written.starts_with('@');
        let bare = written.trim_start_matches('@');
        if bare.starts_with(|c: char| c.is_ascii_digit()) && !handle {
            return self.sign(Kind::Number, span.start, span.end);
        }
        let is_thing = written.contains("://") || written.contains(['=', '\\']);
        if is_thing || (!handle && (written.contains('@') || written.contains('/'))) {
            return self.sign(Kind::Code, span.start, span.end);
        }
        let (stem, possessive) = without_possessive(bare);
        let shape = shape(stem);
        fold_into(stem, &mut self.folded);
        let mut word = LEXICON.look_up(&self.folded);
        if word.class == 0 && bare.len() != stem.len() {
            // `Let's`, `it's`: no possessive, where the whole is a word of its own.
            fold_into(bare, &mut self.folded);
            let whole = LEXICON.look_up(&self.folded);
            if whole.class != 0 {
                word = whole;
            }
        }
        self.words += 1;
        self.english += u32::from(word.class & class::ENGLISH != 0);
        let mut all = word.class;
        if handle {
            all = class::NAME;
        } else if shape != Shape::Lower {
            all |= known.name_class(&self.folded, shape, word);
        } else if known.is_lower_name(&self.folded) {
            all |= class::NAME;
        }
        self.all.push(Token {
            start: offset(span.start),
            end: offset(span.end),
            kind: Kind::Word,
            shape,
            possessive,
            handle,
            quoted: false,
            forms: if handle { 0 } else { word.forms },
            verb: if handle { 0 } else { word.verb },
            class: all,
        });
    }

    /// Marks what stands between quotation marks, where they come in pairs.
    fn mark_quotes(&mut self, text: &str) {
        let mut open: Option<(usize, char)> = None;
        for at in 0..self.all.len() {
            let token = self.all[at];
            if token.kind != Kind::Other {
                continue;
            }
            let sign = text.get(token.start as usize..token.end as usize).and_then(|sign| sign.chars().next());
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

/// Where a word ends that goes on from `at`: letters, digits and what joins them without a blank.
fn word_end(text: &str, mut at: usize) -> usize {
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        let follows = text[next..].chars().next();
        let joins = |c: char| matches!(c, '\'' | '’' | '-' | '.' | '_' | '@' | '=' | '\\' | '+' | '~' | '#' | '&' | '%');
        if text[at..].starts_with("://") {
            let length = text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
            return at + length;
        }
        let is_time = c == ':'
            && text[..at].ends_with(|c: char| c.is_ascii_digit())
            && follows.is_some_and(|c| c.is_ascii_digit());
        let is_path = c == '/' && is_path(&text[at..]);
        if c.is_alphanumeric() || c == '_' || is_time || is_path {
            at = next;
        } else if joins(c) && follows.is_some_and(char::is_alphanumeric) {
            at = next;
        } else {
            break;
        }
    }
    at
}

/// `src/lib.rs` and `a/b/c` are paths; `AC/RK` and `and/or` are two words.
fn is_path(rest: &str) -> bool {
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ')' | ';')).unwrap_or(rest.len());
    let rest = &rest[1..end];
    rest.starts_with(char::is_alphanumeric) && rest.trim_end_matches(['.', ':']).contains(['/', '.', '_', '-', '='])
}

/// `14:05`, `13.41`, `2026-03-08`, `[14:05]`
pub(super) fn begins_with_time(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '[', '(', '*', '-', '\t', '>']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.as_bytes().get(digits..).unwrap_or_default();
    matches!(digits, 1 | 2 | 4)
        && rest.first().is_some_and(|sign| matches!(sign, b':' | b'.' | b'-' | b'/'))
        && rest.get(1).is_some_and(u8::is_ascii_digit)
        && rest.get(2).is_some_and(u8::is_ascii_digit)
}

fn without_possessive(word: &str) -> (&str, bool) {
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return (stem, true);
        }
    }
    (word, false)
}

fn shape(word: &str) -> Shape {
    let mut chars = word.chars();
    let is_first_upper = chars.next().is_some_and(char::is_uppercase);
    let (mut upper, mut lower, mut other) = (0, 0, 0);
    for c in chars {
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_alphabetic() {
            lower += 1;
        } else if !matches!(c, '\'' | '’' | '-') {
            other += 1;
        }
    }
    match (is_first_upper, upper, lower) {
        _ if other > 0 => Shape::Mixed,
        (true, 0, 1..) => Shape::Capital,
        (true, _, 0) => Shape::Upper,
        (false, 0, _) => Shape::Lower,
        // `McDonald`, `Jean-Luc`
        (true, 1, 2..) if word.contains('-') || word.starts_with("Mc") => Shape::Capital,
        _ => Shape::Mixed,
    }
}

/// Names are listed without accents.
fn without_accent(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

/// The form in which words are looked up: lower case, without apostrophes and hyphens.
pub(super) fn fold_into(word: &str, out: &mut String) {
    out.clear();
    for c in word.chars() {
        match c {
            '\'' | '’' | '-' => {}
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ => out.extend(c.to_lowercase().map(without_accent)),
        }
    }
}
