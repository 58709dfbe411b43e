//! What earlier examinations read and need not be read again: key documents, keys of did:key,
//! status lists that were verified. Everything is compared byte for byte with what a source answers
//! now, so that nothing is believed longer than its source says it.

use super::key_document::KeyDocument;
use crate::encoding::PublicKey;
use crate::model::Problem;
use crate::proof::{ResolveError, ResolvedMethod};
use crate::status::StatusList;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

const MAX_KEPT: usize = 512;
/// Larger key documents and lists are read each time rather than kept.
const MAX_KEPT_BYTES: usize = 131_072;
/// Larger lists are expanded each time rather than kept.
const MAX_KEPT_BITS: u64 = 8 * 1_048_576;
const MAX_KEPT_LISTS: usize = 64;

/// The memory of an examiner.
#[derive(Default)]
pub(super) struct Remembered {
    documents: Bounded<String, ReadDocument>,
    did_keys: Bounded<String, Arc<ResolvedMethod>>,
    lists: Bounded<String, Arc<VerifiedList>>,
}

#[derive(Clone)]
struct ReadDocument {
    bytes: Arc<[u8]>,
    sha256: String,
    document: Arc<KeyDocument>,
}

/// A status list whose proof was right when these key documents said so.
pub(super) struct VerifiedList {
    pub(super) bytes: Arc<[u8]>,
    pub(super) sha256: String,
    pub(super) issuer: String,
    pub(super) list: StatusList,
    pub(super) valid_from: Option<String>,
    pub(super) valid_until: Option<String>,
    /// It has one proof, of its issuer, that does not end by itself: what is remembered of it stays
    /// true as long as the key does.
    pub(super) lasting: bool,
    /// URL of each method that made its proofs, and the key it had.
    pub(super) methods: Vec<(String, PublicKey)>,
}

impl Remembered {
    /// The document of these bytes, read now or before, and their SHA-256.
    pub(super) fn key_document(
        &self,
        url: &str,
        bytes: &Arc<[u8]>,
        max_bytes: usize,
    ) -> Result<(Arc<KeyDocument>, String), Problem> {
        if let Some(known) = self.documents.find(url, |known| known.bytes == *bytes) {
            return Ok((known.document, known.sha256));
        }
        let document = Arc::new(KeyDocument::parse(bytes, max_bytes)?);
        let sha256 = sha256_hex(bytes);
        let read = ReadDocument {
            bytes: Arc::clone(bytes),
            sha256: sha256.clone(),
            document: Arc::clone(&document),
        };
        if bytes.len() <= MAX_KEPT_BYTES {
            self.documents.keep(url.to_owned(), read, MAX_KEPT);
        }
        Ok((document, sha256))
    }

    /// The key that a did:key is.
    pub(super) fn did_key(
        &self,
        did: &str,
        read: impl FnOnce() -> Result<Arc<ResolvedMethod>, ResolveError>,
    ) -> Result<Arc<ResolvedMethod>, ResolveError> {
        if let Some(known) = self.did_keys.find(did, |_| true) {
            return Ok(known);
        }
        let method = read()?;
        self.did_keys.keep(did.to_owned(), Arc::clone(&method), MAX_KEPT);
        Ok(method)
    }

    /// The verified list of exactly these bytes.
    pub(super) fn list(&self, url: &str, bytes: &Arc<[u8]>) -> Option<Arc<VerifiedList>> {
        self.lists.find(url, |known| known.bytes == *bytes)
    }

    pub(super) fn keep_list(&self, url: &str, list: Arc<VerifiedList>) {
        let small = list.list.bits() <= MAX_KEPT_BITS && list.bytes.len() <= MAX_KEPT_BYTES;
        if small && list.lasting {
            self.lists.keep(url.to_owned(), list, MAX_KEPT_LISTS);
        }
    }
}

impl std::fmt::Debug for Remembered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Remembered")
    }
}

/// A map that forgets everything when it is full: what is in use comes back at once.
struct Bounded<K, V>(Mutex<HashMap<K, V>>);

impl<K, V> Default for Bounded<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Bounded<K, V> {
    fn find<Q>(&self, key: &Q, usable: impl FnOnce(&V) -> bool) -> Option<V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        map.get(key).filter(|value| usable(value)).cloned()
    }

    fn keep(&self, key: K, value: V, max: usize) {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if map.len() >= max && !map.contains_key(&key) {
            map.clear();
        }
        map.insert(key, value);
    }
}

pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String cannot fail");
        text
    })
}
