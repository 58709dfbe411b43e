//! The store contract, method by method, over the register.
//!
//! It deliberately decides nothing: a write becomes an event that the backend decides about.

use super::KeyRecord;
use super::adopting::AdoptedRecord;
use super::clients::ClientRecord;
use super::commit::Commit;
use super::concerns::{ConcernRecord, NewConcern};
use super::endorsing::{EndorsementRecord, EndorsementTarget, NewEndorsement};
use super::event::{Event, ListCreated, ListSigned};
use super::holding::{ClaimLink, Consent, NewShare, ShareRecord};
use super::mail::{self, MailOutcome, MailRecord, MailState, NewMail};
use super::matters::{Kind, Stage};
use super::pictures::{Picture, PictureName, PictureRecord};
use super::query::{Disclosure, IssuanceCount, Page, RegisterCursor, RegisterPage, RegisterQuery};
use super::record::{
    DefinitionRecord, FrameworkRecord, IdempotencyRecord, IndexReservation, IssuedRecord,
    NewIssuance, NewRendition, NewStatusList, OrganisationRecord, Origin, PublishedStatusList,
    Registration, Rendition, SealerSettings, StatusChange, StatusListRecord, StatusListWork,
    Visibility,
};
use super::register::{Persistence, Register, Reply, check_endorsement, hex};
use super::{Store, StoreError};
use crate::model::{
    CredentialId, DefinitionRef, FrameworkRef, KeyState, Slug, StatusPurpose, Timestamp,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

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

    fn put_settings(
        &self,
        issuer: &Slug,
        settings: SealerSettings,
        expected: Option<u64>,
        origin: Origin,
    ) -> Commit<Arc<OrganisationRecord>> {
        let (issuer, settings, based_on) =
            (issuer.clone(), Box::new(settings), expected.unwrap_or(0));
        let event = Event::Settings { issuer, settings, based_on, origin };
        self.submit_with(event, None, Vec::new(), Reply::Organisation)
    }

    fn adopted(&self) -> Result<Vec<Arc<AdoptedRecord>>, StoreError> {
        Ok(self.model.read().adopted.values().map(Arc::clone).collect())
    }

    fn adopt(&self, record: AdoptedRecord, origin: Origin) -> Commit<()> {
        self.submit(Event::Adopted { record: Box::new(record), origin }, None)
    }

    fn definition(
        &self,
        name: &DefinitionRef,
    ) -> Result<Option<Arc<DefinitionRecord>>, StoreError> {
        Ok(self.model.read().definition(name))
    }

    fn definitions(&self, issuer: &Slug) -> Result<Vec<Arc<DefinitionRecord>>, StoreError> {
        Ok(self.model.read().definitions_of(issuer))
    }

    fn put_definitions(&self, records: Vec<DefinitionRecord>, origin: Origin) -> Commit<()> {
        self.submit(Event::Definitions { records, origin }, None)
    }

    fn freeze_achievements(
        &self,
        name: &DefinitionRef,
        achievements: BTreeMap<String, Value>,
        origin: Origin,
    ) -> Commit<()> {
        let definition = name.clone();
        self.submit(Event::Achievements { definition, achievements, origin }, None)
    }

    fn withdraw_definition(
        &self,
        name: &DefinitionRef,
        origin: Origin,
    ) -> Commit<Arc<DefinitionRecord>> {
        let event = Event::DefinitionWithdrawn { definition: name.clone(), origin };
        self.submit_with(event, None, Vec::new(), Reply::Definition)
    }

    fn framework(&self, name: &FrameworkRef) -> Result<Option<Arc<FrameworkRecord>>, StoreError> {
        Ok(self.model.read().frameworks.get(name).map(|known| Arc::clone(&known.value)))
    }

    fn frameworks(&self, issuer: Option<&Slug>) -> Result<Vec<Arc<FrameworkRecord>>, StoreError> {
        Ok(self.model.read().frameworks_of(issuer))
    }

    fn put_frameworks(&self, records: Vec<FrameworkRecord>, origin: Origin) -> Commit<()> {
        self.submit(Event::Frameworks { records, origin }, None)
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

    fn client(&self, id: &str) -> Result<Option<Arc<ClientRecord>>, StoreError> {
        Ok(self.model.read().clients.get(id).map(|known| Arc::clone(&known.value)))
    }

    fn client_by_token(
        &self,
        sha256: &[u8; 32],
    ) -> Result<Option<(Arc<ClientRecord>, u32)>, StoreError> {
        Ok(self.model.read().client_by_token(&hex(sha256)))
    }

    fn note_client_used(&self, id: &str, secret: u32, origin: Origin) -> Commit<()> {
        self.submit(Event::ClientUsed { client: id.to_owned(), secret, origin }, None)
    }

    fn clients(&self, issuer: &Slug) -> Result<Vec<Arc<ClientRecord>>, StoreError> {
        Ok(self.model.read().clients_of(Some(issuer)))
    }

    fn clients_of_service(&self) -> Result<Vec<Arc<ClientRecord>>, StoreError> {
        Ok(self.model.read().clients_of(None))
    }

    fn put_client(&self, record: ClientRecord, origin: Origin) -> Commit<()> {
        let mut record = record;
        record.secrets.iter_mut().for_each(|secret| secret.last_used = None);
        self.submit(Event::Client { record, origin }, None)
    }

    fn issued(&self, id: CredentialId) -> Result<Option<Arc<IssuedRecord>>, StoreError> {
        let found = self.model.view(|view| view.entry(id))?;
        Ok(found.map(|entry| Arc::clone(&entry.record)))
    }

    fn document(&self, id: CredentialId) -> Result<Option<Arc<[u8]>>, StoreError> {
        match self.model.view(|view| view.entry(id))? {
            Some(entry) => self.persistence.document(id, entry.place, entry.record.length),
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
        let found = self.model.view(|view| view.idempotency(client, key))?;
        Ok(found.map(|mut used| {
            if used.request_sha256.is_empty() {
                (used.client, used.key) = (client.to_owned(), key.to_owned());
            }
            used
        }))
    }

    fn record_issuance(&self, issuance: NewIssuance) -> Commit<Arc<IssuedRecord>> {
        self.submit_issuance(issuance)
    }

    fn change_status(&self, change: StatusChange) -> Commit<Arc<IssuedRecord>> {
        self.submit_record(Event::Status { change: Box::new(change) })
    }

    fn set_visibility(
        &self,
        id: CredentialId,
        visibility: Visibility,
        consent: Option<Consent>,
        origin: Origin,
    ) -> Commit<Arc<IssuedRecord>> {
        let consent = consent.map(Box::new);
        let event = Event::Visibility { credential: id, visibility, consent, origin };
        self.submit_record(event)
    }

    fn rotate_claim(
        &self,
        id: CredentialId,
        issuer: &Slug,
        claim: ClaimLink,
        origin: Origin,
    ) -> Commit<Arc<IssuedRecord>> {
        let issuer = issuer.clone();
        self.submit_record(Event::ClaimLink { credential: id, issuer, claim, origin })
    }

    fn note_claimed(&self, id: CredentialId, origin: Origin) -> Commit<Arc<IssuedRecord>> {
        self.submit_record(Event::Claimed { credential: id, origin })
    }

    fn add_share(&self, share: NewShare, origin: Origin) -> Commit<Arc<ShareRecord>> {
        let known = Box::new(share.clone().numbered(0, origin.at));
        let event = Event::Shared { share: Box::new(share), origin };
        self.submit_with(event, None, Vec::new(), |committer| Reply::Share(committer, known))
    }

    fn revoke_share(
        &self,
        id: CredentialId,
        number: u32,
        origin: Origin,
    ) -> Commit<Arc<ShareRecord>> {
        self.withdraw_share(id, number, origin)
    }

    fn shares(&self, id: CredentialId) -> Result<Vec<Arc<ShareRecord>>, StoreError> {
        self.told_shares(id)
    }

    fn live_shares(&self, id: CredentialId, now: Timestamp) -> Result<usize, StoreError> {
        let entry = self.model.view(|view| view.entry(id))?;
        Ok(entry.map_or(0, |entry| entry.shares.iter().filter(|mark| mark.is_live(now)).count()))
    }

    fn mark_registered(
        &self,
        id: CredentialId,
        issuer: &Slug,
        registration: Registration,
        origin: Origin,
    ) -> Commit<Arc<IssuedRecord>> {
        let issuer = issuer.clone();
        self.submit_record(Event::Registered { credential: id, issuer, registration, origin })
    }

    fn erase(&self, id: CredentialId, issuer: &Slug, origin: Origin) -> Commit<Arc<IssuedRecord>> {
        let issuer = Some(issuer.clone());
        self.submit_record(Event::Erased { credential: id, issuer, replaced: Vec::new(), origin })
    }

    fn purge(
        &self,
        id: CredentialId,
        issuer: &Slug,
        account: Option<Disclosure>,
        origin: Origin,
    ) -> Commit<()> {
        let (issuer, account) = (issuer.clone(), account.map(Box::new));
        let replaced = Vec::new();
        self.submit(Event::Purged { credential: id, issuer, replaced, account, origin }, None)
    }

    fn register(&self, query: &RegisterQuery) -> Result<RegisterPage, StoreError> {
        self.model.page(query)
    }

    fn counts(&self) -> Result<Vec<IssuanceCount>, StoreError> {
        let state = self.model.read();
        let counts = state.counts.iter().map(|((issuer, kind, year, quarter), count)| {
            let (issuer, kind, year, quarter) = (issuer.clone(), *kind, *year, *quarter);
            IssuanceCount { issuer, kind, year, quarter, count: *count }
        });
        Ok(counts.collect())
    }

    fn record_disclosure(&self, disclosure: Disclosure) -> Commit<()> {
        self.submit(Event::Disclosed { disclosure: Box::new(disclosure) }, None)
    }

    fn disclosures(&self, issuer: &Slug) -> Result<Vec<Arc<Disclosure>>, StoreError> {
        Ok(self.model.read().disclosures.get(issuer).cloned().unwrap_or_default())
    }

    fn record_endorsement(&self, endorsement: NewEndorsement) -> Commit<Arc<EndorsementRecord>> {
        if let Err(error) = check_endorsement(&endorsement) {
            return Commit::done(Err(error));
        }
        let NewEndorsement { record, document, reservations, idempotency, origin } = endorsement;
        let guards = reservations.into_iter().map(|held| held.guard).collect();
        let (record, idempotency) = (Box::new(record), idempotency.map(Box::new));
        let event = Event::Endorsed { record, idempotency, origin };
        self.submit_with(event, Some(document), guards, Reply::Endorsement)
    }

    fn endorsement(&self, id: CredentialId) -> Result<Option<Arc<EndorsementRecord>>, StoreError> {
        let state = self.model.read();
        Ok(state.endorsements.get(&id).map(|known| Arc::clone(&known.value.record)))
    }

    fn endorsement_document(&self, id: CredentialId) -> Result<Option<Arc<[u8]>>, StoreError> {
        let known = self.model.read().endorsements.get(&id).map(|known| known.value.clone());
        match known {
            Some(known) => self.persistence.document(id, known.place, known.record.length),
            None => Ok(None),
        }
    }

    fn endorsements_of(
        &self,
        target: &EndorsementTarget,
    ) -> Result<Vec<Arc<EndorsementRecord>>, StoreError> {
        let state = self.model.read();
        let found = state.endorsements(state.endorsements_of.get(target));
        Ok(found.into_iter().map(|known| Arc::clone(&known.record)).collect())
    }

    fn endorsements_by(&self, endorser: &Slug) -> Result<Vec<Arc<EndorsementRecord>>, StoreError> {
        let state = self.model.read();
        let found = state.endorsements(state.endorsements_by.get(endorser));
        Ok(found.into_iter().map(|known| Arc::clone(&known.record)).collect())
    }

    fn change_endorsement_status(&self, change: StatusChange) -> Commit<Arc<EndorsementRecord>> {
        let event = Event::EndorsementStatus { change: Box::new(change) };
        self.submit_with(event, None, Vec::new(), Reply::Endorsement)
    }

    fn queue_mail(&self, mail: NewMail, origin: Origin) -> Commit<Arc<MailRecord>> {
        if let Err(error) = mail::check(&mail, mail.record.credential, &mail.record.issuer) {
            return Commit::done(Err(error));
        }
        let NewMail { record, sealed } = mail;
        let event = Event::MailQueued { record: Box::new(record), origin };
        self.submit_with(event, Some(sealed), Vec::new(), Reply::Mail)
    }

    fn due_mail(&self, until: Timestamp, limit: usize) -> Result<Vec<Arc<MailRecord>>, StoreError> {
        self.mail_due(until, limit)
    }

    fn next_mail(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.model.read().due.first().map(|(at, _)| *at))
    }

    fn mail_address(&self, id: Uuid) -> Result<Option<Arc<[u8]>>, StoreError> {
        self.body_of(id, Kind::Mail)
    }

    fn mail_attempted(
        &self,
        id: Uuid,
        outcome: MailOutcome,
        origin: Origin,
    ) -> Commit<Arc<MailRecord>> {
        self.attempt_mail(id, outcome, origin)
    }

    fn mail_record(&self, id: Uuid) -> Result<Option<Arc<MailRecord>>, StoreError> {
        Ok(self.matter(id)?.and_then(|known| known.mail()))
    }

    fn mail(
        &self,
        issuer: &Slug,
        state: Option<MailState>,
        after: Option<RegisterCursor>,
        limit: usize,
    ) -> Result<Page<MailRecord>, StoreError> {
        let page = self.matters(Kind::Mail, issuer, state.map(Stage::of_mail), after, limit)?;
        let records = page.records.iter().filter_map(|known| known.mail()).collect();
        Ok(Page { records, next: page.next })
    }

    fn mail_of(&self, credential: CredentialId) -> Result<Vec<Arc<MailRecord>>, StoreError> {
        let found = self.matters_of(credential)?;
        Ok(found.iter().filter_map(|known| known.mail()).collect())
    }

    fn record_concern(&self, concern: NewConcern) -> Commit<Arc<ConcernRecord>> {
        let NewConcern { record, words, origin } = concern;
        let event = Event::ConcernRecorded { record: Box::new(record), origin };
        let body = Some(Arc::from(words.as_bytes()));
        self.submit_with(event, body, Vec::new(), Reply::Concern)
    }

    fn concern(&self, id: Uuid) -> Result<Option<Arc<ConcernRecord>>, StoreError> {
        Ok(self.matter(id)?.and_then(|known| known.concern()))
    }

    fn concern_words(&self, id: Uuid) -> Result<Option<Arc<str>>, StoreError> {
        let unreadable = |_| StoreError::Corrupt { what: "concern", id: id.to_string() };
        let words = self.body_of(id, Kind::Concern)?;
        words
            .map(|words| std::str::from_utf8(&words).map(Arc::from).map_err(unreadable))
            .transpose()
    }

    fn concerns(
        &self,
        issuer: &Slug,
        handled: Option<bool>,
        after: Option<RegisterCursor>,
        limit: usize,
    ) -> Result<Page<ConcernRecord>, StoreError> {
        let stage = handled.map(Stage::of_concern);
        let page = self.matters(Kind::Concern, issuer, stage, after, limit)?;
        let records = page.records.iter().filter_map(|known| known.concern()).collect();
        Ok(Page { records, next: page.next })
    }

    fn handle_concern(
        &self,
        id: Uuid,
        issuer: &Slug,
        origin: Origin,
    ) -> Commit<Arc<ConcernRecord>> {
        self.about_concern(id, issuer, |credential| Event::ConcernHandled {
            concern: id,
            credential,
            origin,
        })
    }

    fn forget_concern(
        &self,
        id: Uuid,
        issuer: &Slug,
        origin: Origin,
    ) -> Commit<Arc<ConcernRecord>> {
        self.about_concern(id, issuer, |credential| Event::ConcernForgotten {
            concern: id,
            credential,
            replaced: Vec::new(),
            origin,
        })
    }

    fn put_picture(
        &self,
        issuer: &Slug,
        name: PictureName,
        bytes: Arc<[u8]>,
        origin: Origin,
    ) -> Commit<()> {
        self.submit_picture(issuer, name, bytes, origin)
    }

    fn remove_picture(&self, issuer: &Slug, name: PictureName, origin: Origin) -> Commit<()> {
        self.submit(Event::PictureRemoved { issuer: issuer.clone(), name, origin }, None)
    }

    fn picture(&self, issuer: &Slug, name: &PictureName) -> Result<Option<Arc<[u8]>>, StoreError> {
        match self.known_picture(issuer, name) {
            Some(Picture { frame: (sequence, place), .. }) => {
                self.persistence.body(sequence, place)
            }
            None => Ok(None),
        }
    }

    fn picture_record(
        &self,
        issuer: &Slug,
        name: &PictureName,
    ) -> Result<Option<Arc<PictureRecord>>, StoreError> {
        Ok(self.known_picture(issuer, name).map(|known| known.record))
    }

    fn pictures(&self, issuer: &Slug) -> Result<Vec<Arc<PictureRecord>>, StoreError> {
        Ok(self.pictures_of(issuer))
    }

    fn unused_list_id(&self, purpose: StatusPurpose) -> Result<String, StoreError> {
        Ok(self.model.read().unused_list_id(purpose))
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
        Ok(self.model.read().list_work(until))
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
