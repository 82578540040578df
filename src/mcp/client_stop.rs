//! Keys and signals that end us, held back until the server is gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::{SigId, flag, low_level};

/// The server is in a group of its own, so the keys that end us do not reach it: it is ended first, and then we are.
pub(super) struct Stop {
    wanted: Vec<(i32, Arc<AtomicBool>, Option<SigId>)>,
}

impl Stop {
    /// Takes notice of signals from here on, in place of being ended by them.
    pub(super) fn watch() -> Self {
        let one = |signal| {
            let wanted = Arc::new(AtomicBool::new(false));
            let id = flag::register(signal, Arc::clone(&wanted)).ok();
            (signal, wanted, id)
        };
        Self { wanted: [SIGINT, SIGTERM, SIGHUP].map(one).into() }
    }

    /// Whether one came.
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted.iter().any(|(_, wanted, _)| wanted.load(Ordering::SeqCst))
    }

    /// Does what the signal that came meanwhile would have done.
    pub(super) fn obey(self) {
        for (signal, wanted, id) in &self.wanted {
            id.map(low_level::unregister);
            if wanted.load(Ordering::SeqCst) {
                drop(low_level::emulate_default_handler(*signal));
            }
        }
    }
}

impl Drop for Stop {
    fn drop(&mut self) {
        // Keys do again what they always do.
        for (signal, _, _) in &self.wanted {
            let over = Arc::new(AtomicBool::new(true));
            drop(flag::register_conditional_default(*signal, over));
        }
    }
}
