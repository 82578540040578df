//! One revision as people name it: a tag, an id, a version without its prefix, the number of a pull request.

use super::resolve::Patterns;
use crate::config::fits_name;
use crate::deploy::is_version_of;
use crate::error::CliError;
use crate::git::{Commit, CommitId, Error, Repo, Tag};

/// As many names as a message lists.
const LISTED: usize = 5;
/// How like a name must be to be worth a mention.
const LIKENESS: f64 = 0.6;

/// Digits of an id that is written down in the place of a name; few enough to read, and nobody else's for long.
const DIGITS: usize = 12;

/// A revision that was understood.
pub(in crate::commands) struct Side {
    pub(in crate::commands) commit: CommitId,
    /// How it is written down: names that move, as branches do, as the commit's id.
    pub(in crate::commands) recorded: String,
    /// What should be said about how it was understood.
    pub(super) note: Option<String>,
}

/// Resolves one revision; nothing typed is HEAD, as for git.
///
/// # Errors
/// Where it names no commit, or several.
pub(in crate::commands) fn resolve(repo: &Repo, patterns: &Patterns, typed: &str) -> Result<Side, CliError> {
    let typed = if typed.is_empty() { "HEAD" } else { typed };
    if let Some(number) = pull_number(typed) {
        return pull(repo, typed, number);
    }
    match repo.named(typed) {
        Ok(named) => Ok(record(repo, typed, named.commit)?),
        Err(Error::UnknownRevision { .. }) => by_version(repo, patterns, typed),
        Err(error @ Error::NoCommit { .. }) => {
            Err(CliError::from(error).hint("a link points to a commit, or to a tag of one"))
        }
        Err(error) => Err(error.into()),
    }
}

/// A tag and an id stay as they were typed; what names another commit tomorrow becomes an id.
fn record(repo: &Repo, typed: &str, commit: CommitId) -> Result<Side, CliError> {
    let lower = typed.to_lowercase();
    if lower.len() >= 4 && commit.to_string().starts_with(&lower) {
        // The whole of it stands in a column of its own.
        let recorded = lower.chars().take(DIGITS).collect();
        return Ok(Side { commit, recorded, note: None });
    }
    let name = typed.strip_prefix("refs/").unwrap_or(typed);
    let name = name.strip_prefix("tags/").unwrap_or(name);
    let full = format!("refs/tags/{name}");
    if repo.refs(&[&full])?.iter().any(|found| found.name == full && found.commit == Some(commit)) {
        return Ok(Side { commit, recorded: name.to_owned(), note: None });
    }
    let note = Some(format!("{typed} is {} today", commit.short()));
    let recorded = commit.to_string()[..DIGITS].to_owned();
    Ok(Side { commit, recorded, note })
}

/// A version without the tag's prefix: `1.4.0` for `v1.4.0`, or for `payments-v1.4.0` in a document about payments.
fn by_version(repo: &Repo, patterns: &Patterns, typed: &str) -> Result<Side, CliError> {
    let tags = repo.tags()?;
    let ends: Vec<&Tag> = tags.iter().filter(|tag| is_version_of(&tag.name, typed)).collect();
    let fitting = |patterns: &[String]| -> Vec<&Tag> {
        let fits = |tag: &&&Tag| patterns.iter().any(|pattern| fits_name(pattern, &tag.name));
        ends.iter().filter(fits).copied().collect()
    };
    let choices = [fitting(&patterns.own), fitting(&patterns.all), ends.clone()];
    let found = choices.into_iter().find(|some| !some.is_empty()).unwrap_or_default();
    let Some(first) = found.first() else { return Err(unknown(repo, typed, tags)) };
    if found.iter().any(|tag| tag.commit != first.commit) {
        let names: Vec<&str> = found.iter().take(LISTED).map(|tag| tag.name.as_str()).collect();
        return Err(CliError::new(format!("'{typed}' is the version of several tags"))
            .hint(format!("name one: {}", names.join(", "))));
    }
    let note = Some(format!("{typed} is the tag {}", first.name));
    Ok(Side { commit: first.commit, recorded: first.name.clone(), note })
}

