//! A store that fails when told to.

use bewijs::model::{
    CredentialId, DefinitionRef, FrameworkRef, KeyState, Slug, StatusPurpose, Timestamp,
};
use bewijs::store::{
    AdoptedRecord, ClaimLink, ClientRecord, Commit, ConcernRecord, Consent, DefinitionRecord,
    Disclosure, EndorsementRecord, EndorsementTarget, FrameworkRecord, IdempotencyRecord,
    IndexReservation, IssuanceCount, IssuedRecord, KeyRecord, MailOutcome, MailRecord, MailState,
    NewConcern, NewEndorsement, NewIssuance, NewMail, NewRendition, NewShare, NewStatusList,
    OrganisationRecord, Origin, Page, PictureName, PictureRecord, PublishedStatusList,
    RegisterCursor, RegisterPage, RegisterQuery, Registration, Rendition, SealerSettings,
    ShareRecord, StatusChange, StatusListRecord, StatusListWork, Store, StoreError, Visibility,
};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// How a write fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It did not happen.
    Refused,
    /// It happened, but whoever asked does not hear so.
    Lost,
}

/// A store around another; [`FallibleStore::fail`] makes one kind of write fail until it is mended.
pub struct FallibleStore {
    inner: Box<dyn Store>,
    faults: Mutex<HashMap<&'static str, Fault>>,
    meanwhile: Mutex<Option<StatusChange>>,
    /// How often a list was signed again.
    pub publications: AtomicUsize,
}

impl FallibleStore {
    pub fn around(inner: Box<dyn Store>) -> Self {
        Self {
            inner,
            faults: Mutex::default(),
            meanwhile: Mutex::default(),
            publications: AtomicUsize::new(0),
        }
    }

    pub fn fail(&self, operation: &'static str, fault: Fault) {
        self.faults.lock().unwrap().insert(operation, fault);
    }

    /// Somebody else makes this change just before the next issuance is recorded.
    pub fn before_next_record(&self, change: StatusChange) {
        *self.meanwhile.lock().unwrap() = Some(change);
    }

    pub fn mend(&self) {
        self.faults.lock().unwrap().clear();
    }

    fn write<T: Send>(&self, operation: &str, write: impl FnOnce() -> Commit<T>) -> Commit<T> {
        let fault = self.faults.lock().unwrap().get(operation).copied();
        let failed = |unknown_outcome| {
            let cause = "told to fail".to_owned();
            Commit::done(Err(StoreError::Unavailable { cause, unknown_outcome }))
        };
        match fault {
            None => write(),
            Some(Fault::Refused) => failed(false),
            Some(Fault::Lost) => {
                let written = write();
                // On a thread of its own, since an async worker may not wait.
                std::thread::scope(|scope| _ = scope.spawn(|| written.wait()).join());
                failed(true)
            }
        }
    }
}

impl Store for FallibleStore {
    fn organisation(&self, slug: &Slug) -> Result<Option<Arc<OrganisationRecord>>, StoreError> {
        self.inner.organisation(slug)
    }

    fn organisations(&self) -> Result<Vec<Arc<OrganisationRecord>>, StoreError> {
        self.inner.organisations()
    }

    fn put_organisations(&self, records: Vec<OrganisationRecord>, origin: Origin) -> Commit<()> {
        self.write("put_organisations", || self.inner.put_organisations(records, origin))
    }

    fn adopted(&self) -> Result<Vec<Arc<AdoptedRecord>>, StoreError> {
        self.inner.adopted()
    }

    fn adopt(&self, record: AdoptedRecord, origin: Origin) -> Commit<()> {
        self.write("adopt", || self.inner.adopt(record, origin))
    }

    fn definition(
        &self,
        name: &DefinitionRef,
    ) -> Result<Option<Arc<DefinitionRecord>>, StoreError> {
        self.inner.definition(name)
    }

    fn definitions(&self, issuer: &Slug) -> Result<Vec<Arc<DefinitionRecord>>, StoreError> {
        self.inner.definitions(issuer)
    }

    fn put_definitions(&self, records: Vec<DefinitionRecord>, origin: Origin) -> Commit<()> {
        self.write("put_definitions", || self.inner.put_definitions(records, origin))
    }

    fn vocabulary(&self) -> Result<Option<Arc<Value>>, StoreError> {
        self.inner.vocabulary()
    }

    fn put_vocabulary(&self, document: Value, origin: Origin) -> Commit<()> {
        self.inner.put_vocabulary(document, origin)
    }

