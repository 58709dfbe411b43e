//! The rules of the data model that a secured credential must obey: VCDM 2.0 (and 1.1), read from
//! plain JSON. Safe mode and the Open Badges schema are other nets and are cast elsewhere.
//!
//! Every fault is reported, up to a bound, each with its JSON Pointer. Values are not repeated.

use super::datetime;
use crate::canon::spells_a_term;
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::fmt::Write;

/// Base context of VCDM 2.0.
pub(super) const CONTEXT_V2: &str = "https://www.w3.org/ns/credentials/v2";
/// Base context of VCDM 1.1.
pub(super) const CONTEXT_V1: &str = "https://www.w3.org/2018/credentials/v1";

/// The fault of a context that is written out in the document.
const INLINE: &str = "context-inline";

/// What public suites take, though it is refused elsewhere: contexts that are written out in the
/// document, and subjects of which only the `id` is said.
pub(super) fn taken_in_tests(fault: &Fault, document: &Value) -> bool {
    let named = || document.pointer(&fault.pointer).and_then(Value::as_object);
    fault.code == INLINE || (fault.code == "claims" && named().is_some_and(|one| !one.is_empty()))
}

const MAX_FAULTS: usize = 20;

/// One thing that does not conform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) pointer: String,
    pub(super) code: &'static str,
    pub(super) detail: String,
}

/// Which data model a document says it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    V1,
    V2,
}

/// The faults of a credential; empty when it conforms.
pub(super) fn faults(document: &Map<String, Value>) -> Vec<Fault> {
    let mut found = Faults(Vec::new());
    let version = context(document, &mut found);
    named_type(document, "VerifiableCredential", &mut found);
    if let Some(id) = document.get("id") {
        url(id, "/id", &mut found);
    }
    issuer(document.get("issuer"), &mut found);
    subject(document.get("credentialSubject"), &mut found);
    if let Some(version) = version {
        validity(document, version, &mut found);
    }
    for member in ["name", "description"] {
        if let Some(value) = document.get(member) {
            language_value(value, &format!("/{member}"), &mut found);
        }
    }
    for member in [
        "credentialStatus",
        "termsOfUse",
        "evidence",
        "refreshService",
        "confidenceMethod",
        "renderMethod",
    ] {
        typed_objects(document, member, &mut found);
    }
    for (pointer, schema) in typed_objects(document, "credentialSchema", &mut found) {
        required_id(schema, &pointer, &mut found);
    }
    related_resources(document, &mut found);
    proofs(document.get("proof"), &mut found);
    let id = document.get("id").and_then(Value::as_str);
    let mut walk = Walk { found: &mut found, document: id, in_proof: false };
    for (member, value) in document {
        if !matches!(member.as_str(), "@context" | "id") {
            let mut pointer = String::from("/");
            push_token(&mut pointer, member);
            spelling(member, value, &pointer, walk.found);
            walk.in_proof = member == "proof";
            walk.value(value, &mut pointer);
        }
    }
    found.0
}

/// The version that the base context names.
pub(super) fn version(document: &Map<String, Value>) -> Option<Version> {
    match document.get("@context")?.get(0)?.as_str()? {
        CONTEXT_V2 => Some(Version::V2),
        CONTEXT_V1 => Some(Version::V1),
        _ => None,
    }
}

