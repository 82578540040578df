//! Which command serves: of the configuration, of `.mcp.json`, of `.cursor/mcp.json`; and what exactly that command is here.

use std::path::{Path, PathBuf};

use crate::commands::adopt::plain;
use crate::config::Setting;
use crate::context::{Fingerprint, Launch, Watched, expanded, from_json, may_name};
use crate::git::Repo;
use crate::session::{Project, Session, read_at};

/// Files that name servers, the first that names this one counts.
const FILES: [&str; 2] = [".mcp.json", ".cursor/mcp.json"];
/// A longer one is no such file.
const LONGEST: usize = 1 << 20;

/// A server that could be started.
#[derive(Debug)]
pub(in crate::commands) struct Server {
    /// As it is written.
    pub(in crate::commands) written: Launch,
    /// With its variables filled in.
    pub(in crate::commands) launch: Launch,
    /// The file that would be started.
    pub(in crate::commands) program: PathBuf,
    /// The top of the work tree: its real path.
    pub(in crate::commands) top: PathBuf,
    /// The same as text.
    pub(in crate::commands) place: String,
    /// The files of the work tree that belong to the command.
    pub(in crate::commands) files: Vec<Watched>,
    /// All of that in a line.
    pub(in crate::commands) fingerprint: Fingerprint,
}

/// Looks for a server; none where nothing names one.
///
/// # Errors
/// Why it cannot be started, in a sentence.
pub(in crate::commands) fn find(session: &Session, project: &Project) -> Result<Option<Server>, String> {
    let Some(written) = written(project)? else { return Ok(None) };
    let (top, place) = place(&project.repo)?;
    let variable = |name: &str| match name {
        // As editors write it.
        "workspaceFolder" => Some(place.clone()),
        name => session.variable(name).map(str::to_owned),
    };
    let launch = expanded(&written, &variable)
        .map_err(|name| format!("{} needs the variable {name}, which is not set", written.from))?;
    let program = program(session, &launch, &top)?;
    let files = watched(&launch, &program, &top)?;
    let fingerprint = Fingerprint::of(&place, &program.to_string_lossy(), &launch, &files);
    Ok(Some(Server { written, launch, program, top, place, files, fingerprint }))
}

/// The top of the work tree, by its real path, which is also what trust is kept by.
pub(super) fn place(repo: &Repo) -> Result<(PathBuf, String), String> {
    let Some(top) = repo.work_tree() else {
        return Err("there is no work tree here that it could be started in".to_owned());
    };
    let top = top.canonicalize().map_err(|error| format!("{} cannot be read: {error}", top.display()))?;
    match top.to_str().filter(|place| !place.contains(['\n', '\0'])).map(str::to_owned) {
        Some(place) => Ok((top, place)),
        None => Err("the path of this work tree cannot be a key of git's configuration".to_owned()),
    }
}

/// The command as it is written somewhere.
fn written(project: &Project) -> Result<Option<Launch>, String> {
    let own = &project.config.context.gjalla;
    if let Some(command) = &own.command {
        let is_it = |setting: &Setting| setting.key == "context.gjalla.command";
        let origin =
            project.resolved.settings().into_iter().find(is_it).map(|setting| setting.origin.to_string());
        return Ok(Some(Launch {
            command: command.clone(),
            arguments: own.args.clone(),
            environment: own.env.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            from: origin.unwrap_or_else(|| "the configuration".to_owned()),
        }));
    }
    for name in FILES {
        let Some(text) = text(project, name)? else { continue };
        if let Some(found) = from_json(name, &text).map_err(|fault| fault.0)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// A file of the work tree; where there is none, of HEAD.
fn text(project: &Project, name: &str) -> Result<Option<String>, String> {
    let bytes = match (project.repo.work_tree(), &project.commit) {
        (Some(top), _) => {
            let path = top.join(name);
            if !path.is_file() {
                return Ok(None);
            }
            read_at(&path).map_err(|error| format!("{name} cannot be read: {error}"))?
        }
        (None, Some(commit)) => {
            let file = project.repo.file(commit, name).ok().flatten();
            match file.map(|file| project.repo.read(&file.blob)) {
                Some(Ok(bytes)) => bytes,
                _ => return Ok(None),
            }
        }
        (None, None) => return Ok(None),
    };
    if bytes.len() > LONGEST {
        return Err(format!("{name} is too large to be a list of servers"));
    }
    String::from_utf8(bytes).map(Some).map_err(|_| format!("{name} is not UTF-8 text"))
}

/// The file of a command: below the top where it is a path, else in the first folder of PATH that has it. Relative folders of
/// PATH are passed over: what they mean depends on where one stands.
fn program(session: &Session, launch: &Launch, top: &Path) -> Result<PathBuf, String> {
    let (command, from) = (launch.command.as_str(), &launch.from);
    if command.contains('/') {
        let path = top.join(command);
        return if is_program(&path) {
            Ok(path)
        } else {
            Err(format!("{from} starts '{command}', and there is no such program"))
        };
    }
    let folders = session.variable("PATH").unwrap_or_default().split(':').map(Path::new);
    let mut found = folders.filter(|folder| folder.is_absolute()).map(|folder| folder.join(command));
    found
        .find(|path| is_program(path))
        .ok_or_else(|| format!("{from} starts '{command}', which is not on PATH"))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// The files of the work tree that the command is made of: the program, and what its arguments and variables name.
fn watched(launch: &Launch, program: &Path, top: &Path) -> Result<Vec<Watched>, String> {
    let mut names = vec![program.to_string_lossy().into_owned()];
    let mut before = launch.command.as_str();
    for argument in &launch.arguments {
        names.extend(may_name(argument, is_module_flag(before)));
        before = argument;
    }
    names.extend(launch.environment.iter().flat_map(|(_, value)| may_name(value, false)));
    let mut files: Vec<Watched> = Vec::new();
    for name in names {
        let path = plain(&top.join(&name));
        let Some(real) = path.canonicalize().ok().filter(|real| real.is_file()) else { continue };
        // A link out of the work tree is a file in it, and so is what a link from outside leads to.
        let inner = path.strip_prefix(top).or_else(|_| real.strip_prefix(top));
        let Ok(inner) = inner.map(|inner| inner.to_string_lossy().into_owned()) else { continue };
        if files.iter().all(|known| known.path != inner) {
            let bytes = read_at(&real).map_err(|error| format!("{inner} cannot be read: {error}"))?;
            files.push(Watched::new(inner, &bytes));
        }
    }
    files.sort();
    Ok(files)
}

/// Python's `-m`, also at the end of other letters (`-Im`).
fn is_module_flag(argument: &str) -> bool {
    argument.strip_prefix('-').is_some_and(|letters| !letters.starts_with('-') && letters.ends_with('m'))
}
