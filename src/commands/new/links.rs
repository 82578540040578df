//! What the flags say was live, and what mended it.

use super::NewArgs;
use crate::commands::link::Names;
use crate::error::CliError;
use crate::model::{Link, Role};
use crate::session::{Project, Session};

/// The words of `--deploy` that are no revision.
pub(super) const WORDS: [&str; 2] = ["auto", "none"];

/// Resolves the revisions that were typed.
///
/// # Errors
/// Where one names no commit, or none that lasts.
pub(super) fn typed(session: &Session, project: &Project, args: &NewArgs) -> Result<Vec<Link>, CliError> {
    let names = Names::new(session, project, args.service.as_deref());
    let deploys = args.deploy.iter().filter(|typed| !WORDS.contains(&typed.as_str()));
    let deploys = deploys.map(|typed| names.link(Role::Deploy, typed));
    let fixes = args.fix.iter().map(|typed| names.link(Role::Fix, typed));
    let named = deploys.chain(fixes).collect::<Result<Vec<_>, _>>()?;
    names.check(&named)?;
    Ok(named.into_iter().map(|named| named.link).collect())
}
