//! `jose`: credentials and presentations as `vc+jwt` and `vp+jwt`, from files and with a key in a file,
//! for the public interoperability suites (VC-JOSE-COSE, section 3). It asks no network and no store.
//!
//! Deliberately not a verifier of certificates: it holds a token against one given key, and evaluates
//! no claims, dates or status. `bewijs verify` does.

use super::arguments::{JoseArguments, JoseCommand, JoseFeature};
use super::{Exit, Fault, verify};
use crate::canon::json::{self, JsonLimits};
use crate::encoding::{PublicKey, decode_base64url};
use crate::keys::jwk_signer;
use crate::proof::jose::{Envelope, sign_typed_jws, verify_jws};
use serde_json::{Map, Value, json};
use std::path::Path;

const MAX_BYTES: usize = 1_048_576;
const LIMITS: JsonLimits = JsonLimits { max_bytes: MAX_BYTES, max_depth: 64 };
const BASE: &str = "https://www.w3.org/ns/credentials/v2";

/// Claims that may stand beside the members of a credential (RFC 7519, section 4.1; RFC 7800; RFC 8747).
const CLAIMS: [&str; 8] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf"];
const OF_CREDENTIALS: [&str; 18] = [
    "@context",
    "id",
    "type",
    "name",
    "description",
    "issuer",
    "validFrom",
    "validUntil",
    "credentialSubject",
    "credentialStatus",
    "credentialSchema",
    "termsOfUse",
    "evidence",
    "refreshService",
    "confidenceMethod",
    "renderMethod",
    "relatedResource",
    "proof",
];
const OF_PRESENTATIONS: [&str; 9] = [
    "@context",
    "id",
    "type",
    "name",
    "description",
    "holder",
    "verifiableCredential",
    "termsOfUse",
    "proof",
];

/// What came of it: a text for the file, or why there is none.
enum Ended {
    Success(String),
    Failure(String),
    Indeterminate(String),
}

/// Runs it. The exit code is 0 when the answer was written, whatever it says.
pub(super) fn jose(command: &JoseCommand) -> Result<Exit, Fault> {
    let (arguments, ended) = match command {
        JoseCommand::Issue(arguments) => (arguments, run(arguments, issue)?),
        JoseCommand::Verify(arguments) => (arguments, run(arguments, check)?),
    };
    let (result, data) = match ended {
        Ended::Success(data) => ("success", data),
        Ended::Failure(data) => ("failure", data),
        Ended::Indeterminate(data) => ("indeterminate", data),
    };
    let text = format!("{}\n", json!({"result": result, "data": data}));
    std::fs::write(&arguments.output, text).map_err(|error| {
        Fault::usage(
            format_args!("cannot write {}: {error}", arguments.output.display()),
            "name another file with --output",
        )
    })?;
    Ok(Exit::Done)
}

type Work = fn(&[u8], &Map<String, Value>, Kind) -> Result<String, String>;

fn run(arguments: &JoseArguments, work: Work) -> Result<Ended, Fault> {
    let kind = match arguments.feature {
        JoseFeature::CredentialJose => Kind::Credential,
        JoseFeature::PresentationJose => Kind::Presentation,
        _ => return Ok(Ended::Indeterminate("this form of securing is not supported".to_owned())),
    };
    let key = key(&arguments.key)?;
    if key.get("publicKeyJwk").and_then(|jwk| jwk.get("alg")).is_some_and(|alg| alg == "ES512") {
        return Ok(Ended::Indeterminate("keys for ES512 are not supported".to_owned()));
    }
    let input = verify::read(&arguments.input, MAX_BYTES)?;
    Ok(match work(&input, &key, kind) {
        Ok(data) => Ended::Success(data),
        Err(reason) => Ended::Failure(reason),
    })
}

/// The file with the verification method.
fn key(path: &Path) -> Result<Map<String, Value>, Fault> {
    let remedy = "give a verification method: id, type JsonWebKey, controller, publicKeyJwk and, to \
                  issue, secretKeyJwk";
    let text = verify::read(path, 65_536)?;
    let refused = |what: &str| Fault::usage(format_args!("{}: {what}", path.display()), remedy);
    let Ok(Value::Object(method)) = json::parse(&text, &LIMITS) else {
        return Err(refused("it is no JSON object"));
    };
    if method.get("type").is_none_or(|kind| kind != "JsonWebKey") {
        return Err(refused("its type is not JsonWebKey"));
    }
    if !method.contains_key("publicKeyJwk") && !method.contains_key("secretKeyJwk") {
        return Err(refused("it holds no key"));
    }
    Ok(method)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Credential,
    Presentation,
}

impl Kind {
    fn typ(self) -> &'static str {
        match self {
            Self::Credential => "vc+jwt",
            Self::Presentation => "vp+jwt",
        }
    }

    fn cty(self) -> &'static str {
        match self {
            Self::Credential => "vc",
            Self::Presentation => "vp",
        }
    }
}

