//! Keys that count how often they are asked for and what they sign.

use bewijs::encoding::PublicKey;
use bewijs::keys::{KeyError, KeyProvider, Vault};
use bewijs::model::{IssuerKey, KeyAlgorithm, Slug, Timestamp};
use bewijs::proof::{SignError, Signer};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A vault and how often it was used.
#[derive(Debug)]
pub struct CountingKeys {
    vault: Vault,
    asked: AtomicUsize,
    signed: Arc<AtomicUsize>,
}

impl CountingKeys {
    pub fn around(vault: Vault) -> Self {
        Self { vault, asked: AtomicUsize::new(0), signed: Arc::default() }
    }

    /// How often a signer was asked for, and how often one signed.
    pub fn used(&self) -> (usize, usize) {
        (self.asked.load(Ordering::SeqCst), self.signed.load(Ordering::SeqCst))
    }
}

impl KeyProvider for CountingKeys {
    fn signer(&self, key: &IssuerKey) -> Result<Arc<dyn Signer>, KeyError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let inner = self.vault.signer(key)?;
        Ok(Arc::new(Counting { inner, signed: Arc::clone(&self.signed) }))
    }

    fn generate(
        &self,
        issuer: &Slug,
        algorithm: KeyAlgorithm,
        now: Timestamp,
        test: bool,
    ) -> Result<IssuerKey, KeyError> {
        self.vault.generate(issuer, algorithm, now, test)
    }
}

#[derive(Debug)]
struct Counting {
    inner: Arc<dyn Signer>,
    signed: Arc<AtomicUsize>,
}

impl Signer for Counting {
    fn algorithm(&self) -> KeyAlgorithm {
        self.inner.algorithm()
    }

    fn public_key(&self) -> &PublicKey {
        self.inner.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        self.signed.fetch_add(1, Ordering::SeqCst);
        self.inner.sign(message)
    }
}
