//! Concerns about certificates that anybody reports to their issuer (story E10). A report decides
//! nothing: the certificate stays as it is until its issuer acts.

use super::{Desk, IssueError};
use crate::model::{CredentialId, Slug};
use crate::profile::Language;
use crate::store::{ConcernKind, ConcernRecord, IssuedRecord, NewConcern, Origin, StoreError};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// What somebody wrote. It may speak of people, so it is shown to the issuer alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConcernWords {
    /// What is the matter.
    pub text: String,
    /// How to reach who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

impl fmt::Debug for ConcernWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConcernWords(..)")
    }
}

impl Desk {
    /// The certificate about which a concern can be reported: any that is recorded and not erased,
    /// open or closed.
    pub fn concerned(&self, id: CredentialId) -> Result<Arc<IssuedRecord>, IssueError> {
        let record = self.parts.store.issued(id)?.filter(|record| record.erased.is_none());
        record.ok_or(IssueError::NotFound)
    }

    /// Records a report and lets its issuer know. When it returns, the report is recorded; that the
    /// mail about it could not be queued is logged and changes nothing.
    pub async fn report_concern(
        &self,
        record: &IssuedRecord,
        kind: ConcernKind,
        words: &ConcernWords,
        language: Language,
        origin: Origin,
    ) -> Result<Arc<ConcernRecord>, IssueError> {
        let text = serde_json::to_string(words)
            .map_err(|error| IssueError::Unsound { detail: error.to_string() })?;
        let concern = NewConcern {
            record: ConcernRecord {
                id: self.parts.ids.ordered_id(),
                credential: record.id,
                issuer: record.issuer.clone(),
                kind,
                at: origin.at,
                language: language.code().to_owned(),
                handled: None,
            },
            words: text.into(),
            origin: origin.clone(),
        };
        let recorded = match self.parts.store.record_concern(concern).await {
            // Erased since it was looked up.
            Err(StoreError::NotFound(_)) => return Err(IssueError::NotFound),
            outcome => outcome?,
        };
        if let Err(error) = self.mail_concern(record, origin).await {
            tracing::error!(%error, "the issuer is not told by mail of a concern");
        }
        Ok(recorded)
    }

    /// A report about a certificate of this issuer, with its words while they are kept.
    pub fn concern(
        &self,
        issuer: &Slug,
        id: Uuid,
    ) -> Result<(Arc<ConcernRecord>, Option<ConcernWords>), IssueError> {
        let known = self.parts.store.concern(id)?.filter(|known| known.issuer == *issuer);
        let known = known.ok_or(IssueError::NotFound)?;
        let words = self.parts.store.concern_words(id)?;
        let words = words
            .map(|words| serde_json::from_str(&words))
            .transpose()
            .map_err(|_| IssueError::Unsound { detail: "the words of a concern".to_owned() })?;
        Ok((known, words))
    }

    /// Notes that a report was handled; the first time stands.
    pub async fn handle_concern(
        &self,
        issuer: &Slug,
        id: Uuid,
        origin: Origin,
    ) -> Result<Arc<ConcernRecord>, IssueError> {
        self.concern(issuer, id)?;
        Ok(self.parts.store.handle_concern(id, issuer, origin).await?)
    }

    /// Takes the words of a report away for good; that there was one stays.
    pub async fn forget_concern(
        &self,
        issuer: &Slug,
        id: Uuid,
        origin: Origin,
    ) -> Result<Arc<ConcernRecord>, IssueError> {
        self.concern(issuer, id)?;
        Ok(self.parts.store.forget_concern(id, issuer, origin).await?)
    }
}
