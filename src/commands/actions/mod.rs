//! `git postmortem actions`: what was promised in all committed post-mortems, and what of it is due.

mod arguments;
mod filter;
mod past;
mod rows;
pub(in crate::commands) mod sources;
pub(in crate::commands) mod stale;
pub(in crate::commands) mod verbs;

use std::collections::HashMap;

use crate::archive::{Depth, Entry, Unseen};
use crate::commands::echoes::Echoes;
use crate::commands::{subject, words};
use crate::config::fold_owner;
use crate::error::{CliError, ExitStatus};
use crate::model::Promise;
use crate::rank::Rank;
use crate::render::actions::{self as show, ActionGroup, Summary};
use crate::render::{clean, count};
use crate::session::{Examine, Project, Session};

pub use arguments::ActionsArgs;
use arguments::Format;
use filter::{Filter, Meant, Row};
use rows::Shower;
use sources::Sources;

/// Answers which promises stand where.
///
/// # Errors
/// A repository, configuration or argument that cannot be read.
pub fn run(session: &Session, args: &ActionsArgs) -> Result<ExitStatus, CliError> {
    match &args.verb {
        Some(verb) => verbs::run(session, verb),
        None => list(session, args),
    }
}

fn list(session: &Session, args: &ActionsArgs) -> Result<ExitStatus, CliError> {
    let (args, label) = args.of_one_item();
    let args = args.as_ref();
    let as_of = args.as_of.as_deref().map(|day| words::day(session, day)).transpose()?;
    let examine = Examine { rev: args.rev.clone(), as_of, ..Examine::default() };
    let mut sources = Sources::read(session, args, &examine, label.is_some())?;
    let project = sources.project();
    let filter = Filter::new(args, meant(args, project)?, &project.config, project.today);
    let entries = sources.entries(args.id.as_deref())?;
    filter.check(&entries)?;
    let label = label.map(|label| item_of(&entries, args.id.as_deref(), &label)).transpose()?;
    let choose = |filter: &Filter| {
        let mut chosen = filter.rows(&entries);
        if let Some(label) = &label {
            chosen.retain(|row| row.action.label.eq_ignore_ascii_case(label));
        }
        chosen
    };
    let mut chosen = choose(&filter);
    if args.stale {
        stale::keep(&mut chosen, project)?;
    }
    let summary = summary(&chosen);
    let owed = filter.without_day().filter(|_| args.is_for_people());
    let owed = owed.map(|filter| self::summary(&choose(&filter)));
    filter::sort(&mut chosen, args.sort);
    if args.rank {
        rank(&mut chosen, sources.entries(None)?, project);
    } else if args.slipped || args.stale {
        chosen.iter_mut().for_each(|row| row.reason = past::reason(row, args.slipped, project.today));
    }
    let shower =
        Shower::new(&entries, &project.config, args.is_for_people(), args.depth(false) == Depth::Past);
    print(session, args, (&chosen, summary, owed), &shower, &sources)?;
    let verdict = verdict(args, chosen.is_empty(), &sources);
    sources.finish();
    // The process ends here: giving every string back one by one would cost more than reading them did.
    std::mem::forget(sources);
    Ok(verdict)
}

/// What a typed label is in the named document. One that no item has is a slip of the fingers: it may not read as
/// nothing owed.
fn item_of(entries: &[&Entry], typed: Option<&str>, label: &str) -> Result<String, CliError> {
    let label = match entries {
        [entry] => subject::label_here(entry, typed.unwrap_or_default(), label)?,
        _ => label,
    };
    let mut labels =
        entries.iter().flat_map(|entry| &entry.postmortem.actions).map(|item| item.label.as_str());
    if labels.clone().any(|known| known.eq_ignore_ascii_case(label)) {
        return Ok(label.to_owned());
    }
    let name = entries.first().map(|entry| entry.name()).unwrap_or_default();
    Err(verbs::no_item(&name, labels.by_ref(), label))
}

