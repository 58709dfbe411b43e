//! `bewijs` issues, records and verifies microcredentials and certificates of prior learning as
//! Open Badges 3.0, which are W3C Verifiable Credentials 2.0.

#[cfg(feature = "service")]
pub mod app;
pub mod baked;
pub mod canon;
#[cfg(feature = "service")]
pub mod cli;
pub mod clock;
#[cfg(feature = "service")]
pub mod config;
pub mod encoding;
#[cfg(feature = "service")]
pub mod http;
#[cfg(feature = "service")]
pub mod ids;
#[cfg(feature = "service")]
pub mod issuance;
#[cfg(feature = "service")]
pub mod keys;
pub mod model;
pub mod profile;
pub mod proof;
pub mod sources;
pub mod status;
#[cfg(feature = "service")]
pub mod store;
#[cfg(feature = "service")]
pub mod telemetry;
#[cfg(feature = "service")]
pub mod texts;
pub mod verification;
