//! What makes signing, or verifying as a whole, impossible.

use super::SignError;

/// No proof was added, or the document has none that could be looked at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// PARSING_ERROR: the document or one of its proofs is not a map, or there is no proof.
    #[error("{0}")]
    Parsing(&'static str),
    /// PROOF_GENERATION_ERROR: the request cannot lead to a proof.
    #[error("no proof can be made: {0}")]
    Generation(&'static str),
    /// More proofs than the caller allows.
    #[error("more than {limit} proofs")]
    TooManyProofs {
        /// How many are allowed.
        limit: usize,
    },
    /// The key did not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}
