//! git's pager, started only when an answer on a terminal is longer than the terminal.

use std::io::{self, Write};
use std::process::{Child, Command, Stdio};

/// How to find the pager: asked only once it is needed, because the question costs a process.
pub struct Pager {
    /// Gives the command of `git var GIT_PAGER`, or `None` where there is none.
    find: Box<dyn FnOnce() -> Option<String>>,
    /// Lines of the terminal: what fits is not paged.
    pub(crate) height: u16,
}

impl Pager {
    /// A pager for a terminal of so many lines.
    pub fn new(height: u16, find: impl FnOnce() -> Option<String> + 'static) -> Self {
        Self { find: Box::new(find), height }
    }

    /// Starts it; `None` where git says that none is wanted (`cat` and an empty command mean none, as for git)
    /// or where it cannot be started.
    pub(crate) fn start(self) -> Option<RunningPager> {
        let command = (self.find)()?;
        if matches!(command.trim(), "" | "cat") {
            return None;
        }
        // git's own defaults for less and lv, for whoever has set none.
        let script =
            format!("export LESS=\"${{LESS-FRX}}\" LV=\"${{LV--c}}\" GIT_PAGER_IN_USE=true; {command}");
        let child = Command::new("sh").arg("-c").arg(script).stdin(Stdio::piped()).spawn().ok()?;
        Some(RunningPager { child })
    }
}

impl std::fmt::Debug for Pager {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pager").field("height", &self.height).finish_non_exhaustive()
    }
}

/// A pager that reads what is written here.
#[derive(Debug)]
pub(crate) struct RunningPager {
    child: Child,
}

impl RunningPager {
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.child.stdin {
            Some(stdin) => stdin.write_all(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Ends the input and waits until the reader leaves the pager.
    pub(crate) fn finish(mut self) {
        drop(self.child.stdin.take());
        // The reader's way out of the pager is no failure of ours.
        let _ = self.child.wait();
    }
}