/// With `--exit-code`, rows are a no; no rows are a yes only where nothing can hide.
fn verdict(args: &ActionsArgs, none: bool, sources: &Sources) -> ExitStatus {
    match args.exit_code {
        true if !none => ExitStatus::No,
        true if sources.unseen().any(Unseen::may_hide_actions) => ExitStatus::CouldNot,
        _ => ExitStatus::Done,
    }
}

fn meant(args: &ActionsArgs, project: &Project) -> Result<Meant, CliError> {
    let today = project.today;
    let mut owners = Vec::new();
    for typed in &args.owner {
        owners.extend(spellings(typed, project)?);
    }
    Ok(Meant {
        due_by: args.due_within.as_ref().map(|typed| words::within(typed, today)).transpose()?,
        since: args.since.as_ref().map(|typed| words::since(typed, today)).transpose()?,
        owners,
    })
}

/// Every name by which an owner is written: `me` is whoever git commits as.
fn spellings(typed: &str, project: &Project) -> Result<Vec<String>, CliError> {
    if fold_owner(typed) != "me" {
        return Ok(project.config.owner_names(typed));
    }
    let (name, mail) = project.repo.author()?;
    let local = mail.split('@').next().unwrap_or_default().to_owned();
    Ok([name, local, mail].iter().flat_map(|name| project.config.owner_names(name)).collect())
}

/// Ranks items, each with its echoes in all documents that were read.
fn rank<'a>(chosen: &mut Vec<Row<'a>>, all: Vec<&'a Entry>, project: &Project) {
    let numbers: HashMap<*const Entry, usize> =
        all.iter().enumerate().map(|(at, entry)| (std::ptr::from_ref(*entry), at)).collect();
    let echoes = Echoes::new(all, &project.config);
    let judge = |row: &Row<'_>| {
        let own = numbers.get(&std::ptr::from_ref(row.entry)).copied();
        echoes.rank(row.action, &row.entry.postmortem, own)
    };
    let mut ranked: Vec<(Rank, Row<'_>)> = chosen.drain(..).map(|row| (judge(&row), row)).collect();
    ranked.sort_by(|a, b| a.0.order(&b.0));
    chosen.extend(ranked.into_iter().map(|(rank, row)| {
        let recurs = rank.echoes.into_iter().map(|echo| echo.id).collect();
        Row { reason: Some(rank.reason), recurs, ..row }
    }));
}

/// Counts rows that still stand document by document.
fn summary(rows: &[Row<'_>]) -> Summary {
    let documents = rows.chunk_by(|a, b| std::ptr::eq(a.entry, b.entry)).count();
    let late = |row: &Row<'_>| matches!(row.promise, Promise::Overdue(_));
    Summary::of(rows.iter().map(|row| (row.action.status, late(row))), documents)
}

fn print<'a>(
    session: &Session,
    args: &ActionsArgs,
    (chosen, summary, owed): (&[Row<'a>], Summary, Option<Summary>),
    shower: &Shower<'a>,
    sources: &Sources,
) -> Result<(), CliError> {
    let project = sources.project();
    let incomplete: Vec<String> = sources.unseen().map(ToString::to_string).collect();
    let ui = &session.ui;
    // Rows are made as they are written: all of them at once would cost more memory than the documents.
    let rows = || chosen.iter().map(|row| shower.row(row));
    if args.ids {
        rows().for_each(|row| ui.out(&format!("{}\n", clean(&row.id))));
        incomplete.iter().for_each(|unseen| ui.warn(unseen));
        return Ok(());
    }
    let format = if args.json { Format::Json } else { args.format };
    let groups = || match args.group_by {
        Some(by) => rows::group(rows().collect(), by, &project.config),
        None => vec![ActionGroup { heading: String::new(), rows: rows().collect() }],
    };
    let written = match format {
        Format::Table => {
            if !chosen.is_empty() {
                ui.out(&show::table(&groups(), ui.look()));
            }
            tell(session, args, (summary, owed), chosen, sources);
            Ok(())
        }
        Format::Json => ui.out_with(|out| {
            show::json(out, chosen, |row| shower.row(row), summary, project.today, &incomplete)
        }),
        Format::Csv => ui.out_with(|out| show::csv(out, &rows().collect::<Vec<_>>())),
        Format::Markdown => ui.out_with(|out| show::markdown(out, &groups())),
        Format::Ics => ui.out_with(|out| {
            let undated = show::ics(out, &rows().collect::<Vec<_>>(), project.now)?;
            if undated > 0 {
                let items = count(undated, "item", "items");
                ui.status(&format!("left out of the calendar: {items} without a due date"));
            }
            Ok(())
        }),
    };
    if !matches!(format, Format::Table | Format::Json) {
        incomplete.iter().for_each(|unseen| ui.warn(unseen));
    }
    written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))
}

