//! One thing that is wrong with one field of an input.

use super::Message;

/// One fault of an input: where, which rule, what is wrong. `texts` has the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// RFC 6901 JSON Pointer to the member, also when it is missing.
    pub pointer: String,
    /// Stable name of the rule, for machines.
    pub code: &'static str,
    message: Message,
}

impl FieldError {
    /// A fault at `pointer`.
    pub fn at(pointer: impl Into<String>, message: impl Into<Message>) -> Self {
        let message = message.into();
        Self { pointer: pointer.into(), code: message.code(), message }
    }

    /// What is wrong, without words.
    pub fn message(&self) -> &Message {
        &self.message
    }
}
