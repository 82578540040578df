//! A history in one pass: each commit with its parents and date, the messages that are wanted, and what stood in some
//! folders then.

mod folders;
mod list;
mod records;
mod short;

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use self::folders::FolderScan;
use self::list::numbered;
use self::records::{Records, Seen};
use super::open::Location;
use super::packs::{Objects, Packs};
use super::{CommitId, Error, IdMap, ObjectId, Repo};

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
    /// Whether that has a commit, as far as the asker can tell: a line of commits ends there without a look at its past.
    pub has: &'w dyn Fn(&CommitId) -> bool,
    /// Only what was committed since, in seconds of Unix time.
    pub since: Option<i64>,
    /// The folders to look at, `""` being the top.
    pub folders: &'w [String],
    /// Files count as folders do: these are paths of either.
    pub files: bool,
    /// Whether a message is kept.
    pub wanted: &'w (dyn Fn(&[u8]) -> bool + Sync),
    /// Told from time to time how many commits there were.
    pub progress: &'w dyn Fn(usize),
}

/// Commits that go to a reader at a time.
const CHUNK: usize = 1024;

/// Some commits with their places in the walk.
type Chunk = Vec<(usize, CommitId)>;

/// What was seen of some commits, and each state of the folders once.
type Looks = (Vec<Seen>, Vec<FolderTrees>);

impl Repo {
    /// Walks every commit that tips reach and known commits do not. git lists them where they are many, which its
    /// commit-graph knows without unpacking one; their messages and trees are read here, on every core.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words, also where one of the known commits is gone; [`Error::MissingObject`] where a
    /// commit cannot be read.
    pub fn walk_history(&self, route: &Route<'_>) -> Result<Walk, Error> {
        let replaced = self.replacements()?;
        let location = self.location();
        let reading = Reading {
            folders: route.folders,
            files: route.files,
            wanted: route.wanted,
            location: &location,
            packs: self.packs(),
            replaced: &replaced,
            hash: self.object_format_digits() / 2,
        };
        let (commits, looks) = match self.list_here(route) {
            // A second core and handle would cost more than so few are worth.
            Some(few) => {
                let looks = self.look_here(&few, &reading).map_err(|error| self.unreadable(error))?;
                (few, vec![looks])
            }
            None => self.list_and_read(route, &reading)?,
        };
        let mut walk = Walk { folders: vec![vec![None; route.folders.len()]], ..Walk::default() };
        walk.commits = commits;
        let mut places: HashMap<FolderTrees, u32> = HashMap::from([(walk.folders[0].clone(), 0)]);
        let mut foreign = Vec::new();
        for (seen, states) in looks {
            let place = |trees: FolderTrees| {
                *places.entry(trees).or_insert_with_key(|trees| {
                    walk.folders.push(trees.clone());
                    u32::try_from(walk.folders.len() - 1).expect("a history has fewer states than that")
                })
            };
            let states: Vec<u32> = states.into_iter().map(place).collect();
            for Seen { at, state, message, is_foreign } in seen {
                walk.commits[at].message = message;
                foreign.extend(is_foreign.then_some(at));
                match state {
                    Some(state) => walk.commits[at].folders = states[state as usize],
                    None => walk.is_partial = true,
                }
            }
        }
        self.translate(&mut walk.commits, &foreign)?;
        Ok(walk)
    }

    /// Looks at commits on this core, with the handle that is open.
    fn look_here(&self, few: &[Walked], reading: &Reading<'_>) -> Result<Looks, Error> {
        if few.is_empty() {
            return Ok(Looks::default());
        }
        let repo = self.handle().map_err(|error| Error::object("open the object database", &error))?;
        reading.look(repo, numbered(few, 0))
    }

    /// Lists the commits, which are read on every core as they come.
    fn list_and_read(
        &self,
        route: &Route<'_>,
        reading: &Reading<'_>,
    ) -> Result<(Vec<Walked>, Vec<Looks>), Error> {
        let (send, receive) = channel::<Chunk>();
        let receive = Mutex::new(receive);
        let threads = thread::available_parallelism().map_or(1, usize::from).min(8);
        thread::scope(|scope| {
            let readers: Vec<_> = (0..threads).map(|_| scope.spawn(|| reading.read(&receive))).collect();
            let listed = self.list_commits(route, send);
            let joined = readers
                .into_iter()
                .map(|reader| reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            let looks: Result<Vec<Looks>, Error> = joined.collect();
            // Where git itself fails, its words say more.
            Ok((listed?, looks.map_err(|error| self.unreadable(error))?))
        })
    }

    /// A commit that a clone lacks is told with the kind of the clone.
    fn unreadable(&self, error: Error) -> Error {
        match error {
            Error::MissingObject { id, .. } => Error::MissingObject { id, partial: self.is_partial() },
            other => other,
        }
    }
}

/// What every reader needs.
struct Reading<'r> {
    folders: &'r [String],
    files: bool,
    wanted: &'r (dyn Fn(&[u8]) -> bool + Sync),
    location: &'r Location,
    packs: Packs,
    /// Commits that are read as something else, as git has them.
    replaced: &'r IdMap<ObjectId, Vec<u8>>,
    /// Bytes of an object's name.
    hash: usize,
}

impl Reading<'_> {
    /// Reads chunk after chunk until none is left.
    fn read(&self, receive: &Mutex<Receiver<Chunk>>) -> Result<Looks, Error> {
        // Small histories do not need every thread: a handle is opened when there is work.
        let Some(first) = next(receive) else { return Ok((Vec::new(), Vec::new())) };
        let repo = self.location.open()?;
        let chunks = std::iter::once(first).chain(std::iter::from_fn(|| next(receive)));
        self.look(&repo, chunks.flatten())
    }

    /// Looks at commits, given with their places; what stood in the folders is told as a place among states.
    fn look(
        &self,
        repo: &git2::Repository,
        commits: impl IntoIterator<Item = (usize, CommitId)>,
    ) -> Result<Looks, Error> {
        let odb = repo.odb().map_err(|error| Error::object("open the object database", &error))?;
        let mut objects = Objects::new(odb, &self.packs);
        let records = Records { replaced: self.replaced, wanted: self.wanted };
        let mut scan = FolderScan::new(self.folders, self.files, self.hash);
        let mut seen = Vec::new();
        for (at, commit) in commits {
            seen.push(records.look(at, &commit, &mut objects, &mut scan)?);
        }
        Ok((seen, scan.states))
    }
}

fn next(receive: &Mutex<Receiver<Chunk>>) -> Option<Chunk> {
    receive.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
