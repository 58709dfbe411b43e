//! The registered claims beside the credential: written from it, and held against it (Securing
//! Verifiable Credentials using JOSE and COSE, section 3.1.3; Open Badges 3.0, section 8.2.4).

use super::JwtProfile;
use crate::model::Timestamp;
use crate::proof::moment;
use serde_json::{Map, Value};

/// Registered claims (RFC 7519 section 4.1): about the token, no part of the credential.
const REGISTERED: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

/// The claims of a credential. `Err` says what the Open Badges profile misses; `vc+jwt` leaves
/// out what is not there.
pub(super) fn write(
    credential: &Map<String, Value>,
    profile: JwtProfile,
) -> Result<Map<String, Value>, &'static str> {
    let mut claims = Map::new();
    let required = profile == JwtProfile::OpenBadges;
    for (name, value, missing) in [
        ("iss", issuer(credential), "the credential has no issuer id"),
        ("jti", text(credential, "id"), "the credential has no id"),
        ("sub", subject(credential), "the credential has no single subject with an id"),
    ] {
        match value {
            Some(value) => {
                claims.insert(name.to_owned(), Value::from(value));
            }
            None if required => return Err(missing),
            None => {}
        }
    }
    for (name, member) in [("nbf", "validFrom"), ("exp", "validUntil")] {
        match (moment_of(credential, member), credential.contains_key(member)) {
            (Some(moment), _) => {
                claims.insert(name.to_owned(), Value::from(moment.unix()));
            }
            (None, true) => return Err("validFrom or validUntil is not a date and time"),
            (None, false) if required && name == "nbf" => {
                return Err("the credential has no validFrom");
            }
            (None, false) => {}
        }
    }
    Ok(claims)
}

/// Whether a payload has registered claims; a credential that is to be signed has none.
pub(super) fn any(payload: &Map<String, Value>) -> bool {
    REGISTERED.iter().chain(&["vc", "vp"]).any(|name| payload.contains_key(*name))
}

/// The payload without the registered claims: the credential.
pub(super) fn strip(mut payload: Map<String, Value>) -> Map<String, Value> {
    for name in REGISTERED {
        // Keeps the order of the others.
        payload.shift_remove(name);
    }
    payload
}

/// Holds the claims against the credential. Returns what deserves a warning.
pub(super) fn check(
    payload: &Map<String, Value>,
    profile: JwtProfile,
    now: Timestamp,
) -> Result<Vec<&'static str>, &'static str> {
    let mut warnings = Vec::new();
    if payload.contains_key("vc") || payload.contains_key("vp") {
        return Err("the claims vc and vp must not be there: the payload is the credential");
    }
    let badge = profile == JwtProfile::OpenBadges;
    let strings = [
        ("iss", issuer(payload), "iss is not the issuer of the credential"),
        ("jti", text(payload, "id"), "jti is not the id of the credential"),
        ("sub", subject(payload), "sub is not the id of the subject"),
    ];
    for (name, expected, fault) in strings {
        match payload.get(name) {
            Some(Value::String(stated)) if Some(stated.as_str()) == expected => {}
            Some(_) => return Err(fault),
            None if badge && name == "sub" => warnings.push("the token has no claim sub"),
            None if badge => return Err("the claims iss, jti and nbf must be there"),
            None => {}
        }
    }
    let from = moment_of(payload, "validFrom").map(Timestamp::unix);
    let until = moment_of(payload, "validUntil").map(Timestamp::unix);
    let date = |name| match payload.get(name) {
        None => Ok(None),
        Some(value) => numeric_date(value).map(Some).ok_or("a date claim is not in whole seconds"),
    };
    let (nbf, exp) = (date("nbf")?, date("exp")?);
    date("iat")?;
    if badge {
        match nbf {
            None => return Err("the claims iss, jti and nbf must be there"),
            Some(_) if nbf == from => {}
            Some(_) => return Err("nbf is not validFrom"),
        }
        if exp != until {
            return Err("exp is not validUntil");
        }
        if payload.contains_key("aud") {
            warnings.push("the token has a claim aud");
        }
    } else {
        // These two are about the signature. Where they repeat the validity period of the
        // credential, that is judged, and reported, with the validity period.
        if exp.is_some() && exp != until && exp.is_some_and(|exp| exp <= now.unix()) {
            return Err("the signature has expired");
        }
        if nbf.is_some() && nbf != from && nbf.is_some_and(|nbf| nbf > now.unix()) {
            return Err("the signature is not valid yet");
        }
    }
    Ok(warnings)
}

/// When the token says it was signed.
pub(super) fn issued_at(payload: &Map<String, Value>) -> Option<Timestamp> {
    payload.get("iat").and_then(numeric_date).and_then(|at| Timestamp::from_unix(at).ok())
}

/// What a token says about the time of its signature.
pub(super) struct Dates {
    pub(super) issued: Option<Timestamp>,
    pub(super) not_before: Option<Timestamp>,
    pub(super) expires: Option<Timestamp>,
}

/// `iat`, `nbf` and `exp`.
pub(super) fn dates(payload: &Map<String, Value>) -> Result<Dates, &'static str> {
    let date = |name: &str| match payload.get(name) {
        None => Ok(None),
        Some(value) => numeric_date(value)
            .and_then(|at| Timestamp::from_unix(at).ok())
            .map(Some)
            .ok_or("a date claim is not in whole seconds"),
    };
    Ok(Dates { issued: date("iat")?, not_before: date("nbf")?, expires: date("exp")? })
}

/// `issuer`, or `issuer.id`.
pub(super) fn issuer(credential: &Map<String, Value>) -> Option<&str> {
    match credential.get("issuer")? {
        Value::String(id) => Some(id),
        Value::Object(issuer) => text(issuer, "id"),
        _ => None,
    }
}

/// The id of the one subject.
fn subject(credential: &Map<String, Value>) -> Option<&str> {
    match credential.get("credentialSubject")? {
        Value::Object(subject) => text(subject, "id"),
        Value::Array(subjects) => match subjects.as_slice() {
            [Value::Object(subject)] => text(subject, "id"),
            _ => None,
        },
        _ => None,
    }
}

fn text<'a>(object: &'a Map<String, Value>, member: &str) -> Option<&'a str> {
    object.get(member).and_then(Value::as_str)
}

fn moment_of(credential: &Map<String, Value>, member: &str) -> Option<Timestamp> {
    text(credential, member).and_then(moment::parse)
}

/// NumericDate (RFC 7519 section 2), in whole seconds and within the calendar.
pub(super) fn numeric_date(value: &Value) -> Option<i64> {
    let seconds = match value.as_i64() {
        Some(seconds) => seconds,
        None => {
            let float = value.as_f64()?;
            if float.fract() != 0.0 || float.abs() > 1e15 {
                return None;
            }
            // In range and whole, so that nothing is lost.
            float as i64
        }
    };
    Timestamp::from_unix(seconds).ok().map(Timestamp::unix)
}
