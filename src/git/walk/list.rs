//! The commits of a walk as git lists them: names, parents and dates, which its commit-graph has.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

use super::super::cli;
use super::{CHUNK, Chunk, Route, Walked};
use crate::git::{CommitId, Error, Repo};

impl Repo {
    /// Reads git's list of the commits as it comes; they go to the readers.
    #[allow(clippy::needless_pass_by_value, reason = "the readers end when the sender is dropped")]
    pub(super) fn list_commits(&self, route: &Route<'_>, send: Sender<Chunk>) -> Result<Vec<Walked>, Error> {
        let mut input: String = route.tips.iter().map(|tip| format!("{tip}\n")).collect();
        input.extend(route.known.iter().map(|known| format!("^{known}\n")));
        let options = ["rev-list", "--parents", "--timestamp", "--no-abbrev", "--stdin"];
        // Into a pipe git would write commit by commit, and we would be woken as often.
        let since = route.since.map(|since| format!("--max-age={}", since.max(0)));
        let mut command = self.git().args(options).args(since).input("").env("GIT_FLUSH", "0").command();
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| Error::NoGit { words: error.to_string() })?;
        let mut commits = Vec::new();
        let read = converse(&mut child, input.as_bytes(), |line| {
            let Some(walked) = read_line(line) else { return };
            commits.push(walked);
            if commits.len() % CHUNK == 0 {
                (route.progress)(commits.len());
                send_last(&commits, CHUNK, &send);
            }
        });
        let rest = commits.len() % CHUNK;
        send_last(&commits, rest, &send);
        let status = child.wait().map_err(|error| Error::NoGit { words: error.to_string() })?;
        let stderr = read.map_err(|error| Error::NoGit { words: error.to_string() })?;
        if !status.success() {
            return Err(Error::Git { deed: "rev-list".into(), words: cli::words(&stderr) });
        }
        Ok(commits)
    }
}

/// Commits with their places in a walk, of which the first is given.
pub(super) fn numbered(commits: &[Walked], from: usize) -> impl Iterator<Item = (usize, CommitId)> {
    (from..).zip(commits.iter().map(|walked| walked.id))
}

fn send_last(commits: &[Walked], count: usize, send: &Sender<Chunk>) {
    let from = commits.len() - count;
    let chunk: Chunk = numbered(&commits[from..], from).collect();
    if !chunk.is_empty() {
        // Where every reader has failed, its error is the one that is told.
        drop(send.send(chunk));
    }
}

/// Feeds a command, hands over its answer line by line, and hears what it has to say beside.
fn converse(child: &mut Child, input: &[u8], mut each: impl FnMut(&[u8])) -> std::io::Result<String> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(|| stdin.map(|mut stdin| drop(stdin.write_all(input))));
        let said = scope.spawn(|| {
            let mut said = Vec::new();
            if let Some(mut stderr) = stderr {
                drop(stderr.read_to_end(&mut said));
            }
            String::from_utf8_lossy(&said).trim().to_owned()
        });
        let mut out = BufReader::with_capacity(1 << 16, stdout.expect("standard output is piped"));
        let mut line = Vec::new();
        loop {
            line.clear();
            if out.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            each(line.strip_suffix(b"\n").unwrap_or(&line));
        }
        Ok(said.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// A date in seconds, a commit and its parents.
fn read_line(line: &[u8]) -> Option<Walked> {
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    let committed = words.next()?.parse().ok()?;
    let id: CommitId = words.next()?.parse().ok()?;
    let parents = words.filter(|word| !word.is_empty()).map(str::parse).collect::<Result<_, _>>().ok()?;
    Some(Walked { id, parents, committed, message: None, folders: 0 })
}
