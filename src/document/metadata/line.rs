//! Lines of metadata: `**Label**: value`, `Label: value`, several of them on a line, and lines that name an author.

use memchr::memchr2;

use super::{FieldKind, Form, Reader};
use crate::document::blocks::{Piece, PieceKind, trimmed};
use crate::document::durations;
use crate::document::glance;
use crate::document::plain::{Page, Run};
use crate::document::{Span, Spanned};

/// What stands between two fields of a line.
const BETWEEN: [char; 6] = ['|', '·', '•', ';', ',', '/'];

impl Reader<'_> {
    /// The fields of a line. Labels that are not bold count at the head of a document alone.
    pub(super) fn line(&mut self, mut line: Run, head: bool) {
        // A picture before a label is none of it.
        let is_sign = |piece: &Piece, word: &str| {
            piece.kind == PieceKind::Text
                && !word.is_empty()
                && !word.chars().any(|c| c.is_alphanumeric() || c == ':')
        };
        while let Some(first) = self.page.pieces(line.clone()).first()
            && line.len() > 1
            && is_sign(first, self.page.word(first))
        {
            line.start += 1;
        }
        if self.page.leading_strong(line.clone()).is_some() {
            // `*Date: 2026-03-08*`: label and value in one type.
            let inner =
                self.page.leading_strong(line.clone()).filter(|(_, rest)| self.page.is_blank(rest.clone()));
            let is_said = self.bold(&line, head)
                || (head && (inner.is_some_and(|(inner, _)| self.plain(&inner)) || self.byline(&line)));
            if let Some((_, rest)) = self.page.leading_strong(line.clone()).filter(|_| !is_said) {
                self.lasted(rest, &line);
            }
            return;
        }
        let is_said = if head { self.plain(&line) || self.byline(&line) } else { self.plain_duration(&line) };
        if !is_said {
            self.lasted(line.clone(), &line);
        }
    }

    /// Every bold label of a line that opens with one; a value ends where the next label begins.
    fn bold(&mut self, line: &Run, head: bool) -> bool {
        let mut found: Vec<(FieldKind, Run, usize)> = Vec::new();
        let mut from = line.start;
        while from < line.end {
            let Some((label, rest)) = self.page.leading_strong(from..line.end) else { break };
            if let Some(kind) = self.label(label.clone())
                && self.has_sign(&label, &rest, head)
            {
                found.push((kind, rest.clone(), label.start - 1));
            } else if found.is_empty() {
                return false;
            }
            let pieces = self.page.pieces(rest.clone());
            let opens =
                |piece: &Piece| matches!(piece.kind, PieceKind::StrongStart | PieceKind::EmphasisStart);
            let next = pieces.iter().position(opens);
            from = next.map_or(line.end, |next| rest.start + next);
        }
        let Some(whole) = self.page.span(line.clone()) else { return false };
        for at in 0..found.len() {
            let (kind, rest, _) = found[at].clone();
            let end = found.get(at + 1).map_or(line.end, |next| next.2);
            self.push(kind, Form::Bold, rest.start..end, &whole, at + 1 < found.len());
        }
        !found.is_empty()
    }

    /// Whether a colon parts a label from its value, on either side of the bold type's end; at the head of a
    /// document a dash does too.
    fn has_sign(&self, label: &Run, rest: &Run, head: bool) -> bool {
        // The first word behind tells: the rest of a line is not looked at once for each of its labels.
        let mut behind = String::new();
        for at in rest.clone() {
            self.page.write(at..at + 1, &mut behind);
            if !behind.trim_start().is_empty() {
                break;
            }
        }
        let behind = behind.trim_start();
        self.page.plain(label.clone()).ends_with([':', '：'])
            || behind.starts_with([':', '：'])
            || ((head || self.listed) && behind.starts_with(['-', '–', '—']))
    }

    /// `Date: 2026-03-08 | Severity: SEV-2`: fields without bold type, in the first piece of a line.
    fn plain(&mut self, line: &Run) -> bool {
        let Some(first) = self.page.pieces(line.clone()).first() else { return false };
        if first.owned != 0 {
            return false;
        }
        let word = self.page.word(first);
        if !glance::may_have(word, [b':']) {
            return false;
        }
        let mut found: Vec<(FieldKind, usize, usize)> = Vec::new();
        // `:Date: 2026-03-08`
        let mut start = usize::from(word.starts_with(':'));
        while let Some(colon) = word[start..].find([':', '：']).map(|colon| start + colon) {
            let label = word[start..colon]
                .rfind(['|', '·', '•', ';'])
                .map_or(start, |at| start + at + word[start + at..].chars().next().map_or(1, char::len_utf8));
            let after = colon + word[colon..].chars().next().map_or(1, char::len_utf8);
            match self.vocabulary.labels.look_up(&word[label..colon]).filter(|_| colon - label < 40) {
                Some(kind) => found.push((kind, label, after)),
                None if found.is_empty() => return false,
                None => {}
            }
            start = after;
        }
        let Some(whole) = self.page.span(line.clone()) else { return false };
        let base = first.start as usize;
        for at in 0..found.len() {
            let (kind, _, value) = found[at];
            let (text, span) = match found.get(at + 1) {
                Some((_, next, _)) => {
                    let span = self.without_joints(base + value..base + next);
                    (self.page.text[span.clone()].to_owned(), span)
                }
                None => {
                    let mut text = String::new();
                    self.page.write(line.clone(), &mut text);
                    let behind =
                        text.get(value..).unwrap_or("").trim_start_matches([':', ' ']).trim().to_owned();
                    (behind, trimmed(self.page.text, base + value..whole.end.max(base + value)))
                }
            };
            self.add(kind, Form::Plain, Spanned { value: text, span }, whole.clone());
        }
        !found.is_empty()
    }

    /// `Duration: about 50 minutes` below a section: a label that states what it says, wherever it stands.
    fn plain_duration(&mut self, line: &Run) -> bool {
        let Some(first) = self.page.pieces(line.clone()).first() else { return false };
        let word = self.page.word(first);
        let Some(colon) = colon_near(word) else { return false };
        if self.vocabulary.labels.look_up(&word[..colon]) != Some(FieldKind::Duration) {
            return false;
        }
        let text = self.page.plain(line.clone());
        let value = text.split_once([':', '：']).map_or("", |(_, value)| value.trim());
        let states = durations::in_words(value, self.vocabulary).is_some();
        states && self.plain(line)
    }

    /// A span without the signs that part it from the next field.
    fn without_joints(&self, span: Span) -> Span {
        let text = &self.page.text[span.clone()];
        let kept = text.trim_end().trim_end_matches(BETWEEN).len();
        trimmed(self.page.text, span.start..span.start + kept)
    }

    /// `Downtime for ~3 hours`: the label of a duration as the first word of a sentence that states one.
    fn lasted(&mut self, run: Run, line: &Run) {
        let Some(first) = self.page.pieces(run.clone()).first() else { return };
        let words = self.page.word(first).trim_start_matches([' ', ':', '：']);
        if !self.vocabulary.labels.may_open(words) {
            return;
        }
        let word = words.split(' ').next().unwrap_or("");
        if word.ends_with([':', '：']) || self.vocabulary.labels.look_up(word) != Some(FieldKind::Duration) {
            return;
        }
        let text = self.page.plain(run.clone());
        let head: String = text.chars().take(60).collect();
        if durations::in_words(&head, self.vocabulary).is_none() {
            return;
        }
        let (Some(span), Some(whole)) = (self.page.span(run), self.page.span(line.clone())) else { return };
        self.add(FieldKind::Duration, Form::Prose, Spanned { value: head, span }, whole);
    }

    /// Adds a field of a line whose value is a run; `more`: another field follows on the line.
    fn push(&mut self, kind: FieldKind, form: Form, rest: Run, whole: &Span, more: bool) {
        let mut text = String::new();
        self.page.write(rest.clone(), &mut text);
        let value = text.trim();
        let sign = if value.starts_with([':', '：']) { &[':', '：'][..] } else { &['-', '–', '—'][..] };
        let labelled = value.starts_with(sign);
        let mut value = if labelled { value.trim_start_matches(sign).trim() } else { value };
        let mut span = match self.page.span(rest) {
            Some(span) if labelled => {
                let behind = self.page.text[span.clone()].trim_start_matches(sign).trim_start();
                span.end - behind.len()..span.end
            }
            Some(span) => span,
            None => whole.end..whole.end,
        };
        if more {
            value = value.trim_end_matches(BETWEEN).trim_end();
            span = self.without_joints(span);
        }
        self.add(kind, form, Spanned { value: value.to_owned(), span }, whole.clone());
    }

    /// Whether every line of a paragraph is a label with its value: metadata, wherever it stands.
    pub(super) fn is_all_labels(&self, run: Run) -> bool {
        let mut count = 0;
        for line in self.page.lines(run) {
            let text = self.page.plain(line);
            let Some(colon) = colon_near(&text) else { return false };
            if self.vocabulary.labels.look_up(&text[..colon]).is_none() {
                return false;
            }
            count += 1;
        }
        count >= 2
    }
}

/// The colon that is near the beginning of a text, where it has one, ASCII's or the wide one.
fn colon_near(text: &str) -> Option<usize> {
    // Most lines are prose without: bytes tell.
    memchr2(b':', 0xef, &text.as_bytes()[..text.len().min(40)])?;
    text.find([':', '：']).filter(|colon| *colon < 40)
}

/// Whether a list item is a value of its own: short, and without a label unless it may have one.
pub(super) fn is_value(page: Page<'_>, run: Run, labelled: bool) -> bool {
    let text = page.plain(run);
    !text.is_empty() && text.len() < 80 && (labelled || !text.contains([':', '：']))
}
