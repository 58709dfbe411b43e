//! Many at once: each certificate goes the same way as a single one, and only the waiting for the
//! disk is shared. Nothing of the order that is the guarantee is left out or done in advance.
//!
//! What belongs together to a batch, in which order, and what is told of it is not decided here.

use super::issue::{IssueRequest, Issued};
use super::{Desk, IssueError, StatusRequest};
use crate::model::{CredentialState, FieldError};
use crate::store::{IssuedRecord, StatusAction};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use uuid::Uuid;

/// What a status was changed to, or was already.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The certificate as it is now.
    pub record: Arc<IssuedRecord>,
    /// Whether it was so before.
    pub already: bool,
}

impl Desk {
    /// Issues certificates, at most `window` of them waiting for the disk at one time, and returns
    /// one outcome for each, in their order. Computes on the thread that polls it.
    pub async fn issue_many(
        &self,
        requests: Vec<IssueRequest>,
        window: usize,
    ) -> Vec<Result<Issued, IssueError>> {
        side_by_side(requests, window, |request| self.issue(request)).await
    }

    /// Looks at a request as issuing does, and issues nothing. What it says may change before the
    /// certificate is issued.
    ///
    /// Errors: those of [`Desk::issue`] before anything is signed.
    pub fn judge(&self, request: &IssueRequest) -> Result<Vec<FieldError>, IssueError> {
        self.sealer(&request.issuer)?.settings()?;
        self.is_open(&request.issuer)?;
        Ok(self.accept(request, self.parts.clock.now())?.warnings)
    }

    /// Changes the status of certificates, one outcome for each in their order. Their lists are
    /// signed once, at the end; when that fails, it fails as a whole although changes are recorded,
    /// and the lists follow.
    ///
    /// One that has the wanted state is left as it is: a change that was cut off can be repeated.
    pub async fn change_many(
        &self,
        requests: Vec<StatusRequest>,
        window: usize,
    ) -> Result<Vec<Result<Changed, IssueError>>, IssueError> {
        let outcomes =
            side_by_side(requests, window, |request| self.change_unpublished(request)).await;
        let changed = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok());
        let mut entries: Vec<_> =
            changed.flat_map(|changed| changed.record.status.iter().cloned()).collect();
        entries.sort_by(|one, other| one.list.cmp(&other.list));
        entries.dedup_by(|one, other| one.list == other.list);
        if !entries.is_empty() {
            self.publish_entries(&entries).await?;
        }
        Ok(outcomes)
    }

    async fn change_unpublished(&self, request: StatusRequest) -> Result<Changed, IssueError> {
        let known = self.owned(&request.issuer, request.credential)?;
        let _turn = self.turns.read().await;
        self.is_open(&request.issuer)?;
        let there = match request.action {
            StatusAction::Revoke => known.state == CredentialState::Revoked,
            StatusAction::Suspend => known.state == CredentialState::Suspended,
            StatusAction::Reinstate => known.state == CredentialState::Valid,
        };
        if there {
            return Ok(Changed { record: known, already: true });
        }
        let change = self.status_change(request);
        let record = self.parts.store.change_status(change).await?;
        Ok(Changed { record, already: false })
    }

    /// Seals a piece of an input that waits, bound to what it belongs to.
    pub fn seal_input(&self, owner: Uuid, piece: u32, bytes: &[u8]) -> Arc<[u8]> {
        let drawn = Uuid::parse_str(&self.parts.ids.salt()).unwrap_or_default().into_bytes();
        let mut nonce = [0; NONCE_LEN];
        nonce.iter_mut().zip(drawn).for_each(|(byte, drawn)| *byte = drawn);
        let mut sealed = Vec::with_capacity(bytes.len() + 64);
        sealed.extend_from_slice(bytes);
        self.input_key()
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place(owner, piece)),
                &mut sealed,
            )
            .expect("a piece is shorter than what one nonce can seal");
        [&nonce[..], &sealed].concat().into()
    }

    /// Opens it again. `None` when the installation's secret is another than it was, or it belongs
    /// somewhere else.
    pub fn open_input(&self, owner: Uuid, piece: u32, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, bytes) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = bytes.to_vec();
        let key = self.input_key();
        let length =
            key.open_in_place(nonce, Aad::from(place(owner, piece)), &mut bytes).ok()?.len();
        bytes.truncate(length);
        Some(bytes)
    }

    fn input_key(&self) -> LessSafeKey {
        let bytes = self.parts.holder_secret.derived_bytes(b"bewijs batch inputs");
        let key = UnboundKey::new(&AES_256_GCM, &bytes);
        LessSafeKey::new(key.expect("a tag of HMAC-SHA-256 is a key of 256 bits"))
    }
}

