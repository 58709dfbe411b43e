//! The read model: sled, and beside it a checkpoint that says up to which event it goes and what
//! the sum of all its rows is.
//!
//! sled is never trusted. Its `flush` is not durable by itself, so its files are synced here before
//! a checkpoint is written; each change is preceded by a note of how to undo it; and at opening
//! every row is read and summed up. What does not fit is set aside and rebuilt from the journal.

use super::super::StoreError;
use super::super::journal::Position;
use super::super::journal::files::make_directory;
use super::super::register::hex;
use super::super::state::{Recent, State};
use super::rows::{self, LAYOUT, Packer, Taken, Unpacker};
use super::sealed_files::{put_bytes, read_sealed, replace_file, sync_files, take_bytes};
use super::{entry_rows, matter_rows};
use crate::model::CredentialId;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// The trees, by the number they have in notes and sums.
const TREES: [&str; 6] = ["issued", "numbers", "idempotency", "catalogue", "order", "matters"];

/// What the read model contains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct Checkpoint {
    layout: u32,
    pub(in crate::store) sequence: u64,
    segment: u64,
    offset: u64,
    link: String,
    pub(super) issued_count: u64,
    ordinal: u64,
    rows: u64,
    /// Sum over all rows, in hex: JSON numbers are no place for 64 bits.
    sum: String,
}

impl Checkpoint {
    fn empty() -> Self {
        let start = Position::start();
        Self {
            layout: LAYOUT,
            sequence: 0,
            segment: start.segment,
            offset: start.offset,
            link: hex(&start.link),
            issued_count: 0,
            ordinal: 0,
            rows: 0,
            sum: sum_text(0),
        }
    }

    /// The point of the journal up to which it goes.
    pub(in crate::store) fn position(&self) -> Option<Position> {
        let mut link = [0; 32];
        if self.link.len() != 64 {
            return None;
        }
        for (byte, digits) in link.iter_mut().zip(self.link.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Position { segment: self.segment, offset: self.offset, sequence: self.sequence, link })
    }
}

/// Why a read model is of no use as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) enum NotOpened {
    /// It was written by another version: rebuild it, there is nothing to look into.
    OtherLayout,
    /// Set it aside.
    Damaged(StoreError),
}

impl From<StoreError> for NotOpened {
    fn from(error: StoreError) -> Self {
        Self::Damaged(error)
    }
}

fn sum_text(sum: u64) -> String {
    format!("{sum:016x}")
}

/// One row's share of the sum.
fn share(tree: usize, key: &[u8], value: &[u8]) -> u64 {
    let start = crc32c::crc32c(&[u8::try_from(tree).unwrap_or(u8::MAX)]);
    let key = crc32c::crc32c_append(start, key);
    let whole = crc32c::crc32c_append(key.rotate_left(7), value);
    (u64::from(key) << 32 | u64::from(whole)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Takes a tree's number, a key and a value.
type ShowRow<'a> = dyn FnMut(usize, &[u8], &[u8]) + 'a;

/// A change of one row.
struct Change {
    tree: usize,
    key: Vec<u8>,
    /// `None` to remove it.
    value: Option<Vec<u8>>,
    before: Option<Vec<u8>>,
}

/// sled with its checkpoint.
pub(in crate::store) struct ReadModel {
    directory: PathBuf,
    /// `None` when it was closed.
    open: RwLock<Option<Arc<Database>>>,
    pub(super) unpacker: Unpacker,
}

pub(super) struct Database {
    sled: sled::Db,
    pub(super) trees: [sled::Tree; TREES.len()],
}

impl std::fmt::Debug for ReadModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadModel").finish_non_exhaustive()
    }
}

/// Runs something on sled, which panics on some kinds of damage.
pub(super) fn guarded<T>(
    what: &'static str,
    run: impl FnOnce() -> sled::Result<T>,
) -> Result<T, StoreError> {
    let corrupt =
        |id: &str| StoreError::Corrupt { what: "read model", id: format!("{what} ({id})") };
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(sled::Error::Io(error))) => Err(StoreError::Unavailable {
            cause: format!("the read model cannot be used: {error}"),
            unknown_outcome: false,
        }),
        Ok(Err(error)) => Err(corrupt(&error.to_string())),
        Err(_) => Err(corrupt("sled gave up")),
    }
}

