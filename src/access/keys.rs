//! The service's keys as they follow each other: the newest signs; the one before is believed for as
//! long as something that it signed may still be under way.

use super::token::{LEEWAY_SECONDS, LIFETIME_SECONDS};
use super::{Access, AccessError};
use crate::encoding::PublicKey;
use crate::model::Timestamp;
use crate::proof::Signer;
use serde_json::{Value, json};
use std::sync::{Arc, PoisonError, RwLock};

/// So long after a rotation the key before is believed and published.
pub const OVERLAP_SECONDS: i64 = LIFETIME_SECONDS + LEEWAY_SECONDS;

/// One of the service's keys.
#[derive(Clone, Debug)]
pub struct TokenKey {
    /// Since when it signs.
    pub made: Timestamp,
    /// Signs with it. Ed25519.
    pub signer: Arc<dyn Signer>,
}

/// A key with what is asked of it often.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) made: Timestamp,
    pub(super) signer: Arc<dyn Signer>,
    /// The RFC 7638 thumbprint: its `kid`.
    pub(super) kid: String,
}

impl Held {
    fn of(key: TokenKey) -> Self {
        let kid = key.signer.public_key().thumbprint();
        Self { made: key.made, signer: key.signer, kid }
    }

    pub(super) fn public(&self) -> &PublicKey {
        self.signer.public_key()
    }
}

/// All keys, oldest first.
#[derive(Clone, Debug)]
pub(super) struct Ring(Vec<Held>);

impl Ring {
    /// The one that signs.
    pub(super) fn current(&self) -> Result<&Held, AccessError> {
        self.0.last().ok_or(AccessError::NoKey)
    }

    /// Those that are believed at this moment, oldest first.
    pub(super) fn believed(&self, now: Timestamp) -> impl Iterator<Item = &Held> {
        let ends = self.0.iter().skip(1).map(|next| Some(next.made)).chain([None]);
        self.0.iter().zip(ends).filter_map(move |(key, replaced)| {
            let over = replaced.is_some_and(|at| at.plus_seconds(OVERLAP_SECONDS) <= now);
            (!over).then_some(key)
        })
    }

    /// Every one that there is.
    pub(super) fn all(&self) -> &[Held] {
        &self.0
    }
}

impl Access {
    /// Speaks for the service at this address (`https://host`, without a slash at the end) with these
    /// keys. Keys of another kind than Ed25519 are passed over.
    pub fn new(public_url: &str, keys: impl IntoIterator<Item = TokenKey>) -> Self {
        let mut held: Vec<Held> = keys.into_iter().filter(is_ed25519).map(Held::of).collect();
        held.sort_by(|a, b| (a.made, &a.kid).cmp(&(b.made, &b.kid)));
        Self {
            issuer: public_url.to_owned(),
            audience: format!("{public_url}/v1"),
            ring: RwLock::new(Ring(held)),
        }
    }

    /// What stands in `iss` of its tokens.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Signs with this key from now on. The one before is believed a while longer.
    pub fn rotate(&self, key: TokenKey) {
        if is_ed25519(&key) {
            self.ring.write().unwrap_or_else(PoisonError::into_inner).0.push(Held::of(key));
        }
    }

    /// The keys that are believed at this moment, as a JWK set.
    pub fn jwks(&self, now: Timestamp) -> Value {
        let keys: Vec<Value> = self.ring().believed(now).map(published).collect();
        json!({ "keys": keys })
    }

    pub(super) fn ring(&self) -> std::sync::RwLockReadGuard<'_, Ring> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_ed25519(key: &TokenKey) -> bool {
    matches!(key.signer.public_key(), PublicKey::Ed25519(_))
}

/// The public part as others find it.
pub(super) fn published(key: &Held) -> Value {
    let mut jwk = key.public().to_jwk();
    jwk["alg"] = "EdDSA".into();
    jwk["kid"] = key.kid.as_str().into();
    jwk["use"] = "sig".into();
    jwk
}
