//! The examining room: bytes in, report out.
//!
//! An [`Examiner`] takes the bytes of a credential, asks its [`Sources`] for key documents, status
//! lists and the register, and returns a [`Report`]: a verdict, a state and the outcome of every
//! check (VCDM 2.0 section 7.1, Open Badges 3.0 section 8, decision D9). It never answers with an
//! error: bytes that are no credential are a failed report.
//!
//! Deliberately not here: keys, a store, sockets, the wording of the page, the truth of the claims.
//! The room works offline and can be lifted out as a library.

mod conformance;
mod datetime;
mod endorsing;
mod evidence;
mod examination;
mod examiner;
mod informing;
mod input;
mod key_document;
mod presentation;
mod problem;
mod reading;
mod related;
mod remembered;
mod report;
mod revocation_list;
mod schema;
mod scope;
mod securing;
mod sources;
mod status_check;
mod summary;
mod unsecured;

pub use endorsing::{EndorsementOrigin, EndorsementReport};
pub use examiner::{Examiner, Expected, Limits};
pub use informing::NotedFact;
pub use input::Kind;
pub use problem::PRESENTATION_EXPECTED;
pub use report::{
    Check, CheckResult, ContextFact, CredentialFacts, EvidenceFact, InputFacts, IssuerFacts,
    Outcome, ProofFacts, RecognitionFact, RegisterFact, Report, Securing, State, StatusFact,
    Verdict,
};
pub use sources::{
    Fetched, Keeper, Recognition, RegisterEntry, RegisterState, SourceError, Sources,
};
pub use summary::{NotPassed, Summary};
pub use unsecured::unsecured_problem;