fn unavailable(error: &io::Error) -> StoreError {
    StoreError::Unavailable {
        cause: format!("the read model cannot be written: {error}"),
        unknown_outcome: false,
    }
}

impl ReadModel {
    fn database_path(directory: &Path) -> PathBuf {
        directory.join("sled")
    }

    fn checkpoint_path(directory: &Path) -> PathBuf {
        directory.join("checkpoint.json")
    }

    fn undo_path(directory: &Path) -> PathBuf {
        directory.join("undo")
    }

    /// A new, empty one. The directory must not exist.
    pub(in crate::store) fn create(
        directory: &Path,
        cache: u64,
    ) -> Result<(Self, Checkpoint), StoreError> {
        let failed = |error: io::Error| {
            StoreError::Open(format!("{} cannot be made: {error}", directory.display()))
        };
        make_directory(directory).map_err(failed)?;
        let model = Self::connect(directory, cache)?;
        let checkpoint = Checkpoint::empty();
        model.write_checkpoint(&checkpoint).map_err(failed)?;
        Ok((model, checkpoint))
    }

    /// Opens one and makes sure that it is what its checkpoint says.
    pub(in crate::store) fn open(
        directory: &Path,
        cache: u64,
    ) -> Result<(Self, Checkpoint), NotOpened> {
        let corrupt = |id: &str| StoreError::Corrupt { what: "read model", id: id.to_owned() };
        let text = std::fs::read(Self::checkpoint_path(directory))
            .map_err(|_| corrupt("there is no checkpoint"))?;
        let checkpoint: Checkpoint =
            read_sealed(&text).ok_or_else(|| corrupt("the checkpoint is unreadable"))?;
        if checkpoint.layout != LAYOUT {
            return Err(NotOpened::OtherLayout);
        }
        if !Self::database_path(directory).is_dir() {
            return Err(corrupt("sled's directory is missing").into());
        }
        let model = Self::connect(directory, cache)?;
        model.undo(&checkpoint)?;
        let (rows, sum) = model.sum()?;
        if rows != checkpoint.rows || sum_text(sum) != checkpoint.sum {
            return Err(corrupt("its rows are not those of the checkpoint").into());
        }
        Ok((model, checkpoint))
    }

    fn connect(directory: &Path, cache: u64) -> Result<Self, StoreError> {
        guarded("open", || {
            let database = sled::Config::new()
                .path(Self::database_path(directory))
                .cache_capacity(cache)
                .mode(sled::Mode::HighThroughput)
                .flush_every_ms(None)
                .open()?;
            let mut trees = Vec::with_capacity(TREES.len());
            for name in TREES {
                trees.push(database.open_tree(name)?);
            }
            let trees = trees
                .try_into()
                .unwrap_or_else(|_| unreachable!("as many trees are opened as are named"));
            let open = RwLock::new(Some(Arc::new(Database { sled: database, trees })));
            Ok(Self { directory: directory.to_path_buf(), open, unpacker: Unpacker::new() })
        })
    }

    /// Lets go of the files. What is read afterwards is unavailable.
    pub(super) fn close(&self) {
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(super) fn database(&self) -> Result<Arc<Database>, StoreError> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        open.as_ref().map(Arc::clone).ok_or_else(|| StoreError::Unavailable {
            cause: "the store is closed".to_owned(),
            unknown_outcome: false,
        })
    }

    /// Number of rows and their sum.
    fn sum(&self) -> Result<(u64, u64), StoreError> {
        let (mut rows, mut sum) = (0_u64, 0_u64);
        self.each(&mut |tree, key, value| {
            rows += 1;
            sum = sum.wrapping_add(share(tree, key, value));
        })?;
        Ok((rows, sum))
    }

