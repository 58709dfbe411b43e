//! The joint between this room, which knows what to sign, and `keys`, which knows with what.

use crate::encoding::PublicKey;
use crate::model::KeyAlgorithm;
use std::fmt;

/// Signs with one private key that it does not show.
///
/// Contract: signs exactly the bytes it is given, with the key that [`Signer::public_key`] names;
/// a retired or compromised key is never handed out as a signer; `Debug` shows nothing secret.
pub trait Signer: Send + Sync + fmt::Debug {
    /// The kind of key, which alone decides the kind of signature.
    fn algorithm(&self) -> KeyAlgorithm;

    /// The public half.
    fn public_key(&self) -> &PublicKey;

    /// The signature. Ed25519: 64 bytes (RFC 8032). P-256: r and s, 32 bytes each, over the
    /// SHA-256 of the message; P-384: 48 bytes each, over its SHA-384. RSA: PKCS #1 v1.5 with SHA-256.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError>;
}

/// A key that did not sign. Never the fault of who asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The key or its device cannot be reached now.
    #[error("the signing key is not available: {detail}")]
    Unavailable {
        /// For the log; never anything secret.
        detail: String,
    },
    /// The key answered with something that is no signature.
    #[error("the signing key did not produce a signature: {detail}")]
    Failed {
        /// For the log; never anything secret.
        detail: String,
    },
}
