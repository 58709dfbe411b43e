//! base64url without padding (RFC 4648 section 5, RFC 7515 section 2), in its one canonical form.

use super::EncodingError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Writes bytes as base64url without padding.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads base64url without padding. Padding, white space, the other alphabet and set bits after
/// the last byte are errors: every byte string has exactly one text.
pub fn decode(text: impl AsRef<[u8]>) -> Result<Vec<u8>, EncodingError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| EncodingError::Base64url)
}
