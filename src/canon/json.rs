//! Strict reading of JSON: what two readers could understand differently is refused.
//!
//! I-JSON (RFC 7493) and the input conditions of RFC 8785: valid UTF-8, no duplicate member
//! names, no lone surrogates, no number that an IEEE 754 double cannot hold. Beyond that it bounds
//! size and nesting. It gives no meaning to what it reads.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Deserializer, Map, Number, Value};
use thiserror::Error;

use super::pointer::Place;

/// The nesting that no document read here may exceed, whatever the limits given.
pub const MAX_DEPTH: usize = 100;

/// Integers up to this magnitude are exact in a double.
const MAX_SAFE_INTEGER: u64 = 1 << 53;

/// Bounds on a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonLimits {
    /// Length of the text in bytes.
    pub max_bytes: usize,
    /// Nesting of arrays and objects; never more than [`MAX_DEPTH`].
    pub max_depth: usize,
}

impl Default for JsonLimits {
    /// One mebibyte, 64 levels.
    fn default() -> Self {
        Self { max_bytes: 1 << 20, max_depth: 64 }
    }
}

/// Why a text is not JSON that may be read. Whoever sent the text is at fault.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum JsonError {
    /// The text is longer than the limit.
    #[error("the text has {bytes} bytes; the limit is {limit}")]
    TooLarge {
        /// Length of the text.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Not JSON, or not UTF-8, or a lone surrogate, or a number beyond a double.
    #[error("not JSON at byte {offset}: {detail}")]
    Syntax {
        /// Where reading stopped, in bytes from the start.
        offset: usize,
        /// What the reader expected or found; never text of the document.
        detail: String,
    },
    /// An object names a member twice.
    #[error("the member {pointer} is given twice (byte {offset})")]
    DuplicateMember {
        /// JSON Pointer (RFC 6901) to the member.
        pointer: String,
        /// Where the second one stands.
        offset: usize,
    },
    /// Nested more deeply than the limit.
    #[error("nested more than {limit} levels at {pointer} (byte {offset})")]
    TooDeep {
        /// JSON Pointer to the value that is one too deep.
        pointer: String,
        /// Where it starts.
        offset: usize,
        /// The limit.
        limit: usize,
    },
    /// An integer that a double cannot hold exactly: readers would see different numbers.
    #[error("the integer at {pointer} is not exact as a double (byte {offset})")]
    InexactInteger {
        /// JSON Pointer to the number.
        pointer: String,
        /// Where it ends.
        offset: usize,
    },
}

impl JsonError {
    /// JSON Pointer to the fault, where one is known.
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::TooLarge { .. } | Self::Syntax { .. } => None,
            Self::DuplicateMember { pointer, .. }
            | Self::TooDeep { pointer, .. }
            | Self::InexactInteger { pointer, .. } => Some(pointer),
        }
    }

    /// Byte offset of the fault, where one is known.
    pub fn offset(&self) -> Option<usize> {
        match self {
            Self::TooLarge { .. } => None,
            Self::Syntax { offset, .. }
            | Self::DuplicateMember { offset, .. }
            | Self::TooDeep { offset, .. }
            | Self::InexactInteger { offset, .. } => Some(*offset),
        }
    }

    /// Stable name of the kind of fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "json-too-large",
            Self::Syntax { .. } => "json-syntax",
            Self::DuplicateMember { .. } => "json-duplicate-member",
            Self::TooDeep { .. } => "json-too-deep",
            Self::InexactInteger { .. } => "json-inexact-integer",
        }
    }
}

