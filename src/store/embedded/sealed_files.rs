//! Files that are replaced whole and durably, and small values sealed with a checksum.

use super::super::journal::sync_directory;
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Reads JSON that is followed by its checksum.
pub(super) fn read_sealed<T: DeserializeOwned>(sealed: &[u8]) -> Option<T> {
    let sealed = sealed.strip_suffix(b"\n")?;
    let (text, crc) = sealed.split_last_chunk::<8>()?;
    let crc = u32::from_str_radix(std::str::from_utf8(crc).ok()?, 16).ok()?;
    let text = text.strip_suffix(b"\n")?;
    if crc32c::crc32c(text) == crc { serde_json::from_slice(text).ok() } else { None }
}

pub(super) fn put_bytes(note: &mut Vec<u8>, bytes: Option<&[u8]>) {
    let length = bytes.map_or(u32::MAX, |bytes| u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    note.extend_from_slice(&length.to_le_bytes());
    note.extend_from_slice(bytes.unwrap_or_default());
}

/// `None` when nothing readable is left, `Some(None)` for bytes that are not there.
#[expect(clippy::option_option, reason = "absent and unreadable are two things")]
pub(super) fn take_bytes(rest: &mut &[u8]) -> Option<Option<Vec<u8>>> {
    let (length, more) = rest.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length);
    if length == u32::MAX {
        *rest = more;
        return Some(None);
    }
    let (bytes, more) = more.split_at_checked(length as usize)?;
    *rest = more;
    Some(Some(bytes.to_vec()))
}

/// Replaces a file durably: the old one or the new one is there, never a part.
pub(super) fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = File::create(&fresh)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    std::fs::rename(&fresh, path)?;
    path.parent().map_or(Ok(()), sync_directory)
}

/// Syncs every file below a directory.
pub(super) fn sync_files(directory: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_files(&path)?;
        } else {
            match File::open(&path) {
                Ok(file) => file.sync_data()?,
                // sled removes its old snapshots when it likes.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    sync_directory(directory)
}
