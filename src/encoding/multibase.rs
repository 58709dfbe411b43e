//! Multibase (Controlled Identifiers 1.0, section 2.4): one character that names the base, then
//! the value. Only `z` (base58btc) and `u` (base64url without padding) are known.

use super::{EncodingError, base64url};

/// Base58 decoding is quadratic in the length; keys, hashes and signatures are far below this.
const MAX_BASE58: usize = 256;

/// `z` and the base58btc text of these bytes. Meant for keys, hashes and signatures: the time it
/// takes grows with the square of the length.
pub fn encode_base58btc(bytes: &[u8]) -> String {
    let mut text = bs58::encode(bytes).into_string();
    text.insert(0, 'z');
    text
}

/// Reads `z` and base58btc, at most 256 characters.
pub fn decode_base58btc(text: &str) -> Result<Vec<u8>, EncodingError> {
    let digits =
        text.strip_prefix('z').ok_or(EncodingError::Multibase("expected the prefix \"z\""))?;
    if digits.is_empty() {
        return Err(EncodingError::Multibase("no value"));
    }
    if digits.len() > MAX_BASE58 {
        return Err(EncodingError::Multibase("too long"));
    }
    bs58::decode(digits)
        .into_vec()
        .map_err(|_| EncodingError::Multibase("a character outside base58btc"))
}

/// `u` and the base64url text of these bytes.
pub fn encode_base64url(bytes: &[u8]) -> String {
    let mut text = base64url::encode(bytes);
    text.insert(0, 'u');
    text
}

/// Reads `u` and base64url without padding.
pub fn decode_base64url(text: &str) -> Result<Vec<u8>, EncodingError> {
    let digits =
        text.strip_prefix('u').ok_or(EncodingError::Multibase("expected the prefix \"u\""))?;
    base64url::decode(digits)
}

/// `z` and the base58btc text of 64 bytes: an Ed25519 `proofValue`.
pub fn encode_signature(bytes: &[u8; 64]) -> String {
    let mut digits = [0u8; five8::BASE58_ENCODED_64_MAX_LEN];
    let length = usize::from(five8::encode_64(bytes, &mut digits));
    let mut text = String::with_capacity(length + 1);
    text.push('z');
    text.extend(digits.iter().take(length).map(|&digit| char::from(digit)));
    text
}

/// Reads `z` and base58btc of exactly 64 bytes.
pub fn decode_signature(text: &str) -> Result<[u8; 64], EncodingError> {
    let digits =
        text.strip_prefix('z').ok_or(EncodingError::Multibase("expected the prefix \"z\""))?;
    let mut bytes = [0u8; 64];
    five8::decode_64(digits, &mut bytes)
        .map_err(|_| EncodingError::Multibase("not base58btc of exactly 64 bytes"))?;
    Ok(bytes)
}
