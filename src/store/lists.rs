//! The working copies of status lists: which indexes are given out and which bits are set.
//!
//! It deliberately knows nothing of the signed form (Bitstring Status List 1.0); `status` makes
//! that.

use super::record::{IndexReservation, ReservationGuard, StatusListRecord, StatusListWork};
use super::register::hex;
use super::state::State;
use super::{
    StoreError,
    event::{ListCreated, ListSigned},
};
use crate::model::{Slug, StatusEntry, StatusPurpose, Timestamp};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Most bits a list may have: 2 MiB of memory for its two bitmaps.
const MOST_ENTRIES: u32 = 8 << 20;

impl State {
    /// The first list id that is not used yet.
    pub(super) fn unused_list_id(&self, purpose: StatusPurpose) -> String {
        let letter = match purpose {
            StatusPurpose::Revocation => 'r',
            StatusPurpose::Suspension => 's',
        };
        let id = (1..=u64::MAX)
            .map(|number| format!("{letter}{number}"))
            .find(|id| !self.lists.contains_key(id));
        id.expect("there are fewer lists than numbers")
    }

    /// The lists to be signed again, oldest first.
    pub(super) fn list_work(&self, until: Timestamp) -> Vec<StatusListWork> {
        let mut due: Vec<_> = self
            .lists
            .values()
            .filter(|list| {
                list.value.changes > list.value.signed_changes || list.value.valid_until < until
            })
            .collect();
        due.sort_unstable_by_key(|list| list.ordinal);
        due.into_iter().map(|list| list.value.work()).collect()
    }
}

/// A bitmap; index 0 is the most significant bit of byte 0, as in the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bits(pub(super) Vec<u8>);

impl Bits {
    pub(super) fn empty(entries: u32) -> Self {
        Self(vec![0; entries as usize / 8])
    }

    pub(super) fn is_set(&self, index: u32) -> bool {
        self.0.get(index as usize / 8).is_some_and(|byte| byte & mask(index) != 0)
    }

    pub(super) fn set(&mut self, index: u32, value: bool) {
        if let Some(byte) = self.0.get_mut(index as usize / 8) {
            if value {
                *byte |= mask(index);
            } else {
                *byte &= !mask(index);
            }
        }
    }

    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|byte| byte.count_ones()).sum()
    }
}

fn mask(index: u32) -> u8 {
    0x80 >> (index % 8)
}

/// A status list with its working copy.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) id: String,
    pub(super) issuer: Slug,
    pub(super) purpose: StatusPurpose,
    pub(super) entries: u32,
    /// Indexes given out.
    pub(super) given: Bits,
    pub(super) given_count: u32,
    /// The bits themselves.
    pub(super) bits: Bits,
    /// Counts changes of bits.
    pub(super) changes: u64,
    /// How many of those the signed form carries.
    pub(super) signed_changes: u64,
    pub(super) document: Arc<[u8]>,
    /// SHA-256 of the document, hex; made once, when the document comes.
    pub(super) sha256: Arc<str>,
    pub(super) signed_at: Timestamp,
    pub(super) valid_until: Timestamp,
}

impl List {
    pub(super) fn created(new: &ListCreated, document: Arc<[u8]>) -> Self {
        Self {
            id: new.id.clone(),
            issuer: new.issuer.clone(),
            purpose: new.purpose,
            entries: new.entries,
            given: Bits::empty(new.entries),
            given_count: 0,
            bits: Bits::empty(new.entries),
            changes: 0,
            signed_changes: 0,
            sha256: digest(&document),
            document,
            signed_at: new.signed_at,
            valid_until: new.valid_until,
        }
    }

    /// Takes a new signed form.
    pub(super) fn signed(&mut self, new: &ListSigned, document: Arc<[u8]>) {
        self.signed_changes = new.version;
        self.signed_at = new.signed_at;
        self.valid_until = new.valid_until;
        self.sha256 = digest(&document);
        self.document = document;
    }

    /// Whether a list of this size can be kept.
    pub(super) fn is_size(entries: u32) -> bool {
        (131_072..=MOST_ENTRIES).contains(&entries) && entries.is_multiple_of(8)
    }

    pub(super) fn give(&mut self, index: u32) {
        if !self.given.is_set(index) {
            self.given.set(index, true);
            self.given_count += 1;
        }
    }

    pub(super) fn set_bit(&mut self, index: u32, value: bool) {
        if self.bits.is_set(index) != value {
            self.bits.set(index, value);
            self.changes += 1;
        }
    }

    pub(super) fn record(&self) -> StatusListRecord {
        StatusListRecord {
            id: self.id.clone(),
            issuer: self.issuer.clone(),
            purpose: self.purpose,
            entries: self.entries,
            allocated: self.given_count,
            version: self.signed_changes,
            document: Arc::clone(&self.document),
            sha256: Arc::clone(&self.sha256),
            signed_at: self.signed_at,
            valid_until: self.valid_until,
        }
    }

    pub(super) fn work(&self) -> StatusListWork {
        StatusListWork {
            id: self.id.clone(),
            issuer: self.issuer.clone(),
            purpose: self.purpose,
            bits: self.bits.0.clone(),
            version: self.changes,
        }
    }
}

fn digest(document: &[u8]) -> Arc<str> {
    hex(&Sha256::digest(document)).into()
}

/// The indexes held by reservations, by list.
#[derive(Debug, Default)]
pub(super) struct Held(Arc<Mutex<HashMap<String, HashSet<u32>>>>);

impl Held {
    /// Draws a free index of the first of these lists that is less than half full.
    pub(super) fn reserve<'a>(
        &self,
        lists: impl Iterator<Item = &'a List>,
        draw: &mut dyn FnMut(u32) -> u32,
    ) -> Result<Option<IndexReservation>, StoreError> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for list in lists {
            let taken = held.entry(list.id.clone()).or_default();
            let used = list.given_count as usize + taken.len();
            if used >= list.entries as usize / 2 {
                continue;
            }
            let free = |index: u32| !list.given.is_set(index) && !taken.contains(&index);
            // More than half is free, so a draw misses less than every second time.
            let index = (0..64)
                .map(|_| draw(list.entries))
                .find(|index| *index < list.entries && free(*index))
                .or_else(|| (0..list.entries).find(|index| free(*index)))
                .expect("a list that is less than half full has a free index");
            taken.insert(index);
            let entry = StatusEntry { list: list.id.clone(), index, purpose: list.purpose };
            let guard = Hold { held: Arc::clone(&self.0), list: list.id.clone(), index };
            return Ok(Some(IndexReservation { entry, guard: Box::new(guard) }));
        }
        Ok(None)
    }
}

/// One index on hold. Once it is recorded the list itself keeps it, so both ends let go of it here.
#[derive(Debug)]
struct Hold {
    held: Arc<Mutex<HashMap<String, HashSet<u32>>>>,
    list: String,
    index: u32,
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = held.get_mut(&self.list) {
            taken.remove(&self.index);
        }
    }
}

impl ReservationGuard for Hold {
    fn used(self: Box<Self>) {}
}
