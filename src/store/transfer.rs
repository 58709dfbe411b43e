//! A store as one stream of JSON lines, and a store made from such a stream.
//!
//! A line is a JSON object, a tab and the CRC-32C of the object in hex. The first line names the
//! format, each further line is a frame of the journal with its place in the chain, the last line
//! counts them and gives the last link. An import makes the same journal, frame for frame, so what
//! was erased stays erased and the chain goes on. The layout is in `docs/STORE-FORMAT.md`.

use super::StoreError;
use super::codec::split;
use super::embedded::EmbeddedStore;
use super::embedded::layout::Layout;
use super::journal::files::{create_file, make_directory};
use super::journal::frame::{
    FrameHeader, FrameKind, HEADER, LONGEST, SEGMENT_HEADER, SegmentHeader,
};
use super::journal::scan::{Frame, Frames, ScanError, segments};
use super::journal::{Position, segment_path, sync_directory};
use super::register::hex;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufRead, BufWriter, Read, Write};
use std::path::Path;

const FORMAT: &str = "bewijs-store-export";
const VERSION: u64 = 1;
/// The longest line: a payload as base64 and its header.
const LONGEST_LINE: u64 = 2 * LONGEST as u64;

/// What was exported or imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferReport {
    /// Frames of the journal.
    pub events: u64,
    /// Frames whose payload is erased.
    pub erased: u64,
    /// The last link of the chain, in hex.
    pub head: String,
}

/// Why an export or import did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// (operator) The store cannot be read or made.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// (operator) The stream cannot be read or written.
    #[error("the stream failed: {0}")]
    Stream(#[from] io::Error),
    /// (operator) A line is not what was exported.
    #[error("line {line}: {what}")]
    Line {
        /// Counted from 1.
        line: u64,
        /// What is wrong with it.
        what: &'static str,
    },
    /// (operator) The stream is of a version this program does not know.
    #[error("the export has format version {0}, and this program knows version 1")]
    Version(u64),
    /// (operator) Only an empty directory can be imported into.
    #[error("{0} is not empty; import into an empty directory")]
    NotEmpty(String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: String,
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    sequence: u64,
    synced: u64,
    kind: String,
    length: u32,
    crc32c: u32,
    sha256: String,
    previous: String,
    /// The event as JSON; absent when the payload is erased.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    event: Option<Value>,
    /// What follows the event, base64.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    body: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tail {
    events: u64,
    head: String,
}

fn write_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_vec(value)?;
    out.write_all(&text)?;
    writeln!(out, "\t{:08x}", crc32c::crc32c(&text))
}

fn kind_name(kind: FrameKind) -> &'static str {
    match kind {
        FrameKind::Event => "event",
        FrameKind::Tombstone => "tombstone",
    }
}

/// Writes the store in this directory as JSON lines. Takes the directory for the time it needs.
pub fn export(directory: &Path, out: &mut impl Write) -> Result<TransferReport, TransferError> {
    let layout = Layout::of(directory);
    if !directory.is_dir() {
        let text = format!("{} is no directory", directory.display());
        return Err(StoreError::Open(text).into());
    }
    let _lock = layout.lock()?;
    if !layout.is_known()? {
        return Err(StoreError::Open(format!("{} is no store", directory.display())).into());
    }
    let journal = layout.journal();
    let mut frames = Frames::from(&journal, &segments(&journal)?, Position::start());
    let mut out = BufWriter::new(out);
    write_line(&mut out, &Head { format: FORMAT.to_owned(), version: VERSION })?;
    let mut erased = 0;
    let damaged = |error: ScanError| {
        let text = error.describe(&journal);
        StoreError::Open(format!("the journal is damaged: {text}; open the store once, or restore"))
    };
    while let Some(frame) = frames.next().map_err(damaged)? {
        erased += u64::from(frame.payload.is_none());
        write_line(&mut out, &line(&frame)?)?;
    }
    let (events, head) = (frames.at().sequence, hex(&frames.at().link));
    write_line(&mut out, &Tail { events, head: head.clone() })?;
    out.flush()?;
    Ok(TransferReport { events, erased, head })
}

