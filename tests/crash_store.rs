//! The embedded store after everything that can happen to its process and its files.

#[path = "crash_store/erasure.rs"]
mod erasure;
#[path = "crash_store/mail.rs"]
mod mail_end;
#[path = "store_contract/records.rs"]
mod records;

use bewijs::model::{CredentialState, KeyState, StatusPurpose};
use bewijs::store::{
    Commit, EmbeddedOptions, EmbeddedStore, IssuedRecord, JournalFile, JournalFiles, MailOutcome,
    PictureName, PublishedStatusList, Rendition, Repair, StatusAction, Store, StoreError,
    SystemFiles, TransferError, Visibility, check, export, import,
};
use records::*;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

fn open(directory: &Path) -> EmbeddedStore {
    EmbeddedStore::open(directory).expect("opens")
}

fn refusal(directory: &Path) -> String {
    EmbeddedStore::open(directory).expect_err("it does not open").to_string()
}

type Damage = Box<dyn Fn(&Path)>;

/// A filled store that was closed in order, and everything in it.
fn filled() -> (TempDir, Vec<String>) {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    fill(&store, &mut same_draws());
    let before = dump(&store, 0..41);
    drop(store);
    (directory, before)
}

fn journal(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory.join("journal")).expect("a journal");
    let mut found: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("readable") {
        let entry = entry.expect("readable");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// Where the frames of a segment begin, by walking the lengths; the end comes last.
fn frames(bytes: &[u8]) -> Vec<usize> {
    let mut starts = vec![64];
    while let Some(length) = bytes.get(starts[starts.len() - 1] + 4..).and_then(|b| b.get(..4)) {
        let length = u32::from_le_bytes(length.try_into().expect("four bytes"));
        starts.push(starts[starts.len() - 1] + 100 + length as usize);
    }
    starts
}

#[test]
fn everything_is_there_after_an_orderly_restart() {
    let (directory, before) = filled();
    for _ in 0..2 {
        let store = open(directory.path());
        assert_eq!(store.repairs(), [], "nothing to replay after an orderly end");
        assert_eq!(dump(&store, 0..41), before);
    }
    let store = open(directory.path());
    store.record_issuance(issuance(&store, 40, true)).wait().expect("it goes on where it was");
    assert!(store.record_issuance(issuance(&store, 40, true)).wait().is_err());
    drop(store);
    let report = check(directory.path()).expect("checked");
    assert_eq!(report.faults, Vec::<String>::new());
    assert_eq!((report.credentials, report.rows > 41), (41, true));
}

#[test]
fn a_closed_store_is_whole_although_others_hold_it() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = Arc::new(open(directory.path()));
    fill(store.as_ref(), &mut same_draws());
    let before = dump(store.as_ref(), 0..41);
    let (other, late) = (Arc::clone(&store), issuance(store.as_ref(), 40, true));
    let accepted = store.set_visibility(id(30), Visibility::Open, None, origin(1));
    store.close();
    store.close();
    accepted.wait().expect("what was accepted is written");
    let unavailable = |outcome: Option<StoreError>| {
        let refused = Some(StoreError::Unavailable {
            cause: "the store is closed".to_owned(),
            unknown_outcome: false,
        });
        assert_eq!(outcome, refused);
    };
    unavailable(other.record_issuance(late).wait().err());
    unavailable(other.ready().err());
    unavailable(other.settle().err());
    unavailable(other.issued(id(30)).err());
    let report = check(directory.path()).expect("the directory is free");
    assert_eq!((report.faults, report.notes, report.behind), (Vec::new(), Vec::new(), 0));
    assert!(report.rows > 41);
    let again = open(directory.path());
    assert_eq!(again.repairs(), []);
    again.set_visibility(id(30), Visibility::Closed, None, origin(1)).wait().expect("closed again");
    assert_eq!(dump(&again, 0..41), before);
    drop(other);
}