/// The faults of a presentation. What it contains has a report of its own.
pub(super) fn presentation_faults(document: &Map<String, Value>) -> Vec<Fault> {
    let mut found = Faults(Vec::new());
    let version = context(document, &mut found);
    named_type(document, "VerifiablePresentation", &mut found);
    if let Some(id) = document.get("id") {
        url(id, "/id", &mut found);
    }
    match document.get("holder") {
        None => {}
        Some(value @ Value::String(_)) => url(value, "/holder", &mut found),
        Some(Value::Object(holder)) => required_id(holder, "/holder", &mut found),
        Some(_) => found.add("/holder", "holder", "holder must be a URL or an object with an id."),
    }
    let contained = match document.get("verifiableCredential") {
        None => &[],
        Some(Value::Array(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    for (index, one) in contained.iter().enumerate() {
        let fits = one.is_object() || (version != Some(Version::V2) && one.is_string());
        if !fits {
            let pointer = format!("/verifiableCredential/{index}");
            found.add(&pointer, "object", "A presentation contains credentials as objects.");
        }
    }
    for member in ["termsOfUse", "refreshService"] {
        typed_objects(document, member, &mut found);
    }
    proofs(document.get("proof"), &mut found);
    let id = document.get("id").and_then(Value::as_str);
    let mut walk = Walk { found: &mut found, document: id, in_proof: false };
    for (member, value) in document {
        // They stand in graphs of their own, and are examined by themselves.
        if !matches!(member.as_str(), "@context" | "id" | "verifiableCredential") {
            let mut pointer = String::from("/");
            push_token(&mut pointer, member);
            spelling(member, value, &pointer, walk.found);
            walk.in_proof = member == "proof";
            walk.value(value, &mut pointer);
        }
    }
    found.0
}

struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, pointer: &str, code: &'static str, detail: &str) {
        if self.0.len() < MAX_FAULTS {
            self.0.push(Fault { pointer: pointer.to_owned(), code, detail: detail.to_owned() });
        }
    }
}

/// Appends a reference token (RFC 6901 section 3).
pub(super) fn push_token(pointer: &mut String, member: &str) {
    if !member.contains(['~', '/']) {
        pointer.push_str(member);
        return;
    }
    for character in member.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

fn context(document: &Map<String, Value>, found: &mut Faults) -> Option<Version> {
    let Some(Value::Array(items)) = document.get("@context") else {
        found.add(
            "/@context",
            "context",
            "@context must be an array that starts with a base context.",
        );
        return None;
    };
    let version = match items.first().and_then(Value::as_str) {
        Some(CONTEXT_V2) => Version::V2,
        Some(CONTEXT_V1) => Version::V1,
        _ => {
            found.add(
                "/@context/0",
                "context",
                "The first context must be the base context of the data model.",
            );
            return None;
        }
    };
    for (index, item) in items.iter().enumerate().skip(1) {
        let pointer = format!("/@context/{index}");
        match item {
            Value::String(text) if is_url(text) => {
                if text == CONTEXT_V1 || text == CONTEXT_V2 {
                    found.add(&pointer, "context", "A document has one base context.");
                }
            }
            Value::Object(_) => {
                found.add(
                    &pointer,
                    INLINE,
                    "Context definitions inside a document are not known contexts.",
                );
            }
            _ => found.add(&pointer, "context", "A context must be a URL."),
        }
    }
    Some(version)
}

fn named_type(document: &Map<String, Value>, name: &str, found: &mut Faults) {
    let is_named = match document.get("type") {
        Some(Value::String(one)) => one == name,
        Some(Value::Array(all)) if !all.is_empty() && all.iter().all(Value::is_string) => {
            all.iter().any(|one| one == name)
        }
        _ => {
            found.add("/type", "type", "type must be one or more strings.");
            return;
        }
    };
    if !is_named {
        found.add("/type", "type", &format!("type must contain {name}."));
    }
}

fn issuer(issuer: Option<&Value>, found: &mut Faults) {
    match issuer {
        Some(value @ Value::String(_)) => url(value, "/issuer", found),
        Some(Value::Object(object)) => {
            required_id(object, "/issuer", found);
            for member in ["name", "description"] {
                if let Some(value) = object.get(member) {
                    language_value(value, &format!("/issuer/{member}"), found);
                }
            }
        }
        Some(_) => found.add("/issuer", "issuer", "issuer must be a URL or an object with an id."),
        None => found.add("/issuer", "required", "issuer is required."),
    }
}

fn subject(subject: Option<&Value>, found: &mut Faults) {
    let claims = |object: &Map<String, Value>| object.keys().any(|member| member != "id");
    match subject {
        Some(Value::Object(one)) => {
            if !claims(one) {
                found.add(
                    "/credentialSubject",
                    "claims",
                    "A subject must have at least one claim.",
                );
            }
        }
        Some(Value::Array(all)) if !all.is_empty() => {
            for (index, one) in all.iter().enumerate() {
                if !one.as_object().is_some_and(claims) {
                    found.add(
                        &format!("/credentialSubject/{index}"),
                        "claims",
                        "Each subject must be an object with at least one claim.",
                    );
                }
            }
        }
        Some(_) => found.add(
            "/credentialSubject",
            "credential-subject",
            "credentialSubject must be an object or a non-empty array of objects.",
        ),
        None => found.add("/credentialSubject", "required", "credentialSubject is required."),
    }
}

fn validity(document: &Map<String, Value>, version: Version, found: &mut Faults) {
    let ((from, until), foreign) = match version {
        Version::V2 => (("validFrom", "validUntil"), ["issuanceDate", "expirationDate"]),
        Version::V1 => (("issuanceDate", "expirationDate"), ["validFrom", "validUntil"]),
    };
    for member in foreign {
        if document.contains_key(member) {
            found.add(
                &format!("/{member}"),
                "version-mix",
                "This date belongs to another version of the data model.",
            );
        }
    }
    if version == Version::V1 && !document.contains_key(from) {
        found.add("/issuanceDate", "required", "issuanceDate is required by VCDM 1.1.");
    }
    let mut moment = |member: &str| {
        let value = document.get(member)?;
        let parsed = value.as_str().and_then(datetime::parse);
        if parsed.is_none() {
            found.add(
                &format!("/{member}"),
                "date-time-stamp",
                "Not a dateTimeStamp: a real date and time with offset.",
            );
        }
        parsed
    };
    if let (Some(start), Some(end)) = (moment(from), moment(until))
        && start > end
    {
        found.add(&format!("/{until}"), "validity-order", "The end lies before the start.");
    }
}

/// A string, a language value object, or an array of those.
fn language_value(value: &Value, pointer: &str, found: &mut Faults) {
    let one = |value: &Value| match value {
        Value::String(_) => true,
        Value::Object(object) => is_value_object(object),
        _ => false,
    };
    let conforms = match value {
        Value::Array(all) => !all.is_empty() && all.iter().all(one),
        single => one(single),
    };
    if !conforms {
        found.add(
            pointer,
            "language-value",
            "Must be text, or a language value object with @value.",
        );
    }
}

/// The objects of a member that holds one or more, each with a `type`.
fn typed_objects<'a>(
    document: &'a Map<String, Value>,
    member: &str,
    found: &mut Faults,
) -> Vec<(String, &'a Map<String, Value>)> {
    let objects = objects(document, member, found);
    for (pointer, object) in &objects {
        let typed = match object.get("type") {
            Some(Value::String(_)) => true,
            Some(Value::Array(all)) => !all.is_empty() && all.iter().all(Value::is_string),
            _ => false,
        };
        if !typed {
            found.add(&format!("{pointer}/type"), "type", "type is required.");
        }
    }
    objects
}

fn objects<'a>(
    document: &'a Map<String, Value>,
    member: &str,
    found: &mut Faults,
) -> Vec<(String, &'a Map<String, Value>)> {
    let pointer = format!("/{member}");
    match document.get(member) {
        None => Vec::new(),
        Some(Value::Object(one)) => vec![(pointer, one)],
        Some(Value::Array(all)) if !all.is_empty() => all
            .iter()
            .enumerate()
            .filter_map(|(index, one)| {
                let pointer = format!("{pointer}/{index}");
                let object = one.as_object();
                if object.is_none() {
                    found.add(&pointer, "object", "Must be an object.");
                }
                object.map(|object| (pointer, object))
            })
            .collect(),
        Some(_) => {
            found.add(&pointer, "object", "Must be an object or a non-empty array of objects.");
            Vec::new()
        }
    }
}

