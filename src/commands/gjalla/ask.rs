//! Asking gjalla: one process for all questions, and one line where nothing comes of it.

use std::time::Duration;

use super::{Server, Standing, find, standing};
use crate::context::SystemContext;
use crate::context::gjalla::{Answered, Inquiry, Offered, Planned, Told, plan, read};
use crate::mcp::client::{Conversation, Failure, Program, Reply, Tool, ToolCall, converse};
use crate::render::count;
use crate::session::{Project, Session};

/// It is asked about so many files, and not about more.
const MOST_FILES: usize = 500;

/// What gjalla tells of files, and notes on what it did not tell. Where nothing names a gjalla there is nothing to note.
pub(in crate::commands) fn ask(
    session: &Session,
    project: &Project,
    files: &[String],
) -> (Option<SystemContext>, Vec<String>) {
    if !project.config.context.providers.iter().any(|provider| provider == "gjalla") {
        return (None, Vec::new());
    }
    let note = |words: String| (None, vec![format!("gjalla is not asked: {words}")]);
    let server = match find(session, project) {
        Ok(Some(server)) => server,
        Ok(None) => return (None, Vec::new()),
        Err(words) => return note(words),
    };
    match standing(&project.repo, &server) {
        Ok(Standing::Trusted) => {}
        Ok(other) => return note(untrusted(&server, &other)),
        Err(error) => return note(error.message),
    }
    let told = talk(session, project, &server, files);
    (told.0, told.1.into_iter().collect())
}

/// Why a command that was not trusted is not started.
fn untrusted(server: &Server, standing: &Standing) -> String {
    let from = &server.written.from;
    let ask = "git postmortem config --trust";
    match standing {
        Standing::Changed(parts) if !parts.is_empty() => {
            format!("its {} changed since it was trusted ({ask} shows it)", parts.join(" and "))
        }
        Standing::Changed(_) => {
            format!("another command was trusted here than that of {from} ({ask} shows it)")
        }
        Standing::Unheard => {
            "your own git configuration lies inside this work tree, where trust counts for nothing".to_owned()
        }
        _ => format!("the command of {from} is not trusted here ({ask} shows it)"),
    }
}

fn talk(
    session: &Session,
    project: &Project,
    server: &Server,
    files: &[String],
) -> (Option<SystemContext>, Option<String>) {
    // Where the work tree cannot be looked at, nothing is known of it.
    let uncommitted = project.repo.has_uncommitted().unwrap_or(false);
    let asked = &files[..files.len().min(MOST_FILES)];
    let inquiry = Inquiry { files: asked, top: &server.place, uncommitted };
    let limit = Duration::from_secs(u64::from(project.config.context.gjalla.timeout));
    let (mut planned, mut missing): (Vec<Planned>, Vec<&str>) = (Vec::new(), Vec::new());
    let waiting = session.ui.wait_for("asking gjalla");
    let talk = converse(&program(session, project, server), limit, |tools: &[Tool]| {
        let offered: Vec<Offered<'_>> = tools.iter().map(|tool| (tool.name.as_str(), &tool.schema)).collect();
        (planned, missing) = plan(&offered, &inquiry);
        let call = |one: &Planned| ToolCall { tool: one.tool.clone(), arguments: one.arguments.clone() };
        planned.iter().map(call).collect()
    });
    drop(waiting);
    details(session, &talk);
    let answers: Vec<Answered<'_>> = talk
        .replies
        .iter()
        .map(|reply| match reply {
            Some(Reply::Text(text)) => Answered::Text(text),
            Some(Reply::Refused(words)) => Answered::Refused(words),
            None => Answered::Nothing,
        })
        .collect();
    let told = read(&planned, &answers);
    let of_all = (asked.len() < files.len()).then_some((asked.len(), files.len()));
    let note = match &talk.failure {
        Some(failure) => Some(early(failure, &talk, limit)),
        None => note(&told, &missing, of_all),
    };
    (told.system, note)
}

/// Why a conversation ended early, and how far it had come.
fn early(failure: &Failure, talk: &Conversation, limit: Duration) -> String {
    let answered = talk.replies.iter().flatten().count();
    let so_far = match (answered, talk.replies.len()) {
        (0, _) => String::new(),
        (answered, all) => format!("; {answered} of {} were answered", count(all, "question", "questions")),
    };
    format!("{}{so_far}", failed(failure, &talk.errors, limit))
}

/// What to say of answers that are all there: that there is nothing in them, or what is missing. `of_all`: about how many
/// files it was asked, of how many.
fn note(told: &Told, missing: &[&str], of_all: Option<(usize, usize)>) -> Option<String> {
    let tools = missing.join(", ");
    if told.system.is_none() {
        return Some(match (&told.guidance, &told.refused) {
            (Some(words), _) => format!("gjalla has no data of this repository: {words}"),
            (None, Some(words)) => format!("gjalla could not answer: {words}"),
            (None, None) if told.unread > 0 => "gjalla's answers could not be read".to_owned(),
            (None, None) if !missing.is_empty() => {
                format!("gjalla is not asked: it has no tool like {tools}")
            }
            (None, None) => "gjalla knows nothing of these files".to_owned(),
        });
    }
    if !missing.is_empty() {
        return Some(format!("gjalla has no tool like {tools}"));
    }
    if let Some(words) = &told.refused {
        return Some(format!("gjalla left a question unanswered: {words}"));
    }
    of_all.map(|(asked, all)| format!("gjalla was asked about the first {asked} of {all} files"))
}

/// What is started.
fn program(session: &Session, project: &Project, server: &Server) -> Program {
    let mut environment = Vec::new();
    if session.variable("GIT_DIR").is_some() {
        // As it was typed it may be relative to another folder than the one that the server stands in.
        environment.push(("GIT_DIR".to_owned(), project.repo.git_dir().display().to_string()));
        environment.push(("GIT_WORK_TREE".to_owned(), server.place.clone()));
    }
    environment.extend(server.launch.environment.iter().cloned());
    Program {
        path: server.program.clone(),
        arguments: server.launch.arguments.clone(),
        environment,
        folder: server.top.clone(),
    }
}

/// Why it came to nothing, in a line, with the last thing that the server said where it went.
fn failed(failure: &Failure, errors: &str, limit: Duration) -> String {
    let last = errors.lines().rev().map(str::trim).find(|line| !line.is_empty());
    match failure {
        Failure::CannotStart(words) => format!("gjalla cannot be started: {words}"),
        Failure::TooSlow(what, noise) => {
            let noise = noise.as_ref().map(|line| format!("; it wrote '{line}', which is no message"));
            let whole = usize::try_from(limit.as_secs()).unwrap_or(usize::MAX);
            let limit = count(whole, "second", "seconds");
            format!("gjalla did not give {what} within {limit}{}", noise.unwrap_or_default())
        }
        Failure::Ended(what) => {
            let last = last.map(|line| format!(": {}", line.chars().take(200).collect::<String>()));
            format!("gjalla ended before {what} came{}", last.unwrap_or_default())
        }
        Failure::Nonsense(what, _) => {
            format!("gjalla gave something that is no answer in place of {what} (-v shows more)")
        }
    }
}

/// What only `-v` asks for.
fn details(session: &Session, talk: &Conversation) {
    let ui = &session.ui;
    if let Some(server) = &talk.server {
        ui.detail(&format!("gjalla calls itself {server}"));
    }
    if let Some(Failure::Nonsense(_, words)) = &talk.failure {
        ui.detail(&format!("gjalla: {words}"));
    }
    for line in talk.errors.lines() {
        ui.detail(&format!("gjalla: {line}"));
    }
}
