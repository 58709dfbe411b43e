//! Rows of matters: mails and concerns.
//!
//! Three rows each: the matter by its id, its place among those of its kind and issuer, and its
//! place among those about its credential. One that waits has a fourth, so that memory knows after
//! opening when it is due. Addresses and words are in none of them.

use super::super::concerns::ConcernRecord;
use super::super::mail::MailRecord;
use super::super::matters::{Kind, Matter, Order, RecentMatters, Stage, Subject};
use super::entry_rows::{FrameSpot, frame, spot};
use crate::model::{CredentialId, Slug, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

const BY_ID: u8 = b'i';
const ORDER: u8 = b'o';
const OF: u8 = b'p';
/// Those that wait.
pub(super) const DUE: u8 = b'd';

#[derive(Serialize, Deserialize)]
struct MatterRow {
    /// The number of the event that opened it.
    o: u64,
    s: SubjectRow,
    f: Vec<FrameSpot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    b: Option<FrameSpot>,
}

#[derive(Serialize, Deserialize)]
enum SubjectRow {
    #[serde(rename = "m")]
    Mail(MailRecord),
    #[serde(rename = "c")]
    Concern(ConcernRecord),
}

fn id_key(id: Uuid) -> Vec<u8> {
    [&[BY_ID][..], id.as_bytes()].concat()
}

/// The key of a place in the order; a slug has no NUL.
pub(super) fn order_key(kind: Kind, issuer: &Slug, ordinal: u64) -> Vec<u8> {
    let start = [ORDER, kind.letter()];
    [&start[..], issuer.as_str().as_bytes(), b"\0", &ordinal.to_be_bytes()].concat()
}

fn of_key(credential: CredentialId, ordinal: u64) -> Vec<u8> {
    [&[OF][..], credential.uuid().as_bytes(), &ordinal.to_be_bytes()].concat()
}

/// How the keys of everything about a credential begin.
pub(super) fn of_prefix(credential: CredentialId) -> Vec<u8> {
    [&[OF][..], credential.uuid().as_bytes()].concat()
}

fn due_key(id: Uuid) -> Vec<u8> {
    [&[DUE][..], id.as_bytes()].concat()
}

/// Every row that changed; `None` for one that goes.
pub(super) fn rows(recent: &RecentMatters, put: &mut dyn FnMut(Vec<u8>, Option<Vec<u8>>)) {
    for matter in &recent.left {
        let (kind, issuer, ordinal) = matter.order();
        put(id_key(matter.id()), None);
        put(order_key(kind, &issuer, ordinal), None);
        put(of_key(matter.credential(), ordinal), None);
        put(due_key(matter.id()), None);
    }
    for matter in recent.by_id.values().flatten() {
        let (id, (kind, issuer, ordinal)) = (matter.id(), matter.order());
        put(id_key(id), Some(matter_row(matter)));
        let place = [&[matter.stage().0][..], id.as_bytes()].concat();
        put(order_key(kind, &issuer, ordinal), Some(place));
        put(of_key(matter.credential(), ordinal), Some(id.as_bytes().to_vec()));
        let due = matter.due().map(|(at, _)| at.unix().to_be_bytes().to_vec());
        put(due_key(id), due);
    }
}

fn matter_row(matter: &Matter) -> Vec<u8> {
    let row = MatterRow {
        o: matter.ordinal,
        s: match &matter.subject {
            Subject::Mail(record) => SubjectRow::Mail(MailRecord::clone(record)),
            Subject::Concern(record) => SubjectRow::Concern(ConcernRecord::clone(record)),
        },
        f: matter.frames.iter().copied().map(spot).collect(),
        b: matter.body.map(spot),
    };
    serde_json::to_vec(&row).expect("a row of numbers and texts serialises")
}

/// The key of a matter, and the matter of a row.
pub(super) fn key_of(id: Uuid) -> Vec<u8> {
    id_key(id)
}

pub(super) fn read_matter(row: &[u8]) -> Option<Matter> {
    let MatterRow { o, s, f, b } = serde_json::from_slice(row).ok()?;
    let subject = match s {
        SubjectRow::Mail(record) => Subject::Mail(Arc::new(record)),
        SubjectRow::Concern(record) => Subject::Concern(Arc::new(record)),
    };
    let frames = f.into_iter().map(frame).collect();
    Some(Matter { ordinal: o, subject, frames, body: b.map(frame) })
}

/// The number, the id and the stage of a place in the order.
pub(super) fn read_place((kind, issuer): (Kind, &Slug), row: (&[u8], &[u8])) -> Option<Place> {
    let (key, value) = row;
    let start = order_key(kind, issuer, 0);
    let number = key.strip_prefix(&start[..start.len() - 8])?;
    let (stage, id) = value.split_first()?;
    let ordinal = u64::from_be_bytes(number.try_into().ok()?);
    Some((ordinal, Uuid::from_slice(id).ok()?, Stage(*stage)))
}

/// Number, id and stage.
pub(super) type Place = (u64, Uuid, Stage);

/// When the mail of such a row is due.
pub(super) fn read_due(key: &[u8], value: &[u8]) -> Option<(Timestamp, Uuid)> {
    let id = Uuid::from_slice(key.strip_prefix(&[DUE])?).ok()?;
    let at = i64::from_be_bytes(value.try_into().ok()?);
    Some((Timestamp::from_unix(at).ok()?, id))
}

/// What a row is about, for the report of a check.
pub(super) fn describe(key: &[u8]) -> String {
    match key.split_first() {
        Some((&(BY_ID | DUE), id)) => {
            Uuid::from_slice(id).map_or_else(|_| "of an odd key".to_owned(), |id| id.to_string())
        }
        _ => format!("hash {:08x}", crc32c::crc32c(key)),
    }
}

/// The order of a matter, for a scan.
pub(super) fn range(kind: Kind, issuer: &Slug, first: u64) -> std::ops::RangeInclusive<Vec<u8>> {
    let (kind, issuer, last): Order = (kind, issuer.clone(), u64::MAX);
    order_key(kind, &issuer, first)..=order_key(kind, &issuer, last)
}
