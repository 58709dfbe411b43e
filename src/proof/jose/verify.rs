//! Verifying a credential that is a token: header, key, signature, and only then the payload.

use super::header::{self, Header, HeaderFault, KeyReference};
use super::jws::Parts;
use super::{JoseError, JwsAlgorithm, JwtProfile, claims, legacy};
use crate::canon::json::{self, JsonLimits};
use crate::encoding::PublicKey;
use crate::model::Timestamp;
use crate::proof::method::{in_force, unresolved};
use crate::proof::{MethodResolver, ProofOutcome, ProofPurpose, ResolvedMethod, problem};
use serde_json::{Map, Value};
use std::sync::Arc;

/// What a token is held against.
#[derive(Clone, Copy, Debug)]
pub struct JwtOptions {
    /// The profile that it must follow; without one the header decides.
    pub profile: Option<JwtProfile>,
    /// The present moment, for claims about the signature.
    pub now: Timestamp,
    /// Bounds on the payload; the token may be a third longer, and its header 8 KiB.
    pub limits: JsonLimits,
}

impl JwtOptions {
    /// Any profile, at this moment, with the usual limits.
    pub fn at(now: Timestamp) -> Self {
        Self { profile: None, now, limits: JsonLimits::default() }
    }
}

/// What came of a token.
#[derive(Clone, Debug)]
pub struct JwtReport {
    /// The profile it was read by; absent when the header was refused.
    pub profile: Option<JwtProfile>,
    /// `alg` as written.
    pub algorithm: Option<String>,
    /// `typ` as written.
    pub typ: Option<String>,
    /// The URL of the verification method: `kid`, or, for a key by value, the issuer's id and the
    /// thumbprint of the key.
    pub verification_method: Option<String>,
    /// The controller of the method, once that was resolved.
    pub controller: Option<String>,
    /// Whether it is the form of VCDM 1.1, with the credential in the claim `vc`.
    pub legacy: bool,
    /// The payload. Only after the signature was found right.
    pub payload: Option<Value>,
    /// The payload without registered claims, or the content of the claim `vc` with the members
    /// that claims stand for (VCDM 1.1, section 6.3.1): the credential, to be held against its rules and to
    /// be put through safe mode. Only after the signature was found right.
    pub credential: Option<Value>,
    /// What is not as it should be, but is tolerated.
    pub warnings: Vec<&'static str>,
    /// What came of it.
    pub outcome: ProofOutcome,
}

/// Checks a token.
///
/// # Errors
/// [`JoseError::Parsing`] when it is no JWS in compact serialization, or too long.
pub fn verify_jwt(
    token: &str,
    options: &JwtOptions,
    resolver: &dyn MethodResolver,
) -> Result<JwtReport, JoseError> {
    if token.len() > options.limits.max_bytes.saturating_mul(4) / 3 + (16 << 10) {
        return Err(JoseError::Parsing("too long"));
    }
    let parts = Parts::of(token)?;
    let text = |name: &str| parts.header.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut report = JwtReport {
        profile: options.profile,
        algorithm: text("alg"),
        typ: text("typ"),
        verification_method: text("kid"),
        controller: None,
        legacy: false,
        payload: None,
        credential: None,
        warnings: Vec::new(),
        outcome: failed("not checked"),
    };
    let header = match header::read(&parts.header, options.profile) {
        Ok(header) => header,
        Err(fault) => {
            report.outcome = match fault {
                HeaderFault::Failed(problem) => ProofOutcome::Failed(problem),
                HeaderFault::Unsupported(problem) => ProofOutcome::Unsupported(problem),
            };
            return Ok(report);
        }
    };
    report.profile = Some(header.profile);
    report.outcome = match outcome(&parts, &header, options, resolver, &mut report) {
        Ok(outcome) | Err(outcome) => outcome,
    };
    Ok(report)
}

pub(super) fn failed(detail: &str) -> ProofOutcome {
    ProofOutcome::Failed(problem::proof_verification(detail))
}

/// The key that a token is verified with.
enum Key<'a> {
    /// Found by its URL.
    Named(Arc<ResolvedMethod>),
    /// Given in the token.
    Given(&'a PublicKey),
}

/// The steps, in their order; both sides of the result are outcomes.
fn outcome(
    parts: &Parts<'_>,
    header: &Header,
    options: &JwtOptions,
    resolver: &dyn MethodResolver,
    report: &mut JwtReport,
) -> Result<ProofOutcome, ProofOutcome> {
    // 1. The key. One that is given by value only proves that the token is whole: whose key it
    //    is, the issuer's own key document says, which the payload leads to.
    let resolve =
        |url: &str| resolver.resolve(url, ProofPurpose::AssertionMethod).map_err(unresolved);
    let key = match &header.key {
        KeyReference::Kid(url) => Key::Named(resolve(url)?),
        KeyReference::Jwk(key) => Key::Given(key),
    };
    let key_itself = match &key {
        Key::Named(method) => {
            report.controller = Some(method.controller.clone());
            &method.key
        }
        Key::Given(key) => *key,
    };
    // 2. The algorithm is that of the key; the token only repeats it.
    if JwsAlgorithm::of(key_itself) != header.algorithm {
        return Err(failed("alg is not the algorithm of the key"));
    }
    // 3. The signature.
    let verified =
        parts.verify(key_itself).ok_or_else(|| failed("the signature does not fit the token"))?;
    // 4. The payload.
    let payload = payload(&parts.payload, &options.limits)?;
    let issued_at = claims::issued_at(&payload);
    report.payload = Some(Value::Object(payload.clone()));
    // A type of its own says that the payload is the credential.
    let plain = report.typ.as_deref().is_none_or(|typ| typ.eq_ignore_ascii_case("JWT"));
    report.legacy = plain && legacy::is(&payload);
    let (credential, warnings) = if report.legacy {
        claims::dates(&payload).map_err(failed)?;
        (legacy::credential(&payload).map_err(failed)?, Ok(Vec::new()))
    } else {
        let warnings = claims::check(&payload, header.profile, options.now);
        (claims::strip(payload), warnings)
    };
    let issuer = claims::issuer(&credential).map(str::to_owned);
    report.credential = Some(Value::Object(credential));
    report.warnings = warnings.map_err(failed)?;
    // 5. Whose key it is, and whether it was in force.
    let method = match key {
        Key::Named(method) => method,
        Key::Given(key) => {
            let issuer = issuer.ok_or_else(|| failed("the credential has no issuer"))?;
            // A did:jwk has one key, which its document calls `#0`; whether it is this one, is seen
            // below.
            let url = if issuer.starts_with("did:jwk:") {
                format!("{issuer}#0")
            } else {
                format!("{issuer}#{}", key.thumbprint())
            };
            let method = resolve(&url)?;
            report.verification_method = Some(url);
            report.controller = Some(method.controller.clone());
            if method.key != *key {
                return Err(failed("the key of the token is not the one that the issuer lists"));
            }
            method
        }
    };
    in_force(&method, issued_at).map_err(ProofOutcome::Failed)?;
    Ok(ProofOutcome::Verified(verified))
}

pub(super) fn payload(
    bytes: &[u8],
    limits: &JsonLimits,
) -> Result<Map<String, Value>, ProofOutcome> {
    match json::parse(bytes, limits) {
        Ok(Value::Object(payload)) => Ok(payload),
        Ok(_) => Err(ProofOutcome::Failed(problem::parsing("the payload is not an object"))),
        Err(error) => {
            let detail = format!("the payload is not strict JSON: {}", error.code());
            Err(ProofOutcome::Failed(problem::parsing(detail)))
        }
    }
}
