//! All documents of one tree as they were read, kept together: a question asked again finds them in one piece, without
//! a look at the tree.
//!
//! What lies here is what [`super::cache`] would give document by document, as far as it is wanted. The
//! key is everything that decides which documents those are: the trees of the folders and what is configured about
//! them. There is one section for each want; a tree with anything that could not be read is not kept.
//!
//! Layout of a section (little endian): the key, number of pieces, the offset, length and CRC-32 of each, the CRC-32 of all
//! that; then the pieces in postcard's encoding, so that each can be read on a core of its own: the pages that are left out,
//! and the documents in the order of an archive.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Deserialize;

use super::cores::on_all_cores;
use super::read::Wanted;
use super::section::Parts;
use super::stored::{Stored, long, short, word};
use super::{Entry, LeftOut, Place};
use crate::config::Config;
use crate::document::Purpose;
use crate::git::ObjectId;
use crate::memory;
use crate::model::{Postmortem, PostmortemId, Status};

/// The names of the sections: one for each set of states, and one for links.
const NAME: u32 = u32::from_le_bytes(*b"\0all");
/// Where the index of pieces begins.
const INDEX: usize = 8 + 8 + 4;
const SLOT: usize = 4 + 4 + 4;
/// Documents in a piece.
const PIECE: usize = 128;
/// Pieces that fill some megabytes.
const MUCH: usize = 8;
/// Bytes of most documents' content, as far as it is wanted.
const USUAL: usize = 1 << 8;
/// More pieces than any repository has.
const MOST: usize = 1 << 16;

/// Where the documents of one tree would lie.
pub(super) struct Shelf {
    file: Stored,
    section: u32,
    key: (u64, u64),
}

/// One document as it is stored.
#[derive(Deserialize)]
struct Volume<'a> {
    id: PostmortemId,
    path: &'a str,
    #[serde(borrow)]
    blob: &'a [u8],
    postmortem: Box<Postmortem>,
}

/// A section to write.
pub(super) struct Kept {
    pub(super) section: u32,
    pub(super) parts: Vec<Vec<u8>>,
}

impl Shelf {
    /// The shelf for what is wanted of the documents in the trees of some folders.
    pub(super) fn new(
        file: Stored,
        trees: &[(Option<ObjectId>, String)],
        config: &Config,
        wanted: &Wanted,
    ) -> Self {
        let bits = match wanted {
            Wanted::Everything => 0,
            Wanted::Items(statuses) => {
                debug_assert!(!statuses.is_empty(), "that would be the section of everything");
                let asked = Status::ALL.iter().enumerate().filter(|(_, status)| statuses.contains(status));
                asked.fold(0, |bits, (at, _)| bits | 1 << at)
            }
            Wanted::Links => 1 << Status::ALL.len(),
        };
        let section = NAME | bits;
        let documents = &config.documents;
        let half = |seed: u8| {
            let mut hasher = DefaultHasher::new();
            (seed, trees, &documents.output, &documents.include, &documents.exclude).hash(&mut hasher);
            hasher.finish()
        };
        Self { file, section, key: (half(0), half(1)) }
    }

    /// The documents in the order of an archive, each with a last touch, and the pages that are left out; `None` where this
    /// tree does not lie here.
    pub(super) fn find(&self, finish: impl Fn(&mut Postmortem) + Sync) -> Option<(Vec<Entry>, Vec<LeftOut>)> {
        let parts = self.file.parts(self.section)?;
        let head = parts.bytes(0, INDEX)?;
        let count = short(&head, 16).filter(|count| *count < MOST)?;
        if (long(&head, 0)?, long(&head, 8)?) != self.key {
            return None;
        }
        let index = parts.bytes(INDEX, count * SLOT + 4)?;
        let (slots, sum) = index.split_at(count * SLOT);
        if sum_of(&[&head, slots]).to_le_bytes() != sum {
            return None;
        }
        let slots: Vec<&[u8]> = slots.chunks_exact(SLOT).collect();
        let (pages, slots) = slots.split_first()?;
        let pages: Vec<(String, Purpose)> = postcard::from_bytes(&piece(&parts, pages)?).ok()?;
        if slots.len() >= MUCH {
            memory::expect_much();
        }
        let read = on_all_cores(slots, |slot| decode(&piece(&parts, slot)?, &finish));
        let mut documents = Vec::with_capacity(read.len() * PIECE);
        for piece in read {
            documents.extend(piece?);
        }
        Some((documents, pages.into_iter().map(|(path, purpose)| LeftOut { path, purpose }).collect()))
    }

