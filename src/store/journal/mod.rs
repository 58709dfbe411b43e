//! The journal: every event, in order, in append-only segments; the record of truth.
//!
//! This part writes. It deliberately knows nothing of what the payloads mean. Whoever writes asks a
//! [`Ledger`], so that the frames may as well be kept elsewhere.

pub(super) mod files;
pub(super) mod frame;
pub(super) mod scan;

use super::StoreError;
use super::state::Place;
use files::{JournalFile, JournalFiles};
use frame::{FrameHeader, HEADER, Payload, SEGMENT_HEADER, SegmentHeader};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A point between two frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Position {
    /// The segment, named by the number of its first frame.
    pub(super) segment: u64,
    /// Where in its file.
    pub(super) offset: u64,
    /// The last frame before this point.
    pub(super) sequence: u64,
    /// The link of that frame.
    pub(super) link: [u8; 32],
}

impl Position {
    /// Before the first frame of an empty journal.
    pub(super) fn start() -> Self {
        Self { segment: 1, offset: SEGMENT_HEADER as u64, sequence: 0, link: [0; 32] }
    }
}

/// Why an append failed.
#[derive(Debug)]
pub(super) struct AppendError {
    pub(super) cause: String,
    /// Whether the frames may be there all the same.
    pub(super) unknown_outcome: bool,
    /// Whether nothing can be written any more.
    pub(super) ends: bool,
}

/// Where a committer writes its groups.
pub(super) trait Ledger: Send {
    /// Takes the turn to write one group. From here on nobody else writes until the turn is given
    /// back, and everything that was written before is visible.
    fn turn(&mut self) -> Result<Box<dyn Turn + '_>, AppendError>;
}

/// The turn to write a group; dropped when the group is visible, or when there is nothing to write.
pub(super) trait Turn {
    /// Appends these payloads as frames and returns when they are on stable storage. Gives each
    /// frame's place and the position behind it.
    fn append(
        &mut self,
        payloads: &mut dyn Iterator<Item = &Payload>,
        blank: &[(u64, Place)],
    ) -> Result<Vec<(Place, Position)>, AppendError>;

    /// Finishes erasures, when nobody looks at what goes any more: these frames become blank if
    /// appending did not make them so, and what was set aside goes if it is asked for.
    fn blank(&mut self, frames: &[(u64, Place)], aside: bool) -> Result<(), String>;
}

/// These payloads as frames that continue the chain: each with its header as written and the link
/// behind it.
pub(super) fn chained<'a>(
    payloads: &mut dyn Iterator<Item = &'a Payload>,
    end: &Position,
    synced: u64,
) -> Vec<([u8; HEADER], [u8; 32], &'a Payload)> {
    let (mut sequence, mut previous) = (end.sequence, end.link);
    let framed = payloads.map(|payload| {
        sequence += 1;
        let header = FrameHeader {
            length: u32::try_from(payload.bytes.len()).unwrap_or(u32::MAX),
            sequence,
            synced,
            kind: payload.kind,
            crc: payload.crc,
            sha256: payload.sha256,
            previous,
        };
        let encoded = header.encode();
        previous = FrameHeader::link(&encoded);
        (encoded, previous, payload)
    });
    framed.collect()
}

/// The writing end of the journal.
#[derive(Debug)]
pub(super) struct Journal {
    directory: PathBuf,
    files: Arc<dyn JournalFiles>,
    file: Box<dyn JournalFile>,
    end: Position,
    segment_limit: u64,
    buffer: Vec<u8>,
}

/// The file of a segment.
pub(super) fn segment_path(directory: &Path, segment: u64) -> PathBuf {
    directory.join(format!("{segment:020}.journal"))
}

/// Makes the entries of a directory durable.
pub(super) fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

impl Journal {
    /// Continues the journal at `end`, which must be the end of its last segment.
    pub(super) fn open(
        directory: &Path,
        files: Arc<dyn JournalFiles>,
        end: Position,
        segment_limit: u64,
    ) -> Result<Self, StoreError> {
        let path = segment_path(directory, end.segment);
        let file = if path.exists() {
            files.open(&path)
        } else {
            create(directory, files.as_ref(), end.segment, end.link)
        };
        let file = file.map_err(|error| {
            StoreError::Open(format!("{} cannot be written: {error}", path.display()))
        })?;
        let directory = directory.to_path_buf();
        Ok(Self { directory, files, file, end, segment_limit, buffer: Vec::new() })
    }

    /// Where the journal ends.
    pub(super) fn end(&self) -> Position {
        self.end
    }

    /// Appends these payloads as frames and returns when they are on stable storage. Gives each
    /// frame's place and the position behind it.
    pub(super) fn append(
        &mut self,
        payloads: &mut dyn Iterator<Item = &Payload>,
    ) -> Result<Vec<(Place, Position)>, AppendError> {
        if self.end.offset >= self.segment_limit && self.end.sequence >= self.end.segment {
            self.rotate()?;
        }
        let mut end = self.end;
        let mut places = Vec::new();
        self.buffer.clear();
        for (encoded, link, payload) in chained(payloads, &self.end, self.end.sequence) {
            let length = u32::try_from(payload.bytes.len()).unwrap_or(u32::MAX);
            let place = Place { segment: end.segment, offset: end.offset, length };
            end.sequence += 1;
            end.offset += (HEADER + payload.bytes.len()) as u64;
            end.link = link;
            places.push((place, end));
            self.buffer.extend_from_slice(&encoded);
            self.buffer.extend_from_slice(&payload.bytes);
        }
        if let Err(error) = self.file.append(&self.buffer) {
            // What was not synced can be taken back, so a full disk is no reason to stop for good.
            let cut = self.file.cut(self.end.offset);
            return Err(AppendError {
                cause: format!("the journal cannot be written: {error}"),
                unknown_outcome: cut.is_err(),
                ends: cut.is_err(),
            });
        }
        self.file.sync().map_err(|error| AppendError {
            cause: format!("the journal cannot be synced: {error}"),
            unknown_outcome: true,
            ends: true,
        })?;
        self.end = end;
        self.buffer.shrink_to(1 << 20);
        Ok(places)
    }

    fn rotate(&mut self) -> Result<(), AppendError> {
        let segment = self.end.sequence + 1;
        let failed = |error: io::Error| {
            // Nothing of this group was written yet; an empty segment left over is no harm.
            let cause = format!("a new segment cannot be made: {error}");
            AppendError { cause, unknown_outcome: false, ends: false }
        };
        let path = segment_path(&self.directory, segment);
        if path.exists() {
            // Left over from an attempt that failed; nothing in it was acknowledged.
            std::fs::remove_file(&path).map_err(failed)?;
        }
        self.file =
            create(&self.directory, self.files.as_ref(), segment, self.end.link).map_err(failed)?;
        self.end.segment = segment;
        self.end.offset = SEGMENT_HEADER as u64;
        Ok(())
    }
}

fn create(
    directory: &Path,
    files: &dyn JournalFiles,
    segment: u64,
    previous: [u8; 32],
) -> io::Result<Box<dyn JournalFile>> {
    let mut file = files.create(&segment_path(directory, segment))?;
    file.append(&SegmentHeader { first: segment, previous }.encode())?;
    file.sync()?;
    sync_directory(directory)?;
    Ok(file)
}
