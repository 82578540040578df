//! Where the answer goes: straight out, or held back until it is clear whether a pager is needed.

use std::io::{self, Write};

use super::pager::{Pager, RunningPager};

/// Bytes kept before they are written in one go.
const CHUNK: usize = 64 * 1024;

/// The buffered standard output.
pub(crate) struct Sink {
    out: Box<dyn Write>,
    pending: Vec<u8>,
    /// Waiting to be needed; gone once it runs or is not wanted.
    pager: Option<Pager>,
    running: Option<RunningPager>,
    lines: usize,
    /// The reader has gone: nothing more is written, and that is success.
    closed: bool,
    /// A failure that is one (a full disk), told at the end.
    failed: Option<io::Error>,
}

impl Sink {
    pub(crate) fn new(out: Box<dyn Write>, pager: Option<Pager>) -> Self {
        Self { out, pending: Vec::new(), pager, running: None, lines: 0, closed: false, failed: None }
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Whether something was said that the reader has not seen yet, or is looking at in a pager.
    pub(crate) fn is_busy(&self) -> bool {
        !self.pending.is_empty() || self.running.is_some()
    }

    pub(crate) fn is_paging(&self) -> bool {
        self.running.is_some() || (self.pager.is_some() && !self.pending.is_empty())
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        if self.closed || self.failed.is_some() {
            return;
        }
        self.pending.extend_from_slice(bytes);
        if let Some(pager) = &self.pager {
            self.lines += bytes.iter().filter(|byte| **byte == b'\n').count();
            // One line is left for the prompt.
            if self.lines < usize::from(pager.height).max(2) {
                return;
            }
            self.running = self.pager.take().and_then(Pager::start);
        }
        if self.running.is_some() || self.pending.len() >= CHUNK {
            self.drain();
        }
    }

    fn drain(&mut self) {
        let written = match &mut self.running {
            Some(pager) => pager.write(&self.pending),
            None => self.out.write_all(&self.pending),
        };
        self.pending.clear();
        self.note(written);
    }

    fn note(&mut self, written: io::Result<()>) {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.closed = true,
            Err(error) => self.failed = Some(error),
            Ok(()) => {}
        }
    }

    /// Writes what is pending; with a pager, waits until it is left.
    pub(crate) fn flush(&mut self) {
        if self.running.is_some() {
            self.drain();
            if let Some(pager) = self.running.take() {
                pager.finish();
            }
            // Leaving the pager early closes its pipe, not ours.
            self.closed = false;
        } else if !self.closed && self.failed.is_none() {
            self.drain();
            let flushed = self.out.flush();
            self.note(flushed);
        }
        self.lines = 0;
    }

    pub(crate) fn take_failure(&mut self) -> Option<io::Error> {
        self.failed.take()
    }
}
