//! The runner of git's own commands: one way to start them, one way to hear what they say.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use super::{Error, Place};

/// What `git rev-parse --local-env-vars` lists: variables that name this repository and would mislead a git that
/// works on another one.
const LOCAL: [&str; 15] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
];

/// Pathspec modes of the calling git (`git --literal-pathspecs postmortem`) that would change what ours mean.
const PATHSPECS: [&str; 4] =
    ["GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"];

/// A command of git's about to be run, in the folder that the user stands in.
#[derive(Debug)]
pub struct Git<'r> {
    place: &'r Place,
    arguments: Vec<OsString>,
    input: Option<Vec<u8>>,
    stdin: Option<File>,
    environment: Vec<(&'static str, OsString)>,
    localized: bool,
}

/// What a command of git's answered.
#[derive(Debug, Clone)]
pub struct Output {
    /// Standard output, as it came.
    pub stdout: Vec<u8>,
    /// Standard error, lossy, without blanks around it.
    pub stderr: String,
    /// The exit code; 128 and the signal's number where a signal ended it.
    pub code: i32,
}

impl Output {
    /// Standard output as text, without the last line's end; lossy where it is not UTF-8.
    #[must_use]
    pub fn text(&self) -> String {
        let text = String::from_utf8_lossy(&self.stdout);
        text.strip_suffix('\n').unwrap_or(&text).to_owned()
    }
}

impl<'r> Git<'r> {
    pub(super) fn new(place: &'r Place) -> Self {
        let (arguments, environment) = (Vec::new(), Vec::new());
        Self { place, arguments, input: None, stdin: None, environment, localized: false }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.arguments.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    /// Adds one path, from the top of the work tree, to be taken as it is written.
    ///
    /// Pathspec magic instead of `--literal-pathspecs`: that option reaches the user's hooks as an environment
    /// variable, and changes what the pathspecs in them mean.
    #[must_use]
    pub fn path(self, path: &str) -> Self {
        self.arg(format!(":(top,literal){path}"))
    }

    /// Gives bytes on standard input; without, it is empty.
    #[must_use]
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = Some(bytes.into());
        self
    }

    /// Gives an open file as standard input, which the child then holds as long as it lives.
    #[must_use]
    pub(super) fn stdin(mut self, file: File) -> Self {
        self.stdin = Some(file);
        self
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn env(mut self, name: &'static str, value: impl AsRef<OsStr>) -> Self {
        self.environment.push((name, value.as_ref().to_owned()));
        self
    }

    /// Leaves the user's language alone: for commands that run hooks and whose words are only passed on.
    #[must_use]
    pub fn localized(mut self) -> Self {
        self.localized = true;
        self
    }

    /// Runs it and hands back whatever it answered.
    ///
    /// # Errors
    /// [`Error::NoGit`] where git cannot be started.
    pub fn answer(self) -> Result<Output, Error> {
        self.begin()?.finish()
    }

    /// Starts it, so that something else can be done until it answers.
    ///
    /// # Errors
    /// [`Error::NoGit`] where git cannot be started.
    pub(super) fn begin(self) -> Result<Begun, Error> {
        let mut command = self.command();
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|error| no_git(&error))?;
        Ok(Begun { child, input: self.input })
    }

    /// The same for a command that runs hooks: it is over when git is. What a hook leaves running (`notify &`) holds on
    /// to the streams that it inherited, and would keep us reading from a pipe; so they are files, made in a folder.
    ///
    /// # Errors
    /// [`Error::NoGit`] where git cannot be started, [`Error::Io`] where the files cannot be made.
    pub(super) fn answer_with_hooks(self, folder: &Path) -> Result<Output, Error> {
        let (out, mut said_out) = unnamed(folder, "out")?;
        let (err, mut said_err) = unnamed(folder, "err")?;
        let mut command = self.command();
        command.stdout(out).stderr(err);
        let child = command.spawn().map_err(|error| no_git(&error))?;
        let status = Begun { child, input: self.input }.wait(|mut child| child.wait())?;
        let read = |file: &mut File| {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(|error| Error::io("read", folder, &error)).map(|_| bytes)
        };
        let stderr = String::from_utf8_lossy(&read(&mut said_err)?).trim().to_owned();
        Ok(Output { stdout: read(&mut said_out)?, stderr, code: code(status) })
    }