/// VCDM 2.0 section 5.3 (Integrity of Related Resources).
fn related_resources(document: &Map<String, Value>, found: &mut Faults) {
    let mut seen: HashSet<&str> = HashSet::new();
    for (pointer, resource) in objects(document, "relatedResource", found) {
        required_id(resource, &pointer, found);
        if let Some(id) = resource.get("id").and_then(Value::as_str)
            && !seen.insert(id)
        {
            found.add(&format!("{pointer}/id"), "unique", "Each related resource is named once.");
        }
        let mut digests = 0;
        for member in ["digestSRI", "digestMultibase"] {
            let Some(value) = resource.get(member) else { continue };
            digests += 1;
            let conforms = match value {
                Value::String(_) => true,
                Value::Array(all) => !all.is_empty() && all.iter().all(Value::is_string),
                _ => false,
            };
            if !conforms {
                found.add(&format!("{pointer}/{member}"), "digest", "A digest must be a string.");
            }
        }
        if digests == 0 {
            found.add(&pointer, "digest", "digestSRI or digestMultibase is required.");
        }
    }
}

fn proofs(proof: Option<&Value>, found: &mut Faults) {
    let conforms = match proof {
        None | Some(Value::Object(_)) => true,
        Some(Value::Array(all)) => !all.is_empty() && all.iter().all(Value::is_object),
        Some(_) => false,
    };
    if !conforms {
        found.add("/proof", "proof", "proof must be an object or a non-empty array of objects.");
    }
}

/// Whether there is an `id`; the walk through the document says whether it is a URL.
fn required_id(object: &Map<String, Value>, pointer: &str, found: &mut Faults) {
    if !object.contains_key("id") {
        found.add(&format!("{pointer}/id"), "required", "A URL is required here.");
    }
}

