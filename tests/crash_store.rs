//! The embedded store after everything that can happen to its process and its files.

#[path = "store_contract/records.rs"]
mod records;

use bewijs::store::{EmbeddedStore, Repair, Store};
use records::{dump, fill, same_draws};
use std::path::Path;

fn open(directory: &Path) -> EmbeddedStore {
    EmbeddedStore::open(directory).expect("opens")
}

#[test]
fn everything_is_there_after_an_orderly_restart() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    fill(&store, &mut same_draws());
    let before = dump(&store, 0..41);
    drop(store);
    for _ in 0..2 {
        let store = open(directory.path());
        assert_eq!(store.repairs(), [], "nothing to replay after an orderly end");
        assert_eq!(dump(&store, 0..41), before);
    }
    // And the store goes on where it was.
    let store = open(directory.path());
    let fresh = records::issuance(&store, 40, true);
    store.record_issuance(fresh).wait().expect("recorded");
    let again = records::issuance(&store, 40, true);
    assert!(store.record_issuance(again).wait().is_err());
}

#[test]
fn a_missing_read_model_is_rebuilt() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path());
    fill(&store, &mut same_draws());
    let before = dump(&store, 0..41);
    drop(store);
    std::fs::remove_dir_all(directory.path().join("read-model")).expect("removed");
    let store = open(directory.path());
    assert!(matches!(store.repairs(), [Repair::ReadModelRebuilt { .. }, Repair::Replayed { .. }]));
    assert_eq!(dump(&store, 0..41), before);
}
