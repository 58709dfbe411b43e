//! The few shapes of CBOR (RFC 8949) that a selective disclosure proof is made of: unsigned numbers,
//! byte strings, arrays, maps. Definite lengths only; tags, text, floats and the rest are refused.
//! Nothing is allocated for what is only announced.

/// Reads items one after the other; nothing when the next is another.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

const UNSIGNED: u8 = 0;
const BYTES: u8 = 2;
const ARRAY: u8 = 4;
const MAP: u8 = 5;

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether all was read.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn unsigned(&mut self) -> Option<u64> {
        self.head(UNSIGNED)
    }

    /// A byte string of exactly this length.
    pub(super) fn bytes<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        let length = self.head(BYTES)?;
        if usize::try_from(length) != Ok(N) {
            return None;
        }
        let (bytes, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(bytes)
    }

    /// The number of items of the array that begins here. Each takes a byte or more, so that it is
    /// never more than the bytes that are left.
    pub(super) fn array(&mut self) -> Option<usize> {
        self.count(ARRAY)
    }

    /// The number of pairs of the map that begins here, bounded as for an array.
    pub(super) fn map(&mut self) -> Option<usize> {
        self.count(MAP)
    }

    fn count(&mut self, major: u8) -> Option<usize> {
        usize::try_from(self.head(major)?).ok().filter(|count| *count <= self.rest.len())
    }

    /// The argument of an item of this major type (RFC 8949, section 3).
    fn head(&mut self, major: u8) -> Option<u64> {
        let (first, rest) = self.rest.split_first()?;
        if first >> 5 != major {
            return None;
        }
        let (value, rest) = match first & 0x1f {
            small @ 0..24 => (u64::from(small), rest),
            24 => rest.split_first().map(|(byte, rest)| (u64::from(*byte), rest))?,
            25 => rest.split_first_chunk().map(|(b, r)| (u64::from(u16::from_be_bytes(*b)), r))?,
            26 => rest.split_first_chunk().map(|(b, r)| (u64::from(u32::from_be_bytes(*b)), r))?,
            27 => rest.split_first_chunk().map(|(b, r)| (u64::from_be_bytes(*b), r))?,
            _ => return None,
        };
        self.rest = rest;
        Some(value)
    }
}
