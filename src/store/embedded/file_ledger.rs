//! The journal in files as a committer writes it: one process has them, so a turn is always free.

use super::super::journal::frame::Payload;
use super::super::journal::{AppendError, Journal, Ledger, Position, Turn};
use super::super::state::Place;
use super::blanking::blank_all;
use std::path::PathBuf;

/// The segments of a journal.
pub(super) struct FileLedger {
    pub(super) journal: Journal,
    pub(super) directory: PathBuf,
}

impl Ledger for FileLedger {
    fn turn(&mut self) -> Result<Box<dyn Turn + '_>, AppendError> {
        Ok(Box::new(FileTurn(self)))
    }
}

struct FileTurn<'a>(&'a mut FileLedger);

impl Turn for FileTurn<'_> {
    fn append(
        &mut self,
        payloads: &mut dyn Iterator<Item = &Payload>,
        _: &[(u64, Place)],
    ) -> Result<Vec<(Place, Position)>, AppendError> {
        // A frame is blanked when nobody looks at it any more, which is later.
        self.0.journal.append(payloads)
    }

    fn blank(&mut self, frames: &[(u64, Place)], aside: bool) -> Result<(), String> {
        blank_all(&self.0.directory, frames, aside)
    }
}
