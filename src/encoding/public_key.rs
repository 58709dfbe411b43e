//! Public keys that were checked when they were made: right length, on the curve, canonical, not
//! of small order, RSA of 2048 bits or more. It does not check signatures; that is `proof`.

use super::EncodingError;
use crate::model::KeyAlgorithm;
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, EcdsaVerificationAlgorithm, ParsedPublicKey,
};
use ed25519_dalek::VerifyingKey;
use std::fmt;

/// A public key of one of the supported types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// Ed25519.
    Ed25519(Ed25519PublicKey),
    /// NIST P-256 (secp256r1).
    P256(EcPublicKey),
    /// NIST P-384 (secp384r1).
    P384(EcPublicKey),
    /// RSA, 2048 to 8192 bits.
    Rsa(RsaPublicKey),
}

impl PublicKey {
    /// The kind of key pair.
    pub fn algorithm(&self) -> KeyAlgorithm {
        match self {
            Self::Ed25519(_) => KeyAlgorithm::Ed25519,
            Self::P256(_) => KeyAlgorithm::P256,
            Self::P384(_) => KeyAlgorithm::P384,
            Self::Rsa(_) => KeyAlgorithm::Rsa,
        }
    }

    /// From the 32 bytes of an Ed25519 public key.
    pub fn from_ed25519(bytes: &[u8; 32]) -> Result<Self, EncodingError> {
        Ed25519PublicKey::from_bytes(bytes).map(Self::Ed25519)
    }

    /// From the uncompressed SEC 1 point (65 bytes) of a P-256 public key.
    pub fn from_p256_point(bytes: &[u8]) -> Result<Self, EncodingError> {
        EcPublicKey::p256(bytes).map(Self::P256)
    }

    /// From modulus and exponent of an RSA public key, both big endian.
    pub fn from_rsa(modulus: &[u8], exponent: &[u8]) -> Result<Self, EncodingError> {
        RsaPublicKey::from_components(modulus, exponent).map(Self::Rsa)
    }
}

/// An Ed25519 public key, kept decompressed: decompressing costs a seventh of a verification.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ed25519PublicKey(VerifyingKey);

impl Ed25519PublicKey {
    /// Refuses what is no point, non-canonical encodings, and points of small order.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, EncodingError> {
        let invalid = EncodingError::InvalidKey { kind: "Ed25519" };
        if !is_canonical_y(bytes) {
            return Err(invalid);
        }
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| invalid.clone())?;
        if key.is_weak() { Err(invalid) } else { Ok(Self(key)) }
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The key as the signature library holds it.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.0
    }
}

/// RFC 8032 section 5.1.3: the y coordinate is below p = 2^255 - 19.
fn is_canonical_y(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    !(high & 0x7f == 0x7f && middle.iter().all(|&b| b == 0xff) && *low >= 0xed)
}

impl fmt::Debug for Ed25519PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ed25519PublicKey({})", super::encode_base64url(self.as_bytes()))
    }
}

/// A point of P-256 or P-384; which one, the variant of [`PublicKey`] says.
#[derive(Clone, PartialEq, Eq)]
pub struct EcPublicKey {
    /// SEC 1, uncompressed: 04, x, y.
    point: Box<[u8]>,
}

impl EcPublicKey {
    /// From the uncompressed SEC 1 point of a P-256 key.
    pub(super) fn p256(point: &[u8]) -> Result<Self, EncodingError> {
        Self::uncompressed("P-256", &ECDSA_P256_SHA256_FIXED, 32, point)
    }

    /// From the uncompressed SEC 1 point of a P-384 key.
    pub(super) fn p384(point: &[u8]) -> Result<Self, EncodingError> {
        Self::uncompressed("P-384", &ECDSA_P384_SHA384_FIXED, 48, point)
    }

    pub(super) fn p256_compressed(point: &[u8]) -> Result<Self, EncodingError> {
        Self::decompress("P-256", &ECDSA_P256_SHA256_FIXED, 32, point)
    }

    pub(super) fn p384_compressed(point: &[u8]) -> Result<Self, EncodingError> {
        Self::decompress("P-384", &ECDSA_P384_SHA384_FIXED, 48, point)
    }

