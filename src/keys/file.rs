//! One key in one file: a readable header, and the secret under AES-256-GCM.
//!
//! Everything in the header is authenticated with the secret, the example mark too: taking the
//! mark off an example key leaves a file that does not open.

use super::KeyError;
use super::secret::{Derivation, SealingKey};
use crate::model::{KeyAlgorithm, Slug, Timestamp};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The format this build writes and the only one it reads.
const FORMAT: &str = "bewijs-key/1";
/// No key file is near this large.
const MOST_BYTES: u64 = 64 * 1024;

/// A key file as it stands on disk.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyFile {
    format: String,
    /// `true` for example keys.
    pub(super) test: bool,
    pub(super) issuer: Slug,
    /// For what it is, when it is no issuer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) purpose: Option<Purpose>,
    pub(super) thumbprint: String,
    pub(super) algorithm: KeyAlgorithm,
    pub(super) created: Timestamp,
    pub(super) derivation: Derivation,
    cipher: String,
    nonce: String,
    secret: String,
}

/// What a key that is no issuer's is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Purpose {
    /// The service's own tokens and statements.
    Service,
}

/// What a key file says before it is opened.
pub(super) struct KeyFacts {
    pub(super) test: bool,
    pub(super) issuer: Slug,
    pub(super) purpose: Option<Purpose>,
    pub(super) thumbprint: String,
    pub(super) algorithm: KeyAlgorithm,
    pub(super) created: Timestamp,
}

impl KeyFile {
    /// Seals a secret.
    pub(super) fn seal(
        facts: KeyFacts,
        derivation: Derivation,
        key: &SealingKey,
        secret: &[u8],
    ) -> Result<Self, KeyError> {
        let refused = |_| KeyError::Provider("seal a key");
        let mut nonce = [0; NONCE_LEN];
        aws_lc_rs::rand::fill(&mut nonce).map_err(refused)?;
        let mut file = Self {
            format: FORMAT.to_owned(),
            test: facts.test,
            issuer: facts.issuer,
            purpose: facts.purpose,
            thumbprint: facts.thumbprint,
            algorithm: facts.algorithm,
            created: facts.created,
            derivation,
            cipher: "aes-256-gcm".to_owned(),
            nonce: hex(&nonce),
            secret: String::new(),
        };
        // Sealing happens in place, so the plain copy is overwritten; Zeroizing covers errors.
        let mut sealed = Zeroizing::new(Vec::with_capacity(secret.len() + 16));
        sealed.extend_from_slice(secret);
        cipher(key)?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(file.header()),
                &mut *sealed,
            )
            .map_err(refused)?;
        file.secret = hex(&sealed);
        Ok(file)
    }

    /// Opens it. A wrong key and a changed file look the same, on purpose of the cipher.
    pub(super) fn open(
        &self,
        key: &SealingKey,
        path: &Path,
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let malformed = |detail| KeyError::Malformed { path: path.to_owned(), detail };
        let nonce: [u8; NONCE_LEN] = unhex(&self.nonce)
            .and_then(|nonce| nonce.try_into().ok())
            .ok_or_else(|| malformed("its nonce is not 12 bytes"))?;
        let mut bytes = Zeroizing::new(
            unhex(&self.secret).ok_or_else(|| malformed("its secret is not hexadecimal"))?,
        );
        let length = cipher(key)?
            .open_in_place(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(self.header()),
                &mut bytes,
            )
            .map_err(|_| KeyError::Sealed { path: path.to_owned() })?
            .len();
        bytes.truncate(length);
        Ok(bytes)
    }

    /// Reads a file without opening it.
    pub(super) fn read(path: &Path) -> Result<Self, KeyError> {
        let storage = |error| KeyError::storage(path, &error);
        let malformed = |detail| KeyError::Malformed { path: path.to_owned(), detail };
        if fs::metadata(path).map_err(storage)?.len() > MOST_BYTES {
            return Err(malformed("it is too long"));
        }
        let bytes = fs::read(path).map_err(storage)?;
        let file: Self =
            serde_json::from_slice(&bytes).map_err(|_| malformed("it does not read"))?;
        if file.format != FORMAT || file.cipher != "aes-256-gcm" {
            return Err(malformed("its format or cipher is unknown"));
        }
        if path.file_name().and_then(|name| name.to_str()) != Some(&file_name(&file.thumbprint)) {
            return Err(malformed("its name is not that of its key"));
        }
        Ok(file)
    }

    /// Writes it durably into the directory; an existing file is never overwritten.
    pub(super) fn write(&self, directory: &Path) -> Result<PathBuf, KeyError> {
        let path = directory.join(file_name(&self.thumbprint));
        let fresh = directory.join(format!(".{}.new", self.thumbprint));
        let mut text = serde_json::to_vec_pretty(self)
            .map_err(|_| KeyError::Malformed { path: path.clone(), detail: "it does not write" })?;
        text.push(b'\n');
        let outcome = (|| {
            let mut file = private_options().create_new(true).write(true).open(&fresh)?;
            file.write_all(&text)?;
            file.sync_all()?;
            // A hard link fails where a rename would overwrite.
            fs::hard_link(&fresh, &path)?;
            fs::remove_file(&fresh)?;
            File::open(directory)?.sync_all()
        })();
        outcome.map_err(|error| KeyError::storage(&path, &error))?;
        Ok(path)
    }

    /// Every fact of the header, one a line, none of which can hold a line break.
    fn header(&self) -> Vec<u8> {
        let mut text = String::new();
        let mark = if self.test { "test" } else { "production" };
        for line in [FORMAT, mark, self.issuer.as_str(), &self.thumbprint] {
            let _ = writeln!(text, "{}:{line}", line.len());
        }
        let shown = serde_json::json!([self.algorithm, self.created, self.derivation]);
        let _ = writeln!(text, "{shown}");
        if let Some(purpose) = self.purpose {
            let _ = writeln!(text, "{}", serde_json::json!(purpose));
        }
        text.into_bytes()
    }
}

fn cipher(key: &SealingKey) -> Result<LessSafeKey, KeyError> {
    UnboundKey::new(&AES_256_GCM, key.as_slice())
        .map(LessSafeKey::new)
        .map_err(|_| KeyError::Provider("make a cipher"))
}

/// The name of a key's file.
pub(super) fn file_name(thumbprint: &str) -> String {
    format!("{thumbprint}.json")
}

/// Refuses what others than the owner can read or change.
#[cfg(unix)]
pub(super) fn check_private(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_err(|error| KeyError::storage(path, &error))?;
    let mode = mode.permissions().mode() & 0o7777;
    if mode & 0o077 == 0 {
        Ok(())
    } else {
        Err(KeyError::Permissions { path: path.to_owned(), mode })
    }
}

/// Other systems keep access lists that are the operator's business.
#[cfg(not(unix))]
pub(super) fn check_private(_: &Path) -> Result<(), KeyError> {
    Ok(())
}

/// Makes a directory that only its owner can enter, unless it is there.
pub(super) fn make_directory(path: &Path) -> Result<(), KeyError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| KeyError::storage(path, &error))
}

fn private_options() -> fs::OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of a hexadecimal text.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    digits.chunks_exact(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect()
}
