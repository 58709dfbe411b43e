//! The kinds of private key, and how each signs.
//!
//! Ed25519 keys are held by ed25519-dalek and sign through aws-lc-rs, which takes half the time;
//! Ed25519 is deterministic, so both give the same bytes, and loading checks that they do.

use super::KeyError;
use crate::encoding::PublicKey;
use crate::model::KeyAlgorithm;
use crate::proof::{SignError, Signer};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer as _;
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// A secret as it is kept: the 32-byte seed for Ed25519, PKCS#8 for the others.
pub(super) type SecretBytes = Zeroizing<Vec<u8>>;

/// A private key, loaded.
pub(super) struct LoadedKey {
    pair: Pair,
    public: PublicKey,
}

enum Pair {
    Ed25519 {
        /// The holder of the key; wiped when dropped.
        #[cfg_attr(not(test), expect(dead_code, reason = "holds and wipes the key"))]
        held: Box<ed25519_dalek::SigningKey>,
        fast: Ed25519KeyPair,
    },
    P256(EcdsaKeyPair),
    P384(EcdsaKeyPair),
    Rsa(Box<RsaKeyPair>),
}

/// Makes a secret of this kind from the operating system's randomness.
pub(super) fn generate(algorithm: KeyAlgorithm) -> Result<SecretBytes, KeyError> {
    let refused = |_| KeyError::Provider("make a key");
    let mut secret = Zeroizing::new(Vec::new());
    match algorithm {
        KeyAlgorithm::Ed25519 => {
            secret.resize(32, 0);
            aws_lc_rs::rand::fill(&mut secret).map_err(refused)?;
        }
        KeyAlgorithm::P256 => {
            let random = SystemRandom::new();
            let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random);
            secret.extend_from_slice(made.map_err(refused)?.as_ref());
        }
        KeyAlgorithm::P384 => {
            let random = SystemRandom::new();
            let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &random);
            secret.extend_from_slice(made.map_err(refused)?.as_ref());
        }
        KeyAlgorithm::Rsa => {
            let made = RsaKeyPair::generate(KeySize::Rsa2048).map_err(refused)?;
            let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = made.as_der().map_err(refused)?;
            secret.extend_from_slice(der.as_ref());
        }
    }
    Ok(secret)
}

impl LoadedKey {
    /// Loads a secret. `None` when the bytes are no such key.
    pub(super) fn load(algorithm: KeyAlgorithm, secret: &[u8]) -> Option<Self> {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (pair, jwk): (Pair, Value) = match algorithm {
            KeyAlgorithm::Ed25519 => {
                let seed = Zeroizing::new(<[u8; 32]>::try_from(secret).ok()?);
                let held = ed25519_dalek::SigningKey::from_bytes(&seed);
                let public = held.verifying_key().to_bytes();
                let fast =
                    Ed25519KeyPair::from_seed_and_public_key(seed.as_slice(), &public).ok()?;
                // The two libraries agree on this key, or it is not used.
                let probe = b"bewijs: both libraries sign alike";
                if fast.sign(probe).as_ref() != held.sign(probe).to_bytes() {
                    return None;
                }
                (
                    Pair::Ed25519 { held: Box::new(held), fast },
                    json!({ "kty": "OKP", "crv": "Ed25519", "x": text(&public) }),
                )
            }
            KeyAlgorithm::P256 => {
                let pair =
                    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, secret).ok()?;
                let point = pair.public_key().as_ref();
                let (x, y) = (point.get(1..33)?, point.get(33..65)?);
                let jwk = json!({ "kty": "EC", "crv": "P-256", "x": text(x), "y": text(y) });
                (Pair::P256(pair), jwk)
            }
            KeyAlgorithm::P384 => {
                let pair =
                    EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, secret).ok()?;
                let point = pair.public_key().as_ref();
                let (x, y) = (point.get(1..49)?, point.get(49..97)?);
                let jwk = json!({ "kty": "EC", "crv": "P-384", "x": text(x), "y": text(y) });
                (Pair::P384(pair), jwk)
            }
            KeyAlgorithm::Rsa => {
                let pair = RsaKeyPair::from_pkcs8(secret).ok()?;
                let public = pair.public_key();
                let jwk = json!({
                    "kty": "RSA",
                    "n": text(public.modulus().big_endian_without_leading_zero()),
                    "e": text(public.exponent().big_endian_without_leading_zero()),
                });
                (Pair::Rsa(Box::new(pair)), jwk)
            }
        };
        Some(Self { pair, public: PublicKey::from_jwk(&jwk).ok()? })
    }

    /// Loads the secret number of a P-256 or P-384 key. `None` when it is out of range.
    pub(super) fn from_scalar(algorithm: KeyAlgorithm, scalar: &[u8]) -> Option<Self> {
        // RFC 5915: an ECPrivateKey of the number and the curve; the library adds the point.
        let (curve, length, head, tail): (_, _, &[u8], &[u8]) = match algorithm {
            KeyAlgorithm::P256 => (
                &ECDSA_P256_SHA256_FIXED_SIGNING,
                32,
                &[0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20],
                &[0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
            ),
            KeyAlgorithm::P384 => (
                &ECDSA_P384_SHA384_FIXED_SIGNING,
                48,
                &[0x30, 0x3e, 0x02, 0x01, 0x01, 0x04, 0x30],
                &[0xa0, 0x07, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22],
            ),
            KeyAlgorithm::Ed25519 | KeyAlgorithm::Rsa => return None,
        };
        if scalar.len() != length {
            return None;
        }
        let der = Zeroizing::new([head, scalar, tail].concat());
        let pair = EcdsaKeyPair::from_private_key_der(curve, &der).ok()?;
        let pkcs8 = pair.to_pkcs8v1().ok()?;
        Self::load(algorithm, pkcs8.as_ref())
    }

    pub(super) fn public(&self) -> &PublicKey {
        &self.public
    }
}

impl Signer for LoadedKey {
    fn algorithm(&self) -> KeyAlgorithm {
        match &self.pair {
            Pair::Ed25519 { .. } => KeyAlgorithm::Ed25519,
            Pair::P256(_) => KeyAlgorithm::P256,
            Pair::P384(_) => KeyAlgorithm::P384,
            Pair::Rsa(_) => KeyAlgorithm::Rsa,
        }
    }

    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        match &self.pair {
            Pair::Ed25519 { fast, .. } => Ok(fast.sign(message).as_ref().to_vec()),
            Pair::P256(pair) | Pair::P384(pair) => {
                let signature = pair.sign(&SystemRandom::new(), message);
                Ok(signature.map_err(|_| refused())?.as_ref().to_vec())
            }
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
                    .map_err(|_| refused())?;
                Ok(signature)
            }
        }
    }
}

fn refused() -> SignError {
    SignError::Unavailable { detail: "the cryptographic library refused to sign".to_owned() }
}

impl std::fmt::Debug for LoadedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LoadedKey({:?}, secret not shown)", self.algorithm())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ed25519_libraries_sign_the_same_bytes() {
        for length in [0, 1, 32, 64, 1000] {
            let secret = generate(KeyAlgorithm::Ed25519).expect("random bytes");
            let key = LoadedKey::load(KeyAlgorithm::Ed25519, &secret).expect("a key");
            let message = vec![7; length];
            let Pair::Ed25519 { held, .. } = &key.pair else { panic!("another kind") };
            assert_eq!(key.sign(&message).expect("signs"), held.sign(&message).to_bytes());
        }
    }
}
