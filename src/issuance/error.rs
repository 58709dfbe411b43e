//! Why the desk did not do it, and who is at fault.

use crate::keys::KeyError;
use crate::model::{AwardFault, Date, DefinitionFault, FieldError, Scope};
use crate::store::StoreError;

/// Why nothing was issued or changed. Unless a variant says otherwise, nothing was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// (client) No such issuer, or an organisation that does not seal.
    #[error("no such issuer")]
    UnknownIssuer,
    /// (client) The content is wrong; every fault at once.
    #[error("the content is not acceptable: {} faults", .0.len())]
    Invalid(Vec<FieldError>),
    /// (client) A request with this idempotency key is being handled.
    #[error("a request with this idempotency key is being handled")]
    InFlight,
    /// (client) The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    IdempotencyMismatch,
    /// (client) What the idempotency key led to was erased; it is not issued again.
    #[error("what this idempotency key led to was erased")]
    Erased,
    /// (client) The issuer closed: it issues nothing and changes no status.
    #[error("the issuer closed")]
    Closed,
    /// (client) Only what was erased can be purged.
    #[error("the certificate was not erased")]
    NotErased,
    /// (client) The retention period is not over.
    #[error("the retention period is not over")]
    Retained {
        /// The first day after it; `None` beyond the calendar.
        until: Option<Date>,
    },
    /// (client) No such certificate of this issuer.
    #[error("no such certificate")]
    NotFound,
    /// (client) A revocation cannot be undone or repeated.
    #[error("the certificate is revoked for good")]
    RevocationFinal,
    /// (client) The certificate carries no suspension entry.
    #[error("the issuer has not switched suspension on")]
    SuspensionNotEnabled,
    /// (client) An organisation that the client may not change has this name.
    #[error("the name is taken")]
    NameTaken,
    /// (client) The change needs another right.
    #[error("the scope {0} is needed")]
    ScopeNeeded(Scope),
    /// (client) It contradicts what is recorded.
    #[error("conflict: {0}")]
    Conflict(String),
    /// (operator) The rendition needs a key that the issuer does not have.
    #[error("issuer {issuer} has no active key for {algorithm} tokens: {remedy}")]
    NoTokenKey {
        /// The issuer.
        issuer: String,
        /// The algorithm that the settings ask for.
        algorithm: &'static str,
        /// What the operator can do.
        remedy: String,
    },
    /// (operator) The issuer has no active Ed25519 key, so it can sign nothing.
    #[error("issuer {issuer} has no active Ed25519 key: make one, or activate another issuer")]
    NoActiveKey {
        /// The issuer.
        issuer: String,
    },
    /// (operator) The change is recorded, but the list that tells it is not signed yet; it will be
    /// as soon as it can be.
    #[error("the change is recorded, but status list {list} is not signed yet: {cause}")]
    NotPublished {
        /// The list.
        list: String,
        /// Why.
        cause: Box<IssueError>,
    },
    /// (us) What was built is not a document that may be signed.
    #[error("the document built may not be signed: {detail}")]
    Unsound {
        /// The rule and the place, without content.
        detail: String,
    },
    /// (us) Too much work is waiting; try again.
    #[error("too much work is waiting")]
    Busy,
    /// (operator) The vault.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// (operator) The key did not sign.
    #[error("signing failed: {0}")]
    Signing(String),
    /// (operator) The store.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for IssueError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(_) => Self::NotFound,
            StoreError::Conflict(what) => Self::Conflict(what),
            StoreError::ChangedMeanwhile(_) => Self::Conflict(error.to_string()),
            StoreError::RevocationFinal => Self::RevocationFinal,
            StoreError::SuspensionNotEnabled => Self::SuspensionNotEnabled,
            StoreError::Busy => Self::Busy,
            StoreError::IdempotencyKeyTaken => Self::InFlight,
            StoreError::CertificateNumberTaken => Self::Invalid(vec![number_taken()]),
            StoreError::VersionFrozen(_) => {
                Self::Invalid(vec![FieldError::at("", DefinitionFault::VersionFrozen)])
            }
            StoreError::Unavailable { .. } | StoreError::Corrupt { .. } | StoreError::Open(_) => {
                Self::Store(error)
            }
        }
    }
}

fn number_taken() -> FieldError {
    FieldError::at("/certificateNumber", AwardFault::CertificateNumberTaken)
}
