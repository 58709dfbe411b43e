//! Erasure of a learner's data, in two steps (guide, section 11; story R7). It is not revocation:
//! the status list keeps its bit, and the learner's own copy keeps verifying.
//!
//! Step 1 takes away what tells a person: the signed document, its other forms, the marks by which a
//! holder is matched, the institution's case and remarks. Step 2, after the retention period of the
//! kind or for a stated reason, takes away the rest.

use super::{Desk, IssueError};
use crate::model::{CredentialId, Date, Slug};
use crate::store::{Disclosure, IssuedRecord, Origin, StoreError};
use serde_json::json;
use std::sync::Arc;

/// Marks, among what an institution must be able to answer for, a purge before its time.
pub const EARLY_PURGE: &str = "earlyPurge";

impl Desk {
    /// Step 1. Done already, it says so and changes nothing.
    pub async fn erase(
        &self,
        issuer: &Slug,
        credential: CredentialId,
        origin: Origin,
    ) -> Result<Arc<IssuedRecord>, IssueError> {
        let record = self.owned(issuer, credential)?;
        if record.erased.is_some() {
            return Ok(record);
        }
        match self.parts.store.erase(credential, issuer, origin).await {
            // Somebody else was first: then it is done already, or purged even.
            Err(StoreError::NotFound(_)) => {
                let record = self.owned(issuer, credential)?;
                record.erased.is_some().then_some(record).ok_or(IssueError::NotFound)
            }
            outcome => Ok(outcome?),
        }
    }

    /// Step 2, only after step 1. Before the retention period is over it needs a reason.
    pub async fn purge(
        &self,
        issuer: &Slug,
        credential: CredentialId,
        reason: Option<&str>,
        origin: Origin,
    ) -> Result<(), IssueError> {
        let record = self.owned(issuer, credential)?;
        if record.erased.is_none() {
            return Err(IssueError::NotErased);
        }
        let retained = self.retained_until(&record)?;
        let over = retained.is_some_and(|until| until <= origin.at.date());
        let mut account = None;
        if !over {
            let Some(reason) = reason else {
                return Err(IssueError::Retained { until: retained });
            };
            // Of the certificate nothing will be left to keep the reason with.
            account = Some(Disclosure {
                issuer: issuer.clone(),
                reason: reason.to_owned(),
                query: json!({ EARLY_PURGE: true }),
                records: 1,
                origin: origin.clone(),
            });
        }
        Ok(self.parts.store.purge(credential, issuer, account, origin).await?)
    }

    /// The first day on which a certificate may be purged without a reason; `None` when that is
    /// beyond the calendar.
    pub fn retained_until(&self, record: &IssuedRecord) -> Result<Option<Date>, IssueError> {
        let organisation = self.organisation(&record.issuer)?.ok_or(IssueError::UnknownIssuer)?;
        Ok(organisation.settings.retained_until(record.kind, record.issued_at.date()))
    }
}
