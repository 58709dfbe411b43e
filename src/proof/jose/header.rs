//! The protected header of a token (RFC 7515 section 4), read strictly: what selects the key and
//! the algorithm is decided here, before anything of the payload is looked at.

use super::{JwsAlgorithm, JwtProfile};
use crate::canon::json::{self, JsonLimits};
use crate::encoding::PublicKey;
use crate::model::Problem;
use crate::proof::method::is_absolute_url;
use crate::proof::problem;
use serde_json::{Map, Value};

const LIMITS: JsonLimits = JsonLimits { max_bytes: 8192, max_depth: 4 };

/// A header that may go on to key selection.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) profile: JwtProfile,
    pub(super) algorithm: JwsAlgorithm,
    pub(super) key: KeyReference,
}

/// How the token says which key signed it.
#[derive(Debug)]
pub(super) enum KeyReference {
    /// By URL.
    Kid(String),
    /// By value. Says nothing about whose key it is.
    Jwk(Box<PublicKey>),
}

/// Why a header does not go on.
#[derive(Debug)]
pub(super) enum HeaderFault {
    Failed(Problem),
    Unsupported(Problem),
}

fn failed(detail: &str) -> HeaderFault {
    HeaderFault::Failed(problem::proof_verification(detail))
}

/// The members of a header, or why it is none.
pub(super) fn members(bytes: &[u8]) -> Result<Map<String, Value>, &'static str> {
    match json::parse(bytes, &LIMITS) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err("the header is not a JSON object"),
        Err(_) => Err("the header is not strict JSON within the limits"),
    }
}

/// Reads a header. `profile`: what the caller expects; otherwise the header itself decides.
pub(super) fn read(
    header: &Map<String, Value>,
    profile: Option<JwtProfile>,
) -> Result<Header, HeaderFault> {
    let text = |name: &str| match header.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str())),
        Some(_) => Err(failed("a header member that must be a string is not")),
    };
    let algorithm = algorithm(header)?;
    let typ = text("typ")?;
    let kid = text("kid")?;
    let profile = profile.unwrap_or_else(|| detect(typ, kid, header.contains_key("jwk")));
    match profile {
        JwtProfile::VcJwt => {
            if !typ.is_none_or(|typ| is_one_of(typ, &["vc+jwt", "application/vc+jwt", "JWT"])) {
                return Err(failed("typ must be vc+jwt"));
            }
            if !text("cty")?.is_none_or(|cty| is_one_of(cty, &["vc", "application/vc"])) {
                return Err(failed("cty must be vc"));
            }
        }
        JwtProfile::OpenBadges => {
            if typ.is_some_and(|typ| typ != "JWT") {
                return Err(failed("typ must be JWT"));
            }
            if !header.keys().all(|name| matches!(name.as_str(), "alg" | "typ" | "kid" | "jwk")) {
                return Err(failed("an Open Badges token has no header but alg, typ, kid and jwk"));
            }
            if kid.is_some() && header.contains_key("jwk") {
                return Err(failed("an Open Badges token has one of kid and jwk, not both"));
            }
        }
    }
    let key = match (kid, header.get("jwk")) {
        (Some(kid), _) => {
            if !is_absolute_url(kid) {
                return Err(HeaderFault::Failed(problem::invalid_method_url(
                    "kid is not an absolute URL",
                )));
            }
            KeyReference::Kid(kid.to_owned())
        }
        (None, Some(jwk)) if profile == JwtProfile::OpenBadges => {
            let key = PublicKey::from_jwk(jwk)
                .map_err(|error| failed(&format!("the jwk of the header is refused: {error}")))?;
            KeyReference::Jwk(Box::new(key))
        }
        _ => return Err(failed("the header does not say which key signed")),
    };
    Ok(Header { profile, algorithm, key })
}

/// Reads the header of a presentation: the algorithm and the URL of the key.
pub(super) fn read_presentation(
    header: &Map<String, Value>,
) -> Result<(JwsAlgorithm, String), HeaderFault> {
    let algorithm = algorithm(header)?;
    for (name, allowed, fault) in [
        ("typ", &["vp+jwt", "application/vp+jwt", "JWT"][..], "typ must be vp+jwt"),
        ("cty", &["vp", "application/vp"][..], "cty must be vp"),
    ] {
        match header.get(name) {
            None => {}
            Some(Value::String(text)) if is_one_of(text, allowed) => {}
            Some(_) => return Err(failed(fault)),
        }
    }
    match header.get("kid") {
        Some(Value::String(kid)) if is_absolute_url(kid) => Ok((algorithm, kid.clone())),
        Some(_) => {
            let detail = "kid is not an absolute URL";
            Err(HeaderFault::Failed(problem::invalid_method_url(detail)))
        }
        None => Err(failed("the header does not say which key signed")),
    }
}

/// `alg`, and what must not be in a header.
fn algorithm(header: &Map<String, Value>) -> Result<JwsAlgorithm, HeaderFault> {
    // RFC 7515 section 4.1.11: none of the extensions that it could name is known here.
    if header.contains_key("crit") {
        return Err(failed("the header has critical extensions that are not known"));
    }
    // RFC 7797: without `crit` nobody has to know it, and those who do read another payload.
    if header.get("b64").is_some_and(|encoded| *encoded != Value::Bool(true)) {
        return Err(failed("a payload that is not encoded is not taken"));
    }
    match header.get("alg") {
        None => Err(failed("the header has no alg")),
        Some(Value::String(name)) => {
            let secret = ["HS256", "HS384", "HS512"].contains(&name.as_str());
            if secret || name.eq_ignore_ascii_case("none") {
                return Err(failed("alg is not a signature by a public key"));
            }
            JwsAlgorithm::from_name(name).ok_or_else(|| {
                let detail = "the alg of the token is not supported";
                HeaderFault::Unsupported(problem::unsupported(detail))
            })
        }
        Some(_) => Err(failed("a header member that must be a string is not")),
    }
}

/// `typ` says `vc+jwt`, or a DID URL names the key: W3C. A key by value or by a plain URL: Open
/// Badges.
fn detect(typ: Option<&str>, kid: Option<&str>, has_jwk: bool) -> JwtProfile {
    let w3c = typ.is_some_and(|typ| !typ.eq_ignore_ascii_case("JWT"))
        || kid.is_some_and(|kid| kid.starts_with("did:"))
        || (kid.is_none() && !has_jwk);
    if w3c { JwtProfile::VcJwt } else { JwtProfile::OpenBadges }
}

/// Media types compare without regard to case (RFC 7515 section 4.1.9).
fn is_one_of(text: &str, names: &[&str]) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(text))
}
