//! Which idempotency keys are being handled by this process right now.
//!
//! It is a courtesy, not the guarantee: among processes, and when a request is dropped half way,
//! the store's uniqueness decides.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// The keys in flight, each with its client.
#[derive(Debug, Default)]
pub(super) struct InFlight(Mutex<HashSet<(String, String)>>);

/// A key in flight; dropping it lands it.
#[derive(Debug)]
pub(super) struct Flight<'a> {
    table: &'a InFlight,
    name: (String, String),
}

impl InFlight {
    /// Takes off, unless this key of this client is in flight already.
    pub(super) fn take_off(&self, client: &str, key: &str) -> Option<Flight<'_>> {
        let name = (client.to_owned(), key.to_owned());
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.insert(name.clone()).then(|| Flight { table: self, name })
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut table = self.table.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.remove(&self.name);
    }
}
