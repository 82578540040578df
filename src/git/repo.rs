//! A repository as git itself sees it: one `git rev-parse` decides where and what it is.

use std::cell::{Cell, OnceCell};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use git2::Repository;
use zlib_rs::Inflate;

use super::commit_graph::Opened;
use super::folders::Folders;
use super::known::{RefFiles, Stand};
use super::open::Location;
use super::opening::Opening;
use super::packs::Packs;
use super::{CommitId, Error, Git, Settings, Tag, embedded};

/// The variable that tells a hook, and whatever it starts, which repository's commit of ours it runs in: its common git
/// directory.
pub const COMMITTING: &str = "GIT_POSTMORTEM_COMMITTING";

/// Where to look for a repository, as the environment has it.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The folder to stand in.
    pub cwd: PathBuf,
    /// Object directories of `GIT_OBJECT_DIRECTORY` and `GIT_ALTERNATE_OBJECT_DIRECTORIES`, absolute.
    pub objects: Vec<PathBuf>,
    /// Whether a push is being received (`GIT_QUARANTINE_PATH`): refs must not move then.
    pub quarantined: bool,
    /// Another repository than the one that the environment names: its variables are kept from git.
    pub elsewhere: bool,
    /// The common git directory of a repository in which one of us is making the commit whose hook we were started by.
    pub committing: Option<PathBuf>,
    /// Whether the work tree and the branches of the project are left alone, whoever asks.
    pub hands_off: bool,
    /// What git's commands see instead of our own environment: for a story that is told at other times, by other
    /// people, and undisturbed by the reader's settings.
    pub environment: Option<Vec<(OsString, OsString)>>,
    /// The variables that git's own words about a repository and its settings hang on, by name: `PATH`, `HOME` and the like.
    /// None where others count as well, or nobody looked: then git is asked every time.
    pub variables: Option<Vec<(String, String)>>,
}

/// The question for every setting in force.
const SETTINGS: [&str; 5] = ["config", "--list", "-z", "--show-scope", "--show-origin"];

/// An open repository.
pub struct Repo {
    place: Place,
    opening: Opening,
    /// Opened when it is asked for first: what is known and little is often told without it.
    pub(super) handle: OnceCell<Repository>,
    pub(super) packs: OnceCell<Packs>,
    /// What unpacked the last few objects, for the next ones.
    pub(super) inflate: Cell<Option<Inflate>>,
    pub(super) folders: Folders,
    settings: OnceCell<Settings>,
    pub(super) tags: OnceCell<Vec<Tag>>,
    /// Where its refs are, in an ordinary repository that is known from before.
    pub(super) ref_files: Option<RefFiles>,
    pub(super) graph: Opened,
}

impl Repo {
    /// Opens the repository that git finds from a place.
    ///
    /// # Errors
    /// [`Error::NotARepository`] in git's words where there is none or git refuses it.
    pub fn open(place: Place) -> Result<Self, Error> {
        Ok(Self::open_along(place, None)?.0)
    }

    /// The same, and the commit that a typed revision names: one question to git for both. None where it names none, and where
    /// git does not come so far (in a bare repository, on an unborn branch).
    ///
    /// # Errors
    /// As [`Repo::open`].
    pub fn open_along(place: Place, typed: Option<&str>) -> Result<(Self, Option<CommitId>), Error> {
        let stand = Stand::find(&place);
        if let Some(recalled) = stand.as_ref().and_then(|stand| Self::recall(&place, stand, typed)) {
            return Ok(recalled);
        }
        let asked = SystemTime::now();
        // Nearly every command asks for the settings next: git answers both at once.
        let settings = Git::new(&place).args(SETTINGS).begin()?;
        let opening = Opening::ask(&place, typed);
        let settings = settings.finish()?;
        let (opening, along) = opening?;
        embedded::refuse(&place, &opening.git_dir)?;
        let handle = OnceCell::from(Location::new(&opening.git_dir, &place.objects).open()?);
        // Where git could not list them, asking again gives its reason.
        let settings = Some(settings).filter(|listed| listed.code == 0);
        if let (Some(stand), Some(listed)) = (stand, &settings) {
            stand.keep(&place, &opening, &listed.stdout, asked);
        }
        let settings =
            settings.map(|listed| Settings::read(&listed.stdout)).map_or_else(OnceCell::new, OnceCell::from);
        Ok((Self::with(place, opening, handle, settings), along))
    }

    fn with(
        place: Place,
        opening: Opening,
        handle: OnceCell<Repository>,
        settings: OnceCell<Settings>,
    ) -> Self {
        let (folders, tags, graph, packs) =
            (Folders::default(), OnceCell::new(), Opened::default(), OnceCell::new());
        let inflate = Cell::default();
        Self { place, opening, handle, packs, inflate, folders, settings, tags, ref_files: None, graph }
    }

