//! Canonical bytes: JCS, JSON-LD to RDF in safe mode, RDFC-1.0, bundled contexts.
