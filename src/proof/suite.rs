//! The EdDSA cryptosuites (Data Integrity EdDSA Cryptosuites 1.0, sections 3.2 and 3.3), step by
//! step: transformation, proof configuration, hashing, serialization and verification of a proof.
//!
//! Pure, apart from the signer. The work is bounded by the limits of canonicalisation and of the
//! reader that made the JSON value.

use super::error::Untransformed;
use super::{Cryptosuite, ProofError, ProofVerified};
use crate::canon::{ContextSet, View, jcs};
use crate::encoding::{PublicKey, multibase};
use ed25519_dalek::Signature;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// The member that holds the proofs; never a part of the document that a proof signs.
pub(super) const PROOF: &str = "proof";
/// The one member of a proof that is not a part of its configuration.
pub(super) const PROOF_VALUE: &str = "proofValue";
pub(super) const CONTEXT: &str = "@context";

/// SHA-256 of a canonical document or proof configuration.
pub(super) type Hash = [u8; 32];

impl Cryptosuite {
    /// The hash of a document without its `proof`: what [`super::PreparedProof::sign`] takes.
    ///
    /// # Errors
    /// [`ProofError::Canon`] or [`ProofError::Jcs`] when it has no canonical form.
    pub fn document_hash(
        self,
        document: &Value,
        contexts: &ContextSet,
    ) -> Result<Hash, ProofError> {
        Ok(document_hash(self, document, None, contexts)?)
    }
}

/// Transformation and hashing of the unsecured document (sections 3.2.3, 3.2.4, 3.3.3, 3.3.4).
/// `context` takes the place of the document's own, which only `eddsa-jcs-2022` may ask for.
pub(super) fn document_hash(
    suite: Cryptosuite,
    document: &Value,
    context: Option<&Value>,
    contexts: &ContextSet,
) -> Result<Hash, Untransformed> {
    match suite {
        Cryptosuite::EddsaRdfc2022 => {
            let canonical = contexts.canonicalize(document, View { omit: &[PROOF], context })?;
            Ok(canonical.sha256())
        }
        Cryptosuite::EddsaJcs2022 => jcs_hash(document, PROOF, context),
    }
}

/// The same for a document whose `proof` holds the proofs that a proof of a chain refers to: they
/// are signed with it (Data Integrity 1.0, section 4.5).
pub(super) fn chained_hash(
    suite: Cryptosuite,
    document: &Value,
    context: Option<&Value>,
    contexts: &ContextSet,
) -> Result<Hash, Untransformed> {
    match suite {
        Cryptosuite::EddsaRdfc2022 => {
            Ok(contexts.canonicalize(document, View { omit: &[], context })?.sha256())
        }
        Cryptosuite::EddsaJcs2022 => jcs_hash(document, "", context),
    }
}

/// Proof configuration and its hash (sections 3.2.5, 3.3.5). `proof` may still contain the
/// `proofValue`. For `eddsa-rdfc-2022` it is read with the document's context.
pub(super) fn config_hash(
    suite: Cryptosuite,
    proof: &Value,
    document_context: Option<&Value>,
    contexts: &ContextSet,
) -> Result<Hash, Untransformed> {
    match suite {
        Cryptosuite::EddsaRdfc2022 => {
            let view = View { omit: &[PROOF_VALUE], context: document_context };
            Ok(contexts.canonicalize(proof, view)?.sha256())
        }
        Cryptosuite::EddsaJcs2022 => jcs_hash(proof, PROOF_VALUE, None),
    }
}

/// Hashing: configuration first (sections 3.2.4 and 3.3.4, step 3).
pub(super) fn hash_data(config: &Hash, document: &Hash) -> [u8; 64] {
    let mut data = [0; 64];
    let (first, second) = data.split_at_mut(32);
    first.copy_from_slice(config);
    second.copy_from_slice(document);
    data
}

/// Proof verification (sections 3.2.7, 3.3.7), strict: no signature with a non-canonical S or R,
/// none by a key of small order.
pub(super) fn verify(
    key: &PublicKey,
    hash_data: &[u8; 64],
    proof_value: &[u8; 64],
) -> Option<ProofVerified> {
    let PublicKey::Ed25519(key) = key else { return None };
    key.verifying_key()
        .verify_strict(hash_data, &Signature::from_bytes(proof_value))
        .ok()
        .map(|()| ProofVerified::after_signature_check())
}

/// The signature of a `proofValue`.
pub(super) fn decode_proof_value(proof: &Map<String, Value>) -> Result<[u8; 64], &'static str> {
    match proof.get(PROOF_VALUE) {
        Some(Value::String(text)) => multibase::decode_signature(text)
            .map_err(|_| "proofValue must be \"z\" and base58btc of exactly 64 bytes"),
        Some(_) => Err("proofValue must be a string"),
        None => Err("proofValue is missing"),
    }
}

/// SHA-256 of the RFC 8785 text of an object without one of its members, and with `context` in
/// the place of its `@context`. Saves a copy of the object.
fn jcs_hash(object: &Value, omit: &str, context: Option<&Value>) -> Result<Hash, Untransformed> {
    let Value::Object(members) = object else {
        return Ok(Sha256::digest(jcs::to_string(object)?).into());
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
    Ok(Sha256::digest(text).into())
}
