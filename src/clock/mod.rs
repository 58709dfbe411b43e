//! The one place that reads the time of day. Everything else is handed a [`Clock`].

use crate::model::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time in whole seconds UTC.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(0));
        Timestamp::from_unix(since).unwrap_or(Timestamp::EPOCH)
    }
}

/// A clock that stands still until it is moved; for tests and for reproducing a document.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// Stands at this moment.
    pub fn at(moment: Timestamp) -> Self {
        Self(AtomicI64::new(moment.unix()))
    }

    /// Moves to another moment, also backwards.
    pub fn set(&self, moment: Timestamp) {
        self.0.store(moment.unix(), Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::EPOCH)
    }
}