#[test]
fn a_read_model_that_is_behind_is_no_damage() {
    let (directory, _) = filled();
    let behind = tempfile::tempdir().expect("a directory");
    copy(&directory.path().join("read-model"), &behind.path().join("read-model"));
    let store = open(directory.path());
    store.set_visibility(id(30), Visibility::Open, None, origin(1)).wait().expect("changed");
    drop(store);
    let rows = check(directory.path()).expect("checked").rows;
    let put_back = || {
        fs::remove_dir_all(directory.path().join("read-model")).expect("removed");
        copy(&behind.path().join("read-model"), &directory.path().join("read-model"));
    };
    put_back();
    let report = check(directory.path()).expect("checked");
    assert_eq!((report.faults, report.behind, report.rows), (Vec::new(), 1, rows));
    assert_eq!(report.notes.len(), 1, "{:?}", report.notes);
    assert_eq!(check(directory.path()).expect("checked").behind, 1, "nothing was changed");
    // Ahead of the journal it is: something acknowledged is missing.
    let segment = journal(directory.path()).pop().expect("a segment");
    let bytes = fs::read(&segment).expect("readable");
    let starts = frames(&bytes);
    fs::write(&segment, &bytes[..starts[starts.len() - 3]]).expect("cut");
    put_back();
    assert!(!check(directory.path()).expect("checked").is_whole());
    fs::write(&segment, &bytes).expect("whole again");
    fs::remove_dir_all(directory.path().join("read-model")).expect("removed");
    let report = check(directory.path()).expect("checked");
    assert_eq!(report.rows, 0);
    assert!(report.behind > 0 && !report.notes.is_empty(), "it says that nothing was compared");
}

#[test]
fn small_segments_are_one_journal() {
    let directory = tempfile::tempdir().expect("a directory");
    let options = EmbeddedOptions { segment_limit: 3_000, ..EmbeddedOptions::default() };
    let reopen = || EmbeddedStore::open_with(directory.path(), options.clone()).expect("opens");
    let store = reopen();
    fill(&store, &mut same_draws());
    let before = dump(&store, 0..41);
    drop(store);
    assert!(journal(directory.path()).len() > 10);
    assert_eq!(dump(&reopen(), 0..41), before);
    fs::remove_dir_all(directory.path().join("read-model")).expect("removed");
    assert_eq!(dump(&reopen(), 0..41), before);
    assert_eq!(check(directory.path()).expect("checked").faults, Vec::<String>::new());
    fs::remove_file(&journal(directory.path())[3]).expect("removed");
    assert!(!check(directory.path()).expect("checked").is_whole());
}

#[test]
fn a_missing_read_model_is_rebuilt() {
    let (directory, before) = filled();
    fs::remove_dir_all(directory.path().join("read-model")).expect("removed");
    let store = open(directory.path());
    assert!(matches!(store.repairs(), [Repair::ReadModelRebuilt { .. }, Repair::Replayed { .. }]));
    assert_eq!(dump(&store, 0..41), before);
}

#[test]
fn a_damaged_read_model_is_set_aside_and_rebuilt() {
    let (whole, before) = filled();
    let mut rebuilt = 0;
    let database = Path::new("read-model/sled/db");
    let length = fs::metadata(whole.path().join(database)).expect("sled's file").len();
    let in_use = {
        let bytes = fs::read(whole.path().join(database)).expect("readable");
        bytes.iter().rposition(|byte| *byte != 0).expect("not empty") as u64
    };
    let mut damages: Vec<Damage> = vec![
        Box::new(|path| fs::remove_file(path.join("read-model/checkpoint.json")).expect("gone")),
        Box::new(|path| fs::write(path.join("read-model/checkpoint.json"), "{}").expect("odd")),
        Box::new(|path| fs::remove_dir_all(path.join("read-model/sled")).expect("gone")),
        Box::new(move |path| {
            let file = OpenOptions::new().write(true).open(path.join(database)).expect("there");
            file.set_len(length / 3).expect("cut");
        }),
    ];
    for part in 0..12 {
        damages.push(Box::new(move |path| {
            let file = OpenOptions::new().write(true).open(path.join(database)).expect("there");
            file.write_all_at(&[0xa5; 64], in_use * part / 12).expect("overwritten");
        }));
    }
    for (number, damage) in damages.iter().enumerate() {
        let directory = tempfile::tempdir().expect("a directory");
        copy(whole.path(), directory.path());
        damage(directory.path());
        let store = open(directory.path());
        assert_eq!(dump(&store, 0..41), before, "damage {number}");
        if matches!(store.repairs().first(), Some(Repair::ReadModelRebuilt { .. })) {
            rebuilt += 1;
        }
        drop(store);
        let report = check(directory.path()).expect("checked");
        assert_eq!(report.faults, Vec::<String>::new(), "damage {number}");
    }
    assert!(rebuilt >= 8, "only {rebuilt} of {} damages were noticed", damages.len());
}