    /// The documents of this tree, to be put in the place of another's. `volumes`: what [`encode`] made of them.
    pub(super) fn keep(&self, documents: &[Entry], volumes: &[Vec<u8>], left_out: &[LeftOut]) -> Kept {
        let pages: Vec<_> = left_out.iter().map(|page| (&page.path, page.purpose)).collect();
        let mut parts = vec![Vec::new(), postcard::to_stdvec(&pages).expect(ENCODES)];
        let chunks: Vec<_> = documents.chunks(PIECE).zip(volumes.chunks(PIECE)).collect();
        parts.extend(on_all_cores(&chunks, |(documents, volumes)| bound(documents, volumes)));
        let pieces = &parts[1..];
        let mut head = Vec::with_capacity(INDEX + pieces.len() * SLOT + 4);
        head.extend(self.key.0.to_le_bytes());
        head.extend(self.key.1.to_le_bytes());
        head.extend(word(pieces.len()));
        let mut offset = INDEX + pieces.len() * SLOT + 4;
        for piece in pieces {
            head.extend(word(offset));
            head.extend(word(piece.len()));
            head.extend(sum_of(&[piece]).to_le_bytes());
            offset += piece.len();
        }
        head.extend(sum_of(&[&head]).to_le_bytes());
        parts[0] = head;
        Kept { section: self.section, parts }
    }
}

const ENCODES: &str = "plain values of strings and numbers always encode";

fn sum_of(parts: &[&[u8]]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    parts.iter().for_each(|part| sum.update(part));
    sum.finalize()
}

/// The bytes of a piece; nothing where they are not those that were written.
fn piece(parts: &Parts, slot: &[u8]) -> Option<Vec<u8>> {
    let bytes = parts.bytes(short(slot, 0)?, short(slot, 4)?)?;
    (sum_of(&[&bytes]).to_le_bytes() == slot[8..]).then_some(bytes)
}

/// What is stored of a document's content.
pub(super) fn encode(postmortem: &Postmortem) -> Vec<u8> {
    postcard::to_io(postmortem, Vec::with_capacity(USUAL)).expect(ENCODES)
}

/// Documents as they are stored, one behind another: each a [`Volume`].
fn bound(documents: &[Entry], volumes: &[Vec<u8>]) -> Vec<u8> {
    let size = |(entry, volume): (&Entry, &Vec<u8>)| entry.path.len() + volume.len() + USUAL;
    let mut piece = Vec::with_capacity(documents.iter().zip(volumes).map(size).sum());
    for (entry, volume) in documents.iter().zip(volumes) {
        piece = postcard::to_io(&(&entry.id, &entry.path, entry.blob.as_bytes()), piece).expect(ENCODES);
        piece.extend(volume);
    }
    piece
}

