//! Whether a store's directory is whole: the journal frame by frame, and the read model row by row
//! against a fresh one made from that journal.
//!
//! Nothing is repaired, and nothing is changed but a scratch directory beside the read model. That
//! the read model is behind the journal is how a kill leaves it, and no fault.

use super::StoreError;
use super::codec::Codec;
use super::embedded::layout::Layout;
use super::embedded::read_model::{Checkpoint, NotOpened, ReadModel};
use super::embedded::replay::{Replay, Stopped};
use super::event::Event;
use super::journal::files::make_directory;
use super::journal::scan::Frame;
use super::register::hex;
use crate::model::{CredentialId, StatusEntry};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Frames of the journal that were read.
    pub events: u64,
    /// Credentials they record.
    pub credentials: u64,
    /// Payloads that were erased, with a tombstone.
    pub erased: u64,
    /// The link of the last frame, in hex: what the whole journal hashes to.
    pub head: String,
    /// Rows of the read model that were compared.
    pub rows: u64,
    /// Events of the journal that the read model does not contain yet: the process was not ended
    /// in order, which loses nothing.
    pub behind: u64,
    /// What the next opening mends by itself; no faults. No personal data.
    pub notes: Vec<String>,
    /// What is wrong; empty when the store is whole. No personal data.
    pub faults: Vec<String>,
}

impl CheckReport {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Faults beyond this number are counted only.
const MOST_FAULTS: usize = 100;

#[derive(Default)]
struct Findings {
    report: CheckReport,
    indexes: HashSet<(String, u32)>,
    /// By number of the frame, whether it was blank.
    blank: HashSet<u64>,
    announced: HashMap<u64, u64>,
    more: u64,
}

impl Findings {
    fn fault(&mut self, fault: String) {
        if self.report.faults.len() < MOST_FAULTS {
            self.report.faults.push(fault);
        } else {
            self.more += 1;
        }
    }

    fn see(&mut self, frame: &Frame, event: &Event, codec: &Codec) {
        let number = frame.header.sequence;
        self.report.events += 1;
        if frame.payload.is_none() {
            self.report.erased += 1;
            self.blank.insert(number);
        }
        match event {
            Event::Issued { record, .. } => {
                self.report.credentials += 1;
                self.give(number, &record.status);
                self.see_document(frame, codec, record.id, &record.sha256, record.length);
            }
            Event::Bare { status, .. } => {
                self.report.credentials += 1;
                self.give(number, status);
            }
            Event::Endorsed { record, .. } => {
                self.give(number, &record.status);
                self.see_document(frame, codec, record.id, &record.sha256, record.length);
            }
            Event::Picture { record, .. } => {
                let bytes = frame.payload.as_ref().and_then(|p| codec.body(p).ok().flatten());
                if bytes.is_none_or(|bytes| hex(&Sha256::digest(&bytes)) != record.sha256) {
                    self.fault(format!("event {number}: a picture is not the recorded one"));
                }
            }
            Event::Rendition { credential, .. } => {
                let Some(payload) = &frame.payload else { return };
                let token = codec.body(payload).ok().flatten();
                if token.is_none_or(|token| std::str::from_utf8(&token).is_err()) {
                    self.fault(format!(
                        "event {number}: the rendition of {credential} is unreadable"
                    ));
                }
            }
            _ => {}
        }
        let replaced = event.replaced().unwrap_or_default();
        self.announced.extend(replaced.iter().map(|one| (one.sequence, number)));
    }
}

impl Findings {
    fn give(&mut self, number: u64, status: &[StatusEntry]) {
        for entry in status {
            if !self.indexes.insert((entry.list.clone(), entry.index)) {
                self.fault(format!(
                    "event {number}: index {} of list {} is given out twice",
                    entry.index, entry.list
                ));
            }
        }
    }

    fn see_document(
        &mut self,
        frame: &Frame,
        codec: &Codec,
        id: CredentialId,
        sha256: &str,
        length: u32,
    ) {
        let number = frame.header.sequence;
        let Some(payload) = &frame.payload else { return };
        match codec.body(payload) {
            Ok(Some(document)) => {
                if hex(&Sha256::digest(&document)) != sha256 || document.len() != length as usize {
                    self.fault(format!("event {number}: the document of {id} is not the recorded"));
                }
            }
            Ok(None) => self.fault(format!("event {number}: {id} has no document")),
            Err(error) => self.fault(format!("event {number}: {error}")),
        }
    }
}

/// Checks the store in this directory. Takes it for the time of the check, so no process may be
/// using it. An error means that it could not be checked, a fault that it is not whole.
///
/// Needs the time of rebuilding the read model, and twice its space.
pub fn check(directory: &Path) -> Result<CheckReport, StoreError> {
    let layout = Layout::of(directory);
    if !directory.is_dir() {
        return Err(StoreError::Open(format!("{} is no directory", directory.display())));
    }
    let _lock = layout.lock()?;
    if !layout.is_known()? {
        return Err(StoreError::Open(format!("{} is no store", directory.display())));
    }
    let scratch = directory.join("check");
    let cleared = |error: std::io::Error| {
        StoreError::Open(format!("{} cannot be cleared: {error}", scratch.display()))
    };
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch).map_err(cleared)?;
    }
    let report = check_in(&layout, &scratch);
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch).map_err(cleared)?;
    }
    report
}

const CACHE: u64 = 64 << 20;

