//! What other programs say about where they look.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a shell's start-up files may take before its answer is done without.
const PATIENCE: Duration = Duration::from_secs(5);
/// Stands before each line that is ours: start-up files like to print.
const MARK: &str = "git-postmortem-fpath:";

/// Where `man` finds a page now.
pub(super) fn man_finds(page: &str) -> Option<PathBuf> {
    let output = Command::new("man").args(["-w", page]).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let first = text.lines().next().filter(|_| output.status.success())?;
    Some(PathBuf::from(first))
}

/// The folders that an interactive zsh of this user loads functions from.
pub(super) fn zsh_folders(zsh: &Path) -> Vec<PathBuf> {
    let script = format!("print -rl -- {MARK}$^fpath");
    let text = answer(zsh, &["-ic".as_ref(), script.as_ref()]).unwrap_or_default();
    text.lines().filter_map(|line| line.strip_prefix(MARK)).map(PathBuf::from).collect()
}

/// Whether an interactive bash of this user has loaded bash-completion; none where it does not tell.
pub(super) fn bash_completes(bash: &Path) -> Option<bool> {
    let script = format!("echo \"{MARK}${{BASH_COMPLETION_VERSINFO[0]-}}\"");
    let text = answer(bash, &["-ic".as_ref(), script.as_ref()])?;
    let version = text.lines().find_map(|line| line.strip_prefix(MARK))?;
    Some(!version.is_empty())
}

/// An interactive shell's standard output, unless it takes too long.
///
/// It gets a session of its own: a shell that believes itself interactive takes the terminal away from us, and one
/// that is killed does not give it back. Where there is no `setsid`, nothing is asked.
fn answer(program: &Path, arguments: &[&OsStr]) -> Option<String> {
    let mut child = Command::new("setsid")
        .arg("--wait")
        .arg(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut out = child.stdout.take()?;
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        let _ = std::io::Read::read_to_string(&mut out, &mut text);
        text
    });
    let began = Instant::now();
    while child.try_wait().ok()?.is_none() {
        if began.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    reader.join().ok()
}
