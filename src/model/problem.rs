//! RFC 9457 problem details, as they stand in reports and answers.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A problem document (RFC 9457). `type` is always an absolute URI here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Names the kind of problem; from the standards where they define one.
    #[serde(rename = "type")]
    pub r#type: String,
    /// The kind of problem in a few words; the same for every occurrence.
    pub title: String,
    /// This occurrence, one or two sentences. Never a secret, never personal data.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
    /// HTTP status; only in answers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<u16>,
    /// Extension members, such as `pointer` or `errors`.
    #[serde(flatten)]
    pub extensions: Map<String, Value>,
}

impl Problem {
    /// A problem of this type and title.
    pub fn new(r#type: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            r#type: r#type.into(),
            title: title.into(),
            detail: None,
            status: None,
            extensions: Map::new(),
        }
    }

    /// Adds what happened this time.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds an extension member.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.extensions.insert(member.to_owned(), value.into());
        self
    }
}
