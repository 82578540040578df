//! `list --grep`: full text over the documents that are listed.

use super::Listed;
use crate::document::text_of;
use crate::error::CliError;
use crate::render::postmortems::MatchLine;
use crate::session::Project;

/// A text that is looked for: as it is where it has a capital letter, else in any case.
struct Needle {
    text: String,
    exact: bool,
}

impl Needle {
    fn new(typed: &str) -> Self {
        let exact = typed.chars().any(char::is_uppercase);
        Self { text: if exact { typed.to_owned() } else { typed.to_lowercase() }, exact }
    }

    fn is_in(&self, line: &str, lower: &str) -> bool {
        if self.exact { line.contains(&self.text) } else { lower.contains(&self.text) }
    }
}

/// Keeps the documents that have every text, with the lines that have any of them; hands back what could not be read.
///
/// # Errors
/// An empty text; git's.
pub(super) fn narrow(
    project: &Project,
    typed: &[String],
    rows: &mut Vec<Listed<'_>>,
) -> Result<Vec<String>, CliError> {
    if typed.iter().any(|text| text.trim().is_empty() || text.contains('\n')) {
        return Err(CliError::new("--grep needs a text of one line"));
    }
    let needles: Vec<Needle> = typed.iter().map(|text| Needle::new(text)).collect();
    let blobs: Vec<_> = rows.iter().map(|listed| listed.entry.blob).collect();
    let found = project.repo.map_blobs(&blobs, |_, bytes| matches(&text_of(bytes), &needles))?;
    let mut unread = Vec::new();
    let mut found = found.into_iter();
    rows.retain_mut(|listed| match found.next() {
        Some(Ok(lines)) if !lines.is_empty() => {
            listed.row.matches = Some(lines);
            true
        }
        Some(Err(error)) => {
            unread.push(format!("{} could not be read: {error}", listed.entry.path));
            false
        }
        _ => false,
    });
    Ok(unread)
}

/// The lines with any of the texts; none unless every text is somewhere.
fn matches(text: &str, needles: &[Needle]) -> Vec<MatchLine> {
    let lower = if needles.iter().all(|needle| needle.exact) { String::new() } else { text.to_lowercase() };
    let is_somewhere = |needle: &Needle| needle.is_in(text, &lower);
    if !needles.iter().all(is_somewhere) {
        return Vec::new();
    }
    let mut lowered = lower.lines();
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let lower = lowered.next().unwrap_or_default();
        if needles.iter().any(|needle| needle.is_in(line, lower)) {
            let text = line.trim_start_matches('\u{feff}').trim().to_owned();
            lines.push(MatchLine { line: at + 1, text });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, typed: &[&str]) -> Vec<usize> {
        let needles: Vec<Needle> = typed.iter().map(|text| Needle::new(text)).collect();
        matches(text, &needles).into_iter().map(|found| found.line).collect()
    }

    #[test]
    fn small_letters_mean_any_case_and_capitals_themselves() {
        let text = "The Pool\r\nthe pool\nPOOL größe\n";
        assert_eq!(lines(text, &["pool"]), [1, 2, 3]);
        assert_eq!(lines(text, &["Pool"]), [1]);
        assert_eq!(lines(text, &["GRÖSSE"]), Vec::<usize>::new());
        assert_eq!(lines(text, &["p.ol"]), Vec::<usize>::new());
    }

    #[test]
    fn several_texts_must_all_be_there() {
        let text = "a pool\nnothing\nof workers\n";
        assert_eq!(lines(text, &["pool", "workers"]), [1, 3]);
        assert_eq!(lines(text, &["pool", "queue"]), Vec::<usize>::new());
    }
}
