//! The register in memory: everything but the issuance records that have settled in an archive.
//!
//! It is changed only by events that were decided, one after the other. It deliberately knows
//! nothing of durability.

use super::KeyRecord;
use super::StoreError;
use super::decide::{Became, Decision};
use super::event::Event;
use super::journal::Position;
use super::lists::List;
use super::record::{
    ClientRecord, DefinitionRecord, IdempotencyRecord, IssuedRecord, OrganisationRecord, Rendition,
};
use crate::model::{CredentialId, CredentialState, DefinitionRef, Slug, StatusPurpose};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Where an event's frame lies in the journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) segment: u64,
    pub(super) offset: u64,
    /// Length of the payload.
    pub(super) length: u32,
}

impl Place {
    /// Where an erased document lies.
    pub(super) fn is_nowhere(self) -> bool {
        self.length == 0
    }
}

/// An issuance record, and where the document and its renditions lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) record: Arc<IssuedRecord>,
    pub(super) place: Place,
    /// In the order in which they were recorded; one of each form at most.
    pub(super) renditions: Vec<(Rendition, Place)>,
}

impl Entry {
    /// Where this rendition lies, if it is recorded.
    pub(super) fn rendition(&self, rendition: Rendition) -> Option<Place> {
        self.renditions.iter().find(|(known, _)| *known == rendition).map(|(_, place)| *place)
    }
}

/// Records that have left memory. Answers only for what was moved there.
pub(super) trait Archive: Send + Sync {
    fn entry(&self, id: CredentialId) -> Result<Option<Arc<Entry>>, StoreError>;
    fn number(&self, key: &[u8]) -> Result<Option<CredentialId>, StoreError>;
    fn idempotency(&self, key: &[u8; 32]) -> Result<Option<IdempotencyRecord>, StoreError>;
}

/// The archive of a store that keeps everything in memory.
#[derive(Debug)]
pub(super) struct Nothing;

impl Archive for Nothing {
    fn entry(&self, _: CredentialId) -> Result<Option<Arc<Entry>>, StoreError> {
        Ok(None)
    }

    fn number(&self, _: &[u8]) -> Result<Option<CredentialId>, StoreError> {
        Ok(None)
    }

    fn idempotency(&self, _: &[u8; 32]) -> Result<Option<IdempotencyRecord>, StoreError> {
        Ok(None)
    }
}

/// Issuance records that are not in the archive yet.
#[derive(Debug, Default)]
pub(super) struct Recent {
    pub(super) entries: HashMap<CredentialId, Arc<Entry>>,
    /// Those of them that are in the archive too, as they were before.
    pub(super) known: HashSet<CredentialId>,
    pub(super) numbers: HashMap<Vec<u8>, CredentialId>,
    pub(super) idempotency: HashMap<[u8; 32], IdempotencyRecord>,
    /// Other records that changed.
    pub(super) touched: HashSet<Touched>,
}

/// A record outside the issuance records that must be written anew.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Touched {
    Organisation(Slug),
    Definition(DefinitionRef),
    Vocabulary,
    Key(Slug, String),
    Client(String),
    List(String),
    Dictionary(DefinitionRef),
}

/// Something kept in order of arrival.
#[derive(Clone, Debug)]
pub(super) struct Numbered<T> {
    /// Its place in that order.
    pub(super) ordinal: u64,
    pub(super) value: T,
}

/// Bytes that documents of one definition are compressed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DictionaryBytes {
    pub(super) name: String,
    pub(super) bytes: Arc<[u8]>,
}

/// Everything that is recorded.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) organisations: BTreeMap<Slug, Arc<OrganisationRecord>>,
    pub(super) definitions: HashMap<DefinitionRef, Numbered<Arc<DefinitionRecord>>>,
    pub(super) vocabulary: Option<Arc<Value>>,
    pub(super) keys: HashMap<Slug, (Vec<u64>, Arc<[KeyRecord]>)>,
    pub(super) clients: HashMap<String, Numbered<Arc<ClientRecord>>>,
    pub(super) tokens: HashMap<String, String>,
    pub(super) lists: HashMap<String, Numbered<List>>,
    pub(super) dictionaries: HashMap<DefinitionRef, DictionaryBytes>,
    pub(super) issued_count: u64,
    /// The next ordinal.
    pub(super) ordinal: u64,
    /// Number of the last event.
    pub(super) sequence: u64,
    /// Where the journal ends behind the last event.
    pub(super) end: Position,
    pub(super) recent: Recent,
    /// On its way to the archive; still answered from here.
    pub(super) settling: Option<Arc<Recent>>,
}

/// What a decision may look at.
pub(super) struct View<'a> {
    pub(super) state: &'a State,
    pub(super) archive: &'a dyn Archive,
}

