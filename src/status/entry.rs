//! Reading a `BitstringStatusListEntry` (Bitstring Status List 1.0, section 2.1).
//!
//! It takes every purpose and size the standard allows; which of them matter is the reader's.

use super::problem::malformed;
use crate::model::Problem;
use serde_json::{Map, Value};

/// A status entry of some credential, well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusEntryView {
    /// `id`, if any; never the list's address.
    pub id: Option<String>,
    /// `statusPurpose`: `revocation`, `suspension`, `refresh`, `message` or another.
    pub purpose: String,
    /// `statusListIndex`; an index too large for any list is [`u64::MAX`].
    pub index: u64,
    /// `statusListCredential`: the list's address.
    pub list: String,
    /// `statusSize`: bits per entry, 1 to 16.
    pub size: u8,
    /// `statusMessage`: value and message, one for each of the `2^size` values; empty for size 1
    /// without messages.
    pub messages: Vec<(u32, String)>,
}

impl StatusEntryView {
    /// Reads an entry; a member that the standard does not allow is MALFORMED_VALUE_ERROR with its
    /// pointer inside the entry.
    pub fn parse(entry: &Value) -> Result<Self, Problem> {
        let entry =
            entry.as_object().ok_or_else(|| malformed("", "a status entry is an object"))?;
        let typed = match entry.get("type") {
            Some(Value::String(one)) => one == "BitstringStatusListEntry",
            Some(Value::Array(some)) => some.iter().any(|t| t == "BitstringStatusListEntry"),
            _ => false,
        };
        if !typed {
            return Err(malformed("/type", "type must be BitstringStatusListEntry"));
        }
        let purpose = text(entry, "statusPurpose")?.to_owned();
        if purpose.is_empty() {
            return Err(malformed("/statusPurpose", "statusPurpose must not be empty"));
        }
        let index = index(text(entry, "statusListIndex")?)?;
        let list = text(entry, "statusListCredential")?.to_owned();
        if url::Url::parse(&list).is_err() {
            return Err(malformed("/statusListCredential", "statusListCredential must be a URL"));
        }
        let id = match entry.get("id") {
            None => None,
            Some(Value::String(id)) if *id == list => {
                return Err(malformed("/id", "id must not be the address of the list"));
            }
            Some(Value::String(id)) if url::Url::parse(id).is_ok() => Some(id.clone()),
            Some(_) => return Err(malformed("/id", "id must be a URL")),
        };
        let size = match entry.get("statusSize") {
            None => 1,
            Some(size) => size
                .as_u64()
                .and_then(|size| u8::try_from(size).ok())
                .filter(|size| (1..=16).contains(size))
                .ok_or_else(|| malformed("/statusSize", "statusSize must be from 1 to 16"))?,
        };
        let messages = messages(entry.get("statusMessage"), size)?;
        Ok(Self { id, purpose, index, list, size, messages })
    }
}

fn text<'a>(entry: &'a Map<String, Value>, member: &str) -> Result<&'a str, Problem> {
    entry
        .get(member)
        .and_then(Value::as_str)
        .ok_or_else(|| malformed(&format!("/{member}"), format!("{member} must be a string")))
}

fn index(text: &str) -> Result<u64, Problem> {
    if text.is_empty() || text.len() > 64 || !text.bytes().all(|b| b.is_ascii_digit()) {
        let detail = "statusListIndex must be a whole number of 0 or more in base 10, as a string";
        return Err(malformed("/statusListIndex", detail));
    }
    // What does not fit lies outside every list; the range check says so.
    Ok(text.parse().unwrap_or(u64::MAX))
}

fn messages(value: Option<&Value>, size: u8) -> Result<Vec<(u32, String)>, Problem> {
    let wrong = |detail| malformed("/statusMessage", detail);
    let Some(value) = value else {
        return if size == 1 {
            Ok(Vec::new())
        } else {
            Err(wrong("statusMessage is required when statusSize is more than 1"))
        };
    };
    let list = value.as_array().ok_or_else(|| wrong("statusMessage must be an array"))?;
    if list.len() != 1_usize << size {
        return Err(wrong("statusMessage must have an entry for each value of statusSize bits"));
    }
    let mut seen = vec![false; list.len()];
    let mut messages = Vec::with_capacity(list.len());
    for message in list {
        let value = message
            .get("status")
            .and_then(Value::as_str)
            .and_then(|status| status.strip_prefix("0x"))
            .filter(|digits| (1..=4).contains(&digits.len()))
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .filter(|value| (*value as usize) < seen.len())
            .ok_or_else(|| wrong("status must be 0x and a value that fits statusSize"))?;
        let text = message
            .get("message")
            .and_then(Value::as_str)
            .ok_or_else(|| wrong("message must be a string"))?;
        if std::mem::replace(&mut seen[value as usize], true) {
            return Err(wrong("each status value has one message"));
        }
        messages.push((value, text.to_owned()));
    }
    Ok(messages)
}
