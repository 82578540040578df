//! The text that is attested: the document without its attestation, without the status of its action items, without
//! comments and blank lines, in lines that end alike. Closing an action later, publishing a draft or checking it out
//! elsewhere leaves it as it is.

use std::collections::BTreeMap;

use crate::document::edit::{Edit, apply};
use crate::document::{ActionForm, Document, Span};
use crate::model::SectionKind;

/// A document as it is attested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    parts: Vec<Part>,
}

/// What stands under one heading, down to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The heading; empty for what stands above all of them.
    pub name: String,
    /// The heading's line, and what it says.
    pub text: String,
}

impl Taken {
    /// Takes a document.
    #[must_use]
    pub fn of(document: &Document<'_>) -> Self {
        let text = document.text();
        let edits = edits(document);
        let apart = document.sections().iter().filter(|one| one.kind == Some(SectionKind::Attestation));
        let apart: Vec<Span> =
            apart.map(|one| one.heading.start..one.body.end.max(one.heading.end)).collect();
        let starts = document.sections().iter().map(|section| (section.heading.start, section.name.as_str()));
        let starts: Vec<(usize, &str)> = std::iter::once((0, "")).chain(starts).collect();
        let mut parts = Vec::new();
        for (at, (start, name)) in starts.iter().enumerate() {
            let end = starts.get(at + 1).map_or(text.len(), |(next, _)| *next);
            if apart.iter().any(|span| span.contains(start)) {
                continue;
            }
            let inside = edits.iter().filter(|edit| edit.span.start >= *start && edit.span.end <= end);
            let own: Vec<Edit> = inside
                .map(|edit| Edit { span: edit.span.start - start..edit.span.end - start, ..edit.clone() })
                .collect();
            let text = plain(&apply(&text[*start..end], &own));
            if !text.is_empty() {
                parts.push(Part { name: (*name).to_owned(), text });
            }
        }
        Self { parts }
    }

    /// The text whose object id the attestation names.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }

    /// The headings under which two texts differ, in the order of the newer one; what is gone comes last. An empty name
    /// is what stands above all headings.
    #[must_use]
    pub fn differing(&self, newer: &Self) -> Vec<String> {
        let (before, after) = (self.by_name(), newer.by_name());
        let mut names: Vec<&str> = Vec::new();
        for part in newer.parts.iter().chain(&self.parts) {
            let name = part.name.as_str();
            if before.get(name) != after.get(name) && !names.contains(&name) {
                names.push(name);
            }
        }
        names.into_iter().map(str::to_owned).collect()
    }

    fn by_name(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for part in &self.parts {
            by_name.entry(&part.name).or_default().push(&part.text);
        }
        by_name
    }
}

/// What is left out: what tells where an item stands, and comments.
fn edits(document: &Document<'_>) -> Vec<Edit> {
    let text = document.text();
    let mut edits = Vec::new();
    let actions = document.actions();
    for (at, action) in actions.iter().enumerate() {
        // What is nested in an item may be further items.
        let next =
            actions[at + 1..].iter().map(|next| next.span.start).find(|next| *next > action.span.start);
        let own = action.span.start..next.map_or(action.span.end, |next| next.min(action.span.end));
        match &action.status {
            Some(cell) if action.form == ActionForm::Row => {
                edits.push(Edit { span: cell.clone(), text: String::new() });
            }
            _ if action.form == ActionForm::Heading => {}
            status => {
                let said = match status {
                    Some(box_) if own.contains(&box_.start) && box_.end <= own.end => {
                        format!("{}{}", &text[own.start..box_.start], &text[box_.end..own.end])
                    }
                    _ => text[own.clone()].to_owned(),
                };
                let said = words(&said, action.item.state.as_deref());
                let ends = if text[..own.end].ends_with('\n') { "\n" } else { "" };
                edits.push(Edit { span: own, text: format!("{said}{ends}") });
            }
        }
    }
    let mut from = 0;
    while let Some(start) = text[from..].find("<!--").map(|at| from + at) {
        let Some(end) = text[start..].find("-->").map(|at| start + at + "-->".len()) else { break };
        edits.push(Edit { span: start..end, text: String::new() });
        from = end;
    }
    edits
}

/// The words of an item in a list or paragraph, without the signs and the word that tell its status. What stands inside a
/// word stays; what stands around one may be what a status brought.
fn words(said: &str, state: Option<&str>) -> String {
    let mut said = behind_box(said).to_owned();
    let word = state.map(str::trim).filter(|state| state.chars().count() > 1);
    if let Some(at) = word.and_then(|word| last_word(&said, word)) {
        said.replace_range(at, "");
    }
    let around = |c: char| !c.is_alphanumeric() && c != '@' && c != '#';
    let parts = said.split(|c: char| c.is_whitespace() || "~*_()[]|`".contains(c));
    let plain = parts.map(|part| part.trim_matches(around)).filter(|part| !part.is_empty());
    plain.collect::<Vec<_>>().join(" ")
}

/// An item behind its bullet or number and its checkbox.
fn behind_box(said: &str) -> &str {
    let sign = |c: char| c.is_whitespace() || c.is_ascii_digit() || "-*+.)>".contains(c);
    let text = said.trim_start_matches(sign);
    let mut signs = text.chars();
    match (signs.next(), signs.next(), signs.next()) {
        (Some('['), Some(_), Some(']')) => signs.as_str(),
        _ => said,
    }
}

/// The last place where a word stands by itself.
fn last_word(text: &str, word: &str) -> Option<Span> {
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut places = text.rmatch_indices(word).map(|(at, _)| at..at + word.len());
    places
        .find(|at| !is_part(text[..at.start].chars().next_back()) && !is_part(text[at.end..].chars().next()))
}

/// Lines that end alike, with single blanks, none of them blank.
fn plain(text: &str) -> String {
    let lines = text.trim_start_matches('\u{feff}').lines();
    let lines = lines.map(|line| {
        let lead = line.len() - line.trim_start().len();
        format!("{}{}", &line[..lead], line.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    let lines = lines.filter(|line| !line.trim().is_empty());
    lines.fold(String::new(), |text, line| text + &line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_of_an_item_is_left_out_and_nothing_else() {
        let open = words("- [ ] Keep three index generations (@ana, v1.2)", Some(" "));
        assert_eq!(open, "Keep three index generations @ana v1.2");
        for (said, state) in [
            ("- [x] Keep three index generations (@ana, v1.2)", Some("x")),
            ("- ~~Keep three index generations (@ana, v1.2)~~", None),
            ("- Keep three index generations (@ana, v1.2) (done)", Some("done")),
            ("3. [X] Keep three index generations (@ana, v1.2).", Some("X")),
        ] {
            assert_eq!(words(said, state).trim_start_matches("3 "), open, "{said}");
        }
        for said in [
            "- [x] Keep three inde generations (@ana, v1.2)",
            "- [x] Keep three index generations (@ana, v12)",
            "- [x] Keep three index generations (ana, v1.2)",
        ] {
            assert_ne!(words(said, Some("x")), open, "{said}");
        }
    }
}