impl View<'_> {
    pub(super) fn entry(&self, id: CredentialId) -> Result<Option<Arc<Entry>>, StoreError> {
        match self.state.held(|recent| recent.entries.get(&id).map(Arc::clone)) {
            Some(entry) => Ok(Some(entry)),
            None => self.archive.entry(id),
        }
    }

    pub(super) fn number(
        &self,
        issuer: &Slug,
        number: &str,
    ) -> Result<Option<CredentialId>, StoreError> {
        let key = number_key(issuer, number);
        match self.state.held(|recent| recent.numbers.get(&key).copied()) {
            Some(id) => Ok(Some(id)),
            None => self.archive.number(&key),
        }
    }

    pub(super) fn idempotency(
        &self,
        client: &str,
        key: &str,
    ) -> Result<Option<IdempotencyRecord>, StoreError> {
        let hashed = idempotency_key(client, key);
        match self.state.held(|recent| recent.idempotency.get(&hashed).cloned()) {
            Some(record) => Ok(Some(record)),
            None => self.archive.idempotency(&hashed),
        }
    }
}

/// The key of the certificate number index. A slug has no NUL, so no two pairs share a key.
pub(super) fn number_key(issuer: &Slug, number: &str) -> Vec<u8> {
    [issuer.as_str().as_bytes(), b"\0", number.as_bytes()].concat()
}

/// The key of the idempotency index: SHA-256 over both texts, lengths included.
pub(super) fn idempotency_key(client: &str, key: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update((client.len() as u64).to_le_bytes());
    hash.update(client.as_bytes());
    hash.update(key.as_bytes());
    hash.finalize().into()
}

impl State {
    fn held<T>(&self, look: impl Fn(&Recent) -> Option<T>) -> Option<T> {
        look(&self.recent).or_else(|| self.settling.as_deref().and_then(look))
    }

    pub(super) fn definition(&self, name: &DefinitionRef) -> Option<Arc<DefinitionRecord>> {
        self.definitions.get(name).map(|found| Arc::clone(&found.value))
    }

    pub(super) fn keys(&self, issuer: &Slug) -> Arc<[KeyRecord]> {
        self.keys.get(issuer).map_or_else(|| Arc::from([]), |(_, keys)| Arc::clone(keys))
    }

    pub(super) fn client_by_token(&self, sha256: &str) -> Option<Arc<ClientRecord>> {
        let id = self.tokens.get(sha256)?;
        self.clients.get(id).map(|found| Arc::clone(&found.value))
    }

    pub(super) fn list(&self, id: &str) -> Option<&List> {
        self.lists.get(id).map(|found| &found.value)
    }

    pub(super) fn dictionary_of(&self, definition: &DefinitionRef) -> Option<&DictionaryBytes> {
        self.dictionaries.get(definition)
    }

    /// The issuer's lists for this purpose, youngest first.
    pub(super) fn lists_of(&self, issuer: &Slug, purpose: StatusPurpose) -> Vec<&List> {
        let mut found: Vec<_> = self
            .lists
            .values()
            .filter(|list| list.value.issuer == *issuer && list.value.purpose == purpose)
            .collect();
        found.sort_unstable_by_key(|list| std::cmp::Reverse(list.ordinal));
        found.into_iter().map(|list| &list.value).collect()
    }

    fn next_ordinal(&mut self) -> u64 {
        self.ordinal += 1;
        self.ordinal
    }

