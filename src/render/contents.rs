//! The contents page of a documents folder: links by year, between two markers that leave the rest of the page to
//! its authors.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};

use super::escape;
use crate::model::Kind;

/// Where the list begins.
const BEGIN: &str = "<!-- postmortem: contents, written by `git postmortem toc` -->";
/// How that marker begins, whatever else a later version says in it.
const BEGINS: &str = "<!-- postmortem: contents";
/// Where it ends.
const END: &str = "<!-- postmortem: end of contents -->";

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentsRow {
    /// The title.
    pub title: String,
    /// The day of the incident.
    pub date: Option<NaiveDate>,
    /// The severity's name.
    pub severity: Option<String>,
    /// Whether it happened.
    pub kind: Kind,
    /// The document's path from the top of the tree.
    pub path: String,
}

/// A page whose markers do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnpairedMarker;

/// Whether a page has a list in it, or had one.
#[must_use]
pub fn has_markers(page: &str) -> bool {
    page.contains(BEGINS)
}

/// The page with its list renewed; one without markers gets them at its end, none becomes a new page. Only what is
/// between the markers changes, and line ends stay what they are.
///
/// # Errors
/// [`UnpairedMarker`] where one marker stands without the other.
pub fn renew(page: Option<&str>, folder: &str, rows: &[ContentsRow]) -> Result<String, UnpairedMarker> {
    let list = list(folder, rows);
    let Some(page) = page else {
        return Ok(format!("# Post-mortems\n\n{list}\n"));
    };
    let list = if page.contains("\r\n") { list.replace('\n', "\r\n") } else { list };
    match (page.find(BEGINS), page.find(END)) {
        (Some(begin), Some(end)) if begin < end => {
            Ok(format!("{}{list}{}", &page[..begin], &page[end + END.len()..]))
        }
        (None, None) => {
            let line = if page.contains("\r\n") { "\r\n" } else { "\n" };
            let gap = match page {
                "" => String::new(),
                page if page.ends_with('\n') => line.to_owned(),
                _ => line.repeat(2),
            };
            Ok(format!("{page}{gap}{list}{line}"))
        }
        _ => Err(UnpairedMarker),
    }
}

/// The markers and what is between them: newest year first.
fn list(folder: &str, rows: &[ContentsRow]) -> String {
    let mut rows: Vec<&ContentsRow> = rows.iter().collect();
    rows.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.path.cmp(&b.path)));
    let mut list = format!("{BEGIN}\n");
    let mut year: Option<Option<i32>> = None;
    for row in rows {
        let of_row = row.date.map(|date| date.year());
        if year != Some(of_row) {
            let heading = of_row.map_or_else(|| "Without a date".to_owned(), |year| year.to_string());
            let _ = write!(list, "\n## {heading}\n\n| Date | Post-mortem | Severity |\n|---|---|---|\n");
            year = Some(of_row);
        }
        let date = row.date.map(|date| date.to_string()).unwrap_or_default();
        let near = if row.kind == Kind::NearMiss { " (near-miss)" } else { "" };
        let severity = escape::markdown(row.severity.as_deref().unwrap_or_default());
        let title = escape::markdown(&row.title);
        let _ = writeln!(list, "| {date} | [{title}]({}){near} | {severity} |", link(folder, &row.path));
    }
    let _ = write!(list, "\n{END}");
    list
}

/// The path from a page in `folder`, as a markdown link takes it.
fn link(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(from, to)| from == to).count().min(to.len() - 1);
    let relative = "../".repeat(from.len() - shared) + &to[shared..].join("/");
    let mut link = String::with_capacity(relative.len());
    for c in relative.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '#' | '?' | '%' | '|' | '\\' | '"' | '`' => {
                let _ = write!(link, "%{:02X}", u32::from(c));
            }
            c if c.is_control() => {}
            c => link.push(c),
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(date: Option<&str>, title: &str, path: &str) -> ContentsRow {
        ContentsRow {
            title: title.into(),
            date: date.map(|date| date.parse().unwrap()),
            severity: Some("SEV-2".into()),
            kind: Kind::Incident,
            path: path.into(),
        }
    }

    fn rows() -> Vec<ContentsRow> {
        vec![
            row(Some("2025-04-01"), "DNS | again", "docs/pm/2025/dns (2).md"),
            row(Some("2026-03-08"), "API outage", "docs/pm/2026-03-08-api-outage.md"),
            row(Some("2026-11-19"), "Cache stampede", "ops/incidents/cache.md"),
            row(None, "Old", "docs/pm/old.md"),
        ]
    }

    #[test]
    fn a_new_page_lists_the_documents_by_year() {
        insta::assert_snapshot!(renew(None, "docs/pm", &rows()).unwrap(), @r"
        # Post-mortems

        <!-- postmortem: contents, written by `git postmortem toc` -->

        ## 2026

        | Date | Post-mortem | Severity |
        |---|---|---|
        | 2026-11-19 | [Cache stampede](../../ops/incidents/cache.md) | SEV-2 |
        | 2026-03-08 | [API outage](2026-03-08-api-outage.md) | SEV-2 |

        ## 2025

        | Date | Post-mortem | Severity |
        |---|---|---|
        | 2025-04-01 | [DNS \| again](2025/dns%20%282%29.md) | SEV-2 |

        ## Without a date

        | Date | Post-mortem | Severity |
        |---|---|---|
        |  | [Old](old.md) | SEV-2 |

        <!-- postmortem: end of contents -->
        ");
    }

    #[test]
    fn only_what_is_between_the_markers_changes() {
        let page = "# Ours\r\n\r\nHand-written.\r\n";
        let first = renew(Some(page), "docs/pm", &rows()[..1]).unwrap();
        assert!(first.starts_with(page) && !first.replace("\r\n", "").contains('\n'));
        let page = first.clone() + "Below.\r\n";
        let second = renew(Some(&page), "docs/pm", &rows()).unwrap();
        assert!(second.starts_with("# Ours\r\n\r\nHand-written.\r\n") && second.ends_with("Below.\r\n"));
        assert_eq!(renew(Some(&second), "docs/pm", &rows()).unwrap(), second);
    }

    #[test]
    fn a_marker_without_the_other_is_told() {
        assert_eq!(renew(Some(BEGIN), "docs/pm", &rows()), Err(UnpairedMarker));
        assert_eq!(renew(Some(&format!("{END}\n{BEGIN}")), "docs/pm", &rows()), Err(UnpairedMarker));
    }
}
