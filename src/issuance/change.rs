//! What happens to a certificate after its release: status and visibility. The released bytes
//! never change.

use super::{Desk, IssueError};
use crate::model::{CredentialId, Slug, StatusEntry};
use crate::store::{IssuedRecord, Origin, ReasonCode, StatusAction, StatusChange, Visibility};
use std::sync::Arc;

/// A change of status that a client asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusRequest {
    /// The issuer on whose behalf; another issuer's certificate is not found.
    pub issuer: Slug,
    /// Which certificate.
    pub credential: CredentialId,
    /// What.
    pub action: StatusAction,
    /// Why; stored, never published.
    pub reason: ReasonCode,
    /// Remark; stored, never published.
    pub note: Option<String>,
    /// Who asks.
    pub client: String,
    /// The request it came with.
    pub request_id: Option<String>,
    /// The address that the client called from.
    pub from: Option<String>,
}

impl Desk {
    /// Revokes, suspends or reinstates. Returns when the change is recorded and the signed list
    /// that tells it is stored. Changes within a short window share one signature.
    ///
    /// With [`IssueError::NotPublished`] the change is recorded, and its list follows as soon as
    /// it can be signed.
    pub async fn change_status(
        &self,
        request: StatusRequest,
    ) -> Result<Arc<IssuedRecord>, IssueError> {
        self.owned(&request.issuer, request.credential)?;
        let _turn = self.turns.read().await;
        self.is_open(&request.issuer)?;
        let change = self.status_change(request);
        let record = self.parts.store.change_status(change).await?;
        self.publish_for(&record).await?;
        Ok(record)
    }

    pub(super) fn status_change(&self, request: StatusRequest) -> StatusChange {
        StatusChange {
            credential: request.credential,
            issuer: request.issuer,
            action: request.action,
            reason: request.reason,
            note: request.note,
            origin: self.origin(&request.client, request.request_id, request.from),
        }
    }

    /// Opens or closes a certificate's page and JSON.
    pub async fn set_visibility(
        &self,
        issuer: &Slug,
        credential: CredentialId,
        visibility: Visibility,
        origin: Origin,
    ) -> Result<Arc<IssuedRecord>, IssueError> {
        self.owned(issuer, credential)?;
        Ok(self.parts.store.set_visibility(credential, visibility, None, origin).await?)
    }

    /// The certificate, if it is this issuer's. Another issuer's is as unknown as none at all.
    pub(super) fn owned(
        &self,
        issuer: &Slug,
        credential: CredentialId,
    ) -> Result<Arc<IssuedRecord>, IssueError> {
        let record = self.parts.store.issued(credential)?.ok_or(IssueError::NotFound)?;
        if record.issuer == *issuer { Ok(record) } else { Err(IssueError::NotFound) }
    }

    /// Waits until the lists of this certificate are signed with its present state.
    pub(super) async fn publish_for(&self, record: &IssuedRecord) -> Result<(), IssueError> {
        self.publish_entries(&record.status).await
    }

    /// Waits until these lists are signed with every change made before.
    pub(super) async fn publish_entries(&self, entries: &[StatusEntry]) -> Result<(), IssueError> {
        let lists: Vec<&str> = entries.iter().map(|entry| entry.list.as_str()).collect();
        self.publish_changes(&lists).await.map_err(|cause| IssueError::NotPublished {
            list: lists.join(", "),
            cause: Box::new(cause),
        })
    }

    pub(super) fn origin(
        &self,
        client: &str,
        request_id: Option<String>,
        from: Option<String>,
    ) -> Origin {
        Origin { actor: client.to_owned(), request_id, from, at: self.parts.clock.now() }
    }
}
