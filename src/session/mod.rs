//! One run of the program: its mouth, its clock, its surroundings, and the project that it stands in.
//!
//! The sole reader of clock, environment and configuration files; everything below is handed what it needs.

mod input;
mod project;
mod surroundings;
mod unheard;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, TimeZone, Utc};

use crate::document::time;
use crate::error::{CliError, ExitStatus};
use crate::git::{self, Place, Repo, side_by_side};
use crate::render::{Captured, ColorChoice, Look, Pager, Ui};

pub(crate) use input::read_at;
pub use project::{CONFIG_FILE, Examine, Project};
pub use surroundings::Surroundings;

/// What the flags that every command shares say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// `--color`; where it is not given, `NO_COLOR` and git's `color.ui` decide.
    pub color: Option<ColorChoice>,
    /// `-q`.
    pub quiet: bool,
    /// `-v`.
    pub verbose: bool,
}

/// One run.
#[derive(Debug)]
pub struct Session {
    /// The mouth.
    pub ui: Ui,
    /// The instant that this run takes for now.
    pub now: DateTime<Utc>,
    surroundings: Surroundings,
    /// What standard input says, where it is not the process's own.
    input: Option<Vec<u8>>,
}

impl Session {
    /// Begins a run.
    #[must_use]
    pub fn begin(surroundings: Surroundings, options: Options) -> Self {
        let terminal = surroundings.terminal;
        let choice = options.color.unwrap_or_else(|| surroundings.color());
        let look = Look {
            color: choice.decide(terminal.out || surroundings.is_paged()),
            talk_color: choice.decide(terminal.talk),
            width: surroundings.width(),
            talk_width: terminal.talk.then_some(terminal.width).flatten(),
            quiet: options.quiet,
            verbose: options.verbose,
            interactive: terminal.interactive,
        };
        let place = surroundings.place();
        let pager = (terminal.out && !surroundings.is_paged())
            .then(|| Pager::new(terminal.height.unwrap_or(24), move || git::pager(&place)));
        Self { ui: Ui::new(look, pager), now: surroundings.now, surroundings, input: None }
    }

    /// Begins a run that speaks into memory and is told its standard input: nobody is asked, nothing is coloured or
    /// paged, the work tree is left alone, and now is this moment.
    pub(crate) fn unattended(surroundings: &Surroundings, input: Vec<u8>) -> (Self, Captured) {
        let surroundings = surroundings.unattended();
        let (ui, captured) = Ui::captured(Look::default());
        (Self { ui, now: surroundings.now, surroundings, input: Some(input) }, captured)
    }

    /// What this run found around it, for others like it.
    pub(crate) fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Ends the run: says what went wrong, writes what is left.
    #[must_use]
    pub fn end(self, answer: Result<ExitStatus, CliError>) -> ExitStatus {
        let status = answer.unwrap_or_else(|error| {
            self.ui.error(&error.message, &error.causes, &error.hints);
            ExitStatus::CouldNot
        });
        match self.ui.finish() {
            Ok(()) => status,
            Err(error) => {
                self.ui.error("the answer could not be written", &[error.to_string()], &[]);
                ExitStatus::CouldNot
            }
        }
    }

    /// The repository that the run stands in, with its configuration, as the work tree has it.
    ///
    /// # Errors
    /// Outside a repository, and with every fault of the configuration.
    pub fn project(&self) -> Result<Project, CliError> {
        self.examine(&Examine::default())
    }

    /// The same as of a revision or a day.
    ///
    /// # Errors
    /// As [`Session::project`], and for an unknown revision or a day that is none.
    pub fn examine(&self, examine: &Examine) -> Result<Project, CliError> {
        self.examine_in(Repo::open(self.place())?, examine)
    }

    /// The same in a repository that is open already.
    ///
    /// # Errors
    /// As [`Session::examine`].
    pub fn examine_in(&self, repo: Repo, examine: &Examine) -> Result<Project, CliError> {
        Project::of(repo, self.surroundings.elsewhere, &self.surroundings, examine)
    }

