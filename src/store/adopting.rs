//! Records of adopted issuers: institutions that closed or merged, for which this installation
//! answers from the bundle that they left (`docs/BUNDLE.md`).
//!
//! The bundle itself is a file beside the store; what is recorded here pins it by its SHA-256.

use super::StoreError;
use super::record::OrganisationRecord;
use super::state::View;
use crate::model::{Slug, Timestamp};
use serde::{Deserialize, Serialize};

/// An issuer that left: what the operator took over, and on which word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptedRecord {
    /// Its name in addresses; no organisation of this installation has it.
    pub slug: Slug,
    /// `issuer.id` in its certificates.
    pub did: String,
    /// The public address under which it issued, without final slash.
    pub base_url: String,
    /// The moment for which its bundle speaks.
    pub as_of: Timestamp,
    /// SHA-256 of the bundle, hex.
    pub sha256: String,
    /// Length of the bundle in bytes.
    pub length: u64,
    /// Thumbprint of the key that signed the bundle.
    pub key: String,
    /// The operator had the thumbprint from elsewhere; else the file alone was believed.
    pub key_confirmed: bool,
    /// Since when this installation keeps it: the first adoption.
    pub since: Timestamp,
}

/// Whether an issuer may be adopted as this record says: `false` when that is done already.
///
/// A bundle whose key the operator knew takes the place of one that was believed on its own word,
/// never the other way round.
pub(super) fn decide_adoption(record: &AdoptedRecord, view: &View<'_>) -> Result<bool, StoreError> {
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    if view.state.organisations.contains_key(&record.slug) {
        return conflict("an organisation of this installation has this name");
    }
    let sealer =
        |of: &OrganisationRecord| of.sealer.as_ref().is_some_and(|sealer| sealer.id == record.did);
    if view.state.organisations.values().any(|organisation| sealer(organisation)) {
        return conflict("an issuer of this installation has this DID");
    }
    let others = view.state.adopted.values().filter(|other| other.slug != record.slug);
    if others.map(|other| &other.did).any(|did| *did == record.did) {
        return conflict("an issuer that is adopted under another name has this DID");
    }
    match view.state.adopted.get(&record.slug) {
        None => Ok(true),
        Some(known) if record.key_confirmed && !known.key_confirmed => Ok(true),
        Some(known) if known.did != record.did || known.base_url != record.base_url => {
            conflict("another adopted issuer has this name")
        }
        Some(known) if known.sha256 == record.sha256 => Ok(false),
        Some(known) if known.key_confirmed && !record.key_confirmed => {
            conflict("the bundle that is adopted has a key that was confirmed")
        }
        Some(known) if known.as_of > record.as_of => conflict("a newer bundle is adopted already"),
        Some(_) => Ok(true),
    }
}
