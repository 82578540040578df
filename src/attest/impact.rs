//! The impact as the document states it: its head, and the lines that have a label.

use super::fields::{MOST_LINES, filled, nested, sentence};
use crate::document::{Document, FieldKind, Passage, Vocabulary, literal};
use crate::model::SectionKind;

/// A longer label is a sentence.
const LONGEST_LABEL: usize = 60;

/// Severity and duration as the document's head has them, and the lines of its impact that have a label.
pub(super) fn impact(document: &Document<'_>, names: &Vocabulary) -> Option<String> {
    let head = |kind| {
        let value = &document.field(kind)?.value.value;
        let is_open = names.is_pending(value) || names.is_placeholder(value);
        sentence(value).filter(|_| !is_open && value.chars().any(char::is_alphanumeric))
    };
    let mut told: Vec<String> =
        [FieldKind::Severity, FieldKind::Duration].into_iter().filter_map(head).collect();
    let section = document.section(SectionKind::Impact).filter(|section| section.filled);
    let mut lines = Vec::new();
    if let Some(section) = section {
        let prose = document.passages_in(section).filter(Passage::is_prose);
        let labelled = prose.flat_map(said).filter_map(|text| labelled(names, &text));
        lines.extend(labelled.take(MOST_LINES));
        if lines.is_empty() {
            told.push(filled(names.attested("stated"), &[("section", &literal(&section.name, false))]));
        }
    }
    let mut value = told.join(", ");
    if value.is_empty() && !lines.is_empty() {
        let name = section.map_or("", |section| section.name.as_str());
        value = filled(names.attested("stated"), &[("section", &literal(name, false))]);
    }
    lines.iter().for_each(|(label, text)| nested(&mut value, label, text));
    (!value.is_empty()).then_some(value)
}

/// What a passage says: line by line where each line has a label of its own, else as a whole.
fn said(passage: Passage<'_>) -> Vec<String> {
    let lines: Vec<String> = passage.lines().map(|(_, line)| line.into_owned()).collect();
    let each = lines.len() > 1 && lines.iter().all(|line| label(line).is_some());
    if each { lines } else { vec![passage.text().into_owned()] }
}

/// The label of a text, and what stands behind it.
fn label(text: &str) -> Option<(&str, &str)> {
    let (label, value) = text.split_once([':', '：'])?;
    let is_label = !label.trim().is_empty() && label.len() <= LONGEST_LABEL && !label.contains(['.', '?']);
    is_label.then_some((label, value))
}

/// A label with its value, where both are short and may be repeated.
fn labelled(names: &Vocabulary, text: &str) -> Option<(String, String)> {
    let (label, value) = label(text)?;
    if names.is_pending(value.trim()) || !value.chars().any(char::is_alphanumeric) {
        return None;
    }
    Some((sentence(label)?, sentence(value)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, parse};

    fn stated(impact: &str) -> Option<String> {
        let text = format!("# T\n\n**Severity**: SEV-2\n\n## Impact\n\n{impact}");
        let names = Vocabulary::default();
        super::impact(&parse(&Source { name: "x.md", bytes: text.as_bytes() }, &names), &names)
    }

    #[test]
    fn labels_are_told_line_by_line_and_those_without_a_value_left_out() {
        let expected = "SEV-2\n  - Users affected: about 1,300\n  - Data impact: none";
        let lines = "**Users affected**: about 1,300\n**Revenue impact**:\n**Data impact**: none\n";
        assert_eq!(stated(lines).as_deref(), Some(expected));
        let items = "- **Users affected**: about 1,300\n- **Revenue impact**:\n- **Data impact**: none\n";
        assert_eq!(stated(items).as_deref(), Some(expected));
        let wrapped = "- Users affected: about\n  1,300\n- Data impact: none\n";
        assert_eq!(stated(wrapped).as_deref(), Some(expected));
    }
}
