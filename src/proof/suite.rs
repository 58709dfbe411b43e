//! The cryptosuites that sign a whole document: `eddsa-rdfc-2022`, `eddsa-jcs-2022` (Data Integrity
//! EdDSA Cryptosuites 1.0, sections 3.2 and 3.3), `ecdsa-rdfc-2019`, `ecdsa-jcs-2019` (Data Integrity
//! ECDSA Cryptosuites 1.0, sections 3.2 and 3.3), and the old `Ed25519Signature2020`, which is
//! `eddsa-rdfc-2022` under a type of its own; step by step: transformation, proof configuration,
//! hashing, serialization and verification of a proof.
//!
//! Pure, apart from the signer. The work is bounded by the limits of canonicalisation and of the
//! reader that made the JSON value.

use super::error::Untransformed;
use super::{Cryptosuite, ProofError, ProofVerified};
use crate::canon::{ContextSet, HashAlgorithm, View, jcs};
use crate::encoding::{PublicKey, multibase};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, UnparsedPublicKey};
use ed25519_dalek::Signature;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256, Sha384};

/// The member that holds the proofs; never a part of the document that a proof signs.
pub(super) const PROOF: &str = "proof";
/// The one member of a proof that is not a part of its configuration.
pub(super) const PROOF_VALUE: &str = "proofValue";
pub(super) const CONTEXT: &str = "@context";

/// The digest of a canonical document or proof configuration: as long as the key asks for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hash {
    Sha256([u8; 32]),
    Sha384([u8; 48]),
}

impl Hash {
    fn of(text: &str, algorithm: HashAlgorithm) -> Self {
        match algorithm {
            HashAlgorithm::Sha256 => Self::Sha256(Sha256::digest(text).into()),
            HashAlgorithm::Sha384 => Self::Sha384(Sha384::digest(text).into()),
        }
    }
}

impl AsRef<[u8]> for Hash {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Sha256(bytes) => bytes,
            Self::Sha384(bytes) => bytes,
        }
    }
}

impl Cryptosuite {
    /// The SHA-256 of a document without its `proof`: what [`super::PreparedProof::sign`] takes.
    ///
    /// # Errors
    /// [`ProofError::Canon`] or [`ProofError::Jcs`] when it has no canonical form.
    pub fn document_hash(
        self,
        document: &Value,
        contexts: &ContextSet,
    ) -> Result<[u8; 32], ProofError> {
        match document_hash(self, HashAlgorithm::Sha256, document, None, contexts)? {
            Hash::Sha256(bytes) => Ok(bytes),
            Hash::Sha384(_) => Err(ProofError::Generation("a hash of another length")),
        }
    }

    /// Whether what is signed is the canonical JSON text, not the RDF dataset.
    pub(super) fn is_jcs(self) -> bool {
        match self {
            Self::EddsaJcs2022 | Self::EcdsaJcs2019 => true,
            Self::EddsaRdfc2022
            | Self::EcdsaRdfc2019
            | Self::EcdsaSd2023
            | Self::Ed25519Signature2020 => false,
        }
    }

    /// Whether this program signs with it.
    pub(super) fn is_made(self) -> bool {
        !matches!(self, Self::EcdsaSd2023 | Self::Ed25519Signature2020)
    }

    /// Whether keys of this kind belong to the suite.
    pub(super) fn takes(self, key: &PublicKey) -> bool {
        match self {
            Self::EddsaRdfc2022 | Self::EddsaJcs2022 | Self::Ed25519Signature2020 => {
                matches!(key, PublicKey::Ed25519(_))
            }
            Self::EcdsaRdfc2019 | Self::EcdsaJcs2019 => {
                matches!(key, PublicKey::P256(_) | PublicKey::P384(_))
            }
            Self::EcdsaSd2023 => matches!(key, PublicKey::P256(_)),
        }
    }
}

/// The hash algorithm that goes with a key, also within RDFC-1.0 (ECDSA Cryptosuites, section 3).
pub(super) fn hash_algorithm(key: &PublicKey) -> HashAlgorithm {
    match key {
        PublicKey::P384(_) => HashAlgorithm::Sha384,
        PublicKey::Ed25519(_) | PublicKey::P256(_) | PublicKey::Rsa(_) => HashAlgorithm::Sha256,
    }
}

/// Transformation and hashing of the unsecured document (sections 3.2.3, 3.2.4, 3.3.3, 3.3.4).
/// `context` takes the place of the document's own, which only the JCS suites may ask for.
pub(super) fn document_hash(
    suite: Cryptosuite,
    hash: HashAlgorithm,
    document: &Value,
    context: Option<&Value>,
    contexts: &ContextSet,
) -> Result<Hash, Untransformed> {
    if suite.is_jcs() {
        return jcs_hash(hash, document, PROOF, context);
    }
    rdfc_hash(hash, document, View { omit: &[PROOF], context }, contexts)
}

