//! Reads the journal: frame by frame from a position, or one frame by its place.
//!
//! Nothing is repaired here; a fault says in which segment, at which offset and what it is.

use super::frame::{
    FRAME_MARK, FrameHeader, FrameKind, HEADER, LONGEST, SEGMENT_HEADER, SegmentHeader,
};
use super::{Position, segment_path};
use crate::store::StoreError;
use crate::store::state::Place;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// A frame as read.
#[derive(Clone, Debug)]
pub(in crate::store) struct Frame {
    pub(in crate::store) header: FrameHeader,
    /// `None` when it was blanked.
    pub(in crate::store) payload: Option<Vec<u8>>,
    pub(in crate::store) place: Place,
    /// The position behind it.
    pub(in crate::store) end: Position,
}

/// Why the next frame cannot be read.
#[derive(Debug)]
pub(in crate::store) enum ScanError {
    /// What lies there is no frame that continues the chain.
    Bad {
        segment: u64,
        offset: u64,
        what: &'static str,
        /// Whether it lies in the last segment, so that it may be a torn end.
        last: bool,
    },
    /// The file cannot be read.
    Io(PathBuf, io::Error),
}

impl ScanError {
    pub(in crate::store) fn describe(&self, directory: &Path) -> String {
        match self {
            Self::Bad { segment, offset, what, .. } => {
                let path = segment_path(directory, *segment);
                format!("{} at offset {offset}: {what}", path.display())
            }
            Self::Io(path, error) => format!("{} cannot be read: {error}", path.display()),
        }
    }
}