/// Nothing has that name: the beginning of several ids, or a slip of the finger.
fn unknown(repo: &Repo, typed: &str, tags: &[Tag]) -> CliError {
    let several = repo.beginning_with(typed).unwrap_or_default();
    if several.len() > 1 {
        let told = |id: &CommitId| {
            let subject = repo.commit(id).map(|commit| commit.subject).unwrap_or_default();
            format!("{} {subject}", &id.to_string()[..(typed.len() + 4).min(id.to_string().len())])
        };
        let names: Vec<String> = several.iter().take(LISTED).map(told).collect();
        let error = CliError::new(format!("several commits begin with '{typed}'"));
        return names.into_iter().fold(error, CliError::because).hint("type more of its digits");
    }
    let branches = repo.refs(&["refs/heads", "refs/remotes"]).unwrap_or_default();
    let short = |name: &str| {
        let name = name.strip_prefix("refs/heads/").or_else(|| name.strip_prefix("refs/remotes/"));
        name.unwrap_or_default().to_owned()
    };
    let names = tags.iter().map(|tag| tag.name.clone());
    let names = names.chain(branches.iter().map(|branch| short(&branch.name)));
    let likeness = |name: &str| strsim::normalized_levenshtein(&name.to_lowercase(), &typed.to_lowercase());
    let mut near: Vec<(f64, String)> = names.map(|name| (likeness(&name), name)).collect();
    near.retain(|(likeness, _)| *likeness >= LIKENESS);
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let near: Vec<String> = near.into_iter().take(LISTED).map(|(_, name)| name).collect();
    let error = Error::UnknownRevision { rev: typed.to_owned() };
    let mut error = CliError::from(error);
    if !near.is_empty() {
        error.hints = vec![format!("nearest are {}", near.join(", "))];
    }
    if let Some((name, _)) = typed.split_once(':').filter(|(name, _)| !name.contains('/')) {
        error = error.hint(format!("a revision of another repository needs '{name}' in [repos]"));
    }
    if repo.is_shallow() {
        error = error.hint("the clone is shallow: git fetch --unshallow --tags brings what is older");
    }
    error
}

/// The number of `#123`, `!123`, `pr#123` or `PR-123`.
fn pull_number(typed: &str) -> Option<u64> {
    let rest = typed.strip_prefix(['#', '!']).or_else(|| {
        let head =
            typed.get(..3).filter(|head| ["pr#", "pr-", "mr!"].contains(&head.to_lowercase().as_str()));
        head.map(|_| &typed[3..])
    })?;
    rest.parse().ok().filter(|_| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The commit that brought a pull request in: its merge, else the commit that it was squashed to.
fn pull(repo: &Repo, typed: &str, number: u64) -> Result<Side, CliError> {
    let pattern = format!(
        "^Merge pull request #{number}([^0-9]|$)|\\((pull request )?#{number}\\)$|^Merged PR {number}:|See merge request [^ ]*!{number}$"
    );
    let branch = repo.default_branch()?.unwrap_or_default();
    let names = ["HEAD".to_owned(), branch.clone(), format!("origin/{branch}")];
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let tips: Vec<CommitId> = repo.resolve_each(&names)?.into_iter().flatten().collect();
    let mut found = ranked(if tips.is_empty() { Vec::new() } else { repo.saying(&pattern, &tips)? }, number);
    if found.is_empty() {
        found = ranked(repo.saying(&pattern, &[])?, number);
    }
    let Some((_, commit)) = found.into_iter().next() else {
        return Err(CliError::new(format!("no commit says that it brought '{typed}'"))
            .because(format!(
                "neither 'Merge pull request #{number}' nor a subject with (#{number}) is in the history"
            ))
            .hint("name the commit itself"));
    };
    let recorded = format!("#{number}");
    let note = Some(format!("{typed} is {}, by its message", commit.id.short()));
    Ok(Side { commit: commit.id, recorded, note })
}

/// Merges before squashed commits, the oldest first: what was picked elsewhere later says the same.
fn ranked(found: Vec<Commit>, number: u64) -> Vec<(u8, Commit)> {
    let mut ranked: Vec<(u8, Commit)> =
        found.into_iter().filter_map(|commit| Some((brings(&commit, number)?, commit))).collect();
    ranked.sort_by_key(|(rank, commit)| (*rank, commit.committed));
    ranked
}

/// How surely a commit says that it brought a pull request. One that takes it back quotes its subject and says no such
/// thing.
fn brings(commit: &Commit, number: u64) -> Option<u8> {
    let subject = commit.subject.as_str();
    let merged = subject.strip_prefix(&format!("Merge pull request #{number}"));
    let is_merge = merged.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        || subject.starts_with(&format!("Merged PR {number}:"))
        || subject.ends_with(&format!("(pull request #{number})"))
        || commit.message.lines().any(|line| {
            let named = line.trim().strip_prefix("See merge request ");
            named.is_some_and(|named| named.ends_with(&format!("!{number}")))
        });
    match (is_merge, subject.ends_with(&format!("(#{number})"))) {
        (true, _) => Some(0),
        (false, true) => Some(1),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pull_requests_are_told_from_revisions() {
        for typed in ["#12", "!12", "pr#12", "PR-12", "mr!12"] {
            assert_eq!(pull_number(typed), Some(12), "{typed}");
        }
        for typed in ["12", "#", "#12a", "#-1", "pr#", "v1", "é#1"] {
            assert_eq!(pull_number(typed), None, "{typed}");
        }
    }
}