/// The same for a document whose `proof` holds the proofs that a proof of a chain refers to: they
/// are signed with it (Data Integrity 1.0, section 4.5).
pub(super) fn chained_hash(
    suite: Cryptosuite,
    hash: HashAlgorithm,
    document: &Value,
    context: Option<&Value>,
    contexts: &ContextSet,
) -> Result<Hash, Untransformed> {
    if suite.is_jcs() {
        return jcs_hash(hash, document, "", context);
    }
    rdfc_hash(hash, document, View { omit: &[], context }, contexts)
}

/// Proof configuration and its hash (sections 3.2.5, 3.3.5). `proof` may still contain the
/// `proofValue`. For the RDFC suites it is read with the document's context.
pub(super) fn config_hash(
    suite: Cryptosuite,
    hash: HashAlgorithm,
    proof: &Value,
    document_context: Option<&Value>,
    contexts: &ContextSet,
) -> Result<Hash, Untransformed> {
    if suite.is_jcs() {
        return jcs_hash(hash, proof, PROOF_VALUE, None);
    }
    let view = View { omit: &[PROOF_VALUE], context: document_context };
    rdfc_hash(hash, proof, view, contexts)
}

fn rdfc_hash(
    hash: HashAlgorithm,
    value: &Value,
    view: View<'_>,
    contexts: &ContextSet,
) -> Result<Hash, Untransformed> {
    Ok(Hash::of(&contexts.canonicalize_with(value, view, hash)?.nquads, hash))
}

/// Hashing: configuration first (sections 3.2.4 and 3.3.4, step 3).
pub(super) fn hash_data(config: &Hash, document: &Hash) -> Vec<u8> {
    [config.as_ref(), document.as_ref()].concat()
}

/// Proof verification (sections 3.2.7, 3.3.7). Ed25519 is strict: no signature with a
/// non-canonical S or R, none by a key of small order. ECDSA signatures are r and s, each of the
/// full length of the curve's field.
pub(super) fn verify(key: &PublicKey, data: &[u8], signature: &[u8]) -> Option<ProofVerified> {
    let right = match key {
        PublicKey::Ed25519(key) => Signature::from_slice(signature)
            .is_ok_and(|signature| key.verifying_key().verify_strict(data, &signature).is_ok()),
        PublicKey::P256(key) => {
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.uncompressed_point())
                .verify(data, signature)
                .is_ok()
        }
        PublicKey::P384(key) => {
            UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, key.uncompressed_point())
                .verify(data, signature)
                .is_ok()
        }
        PublicKey::Rsa(_) => false,
    };
    right.then(ProofVerified::after_signature_check)
}

/// The signature of a `proofValue`.
pub(super) fn decode_proof_value(
    suite: Cryptosuite,
    proof: &Map<String, Value>,
) -> Result<Vec<u8>, &'static str> {
    let text = match proof.get(PROOF_VALUE) {
        Some(Value::String(text)) => text,
        Some(_) => return Err("proofValue must be a string"),
        None => return Err("proofValue is missing"),
    };
    match suite {
        Cryptosuite::EddsaRdfc2022
        | Cryptosuite::EddsaJcs2022
        | Cryptosuite::Ed25519Signature2020 => multibase::decode_signature(text)
            .map(|bytes| bytes.to_vec())
            .map_err(|_| "proofValue must be \"z\" and base58btc of exactly 64 bytes"),
        Cryptosuite::EcdsaRdfc2019 | Cryptosuite::EcdsaJcs2019 => {
            match multibase::decode_base58btc(text) {
                Ok(bytes) if matches!(bytes.len(), 64 | 96) => Ok(bytes),
                _ => Err("proofValue must be \"z\" and base58btc of 64 or 96 bytes"),
            }
        }
        Cryptosuite::EcdsaSd2023 => Err("proofValue has more than one signature"),
    }
}

/// The hash of the RFC 8785 text of an object without one of its members, and with `context` in
/// the place of its `@context`. Saves a copy of the object.
fn jcs_hash(
    hash: HashAlgorithm,
    object: &Value,
    omit: &str,
    context: Option<&Value>,
) -> Result<Hash, Untransformed> {
    let Value::Object(members) = object else {
        return Ok(Hash::of(&jcs::to_string(object)?, hash));
    };
    let mut members: Vec<(&str, &Value)> = members
        .iter()
        .filter(|(name, _)| *name != omit && (context.is_none() || *name != CONTEXT))
        .map(|(name, value)| (name.as_str(), value))
        .chain(context.map(|context| (CONTEXT, context)))
        .collect();
    // RFC 8785 section 3.2.3: sorted by UTF-16 code units.
    members.sort_unstable_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    let mut text = String::with_capacity(1 << 14);
    text.push('{');
    for (index, (name, value)) in members.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(&jcs::to_string(&Value::from(name))?);
        text.push(':');
        text.push_str(&jcs::to_string(value)?);
    }
    text.push('}');
    Ok(Hash::of(&text, hash))
}
