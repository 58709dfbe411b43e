//! What can go wrong with keys. No message holds a secret.

use std::path::PathBuf;

/// Why a key cannot be had. All are the operator's to mend, except [`KeyError::Provider`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No file for this key.
    #[error("the vault does not hold key {thumbprint}")]
    Missing {
        /// The key.
        thumbprint: String,
    },
    /// The key is retired or compromised: it signs no more.
    #[error("key {thumbprint} is retired or compromised and signs no more")]
    NotActive {
        /// The key.
        thumbprint: String,
    },
    /// A marked example key where real ones are wanted.
    #[error("key {thumbprint} is a marked example key: everybody has it")]
    TestKey {
        /// The key.
        thumbprint: String,
    },
    /// Others on this machine can read it.
    #[error("{} can be read or changed by others (mode {mode:o}): chmod go-rwx it", .path.display())]
    Permissions {
        /// The file or directory.
        path: PathBuf,
        /// Its mode bits.
        mode: u32,
    },
    /// The passphrase or key file is not the right one, or the file was tampered with.
    #[error("{} does not open: wrong passphrase or key file, or it was changed", .path.display())]
    Sealed {
        /// The file.
        path: PathBuf,
    },
    /// Not a key of this vault's format.
    #[error("{} is not a key file of this version: {detail}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// The secret is not that of the record's public key.
    #[error("the vault's key {thumbprint} is not the one on record")]
    Mismatch {
        /// The key.
        thumbprint: String,
    },
    /// The unlocking key file is not 32 bytes.
    #[error("{} must hold 32 random bytes, or 64 hexadecimal digits", .path.display())]
    UnlockFile {
        /// The file.
        path: PathBuf,
    },
    /// The passphrase is empty.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// The file system said no.
    #[error("{}: {cause}", .path.display())]
    Storage {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// The cryptographic library refused, which it should not.
    #[error("the cryptographic library refused to {0}")]
    Provider(&'static str),
}

impl KeyError {
    pub(super) fn storage(path: &std::path::Path, cause: &std::io::Error) -> Self {
        Self::Storage { path: path.to_owned(), cause: cause.to_string() }
    }
}
