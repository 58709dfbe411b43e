//! The documents most recently written or read, kept in memory up to a number of bytes.

use crate::model::CredentialId;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// So many bytes of documents are kept in memory.
const CACHED_BYTES: usize = 16 << 20;

/// The documents most recently written or read.
#[derive(Debug, Default)]
pub(super) struct Documents {
    kept: HashMap<CredentialId, Arc<[u8]>>,
    order: VecDeque<CredentialId>,
    bytes: usize,
}

impl Documents {
    pub(super) fn find(&self, id: CredentialId) -> Option<Arc<[u8]>> {
        self.kept.get(&id).map(Arc::clone)
    }

    pub(super) fn keep(&mut self, id: CredentialId, document: &Arc<[u8]>) {
        if document.len() > CACHED_BYTES / 16 || self.kept.contains_key(&id) {
            return;
        }
        self.bytes += document.len();
        self.kept.insert(id, Arc::clone(document));
        self.order.push_back(id);
        while self.bytes > CACHED_BYTES {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some(gone) = self.kept.remove(&oldest) {
                self.bytes -= gone.len();
            }
        }
    }

    pub(super) fn forget(&mut self, id: CredentialId) {
        if let Some(gone) = self.kept.remove(&id) {
            self.bytes -= gone.len();
            self.order.retain(|other| *other != id);
        }
    }
}
