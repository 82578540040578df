//! What a commit's message says about other commits.

use crate::promise::{self, Mark, Tracker};

/// What a message says about other commits, their names as they were written, maybe abbreviated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The commits that it takes back; of a merge the one that was merged, and the parent that stayed.
    pub reverts: Vec<(String, Option<String>)>,
    /// The commits that it is a copy of (`git cherry-pick -x`).
    pub copies: Vec<String>,
    /// The commits whose defect it mends (`Fixes: 54a4f0239f2e ("KVM: MMU: …")`).
    pub mends: Vec<String>,
}

/// Words in front of the commit that brought what is mended.
const MENDS: [&str; 5] = ["fixes", "caused-by", "introduced-by", "regressed-by", "bug-introduced-by"];
/// Shorter names are rather numbers.
const SHORTEST: usize = 7;

/// Reads a message.
#[must_use]
pub fn read(message: &str) -> Said {
    let mut said = Said::default();
    for mark in promise::read(message, &Tracker::default()) {
        match mark {
            Mark::Reverts { commit, mainline } => said.reverts.push((commit, mainline)),
            Mark::Copies(commit) => said.copies.push(commit),
            Mark::Item(..) | Mark::Reference(..) => {}
        }
    }
    said.mends = message.lines().filter_map(named_in).collect();
    said
}

/// The commit that a line says is mended.
#[must_use]
pub fn named_in(line: &str) -> Option<String> {
    let end = line.find(|c: char| !c.is_ascii_alphabetic() && c != '-')?;
    let (word, rest) = line.split_at(end);
    if !MENDS.contains(&word.to_ascii_lowercase().as_str()) {
        return None;
    }
    let rest = rest.trim_start_matches(':').trim_start();
    let rest = rest.strip_prefix("commit ").unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len());
    let is_name = (SHORTEST..=64).contains(&end)
        && rest[..end].contains(|c: char| c.is_ascii_digit())
        && !rest[end..].starts_with(|c: char| c.is_alphanumeric());
    is_name.then(|| rest[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_what_it_mends_takes_back_and_copies() {
        let message = "Fix the lock\n\nFixes: 54a4f0239f2e (\"KVM: MMU: make it so\")\n\
            This reverts commit 1111111111111111111111111111111111111111.\n\
            (cherry picked from commit 2222222222222222222222222222222222222222)\n";
        let said = read(message);
        assert_eq!(said.mends, ["54a4f0239f2e"]);
        assert_eq!(said.reverts, [("1".repeat(40), None)]);
        assert_eq!(said.copies, ["2".repeat(40)]);
    }

    #[test]
    fn an_issue_or_a_word_is_no_commit() {
        for line in [
            "Fixes #1234567",
            "Fixes: deadbeef",
            "Fixes 1234567th case",
            "Fixes: PAY-12",
            "fixes the 1234567",
        ] {
            assert_eq!(named_in(line), None, "{line}");
        }
        assert_eq!(named_in("fixes 3f9c2e1").as_deref(), Some("3f9c2e1"));
    }
}
