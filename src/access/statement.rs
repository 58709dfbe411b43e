//! What the service signs beside tokens: statements that others keep, such as the head of an audit
//! export (JWS, RFC 7515), and messages on their way, such as the base of an HTTP message signature
//! (RFC 9421).
//!
//! Each kind of statement has a `typ` of its own, so none can be taken for another or for a token.

use super::keys::published;
use super::{Access, AccessError};
use crate::encoding::{PublicKey, decode_base64url};
use crate::model::Timestamp;
use crate::proof::jose::{JoseError, sign_typed_jws, verify_jws};
use serde_json::Value;

/// What every `typ` of a statement begins with.
const STATEMENT: &str = "bewijs-";

/// A signature over a message, and by which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageSignature {
    /// The `kid` under which `/oauth/jwks` has the key.
    pub key: String,
    /// Ed25519, 64 bytes.
    pub signature: Vec<u8>,
}

impl Access {
    /// Signs a statement of this kind, a word such as `audit-head`: a compact JWS with `kid`, `typ`
    /// `bewijs-{kind}+jws` and `cty` `json`.
    pub fn sign_statement(&self, kind: &str, payload: &[u8]) -> Result<String, AccessError> {
        let ring = self.ring();
        let key = ring.current()?;
        let typ = format!("{STATEMENT}{kind}+jws");
        sign_typed_jws(payload, (&typ, "json"), Some(&key.kid), key.signer.as_ref()).map_err(
            |error| match error {
                JoseError::Sign(error) => AccessError::Sign(error),
                JoseError::Parsing(_) | JoseError::Generation(_) | JoseError::NotVerified(_) => {
                    AccessError::Ambiguous
                }
            },
        )
    }

    /// Signs these bytes as they are. They must not be such that they could be read as a token or a
    /// statement: somewhere in the first 100 bytes stands one that no JWS has.
    pub fn sign_message(&self, message: &[u8]) -> Result<MessageSignature, AccessError> {
        let of_jws = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        if message.iter().take(100).all(of_jws) {
            return Err(AccessError::Ambiguous);
        }
        let ring = self.ring();
        let key = ring.current()?;
        let signature = key.signer.sign(message)?;
        Ok(MessageSignature { key: key.kid.clone(), signature })
    }

    /// The payload of a statement of this kind that this service signed, with any key that it still
    /// has.
    pub fn check_statement(&self, kind: &str, statement: &str) -> Result<Vec<u8>, AccessError> {
        let ring = self.ring();
        let named = statement_kid(statement);
        let key = ring.all().iter().find(|key| Some(key.kid.as_str()) == named.as_deref());
        verify_statement(kind, statement, key.ok_or(AccessError::NotOurs)?.public())
    }

    /// The public part of the key that signs now, as a JWK with `kid`, and since when it does. For
    /// who writes a file that is to be checked without the service.
    pub fn signing_key(&self) -> Result<(Value, Timestamp), AccessError> {
        let ring = self.ring();
        let key = ring.current()?;
        Ok((published(key), key.made))
    }
}

/// The payload of a statement of this kind by this key; no service is needed.
pub fn verify_statement(
    kind: &str,
    statement: &str,
    key: &PublicKey,
) -> Result<Vec<u8>, AccessError> {
    let expected = format!("{STATEMENT}{kind}+jws");
    if header(statement).and_then(|h| Some(h.get("typ")?.as_str()? == expected)) != Some(true) {
        return Err(AccessError::NotOurs);
    }
    verify_jws(statement, key).map_err(|_| AccessError::NotOurs)
}

fn statement_kid(statement: &str) -> Option<String> {
    Some(header(statement)?.get("kid")?.as_str()?.to_owned())
}

fn header(statement: &str) -> Option<Value> {
    let (header, _) = statement.split_once('.')?;
    if header.len() > 1_024 {
        return None;
    }
    serde_json::from_slice(&decode_base64url(header).ok()?).ok()
}
