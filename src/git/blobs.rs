//! Many blobs at once: read in parallel, handed on, and dropped.

use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use git2::ErrorCode;

use super::checked_out::{self, CheckedOut};
use super::open::Location;
use super::packs::{Kind, Objects, Packs};
use super::{Error, ObjectId, Repo};

/// Blobs that a thread takes at a time: enough to make the counter cheap, few enough to end together.
const CHUNK: usize = 64;

/// Below this many blobs a second thread costs more than it saves.
const WORTH_A_THREAD: usize = 2 * CHUNK;

/// A blob to read, and where the work tree may have it.
struct Wanted<'p> {
    blob: ObjectId,
    path: Option<&'p str>,
}

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
        let wanted: Vec<_> = blobs.iter().map(|blob| Wanted { blob: *blob, path: None }).collect();
        self.map_wanted(&wanted, || (), |(), at, bytes| f(at, bytes))
    }

    /// The same for files of a tree, given as path and blob: what lies in the work tree with that very content is read
    /// from there, which is quicker.
    ///
    /// # Errors
    /// As [`Repo::map_blobs`].
    pub fn map_files<T: Send>(
        &self,
        files: &[(&str, &ObjectId)],
        f: impl Fn(usize, &[u8]) -> T + Sync,
    ) -> Result<Vec<Result<T, Error>>, Error> {
        self.map_files_with(files, || (), |(), at, bytes| f(at, bytes))
    }

    /// The same, where each thread has something of its own, made by `own`, that it takes along from one to the next.
    ///
    /// # Errors
    /// As [`Repo::map_blobs`].
    pub fn map_files_with<S, T: Send>(
        &self,
        files: &[(&str, &ObjectId)],
        own: impl Fn() -> S + Sync,
        f: impl Fn(&mut S, usize, &[u8]) -> T + Sync,
    ) -> Result<Vec<Result<T, Error>>, Error> {
        let wanted = files.iter().map(|(path, blob)| Wanted { blob: **blob, path: Some(path) });
        self.map_wanted(&wanted.collect::<Vec<_>>(), own, f)
    }

    fn map_wanted<S, T: Send>(
        &self,
        wanted: &[Wanted<'_>],
        own: impl Fn() -> S + Sync,
        f: impl Fn(&mut S, usize, &[u8]) -> T + Sync,
    ) -> Result<Vec<Result<T, Error>>, Error> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        if wanted.len() < WORTH_A_THREAD {
            let mut own = own();
            return self.map_wanted_here(wanted, &mut |at, bytes| f(&mut own, at, bytes));
        }
        let threads = thread::available_parallelism().map_or(2, |n| n.get().max(2)).min(wanted.len() / CHUNK);
        let (location, next, top) = (self.location(), AtomicUsize::new(0), checked_out::top(self));
        let packs = self.packs();
        let mut outcomes: Vec<Option<Outcome<T>>> = Vec::new();
        outcomes.resize_with(wanted.len(), || None);
        let shares = thread::scope(|scope| {
            let share = || {
                let mut own = own();
                take_share((&location, &packs), top.as_ref(), wanted, &next, &mut |at, bytes| {
                    f(&mut own, at, bytes)
                })
            };
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(share)).collect();
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
        let mut own = own();
        Ok(self.settle(wanted, outcomes, &mut |at, bytes| f(&mut own, at, bytes)))
    }

    /// The same on this thread, with the handle that is open already.
    fn map_wanted_here<T>(
        &self,
        wanted: &[Wanted<'_>],
        f: &mut dyn FnMut(usize, &[u8]) -> T,
    ) -> Result<Vec<Result<T, Error>>, Error> {
        let odb = self
            .handle()
            .and_then(git2::Repository::odb)
            .map_err(|error| Error::object("open the object database", &error))?;
        let (packs, mut outcomes) = (Packs::default(), Vec::with_capacity(wanted.len()));
        let mut objects = Objects::new(odb, &packs);
        for (at, wanted) in wanted.iter().enumerate() {
            outcomes.push(read_one(&mut objects, wanted.blob, at, f));
        }
        Ok(self.settle(wanted, outcomes, f))
    }

    /// One blob.
    pub(super) fn read_blob(&self, blob: ObjectId) -> Result<Vec<u8>, Error> {
        let mut read =
            self.map_wanted_here(&[Wanted { blob, path: None }], &mut |_, bytes| bytes.to_vec())?;
        read.pop().expect("one blob was asked for, one answer comes back")
    }

    /// Fetches what is missing where that can help, and turns the rest into errors.
    fn settle<T>(
        &self,
        wanted: &[Wanted<'_>],
        mut outcomes: Vec<Outcome<T>>,
        f: &mut dyn FnMut(usize, &[u8]) -> T,
    ) -> Vec<Result<T, Error>> {
        let missing: Vec<usize> =
            (0..wanted.len()).filter(|at| matches!(outcomes[*at], Err(Failure::Missing))).collect();
        let partial = !missing.is_empty() && self.is_partial();
        if partial
            && self.fetch_objects(missing.iter().map(|at| wanted[*at].blob)).is_ok()
            && let Ok(odb) = self.handle().and_then(git2::Repository::odb)
        {
            // The new pack is found at once; libgit2 by itself would look only after another miss.
            drop(odb.refresh());
            let packs = Packs::default();
            let mut objects = Objects::new(odb, &packs);
            for at in missing {
                outcomes[at] = read_one(&mut objects, wanted[at].blob, at, f);
            }
        }
        let explain = |(outcome, wanted): (Outcome<T>, &Wanted<'_>)| {
            let id = wanted.blob;
            outcome.map_err(|failure| match failure {
                Failure::Missing => Error::MissingObject { id, partial },
                Failure::Other(error) => Error::object(format!("read object {id}"), &error),
            })
        };
        outcomes.into_iter().zip(wanted).map(explain).collect()
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
    (location, packs): (&Location, &Packs),
    top: Option<&OwnedFd>,
    wanted: &[Wanted<'_>],
    next: &AtomicUsize,
    f: &mut impl FnMut(usize, &[u8]) -> T,
) -> Result<Vec<(usize, Outcome<T>)>, Error> {
    let repo = location.open()?;
    let odb = repo.odb().map_err(|error| Error::object("open the object database", &error))?;
    let mut objects = Objects::new(odb, packs);
    let mut files = CheckedOut::new(top);
    let mut share = Vec::with_capacity(wanted.len());
    loop {
        let start = next.fetch_add(CHUNK, Ordering::Relaxed);
        if start >= wanted.len() {
            return Ok(share);
        }
        for (at, Wanted { blob, path }) in wanted.iter().enumerate().skip(start).take(CHUNK) {
            let file = path.and_then(|path| files.read(path, blob));
            let outcome = match file {
                Some(content) => Ok(f(at, content)),
                None => read_one(&mut objects, *blob, at, f),
            };
            share.push((at, outcome));
        }
    }
}

fn read_one<T>(
    objects: &mut Objects<'_>,
    blob: ObjectId,
    position: usize,
    f: &mut dyn FnMut(usize, &[u8]) -> T,
) -> Outcome<T> {
    match objects.read(blob, Kind::Blob) {
        Ok(bytes) => Ok(f(position, &bytes)),
        Err(error) if error.code() == ErrorCode::NotFound => Err(Failure::Missing),
        Err(error) => Err(Failure::Other(error)),
    }
}
