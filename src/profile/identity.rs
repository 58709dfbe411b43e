//! The identity hash of Open Badges 3.0 (IdentityObject, IdentityHash): pseudonymous, not
//! anonymous, and compared in constant time. The legacy algorithm `md5` is never written and never
//! matched.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use subtle::ConstantTimeEq;

/// `sha256$` and the lower-case hex digits of SHA-256 over identity and salt, as they are given.
/// Before hashing an address, trim and lower-case it first.
pub fn hash_identity(identity: &str, salt: &str) -> String {
    let digest = Sha256::new().chain_update(identity).chain_update(salt).finalize();
    digest.iter().fold(String::from("sha256$"), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// An address as it is hashed: without spaces around it, in lower case.
pub(super) fn normalised(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Whether an IdentityObject is about this identity, as typed or in lower case. A hash of another
/// algorithm than SHA-256 never matches.
pub fn identity_matches(identity_object: &Value, identity: &str) -> bool {
    let text = |name: &str| identity_object.get(name).and_then(Value::as_str);
    let Some(expected) = text("identityHash") else { return false };
    let hashed = identity_object.get("hashed").and_then(Value::as_bool);
    let typed = identity.trim();
    let lower = normalised(identity);
    match hashed {
        Some(true) => {
            let salt = text("salt").unwrap_or_default();
            let matches = |identity: &str| {
                equal(&hash_identity(identity, salt), &expected.to_ascii_lowercase())
            };
            matches(typed) | matches(&lower)
        }
        Some(false) => equal(expected, typed) | equal(expected, &lower),
        None => false,
    }
}

/// Whether a credential is about the person with this e-mail address: `None` when it carries no
/// address to compare with, which is never a pass.
pub fn recipient_matches(credential: &Value, email: &str) -> Option<bool> {
    let identifiers = credential.get("credentialSubject")?.get("identifier")?;
    let one = std::slice::from_ref(identifiers);
    let all = identifiers.as_array().map_or(one, Vec::as_slice);
    let mut addresses = all
        .iter()
        .filter(|id| id.get("identityType").and_then(Value::as_str) == Some("emailAddress"))
        .peekable();
    addresses.peek()?;
    Some(addresses.fold(false, |found, id| found | identity_matches(id, email)))
}

fn equal(a: &str, b: &str) -> bool {
    a.len() == b.len() && bool::from(a.as_bytes().ct_eq(b.as_bytes()))
}
