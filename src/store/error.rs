//! What can go wrong in a store, and who is at fault.

/// Why the store could not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// (client) There is no such record.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// (client) It contradicts what is recorded.
    #[error("conflict: {0}")]
    Conflict(String),
    /// (client) It is not any more what the change is based on.
    #[error("the {0} was changed meanwhile")]
    ChangedMeanwhile(&'static str),
    /// (client) Another certificate of this issuer has this number.
    #[error("the certificate number is taken")]
    CertificateNumberTaken,
    /// (client) The idempotency key was used meanwhile.
    #[error("the idempotency key was used by another request")]
    IdempotencyKeyTaken,
    /// (client) Published versions do not change.
    #[error("{0} is published with other content")]
    VersionFrozen(String),
    /// (client) A revocation cannot be undone or repeated.
    #[error("the certificate is revoked for good")]
    RevocationFinal,
    /// (client) The certificate carries no suspension entry.
    #[error("the issuer has not switched suspension on")]
    SuspensionNotEnabled,
    /// (us) Too much work is waiting; try again.
    #[error("the store is busy")]
    Busy,
    /// (operator) Storage cannot be written or read now. With `unknown_outcome` the write may have
    /// happened.
    #[error("storage is unavailable: {cause}")]
    Unavailable {
        /// What failed, for the log.
        cause: String,
        /// Whether the write may have happened.
        unknown_outcome: bool,
    },
    /// (operator) A record cannot be read.
    #[error("{what} {id} is corrupt")]
    Corrupt {
        /// The kind of record.
        what: &'static str,
        /// Which one.
        id: String,
    },
    /// (operator) The directory cannot be opened: wrong schema version, held by another process,
    /// not a store.
    #[error("cannot open the store: {0}")]
    Open(String),
}
