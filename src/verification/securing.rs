//! The securing mechanism of one document: its proofs, whose keys they were made with, and safe
//! mode. Used for credentials and for status lists alike.
//!
//! The proof room says whether a signature is right. Here it is judged whose key it was
//! (`controller` equals the issuer, exactly), whether that key may make assertions, and whether it
//! was still to be believed.

use super::datetime::{self, Instant};
use super::evidence::{Resolver, not_listed};
use super::key_document::Method;
use super::problem;
use super::report::{Outcome, ProofFacts, Securing};
use crate::canon::json::JsonLimits;
use crate::canon::{CanonError, ContextSet, Fault, View};
use crate::encoding::PublicKey;
use crate::model::{Problem, Timestamp};
use crate::proof::jose::{
    JwtOptions, JwtProfile, PresentationJwtOptions, verify_jwt, verify_presentation_jwt,
};
use crate::proof::{
    Cryptosuite, ProofOutcome, ProofPurpose, ProofReport, ProofVerified, ResolveError,
    VerifyOptions, verify_proofs,
};
use serde_json::Value;

/// How a check ended, before it stands in a report.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) outcome: Outcome,
    pub(super) problem: Option<Problem>,
}

impl Ended {
    pub(super) fn pass() -> Self {
        Self { outcome: Outcome::Pass, problem: None }
    }
    pub(super) fn not_run() -> Self {
        Self { outcome: Outcome::NotRun, problem: None }
    }
    pub(super) fn not_applicable() -> Self {
        Self { outcome: Outcome::NotApplicable, problem: None }
    }
    pub(super) fn fail(problem: Problem) -> Self {
        Self { outcome: Outcome::Fail, problem: Some(problem) }
    }
    pub(super) fn indeterminate(problem: Problem) -> Self {
        Self { outcome: Outcome::Indeterminate, problem: Some(problem) }
    }
    pub(super) fn passed(&self) -> bool {
        self.outcome == Outcome::Pass
    }
}

/// What came of a document's securing.
pub(super) struct Secured {
    pub(super) proofs: Vec<ProofFacts>,
    pub(super) method: Ended,
    pub(super) proof: Ended,
    pub(super) safe_mode: Ended,
    /// From the issuer's own proof.
    pub(super) marker: Option<ProofVerified>,
    /// The methods of the issuer that made verified proofs.
    pub(super) methods: Vec<(String, PublicKey)>,
}

/// What a document is held against.
pub(super) struct Against<'a> {
    pub(super) now: Timestamp,
    pub(super) contexts: &'a ContextSet,
    pub(super) limits: JsonLimits,
    pub(super) max_proofs: usize,
    /// What its proofs are for.
    pub(super) purpose: ProofPurpose,
    /// The challenge that every proof must state, when one is expected.
    pub(super) challenge: Option<&'a str>,
    /// The domains that every proof must state, when some are expected.
    pub(super) domain: &'a [&'a str],
    /// Whether the own register knew exactly these bytes of this document before a moment.
    pub(super) registered_before: &'a dyn Fn(&Value, Instant) -> bool,
}

/// Embedded proofs.
pub(super) fn embedded(
    document: &Value,
    issuer: Option<&str>,
    resolver: &Resolver<'_, '_>,
    against: &Against<'_>,
) -> Secured {
    let options = VerifyOptions {
        purpose: against.purpose,
        now: against.now,
        domain: against.domain,
        challenge: against.challenge,
        max_proofs: against.max_proofs,
    };
    let reports = match verify_proofs(document, &options, resolver, against.contexts) {
        Ok(reports) => reports,
        Err(error) => {
            return Secured {
                proofs: Vec::new(),
                method: Ended::not_run(),
                proof: Ended::fail(problem::proof_verification(format!("{error}."))),
                safe_mode: safe_mode(document, against.contexts),
                marker: None,
                methods: Vec::new(),
            };
        }
    };
    // A right `eddsa-rdfc-2022` signature was made over the document and the proof in safe mode;
    // anything else leaves a part that nobody looked at yet.
    let seen = reports.iter().all(|report| {
        report.outcome.is_verified()
            && report.cryptosuite.as_deref() == Some(Cryptosuite::EddsaRdfc2022.as_str())
    });
    let safe_mode = if seen { Ended::pass() } else { safe_mode(document, against.contexts) };
    let claims = reports.into_iter().map(Claim::from).collect();
    judge(claims, (document, issuer), resolver, against, safe_mode)
}

