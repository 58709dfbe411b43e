//! What is public about a signing key.

use super::{Slug, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The kinds of key pair an issuer can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum KeyAlgorithm {
    /// Ed25519, for Data Integrity proofs and EdDSA tokens.
    Ed25519,
    /// NIST P-256, for ES256 tokens.
    P256,
    /// RSA with 2048 bits or more, for RS256 tokens.
    Rsa,
}

/// The life of a key. Every key that ever signed stays published (decision D3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum KeyState {
    /// Signs.
    Active,
    /// Signs no more; what it signed still verifies.
    Retired {
        /// When it was retired.
        at: Timestamp,
    },
    /// In other hands from this moment on: it leaves `assertionMethod` and is published `revoked`.
    Compromised {
        /// From when on nothing it signed can be believed.
        from: Timestamp,
    },
}

/// The public part of an issuer's key pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IssuerKey {
    /// Whose key.
    pub issuer: Slug,
    /// RFC 7638 SHA-256 thumbprint of the public key, base64url: its name everywhere.
    pub thumbprint: String,
    /// The kind of key.
    pub algorithm: KeyAlgorithm,
    /// The public key as JWK, without private members.
    pub public_jwk: Value,
    /// `z...`; absent for RSA, which has no Multikey form.
    pub public_key_multibase: Option<String>,
    /// Its life.
    pub state: KeyState,
    /// When it was made.
    pub created: Timestamp,
    /// A marked example key, refused in production.
    pub test: bool,
}
