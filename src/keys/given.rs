//! Signers from secrets that are handed in and not kept: the seed of a conformance issuer, a private
//! JWK of the command `jose`. For tests of conformance; no issuer that seals signs with these.

use super::secret::SecretString;
use super::signer::LoadedKey;
use crate::encoding::{PublicKey, decode_base64url};
use crate::model::KeyAlgorithm;
use crate::proof::Signer;
use serde_json::Value;
use sha2::{Digest as _, Sha256, Sha384};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The key of this kind that 32 secret bytes lead to, always the same. `None` for kinds that no seed
/// leads to.
pub fn seeded_signer(seed: &[u8; 32], algorithm: KeyAlgorithm) -> Option<Arc<dyn Signer>> {
    let key = match algorithm {
        KeyAlgorithm::Ed25519 => LoadedKey::load(algorithm, seed)?,
        KeyAlgorithm::P256 => {
            let scalar = Sha256::new_with_prefix(seed).chain_update("bewijs P-256").finalize();
            LoadedKey::from_scalar(algorithm, &Zeroizing::new(scalar.to_vec()))?
        }
        KeyAlgorithm::P384 => {
            let scalar = Sha384::new_with_prefix(seed).chain_update("bewijs P-384").finalize();
            LoadedKey::from_scalar(algorithm, &Zeroizing::new(scalar.to_vec()))?
        }
        KeyAlgorithm::Rsa => return None,
    };
    Some(Arc::new(key))
}

/// The signer of a private JWK (RFC 8037, RFC 7518 section 6.2): Ed25519, P-256 or P-384. `None` when
/// it is none, or its public part is another key's.
pub fn jwk_signer(jwk: &Value) -> Option<Arc<dyn Signer>> {
    let mut public = jwk.as_object()?.clone();
    let Value::String(secret) = public.shift_remove("d")? else { return None };
    let secret = SecretString::new(secret);
    public.retain(|member, _| matches!(member.as_str(), "kty" | "crv" | "x" | "y" | "alg"));
    let public = PublicKey::from_jwk(&Value::Object(public)).ok()?;
    let bytes = Zeroizing::new(decode_base64url(secret.expose()).ok()?);
    let key = match public.algorithm() {
        KeyAlgorithm::Ed25519 => LoadedKey::load(KeyAlgorithm::Ed25519, &bytes)?,
        algorithm @ (KeyAlgorithm::P256 | KeyAlgorithm::P384) => {
            LoadedKey::from_scalar(algorithm, &bytes)?
        }
        KeyAlgorithm::Rsa => return None,
    };
    (*key.public() == public).then(|| Arc::new(key) as Arc<dyn Signer>)
}
