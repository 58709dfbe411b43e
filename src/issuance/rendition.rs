//! A certificate as a JSON Web Token (Securing Verifiable Credentials using JOSE and COSE; Open
//! Badges 3.0, section 8.2), made from the recorded document.
//!
//! The payload is what was signed and recorded, without its embedded proof. A token is signed at
//! its first request and recorded before it is given out; from then on everybody gets those bytes,
//! whatever becomes of the key, as with the document itself. Which algorithm signs is set (decision
//! D6).

use super::{Desk, IssueError};
use crate::canon::json::{JsonLimits, parse};
use crate::keys::jwk_method;
use crate::model::{CredentialId, KeyAlgorithm, Slug, TokenAlgorithm};
use crate::proof::jose::{JoseError, JwtProfile, sign_credential};
use crate::store::{IssuedRecord, KeyRecord, NewRendition, Rendition};
use std::sync::Arc;

impl Desk {
    /// The certificate as a token of this profile. Who may see it is decided before.
    ///
    /// Of several first requests at once one's token is recorded, and all get that one.
    pub async fn jwt(&self, id: CredentialId, profile: JwtProfile) -> Result<Arc<str>, IssueError> {
        let store = &self.parts.store;
        let rendition = rendition_of(profile);
        if let Some(token) = store.rendition(id, rendition)? {
            return Ok(token);
        }
        let record = store.issued(id)?.ok_or(IssueError::NotFound)?;
        let (token, key) = self.sign_token(&record, profile)?;
        let origin = self.origin("service", None, None);
        let signed = NewRendition { credential: id, rendition, token, key, origin };
        store.record_rendition(signed).await?;
        store.rendition(id, rendition)?.ok_or(IssueError::NotFound)
    }

    /// A fresh token, and which key signed it, by thumbprint.
    fn sign_token(
        &self,
        record: &IssuedRecord,
        profile: JwtProfile,
    ) -> Result<(Arc<str>, String), IssueError> {
        let document = self.parts.store.document(record.id)?.ok_or(IssueError::NotFound)?;
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
        let token = sign_credential(&credential, profile, signer.as_ref(), kid).map_err(refused)?;
        Ok((token.into(), key.thumbprint))
    }

    fn token_key(
        &self,
        issuer: &Slug,
        did: &str,
        profile: JwtProfile,
    ) -> Result<(KeyRecord, String), IssueError> {
        let settings = &self.parts.settings;
        let mut algorithm = match profile {
            JwtProfile::VcJwt => settings.vc_jwt,
            JwtProfile::OpenBadges => settings.ob3_jwt,
        };
        let missing = |algorithm: TokenAlgorithm, remedy: String| IssueError::NoTokenKey {
            issuer: issuer.to_string(),
            algorithm: algorithm.as_str(),
            remedy,
        };
        let Some(multikey) = did.strip_prefix("did:key:") else {
            let key = self.signing_key(issuer, did, algorithm.key())?.ok_or_else(|| {
                let kind = key_name(algorithm.key());
                let remedy =
                    format!("make one with `bewijs keys generate {issuer} --algorithm {kind}`");
                missing(algorithm, remedy)
            })?;
            let kid = jwk_method(did, &key);
            return Ok((key, kid));
        };
        // A did:key issuer is its one key, an Ed25519 key, whatever is set.
        if profile == JwtProfile::VcJwt {
            algorithm = TokenAlgorithm::EdDsa;
        }
        let key = self.signing_key(issuer, did, algorithm.key())?.ok_or_else(|| {
            let remedy = "a did:key issuer has its one key only; use an issuer under did:web";
            missing(algorithm, remedy.to_owned())
        })?;
        Ok((key, format!("{did}#{multikey}")))
    }
}

fn rendition_of(profile: JwtProfile) -> Rendition {
    match profile {
        JwtProfile::VcJwt => Rendition::VcJwt,
        JwtProfile::OpenBadges => Rendition::Ob3Jwt,
    }
}

/// The kind of key as the command names it.
fn key_name(key: KeyAlgorithm) -> &'static str {
    match key {
        KeyAlgorithm::Ed25519 => "ed25519",
        KeyAlgorithm::P256 => "p256",
        KeyAlgorithm::P384 => "p384",
        KeyAlgorithm::Rsa => "rsa",
    }
}

fn refused(error: JoseError) -> IssueError {
    match error {
        JoseError::Sign(error) => IssueError::Signing(error.to_string()),
        other => IssueError::Unsound { detail: other.to_string() },
    }
}
