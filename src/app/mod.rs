//! Composition root: configuration in, running service out. The only room that names concrete
//! stores and key providers.

mod clients;
mod conformance;
pub mod demo;
mod error;
mod house;
mod keys;
mod mail;
mod secrets;
mod server;
mod succession;

pub use crate::keys::TestKeys;
pub use clients::{create_client, revoke_client};
pub use error::AppError;
pub use house::{House, installation, open_store, run};
pub use keys::{add_key, rotate_service_key};
pub use mail::greet_relay;
pub use secrets::prepare;
pub use server::{App, listen};
pub use succession::{KeyTrust, adopt, bundle_institution};
