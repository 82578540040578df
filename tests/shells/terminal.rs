//! A shell on a terminal of its own, by util-linux's `script`: keys go in, what appears is waited for.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::sandbox::Sandbox;

/// How long nothing may appear before a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Clears the line that is being edited.
const CLEAR: &str = "\x05\x15";

pub(crate) struct Terminal {
    shell: Child,
    keys: ChildStdin,
    output: Receiver<Vec<u8>>,
    seen: String,
    /// Lines printed by [`Terminal::line`] so far.
    lines: usize,
}

impl Terminal {
    /// Starts a shell in the sandbox's repository; none where no terminal can be made here.
    pub(crate) fn open(sandbox: &Sandbox, shell: &str) -> Option<Self> {
        if super::on_path("script").is_none() {
            eprintln!("skipped: script (util-linux) is not installed");
            return None;
        }
        let inner = format!("stty cols 160 rows 60; exec {shell}");
        let mut command = sandbox.command("script", &sandbox.repo());
        command.args(["-q", "-f", "-e", "-c", &inner, "/dev/null"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut shell = command.spawn().unwrap();
        let keys = shell.stdin.take().unwrap();
        let mut stdout = shell.stdout.take().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = stdout.read(&mut bytes) {
                if sender.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Some(Self { shell, keys, output, seen: String::new(), lines: 0 })
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until a text has appeared since the last wait.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) {
        self.seen_until(text);
    }

    /// The same, and hands back all that appeared up to its end.
    #[track_caller]
    pub(crate) fn seen_until(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.seen.find(text) {
                return self.seen.drain(..at + text.len()).collect();
            }
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => panic!("waited for {text:?}, saw:\n{}", self.seen),
            }
        }
    }

    /// Types a line's beginning with its TABs, and hands back the line as the shell completed it.
    #[track_caller]
    pub(crate) fn line(&mut self, keys: &str) -> String {
        self.lines += 1;
        // The quotes are the shell's own, so whatever stands between them is printed and not run.
        let (open, close) = (format!("<{}<", self.lines), format!(">{}>", self.lines));
        self.press(&format!("{keys}\x01printf '=%s\\n' '{open}\x05{close}'\r"));
        // The sign before it tells what is printed from what was typed.
        self.wait_for(&format!("={open}"));
        while !self.seen.contains(&close) {
            let bytes = self.output.recv_timeout(PATIENCE).unwrap();
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
        let (line, rest) = self.seen.split_once(&close).unwrap();
        let (line, rest) = (line.to_owned(), rest.to_owned());
        self.seen = rest;
        line
    }

    /// Types a line's beginning, asks for the list and waits until all words are in it.
    #[track_caller]
    pub(crate) fn list(&mut self, keys: &str, words: &[&str]) {
        self.press(&format!("{keys}\t\t"));
        // The list's order is the shell's own.
        while let Some(word) = words.iter().find(|word| !self.seen.contains(**word)) {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => panic!("waited for {word:?}, saw:\n{}", self.seen),
            }
        }
        self.seen.clear();
        self.press(CLEAR);
        self.line("end of list");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.keys.write_all(format!("{CLEAR}exit\r").as_bytes());
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}
