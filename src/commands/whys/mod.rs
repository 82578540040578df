//! `git postmortem whys`: the chain from what broke to what can be changed, by prompts, flags or standard input.

mod ask;
mod doubt;
mod save;

use clap::Args;

use crate::archive::Entry;
use crate::commands::actions::verbs::{self, SaidArgs};
use crate::commands::keep::Keeping;
use crate::commands::subject;
use crate::error::{CliError, ExitStatus};
use crate::render::whys::{Chain, WhyRow};
use crate::session::{Project, Session};
use doubt::Doubts;
use save::{Plan, Saved, chain_of};

/// Ask why until the answer is something that can be changed
///
/// On a terminal it asks, and goes on with the chain that is there; --why says the answers instead, and so does standard
/// input, one a line. An answer that is a person or "human error" is told, with the question that looks at the system.
/// At the end the last why can become a contributing factor and an action item. A draft is saved after each answer, a
/// published document once: Ctrl-C at any question keeps what was answered.
#[derive(Debug, Clone, Default, Args)]
#[command(
    after_help = "Examples:\n  git postmortem whys api-outage\n  git postmortem whys api-outage --why \"The pool ran dry\" --why \"Nothing limits connections\" --factor\n  git postmortem whys api-outage --action \"Limit the connections of a request\" --owner @ana --due +2w"
)]
pub struct WhysArgs {
    /// The post-mortem: any unambiguous part of its id
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// An answer, in the order of the chain; those that the chain ends with already are not said twice
    #[arg(long, value_name = "TEXT")]
    pub why: Vec<String>,
    /// Say the chain anew from this why on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub from: Option<u32>,
    /// Which chain, where the document has several
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub chain: Option<u32>,
    /// Make the last why a contributing factor too
    #[arg(long)]
    pub factor: bool,
    /// Add an action item about the last why
    #[arg(long, value_name = "TEXT")]
    pub action: Option<String>,
    /// What is said of the item.
    #[command(flatten)]
    pub said: SaidArgs,
    /// A published document: change the file and commit nothing
    #[arg(long)]
    pub no_commit: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Asks, or takes what was said.
///
/// # Errors
/// A post-mortem that cannot be told, a chain that is no list, values that are none; where it cannot be saved.
pub fn run(session: &Session, args: &WhysArgs) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let archive = project.everything()?;
    let entry = subject::choose(&project, &archive.entries, args.id.as_deref())?;
    let said = &args.said;
    let has_said = [&said.owner, &said.due, &said.priority, &said.effort].iter().any(|value| value.is_some());
    if has_said && args.action.is_none() {
        return Err(CliError::new("--owner, --due, --priority and --effort are of an action item")
            .hint("--action TEXT says what is promised"));
    }
    let plan = plan(session, &project, entry, args)?;
    let keeping =
        Keeping { project: &project, entry, verb: "whys of", strict: false, no_commit: args.no_commit };
    let doubts = Doubts::new(&project)?;
    let is_asked = plan.is_empty() && session.ui.look().interactive && !args.json;
    let saved = if is_asked {
        keeping.check()?;
        ask::ask(session, &keeping, &doubts, plan)?
    } else if plan.is_empty() {
        Saved {
            whys: chain_of(&project, entry, &project.repo.read(&entry.blob)?, plan.chain),
            ..Saved::default()
        }
    } else {
        save::save(&keeping, &plan)?
    };
    if saved.kept.is_some() {
        subject::remember(&project, &entry.id);
    }
    tell(session, args, entry, &doubts, &saved, is_asked)
}

/// What was said by flags or on standard input.
fn plan(session: &Session, project: &Project, entry: &Entry, args: &WhysArgs) -> Result<Plan, CliError> {
    let plain = |text: &str| {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let action = args.action.as_deref().map(|text| verbs::new_item(project, text, &args.said)).transpose()?;
    let is_said = !args.why.is_empty() || args.factor || action.is_some();
    let mut whys: Vec<String> = args.why.iter().map(|why| plain(why)).collect();
    if whys.iter().any(|why| !why.chars().any(char::is_alphanumeric)) {
        return Err(CliError::new("an answer is empty").hint("--why \"Nothing limits connections\""));
    }
    if !is_said && !session.ui.look().interactive {
        let input = session.read_input()?;
        let lines = String::from_utf8_lossy(&input).lines().map(plain).collect::<Vec<_>>();
        whys.extend(lines.into_iter().filter(|line| line.chars().any(char::is_alphanumeric)));
        if whys.is_empty() && !input.trim_ascii().is_empty() {
            return Err(CliError::new("standard input has no line that answers a why")
                .hint("each line is one: echo \"Nothing limits connections\" | git postmortem whys ID"));
        }
    }
    let chains = chain_count(project, entry)?;
    if chains > 1 && args.chain.is_none() {
        return Err(
            CliError::new(format!("{} has {chains} chains of whys", entry.id)).hint("--chain 1 is the first")
        );
    }
    let chain = args.chain.unwrap_or(1) as usize - 1;
    if chain >= chains.max(1) {
        let has = if chains == 0 { "no chain yet".to_owned() } else { format!("{chains} of them") };
        return Err(CliError::new(format!("there is no chain {} of whys in {}", chain + 1, entry.id))
            .because(format!("it has {has}")));
    }
    let from = args.from.map(|from| from as usize - 1);
    Ok(Plan { chain, from, whys, factor: args.factor, action })
}

fn chain_count(project: &Project, entry: &Entry) -> Result<usize, CliError> {
    let bytes = project.repo.read(&entry.blob)?;
    Ok(save::read(project, entry, &bytes).whys().len())
}

fn tell(
    session: &Session,
    args: &WhysArgs,
    entry: &Entry,
    doubts: &Doubts<'_>,
    saved: &Saved,
    is_asked: bool,
) -> Result<ExitStatus, CliError> {
    let rows: Vec<WhyRow> = saved
        .whys
        .iter()
        .enumerate()
        .map(|(at, text)| WhyRow { number: at + 1, text: text.clone(), doubt: doubts.of(text) })
        .collect();
    let chain = Chain {
        postmortem: entry.name(),
        place: saved.kept.as_ref().map_or("", |kept| kept.place.as_str()),
        changed: saved.changed,
        whys: &rows,
        factor: saved.factor.as_deref(),
        action: saved
            .action
            .as_ref()
            .map(|(label, text)| (format!("{}#{label}", entry.name()), text.clone())),
    };
    let ui = &session.ui;
    if args.json {
        let written = ui.out_with(|out| chain.json(out));
        written
            .map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
        return Ok(ExitStatus::Done);
    }
    ui.lines(&chain.lines());
    // Who was asked has heard it.
    for row in rows.iter().filter(|_| !is_asked) {
        if let Some(doubt) = &row.doubt {
            ui.warn(&format!("why {}: {}", row.number, doubt.message));
            ui.hint(&doubt.question);
        }
    }
    if saved.stopped {
        ui.status(if saved.changed {
            "stopped; what was answered is kept"
        } else {
            "stopped; nothing was changed"
        });
    }
    if rows.is_empty() {
        ui.hint(&format!("git postmortem whys {} --why \"…\"", entry.id.short()));
    }
    Ok(ExitStatus::Done)
}
