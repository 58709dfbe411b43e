//! Single events read back from the journal by their place.
//!
//! Of an event whose frame is blank, what a tombstone keeps is read instead. That is needed only
//! between a crash and the end of the replay that follows it; the tombstones are looked for then.

use super::super::StoreError;
use super::super::codec::event_of;
use super::super::event::Event;
use super::super::journal::scan::{FrameReader, segments, tombstones};
use super::super::state::Place;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Reads events of one journal.
#[derive(Debug)]
pub(in crate::store) struct Events {
    pub(super) frames: FrameReader,
    journal: PathBuf,
    /// What stands for blank frames, by number; read when the first one is met.
    kept: Mutex<Option<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    events: HashMap<u64, Event>,
    /// Segment and offset of a header that cannot be read: tombstones behind it are not found.
    stopped: Option<(u64, u64)>,
}

impl Events {
    pub(super) fn new(journal: &Path) -> Self {
        let frames = FrameReader::new(journal);
        Self { frames, journal: journal.to_path_buf(), kept: Mutex::default() }
    }

    /// The event with this number, which lies there; `None` when nothing of it is left.
    pub(super) fn event(&self, sequence: u64, place: Place) -> Result<Option<Event>, StoreError> {
        match self.single(sequence, place)? {
            None => self.kept(sequence),
            told => Ok(told),
        }
    }

    /// The same without a look at tombstones.
    pub(super) fn single(&self, sequence: u64, place: Place) -> Result<Option<Event>, StoreError> {
        let Some(payload) = self.frames.payload(place)? else { return Ok(None) };
        let corrupt = |_| StoreError::Corrupt { what: "journal frame", id: sequence.to_string() };
        event_of(&payload).map(Some).map_err(corrupt)
    }

    /// What a tombstone keeps of this event.
    pub(super) fn kept(&self, sequence: u64) -> Result<Option<Event>, StoreError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Kept { events, .. } = match kept.as_mut() {
            Some(known) => known,
            None => kept.insert(self.tombstones()?),
        };
        Ok(events.get(&sequence).cloned())
    }

    /// Where the search for tombstones ended early: segment and offset.
    pub(super) fn stopped(&self) -> Option<(u64, u64)> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().and_then(|kept| kept.stopped)
    }

    fn tombstones(&self) -> Result<Kept, StoreError> {
        let mut events = HashMap::new();
        let (places, stopped) = tombstones(&self.journal, &segments(&self.journal)?)
            .map_err(|error| StoreError::Open(error.describe(&self.journal)))?;
        for place in places {
            // One that was purged is blank itself; a later one speaks for it.
            let Ok(Some(payload)) = self.frames.payload(place) else { continue };
            if let Ok(Event::Erased { replaced, .. } | Event::Purged { replaced, .. }) =
                event_of(&payload)
            {
                events.extend(replaced.into_iter().map(|one| (one.sequence, *one.kept)));
            }
        }
        Ok(Kept { events, stopped })
    }

    /// The replay is over: from now on tombstones are found by the records they concern.
    pub(super) fn forget_kept(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
