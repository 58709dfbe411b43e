//! Blanking: which frames a tombstone names, and making them blank.
//!
//! A tombstone is durable before anything is blanked, so that a crash in between is finished by the
//! next opening. It deliberately decides nothing about what is erased.

use super::super::StoreError;
use super::super::codec::event_of;
use super::super::erasing;
use super::super::event::{Event, Replaced};
use super::super::journal::scan::blank;
use super::super::journal::sync_directory;
use super::super::state::Place;
use super::events::Events;
use super::layout::SET_ASIDE;
use crate::model::CredentialId;
use std::path::Path;

/// What a tombstone takes away.
#[derive(Debug, Default)]
pub(in crate::store) struct Blanks {
    /// Frames, by number.
    pub(in crate::store) frames: Vec<(u64, Place)>,
    /// Whether what was set aside goes, too: nobody knows what it tells of whom.
    pub(in crate::store) aside: bool,
}

impl Blanks {
    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    pub(super) fn add(&mut self, more: Self) {
        self.frames.extend(more.frames);
        self.aside |= more.aside;
    }

    /// What an event takes away.
    pub(super) fn of(event: &Event, frames: Vec<(u64, Place)>) -> Self {
        let aside = matches!(
            event,
            Event::Erased { .. } | Event::Purged { .. } | Event::ConcernForgotten { .. }
        );
        Self { aside: aside && !frames.is_empty(), frames }
    }
}

/// What is left of an event when another one is erased.
type Left = fn(Event, CredentialId) -> Option<Event>;

/// Completes a tombstone: names every one of these frames that goes, with what is left of it.
pub(super) fn name_frames(
    event: &mut Event,
    frames: Vec<(u64, Place)>,
    events: &Events,
) -> Result<Blanks, StoreError> {
    let (id, left): (_, Left) = match event {
        Event::Erased { credential, .. } => (*credential, erasing::erased),
        Event::Purged { credential, .. } => (*credential, erasing::purged),
        Event::MailDone { credential, .. } => (*credential, erasing::mail_done),
        Event::ConcernForgotten { credential, .. } => (*credential, erasing::words_gone),
        _ => return Ok(Blanks::default()),
    };
    let mut going = Vec::new();
    let mut named = Vec::new();
    for (sequence, place) in frames {
        let Some(payload) = events.frames.payload(place)? else { continue };
        let corrupt = |_| StoreError::Corrupt { what: "journal frame", id: sequence.to_string() };
        let mut told = event_of(&payload).map_err(corrupt)?;
        let before = told.replaced_mut().map(std::mem::take).unwrap_or_default();
        let Some(kept) = left(told, id) else { continue };
        named.push(Replaced { sequence, kept: Box::new(kept) });
        going.push((sequence, place));
        // That tombstone goes, so this one speaks for the frames that are blank already.
        for Replaced { sequence, kept } in before {
            let kept = left(Event::clone(&kept), id).map_or(kept, Box::new);
            named.push(Replaced { sequence, kept });
        }
    }
    if let Some(replaced) = event.replaced_mut() {
        *replaced = named;
    }
    Ok(Blanks::of(event, going))
}

/// Blanks these frames, and empties what was set aside if it is to go: ends of the journal that were
/// never acknowledged and read models that were damaged.
pub(super) fn blank_all(
    journal: &Path,
    frames: &[(u64, Place)],
    aside: bool,
) -> Result<(), String> {
    blank(journal, frames).map_err(|error| error.to_string())?;
    if !aside {
        return Ok(());
    }
    let Some(aside) = journal.parent().map(|directory| directory.join(SET_ASIDE)) else {
        return Ok(());
    };
    let entries = match std::fs::read_dir(&aside) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    for entry in entries {
        let entry = entry.map_err(|error| error.to_string())?;
        let path = entry.path();
        let gone =
            if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        gone.map_err(|error| error.to_string())?;
    }
    sync_directory(&aside).map_err(|error| error.to_string())
}
