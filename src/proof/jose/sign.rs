//! Writing a credential as a token.

use super::{JoseError, JwsAlgorithm, JwtProfile, claims, jws};
use crate::proof::Signer;
use crate::proof::method::is_absolute_url;
use jsonwebtoken::Header;
use jsonwebtoken::jwk::Jwk;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// Signs a credential as a token; the algorithm is that of the signer's key.
///
/// The payload is the credential and the claims `iss`, `jti`, `sub`, `nbf` and `exp` made from
/// it, for both profiles the same. `kid` is, for `vc+jwt`, the absolute URL of the key's
/// JsonWebKey method. The Open Badges profile carries the key itself in `jwk` and takes no `kid`;
/// it is not made with Ed25519 keys, which its validators refuse. The credential has been through
/// safe mode.
///
/// # Errors
/// [`JoseError::Generation`] when the credential or the key does not suit the profile.
pub fn sign_credential(
    credential: &Value,
    profile: JwtProfile,
    signer: &dyn Signer,
    kid: Option<&str>,
) -> Result<String, JoseError> {
    let Value::Object(members) = credential else {
        return Err(JoseError::Parsing("the credential is not a JSON object"));
    };
    if claims::any(members) {
        return Err(JoseError::Generation("the credential has members that are claims of a token"));
    }
    let algorithm = jws::algorithm_of(signer)?;
    let mut header = Header::new(algorithm.library());
    match (profile, kid) {
        (JwtProfile::VcJwt, Some(kid)) if is_absolute_url(kid) => {
            header.typ = Some("vc+jwt".to_owned());
            header.kid = Some(kid.to_owned());
        }
        (JwtProfile::VcJwt, _) => {
            return Err(JoseError::Generation("vc+jwt names its key by an absolute URL"));
        }
        (JwtProfile::OpenBadges, None) if algorithm != JwsAlgorithm::EdDsa => {
            let jwk: Jwk = serde_json::from_value(signer.public_key().to_jwk())
                .map_err(|_| JoseError::Generation("the key has no JWK"))?;
            header.jwk = Some(jwk);
        }
        (JwtProfile::OpenBadges, None) => {
            return Err(JoseError::Generation("Open Badges tokens take P-256 and RSA keys"));
        }
        (JwtProfile::OpenBadges, Some(_)) => {
            return Err(JoseError::Generation("an Open Badges token carries its key, not a kid"));
        }
    }
    let claims = claims::write(members, profile).map_err(JoseError::Generation)?;
    let payload = serde_json::to_vec(&Payload { credential: members, claims: &claims })
        .map_err(|_| JoseError::Generation("the payload cannot be written as JSON"))?;
    jws::compact(&header, &payload, signer)
}

/// The credential and, after its members, the claims; without a copy of either.
struct Payload<'a> {
    credential: &'a Map<String, Value>,
    claims: &'a Map<String, Value>,
}

impl Serialize for Payload<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.credential.iter().chain(self.claims))
    }
}