#[test]
fn a_torn_end_is_cut_wherever_it_was_torn() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    with_lists(&store);
    for number in 0..3 {
        let document = format!("{{\"number\":{number}}}").into_bytes();
        let new = issuance_of(&store, number, false, document);
        store.record_issuance(new).wait().expect("recorded");
    }
    let before = dump(&store, 0..2);
    drop(store);
    let segment = journal(directory.path()).pop().expect("a segment");
    let whole = fs::read(&segment).expect("readable");
    let starts = frames(&whole);
    let (last, end) = (starts[starts.len() - 2], starts[starts.len() - 1]);
    assert_eq!(end, whole.len());
    // At every byte of the header, then at every seventh.
    for torn in (last..last + 100).chain((last + 100..end).step_by(7)) {
        let damaged = tempfile::tempdir().expect("a directory");
        let path = damaged.path().join("journal");
        fs::create_dir_all(&path).expect("made");
        fs::copy(directory.path().join("FORMAT"), damaged.path().join("FORMAT")).expect("copied");
        fs::write(path.join(segment.file_name().expect("a name")), &whole[..torn]).expect("torn");
        let store = open(damaged.path());
        let cut = store.repairs().iter().any(|repair| matches!(repair, Repair::TornEnd { .. }));
        assert_eq!(cut, torn != last, "torn at {torn}");
        assert_eq!(store.issued(id(2)), Ok(None));
        assert_eq!(store.issued_count(), Ok(2));
        if torn % 20 == 0 {
            let with_two = dump(&store, 0..2);
            // All but the third's index is as before.
            assert_eq!(with_two[with_two.len() - 2..], before[before.len() - 2..]);
        }
        store.record_issuance(issuance(&store, 2, false)).wait().expect("it goes on");
        drop(store);
        assert_eq!(open(damaged.path()).issued_count(), Ok(3));
    }
}

#[test]
fn damage_within_the_journal_is_named_and_nothing_is_cut() {
    let (whole, _) = filled();
    let segment = journal(whole.path()).pop().expect("a segment");
    let bytes = fs::read(&segment).expect("readable");
    let starts = frames(&bytes);
    let late = starts.len() - 10;
    for frame in [0, 5, starts.len() / 3, late, starts.len() - 4] {
        for within in [0, 5, 10, 40, 70, 98, 104, 200] {
            let directory = tempfile::tempdir().expect("a directory");
            copy(whole.path(), directory.path());
            fs::remove_dir_all(directory.path().join("read-model")).expect("removed");
            let path = journal(directory.path()).pop().expect("a segment");
            let mut damaged = bytes.clone();
            damaged[starts[frame] + within] ^= 0x10;
            fs::write(&path, &damaged).expect("written");
            let told = refusal(directory.path());
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            assert!(told.contains(&name), "{told}");
            // When tombstones are not found behind it, a blank frame is the first that is wrong.
            let there = told.contains(&format!("offset {}", starts[frame]));
            assert!(there || frame >= late && told.contains("no tombstone"), "{told}");
            assert_eq!(fs::read(&path).expect("readable"), damaged, "nothing was cut");
        }
    }
}

#[test]
fn a_journal_that_lost_acknowledged_frames_is_refused() {
    let (directory, _) = filled();
    let path = journal(directory.path()).pop().expect("a segment");
    let length = fs::metadata(&path).expect("there").len();
    OpenOptions::new().write(true).open(&path).expect("there").set_len(length - 1).expect("cut");
    assert!(refusal(directory.path()).contains("acknowledged"), "the read model knows better");
    fs::remove_file(&path).expect("removed");
    assert!(refusal(directory.path()).contains("acknowledged"));
}

#[test]
fn a_directory_of_another_kind_or_version_is_refused() {
    let (directory, _) = filled();
    fs::write(directory.path().join("FORMAT"), "bewijs store\nformat 2\n").expect("written");
    let told = refusal(directory.path());
    assert!(told.contains("format 2") && told.contains("export"), "{told}");
    assert!(check(directory.path()).is_err());
    let strange = tempfile::tempdir().expect("a directory");
    fs::write(strange.path().join("holiday.jpg"), "x").expect("written");
    assert!(refusal(strange.path()).contains("no store"));
    assert!(!strange.path().join("journal").exists());
}