    fn uncompressed(
        kind: &'static str,
        curve: &'static EcdsaVerificationAlgorithm,
        size: usize,
        point: &[u8],
    ) -> Result<Self, EncodingError> {
        if point.len() != 1 + 2 * size {
            return Err(EncodingError::KeyLength { kind });
        }
        if point.first() != Some(&0x04) {
            return Err(EncodingError::InvalidKey { kind });
        }
        // Parsing checks that the point is on the curve.
        ParsedPublicKey::new(curve, point).map_err(|_| EncodingError::InvalidKey { kind })?;
        Ok(Self { point: point.into() })
    }

    fn decompress(
        kind: &'static str,
        curve: &'static EcdsaVerificationAlgorithm,
        size: usize,
        point: &[u8],
    ) -> Result<Self, EncodingError> {
        if point.len() != 1 + size {
            return Err(EncodingError::KeyLength { kind });
        }
        if !matches!(point.first(), Some(0x02 | 0x03)) {
            return Err(EncodingError::InvalidKey { kind });
        }
        let parsed =
            ParsedPublicKey::new(curve, point).map_err(|_| EncodingError::InvalidKey { kind })?;
        // A SubjectPublicKeyInfo ends with the uncompressed point.
        let der = parsed.as_der().map_err(|_| EncodingError::InvalidKey { kind })?;
        let der = der.as_ref();
        let start = der.len().saturating_sub(1 + 2 * size);
        let whole = der.get(start..).unwrap_or_default();
        let key = Self::uncompressed(kind, curve, size, whole)?;
        // The same x and the same parity of y, whatever the library wrote.
        if key.compressed() == point { Ok(key) } else { Err(EncodingError::InvalidKey { kind }) }
    }

    /// The point, uncompressed SEC 1: `04`, x, y.
    pub fn uncompressed_point(&self) -> &[u8] {
        &self.point
    }

    /// x and y, big endian, each of the full length of the curve's field.
    pub fn coordinates(&self) -> (&[u8], &[u8]) {
        let both = self.point.get(1..).unwrap_or_default();
        both.split_at(both.len() / 2)
    }

    /// The point, compressed SEC 1.
    pub(super) fn compressed(&self) -> Vec<u8> {
        let (x, y) = self.coordinates();
        let odd = y.last().is_some_and(|last| last & 1 == 1);
        let mut bytes = Vec::with_capacity(1 + x.len());
        bytes.push(if odd { 0x03 } else { 0x02 });
        bytes.extend_from_slice(x);
        bytes
    }
}

impl fmt::Debug for EcPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EcPublicKey({})", super::encode_base64url(self.compressed()))
    }
}

/// An RSA public key of 2048 to 8192 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct RsaPublicKey {
    modulus: Box<[u8]>,
    exponent: Box<[u8]>,
}

impl RsaPublicKey {
    /// Checks the size of the modulus and that both numbers are odd, minimal and in range.
    fn from_components(modulus: &[u8], exponent: &[u8]) -> Result<Self, EncodingError> {
        let invalid = || EncodingError::InvalidKey { kind: "RSA" };
        let (Some(first), Some(last)) = (modulus.first(), modulus.last()) else {
            return Err(EncodingError::KeyLength { kind: "RSA" });
        };
        if *first == 0 {
            return Err(invalid());
        }
        let bits = modulus.len() * 8 - first.leading_zeros() as usize;
        if !(2048..=8192).contains(&bits) {
            return Err(EncodingError::KeyLength { kind: "RSA" });
        }
        let small = match exponent {
            [] | [0, ..] => return Err(invalid()),
            bytes if bytes.len() > 4 => return Err(invalid()),
            bytes => bytes.iter().fold(0u32, |e, &b| e << 8 | u32::from(b)),
        };
        if last & 1 == 0 || small & 1 == 0 || small < 3 {
            return Err(invalid());
        }
        Ok(Self { modulus: modulus.into(), exponent: exponent.into() })
    }

    /// The modulus, big endian, without leading zeros.
    pub fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    /// The public exponent, big endian, without leading zeros.
    pub fn exponent(&self) -> &[u8] {
        &self.exponent
    }
}

impl fmt::Debug for RsaPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RsaPublicKey({} bits)", self.modulus.len() * 8)
    }
}
