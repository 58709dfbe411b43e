//! The store contract over the register in memory and an archive behind it.
//!
//! Both backends answer reads here and decide with the same rules; they differ in what happens
//! between a decision and its acknowledgement, which is their [`Persistence`].

use super::KeyRecord;
use super::commit::{Commit, Committer};
use super::event::{Event, ListCreated, ListSigned};
use super::lists::Held;
use super::record::{
    ClientRecord, DefinitionRecord, IdempotencyRecord, IndexReservation, IssuedRecord, NewIssuance,
    NewRendition, NewStatusList, OrganisationRecord, Origin, PublishedStatusList, Rendition,
    ReservationGuard, StatusChange, StatusListRecord, StatusListWork, Visibility,
};
use super::state::{Archive, Entry, Place, State, View};
use super::{Store, StoreError};
use crate::model::{CredentialId, DefinitionRef, KeyState, Slug, StatusPurpose, Timestamp};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// The register: state in memory, the archive behind it, the indexes on hold.
pub(super) struct Model {
    state: RwLock<State>,
    pub(super) archive: Box<dyn Archive>,
    held: Held,
}

impl Model {
    pub(super) fn new(state: State, archive: Box<dyn Archive>) -> Self {
        Self { state: RwLock::new(state), archive, held: Held::default() }
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn view<T>(&self, look: impl FnOnce(&View<'_>) -> T) -> T {
        look(&View { state: &self.read(), archive: self.archive.as_ref() })
    }
}

/// A write on its way.
#[derive(Debug)]
pub(super) struct Command {
    pub(super) event: Event,
    /// The signed bytes that come with the event.
    pub(super) body: Option<Arc<[u8]>>,
    /// Held until the outcome is known.
    pub(super) guards: Vec<Box<dyn ReservationGuard>>,
    pub(super) reply: Reply,
}

/// Whom to tell.
#[derive(Debug)]
pub(super) enum Reply {
    Done(Committer<()>),
    Record(Committer<Arc<IssuedRecord>>),
    Nobody,
}

impl Command {
    /// Tells that it happened. `record` is the one the caller asked to change.
    pub(super) fn acknowledge(self, record: Option<Arc<IssuedRecord>>) {
        for guard in self.guards {
            guard.used();
        }
        match (self.reply, record) {
            (Reply::Done(committer), _) => committer.tell(Ok(())),
            (Reply::Record(committer), Some(record)) => committer.tell(Ok(record)),
            (Reply::Record(committer), None) => {
                committer.tell(Err(StoreError::NotFound("credential")));
            }
            (Reply::Nobody, _) => {}
        }
    }

    /// Tells that it did not, or perhaps did not. What was held is given back first, so that who
    /// hears of it finds it free.
    pub(super) fn refuse(self, error: StoreError) {
        drop(self.guards);
        match self.reply {
            Reply::Done(committer) => committer.tell(Err(error)),
            Reply::Record(committer) => committer.tell(Err(error)),
            Reply::Nobody => {}
        }
    }
}

/// What happens between a decision and its acknowledgement, and where documents are.
pub(super) trait Persistence: Send + Sync + 'static {
    /// Takes a write. Its reply is told sooner or later, whatever happens.
    fn submit(&self, model: &Model, command: Command);
    /// The bytes of a recorded document.
    fn document(&self, entry: &Entry) -> Result<Option<Arc<[u8]>>, StoreError>;
    /// The token of a recorded rendition, which lies at this place.
    fn rendition(
        &self,
        id: CredentialId,
        rendition: Rendition,
        place: Place,
    ) -> Result<Option<Arc<str>>, StoreError>;
    /// Whether writes are accepted.
    fn ready(&self) -> Result<(), StoreError>;
    /// Ends it in order.
    fn close(&self);
}

/// A store: [`super::MemoryStore`] or [`super::EmbeddedStore`].
#[expect(private_bounds, reason = "the two kinds of persistence are this room's own business")]
pub struct Register<P: Persistence> {
    pub(super) model: Arc<Model>,
    pub(super) persistence: P,
}

impl<P: Persistence> fmt::Debug for Register<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is recorded is personal data and has no place in a log.
        f.debug_struct("Register").finish_non_exhaustive()
    }
}

#[expect(private_bounds, reason = "the two kinds of persistence are this room's own business")]
impl<P: Persistence> Register<P> {
    fn submit(&self, event: Event, body: Option<Arc<[u8]>>) -> Commit<()> {
        let (committer, commit) = Commit::waiting();
        let reply = Reply::Done(committer);
        self.persistence.submit(&self.model, Command { event, body, guards: Vec::new(), reply });
        commit
    }