#[test]
fn a_payload_of_an_unknown_version_is_refused() {
    let (directory, _) = filled();
    fs::remove_dir_all(directory.path().join("read-model")).expect("removed");
    let path = journal(directory.path()).pop().expect("a segment");
    let mut bytes = fs::read(&path).expect("readable");
    // The segment's version, with its checksum made good.
    bytes[8] = 2;
    let crc = crc32c::crc32c(&bytes[..60]);
    bytes[60..64].copy_from_slice(&crc.to_le_bytes());
    fs::write(&path, bytes).expect("written");
    assert!(refusal(directory.path()).contains("unknown to this program"));
}

// ---- a file that fails ------------------------------------------------------------------------

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The write fails, nothing of it is there, and it can be taken back.
    Write,
    /// A part of the write is there; taking it back works.
    HalfWrite,
    /// A part of the write is there; taking it back fails.
    HalfWriteAndCut,
    /// Everything is written and the sync fails; later everything is there.
    SyncPersisted,
    /// Everything is written and the sync fails; later nothing is there.
    SyncLost,
}

const FAULTS: [Fault; 5] =
    [Fault::Write, Fault::HalfWrite, Fault::HalfWriteAndCut, Fault::SyncPersisted, Fault::SyncLost];

#[derive(Clone, Debug, Default)]
struct FaultyFiles(Arc<Mutex<Option<Fault>>>);

#[derive(Debug)]
struct FaultyFile {
    file: File,
    synced: u64,
    fault: Arc<Mutex<Option<Fault>>>,
}

impl JournalFiles for FaultyFiles {
    fn create(&self, path: &Path) -> io::Result<Box<dyn JournalFile>> {
        let file = File::create_new(path)?;
        Ok(Box::new(FaultyFile { file, synced: 0, fault: Arc::clone(&self.0) }))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn JournalFile>> {
        let file = OpenOptions::new().append(true).open(path)?;
        let synced = file.metadata()?.len();
        Ok(Box::new(FaultyFile { file, synced, fault: Arc::clone(&self.0) }))
    }
}

impl FaultyFile {
    fn fault(&self) -> Option<Fault> {
        *self.fault.lock().expect("no panic")
    }
}

impl JournalFile for FaultyFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.fault() {
            Some(Fault::Write) => Err(io::ErrorKind::StorageFull.into()),
            Some(Fault::HalfWrite | Fault::HalfWriteAndCut) => {
                self.file.write_all(&bytes[..bytes.len() / 2])?;
                Err(io::ErrorKind::StorageFull.into())
            }
            _ => self.file.write_all(bytes),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        match self.fault() {
            Some(Fault::SyncLost) => {
                self.file.set_len(self.synced)?;
                Err(io::Error::other("no more"))
            }
            Some(_) => Err(io::Error::other("no more")),
            None => {
                self.synced = self.file.metadata()?.len();
                self.file.sync_data()
            }
        }
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        if self.fault() == Some(Fault::HalfWriteAndCut) {
            return Err(io::Error::other("no more"));
        }
        self.file.set_len(length)
    }
}

