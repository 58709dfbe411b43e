//! did:key (W3C CCG): the identifier is the key, its document is made here, without I/O.
//! Only the signing keys of [`PublicKey`]; no key agreement, no derived X25519 key.

use super::{EncodingError, PublicKey};
use serde_json::{Value, json};

/// A did:key identifier that is refused; the names are those of the method's specification.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DidKeyError {
    /// Not a DID, or the identifier is not base58btc multibase.
    #[error("invalidDid: {0}")]
    InvalidDid(&'static str),
    /// A DID of another method.
    #[error("methodNotSupported: not the method \"key\"")]
    MethodNotSupported,
    /// The key has another length than its header promises.
    #[error("invalidPublicKeyLength")]
    InvalidPublicKeyLength,
    /// The header is unknown, or the bytes are no usable public key.
    #[error("invalidPublicKey: {0}")]
    InvalidPublicKey(EncodingError),
}

impl DidKeyError {
    /// The name of the error in the specification.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidDid(_) => "invalidDid",
            Self::MethodNotSupported => "methodNotSupported",
            Self::InvalidPublicKeyLength => "invalidPublicKeyLength",
            Self::InvalidPublicKey(_) => "invalidPublicKey",
        }
    }
}

/// In which form the document gives the key (the option `publicKeyFormat` of the method).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum KeyFormat {
    /// `publicKeyMultibase`, for Data Integrity proofs.
    #[default]
    Multikey,
    /// `publicKeyJwk`, for tokens.
    JsonWebKey,
}

/// The DID of this key. RSA keys have none.
pub fn from_key(key: &PublicKey) -> Result<String, EncodingError> {
    Ok(format!("did:key:{}", key.to_multikey()?))
}

/// The one verification method of a did:key: `did:key:zX#zX`.
pub fn method_id(did: &str) -> Result<String, DidKeyError> {
    parse(did)?;
    let value = did.strip_prefix("did:key:").ok_or(DidKeyError::MethodNotSupported)?;
    Ok(format!("{did}#{value}"))
}

/// The key that a did:key identifier is. Takes a bare DID: no path, query or fragment.
pub fn parse(did: &str) -> Result<PublicKey, DidKeyError> {
    let rest = did.strip_prefix("did:").ok_or(DidKeyError::InvalidDid("no \"did:\""))?;
    let (method, value) =
        rest.split_once(':').ok_or(DidKeyError::InvalidDid("no method-specific identifier"))?;
    if method.is_empty() || !method.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Err(DidKeyError::InvalidDid("method names are lower case letters and digits"));
    }
    if method != "key" {
        return Err(DidKeyError::MethodNotSupported);
    }
    PublicKey::from_multikey(value).map_err(|error| match error {
        EncodingError::Multibase(fault) => DidKeyError::InvalidDid(fault),
        EncodingError::KeyLength { .. } => DidKeyError::InvalidPublicKeyLength,
        other => DidKeyError::InvalidPublicKey(other),
    })
}

/// The DID document of a did:key. Its verification method has every signing relationship.
pub fn document(did: &str, format: KeyFormat) -> Result<Value, DidKeyError> {
    let key = parse(did)?;
    let id = method_id(did)?;
    let (context, method) = match format {
        KeyFormat::Multikey => (
            "https://w3id.org/security/multikey/v1",
            json!({
                "id": id,
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": key.to_multikey().map_err(DidKeyError::InvalidPublicKey)?,
            }),
        ),
        KeyFormat::JsonWebKey => (
            "https://w3id.org/security/jwk/v1",
            json!({
                "id": id,
                "type": "JsonWebKey",
                "controller": did,
                "publicKeyJwk": key.to_jwk(),
            }),
        ),
    };
    Ok(json!({
        "@context": ["https://www.w3.org/ns/did/v1", context],
        "id": did,
        "verificationMethod": [method],
        "authentication": [id],
        "assertionMethod": [id],
        "capabilityDelegation": [id],
        "capabilityInvocation": [id],
    }))
}
