//! The signature algorithms, each bound to one type of key (RFC 7518 section 3, RFC 8037).

use crate::encoding::PublicKey;
use crate::proof::ProofVerified;
use ed25519_dalek::Signature;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};

/// The algorithms that are taken. There is no `none` and no HMAC to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JwsAlgorithm {
    /// Ed25519.
    EdDsa,
    /// ECDSA with P-256 and SHA-256.
    Es256,
    /// ECDSA with P-384 and SHA-384.
    Es384,
    /// RSA PKCS #1 v1.5 with SHA-256.
    Rs256,
}

impl JwsAlgorithm {
    /// The one algorithm of a key.
    pub fn of(key: &PublicKey) -> Self {
        match key {
            PublicKey::Ed25519(_) => Self::EdDsa,
            PublicKey::P256(_) => Self::Es256,
            PublicKey::P384(_) => Self::Es384,
            PublicKey::Rsa(_) => Self::Rs256,
        }
    }

    /// The name in `alg`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Rs256 => "RS256",
        }
    }

    /// The algorithm of this name. `Ed25519` is the same algorithm by its newer, fully specified
    /// name (RFC 9864).
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            "ES256" => Some(Self::Es256),
            "ES384" => Some(Self::Es384),
            "RS256" => Some(Self::Rs256),
            _ => None,
        }
    }

    /// The same, for the library that writes headers.
    pub(super) fn library(self) -> Algorithm {
        match self {
            Self::EdDsa => Algorithm::EdDSA,
            Self::Es256 => Algorithm::ES256,
            Self::Es384 => Algorithm::ES384,
            Self::Rs256 => Algorithm::RS256,
        }
    }
}

/// Checks a signature with the algorithm of the key. Ed25519 strictly, as in Data Integrity; the
/// others through `jsonwebtoken`. `signature` is the third part of the token, `bytes` the same
/// decoded.
pub(super) fn verify(
    key: &PublicKey,
    message: &[u8],
    signature: &str,
    bytes: &[u8],
) -> Option<ProofVerified> {
    let by_library = |key: &DecodingKey, algorithm| {
        // An error is a key or signature that the library cannot read: not verified.
        crypto::verify(signature, message, key, algorithm).unwrap_or(false)
    };
    let right = match key {
        PublicKey::Ed25519(key) => Signature::from_slice(bytes)
            .is_ok_and(|signature| key.verifying_key().verify_strict(message, &signature).is_ok()),
        PublicKey::P256(key) => {
            by_library(&DecodingKey::from_ec_der(key.uncompressed_point()), Algorithm::ES256)
        }
        PublicKey::P384(key) => {
            by_library(&DecodingKey::from_ec_der(key.uncompressed_point()), Algorithm::ES384)
        }
        PublicKey::Rsa(key) => by_library(
            &DecodingKey::from_rsa_raw_components(key.modulus(), key.exponent()),
            Algorithm::RS256,
        ),
    };
    right.then(ProofVerified::after_signature_check)
}
