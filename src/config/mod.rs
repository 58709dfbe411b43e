//! Configuration: documented structs, unknown keys refused, secrets by path.
//!
//! Reads one TOML file and two environment variables that say where the secret that unlocks the
//! keys is. Opens nothing else and never reads a secret; that is for the vault.

mod concerns;
mod error;
mod file;
mod mail;
mod network;
mod pages;
mod public_url;
mod recognition;

pub use concerns::Concerns;
pub use error::ConfigError;
pub use file::{
    Config, Conformance, Keys, Limits, Log, LogFormat, Outward, Recognition, Rules, StatusLists,
    Tokens, Unlocking, VAR_KEY_FILE, VAR_PASSPHRASE_FILE,
};
pub use mail::{Mail, MailTls};
pub use network::{Network, NetworkError};
pub use pages::Pages;
pub use public_url::{PublicUrl, PublicUrlError};
pub use recognition::{RecognisedIssuer, RecognisedPeriod};
