//! Adding a proof to a document (Data Integrity 1.0, section 4.2). One proof per document: sets
//! and chains are verified, not made.

use super::method::is_absolute_url;
use super::suite::{self, CONTEXT, Hash, PROOF, PROOF_VALUE};
use super::{Cryptosuite, ProofError, ProofOptions, SignError, Signer};
use crate::canon::{ContextSet, View};
use crate::encoding::multibase;
use crate::model::KeyAlgorithm;
use serde_json::{Map, Value};

/// Signs the document and adds the member `proof`.
///
/// The document goes through safe mode first, also for `eddsa-jcs-2022`: what a reader of the
/// linked data would not see is not signed.
///
/// # Errors
/// [`ProofError`]; the document is then unchanged.
pub fn add_proof(
    document: &mut Value,
    options: &ProofOptions,
    signer: &dyn Signer,
    contexts: &ContextSet,
) -> Result<(), ProofError> {
    let Value::Object(members) = &*document else {
        return Err(ProofError::Parsing("the document is not a JSON object"));
    };
    let prepared = PreparedProof::new(members.get(CONTEXT), options, contexts)?;
    prepared.add_to(document, signer, contexts)
}

/// A proof that lacks only its `proofValue`, with the hash of its configuration: the same for all
/// documents with one `@context` that one key signs in one second.
#[derive(Clone, Debug)]
pub struct PreparedProof {
    suite: Cryptosuite,
    context: Option<Value>,
    proof: Map<String, Value>,
    config_hash: Hash,
}

impl PreparedProof {
    /// For documents with this `@context`.
    pub fn new(
        context: Option<&Value>,
        options: &ProofOptions,
        contexts: &ContextSet,
    ) -> Result<Self, ProofError> {
        if !is_absolute_url(&options.verification_method) {
            return Err(ProofError::Generation("verificationMethod is not an absolute URL"));
        }
        let mut proof = Map::new();
        if let (Cryptosuite::EddsaJcs2022, Some(context)) = (options.cryptosuite, context) {
            proof.insert(CONTEXT.to_owned(), context.clone());
        }
        for (name, value) in [
            ("type", "DataIntegrityProof".to_owned()),
            ("cryptosuite", options.cryptosuite.as_str().to_owned()),
            ("created", options.created.to_string()),
            ("verificationMethod", options.verification_method.clone()),
            ("proofPurpose", options.proof_purpose.as_str().to_owned()),
        ] {
            proof.insert(name.to_owned(), Value::String(value));
        }
        let value = Value::Object(proof);
        let config_hash = suite::config_hash(options.cryptosuite, &value, context, contexts)?;
        let Value::Object(proof) = value else {
            return Err(ProofError::Generation("the proof is not an object"));
        };
        Ok(Self { suite: options.cryptosuite, context: context.cloned(), proof, config_hash })
    }

    /// Signs the document, which must have the `@context` this was prepared for, and adds the
    /// member `proof`.
    pub fn add_to(
        &self,
        document: &mut Value,
        signer: &dyn Signer,
        contexts: &ContextSet,
    ) -> Result<(), ProofError> {
        let Value::Object(members) = &*document else {
            return Err(ProofError::Parsing("the document is not a JSON object"));
        };
        if members.contains_key(PROOF) {
            return Err(ProofError::Generation("the document has a proof already"));
        }
        if members.get(CONTEXT) != self.context.as_ref() {
            return Err(ProofError::Generation("the proof was prepared for another @context"));
        }
        if self.suite == Cryptosuite::EddsaJcs2022 {
            contexts.canonicalize(document, View { omit: &[], context: None })?;
        }
        let hash = suite::document_hash(self.suite, document, None, contexts)?;
        let proof = self.sign(&hash, signer)?;
        if let Value::Object(members) = document {
            members.insert(PROOF.to_owned(), Value::Object(proof));
        }
        Ok(())
    }

    /// The complete proof for a document with this hash.
    ///
    /// For callers that canonicalise in a way of their own: `document_hash` is the SHA-256 of the
    /// canonical form of the document without `proof`, and the document has been through safe
    /// mode and has the `@context` this was prepared for.
    pub fn sign(
        &self,
        document_hash: &[u8; 32],
        signer: &dyn Signer,
    ) -> Result<Map<String, Value>, ProofError> {
        // Bound to the key, not to the request: both suites are Ed25519 only.
        if signer.algorithm() != KeyAlgorithm::Ed25519 {
            return Err(ProofError::Generation("the cryptosuite takes Ed25519 keys only"));
        }
        let signature = signer.sign(&suite::hash_data(&self.config_hash, document_hash))?;
        let signature: [u8; 64] = signature.as_slice().try_into().map_err(|_| {
            SignError::Failed { detail: "an Ed25519 signature has 64 bytes".to_owned() }
        })?;
        let mut proof = self.proof.clone();
        let value = multibase::encode_signature(&signature);
        proof.insert(PROOF_VALUE.to_owned(), Value::String(value));
        Ok(proof)
    }

    /// The hash of the proof configuration.
    pub fn config_hash(&self) -> &[u8; 32] {
        &self.config_hash
    }
}
