//! What was handed in. The content decides; a media type is a hint and decides nothing. What can be
//! read in two ways is refused, and the refusal says what was seen.
//!
//! Pictures and PDF files that carry a credential are opened elsewhere; here they are only named.

use super::conformance::{CONTEXT_V1, CONTEXT_V2};
use super::problem;
use crate::canon::json::{self, JsonLimits};
use crate::model::Problem;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The kinds of documents that are examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A verifiable credential.
    Credential,
    /// A verifiable presentation.
    Presentation,
}

/// A JSON object, by its types.
pub(super) enum Form {
    /// The document itself.
    Plain(Kind),
    /// An envelope around a token.
    Enveloped(Kind),
}

const KINDS: [(&str, Form); 4] = [
    ("VerifiableCredential", Form::Plain(Kind::Credential)),
    ("VerifiablePresentation", Form::Plain(Kind::Presentation)),
    ("EnvelopedVerifiableCredential", Form::Enveloped(Kind::Credential)),
    ("EnvelopedVerifiablePresentation", Form::Enveloped(Kind::Presentation)),
];

/// Why something is not examined.
pub(super) enum Refusal {
    /// It is wrong.
    Wrong(Problem),
    /// It is of a kind that is not supported.
    Unsupported(Problem),
}

/// Which kind an object says it is. One that says nothing is taken for a credential, of which the
/// rules then say what it lacks.
pub(super) fn form(members: &Map<String, Value>) -> Result<Form, Refusal> {
    let types: &[Value] = match members.get("type") {
        Some(Value::Array(all)) => all,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let mut found =
        KINDS.into_iter().filter(|(name, _)| types.iter().any(|one| one.as_str() == Some(name)));
    match (found.next(), found.next()) {
        (Some((_, form)), None) => Ok(form),
        (Some((first, _)), Some((second, _))) => {
            let detail = "The document says that it is two things at once.";
            let seen = [first, second];
            Err(Refusal::Wrong(problem::ambiguous_input(detail).with("seen", seen.to_vec())))
        }
        (None, _) if members.contains_key("payload") && members.contains_key("signatures") => {
            let detail = "A JWS in JSON serialization; a credential is a compact token.";
            Err(Refusal::Unsupported(problem::unsupported_input(detail)))
        }
        (None, _) => {
            let inside = ["verifiableCredential", "verifiablePresentation", "credential", "vc"];
            let own = ["@context", "type", "issuer", "credentialSubject"];
            match inside.into_iter().find(|name| members.contains_key(*name)) {
                Some(name) if !own.iter().any(|own| members.contains_key(*own)) => {
                    let detail = "An object around a credential; hand in the credential itself.";
                    let problem = problem::ambiguous_input(detail).with("seen", vec![name]);
                    Err(Refusal::Wrong(problem))
                }
                _ => Ok(Form::Plain(Kind::Credential)),
            }
        }
    }
}

/// The token of an envelope (VCDM 2.0, sections 4.13.1 and 4.13.2).
pub(super) fn enveloped(members: &Map<String, Value>) -> Result<String, Refusal> {
    let wrong = |pointer: &str, detail: &str| {
        Err(Refusal::Wrong(problem::malformed(detail).with("pointer", pointer)))
    };
    let contexts: &[Value] = match members.get("@context") {
        Some(Value::Array(all)) => all,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    if contexts.first().and_then(Value::as_str) != Some(CONTEXT_V2) {
        return wrong("/@context", "An envelope has the base context of VCDM 2.0.");
    }
    if let Some(other) =
        members.keys().find(|name| !matches!(name.as_str(), "@context" | "type" | "id"))
    {
        let mut pointer = String::from("/");
        super::conformance::push_token(&mut pointer, other);
        return wrong(&pointer, "Nothing secures what stands on the envelope itself.");
    }
    let Some(id) = members.get("id").and_then(Value::as_str) else {
        return wrong("/id", "The id of an envelope is a data: URL.");
    };
    let Some((media_type, payload)) =
        id.strip_prefix("data:").and_then(|rest| rest.split_once(','))
    else {
        return wrong("/id", "The id of an envelope is a data: URL.");
    };
    let mut parts = media_type.split(';');
    let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
    let known = ["application/vc+jwt", "application/vp+jwt", "application/jwt"];
    if !known.contains(&media_type.as_str()) {
        let detail = "An envelope of another kind than a JSON Web Token.";
        return Err(Refusal::Unsupported(problem::unsupported_input(detail)));
    }
    let token: Cow<'_, str> = if parts.any(|part| part.eq_ignore_ascii_case("base64")) {
        let decoded = STANDARD.decode(payload).or_else(|_| URL_SAFE_NO_PAD.decode(payload));
        match decoded.ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
            Some(text) => Cow::Owned(text),
            None => return wrong("/id", "The data: URL cannot be decoded."),
        }
    } else {
        Cow::Borrowed(payload)
    };
    match compact_token(token.as_bytes()) {
        Some(token) => Ok(token.to_owned()),
        None => wrong("/id", "The data: URL holds no compact token."),
    }
}

