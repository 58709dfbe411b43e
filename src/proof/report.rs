//! What came of each proof. Only this room can say *verified*.

use crate::model::Problem;

/// One proof of a document.
#[derive(Clone, Debug)]
pub struct ProofReport {
    /// The proof's `id`.
    pub id: Option<String>,
    /// Its `cryptosuite`, as written; for other types of proof their `type`.
    pub cryptosuite: Option<String>,
    /// Its `verificationMethod`, as written.
    pub verification_method: Option<String>,
    /// The controller of the method, once that was resolved.
    pub controller: Option<String>,
    /// Its `created`, as written.
    pub created: Option<String>,
    /// Its `proofPurpose`, as written.
    pub purpose: Option<String>,
    /// For whom it was made: its `domain`, as written.
    pub domain: Vec<String>,
    /// What it answers: its `challenge`, as written.
    pub challenge: Option<String>,
    /// What came of it.
    pub outcome: ProofOutcome,
}

/// What came of checking a signature.
#[derive(Clone, Debug)]
pub enum ProofOutcome {
    /// The signature is right.
    Verified(ProofVerified),
    /// It is not, or something about the proof is wrong.
    Failed(Problem),
    /// It could not be checked now.
    Indeterminate(Problem),
    /// A kind of proof or key that is not supported: it was not checked.
    Unsupported(Problem),
}

impl ProofOutcome {
    /// Whether a signature was checked and is right.
    pub fn is_verified(&self) -> bool {
        matches!(self, Self::Verified(_))
    }

    /// What is wrong or unknown; nothing when verified.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Verified(_) => None,
            Self::Failed(p) | Self::Indeterminate(p) | Self::Unsupported(p) => Some(p),
        }
    }
}

/// Says that a signature was checked and is right. Nothing outside this room can make one.
#[derive(Clone, Debug)]
pub struct ProofVerified {
    _made_here: (),
}

impl ProofVerified {
    /// Called only where a signature was just found right.
    pub(super) fn after_signature_check() -> Self {
        Self { _made_here: () }
    }
}