fn issue(input: &[u8], key: &Map<String, Value>, kind: Kind) -> Result<String, String> {
    let document = parse(input)?;
    structure(&document, kind)?;
    let jwk = key.get("secretKeyJwk").ok_or("the key file holds no secretKeyJwk")?;
    let signer = jwk_signer(jwk).ok_or("the secretKeyJwk is no Ed25519, P-256 or P-384 key")?;
    let public = key.get("publicKeyJwk").and_then(|jwk| jwk.get("kid"));
    let kid = jwk.get("kid").or(public).or_else(|| key.get("id")).and_then(Value::as_str);
    let payload = Value::Object(document).to_string();
    sign_typed_jws(payload.as_bytes(), (kind.typ(), kind.cty()), kid, signer.as_ref())
        .map_err(|error| error.to_string())
}

fn check(input: &[u8], key: &Map<String, Value>, kind: Kind) -> Result<String, String> {
    let token = std::str::from_utf8(input).map_err(|_| "the input is no text")?.trim();
    let header = token.split('.').next().unwrap_or_default();
    let header = decode_base64url(header).map_err(|_| "the input is no compact JWS")?;
    let header = parse(&header).map_err(|_| "the header of the token is no JSON object")?;
    if header.get("typ").is_none_or(|typ| typ != kind.typ()) {
        return Err(format!("typ is not {}", kind.typ()));
    }
    if header.get("cty").is_some_and(|cty| cty != kind.cty()) {
        return Err(format!("cty is not {}", kind.cty()));
    }
    let jwk = key.get("publicKeyJwk").ok_or("the key file holds no publicKeyJwk")?;
    let public = PublicKey::from_jwk(jwk).map_err(|error| error.to_string())?;
    let payload = verify_jws(token, &public).map_err(|error| error.to_string())?;
    structure(&parse(&payload)?, kind)?;
    String::from_utf8(payload).map_err(|_| "the payload is no text".to_owned())
}

fn parse(bytes: &[u8]) -> Result<Map<String, Value>, String> {
    match json::parse(bytes, &LIMITS) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err("the document is no JSON object".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// What a suite of claims would not see: members that nobody defined, and documents of another kind.
fn structure(document: &Map<String, Value>, kind: Kind) -> Result<(), String> {
    let (known, name): (&[&str], _) = match kind {
        Kind::Credential => (&OF_CREDENTIALS, "VerifiableCredential"),
        Kind::Presentation => (&OF_PRESENTATIONS, "VerifiablePresentation"),
    };
    for member in ["vc", "vp"] {
        if document.contains_key(member) {
            return Err(format!("the claim {member} must not be there"));
        }
    }
    let known =
        |member: &&String| known.contains(&member.as_str()) || CLAIMS.contains(&member.as_str());
    if let Some(member) = document.keys().find(|member| !known(member)) {
        return Err(format!(
            "neither the data model nor JWT knows the member {}",
            verify::printable(member)
        ));
    }
    let first = match document.get("@context") {
        Some(Value::Array(all)) => all.first(),
        one => one,
    };
    if first.is_none_or(|first| first != BASE) {
        return Err(format!("the first context is not {BASE}"));
    }
    let types = match document.get("type") {
        Some(Value::Array(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    if !types.iter().all(Value::is_string) || !types.iter().any(|one| one == name) {
        return Err(format!("type does not name {name}"));
    }
    match kind {
        Kind::Credential => credential(document),
        Kind::Presentation => presentation(document),
    }
}

fn credential(document: &Map<String, Value>) -> Result<(), String> {
    let issuer = match document.get("issuer") {
        Some(Value::String(id)) => id.as_str(),
        Some(Value::Object(issuer)) => {
            issuer.get("id").and_then(Value::as_str).ok_or("issuer has no id")?
        }
        _ => return Err("issuer is missing".to_owned()),
    };
    match document.get("credentialSubject") {
        Some(Value::Object(_)) => {}
        Some(Value::Array(all)) if !all.is_empty() && all.iter().all(Value::is_object) => {}
        _ => return Err("credentialSubject is missing".to_owned()),
    }
    match document.get("iss") {
        Some(claim) if claim != issuer => Err("iss is not the issuer".to_owned()),
        _ => Ok(()),
    }
}

fn presentation(document: &Map<String, Value>) -> Result<(), String> {
    let contained = match document.get("verifiableCredential") {
        None => &[],
        Some(Value::Array(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    for one in contained {
        let id = one.get("id").and_then(Value::as_str).unwrap_or_default();
        if Envelope::open(one).is_none() || !id.starts_with("data:") {
            return Err("a presentation holds envelopes with a data: URL only".to_owned());
        }
    }
    Ok(())
}
