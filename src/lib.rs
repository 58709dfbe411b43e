//! `bewijs` issues, records and verifies microcredentials and certificates of prior learning as
//! Open Badges 3.0, which are W3C Verifiable Credentials 2.0.
//!
//! # The verifier alone
//!
//! With `default-features = false` this crate is the verifier and nothing else: bytes in, a
//! [`Report`](verification::Report) out; no server, no store, no keys, no sockets. An
//! [`Examiner`](verification::Examiner) judges; [`Sources`](verification::Sources) answer what it
//! asks; the moment is handed in.
//!
//! ```
//! use bewijs::model::Timestamp;
//! use bewijs::sources::DirectorySources;
//! use bewijs::verification::{Check, Examiner, Outcome, State, Verdict};
//! use std::path::Path;
//! use std::sync::Arc;
//!
//! let now: Timestamp = "2026-02-03T09:00:00Z".parse()?;
//! let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/offline");
//! let credential = std::fs::read(examples.join("credential.json"))?;
//! let documents = DirectorySources::open(&examples.join("documents"), Arc::new(move || now))?;
//!
//! let examiner = Examiner::default();
//! let report = examiner.examine(&credential, None, &documents, now);
//! assert_eq!(report.verdict(), Verdict::Verified);
//! assert_eq!(report.state(), State::Valid);
//!
//! // One changed letter, and the signature is wrong.
//! let changed = String::from_utf8(credential)?.replace("Example University", "Another University");
//! let report = examiner.examine(changed.as_bytes(), None, &documents, now);
//! assert_eq!(report.verdict(), Verdict::Failed);
//! assert_eq!(report.check(Check::Proof).outcome, Outcome::Fail);
//!
//! // Three weeks later the list in the directory is too old to be believed: that is not green.
//! let later: Timestamp = "2026-02-24T09:00:00Z".parse()?;
//! let credential = std::fs::read(examples.join("credential.json"))?;
//! let report = examiner.examine(&credential, None, &documents, later);
//! assert_eq!(report.verdict(), Verdict::Indeterminate);
//! assert_eq!(report.check(Check::Status).outcome, Outcome::Indeterminate);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//!
//! - none: the verifier, with documents from a directory, a bundle or [`Sources`](verification::Sources)
//!   of your own;
//! - `network`: `NetworkSources`, which fetch key documents and status lists, guarded;
//! - `service` (default): everything, and the command `bewijs`.
//!
//! `docs/VERIFIER-LIBRARY.md` tells how to embed it.

#[cfg(feature = "service")]
pub mod access;
#[cfg(feature = "service")]
pub mod app;
pub mod baked;
pub mod canon;
#[cfg(feature = "service")]
pub mod cli;
pub mod clock;
#[cfg(feature = "service")]
pub mod config;
#[cfg(feature = "service")]
pub mod conformance;
#[cfg(feature = "service")]
pub mod delivery;
pub mod encoding;
#[cfg(feature = "service")]
pub mod http;
#[cfg(feature = "service")]
pub mod ids;
#[cfg(feature = "service")]
pub mod institution;
#[cfg(feature = "service")]
pub mod issuance;
#[cfg(feature = "service")]
pub mod jobs;
#[cfg(feature = "service")]
pub mod keys;
pub mod model;
pub mod profile;
pub mod proof;
#[cfg(feature = "service")]
pub mod render;
pub mod sources;
pub mod status;
#[cfg(feature = "service")]
pub mod store;
#[cfg(feature = "service")]
pub mod telemetry;
#[cfg(feature = "service")]
pub mod texts;
pub mod verification;
