//! The settler: the thread that moves what became visible into the read model.
//!
//! It reads no clock: it works when there is enough to do or some time passed. It deliberately
//! decides nothing and writes no event.

use super::super::StoreError;
use super::super::register::Model;
use super::read_model::{Checkpoint, Reached, ReadModel};
use super::rows;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So many recent issuance records are moved into the read model at once.
pub(super) const SETTLE_AT: usize = 8 << 10;
/// A change is moved into the read model after this time at the latest.
const SETTLE_AFTER: Duration = Duration::from_secs(1);

/// When the settler works, and what it came to; shared with those who wait for it.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    now: Mutex<Now>,
    /// There is something to settle, or it was settled.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Now {
    wanted: bool,
    closed: bool,
    ended: bool,
    /// How often the settler finished.
    rounds: u64,
    failure: Option<StoreError>,
}

impl Rounds {
    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, now: MutexGuard<'a, Now>) -> MutexGuard<'a, Now> {
        self.changed.wait(now).unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for a round soon.
    pub(super) fn want(&self) {
        self.now().wanted = true;
        self.changed.notify_all();
    }

    /// Waits until everything that is visible now is in the read model. `Ok(false)` when the
    /// settler ended before.
    pub(super) fn complete(&self) -> Result<bool, StoreError> {
        let mut now = self.now();
        // The round under way may have begun before the last write.
        let enough = now.rounds + 2;
        while now.rounds < enough {
            if let Some(failure) = &now.failure {
                return Err(failure.clone());
            }
            if now.ended {
                return Ok(false);
            }
            now.wanted = true;
            self.changed.notify_all();
            now = self.wait(now);
        }
        Ok(true)
    }

    /// Waits, round by round, as long as there is too much to settle.
    pub(super) fn wait_while(&self, too_much: impl Fn() -> bool) {
        let mut now = self.now();
        while now.failure.is_none() && !now.ended && too_much() {
            now.wanted = true;
            self.changed.notify_all();
            now = self.wait(now);
        }
    }

    /// Lets the settler end after one more round.
    pub(super) fn close(&self) {
        self.now().closed = true;
        self.changed.notify_all();
    }

    /// Whether the next round is the last; returns when it is time for it.
    fn next(&self) -> bool {
        let mut now = self.now();
        if !now.wanted && !now.closed {
            let waited = self.changed.wait_timeout(now, SETTLE_AFTER);
            now = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        now.wanted = false;
        now.closed
    }

    fn done(&self, outcome: Result<(), StoreError>, last: bool) -> bool {
        let mut now = self.now();
        now.rounds += 1;
        now.failure = outcome.err();
        now.ended = last || now.failure.is_some();
        self.changed.notify_all();
        now.ended
    }
}

/// Moves what became visible into the read model.
pub(in crate::store) struct Settler {
    pub(in crate::store) model: Arc<Model>,
    pub(in crate::store) read_model: Arc<ReadModel>,
    pub(in crate::store) checkpoint: Checkpoint,
}

impl Settler {
    /// One round. Until it is done, reads are answered from memory.
    pub(in crate::store) fn settle(&mut self) -> Result<(), StoreError> {
        let (recent, taken, reached) = {
            let failed = self.model.blanking.lock().unwrap_or_else(PoisonError::into_inner);
            if *failed {
                return Err(StoreError::Unavailable {
                    cause: "an erasure is not finished; restart to finish it".to_owned(),
                    unknown_outcome: false,
                });
            }
            let mut state = self.model.write();
            if state.end.sequence == self.checkpoint.sequence {
                return Ok(());
            }
            let recent = Arc::new(std::mem::take(&mut state.recent));
            state.settling = Some(Arc::clone(&recent));
            let taken: Vec<_> =
                recent.touched.iter().filter_map(|touched| rows::take(&state, touched)).collect();
            (recent, taken, Reached::by(&state))
        };
        self.checkpoint = self.read_model.settle(&self.checkpoint, &recent, &taken, &reached)?;
        let mut state = self.model.write();
        state.settling = None;
        state.rounds += 1;
        Ok(())
    }

    /// Works until it is closed. `stopped` hears why nothing more can be settled.
    pub(super) fn run(mut self, rounds: &Rounds, stopped: &dyn Fn(String)) {
        loop {
            let last = rounds.next();
            let outcome = self.settle();
            if let Err(error) = &outcome {
                // The journal has everything and memory goes on answering for what is not settled;
                // but memory is bounded, so nothing more is taken.
                stopped(error.to_string());
            }
            if rounds.done(outcome, last) {
                return;
            }
        }
    }
}
