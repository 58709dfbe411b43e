//! Which key signs for an issuer, and signing with it.
//!
//! A document is canonicalised in safe mode before a key is asked for; only its hash reaches the
//! key.

use super::{Desk, IssueError};
use crate::canon::{CanonError, ContextSet, View};
use crate::keys::multikey_method;
use crate::model::{KeyAlgorithm, KeyState, Slug, Timestamp};
use crate::proof::{Cryptosuite, PreparedProof, ProofError, ProofOptions, ProofPurpose};
use crate::store::{KeyRecord, OrganisationRecord, SealerSettings};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Proof configurations ready to sign with: one for each key and second.
#[derive(Debug, Default)]
pub(super) struct PreparedProofs(Mutex<HashMap<String, (Timestamp, Arc<PreparedProof>)>>);

/// An organisation that seals.
pub(super) struct SealingOrganisation {
    pub(super) record: Arc<OrganisationRecord>,
}

impl SealingOrganisation {
    pub(super) fn settings(&self) -> Result<&SealerSettings, IssueError> {
        self.record.sealer.as_ref().ok_or(IssueError::UnknownIssuer)
    }
}

impl Desk {
    /// The issuer, if it is one that seals.
    pub(super) fn sealer(&self, issuer: &Slug) -> Result<SealingOrganisation, IssueError> {
        let record = self.parts.store.organisation(issuer)?.ok_or(IssueError::UnknownIssuer)?;
        if record.sealer.is_none() {
            return Err(IssueError::UnknownIssuer);
        }
        Ok(SealingOrganisation { record })
    }

    /// The key that signs for this issuer: its newest active one of the kind. A did:key issuer is
    /// its key, so there it is that one or none.
    pub(super) fn signing_key(
        &self,
        issuer: &Slug,
        did: &str,
        algorithm: KeyAlgorithm,
    ) -> Result<Option<KeyRecord>, IssueError> {
        let keys = self.parts.store.keys(issuer)?;
        let own = did.strip_prefix("did:key:");
        let fits = |key: &&KeyRecord| {
            key.algorithm == algorithm
                && key.state == KeyState::Active
                && own.is_none_or(|own| key.public_key_multibase.as_deref() == Some(own))
        };
        Ok(keys.iter().rev().find(fits).cloned())
    }

    /// The key for Data Integrity proofs, with its verification method.
    pub(super) fn proof_key(
        &self,
        issuer: &Slug,
        did: &str,
    ) -> Result<(KeyRecord, String), IssueError> {
        let missing = || IssueError::NoActiveKey { issuer: issuer.to_string() };
        let key = self.signing_key(issuer, did, KeyAlgorithm::Ed25519)?.ok_or_else(missing)?;
        let method = multikey_method(did, &key).ok_or_else(missing)?;
        Ok((key, method))
    }

    /// Adds an `eddsa-rdfc-2022` proof; says which key signed, by thumbprint.
    pub(super) fn secure(
        &self,
        document: &mut Value,
        issuer: &Slug,
        did: &str,
        created: Timestamp,
    ) -> Result<String, IssueError> {
        let hash = canonical_hash(document)?;
        let context = document.get("@context").cloned();
        let (proof, key) = self.proof(context.as_ref(), &hash, issuer, did, created)?;
        let members = document.as_object_mut().ok_or_else(|| IssueError::Unsound {
            detail: "the document is not an object".to_owned(),
        })?;
        members.insert("proof".to_owned(), Value::Object(proof));
        Ok(key)
    }

    /// The proof for a document with this `@context` and canonical hash, which has been through
    /// safe mode; and which key signed, by thumbprint.
    pub(super) fn proof(
        &self,
        context: Option<&Value>,
        hash: &[u8; 32],
        issuer: &Slug,
        did: &str,
        created: Timestamp,
    ) -> Result<(Map<String, Value>, String), IssueError> {
        let (key, method) = self.proof_key(issuer, did)?;
        let prepared = self.prepared.proof(context, method, created)?;
        let signer = self.parts.keys.signer(&key)?;
        let proof = prepared.sign(hash, signer.as_ref()).map_err(refused)?;
        Ok((proof, key.thumbprint))
    }
}

impl PreparedProofs {
    fn proof(
        &self,
        context: Option<&Value>,
        verification_method: String,
        created: Timestamp,
    ) -> Result<Arc<PreparedProof>, IssueError> {
        // Certificates and lists have different contexts, so the context is part of the name.
        let name = format!("{verification_method} {}", context.unwrap_or(&Value::Null));
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, prepared)) = known.get(&name)
            && *at == created
        {
            return Ok(Arc::clone(prepared));
        }
        let options = ProofOptions {
            cryptosuite: Cryptosuite::EddsaRdfc2022,
            verification_method,
            created,
            proof_purpose: ProofPurpose::AssertionMethod,
        };
        let prepared = PreparedProof::new(context, &options, ContextSet::issuing());
        let prepared = Arc::new(prepared.map_err(refused)?);
        known.insert(name, (created, Arc::clone(&prepared)));
        Ok(prepared)
    }
}

/// The hash of the canonical form, in safe mode. When that says no, what was built is ours, so it
/// is our fault, never the client's.
pub(super) fn canonical_hash(document: &Value) -> Result<[u8; 32], IssueError> {
    let refused = |error: CanonError| IssueError::Unsound { detail: error.to_string() };
    let view = View { omit: &["proof"], context: None };
    Ok(ContextSet::issuing().canonicalize(document, view).map_err(refused)?.sha256())
}

fn refused(error: ProofError) -> IssueError {
    match error {
        ProofError::Sign(error) => IssueError::Signing(error.to_string()),
        other => IssueError::Unsound { detail: other.to_string() },
    }
}
