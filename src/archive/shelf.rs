//! All documents of one tree as they were read, kept together: a question asked again finds them in one piece, without
//! a look at the tree.
//!
//! What lies here is what [`super::cache`] would give document by document, for the action items in some states. The
//! key is everything that decides which documents those are: the trees of the folders and what is configured about
//! them. There is one section for each set of states; a tree with anything that could not be read is not kept.
//!
//! Layout of a section (little endian): the key, number of pieces, an index of their offsets, then the pieces in
//! postcard's encoding, so that each can be read on a core of its own.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::cores::on_all_cores;
use super::read::Reading;
use super::stored::{Stored, long, short, word};
use crate::config::Config;
use crate::git::{ObjectId, TreeFile};
use crate::model::Status;

/// The names of the sections: one for each set of states.
const NAME: u32 = u32::from_le_bytes(*b"\0all");
/// Where the index of pieces begins.
const INDEX: usize = 8 + 8 + 4;
/// Documents in a piece.
const PIECE: usize = 512;

/// A document of the tree with what it was read as.
pub(super) type Shelved = (TreeFile, Reading);

/// Where the documents of one tree would lie.
pub(super) struct Shelf {
    file: Stored,
    section: u32,
    key: (u64, u64),
}

/// One document as it is stored.
#[derive(Serialize, Deserialize)]
struct Volume<'a, R> {
    path: &'a str,
    #[serde(borrow)]
    blob: &'a [u8],
    reading: R,
}

impl Shelf {
    /// The shelf for the trees of the documents folders, read for the items in `statuses` (all where there are none).
    pub(super) fn new(
        file: Stored,
        trees: &[(Option<ObjectId>, String)],
        config: &Config,
        statuses: Option<&[Status]>,
    ) -> Self {
        let asked = |status: &Status| statuses.is_some_and(|all| all.contains(status));
        let set = Status::ALL.iter().enumerate().filter(|(_, status)| asked(status));
        // No bit is set where everything is asked for.
        let section = set.fold(NAME, |set, (at, _)| set | 1 << at);
        let documents = &config.documents;
        let half = |seed: u8| {
            let mut hasher = DefaultHasher::new();
            (seed, trees, &documents.output, &documents.include, &documents.exclude).hash(&mut hasher);
            hasher.finish()
        };
        Self { file, section, key: (half(0), half(1)) }
    }

    /// The documents in the order of the tree; `None` where this tree does not lie here.
    pub(super) fn find(&self) -> Option<Vec<Shelved>> {
        let bytes = self.file.load(self.section);
        if (long(&bytes, 0)?, long(&bytes, 8)?) != self.key {
            return None;
        }
        let pieces: Vec<&[u8]> =
            (0..short(&bytes, 16)?).map(|at| piece(&bytes, at)).collect::<Option<_>>()?;
        let read = on_all_cores(&pieces, |piece| decode(piece));
        let mut documents = Vec::with_capacity(pieces.len() * PIECE);
        for piece in read {
            documents.extend(piece?);
        }
        Some(documents)
    }

    /// What puts the documents of this tree in the place of another's.
    pub(super) fn keep(&self, documents: &[Shelved]) -> impl FnOnce() + Send + use<> {
        let pieces: Vec<&[Shelved]> = documents.chunks(PIECE).collect();
        let pieces = on_all_cores(&pieces, |piece| encode(piece));
        let mut head = Vec::with_capacity(INDEX + (pieces.len() + 1) * 4);
        head.extend(self.key.0.to_le_bytes());
        head.extend(self.key.1.to_le_bytes());
        head.extend(word(pieces.len()));
        let mut offset = INDEX + (pieces.len() + 1) * 4;
        for piece in &pieces {
            head.extend(word(offset));
            offset += piece.len();
        }
        head.extend(word(offset));
        let (file, section) = (self.file.clone(), self.section);
        move || {
            let parts = std::iter::once(&head).chain(&pieces).map(Vec::as_slice);
            file.replace(section, &parts.collect::<Vec<_>>());
        }
    }
}

fn piece(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let slot = INDEX.checked_add(at.checked_mul(4)?)?;
    bytes.get(short(bytes, slot)?..short(bytes, slot + 4)?)
}