    fn keys(&self, issuer: &Slug) -> Result<Arc<[KeyRecord]>, StoreError> {
        self.inner.keys(issuer)
    }

    fn put_key(&self, record: KeyRecord, origin: Origin) -> Commit<()> {
        self.write("put_key", || self.inner.put_key(record, origin))
    }

    fn set_key_state(
        &self,
        issuer: &Slug,
        thumbprint: &str,
        state: KeyState,
        origin: Origin,
    ) -> Commit<()> {
        self.inner.set_key_state(issuer, thumbprint, state, origin)
    }

    fn put_settings(
        &self,
        issuer: &Slug,
        settings: SealerSettings,
        expected: Option<u64>,
        origin: Origin,
    ) -> Commit<Arc<OrganisationRecord>> {
        self.write("put_settings", || self.inner.put_settings(issuer, settings, expected, origin))
    }

    fn client(&self, id: &str) -> Result<Option<Arc<ClientRecord>>, StoreError> {
        self.inner.client(id)
    }

    fn note_client_used(&self, id: &str, secret: u32, origin: Origin) -> Commit<()> {
        self.inner.note_client_used(id, secret, origin)
    }

    fn client_by_token(
        &self,
        sha256: &[u8; 32],
    ) -> Result<Option<(Arc<ClientRecord>, u32)>, StoreError> {
        self.inner.client_by_token(sha256)
    }

    fn clients(&self, issuer: &Slug) -> Result<Vec<Arc<ClientRecord>>, StoreError> {
        self.inner.clients(issuer)
    }

    fn put_client(&self, record: ClientRecord, origin: Origin) -> Commit<()> {
        self.inner.put_client(record, origin)
    }

    fn issued(&self, id: CredentialId) -> Result<Option<Arc<IssuedRecord>>, StoreError> {
        self.inner.issued(id)
    }

    fn document(&self, id: CredentialId) -> Result<Option<Arc<[u8]>>, StoreError> {
        self.inner.document(id)
    }

    fn rendition(
        &self,
        id: CredentialId,
        rendition: Rendition,
    ) -> Result<Option<Arc<str>>, StoreError> {
        self.inner.rendition(id, rendition)
    }

    fn record_rendition(&self, rendition: NewRendition) -> Commit<()> {
        self.write("record_rendition", || self.inner.record_rendition(rendition))
    }

    fn by_certificate_number(
        &self,
        issuer: &Slug,
        number: &str,
    ) -> Result<Option<CredentialId>, StoreError> {
        self.inner.by_certificate_number(issuer, number)
    }

    fn issued_count(&self) -> Result<u64, StoreError> {
        self.inner.issued_count()
    }

    fn idempotency(
        &self,
        client: &str,
        key: &str,
    ) -> Result<Option<IdempotencyRecord>, StoreError> {
        self.inner.idempotency(client, key)
    }

    fn record_issuance(&self, issuance: NewIssuance) -> Commit<Arc<IssuedRecord>> {
        if let Some(change) = self.meanwhile.lock().unwrap().take() {
            // It is first in line, so it is decided first.
            drop(self.inner.change_status(change));
        }
        self.write("record_issuance", || self.inner.record_issuance(issuance))
    }

    fn change_status(&self, change: StatusChange) -> Commit<Arc<IssuedRecord>> {
        self.write("change_status", || self.inner.change_status(change))
    }

    fn set_visibility(
        &self,
        id: CredentialId,
        visibility: Visibility,
        consent: Option<Consent>,
        origin: Origin,
    ) -> Commit<Arc<IssuedRecord>> {
        self.inner.set_visibility(id, visibility, consent, origin)
    }

    fn rotate_claim(
        &self,
        id: CredentialId,
        issuer: &Slug,
        claim: ClaimLink,
        origin: Origin,
    ) -> Commit<Arc<IssuedRecord>> {
        self.inner.rotate_claim(id, issuer, claim, origin)
    }

    fn note_claimed(&self, id: CredentialId, origin: Origin) -> Commit<Arc<IssuedRecord>> {
        self.inner.note_claimed(id, origin)
    }

    fn add_share(&self, share: NewShare, origin: Origin) -> Commit<Arc<ShareRecord>> {
        self.inner.add_share(share, origin)
    }

    fn revoke_share(
        &self,
        id: CredentialId,
        number: u32,
        origin: Origin,
    ) -> Commit<Arc<ShareRecord>> {
        self.inner.revoke_share(id, number, origin)
    }

