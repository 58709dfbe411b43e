//! Controlled identifier documents (Controlled Identifiers 1.0, sections 2 and 3.3), among them DID
//! documents: which keys there are, whose they are, which may make assertions.
//!
//! Read as plain JSON. Nothing is fetched here, and a key in the fragment of a URL proves nothing:
//! only what the document lists counts.

use super::datetime::{self, Instant};
use super::problem;
use crate::canon::json::{self, JsonLimits};
use crate::encoding::PublicKey;
use crate::model::Problem;
use crate::proof::{ProofPurpose, ResolveError, ResolvedMethod};
use serde_json::{Map, Value};
use std::sync::Arc;

const MAX_METHODS: usize = 500;

/// A document that was read.
#[derive(Debug)]
pub(super) struct KeyDocument {
    /// Its `id`.
    pub(super) id: String,
    methods: Vec<Listed>,
    /// `controller`, when the document is itself a verification method.
    bare: Option<String>,
}

/// A method of the document.
#[derive(Clone, Debug)]
pub(super) struct Method {
    /// As the proof room takes it. The two ends below are judged here, not there.
    pub(super) resolved: Arc<ResolvedMethod>,
    /// Stands in `assertionMethod`.
    pub(super) asserts: bool,
    /// Stands in `authentication`.
    pub(super) authenticates: bool,
    pub(super) revoked: Option<Instant>,
    pub(super) expires: Option<Instant>,
}

impl Method {
    /// Whether it stands in the relationship that a purpose demands.
    pub(super) fn serves(&self, purpose: ProofPurpose) -> bool {
        match purpose {
            ProofPurpose::AssertionMethod => self.asserts,
            ProofPurpose::Authentication => self.authenticates,
        }
    }
}

#[derive(Debug)]
struct Listed {
    id: String,
    method: Result<Method, ResolveError>,
}

impl KeyDocument {
    /// Reads a document.
    pub(super) fn parse(bytes: &[u8], max_bytes: usize) -> Result<Self, Problem> {
        let limits = JsonLimits { max_bytes, max_depth: 16 };
        let value = json::parse(bytes, &limits).map_err(|error| {
            problem::key_document(format!("not JSON that can be used: {error}"))
        })?;
        let object = value
            .as_object()
            .ok_or_else(|| problem::key_document("the key document is no JSON object"))?;
        let id = object
            .get("id")
            .and_then(Value::as_str)
            .ok_or_else(|| problem::key_document("the key document has no id"))?
            .to_owned();
        if object.contains_key("publicKeyMultibase") || object.contains_key("publicKeyJwk") {
            let controller = object.get("controller").and_then(Value::as_str).unwrap_or_default();
            let method = method(object, id.clone(), controller);
            let bare = Some(controller.to_owned());
            return Ok(Self { methods: vec![Listed { id: id.clone(), method }], id, bare });
        }
        let listed = list(object, "verificationMethod")?;
        let assertions = list(object, "assertionMethod")?;
        let authentications = list(object, "authentication")?;
        if listed.len() + assertions.len() + authentications.len() > MAX_METHODS {
            return Err(problem::key_document("the key document lists too many methods"));
        }
        let names = |entries: &[Value]| -> Vec<String> {
            let name = |entry: &Value| {
                let name = entry.as_str().or_else(|| entry.get("id").and_then(Value::as_str));
                name.map(|name| absolute(name, &id))
            };
            entries.iter().filter_map(name).collect()
        };
        let (asserted, authenticating) = (names(assertions), names(authentications));
        let embedded = assertions.iter().chain(authentications).filter(|entry| entry.is_object());
        let mut methods: Vec<Listed> = Vec::with_capacity(listed.len());
        for entry in listed.iter().chain(embedded) {
            let fields = entry
                .as_object()
                .ok_or_else(|| problem::key_document("a verification method is no object"))?;
            let Some(name) = fields.get("id").and_then(Value::as_str) else {
                return Err(problem::key_document("a verification method has no id"));
            };
            let name = absolute(name, &id);
            if methods.iter().any(|known| known.id == name) {
                return Err(problem::key_document("two verification methods have the same id"));
            }
            let mut method = method(fields, name.clone(), &id);
            if let Ok(method) = &mut method {
                method.asserts = asserted.contains(&name);
                method.authenticates = authenticating.contains(&name);
            }
            methods.push(Listed { id: name, method });
        }
        Ok(Self { id, methods, bare: None })
    }