    /// Opens a repository that git has described before, if it would say the same now.
    fn recall(place: &Place, stand: &Stand, typed: Option<&str>) -> Option<(Self, Option<CommitId>)> {
        let recalled = stand.recall()?;
        let settings = OnceCell::from(recalled.settings);
        let mut repo = Self::with(place.clone(), recalled.opening, OnceCell::new(), settings);
        let refs = RefFiles::new(repo.opening.git_dir.clone(), repo.object_format_digits());
        let (head, along) = repo.at_opening(&refs, typed)?;
        (repo.opening.head, repo.ref_files) = (head, Some(refs));
        Some((repo, along))
    }

    /// Opens a second handle, for another thread or a further look: it knows the settings and the tags that this one has
    /// come to know.
    ///
    /// # Errors
    /// [`Error::Object`] where libgit2 cannot open it again.
    pub fn again(&self) -> Result<Self, Error> {
        self.elsewhere()()
    }

    /// What opens a second handle, on the thread that it is called on: opening takes a while.
    pub fn elsewhere(&self) -> impl FnOnce() -> Result<Self, Error> + Send + 'static {
        let (place, location, opening) = (self.place.clone(), self.location(), self.opening.clone());
        let (settings, tags, ref_files) = (self.settings.clone(), self.tags.clone(), self.ref_files.clone());
        move || {
            let own = Self::with(place, opening, OnceCell::from(location.open()?), settings);
            Ok(Self { tags, ref_files, ..own })
        }
    }

    /// The git directory: of the linked work tree in one.
    #[must_use]
    pub fn git_dir(&self) -> &Path {
        &self.opening.git_dir
    }

    /// The git directory that all work trees share.
    #[must_use]
    pub fn common_dir(&self) -> &Path {
        &self.opening.common_dir
    }

    /// The top of the work tree; `None` in a bare repository and inside a git directory.
    #[must_use]
    pub fn work_tree(&self) -> Option<&Path> {
        self.opening.work_tree.as_deref()
    }

    /// The folder that the user stands in.
    #[must_use]
    pub fn cwd(&self) -> &Path {
        &self.place.cwd
    }

    /// Whether the repository has no work tree.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.opening.bare
    }

    /// Whether its history was cut off.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        self.opening.shallow
    }

    /// Whether a commit's name says all about its past: nothing was cut off, grafted or replaced.
    #[must_use]
    pub fn has_plain_history(&self) -> bool {
        !self.opening.shallow && !self.opening.replaced && !self.opening.grafts.exists()
    }

    /// Whether some objects stand for others.
    pub(super) fn has_replacements(&self) -> bool {
        self.opening.replaced
    }

    /// Whether objects were left at a remote; a repository whose settings cannot be read counts as complete.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.settings().is_ok_and(|settings| settings.promisor().is_some())
    }

    /// The commit of `HEAD` when the repository was opened, where that could be told in passing; [`Repo::resolve`] tells
    /// it now.
    #[must_use]
    pub fn head_when_opened(&self) -> Option<CommitId> {
        self.opening.head
    }

    /// `sha1` or `sha256`.
    #[must_use]
    pub fn object_format(&self) -> &str {
        &self.opening.object_format
    }

    /// `files` or `reftable`.
    #[must_use]
    pub fn ref_format(&self) -> &str {
        &self.opening.ref_format
    }

    /// The folder for our own files, shared by all work trees; not created here.
    #[must_use]
    pub fn state_dir(&self) -> PathBuf {
        self.opening.common_dir.join("postmortem")
    }

    /// Starts building a command of git's.
    #[must_use]
    pub fn git(&self) -> Git<'_> {
        Git::new(&self.place)
    }

    /// The settings in force, of all scopes and `git -c`; read once.
    ///
    /// # Errors
    /// [`Error::Git`] where a configuration file is broken.
    pub fn settings(&self) -> Result<&Settings, Error> {
        if let Some(settings) = self.settings.get() {
            return Ok(settings);
        }
        let output = self.git().args(SETTINGS).run()?;
        Ok(self.settings.get_or_init(|| Settings::read(&output.stdout)))
    }

    /// Digits of an object's name.
    pub(super) fn object_format_digits(&self) -> usize {
        if self.opening.object_format == "sha256" { 64 } else { 40 }
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// The index file of this work tree, or of the environment.
    pub(super) fn index_file(&self) -> &Path {
        &self.opening.index
    }

    /// Where objects are written: of the repository, or of the environment.
    pub(super) fn object_folder(&self) -> &Path {
        &self.opening.objects
    }

    pub(super) fn location(&self) -> Location {
        Location::new(&self.opening.git_dir, &self.place.objects)
    }

    pub(super) fn refuse_in_quarantine(&self) -> Result<(), Error> {
        if self.place.quarantined { Err(Error::Quarantined) } else { Ok(()) }
    }
}

impl std::fmt::Debug for Repo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repo").field("git_dir", &self.opening.git_dir).finish_non_exhaustive()
    }
}
