//! What is baked: JSON or a compact token, in ASCII. Not judged here beyond its shape.

use super::detect::{is_token, trimmed};
use super::{BakedError, Limits};
use serde::de::IgnoredAny;
use std::fmt::Write as _;

/// What is baked.
pub(super) enum Payload {
    /// JSON in ASCII.
    Json(String),
    /// A compact token.
    Token(String),
}

impl Payload {
    /// Checks the shape and writes JSON in ASCII.
    pub(super) fn of(credential: &[u8], limits: &Limits) -> Result<Self, BakedError> {
        let refused = |detail| Err(BakedError::NotACredential { detail });
        if credential.len() > limits.max_credential_bytes {
            return refused("it is larger than is taken");
        }
        let Ok(text) = std::str::from_utf8(trimmed(credential)) else {
            return refused("it is not UTF-8");
        };
        if is_token(text.as_bytes()) {
            return Ok(Self::Token(text.to_owned()));
        }
        if !text.starts_with('{') || serde_json::from_str::<IgnoredAny>(text).is_err() {
            return refused("it is neither a JSON object nor a compact token");
        }
        let ascii = ascii(text);
        if ascii.len() > limits.max_credential_bytes {
            return refused("it is larger than is taken");
        }
        Ok(Self::Json(ascii))
    }

    pub(super) fn text(&self) -> &str {
        match self {
            Self::Json(text) | Self::Token(text) => text,
        }
    }
}

/// Outside its strings JSON is ASCII, so that escaping every other character changes no value.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 8);
    let mut units = [0; 2];
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

/// The media type of what was taken out; `None` when it is no credential by its shape.
pub(super) fn media_type(credential: &[u8]) -> Option<&'static str> {
    let text = trimmed(credential);
    if text.starts_with(b"{") {
        Some("application/vc")
    } else if is_token(text) {
        Some("application/jwt")
    } else {
        None
    }
}

/// Inflates a zlib stream of at most `max` bytes.
pub(super) fn inflate(bytes: &[u8], max: usize) -> Result<Vec<u8>, Inflate> {
    use std::io::Read as _;
    let most = u64::try_from(max).unwrap_or(u64::MAX).saturating_add(1);
    let mut out = Vec::new();
    flate2::read::ZlibDecoder::new(bytes)
        .take(most)
        .read_to_end(&mut out)
        .map_err(|_| Inflate::Broken)?;
    if out.len() > max { Err(Inflate::TooMuch) } else { Ok(out) }
}

/// Why nothing was inflated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inflate {
    Broken,
    TooMuch,
}