type Write_ = (&'static str, fn(&EmbeddedStore) -> Result<(), StoreError>);

fn told<T>(commit: Commit<Arc<T>>) -> Result<(), StoreError> {
    commit.wait().map(|_: Arc<T>| ())
}

/// Every write there is, each of which changes a filled store.
const WRITES: [Write_; 27] = [
    ("put_organisations", |store| {
        store.put_organisations(vec![organisation("c-school")], origin(1)).wait()
    }),
    ("put_definitions", |store| {
        store.put_definitions(vec![definition("99", "nieuw")], origin(1)).wait()
    }),
    ("put_vocabulary", |store| store.put_vocabulary(json!({"new": true}), origin(1)).wait()),
    ("put_key", |store| store.put_key(key("drie"), origin(1)).wait()),
    ("set_key_state", |store| {
        store.set_key_state(&school(), "twee", KeyState::Retired { at: at(9) }, origin(1)).wait()
    }),
    ("put_client", |store| store.put_client(client("new", "token"), origin(1)).wait()),
    ("record_issuance", |store| {
        let mut new = issuance(store, 40, true);
        new.idempotency = Some(idempotency("k40", id(40)));
        told::<IssuedRecord>(store.record_issuance(new))
    }),
    ("supersede", |store| {
        let mut new = issuance(store, 40, true);
        new.record.replaces = Some(id(20));
        told(store.record_issuance(new))
    }),
    ("change_status", |store| told(store.change_status(status_change(20, StatusAction::Revoke)))),
    ("set_visibility", |store| {
        told(store.set_visibility(id(20), Visibility::Open, None, origin(1)))
    }),
    ("rotate_claim", |store| told(store.rotate_claim(id(20), &school(), claim(1), origin(1)))),
    ("note_claimed", |store| told(store.note_claimed(id(20), origin(1)))),
    ("add_share", |store| told(store.add_share(share(20, 1), origin(1)))),
    ("revoke_share", |store| told(store.revoke_share(id(5), 1, origin(1)))),
    ("issue_with_mail", |store| {
        let mut new = issuance(store, 40, true);
        new.mail = Some(mail(940, 40, 20));
        told(store.record_issuance(new))
    }),
    ("queue_mail", |store| told(store.queue_mail(mail(940, 20, 20), origin(1)))),
    ("mail_sent", |store| {
        let sent = MailOutcome::Sent(attempt(1, 250));
        told(store.mail_attempted(uuid::Uuid::from_u128(903), sent, origin(1)))
    }),
    ("mail_retried", |store| {
        let retry = MailOutcome::Retry { next: at(99), attempt: attempt(1, 451) };
        told(store.mail_attempted(uuid::Uuid::from_u128(903), retry, origin(1)))
    }),
    ("record_concern", |store| told(store.record_concern(concern(2_040, 20)))),
    ("handle_concern", |store| {
        told(store.handle_concern(uuid::Uuid::from_u128(2_005), &school(), origin(1)))
    }),
    ("forget_concern", |store| {
        told(store.forget_concern(uuid::Uuid::from_u128(2_005), &school(), origin(1)))
    }),
    ("put_picture", |store| {
        let bytes = Arc::from(&b"another"[..]);
        store.put_picture(&school(), PictureName::Logo, bytes, origin(1)).wait()
    }),
    ("remove_picture", |store| {
        store.remove_picture(&school(), PictureName::Logo, origin(1)).wait()
    }),
    ("create_status_list", |store| {
        let list = new_list("r2", school(), bewijs::model::StatusPurpose::Revocation);
        store.create_status_list(list).wait()
    }),
    ("publish_status_list", |store| {
        let list = PublishedStatusList {
            id: "r1".to_owned(),
            version: 3,
            document: Arc::from(&b"third"[..]),
            signed_at: at(60),
            valid_until: at(99_000),
        };
        store.publish_status_list(list).wait()
    }),
    ("record_rendition", |store| {
        store.record_rendition(rendition(20, Rendition::VcJwt, "eyJ.twintig.x")).wait()
    }),
    ("erase", |store| told(store.erase(id(20), &school(), origin(1)))),
];

#[test]
fn a_write_that_fails_happened_whole_or_not_at_all() {
    let (whole, before) = filled();
    for (name, write) in WRITES {
        // What it looks like when it happens.
        let directory = tempfile::tempdir().expect("a directory");
        copy(whole.path(), directory.path());
        let store = open(directory.path());
        write(&store).expect("it happens");
        let happened = more_of(&store);
        assert_ne!(happened.0, before, "{name} changes what is read");
        drop(store);
        for fault in FAULTS {
            let directory = tempfile::tempdir().expect("a directory");
            copy(whole.path(), directory.path());
            let files = FaultyFiles::default();
            let options =
                EmbeddedOptions { files: Arc::new(files.clone()), ..EmbeddedOptions::default() };
            let store = EmbeddedStore::open_with(directory.path(), options).expect("opens");
            *files.0.lock().expect("no panic") = Some(fault);
            let outcome = write(&store).expect_err("it fails");
            let StoreError::Unavailable { unknown_outcome, .. } = outcome else {
                panic!("{name} {fault:?}: {outcome}");
            };
            assert_eq!(dump(&store, 0..41), before, "{name} {fault:?}: not visible");
            *files.0.lock().expect("no panic") = None;
            if unknown_outcome {
                assert!(store.ready().is_err(), "{name} {fault:?}: no more writes");
                let later = store.put_vocabulary(json!({}), origin(2)).wait();
                assert!(
                    matches!(later, Err(StoreError::Unavailable { unknown_outcome: false, .. })),
                    "{name} {fault:?}: {later:?}"
                );
                drop(store);
                let store = open(directory.path());
                let after = more_of(&store);
                match fault {
                    Fault::SyncPersisted => assert_same(&after, &happened, name),
                    _ => assert_eq!(after.0, before, "{name} {fault:?}"),
                }
            } else {
                assert!(matches!(fault, Fault::Write | Fault::HalfWrite));
                assert_eq!(store.ready(), Ok(()));
                write(&store).expect("the disk has room again");
                assert_same(&more_of(&store), &happened, name);
            }
            assert_eq!(
                check(directory.path()).map(|report| report.faults).ok().unwrap_or_default(),
                Vec::<String>::new(),
                "{name} {fault:?}"
            );
        }
    }
}

/// Everything that is read, and the state of the records a write touches.
fn more_of(store: &EmbeddedStore) -> (Vec<String>, Vec<Option<CredentialState>>) {
    let state = |number| store.issued(id(number)).expect("readable").map(|record| record.state);
    (dump(store, 0..41), vec![state(20), state(40)])
}

/// The same but for the drawn index, which differs from attempt to attempt.
fn assert_same(
    one: &(Vec<String>, Vec<Option<CredentialState>>),
    two: &(Vec<String>, Vec<Option<CredentialState>>),
    name: &str,
) {
    assert_eq!(one.1, two.1, "{name}");
    if !matches!(name, "record_issuance" | "supersede" | "issue_with_mail") {
        assert_eq!(one.0, two.0, "{name}");
    }
}

// ---- a slow disk ------------------------------------------------------------------------------

/// Syncs only while nobody holds the gate.
#[derive(Clone, Debug, Default)]
struct GatedFiles(Arc<Mutex<()>>);

#[derive(Debug)]
struct GatedFile(Box<dyn JournalFile>, Arc<Mutex<()>>);

impl JournalFiles for GatedFiles {
    fn create(&self, path: &Path) -> io::Result<Box<dyn JournalFile>> {
        Ok(Box::new(GatedFile(SystemFiles.create(path)?, Arc::clone(&self.0))))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn JournalFile>> {
        Ok(Box::new(GatedFile(SystemFiles.open(path)?, Arc::clone(&self.0))))
    }
}

impl JournalFile for GatedFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.append(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        let _open = self.1.lock().expect("no panic");
        self.0.sync()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.0.cut(length)
    }
}

#[test]
fn a_write_is_seen_only_when_it_is_synced_and_a_full_queue_says_busy() {
    let directory = tempfile::tempdir().expect("a directory");
    let files = GatedFiles::default();
    let options =
        EmbeddedOptions { queue: 3, files: Arc::new(files.clone()), ..EmbeddedOptions::default() };
    let store = EmbeddedStore::open_with(directory.path(), options).expect("opens");
    with_lists(&store);
    let small = |number: u128| issuance_of(&store, number, false, b"{}".to_vec());
    let gate = files.0.lock().expect("no panic");
    let segment = journal(directory.path()).pop().expect("a segment");
    let written = || fs::metadata(&segment).expect("there").len();
    let before = written();
    let mut commits = vec![store.record_issuance(small(0))];
    // Once the first is being written, three may wait.
    while written() == before {
        std::thread::yield_now();
    }
    commits.extend((1..4).map(|number| store.record_issuance(small(number))));
    let one_more = store.record_issuance(small(4)).wait();
    assert_eq!(one_more, Err(StoreError::Busy));
    for number in 0..5 {
        assert_eq!(store.issued(id(number)), Ok(None), "not durable, so not seen");
        assert_eq!(store.document(id(number)), Ok(None));
    }
    assert_eq!(store.issued_count(), Ok(0));
    drop(gate);
    for commit in commits {
        commit.wait().expect("recorded");
    }
    assert_eq!(store.issued_count(), Ok(4));
    assert_eq!(store.issued(id(4)), Ok(None), "what was refused did not happen");
}

// ---- two processes, and a process that is killed ----------------------------------------------

const CHILD: &str = "BEWIJS_TEST_STORE_DIRECTORY";
const FIRST: &str = "BEWIJS_TEST_STORE_FIRST";

/// Not a test of its own: what the children of the tests below do.
#[test]
fn child() {
    let Some(directory) = std::env::var_os(CHILD) else { return };
    let first: u128 = std::env::var(FIRST).expect("set").parse().expect("a number");
    let store = match EmbeddedStore::open(Path::new(&directory)) {
        Ok(store) => store,
        Err(error) => {
            writeln!(io::stdout(), "refused {error}").expect("told");
            return;
        }
    };
    if store.status_list("r1").expect("readable").is_none() {
        with_lists(&store);
    }
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for round in 0.. {
                    let number = first + round * 4 + writer;
                    let recorded = store.record_issuance(issuance(store, number, true)).wait();
                    let mut line = format!("issued {}\n", recorded.expect("recorded").id);
                    if round % 3 == 0 {
                        let change = status_change(number, StatusAction::Revoke);
                        store.change_status(change).wait().expect("changed");
                        line += &format!("revoked {number}\n");
                    }
                    let mut out = io::stdout().lock();
                    // Nobody reads any more when the parent gave up.
                    if out.write_all(line.as_bytes()).and_then(|()| out.flush()).is_err() {
                        return;
                    }
                }
            });
        }
    });
}

