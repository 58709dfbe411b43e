//! What the desk is made of and how it is set.

use super::HolderSecret;
use crate::clock::Clock;
use crate::ids::IdGenerator;
use crate::keys::KeyProvider;
use crate::model::TokenAlgorithm;
use crate::profile::Installation;
use crate::store::Store;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What the desk is made of.
pub struct DeskParts {
    /// Where everything is recorded.
    pub store: Arc<dyn Store>,
    /// Where signers come from.
    pub keys: Arc<dyn KeyProvider>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identifiers, salts and draws.
    pub ids: Arc<dyn IdGenerator>,
    /// The addresses.
    pub installation: Installation,
    /// For hashing holders; the same for the life of the installation.
    pub holder_secret: HolderSecret,
    /// How it is set.
    pub settings: DeskSettings,
}

impl fmt::Debug for DeskParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeskParts({}, {:?})", self.installation.base_url, self.settings)
    }
}

/// How the desk is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeskSettings {
    /// Entries of a new status list; at least 131,072, a multiple of 8.
    pub list_entries: u32,
    /// For how long a signed list may be used, in seconds: the bound on how stale a status can be.
    pub list_validity: i64,
    /// A list is signed again when it has less than this left, in seconds.
    pub list_margin: i64,
    /// For how long a reader may keep a list, in milliseconds (`ttl`).
    pub list_ttl: u64,
    /// Changes of status within this window share one signature.
    pub coalescing: Duration,
    /// How often the publisher looks for lists that must be signed.
    pub publisher_interval: Duration,
    /// What signs `vc+jwt` renditions (decision D6).
    pub vc_jwt: TokenAlgorithm,
    /// What signs Open Badges JWT renditions; not EdDSA, which their validators refuse.
    pub ob3_jwt: TokenAlgorithm,
    /// Whether mail is sent; without, none is queued.
    pub mail: bool,
    /// Mails about concerns that one issuer gets in an hour; the reports themselves are all kept.
    pub concern_mails: u32,
}

impl Default for DeskSettings {
    fn default() -> Self {
        Self {
            list_entries: crate::status::MINIMUM_ENTRIES,
            list_validity: 24 * 3600,
            list_margin: 12 * 3600,
            list_ttl: 5 * 60 * 1000,
            coalescing: Duration::from_millis(20),
            publisher_interval: Duration::from_secs(5),
            vc_jwt: TokenAlgorithm::Es256,
            ob3_jwt: TokenAlgorithm::Es256,
            mail: false,
            concern_mails: 10,
        }
    }
}
