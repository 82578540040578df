//! `git postmortem link`: pointers from a post-mortem to the commits, tags and addresses of its incident.

mod change;
mod resolve;
pub(in crate::commands) mod side;
mod states;

use clap::Args;

use crate::archive::{Entry, Place};
use crate::commands::{noted, subject};
use crate::error::{CliError, ExitStatus};
use crate::model::{Link, Role};
use crate::render::links::{self as show, LinkRow};
use crate::render::{clean, json};
use crate::session::{Project, Session};

use change::Outcome;
use resolve::{Named, flag};
pub(in crate::commands) use resolve::{Names, Patterns, of_commit};

/// Link commits, tags and addresses to a post-mortem
///
/// A revision is a tag, a commit, a range v1.4.0..v1.5.0, a version without its tag's prefix (1.4.0), the number of a
/// pull request (#123), or one of a repository in the section repos (payments:v1.4.0). Each is resolved, must exist and must be in
/// a branch or tag. Without any, lists the links and where they lead by now.
#[derive(Debug, Clone, Default, Args)]
#[command(
    after_help = "Examples:\n  git postmortem link checkout --deploy v2.3.1 --fix 3f9c2e1\n  git postmortem link checkout --introduced '#123' --url https://chat.example.com/incident/42\n  git postmortem link checkout --remove 3f9c2e1\n  git postmortem link checkout"
)]
pub struct LinkArgs {
    /// The post-mortem: any unambiguous part of its id
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// What was live when it began
    #[arg(long, value_name = "REV|RANGE")]
    pub deploy: Vec<String>,
    /// What brought the defect in
    #[arg(long, value_name = "REV|RANGE")]
    pub introduced: Vec<String>,
    /// What may have, and is not proven
    #[arg(long, value_name = "REV|RANGE")]
    pub suspect: Vec<String>,
    /// What was looked at and found innocent
    #[arg(long, value_name = "REV|RANGE")]
    pub rule_out: Vec<String>,
    /// What mended it
    #[arg(long, value_name = "REV|RANGE")]
    pub fix: Vec<String>,
    /// What took the change back
    #[arg(long, value_name = "REV|RANGE")]
    pub revert: Vec<String>,
    /// A chat thread, dashboard or ticket
    #[arg(long, value_name = "URL")]
    pub url: Vec<String>,
    /// Take away what is named here, or what the other flags name
    #[arg(long, value_name = "REV|URL", num_args = 0..)]
    pub remove: Option<Vec<String>>,
    /// A published document: change the file and commit nothing
    #[arg(long)]
    pub no_commit: bool,
    /// Answer in JSON, see docs/schema
    #[arg(long)]
    pub json: bool,
}

impl LinkArgs {
    /// What is to be linked, in the order of an incident.
    fn typed(&self) -> Vec<(Role, &str)> {
        Role::ALL
            .into_iter()
            .flat_map(|role| {
                let typed = match role {
                    Role::Deploy => &self.deploy,
                    Role::Introduced => &self.introduced,
                    Role::Suspect => &self.suspect,
                    Role::RuledOut => &self.rule_out,
                    Role::Fix => &self.fix,
                    Role::Revert => &self.revert,
                    Role::Url => &self.url,
                };
                typed.iter().map(move |typed| (role, typed.as_str()))
            })
            .collect()
    }
}

/// Links, unlinks, or lists the links.
///
/// # Errors
/// A revision that names no commit or none that lasts, a post-mortem that cannot be told, and where it cannot be saved.
pub fn run(session: &Session, args: &LinkArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let archive = project.everything()?;
    let entry = subject::choose(&project, &archive.entries, args.id.as_deref())?;
    let service = entry.postmortem.service.as_deref();
    let names = Names::new(session, &project, service);
    let typed = args.typed();
    match &args.remove {
        None if typed.is_empty() => list(session, &project, (entry, &names), args),
        None => {
            let named = typed.iter().map(|(role, typed)| names.link(*role, typed));
            let named = named.collect::<Result<Vec<_>, _>>()?;
            names.check(&named)?;
            let outcome = change::add(&project, entry, &named, args.no_commit)?;
            finish(session, &project, (entry, &names), args, &outcome)
        }
        Some(any) => {
            let mut wanted: Vec<(Option<Role>, &str)> =
                any.iter().map(|typed| (None, typed.as_str())).collect();
            wanted.extend(typed.into_iter().map(|(role, typed)| (Some(role), typed)));
            if wanted.is_empty() {
                return Err(CliError::new("which link shall go?")
                    .hint(format!("git postmortem link {} shows them", entry.id.short())));
            }
            let outcome = change::remove(&project, entry, &names, &wanted, args.no_commit)?;
            finish(session, &project, (entry, &names), args, &outcome)
        }
    }
}