/// A token, and the credential in it when its signature is right.
pub(super) struct SecuredToken {
    pub(super) secured: Secured,
    pub(super) credential: Option<Value>,
    pub(super) securing: Securing,
}

/// A compact JWS. `Err`: it is none.
pub(super) fn token(
    token: &str,
    resolver: &Resolver<'_, '_>,
    against: &Against<'_>,
) -> Result<SecuredToken, Problem> {
    let options = JwtOptions { profile: None, now: against.now, limits: against.limits };
    let report = verify_jwt(token, &options, resolver)
        .map_err(|error| problem::parsing(format!("{error}.")))?;
    let securing = match report.profile {
        _ if report.legacy => Securing::LegacyJwt,
        Some(JwtProfile::OpenBadges) => Securing::OpenBadgesJwt,
        Some(JwtProfile::VcJwt) | None => Securing::VcJwt,
    };
    let issued_at = report.payload.as_ref().and_then(|payload| payload.get("iat")?.as_i64());
    let claim = Claim {
        id: None,
        suite: report.algorithm,
        // A key by value leads to a method of the issuer; when that is missing, only the question
        // tells which one.
        method: report.verification_method.or_else(|| resolver.last_asked()),
        created: issued_at
            .and_then(|at| Timestamp::from_unix(at).ok())
            .map(Instant::from_timestamp),
        outcome: report.outcome,
    };
    let issuer = report.credential.as_ref().and_then(issuer_id).map(str::to_owned);
    let safe_mode = match &report.credential {
        Some(credential) => safe_mode(credential, against.contexts),
        None => Ended::not_run(),
    };
    let said = (report.credential.as_ref().unwrap_or(&Value::Null), issuer.as_deref());
    let secured = judge(vec![claim], said, resolver, against, safe_mode);
    Ok(SecuredToken { secured, credential: report.credential, securing })
}

/// A compact JWS with a presentation. `Err`: it is none.
pub(super) fn presentation_token(
    token: &str,
    resolver: &Resolver<'_, '_>,
    against: &Against<'_>,
) -> Result<SecuredToken, Problem> {
    let options = PresentationJwtOptions {
        now: against.now,
        limits: against.limits,
        domain: against.domain,
        challenge: against.challenge,
    };
    let report = verify_presentation_jwt(token, &options, resolver)
        .map_err(|error| problem::parsing(format!("{error}.")))?;
    let claim = Claim {
        id: None,
        suite: report.algorithm,
        method: report.verification_method,
        created: None,
        outcome: report.outcome,
    };
    let safe_mode = match &report.presentation {
        Some(presentation) => super::presentation::safe_mode(presentation, against.contexts),
        None => Ended::not_run(),
    };
    let document = report.presentation.as_ref().unwrap_or(&Value::Null);
    let said = (document, super::reading::holder(document));
    let secured = judge(vec![claim], said, resolver, against, safe_mode);
    let securing = if report.legacy { Securing::LegacyJwt } else { Securing::VpJwt };
    Ok(SecuredToken { secured, credential: report.presentation, securing })
}

/// `issuer`, or `issuer.id`.
pub(super) fn issuer_id(document: &Value) -> Option<&str> {
    match document.get("issuer")? {
        Value::String(id) => Some(id),
        issuer => issuer.get("id")?.as_str(),
    }
}

/// Safe mode over the whole document, proofs included.
pub(super) fn safe_mode(document: &Value, contexts: &ContextSet) -> Ended {
    match contexts.canonicalize(document, View { omit: &[], context: None }) {
        Ok(_) => Ended::pass(),
        Err(error) => canon_problem(&error),
    }
}

fn canon_problem(error: &CanonError) -> Ended {
    match &error.fault {
        Fault::ContextNotBundled { url } => Ended::indeterminate(problem::context_not_bundled(url)),
        Fault::Limit(_) => Ended::indeterminate(at(problem::limit(error.fault.to_string()), error)),
        Fault::Unsupported(_) => {
            let detail = error.fault.to_string();
            Ended::indeterminate(at(problem::unsupported_input(detail), error))
        }
        _ => Ended::fail(at(problem::data_loss(error.fault.to_string()), error)),
    }
}

