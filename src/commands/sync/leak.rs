//! Secrets in what a push would send: in drafts as they are, and in texts that only their history has.

use std::collections::HashSet;

use crate::document::secrets::{Found, RULE, SecretKind, allowed, masked, scan};
use crate::error::CliError;
use crate::git::{CommitId, DraftTree, ObjectId};
use crate::render::{clean, count};
use crate::session::Project;

/// Places that a message lists at most.
const SHOWN: usize = 5;

/// A secret that would be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leak {
    /// The file on the branch.
    pub(super) draft: String,
    /// Its line, from one.
    pub(super) line: usize,
    pub(super) kind: SecretKind,
    pub(super) secret: String,
    /// The commit that has it, where the drafts as they are have it no more.
    pub(super) commit: Option<CommitId>,
}

impl Leak {
    /// Where it is and what, without showing it.
    pub(super) fn told(&self) -> String {
        let place = format!("{}:{}", clean(&self.draft), self.line);
        let past =
            self.commit.map(|commit| format!(" as of {}, in the history that is sent", commit.short()));
        format!("{place}{}: {}, {}", past.unwrap_or_default(), self.kind.name(), clean(&masked(&self.secret)))
    }
}

/// What a push of `tip` would send that the remote does not have, `now` being what the tip holds.
///
/// # Errors
/// git's.
pub(super) fn find(
    project: &Project,
    tip: &CommitId,
    remote: &str,
    now: &DraftTree,
    there: &DraftTree,
) -> Result<Vec<Leak>, CliError> {
    let repo = &project.repo;
    let sent = repo.contents_to_send(tip, remote)?;
    let blobs: Vec<ObjectId> = sent.iter().map(|(.., blob)| *blob).collect();
    let scanned = repo.map_blobs(&blobs, |_, bytes| secrets(bytes))?;
    let mut leaks: Vec<Leak> = Vec::new();
    let mut current = HashSet::new();
    for ((commit, path, blob), found) in sent.iter().zip(scanned) {
        let is_now = now.get(path) == Some(blob);
        for (line, kind, secret) in found? {
            if is_now {
                current.insert(secret.clone());
            }
            let commit = (!is_now).then_some(*commit);
            leaks.push(Leak { draft: path.clone(), line, kind, secret, commit });
        }
    }
    if leaks.is_empty() {
        return Ok(leaks);
    }
    // What the remote has is no news to it; what the present allows, the past may have.
    let known = all_of(project, there, &|text| scan(text).into_iter().chain(allowed(text)).collect())?;
    let passed = all_of(project, now, &allowed)?;
    leaks.retain(|leak| !known.contains(&leak.secret) && !passed.contains(&leak.secret));
    // Of the past, what the present has not; and each once.
    leaks.retain(|leak| leak.commit.is_none() || !current.contains(&leak.secret));
    let mut seen = HashSet::new();
    leaks.retain(|leak| seen.insert((leak.draft.clone(), leak.secret.clone())));
    Ok(leaks)
}

/// The secrets that any file of a branch has.
fn all_of(
    project: &Project,
    files: &DraftTree,
    find: &(dyn Fn(&str) -> Vec<Found> + Sync),
) -> Result<HashSet<String>, CliError> {
    let blobs: Vec<ObjectId> = files.values().copied().collect();
    let found = project.repo.map_blobs(&blobs, |_, bytes| {
        let text = String::from_utf8_lossy(bytes);
        find(&text).into_iter().map(|found| text[found.span].to_owned()).collect::<Vec<_>>()
    })?;
    Ok(found.into_iter().flatten().flatten().collect())
}

/// The secrets of a file, with their lines; a comment in any version of it allows what stands beside it there.
fn secrets(bytes: &[u8]) -> Vec<(usize, SecretKind, String)> {
    let text = String::from_utf8_lossy(bytes);
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let found = scan(&text).into_iter();
    found.map(|found| (line(found.span.start), found.kind, text[found.span.clone()].to_owned())).collect()
}

/// Says where the secrets are, none of them in full, and what can be done.
pub(super) fn refuse(leaks: &[Leak]) -> CliError {
    let what = count(leaks.len(), "secret", "secrets");
    let mut error = CliError::new(format!("{what} would go to the remote; nothing was sent"));
    for leak in leaks.iter().take(SHOWN) {
        error = error.because(leak.told());
    }
    if leaks.len() > SHOWN {
        error = error.because(format!("and {} more", leaks.len() - SHOWN));
    }
    let is_past = leaks.iter().any(|leak| leak.commit.is_some());
    if let Some(now) = leaks.iter().find(|leak| leak.commit.is_none()) {
        let stem = now.draft.split('/').next().unwrap_or_default().trim_end_matches(".md");
        let id = super::plan::shown(stem);
        let way = match now.draft.rsplit_once('/') {
            Some((_, name)) => {
                format!("git postmortem edit {id} --attach {} takes another file of that name", clean(name))
            }
            None => format!("git postmortem edit {id} -e takes it out of the text"),
        };
        error = error.hint(format!("{way}; a secret that was shown is best revoked"));
        error = error.hint(format!(
            "<!-- postmortem: allow {RULE} REASON --> beside it lets it pass, as does --allow-secrets"
        ));
    }
    if is_past || leaks.iter().any(|leak| leak.commit.is_none()) {
        error = error
            .hint("git postmortem sync --squash sends the drafts as they are, without their unsent history");
    }
    error
}
