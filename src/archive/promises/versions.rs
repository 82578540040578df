//! The items of documents as they once were, each version read once and kept.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::super::cache::{Key, key};
use super::super::read::{Reading, read};
use super::super::stored::Stored;
use crate::document::Vocabulary;
use crate::git::{Error, ObjectId, Repo};
use crate::promise::Item;

/// The name of the section.
const NAME: u32 = u32::from_le_bytes(*b"vers");
/// Versions that were not asked for are kept up to so many times those that were.
const KEEP: usize = 4;

/// What of versions is known; a version that is no post-mortem has no items.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Versions {
    items: HashMap<Key, Vec<Item>>,
}

impl Versions {
    /// What was kept for a vocabulary.
    pub(super) fn open(file: Option<&Stored>, vocabulary: &Vocabulary) -> Self {
        let bytes = file.map(|file| file.load(NAME)).unwrap_or_default();
        let own =
            bytes.split_first_chunk::<8>().filter(|(key, _)| **key == vocabulary.fingerprint().to_le_bytes());
        own.and_then(|(_, rest)| postcard::from_bytes(rest).ok()).unwrap_or_default()
    }

    /// Reads what is not known yet of some versions, given as path and content. One that cannot be read has no items.
    ///
    /// # Errors
    /// Where the repository cannot be opened on another thread.
    pub(super) fn learn(
        &mut self,
        asked: &[(&str, ObjectId)],
        repo: &Repo,
        vocabulary: &Vocabulary,
        file: Option<&Stored>,
    ) -> Result<(), Error> {
        let missing: Vec<(&str, ObjectId)> =
            asked.iter().filter(|(path, blob)| !self.items.contains_key(&key(blob, path))).copied().collect();
        if missing.is_empty() {
            return Ok(());
        }
        let blobs: Vec<ObjectId> = missing.iter().map(|(_, blob)| *blob).collect();
        let items = repo.map_blobs(&blobs, |at, bytes| match read(missing[at].0, bytes, vocabulary) {
            Reading::Postmortem(postmortem) => postmortem.actions.iter().map(Item::of).collect(),
            Reading::Page(_) => Vec::new(),
        })?;
        if self.items.len() > KEEP * asked.len() {
            let wanted: std::collections::HashSet<Key> =
                asked.iter().map(|(path, blob)| key(blob, path)).collect();
            self.items.retain(|key, _| wanted.contains(key));
        }
        for ((path, blob), items) in missing.iter().zip(items) {
            self.items.insert(key(blob, path), items.unwrap_or_default());
        }
        if let Some(file) = file {
            let bytes = postcard::to_stdvec(self).expect("plain values of strings and numbers always encode");
            file.replace(NAME, &[&vocabulary.fingerprint().to_le_bytes(), &bytes]);
        }
        Ok(())
    }

    /// The items of a version that was learnt.
    pub(super) fn items(&self, path: &str, blob: &ObjectId) -> &[Item] {
        self.items.get(&key(blob, path)).map_or(&[], Vec::as_slice)
    }
}
