//! What is put by for the next question: records while documents are read, the rest while this question is answered.

use std::fmt;
use std::io;
use std::thread::{self, JoinHandle};

use super::cache::Key;
use super::records::Records;
use super::replacement::Replacement;
use super::shelf::Kept;
use super::stored::Stored;
use crate::git::Repo;

/// A file that is being written beside the answer. Whoever lets go of it waits for it.
#[derive(Default)]
pub struct Writing {
    put_by: PutBy,
    thread: Option<JoinHandle<()>>,
}

/// What goes into the file.
#[derive(Default)]
struct PutBy {
    records: Option<Records>,
    /// The documents that were asked for.
    asked: Vec<Key>,
    shelf: Option<(Stored, Kept)>,
}

impl Writing {
    /// Where records of documents go as they are read. `asked`: all documents that are wanted now.
    pub(super) fn records(&mut self, file: &Stored, asked: &[Key]) -> &Records {
        self.put_by.asked.extend(asked);
        self.put_by.records.get_or_insert_with(|| Records::new(file.clone()))
    }

    /// Keeps the documents of a tree together.
    pub(super) fn shelve(&mut self, file: Stored, kept: Kept) {
        self.put_by.shelf = Some((file, kept));
    }

    /// Begins to write what is not written yet, once all is read. Where no thread can be had, nothing is put by.
    pub(super) fn begin(&mut self, repo: &Repo) {
        let put_by = std::mem::take(&mut self.put_by);
        if put_by.records.is_none() && put_by.shelf.is_none() {
            return;
        }
        let elsewhere = repo.elsewhere();
        let write = move || {
            if put_by.write().is_ok_and(|is_news| is_news)
                && let Ok(repo) = elsewhere()
            {
                repo.tidy_state();
            }
        };
        self.thread = thread::Builder::new().name("writing".to_owned()).spawn(write).ok();
    }

    /// Waits until everything is written. What could not be written is read anew the next time.
    pub fn finish(&mut self) {
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

impl PutBy {
    /// Writes it all in one file, and tells whether there was anything.
    fn write(self) -> io::Result<bool> {
        let records = self.records.and_then(|records| records.finish(&self.asked));
        let mut file = match (records, &self.shelf) {
            (Some(file), _) => file,
            (None, Some((file, _))) => Replacement::new(file)?,
            (None, None) => return Ok(false),
        };
        if let Some((_, kept)) = self.shelf {
            kept.parts.iter().try_for_each(|part| file.write(part).map(drop))?;
            file.close(kept.section);
        }
        file.finish().map(|()| true)
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        self.finish();
    }
}

impl fmt::Debug for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writing").field("is_begun", &self.thread.is_some()).finish_non_exhaustive()
    }
}