    pub(super) fn submit_record(
        &self,
        event: Event,
        body: Option<Arc<[u8]>>,
        guards: Vec<Box<dyn ReservationGuard>>,
    ) -> Commit<Arc<IssuedRecord>> {
        let (committer, commit) = Commit::waiting();
        let reply = Reply::Record(committer);
        self.persistence.submit(&self.model, Command { event, body, guards, reply });
        commit
    }
}

/// Whether the record tells the truth about what comes with it.
fn check_issuance(issuance: &NewIssuance) -> Result<(), StoreError> {
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    let record = &issuance.record;
    if !issuance.reservations.iter().map(|held| &held.entry).eq(&record.status) {
        return conflict("the status entries are not the reserved ones");
    }
    if u32::try_from(issuance.document.len()) != Ok(record.length)
        || hex(&Sha256::digest(&issuance.document)) != record.sha256
    {
        return conflict("the document is not the one the record describes");
    }
    if let Some(used) = &issuance.idempotency
        && used.credential != record.id
    {
        return conflict("the idempotency key names another credential");
    }
    Ok(())
}

/// A recorded token as text.
pub(super) fn text_of(token: &[u8], id: CredentialId) -> Result<Arc<str>, StoreError> {
    match std::str::from_utf8(token) {
        Ok(text) => Ok(Arc::from(text)),
        Err(_) => Err(StoreError::Corrupt { what: "rendition", id: id.to_string() }),
    }
}

/// Lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

impl<P: Persistence> Store for Register<P> {
    fn organisation(&self, slug: &Slug) -> Result<Option<Arc<OrganisationRecord>>, StoreError> {
        Ok(self.model.read().organisations.get(slug).map(Arc::clone))
    }

    fn organisations(&self) -> Result<Vec<Arc<OrganisationRecord>>, StoreError> {
        Ok(self.model.read().organisations.values().map(Arc::clone).collect())
    }

    fn put_organisations(&self, records: Vec<OrganisationRecord>, origin: Origin) -> Commit<()> {
        self.submit(Event::Organisations { records, origin }, None)
    }

    fn definition(
        &self,
        name: &DefinitionRef,
    ) -> Result<Option<Arc<DefinitionRecord>>, StoreError> {
        Ok(self.model.read().definition(name))
    }

    fn definitions(&self, issuer: &Slug) -> Result<Vec<Arc<DefinitionRecord>>, StoreError> {
        let state = self.model.read();
        let mut found: Vec<_> =
            state.definitions.values().filter(|known| known.value.name.issuer == *issuer).collect();
        found.sort_unstable_by(|a, b| {
            (&a.value.name.slug, a.ordinal).cmp(&(&b.value.name.slug, b.ordinal))
        });
        Ok(found.into_iter().map(|known| Arc::clone(&known.value)).collect())
    }

    fn put_definitions(&self, records: Vec<DefinitionRecord>, origin: Origin) -> Commit<()> {
        self.submit(Event::Definitions { records, origin }, None)
    }

    fn vocabulary(&self) -> Result<Option<Arc<Value>>, StoreError> {
        Ok(self.model.read().vocabulary.clone())
    }

    fn put_vocabulary(&self, document: Value, origin: Origin) -> Commit<()> {
        self.submit(Event::Vocabulary { document, origin }, None)
    }

    fn keys(&self, issuer: &Slug) -> Result<Arc<[KeyRecord]>, StoreError> {
        Ok(self.model.read().keys(issuer))
    }

    fn put_key(&self, record: KeyRecord, origin: Origin) -> Commit<()> {
        self.submit(Event::Key { record, origin }, None)
    }

    fn set_key_state(
        &self,
        issuer: &Slug,
        thumbprint: &str,
        state: KeyState,
        origin: Origin,
    ) -> Commit<()> {
        let (issuer, thumbprint) = (issuer.clone(), thumbprint.to_owned());
        self.submit(Event::KeyState { issuer, thumbprint, state, origin }, None)
    }

    fn client_by_token(&self, sha256: &[u8; 32]) -> Result<Option<Arc<ClientRecord>>, StoreError> {
        Ok(self.model.read().client_by_token(&hex(sha256)))
    }

    fn clients(&self, issuer: &Slug) -> Result<Vec<Arc<ClientRecord>>, StoreError> {
        let state = self.model.read();
        let mut found: Vec<_> = state
            .clients
            .values()
            .filter(|known| known.value.issuer.as_ref() == Some(issuer))
            .collect();
        found.sort_unstable_by_key(|known| known.ordinal);
        Ok(found.into_iter().map(|known| Arc::clone(&known.value)).collect())
    }

    fn put_client(&self, record: ClientRecord, origin: Origin) -> Commit<()> {
        self.submit(Event::Client { record, origin }, None)
    }

    fn issued(&self, id: CredentialId) -> Result<Option<Arc<IssuedRecord>>, StoreError> {
        let found = self.model.view(|view| view.entry(id))?;
        Ok(found.map(|entry| Arc::clone(&entry.record)))
    }