fn line(frame: &Frame) -> Result<Line, StoreError> {
    let header = &frame.header;
    let unreadable =
        || StoreError::Corrupt { what: "journal frame", id: header.sequence.to_string() };
    let (event, body) = match &frame.payload {
        Some(payload) => {
            let (event, body) = split(payload).map_err(|_| unreadable())?;
            let value: Value = serde_json::from_slice(event).map_err(|_| unreadable())?;
            // What is written must give the same bytes when it is read.
            if serde_json::to_vec(&value).ok().as_deref() != Some(event) {
                return Err(unreadable());
            }
            (Some(value), Some(STANDARD.encode(body)))
        }
        None => (None, None),
    };
    Ok(Line {
        sequence: header.sequence,
        synced: header.synced,
        kind: kind_name(header.kind).to_owned(),
        length: header.length,
        crc32c: header.crc,
        sha256: hex(&header.sha256),
        previous: hex(&header.previous),
        event,
        body,
    })
}

/// Makes a store in this directory, which must be empty or missing, from JSON lines. When it
/// fails, nothing but the journal's files is left, without which the directory is no store.
pub fn import(directory: &Path, from: &mut impl BufRead) -> Result<TransferReport, TransferError> {
    make_directory(directory)?;
    if std::fs::read_dir(directory)?.next().is_some() {
        return Err(TransferError::NotEmpty(directory.display().to_string()));
    }
    let layout = Layout::of(directory);
    let lock = layout.lock()?;
    make_directory(&layout.journal())?;
    let mut lines = Lines { from, number: 0 };
    let head: Head = lines.value("this is no export of a store")?;
    if head.format != FORMAT {
        return Err(lines.wrong("this is no export of a store"));
    }
    if head.version != VERSION {
        return Err(TransferError::Version(head.version));
    }
    let report = write_journal(&layout, &mut lines)?;
    layout.make()?;
    drop(lock);
    // Opening replays the journal, so an event that contradicts another is found now.
    let store = EmbeddedStore::open(directory)?;
    store.settle()?;
    Ok(report)
}

fn write_journal(
    layout: &Layout,
    lines: &mut Lines<'_, impl BufRead>,
) -> Result<TransferReport, TransferError> {
    let limit = super::EmbeddedOptions::default().segment_limit;
    let journal = layout.journal();
    let mut at = Position::start();
    let mut erased = 0;
    let mut out = segment(&journal, 1, [0; 32])?;
    loop {
        let value: Value = lines.value("the line is not JSON")?;
        if value.get("events").is_some() {
            let tail: Tail =
                serde_json::from_value(value).map_err(|_| lines.wrong("the last line is odd"))?;
            if tail.events != at.sequence || tail.head != hex(&at.link) {
                return Err(lines.wrong("the export is not complete"));
            }
            if lines.next()?.is_some() {
                return Err(lines.wrong("something follows the last line"));
            }
            finish(out)?;
            sync_directory(&journal)?;
            return Ok(TransferReport { events: at.sequence, erased, head: tail.head });
        }
        let line: Line =
            serde_json::from_value(value).map_err(|_| lines.wrong("the line is no frame"))?;
        let (header, payload) = frame(&line, &at).map_err(|what| lines.wrong(what))?;
        erased += u64::from(line.event.is_none());
        if at.offset >= limit {
            finish(out)?;
            at.segment = at.sequence + 1;
            at.offset = SEGMENT_HEADER as u64;
            out = segment(&journal, at.segment, at.link)?;
        }
        let encoded = header.encode();
        out.write_all(&encoded)?;
        out.write_all(&payload)?;
        at.sequence += 1;
        at.offset += (HEADER + payload.len()) as u64;
        at.link = FrameHeader::link(&encoded);
    }
}

