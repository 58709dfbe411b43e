//! The joint between this room and whoever finds verification methods (Controlled Identifiers
//! 1.0, section 3.3).

use super::ProofPurpose;
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
    Invalid(Box<Problem>),
    /// A kind of URL, document or key that is not supported: nothing is known about the proof.
    Unsupported {
        /// What is not supported.
        detail: String,
    },
}