/// The lines below a table: counts, what was not seen, what does not count.
fn tell(
    session: &Session,
    args: &ActionsArgs,
    (summary, owed): (Summary, Option<Summary>),
    chosen: &[Row<'_>],
    sources: &Sources,
) {
    let ui = &session.ui;
    let documents = sources.documents();
    let is_plain = !args.has_filters();
    let told = owed.map_or_else(|| summary.to_string(), |all| summary.overdue_of(&all));
    let put_off = if summary.overdue > 0 && !args.slipped { sources.put_off(chosen) } else { 0 };
    let told = match put_off {
        0 => told,
        1 => format!("{told}; 1 was put off before (--slipped)"),
        many => format!("{told}; {many} were put off before (--slipped)"),
    };
    match (chosen.is_empty(), documents) {
        (true, 0) => ui.status("no post-mortem is committed here yet"),
        (true, _) if owed.is_some_and(|all| all.open > 0) => ui.status(&told),
        (true, many) => {
            let what = if is_plain { "nothing is open" } else { "no such action item" };
            ui.status(&format!("{what} in {}", count(many, "post-mortem", "post-mortems")));
        }
        (false, _) => ui.status(&format!("\n{told}")),
    }
    tell_unclear(session, chosen);
    if session.ui.look().verbose {
        past::tell(session, &sources.entries(None).unwrap_or_default(), chosen);
    }
    if let Some(judged) = judged(sources.project()) {
        ui.status(&judged);
    }
    for unseen in sources.unseen() {
        ui.warn(&unseen.to_string());
    }
    for ignored in sources.ignored().filter(|ignored| ignored.differs) {
        ui.detail(&format!("{} is also in {} with other content: not counted", ignored.id, ignored.place));
    }
    let same = sources.ignored().filter(|ignored| !ignored.differs).count();
    if same > 0 {
        let copies = count(same, "copy", "copies");
        ui.detail(&format!("{copies} with the same content elsewhere: not counted"));
    }
    for page in sources.left_out() {
        ui.detail(&format!("{} is left out: {}", page.path, page.purpose));
    }
}

/// Due dates that stand in the documents and could not be told: the items look undated, and are not.
fn tell_unclear(session: &Session, chosen: &[Row<'_>]) {
    let mut unclear = chosen
        .iter()
        .filter(|row| row.action.status.is_owed())
        .filter_map(|row| Some((row, row.action.unclear_due.as_ref()?)));
    let Some((row, date)) = unclear.next() else { return };
    let more = match unclear.count() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let id = format!("{}#{}", row.entry.name(), row.action.label);
    session.ui.warn(&format!("no due date could be told of {}: {date}{more}", clean(&id)));
    if date.either.is_some() {
        session.ui.hint("actions.date-order says which of day and month comes first");
    }
}

/// Which revision and which day the answer is about, where they are not HEAD and now.
fn judged(project: &Project) -> Option<String> {
    let day = project.as_of.map(|day| format!("as of {day}"));
    let at = match &project.commit {
        _ if !project.past => None,
        Some(commit) => Some(format!("read at {}", commit.short())),
        None => Some("nothing was committed by then".to_owned()),
    };
    let parts: Vec<String> = at.into_iter().chain(day).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
