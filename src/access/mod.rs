//! The service's own word: access tokens for clients (RFC 9068, EdDSA), the keys with which others
//! check them (RFC 7517), statements that it signs for whoever reads them later.
//!
//! It gets signers and never sees a private key. It does not know who a client is or what it may do
//! now: who asks looks the client up each time. Nothing here signs certificates.

mod error;
mod keys;
mod secret;
mod statement;
mod token;

pub use error::AccessError;
pub use keys::{OVERLAP_SECONDS, TokenKey};
pub use secret::{Secret, SecretUse, same_secret, secret_digest};
pub use statement::{MessageSignature, verify_statement};
pub use token::{Granted, LIFETIME_SECONDS, Presented};

use keys::Ring;
use std::sync::RwLock;

/// Signs for the service, and checks what it signed.
#[derive(Debug)]
pub struct Access {
    /// `iss`: the public address.
    issuer: String,
    /// `aud`: the API.
    audience: String,
    ring: RwLock<Ring>,
}
