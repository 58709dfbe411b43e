//! How public keys and bytes are written: multibase, Multikey (Controlled Identifiers 1.0,
//! section 2.2.2), JWK (RFC 7517, 7518, 8037) with RFC 7638 thumbprints, JWK sets, and the documents
//! of did:key and did:jwk identifiers. Only public keys: nothing here holds or reads a private one.

mod base64url;
pub mod did_jwk;
pub mod did_key;
mod error;
mod jwk;
mod jwk_set;
pub mod multibase;
mod multikey;
mod public_key;

pub use base64url::{decode as decode_base64url, encode as encode_base64url};
pub use error::EncodingError;
pub use jwk_set::{JwkEntry, JwkSet};
pub use public_key::{EcPublicKey, Ed25519PublicKey, PublicKey, RsaPublicKey};
