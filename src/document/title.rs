//! What a document is called, and what its name says about it.

use chrono::NaiveDate;

use super::Spanned;
use super::blocks::BlockKind;
use super::dates::{Calendar, Found};
use super::fold::fold;
use super::glance;
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
    let Some(section) = top.or(first).filter(|section| !section.name.is_empty()) else {
        return first_line(page, sections, fields);
    };
    let block = &page.blocks()[section.own_blocks.0 - 1];
    debug_assert!(matches!(block.kind, BlockKind::Heading(_)));
    let span = page.span(Page::run(block))?;
    Some(Spanned { value: section.name.clone(), span })
}

/// The only line of the first paragraph, where a document has no headings and the line is no sentence and no field.
fn first_line(page: Page<'_>, sections: &[Section], fields: &[Field]) -> Option<Spanned<String>> {
    let block = page.blocks().first().filter(|block| block.kind == BlockKind::Paragraph && !block.quoted)?;
    let run = Page::run(block);
    let span = page.span(run.clone())?;
    let value = page.plain(run.clone()).into_owned();
    let is_other = fields.iter().any(|field| field.line.start < span.end && span.start < field.line.end)
        || sections.iter().any(|section| !section.label || section.heading == block.span);
    let is_line = page.lines(run).nth(1).is_none() && value.len() <= 100;
    (is_line && !is_other && !value.ends_with(['.', ':', '!', '?', '。'])).then_some(Spanned { value, span })
}

/// The title without `Post-Mortem:` and without a leading date; the whole of it where nothing else is in it.
pub(crate) fn bare(title: &str, vocabulary: &Vocabulary) -> String {
    let calendar = Calendar::new(vocabulary, None);
    let mut rest = title.trim();
    // A day, a prefix or two: more of them are the author's own words.
    for _ in 0..4 {
        let day = calendar.find(rest);
        let shorter = without_date(rest, day)
            .or_else(|| without_prefix(rest, day, vocabulary))
            .or_else(|| without_level(rest, vocabulary))
            .or_else(|| without_closing_date(rest, calendar));
        match shorter {
            Some(shorter) if shorter.chars().any(says) => rest = shorter,
            _ => break,
        }
    }
    rest.to_owned()
}

/// Whether a sign is part of what a title says: a letter, a digit, or an emoji.
fn says(c: char) -> bool {
    c.is_alphanumeric() || !(c.is_ascii() || c.is_whitespace() || SEPARATORS.contains(&c))
}

const SEPARATORS: [char; 9] = [':', '-', '–', '—', ',', '|', ' ', '：', '_'];

fn without_date(title: &str, day: Option<Found>) -> Option<&str> {
    let found = day?;
    let is_lead = title[..found.start].chars().all(|c| matches!(c, '[' | '(' | ' '));
    is_lead.then(|| title[found.end..].trim_start_matches([']', ')']).trim_start_matches(SEPARATORS))
}

/// `[SEV-2] …`: a level of the scale in brackets.
fn without_level<'t>(title: &'t str, vocabulary: &Vocabulary) -> Option<&'t str> {
    let (level, rest) = title.strip_prefix(['[', '('])?.split_once([']', ')'])?;
    vocabulary.severity_rank(level)?;
    Some(rest.trim_start_matches(SEPARATORS))
}

/// `… (2026-03-08)`, `… - 8 March 2026`: a date at the end that a sign parts from the words.
fn without_closing_date<'t>(title: &'t str, calendar: Calendar<'_>) -> Option<&'t str> {
    if !glance::may_have(title, [b'(', b'[', b'-', b',']) && title.is_ascii() {
        return None;
    }
    let start = title
        .rfind(['(', '[', '（', '【'])
        .or_else(|| title.rfind(" - "))
        .or_else(|| title.rfind([',', '–', '—']))?;
    let found = calendar.whole(&title[start..])?;
    found.whole.then(|| title[..start].trim_end_matches(SEPARATORS))
}

/// `Post-Mortem: …`, `Incident report - …`: only with a sign behind, or it is part of the sentence.
fn without_prefix<'t>(title: &'t str, day: Option<Found>, vocabulary: &Vocabulary) -> Option<&'t str> {
    if let Some((prefix, rest)) =
        title.strip_prefix(['[', '【']).and_then(|rest| rest.split_once([']', '】']))
    {
        vocabulary.title_prefixes.get(&fold(prefix))?;
        return Some(rest.trim_start_matches(SEPARATORS));
    }
    if let Some(rest) = behind_dated_prefix(title, day, vocabulary) {
        return Some(rest);
    }
    if !glance::may_have(title, [b':', b'-']) {
        return None;
    }
    let is_sign = |at: &usize| {
        let rest = &title.as_bytes()[*at..];
        [":", "：", " - ", " – ", " — "].iter().any(|sign| rest.starts_with(sign.as_bytes()))
    };
    let at = (0..title.len()).find(is_sign)?;
    vocabulary.title_prefixes.get(&fold(&title[..at]))?;
    Some(title[at..].trim_start_matches(SEPARATORS))
}

/// `Incident 2026-03-08: …`, `Postmortem 2026-03-08 …`
fn behind_dated_prefix<'t>(title: &'t str, day: Option<Found>, vocabulary: &Vocabulary) -> Option<&'t str> {
    let found = day?;
    // `Incident of 2026-03-08: …`
    let head = fold(&title[..found.start]);
    let is_joint =
        |word: &str| vocabulary.date_joints.get(word).or(vocabulary.date_fillers.get(word)).is_some();
    let bare = head.rsplit_once(' ').filter(|(_, last)| is_joint(last)).map(|(bare, _)| bare);
    let known = vocabulary.title_prefixes.get(&head).or_else(|| vocabulary.title_prefixes.get(bare?));
    known?;
    Some(title[found.end..].trim_start_matches([']', ')']).trim_start_matches(SEPARATORS))
}

/// The day in a file's name, or in the folder above it.
#[must_use]
pub fn date_of_name(name: &str, vocabulary: &Vocabulary) -> Option<NaiveDate> {
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
            ("Post-Mortem: 🔥", "🔥"),
            ("[SEV-2] API outage (2026-03-08)", "API outage"),
            ("API outage - 8 March 2026", "API outage"),
            ("Incident 2026-03-08: API outage", "API outage"),
            ("【ポストモーテム】検索機能の停止（2026-03-08）", "検索機能の停止"),
            ("Incident of 8 March 2026: API outage", "API outage"),
            ("Incident 17: API outage", "Incident 17: API outage"),
            ("API outage (again)", "API outage (again)"),
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
