//! Multikey (Controlled Identifiers 1.0, section 2.2.2): `z` + base58btc of a two-byte header and
//! the key. Secret keys are recognised in order to be refused.

use super::{EcPublicKey, Ed25519PublicKey, EncodingError, PublicKey, multibase};

const ED25519: [u8; 2] = [0xed, 0x01];
const P256: [u8; 2] = [0x80, 0x24];
const P384: [u8; 2] = [0x81, 0x24];
const SECRET: [[u8; 2]; 4] = [[0x80, 0x26], [0x86, 0x26], [0x87, 0x26], [0x88, 0x26]];

impl PublicKey {
    /// Reads the value of `publicKeyMultibase`.
    pub fn from_multikey(text: &str) -> Result<Self, EncodingError> {
        let bytes = multibase::decode_base58btc(text)?;
        let (header, key) = bytes.split_first_chunk::<2>().ok_or(EncodingError::UnknownCodec)?;
        match *header {
            ED25519 => {
                let key =
                    key.try_into().map_err(|_| EncodingError::KeyLength { kind: "Ed25519" })?;
                Ed25519PublicKey::from_bytes(key).map(Self::Ed25519)
            }
            P256 => EcPublicKey::p256_compressed(key).map(Self::P256),
            P384 => EcPublicKey::p384_compressed(key).map(Self::P384),
            header if SECRET.contains(&header) => Err(EncodingError::SecretKey),
            _ => Err(EncodingError::UnknownCodec),
        }
    }

    /// The value of `publicKeyMultibase`; an RSA key has none.
    pub fn to_multikey(&self) -> Result<String, EncodingError> {
        let bytes = match self {
            Self::Ed25519(key) => [&ED25519[..], key.as_bytes()].concat(),
            Self::P256(key) => [&P256[..], &key.compressed()].concat(),
            Self::P384(key) => [&P384[..], &key.compressed()].concat(),
            Self::Rsa(_) => return Err(EncodingError::NoMultikey),
        };
        Ok(multibase::encode_base58btc(&bytes))
    }
}
