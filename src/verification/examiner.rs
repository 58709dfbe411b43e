//! Runs the checks in their order. (First slice: nothing is run yet, and the report says so.)

use super::report::{
    Check, CheckResult, CredentialFacts, InputFacts, Outcome, Report, State, Verdict,
};
use super::sources::Sources;
use crate::model::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The bounds of one examination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest credential, in bytes.
    pub max_bytes: usize,
    /// Deepest nesting of its JSON.
    pub max_depth: usize,
    /// Most proofs on one document.
    pub max_proofs: usize,
    /// Most status entries on one document.
    pub max_status_entries: usize,
    /// Largest status list, expanded, in bytes.
    pub max_list_bytes: usize,
    /// Largest key document, in bytes.
    pub max_key_document_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 1_048_576,
            max_depth: 64,
            max_proofs: 8,
            max_status_entries: 8,
            max_list_bytes: 16 * 1_048_576,
            max_key_document_bytes: 262_144,
        }
    }
}

/// The examining room.
#[derive(Debug, Default)]
pub struct Examiner {
    limits: Limits,
}

impl Examiner {
    /// An examiner within these bounds.
    pub fn new(limits: Limits) -> Self {
        Self { limits }
    }

    /// Its bounds.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Examines the bytes of a credential. Never fails: what cannot be read is a failed report.
    pub fn examine(
        &self,
        bytes: &[u8],
        media_type: Option<&str>,
        _sources: &dyn Sources,
        now: Timestamp,
    ) -> Report {
        let checks = Check::ALL
            .map(|check| CheckResult { check, outcome: Outcome::NotRun, problem: None })
            .to_vec();
        Report {
            verdict: Verdict::Indeterminate,
            state: State::Unknown,
            state_since: None,
            replaced_by: None,
            checks,
            checked_at: now,
            input: InputFacts {
                sha256: hex(&Sha256::digest(bytes)),
                length: bytes.len(),
                media_type: media_type.map(str::to_owned),
                securing: None,
            },
            credential: CredentialFacts::default(),
            contexts: Vec::new(),
            proofs: Vec::new(),
            status: Vec::new(),
            evidence: Vec::new(),
            document: None,
            deferred: false,
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String cannot fail");
        text
    })
}
