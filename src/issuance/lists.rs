//! Status lists: making a new one when the current is half full, and signing again those that
//! changed or grow old. A list is never signed for a reader.

use super::{Desk, IssueError};
use crate::model::{Slug, StatusPurpose, Timestamp};
use crate::status::{Bitstring, StatusListFacts, list_credential};
use crate::store::{
    IndexReservation, NewStatusList, Origin, PublishedStatusList, StatusListWork, StoreError,
};
use std::sync::Arc;

/// How often a fresh list may be snatched away before the request is given up.
const MOST_ATTEMPTS: usize = 8;

/// A list that could not be signed or stored now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnpublishedList {
    /// Its id.
    pub list: String,
    /// Why.
    pub cause: IssueError,
}

struct SignedList {
    document: Arc<[u8]>,
    valid_until: Timestamp,
}

impl Desk {
    /// Holds a free index of the issuer for this purpose, on a new list where there is none.
    pub(super) async fn reserve(
        &self,
        issuer: &Slug,
        purpose: StatusPurpose,
        origin: &Origin,
    ) -> Result<IndexReservation, IssueError> {
        if let Some(held) = self.try_reserve(issuer, purpose)? {
            return Ok(held);
        }
        // One at a time makes lists; the others find what it made.
        let _making = self.list_making.lock().await;
        let mut taken = None;
        for _ in 0..MOST_ATTEMPTS {
            if let Some(held) = self.try_reserve(issuer, purpose)? {
                return Ok(held);
            }
            match self.create_list(issuer, purpose, origin).await {
                Ok(()) => taken = None,
                // Another process took the id: look again.
                Err(conflict @ IssueError::Conflict(_)) => taken = Some(conflict),
                Err(error) => return Err(error),
            }
        }
        Err(taken.unwrap_or(IssueError::Busy))
    }

    fn try_reserve(
        &self,
        issuer: &Slug,
        purpose: StatusPurpose,
    ) -> Result<Option<IndexReservation>, StoreError> {
        self.parts.store.reserve_index(issuer, purpose, &mut |bound| self.parts.ids.below(bound))
    }

    async fn create_list(
        &self,
        issuer: &Slug,
        purpose: StatusPurpose,
        origin: &Origin,
    ) -> Result<(), IssueError> {
        let id = self.parts.store.unused_list_id(purpose)?;
        let bits = Bitstring::new(self.parts.settings.list_entries);
        let entries = u32::try_from(bits.bits()).unwrap_or(self.parts.settings.list_entries);
        let now = self.parts.clock.now();
        let signed = self.sign_list(issuer, &id, purpose, &bits, now)?;
        let list = NewStatusList {
            id,
            issuer: issuer.clone(),
            purpose,
            entries,
            document: signed.document,
            signed_at: now,
            valid_until: signed.valid_until,
            origin: origin.clone(),
        };
        Ok(self.parts.store.create_status_list(list).await?)
    }

    /// Signs what has changed, for changes of a short while together, and returns when the lists
    /// named are stored with every change made before the call.
    ///
    /// Nobody depends on the caller: when it goes away half way, the next one or the publisher
    /// does its work.
    pub(super) async fn publish_changes(&self, lists: &[&str]) -> Result<(), IssueError> {
        tokio::time::sleep(self.parts.settings.coalescing).await;
        let _press = self.press.lock().await;
        let work = self.parts.store.status_list_work(Timestamp::EPOCH)?;
        if !work.iter().any(|changed| lists.contains(&changed.id.as_str())) {
            return Ok(());
        }
        for failed in self.publish(work).await {
            if lists.contains(&failed.list.as_str()) {
                return Err(failed.cause);
            }
        }
        Ok(())
    }

    /// Signs the lists that changed or are about to be too old; says which could not be.
    pub async fn publish_due_lists(&self) -> Result<Vec<UnpublishedList>, IssueError> {
        let _press = self.press.lock().await;
        let until = self.parts.clock.now().plus_seconds(self.parts.settings.list_margin);
        let work = self.parts.store.status_list_work(until)?;
        Ok(self.publish(work).await)
    }