    fn shares(&self, id: CredentialId) -> Result<Vec<Arc<ShareRecord>>, StoreError> {
        self.inner.shares(id)
    }

    fn live_shares(&self, id: CredentialId, now: Timestamp) -> Result<usize, StoreError> {
        self.inner.live_shares(id, now)
    }

    fn queue_mail(&self, mail: NewMail, origin: Origin) -> Commit<Arc<MailRecord>> {
        self.inner.queue_mail(mail, origin)
    }

    fn due_mail(&self, until: Timestamp, limit: usize) -> Result<Vec<Arc<MailRecord>>, StoreError> {
        self.inner.due_mail(until, limit)
    }

    fn next_mail(&self) -> Result<Option<Timestamp>, StoreError> {
        self.inner.next_mail()
    }

    fn mail_address(&self, id: Uuid) -> Result<Option<Arc<[u8]>>, StoreError> {
        self.inner.mail_address(id)
    }

    fn mail_attempted(
        &self,
        id: Uuid,
        outcome: MailOutcome,
        origin: Origin,
    ) -> Commit<Arc<MailRecord>> {
        self.inner.mail_attempted(id, outcome, origin)
    }

    fn mail_record(&self, id: Uuid) -> Result<Option<Arc<MailRecord>>, StoreError> {
        self.inner.mail_record(id)
    }

    fn mail(
        &self,
        issuer: &Slug,
        state: Option<MailState>,
        after: Option<RegisterCursor>,
        limit: usize,
    ) -> Result<Page<MailRecord>, StoreError> {
        self.inner.mail(issuer, state, after, limit)
    }

    fn mail_of(&self, credential: CredentialId) -> Result<Vec<Arc<MailRecord>>, StoreError> {
        self.inner.mail_of(credential)
    }

    fn record_concern(&self, concern: NewConcern) -> Commit<Arc<ConcernRecord>> {
        self.inner.record_concern(concern)
    }

    fn concern(&self, id: Uuid) -> Result<Option<Arc<ConcernRecord>>, StoreError> {
        self.inner.concern(id)
    }

    fn concern_words(&self, id: Uuid) -> Result<Option<Arc<str>>, StoreError> {
        self.inner.concern_words(id)
    }

    fn concerns(
        &self,
        issuer: &Slug,
        handled: Option<bool>,
        after: Option<RegisterCursor>,
        limit: usize,
    ) -> Result<Page<ConcernRecord>, StoreError> {
        self.inner.concerns(issuer, handled, after, limit)
    }

    fn handle_concern(
        &self,
        id: Uuid,
        issuer: &Slug,
        origin: Origin,
    ) -> Commit<Arc<ConcernRecord>> {
        self.inner.handle_concern(id, issuer, origin)
    }

    fn forget_concern(
        &self,
        id: Uuid,
        issuer: &Slug,
        origin: Origin,
    ) -> Commit<Arc<ConcernRecord>> {
        self.inner.forget_concern(id, issuer, origin)
    }

    fn put_picture(
        &self,
        issuer: &Slug,
        name: PictureName,
        bytes: Arc<[u8]>,
        origin: Origin,
    ) -> Commit<()> {
        self.inner.put_picture(issuer, name, bytes, origin)
    }

    fn remove_picture(&self, issuer: &Slug, name: PictureName, origin: Origin) -> Commit<()> {
        self.inner.remove_picture(issuer, name, origin)
    }

    fn picture(&self, issuer: &Slug, name: &PictureName) -> Result<Option<Arc<[u8]>>, StoreError> {
        self.inner.picture(issuer, name)
    }

    fn picture_record(
        &self,
        issuer: &Slug,
        name: &PictureName,
    ) -> Result<Option<Arc<PictureRecord>>, StoreError> {
        self.inner.picture_record(issuer, name)
    }

    fn pictures(&self, issuer: &Slug) -> Result<Vec<Arc<PictureRecord>>, StoreError> {
        self.inner.pictures(issuer)
    }

    fn clients_of_service(&self) -> Result<Vec<Arc<ClientRecord>>, StoreError> {
        self.inner.clients_of_service()
    }

    fn unused_list_id(&self, purpose: StatusPurpose) -> Result<String, StoreError> {
        self.inner.unused_list_id(purpose)
    }

    fn create_status_list(&self, list: NewStatusList) -> Commit<()> {
        self.write("create_status_list", || self.inner.create_status_list(list))
    }

