//! Questions to git that are asked on threads of their own, as many at once as there are processors.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};

use super::{Error, Git, Output, Place};

/// The arguments of one question.
pub(super) type Question = Vec<String>;

/// What one thread was told: the answers to its questions, by their place among all.
type Told = Vec<(usize, Result<Output, Error>)>;

/// Questions that are being asked. Who asks them need not read along: an answer may be of any length.
#[derive(Default)]
pub(super) struct Asked {
    workers: Vec<JoinHandle<Told>>,
}

impl Asked {
    /// Begins to ask.
    pub(super) fn begin(place: &Place, questions: Vec<Question>) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let count = questions.len().min(cores);
        let shared = Arc::new((place.clone(), questions, AtomicUsize::new(0)));
        let work = |_| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let (place, questions, next) = &*shared;
                let mut answers = Vec::new();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(question) = questions.get(at) else { return answers };
                    answers.push((at, Git::new(place).args(question).run()));
                }
            })
        };
        Self { workers: (0..count).map(work).collect() }
    }

    /// Waits for the answers, which come in the order of the questions.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words, where one of them failed.
    pub(super) fn finish(self) -> Result<Vec<Output>, Error> {
        let answers = self.workers.into_iter().map(JoinHandle::join);
        let answers = answers.map(|one| one.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        let mut answers: Told = answers.flatten().collect();
        answers.sort_unstable_by_key(|(at, _)| *at);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }
}
