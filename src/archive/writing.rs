//! What is put by for the next question, written while this one is answered.

use std::fmt;
use std::thread::{self, JoinHandle};

use crate::git::Repo;

/// Something to write, once.
type Deed = Box<dyn FnOnce() + Send>;

/// Files that are being written beside the answer. Whoever lets go of it waits for them.
#[derive(Default)]
pub struct Writing {
    deeds: Vec<Deed>,
    thread: Option<JoinHandle<()>>,
}

impl Writing {
    /// Adds something to write, once all is read.
    pub(super) fn add(&mut self, deed: impl FnOnce() + Send + 'static) {
        self.deeds.push(Box::new(deed));
    }

    /// Begins to write, each thing after the one before: they change the same file. Where no thread can be had,
    /// nothing is put by.
    pub(super) fn begin(&mut self, repo: &Repo) {
        if self.deeds.is_empty() {
            return;
        }
        let (deeds, elsewhere) = (std::mem::take(&mut self.deeds), repo.elsewhere());
        let write = move || {
            deeds.into_iter().for_each(|deed| deed());
            if let Ok(repo) = elsewhere() {
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

impl Drop for Writing {
    fn drop(&mut self) {
        self.finish();
    }
}

impl fmt::Debug for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writing").field("left", &self.deeds.len()).finish_non_exhaustive()
    }
}
