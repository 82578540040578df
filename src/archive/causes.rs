//! Why each incident happened, as its document tells it: kept beside the cache, for a comparison with all others needs all
//! of them and must not read every document each time.

use std::collections::HashMap;

use super::Entry;
use super::cache::{Key, key};
use super::read::{WORTH_CACHING, reader};
use super::stored::Stored;
use crate::document::{Source, Vocabulary, causes, parse};
use crate::git::{Error, Repo};

/// The name of the section.
const NAME: u32 = u32::from_le_bytes(*b"caus");
/// So much of a text tells what it is about, in bytes.
const LONGEST: usize = 4096;

/// What some documents tell as root cause and contributing factors, in their order; nothing of a document that cannot be
/// read.
///
/// # Errors
/// Git's, where the repository cannot be opened.
pub fn causes_of(repo: &Repo, vocabulary: &Vocabulary, entries: &[&Entry]) -> Result<Vec<String>, Error> {
    let file = (entries.len() >= WORTH_CACHING)
        .then(|| Stored::of_causes(&repo.state_dir(), reader(), vocabulary.fingerprint()));
    let known: Option<Vec<(Key, String)>> =
        file.as_ref().and_then(|file| postcard::from_bytes(&file.load(NAME)).ok());
    let mut known: HashMap<Key, String> = known.unwrap_or_default().into_iter().collect();
    let keys: Vec<Key> = entries.iter().map(|entry| key(&entry.blob, &entry.path)).collect();
    let missing: Vec<usize> = (0..entries.len()).filter(|at| !known.contains_key(&keys[*at])).collect();
    let files: Vec<_> = missing.iter().map(|at| (entries[*at].path.as_str(), &entries[*at].blob)).collect();
    let fresh = repo.map_files(&files, |at, bytes| {
        shortened(causes(&parse(&Source { name: files[at].0, bytes }, vocabulary)))
    })?;
    let is_new = !missing.is_empty();
    let read = missing.iter().zip(fresh).filter_map(|(at, told)| Some((keys[*at], told.ok()?)));
    known.extend(read);
    if let Some(file) = file.filter(|_| is_new) {
        let kept: Vec<(Key, &str)> =
            keys.iter().filter_map(|key| Some((*key, known.get(key)?.as_str()))).collect();
        let bytes = postcard::to_stdvec(&kept).expect("plain values of strings and numbers always encode");
        file.replace(NAME, &[&bytes]);
        repo.tidy_state();
    }
    // Two paths with one text have keys of their own.
    Ok(keys.iter().map(|key| known.remove(key).unwrap_or_default()).collect())
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
}
