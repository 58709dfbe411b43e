//! One award of a batch, as a line of JSON has it, and how it waits.
//!
//! Only what belongs to the item is judged here: its key, and the two members that are no part of
//! an award. What the award says is judged by the desk.

use crate::canon::json::{JsonError, JsonLimits, parse};
use crate::issuance::HOLD_REASON;
use crate::model::{BatchFault, FieldError, Noun, ShapeFault};
use crate::profile::has_refused_characters;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// The longest key of an item, in characters.
pub const LONGEST_KEY: usize = 100;
/// The longest line, in bytes.
pub const LONGEST_LINE: usize = 256 * 1_024;

/// An award that is to be certified, with its name in the batch.
#[derive(Clone, Serialize, Deserialize)]
pub struct Item {
    /// Its name in the batch, unique.
    #[serde(rename = "k")]
    pub key: String,
    /// The line of the file on which it begins.
    #[serde(rename = "l")]
    pub line: u32,
    /// The award, as the institution hands it over.
    #[serde(rename = "a")]
    pub award: Value,
    /// Why it is issued before its appeal period is over.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub hold_override: Option<String>,
    /// Whether the learner gets the link by mail; `None` is as the issuer set it.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub notify: Option<bool>,
}

impl fmt::Debug for Item {
    // The award is personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Item({})", self.line)
    }
}

impl Item {
    /// Reads a line of JSON; its faults have pointers that begin with the number of the line.
    pub(super) fn read(bytes: &[u8], line: u32, faults: &mut Vec<FieldError>) -> Option<Self> {
        let at =
            |pointer: &str, fault: BatchFault| FieldError::at(format!("/{line}{pointer}"), fault);
        if bytes.len() > LONGEST_LINE {
            faults.push(at("", BatchFault::LineTooLong { most: LONGEST_LINE }));
            return None;
        }
        let limits = JsonLimits { max_bytes: LONGEST_LINE, ..JsonLimits::default() };
        match parse(bytes, &limits) {
            Ok(Value::Object(members)) => Self::of(members, line, faults),
            Ok(_) => {
                faults.push(at("", BatchFault::NotAnObject));
                None
            }
            Err(error) => {
                faults.push(match error {
                    JsonError::DuplicateMember { pointer, .. } => {
                        at(&pointer, BatchFault::MemberTwice { pointer: pointer.clone() })
                    }
                    JsonError::InexactInteger { pointer, .. } => {
                        FieldError::at(format!("/{line}{pointer}"), ShapeFault::NumberRange)
                    }
                    other => {
                        let byte = other.offset().unwrap_or_default();
                        at("", BatchFault::BrokenLine { byte })
                    }
                });
                None
            }
        }
    }

    /// Takes apart what belongs to the item and what is the award.
    pub(super) fn of(
        mut members: Map<String, Value>,
        line: u32,
        faults: &mut Vec<FieldError>,
    ) -> Option<Self> {
        let before = faults.len();
        let key = match members.shift_remove("itemKey") {
            None => line.to_string(),
            Some(Value::String(key)) if is_key(&key) => key,
            Some(_) => {
                let fault = BatchFault::ItemKeyFormat { most: LONGEST_KEY };
                faults.push(FieldError::at(format!("/{line}/itemKey"), fault));
                String::new()
            }
        };
        let hold_override = reason(members.shift_remove("holdOverride"), line, faults);
        let notify = match members.shift_remove("notify") {
            None => None,
            Some(Value::Bool(notify)) => Some(notify),
            Some(_) => {
                let fault = ShapeFault::WrongType { expected: Noun::Boolean };
                faults.push(FieldError::at(format!("/{line}/notify"), fault));
                None
            }
        };
        let award = Value::Object(members);
        (faults.len() == before).then_some(Self { key, line, award, hold_override, notify })
    }

    /// The certificate number that the award states.
    pub(super) fn number(&self) -> Option<&str> {
        self.award.get("certificateNumber")?.as_str().map(str::trim)
    }
}

fn is_key(key: &str) -> bool {
    let length = key.chars().count();
    (1..=LONGEST_KEY).contains(&length) && key.trim() == key && !key.chars().any(char::is_control)
}

fn reason(given: Option<Value>, line: u32, faults: &mut Vec<FieldError>) -> Option<String> {
    let fault = match given? {
        Value::String(text) => {
            let text = text.trim();
            let length = text.chars().count();
            if has_refused_characters(text) {
                ShapeFault::ControlCharacter
            } else if length < *HOLD_REASON.start() {
                ShapeFault::TextTooShort { least: *HOLD_REASON.start() }
            } else if length > *HOLD_REASON.end() {
                ShapeFault::TextTooLong { most: *HOLD_REASON.end() }
            } else {
                return Some(text.to_owned());
            }
        }
        _ => ShapeFault::WrongType { expected: Noun::String },
    };
    faults.push(FieldError::at(format!("/{line}/holdOverride"), fault));
    None
}
