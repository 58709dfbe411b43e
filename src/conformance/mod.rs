//! The conformance issuer: signs arbitrary credentials of VCDM 2.0 and 1.1 under a did:key of its own,
//! so that public conformance suites can be run against the service. Off unless the configuration
//! says otherwise, and never beside an issuer that seals.
//!
//! It records nothing but places in status lists of its own, in memory; it recognises nobody and knows no kinds of certificate: what it signs says
//! nothing but that the request conformed. Data Integrity 1.0, VC-JOSE-COSE.

mod lists;

use crate::canon::{ContextSet, View};
use crate::encoding::{EncodingError, did_key};
use crate::model::{KeyAlgorithm, Problem, Timestamp};
use crate::proof::jose::{JwtProfile, sign_credential};
use crate::proof::{Cryptosuite, ProofOptions, ProofPurpose, Signer, add_proof};
use crate::verification::{
    Fetched, Recognition, RegisterEntry, SourceError, Sources, unsecured_problem,
};
use lists::{Lists, PURPOSES};
use serde_json::{Value, json};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
    lists: Mutex<Lists>,
}

/// A change of status that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusUpdate {
    /// `id` of the credential.
    pub credential: String,
    /// `statusPurpose` of the entry.
    pub purpose: String,
    /// `statusListIndex`, where the entry is named by it.
    pub index: Option<String>,
    /// `statusListCredential`, where the entry is named by it.
    pub list: Option<String>,
    /// The bit.
    pub status: bool,
}

/// Why a status was not changed.
#[derive(Clone, Debug, PartialEq)]
pub enum StatusRefusal {
    /// No such credential has such an entry here.
    Unknown,
    /// More than one has: the index has to be given.
    Ambiguous,
}

impl ConformanceIssuer {
    /// An issuer with these keys, each a did:key of its own; the first is the one by default. Its
    /// status lists are below `base`, the public address of the service.
    pub fn new(signers: Vec<Arc<dyn Signer>>, base: &str) -> Result<Self, EncodingError> {
        let identity = |signer: Arc<dyn Signer>| {
            let did = did_key::from_key(signer.public_key())?;
            let method = did_key::method_id(&did).map_err(|_| EncodingError::UnknownCodec)?;
            Ok(Identity { did, method, signer })
        };
        let identities: Vec<Identity> =
            signers.into_iter().map(identity).collect::<Result<_, _>>()?;
        let lists = Mutex::new(Lists::new(base, identities.len()));
        Ok(Self { identities, lists })
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
        mut credential: Value,
        securing: Option<Securing>,
        now: Timestamp,
    ) -> Result<Value, Problem> {
        // Held until the credential is signed: a place is given out once.
        let mut lists = self.lists();
        let mut spots = Vec::new();
        if let Some((key, _)) = self.identity(&credential) {
            spots = lists.complete(&mut credential, key).ok_or_else(|| {
                malformed("/credential/credentialStatus", "There is no room in the status list.")
            })?;
        }
        if credential.get("proof").is_some() {
            return Err(malformed("/credential/proof", "The credential has a proof already."));
        }
        if let Some(problem) = unsecured_problem(&credential) {
            return Err(problem);
        }
        let (_, identity) = self.identity(&credential).ok_or_else(|| {
            malformed("/credential/issuer", "It is not the issuer of this endpoint.")
        })?;
        let id = credential.get("id").and_then(Value::as_str).map(str::to_owned);
        let securing = securing.unwrap_or(Securing::Embedded(identity.suite()));
        let secured = match securing {
            Securing::Embedded(suite) => identity.embed(credential, suite, now),
            Securing::Envelope => identity.envelop(&credential),
        }?;
        lists.give(id.as_deref(), spots);
        Ok(secured)
    }

    /// The key whose name the credential has as its issuer, with its number.
    fn identity(&self, credential: &Value) -> Option<(usize, &Identity)> {
        let issuer = match credential.get("issuer")? {
            Value::String(id) => id.as_str(),
            issuer => issuer.get("id")?.as_str()?,
        };
        self.identities.iter().enumerate().find(|(_, identity)| identity.did == issuer)
    }

    fn lists(&self) -> MutexGuard<'_, Lists> {
        self.lists.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets or clears the bit of an entry that was given out here; answers with the entry. The list
    /// tells it from the next reader on.
    pub fn update_status(&self, update: &StatusUpdate) -> Result<Value, StatusRefusal> {
        let mut lists = self.lists();
        let meant = |entry: &Value| {
            let is = |member: &str, named: Option<&String>| {
                named.is_none_or(|named| entry[member] == **named)
            };
            entry["statusPurpose"] == *update.purpose
                && is("statusListIndex", update.index.as_ref())
                && is("statusListCredential", update.list.as_ref())
        };
        let found: Vec<_> = lists
            .of(&update.credential)
            .iter()
            .map(|spot| (*spot, lists.entry(*spot)))
            .filter(|(_, entry)| meant(entry))
            .collect();
        match found.as_slice() {
            [] => Err(StatusRefusal::Unknown),
            [(spot, entry)] => {
                lists.set(*spot, update.status);
                Ok(entry.clone())
            }
            _ => Err(StatusRefusal::Ambiguous),
        }
    }

    /// The signed status list with this last segment of its address.
    pub fn status_list(&self, name: &str, now: Timestamp) -> Option<Result<Arc<[u8]>, Problem>> {
        let mut lists = self.lists();
        let list = lists.named(name)?;
        self.signed_list(&mut lists, list, now)
    }

    fn signed_list(
        &self,
        lists: &mut Lists,
        list: usize,
        now: Timestamp,
    ) -> Option<Result<Arc<[u8]>, Problem>> {
        if let Some(signed) = lists.signed(list, now) {
            return Some(Ok(signed));
        }
        let identity = self.identities.get(list / PURPOSES.len())?;
        let (unsigned, until) = lists.unsigned(list, &identity.did, now)?;
        Some(identity.embed(unsigned, identity.suite(), now).map(|signed| {
            let document: Arc<[u8]> = Arc::from(signed.to_string().as_bytes());
            lists.keep(list, Arc::clone(&document), until);
            document
        }))
    }
}

/// Answers for the lists of a conformance issuer, at the moment that its clock tells.
pub struct ConformanceLists {
    /// Whose.
    pub issuer: Arc<ConformanceIssuer>,
    /// Tells the present moment.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl fmt::Debug for ConformanceLists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConformanceLists")
    }
}

impl Sources for ConformanceLists {
    fn key_document(&self, _url: &str) -> Result<Fetched, SourceError> {
        Err(SourceError::Deferred)
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        let now = (self.now)();
        let mut lists = self.issuer.lists();
        let list = lists.at(url).ok_or(SourceError::Deferred)?;
        match self.issuer.signed_list(&mut lists, list, now) {
            Some(Ok(bytes)) => {
                let media_type = Some("application/vc".to_owned());
                Ok(Fetched { bytes, media_type, fetched_at: now, stale: false })
            }
            _ => Err(SourceError::Unreachable { detail: "the list was not signed".to_owned() }),
        }
    }

    fn register(&self, _credential: &str) -> Option<RegisterEntry> {
        None
    }

    fn recognised(&self, _issuer: &str) -> Vec<Recognition> {
        Vec::new()
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
