//! Verifying a presentation that is a token: `vp+jwt` (Securing Verifiable Credentials using JOSE and
//! COSE, section 3.1.2), or the claim `vp` of VCDM 1.1. The credentials in it are not looked at.

use super::header::{self, HeaderFault};
use super::jws::Parts;
use super::verify::{failed, payload};
use super::{JoseError, JwsAlgorithm, claims, legacy};
use crate::canon::json::JsonLimits;
use crate::model::Timestamp;
use crate::proof::method::{in_force, unresolved};
use crate::proof::{MethodResolver, ProofOutcome, ProofPurpose, problem};
use serde_json::{Map, Value};

/// What a token with a presentation is held against.
#[derive(Clone, Copy, Debug)]
pub struct PresentationJwtOptions<'a> {
    /// The present moment, for claims about the signature.
    pub now: Timestamp,
    /// Bounds on the payload; the token may be a third longer, and its header 8 KiB.
    pub limits: JsonLimits,
    /// When not empty, the set that `aud` must be.
    pub domain: &'a [&'a str],
    /// When given, what `nonce` must be.
    pub challenge: Option<&'a str>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct PresentationJwtReport {
    /// `alg` as written.
    pub algorithm: Option<String>,
    /// `typ` as written.
    pub typ: Option<String>,
    /// `kid` as written: the URL of the verification method.
    pub verification_method: Option<String>,
    /// The controller of the method, once that was resolved.
    pub controller: Option<String>,
    /// Whether it is the form of VCDM 1.1.
    pub legacy: bool,
    /// The presentation without registered claims. Only after the signature was found right.
    pub presentation: Option<Value>,
    /// `aud`: for whom it was made. Only after the signature was found right.
    pub domain: Vec<String>,
    /// `nonce`: the challenge it answers. Only after the signature was found right.
    pub challenge: Option<String>,
    /// What came of it.
    pub outcome: ProofOutcome,
}

/// Checks a token with a presentation. The method must be one for authentication.
///
/// # Errors
/// [`JoseError::Parsing`] when it is no JWS in compact serialization, or too long.
pub fn verify_presentation_jwt(
    token: &str,
    options: &PresentationJwtOptions<'_>,
    resolver: &dyn MethodResolver,
) -> Result<PresentationJwtReport, JoseError> {
    if token.len() > options.limits.max_bytes.saturating_mul(4) / 3 + (16 << 10) {
        return Err(JoseError::Parsing("too long"));
    }
    let parts = Parts::of(token)?;
    let text = |name: &str| parts.header.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut report = PresentationJwtReport {
        algorithm: text("alg"),
        typ: text("typ"),
        verification_method: text("kid"),
        controller: None,
        legacy: false,
        presentation: None,
        domain: Vec::new(),
        challenge: None,
        outcome: failed("not checked"),
    };
    report.outcome = match outcome(&parts, options, resolver, &mut report) {
        Ok(outcome) | Err(outcome) => outcome,
    };
    Ok(report)
}

/// The steps, in their order; both sides of the result are outcomes.
fn outcome(
    parts: &Parts<'_>,
    options: &PresentationJwtOptions<'_>,
    resolver: &dyn MethodResolver,
    report: &mut PresentationJwtReport,
) -> Result<ProofOutcome, ProofOutcome> {
    let (algorithm, kid) =
        header::read_presentation(&parts.header).map_err(|fault| match fault {
            HeaderFault::Failed(problem) => ProofOutcome::Failed(problem),
            HeaderFault::Unsupported(problem) => ProofOutcome::Unsupported(problem),
        })?;
    let method = resolver.resolve(&kid, ProofPurpose::Authentication).map_err(unresolved)?;
    report.controller = Some(method.controller.clone());
    if JwsAlgorithm::of(&method.key) != algorithm {
        return Err(failed("alg is not the algorithm of the key"));
    }
    let verified =
        parts.verify(&method.key).ok_or_else(|| failed("the signature does not fit the token"))?;
    let payload = payload(&parts.payload, &options.limits)?;
    let dates = claims::dates(&payload).map_err(failed)?;
    report.challenge = payload.get("nonce").and_then(Value::as_str).map(str::to_owned);
    report.domain = audience(&payload)?;
    report.legacy = legacy::is(&payload);
    let presentation = if report.legacy {
        if report.typ.as_deref().is_some_and(|typ| !typ.eq_ignore_ascii_case("JWT")) {
            return Err(failed("the claims vc and vp must not be there"));
        }
        legacy::presentation(&payload).map_err(failed)?
    } else {
        if payload.contains_key("vc") || payload.contains_key("vp") {
            return Err(failed("the claims vc and vp must not be there"));
        }
        let holder = payload.get("holder").and_then(legacy::id_of);
        if payload.contains_key("iss") && payload.get("iss").and_then(Value::as_str) != holder {
            return Err(failed("iss is not the holder of the presentation"));
        }
        let mut presentation = claims::strip(payload);
        presentation.shift_remove("nonce");
        presentation
    };
    report.presentation = Some(Value::Object(presentation));
    if dates.expires.is_some_and(|end| end <= options.now) {
        return Err(failed("the signature has expired"));
    }
    if dates.not_before.is_some_and(|from| from > options.now) {
        return Err(failed("the signature is not valid yet"));
    }
    if !options.domain.is_empty() && !same_set(&report.domain, options.domain) {
        let detail = "the presentation is for another domain";
        return Err(ProofOutcome::Failed(problem::invalid_domain(detail)));
    }
    if options.challenge.is_some() && options.challenge != report.challenge.as_deref() {
        let detail = "the presentation answers another challenge";
        return Err(ProofOutcome::Failed(problem::invalid_challenge(detail)));
    }
    in_force(&method, dates.issued).map_err(ProofOutcome::Failed)?;
    Ok(ProofOutcome::Verified(verified))
}

fn audience(payload: &Map<String, Value>) -> Result<Vec<String>, ProofOutcome> {
    let values: &[Value] = match payload.get("aud") {
        None => return Ok(Vec::new()),
        Some(Value::Array(values)) => values,
        Some(one) => std::slice::from_ref(one),
    };
    let texts = values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
    Option::ok_or_else(texts, || failed("aud is not a string or a list of strings"))
}

fn same_set(stated: &[String], expected: &[&str]) -> bool {
    stated.iter().all(|text| expected.contains(&text.as_str()))
        && expected.iter().all(|text| stated.iter().any(|own| own == text))
}
