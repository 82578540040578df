//! The user's editor, as git would start it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGQUIT};
use signal_hook::flag;

use super::{Error, Repo, cli};

/// The keys that end a program do not end us while the editor is open: they are meant for it, it gets them too, and
/// once it is gone there is something to say about its text. git does the same. Afterwards they end us again.
struct Deaf(Arc<AtomicBool>);

impl Deaf {
    fn to_the_keyboard() -> Self {
        let over = Arc::new(AtomicBool::new(false));
        for key in [SIGINT, SIGQUIT] {
            // Where it cannot be done, the keys do what they always do.
            drop(flag::register_conditional_default(key, Arc::clone(&over)));
        }
        Self(over)
    }
}

impl Drop for Deaf {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Repo {
    /// Opens a file in the user's editor (`git var GIT_EDITOR`) and waits for it.
    ///
    /// # Errors
    /// [`Error::Editor`] where it cannot be started or fails; the file is left as the editor left it.
    pub fn run_editor(&self, file: &Path) -> Result<(), Error> {
        let asked = self.git().args(["var", "GIT_EDITOR"]).answer()?;
        let editor = asked.text();
        if asked.code != 0 || editor.is_empty() {
            return Err(Error::Editor {
                editor,
                words: format!("is not set: {}", cli::words(&asked.stderr)),
            });
        }
        // git hands the command line to the shell in the same way: it may hold options and quotes.
        let script = format!("{editor} \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script, &editor]).arg(file);
        self.place().equip(&mut command);
        command.stdin(Stdio::inherit()).stdout(Stdio::inherit()).stderr(Stdio::inherit());
        let fail = |words: String| Error::Editor { editor: editor.clone(), words };
        let deaf = Deaf::to_the_keyboard();
        let status = command.status();
        drop(deaf);
        let status = status.map_err(|error| fail(format!("cannot be started: {error}")))?;
        match status.code() {
            Some(0) => Ok(()),
            Some(code) => Err(fail(format!("ended with status {code}"))),
            None => Err(fail("was ended by a signal".to_owned())),
        }
    }
}
