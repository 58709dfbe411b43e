//! One frame of the journal: a header that is chained to its predecessor, and a payload that the
//! chain covers only by its SHA-256, so that it can be blanked without breaking the chain.
//!
//! The layout is described field by field in `docs/STORE-FORMAT.md`.

use sha2::{Digest, Sha256};

/// Length of a frame's header.
pub(in crate::store) const HEADER: usize = 100;
/// Length of a segment's header.
pub(in crate::store) const SEGMENT_HEADER: usize = 64;
/// The longest payload.
pub(in crate::store) const LONGEST: usize = 64 << 20;
/// The version of this layout.
pub(in crate::store) const FORMAT: u32 = 1;
/// How every frame begins.
pub(in crate::store) const FRAME_MARK: &[u8; 4] = b"BWJ1";
const SEGMENT_MARK: &[u8; 8] = b"bewijs-j";

/// What a payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum FrameKind {
    /// An event.
    Event,
    /// An event that says which payloads were erased, found without reading the payloads.
    Tombstone,
}

/// The header of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct FrameHeader {
    pub(in crate::store) length: u32,
    /// Counts frames from 1.
    pub(in crate::store) sequence: u64,
    /// The last frame known to be durable when this one was written.
    pub(in crate::store) synced: u64,
    pub(in crate::store) kind: FrameKind,
    pub(in crate::store) crc: u32,
    pub(in crate::store) sha256: [u8; 32],
    pub(in crate::store) previous: [u8; 32],
}

impl FrameHeader {
    /// The header as written.
    pub(in crate::store) fn encode(&self) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        bytes[0..4].copy_from_slice(FRAME_MARK);
        bytes[4..8].copy_from_slice(&self.length.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.sequence.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.synced.to_le_bytes());
        bytes[24] = match self.kind {
            FrameKind::Event => 1,
            FrameKind::Tombstone => 2,
        };
        bytes[28..32].copy_from_slice(&self.crc.to_le_bytes());
        bytes[32..64].copy_from_slice(&self.sha256);
        bytes[64..96].copy_from_slice(&self.previous);
        let crc = crc32c::crc32c(&bytes[..96]);
        bytes[96..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    /// Reads a header; `Err` says what is wrong with it.
    pub(in crate::store) fn decode(bytes: &[u8; HEADER]) -> Result<Self, &'static str> {
        if bytes[0..4] != *FRAME_MARK {
            return Err("no frame begins here");
        }
        if crc32c::crc32c(&bytes[..96]) != word(bytes, 96) {
            return Err("the checksum of the frame's header is wrong");
        }
        let kind = match bytes[24..28] {
            [1, 0, 0, 0] => FrameKind::Event,
            [2, 0, 0, 0] => FrameKind::Tombstone,
            _ => return Err("the kind of frame is unknown"),
        };
        let length = word(bytes, 4);
        if length == 0 || length as usize > LONGEST {
            return Err("the length of the frame is out of bounds");
        }
        Ok(Self {
            length,
            sequence: long(bytes, 8),
            synced: long(bytes, 16),
            kind,
            crc: word(bytes, 28),
            sha256: hash_at(bytes, 32),
            previous: hash_at(bytes, 64),
        })
    }

    /// The link that the next frame carries as `previous`: SHA-256 over the header without its
    /// checksum.
    pub(in crate::store) fn link(encoded: &[u8; HEADER]) -> [u8; 32] {
        Sha256::digest(&encoded[..96]).into()
    }
}

/// The header of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct SegmentHeader {
    pub(in crate::store) first: u64,
    pub(in crate::store) previous: [u8; 32],
}

impl SegmentHeader {
    pub(in crate::store) fn encode(&self) -> [u8; SEGMENT_HEADER] {
        let mut bytes = [0; SEGMENT_HEADER];
        bytes[0..8].copy_from_slice(SEGMENT_MARK);
        bytes[8..12].copy_from_slice(&FORMAT.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.first.to_le_bytes());
        bytes[24..56].copy_from_slice(&self.previous);
        let crc = crc32c::crc32c(&bytes[..60]);
        bytes[60..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    pub(in crate::store) fn decode(bytes: &[u8; SEGMENT_HEADER]) -> Result<Self, &'static str> {
        if bytes[0..8] != *SEGMENT_MARK {
            return Err("this is no segment of a journal");
        }
        if crc32c::crc32c(&bytes[..60]) != word(bytes, 60) {
            return Err("the checksum of the segment's header is wrong");
        }
        if word(bytes, 8) != FORMAT {
            return Err("the segment has a format version unknown to this program");
        }
        Ok(Self { first: long(bytes, 16), previous: hash_at(bytes, 24) })
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(word)
}

fn long(bytes: &[u8], at: usize) -> u64 {
    let mut long = [0; 8];
    long.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(long)
}

fn hash_at(bytes: &[u8], at: usize) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(&bytes[at..at + 32]);
    hash
}

/// A payload with what its frame says of it, made where the event is made.
#[derive(Clone, Debug)]
pub(in crate::store) struct Payload {
    pub(in crate::store) kind: FrameKind,
    pub(in crate::store) bytes: Vec<u8>,
    pub(in crate::store) crc: u32,
    pub(in crate::store) sha256: [u8; 32],
}

impl Payload {
    pub(in crate::store) fn new(kind: FrameKind, bytes: Vec<u8>) -> Self {
        let (crc, sha256) = (crc32c::crc32c(&bytes), Sha256::digest(&bytes).into());
        Self { kind, bytes, crc, sha256 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_reads_back_and_no_bit_of_it_can_turn() {
        let header = FrameHeader {
            length: 7,
            sequence: 3,
            synced: 2,
            kind: FrameKind::Tombstone,
            crc: 9,
            sha256: [1; 32],
            previous: [2; 32],
        };
        let bytes = header.encode();
        assert_eq!(FrameHeader::decode(&bytes), Ok(header));
        for bit in 0..HEADER * 8 {
            let mut changed = bytes;
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(FrameHeader::decode(&changed).is_err(), "bit {bit}");
        }
        let segment = SegmentHeader { first: 5, previous: [3; 32] };
        let bytes = segment.encode();
        assert_eq!(SegmentHeader::decode(&bytes), Ok(segment));
        for bit in 0..SEGMENT_HEADER * 8 {
            let mut changed = bytes;
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(SegmentHeader::decode(&changed).is_err(), "bit {bit}");
        }
    }
}