    fn document(&self, id: CredentialId) -> Result<Option<Arc<[u8]>>, StoreError> {
        match self.model.view(|view| view.entry(id))? {
            Some(entry) => self.persistence.document(&entry),
            None => Ok(None),
        }
    }

    fn rendition(
        &self,
        id: CredentialId,
        rendition: Rendition,
    ) -> Result<Option<Arc<str>>, StoreError> {
        let entry = self.model.view(|view| view.entry(id))?;
        match entry.and_then(|entry| entry.rendition(rendition)) {
            Some(place) => self.persistence.rendition(id, rendition, place),
            None => Ok(None),
        }
    }

    fn record_rendition(&self, rendition: NewRendition) -> Commit<()> {
        let NewRendition { credential, rendition, token, key, origin } = rendition;
        let event = Event::Rendition { credential, rendition, key, origin };
        self.submit(event, Some(Arc::from(token.as_bytes())))
    }

    fn by_certificate_number(
        &self,
        issuer: &Slug,
        number: &str,
    ) -> Result<Option<CredentialId>, StoreError> {
        self.model.view(|view| view.number(issuer, number))
    }

    fn issued_count(&self) -> Result<u64, StoreError> {
        Ok(self.model.read().issued_count)
    }

    fn idempotency(
        &self,
        client: &str,
        key: &str,
    ) -> Result<Option<IdempotencyRecord>, StoreError> {
        self.model.view(|view| view.idempotency(client, key))
    }

    fn record_issuance(&self, issuance: NewIssuance) -> Commit<Arc<IssuedRecord>> {
        if let Err(error) = check_issuance(&issuance) {
            return Commit::done(Err(error));
        }
        let NewIssuance { record, document, reservations, idempotency, requires, origin } =
            issuance;
        let guards = reservations.into_iter().map(|held| held.guard).collect();
        let (record, idempotency) = (Box::new(record), idempotency.map(Box::new));
        let event = Event::Issued { record, idempotency, requires, origin };
        self.submit_record(event, Some(document), guards)
    }

    fn change_status(&self, change: StatusChange) -> Commit<Arc<IssuedRecord>> {
        self.submit_record(Event::Status { change: Box::new(change) }, None, Vec::new())
    }

    fn set_visibility(
        &self,
        id: CredentialId,
        visibility: Visibility,
        origin: Origin,
    ) -> Commit<Arc<IssuedRecord>> {
        let event = Event::Visibility { credential: id, visibility, origin };
        self.submit_record(event, None, Vec::new())
    }

    fn unused_list_id(&self, purpose: StatusPurpose) -> Result<String, StoreError> {
        let letter = match purpose {
            StatusPurpose::Revocation => 'r',
            StatusPurpose::Suspension => 's',
        };
        let state = self.model.read();
        let id = (1..=u64::MAX)
            .map(|number| format!("{letter}{number}"))
            .find(|id| !state.lists.contains_key(id));
        Ok(id.expect("there are fewer lists than numbers"))
    }

    fn create_status_list(&self, list: NewStatusList) -> Commit<()> {
        let NewStatusList {
            id,
            issuer,
            purpose,
            entries,
            document,
            signed_at,
            valid_until,
            origin,
        } = list;
        let list = ListCreated { id, issuer, purpose, entries, signed_at, valid_until };
        self.submit(Event::StatusList { list, origin }, Some(document))
    }

    fn reserve_index(
        &self,
        issuer: &Slug,
        purpose: StatusPurpose,
        draw: &mut dyn FnMut(u32) -> u32,
    ) -> Result<Option<IndexReservation>, StoreError> {
        self.persistence.ready()?;
        let state = self.model.read();
        self.model.held.reserve(state.lists_of(issuer, purpose).into_iter(), draw)
    }

    fn status_list(&self, id: &str) -> Result<Option<Arc<StatusListRecord>>, StoreError> {
        Ok(self.model.read().list(id).map(|list| Arc::new(list.record())))
    }

    fn status_list_work(&self, until: Timestamp) -> Result<Vec<StatusListWork>, StoreError> {
        let state = self.model.read();
        let mut due: Vec<_> = state
            .lists
            .values()
            .filter(|list| {
                list.value.changes > list.value.signed_changes || list.value.valid_until < until
            })
            .collect();
        due.sort_unstable_by_key(|list| list.ordinal);
        Ok(due.into_iter().map(|list| list.value.work()).collect())
    }

    fn publish_status_list(&self, list: PublishedStatusList) -> Commit<()> {
        let PublishedStatusList { id, version, document, signed_at, valid_until } = list;
        let list = ListSigned { id, version, signed_at, valid_until };
        self.submit(Event::StatusListSigned { list }, Some(document))
    }

    fn ready(&self) -> Result<(), StoreError> {
        self.persistence.ready()
    }

    fn close(&self) {
        self.persistence.close();
    }
}
