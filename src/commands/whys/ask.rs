//! Asking why at a terminal. Nothing that was answered is lost: a draft is saved after each answer, and whoever stops keeps
//! what there is.

use super::doubt::Doubts;
use super::save::{Plan, Saved, chain_of, save};
use crate::archive::Place;
use crate::commands::actions::verbs::{self, SaidArgs};
use crate::commands::keep::Keeping;
use crate::error::CliError;
use crate::render::prompt::Asked;
use crate::session::Session;

const HELP: &str = "look at the system; Enter alone ends the chain, Ctrl-C keeps what there is";

const REWORD: &str = "say it of the system; Enter alone leaves it out and ends the chain";

/// What is done with an answer that is a person.
const WAYS: [&str; 2] = ["say it otherwise", "keep it"];

/// Asks until no answer comes, and saves.
///
/// # Errors
/// As [`save`].
pub(super) fn ask(
    session: &Session,
    keeping: &Keeping<'_>,
    doubts: &Doubts<'_>,
    mut plan: Plan,
) -> Result<Saved, CliError> {
    let (project, entry) = (keeping.project, keeping.entry);
    let known = chain_of(project, entry, &project.repo.read(&entry.blob)?, plan.chain);
    let known = &known[..plan.from.unwrap_or(known.len()).min(known.len())];
    let ui = &session.ui;
    ui.status(&format!("{}   {}", entry.id, entry.title()));
    known.iter().enumerate().for_each(|(at, why)| ui.status(&format!("  {}  {why}", at + 1)));
    let is_draft = matches!(entry.place, Place::Draft { .. });
    let mut saved = Saved { whys: known.to_vec(), ..Saved::default() };
    let mut changed = false;
    let stopped = loop {
        let number = known.len() + plan.whys.len() + 1;
        let (answer, stops) = why(session, doubts, number);
        let is_end = answer.is_none();
        plan.whys.extend(answer);
        if is_draft && !is_end {
            saved = save(keeping, &plan)?;
            changed |= saved.changed;
        }
        if stops || is_end {
            break stops;
        }
    };
    let stopped =
        stopped || !(known.is_empty() && plan.whys.is_empty()) && follow(session, keeping, &mut plan)?;
    if !plan.is_empty() {
        saved = save(keeping, &plan)?;
        changed |= saved.changed;
    }
    Ok(Saved { changed, stopped, ..saved })
}

/// One answer, weighed; none where it is empty, and whether somebody stopped.
fn why(session: &Session, doubts: &Doubts<'_>, number: usize) -> (Option<String>, bool) {
    let ui = &session.ui;
    let question = match number {
        1 => "why 1: why did it happen?".to_owned(),
        number => format!("why {number}: why was that so?"),
    };
    let mut help = HELP;
    loop {
        let answer = match ui.line(&question, help) {
            Asked::Answer(answer) => answer.split_whitespace().collect::<Vec<_>>().join(" "),
            Asked::Passed => return (None, false),
            Asked::Stopped => return (None, true),
        };
        if !answer.chars().any(char::is_alphanumeric) {
            return (None, false);
        }
        let Some(doubt) = doubts.of(&answer) else { return (Some(answer), false) };
        ui.warn(&doubt.message);
        ui.status(&format!("ask: {}", doubt.question));
        match ui.choice("what shall become of it?", &WAYS) {
            Asked::Answer(1) => return (Some(answer), false),
            // Whoever stops here has answered, and has not taken it back.
            Asked::Stopped => return (Some(answer), true),
            Asked::Answer(_) | Asked::Passed => help = REWORD,
        }
    }
}

/// Offers what follows from the last why; whether somebody stopped.
fn follow(session: &Session, keeping: &Keeping<'_>, plan: &mut Plan) -> Result<bool, CliError> {
    let ui = &session.ui;
    match ui.yes("make the last why a contributing factor?") {
        Asked::Answer(yes) => plan.factor = yes,
        Asked::Passed => {}
        Asked::Stopped => return Ok(true),
    }
    let help = "what will change about it; Enter alone adds none";
    let text = match ui.line("action item about the last why:", help) {
        Asked::Answer(text) => text,
        Asked::Passed => return Ok(false),
        Asked::Stopped => return Ok(true),
    };
    if !text.chars().any(char::is_alphanumeric) {
        return Ok(false);
    }
    let mut said = SaidArgs::default();
    let mut stopped = false;
    for (question, help, value) in [
        ("owner:", "@handle, name or team; Enter alone leaves it open", &mut said.owner),
        ("due:", "2026-12-24, +2w, fri; Enter alone leaves it open", &mut said.due),
    ] {
        match ui.line(question, help) {
            Asked::Answer(typed) if !typed.trim().is_empty() => *value = Some(typed),
            Asked::Stopped => {
                stopped = true;
                break;
            }
            Asked::Answer(_) | Asked::Passed => {}
        }
    }
    // A date that is none is no reason to lose the item.
    plan.action = Some(match verbs::new_item(keeping.project, &text, &said) {
        Ok(item) => item,
        Err(error) => {
            ui.warn(&error.message);
            verbs::new_item(keeping.project, &text, &SaidArgs { due: None, ..said })?
        }
    });
    Ok(stopped)
}
