//! The problem types that Bitstring Status List 1.0 (section 3.5) and VCDM 2.0 name for statuses.

use crate::model::Problem;

/// The list could not be fetched.
pub const STATUS_RETRIEVAL_ERROR: &str =
    "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR";
/// The list is not one that can tell this status.
pub const STATUS_VERIFICATION_ERROR: &str =
    "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR";
/// The list is shorter than the standard allows, so it protects nobody's privacy.
pub const STATUS_LIST_LENGTH_ERROR: &str =
    "https://www.w3.org/ns/credentials/status-list#STATUS_LIST_LENGTH_ERROR";
/// The index lies outside the list.
pub const RANGE_ERROR: &str = "https://www.w3.org/TR/vc-data-model#RANGE_ERROR";
/// A member has no value that the standard allows.
pub const MALFORMED_VALUE_ERROR: &str = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";

pub(super) fn malformed(pointer: &str, detail: impl Into<String>) -> Problem {
    Problem::new(MALFORMED_VALUE_ERROR, "MALFORMED_VALUE_ERROR")
        .detail(detail)
        .with("pointer", pointer)
}

pub(super) fn range(detail: impl Into<String>) -> Problem {
    Problem::new(RANGE_ERROR, "RANGE_ERROR").detail(detail)
}

pub(super) fn verification(detail: impl Into<String>) -> Problem {
    Problem::new(STATUS_VERIFICATION_ERROR, "STATUS_VERIFICATION_ERROR").detail(detail)
}

pub(super) fn length(detail: impl Into<String>) -> Problem {
    Problem::new(STATUS_LIST_LENGTH_ERROR, "STATUS_LIST_LENGTH_ERROR").detail(detail)
}
