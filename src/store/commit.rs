//! The promise of a write.

use super::StoreError;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::oneshot;

/// Resolves when a write is durable, or when it is known to have failed. Dropping it does not
/// take the write back.
#[must_use = "a write is acknowledged only when its commit is awaited"]
#[derive(Debug)]
pub struct Commit<T>(State<T>);

#[derive(Debug)]
enum State<T> {
    Done(Option<Result<T, StoreError>>),
    Waiting(oneshot::Receiver<Result<T, StoreError>>),
}

/// The backend's end of a [`Commit`].
#[derive(Debug)]
pub struct Committer<T>(oneshot::Sender<Result<T, StoreError>>);

impl<T> Committer<T> {
    /// Tells the outcome.
    pub fn tell(self, outcome: Result<T, StoreError>) {
        // The waiting side may have gone away; the write stands all the same.
        let _ = self.0.send(outcome);
    }
}

impl<T> Commit<T> {
    /// A commit whose outcome is known at once.
    pub fn done(outcome: Result<T, StoreError>) -> Self {
        Self(State::Done(Some(outcome)))
    }

    /// A commit and the end that tells its outcome.
    pub fn waiting() -> (Committer<T>, Self) {
        let (sender, receiver) = oneshot::channel();
        (Committer(sender), Self(State::Waiting(receiver)))
    }

    /// Blocks the thread until the outcome is known. Not for use on an async worker.
    pub fn wait(self) -> Result<T, StoreError> {
        match self.0 {
            State::Done(outcome) => outcome.unwrap_or_else(|| Err(lost())),
            State::Waiting(receiver) => receiver.blocking_recv().unwrap_or_else(|_| Err(lost())),
        }
    }
}

fn lost() -> StoreError {
    StoreError::Unavailable { cause: "the committer ended".to_owned(), unknown_outcome: true }
}

impl<T: Unpin> Future for Commit<T> {
    type Output = Result<T, StoreError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.get_mut().0 {
            State::Done(outcome) => Poll::Ready(outcome.take().unwrap_or_else(|| Err(lost()))),
            State::Waiting(receiver) => {
                Pin::new(receiver).poll(context).map(|told| told.unwrap_or_else(|_| Err(lost())))
            }
        }
    }
}
