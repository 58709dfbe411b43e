//! The states of a certificate and its places in status lists.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a status list says (Bitstring Status List 1.0, `statusPurpose`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusPurpose {
    /// Cannot be undone.
    Revocation,
    /// Can be lifted; only where the issuer opted in (decision D7).
    Suspension,
}

impl StatusPurpose {
    /// The word of the standard.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
        }
    }
}

impl fmt::Display for StatusPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A certificate's place in one status list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StatusEntry {
    /// The list's id, the last segment of `{base}/status/{list}`.
    pub list: String,
    /// The bit.
    pub index: u32,
    /// What the bit means.
    pub purpose: StatusPurpose,
}

/// The register's state of a certificate. Time decides about expiry, so it is not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialState {
    /// Released, nothing else applies.
    Valid,
    /// Temporarily not to be used.
    Suspended,
    /// Withdrawn for good.
    Revoked,
    /// Corrected by a successor; its revocation bit is set too.
    Superseded,
}
