//! Lines that name authors and reviewers in words, without the colon of a label.

use std::borrow::Cow;

use super::{Form, Reader};
use crate::document::Spanned;
use crate::document::dates::Calendar;
use crate::document::language::{FieldKind, Unit};
use crate::document::plain::Run;

impl Reader<'_> {
    /// `Written by Ana Lee`, `8 March 2026 · by Ana Lee`: words that name an author without a colon.
    pub(super) fn byline(&mut self, line: &Run) -> bool {
        let text = self.page.plain(line.clone());
        if text.len() > 120 || !text.contains(' ') {
            return false;
        }
        let Some(whole) = self.page.span(line.clone()) else { return false };
        let mut any = false;
        let parts = || text.split(['·', '|', '•', '—']);
        let announced: Vec<&str> = parts().flat_map(|part| self.announced(part)).collect();
        for part in announced {
            let part = self.undated(part);
            let part = part.trim();
            let blanks: Vec<usize> = part.match_indices(' ').map(|(at, _)| at).take(4).collect();
            for (count, at) in blanks.into_iter().enumerate().rev() {
                let kind = self.vocabulary.labels.look_up(&part[..at]);
                let Some(kind @ (FieldKind::Authors | FieldKind::Reviewers)) = kind else { continue };
                let name = self.names(part[at..].trim_start());
                // One word alone announces a name that is all of the rest: `by Ana Lee`, `Owner of the …`.
                let is_all = at + 1 + name.len() == part.trim_end_matches('.').len();
                if !name.is_empty() && (count > 0 || (is_all && name.contains(' '))) {
                    let value = Spanned { value: name.to_owned(), span: whole.clone() };
                    self.add(kind, Form::Prose, value, whole.clone());
                    any = true;
                    break;
                }
            }
        }
        // `2025-11-05 · SEV-2 · written by Ana Lee`
        let grade = parts().map(str::trim).find(|part| self.vocabulary.severity_rank(part).is_some());
        if let Some(grade) = grade.filter(|_| any && parts().count() > 1) {
            let value = Spanned { value: grade.to_owned(), span: whole.clone() };
            self.add(FieldKind::Severity, Form::Prose, value, whole);
        }
        any
    }

    /// A text in parts where a comma stands before words that announce somebody: `written by Ana, reviewed by Bo`.
    fn announced<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut parts = Vec::new();
        let mut from = 0;
        for (at, _) in text.match_indices(", ") {
            let rest = &text[at + 2..];
            let mut ends = rest.match_indices(' ').map(|(end, _)| end).take(3);
            let announces = ends.any(|end| {
                rest[..end].contains(' ')
                    && matches!(
                        self.vocabulary.labels.look_up(&rest[..end]),
                        Some(FieldKind::Authors | FieldKind::Reviewers)
                    )
            });
            if announces {
                parts.push(&text[from..at]);
                from = at + 2;
            }
        }
        parts.push(&text[from..]);
        parts
    }

    /// A text without the day in it: `Published 8 March 2026 by Ana Lee`.
    fn undated<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let found = Calendar::new(self.vocabulary, None).find(text).filter(|found| found.start > 1);
        found.map_or(Cow::Borrowed(text), |found| {
            let head = text[..found.start].trim_end();
            let head = head.strip_suffix(" on").unwrap_or(head);
            Cow::Owned(format!("{head} {}", text[found.end..].trim_start_matches([',', ' '])))
        })
    }

    /// The names that a text begins with: capitalised words and handles, and what stands between them.
    fn names<'t>(&self, text: &'t str) -> &'t str {
        let mut end = 0;
        let mut at = 0;
        for word in text.split(' ') {
            let is_name = word.starts_with(|c: char| c == '@' || c == '(' || c.is_uppercase());
            let joins = self.vocabulary.units.look_up(word) == Some(Unit::Joins) || word == "&";
            let particle = [
                "de", "da", "del", "della", "der", "den", "di", "dos", "du", "la", "le", "van", "von", "bin",
                "al",
            ];
            if is_name {
                end = at + word.len();
            } else if !(end > 0 && (joins || particle.contains(&word))) {
                break;
            }
            at += word.len() + 1;
            if word.ends_with(['.', ';']) && word.len() != 2 {
                break;
            }
        }
        text[..end].trim_end_matches([',', '.', ';', ':', ' '])
    }
}
