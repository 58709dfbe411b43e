//! One answer to each question, for many examinations: a batch is judged by one set of documents,
//! and asks nobody twice. Unlike a cache it has no time: what was answered first stays the answer
//! for as long as this lives, which is one batch.

use crate::verification::{Fetched, Keeper, Recognition, RegisterEntry, SourceError, Sources};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of answers and addresses that are held at most; what comes after is asked each time.
const MOST_BYTES: usize = 32 * 1_048_576;
const MOST_ANSWERS: usize = 4_096;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Question {
    KeyDocument,
    StatusList,
}

#[derive(Default)]
struct Known {
    answers: HashMap<(Question, String), Result<Fetched, SourceError>>,
    bytes: usize,
}

/// Sources that answer a question as they did the first time.
pub struct SharedSources {
    inner: Arc<dyn Sources>,
    known: Mutex<Known>,
}

impl std::fmt::Debug for SharedSources {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SharedSources")
    }
}

impl SharedSources {
    /// Asks these sources, each question once.
    pub fn new(inner: Arc<dyn Sources>) -> Self {
        Self { inner, known: Mutex::default() }
    }

    /// Two who ask the same at the same time may both ask, but both get the first answer.
    fn once(
        &self,
        question: Question,
        url: &str,
        ask: impl FnOnce() -> Result<Fetched, SourceError>,
    ) -> Result<Fetched, SourceError> {
        let key = (question, url.to_owned());
        let known = |known: &Known| known.answers.get(&key).cloned();
        if let Some(answer) = known(&self.known.lock().unwrap_or_else(PoisonError::into_inner)) {
            return answer;
        }
        let answer = ask();
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = known(&all) {
            return answer;
        }
        let size = url.len() + answer.as_ref().map_or(0, |fetched| fetched.bytes.len());
        if all.answers.len() < MOST_ANSWERS && all.bytes.saturating_add(size) <= MOST_BYTES {
            all.bytes += size;
            all.answers.insert(key, answer.clone());
        }
        answer
    }
}

impl Sources for SharedSources {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        self.once(Question::KeyDocument, url, || self.inner.key_document(url))
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        self.once(Question::StatusList, url, || self.inner.status_list(url))
    }

    fn register(&self, credential: &str) -> Option<RegisterEntry> {
        self.inner.register(credential)
    }

    fn rendition(&self, credential: &str, sha256: &str) -> bool {
        self.inner.rendition(credential, sha256)
    }

    fn keeper(&self, issuer: &str) -> Option<Keeper> {
        self.inner.keeper(issuer)
    }

    fn recognised(&self, issuer: &str) -> Vec<Recognition> {
        self.inner.recognised(issuer)
    }

    fn endorsements(&self, target: &str) -> Vec<Arc<[u8]>> {
        self.inner.endorsements(target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    struct Counting(AtomicUsize);

    impl Sources for Counting {
        fn key_document(&self, _url: &str) -> Result<Fetched, SourceError> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Err(SourceError::Deferred)
        }

        fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
            let asked = self.0.fetch_add(1, Ordering::Relaxed);
            let detail = format!("{url} {asked}");
            Err(SourceError::Unreachable { detail })
        }

        fn register(&self, _credential: &str) -> Option<RegisterEntry> {
            None
        }

        fn recognised(&self, _issuer: &str) -> Vec<Recognition> {
            Vec::new()
        }
    }

    #[test]
    fn nobody_is_asked_twice_and_a_failure_stays_one() {
        let counting = Arc::new(Counting(AtomicUsize::new(0)));
        let shared = SharedSources::new(Arc::clone(&counting) as Arc<dyn Sources>);
        let first = shared.status_list("https://a.example/1");
        assert_eq!(shared.status_list("https://a.example/1"), first);
        assert_ne!(shared.status_list("https://a.example/2"), first);
        // The same address as a key document is another question.
        assert_eq!(shared.key_document("https://a.example/1"), Err(SourceError::Deferred));
        assert_eq!(shared.key_document("https://a.example/1"), Err(SourceError::Deferred));
        assert_eq!(counting.0.load(Ordering::Relaxed), 3);
        for number in 0..MOST_ANSWERS {
            let _ = shared.key_document(&number.to_string());
        }
        let before = counting.0.load(Ordering::Relaxed);
        let _ = shared.key_document("one too many");
        let _ = shared.key_document("one too many");
        assert_eq!(counting.0.load(Ordering::Relaxed), before + 2, "what is full grows no more");
    }
}
