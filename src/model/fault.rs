//! One thing that is wrong with one field of an input.

use serde::Serialize;

/// One fault of an input: where, which rule, what is wrong, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// RFC 6901 JSON Pointer to the member, also when it is missing.
    pub pointer: String,
    /// Stable name of the rule, for machines.
    pub code: &'static str,
    /// What is wrong, one sentence, English. Never echoes a secret or personal data.
    pub detail: String,
    /// What to do about it, one sentence, English.
    pub remedy: String,
}

impl FieldError {
    /// A fault at `pointer` under rule `code`.
    pub fn new(
        pointer: impl Into<String>,
        code: &'static str,
        detail: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { pointer: pointer.into(), code, detail: detail.into(), remedy: remedy.into() }
    }
}
