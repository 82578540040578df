//! Many blobs at once: read in parallel, handed on, and dropped.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use git2::{ErrorCode, Odb};

use super::open::Location;
use super::{Error, ObjectId, Repo};

/// Blobs that a thread takes at a time: enough to make the counter cheap, few enough to end together.
const CHUNK: usize = 64;

/// Below this many blobs a second thread costs more than it saves.
const WORTH_A_THREAD: usize = 2 * CHUNK;

/// What became of one blob: the caller's value, or why there is none.
type Outcome<T> = Result<T, Failure>;

enum Failure {
    Missing,
    Other(git2::Error),
}

impl Repo {
    /// Reads many blobs, on all cores, and hands each to `f` with its position; the answers come in the order of
    /// `blobs`. A blob is dropped once `f` returned. What a partial clone left behind is fetched in one go.
    ///
    /// # Errors
    /// Only where a repository handle cannot be opened; a blob that cannot be read is its own answer.
    pub fn map_blobs<T: Send>(
        &self,
        blobs: &[ObjectId],
        f: impl Fn(usize, &[u8]) -> T + Sync,
    ) -> Result<Vec<Result<T, Error>>, Error> {
        if blobs.len() < WORTH_A_THREAD {
            return self.map_blobs_here(blobs, &f);
        }
        let threads = thread::available_parallelism().map_or(2, |n| n.get().max(2)).min(blobs.len() / CHUNK);
        let (location, next) = (self.location(), AtomicUsize::new(0));
        let mut outcomes: Vec<Option<Outcome<T>>> = Vec::new();
        outcomes.resize_with(blobs.len(), || None);
        let shares = thread::scope(|scope| {
            let workers: Vec<_> =
                (0..threads).map(|_| scope.spawn(|| take_share(&location, blobs, &next, &f))).collect();
            workers
                .into_iter()
                .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect::<Vec<_>>()
        });
        for share in shares {
            for (position, outcome) in share? {
                outcomes[position] = Some(outcome);
            }
        }
        let outcomes =
            outcomes.into_iter().map(|o| o.expect("the counter passes every position once")).collect();
        Ok(self.settle(blobs, outcomes, &f))
    }

    /// The same on this thread, with the handle that is open already.
    pub(super) fn map_blobs_here<T>(
        &self,
        blobs: &[ObjectId],
        f: &dyn Fn(usize, &[u8]) -> T,
    ) -> Result<Vec<Result<T, Error>>, Error> {
        let odb = self.handle.odb().map_err(|error| Error::object("open the object database", &error))?;
        let outcomes =
            blobs.iter().enumerate().map(|(position, blob)| read_one(&odb, *blob, position, f)).collect();
        Ok(self.settle(blobs, outcomes, f))
    }

    /// Fetches what is missing where that can help, and turns the rest into errors.
    fn settle<T>(
        &self,
        blobs: &[ObjectId],
        mut outcomes: Vec<Outcome<T>>,
        f: &dyn Fn(usize, &[u8]) -> T,
    ) -> Vec<Result<T, Error>> {
        let missing: Vec<usize> =
            (0..blobs.len()).filter(|at| matches!(outcomes[*at], Err(Failure::Missing))).collect();
        let partial = !missing.is_empty() && self.is_partial();
        if partial
            && self.fetch_objects(missing.iter().map(|at| blobs[*at])).is_ok()
            && let Ok(odb) = self.handle.odb()
        {
            // The new pack is found at once; libgit2 by itself would look only after another miss.
            drop(odb.refresh());
            for at in missing {
                outcomes[at] = read_one(&odb, blobs[at], at, f);
            }
        }
        let explain = |(outcome, id): (Outcome<T>, &ObjectId)| {
            outcome.map_err(|failure| match failure {
                Failure::Missing => Error::MissingObject { id: *id, partial },
                Failure::Other(error) => Error::object(format!("read object {id}"), &error),
            })
        };
        outcomes.into_iter().zip(blobs).map(explain).collect()
    }

    /// One fetch for many objects; git itself would fetch them one by one as it comes upon them.
    fn fetch_objects(&self, ids: impl Iterator<Item = ObjectId>) -> Result<(), Error> {
        let settings = self.settings()?;
        let Some(remote) = settings.promisor() else { return Ok(()) };
        let wanted: String = ids.map(|id| format!("{id}\n")).collect();
        let options = [
            "-c",
            "fetch.negotiationAlgorithm=noop",
            "fetch",
            remote,
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--recurse-submodules=no",
            "--filter=blob:none",
            "--stdin",
        ];
        self.git().args(options).input(wanted).run().map(drop)
    }
}

/// One thread's part: chunk after chunk until none is left.
fn take_share<T>(
    location: &Location,
    blobs: &[ObjectId],
    next: &AtomicUsize,
    f: &(impl Fn(usize, &[u8]) -> T + Sync),
) -> Result<Vec<(usize, Outcome<T>)>, Error> {
    let repo = location.open()?;
    let odb = repo.odb().map_err(|error| Error::object("open the object database", &error))?;
    let mut share = Vec::new();
    loop {
        let start = next.fetch_add(CHUNK, Ordering::Relaxed);
        if start >= blobs.len() {
            return Ok(share);
        }
        for (at, blob) in blobs.iter().enumerate().skip(start).take(CHUNK) {
            share.push((at, read_one(&odb, *blob, at, &|position, bytes| f(position, bytes))));
        }
    }
}

fn read_one<T>(odb: &Odb<'_>, blob: ObjectId, position: usize, f: &dyn Fn(usize, &[u8]) -> T) -> Outcome<T> {
    match odb.read(blob.to_git2()) {
        Ok(object) => Ok(f(position, object.data())),
        Err(error) if error.code() == ErrorCode::NotFound => Err(Failure::Missing),
        Err(error) => Err(Failure::Other(error)),
    }
}
