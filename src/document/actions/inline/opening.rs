//! What stands before the promise: a label, an owner, a priority, a tick, a word of doubt.

use super::{Inline, owners, status_mark};
use crate::document::fold::fold;
use crate::document::plain::{Page, Run};
use crate::model::{Inferred, Status};

/// What stands between an opening and the text behind it.
const JOINTS: [char; 7] = [':', '.', ' ', '-', '–', '—', '|'];

impl Inline<'_> {
    /// What bold type at the beginning says, and the text: a label (`**AI-4**`), a priority (`**P1**`), an owner
    /// (`**RK**`), or words of the text itself.
    pub(super) fn opening(&mut self, page: Page<'_>, run: Run) -> String {
        let mut text = page.plain(run.clone()).into_owned();
        let mut left = run;
        // `**AI-4** **P1** **@ana** …`: each says one thing.
        for _ in 0..3 {
            let Some((strong, rest)) = page.leading_strong(left) else { break };
            let inner = page.plain(strong);
            if self.is_priority(&inner) {
                self.priority_word(inner.trim_matches(['[', ']', '(', ')', ':', ' ']));
            } else if self.label.is_none() && is_label(&inner) {
                self.label = crate::document::actions::table::label(&inner);
            } else if let Some(owner) = owners::label(&inner).filter(|_| self.item.owner.is_none()) {
                self.owner(&owner);
            } else {
                break;
            }
            text = page.plain(rest.clone()).trim_start_matches(JOINTS).to_owned();
            left = rest;
        }
        self.leading_priority(&mut text);
        if self.item.owner.is_none()
            && let Some((owner, rest)) = owners::leading_handles(&text)
        {
            let rest = rest.to_owned();
            self.owner(&owner);
            // `@ana` alone is a text too poor to lose.
            if !rest.is_empty() {
                text = rest;
            }
        }
        self.leading_priority(&mut text);
        text
    }

    /// A level of the scale as it is spelt there: `P1`; but `P-1` is the first of the preventing measures.
    fn is_priority(&self, text: &str) -> bool {
        let word = text.trim_matches(['[', ']', '(', ')', ':', ' ']);
        let spelt_whole = !word.contains(['-', '.']) && word.chars().any(char::is_alphabetic);
        spelt_whole && word.len() <= 16 && self.vocabulary.priority(word).is_some()
    }

    /// `P1: …`, `[P1] …`, `(High) …`, `P1 - …` in front of the text.
    fn leading_priority(&mut self, text: &mut String) {
        let rest = text.trim_start();
        let (word, behind) = match rest.chars().next() {
            Some(open @ ('[' | '(' | '【')) => {
                let close = match open {
                    '[' => ']',
                    '(' => ')',
                    _ => '】',
                };
                let inner = &rest[open.len_utf8()..];
                let Some((word, behind)) = inner.split_once(close) else { return };
                (word, behind)
            }
            Some(_) => {
                let Some(end) = rest.find([':', ' ']) else { return };
                let joint = rest[end..].trim_start_matches(' ');
                if !joint.starts_with([':', '-', '–', '—', '|']) {
                    return;
                }
                (&rest[..end], joint)
            }
            None => return,
        };
        if word.is_empty() || word.contains(' ') || !self.is_priority(word) {
            return;
        }
        let behind = behind.trim_start_matches(JOINTS).to_owned();
        if behind.chars().any(char::is_alphanumeric) {
            self.priority_word(word);
            *text = behind;
        }
    }

    /// A tick before the text, or a checkbox that markdown does not know (`[-]`, `[~]`).
    pub(super) fn leading_mark(&mut self, text: &mut String) {
        let marks = [
            ("[-]", Status::Cancelled),
            ("[N/A]", Status::Cancelled),
            ("[n/a]", Status::Cancelled),
            ("[~]", Status::Doing),
            ("[/]", Status::Doing),
        ];
        for (mark, status) in marks {
            if let Some(rest) = text.strip_prefix(mark) {
                (self.item.status, self.item.state) = (status, Some(mark.to_owned()));
                *text = rest.trim_start().to_owned();
                return;
            }
        }
        if let Some((status, word, rest)) = self.leading_word(text) {
            if self.item.status == Status::Open {
                self.item.status = status;
            }
            (self.item.state, *text) = (Some(word.to_owned()), rest.to_owned());
            return;
        }
        if let Some(status) = status_mark(text) {
            let mark: String = text.chars().take_while(|c| !c.is_alphanumeric() && *c != '[').collect();
            if self.item.status == Status::Open {
                self.item.status = status;
            }
            self.item.state = Some(mark.trim().to_owned());
            *text = text[mark.len()..].trim_start().to_owned();
        }
    }

    /// `[DONE] …`, `Done: …`, `TODO …`: the status, its word and the text behind.
    fn leading_word<'t>(&self, text: &'t str) -> Option<(Status, &'t str, &'t str)> {
        let brackets = [('[', ']'), ('(', ')'), ('【', '】'), ('（', '）')];
        let within = brackets.iter().find_map(|(open, close)| text.strip_prefix(*open)?.split_once(*close));
        let is_shouted = |word: &str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let (word, rest) = match within {
            Some((word, rest)) => (word, rest),
            None if !self.vocabulary.status.may_open(text) => return None,
            None => {
                let end = text.find([':', '：', ' '])?;
                let colon =
                    text.char_indices().take(24).find(|(_, c)| matches!(c, ':' | '：')).map(|(at, _)| at);
                match colon.filter(|colon| self.vocabulary.status.look_up(&text[..*colon]).is_some()) {
                    Some(colon) => (&text[..colon], &text[colon..]),
                    None if is_shouted(&text[..end]) => (&text[..end], &text[end..]),
                    None => return None,
                }
            }
        };
        let status = self.vocabulary.status.look_up(word).filter(|_| word.len() <= 24)?;
        // `(new) …` and `Open: …` may be words of the text.
        let is_told = status != Status::Open || is_shouted(word);
        let rest = rest.trim_start_matches(JOINTS);
        (is_told && rest.chars().any(char::is_alphanumeric)).then_some((status, word.trim(), rest))
    }

    /// `Maybe buy a second one`: an idea, not promised.
    pub(super) fn hedge(&mut self, text: &str) {
        let is_told = self.item.state.as_deref().is_some_and(|state| !state.trim().is_empty());
        let is_over = self.item.status != Status::Open || is_told || self.item.due.is_some();
        if is_over || !self.vocabulary.hedges.may_open(text) {
            return;
        }
        let end = text.char_indices().nth(32).map_or(text.len(), |(at, _)| at);
        let mut words = text[..end].split(['.', ',', ':', '：', ';']).next().unwrap_or("");
        let has_hedge = loop {
            if self.vocabulary.hedges.look_up(words).is_some() {
                break true;
            }
            match words.rsplit_once(' ') {
                Some((shorter, _)) => words = shorter,
                None => break false,
            }
        };
        if has_hedge {
            self.item.status = Status::Proposed;
            self.item.inferred.push(Inferred::Status);
        }
    }
}

/// `AI-4`, `P-1`, `3.`, `#7`: capitals and a number, no word.
fn is_label(text: &str) -> bool {
    let text = text.trim().trim_end_matches([':', '.', ')']).trim_start_matches('#');
    (1..=12).contains(&text.len())
        && text.bytes().any(|b| b.is_ascii_digit())
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-' || b == b'_' || b == b'.')
        && !fold(text).is_empty()
}