fn place(owner: Uuid, piece: u32) -> [u8; 20] {
    let mut place = [0; 20];
    let (name, number) = place.split_at_mut(16);
    name.copy_from_slice(owner.as_bytes());
    number.copy_from_slice(&piece.to_be_bytes());
    place
}

/// Works on all, begun in their order, at most `window` of them unfinished; outcomes in their order.
/// All unfinished ones are polled, so that none holds what another waits for.
async fn side_by_side<R, T, F: Future<Output = T>>(
    requests: Vec<R>,
    window: usize,
    work: impl Fn(R) -> F,
) -> Vec<T> {
    let mut outcomes: Vec<Option<T>> = requests.iter().map(|_| None).collect();
    let mut left = requests.into_iter().enumerate();
    let mut unfinished: Vec<(usize, Pin<Box<F>>)> = Vec::with_capacity(window.min(outcomes.len()));
    let all = poll_fn(|context| {
        loop {
            let before = unfinished.len();
            unfinished.retain_mut(|(place, future)| match future.as_mut().poll(context) {
                Poll::Ready(outcome) => {
                    if let Some(slot) = outcomes.get_mut(*place) {
                        *slot = Some(outcome);
                    }
                    false
                }
                Poll::Pending => true,
            });
            let ended = before - unfinished.len();
            let mut begun = 0;
            while unfinished.len() < window.max(1) {
                let Some((place, request)) = left.next() else { break };
                begun += 1;
                let mut future = Box::pin(work(request));
                match future.as_mut().poll(context) {
                    Poll::Ready(outcome) => {
                        if let Some(slot) = outcomes.get_mut(place) {
                            *slot = Some(outcome);
                        }
                    }
                    Poll::Pending => unfinished.push((place, future)),
                }
            }
            if unfinished.is_empty() && begun == 0 {
                return Poll::Ready(());
            }
            if ended == 0 && begun == 0 {
                return Poll::Pending;
            }
        }
    });
    // The work of a whole batch is one task; its share of the thread is bounded by its size.
    tokio::task::unconstrained(all).await;
    outcomes.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn outcomes_come_in_the_order_of_requests_and_the_window_is_kept() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let (open, most) = (Cell::new(0_usize), Cell::new(0_usize));
        let outcomes = runtime.block_on(side_by_side((0..100_usize).collect(), 7, |number| {
            let (open, most) = (&open, &most);
            async move {
                open.set(open.get() + 1);
                most.set(most.get().max(open.get()));
                for _ in 0..number % 5 {
                    tokio::task::yield_now().await;
                }
                open.set(open.get() - 1);
                number
            }
        }));
        assert_eq!(outcomes, (0..100).collect::<Vec<_>>());
        assert_eq!(most.get(), 7);
        assert!(
            runtime.block_on(side_by_side(Vec::<u8>::new(), 0, |n| async move { n })).is_empty()
        );
    }

    #[test]
    fn one_that_holds_what_another_waits_for_goes_on() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let lock = tokio::sync::Mutex::new(());
        let outcomes = runtime.block_on(side_by_side((0..20_u32).collect(), 4, |number| {
            let lock = &lock;
            async move {
                if number % 2 == 0 {
                    tokio::task::yield_now().await;
                }
                let _held = lock.lock().await;
                tokio::task::yield_now().await;
                number
            }
        }));
        assert_eq!(outcomes.len(), 20);
    }
}
