//! did:jwk (draft of the Decentralized Identity Foundation): the identifier is a public JWK in
//! base64url, its document is made here, without I/O. One method, `#0`, for signing keys only.

use super::jwk_set::unique_members;
use super::{EncodingError, PublicKey, base64url};
use serde_json::{Map, Value, json};

/// Characters that the key may take in the identifier: RSA keys of 8192 bits fit.
const MAX_LENGTH: usize = 4096;
const PREFIX: &str = "did:jwk:";

/// A did:jwk identifier that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DidJwkError {
    /// Not a DID, or what follows the method is not one JSON object in base64url.
    #[error("invalidDid: {0}")]
    InvalidDid(&'static str),
    /// A DID of another method.
    #[error("methodNotSupported: not the method \"jwk\"")]
    MethodNotSupported,
    /// The object is no public signing key that is known here.
    #[error("invalidPublicKey: {0}")]
    InvalidPublicKey(EncodingError),
}

impl DidJwkError {
    /// The name of the error, as resolvers write it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidDid(_) => "invalidDid",
            Self::MethodNotSupported => "methodNotSupported",
            Self::InvalidPublicKey(_) => "invalidPublicKey",
        }
    }
}

/// The DID of this key, from the JWK with exactly the members that identify it.
pub fn from_key(key: &PublicKey) -> String {
    format!("{PREFIX}{}", base64url::encode(key.to_jwk().to_string()))
}

/// The one verification method of a did:jwk: `#0`.
pub fn method_id(did: &str) -> Result<String, DidJwkError> {
    parse(did)?;
    Ok(format!("{did}#0"))
}

/// The key that a did:jwk identifier is. Takes a bare DID: no path, query or fragment.
pub fn parse(did: &str) -> Result<PublicKey, DidJwkError> {
    let jwk = Value::Object(members(did)?);
    PublicKey::from_jwk(&jwk).map_err(DidJwkError::InvalidPublicKey)
}

fn members(did: &str) -> Result<Map<String, Value>, DidJwkError> {
    let Some(value) = did.strip_prefix(PREFIX) else {
        return Err(match did.strip_prefix("did:").and_then(|rest| rest.split_once(':')) {
            Some((method, _)) if !method.is_empty() => DidJwkError::MethodNotSupported,
            _ => DidJwkError::InvalidDid("not a DID"),
        });
    };
    if value.len() > MAX_LENGTH {
        return Err(DidJwkError::InvalidDid("too long"));
    }
    let bytes = base64url::decode(value)
        .map_err(|_| DidJwkError::InvalidDid("not base64url without padding"))?;
    unique_members(&bytes).ok_or(DidJwkError::InvalidDid("not one JSON object"))
}

/// The DID document of a did:jwk. The JWK stands in it as it was given; its verification method
/// has every signing relationship.
pub fn document(did: &str) -> Result<Value, DidJwkError> {
    let jwk = members(did)?;
    let jwk = Value::Object(jwk);
    PublicKey::from_jwk(&jwk).map_err(DidJwkError::InvalidPublicKey)?;
    let id = format!("{did}#0");
    Ok(json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did,
        "verificationMethod": [
            {"id": id, "type": "JsonWebKey", "controller": did, "publicKeyJwk": jwk},
        ],
        "authentication": [id],
        "assertionMethod": [id],
        "capabilityDelegation": [id],
        "capabilityInvocation": [id],
    }))
}
