//! Answers what verification asks: key documents, status lists, the register. From the own store,
//! from a directory of files, from the guarded outside, or from several of these in layers.
//!
//! Sources fetch; they do not judge. `did:key` needs no source: the examiner reads it by itself.

#[cfg(feature = "network")]
mod address;
#[cfg(feature = "network")]
mod breaker;
mod bundle;
#[cfg(feature = "network")]
mod cache;
#[cfg(feature = "network")]
mod did_web;
mod directory;
#[cfg(feature = "network")]
mod flight;
#[cfg(feature = "network")]
mod guard;
mod layered;
#[cfg(feature = "network")]
mod lifetime;
#[cfg(feature = "network")]
mod network;
#[cfg(feature = "service")]
mod own;
mod patience;
mod recognised;
mod shared;

pub use bundle::{Bundle, BundleError, Gathering, MAX_BUNDLE_BYTES, Part, PartRole};
pub use directory::{DirectoryError, DirectorySources, file_name};
#[cfg(feature = "network")]
pub use guard::{Exempt, Lookup};
pub use layered::Layered;
#[cfg(feature = "network")]
pub use network::{NetworkLimits, NetworkSources};
#[cfg(feature = "service")]
pub use own::{KeyDocuments, StoreSources};
pub use patience::Patience;
pub use recognised::RecognisedIssuers;
pub use shared::SharedSources;

use crate::model::Timestamp;
use std::sync::Arc;

/// Tells the present moment; the composition root hands in its clock.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;
