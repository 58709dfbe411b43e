//! The store contract, for every backend.

mod store_contract;

mod memory {
    use bewijs::store::MemoryStore;

    fn open() -> (MemoryStore, ()) {
        (MemoryStore::new(), ())
    }

    crate::contract!(open);
}
