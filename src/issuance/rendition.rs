//! A certificate as a JSON Web Token, made from the recorded document.
//!
//! The payload is what was signed and recorded, without its embedded proof. A token is made at its
//! first request and the same one is given from then on; it is kept in memory, so that a restarted
//! service signs it once more.

use super::{Desk, IssueError};
use crate::canon::json::{JsonLimits, parse};
use crate::keys::jwk_method;
use crate::model::{CredentialId, KeyAlgorithm, KeyState, Slug};
use crate::proof::jose::{JoseError, JwtProfile, sign_credential};
use crate::store::KeyRecord;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// How many tokens are kept.
const MOST_KEPT: usize = 4096;

type Name = (CredentialId, &'static str);

/// The tokens made so far, the oldest first to go.
#[derive(Debug, Default)]
pub(super) struct Renditions(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    tokens: HashMap<Name, Rendition>,
    order: VecDeque<Name>,
}

impl std::fmt::Debug for Kept {
    // Tokens are certificates, which are personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kept({})", self.tokens.len())
    }
}

#[derive(Clone)]
struct Rendition {
    token: Arc<str>,
    key: String,
}

impl Desk {
    /// The certificate as a token of this profile. Who may see it is decided before.
    ///
    /// Signed with the issuer's P-256 key, else RSA, else (for `vc+jwt`) Ed25519. A did:key issuer
    /// has its one key.
    pub fn jwt(&self, id: CredentialId, profile: JwtProfile) -> Result<Arc<str>, IssueError> {
        let record = self.parts.store.issued(id)?.ok_or(IssueError::NotFound)?;
        let name = (id, profile_name(profile));
        if let Some(kept) = self.renditions.find(&name)
            && self.still_good(&record.issuer, &kept.key)?
        {
            return Ok(kept.token);
        }
        let document = self.parts.store.document(id)?.ok_or(IssueError::NotFound)?;
        let mut credential = parse(&document, &JsonLimits::default())
            .map_err(|error| IssueError::Unsound { detail: error.to_string() })?;
        if let Some(members) = credential.as_object_mut() {
            members.shift_remove("proof");
        }
        // The token is made under the identifier that the document names, not under today's.
        let did = credential
            .pointer("/issuer/id")
            .and_then(serde_json::Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| IssueError::Unsound { detail: "no issuer id".to_owned() })?;
        let (key, kid) = self.token_key(&record.issuer, &did, profile)?;
        let signer = self.parts.keys.signer(&key)?;
        let kid = (profile == JwtProfile::VcJwt).then_some(kid.as_str());
        let token = sign_credential(&credential, profile, signer.as_ref(), kid);
        let token: Arc<str> = token.map_err(refused)?.into();
        self.renditions.keep(name, Rendition { token: Arc::clone(&token), key: key.thumbprint });
        Ok(token)
    }

    fn token_key(
        &self,
        issuer: &Slug,
        did: &str,
        profile: JwtProfile,
    ) -> Result<(KeyRecord, String), IssueError> {
        for algorithm in [KeyAlgorithm::P256, KeyAlgorithm::Rsa, KeyAlgorithm::Ed25519] {
            // Validators of the Open Badges profile refuse EdDSA (decision D6).
            if algorithm == KeyAlgorithm::Ed25519 && profile == JwtProfile::OpenBadges {
                continue;
            }
            if let Some(key) = self.signing_key(issuer, did, algorithm)? {
                let kid = match did.strip_prefix("did:key:") {
                    Some(multikey) => format!("{did}#{multikey}"),
                    None => jwk_method(did, &key),
                };
                return Ok((key, kid));
            }
        }
        Err(IssueError::NoKeyFor("P-256 or RSA"))
    }

    /// A token whose key has since been compromised is not given any more.
    fn still_good(&self, issuer: &Slug, thumbprint: &str) -> Result<bool, IssueError> {
        let keys = self.parts.store.keys(issuer)?;
        Ok(keys.iter().any(|key| {
            key.thumbprint == thumbprint && !matches!(key.state, KeyState::Compromised { .. })
        }))
    }
}

impl Renditions {
    fn find(&self, name: &Name) -> Option<Rendition> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.tokens.get(name).cloned()
    }

    fn keep(&self, name: Name, rendition: Rendition) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.tokens.insert(name, rendition).is_none() {
            kept.order.push_back(name);
        }
        while kept.order.len() > MOST_KEPT {
            if let Some(oldest) = kept.order.pop_front() {
                kept.tokens.remove(&oldest);
            }
        }
    }
}

fn profile_name(profile: JwtProfile) -> &'static str {
    match profile {
        JwtProfile::VcJwt => "vc+jwt",
        JwtProfile::OpenBadges => "ob3-jwt",
    }
}

fn refused(error: JoseError) -> IssueError {
    match error {
        JoseError::Sign(error) => IssueError::Signing(error.to_string()),
        other => IssueError::Unsound { detail: other.to_string() },
    }
}