    fn reserve_index(
        &self,
        issuer: &Slug,
        purpose: StatusPurpose,
        draw: &mut dyn FnMut(u32) -> u32,
    ) -> Result<Option<IndexReservation>, StoreError> {
        self.inner.reserve_index(issuer, purpose, draw)
    }

    fn status_list(&self, id: &str) -> Result<Option<Arc<StatusListRecord>>, StoreError> {
        self.inner.status_list(id)
    }

    fn status_list_work(&self, until: Timestamp) -> Result<Vec<StatusListWork>, StoreError> {
        self.inner.status_list_work(until)
    }

    fn publish_status_list(&self, list: PublishedStatusList) -> Commit<()> {
        self.publications.fetch_add(1, Ordering::SeqCst);
        self.write("publish_status_list", || self.inner.publish_status_list(list))
    }

    fn ready(&self) -> Result<(), StoreError> {
        self.inner.ready()
    }

    fn close(&self) {
        self.inner.close();
    }

    fn freeze_achievements(
        &self,
        name: &DefinitionRef,
        achievements: BTreeMap<String, Value>,
        origin: Origin,
    ) -> Commit<()> {
        self.write("freeze_achievements", || {
            self.inner.freeze_achievements(name, achievements, origin)
        })
    }

    fn withdraw_definition(
        &self,
        name: &DefinitionRef,
        origin: Origin,
    ) -> Commit<Arc<DefinitionRecord>> {
        self.write("withdraw_definition", || self.inner.withdraw_definition(name, origin))
    }

    fn framework(&self, name: &FrameworkRef) -> Result<Option<Arc<FrameworkRecord>>, StoreError> {
        self.inner.framework(name)
    }

    fn frameworks(&self, issuer: Option<&Slug>) -> Result<Vec<Arc<FrameworkRecord>>, StoreError> {
        self.inner.frameworks(issuer)
    }

    fn put_frameworks(&self, records: Vec<FrameworkRecord>, origin: Origin) -> Commit<()> {
        self.write("put_frameworks", || self.inner.put_frameworks(records, origin))
    }

    fn mark_registered(
        &self,
        id: CredentialId,
        issuer: &Slug,
        registration: Registration,
        origin: Origin,
    ) -> Commit<Arc<IssuedRecord>> {
        self.write("mark_registered", || {
            self.inner.mark_registered(id, issuer, registration, origin)
        })
    }

    fn erase(&self, id: CredentialId, issuer: &Slug, origin: Origin) -> Commit<Arc<IssuedRecord>> {
        self.write("erase", || self.inner.erase(id, issuer, origin))
    }

    fn purge(
        &self,
        id: CredentialId,
        issuer: &Slug,
        account: Option<Disclosure>,
        origin: Origin,
    ) -> Commit<()> {
        self.write("purge", || self.inner.purge(id, issuer, account, origin))
    }

    fn register(&self, query: &RegisterQuery) -> Result<RegisterPage, StoreError> {
        self.inner.register(query)
    }

    fn counts(&self) -> Result<Vec<IssuanceCount>, StoreError> {
        self.inner.counts()
    }

    fn record_disclosure(&self, disclosure: Disclosure) -> Commit<()> {
        self.write("record_disclosure", || self.inner.record_disclosure(disclosure))
    }

    fn disclosures(&self, issuer: &Slug) -> Result<Vec<Arc<Disclosure>>, StoreError> {
        self.inner.disclosures(issuer)
    }

    fn record_endorsement(&self, endorsement: NewEndorsement) -> Commit<Arc<EndorsementRecord>> {
        self.write("record_endorsement", || self.inner.record_endorsement(endorsement))
    }

    fn endorsement(&self, id: CredentialId) -> Result<Option<Arc<EndorsementRecord>>, StoreError> {
        self.inner.endorsement(id)
    }

    fn endorsement_document(&self, id: CredentialId) -> Result<Option<Arc<[u8]>>, StoreError> {
        self.inner.endorsement_document(id)
    }

    fn endorsements_of(
        &self,
        target: &EndorsementTarget,
    ) -> Result<Vec<Arc<EndorsementRecord>>, StoreError> {
        self.inner.endorsements_of(target)
    }

    fn endorsements_by(&self, endorser: &Slug) -> Result<Vec<Arc<EndorsementRecord>>, StoreError> {
        self.inner.endorsements_by(endorser)
    }

    fn change_endorsement_status(&self, change: StatusChange) -> Commit<Arc<EndorsementRecord>> {
        self.write("change_endorsement_status", || self.inner.change_endorsement_status(change))
    }
}
