//! The user's editor, as git would start it.

use std::path::Path;
use std::process::{Command, Stdio};

use super::{Error, Repo, cli};

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
        let status = command.status().map_err(|error| fail(format!("cannot be started: {error}")))?;
        match status.code() {
            Some(0) => Ok(()),
            Some(code) => Err(fail(format!("ended with status {code}"))),
            None => Err(fail("was ended by a signal".to_owned())),
        }
    }
}
