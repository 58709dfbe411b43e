//! Canonical bytes: strict JSON, JCS (RFC 8785), JSON-LD 1.1 to RDF in safe mode, RDFC-1.0.
//!
//! Right or refused, never wrong: whatever JSON-LD processing would drop or leave relative is an
//! error with a JSON Pointer. No network, no clock, no keys; contexts are bundled by digest.

pub mod bundled;
pub mod jcs;
pub mod json;
mod pointer;
