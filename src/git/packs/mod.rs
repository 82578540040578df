//! Objects straight out of packs, for questions that read a hundred thousand of them on every core: libgit2 has one lock
//! for the windows of all packs, at which threads would wait for each other.
//!
//! Whatever is not found here, or has a form that is not known here, is libgit2's to read, and to tell what is wrong
//! with it: loose objects, alternates, what came after the packs were listed, what is broken.

mod bases;
mod deltas;
mod index;
mod loose;
mod pack;

use std::path::PathBuf;
use std::rc::Rc;

use git2::{Odb, OdbObject};
use zlib_rs::Inflate;

use self::bases::Bases;
use self::pack::{Look, Pack, Told};
use super::{ObjectId, Repo};

/// Larger objects are not read here, nor chains of changes that are longer together, in bytes: their size may be a lie.
const LARGEST: usize = 1 << 26;
/// Packs that are opened for a few objects at most.
const MANY: usize = 32;
/// Longer chains of changes than git ever makes (`pack.depth` is 4095 at most) go in a circle.
const LONGEST: usize = 4096;

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Commit,
    Tree,
    Blob,
    Tag,
}

/// The packs of some object directories, for any thread.
#[derive(Debug, Default)]
pub(super) struct Packs {
    all: Vec<Pack>,
    /// Bytes of an object's name.
    hash: usize,
}

impl Packs {
    /// Opens the packs of object directories, larger ones first; what cannot be opened is left out.
    pub(super) fn open(directories: &[PathBuf], hash: usize) -> Self {
        Self::opened(&Self::indexes(directories), hash)
    }

    /// The same for a few objects; none of many packs, of which each takes two open files.
    pub(super) fn open_few(directories: &[PathBuf], hash: usize) -> Self {
        let indexes = Self::indexes(directories);
        if indexes.len() > MANY { Self::default() } else { Self::opened(&indexes, hash) }
    }

    fn opened(indexes: &[PathBuf], hash: usize) -> Self {
        let all = indexes.iter().filter_map(|index| Pack::open(index, hash)).collect();
        Self { all, hash }
    }

    fn indexes(directories: &[PathBuf]) -> Vec<PathBuf> {
        let mut indexes = Vec::new();
        for directory in directories {
            let Ok(files) = directory.join("pack").read_dir() else { continue };
            let files =
                files.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "idx"));
            indexes.extend(files.map(|file| (file.metadata().map_or(0, |about| about.len()), file.path())));
        }
        indexes.sort_unstable_by(|one, other| other.cmp(one));
        indexes.into_iter().map(|(_, path)| path).collect()
    }
}

/// The bytes of an object, wherever they were read.
pub(super) enum Bytes<'o> {
    /// From a pack.
    Packed(Rc<Vec<u8>>),
    /// From libgit2.
    Other(OdbObject<'o>),
}

impl std::ops::Deref for Bytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Packed(bytes) => bytes,
            Self::Other(object) => object.data(),
        }
    }
}

/// Where objects are that are not found here.
enum Rest<'o> {
    Odb(Odb<'o>),
    Repo(&'o Repo),
}

/// The objects of a repository, as one thread reads them.
pub(super) struct Objects<'o> {
    rest: Rest<'o>,
    looks: Vec<Look<'o>>,
    /// Packs are opened when something is not loose.
    is_late: bool,
    hash: usize,
    /// The pack in which an object was found last.
    last: usize,
    bases: Bases,
    /// Made when something is to be unpacked: it has forty kilobytes of its own.
    inflate: Option<Inflate>,
}

impl Drop for Objects<'_> {
    fn drop(&mut self) {
        if let Rest::Repo(repo) = &self.rest {
            repo.inflate.set(self.inflate.take());
        }
    }
}

impl<'o> Objects<'o> {
    /// For many objects.
    pub(super) fn new(odb: Odb<'o>, packs: &'o Packs) -> Self {
        let looks = packs.all.iter().map(|pack| Look::new(pack, pack::BLOCK)).collect();
        Self::with(Rest::Odb(odb), packs.hash, looks, None)
    }

