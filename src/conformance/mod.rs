//! The conformance issuer: signs arbitrary credentials of VCDM 2.0 and 1.1 under a did:key of its own,
//! so that public conformance suites can be run against the service. Off unless the configuration
//! says otherwise, and never beside an issuer that seals.
//!
//! It records nothing, recognises nobody and knows no kinds of certificate: what it signs says
//! nothing but that the request conformed. Data Integrity 1.0, VC-JOSE-COSE.

use crate::canon::{ContextSet, View};
use crate::encoding::{EncodingError, did_key};
use crate::model::{KeyAlgorithm, Problem, Timestamp};
use crate::proof::jose::{JwtProfile, sign_credential};
use crate::proof::{Cryptosuite, ProofOptions, ProofPurpose, Signer, add_proof};
use crate::verification::unsecured_problem;
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;

const DATA_MODEL: &str = "https://www.w3.org/TR/vc-data-model#";
const SECURITY: &str = "https://w3id.org/security#";
const CONTEXT_V1: &str = "https://www.w3.org/2018/credentials/v1";
const CONTEXT_V2: &str = "https://www.w3.org/ns/credentials/v2";
const DATA_INTEGRITY: &str = "https://w3id.org/security/data-integrity/v2";
const DATA_INTEGRITY_V1: &str = "https://w3id.org/security/data-integrity/v1";

/// How a credential is to be secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Securing {
    /// With an embedded proof of this suite.
    Embedded(Cryptosuite),
    /// As a `vc+jwt`, in an envelope.
    Envelope,
}

/// A key and the did:key that it is.
struct Identity {
    did: String,
    method: String,
    signer: Arc<dyn Signer>,
}

/// The conformance issuer.
pub struct ConformanceIssuer {
    identities: Vec<Identity>,
}

impl ConformanceIssuer {
    /// An issuer with these keys, each a did:key of its own; the first is the one by default.
    pub fn new(signers: Vec<Arc<dyn Signer>>) -> Result<Self, EncodingError> {
        let identity = |signer: Arc<dyn Signer>| {
            let did = did_key::from_key(signer.public_key())?;
            let method = did_key::method_id(&did).map_err(|_| EncodingError::UnknownCodec)?;
            Ok(Identity { did, method, signer })
        };
        Ok(Self { identities: signers.into_iter().map(identity).collect::<Result<_, _>>()? })
    }

    /// The names under which it signs.
    pub fn dids(&self) -> impl Iterator<Item = &str> {
        self.identities.iter().map(|identity| identity.did.as_str())
    }

    /// Signs a credential whose `issuer` is one of [`Self::dids`]. Without `securing`, with the RDF
    /// suite of that key.
    ///
    /// # Errors
    /// A problem in the words of the standards; nothing was signed then.
    pub fn issue(
        &self,
        credential: Value,
        securing: Option<Securing>,
        now: Timestamp,
    ) -> Result<Value, Problem> {
        if credential.get("proof").is_some() {
            return Err(malformed("/credential/proof", "The credential has a proof already."));
        }
        if let Some(problem) = unsecured_problem(&credential) {
            return Err(problem);
        }
        let issuer = match credential.get("issuer") {
            Some(Value::String(id)) => Some(id.as_str()),
            Some(issuer) => issuer.get("id").and_then(Value::as_str),
            None => None,
        };
        let identity =
            self.identities.iter().find(|identity| issuer == Some(&identity.did)).ok_or_else(
                || malformed("/credential/issuer", "It is not the issuer of this endpoint."),
            )?;
        let securing = securing.unwrap_or(Securing::Embedded(identity.suite()));
        match securing {
            Securing::Embedded(suite) => identity.embed(credential, suite, now),
            Securing::Envelope => identity.envelop(&credential),
        }
    }
}

impl Identity {
    /// The suite by default.
    fn suite(&self) -> Cryptosuite {
        match self.signer.algorithm() {
            KeyAlgorithm::P256 | KeyAlgorithm::P384 => Cryptosuite::EcdsaRdfc2019,
            KeyAlgorithm::Ed25519 | KeyAlgorithm::Rsa => Cryptosuite::EddsaRdfc2022,
        }
    }

    fn embed(
        &self,
        mut credential: Value,
        cryptosuite: Cryptosuite,
        now: Timestamp,
    ) -> Result<Value, Problem> {
        append_context(&mut credential);
        let options = ProofOptions {
            cryptosuite,
            verification_method: self.method.clone(),
            created: now,
            proof_purpose: ProofPurpose::AssertionMethod,
        };
        let contexts = ContextSet::conformance();
        safe(&credential, contexts)?;
        add_proof(&mut credential, &options, self.signer.as_ref(), contexts)
            .map_err(|error| problem(SECURITY, "PROOF_GENERATION_ERROR", format!("{error}.")))?;
        Ok(credential)
    }

    fn envelop(&self, credential: &Value) -> Result<Value, Problem> {
        if credential.pointer("/@context/0").is_none_or(|first| first != CONTEXT_V2) {
            let detail = "An envelope holds a credential of VCDM 2.0.";
            return Err(malformed("/credential/@context/0", detail));
        }
        safe(credential, ContextSet::conformance())?;
        let signer = self.signer.as_ref();
        let token = sign_credential(credential, JwtProfile::VcJwt, signer, Some(&self.method))
            .map_err(|error| problem(SECURITY, "PROOF_GENERATION_ERROR", format!("{error}.")))?;
        Ok(json!({
            "@context": CONTEXT_V2,
            "type": "EnvelopedVerifiableCredential",
            "id": format!("data:application/vc+jwt,{token}"),
        }))
    }
}

/// The context of VCDM 1.1 does not know this kind of proof.
fn append_context(credential: &mut Value) {
    let Some(Value::Array(contexts)) = credential.get_mut("@context") else { return };
    let knows = contexts.iter().any(|one| one == DATA_INTEGRITY || one == DATA_INTEGRITY_V1);
    if contexts.first().is_some_and(|first| first == CONTEXT_V1) && !knows {
        contexts.push(DATA_INTEGRITY.into());
    }
}

/// Refuses what a reader of the linked data would not see.
fn safe(credential: &Value, contexts: &ContextSet) -> Result<(), Problem> {
    contexts.canonicalize(credential, View { omit: &[], context: None }).map(|_| ()).map_err(
        |error| {
            problem(SECURITY, "DATA_LOSS_DETECTION_ERROR", error.fault.to_string())
                .with("pointer", error.pointer())
                .with("code", error.code())
        },
    )
}

fn malformed(pointer: &str, detail: &str) -> Problem {
    problem(DATA_MODEL, "MALFORMED_VALUE_ERROR", detail).with("pointer", pointer)
}

fn problem(base: &str, name: &str, detail: impl Into<String>) -> Problem {
    Problem::new(format!("{base}{name}"), name).detail(detail)
}

impl fmt::Debug for ConformanceIssuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.dids()).finish()
    }
}
