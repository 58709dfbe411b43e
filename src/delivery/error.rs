//! What can go wrong before a relay is spoken to. Never an address, never a password.

/// Why mail cannot be delivered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// (operator) The sender of the configuration is no address.
    #[error("mail.from_address is no e-mail address")]
    Sender,
    /// (operator) The authorities of `mail.ca_file` are no certificates.
    #[error("mail.ca_file holds no certificate that can be read: {0}")]
    Authorities(String),
    /// (operator) Nothing says where the relay is.
    #[error("mail.host is missing")]
    NoRelay,
    /// (ours) The mail could not be put together.
    #[error("a mail could not be written: {0}")]
    Message(String),
}
