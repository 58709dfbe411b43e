//! Any text: a did:key, a Multikey, a JWK, or refused. What is read is written back the same.
#![no_main]
use bewijs::encoding::{PublicKey, did_key};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = did_key::parse(text);
    if let Ok(key) = PublicKey::from_multikey(text) {
        assert_eq!(key.to_multikey().ok().as_deref(), Some(text));
        assert_eq!(PublicKey::from_jwk(&key.to_jwk()).ok(), Some(key));
    }
    if let Ok(jwk) = serde_json::from_str(text) {
        let _ = PublicKey::from_jwk(&jwk);
    }
});