    /// Shows every row, tree by tree in the order of keys.
    fn each(&self, show: &mut ShowRow<'_>) -> Result<(), StoreError> {
        let database = self.database()?;
        guarded("read", || {
            for (number, tree) in database.trees.iter().enumerate() {
                for row in tree.iter() {
                    let (key, value) = row?;
                    show(number, &key, &value);
                }
            }
            Ok(())
        })
    }

    /// Compares with another one, row by row. Names the rows that differ, and counts all.
    pub(in crate::store) fn compare(
        &self,
        other: &Self,
        differs: &mut dyn FnMut(String),
    ) -> Result<u64, StoreError> {
        let mut rows = 0;
        let (own, others) = (self.database()?, other.database()?);
        for (number, name) in TREES.iter().enumerate() {
            let named = |key: &[u8]| match number {
                0 => rows::read_id(key).map_or_else(|| hex(key), |id| id.to_string()),
                3 => String::from_utf8_lossy(key).into_owned(),
                5 => matter_rows::describe(key),
                // Certificate numbers and idempotency keys are nobody's business.
                _ => format!("hash {:08x}", crc32c::crc32c(key)),
            };
            let (mut mine, mut theirs) = (own.trees[number].iter(), others.trees[number].iter());
            let mut step = |left: bool| {
                let rows = if left { &mut mine } else { &mut theirs };
                guarded("read", || rows.next().transpose())
            };
            let (mut left, mut right) = (step(true)?, step(false)?);
            loop {
                let order = match (&left, &right) {
                    (None, None) => break,
                    (Some(_), None) => Ordering::Less,
                    (None, Some(_)) => Ordering::Greater,
                    (Some((one, _)), Some((two, _))) => one.cmp(two),
                };
                rows += 1;
                match (order, &left, &right) {
                    (Ordering::Less, Some((key, _)), _) => {
                        differs(format!("the read model lacks {name} {}", named(key)));
                        left = step(true)?;
                    }
                    (Ordering::Greater, _, Some((key, _))) => {
                        differs(format!("the read model invents {name} {}", named(key)));
                        right = step(false)?;
                    }
                    (_, one, two) => {
                        if let (Some((key, mine)), Some((_, theirs))) = (one, two)
                            && mine != theirs
                            && self.unpacker.differ(mine, theirs)
                        {
                            differs(format!("the read model has another {name} {}", named(key)));
                        }
                        (left, right) = (step(true)?, step(false)?);
                    }
                }
            }
        }
        Ok(rows)
    }

    /// Puts what the checkpoint knows of everything outside the issuance records into a state.
    pub(super) fn load(&self, checkpoint: &Checkpoint) -> Result<State, StoreError> {
        let mut state = State {
            issued_count: checkpoint.issued_count,
            ordinal: checkpoint.ordinal,
            sequence: checkpoint.sequence,
            end: checkpoint.position().ok_or_else(|| StoreError::Corrupt {
                what: "read model",
                id: "the checkpoint has no position".to_owned(),
            })?,
            ..State::default()
        };
        let database = self.database()?;
        let catalogue = &database.trees[3];
        let found: Vec<_> = guarded("read", || {
            catalogue.iter().map(|row| row.map(|(k, v)| (k.to_vec(), v.to_vec()))).collect()
        })?;
        let find = |name: &str| {
            let row = guarded("read", || catalogue.get(name))?;
            Ok(row.map(|row| row.to_vec()))
        };
        rows::load(&mut state, found.into_iter().map(Ok), &find)?;
        for row in database.trees[5].scan_prefix([matter_rows::DUE]) {
            let (key, value) = guarded("read", || row)?;
            let due = matter_rows::read_due(&key, &value);
            state.due.insert(due.ok_or_else(|| StoreError::Corrupt {
                what: "read model row",
                id: matter_rows::describe(&key),
            })?);
        }
        Ok(state)
    }

