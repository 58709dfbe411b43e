//! What verification asks of the world. The answers live in the room `sources`.

use crate::model::{Date, Timestamp};
use serde::Serialize;
use std::sync::Arc;

/// Answers the questions of an examination.
///
/// Contract: bounded time and size; an error says *unreachable* or *invalid*, never both; the bytes
/// are handed on as received and are judged by the examiner, so a source need not be trusted with
/// anything but [`Sources::register`].
///
/// An own implementation, over what a program holds already:
///
/// ```
/// use bewijs::model::{Date, Timestamp};
/// use bewijs::verification::{
///     Check, Examiner, Fetched, Outcome, Recognition, RegisterEntry, SourceError, Sources, Verdict,
/// };
///
/// struct Held {
///     key_document: Vec<u8>,
///     fetched_at: Timestamp,
/// }
///
/// impl Sources for Held {
///     fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
///         if url != "did:web:badges.example" {
///             return Err(SourceError::Deferred); // somebody else may know
///         }
///         let bytes = self.key_document.as_slice().into();
///         Ok(Fetched { bytes, media_type: None, fetched_at: self.fetched_at, stale: false })
///     }
///
///     fn status_list(&self, _url: &str) -> Result<Fetched, SourceError> {
///         Err(SourceError::Unreachable { detail: "no answer in time".to_owned() })
///     }
///
///     fn register(&self, _credential: &str) -> Option<RegisterEntry> {
///         None
///     }
///
///     fn recognised(&self, issuer: &str) -> Vec<Recognition> {
///         let from: Option<Date> = "2025-09-01".parse().ok();
///         let known = issuer == "did:web:badges.example";
///         known.then(|| Recognition { from, ..Recognition::default() }).into_iter().collect()
///     }
/// }
///
/// let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/offline");
/// let credential = std::fs::read(format!("{examples}/credential.json"))?;
/// let now: Timestamp = "2026-02-03T09:00:00Z".parse()?;
/// let held = Held {
///     key_document: std::fs::read(format!("{examples}/documents/did_web_badges.example.json"))?,
///     fetched_at: now,
/// };
/// let report = Examiner::default().examine(&credential, None, &held, now);
/// assert_eq!(report.check(Check::Proof).outcome, Outcome::Pass);
/// assert_eq!(report.check(Check::IssuerRecognised).outcome, Outcome::Pass);
/// // Unreachable is never "not revoked".
/// assert_eq!(report.check(Check::Status).outcome, Outcome::Indeterminate);
/// assert_eq!(report.verdict(), Verdict::Indeterminate);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Sources: Send + Sync {
    /// The key document at this URL: a DID without fragment (`did:web:...`; `did:key` is never
    /// asked), the https URL of a controlled identifier document, or that of a JWK set.
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError>;

    /// The status list credential at this URL, or the `1EdTechRevocationList` of an older badge.
    fn status_list(&self, url: &str) -> Result<Fetched, SourceError>;

    /// What an own register knows of the credential with this id; `None` when it is no credential
    /// of ours.
    fn register(&self, credential: &str) -> Option<RegisterEntry>;

    /// Whether the own register recorded exactly this token (SHA-256 of its text, hex) as a
    /// rendition of the credential with this id.
    fn rendition(&self, _credential: &str, _sha256: &str) -> bool {
        false
    }

    /// The periods in which this issuer is or was recognised here, in no order; none when it is
    /// not known.
    fn recognised(&self, issuer: &str) -> Vec<Recognition>;

    /// The endorsements of the thing with this id (a credential, or an achievement) that an own
    /// register knows beside those that the document carries: their signed bytes, withdrawn ones
    /// included. Each is judged like a credential of a stranger.
    fn endorsements(&self, _target: &str) -> Vec<Arc<[u8]>> {
        Vec::new()
    }

    /// Who answers for this issuer, which closed and left its keys, its last status lists and the
    /// fingerprints of its certificates.
    fn keeper(&self, _issuer: &str) -> Option<Keeper> {
        None
    }
}

/// Who answers for an issuer that closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Keeper {
    /// As the issuer named it.
    pub name: String,
    /// Where it can be found, as the issuer named it.
    pub url: String,
    /// Since when it keeps what the issuer left.
    pub since: Timestamp,
    /// When the issuer closed.
    pub closed: Timestamp,
    /// What is said of a status is as old as this: when the last status list was signed.
    pub status_as_of: Timestamp,
}

/// A period in which somebody recognises an issuer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Recognition {
    /// The name under which it is recognised; absent when that says none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The first day (UTC); open when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day (UTC); open when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Who recognises it; absent when it is this installation itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// URL at which that can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Recognition {
    /// Whether the issuer is recognised on this day.
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// Bytes that a source answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// As received.
    pub bytes: Arc<[u8]>,
    /// `Content-Type` without parameters, lower case, when one was given.
    pub media_type: Option<String>,
    /// When they were fetched, which for a cached answer is not now.
    pub fetched_at: Timestamp,
    /// Kept beyond its time because nothing newer could be had. Named in the report.
    pub stale: bool,
}

/// Why a source has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// (peer) Nobody answered in time, or not with what was asked. The check is indeterminate.
    #[error("unreachable: {detail}")]
    Unreachable {
        /// What happened; no address of ours, no personal data.
        detail: String,
    },
    /// (client) The address is one that is never asked. The check is indeterminate.
    #[error("refused: {detail}")]
    Refused {
        /// Why.
        detail: String,
    },
    /// (peer) It answered that there is no such thing. The check is indeterminate: a thing that is
    /// gone proves nothing.
    #[error("not found: {detail}")]
    NotFound {
        /// What was not found.
        detail: String,
    },
    /// (peer) It answered with what cannot be right. The check fails.
    #[error("invalid: {detail}")]
    Invalid {
        /// Why.
        detail: String,
    },
    /// It would need the network, which this source may not use.
    #[error("needs the network")]
    Deferred,
}

/// What an own register says of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterEntry {
    /// Its state; time decides about expiry.
    pub state: RegisterState,
    /// When the state last changed.
    pub since: Option<Timestamp>,
    /// URL of the successor that corrects it.
    pub replaced_by: Option<String>,
    /// `issuer.id` of the issuer that recorded it.
    pub issuer: String,
    /// Issued by a test issuer.
    pub test: bool,
    /// SHA-256 of the signed bytes as recorded, hex.
    pub sha256: String,
    /// When it was recorded.
    pub recorded: Timestamp,
    /// When what told of the holder was erased from the register, if it was.
    pub erased: Option<Timestamp>,
}

/// The state of a credential in a register (the same words as `model::CredentialState`).
pub use crate::model::CredentialState as RegisterState;
