//! The register in memory: everything but the issuance records that have settled in an archive.
//!
//! It is changed only by events that were decided, one after the other. It deliberately knows
//! nothing of durability.

use super::KeyRecord;
use super::StoreError;
use super::adopting::AdoptedRecord;
use super::clients::{ClientRecord, SecretPurpose};
use super::endorsing::{EndorsementRecord, EndorsementTarget};
use super::holding::ShareMark;
use super::journal::Position;
use super::lists::List;
use super::matters::{Kind, Matter, RecentMatters, ShowMatter};
use super::pictures::{self, Picture};
use super::query::{Disclosure, Glance};
use super::record::{
    DefinitionRecord, FrameworkRecord, IdempotencyRecord, IssuedRecord, OrganisationRecord,
    Rendition,
};
use crate::model::{
    CertificateKind, CredentialId, DefinitionRef, FrameworkRef, Slug, StatusPurpose, Timestamp,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

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
    /// Number of the event that recorded it: its place in the order of issue.
    pub(super) ordinal: u64,
    pub(super) place: Place,
    /// In the order in which they were recorded; one of each form at most.
    pub(super) renditions: Vec<(Rendition, Place)>,
    /// Every frame that tells more of it than a purge leaves, by number.
    pub(super) frames: Vec<(u64, Place)>,
    /// The one of them that says why its state is what it is, if a remark stands there.
    pub(super) note: Option<(u64, Place)>,
    /// The one of them that says how it is called in the government's register.
    pub(super) reference: Option<(u64, Place)>,
    /// The one of them with the holder's link, if that was made anew.
    pub(super) claim: Option<(u64, Place)>,
    /// The one of them with what the holder said about being seen.
    pub(super) consent: Option<(u64, Place)>,
    /// The one of them with the holder's first visit.
    pub(super) claimed: Option<(u64, Place)>,
    /// The links under which the holder shares it, oldest first.
    pub(super) shares: Vec<ShareMark>,
    /// The one of them that says it was erased, and holds what is left of the others.
    pub(super) tombstone: Option<(u64, Place)>,
    /// Under which hash its request's idempotency key is kept.
    pub(super) request: Option<[u8; 32]>,
    /// A purge took away what says under which number and request it is found, and was not
    /// finished before a crash.
    pub(super) orphaned: bool,
}

/// A used idempotency key, and the event it came with; nothing but the hash is left of it when
/// what it led to was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Used {
    pub(super) record: IdempotencyRecord,
    pub(super) frame: Option<(u64, Place)>,
}

impl Used {
    /// What is left of one after an erasure.
    pub(super) fn erased(hashed: &[u8; 32], credential: CredentialId, at: Timestamp) -> Self {
        let record = IdempotencyRecord {
            client: String::new(),
            key: super::register::hex(hashed),
            request_sha256: String::new(),
            credential,
            at,
        };
        Self { record, frame: None }
    }
}

/// An endorsement, and where its document lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endorsement {
    pub(super) record: Arc<EndorsementRecord>,
    /// Number of the event that recorded it.
    pub(super) sequence: u64,
    /// Nowhere when the credential it endorses was erased.
    pub(super) place: Place,
    /// Under which hash its request's idempotency key is kept.
    pub(super) request: Option<[u8; 32]>,
}

impl Entry {
    /// Where this rendition lies, if it is recorded.
    pub(super) fn rendition(&self, rendition: Rendition) -> Option<Place> {
        self.renditions.iter().find(|(known, _)| *known == rendition).map(|(_, place)| *place)
    }
}

/// Takes a place in the order of issue and what is seen there; says whether to go on.
pub(super) type ShowGlance<'a> = dyn FnMut(u64, Glance) -> bool + 'a;

