//! Enveloped credentials and presentations (VCDM 2.0, section 4.13): an object whose `id` is a
//! `data:` URL (RFC 2397) with the token. It takes the token out; verifying it is the next step.

use serde_json::Value;

const BASE_CONTEXT: &str = "https://www.w3.org/ns/credentials/v2";

/// What an envelope holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvelopeKind {
    /// `EnvelopedVerifiableCredential`.
    Credential,
    /// `EnvelopedVerifiablePresentation`.
    Presentation,
}

/// A token that was in an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// What the object says that it is.
    pub kind: EnvelopeKind,
    /// The media type of the `data:` URL, in lower case, without parameters.
    pub media_type: String,
    /// The compact JWS.
    pub token: String,
}

/// An object that is an envelope, but not one that can be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// A member has a value that it must not have (MALFORMED_VALUE_ERROR).
    #[error("{0}")]
    Malformed(&'static str),
    /// Secured in a way that is not supported, such as SD-JWT or COSE.
    #[error("an envelope of an unsupported media type")]
    Unsupported {
        /// The media type.
        media_type: String,
    },
}

impl Envelope {
    /// Opens an envelope. `None`: the object is none.
    pub fn open(object: &Value) -> Option<Result<Self, EnvelopeError>> {
        let types: &[Value] = match object.get("type")? {
            Value::Array(types) => types,
            one => std::slice::from_ref(one),
        };
        let is = |name: &str| types.iter().any(|kind| kind == name);
        let kind =
            match (is("EnvelopedVerifiableCredential"), is("EnvelopedVerifiablePresentation")) {
                (true, false) => EnvelopeKind::Credential,
                (false, true) => EnvelopeKind::Presentation,
                (true, true) => {
                    return Some(Err(EnvelopeError::Malformed("two kinds of envelope at once")));
                }
                (false, false) => return None,
            };
        Some(Self::of_kind(kind, object))
    }

    fn of_kind(kind: EnvelopeKind, object: &Value) -> Result<Self, EnvelopeError> {
        let malformed = EnvelopeError::Malformed;
        let has_context = match object.get("@context") {
            Some(Value::Array(contexts)) => contexts.iter().any(|context| context == BASE_CONTEXT),
            Some(one) => one == BASE_CONTEXT,
            None => false,
        };
        if !has_context {
            return Err(malformed("an envelope has the base context"));
        }
        let id = object
            .get("id")
            .and_then(Value::as_str)
            .ok_or(malformed("the id of an envelope is a data: URL"))?;
        let (head, data) = id
            .split_once(':')
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("data"))
            .and_then(|(_, rest)| rest.split_once(','))
            .ok_or(malformed("the id of an envelope is a data: URL"))?;
        let mut parts = head.split(';');
        let media_type = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let known = match kind {
            EnvelopeKind::Credential => "application/vc+jwt",
            EnvelopeKind::Presentation => "application/vp+jwt",
        };
        if media_type != known && media_type != "application/jwt" {
            return Err(EnvelopeError::Unsupported { media_type });
        }
        if parts.any(|parameter| parameter.trim().eq_ignore_ascii_case("base64")) {
            return Err(malformed("a token in an envelope is not encoded once more"));
        }
        // A compact JWS needs no escapes; a token with one would be two texts for one token.
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        if data.is_empty() || !data.bytes().all(plain) {
            return Err(malformed("the data: URL of an envelope holds no compact JWS"));
        }
        Ok(Self { kind, media_type, token: data.to_owned() })
    }
}
