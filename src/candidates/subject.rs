//! What the first line of a message says a commit is.

/// What a fix of is no incident: words for people, and what only builds or checks.
const HARMLESS: [&str; 20] = [
    "typo",
    "typos",
    "spelling",
    "grammar",
    "lint",
    "linter",
    "formatting",
    "whitespace",
    "docs",
    "doc",
    "documentation",
    "comment",
    "comments",
    "changelog",
    "readme",
    "ci",
    "flaky",
    "clippy",
    "indentation",
    "wording",
];

/// Whether a commit says that it mends something which users may have felt, by the team's words for that.
pub(super) fn is_fix(subject: &str, words: &[String]) -> bool {
    let lower = subject.to_lowercase();
    let mut rest = lower.trim();
    while let Some((_, behind)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        rest = behind.trim_start();
    }
    let is_word = |text: &str| {
        let first: String =
            text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        words.iter().any(|word| word.to_lowercase() == first)
    };
    // `net: fix the timer` says it behind the part that it is about.
    let is_one = is_word(rest) || rest.split_once(": ").is_some_and(|(_, behind)| is_word(behind));
    let mut parts = lower.split(|c: char| !c.is_alphanumeric());
    is_one && !parts.any(|part| HARMLESS.contains(&part))
}

/// How a subject says that it takes something back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Back<'s> {
    /// It names the subject of what it takes back.
    Named(&'s str),
    /// It says so, and not of what.
    Said,
    /// What was taken back is put in again.
    Again,
}

/// Reads a subject: `Revert "…"`, `Back out …`, `Roll back …`, `Reapply "…"`.
pub(super) fn taken_back(subject: &str) -> Option<Back<'_>> {
    let subject = subject.trim();
    let lower = subject.to_lowercase();
    let begins = |words: &[&str]| {
        words.iter().any(|word| {
            let rest = lower.strip_prefix(word);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        })
    };
    let is_again = begins(&["reapply", "re-apply", "reland", "unrevert"])
        || lower.starts_with("revert \"revert \"")
        || lower.starts_with("revert: revert");
    if is_again {
        return Some(Back::Again);
    }
    let words = [
        "revert",
        "reverts",
        "back out",
        "backs out",
        "backout",
        "backed out",
        "roll back",
        "rolls back",
        "rolled back",
        "rollback of",
        "rollback to",
        "rollback:",
    ];
    if !begins(&words) {
        return None;
    }
    let quoted = subject.split_once('"').and_then(|(_, rest)| Some(rest.rsplit_once('"')?.0));
    let behind = subject.split_once(": ").map(|(_, rest)| rest.trim()).filter(|rest| !rest.is_empty());
    Some(quoted.or(behind).map_or(Back::Said, Back::Named))
}

/// A subject without the number that a hosting service put behind it: `Add retries (#12)`.
pub(super) fn bare(subject: &str) -> &str {
    let text = subject.trim();
    let behind = text.rsplit_once(" (#").filter(|(_, number)| {
        number.strip_suffix(')').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    });
    behind.map_or(text, |(text, _)| text)
}

/// Whether a subject carries the number of a request: `Add retries (#12)`, `Merge pull request #12 from …`.
pub(super) fn has_request(subject: &str, request: &str) -> bool {
    subject
        .match_indices(request)
        .any(|(at, _)| !subject[at + request.len()..].starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fix_is_told_by_its_first_word() {
        let words = ["fix", "fixes", "hotfix"].map(str::to_owned);
        for subject in [
            "Fix the timer",
            "fix(cart): round",
            "fix!: x",
            "[API] Fix it",
            "net: fix the timer",
            "hotfix: x",
        ] {
            assert!(is_fix(subject, &words), "{subject}");
        }
        for subject in
            ["Fixture for carts", "Add a fix", "fix typo", "fix(docs): x", "Prefix ids", "fix: ci image", ""]
        {
            assert!(!is_fix(subject, &words), "{subject}");
        }
    }

    #[test]
    fn what_is_taken_back_is_read_from_the_subject() {
        assert_eq!(taken_back("Revert \"Add \"fast\" retries\""), Some(Back::Named("Add \"fast\" retries")));
        assert_eq!(taken_back("Revert \"Add retries\" (#13)"), Some(Back::Named("Add retries")));
        assert_eq!(taken_back("Backed out changeset 1234"), Some(Back::Said));
        assert_eq!(taken_back("revert: feat: add retries"), Some(Back::Named("feat: add retries")));
        assert_eq!(taken_back("Rollback of the index switch"), Some(Back::Said));
        assert_eq!(taken_back("Reapply \"Add retries\""), Some(Back::Again));
        assert_eq!(taken_back("Revert \"Revert \"Add retries\"\""), Some(Back::Again));
        for none in [
            "Reverting is slow: fix it",
            "Revertible migrations",
            "Rollback support for plans",
            "Undo button",
        ] {
            assert_eq!(taken_back(none), None, "{none}");
        }
    }

    #[test]
    fn requests_are_told_apart() {
        assert!(has_request("Add retries (#12)", "#12") && !has_request("Add retries (#123)", "#12"));
        assert_eq!((bare("Add retries (#12)"), bare("Add retries (x)")), ("Add retries", "Add retries (x)"));
    }
}
