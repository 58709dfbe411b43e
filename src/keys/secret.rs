//! What unlocks the vault: a passphrase or a key file. It turns either into an AES-256 key.

use super::KeyError;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use zeroize::{Zeroize, Zeroizing};

/// A text that is wiped when dropped and never shown.
#[derive(Clone)]
pub struct SecretString(Zeroizing<String>);

impl SecretString {
    /// Takes the text over.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text. Do not keep a copy.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SecretString {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretString(..)")
    }
}

/// What opens the vault.
#[derive(Clone, Debug)]
pub enum Unlock {
    /// A passphrase; slow to try on purpose (Argon2id).
    Passphrase(SecretString),
    /// A file of 32 random bytes (or 64 hexadecimal digits) that only its owner can read.
    KeyFile(PathBuf),
}

/// How a file's key was derived; stands in the file and is part of what is authenticated.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Derivation {
    /// Argon2id version 1.3 of a passphrase.
    Argon2id {
        /// KiB of memory.
        memory: u32,
        /// Passes.
        passes: u32,
        /// Lanes.
        lanes: u32,
        /// Hexadecimal, 16 bytes.
        salt: String,
    },
    /// The key file's 32 bytes as they are.
    KeyFile,
}

/// RFC 9106, second recommended option.
const MEMORY: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 4;
/// A file must not make us work without end.
const MOST_MEMORY: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 16;
const MOST_LANES: u32 = 16;

pub(super) type SealingKey = Zeroizing<[u8; 32]>;

impl Derivation {
    /// Fresh parameters for new files.
    pub(super) fn fresh(unlock: &Unlock) -> Result<Self, KeyError> {
        match unlock {
            Unlock::KeyFile(_) => Ok(Self::KeyFile),
            Unlock::Passphrase(_) => {
                let mut salt = [0; 16];
                aws_lc_rs::rand::fill(&mut salt)
                    .map_err(|_| KeyError::Provider("draw random bytes"))?;
                Ok(Self::Argon2id {
                    memory: MEMORY,
                    passes: PASSES,
                    lanes: LANES,
                    salt: super::file::hex(&salt),
                })
            }
        }
    }

    /// The AES-256 key for files with these parameters.
    pub(super) fn derive(&self, unlock: &Unlock, path: &Path) -> Result<SealingKey, KeyError> {
        match (self, unlock) {
            (Self::KeyFile, Unlock::KeyFile(file)) => read_key_file(file),
            (Self::Argon2id { memory, passes, lanes, salt }, Unlock::Passphrase(passphrase)) => {
                if passphrase.expose().is_empty() {
                    return Err(KeyError::EmptyPassphrase);
                }
                let malformed = |detail| KeyError::Malformed { path: path.to_owned(), detail };
                if *memory > MOST_MEMORY || *passes > MOST_PASSES || *lanes > MOST_LANES {
                    return Err(malformed("its derivation costs too much"));
                }
                let salt = super::file::unhex(salt)
                    .filter(|salt| salt.len() == 16)
                    .ok_or_else(|| malformed("its salt is not 16 bytes"))?;
                let params = Params::new(*memory, *passes, *lanes, Some(32))
                    .map_err(|_| malformed("its derivation parameters are out of range"))?;
                let mut blocks = vec![Block::default(); params.block_count()];
                let mut key = Zeroizing::new([0; 32]);
                let outcome = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                    .hash_password_into_with_memory(
                        passphrase.expose().as_bytes(),
                        &salt,
                        key.as_mut_slice(),
                        &mut blocks,
                    );
                blocks.iter_mut().for_each(Zeroize::zeroize);
                outcome.map_err(|_| malformed("its derivation parameters are out of range"))?;
                Ok(key)
            }
            _ => Err(KeyError::Sealed { path: path.to_owned() }),
        }
    }
}

fn read_key_file(path: &Path) -> Result<SealingKey, KeyError> {
    super::file::check_private(path)?;
    let bytes =
        Zeroizing::new(std::fs::read(path).map_err(|error| KeyError::storage(path, &error))?);
    let mut key = Zeroizing::new([0; 32]);
    if bytes.len() == 32 {
        key.copy_from_slice(&bytes);
        return Ok(key);
    }
    let refused = || KeyError::UnlockFile { path: path.to_owned() };
    let text = std::str::from_utf8(&bytes).map_err(|_| refused())?.trim_end();
    let decoded = Zeroizing::new(super::file::unhex(text).ok_or_else(refused)?);
    if decoded.len() != 32 {
        return Err(refused());
    }
    key.copy_from_slice(&decoded);
    Ok(key)
}
