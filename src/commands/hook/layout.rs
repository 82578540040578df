//! Where hooks of a repository are: in the folder that git names, or in the files of the tool that manages them.

use std::path::{Path, PathBuf};

use super::script::Event;
use crate::error::CliError;
use crate::git::Repo;
use crate::session::Session;

/// The files that lefthook reads, in the work tree.
const LEFTHOOK: [&str; 10] = [
    "lefthook.yml",
    "lefthook.yaml",
    "lefthook.toml",
    "lefthook.json",
    ".lefthook.yml",
    ".lefthook.yaml",
    ".lefthook.toml",
    ".lefthook.json",
    ".config/lefthook.yml",
    ".config/lefthook.yaml",
];
/// The name of our script among lefthook's.
const LEFTHOOK_SCRIPT: &str = "release-gate.sh";

/// What manages the hooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tool {
    /// git alone, or a tool that leaves hooks of others as they are.
    Git,
    /// husky, with its folder of tracked scripts.
    Husky(PathBuf),
    /// lefthook, with its configuration.
    Lefthook(PathBuf),
}

/// How a file becomes a hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// git starts it.
    Hook,
    /// husky's own hook hands it to a shell.
    Husky,
    /// lefthook does, if its configuration says so.
    Lefthook,
}

/// A file that is, or would be, the hook of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) event: Event,
    pub(super) file: PathBuf,
    pub(super) form: Form,
}

/// The hooks of a repository.
pub(super) struct Layout {
    pub(super) repo: Repo,
    /// The folder that git names.
    pub(super) hooks: PathBuf,
    /// The folder that git names where `core.hooksPath` does not name another.
    pub(super) own: PathBuf,
    /// `core.hooksPath`, and where it is set.
    pub(super) hooks_path: Option<(String, String)>,
    pub(super) tool: Tool,
    home: Option<PathBuf>,
    path: Vec<PathBuf>,
}

impl Layout {
    /// Looks around in the repository that the run stands in.
    pub(super) fn find(session: &Session) -> Result<Self, CliError> {
        let repo = Repo::open(session.place())?;
        let hooks = repo.hooks_folder()?;
        let own = repo.common_dir().join("hooks");
        let set = repo.settings()?.all().iter().rfind(|setting| setting.key == "core.hookspath");
        let hooks_path = set.map(|set| (set.value.clone().unwrap_or_default(), set.scope.clone()));
        let tool = tool(&repo, &hooks);
        let path = session.variable("PATH").unwrap_or_default();
        let path = path.split(':').filter(|folder| !folder.is_empty()).map(PathBuf::from).collect();
        Ok(Self { repo, hooks, own, hooks_path, tool, home: session.home(), path })
    }

    /// Where the hook of an event belongs.
    ///
    /// # Errors
    /// Where the tool runs no such hook, and where git's folder cannot be one.
    pub(super) fn spot(&self, event: Event) -> Result<Spot, CliError> {
        let name = event.name();
        let unable = |tool: &str| {
            CliError::new(format!("{tool} manages the hooks here, and its {name} hooks cannot tell who asks"))
                .hint(format!("nothing was installed; with git 2.54 or newer: {CONFIG_HOOKS} --local"))
        };
        let (file, form) = match &self.tool {
            Tool::Husky(_) if event != Event::PrePush => return Err(unable("husky")),
            Tool::Lefthook(_) if event != Event::PrePush => return Err(unable("lefthook")),
            Tool::Husky(folder) => (folder.join(name), Form::Husky),
            Tool::Lefthook(config) => (lefthook_script(&self.repo, config), Form::Lefthook),
            Tool::Git => (self.hooks.join(name), Form::Hook),
        };
        if form == Form::Hook && self.hooks.exists() && !self.hooks.is_dir() {
            let error =
                CliError::new(format!("git runs no hooks here: {} is no folder", self.hooks.display()));
            let scope = self.hooks_path.as_ref().map_or("", |(_, scope)| scope.as_str());
            return Err(
                error.hint(format!("core.hooksPath names it (git config --{scope} --unset core.hooksPath)"))
            );
        }
        Ok(Spot { event, file, form })
    }

