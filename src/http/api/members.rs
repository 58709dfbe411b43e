//! Small requests: a JSON object with a handful of members, each read strictly, all faults at once.

use super::issuing::object;
use crate::http::body;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::model::FieldError;
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
            FieldError::new(
                format!("/{}", name.replace('~', "~0").replace('/', "~1")),
                "unknown-field",
                "This member is not known here.",
                format!("Known are: {}.", known.join(", ")),
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
    let remedy = || format!("Give one of: {}.", list.join(", "));
    let pointer = format!("/{name}");
    let fault = match members.get(name) {
        None => FieldError::new(pointer, "required", format!("{name} is missing."), remedy()),
        Some(Value::String(text)) if list.contains(&text.as_str()) => {
            return T::deserialize(Value::String(text.clone())).ok();
        }
        Some(Value::String(_)) => {
            FieldError::new(pointer, "unknown-code", "This code is not in the list.", remedy())
        }
        Some(_) => FieldError::new(pointer, "type", format!("{name} is not a text."), remedy()),
    };
    faults.push(fault);
    None
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
    let detail = format!("{name} is missing.");
    let remedy = format!("Give a text of {} to {} characters.", length.start(), length.end());
    faults.push(FieldError::new(format!("/{name}"), "required", detail, remedy));
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
            if length.contains(&count) {
                return Some(text.to_owned());
            }
            if count < *length.start() {
                FieldError::new(
                    pointer,
                    "too-short",
                    format!("{name} has fewer than {} characters.", length.start()),
                    "Say more.",
                )
            } else {
                FieldError::new(
                    pointer,
                    "too-long",
                    format!("{name} has more than {} characters.", length.end()),
                    "Shorten it, or keep it in your own system.",
                )
            }
        }
        _ => FieldError::new(
            pointer,
            "type",
            format!("{name} is not a text."),
            "Give a text, or leave it out.",
        ),
    };
    faults.push(fault);
    None
}
