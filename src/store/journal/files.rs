//! The few things the journal asks of a file, so that a test can let each of them fail.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

/// Opens the segments of a journal for writing.
pub trait JournalFiles: fmt::Debug + Send + Sync {
    /// A new, empty file. An existing one is an error.
    fn create(&self, path: &Path) -> io::Result<Box<dyn JournalFile>>;
    /// An existing file, to be continued at its end.
    fn open(&self, path: &Path) -> io::Result<Box<dyn JournalFile>>;
}

/// A segment that is written. After an error of `append` nothing is known of what was written
/// behind the former end; after an error of `sync` nothing is known of what was written since the
/// last one that succeeded.
pub trait JournalFile: fmt::Debug + Send {
    /// Writes all of this at the end.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns when everything written is on stable storage.
    fn sync(&mut self) -> io::Result<()>;
    /// Cuts the file to this length, durably.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

/// Makes a directory, unless it is there, that only its owner can enter: what is in it is about
/// people. One that is there keeps its mode.
pub fn make_directory(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a file, which must not be there, that only its owner can read.
pub fn create_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The operating system's files.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemFiles;

impl JournalFiles for SystemFiles {
    fn create(&self, path: &Path) -> io::Result<Box<dyn JournalFile>> {
        Ok(Box::new(create_file(path)?))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn JournalFile>> {
        let mut file = OpenOptions::new().write(true).open(path)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Box::new(file))
    }
}

impl JournalFile for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)?;
        self.seek(SeekFrom::End(0))?;
        self.sync_all()
    }
}
