//! Securing mechanisms: Data Integrity 1.0 proofs (`eddsa-rdfc-2022`, `eddsa-jcs-2022`,
//! `ecdsa-rdfc-2019`, `ecdsa-jcs-2019`, derived proofs of `ecdsa-sd-2023`, the old
//! `Ed25519Signature2020`; sets and chains) and JSON Web Tokens ([`jose`]: W3C `vc+jwt` and the Open Badges profile).
//!
//! This room checks signatures; whether the key belongs to the issuer, whether the document is a
//! conforming credential, and dates and status, are other rooms' questions. It holds no private
//! key ([`Signer`] is handed in), reads no clock, and opens no connection ([`MethodResolver`] is
//! handed in).

mod cbor;
mod create;
mod derived;
mod error;
pub mod jose;
mod method;
mod moment;
mod options;
pub mod problem;
mod report;
mod signer;
mod suite;
mod verify;

pub use create::{PreparedProof, add_proof};
pub use error::ProofError;
pub use method::{MethodResolver, ResolveError, ResolvedMethod};
pub use options::{Cryptosuite, ProofOptions, ProofPurpose, VerifyOptions};
pub use report::{ProofOutcome, ProofReport, ProofVerified};
pub use signer::{SignError, Signer};
pub use verify::verify_proofs;
