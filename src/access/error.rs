//! What can go wrong with the service's own word.

use crate::proof::SignError;

/// Why nothing was signed, or why it is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// (caller) Not a token of this service, or not for this API.
    #[error("not a token of this service")]
    NotOurs,
    /// (caller) It was one.
    #[error("the token is over")]
    Expired,
    /// (us) There is no key to sign with.
    #[error("the service has no key of its own")]
    NoKey,
    /// (us) What should be signed could be taken for something else.
    #[error("nothing is signed that could be read as a token")]
    Ambiguous,
    /// (us) The key did not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}