fn url(value: &Value, pointer: &str, found: &mut Faults) {
    if !value.as_str().is_some_and(is_url) {
        found.add(pointer, "url", "Must be one absolute URL without white space.");
    }
}

/// Whether a text has the shape of an absolute URL (RFC 3986 scheme, no character that RFC 3987
/// forbids). What it leads to is not looked at.
pub(super) fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut bytes = scheme.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && !rest.is_empty()
        && !rest.chars().any(|c| {
            c <= ' '
                || c.is_whitespace()
                || c.is_control()
                || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
        })
}

/// Members that decide or name what a document is. They belong to the document itself; said of it
/// in another place they mean the same to RDF, and nobody would look for them there.
const OF_THE_DOCUMENT: [&str; 10] = [
    "credentialStatus",
    "validFrom",
    "validUntil",
    "issuanceDate",
    "expirationDate",
    "issuer",
    "credentialSubject",
    "relatedResource",
    "name",
    "proof",
];

/// Walks through everything nested.
struct Walk<'a> {
    found: &'a mut Faults,
    /// The `id` of the document.
    document: Option<&'a str>,
    in_proof: bool,
}

impl Walk<'_> {
    /// Rules for every nested value. The pointer is grown and cut in place; nothing is allocated on
    /// the way through a conforming document.
    fn value(&mut self, value: &Value, pointer: &mut String) {
        match value {
            Value::Null => {
                self.found.add(pointer, "null", "null stands for nothing; leave the member out.");
            }
            Value::Array(items) => {
                let length = pointer.len();
                for (index, item) in items.iter().enumerate() {
                    if matches!(item, Value::Object(_) | Value::Array(_) | Value::Null) {
                        write!(pointer, "/{index}").expect("writing to a String cannot fail");
                        self.value(item, pointer);
                        pointer.truncate(length);
                    }
                }
            }
            Value::Object(members) => self.object(members, pointer),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// No context of its own, one URL as `id`, and names as the contexts have them.
    fn object(&mut self, members: &Map<String, Value>, pointer: &mut String) {
        let length = pointer.len();
        let is_value = is_value_object(members);
        let id = members.get("id").and_then(Value::as_str);
        let is_document = id.is_some() && id == self.document;
        let contained = is_contained(pointer);
        for (member, value) in members {
            pointer.push('/');
            push_token(pointer, member);
            match member.as_str() {
                "@context" if self.in_proof || contained => {}
                "@context" => {
                    let detail = "Only the document itself may have a context.";
                    self.found.add(pointer, "context-nested", detail);
                }
                "id" if value.as_str().is_some_and(is_url) => {}
                "id" => url(value, pointer, self.found),
                "@value" | "@language" | "@direction" if is_value => {}
                name => {
                    if is_document && OF_THE_DOCUMENT.contains(&name) {
                        let detail = "What is said of the document stands in the document itself.";
                        self.found.add(pointer, "scattered", detail);
                    }
                    spelling(name, value, pointer, self.found);
                    self.value(value, pointer);
                }
            }
            pointer.truncate(length);
        }
    }
}

/// Whether a place is that of something with a proof, and with a context, of its own.
fn is_contained(pointer: &str) -> bool {
    let mut tokens = pointer.rsplit('/');
    let last = tokens.next().unwrap_or_default();
    let member = match last.bytes().all(|b| b.is_ascii_digit()) {
        true => tokens.next().unwrap_or_default(),
        false => last,
    };
    matches!(member, "endorsement" | "verifiableCredential")
}

/// Text with a language or a direction (VCDM 2.0, section 4.6.1), and nothing else.
fn is_value_object(members: &Map<String, Value>) -> bool {
    members.contains_key("@value")
        && members.iter().all(|(member, value)| {
            matches!(member.as_str(), "@value" | "@language" | "@direction") && value.is_string()
        })
}

/// A conforming document is compacted JSON-LD (VCDM 2.0, section 4.1): one spelling for each name.
/// RDF has many, and a signature over it holds for all of them; what is read from the JSON by name
/// must not escape by being spelled otherwise.
fn spelling(member: &str, value: &Value, pointer: &str, found: &mut Faults) {
    if member.starts_with('@') {
        found.add(pointer, "compacted", "A keyword where compacted JSON-LD has none.");
    } else if spells_a_term(member) {
        found.add(pointer, "compacted", "An IRI where a context has a term.");
    }
    if member == "type" {
        let types = match value {
            Value::Array(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        };
        if types.iter().filter_map(Value::as_str).any(spells_a_term) {
            found.add(pointer, "compacted", "A type as an IRI where a context has a term.");
        }
    }
}