    /// Runs it and takes any exit code but 0 for a failure.
    ///
    /// # Errors
    /// [`Error::Git`] with git's own words.
    pub fn run(self) -> Result<Output, Error> {
        let deed = self.deed();
        let output = self.answer()?;
        if output.code == 0 { Ok(output) } else { Err(Error::Git { deed, words: words(&output.stderr) }) }
    }

    /// Runs a question that exits with 1 to say no.
    ///
    /// # Errors
    /// [`Error::Git`] on any exit code but 0 and 1.
    pub fn ask(self) -> Result<bool, Error> {
        let deed = self.deed();
        let output = self.answer()?;
        match output.code {
            0 => Ok(true),
            1 => Ok(false),
            _ => Err(Error::Git { deed, words: words(&output.stderr) }),
        }
    }

    /// Its name, for sentences: the first argument that is no option.
    fn deed(&self) -> String {
        let mut arguments = self.arguments.iter().map(|argument| argument.to_string_lossy());
        arguments
            .find(|argument| !argument.starts_with('-'))
            .map_or_else(String::new, std::borrow::Cow::into_owned)
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new("git");
        self.place.equip(&mut command);
        command.args(&self.arguments);
        if !self.localized {
            // Some of git's words are read, to tell a lock from a lost race.
            command.env("LC_ALL", "C");
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        match (&self.input, &self.stdin) {
            (Some(_), _) => command.stdin(Stdio::piped()),
            (None, Some(file)) => command.stdin(file.try_clone().map_or_else(|_| Stdio::null(), Stdio::from)),
            (None, None) => command.stdin(Stdio::null()),
        };
        command
    }
}

/// A command of git's that is running.
pub(super) struct Begun {
    child: Child,
    input: Option<Vec<u8>>,
}

impl Begun {
    /// Waits until it has said everything.
    ///
    /// # Errors
    /// [`Error::NoGit`] where its answer cannot be read.
    pub(super) fn finish(self) -> Result<Output, Error> {
        let output = self.wait(Child::wait_with_output)?;
        let stderr = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Ok(Output { stdout: output.stdout, stderr, code: code(output.status) })
    }

    /// Hands it its input while it is waited for.
    fn wait<T>(self, wait: impl FnOnce(Child) -> std::io::Result<T>) -> Result<T, Error> {
        let Self { mut child, input } = self;
        let ended = std::thread::scope(|scope| {
            let feeder = child.stdin.take().zip(input.as_ref()).map(|(mut stdin, bytes)| {
                // A git that does not read to the end closes the pipe; its exit code says what that meant.
                scope.spawn(move || drop(stdin.write_all(bytes)))
            });
            let ended = wait(child);
            if let Some(feeder) = feeder {
                feeder.join().expect("writing to a pipe does not panic");
            }
            ended
        });
        ended.map_err(|error| no_git(&error))
    }
}

fn no_git(error: &std::io::Error) -> Error {
    Error::NoGit { words: error.to_string() }
}

impl Place {
    /// Gives a command its folder and its environment.
    pub(super) fn equip(&self, command: &mut Command) {
        command.current_dir(&self.cwd);
        if let Some(environment) = &self.environment {
            command.env_clear().envs(environment.iter().map(|(name, value)| (name, value)));
        }
        for name in PATHSPECS {
            command.env_remove(name);
        }
        for name in LOCAL.iter().filter(|_| self.elsewhere) {
            command.env_remove(name);
        }
    }
}

/// A file without a name, once to write to and once to read from.
fn unnamed(folder: &Path, what: &str) -> Result<(File, File), Error> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let path = folder.join(format!("said-{}-{number}-{what}.tmp", std::process::id()));
    let fail = |error: std::io::Error| Error::io("create", &path, &error);
    let written = File::create(&path).map_err(fail)?;
    let read = File::open(&path).map_err(fail)?;
    drop(std::fs::remove_file(&path));
    Ok((written, read))
}

/// git's words without the `fatal: ` that its own prompt needs.
pub(super) fn words(stderr: &str) -> String {
    let stderr = stderr.trim();
    stderr.strip_prefix("fatal: ").or_else(|| stderr.strip_prefix("error: ")).unwrap_or(stderr).to_owned()
}

#[cfg(unix)]
fn code(status: std::process::ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0))
}

#[cfg(not(unix))]
fn code(status: std::process::ExitStatus) -> i32 {
    status.code().unwrap_or(128)
}