    /// Signs every list of an issuer, whatever its age: after a key change.
    pub(super) async fn republish_all(
        &self,
        issuer: &Slug,
    ) -> Result<Vec<UnpublishedList>, IssueError> {
        let _press = self.press.lock().await;
        let end = Timestamp::EPOCH.plus_seconds(i64::MAX);
        let mut work = self.parts.store.status_list_work(end)?;
        work.retain(|list| list.issuer == *issuer);
        Ok(self.publish(work).await)
    }

    pub(super) async fn publish(&self, work: Vec<StatusListWork>) -> Vec<UnpublishedList> {
        let mut failed = Vec::new();
        for list in work {
            let id = list.id.clone();
            if let Err(cause) = self.publish_one(list).await {
                failed.push(UnpublishedList { list: id, cause });
            }
        }
        failed
    }

    async fn publish_one(&self, work: StatusListWork) -> Result<(), IssueError> {
        let now = self.parts.clock.now();
        let bits = Bitstring::from_bytes(work.bits);
        let signed = self.sign_list(&work.issuer, &work.id, work.purpose, &bits, now)?;
        let list = PublishedStatusList {
            id: work.id,
            version: work.version,
            document: signed.document,
            signed_at: now,
            valid_until: signed.valid_until,
        };
        Ok(self.parts.store.publish_status_list(list).await?)
    }

    fn sign_list(
        &self,
        issuer: &Slug,
        id: &str,
        purpose: StatusPurpose,
        bits: &Bitstring,
        now: Timestamp,
    ) -> Result<SignedList, IssueError> {
        let sealer = self.sealer(issuer)?;
        let settings = sealer.settings()?;
        let did = &settings.id;
        let mut valid_until = now.plus_seconds(self.parts.settings.list_validity);
        // The last lists of an issuer are all that there will be.
        if let Some(closing) = &settings.closed {
            valid_until = valid_until.max(closing.lists_until);
        }
        let facts = StatusListFacts {
            url: &self.parts.installation.status_list_url(id),
            issuer: did,
            purpose,
            valid_from: now,
            valid_until,
            ttl: self.parts.settings.list_ttl,
        };
        let mut document = list_credential(&facts, bits);
        self.secure(&mut document, issuer, did, now)?;
        Ok(SignedList { document: serialise(&document)?, valid_until })
    }

    /// Signs lists again whenever they changed or grow old, until told to stop. At its start it
    /// signs what an earlier process left.
    pub async fn run_publisher(self: Arc<Self>, mut stop: tokio::sync::watch::Receiver<bool>) {
        let mut told = Vec::new();
        loop {
            match self.publish_due_lists().await {
                Ok(failed) => {
                    // The same failure every few seconds is one failure.
                    if failed != told {
                        for one in &failed {
                            tracing::error!(list = one.list, cause = %one.cause, "list not signed");
                        }
                        told = failed;
                    }
                }
                Err(error) => tracing::error!(%error, "status lists cannot be read"),
            }
            let pause = tokio::time::sleep(self.parts.settings.publisher_interval);
            let stopped = async {
                // An error means that nobody can ask any more: stop as well.
                let _ = stop.wait_for(|stop| *stop).await;
            };
            if ended_first(stopped, pause).await {
                return;
            }
        }
    }
}

/// Whether the first of two futures ends first.
async fn ended_first(one: impl Future<Output = ()>, other: impl Future<Output = ()>) -> bool {
    let (mut one, mut other) = (std::pin::pin!(one), std::pin::pin!(other));
    std::future::poll_fn(|context| {
        use std::task::Poll;
        match one.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(true),
            Poll::Pending => other.as_mut().poll(context).map(|()| false),
        }
    })
    .await
}

/// The bytes that are signed for, released and kept.
pub(super) fn serialise(document: &serde_json::Value) -> Result<Arc<[u8]>, IssueError> {
    match serde_json::to_vec(document) {
        Ok(bytes) => Ok(bytes.into()),
        Err(error) => Err(IssueError::Unsound { detail: error.to_string() }),
    }
}
