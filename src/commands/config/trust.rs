//! `config --trust` and `--untrust`: whether the command that a repository names may be started on this machine.

use crate::commands::gjalla::{Server, Standing, allow, find, forget, standing};
use crate::context::Launch;
use crate::error::{CliError, ExitStatus};
use crate::render::shell_word;
use crate::session::{Project, Session};

/// What may stay of a variable's value where it is shown.
const REFERENCE: &str = "${";

/// Shows the command and asks whether it may run here.
///
/// # Errors
/// Where there is none, or nobody to ask; git's.
pub(super) fn trust(session: &Session, project: &Project, yes: bool) -> Result<ExitStatus, CliError> {
    let ui = &session.ui;
    let server = match find(session, project) {
        Ok(Some(server)) => server,
        Ok(None) => {
            return Err(CliError::new("there is no command to trust here")
                .hint("a server of context is named in .mcp.json (mcpServers.gjalla), .cursor/mcp.json or [context.gjalla]"));
        }
        Err(words) => return Err(CliError::new("there is no command that could be trusted").because(words)),
    };
    let known = standing(&project.repo, &server)?;
    ui.lines(&shown(&server, &known));
    if known == Standing::Trusted {
        ui.lines(&[("trusted", "already; git postmortem context asks it".to_owned())]);
        return Ok(ExitStatus::Done);
    }
    let question =
        "let git postmortem start this program here, with your rights, whenever context is asked for?";
    let answer = if yes { Some(true) } else { ui.confirm(question).or_else(|| piped(session, question)) };
    match answer {
        Some(true) => {}
        Some(false) => {
            ui.status("nothing was trusted");
            return Ok(ExitStatus::No);
        }
        None => {
            return Err(CliError::new("nothing was trusted: nobody answered").hint(
                "git postmortem config --trust --yes says yes in a script; read the command above first",
            ));
        }
    }
    let key = allow(&project.repo, &server)?;
    ui.lines(&[
        ("trusted", format!("until anything of it changes; kept in your own git configuration as {key}")),
        ("undo", "git postmortem config --untrust".to_owned()),
    ]);
    Ok(ExitStatus::Done)
}

/// The answer of somebody who is not at a terminal.
fn piped(session: &Session, question: &str) -> Option<bool> {
    session.ui.status(&format!("{question} [y/N]"));
    let answer = session.read_line()?;
    Some(matches!(answer.to_ascii_lowercase().as_str(), "y" | "yes"))
}

/// Takes the trust back.
///
/// # Errors
/// Git's.
pub(super) fn untrust(session: &Session, project: &Project) -> Result<ExitStatus, CliError> {
    let words = match forget(&project.repo)? {
        true => "no longer: nothing that this repository names is started",
        false => "never was: nothing that this repository names is started",
    };
    session.ui.lines(&[("trusted", words.to_owned())]);
    Ok(ExitStatus::Done)
}

/// How the server stands, in a line for whoever lists the settings.
pub(super) fn line(session: &Session, project: &Project) -> Option<String> {
    let server = match find(session, project) {
        Ok(server) => server?,
        Err(words) => return Some(format!("gjalla: {words}")),
    };
    let command = command(&server.launch);
    let words = match standing(&project.repo, &server) {
        Ok(Standing::Trusted) => "trusted".to_owned(),
        Ok(Standing::Changed(_)) => "changed since it was trusted (git postmortem config --trust)".to_owned(),
        Ok(_) => "not trusted (git postmortem config --trust)".to_owned(),
        Err(error) => error.message,
    };
    Some(format!("gjalla is started by {command}, from {}: {words}", server.written.from))
}

fn command(launch: &Launch) -> String {
    let words = std::iter::once(&launch.command).chain(&launch.arguments);
    words.map(|word| shell_word(word)).collect::<Vec<_>>().join(" ")
}

fn shown(server: &Server, known: &Standing) -> Vec<(&'static str, String)> {
    let mut lines = vec![
        ("command", command(&server.launch)),
        ("program", shell_word(&server.program.to_string_lossy())),
        ("from", server.written.from.clone()),
        ("folder", shell_word(&server.place)),
    ];
    let variables = server.written.environment.iter().map(|(name, value)| {
        let note = if value.contains(REFERENCE) { "   filled in from your environment" } else { "" };
        format!("{}={}{note}", shell_word(name), shell_word(value))
    });
    let files =
        server.files.iter().map(|file| format!("{}   its content as it is now", shell_word(&file.path)));
    let label = |word, lines: &mut Vec<(&'static str, String)>, texts: &mut dyn Iterator<Item = String>| {
        lines.extend(texts.enumerate().map(|(at, text)| (if at == 0 { word } else { "" }, text)));
    };
    label("variables", &mut lines, &mut variables.into_iter());
    label("files", &mut lines, &mut files.into_iter());
    match known {
        Standing::Changed(parts) if parts.is_empty() => {
            lines.push(("changed", "something else was trusted here before".to_owned()));
        }
        Standing::Changed(parts) => {
            lines.push(("changed", format!("{}, since it was trusted", parts.join(" and "))));
        }
        _ => {}
    }
    lines
}
