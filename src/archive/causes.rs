//! Why each incident happened, as its document tells it: kept beside the cache, for a comparison with all others needs all
//! of them and must not read every document each time.
//!
//! What many documents tell is never in memory together: it is handed over document by document.
//!
//! Layout of the section (little endian): number of documents, an index of their keys with where the text of each ends,
//! then the texts.

use super::cache::{Key, key};
use super::read::{WORTH_CACHING, reader};
use super::section::Section;
use super::stored::{Stored, long, short, word};
use crate::document::{Source, Vocabulary, causes, parse};
use crate::git::{Error, ObjectId, Repo};

/// The name of the section.
const NAME: u32 = u32::from_le_bytes(*b"told");
/// Where the index begins.
const INDEX: usize = 4;
const SLOT: usize = 8 + 8 + 4;
/// So much of a text tells what it is about, in bytes.
const LONGEST: usize = 4096;
/// Documents whose texts are in memory together.
const TOGETHER: usize = 512;

/// Hands over what each of some documents, given as path and blob, tells as root cause and contributing factors: in their
/// order, each by its place among them, and nothing of a document that cannot be read.
///
/// # Errors
/// Git's, where the repository cannot be opened.
pub fn each_cause(
    repo: &Repo,
    vocabulary: &Vocabulary,
    documents: &[(&str, ObjectId)],
    mut hear: impl FnMut(usize, &str),
) -> Result<(), Error> {
    let file = (documents.len() >= WORTH_CACHING)
        .then(|| Stored::of_causes(&repo.state_dir(), reader(), vocabulary.fingerprint()));
    let mut known = file.as_ref().and_then(Known::open).unwrap_or_default();
    let keys: Vec<Key> = documents.iter().map(|(path, blob)| key(blob, path)).collect();
    let mut learnt =
        file.filter(|_| keys.iter().any(|key| !known.has(*key))).map(|file| (file, Learnt::default()));
    let mut is_new = false;
    for (block, keys) in keys.chunks(TOGETHER).enumerate() {
        let first = block * TOGETHER;
        let mut told: Vec<Option<String>> = keys.iter().map(|key| known.text(*key)).collect();
        let missing: Vec<usize> = (0..told.len()).filter(|at| told[*at].is_none()).collect();
        let files: Vec<(&str, &ObjectId)> =
            missing.iter().map(|at| (documents[first + at].0, &documents[first + at].1)).collect();
        let fresh = repo.map_files(&files, |at, bytes| {
            shortened(causes(&parse(&Source { name: files[at].0, bytes }, vocabulary)))
        })?;
        for (at, fresh) in missing.into_iter().zip(fresh) {
            told[at] = fresh.ok();
            is_new |= told[at].is_some();
        }
        for (at, told) in told.iter().enumerate() {
            let Some(told) = told else { continue };
            hear(first + at, told);
            learnt.iter_mut().for_each(|(_, learnt)| learnt.add(keys[at], told));
        }
    }
    if let Some((file, learnt)) = learnt.filter(|_| is_new) {
        learnt.keep(&file);
        repo.tidy_state();
    }
    Ok(())
}

/// What was told the last time.
#[derive(Debug, Default)]
struct Known {
    section: Option<Section>,
    /// Where the text of each key begins and ends, in the order of keys.
    index: Vec<(Key, u32, u32)>,
}

impl Known {
    fn open(file: &Stored) -> Option<Self> {
        let mut section = file.open(NAME)?;
        let count = short(&section.bytes(0, INDEX)?, 0)?;
        let end = INDEX.checked_add(count.checked_mul(SLOT)?)?;
        let slots = section.bytes(INDEX, end)?;
        let mut start = u32::try_from(end).ok()?;
        let mut index = Vec::with_capacity(count);
        for slot in slots.chunks_exact(SLOT) {
            let end = u32::try_from(short(slot, 16)?).ok()?;
            index.push(((long(slot, 0)?, long(slot, 8)?), start, end));
            start = end;
        }
        index.sort_unstable();
        Some(Self { section: Some(section), index })
    }

    fn place(&self, key: Key) -> Option<(usize, usize)> {
        let at = self.index.binary_search_by_key(&key, |(key, ..)| *key).ok()?;
        let (_, start, end) = self.index[at];
        Some((start as usize, end as usize))
    }

    fn has(&self, key: Key) -> bool {
        self.place(key).is_some()
    }

    fn text(&mut self, key: Key) -> Option<String> {
        let (start, end) = self.place(key)?;
        String::from_utf8(self.section.as_mut()?.bytes(start, end)?).ok()
    }
}

/// What is told this time, to be kept.
#[derive(Debug, Default)]
struct Learnt {
    keys: Vec<(Key, usize)>,
    texts: String,
}

impl Learnt {
    fn add(&mut self, key: Key, told: &str) {
        self.texts.push_str(told);
        self.keys.push((key, self.texts.len()));
    }

    fn keep(&self, file: &Stored) {
        let start = INDEX + self.keys.len() * SLOT;
        let mut head = Vec::with_capacity(start);
        head.extend(word(self.keys.len()));
        for (key, end) in &self.keys {
            head.extend(key.0.to_le_bytes());
            head.extend(key.1.to_le_bytes());
            head.extend(word(start + end));
        }
        file.replace(NAME, &[&head, self.texts.as_bytes()]);
    }
}

fn shortened(mut text: String) -> String {
    let end = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or(0));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_a_character() {
        assert_eq!(shortened("kurz".to_owned()), "kurz");
        let long = shortened("ä".repeat(LONGEST));
        assert_eq!(long.len(), LONGEST);
        assert_eq!(shortened(format!("x{}", "ä".repeat(LONGEST))).len(), LONGEST - 1);
    }

    #[test]
    fn what_was_kept_is_found_by_its_key_in_any_order() {
        let folder = tempfile::tempdir().unwrap();
        let file = Stored::of_causes(folder.path(), 1, 2);
        let mut learnt = Learnt::default();
        let texts = ["a release renamed the setting", "", "größer als gedacht"];
        for (at, text) in (0..).zip(texts) {
            learnt.add((9 - at, at), text);
        }
        learnt.keep(&file);
        let mut known = Known::open(&file).unwrap();
        for at in [2, 0, 1] {
            assert_eq!(known.text((9 - at, at)).as_deref(), Some(texts[usize::try_from(at).unwrap()]));
        }
        assert!(!known.has((9, 1)) && known.text((9, 1)).is_none());
    }

    #[test]
    fn bytes_that_tell_nothing_are_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = Stored::of_causes(folder.path(), 1, 2);
        let mut learnt = Learnt::default();
        (0..5).for_each(|at| learnt.add((at, at), "the limit was zero"));
        learnt.keep(&file);
        let whole = file.load(NAME);
        for at in 0..whole.len() {
            // Whole for the file, and nonsense within.
            let mut damaged = whole.clone();
            damaged[at] ^= 0xff;
            file.replace(NAME, &[&damaged]);
            let mut known = Known::open(&file).unwrap_or_default();
            (0..5).for_each(|at| drop(known.text((at, at))));
            file.replace(NAME, &[&whole[..at]]);
            let mut known = Known::open(&file).unwrap_or_default();
            assert_eq!(known.text((4, 4)), None, "cut at {at}");
        }
    }
}
