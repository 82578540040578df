//! A history in one pass: each commit with its parents and date, the messages that are wanted, and what stood in some
//! folders then.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::folders::FolderScan;
use super::{CommitId, Error, ObjectId, Repo, cli};

/// One commit of a walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walked {
    /// Its name.
    pub id: CommitId,
    /// Its parents, in order, as git has them: with grafts and replacements.
    pub parents: Vec<CommitId>,
    /// When it was committed, in seconds of Unix time.
    pub committed: i64,
    /// The whole message, where it is wanted.
    pub message: Option<String>,
    /// What stood in the folders: a place among [`Walk::folders`].
    pub folders: u32,
}

/// The trees of some folders at once; none for a folder that is not there.
pub type FolderTrees = Vec<Option<ObjectId>>;

/// The commits that were come upon.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    /// The commits, as git lists them: newer ones first, mostly.
    pub commits: Vec<Walked>,
    /// Each state of the folders once.
    pub folders: Vec<FolderTrees>,
    /// A tree was not at hand: a partial clone's. The first state of all, which has no folder, stands for it.
    pub is_partial: bool,
}

/// What to walk.
pub struct Route<'w> {
    /// Where to begin.
    pub tips: &'w [CommitId],
    /// What not to go into again.
    pub known: &'w [CommitId],
    /// The folders to look at, `""` being the top.
    pub folders: &'w [String],
    /// Whether a message is kept.
    pub wanted: &'w dyn Fn(&[u8]) -> bool,
    /// Told from time to time how many commits there were.
    pub progress: &'w dyn Fn(usize),
}

/// Commits that go to a scan of folders at a time.
const CHUNK: usize = 1024;

/// A commit and its tree.
type Rooted = (usize, ObjectId);

impl Repo {
    /// Walks every commit that tips reach and known commits do not. git lists the commits and their messages; meanwhile
    /// the trees are looked at here.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words, also where one of the known commits is gone.
    pub fn walk_history(&self, route: &Route<'_>) -> Result<Walk, Error> {
        let (send, receive) = channel::<Vec<Rooted>>();
        let receive = Mutex::new(receive);
        let location = self.location();
        let digits = self.object_format_digits();
        let threads = thread::available_parallelism().map_or(1, usize::from).min(4);
        thread::scope(|scope| {
            let scan = || -> Result<_, Error> {
                // Small histories do not need every thread: a handle is opened when there is work.
                let Some(first) = next(&receive) else { return Ok(Vec::new()) };
                let repo = location.open()?;
                let mut scan = FolderScan::new(&repo, route.folders, digits / 2)?;
                let mut found = Vec::new();
                for chunk in std::iter::once(first).chain(std::iter::from_fn(|| next(&receive))) {
                    found.extend(chunk.into_iter().map(|(at, tree)| (at, scan.trees(tree))));
                }
                Ok(found)
            };
            let scans: Vec<_> = (0..threads).map(|_| scope.spawn(scan)).collect();
            let listed = self.list(route, send);
            let mut walk = Walk { folders: vec![vec![None; route.folders.len()]], ..Walk::default() };
            let mut places: HashMap<FolderTrees, u32> = HashMap::from([(walk.folders[0].clone(), 0)]);
            let mut states = Vec::new();
            for scan in scans {
                states.extend(scan.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            walk.commits = listed?;
            for (at, trees) in states {
                let Some(trees) = trees else {
                    walk.is_partial = true;
                    continue;
                };
                walk.commits[at].folders = *places.entry(trees).or_insert_with_key(|trees| {
                    walk.folders.push(trees.clone());
                    u32::try_from(walk.folders.len() - 1).expect("a history has fewer states than that")
                });
            }
            Ok(walk)
        })
    }

    /// Reads git's list as it comes; the trees go to the scans.
    #[allow(clippy::needless_pass_by_value, reason = "the scans end when the sender is dropped")]
    fn list(&self, route: &Route<'_>, send: Sender<Vec<Rooted>>) -> Result<Vec<Walked>, Error> {
        let mut input: String = route.tips.iter().map(|tip| format!("{tip}\n")).collect();
        input.extend(route.known.iter().map(|known| format!("^{known}\n")));
        let options = [
            "log",
            "--stdin",
            "-z",
            "--format=%H %T %ct %P%n%B",
            "--encoding=UTF-8",
            "--no-show-signature",
            "--no-patch",
            "--no-color",
            "--no-notes",
            "--no-abbrev",
        ];
        // Into a pipe git would write commit by commit, and we would be woken as often.
        let mut command = self.git().args(options).input("").env("GIT_FLUSH", "0").command();
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| Error::NoGit { words: error.to_string() })?;
        let mut commits = Vec::new();
        let read = converse(&mut child, input.as_bytes(), |record| {
            let Some((mut walked, tree, message)) = read_record(record) else { return };
            walked.message = (route.wanted)(message).then(|| String::from_utf8_lossy(message).into_owned());
            commits.push((walked, tree));
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
            return Err(Error::Git { deed: "log".into(), words: cli::words(&stderr) });
        }
        Ok(commits.into_iter().map(|(walked, _)| walked).collect())
    }
}

fn next(receive: &Mutex<Receiver<Vec<Rooted>>>) -> Option<Vec<Rooted>> {
    receive.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn send_last(commits: &[(Walked, ObjectId)], count: usize, send: &Sender<Vec<Rooted>>) {
    let from = commits.len() - count;
    let chunk: Vec<Rooted> =
        commits[from..].iter().enumerate().map(|(at, (_, tree))| (from + at, *tree)).collect();
    if !chunk.is_empty() {
        // Where every scan has failed, its error is the one that is told.
        drop(send.send(chunk));
    }
}

/// Feeds a command, hands over its answer record by record, and hears what it has to say beside.
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
        let mut record = Vec::new();
        loop {
            record.clear();
            if out.read_until(0, &mut record)? == 0 {
                break;
            }
            each(record.strip_suffix(b"\0").unwrap_or(&record));
        }
        Ok(said.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// A commit, its tree, and its message.
fn read_record(record: &[u8]) -> Option<(Walked, ObjectId, &[u8])> {
    let end = record.iter().position(|byte| *byte == b'\n')?;
    let mut words = std::str::from_utf8(&record[..end]).ok()?.split(' ');
    let id: CommitId = words.next()?.parse().ok()?;
    let tree: ObjectId = words.next()?.parse().ok()?;
    let committed = words.next()?.parse().ok()?;
    let parents = words.filter(|word| !word.is_empty()).map(str::parse).collect::<Result<_, _>>().ok()?;
    Some((Walked { id, parents, committed, message: None, folders: 0 }, tree, &record[end + 1..]))
}