/// Records that have left memory. Answers only for what was moved there.
pub(super) trait Archive: Send + Sync {
    /// Shows the issuer's records behind this place, in order of issue.
    fn scan(&self, issuer: &Slug, after: u64, show: &mut ShowGlance<'_>) -> Result<(), StoreError>;
    fn entry(&self, id: CredentialId) -> Result<Option<Arc<Entry>>, StoreError>;
    fn matter(&self, id: Uuid) -> Result<Option<Arc<Matter>>, StoreError>;
    fn matters_of(&self, id: CredentialId) -> Result<Vec<Uuid>, StoreError>;
    /// Shows the issuer's matters of a kind behind this place, in order.
    fn scan_matters(
        &self,
        kind: Kind,
        issuer: &Slug,
        after: u64,
        show: &mut ShowMatter<'_>,
    ) -> Result<(), StoreError>;
    fn number(&self, key: &[u8]) -> Result<Option<CredentialId>, StoreError>;
    fn idempotency(&self, key: &[u8; 32]) -> Result<Option<IdempotencyRecord>, StoreError>;
}

/// The archive of a store that keeps everything in memory.
#[derive(Debug)]
pub(super) struct Nothing;

impl Archive for Nothing {
    fn scan(&self, _: &Slug, _: u64, _: &mut ShowGlance<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    fn entry(&self, _: CredentialId) -> Result<Option<Arc<Entry>>, StoreError> {
        Ok(None)
    }

    fn matter(&self, _: Uuid) -> Result<Option<Arc<Matter>>, StoreError> {
        Ok(None)
    }

    fn matters_of(&self, _: CredentialId) -> Result<Vec<Uuid>, StoreError> {
        Ok(Vec::new())
    }

    fn scan_matters(
        &self,
        _: Kind,
        _: &Slug,
        _: u64,
        _: &mut ShowMatter<'_>,
    ) -> Result<(), StoreError> {
        Ok(())
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
    /// `None` for one that was purged; so in all of these.
    pub(super) entries: HashMap<CredentialId, Option<Arc<Entry>>>,
    /// Those of them that are in the archive too, as they were before.
    pub(super) known: HashSet<CredentialId>,
    /// Where those that were purged stood in the order of issue.
    pub(super) left: Vec<(Slug, u64)>,
    /// Those of them whose number and request have to be looked for.
    pub(super) orphans: HashSet<CredentialId>,
    /// The fresh ones among them, in order of issue.
    pub(super) order: BTreeMap<(Slug, u64), CredentialId>,
    pub(super) numbers: HashMap<Vec<u8>, Option<CredentialId>>,
    pub(super) idempotency: HashMap<[u8; 32], Option<Used>>,
    /// Keys of `numbers` and `idempotency` that may be in the archive, too.
    pub(super) revised: HashSet<Vec<u8>>,
    pub(super) matters: RecentMatters,
    /// Other records that changed.
    pub(super) touched: HashSet<Touched>,
}

impl Recent {
    /// So many records of which there may be very many.
    pub(super) fn size(&self) -> usize {
        self.entries.len().max(self.matters.by_id.len())
    }
}

/// A record outside the issuance records that must be written anew.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Touched {
    Organisation(Slug),
    Adopted(Slug),
    Definition(DefinitionRef),
    Framework(FrameworkRef),
    Endorsement(CredentialId),
    Disclosure(Slug, usize),
    Picture(pictures::Key),
    Count(CountKey),
    Vocabulary,
    Key(Slug, String),
    Client(String),
    List(String),
    Dictionary(DefinitionRef),
}

/// What is counted: issuer, kind, year and quarter.
pub(super) type CountKey = (Slug, CertificateKind, i16, u8);

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
    pub(super) adopted: BTreeMap<Slug, Arc<AdoptedRecord>>,
    pub(super) definitions: HashMap<DefinitionRef, Numbered<Arc<DefinitionRecord>>>,
    pub(super) frameworks: HashMap<FrameworkRef, Numbered<Arc<FrameworkRecord>>>,
    pub(super) endorsements: HashMap<CredentialId, Numbered<Endorsement>>,
    /// Oldest first.
    pub(super) endorsements_of: HashMap<EndorsementTarget, Vec<CredentialId>>,
    pub(super) endorsements_by: HashMap<Slug, Vec<CredentialId>>,
    /// `None` for one that was taken away.
    pub(super) pictures: BTreeMap<pictures::Key, Option<Picture>>,
    pub(super) disclosures: HashMap<Slug, Vec<Arc<Disclosure>>>,
    pub(super) counts: BTreeMap<CountKey, u64>,
    pub(super) vocabulary: Option<Arc<Value>>,
    pub(super) keys: HashMap<Slug, (Vec<u64>, Arc<[KeyRecord]>)>,
    pub(super) clients: HashMap<String, Numbered<Arc<ClientRecord>>>,
    /// By the hash of a long-lived token: whose it is, and its number.
    pub(super) tokens: HashMap<String, (String, u32)>,
    pub(super) lists: HashMap<String, Numbered<List>>,
    pub(super) dictionaries: HashMap<DefinitionRef, DictionaryBytes>,
    /// When each mail that waits is due.
    pub(super) due: BTreeSet<(Timestamp, Uuid)>,
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
    /// How often something went there.
    pub(super) rounds: u64,
}

/// What a decision may look at.
pub(super) struct View<'a> {
    pub(super) state: &'a State,
    pub(super) archive: &'a dyn Archive,
}

