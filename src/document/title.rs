//! What a document is called, and what its name says about it.

use chrono::NaiveDate;

use super::Spanned;
use super::blocks::BlockKind;
use super::dates::Calendar;
use super::fold::fold;
use super::language::FieldKind;
use super::metadata::Field;
use super::plain::Page;
use super::sections::Section;
use super::vocabulary::Vocabulary;

/// The title as the document has it: a field of the front matter, else the first heading of level 1, else the very
/// first heading where it is no section and no label.
pub(crate) fn read(page: Page<'_>, sections: &[Section], fields: &[Field]) -> Option<Spanned<String>> {
    let titled = |field: &&Field| field.kind == FieldKind::Title && !field.value.value.is_empty();
    if let Some(field) = fields.iter().find(titled) {
        return Some(field.value.clone());
    }
    let is_label = |section: &Section| fields.iter().any(|field| field.line == section.heading);
    let top = sections.iter().find(|section| section.level == 1 && !section.name.is_empty());
    let first =
        sections.first().filter(|section| section.kind.is_none() && !section.foreign && !is_label(section));
    let section = top.or(first).filter(|section| !section.name.is_empty())?;
    let block = &page.blocks()[section.own_blocks.0 - 1];
    debug_assert!(matches!(block.kind, BlockKind::Heading(_)));
    let span = page.span(Page::run(block))?;
    Some(Spanned { value: section.name.clone(), span })
}

/// The title without `Post-Mortem:` and without a leading date; the whole of it where nothing else is in it.
pub(crate) fn bare(title: &str, vocabulary: &Vocabulary) -> String {
    let calendar = Calendar::new(vocabulary, None);
    let mut rest = title.trim();
    // A day, a prefix or two: more of them are the author's own words.
    for _ in 0..4 {
        let shorter = without_date(rest, calendar).or_else(|| without_prefix(rest, vocabulary));
        match shorter {
            Some(shorter) if shorter.chars().any(char::is_alphanumeric) => rest = shorter,
            _ => break,
        }
    }
    rest.to_owned()
}

const SEPARATORS: [char; 8] = [':', '-', '–', '—', ',', '|', ' ', '：'];

fn without_date<'t>(title: &'t str, calendar: Calendar<'_>) -> Option<&'t str> {
    let found = calendar.find(title)?;
    let is_lead = title[..found.start].chars().all(|c| matches!(c, '[' | '(' | ' '));
    is_lead.then(|| title[found.end..].trim_start_matches([']', ')']).trim_start_matches(SEPARATORS))
}

/// `Post-Mortem: …`, `Incident report - …`: only with a sign behind, or it is part of the sentence.
fn without_prefix<'t>(title: &'t str, vocabulary: &Vocabulary) -> Option<&'t str> {
    let at = [":", "：", " - ", " – ", " — "].iter().filter_map(|sign| title.find(sign)).min()?;
    vocabulary.title_prefixes.get(&fold(&title[..at]))?;
    Some(title[at..].trim_start_matches(SEPARATORS))
}

/// The day in a file's name, or in the folder above it.
pub(crate) fn date_of_name(name: &str, vocabulary: &Vocabulary) -> Option<NaiveDate> {
    let calendar = Calendar::new(vocabulary, None);
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    calendar.find(file).map(|found| found.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bare_title_has_neither_prefix_nor_date() {
        let vocabulary = Vocabulary::default();
        for (title, expected) in [
            ("Post-Mortem: API outage", "API outage"),
            ("Postmortem: 2026-03-08 API outage", "API outage"),
            ("2026-03-08 - API outage", "API outage"),
            ("March 8th, 2026 API outage", "API outage"),
            ("Incident report - API outage", "API outage"),
            ("Incident of the API", "Incident of the API"),
            ("2026-03-08", "2026-03-08"),
            ("Post-Mortem: ", "Post-Mortem:"),
            ("API: outage", "API: outage"),
        ] {
            assert_eq!(bare(title, &vocabulary), expected, "{title}");
        }
    }

    #[test]
    fn names_of_files_hold_days() {
        let vocabulary = Vocabulary::default();
        for name in ["docs/2026-03-08-x.md", "20260308-x.md", "8-Mar-2026_x.md", "a/b/2026_03_08.md"] {
            let day = date_of_name(name, &vocabulary).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Some("2026-03-08"), "{name}");
        }
        assert_eq!(date_of_name("2026/readme.md", &vocabulary), None);
    }
}
