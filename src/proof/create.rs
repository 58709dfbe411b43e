//! Adding a proof to a document (Data Integrity 1.0, section 4.2). One proof per document: sets
//! and chains are verified, not made.

use super::method::is_absolute_url;
use super::suite::{self, CONTEXT, Hash, PROOF, PROOF_VALUE};
use super::{Cryptosuite, ProofError, ProofOptions, SignError, Signer};
use crate::canon::{ContextSet, HashAlgorithm, View};
use crate::encoding::{PublicKey, multibase};
use serde_json::{Map, Value};

/// Signs the document and adds the member `proof`.
///
/// The document goes through safe mode first, also for the JCS suites: what a reader of the
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

/// A proof that lacks only its `proofValue`, with the SHA-256 of its configuration: the same for all
/// documents with one `@context` that one key signs in one second.
#[derive(Clone, Debug)]
pub struct PreparedProof {
    suite: Cryptosuite,
    context: Option<Value>,
    proof: Map<String, Value>,
    config_hash: [u8; 32],
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
        if !options.cryptosuite.is_made() {
            return Err(ProofError::Generation("this cryptosuite is verified, not signed with"));
        }
        let mut proof = Map::new();
        if let (true, Some(context)) = (options.cryptosuite.is_jcs(), context) {
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
        let hash = HashAlgorithm::Sha256;
        let config = suite::config_hash(options.cryptosuite, hash, &value, context, contexts)?;
        let (Value::Object(proof), Hash::Sha256(config_hash)) = (value, config) else {
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
        if self.suite.is_jcs() {
            contexts.canonicalize(document, View { omit: &[], context: None })?;
        }
        let hash = suite::hash_algorithm(signer.public_key());
        let document_hash = suite::document_hash(self.suite, hash, document, None, contexts)?;
        let config_hash = match hash {
            HashAlgorithm::Sha256 => Hash::Sha256(self.config_hash),
            HashAlgorithm::Sha384 => {
                let config = Value::Object(self.proof.clone());
                suite::config_hash(self.suite, hash, &config, self.context.as_ref(), contexts)?
            }
        };
        let proof = self.complete(&config_hash, &document_hash, signer)?;
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
        if suite::hash_algorithm(signer.public_key()) != HashAlgorithm::Sha256 {
            return Err(ProofError::Generation("a P-384 key signs hashes of another length"));
        }
        let config_hash = Hash::Sha256(self.config_hash);
        self.complete(&config_hash, &Hash::Sha256(*document_hash), signer)
    }

    fn complete(
        &self,
        config_hash: &Hash,
        document_hash: &Hash,
        signer: &dyn Signer,
    ) -> Result<Map<String, Value>, ProofError> {
        // Bound to the key, not to the request.
        let key = signer.public_key();
        if key.algorithm() != signer.algorithm() || !self.suite.takes(key) {
            return Err(ProofError::Generation("the key is not for this cryptosuite"));
        }
        let signature = signer.sign(&suite::hash_data(config_hash, document_hash))?;
        let expected = if matches!(key, PublicKey::P384(_)) { 96 } else { 64 };
        if signature.len() != expected {
            let detail = "a signature of another length than the key makes".to_owned();
            return Err(SignError::Failed { detail }.into());
        }
        let value = match <&[u8; 64]>::try_from(signature.as_slice()) {
            Ok(signature) => multibase::encode_signature(signature),
            Err(_) => multibase::encode_base58btc(&signature),
        };
        let mut proof = self.proof.clone();
        proof.insert(PROOF_VALUE.to_owned(), Value::String(value));
        Ok(proof)
    }

    /// The SHA-256 of the proof configuration.
    pub fn config_hash(&self) -> &[u8; 32] {
        &self.config_hash
    }
}
