//! The parts of a store's directory: the lock, the version, the names.
//!
//! It deliberately knows nothing of what stands in the files.

use super::super::StoreError;
use super::super::journal::files::make_directory;
use super::super::journal::sync_directory;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where what is no longer used is kept.
pub(super) const SET_ASIDE: &str = "set-aside";

/// What the version file says.
const FORMAT: &str = "bewijs store\nformat 1\n";

/// The parts of a store's directory.
#[derive(Clone, Debug)]
pub(in crate::store) struct Layout {
    pub(in crate::store) directory: PathBuf,
}

impl Layout {
    pub(in crate::store) fn of(directory: &Path) -> Self {
        Self { directory: directory.to_path_buf() }
    }

    pub(in crate::store) fn journal(&self) -> PathBuf {
        self.directory.join("journal")
    }

    pub(in crate::store) fn read_model(&self) -> PathBuf {
        self.directory.join("read-model")
    }

    fn format(&self) -> PathBuf {
        self.directory.join("FORMAT")
    }

    /// A free name to keep something under that is no longer used.
    pub(super) fn set_aside(&self, what: &str) -> io::Result<PathBuf> {
        let kept = self.directory.join(SET_ASIDE);
        make_directory(&kept)?;
        let free = (1..=u64::MAX).map(|number| kept.join(format!("{what}-{number}")));
        Ok(free
            .into_iter()
            .find(|path| !path.exists())
            .expect("a directory has fewer entries than there are numbers"))
    }

    pub(super) fn failed(&self, doing: &str, error: &io::Error) -> StoreError {
        StoreError::Open(format!("{} {doing}: {error}", self.directory.display()))
    }

    /// Takes the directory for this process; it is given back when the file is closed.
    pub(in crate::store) fn lock(&self) -> Result<File, StoreError> {
        let path = self.directory.join("LOCK");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| self.failed("cannot be locked", &error))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(StoreError::Open(format!(
                "{} is in use by another process; stop that one first, or choose another directory",
                self.directory.display()
            ))),
            Err(TryLockError::Error(error)) => Err(self.failed("cannot be locked", &error)),
        }
    }

    /// Whether this is a store of a version that is known here. `Ok(false)` for a fresh directory.
    pub(in crate::store) fn is_known(&self) -> Result<bool, StoreError> {
        match std::fs::read_to_string(self.format()) {
            Ok(text) if text == FORMAT => Ok(true),
            Ok(text) => {
                let says = text.lines().nth(1).unwrap_or("nothing").to_owned();
                Err(StoreError::Open(format!(
                    "{} has another version: its file FORMAT says '{says}' and this program knows \
                     'format 1'; use the program that wrote it to export, and import here",
                    self.directory.display()
                )))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let entries = std::fs::read_dir(&self.directory)
                    .map_err(|error| self.failed("cannot be read", &error))?;
                let strange = entries
                    .flatten()
                    .map(|entry| entry.file_name())
                    .find(|name| name != "LOCK" && name != "FORMAT.new");
                match strange {
                    None => Ok(false),
                    Some(name) => Err(StoreError::Open(format!(
                        "{} is no store: it has no file FORMAT but holds '{}'; name an empty \
                         directory, or the right one",
                        self.directory.display(),
                        name.display()
                    ))),
                }
            }
            Err(error) => Err(self.failed("has an unreadable file FORMAT", &error)),
        }
    }

    pub(in crate::store) fn make(&self) -> Result<(), StoreError> {
        let made = || -> io::Result<()> {
            let fresh = self.directory.join("FORMAT.new");
            let mut file = File::create(&fresh)?;
            file.write_all(FORMAT.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&fresh, self.format())?;
            sync_directory(&self.directory)
        };
        made().map_err(|error| self.failed("cannot be made a store", &error))
    }

    pub(in crate::store) fn make_journal(&self) -> Result<(), StoreError> {
        let made = || -> io::Result<()> {
            make_directory(&self.journal())?;
            sync_directory(&self.directory)
        };
        made().map_err(|error| self.failed("cannot hold a journal", &error))
    }
}
