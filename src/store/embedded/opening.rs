//! Opening a store's directory: the lock, the version, the read model, the tail of the journal.
//!
//! It deliberately says nothing of how the journal is replayed.

use super::super::StoreError;
use super::super::journal::Journal;
use super::super::journal::files::{JournalFiles, SystemFiles, make_directory};
use super::super::register::Model;
use super::committer::{Journaled, Parts};
use super::file_ledger::FileLedger;
use super::layout::Layout;
use super::read_model::{Checkpoint, NotOpened, ReadModel};
use super::replay::Replay;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Settings of the embedded store.
#[derive(Clone, Debug)]
pub struct EmbeddedOptions {
    /// A segment of the journal that is longer than this is followed by a new one.
    pub segment_limit: u64,
    /// So many writes may wait; one more is [`StoreError::Busy`].
    pub queue: usize,
    /// Bytes of the read model that sled keeps in memory.
    pub cache: u64,
    /// How the journal is written.
    pub files: Arc<dyn JournalFiles>,
}

impl Default for EmbeddedOptions {
    fn default() -> Self {
        Self {
            segment_limit: 256 << 20,
            queue: 2048,
            cache: 128 << 20,
            files: Arc::new(SystemFiles),
        }
    }
}

/// What was repaired at opening. None of it loses anything that was acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Events that the read model did not contain were replayed.
    Replayed {
        /// How many.
        events: u64,
    },
    /// The end of the journal was incomplete, as a crash leaves it; it was cut off and kept.
    TornEnd {
        /// The segment it was cut from.
        segment: PathBuf,
        /// Where it was cut.
        offset: u64,
        /// What was wrong there.
        what: String,
        /// Where the end is kept.
        kept: PathBuf,
    },
    /// The read model was missing or damaged, and is rebuilt from the journal.
    ReadModelRebuilt {
        /// What was wrong with it.
        why: String,
        /// Where the damaged one is kept; `None` when there was none.
        kept: Option<PathBuf>,
    },
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replayed { events } => write!(f, "replayed {events} events of the journal"),
            Self::TornEnd { segment, offset, what, kept } => write!(
                f,
                "cut {} at offset {offset} ({what}); the rest is kept as {}",
                segment.display(),
                kept.display()
            ),
            Self::ReadModelRebuilt { why, kept: Some(kept) } => {
                write!(
                    f,
                    "rebuilt the read model ({why}); the old one is kept as {}",
                    kept.display()
                )
            }
            Self::ReadModelRebuilt { why, kept: None } => {
                write!(f, "rebuilt the read model ({why})")
            }
        }
    }
}

/// An opened store.
pub(super) struct Opened {
    pub(super) model: Arc<Model>,
    pub(super) journaled: Journaled,
}

/// Opens a directory.
pub(super) fn open(directory: &Path, options: EmbeddedOptions) -> Result<Opened, StoreError> {
    let layout = Layout::of(directory);
    make_directory(directory).map_err(|error| layout.failed("cannot be made", &error))?;
    let lock = layout.lock()?;
    if !layout.is_known()? {
        layout.make()?;
    }
    layout.make_journal()?;
    let mut repairs = Vec::new();
    let (read_model, checkpoint) = read_model(&layout, options.cache, &mut repairs)?;
    let mut replay = Replay::prepare(layout.journal(), read_model, checkpoint)?;
    let before = replay.at.sequence;
    let end = replay.finish(&layout, &mut repairs)?;
    if end.sequence > before {
        repairs.push(Repair::Replayed { events: end.sequence - before });
    }
    let journal = Journal::open(&layout.journal(), options.files, end, options.segment_limit)?;
    let Replay { settler, applying, .. } = replay;
    let model = Arc::clone(&settler.model);
    // From the first frame on the state knows where the journal ends.
    model.write().end = journal.end();
    let journaled = Journaled::start(Parts {
        model: Arc::clone(&model),
        ledger: Box::new(FileLedger { journal, directory: layout.journal() }),
        codec: applying.codec,
        events: applying.events,
        read_model: settler.read_model,
        checkpoint: settler.checkpoint,
        capacity: options.queue,
        repairs,
        lock,
    })?;
    Ok(Opened { model, journaled })
}

fn read_model(
    layout: &Layout,
    cache: u64,
    repairs: &mut Vec<Repair>,
) -> Result<(ReadModel, Checkpoint), StoreError> {
    let path = layout.read_model();
    if path.exists() {
        match ReadModel::open(&path, cache) {
            Ok(opened) => return Ok(opened),
            Err(NotOpened::OtherLayout) => {
                std::fs::remove_dir_all(&path).map_err(|error| {
                    layout.failed("cannot remove its read model of another version", &error)
                })?;
                let why = "it was written by another version".to_owned();
                repairs.push(Repair::ReadModelRebuilt { why, kept: None });
            }
            Err(NotOpened::Damaged(error)) => {
                let aside = layout
                    .set_aside("read-model")
                    .and_then(|kept| std::fs::rename(&path, &kept).map(|()| kept))
                    .map_err(|error| layout.failed("cannot set its read model aside", &error))?;
                let why = error.to_string();
                repairs.push(Repair::ReadModelRebuilt { why, kept: Some(aside) });
            }
        }
    } else if layout.journal().join(format!("{:020}.journal", 1)).exists() {
        let why = "it was missing".to_owned();
        repairs.push(Repair::ReadModelRebuilt { why, kept: None });
    }
    ReadModel::create(&path, cache)
}
