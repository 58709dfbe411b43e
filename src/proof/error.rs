//! What makes signing, or verifying as a whole, impossible.

use super::SignError;
use crate::canon::CanonError;
use crate::canon::jcs::JcsError;

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
    /// The document or the proof configuration was refused by safe mode or has no canonical form.
    #[error(transparent)]
    Canon(#[from] CanonError),
    /// The document or the proof configuration has no canonical JSON text.
    #[error(transparent)]
    Jcs(#[from] JcsError),
    /// The key did not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// A document or proof configuration without canonical bytes.
#[derive(Clone, Debug)]
pub(super) enum Untransformed {
    Canon(CanonError),
    Jcs(JcsError),
}

impl From<CanonError> for Untransformed {
    fn from(error: CanonError) -> Self {
        Self::Canon(error)
    }
}

impl From<JcsError> for Untransformed {
    fn from(error: JcsError) -> Self {
        Self::Jcs(error)
    }
}

impl From<Untransformed> for ProofError {
    fn from(error: Untransformed) -> Self {
        match error {
            Untransformed::Canon(error) => Self::Canon(error),
            Untransformed::Jcs(error) => Self::Jcs(error),
        }
    }
}
