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
    /// Past its time: to ask whether it still holds, and for when asking fails.
    Kept(Held),
}

/// An answer past its time.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) fetched: Fetched,
    pub(super) validators: Validators,
    /// May be given, with its age, when nothing newer can be had.
    pub(super) may_be_stale: bool,
}

/// What an answer says to ask by whether it still holds (RFC 9110, section 8.8).
#[derive(Clone, Default)]
pub(super) struct Validators {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

impl Validators {
    pub(super) fn any(&self) -> bool {
        self.etag.is_some() || self.last_modified.is_some()
    }
}

#[derive(Clone)]
struct Entry {
    answer: Result<Fetched, SourceError>,
    validators: Validators,
    may_be_stale: bool,
    fresh_until: Timestamp,
    kept_until: Timestamp,
}

/// Bytes that all answers and their addresses together may take. Whoever hands in documents chooses
/// what is asked, and may answer it as well.
const MAX_BYTES: usize = 64 * 1_048_576;

/// A bounded map from address to answer.
pub(super) struct Cache {
    max: usize,
    entries: Mutex<HashMap<String, Entry>>,
}

impl Entry {
    fn size(&self, url: &str) -> usize {
        url.len() + self.answer.as_ref().map_or(0, |fetched| fetched.bytes.len())
    }
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
        let Entry { answer, validators, may_be_stale, kept_until, .. } = entry;
        let fetched = answer.ok().filter(|_| now < kept_until)?;
        Some(Freshness::Kept(Held { fetched, validators, may_be_stale }))
    }

    pub(super) fn keep(
        &self,
        url: &str,
        held: &Held,
        now: Timestamp,
        ttl: Duration,
        stale: Duration,
    ) {
        let fresh_until = after(now, ttl);
        let kept_until = after(fresh_until, stale);
        let Held { fetched, validators, may_be_stale } = held.clone();
        let answer = Ok(fetched);
        self.insert(url, Entry { answer, validators, may_be_stale, fresh_until, kept_until });
    }

    pub(super) fn forget(&self, url: &str) {
        self.entries().remove(url);
    }

    pub(super) fn keep_failure(
        &self,
        url: &str,
        error: &SourceError,
        now: Timestamp,
        ttl: Duration,
    ) {
        let until = after(now, ttl);
        let entry = Entry {
            answer: Err(error.clone()),
            validators: Validators::default(),
            may_be_stale: false,
            fresh_until: until,
            kept_until: until,
        };
        self.insert(url, entry);
    }

    /// When full, the entries that end first make room.
    fn insert(&self, url: &str, entry: Entry) {
        let mut entries = self.entries();
        entries.remove(url);
        let mut bytes: usize = entries.iter().map(|(url, entry)| entry.size(url)).sum();
        bytes = bytes.saturating_add(entry.size(url));
        while entries.len() >= self.max || bytes > MAX_BYTES {
            let oldest = entries.iter().min_by_key(|(_, entry)| entry.kept_until);
            let Some(oldest) = oldest.map(|(url, _)| url.clone()) else { break };
            let size = entries.remove(&oldest).map_or(0, |entry| entry.size(&oldest));
            bytes = bytes.saturating_sub(size);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_together_take_no_more_than_their_bytes() {
        let now = Timestamp::from_unix(1_770_000_000).expect("a moment");
        let cache = Cache::new(256);
        let bytes: std::sync::Arc<[u8]> = vec![0; 4 * 1_048_576].into();
        for number in 0..40 {
            let fetched =
                Fetched { bytes: bytes.clone(), media_type: None, fetched_at: now, stale: false };
            let held = Held { fetched, validators: Validators::default(), may_be_stale: true };
            let ttl = Duration::from_secs(60 + number);
            cache.keep(&format!("https://a.example/{number}"), &held, now, ttl, ttl);
        }
        let kept =
            (0..40).filter(|n| cache.look_up(&format!("https://a.example/{n}"), now).is_some());
        let kept: Vec<u64> = kept.collect();
        assert_eq!(kept, (25..40).collect::<Vec<u64>>(), "the last ones, within the bytes");
    }
}
