//! The vault: the only room that holds private keys. It makes them, keeps them encrypted, hands
//! out [`Signer`]s, and builds the public key documents.
//!
//! It does not decide which key an issuer uses, does not record a key's state (that is the
//! store's) and never shows a secret: not in `Debug`, not in an error, not in a log.
//! Verifiable credentials: Controlled Identifiers 1.0, did:web; decision D3.

mod documents;
mod error;
mod file;
mod given;
mod secret;
mod signer;
mod vault;

pub use documents::{did_document, did_web, jwk_method, jwks, multikey_method, published_jwk};
pub use error::KeyError;
pub use given::{jwk_signer, seeded_signer};
pub use secret::{SecretString, Unlock};
pub use vault::{ServiceKey, TestKeys, Vault};

use crate::model::{IssuerKey, KeyAlgorithm, Slug, Timestamp};
use crate::proof::Signer;
use std::fmt::Debug;
use std::sync::Arc;

/// Where signers come from.
///
/// Contract, for every implementation:
/// - a signer signs exactly the bytes it is given, with the key whose public part is in the record;
/// - there is no signer for a retired or compromised key, whatever is on disk;
/// - a key whose secret does not belong to the record's public part is refused;
/// - [`KeyProvider::signer`] is cheap after the first call: loaded keys stay loaded.
pub trait KeyProvider: Send + Sync + Debug {
    /// The signer for an active key.
    fn signer(&self, key: &IssuerKey) -> Result<Arc<dyn Signer>, KeyError>;

    /// Makes a key pair and keeps its secret durably before it returns the public part. The
    /// record is not in any store yet.
    fn generate(
        &self,
        issuer: &Slug,
        algorithm: KeyAlgorithm,
        now: Timestamp,
        test: bool,
    ) -> Result<IssuerKey, KeyError>;
}
