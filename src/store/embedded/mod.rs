//! The store in a directory: the journal as the record of truth, sled as what is read from.
//!
//! A write is decided, appended to the journal with its neighbours, synced, made visible and then
//! acknowledged, in that order, by one thread. The read model follows lazily; after a crash the tail
//! of the journal is replayed, and a read model that is missing or damaged is set aside and rebuilt.
//! One process has the directory. The files are described in `docs/STORE-FORMAT.md`.

pub(super) mod applying;
mod archive;
mod blanking;
pub(super) mod committer;
pub(super) mod documents;
mod entry_rows;
pub(super) mod events;
mod file_ledger;
pub(super) mod layout;
mod matter_rows;
mod opening;
pub(super) mod read_model;
pub(super) mod replay;
mod rows;
mod sealed_files;
pub(super) mod settler;

pub use committer::Journaled;
pub use opening::{EmbeddedOptions, Repair};

use super::StoreError;
use super::register::Register;
use opening::Opened;
use std::path::Path;

/// The store in a directory.
pub type EmbeddedStore = Register<Journaled>;

impl EmbeddedStore {
    /// Opens the store in this directory, or makes one if the directory is empty or missing.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        Self::open_with(directory, EmbeddedOptions::default())
    }

    /// Opens with other settings than the usual ones.
    pub fn open_with(directory: &Path, options: EmbeddedOptions) -> Result<Self, StoreError> {
        let Opened { model, journaled } = opening::open(directory, options)?;
        Ok(Self { model, persistence: journaled })
    }

    /// What had to be repaired at opening; for the log.
    pub fn repairs(&self) -> &[Repair] {
        self.persistence.repairs()
    }

    /// Brings the read model up to date, so that the next opening has nothing to replay.
    pub fn settle(&self) -> Result<(), StoreError> {
        self.persistence.settle()
    }
}
