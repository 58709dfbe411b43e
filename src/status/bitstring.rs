//! The bits of a status list and their `encodedList` form (Bitstring Status List 1.0, sections
//! 3.3 and 3.4): index 0 is the most significant bit of byte 0, GZIP, multibase base64url.
//!
//! Nothing here knows what a bit means.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use std::io::{Read, Write};

/// Fewer entries than this would single people out (section 6.1: 16 kB of bits).
pub const MINIMUM_ENTRIES: u32 = 131_072;

/// The largest expansion that is accepted from others: 16 MiB, or 134 million entries. A hostile
/// GZIP stream expands a thousandfold; it is cut off here.
pub const MAXIMUM_BYTES: usize = 16 * 1024 * 1024;

/// Why a text is no list of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BitstringError {
    /// Not multibase base64url without padding.
    #[error("encodedList must be multibase base64url without padding: u...")]
    Encoding,
    /// Not one whole GZIP stream.
    #[error("encodedList does not hold one whole GZIP stream")]
    Compression,
    /// Expands beyond the limit.
    #[error("encodedList expands to more than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

/// The bits of a status list. A whole number of bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitstring(Vec<u8>);

impl Bitstring {
    /// All bits 0; at least [`MINIMUM_ENTRIES`], rounded up to whole bytes.
    pub fn new(entries: u32) -> Self {
        Self(vec![0; entries.max(MINIMUM_ENTRIES).div_ceil(8) as usize])
    }

    /// Takes bits as they are kept: index 0 is the most significant bit of byte 0.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bits as bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// How many bits there are.
    pub fn bits(&self) -> u64 {
        self.0.len() as u64 * 8
    }

    /// The bit at `index`; `None` outside the list.
    pub fn get(&self, index: u64) -> Option<bool> {
        let byte = self.0.get(usize::try_from(index >> 3).ok()?)?;
        Some(byte & (0x80 >> (index & 7)) != 0)
    }

    /// Sets the bit at `index`; says whether there is such a bit.
    pub fn set(&mut self, index: u64, value: bool) -> bool {
        let place = usize::try_from(index >> 3).ok().and_then(|byte| self.0.get_mut(byte));
        let Some(byte) = place else { return false };
        let mask = 0x80 >> (index & 7);
        if value {
            *byte |= mask
        } else {
            *byte &= !mask
        }
        true
    }

    /// The `encodedList` form.
    pub fn encode(&self) -> String {
        let mut encoder = GzEncoder::new(Vec::with_capacity(256), Compression::best());
        encoder.write_all(&self.0).expect("writing to memory does not fail");
        let packed = encoder.finish().expect("writing to memory does not fail");
        let mut text = String::with_capacity(1 + packed.len().div_ceil(3) * 4);
        text.push('u');
        URL_SAFE_NO_PAD.encode_string(&packed, &mut text);
        text
    }

    /// Reads an `encodedList`. Memory and time are bounded by `max_bytes` and the text's length.
    pub fn decode(text: &str, max_bytes: usize) -> Result<Self, BitstringError> {
        let packed = text.strip_prefix('u').ok_or(BitstringError::Encoding)?;
        let packed = URL_SAFE_NO_PAD.decode(packed).map_err(|_| BitstringError::Encoding)?;
        let mut stream = GzDecoder::new(packed.as_slice());
        let mut bits = Vec::new();
        let limit = max_bytes as u64;
        stream
            .by_ref()
            .take(limit.saturating_add(1))
            .read_to_end(&mut bits)
            .map_err(|_| BitstringError::Compression)?;
        if bits.len() > max_bytes {
            return Err(BitstringError::TooLarge { limit: max_bytes });
        }
        // The trailer with length and CRC-32 is read when the end is seen: look for it, and allow
        // nothing behind it.
        let mut more = [0];
        match stream.read(&mut more) {
            Ok(0) if stream.get_ref().is_empty() => Ok(Self(bits)),
            _ => Err(BitstringError::Compression),
        }
    }
}

impl std::fmt::Debug for Bitstring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bitstring({} bits)", self.bits())
    }
}
