//! Links to files beside a document, when the document and its folder get another name.

use super::Edit;

/// Edits that lead every link into a folder of one name into a folder of another, so that `![](old/graph.png)` shows the
/// same picture: markdown's links and their definitions, and attributes of HTML. `renamed` says what a file of the
/// folder is called there.
#[must_use]
pub fn move_targets(text: &str, old: &str, new: &str, renamed: impl Fn(&str) -> String) -> Vec<Edit> {
    if old.is_empty() {
        return Vec::new();
    }
    let folder = format!("{old}/");
    let of_link = |(at, _): (usize, &str)| {
        let before = text[..at].strip_suffix("./").unwrap_or(&text[..at]);
        if !opens_target(before) {
            return None;
        }
        let start = at + folder.len();
        let is_end = |c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | '\'' | '#' | '?');
        let end = text[start..].find(is_end).map_or(text.len(), |length| start + length);
        let file = &text[start..end];
        // A name with blanks is written with their codes.
        let spelt = file.replace("%20", " ");
        let target = renamed(&spelt);
        let target = if target == spelt { file.to_owned() } else { target.replace(' ', "%20") };
        Some(Edit { span: at..end, text: format!("{new}/{target}") })
    };
    let edits = text.match_indices(folder.as_str()).filter_map(of_link);
    edits.filter(|edit| text[edit.span.clone()] != edit.text).collect()
}

/// Whether the target of a link begins behind a text: `](`, `]: `, `src="`.
fn opens_target(before: &str) -> bool {
    let inner = before.strip_suffix('<').unwrap_or(before);
    let is_definition = || inner.trim_end_matches([' ', '\t']).ends_with("]:");
    inner.ends_with("](") || is_definition() || ["=\"", "='", "="].iter().any(|sign| before.ends_with(sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::edit::apply;

    fn moved(text: &str) -> String {
        let renamed = |file: &str| if file == "a b.png" { "a b-2.png".to_owned() } else { file.to_owned() };
        let edits = move_targets(text, "2026-03-08-a", "2026-03-08-b", renamed);
        apply(text, &edits)
    }

    #[test]
    fn links_lead_into_the_new_folder() {
        for (text, expected) in [
            ("![g](2026-03-08-a/g.png)", "![g](2026-03-08-b/g.png)"),
            ("[log](./2026-03-08-a/x/y.log \"the log\")", "[log](./2026-03-08-b/x/y.log \"the log\")"),
            ("[g](<2026-03-08-a/g.png>)", "[g](<2026-03-08-b/g.png>)"),
            ("[g]: 2026-03-08-a/g.png\n", "[g]: 2026-03-08-b/g.png\n"),
            ("<img src=\"2026-03-08-a/g.png\">", "<img src=\"2026-03-08-b/g.png\">"),
            ("![g](2026-03-08-a/a%20b.png#x)", "![g](2026-03-08-b/a%20b-2.png#x)"),
        ] {
            assert_eq!(moved(text), expected);
        }
    }

    #[test]
    fn what_is_no_link_into_the_folder_stays() {
        for text in [
            "see 2026-03-08-a/g.png",
            "[x](other/2026-03-08-a/g.png)",
            "[x](2026-03-08-ab/g.png)",
            "[x](https://example.org/2026-03-08-a/g.png)",
            "[x](2026-03-08-a)",
        ] {
            assert_eq!(moved(text), text);
        }
    }
}