fn at(problem: Problem, error: &CanonError) -> Problem {
    problem.with("pointer", error.pointer()).with("code", error.code())
}

/// One proof, of either kind.
struct Claim {
    id: Option<String>,
    suite: Option<String>,
    method: Option<String>,
    created: Option<Instant>,
    outcome: ProofOutcome,
}

impl From<ProofReport> for Claim {
    fn from(report: ProofReport) -> Self {
        Self {
            id: report.id,
            suite: report.cryptosuite,
            method: report.verification_method,
            created: report.created.as_deref().and_then(datetime::parse),
            outcome: report.outcome,
        }
    }
}

/// Whose key it was.
enum Standing {
    /// The issuer's, and to be believed; `true`: only because the register knew the document.
    Issuer { registered_before: bool },
    /// Somebody else's, and to be believed.
    Other(Problem),
    /// Not to be believed.
    Wrong(Problem),
    /// It could not be had, or is of an unknown kind.
    Unknown(Problem),
    /// The proof names no method, or the document no issuer to compare with.
    NotSought,
}

fn judge(
    claims: Vec<Claim>,
    (document, issuer): (&Value, Option<&str>),
    resolver: &Resolver<'_, '_>,
    against: &Against<'_>,
    safe_mode: Ended,
) -> Secured {
    let mut secured = Secured {
        proofs: Vec::with_capacity(claims.len()),
        method: Ended::not_run(),
        proof: Ended::pass(),
        safe_mode,
        marker: None,
        methods: Vec::new(),
    };
    let (mut issuer_speaks, mut unknown, mut wrong) = (false, None, None);
    let mut ends = Vec::with_capacity(claims.len());
    for claim in claims {
        // Also for a proof of an unknown suite: whose key it names can still be told.
        let found = claim.method.as_deref().map(|url| resolver.outcome(url));
        let standing = standing(&claim, found.as_ref(), (document, issuer), against);
        let by_issuer = matches!(standing, Standing::Issuer { .. });
        let mut end = end(&claim.outcome, &standing);
        secured.proofs.push(ProofFacts {
            id: claim.id,
            suite: claim.suite,
            controller: found.as_ref().and_then(controller),
            key_revoked: found.as_ref().and_then(revoked),
            created: claim.created.and_then(Instant::timestamp),
            by_issuer,
            registered_before_compromise: matches!(
                standing,
                Standing::Issuer { registered_before: true }
            ),
            outcome: end.outcome,
            problem: end.problem.clone(),
            verification_method: claim.method.clone(),
        });
        match standing {
            Standing::Issuer { .. } => {
                issuer_speaks = true;
                if let ProofOutcome::Verified(marker) = claim.outcome {
                    secured.marker.get_or_insert(marker);
                    if let (Some(url), Some(Ok(method))) = (claim.method, found) {
                        secured.methods.push((url, method.resolved.key.clone()));
                    }
                }
            }
            // Somebody else's proof stands beside the issuer's: it must be right as well.
            Standing::Other(problem) => wrong = wrong.or(Some(problem)),
            Standing::Wrong(problem) => {
                wrong = wrong.or(Some(problem));
                if end.outcome == Outcome::Pass {
                    end = Ended::not_run();
                }
            }
            Standing::Unknown(problem) => unknown = unknown.or(Some(problem)),
            Standing::NotSought => {}
        }
        ends.push(end);
    }
    secured.method = match (issuer_speaks, unknown, wrong) {
        (true, _, _) => Ended::pass(),
        (false, Some(problem), _) => Ended::indeterminate(problem),
        (false, None, Some(problem)) => Ended::fail(problem),
        (false, None, None) => Ended::not_run(),
    };
    secured.proof = overall(ends, issuer_speaks);
    if !secured.safe_mode.passed() && secured.safe_mode.outcome != Outcome::NotRun {
        // What is wrong is the document; that its signature could not be computed says no more.
        secured.proof = match secured.safe_mode.outcome {
            Outcome::Fail => Ended::not_run(),
            _ if secured.proof.outcome == Outcome::Fail => secured.proof,
            _ => Ended {
                outcome: Outcome::Indeterminate,
                problem: secured.safe_mode.problem.clone(),
            },
        };
        secured.marker = None;
    }
    secured
}