    /// Writes what changed, so that the read model goes up to where `state` was when `recent` and
    /// `taken` were taken from it.
    pub(super) fn settle(
        &self,
        from: &Checkpoint,
        recent: &Recent,
        taken: &[Taken],
        to: &Reached,
    ) -> Result<Checkpoint, StoreError> {
        let changes = self.changes(recent, taken)?;
        let mut checkpoint = Checkpoint {
            layout: LAYOUT,
            sequence: to.end.sequence,
            segment: to.end.segment,
            offset: to.end.offset,
            link: hex(&to.end.link),
            issued_count: to.issued_count,
            ordinal: to.ordinal,
            rows: from.rows,
            sum: String::new(),
        };
        let mut sum = u64::from_str_radix(&from.sum, 16).unwrap_or(0);
        for change in &changes {
            if let Some(before) = &change.before {
                sum = sum.wrapping_sub(share(change.tree, &change.key, before));
                checkpoint.rows = checkpoint.rows.saturating_sub(1);
            }
            if let Some(value) = &change.value {
                sum = sum.wrapping_add(share(change.tree, &change.key, value));
                checkpoint.rows += 1;
            }
        }
        checkpoint.sum = sum_text(sum);
        self.note_undo(from.sequence, &changes).map_err(|error| unavailable(&error))?;
        let mut batches: [sled::Batch; TREES.len()] = Default::default();
        for change in changes {
            match change.value {
                Some(value) => batches[change.tree].insert(change.key, value),
                None => batches[change.tree].remove(change.key),
            }
        }
        let database = self.database()?;
        guarded("write", || {
            for (tree, batch) in database.trees.iter().zip(batches) {
                tree.apply_batch(batch)?;
            }
            database.sled.flush()
        })?;
        sync_files(&Self::database_path(&self.directory)).map_err(|error| unavailable(&error))?;
        self.write_checkpoint(&checkpoint).map_err(|error| unavailable(&error))?;
        Ok(checkpoint)
    }

    fn changes(&self, recent: &Recent, taken: &[Taken]) -> Result<Vec<Change>, StoreError> {
        let mut packer = Packer::new();
        let mut changes = Vec::with_capacity(recent.entries.len() * 3);
        let mut change = |tree, key: Vec<u8>, value, known: bool| -> Result<(), StoreError> {
            let before = if known { self.row(tree, &key)? } else { None };
            changes.push(Change { tree, key, value, before });
            Ok(())
        };
        for (id, entry) in &recent.entries {
            let known = recent.known.contains(id);
            let value = entry.as_ref().map(|entry| entry_rows::entry_row(entry));
            change(0, id.uuid().as_bytes().to_vec(), value, known)?;
            if let Some(entry) = entry {
                let key = rows::order_key(&entry.record.issuer, entry.ordinal);
                change(4, key, Some(rows::glance_row(&entry.record)), known)?;
            }
        }
        for (issuer, ordinal) in &recent.left {
            change(4, rows::order_key(issuer, *ordinal), None, true)?;
        }
        for (key, id) in &recent.numbers {
            let value = id.map(|id| id.uuid().as_bytes().to_vec());
            let known = recent.revised.contains(key);
            change(1, entry_rows::number_row_key(key), value, known)?;
        }
        for (key, record) in &recent.idempotency {
            let value = record.as_ref().map(entry_rows::used_row);
            change(2, key.to_vec(), value, recent.revised.contains(&key[..]))?;
        }
        if !recent.orphans.is_empty() {
            for tree in [1, 2] {
                self.orphans(tree, &recent.orphans, &mut changes)?;
            }
        }
        let mut others = Vec::new();
        for record in taken {
            rows::rows(record, &mut packer, &mut |key, value| others.push((key, value)));
        }
        for (key, value) in others {
            let before = self.row(3, &key)?;
            changes.push(Change { tree: 3, key, value: Some(value), before });
        }
        let mut others = Vec::new();
        matter_rows::rows(&recent.matters, &mut |key, value| others.push((key, value)));
        for (key, value) in others {
            let before = self.row(5, &key)?;
            if before.is_some() || value.is_some() {
                changes.push(Change { tree: 5, key, value, before });
            }
        }
        // In order, so that neighbours in a tree are written together.
        changes.sort_unstable_by(|a, b| (a.tree, &a.key).cmp(&(b.tree, &b.key)));
        Ok(changes)
    }

