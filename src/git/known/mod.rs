//! What git said when a repository was opened, believed for as long as nothing has changed that it was made of.
//!
//! Two processes of git, one that says where the repository is and one that lists what is set, take longer than all the rest
//! of a short question. What they say hangs on the environment, on a few files, and on git itself: it is kept beside a stamp
//! of each of these. Where HEAD is, what a typed revision names, and what cuts or replaces a history is looked at anew each
//! time. Only the ordinary is kept: a `.git` folder of the user's own with refs in files, and settings without includes. Of
//! everything else git is asked each time, and so it is wherever a look leaves a doubt.

mod heads;
mod own;
mod packed;
mod refs;
mod stamp;
mod stand;
mod trees;

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::opening::Opening;
use super::{Git, Place, Settings};
use own::OwnFile;
pub(super) use refs::RefFiles;
use stamp::Stamp;
pub(super) use stand::Stand;
pub(super) use trees::{KeptFolders, Name};

/// Which kind of file, and which form of it.
const MAGIC: [u8; 8] = *b"gpmknow1";

/// The file's content.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// The variables that count, by name.
    variables: Vec<(String, String)>,
    /// The program that was asked.
    git: Stamp,
    /// The sections of settings that commands asked for, in the version that kept them.
    sections: String,
    answer: Option<Answer>,
}

/// What git said. None of it where this git does not tell which files it reads.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    /// Every file that settings come from, or would if it were there.
    files: Vec<(String, Option<Stamp>)>,
    object_format: String,
    /// As `git config --list` printed them, without what no command asks for.
    settings: Vec<u8>,
}

/// A repository as git would describe it now.
pub(super) struct Recalled {
    pub(super) opening: Opening,
    pub(super) settings: Settings,
}

impl Stand {
    /// What git would say, but for HEAD; `None` where it has to be asked.
    pub(super) fn recall(&self) -> Option<Recalled> {
        let answer = self.read().filter(|kept| self.is_asked_by(kept))?.answer?;
        let is_same = |(path, stamp): &(String, Option<Stamp>)| Stamp::of(Path::new(path)) == Some(*stamp);
        if !answer.files.iter().all(is_same) || !self.is_ordinary_yet() {
            return None;
        }
        let opening = self.opening(&answer.object_format);
        Some(Recalled { opening, settings: Settings::read_in_part(&answer.settings) })
    }

    /// Keeps what git said, where it may be believed another time. `asked`: when, before anything was asked.
    pub(super) fn keep(&self, place: &Place, opening: &Opening, listing: &[u8], asked: SystemTime) {
        let ordinary = Opening { head: opening.head, ..self.opening(&opening.object_format) };
        // Who never uses this program here finds nothing of it.
        if *opening != ordinary || !self.state().is_dir() || !self.is_ordinary_yet() {
            return;
        }
        let settings = Settings::read(listing);
        let sets = |section: &str| settings.all().iter().any(|one| one.key.starts_with(section));
        // What is included, and whether, can hang on anything.
        if ["include.", "includeif.", "extensions.worktreeconfig"].into_iter().any(sets) {
            return;
        }
        let is_refused = self.read().is_some_and(|kept| self.is_asked_by(&kept) && kept.answer.is_none());
        if is_refused {
            return;
        }
        let mut answer = None;
        if let Some(mut possible) = files_of_settings(place) {
            possible.push(opening.git_dir.join("config"));
            let Some(files) = settled(&settings, possible, asked) else { return };
            let settings = Settings::part(listing);
            answer = Some(Answer { files, object_format: opening.object_format.clone(), settings });
        }
        self.write(answer);
    }

    fn write(&self, answer: Option<Answer>) {
        let (variables, git) = (self.variables().to_vec(), self.git());
        if let Ok(bytes) =
            postcard::to_allocvec(&Kept { variables, git, sections: Settings::sections(), answer })
        {
            self.file().write(&bytes);
        }
    }

