//! Replaying the journal into a read model, and cutting off the end that a crash left.
//!
//! Recovery is the normal path: every opening replays what the read model does not contain. What
//! cannot be repaired without losing something acknowledged is an error that says where.

use super::super::StoreError;
use super::super::codec::Codec;
use super::super::event::Event;
use super::super::journal::frame::SEGMENT_HEADER;
use super::super::journal::scan::{Frame, Frames, ScanError, segments, was_durable};
use super::super::journal::{Position, segment_path, sync_directory};
use super::super::state::Place;
use super::applying::{Applied, Applying, Prelude};
use super::blanking::{Blanks, blank_all};
use super::events::FileFrames;
use super::layout::Layout;
use super::opening::Repair;
use super::read_model::{Checkpoint, ReadModel};
use super::settler::{SETTLE_AT, Settler};
use std::fs::{File, OpenOptions};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Replays the journal into a read model.
pub(in crate::store) struct Replay {
    pub(in crate::store) settler: Settler,
    pub(super) applying: Applying,
    journal: PathBuf,
    segments: Vec<u64>,
    /// Up to where it was replayed.
    pub(in crate::store) at: Position,
    /// Whether frames that tombstones name are made blank; a check changes nothing.
    finishing: bool,
}

/// Why a replay stopped.
#[derive(Debug)]
pub(in crate::store) enum Stopped {
    /// The journal cannot be read on.
    Scan(ScanError),
    /// The store cannot go on.
    Store(StoreError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Replay {
    /// Starts where the checkpoint ends.
    pub(in crate::store) fn prepare(
        journal: PathBuf,
        read_model: ReadModel,
        checkpoint: Checkpoint,
    ) -> Result<Self, StoreError> {
        let state = read_model.load(&checkpoint)?;
        let at = state.end;
        let segments = segments(&journal)?;
        if at.sequence > 0 && !segments.contains(&at.segment) {
            return Err(StoreError::Open(format!(
                "{} is missing, but acknowledged events stood in it; restore it from a backup",
                segment_path(&journal, at.segment).display()
            )));
        }
        let frames = FileFrames::new(&journal, (at.segment, at.offset));
        let (applying, settler) =
            Applying::prepare(state, read_model, checkpoint, Arc::new(frames));
        Ok(Self { settler, applying, journal, segments, at, finishing: false })
    }

    /// Replays every frame there is, and shows each.
    pub(in crate::store) fn run(
        &mut self,
        show: &mut dyn FnMut(&Frame, &Event, &Codec),
    ) -> Result<(), Stopped> {
        let mut frames = Frames::from(&self.journal, &self.segments, self.at);
        loop {
            let next = match (frames.next(), self.applying.prelude.take()) {
                (Ok(None), Some(alone)) => Err(self.torn_at(&alone, alone.frame.place.segment)),
                (Err(ScanError::Bad { segment, last: true, .. }), Some(alone)) => {
                    Err(self.torn_at(&alone, segment))
                }
                (next, prelude) => {
                    self.applying.prelude = prelude;
                    next
                }
            };
            if matches!(next, Ok(None)) {
                // An empty last segment is the end, too.
                self.at = frames.at();
            }
            if let Err(ScanError::Bad { offset, what, .. }) = &next
                && *offset >= SEGMENT_HEADER as u64
                && *what != ALONE
            {
                // The segment stays, cut at this offset.
                self.at = frames.at();
            }
            let Some(frame) = next.map_err(Stopped::Scan)? else { break };
            let (place, end) = (frame.place, frame.end);
            match self.applying.apply(frame, show)? {
                Applied::Unnamed => {
                    let Place { segment, offset, .. } = place;
                    self.at = Position { segment, offset, ..self.at };
                    let last = self.segments.last() == Some(&segment);
                    let what = "the payload is blank and no tombstone says so";
                    if let Some((segment, offset)) = self.applying.events.stopped() {
                        // More than that is wrong: a frame further on.
                        let (what, last) = ("the header of a frame cannot be read", false);
                        let bad = ScanError::Bad { segment, offset, what, last };
                        return Err(Stopped::Scan(bad));
                    }
                    return Err(Stopped::Scan(ScanError::Bad { segment, offset, what, last }));
                }
                Applied::Waits => continue,
                Applied::Done => self.at = end,
            }
            let much = self.settler.model.read().recent.size() >= SETTLE_AT;
            if much {
                self.blank_named()?;
                self.settler.settle()?;
            }
        }
        Ok(())
    }

    /// A mail without the issuance it came with is the end that a crash left: they are written
    /// together. Gives what is wrong, if it is in this segment, and goes back to before it.
    fn torn_at(&mut self, alone: &Prelude, segment: u64) -> ScanError {
        let Place { segment: own, offset, .. } = alone.frame.place;
        let header = &alone.frame.header;
        let (sequence, link) = (header.sequence - 1, header.previous);
        self.at = Position { segment: own, offset, sequence, link };
        ScanError::Bad { segment: own, offset, what: ALONE, last: own == segment }
    }

    /// Replays to the end, finishes erasures, and cuts off what a crash left.
    pub(super) fn finish(
        &mut self,
        layout: &Layout,
        repairs: &mut Vec<Repair>,
    ) -> Result<Position, StoreError> {
        self.finishing = true;
        match self.run(&mut |_, _, _| ()) {
            Ok(()) => {}
            Err(Stopped::Store(error)) => return Err(error),
            Err(Stopped::Scan(error)) => self.cut(layout, &error, repairs)?,
        }
        self.blank_named()?;
        if !self.settler.model.read().recent.orphans.is_empty() {
            self.settler.settle()?;
        }
        self.applying.events.forget_kept();
        Ok(self.at)
    }

    /// Finishes the erasures that were replayed. Nothing is settled before, or a crash would leave
    /// them as they are.
    fn blank_named(&mut self) -> Result<(), StoreError> {
        if self.finishing {
            let Blanks { frames, aside } = std::mem::take(&mut self.applying.blank);
            blank_all(&self.journal, &frames, aside).map_err(StoreError::Open)?;
        }
        Ok(())
    }

    /// Whether this is how a crash leaves the end of a journal: what is faulty was never
    /// acknowledged.
    pub(in crate::store) fn is_torn_end(&self, error: &ScanError) -> io::Result<bool> {
        let ScanError::Bad { segment, offset, last: true, .. } = error else { return Ok(false) };
        let path = segment_path(&self.journal, *segment);
        // A segment's header is synced before anything is written behind it.
        if *offset < SEGMENT_HEADER as u64 && path.metadata()?.len() > SEGMENT_HEADER as u64 {
            return Ok(false);
        }
        Ok(!was_durable(&path, *offset, self.at.sequence + 1)?)
    }

    fn cut(
        &self,
        layout: &Layout,
        error: &ScanError,
        repairs: &mut Vec<Repair>,
    ) -> Result<(), StoreError> {
        let described = error.describe(&self.journal);
        let damage = || {
            StoreError::Open(format!(
                "the journal is damaged: {described}; restore this segment from a backup"
            ))
        };
        let failed = |error: io::Error| layout.failed("cannot cut the end of its journal", &error);
        let ScanError::Bad { segment, offset, what, .. } = error else {
            return Err(damage());
        };
        if !self.is_torn_end(error).map_err(failed)? {
            return Err(damage());
        }
        let path = segment_path(&self.journal, *segment);
        let header = *offset < SEGMENT_HEADER as u64;
        let kept = layout.set_aside("journal-end").map_err(failed)?;
        let bytes = std::fs::read(&path).map_err(failed)?;
        let from = usize::try_from(*offset).unwrap_or(usize::MAX).min(bytes.len());
        std::fs::write(&kept, &bytes[from..]).map_err(failed)?;
        File::open(&kept).and_then(|file| file.sync_all()).map_err(failed)?;
        if header {
            std::fs::remove_file(&path).map_err(failed)?;
        } else {
            let file = OpenOptions::new().write(true).open(&path).map_err(failed)?;
            file.set_len(*offset).and_then(|()| file.sync_all()).map_err(failed)?;
        }
        sync_directory(&self.journal).map_err(failed)?;
        let (offset, what) = (*offset, (*what).to_owned());
        repairs.push(Repair::TornEnd { segment: path, offset, what, kept });
        Ok(())
    }
}

/// What is wrong with a prelude that nothing follows.
const ALONE: &str = "a mail without the issuance it came with";
