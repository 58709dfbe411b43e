//! `bewijs` issues, records and verifies microcredentials and certificates of prior learning as
//! Open Badges 3.0, which are W3C Verifiable Credentials 2.0.

pub mod model;
pub mod clock;
pub mod ids;
pub mod encoding;
pub mod canon;
pub mod proof;
pub mod status;
pub mod profile;
pub mod keys;
pub mod store;
pub mod issuance;
pub mod verification;
pub mod sources;
pub mod texts;
pub mod config;
pub mod telemetry;
pub mod http;
pub mod app;
pub mod cli;