fn list(
    session: &Session,
    project: &Project,
    (entry, names): (&Entry, &Names<'_>),
    args: &LinkArgs,
) -> Result<ExitStatus, CliError> {
    let rows = states::states(project, names, &entry.postmortem.links)?;
    let ui = &session.ui;
    if args.json {
        return tell_json(session, project, entry, &rows, false);
    }
    let id = entry.id.short();
    if rows.is_empty() {
        ui.status(&format!("{} has no links", clean(entry.id.as_str())));
        ui.hint(&format!("git postmortem link {id} --deploy TAG --fix COMMIT"));
        return Ok(ExitStatus::Done);
    }
    ui.out(&show::table(&rows, ui.look()));
    ui.status(&format!("\n{}", show::summary(entry.id.as_str(), &rows)));
    show::hints(id, &rows).iter().for_each(|hint| ui.hint(hint));
    Ok(ExitStatus::Done)
}

/// Says what was done.
fn finish(
    session: &Session,
    project: &Project,
    (entry, names): (&Entry, &Names<'_>),
    args: &LinkArgs,
    outcome: &Outcome,
) -> Result<ExitStatus, CliError> {
    subject::remember(project, &entry.id);
    if outcome.kept.changed && !args.no_commit && entry.place == Place::Tree {
        noted::refresh(session);
    }
    if args.json {
        let rows = states::states(project, names, &outcome.links)?;
        return tell_json(session, project, entry, &rows, outcome.kept.changed);
    }
    let id = &entry.id;
    let head = match (outcome.kept.changed, args.remove.is_some()) {
        (true, true) => ("unlinked", format!("{id}   {}", outcome.kept.place)),
        (true, false) => ("linked", format!("{id}   {}", outcome.kept.place)),
        (false, true) => ("unchanged", format!("{id}   has no such link")),
        (false, false) => ("unchanged", format!("{id}   says so already")),
    };
    let mut lines = vec![head];
    lines.extend(outcome.about.iter().map(told));
    let notes = outcome.notes.iter().map(|note| clean(note).into_owned());
    lines.extend(notes.enumerate().map(|(at, note)| (if at == 0 { "note" } else { "" }, note)));
    if outcome.kept.changed && args.remove.is_some() {
        lines.push(("undo", undo(id.short(), &outcome.about)));
    }
    session.ui.lines(&lines);
    Ok(ExitStatus::Done)
}

/// The command that brings links back that were taken away.
fn undo(id: &str, links: &[Link]) -> String {
    let quoted = |text: &str| {
        let plain = text.chars().all(|c| c.is_alphanumeric() || "/._-+@:=".contains(c));
        if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
    };
    let flags = links.iter().map(|link| format!(" --{} {}", flag(link.role), quoted(&clean(&link.revision))));
    format!("git postmortem link {id}{}", flags.collect::<String>())
}

/// A link in a line: `fix  v2.3.2   3f9c2e1  Mend it`.
pub(in crate::commands) fn told(link: &Link) -> (&'static str, String) {
    let short: String = link.commit.chars().take(7).collect();
    let what = match (link.role.is_revision(), short.is_empty()) {
        (false, _) => clean(&link.revision).into_owned(),
        (true, true) => format!("{}   not resolved here", clean(&link.revision)),
        (true, false) if link.commit.starts_with(&link.revision) => {
            format!("{short}   {}", clean(&link.subject))
        }
        (true, false) => format!("{}   {short}  {}", clean(&link.revision), clean(&link.subject)),
    };
    (link.role.word(), what)
}

fn tell_json(
    session: &Session,
    project: &Project,
    entry: &Entry,
    rows: &[LinkRow],
    changed: bool,
) -> Result<ExitStatus, CliError> {
    let unseen = if project.repo.is_shallow() { vec![UNSEEN.to_owned()] } else { Vec::new() };
    let members = [("postmortem", entry.name().into()), ("changed", changed.into())];
    let envelope = json::Envelope { name: "links", incomplete: &unseen, members: &members };
    let written = session.ui.out_with(|out| json::write(out, &envelope, rows));
    written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
    Ok(ExitStatus::Done)
}

/// What a shallow clone cannot tell.
const UNSEEN: &str = "the clone is shallow: commits before its end are not here";
