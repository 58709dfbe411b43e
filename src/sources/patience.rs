//! Sources for one examination, which together go outward for so long and no longer. Whoever hands
//! in a document chooses how many addresses it leads to and how slowly each of them answers.
//!
//! Not a limit of one question: that is the network's own.

use crate::verification::{Fetched, Keeper, Recognition, RegisterEntry, SourceError, Sources};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Sources that are not asked any more once their time is over.
pub struct Patience {
    inner: Arc<dyn Sources>,
    until: Instant,
}

impl std::fmt::Debug for Patience {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Patience")
    }
}

impl Patience {
    /// Asks these sources for so long from now on.
    pub fn new(inner: Arc<dyn Sources>, time: Duration) -> Self {
        Self { inner, until: Instant::now() + time }
    }

    fn within(
        &self,
        ask: impl FnOnce() -> Result<Fetched, SourceError>,
    ) -> Result<Fetched, SourceError> {
        if Instant::now() < self.until {
            return ask();
        }
        let detail = "the time for everything that this document leads to is over";
        Err(SourceError::Unreachable { detail: detail.to_owned() })
    }
}

impl Sources for Patience {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        self.within(|| self.inner.key_document(url))
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        self.within(|| self.inner.status_list(url))
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
