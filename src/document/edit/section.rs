//! Replacing what a section says, and adding sections where they belong.

use super::{Edit, EditError, apply, insert_block, newline};
use crate::document::blocks::{self, BlockKind};
use crate::document::parse::{Document, Source, parse};
use crate::document::plain::Page;
use crate::document::sections::Section;
use crate::document::vocabulary::Vocabulary;
use crate::model::SectionKind;

/// Replaces all that a section says, sub-sections included. A section that is missing is added where the template
/// has it; one of another name at the end.
///
/// # Errors
/// [`EditError::Heading`] for a text with a heading that would end the section; [`EditError::Unreadable`] for one that
/// would swallow what follows.
pub fn set_section(
    document: &Document<'_>,
    vocabulary: &Vocabulary,
    name: &str,
    text: &str,
) -> Result<Vec<Edit>, EditError> {
    let text = text.trim_start_matches('\u{feff}');
    let Some(section) = document.section_named(name, vocabulary) else {
        return add(document, vocabulary, name, text);
    };
    let body = without_heading(text, section, vocabulary);
    check_headings(&body, section.level)?;
    let edit = replace(document, section, &body);
    if document.text()[edit.span.clone()] == edit.text {
        return Ok(Vec::new());
    }
    verify(document, vocabulary, name, vec![edit], &body)
}

/// Adds to the end of what a section says, before its sub-sections; what it ends with already is not said twice.
///
/// # Errors
/// As [`set_section`].
pub fn append_section(
    document: &Document<'_>,
    vocabulary: &Vocabulary,
    name: &str,
    text: &str,
) -> Result<Vec<Edit>, EditError> {
    let text = text.trim_start_matches('\u{feff}');
    let Some(section) = document.section_named(name, vocabulary) else {
        return add(document, vocabulary, name, text);
    };
    let added = without_heading(text, section, vocabulary);
    check_headings(&added, section.level)?;
    let all = document.text();
    let own = all[section.own.clone()].trim_end();
    let said = own.replace("\r\n", "\n");
    let before = said.strip_suffix(&added);
    if added.is_empty() || before.is_some_and(|before| before.is_empty() || before.ends_with('\n')) {
        return Ok(Vec::new());
    }
    let at = section.own.start + own.len();
    let ends = at + all[at..].len() - all[at..].trim_start_matches(['\r', '\n', ' ', '\t']).len();
    let newline = newline(all);
    let is_begun = own.trim().is_empty() && all[..at].ends_with('\n');
    let lead = newline.repeat(if is_begun { 1 } else { 2 });
    let tail = newline.repeat(if ends >= all.len() { 1 } else { 2 });
    let edit = Edit { span: at..ends, text: format!("{lead}{}{tail}", added.replace('\n', newline)) };
    let rest = ends.min(section.body.end)..section.body.end;
    let body = format!("{}{}{}", &all[section.body.start..at], edit.text, &all[rest]);
    verify(document, vocabulary, name, vec![edit], &body.replace("\r\n", "\n"))
}

/// Where a section that is missing belongs: before the first of the later ones, else at the end.
pub(super) fn place(document: &Document<'_>, kind: SectionKind) -> usize {
    let later = document.sections().iter().find(|section| {
        section.parent.is_none_or(|parent| document.sections()[parent].kind.is_none())
            && section.kind.is_some_and(|other| other > kind)
    });
    later.map_or(document.text().len(), |section| section.heading.start)
}

fn add(
    document: &Document<'_>,
    vocabulary: &Vocabulary,
    name: &str,
    text: &str,
) -> Result<Vec<Edit>, EditError> {
    check_headings(text, 2)?;
    let kind = vocabulary.section(name);
    let heading = kind.map_or(name.trim(), |kind| vocabulary.section_name(kind));
    let at = kind.map_or(document.text().len(), |kind| place(document, kind));
    let body = text.trim().replace("\r\n", "\n");
    let edit = insert_block(document, at, &format!("## {heading}\n\n{body}"));
    verify(document, vocabulary, heading, vec![edit], &body)
}

/// What was typed may begin with the section's own heading.
fn without_heading(text: &str, section: &Section, vocabulary: &Vocabulary) -> String {
    let text = text.trim().replace("\r\n", "\n");
    let document = parse(&Source { name: "", bytes: text.as_bytes() }, vocabulary);
    match document.sections().first() {
        Some(first) if first.heading.start == 0 && first.name == section.name => {
            text[first.heading.end..].trim().to_owned()
        }
        _ => text,
    }
}

fn check_headings(text: &str, level: u8) -> Result<(), EditError> {
    let layout = blocks::read(text, 0);
    let page = Page { text, layout: &layout };
    for block in page.blocks() {
        if let BlockKind::Heading(own) = block.kind
            && own <= level
            && !block.quoted
        {
            return Err(EditError::Heading { name: page.block_text(block).into_owned(), level });
        }
    }
    Ok(())
}

