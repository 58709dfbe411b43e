//! Several sources, asked in order.

use crate::verification::{Fetched, Keeper, Recognition, RegisterEntry, SourceError, Sources};
use std::sync::Arc;

/// Asks one source after the other; the first that does not answer
/// [`SourceError::Deferred`] decides.
pub struct Layered(Vec<Arc<dyn Sources>>);

impl Layered {
    /// These sources, in this order.
    pub fn new(sources: Vec<Arc<dyn Sources>>) -> Self {
        Self(sources)
    }

    fn first(
        &self,
        ask: impl Fn(&dyn Sources) -> Result<Fetched, SourceError>,
    ) -> Result<Fetched, SourceError> {
        for source in &self.0 {
            match ask(&**source) {
                Err(SourceError::Deferred) => {}
                answer => return answer,
            }
        }
        Err(SourceError::Deferred)
    }
}

impl std::fmt::Debug for Layered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Layered({} sources)", self.0.len())
    }
}

impl Sources for Layered {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        self.first(|source| source.key_document(url))
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        self.first(|source| source.status_list(url))
    }

    fn register(&self, credential: &str) -> Option<RegisterEntry> {
        self.0.iter().find_map(|source| source.register(credential))
    }

    fn rendition(&self, credential: &str, sha256: &str) -> bool {
        self.0.iter().any(|source| source.rendition(credential, sha256))
    }

    fn keeper(&self, issuer: &str) -> Option<Keeper> {
        self.0.iter().find_map(|source| source.keeper(issuer))
    }

    fn recognised(&self, issuer: &str) -> Vec<Recognition> {
        self.0.iter().flat_map(|source| source.recognised(issuer)).collect()
    }

    fn endorsements(&self, target: &str) -> Vec<Arc<[u8]>> {
        self.0.iter().flat_map(|source| source.endorsements(target)).collect()
    }
}
