//! What a server says beside the protocol: its standard error, and lines on standard output that are no message.

use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

/// So many bytes of its standard error are kept, the last ones.
const KEPT: usize = 16 * 1024;
/// So many bytes of a line that is no message are kept.
const SHOWN: usize = 80;

/// The end of a stream, shared with whoever reads it.
#[derive(Debug, Clone, Default)]
pub(super) struct Tail(Arc<Mutex<Vec<u8>>>);

impl Tail {
    /// Reads to the stream's end.
    pub(super) async fn read(self, mut from: impl AsyncRead + Unpin) {
        let mut piece = vec![0; 4096];
        while let Ok(read @ 1..) = from.read(&mut piece).await {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.extend_from_slice(&piece[..read]);
            let over = kept.len().saturating_sub(KEPT);
            kept.drain(..over);
        }
    }

    /// What is there by now.
    pub(super) fn text(&self) -> String {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&kept).trim().to_owned()
    }
}

/// The first line of a stream that cannot be a message.
#[derive(Debug, Clone, Default)]
pub(super) struct Noise(Arc<Mutex<Vec<u8>>>);

impl Noise {
    /// It, as far as it was kept.
    pub(super) fn text(&self) -> Option<String> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(&kept).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }
}

/// Standard output on its way to the protocol, with an ear for what is none.
pub(super) struct Heard<R> {
    inner: R,
    noise: Noise,
    /// Where in a line it is; `None` once there is nothing more to find.
    place: RefCell<Option<Place>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Message,
    Noise,
}

impl<R> Heard<R> {
    pub(super) fn new(inner: R, noise: Noise) -> Self {
        Self { inner, noise, place: RefCell::new(Some(Place::Start)) }
    }

    fn hear(&self, bytes: &[u8]) {
        let mut place = self.place.borrow_mut();
        for byte in bytes {
            *place = match (*place, byte) {
                (None, _) => return,
                (Some(Place::Noise), b'\n') => None,
                (Some(_), b'\n') => Some(Place::Start),
                (Some(Place::Start), b'{' | b'[') => Some(Place::Message),
                (Some(Place::Start), b' ' | b'\t' | b'\r' | 0xEF | 0xBB | 0xBF) => Some(Place::Start),
                (Some(Place::Message), _) => Some(Place::Message),
                (Some(Place::Start | Place::Noise), byte) => {
                    let mut kept = self.noise.0.lock().unwrap_or_else(PoisonError::into_inner);
                    kept.push(*byte);
                    if kept.len() < SHOWN { Some(Place::Noise) } else { None }
                }
            };
        }
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Heard<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, buffer);
        self.hear(&buffer.filled()[before..]);
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(pieces: &[&str]) -> Option<String> {
        let noise = Noise::default();
        let heard = Heard::new((), noise.clone());
        pieces.iter().for_each(|piece| heard.hear(piece.as_bytes()));
        noise.text()
    }

    #[test]
    fn the_first_line_that_is_no_message_is_kept() {
        assert_eq!(heard(&["{\"a\": 1}\n", "\n  {}\n"]), None);
        assert_eq!(heard(&["{}\nWel", "come here\nand there\n"]).as_deref(), Some("Welcome here"));
        assert_eq!(heard(&["x".repeat(500).as_str()]).map(|text| text.len()), Some(SHOWN));
    }
}