    /// Makes a decided event happen. `place` is where its frame lies, `body` what came with it.
    pub(super) fn apply(
        &mut self,
        sequence: u64,
        event: &Event,
        decision: Decision,
        place: Place,
        body: Option<&Arc<[u8]>>,
    ) {
        self.sequence = sequence;
        let Decision::Happens(became) = decision else { return };
        let body = || body.map_or_else(|| Arc::from([]), Arc::clone);
        match event {
            Event::Organisations { records, .. } => {
                for record in records {
                    self.organisations.insert(record.slug.clone(), Arc::new(record.clone()));
                    self.recent.touched.insert(Touched::Organisation(record.slug.clone()));
                }
            }
            Event::Definitions { records, .. } => {
                for record in records {
                    if !self.definitions.contains_key(&record.name) {
                        let ordinal = self.next_ordinal();
                        let value = Arc::new(record.clone());
                        self.definitions.insert(record.name.clone(), Numbered { ordinal, value });
                        self.recent.touched.insert(Touched::Definition(record.name.clone()));
                    }
                }
            }
            Event::Vocabulary { document, .. } => {
                self.vocabulary = Some(Arc::new(document.clone()));
                self.recent.touched.insert(Touched::Vocabulary);
            }
            Event::Key { record, .. } => {
                let ordinal = self.next_ordinal();
                self.add_key(ordinal, record.clone());
                self.touch_key(&record.issuer, &record.thumbprint);
            }
            Event::KeyState { issuer, thumbprint, state, .. } => {
                if let Some((_, keys)) = self.keys.get_mut(issuer) {
                    let mut changed = keys.to_vec();
                    for key in changed.iter_mut().filter(|key| key.thumbprint == *thumbprint) {
                        key.state = *state;
                    }
                    *keys = changed.into();
                }
                self.touch_key(issuer, thumbprint);
            }
            Event::Client { record, .. } => {
                let ordinal = match self.clients.get(&record.id) {
                    Some(known) => known.ordinal,
                    None => self.next_ordinal(),
                };
                self.add_client(ordinal, record.clone());
                self.recent.touched.insert(Touched::Client(record.id.clone()));
            }
            Event::Issued { idempotency, .. } => {
                self.issued_count += 1;
                if let Some(used) = idempotency {
                    let key = idempotency_key(&used.client, &used.key);
                    self.recent.idempotency.insert(key, IdempotencyRecord::clone(used));
                }
            }
            Event::Status { .. }
            | Event::Visibility { .. }
            | Event::Rendition { .. }
            | Event::Erased { .. } => {}
            Event::StatusList { list, .. } => {
                let ordinal = self.next_ordinal();
                let value = List::created(list, body());
                self.lists.insert(list.id.clone(), Numbered { ordinal, value });
                self.recent.touched.insert(Touched::List(list.id.clone()));
            }
            Event::StatusListSigned { list } => {
                if let Some(known) = self.lists.get_mut(&list.id) {
                    known.value.signed(list, body());
                }
                self.recent.touched.insert(Touched::List(list.id.clone()));
            }
            Event::Dictionary { definition, name } => {
                let known = DictionaryBytes { name: name.clone(), bytes: body() };
                self.dictionaries.insert(definition.clone(), known);
                self.recent.touched.insert(Touched::Dictionary(definition.clone()));
            }
        }
        let erased = matches!(event, Event::Erased { .. });
        for became in became {
            let (document, mut renditions) = match &became.before {
                _ if erased => (Place::default(), Vec::new()),
                Some(before) => (before.place, before.renditions.clone()),
                None => (place, Vec::new()),
            };
            if let Event::Rendition { rendition, .. } = event {
                renditions.push((*rendition, place));
            }
            self.record(became, document, renditions);
        }
    }

    fn record(&mut self, became: Became, place: Place, renditions: Vec<(Rendition, Place)>) {
        let Became { record, before } = became;
        if before.is_none() {
            let key = number_key(&record.issuer, &record.certificate_number);
            self.recent.numbers.insert(key, record.id);
        } else if !self.recent.entries.contains_key(&record.id) {
            self.recent.known.insert(record.id);
        }
        for entry in &record.status {
            let Some(list) = self.lists.get_mut(&entry.list) else { continue };
            list.value.give(entry.index);
            let bit = match entry.purpose {
                StatusPurpose::Revocation => {
                    matches!(record.state, CredentialState::Revoked | CredentialState::Superseded)
                }
                // A suspended certificate that is then revoked stays marked as suspended.
                StatusPurpose::Suspension => match record.state {
                    CredentialState::Valid => false,
                    CredentialState::Suspended => true,
                    CredentialState::Revoked | CredentialState::Superseded => {
                        list.value.bits.is_set(entry.index)
                    }
                },
            };
            list.value.set_bit(entry.index, bit);
            self.recent.touched.insert(Touched::List(entry.list.clone()));
        }
        self.recent.entries.insert(record.id, Arc::new(Entry { record, place, renditions }));
    }

    fn touch_key(&mut self, issuer: &Slug, thumbprint: &str) {
        self.recent.touched.insert(Touched::Key(issuer.clone(), thumbprint.to_owned()));
    }

    /// Adds a key behind those that are there.
    pub(super) fn add_key(&mut self, ordinal: u64, record: KeyRecord) {
        let (ordinals, keys) =
            self.keys.entry(record.issuer.clone()).or_insert_with(|| (Vec::new(), Arc::from([])));
        ordinals.push(ordinal);
        let mut changed = keys.to_vec();
        changed.push(record);
        *keys = changed.into();
    }

    /// Adds or replaces a client.
    pub(super) fn add_client(&mut self, ordinal: u64, record: ClientRecord) {
        let value = Arc::new(record);
        let (id, token) = (value.id.clone(), value.token_sha256.clone());
        if let Some(old) = self.clients.insert(id.clone(), Numbered { ordinal, value }) {
            self.tokens.remove(&old.value.token_sha256);
        }
        self.tokens.insert(token, id);
    }
}