    /// Removes the rows of a tree that lead to nothing any more.
    fn orphans(
        &self,
        tree: usize,
        ids: &HashSet<CredentialId>,
        changes: &mut Vec<Change>,
    ) -> Result<(), StoreError> {
        let database = self.database()?;
        let mut rows = database.trees[tree].iter();
        while let Some((key, row)) = guarded("read", || rows.next().transpose())? {
            // A request whose hash stays was just written.
            let stays = |change: &Change| change.tree == tree && change.key[..] == key[..];
            if entry_rows::is_of(tree, &row, ids) && !changes.iter().any(stays) {
                let (key, before) = (key.to_vec(), Some(row.to_vec()));
                changes.push(Change { tree, key, value: None, before });
            }
        }
        Ok(())
    }

    pub(super) fn row(&self, tree: usize, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let database = self.database()?;
        let row = guarded("read", || database.trees[tree].get(key))?;
        Ok(row.map(|row| row.to_vec()))
    }

    /// Notes how to get back, before anything is changed.
    fn note_undo(&self, from: u64, changes: &[Change]) -> io::Result<()> {
        let mut note = from.to_le_bytes().to_vec();
        for change in changes {
            note.push(u8::try_from(change.tree).unwrap_or(u8::MAX));
            put_bytes(&mut note, Some(&change.key));
            put_bytes(&mut note, change.before.as_deref());
        }
        let crc = crc32c::crc32c(&note);
        note.extend_from_slice(&crc.to_le_bytes());
        replace_file(&Self::undo_path(&self.directory), &note)
    }

    /// Undoes what was written after the checkpoint, if anything.
    fn undo(&self, checkpoint: &Checkpoint) -> Result<(), StoreError> {
        let Ok(note) = std::fs::read(Self::undo_path(&self.directory)) else { return Ok(()) };
        // An unreadable note is of no use; the sum of the rows tells whether it was needed.
        let Some((note, crc)) = note.split_last_chunk::<4>() else { return Ok(()) };
        if crc32c::crc32c(note) != u32::from_le_bytes(*crc) {
            return Ok(());
        }
        let Some((from, mut rest)) = note.split_first_chunk::<8>() else { return Ok(()) };
        if u64::from_le_bytes(*from) != checkpoint.sequence {
            return Ok(());
        }
        let mut batches: [sled::Batch; TREES.len()] = Default::default();
        while let Some((tree, more)) = rest.split_first() {
            rest = more;
            let (Some(Some(key)), Some(before)) = (take_bytes(&mut rest), take_bytes(&mut rest))
            else {
                return Ok(());
            };
            let Some(batch) = batches.get_mut(usize::from(*tree)) else { return Ok(()) };
            match before {
                Some(before) => batch.insert(key, before),
                None => batch.remove(key),
            }
        }
        let database = self.database()?;
        guarded("undo", || {
            for (tree, batch) in database.trees.iter().zip(batches) {
                tree.apply_batch(batch)?;
            }
            database.sled.flush().map(|_| ())
        })
    }

    fn write_checkpoint(&self, checkpoint: &Checkpoint) -> io::Result<()> {
        let text = serde_json::to_vec(checkpoint)?;
        let crc = crc32c::crc32c(&text);
        let sealed = [&text[..], format!("\n{crc:08x}\n").as_bytes()].concat();
        replace_file(&Self::checkpoint_path(&self.directory), &sealed)
    }
}

/// Where a state stood.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reached {
    pub(super) end: Position,
    pub(super) issued_count: u64,
    pub(super) ordinal: u64,
}

impl Reached {
    pub(super) fn by(state: &State) -> Self {
        Self { end: state.end, issued_count: state.issued_count, ordinal: state.ordinal }
    }
}
