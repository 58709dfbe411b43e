//! What a list says of an entry (Bitstring Status List 1.0, section 3.2, Validate Algorithm).
//!
//! The numbers are the standard's steps. Fetching the list and verifying its proofs (steps 2 and
//! 3) happen before, elsewhere.

use super::entry::StatusEntryView;
use super::problem::{length, malformed, range, verification};
use super::{Bitstring, BitstringError, MAXIMUM_BYTES, MINIMUM_ENTRIES};
use crate::model::{Problem, Timestamp};
use serde_json::Value;

/// What a list says of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusValue {
    /// The value at the index; 0 or 1 for a size of one bit.
    pub status: u32,
    /// The entry's message for this value, if it has one.
    pub message: Option<String>,
}

impl StatusValue {
    /// Whether anything is set: for `revocation`, revoked.
    pub fn is_set(&self) -> bool {
        self.status != 0
    }
}

/// A list credential whose proof was verified, expanded once for many look-ups.
#[derive(Clone, Debug)]
pub struct StatusList {
    id: Option<String>,
    purposes: Vec<String>,
    bits: Bitstring,
}

impl StatusList {
    /// Reads and expands a list credential.
    pub fn open(list: &Value) -> Result<Self, Problem> {
        if !has_type(list, "BitstringStatusListCredential") {
            return Err(verification("the document is no BitstringStatusListCredential"));
        }
        let id = match list.get("id") {
            None => None,
            Some(Value::String(id)) => Some(id.clone()),
            Some(_) => return Err(malformed("/id", "the list's id must be a URL")),
        };
        let subject = list
            .get("credentialSubject")
            .filter(|subject| subject.is_object())
            .ok_or_else(|| malformed("/credentialSubject", "the list has one subject object"))?;
        if !has_type(subject, "BitstringStatusList") {
            return Err(verification("the list's subject is no BitstringStatusList"));
        }
        let purposes = match subject.get("statusPurpose") {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(some)) => {
                some.iter().filter_map(|p| p.as_str().map(str::to_owned)).collect()
            }
            _ => {
                let detail = "statusPurpose is missing";
                return Err(malformed("/credentialSubject/statusPurpose", detail));
            }
        };
        // 5, 6. Expand.
        let pointer = "/credentialSubject/encodedList";
        let encoded = subject
            .get("encodedList")
            .and_then(Value::as_str)
            .ok_or_else(|| malformed(pointer, "encodedList must be a string"))?;
        let bits = Bitstring::decode(encoded, MAXIMUM_BYTES).map_err(|error| match error {
            BitstringError::TooLarge { .. } => verification(error.to_string()),
            BitstringError::Encoding | BitstringError::Compression => {
                malformed(pointer, error.to_string())
            }
        })?;
        Ok(Self { id, purposes, bits })
    }

    /// What the list says of `entry`.
    pub fn value(&self, entry: &StatusEntryView) -> Result<StatusValue, Problem> {
        // An `id` is optional; where there is one, it names the place that was asked.
        if self.id.as_ref().is_some_and(|id| *id != entry.list) {
            return Err(verification("the list has another id than the entry names"));
        }
        // 4. The purpose is equal to, or among, the list's.
        if !self.purposes.contains(&entry.purpose) {
            return Err(verification("the list has another statusPurpose than the entry"));
        }
        // 7. Long enough to hide in.
        let size = u64::from(entry.size);
        if self.bits.bits() / size < u64::from(MINIMUM_ENTRIES) {
            return Err(length(format!("a list has at least {MINIMUM_ENTRIES} entries")));
        }
        // 8, 9. The value at the index.
        let first = entry.index.checked_mul(size).ok_or_else(outside)?;
        let mut status = 0;
        for offset in 0..size {
            let at = first.checked_add(offset).ok_or_else(outside)?;
            status = status << 1 | u32::from(self.bits.get(at).ok_or_else(outside)?);
        }
        let message = entry.messages.iter().find(|(value, _)| *value == status);
        Ok(StatusValue { status, message: message.map(|(_, text)| text.clone()) })
    }

    /// How many bits it holds.
    pub fn bits(&self) -> u64 {
        self.bits.bits()
    }
}

/// Looks up `entry` in a list credential whose proof was verified.
pub fn check_list(list: &Value, entry: &StatusEntryView) -> Result<StatusValue, Problem> {
    StatusList::open(list)?.value(entry)
}

/// Whether the list may be used now: a list from before `validFrom` or past `validUntil` says
/// nothing about today.
pub fn check_list_period(list: &Value, now: Timestamp) -> Result<(), Problem> {
    let moment = |member: &str| match list.get(member) {
        None => Ok(None),
        Some(value) => value
            .as_str()
            .and_then(|text| text.parse::<Timestamp>().ok())
            .map(Some)
            .ok_or_else(|| malformed(&format!("/{member}"), format!("{member} is no moment"))),
    };
    if moment("validFrom")?.is_some_and(|from| now < from) {
        return Err(verification("the list is not valid yet"));
    }
    if moment("validUntil")?.is_some_and(|until| until < now) {
        return Err(verification("the list is too old to be used"));
    }
    Ok(())
}

fn outside() -> Problem {
    range("statusListIndex lies outside the list")
}

fn has_type(object: &Value, name: &str) -> bool {
    match object.get("type") {
        Some(Value::String(one)) => one == name,
        Some(Value::Array(some)) => some.iter().any(|t| t.as_str() == Some(name)),
        _ => false,
    }
}
