//! The closing of an institution: everything of an issuer but its private keys in one signed file
//! (`docs/BUNDLE.md`, *Bundles of institutions*), and answering for such an issuer from that file.
//!
//! What is personal stays out: no documents of certificates, no names, no hashes of holders, no
//! notes. A bundle says what its issuer said; it makes nothing true.

mod adopted;
mod archive;
mod bundle;
mod manifest;
mod row;
mod write;

pub use adopted::{Adopted, AdoptedIssuers};
pub use bundle::{InstitutionBundle, Source, adopted_file};
pub use manifest::{Manifest, Member, Succession};
pub use row::{RegisterRow, check_register, find_row};
pub use write::{Written, write};

use crate::issuance::IssueError;
use crate::model::Timestamp;
use crate::store::StoreError;

/// What `format` of a manifest says.
const FORMAT: &str = "bewijs-institution";
/// What `version` of a manifest says.
const VERSION: u32 = 1;
/// `typ` of the signature.
const TYP: &str = "bewijs-institution+jws";
/// The list of everything else.
const MANIFEST: &str = "manifest.json";
/// The signature over it.
const SIGNATURE: &str = "manifest.jws";
const KEYS: &str = "keys.json";
const REGISTER: &str = "register.jsonl";
const STATUS_LISTS: &str = "status-lists.json";

/// Why a bundle cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub enum InstitutionError {
    /// (client) The file is not of the documented shape.
    #[error("this is no bundle of an institution that can be read: {0}")]
    Malformed(String),
    /// (client) A member has other bytes than the manifest says.
    #[error("{path} in the bundle does not have the stated SHA-256 and length")]
    Digest {
        /// The member.
        path: String,
    },
    /// (client) The signature over the manifest is not right.
    #[error("the signature of the bundle is not right: {0}")]
    Signature(String),
    /// (client) Another key signed than the operator expects.
    #[error("the bundle is signed by key {found}, not by the expected one")]
    OtherKey {
        /// Thumbprint of the key that signed.
        found: String,
    },
    /// (client) The institution goes on: it says another thing tomorrow.
    #[error("the bundle is not a final one: the institution had not closed")]
    NotFinal,
    /// (client) It speaks for a moment that has not come.
    #[error("the bundle is dated {0}, which has not come yet")]
    NotYet(Timestamp),
    /// (operator) A file cannot be read or written.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// (operator) The desk.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// (operator) The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn malformed(detail: impl Into<String>) -> InstitutionError {
    InstitutionError::Malformed(detail.into())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
