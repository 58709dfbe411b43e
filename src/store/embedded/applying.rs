//! Applying frames that are recorded already, in their order: those of a replay, and those that
//! another node wrote.
//!
//! It deliberately does not know where they come from, and blanks none.

use super::super::StoreError;
use super::super::codec::Codec;
use super::super::decide::{Decision, NO_RECORDS, decide};
use super::super::event::Event;
use super::super::journal::scan::Frame;
use super::super::matters::frames_about;
use super::super::register::Model;
use super::super::state::{Place, State, View};
use super::archive::Settled;
use super::blanking::Blanks;
use super::events::{Events, SingleFrames};
use super::read_model::{Checkpoint, ReadModel};
use super::settler::Settler;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

/// Makes recorded events happen.
pub(in crate::store) struct Applying {
    pub(in crate::store) model: Arc<Model>,
    pub(in crate::store) codec: Arc<Codec>,
    pub(in crate::store) events: Arc<Events>,
    /// Frames that tombstones named.
    pub(in crate::store) blank: Blanks,
    /// Frames about matters that were not there: those that told of them were made blank, and a
    /// crash came before these were.
    stray: Vec<(u64, Place)>,
    /// A mail whose issuance is to be the next event.
    pub(in crate::store) prelude: Option<Prelude>,
}

/// What became of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Applied {
    /// It happened.
    Done,
    /// It is told of together with the next one.
    Waits,
    /// Nothing did: it is blank, and no tombstone says so.
    Unnamed,
}

/// A mail that was queued, before the issuance it came with.
#[derive(Debug)]
pub(in crate::store) struct Prelude {
    pub(super) frame: Frame,
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

impl Applying {
    /// Starts with what a read model contains; the frames behind that are still to come.
    pub(in crate::store) fn prepare(
        state: State,
        read_model: ReadModel,
        checkpoint: Checkpoint,
        frames: Arc<dyn SingleFrames>,
    ) -> (Self, Settler) {
        let codec = Codec::default();
        for dictionary in state.dictionaries.values() {
            codec.learn(&dictionary.bytes);
        }
        let read_model = Arc::new(read_model);
        let events = Arc::new(Events::new(frames));
        let (rows, told) = (Arc::clone(&read_model), Arc::clone(&events));
        let archive = Box::new(Settled { read_model: rows, events: told });
        let model = Arc::new(Model::new(state, archive));
        let settler = Settler { model: Arc::clone(&model), read_model, checkpoint };
        let applying = Self {
            model,
            codec: Arc::new(codec),
            events,
            blank: Blanks::default(),
            stray: Vec::new(),
            prelude: None,
        };
        (applying, settler)
    }

    /// Applies the next frame, and shows it.
    pub(in crate::store) fn apply(
        &mut self,
        frame: Frame,
        show: &mut dyn FnMut(&Frame, &Event, &Codec),
    ) -> Result<Applied, StoreError> {
        let sequence = frame.header.sequence;
        let (event, body) = match &frame.payload {
            Some(payload) => self.codec.decode(payload).map_err(|error| {
                StoreError::Open(format!("event {sequence} of the journal: {error}"))
            })?,
            None => match self.events.kept(sequence)? {
                Some(event) => (event, None),
                None => return Ok(Applied::Unnamed),
            },
        };
        if let (Event::Dictionary { .. }, Some(bytes)) = (&event, &body) {
            self.codec.learn(bytes);
        }
        show(&frame, &event, &self.codec);
        let contradicts = |error: &dyn fmt::Display| {
            StoreError::Open(format!(
                "event {sequence} of the journal contradicts those before it: {error}"
            ))
        };
        // Nobody else applies anything meanwhile, so what is decided here still holds below.
        let state = self.model.read();
        let view = View { state: &state, archive: self.model.archive.as_ref() };
        let before = self.prelude.take();
        match (&event, &before) {
            (Event::MailQueued { record, .. }, None)
                if view.entry(record.credential)?.is_none() =>
            {
                drop(state);
                self.prelude = Some(Prelude { frame, event });
                return Ok(Applied::Waits);
            }
            (_, Some(before)) if !before.is_of(&event) => {
                return Err(contradicts(&"a mail came with another issuance"));
            }
            _ => {}
        }
        let decision = decide(&event, &view).map_err(|error| contradicts(&error))?;
        if matches!(decision, Decision::Nothing) && frame.payload.is_some() {
            self.stray.extend(event.is_of_matter().then_some((sequence, frame.place)));
        }
        self.blank.add(named_frames(&event, &decision, &state, &self.stray));
        drop(state);
        let mut state = self.model.write();
        if let Some(Prelude { frame, event }) = before {
            state.apply(frame.header.sequence, &event, NO_RECORDS, frame.place, None);
        }
        state.apply(sequence, &event, decision, frame.place, body.as_ref());
        state.end = frame.end;
        Ok(Applied::Done)
    }
}

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
