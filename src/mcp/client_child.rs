//! The server's process: started in a group of its own, and ended with everything that it started, however the conversation went.

use std::io;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often it is looked whether it has gone.
const LOOK: Duration = Duration::from_millis(5);

/// A program that serves, ready to be started: nothing in it is looked up any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The file that is started.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Variables beside our own environment.
    pub environment: Vec<(String, String)>,
    /// The folder that it stands in.
    pub folder: PathBuf,
}

/// A server that runs. Whoever drops it ends it.
pub(super) struct Served {
    child: Child,
}

/// The streams of a server.
pub(super) struct Streams {
    pub(super) input: ChildStdin,
    pub(super) output: ChildStdout,
    pub(super) errors: ChildStderr,
}

impl Served {
    /// Starts it.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn start(program: &Program) -> io::Result<(Self, Streams)> {
        let mut command = Command::new(&program.path);
        command.args(&program.arguments).current_dir(&program.folder);
        command.envs(program.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let streams = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let served = Self { child };
        match streams {
            (Some(input), Some(output), Some(errors)) => Ok((served, Streams { input, output, errors })),
            _ => Err(io::Error::other("its streams are not there")),
        }
    }

    /// Waits until it goes by itself, having been told that nothing more is asked; but no longer than this.
    pub(super) fn wait(&self, at_most: Duration) {
        let until = Instant::now() + at_most;
        while !self.is_gone() && Instant::now() < until {
            thread::sleep(LOOK);
        }
    }

    /// Whether it ended. It is not reaped by asking: until then no other group can get its number.
    #[cfg(unix)]
    fn is_gone(&self) -> bool {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        self.number().is_none_or(|number| !matches!(waitid(WaitId::Pid(number), options), Ok(None)))
    }

    #[cfg(not(unix))]
    fn is_gone(&self) -> bool {
        true
    }

    #[cfg(unix)]
    fn number(&self) -> Option<rustix::process::Pid> {
        rustix::process::Pid::from_raw(i32::try_from(self.child.id()).ok()?)
    }

    /// Ends it and the rest of its group.
    fn end(&mut self) {
        #[cfg(unix)]
        if let Some(number) = self.number() {
            // An empty group is no failure: everything has gone.
            let _ = rustix::process::kill_process_group(number, rustix::process::Signal::KILL);
        }
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.end();
    }
}