    /// For a few, loose ones too: libgit2 is asked only for what is not found.
    pub(super) fn few(repo: &'o Repo) -> Self {
        let hash = repo.object_format_digits() / 2;
        Self::with(Rest::Repo(repo), hash, Vec::new(), repo.inflate.take())
    }

    fn with(rest: Rest<'o>, hash: usize, looks: Vec<Look<'o>>, inflate: Option<Inflate>) -> Self {
        let is_late = matches!(rest, Rest::Repo(_));
        Self { rest, looks, is_late, hash, last: 0, bases: Bases::default(), inflate }
    }

    /// The bytes of an object.
    ///
    /// # Errors
    /// libgit2's, also where there is no such object.
    pub(super) fn read(&mut self, id: ObjectId, kind: Kind) -> Result<Bytes<'_>, git2::Error> {
        if let Some((_, bytes)) = self.look(&id).filter(|(found, _)| *found == kind) {
            return Ok(Bytes::Packed(bytes));
        }
        match &self.rest {
            Rest::Odb(odb) => odb.read(id.to_git2()).map(Bytes::Other),
            Rest::Repo(repo) => {
                let odb = repo.handle()?.odb()?;
                let object = odb.read(id.to_git2())?;
                Ok(Bytes::Packed(Rc::new(object.data().to_vec())))
            }
        }
    }

    /// The kind and bytes of an object, where it is packed, or loose and of a few.
    pub(super) fn look(&mut self, id: &ObjectId) -> Option<(Kind, Rc<Vec<u8>>)> {
        if let Rest::Repo(repo) = self.rest {
            let inflate = self.inflate.get_or_insert_with(inflate);
            if let Some(found) = loose::read(repo.object_folder(), id, inflate) {
                return Some(found);
            }
            if std::mem::take(&mut self.is_late) {
                self.looks = repo.few_packs().all.iter().map(|pack| Look::new(pack, pack::SMALL)).collect();
            }
        }
        self.packed(id)
    }

    /// The object of a name, where a pack has it.
    fn packed(&mut self, id: &ObjectId) -> Option<(Kind, Rc<Vec<u8>>)> {
        let others = (0..self.looks.len()).filter(|pack| *pack != self.last);
        let mut order = std::iter::once(self.last).filter(|last| *last < self.looks.len()).chain(others);
        let (pack, at) = order.find_map(|pack| Some((pack, self.looks[pack].pack.index.find(id)?)))?;
        self.last = pack;
        self.object(pack, at)
    }

    /// The object at a place of a pack: its base first, and what changed from one to the next.
    fn object(&mut self, pack: usize, mut at: u64) -> Option<(Kind, Rc<Vec<u8>>)> {
        let (mut changes, mut room) = (Vec::new(), LARGEST);
        let (kind, mut bytes) = loop {
            if let Some(known) = self.bases.get(pack, at) {
                break known;
            }
            let look = &mut self.looks[pack];
            let head = look.head(at, self.hash)?;
            let bytes = look.unpack(&head, self.inflate.get_or_insert_with(inflate))?;
            let base = match head.told {
                Told::Whole(kind) => {
                    let bytes = Rc::new(bytes);
                    // Mostly a tree is the base of the next.
                    if kind == Kind::Tree || !changes.is_empty() {
                        self.bases.keep(pack, at, kind, &bytes);
                    }
                    break (kind, bytes);
                }
                Told::From(base) => base,
                Told::Of(base) => look.pack.index.find(&base)?,
            };
            if changes.len() == LONGEST {
                return None;
            }
            room = room.checked_sub(bytes.len())?;
            changes.push((at, bytes));
            at = base;
        };
        while let Some((at, change)) = changes.pop() {
            bytes = Rc::new(deltas::apply(&bytes, &change, LARGEST)?);
            self.bases.keep(pack, at, kind, &bytes);
        }
        Some((kind, bytes))
    }
}

/// What unpacks zlib's streams.
fn inflate() -> Inflate {
    Inflate::new(true, 15)
}

#[cfg(test)]
mod tests;
