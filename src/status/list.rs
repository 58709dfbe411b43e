//! The list as a credential, unsigned (Bitstring Status List 1.0, section 2.2).

use super::Bitstring;
use crate::model::{StatusPurpose, Timestamp};
use serde_json::{Value, json};

/// What a list credential says besides its bits.
#[derive(Clone, Copy, Debug)]
pub struct StatusListFacts<'a> {
    /// The list's address, which is its `id`.
    pub url: &'a str,
    /// The DID that issues both the list and the credentials on it.
    pub issuer: &'a str,
    /// What a set bit means.
    pub purpose: StatusPurpose,
    /// When it is signed.
    pub valid_from: Timestamp,
    /// From when on it is too old to be used.
    pub valid_until: Timestamp,
    /// How long a reader may keep it, in milliseconds.
    pub ttl: u64,
}

/// The unsigned list credential: one purpose as a single string, one bit per entry.
pub fn list_credential(facts: &StatusListFacts<'_>, bits: &Bitstring) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": facts.url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": facts.issuer,
        "validFrom": facts.valid_from,
        "validUntil": facts.valid_until,
        "credentialSubject": {
            "id": format!("{}#list", facts.url),
            "type": "BitstringStatusList",
            "statusPurpose": facts.purpose.as_str(),
            "encodedList": bits.encode(),
            "ttl": facts.ttl,
        },
    })
}
