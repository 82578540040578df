//! Whether a document is a post-mortem at all: folders also hold a contents page and the template.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Document;

/// What a document below a documents folder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// It tells of an incident.
    Postmortem,
    /// It lists other documents, or explains the folder.
    Index,
    /// It waits to be copied.
    Template,
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Postmortem => "a post-mortem",
            Self::Index => "a contents page",
            Self::Template => "a template",
        })
    }
}

/// Names of pages about a folder rather than about an incident.
const PAGES: [&str; 8] =
    ["readme", "index", "toc", "contents", "summary", "contributing", "process", "guide"];

/// Judges by the file's name first, and by what the document says where the name leaves it open: a `README.md` of a
/// folder an incident is a post-mortem.
#[must_use]
pub fn purpose(name: &str, document: &Document<'_>) -> Purpose {
    if is_template_name(name) {
        return Purpose::Template;
    }
    let stem = stem(name.rsplit('/').next().unwrap_or(name)).trim_matches('_');
    let is_page = PAGES.iter().any(|page| stem.eq_ignore_ascii_case(page));
    let tells = || {
        !document.actions().is_empty()
            || document.sections().iter().filter(|section| section.kind.is_some()).count() >= 2
            || !document.timeline().is_empty()
    };
    if is_page && !tells() { Purpose::Index } else { Purpose::Postmortem }
}

/// Whether a file is called after a template: by its first or last word, and without the number of a year.
#[must_use]
pub fn is_template_name(name: &str) -> bool {
    let stem = stem(name.rsplit(['/', '\\']).next().unwrap_or(name));
    // Most documents are called after a day.
    if stem.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let stem = stem.to_lowercase();
    let mut words = stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_template =
        |word: &str| matches!(word, "template" | "templates" | "vorlage" | "modele" | "plantilla" | "modelo");
    let first = words.next().unwrap_or("");
    let last = words.next_back().unwrap_or(first);
    is_template(first) || is_template(last)
}

/// A file's name without what is behind its first full stop.
fn stem(file: &str) -> &str {
    file.split('.').next().unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, Vocabulary, parse};

    fn of(name: &str, text: &str) -> Purpose {
        let vocabulary = Vocabulary::default();
        purpose(name, &parse(&Source { name, bytes: text.as_bytes() }, &vocabulary))
    }

    const INCIDENT: &str = "# Cache\n\n## Summary\n\nIt broke.\n\n## Root Cause\n\nA key.\n";

    #[test]
    fn a_page_about_the_folder_is_none() {
        assert_eq!(of("docs/post-mortems/README.md", "# Post-mortems\n\n- [a](a.md)\n"), Purpose::Index);
        assert_eq!(of("docs/post-mortems/TEMPLATE.md", INCIDENT), Purpose::Template);
        assert_eq!(of("docs/post-mortems/incident_report_template.md", INCIDENT), Purpose::Template);
    }

    #[test]
    fn a_document_named_after_its_folder_is_one_all_the_same() {
        assert_eq!(of("docs/post-mortems/2026-03-08-cache/README.md", INCIDENT), Purpose::Postmortem);
        assert_eq!(of("docs/post-mortems/2026-03-08-email-template.md", "Short."), Purpose::Postmortem);
    }
}
