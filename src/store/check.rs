//! Whether a store's directory is whole: the journal frame by frame, and the read model row by row
//! against a fresh one made from that journal.
//!
//! Nothing is repaired, and nothing is changed but a scratch directory beside the read model.

use super::StoreError;
use super::codec::Codec;
use super::embedded::opening::{Layout, Replay, Stopped};
use super::embedded::read_model::ReadModel;
use super::event::Event;
use super::journal::scan::Frame;
use super::register::hex;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::path::Path;

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
                for entry in &record.status {
                    if !self.indexes.insert((entry.list.clone(), entry.index)) {
                        self.fault(format!(
                            "event {number}: index {} of list {} is given out twice",
                            entry.index, entry.list
                        ));
                    }
                }
                let Some(payload) = &frame.payload else { return };
                match codec.body(payload) {
                    Ok(Some(document)) => {
                        if hex(&Sha256::digest(&document)) != record.sha256
                            || document.len() != record.length as usize
                        {
                            self.fault(format!(
                                "event {number}: the document of {} is not the one recorded",
                                record.id
                            ));
                        }
                    }
                    Ok(None) => {
                        self.fault(format!("event {number}: {} has no document", record.id));
                    }
                    Err(error) => self.fault(format!("event {number}: {error}")),
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
            Event::Erased { replaced, .. } => {
                self.announced.extend(replaced.iter().map(|one| (one.sequence, number)));
            }
            _ => {}
        }
    }
}

/// Checks the store in this directory. Takes it for the time of the check, so no process may be
/// using it. An error means that it could not be checked, a fault that it is not whole.
///
/// Needs the time and the space of rebuilding the read model.
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
    let (fresh, checkpoint) = ReadModel::create(scratch, CACHE)?;
    let mut replay = Replay::prepare(layout.journal(), fresh, checkpoint)?;
    match replay.run(&mut |frame, event, codec| findings.see(frame, event, codec)) {
        Ok(()) => {}
        Err(Stopped::Scan(error)) => findings.fault(error.describe(&layout.journal())),
        Err(Stopped::Store(StoreError::Open(fault))) => findings.fault(fault),
        Err(Stopped::Store(error)) => return Err(error),
    }
    findings.report.head = hex(&replay.at.link);
    let pending: Vec<_> = findings
        .announced
        .iter()
        .filter(|(frame, _)| !findings.blank.contains(frame))
        .map(|(frame, tombstone)| {
            format!("event {frame} was erased by event {tombstone} but is still readable")
        })
        .collect();
    for fault in pending {
        findings.fault(fault);
    }
    if findings.report.faults.is_empty() {
        replay.settler.settle()?;
        let reached = replay.settler.checkpoint.sequence;
        let fresh = &replay.settler.read_model;
        match ReadModel::open(&layout.read_model(), CACHE) {
            Ok((kept, checkpoint)) if checkpoint.sequence == reached => {
                let rows = fresh.compare(&kept, &mut |fault| findings.fault(fault))?;
                findings.report.rows = rows;
            }
            Ok((_, checkpoint)) => findings.fault(format!(
                "the read model ends at event {}, the journal at {reached}: the process was not \
                 ended in order; open the store once and check again",
                checkpoint.sequence
            )),
            Err(error) => findings.fault(format!("{error}; opening the store rebuilds it")),
        }
    }
    if findings.more > 0 {
        findings.report.faults.push(format!("and {} more", findings.more));
    }
    Ok(findings.report)
}
