//! Revisions and ids of other repositories: `payments:v1.4.0`, `incidents:api-outage#3`.

use std::path::PathBuf;

use super::actions::ActionsArgs;
use super::actions::sources;
use crate::error::CliError;
use crate::session::{Project, Session};

/// What was typed, and what kind of name it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Id,
    Revision,
}

/// A repository that something typed begins with.
struct Prefix {
    name: String,
    folder: PathBuf,
    rest: String,
}

/// Where an id or a revision has another repository in front, stands in that one from here on, and leaves the rest.
///
/// # Errors
/// Where that repository is not at hand, and where two are named.
pub(crate) fn enter(
    session: &mut Session,
    id: Option<&mut String>,
    rev: Option<&mut String>,
) -> Result<(), CliError> {
    let typed = [(Kind::Id, id), (Kind::Revision, rev)];
    let mut typed: Vec<_> = typed.into_iter().filter_map(|(kind, typed)| Some((kind, typed?))).collect();
    // Nearly nothing that is typed has one, and then nothing is asked.
    if !typed.iter().any(|(_, typed)| typed.contains(':')) {
        return Ok(());
    }
    let project = session.project()?;
    let mut found: Option<Prefix> = None;
    for (kind, typed) in &mut typed {
        let Some(prefix) = split(session, &project, *kind, typed)? else { continue };
        if let Some(other) = found.as_ref().filter(|other| other.name != prefix.name) {
            return Err(two(&other.name, &prefix.name));
        }
        (**typed).clone_from(&prefix.rest);
        found = Some(prefix);
    }
    if let Some(prefix) = found {
        session.enter(&prefix.folder);
    }
    Ok(())
}

/// The same for `actions`, which reads several repositories: one that is named in front is read alone.
///
/// # Errors
/// As [`enter`].
pub(crate) fn choose(session: &Session, args: &mut ActionsArgs) -> Result<(), CliError> {
    let is_prefixed = |typed: &Option<String>| typed.as_deref().is_some_and(|typed| typed.contains(':'));
    if args.verb.is_some() || !args.repos.is_empty() || !(is_prefixed(&args.id) || is_prefixed(&args.rev)) {
        return Ok(());
    }
    let project = session.project()?;
    let read = |kind, typed: &Option<String>| {
        typed.as_deref().map_or(Ok(None), |typed| split(session, &project, kind, typed))
    };
    let (id, rev) = (read(Kind::Id, &args.id)?, read(Kind::Revision, &args.rev)?);
    if let (Some(id), Some(rev)) = (&id, &rev)
        && id.name != rev.name
    {
        return Err(two(&id.name, &rev.name));
    }
    args.repos.extend(id.as_ref().or(rev.as_ref()).map(|prefix| prefix.name.clone()));
    // The id stays as it is: so it stands in the tables of several repositories.
    if let Some(rev) = rev {
        args.rev = Some(rev.rest);
    }
    Ok(())
}

/// The repository in front, if something typed has one. A revision never has a colon behind a plain name otherwise; an id
/// may (`api-outage:3`).
fn split(session: &Session, project: &Project, kind: Kind, typed: &str) -> Result<Option<Prefix>, CliError> {
    let is_plain = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    let Some((name, rest)) = typed.split_once(':').filter(|(name, _)| is_plain(name)) else {
        return Ok(None);
    };
    let missing = |why: String| {
        CliError::new(format!("{typed} is not resolved here"))
            .because(why)
            .hint(format!("git config postmortem.repo.{name} FOLDER says where it is on this machine"))
    };
    match sources::named(session, project, name) {
        Some(folder) if folder.is_dir() => {
            Ok(Some(Prefix { name: name.to_owned(), folder, rest: rest.to_owned() }))
        }
        Some(folder) => Err(missing(format!("there is no folder {}", folder.display()))),
        None if kind == Kind::Revision => Err(missing(format!("no repository is called {name}"))),
        None => Ok(None),
    }
}

fn two(one: &str, other: &str) -> CliError {
    CliError::new(format!("{one} and {other} are two repositories, and one is asked about"))
        .hint("git postmortem actions --repos reads several")
}
