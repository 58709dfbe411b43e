//! The store contract, for every backend.

mod store_contract;

mod memory {
    use bewijs::store::MemoryStore;

    fn open() -> (MemoryStore, ()) {
        (MemoryStore::new(), ())
    }

    crate::contract!(open);
}

mod embedded {
    use bewijs::store::EmbeddedStore;
    use tempfile::TempDir;

    fn open() -> (EmbeddedStore, TempDir) {
        let directory = tempfile::tempdir().expect("a directory");
        (EmbeddedStore::open(directory.path()).expect("opens"), directory)
    }

    crate::contract!(open);
}

#[test]
fn both_backends_answer_alike() {
    use bewijs::store::{EmbeddedStore, MemoryStore};
    use store_contract::records::{dump, fill, same_draws};
    let directory = tempfile::tempdir().expect("a directory");
    let embedded = EmbeddedStore::open(directory.path()).expect("opens");
    let memory = MemoryStore::new();
    fill(&memory, &mut same_draws());
    fill(&embedded, &mut same_draws());
    assert_eq!(dump(&memory, 0..41), dump(&embedded, 0..41));
}