/// A compact JWS: three parts in base64url. White space around it does not count.
pub(super) fn compact_token(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?.trim_ascii();
    let part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    (text.bytes().all(|b| part(b) || b == b'.') && text.bytes().filter(|b| *b == b'.').count() == 2)
        .then_some(text)
}

/// What a token says that it holds, before anything of it was verified; nothing when that cannot be
/// told.
pub(super) fn token_kind(token: &str, limits: &JsonLimits) -> Option<Kind> {
    let part = |index: usize, limits: &JsonLimits| {
        let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(index)?).ok()?;
        json::parse(&bytes, limits).ok()
    };
    let header = part(0, &JsonLimits { max_bytes: 8192, max_depth: 4 })?;
    let typ = header.get("typ").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
    if typ.ends_with("vp+jwt") {
        return Some(Kind::Presentation);
    }
    if typ.ends_with("vc+jwt") {
        return Some(Kind::Credential);
    }
    let payload = part(1, limits)?;
    let is = |name: &str| match payload.get("type") {
        Some(Value::Array(all)) => all.iter().any(|one| one == name),
        Some(one) => one == name,
        None => false,
    };
    let presents = payload.get("vp").is_some() || is("VerifiablePresentation");
    let states = payload.get("vc").is_some() || is("VerifiableCredential");
    match (presents, states) {
        (true, false) => Some(Kind::Presentation),
        // Said to be both: the rules of credentials refuse it.
        (_, true) => Some(Kind::Credential),
        (false, false) => None,
    }
}

/// What bytes are that are neither a JSON object nor a token.
pub(super) fn refuse(bytes: &[u8]) -> Refusal {
    let text = bytes.trim_ascii_start();
    let seen = if text.is_empty() {
        "nothing"
    } else if bytes.starts_with(b"\x89PNG") {
        "a PNG picture"
    } else if bytes.starts_with(b"%PDF-") {
        "a PDF file"
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0x1f, 0x8b]) {
        "a compressed file"
    } else if text.starts_with(b"<") {
        "XML or HTML"
    } else if text.starts_with(b"\"") {
        "a JSON string"
    } else if text.starts_with(&[0xef, 0xbb, 0xbf]) {
        "text with a byte order mark"
    } else if std::str::from_utf8(bytes).is_err() {
        "binary data"
    } else if let Some((jwt, _)) = split_once(text, b'~')
        && compact_token(jwt).is_some()
    {
        let detail = "An SD-JWT. It is another format than the tokens that are examined here.";
        return Refusal::Unsupported(problem::unsupported_input(detail));
    } else {
        "text"
    };
    let detail = "Neither a JSON document nor a compact token.";
    Refusal::Wrong(problem::parsing(detail).with("seen", vec![seen]))
}

fn split_once(bytes: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let place = bytes.iter().position(|b| *b == at)?;
    Some((bytes.get(..place)?, bytes.get(place..)?))
}

/// Whether the document follows VCDM 1.1.
pub(super) fn is_v1(document: &Value) -> bool {
    document.pointer("/@context/0").and_then(Value::as_str) == Some(CONTEXT_V1)
}