fn start_child(directory: &Path, first: u128) -> std::process::Child {
    Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "child", "--nocapture"])
        .env(CHILD, directory)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child")
}

#[test]
fn a_second_process_is_refused() {
    let (directory, _) = filled();
    let store = open(directory.path());
    let mut told = String::new();
    let mut child = start_child(directory.path(), 1_000);
    child.stdout.take().expect("piped").read_to_string(&mut told).expect("readable");
    child.wait().expect("ended");
    assert!(told.contains("refused") && told.contains("in use by another process"), "{told}");
    assert!(refusal(directory.path()).contains("in use"));
    assert!(check(directory.path()).is_err());
    drop(store);
    open(directory.path());
}

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let rounds =
        std::env::var("BEWIJS_KILL_ROUNDS").map_or(6, |text| text.parse().expect("a number"));
    let directory = tempfile::tempdir().expect("a directory");
    let mut acknowledged: HashSet<u128> = HashSet::new();
    let mut revoked: HashSet<u128> = HashSet::new();
    for round in 0..rounds {
        let mut child = start_child(directory.path(), 10_000 * (round + 1));
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let enough = 20 + (round as usize * 37) % 400;
        let mut seen = 0;
        for line in lines {
            let line = line.expect("readable");
            if let Some(number) = line.strip_prefix("issued ") {
                let uuid: uuid::Uuid = number.parse().expect("an id");
                acknowledged.insert(uuid.as_u128());
                seen += 1;
            } else if let Some(number) = line.strip_prefix("revoked ") {
                revoked.insert(number.parse().expect("a number"));
            }
            if seen == enough {
                // SIGKILL; what it still says before it dies is acknowledged as well.
                child.kill().expect("killed");
            }
        }
        child.wait().expect("ended");
        assert!(seen >= enough, "the child stopped early");
        let report = check(directory.path()).expect("checked as the kill left it");
        assert_eq!(report.faults, Vec::<String>::new());
        assert!(report.credentials >= acknowledged.len() as u64);
        assert!(report.rows > 0, "a copy is brought up to date and compared");
        let store = open(directory.path());
        let mut indexes = HashSet::new();
        for number in &acknowledged {
            let record = store.issued(id(*number)).expect("readable").expect("acknowledged");
            let document = store.document(id(*number)).expect("readable").expect("acknowledged");
            assert_eq!(document[..], document_for(*number)[..]);
            for entry in &record.status {
                assert!(indexes.insert((entry.list.clone(), entry.index)), "twice");
            }
        }
        for number in &revoked {
            let record = store.issued(id(*number)).expect("readable").expect("acknowledged");
            assert_eq!(record.state, CredentialState::Revoked);
        }
        drop(store);
        let report = check(directory.path()).expect("checked");
        assert_eq!(report.faults, Vec::<String>::new());
        assert!(report.credentials >= acknowledged.len() as u64);
    }
    let store = open(directory.path());
    let before = dump(&store, acknowledged.iter().copied());
    drop(store);
    fs::remove_dir_all(directory.path().join("read-model")).expect("removed");
    assert_eq!(dump(&open(directory.path()), acknowledged.iter().copied()), before);
}

