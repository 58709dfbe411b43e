//! JSON Canonicalization Scheme (RFC 8785): one text for one JSON value.
//!
//! Works on values already read; what a reader must refuse first (duplicate names, lone
//! surrogates) is the business of [`super::json`].

use serde_json::{Map, Number, Value};
use thiserror::Error;

use super::json::{MAX_DEPTH, exact_in_double};

/// Why a value has no canonical text.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum JcsError {
    /// Nested more deeply than any document that this program reads.
    #[error("nested more than {MAX_DEPTH} levels")]
    TooDeep,
    /// A number that a double cannot hold: its text would name another number.
    #[error("a number is not exact as a double")]
    InexactNumber,
}

impl JcsError {
    /// Stable name of the kind of fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooDeep => "json-too-deep",
            Self::InexactNumber => "json-inexact-integer",
        }
    }
}

/// The canonical text of a value.
///
/// # Errors
/// [`JcsError`] when the value is nested too deeply or holds an integer that is not a double.
pub fn to_string(value: &Value) -> Result<String, JcsError> {
    let mut text = String::with_capacity(1024);
    write_value(value, &mut text, 0)?;
    Ok(text)
}

/// Appends the canonical text of a value.
pub(super) fn write_value(value: &Value, out: &mut String, depth: usize) -> Result<(), JcsError> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(number, out)?,
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            let depth = deeper(depth)?;
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(item, out, depth)?;
            }
            out.push(']');
        }
        Value::Object(members) => write_object(members, out, deeper(depth)?)?,
    }
    Ok(())
}

fn deeper(depth: usize) -> Result<usize, JcsError> {
    if depth >= MAX_DEPTH { Err(JcsError::TooDeep) } else { Ok(depth + 1) }
}

/// RFC 8785, section 3.2.3: members sorted by the UTF-16 code units of their names.
fn write_object(
    members: &Map<String, Value>,
    out: &mut String,
    depth: usize,
) -> Result<(), JcsError> {
    let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
    if sorted.iter().all(|(name, _)| name.is_ascii()) {
        sorted.sort_unstable_by(|a, b| a.0.cmp(b.0));
    } else {
        sorted.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    }
    out.push('{');
    for (index, (name, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_string(name, out);
        out.push(':');
        write_value(value, out, depth)?;
    }
    out.push('}');
    Ok(())
}

/// RFC 8785, section 3.2.2.3: numbers as ECMAScript writes them.
fn write_number(number: &Number, out: &mut String) -> Result<(), JcsError> {
    let integer = match (number.as_i64(), number.as_u64()) {
        (Some(value), _) => Some(value.unsigned_abs()),
        (None, unsigned) => unsigned,
    };
    if integer.is_some_and(|magnitude| !exact_in_double(magnitude)) {
        return Err(JcsError::InexactNumber);
    }
    let double = number.as_f64().filter(|d| d.is_finite()).ok_or(JcsError::InexactNumber)?;
    out.push_str(ryu_js::Buffer::new().format_finite(double));
    Ok(())
}

/// RFC 8785, section 3.2.2.2: only what must be escaped is.
pub(super) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    write_escaped(text, out);
    out.push('"');
}

/// The inside of a JSON string.
pub(super) fn write_escaped(text: &str, out: &mut String) {
    let mut rest = 0;
    for (index, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        // The byte is ASCII, so both sides are character boundaries.
        out.push_str(&text[rest..index]);
        rest = index + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            0x08 => out.push_str("\\b"),
            0x09 => out.push_str("\\t"),
            0x0a => out.push_str("\\n"),
            0x0c => out.push_str("\\f"),
            0x0d => out.push_str("\\r"),
            control => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                out.push_str("\\u00");
                out.push(char::from(HEX[usize::from(control >> 4)]));
                out.push(char::from(HEX[usize::from(control & 15)]));
            }
        }
    }
    out.push_str(&text[rest..]);
}
