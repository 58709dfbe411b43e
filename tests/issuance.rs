//! The issuing desk, with the store in memory: samples, retries, corrections, status, keys, and
//! what is left behind when something fails half way.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what should not happen")]

mod issuing;

use bewijs::store::{MemoryStore, Store};
use std::path::Path;

fn open_store(_: &Path) -> Box<dyn Store> {
    Box::new(MemoryStore::new())
}
