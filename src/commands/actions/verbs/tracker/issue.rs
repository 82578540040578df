//! An issue of a tracker, whichever export it came from, and what its words mean here.

use chrono::NaiveDate;

use crate::document::Vocabulary;
use crate::model::Status;

/// An issue as an export tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Issue {
    /// `PAY-123`, `#45`.
    pub(super) key: String,
    /// Of GitHub: its number, and `org/repo` where the export has its address.
    pub(super) number: Option<u64>,
    pub(super) repo: Option<String>,
    pub(super) title: String,
    /// The tracker's own word.
    pub(super) word: String,
    /// What that is here; `None` for a word that nothing is known of.
    pub(super) status: Option<Status>,
    /// Whether the tracker tells what is begun from what is not.
    pub(super) tells_doing: bool,
    /// Why it was given up.
    pub(super) reason: Option<String>,
    /// Who has it, by every name that the export gives, the best first.
    pub(super) owners: Vec<String>,
    pub(super) due: Option<NaiveDate>,
    /// A due date that could not be read.
    pub(super) unclear_due: Option<String>,
}

/// Resolutions that are no success, besides the words for what was cancelled.
const UNSUCCESSFUL: [&str; 6] =
    ["cannot reproduce", "incomplete", "invalid", "not a bug", "declined", "won't do"];

/// What a Jira issue's status is here: the category counts, which every status of every workflow has; without one, the
/// status by the words for a status that documents are read by. What is done by a resolution that is no success is
/// cancelled.
pub(super) fn jira_status(
    category: &str,
    word: &str,
    resolution: &str,
    vocabulary: &Vocabulary,
) -> Option<Status> {
    let by_word = vocabulary.status_of(word);
    let status = match category.trim().to_lowercase().as_str() {
        "new" | "to do" | "todo" => Status::Open,
        "indeterminate" | "in progress" => Status::Doing,
        "done" | "complete" => Status::Done,
        _ => by_word?,
    };
    let gave_up = |word: &str| {
        vocabulary.status_of(word) == Some(Status::Cancelled)
            || UNSUCCESSFUL.iter().any(|known| word.trim().eq_ignore_ascii_case(known))
    };
    let is_given_up = status == Status::Done && (gave_up(word) || gave_up(resolution));
    Some(if is_given_up { Status::Cancelled } else { status })
}

impl Issue {
    /// Whether a reference in a document points to it. A bare `#45` does where no other repository's issue in the same
    /// export has that number.
    pub(super) fn is_named_by(&self, reference: &str, bare: bool) -> bool {
        let reference = reference.trim();
        let path = reference.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let Some(number) = self.number else {
            let last = path.rsplit('/').next().unwrap_or_default();
            return last.eq_ignore_ascii_case(&self.key);
        };
        let number = number.to_string();
        if reference.starts_with("http") {
            let mut parts = path.rsplit('/');
            let is_it = parts.next() == Some(&number) && parts.next() == Some("issues");
            let (name, owner) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let repo = format!("{owner}/{name}");
            return is_it && self.repo.as_ref().is_none_or(|own| own.eq_ignore_ascii_case(&repo));
        }
        match reference.split_once('#') {
            Some(("", digits)) => bare && digits == number,
            Some((repo, digits)) => {
                digits == number && self.repo.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(repo))
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_count_and_words_help_where_there_is_none() {
        let words = Vocabulary::default();
        for (category, word, resolution, expected) in [
            ("done", "Shipped to EU", "Done", Some(Status::Done)),
            ("done", "Closed", "Won't Do", Some(Status::Cancelled)),
            ("Done", "Closed", "Cannot Reproduce", Some(Status::Cancelled)),
            ("Done", "Rejected", "", Some(Status::Cancelled)),
            ("indeterminate", "Waiting for vendor", "", Some(Status::Doing)),
            ("To Do", "Selected", "", Some(Status::Open)),
            ("", "In Progress", "", Some(Status::Doing)),
            ("", "Resolved", "Duplicate", Some(Status::Cancelled)),
            ("", "Erledigt", "", Some(Status::Done)),
            ("No Category", "Quarantäne", "", None),
        ] {
            assert_eq!(jira_status(category, word, resolution, &words), expected, "{category} {word}");
        }
    }

    #[test]
    fn references_of_every_form_name_an_issue() {
        let jira = Issue { key: "PAY-12".into(), ..Issue::default() };
        for (reference, expected) in [
            ("PAY-12", true),
            ("https://acme.atlassian.net/browse/PAY-12?focusedId=1", true),
            ("PAY-123", false),
            ("https://acme.atlassian.net/browse/PAY-123", false),
        ] {
            assert_eq!(jira.is_named_by(reference, true), expected, "{reference}");
        }
        let hub =
            Issue { key: "#45".into(), number: Some(45), repo: Some("Acme/shop".into()), ..Issue::default() };
        for (reference, bare, expected) in [
            ("#45", true, true),
            ("#45", false, false),
            ("#450", true, false),
            ("acme/shop#45", false, true),
            ("acme/other#45", true, false),
            ("https://github.com/acme/shop/issues/45#issuecomment-1", false, true),
            ("https://github.com/acme/other/issues/45", true, false),
            ("https://github.com/acme/shop/pull/45", true, false),
        ] {
            assert_eq!(hub.is_named_by(reference, bare), expected, "{reference}");
        }
    }
}
