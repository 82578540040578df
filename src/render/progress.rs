//! One line on the terminal that says how far a long piece of work has come; it goes away with the work.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::Ui;

/// What takes less time than this says nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// The line is not written more often than this.
const PAUSE: Duration = Duration::from_millis(100);

/// Work that is being done.
pub struct Progress<'u> {
    ui: &'u Ui,
    what: &'static str,
    unit: &'static str,
    next: Cell<Instant>,
    is_shown: Cell<bool>,
}

impl Ui {
    /// Begins a piece of work that may take long: `reading the history: 40000 commits`. Only a terminal is told, and only
    /// once a second has gone by.
    #[must_use]
    pub fn progress(&self, what: &'static str, unit: &'static str) -> Progress<'_> {
        Progress {
            ui: self,
            what,
            unit,
            next: Cell::new(Instant::now() + PATIENCE),
            is_shown: Cell::new(false),
        }
    }
}

/// A word on the terminal while something else is waited for; it goes away with the waiting.
pub struct Waiting<'u>(Option<&'u Ui>);

impl Ui {
    /// Says what is waited for: the network, which nobody can count. Only a terminal is told.
    #[must_use]
    pub fn wait_for(&self, what: &str) -> Waiting<'_> {
        let look = self.look();
        if look.talk_width.is_none() || look.quiet {
            return Waiting(None);
        }
        self.rewrite(&format!("\r{} …", super::clean(what)));
        Waiting(Some(self))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(ui) = self.0 {
            ui.rewrite("\r\x1b[K");
        }
    }
}

impl Progress<'_> {
    /// Tells how many there were so far.
    pub fn tell(&self, count: usize) {
        let look = self.ui.look();
        let now = Instant::now();
        if look.talk_width.is_none() || look.quiet || now < self.next.get() {
            return;
        }
        self.ui.rewrite(&format!("\r{}: {count} {}", self.what, self.unit));
        self.next.set(now + PAUSE);
        self.is_shown.set(true);
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if self.is_shown.get() {
            self.ui.rewrite("\r\x1b[K");
        }
    }
}
