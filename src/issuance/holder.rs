//! Telling whether two certificates are of the same holder, without keeping who that is.
//!
//! The register keeps a keyed hash: whoever has the register but not the installation's secret
//! cannot try addresses against it.

use aws_lc_rs::hmac;
use std::fmt::{self, Write};

/// The installation's secret for hashing holders. The same for the life of the installation.
pub struct HolderSecret(hmac::Key);

impl HolderSecret {
    /// Takes 256 random bits.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// The marks of a holder: one for the address and one for the DID, space between; `None`
    /// without either.
    pub(super) fn marks(&self, email: Option<&str>, did: Option<&str>) -> Option<String> {
        let email = email.map(|email| self.mark("mailto:", &email.trim().to_lowercase()));
        let did = did.map(|did| self.mark("did:", did));
        match (email, did) {
            (None, None) => None,
            (Some(one), None) | (None, Some(one)) => Some(one),
            (Some(email), Some(did)) => Some(format!("{email} {did}")),
        }
    }

    /// A key of its own for another purpose, which tells nothing of this one.
    pub(super) fn derived(&self, purpose: &[u8]) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&self.0, purpose).as_ref())
    }

    /// 256 bits for another purpose, which tell nothing of this secret.
    pub(super) fn derived_bytes(&self, purpose: &[u8]) -> [u8; 32] {
        let mut bytes = [0; 32];
        let tag = hmac::sign(&self.0, purpose);
        bytes.iter_mut().zip(tag.as_ref()).for_each(|(byte, from)| *byte = *from);
        bytes
    }

    fn mark(&self, kind: &str, identity: &str) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(kind.as_bytes());
        context.update(identity.as_bytes());
        context.sign().as_ref().iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

impl fmt::Debug for HolderSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HolderSecret(..)")
    }
}

/// Whether two sets of marks share one. Somebody who changed address but not DID, or DID but not
/// address, is the same holder; without marks nobody is.
pub(super) fn same_holder(one: Option<&str>, other: Option<&str>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    one.split(' ').any(|mark| other.split(' ').any(|theirs| mark == theirs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_are_the_same_by_address_or_by_did() {
        let secret = HolderSecret::new(&[1; 32]);
        let marks = |email, did| secret.marks(email, did);
        let both = marks(Some("A@example.org"), Some("did:key:z1"));
        let address = marks(Some(" a@Example.org"), None);
        let did = marks(None, Some("did:key:z1"));
        let other = marks(Some("b@example.org"), Some("did:key:z2"));
        let same = |a: &Option<String>, b: &Option<String>| same_holder(a.as_deref(), b.as_deref());
        assert!(same(&both, &address) && same(&both, &did) && same(&address, &both));
        assert!(!same(&both, &other) && !same(&address, &did) && !same(&did, &other));
        assert!(!same(&None, &None) && !same(&both, &None));
        let elsewhere = HolderSecret::new(&[2; 32]).marks(Some("a@example.org"), None);
        assert!(!same(&address, &elsewhere));
        assert!(!both.unwrap().contains("example"));
        assert_eq!(format!("{secret:?}"), "HolderSecret(..)");
    }
}
