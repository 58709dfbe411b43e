//! Status lists of the conformance issuer (Bitstring Status List 1.0): one for each of its keys and
//! each purpose, kept in memory. A restart forgets which bits were set; suites make their own.

use crate::model::{StatusPurpose, Timestamp};
use crate::status::{Bitstring, MINIMUM_ENTRIES, StatusListFacts, list_credential};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// For how long a signed list may be used, in seconds.
const VALIDITY: i64 = 3_600;
/// A list is signed anew when it has less than this left, in seconds.
const MARGIN: i64 = 1_800;
/// For how long a reader may keep a list, in milliseconds: not at all.
const TTL: u64 = 0;
/// Entries of one credential.
const MOST_ENTRIES: usize = 4;
pub(super) const PURPOSES: [StatusPurpose; 2] =
    [StatusPurpose::Revocation, StatusPurpose::Suspension];

/// A place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Which list: twice the number of the key, and one more for suspensions.
    pub(super) list: usize,
    pub(super) index: u32,
}

/// All lists of an issuer.
pub(super) struct Lists {
    base: String,
    lists: Vec<List>,
    by_id: HashMap<String, Vec<Spot>>,
}

struct List {
    bits: Bitstring,
    given: u32,
    signed: Option<(Arc<[u8]>, Timestamp)>,
}

impl Lists {
    /// Empty lists for so many keys, below this public address without final slash.
    pub(super) fn new(base: &str, keys: usize) -> Self {
        let empty = || List { bits: Bitstring::new(MINIMUM_ENTRIES), given: 0, signed: None };
        let lists = std::iter::repeat_with(empty).take(keys * PURPOSES.len()).collect();
        Self { base: base.trim_end_matches('/').to_owned(), lists, by_id: HashMap::new() }
    }

    /// The last segment of a list's address.
    fn name(list: usize) -> String {
        let purpose = PURPOSES[list % PURPOSES.len()].as_str();
        format!("conformance-{}-{purpose}", list / PURPOSES.len())
    }

    pub(super) fn url(&self, list: usize) -> String {
        format!("{}/status/{}", self.base, Self::name(list))
    }

    /// The list with this last segment.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        (0..self.lists.len()).find(|list| Self::name(*list) == name)
    }

    /// The list at this address.
    pub(super) fn at(&self, url: &str) -> Option<usize> {
        (0..self.lists.len()).find(|list| self.url(*list) == url)
    }

    /// Completes each entry of the credential that asks for a place: of this type, with a purpose
    /// and nothing else that would name one. Says which places these are; they are not given out
    /// before [`Self::give`].
    pub(super) fn complete(&self, credential: &mut Value, key: usize) -> Option<Vec<Spot>> {
        let mut spots: Vec<Spot> = Vec::new();
        let entries = match credential.get_mut("credentialStatus") {
            Some(Value::Array(entries)) => entries.as_mut_slice(),
            Some(entry @ Value::Object(_)) => std::slice::from_mut(entry),
            _ => return Some(spots),
        };
        for entry in entries {
            let Some(members) = entry.as_object() else { continue };
            let asks = members.get("type").is_some_and(|kind| kind == "BitstringStatusListEntry")
                && !members.contains_key("statusListIndex")
                && !members.contains_key("statusListCredential");
            let purpose = members.get("statusPurpose").and_then(Value::as_str);
            let purpose = PURPOSES.iter().position(|known| purpose == Some(known.as_str()));
            let (true, Some(purpose)) = (asks, purpose) else { continue };
            let list = key * PURPOSES.len() + purpose;
            let taken = spots.iter().filter(|spot| spot.list == list).count();
            let index = self.lists.get(list)?.given.checked_add(u32::try_from(taken).ok()?)?;
            if index >= MINIMUM_ENTRIES || spots.len() >= MOST_ENTRIES {
                return None;
            }
            let url = self.url(list);
            if !members.contains_key("id") {
                entry["id"] = format!("{url}#{index}").into();
            }
            entry["statusListIndex"] = index.to_string().into();
            entry["statusListCredential"] = url.into();
            spots.push(Spot { list, index });
        }
        Some(spots)
    }

    /// Gives these places out to the credential with this id.
    pub(super) fn give(&mut self, id: Option<&str>, spots: Vec<Spot>) {
        for spot in &spots {
            if let Some(list) = self.lists.get_mut(spot.list) {
                list.given = list.given.max(spot.index + 1);
            }
        }
        if let (Some(id), false) = (id, spots.is_empty()) {
            self.by_id.entry(id.to_owned()).or_default().extend(spots);
        }
    }

    /// The places of the credential with this id.
    pub(super) fn of(&self, id: &str) -> &[Spot] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// Sets or clears a bit.
    pub(super) fn set(&mut self, spot: Spot, value: bool) {
        if let Some(list) = self.lists.get_mut(spot.list) {
            list.bits.set(u64::from(spot.index), value);
            list.signed = None;
        }
    }

    /// The entry of a place, as it stands in credentials.
    pub(super) fn entry(&self, spot: Spot) -> Value {
        json!({
            "type": "BitstringStatusListEntry",
            "statusPurpose": PURPOSES[spot.list % PURPOSES.len()].as_str(),
            "statusListIndex": spot.index.to_string(),
            "statusListCredential": self.url(spot.list),
        })
    }

    /// A list as it was signed, when that is of use still.
    pub(super) fn signed(&self, list: usize, now: Timestamp) -> Option<Arc<[u8]>> {
        let (document, until) = self.lists.get(list)?.signed.as_ref()?;
        (*until > now.plus_seconds(MARGIN)).then(|| Arc::clone(document))
    }

    /// A list to be signed, and until when that may be used.
    pub(super) fn unsigned(
        &self,
        list: usize,
        issuer: &str,
        now: Timestamp,
    ) -> Option<(Value, Timestamp)> {
        let valid_until = now.plus_seconds(VALIDITY);
        let url = self.url(list);
        let facts = StatusListFacts {
            url: &url,
            issuer,
            purpose: PURPOSES[list % PURPOSES.len()],
            valid_from: now,
            valid_until,
            ttl: TTL,
        };
        Some((list_credential(&facts, &self.lists.get(list)?.bits), valid_until))
    }

    pub(super) fn keep(&mut self, list: usize, document: Arc<[u8]>, until: Timestamp) {
        if let Some(list) = self.lists.get_mut(list) {
            list.signed = Some((document, until));
        }
    }
}
