//! `git postmortem attest`: what was known and found, written at the end of a document, and whether it still holds.

mod verify;
mod write;

use clap::Args;

use crate::attest::Field;
use crate::error::{CliError, ExitStatus};
use crate::session::Session;

/// Write or refresh the attestation of a post-mortem, or tell whether it still holds
///
/// The section has the system context at the time of the incident, the files analyzed, impact, capability gaps, rules
/// violated, the action items created, and every address that the document points to, by kind. What nobody provided
/// reads "not recorded"; what the team wrote by hand stays. It names the object ids that it was made from: --verify tells
/// whether the document, statuses aside, and the commit still are what was attested, and answers 1 where not.
#[derive(Debug, Clone, Default, Args)]
#[command(
    after_help = "Examples:\n  git postmortem attest api-outage\n  git postmortem attest api-outage --set gaps=\"No alert on pool usage\"\n  git postmortem attest --verify --all"
)]
pub struct AttestArgs {
    /// The post-mortem: any unambiguous part of its id; with --verify, several
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Say a field by hand: context, files, impact, gaps, rules, actions or references; an empty text hands it back
    #[arg(long, value_name = "FIELD=TEXT", value_parser = said)]
    pub set: Vec<(String, String)>,
    /// Tell whether it still holds, and what no longer does
    #[arg(long, conflicts_with_all = ["set", "dry_run", "no_commit"])]
    pub verify: bool,
    /// With --verify: of every published document that has one
    #[arg(long, requires = "verify", conflicts_with = "ids")]
    pub all: bool,
    /// Print the section and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Do not ask gjalla, also where it is trusted
    #[arg(long, conflicts_with = "verify")]
    pub no_gjalla: bool,
    /// A published document: change the file and commit nothing
    #[arg(long)]
    pub no_commit: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// A field and what it shall say.
fn said(typed: &str) -> Result<(String, String), String> {
    let known = || format!("one of {}, and = behind it", Field::ALL.map(Field::key).join(", "));
    let (name, text) = typed.split_once('=').ok_or_else(known)?;
    let name = name.trim().to_lowercase();
    Field::ALL.into_iter().find(|field| field.key() == name).ok_or_else(known)?;
    Ok((name, text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Writes it, or verifies.
///
/// # Errors
/// A post-mortem that cannot be told, a page of HTML, an attestation torn by a merge; where it cannot be saved.
pub fn run(session: &Session, args: &AttestArgs) -> Result<ExitStatus, CliError> {
    if args.verify {
        return verify::run(session, args);
    }
    if args.ids.len() > 1 {
        return Err(CliError::new(format!(
            "one post-mortem is attested at a time, and {} are named",
            args.ids.len()
        ))
        .hint("several can be verified: --verify"));
    }
    write::run(session, args)
}
