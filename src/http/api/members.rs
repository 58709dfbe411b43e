//! Small requests: a JSON object with a handful of members, each read strictly, all faults at once.

use super::issuing::object;
use crate::http::body;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::model::{CatalogueFault, FieldError, Noun, ShapeFault};
use crate::profile::has_refused_characters;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::ops::RangeInclusive;

/// The members of a small request, and faults for those that it does not know.
pub struct Members {
    /// Those it knows, as they came.
    pub known: Map<String, Value>,
    /// One fault for each of the others.
    pub unknown: Vec<FieldError>,
}

/// Reads the body strictly, as an object.
pub fn members(call: &Call<'_>, known: &[&str]) -> Result<Members, Fault> {
    body::require_json(call.request)?;
    let Value::Object(members) = object(&call.body, call.front.parts.settings.max_body)? else {
        return Err(Fault::new(Kind::BrokenJson));
    };
    let unknown = members
        .keys()
        .filter(|name| !known.contains(&name.as_str()))
        .take(20)
        .map(|name| {
            FieldError::at(
                format!("/{}", name.replace('~', "~0").replace('/', "~1")),
                ShapeFault::UnknownFieldAmong { known: known.join(", ") },
            )
        })
        .collect();
    Ok(Members { known: members, unknown })
}

/// A member that is one of a closed list; a fault when it is missing or another.
pub fn chosen<T: for<'de> Deserialize<'de>>(
    members: &Map<String, Value>,
    name: &str,
    list: &[&str],
    faults: &mut Vec<FieldError>,
) -> Option<T> {
    let known = || list.join(", ");
    let pointer = format!("/{name}");
    let fault = match members.get(name) {
        None => FieldError::at(pointer, ShapeFault::ChoiceMissing { known: known() }),
        Some(Value::String(text)) if list.contains(&text.as_str()) => {
            return T::deserialize(Value::String(text.clone())).ok();
        }
        Some(Value::String(_)) => {
            FieldError::at(pointer, ShapeFault::UnknownCode { known: known() })
        }
        Some(_) => FieldError::at(pointer, ShapeFault::WrongType { expected: Noun::String }),
    };
    faults.push(fault);
    None
}

/// A boolean that may be left out; a fault when it is something else.
pub fn flag(
    members: &Map<String, Value>,
    name: &str,
    faults: &mut Vec<FieldError>,
) -> Option<bool> {
    let value = members.get(name)?;
    if value.is_boolean() {
        return value.as_bool();
    }
    let expected = Noun::Boolean;
    faults.push(FieldError::at(format!("/{name}"), ShapeFault::WrongType { expected }));
    None
}

/// The fault of a text that would bring back what was erased.
pub fn after_erasure(name: &str) -> FieldError {
    FieldError::at(format!("/{name}"), CatalogueFault::NothingAfterErasure)
}

/// A text of so many characters, without spaces around it; a fault when it is missing or another.
pub fn text(
    members: &Map<String, Value>,
    name: &str,
    length: RangeInclusive<usize>,
    faults: &mut Vec<FieldError>,
) -> Option<String> {
    if members.contains_key(name) {
        return optional_text(members, name, length, faults);
    }
    let (least, most) = (*length.start(), *length.end());
    faults.push(FieldError::at(format!("/{name}"), ShapeFault::TextMissing { least, most }));
    None
}

/// The same for a text that may be left out.
pub fn optional_text(
    members: &Map<String, Value>,
    name: &str,
    length: RangeInclusive<usize>,
    faults: &mut Vec<FieldError>,
) -> Option<String> {
    let pointer = format!("/{name}");
    let fault = match members.get(name)? {
        Value::String(text) => {
            let text = text.trim();
            let count = text.chars().count();
            if has_refused_characters(text) {
                FieldError::at(pointer, ShapeFault::ControlCharacter)
            } else if length.contains(&count) {
                return Some(text.to_owned());
            } else if count < *length.start() {
                FieldError::at(pointer, ShapeFault::TextTooShort { least: *length.start() })
            } else {
                FieldError::at(pointer, ShapeFault::TextTooLong { most: *length.end() })
            }
        }
        _ => FieldError::at(pointer, ShapeFault::WrongType { expected: Noun::String }),
    };
    faults.push(fault);
    None
}