fn standing(
    claim: &Claim,
    found: Option<&Result<Method, ResolveError>>,
    (document, issuer): (&Value, Option<&str>),
    against: &Against<'_>,
) -> Standing {
    let method = match found {
        None => return Standing::NotSought,
        Some(Ok(method)) => method,
        Some(Err(ResolveError::Invalid(problem))) => return Standing::Wrong(problem.clone()),
        Some(Err(ResolveError::Unreachable { detail })) => {
            return Standing::Unknown(problem::key_unreachable(detail.clone()));
        }
        Some(Err(ResolveError::Deferred)) => {
            let detail = "It would have to be fetched, and nothing was fetched.";
            return Standing::Unknown(problem::key_unreachable(detail));
        }
        Some(Err(ResolveError::Unsupported { detail })) => {
            return Standing::Unknown(problem::key_unsupported(detail.clone()));
        }
    };
    let mut registered_before = false;
    // A withdrawn key: an honest moment of signing before it counts only while the key is still
    // listed, since whoever has the key writes whatever moment they like.
    if let Some(revoked) = method.revoked {
        let before = claim.created.is_some_and(|created| created < revoked);
        if !(before && method.serves(against.purpose)) {
            registered_before = (against.registered_before)(document, revoked);
            if !registered_before {
                return Standing::Wrong(problem::key_revoked(revoked.timestamp()));
            }
        }
    } else if !method.serves(against.purpose) {
        return Standing::Wrong(problem::relationship(not_listed(against.purpose)));
    }
    if let Some(expires) = method.expires {
        let made = claim.created.unwrap_or_else(|| Instant::from_timestamp(against.now));
        if made >= expires {
            return Standing::Wrong(problem::key_expired("The key had ended before."));
        }
    }
    let issuer = match (issuer, against.purpose) {
        (Some(issuer), _) => issuer,
        // A presentation need not name its holder: then whoever signed presents it.
        (None, ProofPurpose::Authentication) => &method.resolved.controller,
        (None, ProofPurpose::AssertionMethod) => return Standing::NotSought,
    };
    if issuer == method.resolved.controller {
        Standing::Issuer { registered_before }
    } else {
        let detail = "The controller of the key is not the issuer of the document.";
        let problem = problem::controller_mismatch(detail)
            .with("controller", method.resolved.controller.clone());
        Standing::Other(problem)
    }
}

/// How one proof ended. What failed only because its key is wrong says nothing of the signature.
fn end(outcome: &ProofOutcome, standing: &Standing) -> Ended {
    match (outcome, standing) {
        (ProofOutcome::Verified(_), _) => Ended::pass(),
        (ProofOutcome::Failed(problem), Standing::Wrong(wrong)) if problem == wrong => {
            Ended::not_run()
        }
        (ProofOutcome::Failed(problem), _) => Ended::fail(problem.clone()),
        (ProofOutcome::Indeterminate(problem) | ProofOutcome::Unsupported(problem), _) => {
            Ended::indeterminate(problem.clone())
        }
    }
}

/// The proofs together: all of them must be right (Data Integrity 1.0, section 4.5).
fn overall(ends: Vec<Ended>, issuer_speaks: bool) -> Ended {
    let (mut open, mut unknown) = (false, None);
    for end in ends {
        match end.outcome {
            Outcome::Fail => return end,
            Outcome::Indeterminate => {
                unknown.get_or_insert(end);
            }
            Outcome::NotRun => open = true,
            Outcome::Pass | Outcome::NotApplicable => {}
        }
    }
    match (open, unknown) {
        (true, _) if issuer_speaks => {
            let detail =
                "A proof beside the issuer's was made with a key that is not to be believed.";
            Ended::fail(problem::proof_verification(detail))
        }
        (true, _) => Ended::not_run(),
        (false, Some(end)) => end,
        (false, None) => Ended::pass(),
    }
}

fn controller(found: &Result<Method, ResolveError>) -> Option<String> {
    found.as_ref().ok().map(|method| method.resolved.controller.clone())
}

fn revoked(found: &Result<Method, ResolveError>) -> Option<Timestamp> {
    found.as_ref().ok()?.revoked?.timestamp()
}
