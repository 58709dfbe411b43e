//! `bewijs` issues, records and verifies microcredentials and certificates of prior learning as
//! Open Badges 3.0, which are W3C Verifiable Credentials 2.0.

pub mod app;
pub mod baked;
pub mod canon;
pub mod cli;
pub mod clock;
pub mod config;
pub mod encoding;
pub mod http;
pub mod ids;
pub mod issuance;
pub mod keys;
pub mod model;
pub mod profile;
pub mod proof;
pub mod sources;
pub mod status;
pub mod store;
pub mod telemetry;
pub mod texts;
pub mod verification;
