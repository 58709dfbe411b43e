//! Canonical bytes: strict JSON, JCS (RFC 8785), JSON-LD 1.1 to RDF in safe mode, RDFC-1.0.
//!
//! Right or refused, never wrong: whatever JSON-LD processing would drop or leave relative is an
//! error with a JSON Pointer. No network, no clock, no keys; contexts are bundled by digest.
//!
//! A document goes through `set` (its contexts, compiled once) and `convert` (to quads) to `rdfc`
//! (labels, sorted lines).

pub mod bundled;
pub mod compiled;
mod compiled_check;
mod context;
mod convert;
mod dataset;
mod error;
mod iri;
pub mod jcs;
pub mod json;
mod lists;
mod literal;
mod members;
mod n_degree;
pub mod nquads;
mod pointer;
mod processing;
mod rdfc;
mod set;
mod spelling;
mod values;

pub use error::{CanonError, Fault};
pub use iri::is_absolute;
pub use rdfc::HashAlgorithm;
pub use set::{Canonical, ContextSet, View};
pub use spelling::spells_a_term;
