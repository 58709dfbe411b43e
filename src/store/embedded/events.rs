//! Single events read back from the journal by their place, wherever its frames are kept.
//!
//! Of an event whose frame is blank, what a tombstone keeps is read instead. That is needed only
//! between a crash and the end of the replay that follows it; the tombstones are looked for then.

use super::super::StoreError;
use super::super::codec::{Body, Codec, event_of};
use super::super::event::Event;
use super::super::journal::scan::{FrameReader, Spot, Walked, segments, tombstones};
use super::super::state::Place;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Frames that are read one by one.
pub(in crate::store) trait SingleFrames: fmt::Debug + Send + Sync {
    /// The payload at this place, `None` if it was blanked.
    fn payload(&self, place: Place) -> Result<Option<Vec<u8>>, StoreError>;
    /// The tombstones behind this number that a replay did not come to yet, and where the search for
    /// them ended early: segment and offset.
    fn tombstones(&self, behind: u64) -> Result<Walked, StoreError>;
    /// Whether others blank frames meanwhile, so that what was not found may be there later.
    fn is_shared(&self) -> bool;
    /// Lets go of what is open.
    fn close(&self);
}

/// The frames of the segments of a journal.
#[derive(Debug)]
pub(in crate::store) struct FileFrames {
    reader: FrameReader,
    journal: PathBuf,
    /// Where the replay begins: what is blank and not known to be is named by a tombstone behind it.
    from: Spot,
}

impl FileFrames {
    pub(in crate::store) fn new(journal: &Path, from: Spot) -> Self {
        Self { reader: FrameReader::new(journal), journal: journal.to_path_buf(), from }
    }
}

impl SingleFrames for FileFrames {
    fn payload(&self, place: Place) -> Result<Option<Vec<u8>>, StoreError> {
        self.reader.payload(place)
    }

    fn tombstones(&self, _: u64) -> Result<Walked, StoreError> {
        tombstones(&self.journal, &segments(&self.journal)?, self.from)
            .map_err(|error| StoreError::Open(error.describe(&self.journal)))
    }

    fn is_shared(&self) -> bool {
        false
    }

    fn close(&self) {
        self.reader.close();
    }
}

/// Reads events of one journal.
#[derive(Debug)]
pub(in crate::store) struct Events {
    pub(super) frames: Arc<dyn SingleFrames>,
    /// What stands for blank frames, by number; read when the first one is met.
    kept: Mutex<Option<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    events: HashMap<u64, Event>,
    /// Of which nothing is left.
    void: HashSet<u64>,
    /// The last tombstone that was looked into.
    seen: u64,
    /// Segment and offset of a header that cannot be read: tombstones behind it are not found.
    stopped: Option<(u64, u64)>,
}

impl Kept {
    fn told(&self, sequence: u64) -> Option<Event> {
        let nothing = self.void.contains(&sequence).then_some(Event::Void {});
        self.events.get(&sequence).cloned().or(nothing)
    }
}

impl Events {
    pub(in crate::store) fn new(frames: Arc<dyn SingleFrames>) -> Self {
        Self { frames, kept: Mutex::default() }
    }

    /// The event with this number, which lies there; `None` when nothing of it is left.
    pub(super) fn event(&self, sequence: u64, place: Place) -> Result<Option<Event>, StoreError> {
        match self.single(sequence, place)? {
            None => self.kept(sequence),
            told => Ok(told),
        }
    }

    /// What came with the event that lies there.
    pub(super) fn body(&self, place: Place, codec: &Codec) -> Result<Body, StoreError> {
        let Some(payload) = self.frames.payload(place)? else { return Ok(None) };
        let corrupt = |_| StoreError::Corrupt {
            what: "journal frame",
            id: format!("{}:{}", place.segment, place.offset),
        };
        codec.body(&payload).map_err(corrupt)
    }

    /// The event there, without a look at tombstones.
    pub(super) fn single(&self, sequence: u64, place: Place) -> Result<Option<Event>, StoreError> {
        let Some(payload) = self.frames.payload(place)? else { return Ok(None) };
        let corrupt = |_| StoreError::Corrupt { what: "journal frame", id: sequence.to_string() };
        event_of(&payload).map(Some).map_err(corrupt)
    }

    /// What a tombstone keeps of this event.
    pub(super) fn kept(&self, sequence: u64) -> Result<Option<Event>, StoreError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = match kept.as_mut() {
            Some(known) => known,
            None => kept.insert(self.tombstones(Kept::default())?),
        };
        if self.frames.is_shared() && known.told(sequence).is_none() {
            *known = self.tombstones(std::mem::take(known))?;
        }
        Ok(known.told(sequence))
    }

    /// Where the search for tombstones ended early: segment and offset.
    pub(super) fn stopped(&self) -> Option<(u64, u64)> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().and_then(|kept| kept.stopped)
    }

    /// Adds what the tombstones say that were not seen yet.
    fn tombstones(&self, mut kept: Kept) -> Result<Kept, StoreError> {
        let (places, stopped) = self.frames.tombstones(kept.seen)?;
        kept.stopped = stopped;
        for (sequence, place) in places {
            kept.seen = kept.seen.max(sequence);
            // One that was purged is blank itself; a later one speaks for it.
            let Ok(Some(payload)) = self.frames.payload(place) else { continue };
            let Ok(mut told) = event_of(&payload) else { continue };
            for one in told.replaced_mut().into_iter().flat_map(std::mem::take) {
                match *one.kept {
                    // There may be very many of those.
                    Event::Void {} => _ = kept.void.insert(one.sequence),
                    left => _ = kept.events.insert(one.sequence, left),
                }
            }
        }
        Ok(kept)
    }

    /// The replay is over: from now on tombstones are found by the records they concern.
    pub(super) fn forget_kept(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