/// Reads one JSON value and nothing after it.
///
/// # Errors
/// [`JsonError`], for every text that is not I-JSON within the limits.
pub fn parse(bytes: &[u8], limits: &JsonLimits) -> Result<Value, JsonError> {
    if bytes.len() > limits.max_bytes {
        return Err(JsonError::TooLarge { bytes: bytes.len(), limit: limits.max_bytes });
    }
    let reading = Reading { max_depth: limits.max_depth.min(MAX_DEPTH), fault: RefCell::new(None) };
    let mut deserializer = Deserializer::from_slice(bytes);
    let seed = ValueSeed { reading: &reading, place: Place::Root, depth: 0 };
    let result =
        seed.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    result.map_err(|error| {
        let offset = offset_of(bytes, error.line(), error.column());
        match reading.fault.into_inner() {
            Some(Fault::Duplicate(pointer)) => JsonError::DuplicateMember { pointer, offset },
            Some(Fault::Deep(pointer)) => {
                JsonError::TooDeep { pointer, offset, limit: limits.max_depth.min(MAX_DEPTH) }
            }
            Some(Fault::Inexact(pointer)) => JsonError::InexactInteger { pointer, offset },
            None => JsonError::Syntax { offset, detail: kind_of(&error).to_owned() },
        }
    })
}

/// Byte offset of a line and column, both counted from one by the reader.
fn offset_of(bytes: &[u8], line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => bytes
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n')
            .nth(line - 2)
            .map_or(bytes.len(), |(index, _)| index + 1),
    };
    start.saturating_add(column).min(bytes.len())
}

/// The kind of syntax fault, in words that hold nothing of the document.
fn kind_of(error: &serde_json::Error) -> &'static str {
    let text = error.to_string();
    let known = [
        ("surrogate", "a lone surrogate in a string"),
        ("unicode code point", "a string that is not valid Unicode"),
        ("invalid escape", "an escape that JSON does not have"),
        ("control character", "a control character in a string"),
        ("number out of range", "a number beyond the range of a double"),
        ("invalid number", "a malformed number"),
        ("trailing comma", "a trailing comma"),
        ("trailing characters", "something after the document"),
        ("EOF", "the text ends too early"),
    ];
    known
        .iter()
        .find(|(part, _)| text.contains(part))
        .map_or("unexpected character", |(_, words)| words)
}

struct Reading {
    max_depth: usize,
    fault: RefCell<Option<Fault>>,
}

enum Fault {
    Duplicate(String),
    Deep(String),
    Inexact(String),
}

#[derive(Clone, Copy)]
struct ValueSeed<'r> {
    reading: &'r Reading,
    place: Place<'r>,
    depth: usize,
}

impl ValueSeed<'_> {
    fn refuse<E: serde::de::Error>(&self, fault: Fault) -> E {
        *self.reading.fault.borrow_mut() = Some(fault);
        E::custom("refused")
    }

    fn enter<E: serde::de::Error>(&self) -> Result<usize, E> {
        if self.depth >= self.reading.max_depth {
            return Err(self.refuse(Fault::Deep(self.place.pointer())));
        }
        Ok(self.depth + 1)
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        if !exact_in_double(value.unsigned_abs()) {
            return Err(self.refuse(Fault::Inexact(self.place.pointer())));
        }
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        if !exact_in_double(value) {
            return Err(self.refuse(Fault::Inexact(self.place.pointer())));
        }
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let depth = self.enter()?;
        let mut items = Vec::new();
        loop {
            let place = Place::Item(&self.place, items.len());
            let seed = ValueSeed { reading: self.reading, place, depth };
            match access.next_element_seed(seed)? {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let depth = self.enter()?;
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            let vacant = match members.entry(name) {
                Entry::Vacant(vacant) => vacant,
                Entry::Occupied(occupied) => {
                    let pointer = Place::Member(&self.place, occupied.key()).pointer();
                    return Err(self.refuse(Fault::Duplicate(pointer)));
                }
            };
            let place = Place::Member(&self.place, vacant.key());
            let value =
                access.next_value_seed(ValueSeed { reading: self.reading, place, depth })?;
            vacant.insert(value);
        }
        Ok(Value::Object(members))
    }
}

/// Whether a double holds this magnitude exactly.
pub(super) fn exact_in_double(magnitude: u64) -> bool {
    if magnitude <= MAX_SAFE_INTEGER {
        return true;
    }
    let significant = 64 - magnitude.leading_zeros() - magnitude.trailing_zeros();
    significant <= 53
}
