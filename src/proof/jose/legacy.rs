//! Tokens of VCDM 1.1 (section 6.3.1): the credential or presentation is in the claim `vc` or `vp`,
//! and registered claims stand for some of its members. Read, never written.
//!
//! A claim and the member that it stands for must say the same. A member that is not there is set
//! from its claim, as the standard has it.

use super::claims;
use crate::model::Timestamp;
use crate::proof::moment;
use serde_json::{Map, Value};

const BASE_CONTEXT: &str = "https://www.w3.org/2018/credentials/v1";

/// Members that would make the payload a credential by itself.
const OWN: [&str; 6] =
    ["@context", "type", "credentialSubject", "issuer", "verifiableCredential", "holder"];

/// Whether a payload is of this form, and not a document by itself.
pub(super) fn is(payload: &Map<String, Value>) -> bool {
    (payload.contains_key("vc") || payload.contains_key("vp"))
        && !OWN.iter().any(|member| payload.contains_key(*member))
}

/// The credential of a payload.
pub(super) fn credential(payload: &Map<String, Value>) -> Result<Map<String, Value>, &'static str> {
    let mut credential = content(payload, "vc", "vp")?;
    if let Some(issuer) = claim(payload, "iss")? {
        let same = claims::issuer(&credential) == Some(issuer);
        match credential.get_mut("issuer") {
            None => {
                credential.insert("issuer".to_owned(), issuer.into());
            }
            Some(Value::Object(members)) if !members.contains_key("id") => {
                members.insert("id".to_owned(), issuer.into());
            }
            Some(_) if same => {}
            Some(_) => return Err("iss is not the issuer of the credential"),
        }
    }
    set(&mut credential, "id", claim(payload, "jti")?, "jti is not the id of the credential")?;
    if let Some(subject) = claim(payload, "sub")? {
        const FAULT: &str = "sub is not the id of the subject";
        match credential.get_mut("credentialSubject") {
            Some(Value::Object(members)) => set(members, "id", Some(subject), FAULT)?,
            Some(Value::Array(subjects)) => match subjects.as_mut_slice() {
                [Value::Object(members)] => set(members, "id", Some(subject), FAULT)?,
                _ => return Err(FAULT),
            },
            _ => return Err("the credential has no subject"),
        }
    }
    for (name, member, fault) in [
        ("nbf", "issuanceDate", "nbf is not issuanceDate"),
        ("exp", "expirationDate", "exp is not expirationDate"),
    ] {
        let Some(at) = moment_of(payload, name)? else { continue };
        match credential.get(member) {
            None => {
                credential.insert(member.to_owned(), at.to_string().into());
            }
            Some(Value::String(stated)) if moment::parse(stated) == Some(at) => {}
            Some(_) => return Err(fault),
        }
    }
    Ok(credential)
}

/// The presentation of a payload. `iss` stands for its `holder`.
pub(super) fn presentation(
    payload: &Map<String, Value>,
) -> Result<Map<String, Value>, &'static str> {
    let mut presentation = content(payload, "vp", "vc")?;
    set(&mut presentation, "id", claim(payload, "jti")?, "jti is not the id of the presentation")?;
    if let Some(holder) = claim(payload, "iss")? {
        match presentation.get("holder") {
            None => {
                presentation.insert("holder".to_owned(), holder.into());
            }
            Some(stated) if id_of(stated) == Some(holder) => {}
            Some(_) => return Err("iss is not the holder of the presentation"),
        }
    }
    Ok(presentation)
}

/// A string, or the `id` of an object.
pub(super) fn id_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("id").and_then(Value::as_str))
}

fn content(
    payload: &Map<String, Value>,
    name: &str,
    other: &str,
) -> Result<Map<String, Value>, &'static str> {
    if payload.contains_key(other) {
        return Err("the payload is a credential and a presentation at once");
    }
    let Some(Value::Object(content)) = payload.get(name) else {
        return Err("the claim that holds the document is not an object");
    };
    let first = match content.get("@context") {
        Some(Value::Array(contexts)) => contexts.first(),
        one => one,
    };
    if first.and_then(Value::as_str) != Some(BASE_CONTEXT) {
        return Err("the claims vc and vp must not be there: the payload is the credential");
    }
    Ok(content.clone())
}

fn claim<'a>(payload: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, &'static str> {
    match payload.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err("a claim that must be a string is not"),
    }
}

fn moment_of(payload: &Map<String, Value>, name: &str) -> Result<Option<Timestamp>, &'static str> {
    let fault = "a date claim is not in whole seconds";
    let Some(value) = payload.get(name) else { return Ok(None) };
    let seconds = claims::numeric_date(value).ok_or(fault)?;
    Timestamp::from_unix(seconds).map(Some).map_err(|_| fault)
}

fn set(
    members: &mut Map<String, Value>,
    name: &str,
    value: Option<&str>,
    fault: &'static str,
) -> Result<(), &'static str> {
    let Some(value) = value else { return Ok(()) };
    match members.get(name) {
        None => {
            members.insert(name.to_owned(), value.into());
            Ok(())
        }
        Some(Value::String(stated)) if stated == value => Ok(()),
        Some(_) => Err(fault),
    }
}