    /// The method with this absolute URL (section 3.3, step 4).
    pub(super) fn method(&self, url: &str) -> Result<&Method, ResolveError> {
        match self.methods.iter().find(|listed| listed.id == url) {
            Some(listed) => listed.method.as_ref().map_err(Clone::clone),
            None => Err(invalid(problem::method("The key document does not list this method."))),
        }
    }

    /// The controller of a document that is itself a method.
    pub(super) fn bare_controller(&self) -> Option<&str> {
        self.bare.as_deref()
    }

    /// Whether this document lists this URL with this key for a purpose.
    pub(super) fn serves(&self, url: &str, key: &PublicKey, purpose: ProofPurpose) -> bool {
        let is = |method: &Method| method.serves(purpose) && method.resolved.key == *key;
        self.methods.iter().any(|one| one.id == url && one.method.as_ref().is_ok_and(is))
    }
}

pub(super) fn invalid(problem: Problem) -> ResolveError {
    ResolveError::Invalid(problem)
}

fn list<'a>(document: &'a Map<String, Value>, member: &str) -> Result<&'a [Value], Problem> {
    match document.get(member) {
        None => Ok(&[]),
        Some(Value::Array(all)) => Ok(all),
        Some(one @ (Value::Object(_) | Value::String(_))) => Ok(std::slice::from_ref(one)),
        Some(_) => Err(problem::key_document(format!("{member} is no list"))),
    }
}

/// DID URLs may be written relative to the document.
fn absolute(name: &str, id: &str) -> String {
    if name.starts_with('#') { format!("{id}{name}") } else { name.to_owned() }
}

fn method(
    fields: &Map<String, Value>,
    id: String,
    controller: &str,
) -> Result<Method, ResolveError> {
    let wrong = |detail: &str| invalid(problem::method(detail));
    if fields.get("controller").and_then(Value::as_str) != Some(controller) || controller.is_empty()
    {
        return Err(wrong("The controller of the method is not the key document."));
    }
    if fields.contains_key("secretKeyMultibase") || fields.contains_key("secretKeyJwk") {
        return Err(wrong("The method shows a secret key."));
    }
    let kind = fields.get("type").and_then(Value::as_str);
    let key = match (kind, fields.get("publicKeyMultibase"), fields.get("publicKeyJwk")) {
        (_, Some(_), Some(_)) => return Err(wrong("The method has its key in two forms.")),
        (Some("Multikey"), Some(Value::String(text)), None) => PublicKey::from_multikey(text),
        // Types from before Multikey, in the key documents of old badges.
        (Some("Ed25519VerificationKey2020"), Some(Value::String(text)), None) => {
            match PublicKey::from_multikey(text) {
                Ok(PublicKey::P256(_) | PublicKey::P384(_)) => {
                    return Err(wrong("The method has not the kind of key of its type."));
                }
                other => other,
            }
        }
        (Some("JsonWebKey" | "JsonWebKey2020"), None, Some(jwk)) => PublicKey::from_jwk(jwk),
        (
            Some("Multikey" | "JsonWebKey" | "Ed25519VerificationKey2020" | "JsonWebKey2020"),
            _,
            _,
        ) => {
            return Err(wrong("The method has not the key form of its type."));
        }
        (Some(_), _, _) => {
            let detail = "a verification method of another type than Multikey and JsonWebKey";
            return Err(ResolveError::Unsupported { detail: detail.to_owned() });
        }
        (None, _, _) => return Err(wrong("The method has no type.")),
    };
    let key = key.map_err(|error| match error {
        crate::encoding::EncodingError::UnknownCodec
        | crate::encoding::EncodingError::UnsupportedJwk => {
            ResolveError::Unsupported { detail: error.to_string() }
        }
        error => wrong(&format!("The key cannot be read: {error}.")),
    })?;
    let moment = |member: &str| match fields.get(member) {
        None => Ok(None),
        Some(value) => value
            .as_str()
            .and_then(datetime::parse)
            .map(Some)
            .ok_or_else(|| wrong(&format!("{member} of the method is no dateTimeStamp."))),
    };
    let (revoked, expires) = (moment("revoked")?, moment("expires")?);
    let controller = controller.to_owned();
    let resolved = ResolvedMethod { id, controller, key, expires: None, revoked: None };
    let resolved = Arc::new(resolved);
    Ok(Method { resolved, asserts: false, authenticates: false, revoked, expires })
}
