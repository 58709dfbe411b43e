//! Answers what verification asks: key documents, status lists, the register. From the own store,
//! from a directory of files, from the guarded outside, or from several of these in layers.
//!
//! Sources fetch; they do not judge. `did:key` needs no source: the examiner reads it by itself.

mod address;
mod breaker;
mod bundle;
mod cache;
mod did_web;
mod directory;
mod flight;
mod guard;
mod layered;
mod lifetime;
mod network;
mod own;
mod recognised;

pub use bundle::{Bundle, BundleError, Gathering, MAX_BUNDLE_BYTES, Part, PartRole};
pub use directory::{DirectoryError, DirectorySources, file_name};
pub use guard::{Exempt, Lookup};
pub use layered::Layered;
pub use network::{NetworkLimits, NetworkSources};
pub use own::{KeyDocuments, StoreSources};
pub use recognised::RecognisedIssuers;

use crate::model::Timestamp;
use std::sync::Arc;

/// Tells the present moment; the composition root hands in its clock.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;