    /// Other repositories, as they are at their HEAD or at a revision, read side by side; answers in the order of
    /// the folders, each an error of its own where there is no repository.
    pub fn examine_each<T: Send>(
        &self,
        folders: &[PathBuf],
        examine: &Examine,
        read: impl Fn(usize, Project) -> Result<T, CliError> + Sync,
    ) -> Vec<Result<T, CliError>> {
        let surroundings = &self.surroundings;
        let folders: Vec<PathBuf> = folders.iter().map(|folder| self.path(folder)).collect();
        let one = |at: usize| {
            let cwd = folders[at].clone();
            if !cwd.is_dir() {
                return Err(CliError::new(format!("there is no folder {}", cwd.display())));
            }
            let place = Place { cwd, elsewhere: true, ..Place::default() };
            read(at, Project::of(Repo::open(place)?, true, surroundings, examine)?)
        };
        side_by_side(folders.len(), one)
    }

    /// Stands in another folder from here on, whatever repository the environment names.
    pub(crate) fn enter(&mut self, folder: &Path) {
        self.surroundings.cwd = self.path(folder);
        self.surroundings.elsewhere = true;
    }

    /// Where git is asked about the repository.
    #[must_use]
    pub fn place(&self) -> Place {
        self.surroundings.place()
    }

    /// A typed path, from the folder that the run began in.
    #[must_use]
    pub fn path(&self, typed: &Path) -> PathBuf {
        self.surroundings.cwd.join(typed)
    }

    /// The user's home folder.
    #[must_use]
    pub fn home(&self) -> Option<PathBuf> {
        self.variable("HOME").filter(|home| !home.is_empty()).map(PathBuf::from)
    }

    /// The folder of the running program, where git would not find it: none where it is on PATH.
    pub(crate) fn folder_off_path(&self) -> Option<PathBuf> {
        let program = Surroundings::program()?;
        let name = program.file_name()?;
        let path = self.variable("PATH").unwrap_or_default();
        let found = std::env::split_paths(path).any(|folder| folder.join(name).is_file());
        (!found).then(|| program.parent().map(Path::to_owned)).flatten()
    }

    /// A variable of the environment.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.surroundings.variable(name)
    }

    /// What typed times are read against: this run's moment and the local clock.
    #[must_use]
    pub fn typed(&self) -> time::Now<'static> {
        time::Now { utc: self.now, offset: &local_offset }
    }

    /// The instant of a local date and time; of two in an autumn night the first, of none in a spring night the
    /// one an hour later.
    #[must_use]
    pub fn local(&self, time: NaiveDateTime) -> DateTime<Utc> {
        from_local(time)
    }

    /// The local date and time of an instant.
    #[must_use]
    pub fn to_local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&Local).naive_local()
    }

    /// The local day.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.to_local(self.now).date()
    }
}

/// Writes a file so that it has either the old content or the new, whenever we are killed; a link stays one.
pub(crate) fn write_at(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let path = path.canonicalize()?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let permissions = std::fs::metadata(&path)?.permissions();
    let written = std::fs::write(&beside, bytes)
        .and_then(|()| std::fs::set_permissions(&beside, permissions))
        .and_then(|()| std::fs::rename(&beside, &path));
    if written.is_err() {
        drop(std::fs::remove_file(&beside));
    }
    written
}

/// Seconds by which the local clock is ahead of UTC at a moment.
fn local_offset(at: DateTime<Utc>) -> i32 {
    Local.offset_from_utc_datetime(&at.naive_utc()).local_minus_utc()
}

/// See [`Session::local`].
pub(crate) fn from_local(time: NaiveDateTime) -> DateTime<Utc> {
    match Local.from_local_datetime(&time).earliest() {
        Some(instant) => instant.to_utc(),
        None => {
            let later = time + chrono::TimeDelta::hours(1);
            Local.from_local_datetime(&later).earliest().map_or_else(|| later.and_utc(), |at| at.to_utc())
        }
    }
}
