//! The joint between this room and whoever finds verification methods (Controlled Identifiers
//! 1.0, section 3.3).

use super::{ProofOutcome, ProofPurpose, problem};
use crate::encoding::PublicKey;
use crate::model::{Problem, Timestamp};
use std::sync::Arc;

/// Finds the key behind a `verificationMethod`.
///
/// Contract: does the whole of the retrieval algorithm, including the check that the method
/// stands in the relationship that the purpose demands; bounded in time and size; an error says
/// *unreachable* or *invalid*, never both.
pub trait MethodResolver {
    /// The method with this URL, for this purpose.
    fn resolve(
        &self,
        verification_method: &str,
        purpose: ProofPurpose,
    ) -> Result<Arc<ResolvedMethod>, ResolveError>;
}

/// A verification method that was found and is well-formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedMethod {
    /// Its absolute URL.
    pub id: String,
    /// Who controls it; an issuer's own proof has the issuer here.
    pub controller: String,
    /// The key.
    pub key: PublicKey,
    /// Proofs created at or after this moment fail.
    pub expires: Option<Timestamp>,
    /// Proofs created at or after this moment fail.
    pub revoked: Option<Timestamp>,
}

/// Why there is no method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolveError {
    /// Could not be had: nothing is known about the proof.
    Unreachable {
        /// What was tried, without personal data.
        detail: String,
    },
    /// Needs the network, which this resolver may not use.
    Deferred,
    /// Was had and is wrong: the proof fails.
    Invalid(Problem),
    /// A kind of URL, document or key that is not supported: nothing is known about the proof.
    Unsupported {
        /// What is not supported.
        detail: String,
    },
}

/// `expires` and `revoked` of a method: what was created from then on fails.
pub(super) fn in_force(method: &ResolvedMethod, created: Option<Timestamp>) -> Result<(), Problem> {
    for (end, name) in [(method.revoked, "revoked"), (method.expires, "expired")] {
        let Some(end) = end else { continue };
        match created {
            Some(created) if created < end => {}
            Some(_) => {
                return Err(problem::invalid_method(format!(
                    "the verification method had {name} when the proof was created"
                )));
            }
            None => {
                return Err(problem::invalid_method(format!(
                    "the verification method has {name} and the proof does not say when it was \
                     created"
                )));
            }
        }
    }
    Ok(())
}

/// What a method that was not found means for the proof.
pub(super) fn unresolved(error: ResolveError) -> ProofOutcome {
    match error {
        ResolveError::Unreachable { detail } => {
            ProofOutcome::Indeterminate(problem::method_unreachable(detail))
        }
        ResolveError::Deferred => ProofOutcome::Indeterminate(problem::method_deferred()),
        ResolveError::Invalid(problem) => ProofOutcome::Failed(problem),
        ResolveError::Unsupported { detail } => {
            ProofOutcome::Unsupported(problem::unsupported(detail))
        }
    }
}

/// Whether a text has a scheme and no white space; the resolver looks closer.
pub(super) fn is_absolute_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    letters.next().is_some_and(|b| b.is_ascii_alphabetic())
        && letters.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && !rest.is_empty()
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}