impl View<'_> {
    pub(super) fn entry(&self, id: CredentialId) -> Result<Option<Arc<Entry>>, StoreError> {
        match self.state.held(|recent| recent.entries.get(&id).cloned()) {
            Some(held) => Ok(held),
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
            Some(held) => Ok(held),
            None => self.archive.number(&key),
        }
    }

    pub(super) fn idempotency(
        &self,
        client: &str,
        key: &str,
    ) -> Result<Option<IdempotencyRecord>, StoreError> {
        self.request(&idempotency_key(client, key))
    }

    fn request(&self, hashed: &[u8; 32]) -> Result<Option<IdempotencyRecord>, StoreError> {
        match self.state.held(|recent| recent.idempotency.get(hashed).cloned()) {
            Some(held) => Ok(held.map(|used| used.record)),
            None => self.archive.idempotency(hashed),
        }
    }

    /// Whether an idempotency key was used before.
    pub(super) fn is_used(&self, used: &IdempotencyRecord) -> Result<bool, StoreError> {
        let Some(hashed) = request_key(used) else { return Ok(false) };
        Ok(self.request(&hashed)?.is_some())
    }

    /// Whether this is the id of a credential or an endorsement.
    pub(super) fn is_recorded(&self, id: CredentialId) -> Result<bool, StoreError> {
        Ok(self.state.endorsements.contains_key(&id) || self.entry(id)?.is_some())
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

/// The key under which a used one is kept. Of an erased one it is all that is left.
pub(super) fn request_key(used: &IdempotencyRecord) -> Option<[u8; 32]> {
    if used.request_sha256.is_empty() {
        request_of(&used.key)
    } else {
        Some(idempotency_key(&used.client, &used.key))
    }
}

/// The same from its digits.
pub(super) fn request_of(digits: &str) -> Option<[u8; 32]> {
    let mut hashed = [0; 32];
    let digits = digits.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    for (byte, digits) in hashed.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(hashed)
}

impl State {
    pub(super) fn held<T>(&self, look: impl Fn(&Recent) -> Option<T>) -> Option<T> {
        look(&self.recent).or_else(|| self.settling.as_deref().and_then(look))
    }

    /// The shared links of a credential that changed lately.
    pub(super) fn shares(&self, id: CredentialId) -> Vec<ShareMark> {
        let held = self.held(|recent| recent.entries.get(&id).cloned()).flatten();
        held.map(|entry| entry.shares.clone()).unwrap_or_default()
    }

    pub(super) fn definition(&self, name: &DefinitionRef) -> Option<Arc<DefinitionRecord>> {
        self.definitions.get(name).map(|found| Arc::clone(&found.value))
    }

    pub(super) fn keys(&self, issuer: &Slug) -> Arc<[KeyRecord]> {
        self.keys.get(issuer).map_or_else(|| Arc::from([]), |(_, keys)| Arc::clone(keys))
    }

    /// All versions of an issuer's definitions, by slug and then in order of publication.
    pub(super) fn definitions_of(&self, issuer: &Slug) -> Vec<Arc<DefinitionRecord>> {
        let known = self.definitions.values();
        let mut found: Vec<_> = known.filter(|known| known.value.name.issuer == *issuer).collect();
        found.sort_unstable_by(|a, b| {
            (&a.value.name.slug, a.ordinal).cmp(&(&b.value.name.slug, b.ordinal))
        });
        found.into_iter().map(|known| Arc::clone(&known.value)).collect()
    }

    /// All versions of frameworks, by issuer, slug and then in order of publication.
    pub(super) fn frameworks_of(&self, issuer: Option<&Slug>) -> Vec<Arc<FrameworkRecord>> {
        let known = self.frameworks.values();
        let mut found: Vec<_> = known
            .filter(|known| issuer.is_none_or(|issuer| known.value.name.issuer == *issuer))
            .collect();
        found.sort_unstable_by(|a, b| {
            let (one, two) = (&a.value.name, &b.value.name);
            (&one.issuer, &one.slug, a.ordinal).cmp(&(&two.issuer, &two.slug, b.ordinal))
        });
        found.into_iter().map(|known| Arc::clone(&known.value)).collect()
    }

    /// The clients of an issuer, or of none, oldest first.
    pub(super) fn clients_of(&self, issuer: Option<&Slug>) -> Vec<Arc<ClientRecord>> {
        let known = self.clients.values();
        let mut found: Vec<_> =
            known.filter(|known| known.value.issuer.as_ref() == issuer).collect();
        found.sort_unstable_by_key(|known| known.ordinal);
        found.into_iter().map(|known| Arc::clone(&known.value)).collect()
    }

    pub(super) fn client_by_token(&self, sha256: &str) -> Option<(Arc<ClientRecord>, u32)> {
        let (id, number) = self.tokens.get(sha256)?;
        self.clients.get(id).map(|found| (Arc::clone(&found.value), *number))
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
        let tokens = |record: &ClientRecord| {
            let tokens = record.secrets.iter().filter(|one| one.purpose == SecretPurpose::Token);
            tokens.map(|one| (one.sha256.clone(), one.number)).collect::<Vec<_>>()
        };
        let (id, fresh) = (record.id.clone(), tokens(&record));
        let value = Arc::new(record);
        if let Some(old) = self.clients.insert(id.clone(), Numbered { ordinal, value }) {
            for (token, _) in tokens(&old.value) {
                self.tokens.remove(&token);
            }
        }
        self.tokens.extend(fresh.into_iter().map(|(token, number)| (token, (id.clone(), number))));
    }

    /// Adds an endorsement behind those that are there, or replaces it.
    pub(super) fn add_endorsement(&mut self, ordinal: u64, endorsement: Endorsement) {
        let record = Arc::clone(&endorsement.record);
        let numbered = Numbered { ordinal, value: endorsement };
        if self.endorsements.insert(record.id, numbered).is_none() {
            self.endorsements_of.entry(record.target.clone()).or_default().push(record.id);
            self.endorsements_by.entry(record.endorser.clone()).or_default().push(record.id);
        }
    }

    /// The endorsements of this list.
    pub(super) fn endorsements(&self, ids: Option<&Vec<CredentialId>>) -> Vec<&Endorsement> {
        let found = ids.into_iter().flatten().filter_map(|id| self.endorsements.get(id));
        found.map(|known| &known.value).collect()
    }
}
