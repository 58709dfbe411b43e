//! The revocation list of older badges, `1EdTechRevocationList` (Open Badges 3.0; deprecated there
//! in favour of Bitstring Status Lists): plain JSON that names what is withdrawn.
//!
//! It is not signed. What it says rests on the connection to the address that the signed credential
//! names, and on naming the same issuer. It is read, never written.

use super::conformance::is_url;
use super::problem;
use super::remembered::sha256_hex;
use super::status_check::{Bit, Lists, MAX_AGE, MAX_LIST_BYTES, Unusable, unusable};
use crate::canon::json::{self, JsonLimits};
use serde_json::Value;

/// The `type` of its entries.
pub(super) const TYPE: &str = "1EdTechRevocationList";

impl Lists<'_, '_> {
    /// Whether the list at this address names the credential.
    pub(super) fn withdrawn(&self, url: &str) -> Result<Bit, Unusable> {
        let retrieval = |detail: String| Box::new(problem::status_retrieval(detail));
        let Some(credential) = self.credential else {
            return Err(unusable("A credential without id cannot stand in a revocation list."));
        };
        let fetched = match self.evidence.status_list(url) {
            None => return Err(retrieval("More status lists than are asked for.".to_owned())),
            Some(answer) => answer.map_err(|error| {
                retrieval(format!("The revocation list could not be had: {error}."))
            })?,
        };
        let limits = JsonLimits { max_bytes: MAX_LIST_BYTES, max_depth: self.max_depth };
        let list = json::parse(&fetched.bytes, &limits)
            .map_err(|error| unusable(&format!("The list cannot be read: {error}.")))?;
        self.evidence.record("revocation-list", url, sha256_hex(&fetched.bytes), &fetched);
        if list.get("id").and_then(Value::as_str) != Some(url) {
            return Err(unusable("The list bears another id than its address."));
        }
        if super::securing::issuer_id(&list) != Some(self.issuer) {
            return Err(unusable("The list has another issuer than the credential."));
        }
        let named = match list.get("revokedCredential") {
            None => &[],
            Some(Value::Array(all)) => all.as_slice(),
            Some(_) => return Err(unusable("revokedCredential is no list.")),
        };
        let mut set = false;
        for entry in named {
            let Some(id) = entry.get("id").and_then(Value::as_str).filter(|id| is_url(id)) else {
                return Err(unusable("An entry of the list names no credential."));
            };
            match entry.get("revoked") {
                None | Some(Value::Bool(true)) => set |= id == credential,
                Some(Value::Bool(false)) => {}
                Some(_) => return Err(unusable("revoked is neither true nor false.")),
            }
        }
        let age = self.evidence.now.unix().saturating_sub(fetched.fetched_at.unix());
        let old = fetched.stale || age > MAX_AGE;
        Ok(Bit { set, stale: old.then_some(fetched.fetched_at) })
    }
}
