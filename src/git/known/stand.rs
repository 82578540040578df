//! Where git would find the repository, as far as that can be seen without it: the nearest folder above with a `.git` folder
//! in it, which belongs to this user, on the same file system, below every ceiling.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::Stamp;
use crate::git::Place;
use crate::git::opening::Opening;

/// How far up git looks.
const CEILINGS: &str = "GIT_CEILING_DIRECTORIES";

/// The top of a work tree with a `.git` folder, and who asks there.
#[derive(Debug, Clone)]
pub(in crate::git) struct Stand {
    top: PathBuf,
    git: Stamp,
    variables: Vec<(String, String)>,
}

impl Stand {
    /// Looks from a place; `None` where git alone can tell.
    pub(in crate::git) fn find(place: &Place) -> Option<Self> {
        let mut variables = place.variables.clone()?;
        let mut take = |name: &str| {
            let at = variables.iter().position(|(known, _)| known == name)?;
            Some(variables.remove(at).1)
        };
        // git puts a folder of its own first where it starts us: what counts is the program that is found.
        let git = Stamp::of_program("git", &take("PATH")?)?;
        let ceilings = take(CEILINGS).unwrap_or_default();
        let top = top(&place.cwd)?;
        let is_below = |ceiling: PathBuf| {
            !place.cwd.starts_with(&ceiling) || (top != ceiling && top.starts_with(&ceiling))
        };
        let mut ceilings = ceilings.split(':').filter(|_| !ceilings.is_empty());
        ceilings.all(|ceiling| real(Path::new(ceiling)).is_some_and(is_below)).then_some(())?;
        Some(Self { top, git, variables })
    }

    pub(super) fn git(&self) -> Stamp {
        self.git
    }

    pub(super) fn variables(&self) -> &[(String, String)] {
        &self.variables
    }

    /// The folder of our own files; it need not be there.
    pub(super) fn state(&self) -> PathBuf {
        self.top.join(".git/postmortem")
    }

    /// Whether nothing is there that would make more than an ordinary repository of it, or a cut or grafted one.
    pub(super) fn is_ordinary_yet(&self) -> bool {
        let is_absent = |name: &str| is_absent(&self.top.join(".git").join(name));
        ["commondir", "config.worktree", "shallow", "refs/replace"].into_iter().all(is_absent)
    }

    /// What git says of an ordinary repository here, but for HEAD.
    pub(super) fn opening(&self, object_format: &str) -> Opening {
        let git_dir = self.top.join(".git");
        Opening {
            index: git_dir.join("index"),
            objects: git_dir.join("objects"),
            grafts: git_dir.join("info/grafts"),
            common_dir: git_dir.clone(),
            git_dir,
            bare: false,
            shallow: false,
            object_format: object_format.to_owned(),
            ref_format: "files".to_owned(),
            replaced: false,
            work_tree: Some(self.top.clone()),
            head: None,
        }
    }
}

/// The nearest folder with a `.git` folder, from an absolute one upward.
fn top(cwd: &Path) -> Option<PathBuf> {
    let user = rustix::process::geteuid().as_raw();
    let is_own = |found: &Metadata| found.uid() == user;
    let device = fs::symlink_metadata(cwd).ok()?.dev();
    for folder in cwd.ancestors() {
        let here = fs::symlink_metadata(folder).ok().filter(|here| here.is_dir() && here.dev() == device)?;
        match fs::symlink_metadata(folder.join(".git")) {
            Ok(found) if found.is_dir() && is_own(&found) && is_own(&here) => return Some(folder.to_owned()),
            // A file leads to another place, and whoever else it belongs to is git's to judge.
            Ok(_) => return None,
            // A folder with a HEAD may be a repository by itself.
            Err(error) if error.kind() == ErrorKind::NotFound && is_absent(&folder.join("HEAD")) => {}
            Err(_) => return None,
        }
    }
    None
}

/// A ceiling as git compares it, where that is certain.
fn real(ceiling: &Path) -> Option<PathBuf> {
    ceiling.canonicalize().ok().filter(|_| ceiling.is_absolute())
}

/// Whether nothing is there, not even a link to nothing.
pub(super) fn is_absent(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}
