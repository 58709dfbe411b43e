//! Answers kept for as long as they said, and beyond that for when nothing newer can be had.

use crate::model::Timestamp;
use crate::verification::{Fetched, SourceError};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the cache has for an address.
pub(super) enum Freshness {
    /// To be used as it is.
    Fresh(Result<Fetched, SourceError>),
    /// Past its time: only when asking again fails.
    Kept(Fetched),
}

#[derive(Clone)]
struct Entry {
    answer: Result<Fetched, SourceError>,
    fresh_until: Timestamp,
    kept_until: Timestamp,
}

/// A bounded map from address to answer.
pub(super) struct Cache {
    max: usize,
    entries: Mutex<HashMap<String, Entry>>,
}

impl Cache {
    pub(super) fn new(max: usize) -> Self {
        Self { max, entries: Mutex::new(HashMap::new()) }
    }

    pub(super) fn look_up(&self, url: &str, now: Timestamp) -> Option<Freshness> {
        let entry = self.entries().get(url)?.clone();
        // A clock that was set back must not make an answer last longer.
        let from_future = entry.answer.as_ref().is_ok_and(|fetched| fetched.fetched_at > now);
        if now < entry.fresh_until && !from_future {
            return Some(Freshness::Fresh(entry.answer));
        }
        entry.answer.ok().filter(|_| now < entry.kept_until).map(Freshness::Kept)
    }

    pub(super) fn keep(
        &self,
        url: &str,
        answer: &Fetched,
        now: Timestamp,
        ttl: Duration,
        stale: Duration,
    ) {
        let fresh_until = after(now, ttl);
        let kept_until = after(fresh_until, stale);
        self.insert(url, Entry { answer: Ok(answer.clone()), fresh_until, kept_until });
    }

    pub(super) fn keep_failure(
        &self,
        url: &str,
        error: &SourceError,
        now: Timestamp,
        ttl: Duration,
    ) {
        let until = after(now, ttl);
        let entry = Entry { answer: Err(error.clone()), fresh_until: until, kept_until: until };
        self.insert(url, entry);
    }

    /// When full, the entry that ends first makes room.
    fn insert(&self, url: &str, entry: Entry) {
        let mut entries = self.entries();
        if entries.len() >= self.max && !entries.contains_key(url) {
            let oldest =
                entries.iter().min_by_key(|(_, e)| e.kept_until).map(|(url, _)| url.clone());
            if let Some(oldest) = oldest {
                entries.remove(&oldest);
            }
        }
        entries.insert(url.to_owned(), entry);
    }

    /// Every write is whole, so that a panic elsewhere leaves nothing half done.
    fn entries(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn after(moment: Timestamp, duration: Duration) -> Timestamp {
    moment.plus_seconds(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX))
}
