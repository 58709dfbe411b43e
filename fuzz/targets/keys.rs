//! Any text: a did:key, a did:jwk, a multibase, a Multikey, a JWK, a JWK set, or refused. What is read is written back the same.
#![no_main]
use bewijs::encoding::{JwkSet, PublicKey, did_jwk, did_key, multibase};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = did_key::parse(text);
    let _ = did_jwk::document(text);
    let _ = (multibase::decode_base64url(text), multibase::decode_base58btc(text));
    let _ = multibase::decode_signature(text);
    if let Ok(key) = did_jwk::parse(text) {
        assert_eq!(did_jwk::parse(&did_jwk::from_key(&key)).ok(), Some(key));
    }
    if let Ok(key) = PublicKey::from_multikey(text) {
        assert_eq!(key.to_multikey().ok().as_deref(), Some(text));
        assert_eq!(PublicKey::from_jwk(&key.to_jwk()).ok(), Some(key));
    }
    if let Ok(jwk) = serde_json::from_str(text) {
        let _ = PublicKey::from_jwk(&jwk);
        let _ = JwkSet::from_value(&jwk);
    }
});
