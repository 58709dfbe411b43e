//! Multibase, Multikey, JWK, base64url, did:key.
