//! Records of endorsements: credentials about a definition or about another credential (Open Badges
//! 3.0, EndorsementCredential).

use super::record::{IdempotencyRecord, IndexReservation, Origin, ReasonCode};
use crate::model::{CredentialId, CredentialState, DefinitionRef, Slug, StatusEntry, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is endorsed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndorsementTarget {
    /// A definition version.
    Definition(DefinitionRef),
    /// A credential.
    Credential(CredentialId),
}

/// What the register knows of an endorsement, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndorsementRecord {
    /// Last segment of its address; never that of an issued credential.
    pub id: CredentialId,
    /// Who sealed it.
    pub endorser: Slug,
    /// What it endorses.
    pub target: EndorsementTarget,
    /// `validFrom`.
    pub issued_at: Timestamp,
    /// Only if an end date was set.
    pub valid_until: Option<Timestamp>,
    /// SHA-256 of the signed bytes, hex.
    pub sha256: String,
    /// Length of the signed bytes.
    pub length: u32,
    /// SHA-256, hex, of each context it was signed with, in order.
    pub context_digests: Vec<String>,
    /// Thumbprint of the key that signed it.
    pub key: String,
    /// Its places in status lists; the first is revocation.
    pub status: Vec<StatusEntry>,
    /// Its state now.
    pub state: CredentialState,
    /// When the state last changed.
    pub state_since: Option<Timestamp>,
    /// Why; private.
    pub reason: Option<ReasonCode>,
    /// Remark on the last change; private.
    pub note: Option<String>,
}

/// A signed endorsement to be recorded.
#[derive(Debug)]
pub struct NewEndorsement {
    /// What the register is to know.
    pub record: EndorsementRecord,
    /// The exact signed bytes.
    pub document: Arc<[u8]>,
    /// Status indexes held for it, in the order of `record.status`; used up by recording.
    pub reservations: Vec<IndexReservation>,
    /// The request's idempotency key.
    pub idempotency: Option<IdempotencyRecord>,
    /// By whom and when.
    pub origin: Origin,
}