/// The numbers of the segments, in order.
pub(in crate::store) fn segments(directory: &Path) -> Result<Vec<u64>, StoreError> {
    let failed = |error: io::Error| {
        StoreError::Open(format!("{} cannot be read: {error}", directory.display()))
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let number = name.to_str().and_then(|name| name.strip_suffix(".journal"));
        match number.and_then(|number| number.parse().ok()) {
            Some(number) => found.push(number),
            None => {
                return Err(StoreError::Open(format!(
                    "{} holds {}, which is no segment of a journal; move it away",
                    directory.display(),
                    name.display()
                )));
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Walks the frames behind a position.
#[derive(Debug)]
pub(in crate::store) struct Frames {
    directory: PathBuf,
    /// Segments not opened yet, the next one last.
    ahead: Vec<u64>,
    reader: Option<BufReader<File>>,
    at: Position,
}

impl Frames {
    /// Starts behind `from`, which lies in one of these segments or is the very start.
    pub(in crate::store) fn from(directory: &Path, segments: &[u64], from: Position) -> Self {
        let mut ahead: Vec<_> =
            segments.iter().copied().filter(|segment| *segment >= from.segment).collect();
        ahead.reverse();
        Self { directory: directory.to_path_buf(), ahead, reader: None, at: from }
    }

    /// Where the walk stands.
    pub(in crate::store) fn at(&self) -> Position {
        self.at
    }

    fn bad(&self, offset: u64, what: &'static str) -> ScanError {
        let last = self.ahead.is_empty();
        ScanError::Bad { segment: self.at.segment, offset, what, last }
    }

    /// The next frame; `None` at the end.
    pub(in crate::store) fn next(&mut self) -> Result<Option<Frame>, ScanError> {
        loop {
            let Some(reader) = &mut self.reader else {
                let Some(segment) = self.ahead.pop() else { return Ok(None) };
                self.enter(segment)?;
                continue;
            };
            let mut encoded = [0; HEADER];
            let path = segment_path(&self.directory, self.at.segment);
            let io = |error| ScanError::Io(path.clone(), error);
            let got = fill(reader, &mut encoded).map_err(io)?;
            if got == 0 {
                self.reader = None;
                if self.ahead.is_empty() {
                    return Ok(None);
                }
                continue;
            }
            if got < HEADER {
                return Err(self.bad(self.at.offset, "the frame's header is incomplete"));
            }
            let header =
                FrameHeader::decode(&encoded).map_err(|what| self.bad(self.at.offset, what))?;
            if header.sequence != self.at.sequence + 1 {
                return Err(self.bad(self.at.offset, "the frame has another number"));
            }
            if header.previous != self.at.link {
                return Err(self.bad(self.at.offset, "the frame does not continue the chain"));
            }
            let Some(reader) = &mut self.reader else { return Ok(None) };
            let mut payload = Vec::new();
            let wanted = u64::from(header.length);
            reader.take(wanted).read_to_end(&mut payload).map_err(io)?;
            if payload.len() as u64 != wanted {
                return Err(self.bad(self.at.offset, "the frame's payload is incomplete"));
            }
            let payload = match check_payload(&header, payload) {
                Ok(payload) => payload,
                Err(what) => return Err(self.bad(self.at.offset, what)),
            };
            let place =
                Place { segment: self.at.segment, offset: self.at.offset, length: header.length };
            self.at.sequence = header.sequence;
            self.at.offset += HEADER as u64 + wanted;
            self.at.link = FrameHeader::link(&encoded);
            return Ok(Some(Frame { header, payload, place, end: self.at }));
        }
    }

    fn enter(&mut self, segment: u64) -> Result<(), ScanError> {
        let path = segment_path(&self.directory, segment);
        let continues = segment == self.at.segment && self.at.sequence >= segment;
        let offset = self.at.offset;
        self.at.segment = segment;
        let io = |error| ScanError::Io(path.clone(), error);
        let mut file = File::open(&path).map_err(io)?;
        let mut encoded = [0; SEGMENT_HEADER];
        if fill(&mut file, &mut encoded).map_err(io)? < SEGMENT_HEADER {
            return Err(self.bad(0, "the segment's header is incomplete"));
        }
        let header = SegmentHeader::decode(&encoded).map_err(|what| self.bad(0, what))?;
        if header.first != segment {
            return Err(self.bad(0, "the segment has another number than its file"));
        }
        if continues {
            let length = file.metadata().map_err(io)?.len();
            if length < offset {
                return Err(ScanError::Bad {
                    segment,
                    offset: length,
                    what: "acknowledged frames are missing behind this point",
                    last: false,
                });
            }
            file.seek(SeekFrom::Start(offset)).map_err(io)?;
        } else {
            if header.first != self.at.sequence + 1 || header.previous != self.at.link {
                return Err(self.bad(0, "the segment does not continue the chain"));
            }
            self.at.offset = SEGMENT_HEADER as u64;
        }
        self.reader = Some(BufReader::with_capacity(1 << 18, file));
        Ok(())
    }
}

/// The payload if it is what the header says, `None` if it was blanked.
pub(in crate::store) fn check_payload(
    header: &FrameHeader,
    payload: Vec<u8>,
) -> Result<Option<Vec<u8>>, &'static str> {
    if crc32c::crc32c(&payload) == header.crc {
        if Sha256::digest(&payload)[..] == header.sha256 {
            return Ok(Some(payload));
        }
        return Err("the payload is not the one that was chained");
    }
    // No event is written as zeros only: that is what blanking leaves.
    if payload.iter().all(|byte| *byte == 0) {
        return Ok(None);
    }
    Err("the checksum of the payload is wrong")
}

fn fill(reader: &mut impl Read, bytes: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while got < bytes.len() {
        match reader.read(&mut bytes[got..]) {
            Ok(0) => break,
            Ok(more) => got += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(got)
}

/// Whether behind `offset` lies a frame that was written when frame `sequence` was durable: then a
/// fault at `offset` is damage and no torn end.
pub(in crate::store) fn was_durable(path: &Path, offset: u64, sequence: u64) -> io::Result<bool> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(offset))?;
    let mut rest = Vec::new();
    file.read_to_end(&mut rest)?;
    let found = rest.windows(HEADER).any(|window| {
        window.starts_with(FRAME_MARK)
            && <&[u8; HEADER]>::try_from(window)
                .ok()
                .and_then(|encoded| FrameHeader::decode(encoded).ok())
                .is_some_and(|header| header.synced >= sequence && header.sequence > sequence)
    });
    Ok(found)
}

/// A segment and an offset within it.
pub(in crate::store) type Spot = (u64, u64);

/// Numbered places that were found, and where the search ended early.
pub(in crate::store) type Walked = (Vec<(u64, Place)>, Option<Spot>);

/// The places of all tombstones behind a point, by walking only the headers, and where that walk
/// met one that cannot be read.
pub(in crate::store) fn tombstones(
    directory: &Path,
    segments: &[u64],
    from: Spot,
) -> Result<Walked, ScanError> {
    let mut found = Vec::new();
    let mut stopped = None;
    for segment in segments.iter().filter(|segment| **segment >= from.0) {
        let path = segment_path(directory, *segment);
        let io = |error| ScanError::Io(path.clone(), error);
        let file = File::open(&path).map_err(io)?;
        let length = file.metadata().map_err(io)?.len();
        let mut offset = SEGMENT_HEADER as u64;
        if *segment == from.0 {
            offset = offset.max(from.1);
        }
        let mut encoded = [0; HEADER];
        while offset + HEADER as u64 <= length {
            file.read_exact_at(&mut encoded, offset).map_err(io)?;
            let Ok(header) = FrameHeader::decode(&encoded) else {
                stopped = stopped.or(Some((*segment, offset)));
                break;
            };
            if header.kind == FrameKind::Tombstone {
                let place = Place { segment: *segment, offset, length: header.length };
                found.push((header.sequence, place));
            }
            offset += HEADER as u64 + u64::from(header.length);
        }
    }
    Ok((found, stopped))
}

/// Reads single frames, and keeps the files open.
#[derive(Debug)]
pub(in crate::store) struct FrameReader {
    directory: PathBuf,
    open: RwLock<HashMap<u64, Arc<File>>>,
}

impl FrameReader {
    pub(in crate::store) fn new(directory: &Path) -> Self {
        Self { directory: directory.to_path_buf(), open: RwLock::default() }
    }

    /// The payload at this place, `None` if it was blanked.
    pub(in crate::store) fn payload(&self, place: Place) -> Result<Option<Vec<u8>>, StoreError> {
        let corrupt = |_| StoreError::Corrupt {
            what: "journal frame",
            id: format!("{}:{}", place.segment, place.offset),
        };
        if place.length as usize > LONGEST {
            return Err(corrupt("the place is out of bounds"));
        }
        let file = self.file(place.segment)?;
        let mut bytes = vec![0; HEADER + place.length as usize];
        file.read_exact_at(&mut bytes, place.offset).map_err(|error| {
            if error.kind() == io::ErrorKind::UnexpectedEof {
                corrupt("it ends before")
            } else {
                unreadable(&error)
            }
        })?;
        let mut encoded = [0; HEADER];
        encoded.copy_from_slice(&bytes[..HEADER]);
        let header = FrameHeader::decode(&encoded).map_err(corrupt)?;
        if header.length != place.length {
            return Err(corrupt("the length differs"));
        }
        let payload = bytes.split_off(HEADER);
        // The chain is for `store check`; here the checksum has to do.
        if crc32c::crc32c(&payload) == header.crc {
            Ok(Some(payload))
        } else if payload.iter().all(|byte| *byte == 0) {
            Ok(None)
        } else {
            Err(corrupt("the checksum is wrong"))
        }
    }

    /// Lets go of the files that are open; one that is read again is opened again.
    pub(in crate::store) fn close(&self) {
        self.open.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn file(&self, segment: u64) -> Result<Arc<File>, StoreError> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = open.get(&segment) {
            return Ok(Arc::clone(file));
        }
        drop(open);
        let file = File::open(segment_path(&self.directory, segment));
        let file = Arc::new(file.map_err(|error| unreadable(&error))?);
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.insert(segment, Arc::clone(&file));
        Ok(file)
    }
}

fn unreadable(error: &io::Error) -> StoreError {
    StoreError::Unavailable {
        cause: format!("the journal cannot be read: {error}"),
        unknown_outcome: false,
    }
}

/// Overwrites the payloads of the frames with these numbers with zeros, durably; what is blank stays
/// so. Their headers and the chain stay. Each segment is synced once.
pub(in crate::store) fn blank(directory: &Path, frames: &[(u64, Place)]) -> io::Result<()> {
    let mut open: HashMap<u64, File> = HashMap::new();
    for (sequence, place) in frames {
        let file = match open.entry(place.segment) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(fresh) => {
                let path = segment_path(directory, place.segment);
                fresh.insert(File::options().read(true).write(true).open(path)?)
            }
        };
        let mut encoded = [0; HEADER];
        file.read_exact_at(&mut encoded, place.offset)?;
        let right = FrameHeader::decode(&encoded)
            .is_ok_and(|header| header.sequence == *sequence && header.length == place.length);
        if !right {
            let what = format!("frame {sequence} is not where it was written");
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        let zeros = vec![0; place.length as usize];
        file.write_all_at(&zeros, place.offset + HEADER as u64)?;
    }
    open.values().try_for_each(File::sync_data)
}
