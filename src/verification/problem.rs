//! The problems that stand in reports (RFC 9457), each made in one place.
//!
//! Type URIs come from the standards where they define one; the others are this project's own, in
//! the namespace of [`OWN`]. Details name members and addresses, never values of the subject.

use super::conformance::Fault;
use crate::model::{Problem, Timestamp};
use crate::proof::problem::OWN;
use serde_json::{Value, json};

const DATA_MODEL: &str = "https://www.w3.org/TR/vc-data-model#";
const SECURITY: &str = "https://w3id.org/security#";
const STATUS_LIST: &str = "https://www.w3.org/ns/credentials/status-list#";

fn standard(base: &str, name: &str, detail: impl Into<String>) -> Problem {
    Problem::new(format!("{base}{name}"), name).detail(detail)
}

fn own(name: &str, title: &str, detail: impl Into<String>) -> Problem {
    Problem::new(format!("{OWN}{name}"), title).detail(detail)
}

pub(super) fn parsing(detail: impl Into<String>) -> Problem {
    standard(DATA_MODEL, "PARSING_ERROR", detail)
}

pub(super) fn malformed(detail: impl Into<String>) -> Problem {
    standard(DATA_MODEL, "MALFORMED_VALUE_ERROR", detail)
}

/// All faults as one problem: the first in its own members, every one in `errors`.
pub(super) fn malformed_all(faults: &[Fault]) -> Option<Problem> {
    let first = faults.first()?;
    let errors: Vec<Value> = faults
        .iter()
        .map(|f| json!({"pointer": f.pointer, "code": f.code, "detail": f.detail}))
        .collect();
    let problem = malformed(first.detail.clone())
        .with("pointer", first.pointer.clone())
        .with("code", first.code);
    Some(if errors.len() > 1 { problem.with("errors", errors) } else { problem })
}

pub(super) fn data_loss(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "DATA_LOSS_DETECTION_ERROR", detail)
}

pub(super) fn proof_verification(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "PROOF_VERIFICATION_ERROR", detail)
}

/// The member of a problem that says that a presentation was expected and none came.
pub const PRESENTATION_EXPECTED: &str = "presentationExpected";

pub(super) fn presentation_expected(detail: &str) -> Problem {
    proof_verification(detail).with(PRESENTATION_EXPECTED, true)
}

pub(super) fn method_url(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_VERIFICATION_METHOD_URL", detail)
}

pub(super) fn key_document(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT", detail)
}

pub(super) fn key_document_id(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID", detail)
}

pub(super) fn method(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_VERIFICATION_METHOD", detail)
}

pub(super) fn relationship(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD", detail)
}

pub(super) fn status_retrieval(detail: impl Into<String>) -> Problem {
    standard(STATUS_LIST, "STATUS_RETRIEVAL_ERROR", detail)
}

pub(super) fn status_verification(detail: impl Into<String>) -> Problem {
    standard(STATUS_LIST, "STATUS_VERIFICATION_ERROR", detail)
}

pub(super) fn key_unreachable(detail: impl Into<String>) -> Problem {
    own("key-unreachable", "The issuer's key could not be reached", detail)
}

pub(super) fn key_unsupported(detail: impl Into<String>) -> Problem {
    own("key-not-supported", "A kind of key or method that is not supported here", detail)
}

pub(super) fn controller_mismatch(detail: impl Into<String>) -> Problem {
    own("controller-mismatch", "The key does not belong to the issuer", detail)
}

pub(super) fn key_revoked(from: Option<Timestamp>) -> Problem {
    let problem = own(
        "key-revoked",
        "The key was withdrawn",
        "From the moment of its withdrawal the key is not to be believed, and no register here \
         knew this document before.",
    );
    match from {
        Some(from) => problem.with("revoked", from.to_string()),
        None => problem,
    }
}

pub(super) fn key_expired(detail: impl Into<String>) -> Problem {
    own("key-expired", "The key had expired when the proof was made", detail)
}

pub(super) fn context_not_bundled(url: &str) -> Problem {
    own(
        "context-not-bundled",
        "A JSON-LD context that is not known here",
        "Contexts are never fetched; what a document means under an unknown one cannot be told.",
    )
    .with("context", url)
}

pub(super) fn unsupported_input(detail: impl Into<String>) -> Problem {
    own("input-not-supported", "A kind of document that is not examined here", detail)
}

pub(super) fn ambiguous_input(detail: impl Into<String>) -> Problem {
    own("input-ambiguous", "It cannot be told what this is", detail)
}

pub(super) fn limit(detail: impl Into<String>) -> Problem {
    own("limit-exceeded", "The document exceeds a limit of this verifier", detail)
}

/// Whether a problem says that a document was more work than it may be.
pub(super) fn is_limit(problem: &Problem) -> bool {
    problem.r#type.strip_prefix(OWN) == Some("limit-exceeded")
}

pub(super) fn revoked(since: Option<Timestamp>) -> Problem {
    since_problem("revoked", "The issuer withdrew the credential", since)
}

pub(super) fn suspended(since: Option<Timestamp>) -> Problem {
    since_problem("suspended", "The issuer suspended the credential", since)
}

pub(super) fn superseded(since: Option<Timestamp>, replaced_by: Option<&str>) -> Problem {
    let problem = since_problem("superseded", "A newer version replaces the credential", since);
    match replaced_by {
        Some(url) => problem.with("replacedBy", url),
        None => problem,
    }
}

fn since_problem(name: &str, title: &str, since: Option<Timestamp>) -> Problem {
    let problem = Problem::new(format!("{OWN}{name}"), title);
    match since {
        Some(since) => problem.with("since", since.to_string()),
        None => problem,
    }
}

pub(super) fn expired(until: &str) -> Problem {
    own("expired", "Past its end date", "validUntil has passed.").with("validUntil", until)
}

pub(super) fn not_yet_valid(from: &str) -> Problem {
    own("not-yet-valid", "Before its start date", "validFrom is in the future.")
        .with("validFrom", from)
}

pub(super) fn status_type(kind: &str) -> Problem {
    own("status-type-not-supported", "A kind of status that is not supported here", kind)
}

pub(super) fn status_stale(since: Timestamp) -> Problem {
    own(
        "status-stale",
        "The status is not known any more",
        format!("The list could last be fetched at {since}."),
    )
    .with("since", since.to_string())
}

pub(super) fn status_purpose(purpose: &str) -> Problem {
    own(
        "status-set",
        "A status is set whose meaning is not known here",
        format!("The bit for the purpose {purpose} is set."),
    )
}

pub(super) fn digest_mismatch(url: &str) -> Problem {
    own(
        "digest-mismatch",
        "A related resource has another digest",
        "The digest in the document is not that of the resource.",
    )
    .with("resource", url)
}

pub(super) fn informing(name: &str, title: &str, detail: impl Into<String>) -> Problem {
    own(name, title, detail)
}
