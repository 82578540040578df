//! The two ends of a conversation: what is said before the first request is passed over, and the end of the input is one
//! only when all that was asked is answered.
//!
//! The protocol's own library takes a notification at the beginning for an error, and gives calls a few seconds at the end.

use std::collections::HashSet;
use std::future::{Future, pending};
use std::sync::{Arc, Mutex, PoisonError};

use rmcp::model::{ClientNotification, JsonRpcMessage, RequestId};
use rmcp::service::{RoleServer, RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;

/// A transport that begins with the first request and ends with the last answer.
#[derive(Debug)]
pub(super) struct Whole<T> {
    inner: T,
    has_begun: bool,
    open: Open,
}

/// The requests that wait for an answer.
#[derive(Debug, Clone, Default)]
struct Open(Arc<Mutex<HashSet<RequestId>>>);

impl Open {
    fn with<R>(&self, look: impl FnOnce(&mut HashSet<RequestId>) -> R) -> R {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes what a client says: a question, or that it wants no answer any more.
    fn hear(&self, message: &RxJsonRpcMessage<RoleServer>) {
        match message {
            JsonRpcMessage::Request(request) => drop(self.with(|open| open.insert(request.id.clone()))),
            JsonRpcMessage::Notification(said) => {
                if let ClientNotification::CancelledNotification(cancelled) = &said.notification
                    && let Some(id) = &cancelled.params.request_id
                {
                    self.with(|open| open.remove(id));
                }
            }
            _ => {}
        }
    }
}

/// The request that a message answers.
fn answered(message: &TxJsonRpcMessage<RoleServer>) -> Option<RequestId> {
    match message {
        JsonRpcMessage::Response(response) => Some(response.id.clone()),
        JsonRpcMessage::Error(error) => error.id.clone(),
        _ => None,
    }
}

impl<T> Whole<T> {
    pub(super) fn new(inner: T) -> Self {
        Self { inner, has_begun: false, open: Open::default() }
    }
}

impl<T: Transport<RoleServer>> Transport<RoleServer> for Whole<T> {
    type Error = T::Error;

    fn send(
        &mut self,
        item: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        let (open, id) = (self.open.clone(), answered(&item));
        let sent = self.inner.send(item);
        async move {
            let sent = sent.await;
            if let Some(id) = id {
                open.with(|open| open.remove(&id));
            }
            sent
        }
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            let Some(message) = self.inner.receive().await else {
                if self.open.with(|open| open.is_empty()) {
                    return None;
                }
                // Whoever drives the conversation asks again after each answer that is sent.
                return pending().await;
            };
            self.has_begun |= matches!(message, JsonRpcMessage::Request(_));
            if self.has_begun {
                self.open.hear(&message);
                return Some(message);
            }
        }
    }

    fn close(&mut self) -> impl Future<Output = Result<(), Self::Error>> + Send {
        self.inner.close()
    }
}
