//! Access tokens (RFC 9068): made for one client and ten minutes, checked strictly.
//!
//! Only tokens whose header is exactly the one that this service writes are looked at, so nobody
//! chooses algorithm, type or key. The signature is checked by `jsonwebtoken`, the moments here,
//! against the time that is handed in.

use super::keys::Held;
use super::{Access, AccessError};
use crate::encoding::{PublicKey, encode_base64url};
use crate::model::{Scope, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How long a token holds.
pub const LIFETIME_SECONDS: i64 = 600;
/// So far the clocks of two machines may be apart.
pub(super) const LEEWAY_SECONDS: i64 = 30;
/// A token is not longer than this.
const MOST_BYTES: usize = 4_096;

/// A token that was made.
#[derive(Clone, PartialEq, Eq)]
pub struct Granted {
    /// The token.
    pub token: String,
    /// `expires_in`, in seconds.
    pub seconds: i64,
}

impl std::fmt::Debug for Granted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Granted(.., {} s)", self.seconds)
    }
}

/// What a token says that is ours and not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// The client.
    pub client: String,
    /// Which of its secrets it was given for.
    pub secret: u32,
    /// What was granted; the client may have lost it since.
    pub scopes: Vec<Scope>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    client_id: String,
    scope: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
    /// The number of the secret that was shown.
    secret: u32,
}

impl Access {
    /// A token for this client, whose secret of this number was shown. `jti` is drawn by who asks.
    pub fn grant(
        &self,
        client: &str,
        secret: u32,
        scopes: &[Scope],
        jti: String,
        now: Timestamp,
    ) -> Result<Granted, AccessError> {
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: client.to_owned(),
            client_id: client.to_owned(),
            scope: scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" "),
            iat: now.unix(),
            nbf: now.unix(),
            exp: now.unix().saturating_add(LIFETIME_SECONDS),
            jti,
            secret,
        };
        let ring = self.ring();
        let key = ring.current()?;
        let claims = serde_json::to_vec(&claims).expect("claims are JSON");
        let mut token = format!("{}.{}", header(key), encode_base64url(claims));
        let signature = key.signer.sign(token.as_bytes())?;
        token.push('.');
        token.push_str(&encode_base64url(signature));
        Ok(Granted { token, seconds: LIFETIME_SECONDS })
    }

    /// Whether a Bearer looks like an access token, and not like a long-lived one.
    pub fn is_access_token(bearer: &str) -> bool {
        bearer.bytes().filter(|byte| *byte == b'.').count() == 2
    }

    /// What a token says, when this service made it for this API and it is not over.
    pub fn check(&self, token: &str, now: Timestamp) -> Result<Presented, AccessError> {
        if token.len() > MOST_BYTES {
            return Err(AccessError::NotOurs);
        }
        let (stated, _) = token.split_once('.').ok_or(AccessError::NotOurs)?;
        let ring = self.ring();
        let key = ring.believed(now).find(|key| header(key) == stated);
        let PublicKey::Ed25519(public) = key.ok_or(AccessError::NotOurs)?.public() else {
            return Err(AccessError::NotOurs);
        };
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        rules.set_issuer(&[&self.issuer]);
        rules.set_audience(&[&self.audience]);
        // The library would ask the machine for the time.
        rules.validate_exp = false;
        rules.validate_nbf = false;
        let key = DecodingKey::from_ed_der(public.as_bytes());
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &rules)
            .map_err(|_| AccessError::NotOurs)?
            .claims;
        let now = now.unix();
        let lasts = claims.exp.checked_sub(claims.iat);
        if claims.sub != claims.client_id
            || lasts.is_none_or(|lasts| !(1..=LIFETIME_SECONDS).contains(&lasts))
            || claims.nbf > now.saturating_add(LEEWAY_SECONDS)
            || claims.iat > now.saturating_add(LEEWAY_SECONDS)
        {
            return Err(AccessError::NotOurs);
        }
        if claims.exp <= now {
            return Err(AccessError::Expired);
        }
        // A scope that a later version knew gives nothing here.
        let scopes = claims.scope.split(' ').filter_map(|scope| scope.parse().ok()).collect();
        Ok(Presented { client: claims.client_id, secret: claims.secret, scopes })
    }
}

/// The one header of tokens by this key, in base64url.
fn header(key: &Held) -> String {
    let header = json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": key.kid });
    encode_base64url(header.to_string())
}
