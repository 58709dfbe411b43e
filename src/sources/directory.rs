//! Documents from a directory, for verification without network (`--documents DIR`).
//!
//! Where a document is looked for, in this order:
//! 1. `index.json`, if there is one: `{"<URL>": "<file>"}` or
//!    `{"<URL>": {"file": "<file>", "fetchedAt": "<moment>"}}`;
//! 2. a file named after the URL by [`file_name`]: every character other than `A-Z a-z 0-9 . -`
//!    becomes `_`, and `.json` is added: `did:web:a.example` is `did_web_a.example.json`.
//!
//! Files are plain names in that directory. What they hold is judged by the examiner: a key
//! document must bear the id that was asked for, a status list must be signed by its issuer.

use super::Now;
use crate::model::Timestamp;
use crate::verification::{Fetched, Recognition, RegisterEntry, SourceError, Sources};
use serde::Deserialize;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

const MAX_FILE_BYTES: u64 = 4 * 1_048_576;

/// Why a directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// (client) It cannot be read.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// (client) Its index is not of the documented shape.
    #[error("{path} is not an index of documents: {cause}")]
    Index {
        /// The index.
        path: PathBuf,
        /// Why.
        cause: serde_json::Error,
    },
    /// (client) Its index names a file elsewhere.
    #[error("the index names {file:?}, which is no plain file name")]
    Elsewhere {
        /// As the index names it.
        file: String,
    },
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Line {
    File(String),
    Dated(Dated),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Dated {
    file: String,
    fetched_at: Option<Timestamp>,
}

/// Answers from files.
pub struct DirectorySources {
    directory: PathBuf,
    index: HashMap<String, Dated>,
    now: Now,
}

impl std::fmt::Debug for DirectorySources {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DirectorySources({})", self.directory.display())
    }
}

/// The name under which the document of a URL is looked for.
pub fn file_name(url: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '_' };
    let mut name: String = url.chars().map(plain).collect();
    name.push_str(".json");
    name
}

impl DirectorySources {
    /// Reads the index, if there is one.
    pub fn open(directory: &Path, now: Now) -> Result<Self, DirectoryError> {
        let unreadable =
            |path: &Path, cause| DirectoryError::Unreadable { path: path.into(), cause };
        std::fs::read_dir(directory).map_err(|cause| unreadable(directory, cause))?;
        let path = directory.join("index.json");
        let lines: HashMap<String, Line> = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|cause| DirectoryError::Index { path: path.clone(), cause })?,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => HashMap::new(),
            Err(cause) => return Err(unreadable(&path, cause)),
        };
        let mut index = HashMap::with_capacity(lines.len());
        for (url, line) in lines {
            let dated = match line {
                Line::File(file) => Dated { file, fetched_at: None },
                Line::Dated(dated) => dated,
            };
            if !is_plain(&dated.file) {
                return Err(DirectoryError::Elsewhere { file: dated.file });
            }
            index.insert(url, dated);
        }
        Ok(Self { directory: directory.to_owned(), index, now })
    }

    fn read(&self, url: &str) -> Result<Fetched, SourceError> {
        let (name, dated) = match self.index.get(url) {
            Some(line) => (line.file.clone(), line.fetched_at),
            None => (file_name(url), None),
        };
        let unreadable =
            || SourceError::Unreachable { detail: format!("the file {name} cannot be read") };
        let mut file = match File::open(self.directory.join(&name)) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                // Named by the index and not there is an answer; not named is somebody else's.
                return Err(if self.index.contains_key(url) {
                    SourceError::NotFound { detail: format!("the file {name} is not there") }
                } else {
                    SourceError::Deferred
                });
            }
            // A name longer than the file system takes is not there either.
            Err(error) if error.kind() == std::io::ErrorKind::InvalidFilename => {
                return Err(SourceError::Deferred);
            }
            Err(_) => return Err(unreadable()),
        };
        let metadata = file.metadata().map_err(|_| unreadable())?;
        if metadata.len() > MAX_FILE_BYTES {
            return Err(SourceError::Invalid { detail: format!("the file {name} is too large") });
        }
        let mut bytes = Vec::new();
        file.by_ref().take(MAX_FILE_BYTES).read_to_end(&mut bytes).map_err(|_| unreadable())?;
        // A file says by its date how old its knowledge is.
        let written = metadata
            .modified()
            .ok()
            .and_then(|moment| moment.duration_since(UNIX_EPOCH).ok())
            .and_then(|since| i64::try_from(since.as_secs()).ok())
            .and_then(|seconds| Timestamp::from_unix(seconds).ok());
        let fetched_at = dated.or(written).unwrap_or_else(|| (self.now)());
        Ok(Fetched { bytes: bytes.into(), media_type: None, fetched_at, stale: false })
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0', ':'])
}

impl Sources for DirectorySources {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        self.read(url)
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        self.read(url)
    }

    fn register(&self, _credential: &str) -> Option<RegisterEntry> {
        None
    }

    fn recognised(&self, _issuer: &str) -> Vec<Recognition> {
        Vec::new()
    }
}
