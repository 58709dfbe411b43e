//! Mail that waits to be sent about a certificate, and what became of it.
//!
//! The address is kept sealed, in the journal alone, and is blanked there when nothing more is to
//! be sent. Nothing here sends anything or can open the seal.

use super::StoreError;
use super::decide::{Decision, NO_RECORDS};
use super::matters::{Matter, Stage, Subject};
use super::state::View;
use crate::model::{CredentialId, Slug, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// What a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailPurpose {
    /// The link by which the holder opens the certificate, at issue.
    Claim,
    /// The same, asked for again.
    ClaimAgain,
    /// That somebody has a concern about the certificate; to its issuer.
    Concern,
}

/// How far a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailState {
    /// It waits for its next attempt.
    Queued,
    /// A mail server took it.
    Sent,
    /// Nobody takes it; for good.
    Failed,
    /// It is not to be sent any more.
    Cancelled,
}

/// An attempt to send a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// What the mail server answered, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// What kind of outcome it was; a code of ours, never words of the server, which may name
    /// somebody.
    pub class: String,
}

/// What is known of a mail but its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRecord {
    /// Which one.
    pub id: Uuid,
    /// About which certificate.
    pub credential: CredentialId,
    /// On whose behalf.
    pub issuer: Slug,
    /// What for.
    pub purpose: MailPurpose,
    /// In which language.
    pub language: String,
    /// How far it is.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: u32,
    /// From when on it is tried, or was.
    pub next: Timestamp,
    /// The last attempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Attempt>,
    /// When it was asked for.
    pub created: Timestamp,
}

/// A mail to be queued.
#[derive(Clone, PartialEq, Eq)]
pub struct NewMail {
    /// What is known of it; queued, never tried.
    pub record: MailRecord,
    /// The sealed address.
    pub sealed: Arc<[u8]>,
}

impl std::fmt::Debug for NewMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewMail({}, {:?})", self.record.id, self.record.purpose)
    }
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailOutcome {
    /// A mail server took it.
    Sent(Attempt),
    /// It is tried again.
    Retry {
        /// From when on.
        next: Timestamp,
        /// The attempt.
        attempt: Attempt,
    },
    /// It is not tried again.
    Failed(Attempt),
    /// Somebody learned that it did not arrive, also after a mail server took it. That is told, not
    /// tried: it does not count.
    Bounced(Attempt),
    /// It was not tried and is not to be sent any more.
    Cancelled,
}

/// Whether a fresh mail fits what it comes with.
pub(super) fn check(mail: &NewMail, id: CredentialId, issuer: &Slug) -> Result<(), StoreError> {
    let record = &mail.record;
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    if record.credential != id || record.issuer != *issuer {
        return conflict("the mail is about another credential");
    }
    if record.state != MailState::Queued || record.attempts != 0 || record.last.is_some() {
        return conflict("a fresh mail is queued and was never tried");
    }
    if mail.sealed.is_empty() { conflict("the mail has no address") } else { Ok(()) }
}

pub(super) fn queued(record: &MailRecord, view: &View<'_>) -> Result<Decision, StoreError> {
    let entry = view.entry(record.credential)?;
    let entry = entry.filter(|entry| entry.record.issuer == record.issuer);
    if entry.ok_or(StoreError::NotFound("credential"))?.record.erased.is_some() {
        return Err(StoreError::NotFound("document"));
    }
    unknown(record.id, view)?;
    Ok(NO_RECORDS)
}

/// A mail's id is its own.
pub(super) fn unknown(id: Uuid, view: &View<'_>) -> Result<(), StoreError> {
    match view.matter(id)? {
        None => Ok(()),
        Some(_) => Err(StoreError::Conflict("something with this id is recorded".to_owned())),
    }
}

/// Another attempt is to come. What is not there any more is told by a later tombstone, so in a
/// replay that is no contradiction.
pub(super) fn retried(id: Uuid, view: &View<'_>) -> Result<Decision, StoreError> {
    match view.matter(id)? {
        None => Ok(Decision::Nothing),
        Some(known) => open(&known).map(|_| Decision::Happens(Vec::new(), vec![known])),
    }
}

/// Nothing more is sent. `told` is what the event itself says became of it, as in a replay.
pub(super) fn done(
    id: Uuid,
    outcome: Option<&MailOutcome>,
    told: Option<&MailRecord>,
    view: &View<'_>,
) -> Result<Decision, StoreError> {
    // What was sent can still come back; nothing else happens to what is done.
    let came_back = match (outcome, told) {
        (Some(outcome), _) => matches!(outcome, MailOutcome::Bounced(_)),
        (None, told) => told.is_some_and(|told| told.state == MailState::Failed),
    };
    match (view.matter(id)?, told) {
        (None, None) => Err(StoreError::NotFound("mail")),
        (None, Some(_)) => Ok(NO_RECORDS),
        (Some(known), _) => {
            if !(came_back && known.stage() == Stage::of_mail(MailState::Sent)) {
                open(&known)?;
            }
            Ok(Decision::Happens(Vec::new(), vec![known]))
        }
    }
}

fn open(known: &Matter) -> Result<(), StoreError> {
    match &known.subject {
        Subject::Mail(record) if record.state == MailState::Queued => Ok(()),
        Subject::Mail(_) => Err(StoreError::Conflict("the mail is done".to_owned())),
        Subject::Concern(_) => Err(StoreError::NotFound("mail")),
    }
}

/// The record after an attempt that leaves it queued.
pub(super) fn after_retry(record: &MailRecord, next: Timestamp, attempt: &Attempt) -> MailRecord {
    let attempts = record.attempts.saturating_add(1);
    MailRecord { attempts, next, last: Some(attempt.clone()), ..record.clone() }
}

/// The record after the last attempt, or without one.
pub(super) fn finished(record: &MailRecord, outcome: &MailOutcome) -> MailRecord {
    let (state, attempt) = match outcome {
        MailOutcome::Sent(attempt) => (MailState::Sent, attempt),
        MailOutcome::Failed(attempt) => (MailState::Failed, attempt),
        MailOutcome::Bounced(attempt) => {
            let (state, last) = (MailState::Failed, Some(attempt.clone()));
            return MailRecord { state, last, ..record.clone() };
        }
        MailOutcome::Retry { next, attempt } => return after_retry(record, *next, attempt),
        MailOutcome::Cancelled => return cancelled(record),
    };
    let attempts = record.attempts.saturating_add(1);
    MailRecord { state, attempts, last: Some(attempt.clone()), ..record.clone() }
}

/// What becomes of it when the certificate is erased before it was sent.
pub(super) fn cancelled(record: &MailRecord) -> MailRecord {
    match record.state {
        MailState::Queued => MailRecord { state: MailState::Cancelled, ..record.clone() },
        _ => record.clone(),
    }
}
