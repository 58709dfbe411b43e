//! What somebody reported about a certificate: that it is not genuine, wrong, or misused.
//!
//! The words, and how to reach who wrote them, are kept in the journal alone, where they can be
//! blanked. Who judges a report is the institution; nothing is decided here.

use super::StoreError;
use super::decide::{Decision, NO_RECORDS};
use super::mail::unknown;
use super::matters::{Matter, Subject};
use super::record::Origin;
use super::state::View;
use crate::model::{CredentialId, Slug, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// What the report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConcernKind {
    /// It seems forged or altered.
    NotGenuine,
    /// What it says seems wrong.
    WrongContent,
    /// Somebody else uses it.
    Misuse,
    /// None of these.
    Other,
}

/// A report, without its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConcernRecord {
    /// Which one.
    pub id: Uuid,
    /// About which certificate.
    pub credential: CredentialId,
    /// Whose certificate; who handles it.
    pub issuer: Slug,
    /// What it is about.
    pub kind: ConcernKind,
    /// When it came.
    pub at: Timestamp,
    /// In which language it was asked.
    pub language: String,
    /// That it was handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handled: Option<Handled>,
}

/// That a report was handled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handled {
    /// When.
    pub at: Timestamp,
    /// By which client.
    pub by: String,
}

/// A report to be recorded.
#[derive(Clone, PartialEq, Eq)]
pub struct NewConcern {
    /// What is known of it; not handled.
    pub record: ConcernRecord,
    /// Its words and how to reach who wrote them, as JSON; the store does not look into it.
    pub words: Arc<str>,
    /// By whom and when.
    pub origin: Origin,
}

impl std::fmt::Debug for NewConcern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewConcern({}, {:?})", self.record.id, self.record.kind)
    }
}

pub(super) fn recorded(record: &ConcernRecord, view: &View<'_>) -> Result<Decision, StoreError> {
    let entry = view.entry(record.credential)?;
    let entry = entry.filter(|entry| entry.record.issuer == record.issuer);
    if entry.ok_or(StoreError::NotFound("credential"))?.record.erased.is_some() {
        return Err(StoreError::NotFound("document"));
    }
    if record.handled.is_some() {
        return Err(StoreError::Conflict("a fresh concern is not handled".to_owned()));
    }
    unknown(record.id, view)?;
    Ok(NO_RECORDS)
}

/// What is not there any more was purged; in a replay that is no contradiction.
pub(super) fn handled(id: Uuid, view: &View<'_>) -> Result<Decision, StoreError> {
    match view.matter(id)? {
        Some(known) => Ok(match &known.subject {
            Subject::Concern(record) if record.handled.is_none() => {
                Decision::Happens(Vec::new(), vec![known])
            }
            _ => Decision::Nothing,
        }),
        None => Ok(Decision::Nothing),
    }
}

pub(super) fn forgotten(id: Uuid, view: &View<'_>) -> Result<Decision, StoreError> {
    let is_open = |known: &Matter| known.body.is_some();
    match view.matter(id)? {
        Some(known) if is_open(&known) => Ok(Decision::Happens(Vec::new(), vec![known])),
        _ => Ok(Decision::Nothing),
    }
}