fn replace(document: &Document<'_>, section: &Section, body: &str) -> Edit {
    let text = document.text();
    let newline = newline(text);
    let body = body.replace('\n', newline);
    // The span of a heading may or may not hold its line break.
    let behind = text[section.body.start..].lines().next().unwrap_or("");
    // `Summary: It broke.`: the text begins on the label's own line.
    let start = if text[..section.body.start].ends_with('\n') || (section.label && !behind.trim().is_empty())
    {
        section.body.start
    } else {
        text[section.body.start..].find('\n').map_or(text.len(), |at| section.body.start + at + 1)
    };
    let lead = if text[..start].ends_with('\n') { newline.to_owned() } else { newline.repeat(2) };
    let end = section.body.end.max(start);
    let tail = match (body.is_empty(), end < text.len()) {
        (true, _) => String::new(),
        (false, true) => newline.repeat(2),
        (false, false) => newline.to_owned(),
    };
    Edit { span: start..end, text: format!("{lead}{body}{tail}") }
}

/// Reads the result: the section must say what was written, and the document must have the sections it had.
fn verify(
    document: &Document<'_>,
    vocabulary: &Vocabulary,
    name: &str,
    edits: Vec<Edit>,
    body: &str,
) -> Result<Vec<Edit>, EditError> {
    let text = apply(document.text(), &edits);
    let after = parse(&Source { name: "", bytes: text.as_bytes() }, vocabulary);
    let reads_back = after.section_named(name, vocabulary).is_some_and(|section| {
        let read = after.text()[section.body.clone()].replace("\r\n", "\n");
        read.trim() == body.trim()
    });
    let behind = |document: &Document<'_>, from: usize| {
        document
            .sections()
            .iter()
            .filter(|s| s.heading.start >= from)
            .map(|s| s.name.clone())
            .collect::<Vec<_>>()
    };
    let kept = edits.first().is_none_or(|edit| {
        behind(document, edit.span.end) == behind(&after, edit.span.start + edit.text.len())
    });
    if reads_back && kept {
        Ok(edits)
    } else {
        Err(EditError::Unreadable { what: format!("the section '{name}'") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extended(text: &str, name: &str, added: &str) -> Result<String, EditError> {
        let vocabulary = Vocabulary::default();
        let document = parse(&Source { name: "", bytes: text.as_bytes() }, &vocabulary);
        Ok(apply(text, &append_section(&document, &vocabulary, name, added)?))
    }

    #[test]
    fn what_is_added_stands_behind_what_is_there_and_before_sub_sections() {
        for (text, added, written) in [
            ("## Summary\n\nx\n\n\n## Impact\n", "more\n", "## Summary\n\nx\n\nmore\n\n## Impact\n"),
            ("## Summary\n\n## Impact\n", "more", "## Summary\n\nmore\n\n## Impact\n"),
            ("## Summary\n", "more", "## Summary\n\nmore\n"),
            ("## Summary", "more", "## Summary\n\nmore\n"),
            ("## Summary\n\nx", "more", "## Summary\n\nx\n\nmore\n"),
            (
                "## Summary\r\n\r\nx\r\n\r\n## Impact\r\n",
                "a\nb",
                "## Summary\r\n\r\nx\r\n\r\na\r\nb\r\n\r\n## Impact\r\n",
            ),
            ("## Summary\n\nx\n\n### More\n\ny\n", "z", "## Summary\n\nx\n\nz\n\n### More\n\ny\n"),
            ("## Summary\n\nx\n", "## Summary\n\nmore", "## Summary\n\nx\n\nmore\n"),
            ("# T\n\n## Impact\n\ny\n", "more", "# T\n\n## Summary\n\nmore\n\n## Impact\n\ny\n"),
        ] {
            assert_eq!(extended(text, "summary", added).as_deref(), Ok(written), "{text:?}");
            assert_eq!(
                extended(written, "summary", added).as_deref(),
                Ok(written),
                "a second time: {text:?}"
            );
        }
        // The end of a sentence is no sentence.
        assert_eq!(
            extended("## Summary\n\nup again.\n", "summary", "again.").unwrap(),
            "## Summary\n\nup again.\n\nagain.\n"
        );
    }

    #[test]
    fn what_would_swallow_or_end_the_section_is_refused() {
        let text = "# T\n\n## Summary\n\nx\n\n## Impact\n\ny\n";
        assert!(matches!(extended(text, "summary", "a\n\n# Top\n"), Err(EditError::Heading { .. })));
        assert!(matches!(extended(text, "summary", "```\nopen"), Err(EditError::Unreadable { .. })));
        assert!(matches!(extended(text, "summary", "<!-- open"), Err(EditError::Unreadable { .. })));
        // A section that is missing has no place in a document whose last block never ends.
        let open = "# T\n\n## Summary\n\n```\nopen\n";
        assert!(matches!(extended(open, "impact", "x"), Err(EditError::Unreadable { .. })));
    }
}