// ---- check, export, import, erasure -----------------------------------------------------------

fn exported(directory: &Path) -> Vec<u8> {
    let mut out = Vec::new();
    export(directory, &mut out).expect("exported");
    out
}

#[test]
fn an_import_is_the_same_store() {
    let (directory, before) = filled();
    let out = exported(directory.path());
    let other = tempfile::tempdir().expect("a directory");
    let report = import(other.path(), &mut &out[..]).expect("imported");
    assert_eq!(dump(&open(other.path()), 0..41), before);
    let (one, two) = (check(directory.path()), check(other.path()));
    assert_eq!(one, two);
    assert_eq!(one.expect("checked").head, report.head);
    assert_eq!(exported(other.path()), out);
    let again = import(other.path(), &mut &out[..]);
    assert!(matches!(again, Err(TransferError::NotEmpty(_))));
}

#[test]
fn a_changed_export_is_not_imported() {
    let (directory, _) = filled();
    let out = exported(directory.path());
    let text = String::from_utf8(out.clone()).expect("text");
    let sealed = |line: &str| format!("{line}\t{:08x}\n", crc32c::crc32c(line.as_bytes()));
    let lines: Vec<&str> = text.lines().collect();
    let body = |number: usize| lines[number].rsplit_once('\t').expect("a checksum").0;
    let joined = |lines: &[String]| lines.concat().into_bytes();
    let all = || lines.iter().map(|line| format!("{line}\n")).collect::<Vec<_>>();
    let mut changed: Vec<(&str, Vec<u8>)> = vec![("nothing", Vec::new())];
    for at in (0..out.len()).step_by(out.len() / 40) {
        let mut bytes = out.clone();
        bytes[at] ^= 1;
        changed.push(("a bit", bytes));
    }
    let mut fewer = all();
    fewer.remove(10);
    changed.push(("a line is missing", joined(&fewer)));
    let mut short = all();
    short.pop();
    changed.push(("the last line is missing", joined(&short)));
    let mut more = all();
    more.push(more[1].clone());
    changed.push(("a line too many", joined(&more)));
    let mut other = all();
    other[0] = sealed(&body(0).replace("\"version\":1", "\"version\":2"));
    changed.push(("another version", joined(&other)));
    let mut forged = all();
    let number = lines.iter().position(|line| line.contains("VHS-MC-7\"")).expect("there");
    forged[number] = sealed(&body(number).replace("VHS-MC-7\"", "VHS-MC-8\""));
    changed.push(("a forged event with a good checksum", joined(&forged)));
    for (what, bytes) in changed {
        let other = tempfile::tempdir().expect("a directory");
        assert!(import(other.path(), &mut &bytes[..]).is_err(), "{what}");
        assert!(EmbeddedStore::open(other.path()).is_err(), "{what}: nothing usable is left");
    }
}

#[test]
fn a_check_finds_what_does_not_agree() {
    let (whole, _) = filled();
    let (other, _) = {
        let directory = tempfile::tempdir().expect("a directory");
        copy(whole.path(), directory.path());
        let store = open(directory.path());
        store.change_status(status_change(30, StatusAction::Revoke)).wait().expect("changed");
        drop(store);
        (directory, ())
    };
    // The read model of one with the journal of the other, which has as many events.
    let store = open(whole.path());
    store.set_visibility(id(30), Visibility::Open, None, origin(1)).wait().expect("changed");
    drop(store);
    fs::remove_dir_all(whole.path().join("read-model")).expect("removed");
    copy(&other.path().join("read-model"), &whole.path().join("read-model"));
    let faults = check(whole.path()).expect("checked").faults;
    assert!(faults.iter().any(|fault| fault.contains(&id(30).to_string())), "{faults:?}");
    assert!(faults.iter().any(|fault| fault.contains("bits/r1")), "{faults:?}");
}
