//! Walking through a JSON value strictly while collecting every fault, each with its JSON Pointer
//! (RFC 6901). Deliberately knows no rule of any certificate kind.

use super::text::{self, Limit};
use crate::model::{Date, FieldError, Message, Noun, ShapeFault};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::LazyLock;

/// The faults and remarks found so far. Shared while a document is walked through.
#[derive(Debug, Default)]
pub(super) struct Faults {
    errors: RefCell<Vec<FieldError>>,
    warnings: RefCell<Vec<FieldError>>,
}

impl Faults {
    /// Something that must be put right.
    pub fn refuse(&self, pointer: impl Into<String>, message: impl Into<Message>) {
        self.errors.borrow_mut().push(FieldError::at(pointer, message));
    }

    /// Something odd that is accepted.
    pub fn remark(&self, pointer: impl Into<String>, message: impl Into<Message>) {
        self.warnings.borrow_mut().push(FieldError::at(pointer, message));
    }

    /// Errors and warnings, in the order they were found.
    pub fn into_parts(self) -> (Vec<FieldError>, Vec<FieldError>) {
        (self.errors.into_inner(), self.warnings.into_inner())
    }

    fn wrong_type(&self, pointer: &str, expected: Noun) {
        self.refuse(pointer, ShapeFault::WrongType { expected });
    }
}

/// Escapes a member name for a JSON Pointer.
pub(super) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    value: &'a Value,
    /// JSON Pointer.
    pub pointer: String,
}

/// An object whose members are known.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    map: &'a Map<String, Value>,
    pointer: String,
}

impl<'a> Node<'a> {
    /// The document itself.
    pub fn root(value: &'a Value) -> Self {
        Self { value, pointer: String::new() }
    }

    /// Whether the value is `null`.
    pub fn is_null(&self) -> bool {
        self.value.is_null()
    }

    /// A member of an object, without saying anything about the others.
    pub fn member(&self, name: &str) -> Option<&'a Value> {
        self.value.get(name)
    }

    /// Whether the value is an array without elements.
    pub fn is_empty_array(&self) -> bool {
        self.value.as_array().is_some_and(Vec::is_empty)
    }

    /// An object with no other members than `known`; each other one is a fault.
    pub fn object(&self, known: &[&str], faults: &Faults) -> Option<Fields<'a>> {
        let Some(map) = self.value.as_object() else {
            faults.wrong_type(&self.pointer, Noun::Object);
            return None;
        };
        for name in map.keys().filter(|name| !known.contains(&name.as_str())) {
            unknown_field(&format!("{}/{}", self.pointer, escape(name)), faults);
        }
        Some(Fields { map, pointer: self.pointer.clone() })
    }

    /// An array of at most `most` elements.
    pub fn array(&self, most: usize, faults: &Faults) -> Option<Vec<Node<'a>>> {
        let Some(elements) = self.value.as_array() else {
            faults.wrong_type(&self.pointer, Noun::Array);
            return None;
        };
        if elements.len() > most {
            faults.refuse(&self.pointer, ShapeFault::TooMany { most });
            return None;
        }
        let node = |(i, value)| Node { value, pointer: format!("{}/{i}", self.pointer) };
        Some(elements.iter().enumerate().map(node).collect())
    }

    /// A string, as it stands, without any check of its characters.
    pub fn string(&self, faults: &Faults) -> Option<&'a str> {
        let text = self.value.as_str();
        if text.is_none() {
            faults.wrong_type(&self.pointer, Noun::String);
        }
        text
    }

    /// A text for people: not empty, within its limit, no control characters, no personal data.
    pub fn text(&self, limit: Limit, faults: &Faults) -> Option<String> {
        let text = self.string(faults)?;
        text::check(text, limit, &self.pointer, faults).then(|| text.to_owned())
    }

    /// `true` or `false`.
    pub fn boolean(&self, faults: &Faults) -> Option<bool> {
        let value = self.value.as_bool();
        if value.is_none() {
            faults.wrong_type(&self.pointer, Noun::Boolean);
        }
        value
    }

    /// A whole number.
    pub fn integer(&self, faults: &Faults) -> Option<i64> {
        let value = self.value.as_i64();
        if value.is_none() {
            faults.wrong_type(&self.pointer, Noun::WholeNumber);
        }
        value
    }

    /// A number as its shortest decimal text, so that nothing is compared as floating point.
    pub fn number_text(&self, faults: &Faults) -> Option<String> {
        let Value::Number(number) = self.value else {
            faults.wrong_type(&self.pointer, Noun::Number);
            return None;
        };
        match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(whole), _, _) => Some(whole.to_string()),
            (_, Some(whole), _) => Some(whole.to_string()),
            (_, _, Some(fraction)) => Some(fraction.to_string()),
            _ => {
                faults.wrong_type(&self.pointer, Noun::Number);
                None
            }
        }
    }

    /// A calendar date.
    pub fn date(&self, faults: &Faults) -> Option<Date> {
        let date = self.string(faults)?.parse().ok();
        if date.is_none() {
            faults.refuse(&self.pointer, ShapeFault::NotADate);
        }
        date
    }

    /// A string that parses; else this fault.
    pub fn parse<T: std::str::FromStr>(
        &self,
        otherwise: impl Into<Message>,
        faults: &Faults,
    ) -> Option<T> {
        let value = self.string(faults)?.parse().ok();
        if value.is_none() {
            faults.refuse(&self.pointer, otherwise);
        }
        value
    }
}

static NO_MEMBERS: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

impl<'a> Fields<'a> {
    /// An object without members.
    pub fn none() -> Self {
        Self { map: &NO_MEMBERS, pointer: String::new() }
    }

    /// A member, if it is there.
    pub fn get(&self, name: &str) -> Option<Node<'a>> {
        let value = self.map.get(name)?;
        Some(Node { value, pointer: self.at(name) })
    }

    /// A member that may also be `null`, which means that it is not there.
    pub fn get_nullable(&self, name: &str) -> Option<Node<'a>> {
        self.get(name).filter(|node| !node.is_null())
    }

    /// A member that must be there; else this fault.
    pub fn need(
        &self,
        name: &str,
        otherwise: impl Into<Message>,
        faults: &Faults,
    ) -> Option<Node<'a>> {
        let node = self.get(name);
        if node.is_none() {
            faults.refuse(self.at(name), otherwise);
        }
        node
    }

    /// A member that must be there and has no rule of its own.
    pub fn need_a(&self, name: &str, what: Noun, faults: &Faults) -> Option<Node<'a>> {
        self.need(name, ShapeFault::Missing { what }, faults)
    }

    /// Whether the member is there.
    pub fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// The pointer of a member, there or not.
    pub fn at(&self, name: &str) -> String {
        format!("{}/{}", self.pointer, escape(name))
    }
}

/// Reports a member that has no meaning here.
pub(super) fn unknown_field(pointer: &str, faults: &Faults) {
    faults.refuse(pointer, ShapeFault::UnknownField);
}

/// Reports every element that stands in the list before.
pub(super) fn no_duplicates<T: Eq + Hash>(
    elements: impl Iterator<Item = (String, T)>,
    faults: &Faults,
) {
    let mut seen = HashSet::new();
    for (pointer, element) in elements {
        if !seen.insert(element) {
            faults.refuse(pointer, ShapeFault::Duplicate);
        }
    }
}
