//! Public key documents: the DID document of an issuer and the JWK set (Controlled Identifiers
//! 1.0, did:web, RFC 7517). Pure functions of the public records; decision D3.
//!
//! Every key that ever signed stays listed. A retired key stays in `assertionMethod`, so that what
//! it signed still verifies. A compromised key leaves it and is marked `revoked`.

use crate::model::{IssuerKey, KeyAlgorithm, KeyState};
use serde_json::{Map, Value, json};

/// The DID document of `did` (its `id`), with each key as Multikey and as JsonWebKey. RSA keys
/// have only the second form. Without keys it is the bare identifier, as for the host's own.
pub fn did_document(did: &str, keys: &[IssuerKey]) -> Value {
    let mut methods = Vec::new();
    let mut assertion = Vec::new();
    for key in keys {
        for id in [multikey_method(did, key), Some(jwk_method(did, key))].into_iter().flatten() {
            methods.push(method(did, &id, key));
            if !matches!(key.state, KeyState::Compromised { .. }) {
                assertion.push(Value::String(id));
            }
        }
    }
    let mut document = Map::new();
    document.insert(
        "@context".to_owned(),
        json!([
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/jwk/v1",
        ]),
    );
    document.insert("id".to_owned(), did.into());
    if !methods.is_empty() {
        document.insert("verificationMethod".to_owned(), methods.into());
    }
    if !assertion.is_empty() {
        document.insert("assertionMethod".to_owned(), assertion.into());
    }
    Value::Object(document)
}

/// The DID URL of a key's Multikey method; RSA keys have none.
pub fn multikey_method(did: &str, key: &IssuerKey) -> Option<String> {
    key.public_key_multibase.as_ref().map(|multikey| format!("{did}#{multikey}"))
}

/// The DID URL of a key's JsonWebKey method: the `kid` of W3C tokens.
pub fn jwk_method(did: &str, key: &IssuerKey) -> String {
    format!("{did}#{}", key.thumbprint)
}

/// The public JWK as published: with `kid` (its thumbprint) and the one `alg` it is for.
pub fn published_jwk(key: &IssuerKey) -> Value {
    let mut jwk = Map::new();
    let alg = match key.algorithm {
        KeyAlgorithm::Ed25519 => "EdDSA",
        KeyAlgorithm::P256 => "ES256",
        KeyAlgorithm::P384 => "ES384",
        KeyAlgorithm::Rsa => "RS256",
    };
    // Named one by one: a private member in a record would still not be published.
    for member in ["kty", "crv"] {
        copy(&key.public_jwk, member, &mut jwk);
    }
    jwk.insert("alg".to_owned(), alg.into());
    jwk.insert("kid".to_owned(), key.thumbprint.clone().into());
    for member in ["x", "y", "n", "e"] {
        copy(&key.public_jwk, member, &mut jwk);
    }
    Value::Object(jwk)
}

/// The JWK set of a host: the keys of its issuers, each with the member `iss` that names whose it
/// is (Open Badges 3.0, section 8.2). Compromised keys are left out: a JWK set cannot say so.
pub fn jwks<'a>(issuers: impl IntoIterator<Item = (&'a str, &'a [IssuerKey])>) -> Value {
    let mut keys = Vec::new();
    for (issuer, of_issuer) in issuers {
        for key in of_issuer {
            if matches!(key.state, KeyState::Compromised { .. }) {
                continue;
            }
            let mut jwk = published_jwk(key);
            jwk["use"] = "sig".into();
            jwk["iss"] = issuer.into();
            keys.push(jwk);
        }
    }
    json!({ "keys": keys })
}

/// The did:web of a place under a base address: the host's own without path, an issuer's with
/// `["issuers", slug]`. `None` when the address has no host name: did:web knows no IP addresses.
pub fn did_web(base_url: &str, path: &[&str]) -> Option<String> {
    let url = url::Url::parse(base_url).ok()?;
    let mut did = format!("did:web:{}", url.domain()?);
    if let Some(port) = url.port() {
        did.push_str(&format!("%3A{port}"));
    }
    for segment in path {
        did.push(':');
        did.push_str(segment);
    }
    Some(did)
}

fn method(did: &str, id: &str, key: &IssuerKey) -> Value {
    let multikey = key.public_key_multibase.as_ref().filter(|m| id == format!("{did}#{m}"));
    let mut method = match multikey {
        Some(multikey) => json!({
            "id": id, "type": "Multikey", "controller": did, "publicKeyMultibase": multikey
        }),
        None => json!({
            "id": id, "type": "JsonWebKey", "controller": did, "publicKeyJwk": published_jwk(key)
        }),
    };
    if let KeyState::Compromised { from } = key.state {
        method["revoked"] = json!(from);
    }
    method
}

fn copy(from: &Value, member: &str, to: &mut Map<String, Value>) {
    if let Some(value) = from.get(member) {
        to.insert(member.to_owned(), value.clone());
    }
}
