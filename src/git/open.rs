//! Opening exactly the directory that git named, with libgit2 told to trust git's judgement.
//!
//! One of the two places with `unsafe` in it: libgit2's process-wide options.

// Nobody names it: libgit2, which is C, calls what it exports. Where a linker finds the system's zlib first, everything
// works as well, only slower.
extern crate libz_rs_sys as _;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use git2::{Index, Repository, RepositoryOpenFlags};

use super::Error;

/// What another thread needs to open the same repository again.
#[derive(Debug, Clone)]
pub(super) struct Location {
    pub(super) git_dir: PathBuf,
    /// Further object directories: a quarantine's, alternates of the environment.
    pub(super) objects: Vec<PathBuf>,
}

impl Location {
    /// Opens a handle of this thread's own.
    pub(super) fn open(&self) -> Result<Repository, Error> {
        self.handle().map_err(|error| Error::object(format!("open {}", self.git_dir.display()), &error))
    }

    /// The same, with libgit2's own error.
    pub(super) fn handle(&self) -> Result<Repository, git2::Error> {
        prepare();
        let flags = RepositoryOpenFlags::NO_SEARCH | RepositoryOpenFlags::NO_DOTGIT;
        let repo = Repository::open_ext(&self.git_dir, flags, &[] as &[&OsStr])?;
        // libgit2 cannot read a sparse or split index, and fails on trees because of it; none is needed here.
        let mut none = Index::new_ext(repo.object_format())?;
        repo.set_index(&mut none)?;
        let odb = repo.odb()?;
        for directory in &self.objects {
            odb.add_disk_alternate(&directory.to_string_lossy())?;
        }
        drop(odb);
        Ok(repo)
    }

    pub(super) fn new(git_dir: &Path, objects: &[PathBuf]) -> Self {
        Self { git_dir: git_dir.to_owned(), objects: objects.to_vec() }
    }
}

/// Sets libgit2's process-wide options, once.
fn prepare() {
    static PREPARED: OnceLock<()> = OnceLock::new();
    PREPARED.get_or_init(set_options);
}

/// Formats that libgit2 does not announce but whose objects it reads; refs are never asked of it.
const EXTENSIONS: [&str; 6] = [
    "refstorage",
    "partialclone",
    "compatobjectformat",
    "relativeworktrees",
    "preciousobjects",
    "submodulepathconfig",
];

#[allow(unsafe_code, reason = "libgit2's process-wide options have no safe door")]
fn set_options() {
    // git does not verify hashes on read either, and it costs a third of the time of reading.
    git2::opts::strict_hash_verification(false);
    // What is read here is read once: libgit2's memory of objects would cost a lock and a copy for each.
    git2::opts::enable_caching(false);
    // SAFETY: these calls write libgit2's global settings, which must not happen while another thread uses the
    // library. `prepare` is the only caller, inside a `OnceLock`, and every repository handle of this crate is
    // opened behind it: no handle exists yet, and other threads that open one wait for it.
    unsafe {
        // git has judged `safe.directory` already, with rules that libgit2 does not know (`dir/*`, `-c`).
        git2::opts::set_verify_owner_validation(false).expect("libgit2 knows this option");
        git2::opts::set_extensions(&EXTENSIONS).expect("libgit2 knows this option");
    }
}