    /// The file that git's answers are kept in.
    fn file(&self) -> OwnFile {
        OwnFile::new(&self.state(), "asked", MAGIC)
    }

    fn is_asked_by(&self, kept: &Kept) -> bool {
        let is_same = kept.git == self.git() && kept.variables == self.variables();
        is_same && kept.sections == Settings::sections()
    }

    fn read(&self) -> Option<Kept> {
        postcard::from_bytes(&self.file().read()?).ok()
    }
}

/// The files of a person's and of the machine's settings, there or not, as git tells them from version 2.42 on.
fn files_of_settings(place: &Place) -> Option<Vec<PathBuf>> {
    let begin = |name: &str| Git::new(place).args(["var", name]).begin();
    let (machine, person) = (begin("GIT_CONFIG_SYSTEM").ok()?, begin("GIT_CONFIG_GLOBAL").ok()?);
    let mut files = Vec::new();
    // Both are waited for, whatever the first says.
    for said in [machine.finish(), person.finish()] {
        let said = said.ok()?;
        // There may be none that it would read; what it does not know it complains about.
        if said.code != 0 && !(said.code == 1 && said.stderr.is_empty()) {
            return None;
        }
        files.extend(said.text().lines().map(PathBuf::from));
    }
    Some(files)
}

/// Every file that settings came from or could have come from, with its stamp; none where one was changed so lately that
/// git may have seen it as it was before.
fn settled(
    settings: &Settings,
    possible: Vec<PathBuf>,
    asked: SystemTime,
) -> Option<Vec<(String, Option<Stamp>)>> {
    let mut paths = possible;
    for setting in settings.all() {
        let path = PathBuf::from(setting.origin.strip_prefix("file:")?);
        if setting.scope != "local" && !paths.contains(&path) {
            paths.push(path);
        }
    }
    let stamped = |path: &PathBuf| {
        let stamp = Stamp::of(path)?;
        let is_settled = path.is_absolute() && stamp.is_none_or(|stamp| stamp.is_before(asked));
        Some((path.to_str()?.to_owned(), stamp)).filter(|_| is_settled)
    };
    paths.iter().map(stamped).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A work tree with a git that can be found, and nothing of it asked.
    fn stand(folder: &Path) -> Stand {
        fs::create_dir_all(folder.join("repo/.git/postmortem")).unwrap();
        fs::write(folder.join("git"), "").unwrap();
        fs::set_permissions(folder.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
        let path = ("PATH".to_owned(), folder.display().to_string());
        let place = Place { cwd: folder.join("repo"), variables: Some(vec![path]), ..Place::default() };
        Stand::find(&place).unwrap()
    }

    #[test]
    fn what_was_kept_is_believed_by_who_asks_for_the_same_sections() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        let stand = stand(&folder);
        let listing = b"local\0file:.git/config\0core.bare\nfalse\0".to_vec();
        let config = folder.join("repo/.git/config").to_str().unwrap().to_owned();
        let answer = || Answer {
            files: vec![(config.clone(), None)],
            object_format: "sha1".into(),
            settings: listing.clone(),
        };
        assert!(stand.recall().is_none());
        stand.write(Some(answer()));
        let recalled = stand.recall().unwrap();
        assert_eq!(recalled.settings.get("core.bare"), Some("false"));
        assert_eq!(recalled.opening.git_dir, folder.join("repo/.git"));
        stand.write(None);
        assert!(stand.recall().is_none(), "this git does not tell its files");
        let (variables, git) = (stand.variables().to_vec(), stand.git());
        let older = Kept { variables, git, sections: "core.".into(), answer: Some(answer()) };
        stand.file().write(&postcard::to_allocvec(&older).unwrap());
        assert!(stand.recall().is_none(), "a version that asked for less kept less");
        stand.write(Some(answer()));
        fs::write(&config, "[core]\n").unwrap();
        assert!(stand.recall().is_none(), "a file appeared");
    }
}