    /// Every file that may hold lines of ours: where they belong, where they belonged before another tool or setting
    /// came, and the names that tools give to hooks that they put theirs in front of.
    pub(super) fn everywhere(&self) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::new();
        for event in Event::ALL {
            spots.extend(self.spot(event));
            for folder in [&self.hooks, &self.own] {
                for end in ["", ".legacy", ".old"] {
                    let file = folder.join(format!("{}{end}", event.name()));
                    spots.push(Spot { event, file, form: Form::Hook });
                }
            }
        }
        if let Some(top) = self.repo.work_tree() {
            let (event, file) = (Event::PrePush, top.join(".husky/pre-push"));
            spots.push(Spot { event, file, form: Form::Husky });
            let file = top.join(".lefthook/pre-push").join(LEFTHOOK_SCRIPT);
            spots.push(Spot { event, file, form: Form::Lefthook });
        }
        let mut seen: Vec<PathBuf> = Vec::new();
        spots.retain(|spot| {
            let new = !seen.contains(&spot.file);
            seen.push(spot.file.clone());
            new
        });
        spots
    }

    /// Whether lefthook's configuration names our script.
    pub(super) fn lefthook_knows(&self) -> bool {
        let Tool::Lefthook(config) = &self.tool else { return false };
        let local = config
            .file_name()
            .and_then(|name| name.to_str())
            .map(|name| name.replace("hook.", "hook-local."));
        let local = local.map(|name| config.with_file_name(name));
        let texts = [Some(config.clone()), local]
            .into_iter()
            .flatten()
            .filter_map(|file| std::fs::read_to_string(file).ok());
        texts.into_iter().any(|text| {
            text.lines().any(|line| !line.trim_start().starts_with('#') && line.contains(LEFTHOOK_SCRIPT))
        })
    }

    /// Where a program is found on PATH.
    pub(super) fn programs(&self, name: &str) -> Vec<PathBuf> {
        let found = self.path.iter().map(|folder| folder.join(name)).filter(|file| is_executable(file));
        let mut real: Vec<PathBuf> = Vec::new();
        found
            .filter(|file| {
                let file = file.canonicalize().unwrap_or_else(|_| file.clone());
                let new = !real.contains(&file);
                real.push(file);
                new
            })
            .collect()
    }

    /// A path as people write it: from the work tree's top, or from the home folder.
    pub(super) fn shown(&self, path: &Path) -> String {
        let tops = [
            self.repo.work_tree().filter(|_| self.repo.work_tree() != self.home.as_deref()),
            Some(self.repo.git_dir()).filter(|_| self.repo.is_bare()),
        ];
        for top in tops.into_iter().flatten() {
            if let Ok(below) = path.strip_prefix(top) {
                return below.display().to_string();
            }
        }
        match self.home.as_deref().and_then(|home| path.strip_prefix(home).ok()) {
            Some(below) => format!("~/{}", below.display()),
            None => path.display().to_string(),
        }
    }
}

/// The command that is free of files that others manage.
const CONFIG_HOOKS: &str = "git postmortem hook install --config-hooks";

fn tool(repo: &Repo, hooks: &Path) -> Tool {
    let above = hooks.parent().filter(|_| hooks.ends_with("_"));
    if let Some(folder) = above
        && (folder.ends_with(".husky") || hooks.join("husky.sh").exists() || hooks.join("h").exists())
    {
        return Tool::Husky(folder.to_owned());
    }
    let top = repo.work_tree();
    let config = top.and_then(|top| LEFTHOOK.iter().map(|name| top.join(name)).find(|file| file.is_file()));
    config.map_or(Tool::Git, Tool::Lefthook)
}

/// Where lefthook looks for a script of its `pre-push`.
fn lefthook_script(repo: &Repo, config: &Path) -> PathBuf {
    let text = std::fs::read_to_string(config).unwrap_or_default();
    let named = text.lines().find_map(|line| {
        let value = line.strip_prefix("source_dir")?.trim_start().strip_prefix([':', '='])?;
        let value = value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']);
        Some(value.to_owned()).filter(|value| !value.is_empty())
    });
    let top = repo.work_tree().unwrap_or(Path::new("."));
    top.join(named.as_deref().unwrap_or(".lefthook")).join("pre-push").join(LEFTHOOK_SCRIPT)
}

/// Whether a file can be started.
pub(super) fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}
