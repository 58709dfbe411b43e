//! Replaying the journal into a read model, and cutting off the end that a crash left.
//!
//! Recovery is the normal path: every opening replays what the read model does not contain. What
//! cannot be repaired without losing something acknowledged is an error that says where.

use super::super::StoreError;
use super::super::codec::Codec;
use super::super::decide::{Decision, NO_RECORDS, decide};
use super::super::event::Event;
use super::super::journal::frame::SEGMENT_HEADER;
use super::super::journal::scan::{Frame, Frames, ScanError, segments, was_durable};
use super::super::journal::{Position, segment_path, sync_directory};
use super::super::matters::frames_about;
use super::super::register::Model;
use super::super::state::{Place, State, View};
use super::archive::Settled;
use super::blanking::{Blanks, blank_all};
use super::events::Events;
use super::layout::Layout;
use super::opening::Repair;
use super::read_model::{Checkpoint, ReadModel};
use super::settler::{SETTLE_AT, Settler};
use std::collections::HashSet;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Replays the journal into a read model.
pub(in crate::store) struct Replay {
    pub(in crate::store) settler: Settler,
    pub(in crate::store) codec: Codec,
    journal: PathBuf,
    segments: Vec<u64>,
    /// Up to where it was replayed.
    pub(in crate::store) at: Position,
    pub(super) events: Arc<Events>,
    /// Frames that tombstones named, to be blank when all is replayed.
    blank: Blanks,
    /// Frames about matters that were not there: those that told of them were made blank, and a
    /// crash came before these were.
    stray: Vec<(u64, Place)>,
    /// A mail whose issuance is to be the next event.
    prelude: Option<Prelude>,
    /// Whether those are made blank; a check changes nothing.
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
        let codec = Codec::default();
        for dictionary in state.dictionaries.values() {
            codec.learn(&dictionary.bytes);
        }
        let at = state.end;
        let segments = segments(&journal)?;
        if at.sequence > 0 && !segments.contains(&at.segment) {
            return Err(StoreError::Open(format!(
                "{} is missing, but acknowledged events stood in it; restore it from a backup",
                segment_path(&journal, at.segment).display()
            )));
        }
        let read_model = Arc::new(read_model);
        let events = Arc::new(Events::new(&journal, (at.segment, at.offset)));
        let (rows, told) = (Arc::clone(&read_model), Arc::clone(&events));
        let archive = Box::new(Settled { read_model: rows, events: told });
        let model = Arc::new(Model::new(state, archive));
        let settler = Settler { model, read_model, checkpoint };
        Ok(Self {
            settler,
            codec,
            journal,
            segments,
            at,
            events,
            blank: Blanks::default(),
            stray: Vec::new(),
            prelude: None,
            finishing: false,
        })
    }

    /// Replays every frame there is, and shows each.
    pub(in crate::store) fn run(
        &mut self,
        show: &mut dyn FnMut(&Frame, &Event, &Codec),
    ) -> Result<(), Stopped> {
        let mut frames = Frames::from(&self.journal, &self.segments, self.at);
        loop {
            let next = match (frames.next(), self.prelude.take()) {
                (Ok(None), Some(alone)) => Err(self.torn_at(&alone, alone.frame.place.segment)),
                (Err(ScanError::Bad { segment, last: true, .. }), Some(alone)) => {
                    Err(self.torn_at(&alone, segment))
                }
                (next, prelude) => {
                    self.prelude = prelude;
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
            let sequence = frame.header.sequence;
            let (event, body) = match &frame.payload {
                Some(payload) => self.codec.decode(payload).map_err(|error| {
                    StoreError::Open(format!(
                        "event {} of the journal: {error}",
                        frame.header.sequence
                    ))
                })?,
                None => match self.events.kept(frame.header.sequence)? {
                    Some(event) => (event, None),
                    None => {
                        let (segment, offset) = (frame.place.segment, frame.place.offset);
                        self.at = Position { segment, offset, ..self.at };
                        let last = self.segments.last() == Some(&segment);
                        let what = "the payload is blank and no tombstone says so";
                        if let Some((segment, offset)) = self.events.stopped() {
                            // More than that is wrong: a frame further on.
                            let (what, last) = ("the header of a frame cannot be read", false);
                            let bad = ScanError::Bad { segment, offset, what, last };
                            return Err(Stopped::Scan(bad));
                        }
                        return Err(Stopped::Scan(ScanError::Bad { segment, offset, what, last }));
                    }
                },
            };
            if let (Event::Dictionary { .. }, Some(bytes)) = (&event, &body) {
                self.codec.learn(bytes);
            }
            show(&frame, &event, &self.codec);
            let contradicts = |error: &dyn fmt::Display| {
                StoreError::Open(format!(
                    "event {} of the journal contradicts those before it: {error}",
                    sequence
                ))
            };
            let mut state = self.settler.model.write();
            let view = View { state: &state, archive: self.settler.model.archive.as_ref() };
            let before = self.prelude.take();
            match (&event, &before) {
                (Event::MailQueued { record, .. }, None)
                    if view.entry(record.credential)?.is_none() =>
                {
                    self.prelude = Some(Prelude { frame, event });
                    continue;
                }
                (_, Some(before)) if !before.is_of(&event) => {
                    return Err(contradicts(&"a mail came with another issuance").into());
                }
                _ => {}
            }
            let decision = decide(&event, &view).map_err(|error| contradicts(&error))?;
            if matches!(decision, Decision::Nothing) && frame.payload.is_some() {
                self.stray.extend(event.is_of_matter().then_some((sequence, frame.place)));
            }
            self.blank.add(named_frames(&event, &decision, &state, &self.stray));
            if let Some(Prelude { frame, event }) = before {
                state.apply(frame.header.sequence, &event, NO_RECORDS, frame.place, None);
            }
            state.apply(frame.header.sequence, &event, decision, frame.place, body.as_ref());
            state.end = frame.end;
            self.at = frame.end;
            let much = state.recent.size() >= SETTLE_AT;
            drop(state);
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
        self.events.forget_kept();
        Ok(self.at)
    }

    /// Finishes the erasures that were replayed. Nothing is settled before, or a crash would leave
    /// them as they are.
    fn blank_named(&mut self) -> Result<(), StoreError> {
        if self.finishing {
            blank_all(&self.journal, &self.blank).map_err(StoreError::Open)?;
            self.blank = Blanks::default();
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

/// A mail that was queued, before the issuance it came with.
#[derive(Debug)]
struct Prelude {
    frame: Frame,
    event: Event,
}

impl Prelude {
    fn is_of(&self, event: &Event) -> bool {
        match (&self.event, event) {
            (Event::MailQueued { record: mail, .. }, Event::Issued { record, mail: named, .. }) => {
                mail.credential == record.id && *named == Some(mail.id)
            }
            _ => false,
        }
    }
}

/// What is wrong with a prelude that nothing follows.
const ALONE: &str = "a mail without the issuance it came with";

/// What a tombstone takes away; a crash may have come before it was blank.
fn named_frames(
    event: &Event,
    decision: &Decision,
    state: &State,
    stray: &[(u64, Place)],
) -> Blanks {
    let (Some(replaced), Decision::Happens(became, matters)) = (event.replaced(), decision) else {
        return Blanks::default();
    };
    let named: HashSet<u64> = replaced.iter().map(|one| one.sequence).collect();
    let mut about = frames_about(event, became, matters, state);
    about.extend(stray);
    about.retain(|(sequence, _)| named.contains(sequence));
    Blanks::of(event, about)
}
