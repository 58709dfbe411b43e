//! What makes a document impossible to canonicalise, and where. Never text of the document beyond
//! the names of its members: a pointer may be logged, a value may not.

use thiserror::Error;

/// Why a document was refused. Whoever wrote the document is at fault.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{fault} (at {})", if .pointer.is_empty() { "the document itself" } else { .pointer })]
pub struct CanonError {
    /// What is wrong.
    pub fault: Fault,
    pointer: String,
}

impl CanonError {
    pub(super) fn new(fault: Fault, pointer: String) -> Self {
        Self { fault, pointer }
    }

    /// JSON Pointer (RFC 6901) to the member at fault; empty for the document itself.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Stable name of the kind of fault.
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }
}

/// The kinds of fault. The names in brackets are those of JSON-LD 1.1 API or of its processors'
/// safe mode.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Fault {
    /// A member that no context defines: JSON-LD would drop it (invalid property).
    #[error("a term that no context defines")]
    UndefinedTerm,
    /// A type that no context defines (relative @type reference).
    #[error("a type that no context defines")]
    UndefinedType,
    /// An identifier that is not an absolute IRI, with base null (relative @id reference).
    #[error("an identifier that is not an absolute IRI")]
    RelativeIri,
    /// A name or value that looks like a keyword (reserved @id value, reserved term).
    #[error("a name in the form of a JSON-LD keyword")]
    Reserved,
    /// `null`, which JSON-LD would drop.
    #[error("null, which JSON-LD drops")]
    NullValue,
    /// Content that JSON-LD would drop for its place: a scalar in a graph, an object with only an
    /// identifier or with nothing.
    #[error("content that says nothing where it stands: JSON-LD drops it")]
    Dropped,
    /// A language tag that is not well formed (invalid @language value).
    #[error("a language tag that is not well formed")]
    InvalidLanguage,
    /// A number that JSON-LD processors write in different ways.
    #[error("a number without one certain form")]
    UncertainNumber,
    /// A context that is not bundled: it is never fetched (loading remote context failed).
    #[error("the context {url} is not bundled")]
    ContextNotBundled {
        /// The context asked for.
        url: String,
    },
    /// A context that this set does not take, such as an inline one on the issuing path.
    #[error("a context that is not taken here: {0}")]
    ContextRefused(&'static str),
    /// Processing failed under this name of JSON-LD 1.1 API, section 9.6.
    #[error("JSON-LD: {0}")]
    Processing(&'static str),
    /// A feature of JSON-LD that is refused rather than half supported.
    #[error("a feature of JSON-LD that is not supported: {0}")]
    Unsupported(&'static str),
    /// A bound on work or size was reached; the document may well be an attack.
    #[error("more {0} than one document may take")]
    Limit(&'static str),
}

impl Fault {
    /// Stable name of the kind of fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UndefinedTerm => "undefined-term",
            Self::UndefinedType => "undefined-type",
            Self::RelativeIri => "relative-iri",
            Self::Reserved => "reserved-name",
            Self::NullValue => "null-value",
            Self::Dropped => "dropped-content",
            Self::InvalidLanguage => "invalid-language",
            Self::UncertainNumber => "uncertain-number",
            Self::ContextNotBundled { .. } => "context-not-bundled",
            Self::ContextRefused(_) => "context-refused",
            Self::Processing(_) => "json-ld-processing",
            Self::Unsupported(_) => "json-ld-unsupported",
            Self::Limit(_) => "canonicalization-limit",
        }
    }
}
