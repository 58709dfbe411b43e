//! JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037) and their thumbprints (RFC 7638).
//! Public keys only: a private member makes the whole key refused.

use super::{EcPublicKey, Ed25519PublicKey, EncodingError, PublicKey, base64url};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// Members that hold secrets (RFC 7518 sections 6.2.2, 6.3.2, 6.4; RFC 8037 section 2).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

impl PublicKey {
    /// Reads a public JWK: `OKP` with `Ed25519`, `EC` with `P-256` or `P-384`, `RSA`. Members
    /// that are not about the key are ignored; `alg`, `use` and `key_ops` must not contradict it.
    pub fn from_jwk(jwk: &Value) -> Result<Self, EncodingError> {
        let jwk = jwk.as_object().ok_or(EncodingError::UnsupportedJwk)?;
        for member in PRIVATE {
            if jwk.contains_key(member) {
                return Err(EncodingError::Jwk { member, fault: "is private" });
            }
        }
        let (key, algorithms): (Self, &[&str]) = match (text(jwk, "kty")?, jwk.get("crv")) {
            ("OKP", Some(Value::String(curve))) if curve == "Ed25519" => {
                let x = bytes(jwk, "x")?;
                let x = x
                    .as_slice()
                    .try_into()
                    .map_err(|_| EncodingError::KeyLength { kind: "Ed25519" })?;
                (Self::Ed25519(Ed25519PublicKey::from_bytes(x)?), &["EdDSA", "Ed25519"])
            }
            ("EC", Some(Value::String(curve))) if curve == "P-256" => {
                (Self::P256(EcPublicKey::p256(&point(jwk, "P-256", 32)?)?), &["ES256"])
            }
            ("EC", Some(Value::String(curve))) if curve == "P-384" => {
                (Self::P384(EcPublicKey::p384(&point(jwk, "P-384", 48)?)?), &["ES384"])
            }
            ("RSA", None) => (Self::from_rsa(&bytes(jwk, "n")?, &bytes(jwk, "e")?)?, &["RS256"]),
            _ => return Err(EncodingError::UnsupportedJwk),
        };
        match jwk.get("alg") {
            None => {}
            Some(Value::String(alg)) if algorithms.contains(&alg.as_str()) => {}
            Some(_) => {
                return Err(EncodingError::Jwk { member: "alg", fault: "is not for this key" });
            }
        }
        match jwk.get("use") {
            None => {}
            Some(Value::String(usage)) if usage == "sig" => {}
            Some(_) => return Err(EncodingError::Jwk { member: "use", fault: "is not \"sig\"" }),
        }
        match jwk.get("key_ops") {
            None => {}
            Some(Value::Array(ops)) if ops.iter().any(|op| op == "verify") => {}
            Some(_) => {
                return Err(EncodingError::Jwk { member: "key_ops", fault: "lacks \"verify\"" });
            }
        }
        Ok(key)
    }

    /// The JWK with exactly the members that identify the key.
    pub fn to_jwk(&self) -> Value {
        match self {
            Self::Ed25519(key) => {
                json!({"kty": "OKP", "crv": "Ed25519", "x": base64url::encode(key.as_bytes())})
            }
            Self::P256(key) => elliptic("P-256", key),
            Self::P384(key) => elliptic("P-384", key),
            Self::Rsa(key) => json!({
                "kty": "RSA",
                "n": base64url::encode(key.modulus()),
                "e": base64url::encode(key.exponent()),
            }),
        }
    }

    /// The SHA-256 thumbprint of the JWK in base64url.
    pub fn thumbprint(&self) -> String {
        // RFC 7638 section 3: the required members only, in lexicographic order, no white space.
        // All values are base64url or fixed names, so that nothing needs escaping.
        let canonical = match self {
            Self::Ed25519(key) => format!(
                r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#,
                base64url::encode(key.as_bytes())
            ),
            Self::P256(key) => elliptic_canonical("P-256", key),
            Self::P384(key) => elliptic_canonical("P-384", key),
            Self::Rsa(key) => format!(
                r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#,
                base64url::encode(key.exponent()),
                base64url::encode(key.modulus())
            ),
        };
        base64url::encode(Sha256::digest(canonical.as_bytes()))
    }
}

fn elliptic(curve: &str, key: &EcPublicKey) -> Value {
    let (x, y) = key.coordinates();
    json!({"kty": "EC", "crv": curve, "x": base64url::encode(x), "y": base64url::encode(y)})
}

fn elliptic_canonical(curve: &str, key: &EcPublicKey) -> String {
    let (x, y) = key.coordinates();
    format!(
        r#"{{"crv":"{curve}","kty":"EC","x":"{}","y":"{}"}}"#,
        base64url::encode(x),
        base64url::encode(y)
    )
}

fn text<'a>(jwk: &'a Map<String, Value>, member: &'static str) -> Result<&'a str, EncodingError> {
    match jwk.get(member) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(EncodingError::Jwk { member, fault: "is not a string" }),
        None => Err(EncodingError::Jwk { member, fault: "is missing" }),
    }
}

fn bytes(jwk: &Map<String, Value>, member: &'static str) -> Result<Vec<u8>, EncodingError> {
    base64url::decode(text(jwk, member)?)
        .map_err(|_| EncodingError::Jwk { member, fault: "is not base64url without padding" })
}

/// RFC 7518 section 6.2.1.2: the coordinates have the full length of the field.
fn point(
    jwk: &Map<String, Value>,
    kind: &'static str,
    size: usize,
) -> Result<Vec<u8>, EncodingError> {
    let (x, y) = (bytes(jwk, "x")?, bytes(jwk, "y")?);
    if x.len() != size || y.len() != size {
        return Err(EncodingError::KeyLength { kind });
    }
    Ok([&[0x04][..], &x, &y].concat())
}
