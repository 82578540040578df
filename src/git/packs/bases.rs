//! Objects that others are told by: the latest ones, as many as fit.

use std::collections::HashMap;
use std::rc::Rc;

use super::Kind;

/// Bytes that are kept at most, twice: of what was met lately, and of what was met before.
const ROOM: usize = 4 << 20;

/// What an object takes beside its bytes, about.
const BESIDE: usize = 128;

type Known = HashMap<(usize, u64), (Kind, Rc<Vec<u8>>)>;

/// What a thread keeps.
#[derive(Default)]
pub(super) struct Bases {
    late: Known,
    before: Known,
    /// Bytes of the late ones.
    size: usize,
}

impl Bases {
    /// The object at a place of a pack.
    pub(super) fn get(&mut self, pack: usize, at: u64) -> Option<(Kind, Rc<Vec<u8>>)> {
        if let Some(known) = self.late.get(&(pack, at)) {
            return Some(known.clone());
        }
        let (kind, bytes) = self.before.remove(&(pack, at))?;
        self.keep(pack, at, kind, &bytes);
        Some((kind, bytes))
    }

    /// Keeps an object; the oldest make room.
    pub(super) fn keep(&mut self, pack: usize, at: u64, kind: Kind, bytes: &Rc<Vec<u8>>) {
        if bytes.len() > ROOM {
            return;
        }
        if self.size + bytes.len() + BESIDE > ROOM {
            self.before = std::mem::take(&mut self.late);
            self.size = 0;
        }
        if self.late.insert((pack, at), (kind, Rc::clone(bytes))).is_none() {
            self.size += bytes.len() + BESIDE;
        }
    }
}
