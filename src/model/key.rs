//! What is public about a signing key.

use super::{Slug, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The kinds of key pair an issuer can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum KeyAlgorithm {
    /// Ed25519, for Data Integrity proofs and EdDSA tokens.
    Ed25519,
    /// NIST P-256, for ES256 tokens and ECDSA proofs.
    P256,
    /// NIST P-384, for ES384 tokens and ECDSA proofs; issuers of certificates have none.
    P384,
    /// RSA with 2048 bits or more, for RS256 tokens.
    Rsa,
}

/// With which algorithm JSON Web Tokens are signed (RFC 7518, RFC 8037).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TokenAlgorithm {
    /// ECDSA with P-256 and SHA-256.
    #[serde(rename = "ES256")]
    Es256,
    /// RSA PKCS #1 v1.5 with SHA-256.
    #[serde(rename = "RS256")]
    Rs256,
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl TokenAlgorithm {
    /// The name in `alg`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
            Self::EdDsa => "EdDSA",
        }
    }

    /// The one kind of key that signs with it.
    pub fn key(self) -> KeyAlgorithm {
        match self {
            Self::Es256 => KeyAlgorithm::P256,
            Self::Rs256 => KeyAlgorithm::Rsa,
            Self::EdDsa => KeyAlgorithm::Ed25519,
        }
    }
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