fn decode(mut piece: &[u8], finish: &impl Fn(&mut Postmortem)) -> Option<Vec<Entry>> {
    let mut documents = Vec::with_capacity(PIECE);
    while !piece.is_empty() {
        let (volume, rest): (Volume<'_>, _) = postcard::take_from_bytes(piece).ok()?;
        let mut postmortem = volume.postmortem;
        finish(&mut postmortem);
        documents.push(Entry {
            id: volume.id,
            repo: None,
            path: volume.path.to_owned(),
            place: Place::Tree,
            blob: ObjectId::from_bytes(volume.blob)?,
            postmortem,
            standings: Vec::new(),
        });
        piece = rest;
    }
    Some(documents)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    fn documents(count: usize) -> Vec<Entry> {
        let document = |n: usize| Entry {
            id: PostmortemId::new(&n.to_string()).unwrap(),
            repo: None,
            path: format!("docs/{n}.md"),
            place: Place::Tree,
            blob: ObjectId::from_bytes(&[u8::try_from(n % 251).unwrap(); 20]).unwrap(),
            postmortem: Box::new(Postmortem { title: format!("t{n}"), ..Postmortem::default() }),
            standings: Vec::new(),
        };
        (0..count).map(document).collect()
    }

    fn pages() -> Vec<LeftOut> {
        vec![LeftOut { path: "docs/README.md".to_owned(), purpose: Purpose::Index }]
    }

    fn keep(shelf: &Shelf, documents: &[Entry], left_out: &[LeftOut]) {
        let volumes: Vec<_> = documents.iter().map(|entry| encode(&entry.postmortem)).collect();
        let kept = shelf.keep(documents, &volumes, left_out);
        let parts: Vec<&[u8]> = kept.parts.iter().map(Vec::as_slice).collect();
        shelf.file.replace(kept.section, &parts);
    }

    fn found(shelf: &Shelf) -> Option<(Vec<Entry>, Vec<LeftOut>)> {
        shelf.find(|_| {})
    }

    fn tree(n: u8) -> Vec<(Option<ObjectId>, String)> {
        vec![(ObjectId::from_bytes(&[n; 20]), "docs".to_owned())]
    }

    fn shelf(folder: &Path, owner: (u64, u64), n: u8, wanted: &Wanted) -> Shelf {
        Shelf::new(Stored::new(folder, owner.0, owner.1), &tree(n), &Config::default(), wanted)
    }

    #[test]
    fn a_tree_is_found_again_whatever_its_size() {
        let folder = tempfile::tempdir().unwrap();
        for count in [0, 1, PIECE, PIECE + 1, 3 * PIECE + 5] {
            let all = documents(count);
            keep(&shelf(folder.path(), (1, 2), 3, &Wanted::Everything), &all, &pages());
            let (read, left_out) = found(&shelf(folder.path(), (1, 2), 3, &Wanted::Everything)).unwrap();
            assert_eq!(format!("{read:?}"), format!("{all:?}"));
            assert_eq!(left_out, pages());
        }
    }

    #[test]
    fn nothing_is_found_for_another_reader_vocabulary_tree_or_configuration() {
        let folder = tempfile::tempdir().unwrap();
        keep(&shelf(folder.path(), (1, 2), 3, &Wanted::Everything), &documents(9), &[]);
        let mut config = Config::default();
        config.documents.exclude.push("docs/old".to_owned());
        let others = [
            shelf(folder.path(), (9, 2), 3, &Wanted::Everything),
            shelf(folder.path(), (1, 9), 3, &Wanted::Everything),
            shelf(folder.path(), (1, 2), 9, &Wanted::Everything),
            shelf(folder.path(), (1, 2), 3, &Wanted::Items(vec![Status::Open])),
            shelf(folder.path(), (1, 2), 3, &Wanted::Links),
            Shelf::new(Stored::new(folder.path(), 1, 2), &tree(3), &config, &Wanted::Everything),
        ];
        assert!(others.iter().all(|other| found(other).is_none()));
        // Items in all states are not everything that a document says.
        assert!(found(&shelf(folder.path(), (1, 2), 3, &Wanted::Items(Status::ALL.to_vec()))).is_none());
    }

    #[test]
    fn bytes_that_are_no_documents_are_none() {
        let folder = tempfile::tempdir().unwrap();
        let (all, shelf) = (documents(PIECE + 9), shelf(folder.path(), (1, 2), 3, &Wanted::Everything));
        keep(&shelf, &all, &pages());
        let whole = shelf.file.load(shelf.section);
        for at in (0..whole.len()).step_by(89).chain(0..40) {
            // Whole for the file, and nonsense behind the key.
            let mut damaged = whole.clone();
            damaged[at] ^= 0xff;
            shelf.file.replace(shelf.section, &[&damaged]);
            assert!(found(&shelf).is_none(), "byte {at}");
            shelf.file.replace(shelf.section, &[&whole[..at]]);
            assert!(found(&shelf).is_none(), "cut at {at}");
        }
    }
}
