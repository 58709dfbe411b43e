//! What was queued before mail was switched off: nobody sends it, and its sealed addresses are not
//! kept longer than those of mail that is tried in vain. It deliberately sends nothing and opens no
//! address; whoever switches mail on again in time finds the rest of the queue.

use crate::clock::Clock;
use crate::store::{MailOutcome, Origin, Store, StoreError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often it is looked for.
const LOOK: Duration = Duration::from_secs(600);
/// So many are looked at; nothing is added while mail is off.
const MOST: usize = 100_000;

/// Cancels mail that was asked for longer ago than this, in seconds; says how many.
pub async fn cancel_leftovers(
    store: &dyn Store,
    clock: &dyn Clock,
    give_up: i64,
) -> Result<usize, StoreError> {
    let now = clock.now();
    let mut cancelled = 0;
    for mail in store.due_mail(now.plus_seconds(i64::MAX), MOST)? {
        if mail.created.plus_seconds(give_up) > now {
            continue;
        }
        let origin = Origin { actor: "service".to_owned(), request_id: None, from: None, at: now };
        match store.mail_attempted(mail.id, MailOutcome::Cancelled, origin).await {
            Ok(_) => cancelled += 1,
            // Erased meanwhile; or damaged, which keeps no other from going.
            Err(StoreError::NotFound(_) | StoreError::Conflict(_)) => {}
            Err(error @ StoreError::Corrupt { .. }) => {
                tracing::error!(target: "bewijs::mail", mail = %mail.id, %error, "not cancelled");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(cancelled)
}

/// Does so at the start and from time to time, until it is told to stop.
pub async fn let_go(
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    give_up: i64,
    mut stopped: watch::Receiver<bool>,
) {
    while !*stopped.borrow() {
        match cancel_leftovers(store.as_ref(), clock.as_ref(), give_up).await {
            Ok(0) => {}
            Ok(cancelled) => {
                tracing::warn!(target: "bewijs::mail", cancelled, "mail is off: the queue is cancelled");
            }
            Err(error) => {
                tracing::error!(target: "bewijs::mail", %error, "the queue cannot be cancelled");
            }
        }
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}
