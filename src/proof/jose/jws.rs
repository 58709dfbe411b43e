//! JSON Web Signatures in compact serialization (RFC 7515 section 7.1) by and for one given key,
//! whatever the payload is.

use super::{JoseError, JwsAlgorithm, algorithm, header};
use crate::encoding::{PublicKey, decode_base64url, encode_base64url};
use crate::proof::{SignError, Signer};
use jsonwebtoken::Header;
use serde_json::{Map, Value};

/// Signs a payload with a header of `alg` and, when given, `kid`.
pub fn sign_jws(
    payload: &[u8],
    kid: Option<&str>,
    signer: &dyn Signer,
) -> Result<String, JoseError> {
    let mut header = Header::new(algorithm_of(signer)?.library());
    header.typ = None;
    header.kid = kid.map(str::to_owned);
    compact(&header, payload, signer)
}

/// Signs a payload with a header of `alg`, `typ`, `cty` and, when given, `kid`.
pub fn sign_typed_jws(
    payload: &[u8],
    (typ, cty): (&str, &str),
    kid: Option<&str>,
    signer: &dyn Signer,
) -> Result<String, JoseError> {
    let mut header = Header::new(algorithm_of(signer)?.library());
    header.typ = Some(typ.to_owned());
    header.cty = Some(cty.to_owned());
    header.kid = kid.map(str::to_owned);
    compact(&header, payload, signer)
}

/// Checks a JWS with this key and no other; returns the payload. `typ`, `kid` and the rest of the
/// header say nothing here, but `alg` must be the algorithm of the key.
pub fn verify_jws(token: &str, key: &PublicKey) -> Result<Vec<u8>, JoseError> {
    let parts = Parts::of(token)?;
    if parts.header.contains_key("crit") {
        return Err(JoseError::NotVerified("the header has critical extensions"));
    }
    let stated = parts.header.get("alg").and_then(Value::as_str);
    if stated.and_then(JwsAlgorithm::from_name) != Some(JwsAlgorithm::of(key)) {
        return Err(JoseError::NotVerified("alg is not the algorithm of the key"));
    }
    match parts.verify(key) {
        Some(_) => Ok(parts.payload),
        None => Err(JoseError::NotVerified("the signature does not fit")),
    }
}

/// The algorithm of a signer's key.
pub(super) fn algorithm_of(signer: &dyn Signer) -> Result<JwsAlgorithm, JoseError> {
    let key = signer.public_key();
    if key.algorithm() == signer.algorithm() {
        Ok(JwsAlgorithm::of(key))
    } else {
        Err(JoseError::Generation("the signer contradicts its public key"))
    }
}

/// Header, payload and signature, each in base64url.
pub(super) fn compact(
    header: &Header,
    payload: &[u8],
    signer: &dyn Signer,
) -> Result<String, JoseError> {
    let header = serde_json::to_vec(header)
        .map_err(|_| JoseError::Generation("the header cannot be written as JSON"))?;
    let mut token = String::with_capacity((header.len() + payload.len() + 600) * 4 / 3);
    token.push_str(&encode_base64url(header));
    token.push('.');
    token.push_str(&encode_base64url(payload));
    let signature = signer.sign(token.as_bytes())?;
    let expected = match signer.public_key() {
        PublicKey::Ed25519(_) | PublicKey::P256(_) => 64,
        PublicKey::P384(_) => 96,
        PublicKey::Rsa(key) => key.modulus().len(),
    };
    if signature.len() != expected {
        let detail = "a signature of another length than the key makes".to_owned();
        return Err(SignError::Failed { detail }.into());
    }
    token.push('.');
    token.push_str(&encode_base64url(signature));
    Ok(token)
}

/// A token taken apart; nothing is verified yet.
pub(super) struct Parts<'a> {
    pub(super) header: Map<String, Value>,
    pub(super) payload: Vec<u8>,
    message: &'a str,
    signature_text: &'a str,
    signature: Vec<u8>,
}

impl<'a> Parts<'a> {
    /// Three parts in base64url, the first a JSON object.
    pub(super) fn of(token: &'a str) -> Result<Self, JoseError> {
        let (message, signature_text) =
            token.rsplit_once('.').ok_or(JoseError::Parsing("not three parts"))?;
        let (header, payload) =
            message.split_once('.').ok_or(JoseError::Parsing("not three parts"))?;
        // A fourth part is refused too: a full stop is not base64url.
        let decode = |part: &str| {
            decode_base64url(part).map_err(|_| JoseError::Parsing("a part is not base64url"))
        };
        Ok(Self {
            header: header::members(&decode(header)?).map_err(JoseError::Parsing)?,
            payload: decode(payload)?,
            message,
            signature_text,
            signature: decode(signature_text)?,
        })
    }

    /// Checks the signature with the algorithm of this key.
    pub(super) fn verify(&self, key: &PublicKey) -> Option<crate::proof::ProofVerified> {
        algorithm::verify(key, self.message.as_bytes(), self.signature_text, &self.signature)
    }
}
