//! Secrets of clients: drawn, shown once, kept as a digest, compared in constant time.
//!
//! A secret is 256 random bits, so its SHA-256 is enough to keep: there is nothing to guess that a
//! slow hash would protect.

use crate::ids::IdGenerator;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fmt::Write;
use subtle::ConstantTimeEq;

/// What a secret opens; it shows in what the secret begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretUse {
    /// A long-lived Bearer token.
    Token,
    /// Only exchanged for an access token.
    OAuth,
}

impl SecretUse {
    /// What begins every such secret, so that one is recognised where it does not belong.
    fn mark(self) -> &'static str {
        match self {
            Self::Token => "bewijs_",
            Self::OAuth => "bewijs-oauth_",
        }
    }
}

/// A secret that was drawn and is to be shown once.
pub struct Secret(String);

impl Secret {
    /// Draws one.
    pub fn draw(ids: &dyn IdGenerator, purpose: SecretUse) -> Self {
        Self(format!("{}{}", purpose.mark(), ids.secret()))
    }

    /// The text. Not to be kept.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept of it: its SHA-256, hex.
    pub fn sha256(&self) -> String {
        hex(&secret_digest(&self.0))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// SHA-256 of what somebody showed.
pub fn secret_digest(shown: &str) -> [u8; 32] {
    Sha256::digest(shown.as_bytes()).into()
}

/// Whether a digest is the one that was kept, in a time that does not tell how near it is.
pub fn same_secret(shown: &[u8; 32], kept: &str) -> bool {
    hex(shown).as_bytes().ct_eq(kept.as_bytes()).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
