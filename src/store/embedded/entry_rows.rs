//! Rows of single credentials, endorsed requests and certificate numbers.
//!
//! sled never gives room back for certain, so nothing about a person enters it: a row says where in
//! the journal a record stands and what became of it since; whose it is, the case number, remarks
//! and requests are read from the journal, where they can be blanked.

use super::super::StoreError;
use super::super::erasing::bare;
use super::super::event::Event;
use super::super::holding::ShareMark;
use super::super::record::{
    IdempotencyRecord, IssuedRecord, ReasonCode, Registration, Rendition, Visibility,
};
use super::super::state::{Entry, Place, Used, request_key, request_of};
use super::events::Events;
use crate::model::{CredentialId, CredentialState, Date, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::Arc;

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Spot(u64, u64, u32);

impl From<Place> for Spot {
    fn from(place: Place) -> Self {
        Self(place.segment, place.offset, place.length)
    }
}

impl From<Spot> for Place {
    fn from(Spot(segment, offset, length): Spot) -> Self {
        Self { segment, offset, length }
    }
}

pub(super) type FrameSpot = (u64, Spot);

pub(super) fn spot((sequence, place): (u64, Place)) -> FrameSpot {
    (sequence, place.into())
}

pub(super) fn frame((sequence, spot): FrameSpot) -> (u64, Place) {
    (sequence, spot.into())
}

#[derive(Serialize, Deserialize)]
struct EntryRow {
    /// The number of the event that recorded it.
    o: u64,
    /// Where its document lies, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    p: Option<Spot>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    t: Vec<(Rendition, Spot)>,
    /// The frames about it but the one at `p`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    f: Vec<FrameSpot>,
    s: CredentialState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    c: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    w: Option<ReasonCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    b: Option<CredentialId>,
    v: Visibility,
    /// It was purged later on, so that it never had a number or a request here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    h: bool,
    /// The day of its registration, and when that was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    g: Option<(Date, Timestamp)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    e: Option<Timestamp>,
    /// Where the note, the reference and the tombstone stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    m: Option<FrameSpot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x: Option<FrameSpot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    z: Option<FrameSpot>,
    /// Where the holder's link, consent and first visit stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    l: Option<FrameSpot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<FrameSpot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    d: Option<FrameSpot>,
    /// The shared links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    k: Vec<ShareRow>,
}

/// Number, frame, end, and end before its time.
type ShareRow = (u32, FrameSpot, Timestamp, Option<Timestamp>);

fn share_row(mark: &ShareMark) -> ShareRow {
    (mark.number, spot(mark.frame), mark.expires, mark.revoked)
}

fn read_share((number, spot, expires, revoked): ShareRow) -> ShareMark {
    ShareMark { number, frame: frame(spot), expires, revoked }
}

/// The row of a credential.
pub(super) fn entry_row(entry: &Entry) -> Vec<u8> {
    let record = &entry.record;
    let here = (entry.ordinal, entry.place);
    let row = EntryRow {
        o: entry.ordinal,
        p: (!entry.place.is_nowhere()).then(|| entry.place.into()),
        t: entry.renditions.iter().map(|(form, place)| (*form, (*place).into())).collect(),
        f: entry.frames.iter().copied().filter(|frame| *frame != here).map(spot).collect(),
        s: record.state,
        c: record.state_since,
        w: record.reason,
        b: record.replaced_by,
        v: record.visibility,
        h: record.certificate_number.is_empty() && !entry.orphaned,
        g: record.registration.as_ref().map(|noted| (noted.on, noted.at)),
        e: record.erased,
        m: entry.note.map(spot),
        x: entry.reference.map(spot),
        l: entry.claim.map(spot),
        n: entry.consent.map(spot),
        d: entry.claimed.map(spot),
        k: entry.shares.iter().map(share_row).collect(),
        z: entry.tombstone.map(spot),
    };
    serde_json::to_vec(&row).expect("a row of numbers and texts serialises")
}

/// The credential of a row, with what the journal says of it; `None` when they do not agree.
pub(super) fn read_entry(
    id: CredentialId,
    row: &[u8],
    events: &Events,
) -> Result<Option<Entry>, StoreError> {
    let Ok(row) = serde_json::from_slice::<EntryRow>(row) else { return Ok(None) };
    let place = row.p.map_or_else(Place::default, Place::from);
    let tombstone = row.z.map(frame);
    let Some((mut record, used)) = as_issued(id, row.o, place, tombstone, events)? else {
        return Ok(None);
    };
    let number_is_gone = record.certificate_number.is_empty();
    record.state = row.s;
    record.state_since = row.c;
    record.reason = row.w;
    record.replaced_by = row.b;
    record.visibility = row.v;
    record.erased = row.e;
    let (note, reference) = (row.m.map(frame), row.x.map(frame));
    if let Some((sequence, place)) = note
        && let Some(Event::Status { change }) = events.event(sequence, place)?
    {
        record.note = change.note;
    }
    if let Some((on, at)) = row.g {
        let mut noted = None;
        if let Some((sequence, place)) = reference
            && let Some(Event::Registered { registration, .. }) = events.event(sequence, place)?
        {
            noted = registration.reference;
        }
        record.registration = Some(Registration { reference: noted, on, at });
    }
    let claim = row.l.map(frame);
    if let Some((sequence, place)) = claim
        && let Some(Event::ClaimLink { claim, .. }) = events.event(sequence, place)?
    {
        record.claim = Some(claim);
    }
    let consent = row.n.map(frame);
    if let Some((sequence, place)) = consent
        && let Some(Event::Visibility { consent, .. }) = events.event(sequence, place)?
    {
        record.consent = consent;
    }
    let claimed = row.d.map(frame);
    if let Some((sequence, place)) = claimed
        && let Some(Event::Claimed { origin, .. }) = events.event(sequence, place)?
    {
        record.claimed = Some(origin.at);
    }
    let mut frames: Vec<_> = row.f.into_iter().map(frame).collect();
    if !place.is_nowhere() {
        frames.insert(0, (row.o, place));
    }
    Ok(Some(Entry {
        record: Arc::new(record),
        ordinal: row.o,
        place,
        renditions: row.t.into_iter().map(|(form, spot)| (form, spot.into())).collect(),
        frames,
        note,
        reference,
        claim,
        consent,
        claimed,
        shares: row.k.into_iter().map(read_share).collect(),
        tombstone,
        request: used.as_ref().and_then(request_key),
        orphaned: number_is_gone && !row.h,
    }))
}

/// The record as it was when it was issued, or what an erasure left of that.
fn as_issued(
    id: CredentialId,
    sequence: u64,
    place: Place,
    tombstone: Option<(u64, Place)>,
    events: &Events,
) -> Result<Option<(IssuedRecord, Option<IdempotencyRecord>)>, StoreError> {
    let mut told = match tombstone {
        None => events.event(sequence, place)?,
        Some((number, place)) => match events.event(number, place)? {
            Some(Event::Erased { replaced, .. }) => {
                replaced.into_iter().find(|one| one.sequence == sequence).map(|one| *one.kept)
            }
            _ => None,
        },
    };
    if told.is_none() {
        told = events.kept(sequence)?;
    }
    Ok(match told {
        Some(Event::Issued { record, idempotency, .. }) if record.id == id => {
            Some((*record, idempotency.map(|used| *used)))
        }
        Some(Event::Bare { credential, issuer, kind, issued_at, status, replaces, request })
            if credential == id =>
        {
            let request = request.as_deref().and_then(request_of);
            let used = request.map(|hashed| Used::erased(&hashed, id, issued_at).record);
            Some((bare(id, &issuer, kind, issued_at, &status, replaces), used))
        }
        _ => None,
    })
}

#[derive(Serialize, Deserialize)]
struct UsedRow {
    c: CredentialId,
    a: Timestamp,
    /// The event it came with; absent when that was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    f: Option<FrameSpot>,
}

/// The row of a used idempotency key.
pub(super) fn used_row(used: &Used) -> Vec<u8> {
    let Used { record, frame } = used;
    let row = UsedRow { c: record.credential, a: record.at, f: frame.map(spot) };
    serde_json::to_vec(&row).expect("a row of numbers and texts serialises")
}

/// The used key of a row.
pub(super) fn read_used(
    hashed: &[u8; 32],
    row: &[u8],
    events: &Events,
) -> Result<Option<IdempotencyRecord>, StoreError> {
    let Ok(row) = serde_json::from_slice::<UsedRow>(row) else { return Ok(None) };
    let erased = || Some(Used::erased(hashed, row.c, row.a).record);
    let Some((sequence, place)) = row.f.map(frame) else { return Ok(erased()) };
    Ok(match events.event(sequence, place)? {
        Some(Event::Issued { idempotency, .. } | Event::Endorsed { idempotency, .. }) => {
            idempotency.map(|used| *used)
        }
        Some(Event::Bare { .. }) => erased(),
        _ => None,
    })
}

/// Whether a row of the numbers or the requests is that of one of these.
pub(super) fn is_of(tree: usize, row: &[u8], ids: &HashSet<CredentialId>) -> bool {
    let id = match tree {
        1 => super::rows::read_id(row),
        _ => serde_json::from_slice::<UsedRow>(row).ok().map(|used| used.c),
    };
    id.is_some_and(|id| ids.contains(&id))
}

/// The key of a certificate number: a hash, since a number may tell of whom it is.
pub(super) fn number_row_key(key: &[u8]) -> Vec<u8> {
    Sha256::digest(key).to_vec()
}
