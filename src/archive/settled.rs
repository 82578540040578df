//! An archive whose items stand where they really stand.

use std::collections::HashSet;

use super::load::promise_by_sla;
use super::read::{Asked, Read, Reading, Wanted, read_all};
use super::{Archive, Entry, Inquiry, Place, Standing, Standings, Unseen, standings};
use crate::git::Error;
use crate::model::Status;

impl Archive {
    /// Gives the items of published documents the status that holds, by row and by history. Where only the items in some
    /// statuses were loaded, a document with an item that is in one of them by the history alone is read again.
    ///
    /// # Errors
    /// Git's, where the history cannot be read.
    pub fn settle(&mut self, inquiry: &Inquiry<'_>, statuses: Option<&[Status]>) -> Result<Standings, Error> {
        let mut standings = standings(inquiry, self)?;
        if standings.is_partial {
            self.unseen.push(Unseen::History);
        }
        let mut again: Vec<usize> = Vec::new();
        for (at, entry) in self.entries.iter_mut().enumerate().filter(|(_, entry)| entry.place == Place::Tree)
        {
            let Some(own) = standings.documents.get(&entry.path) else { continue };
            let is_loaded = |standing: &Standing| statuses.is_none_or(|all| all.contains(&standing.row));
            let is_wanted = |standing: &Standing| statuses.is_none_or(|all| all.contains(&standing.status));
            if own.iter().any(|standing| is_wanted(standing) && !is_loaded(standing)) {
                again.push(at);
            }
            entry.standings.clone_from(own);
        }
        self.read_again(inquiry, &again)?;
        for entry in &mut self.entries {
            let own = &entry.standings;
            for action in &mut entry.postmortem.actions {
                if let Some(standing) = own.iter().find(|standing| standing.label == action.label) {
                    action.status = standing.status;
                }
            }
        }
        // What is no document here stays out of the answer.
        let known: HashSet<&str> = self.entries.iter().map(|entry| entry.path.as_str()).collect();
        standings.documents.retain(|path, _| known.contains(path.as_str()));
        Ok(standings)
    }

    /// Reads documents whole.
    fn read_again(&mut self, inquiry: &Inquiry<'_>, which: &[usize]) -> Result<(), Error> {
        let files: Vec<_> =
            which.iter().map(|at| (self.entries[*at].path.clone(), self.entries[*at].blob)).collect();
        let files: Vec<_> = files.iter().map(|(path, blob)| (path.as_str(), blob)).collect();
        // They were read before and are being put by: nothing of this is new.
        let asked = Asked { wanted: &Wanted::Everything, is_shelved: false };
        for (at, read) in which.iter().zip(read_all(inquiry.repo, inquiry.vocabulary, &files, asked, None)?) {
            if let Ok(Read { reading: Reading::Postmortem(mut postmortem), .. }) = read {
                promise_by_sla(&mut postmortem, inquiry.config);
                self.entries[*at].postmortem = postmortem;
            }
        }
        Ok(())
    }
}

impl Entry {
    /// Where an item stands, as far as that was asked.
    #[must_use]
    pub fn standing(&self, label: &str) -> Option<&Standing> {
        self.standings.iter().find(|standing| standing.label == label)
    }
}
