//! The problems that verification can report, with the names of the standards (VCDM 2.0 section
//! 7.1, Data Integrity 1.0 section 4.7, Controlled Identifiers 1.0 section 3.5) and a few of our
//! own, where the standards have none.

use crate::model::Problem;

const VCDM: &str = "https://www.w3.org/TR/vc-data-model#";
const SECURITY: &str = "https://w3id.org/security#";
/// The namespace of problems that no standard names.
pub const OWN: &str = "urn:bewijs:problem:";

fn standard(base: &str, name: &str, detail: impl Into<String>) -> Problem {
    Problem::new(format!("{base}{name}"), name).detail(detail)
}

fn own(name: &str, title: &str, detail: impl Into<String>) -> Problem {
    Problem::new(format!("{OWN}{name}"), title).detail(detail)
}

/// PARSING_ERROR: the input is not what it should be, before its meaning is looked at.
pub fn parsing(detail: impl Into<String>) -> Problem {
    standard(VCDM, "PARSING_ERROR", detail)
}

/// CRYPTOGRAPHIC_SECURITY_ERROR: the securing mechanism as a whole did not verify.
pub fn cryptographic_security(detail: impl Into<String>) -> Problem {
    standard(VCDM, "CRYPTOGRAPHIC_SECURITY_ERROR", detail)
}

/// MALFORMED_VALUE_ERROR: a member has a value that it must not have; `pointer` says where.
pub fn malformed_value(pointer: &str, detail: impl Into<String>) -> Problem {
    standard(VCDM, "MALFORMED_VALUE_ERROR", detail).with("pointer", pointer)
}

/// PROOF_VERIFICATION_ERROR: a proof is wrong.
pub fn proof_verification(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "PROOF_VERIFICATION_ERROR", detail)
}

/// PROOF_TRANSFORMATION_ERROR: the document cannot be brought into the form that is signed.
pub fn proof_transformation(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "PROOF_TRANSFORMATION_ERROR", detail)
}

/// DATA_LOSS_DETECTION_ERROR: a part of the document would be left out of what is signed.
pub fn data_loss(pointer: &str, detail: impl Into<String>) -> Problem {
    standard(SECURITY, "DATA_LOSS_DETECTION_ERROR", detail).with("pointer", pointer)
}

/// INVALID_DOMAIN_ERROR.
pub fn invalid_domain(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_DOMAIN_ERROR", detail)
}

/// INVALID_CHALLENGE_ERROR.
pub fn invalid_challenge(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_CHALLENGE_ERROR", detail)
}

/// INVALID_VERIFICATION_METHOD_URL.
pub fn invalid_method_url(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_VERIFICATION_METHOD_URL", detail)
}

/// INVALID_CONTROLLED_IDENTIFIER_DOCUMENT.
pub fn invalid_document(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT", detail)
}

/// INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID.
pub fn invalid_document_id(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID", detail)
}

/// INVALID_VERIFICATION_METHOD.
pub fn invalid_method(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_VERIFICATION_METHOD", detail)
}

/// INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD.
pub fn invalid_relationship(detail: impl Into<String>) -> Problem {
    standard(SECURITY, "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD", detail)
}

/// The verification method could not be had.
pub fn method_unreachable(detail: impl Into<String>) -> Problem {
    own("verification-method-unreachable", "Verification method unreachable", detail)
}

/// The verification method would have to be fetched, and nothing was fetched.
pub fn method_deferred() -> Problem {
    own(
        "verification-method-not-fetched",
        "Verification method not fetched",
        "the verification method is elsewhere and was not fetched",
    )
}

/// A kind of proof, key or identifier that is not supported.
pub fn unsupported(detail: impl Into<String>) -> Problem {
    own("proof-not-supported", "Proof not supported", detail)
}

/// Something the check needs is not at hand, or checking would take more work than is allowed.
pub fn not_checkable(detail: impl Into<String>) -> Problem {
    own("proof-not-checkable", "Proof could not be checked", detail)
}