fn encode(documents: &[Shelved]) -> Vec<u8> {
    let mut piece = Vec::with_capacity(documents.len() * 512);
    for (file, reading) in documents {
        let volume = Volume { path: &file.path, blob: file.blob.as_bytes(), reading };
        let longer = postcard::to_io(&volume, piece);
        piece = longer.expect("plain values of strings and numbers always encode");
    }
    piece
}

fn decode(mut piece: &[u8]) -> Option<Vec<Shelved>> {
    let mut documents = Vec::with_capacity(PIECE);
    while !piece.is_empty() {
        let (volume, rest): (Volume<'_, Reading>, _) = postcard::take_from_bytes(piece).ok()?;
        let file = TreeFile { path: volume.path.to_owned(), blob: ObjectId::from_bytes(volume.blob)? };
        documents.push((file, volume.reading));
        piece = rest;
    }
    Some(documents)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::Purpose;
    use crate::model::Postmortem;

    fn documents(count: usize) -> Vec<Shelved> {
        let document = |n: usize| {
            let blob = ObjectId::from_bytes(&[u8::try_from(n % 251).unwrap(); 20]).unwrap();
            let reading = match n % 7 {
                0 => Reading::Page(Purpose::Index),
                _ => Reading::Postmortem(Box::new(Postmortem {
                    title: format!("t{n}"),
                    ..Postmortem::default()
                })),
            };
            (TreeFile { path: format!("docs/{n}.md"), blob }, reading)
        };
        (0..count).map(document).collect()
    }

    fn tree(n: u8) -> Vec<(Option<ObjectId>, String)> {
        vec![(ObjectId::from_bytes(&[n; 20]), "docs".to_owned())]
    }

    fn shelf(folder: &Path, owner: (u64, u64), n: u8, statuses: Option<&[Status]>) -> Shelf {
        Shelf::new(Stored::new(folder, owner.0, owner.1), &tree(n), &Config::default(), statuses)
    }

    #[test]
    fn a_tree_is_found_again_whatever_its_size() {
        let folder = tempfile::tempdir().unwrap();
        for count in [0, 1, PIECE, PIECE + 1, 3 * PIECE + 5] {
            let all = documents(count);
            shelf(folder.path(), (1, 2), 3, None).keep(&all)();
            assert_eq!(shelf(folder.path(), (1, 2), 3, None).find().as_ref(), Some(&all));
        }
    }

    #[test]
    fn nothing_is_found_for_another_reader_vocabulary_tree_or_configuration() {
        let folder = tempfile::tempdir().unwrap();
        shelf(folder.path(), (1, 2), 3, None).keep(&documents(9))();
        let mut config = Config::default();
        config.documents.exclude.push("docs/old".to_owned());
        let others = [
            shelf(folder.path(), (9, 2), 3, None),
            shelf(folder.path(), (1, 9), 3, None),
            shelf(folder.path(), (1, 2), 9, None),
            shelf(folder.path(), (1, 2), 3, Some(&[Status::Open])),
            Shelf::new(Stored::new(folder.path(), 1, 2), &tree(3), &config, None),
        ];
        assert!(others.iter().all(|other| other.find().is_none()));
        // Items in all states are not everything that a document says.
        assert!(shelf(folder.path(), (1, 2), 3, Some(&Status::ALL)).find().is_none());
    }

    #[test]
    fn bytes_that_are_no_documents_are_none() {
        let folder = tempfile::tempdir().unwrap();
        let (all, shelf) = (documents(PIECE + 9), shelf(folder.path(), (1, 2), 3, None));
        shelf.keep(&all)();
        let whole = shelf.file.load(shelf.section);
        for at in (0..whole.len()).step_by(89).chain(0..40) {
            // Whole for the file, and nonsense behind the key.
            let mut damaged = whole.clone();
            damaged[at] ^= 0xff;
            shelf.file.replace(shelf.section, &[&damaged]);
            let _ = shelf.find();
            shelf.file.replace(shelf.section, &[&whole[..at]]);
            assert_eq!(shelf.find(), None, "cut at {at}");
        }
    }
}
