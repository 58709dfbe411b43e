//! The store in a directory: the journal as the record of truth, sled as what is read from.
//!
//! A write is decided, appended to the journal with its neighbours, synced, made visible and then
//! acknowledged, in that order, by one thread. The read model follows lazily; after a crash the tail
//! of the journal is replayed, and a read model that is missing or damaged is set aside and rebuilt.
//! One process has the directory. The files are described in `docs/STORE-FORMAT.md`.

mod committer;
mod documents;
pub(super) mod opening;
pub(super) mod read_model;
mod rows;
mod settler;

pub use committer::Journaled;
pub use opening::{EmbeddedOptions, Repair};

use super::codec::split;
use super::decide::without_person;
use super::event::{Event, Replaced};
use super::journal::scan::{Frames, segments};
use super::register::Register;
use super::{Commit, IssuedRecord, Origin, Store, StoreError};
use crate::model::CredentialId;
use opening::Opened;
use std::path::Path;
use std::sync::Arc;

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

    /// Erases the signed bytes of a credential and what tells of its holder, for good: the payloads
    /// that hold it are blanked in the journal, and a tombstone says so. Its hash, its status and
    /// its dates stay. Reads the whole journal to find every event about it.
    ///
    /// Copies that were exported earlier are beyond reach.
    pub fn erase(&self, id: CredentialId, origin: Origin) -> Commit<Arc<IssuedRecord>> {
        match self.about(id) {
            Ok(replaced) => {
                let event = Event::Erased { credential: id, replaced, origin };
                self.submit_record(event, None, Vec::new())
            }
            Err(error) => Commit::done(Err(error)),
        }
    }

    /// Every event that tells of this credential's holder, without what it tells.
    fn about(&self, id: CredentialId) -> Result<Vec<Replaced>, StoreError> {
        if self.issued(id)?.is_none() {
            return Err(StoreError::NotFound("credential"));
        }
        let directory = self.persistence.journal_directory();
        let end = self.model.read().end;
        let mut frames =
            Frames::from(directory, &segments(directory)?, super::journal::Position::start());
        let mut found = Vec::new();
        let needle = id.to_string();
        while frames.at().sequence < end.sequence {
            let unreadable = |error: super::journal::scan::ScanError| StoreError::Unavailable {
                cause: error.describe(directory),
                unknown_outcome: false,
            };
            let Some(frame) = frames.next().map_err(unreadable)? else { break };
            let Some(payload) = frame.payload else { continue };
            let Ok((header, _)) = split(&payload) else { continue };
            if !header.windows(needle.len()).any(|window| window == needle.as_bytes()) {
                continue;
            }
            let corrupt = |_| StoreError::Corrupt {
                what: "journal frame",
                id: frame.header.sequence.to_string(),
            };
            let kept = match self.persistence.codec().decode(&payload).map_err(corrupt)?.0 {
                Event::Issued { record, idempotency, requires, origin } if record.id == id => {
                    let record = Box::new(without_person(&record));
                    Event::Issued { record, idempotency, requires, origin }
                }
                // Its body is the certificate once more.
                rendition @ Event::Rendition { credential, .. } if credential == id => rendition,
                Event::Status { mut change }
                    if change.credential == id && change.note.is_some() =>
                {
                    change.note = None;
                    Event::Status { change }
                }
                _ => continue,
            };
            found.push(Replaced { sequence: frame.header.sequence, kept: Box::new(kept) });
        }
        Ok(found)
    }
}