fn check_in(layout: &Layout, scratch: &Path) -> Result<CheckReport, StoreError> {
    let mut findings = Findings::default();
    let (fresh, checkpoint) = ReadModel::create(&scratch.join("fresh"), CACHE)?;
    let mut replay = Replay::prepare(layout.journal(), fresh, checkpoint)?;
    match replay.run(&mut |frame, event, codec| findings.see(frame, event, codec)) {
        Ok(()) => {}
        Err(Stopped::Scan(error)) => {
            let described = error.describe(&layout.journal());
            if replay.is_torn_end(&error).unwrap_or(false) {
                findings.report.notes.push(format!(
                    "{described}: an incomplete end as a crash leaves it, never acknowledged; \
                     opening the store cuts it off"
                ));
            } else {
                findings.fault(described);
            }
        }
        Err(Stopped::Store(StoreError::Open(fault))) => findings.fault(fault),
        Err(Stopped::Store(error)) => return Err(error),
    }
    findings.report.head = hex(&replay.at.link);
    let mut settled = None;
    if findings.report.faults.is_empty() {
        replay.settler.settle()?;
        settled = check_read_model(layout, scratch, &replay, &mut findings)?;
    }
    see_erasures(settled, &mut findings);
    if findings.more > 0 {
        findings.report.faults.push(format!("and {} more", findings.more));
    }
    Ok(findings.report)
}

/// Whether every frame that a tombstone names is blank. A kill may have come in between; the next
/// opening finishes what the read model does not contain yet.
fn see_erasures(settled: Option<u64>, findings: &mut Findings) {
    let mut announced: Vec<_> =
        findings.announced.iter().map(|(frame, tombstone)| (*frame, *tombstone)).collect();
    announced.sort_unstable();
    for (frame, tombstone) in announced {
        if findings.blank.contains(&frame) {
            continue;
        }
        let said = format!("event {frame} was erased by event {tombstone} but is still readable");
        if settled.is_some_and(|settled| settled < tombstone) {
            findings.report.notes.push(format!("{said}; opening the store finishes it"));
        } else {
            findings.fault(said);
        }
    }
}

/// Brings a copy of the read model up to the end of the journal, as the next opening would do with
/// the original, and compares it with the fresh one. Gives the event at which the original ends.
fn check_read_model(
    layout: &Layout,
    scratch: &Path,
    fresh: &Replay,
    findings: &mut Findings,
) -> Result<Option<u64>, StoreError> {
    let reached = fresh.settler.checkpoint.sequence;
    let original = layout.read_model();
    if !original.exists() {
        findings.report.behind = reached;
        findings.report.notes.push("there is no read model; opening the store makes it".to_owned());
        return Ok(Some(0));
    }
    let copy = scratch.join("kept");
    copy_directory(&original, &copy).map_err(|error| {
        StoreError::Open(format!("{} cannot be copied: {error}", original.display()))
    })?;
    let (kept, checkpoint) = match ReadModel::open(&copy, CACHE) {
        Ok(opened) => opened,
        Err(NotOpened::OtherLayout) => {
            let note = "the read model was written by another version; opening rebuilds it";
            findings.report.notes.push(note.to_owned());
            return Ok(Some(0));
        }
        Err(NotOpened::Damaged(error)) => {
            findings.fault(format!("{error}; opening the store rebuilds it"));
            return Ok(Some(0));
        }
    };
    let ends = checkpoint.sequence;
    if ends > reached {
        findings.fault(format!("the read model ends at event {ends}, the journal at {reached}"));
        return Ok(None);
    }
    findings.report.behind = reached - ends;
    if ends < reached {
        findings.report.notes.push(format!(
            "the read model is {} events behind the journal, as after a kill; a copy was brought up \
             to date and compared",
            reached - ends
        ));
    }
    if ends == reached && checkpoint.position() != fresh.settler.checkpoint.position() {
        findings.fault("the read model is that of another journal".to_owned());
    }
    let kept = if ends < reached {
        match brought_up(layout.journal(), kept, checkpoint)? {
            Some(kept) => kept,
            None => {
                let fault = format!("the journal does not continue the read model at event {ends}");
                findings.fault(fault);
                return Ok(None);
            }
        }
    } else {
        Arc::new(kept)
    };
    let rows = fresh.settler.read_model.compare(&kept, &mut |fault| findings.fault(fault))?;
    findings.report.rows = rows;
    Ok(Some(ends))
}

/// The read model with the rest of the journal in it; `None` if the journal does not continue it.
fn brought_up(
    journal: PathBuf,
    kept: ReadModel,
    checkpoint: Checkpoint,
) -> Result<Option<Arc<ReadModel>>, StoreError> {
    let Ok(mut replay) = Replay::prepare(journal, kept, checkpoint) else { return Ok(None) };
    match replay.run(&mut |_, _, _| ()) {
        Ok(()) => {}
        // The torn end that was found before.
        Err(Stopped::Scan(error)) if replay.is_torn_end(&error).unwrap_or(false) => {}
        Err(_) => return Ok(None),
    }
    replay.settler.settle()?;
    Ok(Some(replay.settler.read_model))
}

fn copy_directory(from: &Path, to: &Path) -> std::io::Result<()> {
    make_directory(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let fresh = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_directory(&entry.path(), &fresh)?;
        } else {
            std::fs::copy(entry.path(), fresh)?;
        }
    }
    Ok(())
}