/// The frame of a line, if it continues the chain.
fn frame(line: &Line, at: &Position) -> Result<(FrameHeader, Vec<u8>), &'static str> {
    if line.sequence != at.sequence + 1 || line.previous != hex(&at.link) {
        return Err("the frame does not continue the chain");
    }
    if line.length == 0 || line.length as usize > LONGEST || line.synced >= line.sequence {
        return Err("the frame is out of bounds");
    }
    let kind = match line.kind.as_str() {
        "event" => FrameKind::Event,
        "tombstone" => FrameKind::Tombstone,
        _ => return Err("the kind of frame is unknown"),
    };
    let payload = match (&line.event, &line.body) {
        (Some(event), Some(body)) => {
            let event = serde_json::to_vec(event).map_err(|_| "the event is not JSON")?;
            let body = STANDARD.decode(body).map_err(|_| "the body is not base64")?;
            let length = u32::try_from(event.len()).map_err(|_| "the event is too long")?;
            let payload = [&length.to_le_bytes()[..], &event, &body].concat();
            if hex(&Sha256::digest(&payload)) != line.sha256
                || crc32c::crc32c(&payload) != line.crc32c
                || payload.len() != line.length as usize
            {
                return Err("the payload is not the one that was exported");
            }
            payload
        }
        (None, None) => vec![0; line.length as usize],
        _ => return Err("the payload is not whole"),
    };
    let mut sha256 = [0; 32];
    if line.sha256.len() != 64 || !line.sha256.is_ascii() {
        return Err("the hash of the payload is odd");
    }
    for (byte, digits) in sha256.iter_mut().zip(line.sha256.as_bytes().chunks(2)) {
        let digits = std::str::from_utf8(digits).map_err(|_| "the hash of the payload is odd")?;
        *byte = u8::from_str_radix(digits, 16).map_err(|_| "the hash of the payload is odd")?;
    }
    let header = FrameHeader {
        length: line.length,
        sequence: line.sequence,
        synced: line.synced,
        kind,
        crc: line.crc32c,
        sha256,
        previous: at.link,
    };
    Ok((header, payload))
}

fn segment(journal: &Path, first: u64, previous: [u8; 32]) -> io::Result<BufWriter<File>> {
    let mut out = BufWriter::with_capacity(1 << 18, create_file(&segment_path(journal, first))?);
    out.write_all(&SegmentHeader { first, previous }.encode())?;
    Ok(out)
}

fn finish(out: BufWriter<File>) -> io::Result<()> {
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

struct Lines<'a, R> {
    from: &'a mut R,
    number: u64,
}

impl<R: BufRead> Lines<'_, R> {
    fn wrong(&self, what: &'static str) -> TransferError {
        TransferError::Line { line: self.number, what }
    }

    /// The text of the next line, its checksum checked.
    fn next(&mut self) -> Result<Option<Vec<u8>>, TransferError> {
        self.number += 1;
        let mut line = Vec::new();
        let got = (&mut *self.from).take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if got == 0 {
            return Ok(None);
        }
        let Some(line) = line.strip_suffix(b"\n") else {
            return Err(self.wrong("the line is incomplete"));
        };
        let Some((text, crc)) = line.split_last_chunk::<8>() else {
            return Err(self.wrong("the line has no checksum"));
        };
        let crc = std::str::from_utf8(crc).ok().and_then(|crc| u32::from_str_radix(crc, 16).ok());
        match text.strip_suffix(b"\t") {
            Some(text) if Some(crc32c::crc32c(text)) == crc => Ok(Some(text.to_vec())),
            _ => Err(self.wrong("the checksum of the line is wrong")),
        }
    }

    fn value<T: serde::de::DeserializeOwned>(
        &mut self,
        otherwise: &'static str,
    ) -> Result<T, TransferError> {
        let Some(text) = self.next()? else {
            return Err(self.wrong("the export ends too early"));
        };
        serde_json::from_slice(&text).map_err(|_| self.wrong(otherwise))
    }
}
