//! What is asked of this room: with which suite to sign, for which purpose to verify.

use crate::model::Timestamp;
use std::fmt;

/// A Data Integrity cryptographic suite (Data Integrity EdDSA Cryptosuites 1.0, section 3, and
/// Data Integrity ECDSA Cryptosuites 1.0, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cryptosuite {
    /// Signs the canonical RDF dataset, with Ed25519.
    EddsaRdfc2022,
    /// Signs the canonical JSON text, with Ed25519.
    EddsaJcs2022,
    /// Signs the canonical RDF dataset, with P-256 or P-384.
    EcdsaRdfc2019,
    /// Signs the canonical JSON text, with P-256 or P-384.
    EcdsaJcs2019,
    /// Signs the statements of the RDF dataset one by one, with P-256: a holder shows some of them.
    /// Verified only.
    EcdsaSd2023,
    /// Signs the canonical RDF dataset, with Ed25519: a `type` of proof of its own, from before
    /// `DataIntegrityProof`. Verified only.
    Ed25519Signature2020,
}

impl Cryptosuite {
    /// The value of the member `cryptosuite`; for `Ed25519Signature2020` that of `type`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Self::EddsaJcs2022 => "eddsa-jcs-2022",
            Self::EcdsaRdfc2019 => "ecdsa-rdfc-2019",
            Self::EcdsaJcs2019 => "ecdsa-jcs-2019",
            Self::EcdsaSd2023 => "ecdsa-sd-2023",
            Self::Ed25519Signature2020 => "Ed25519Signature2020",
        }
    }

    /// The suite of this value of `cryptosuite`, if it is one of ours.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::EddsaRdfc2022,
            Self::EddsaJcs2022,
            Self::EcdsaRdfc2019,
            Self::EcdsaJcs2019,
            Self::EcdsaSd2023,
        ]
        .into_iter()
        .find(|suite| suite.as_str() == name)
    }
}

impl fmt::Display for Cryptosuite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a proof is for: a verification relationship (Controlled Identifiers 1.0, section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProofPurpose {
    /// Stating claims: credentials.
    AssertionMethod,
    /// Proving control: presentations.
    Authentication,
}

impl ProofPurpose {
    /// The value of `proofPurpose`, and the member of the controlled identifier document.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AssertionMethod => "assertionMethod",
            Self::Authentication => "authentication",
        }
    }
}

impl fmt::Display for ProofPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The proof to add (Data Integrity 1.0, section 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofOptions {
    /// With which suite.
    pub cryptosuite: Cryptosuite,
    /// Absolute URL of the signing key's verification method.
    pub verification_method: String,
    /// The moment to state.
    pub created: Timestamp,
    /// What the proof is for.
    pub proof_purpose: ProofPurpose,
}

/// What a proof is held against (Data Integrity 1.0, section 4.4).
#[derive(Clone, Copy, Debug)]
pub struct VerifyOptions<'a> {
    /// The purpose that every proof must state.
    pub purpose: ProofPurpose,
    /// The present moment, for `expires`.
    pub now: Timestamp,
    /// When not empty, the set of domains that every proof must state.
    pub domain: &'a [&'a str],
    /// When given, the challenge that every proof must state.
    pub challenge: Option<&'a str>,
    /// More proofs than this in one document are refused.
    pub max_proofs: usize,
}

impl<'a> VerifyOptions<'a> {
    /// For a presentation, at this moment: at most 16 proofs, each made to authenticate, for this
    /// domain and this challenge where they are given.
    pub fn presentation(now: Timestamp, domain: &'a [&'a str], challenge: Option<&'a str>) -> Self {
        Self { purpose: ProofPurpose::Authentication, domain, challenge, ..Self::credential(now) }
    }

    /// For a credential, at this moment: at most 16 proofs, each an assertion.
    pub fn credential(now: Timestamp) -> Self {
        Self {
            purpose: ProofPurpose::AssertionMethod,
            now,
            domain: &[],
            challenge: None,
            max_proofs: 16,
        }
    }
}
