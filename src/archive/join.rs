//! What several places hold, once.

use std::collections::HashMap;

use super::{Archive, Entry, Ignored, Place};
use crate::git::ObjectId;
use crate::model::PostmortemId;

/// Adds entries whose name is not there yet; the others are noted as ignored where they say something else.
pub(super) fn merge(archive: &mut Archive, later: Vec<Entry>, differ: &dyn Fn(&ObjectId, &ObjectId) -> bool) {
    if later.is_empty() {
        return;
    }
    let mut known: HashMap<PostmortemId, usize> =
        archive.entries.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
    for entry in later {
        match known.get(&entry.id) {
            None => {
                known.insert(entry.id.clone(), archive.entries.len());
                archive.entries.push(entry);
            }
            Some(at) => {
                let differs = differ(&archive.entries[*at].blob, &entry.blob);
                let is_draft = matches!(entry.place, Place::Draft { .. });
                let place = entry.place.to_string();
                archive.ignored.push(Ignored { id: entry.id, place, is_draft, differs });
            }
        }
    }
}

/// Each thing once, where it came first.
pub(super) fn without_repeats<T: PartialEq>(all: Vec<T>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(all.len());
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}
