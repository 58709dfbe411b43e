//! How the register changes when a decided event happens.

use super::adopting::AdoptedRecord;
use super::decide::{Became, Decision, next_state};
use super::endorsing::{EndorsementRecord, EndorsementTarget};
use super::erasing::quarter_of;
use super::event::Event;
use super::holding::mark_share;
use super::lists::List;
use super::pictures::{Picture, PictureRecord};
use super::query::Disclosure;
use super::record::{IdempotencyRecord, StatusChange};
use super::state::{
    DictionaryBytes, Endorsement, Entry, Numbered, Place, State, Touched, Used, number_key,
    request_key, request_of,
};
use crate::model::{CertificateKind, CredentialId, CredentialState, Slug, StatusEntry};
use crate::model::{StatusPurpose, Timestamp};
use std::sync::Arc;

impl State {
    pub(super) fn next_ordinal(&mut self) -> u64 {
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
        let Decision::Happens(became, matters) = decision else { return };
        self.apply_to_matters(sequence, event, &matters, place);
        match event {
            Event::Organisations { records, .. } => {
                for record in records {
                    self.put_organisation(sequence, record);
                }
            }
            Event::Settings { issuer, settings, .. } => {
                self.put_settings(sequence, issuer, settings);
            }
            Event::Adopted { record, .. } => {
                let mut value = AdoptedRecord::clone(record);
                if let Some(known) = self.adopted.get(&record.slug) {
                    value.since = known.since;
                }
                self.adopted.insert(record.slug.clone(), Arc::new(value));
                self.recent.touched.insert(Touched::Adopted(record.slug.clone()));
            }
            Event::Vocabulary { document, .. } => {
                self.vocabulary = Some(Arc::new(document.clone()));
                self.recent.touched.insert(Touched::Vocabulary);
            }
            Event::Definitions { .. }
            | Event::Achievements { .. }
            | Event::DefinitionWithdrawn { .. }
            | Event::Frameworks { .. } => self.apply_to_catalogue(event),
            Event::Key { .. } | Event::KeyState { .. } => self.apply_to_keys(event),
            Event::Client { record, .. } => self.put_client(sequence, record),
            Event::ClientUsed { client, secret, origin } => {
                self.client_used(client, *secret, origin.at);
            }
            Event::StatusList { .. }
            | Event::StatusListSigned { .. }
            | Event::Dictionary { .. } => {
                let body = body.map_or_else(|| Arc::from([]), Arc::clone);
                self.apply_with_body(event, body);
            }
            Event::Disclosed { disclosure } => self.disclosed(disclosure),
            Event::Purged { account, .. } => {
                if let Some(account) = account {
                    self.disclosed(account);
                }
            }
            Event::Endorsed { record, idempotency, .. } => {
                let request = idempotency.as_deref().and_then(request_key);
                self.endorsed(sequence, record, place, request);
                if let Some(used) = idempotency {
                    self.used(used, (sequence, place));
                }
            }
            Event::EndorsementStatus { change } => self.change_endorsement(change),
            Event::Issued { record, idempotency, .. } => {
                self.count(&record.issuer, record.kind, record.issued_at);
                if let Some(used) = idempotency {
                    self.used(used, (sequence, place));
                }
            }
            Event::Bare { credential, issuer, kind, issued_at, request, .. } => {
                self.count(issuer, *kind, *issued_at);
                let request = request.as_deref().and_then(request_of);
                self.revise_request(request, (*credential, quarter_of(*issued_at)));
            }
            Event::Erased { credential, .. } => self.erase_endorsements_of(*credential),
            Event::Picture { record, .. } => {
                let record = Arc::new(PictureRecord::clone(record));
                let key = (record.issuer.clone(), record.name.clone());
                self.set_picture(key, Some(Picture { record, frame: (sequence, place) }));
            }
            Event::PictureRemoved { issuer, name, .. } => {
                self.set_picture((issuer.clone(), name.clone()), None);
            }
            Event::Status { .. }
            | Event::Visibility { .. }
            | Event::ClaimLink { .. }
            | Event::Claimed { .. }
            | Event::Shared { .. }
            | Event::ShareRevoked { .. }
            | Event::Gone { .. }
            | Event::MailQueued { .. }
            | Event::MailRetried { .. }
            | Event::MailDone { .. }
            | Event::ConcernRecorded { .. }
            | Event::ConcernHandled { .. }
            | Event::ConcernForgotten { .. }
            | Event::Void {}
            | Event::Rendition { .. }
            | Event::Registered { .. } => {}
        }
        for became in became {
            self.became(sequence, event, became, place);
        }
    }

    fn apply_to_catalogue(&mut self, event: &Event) {
        match event {
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
            Event::Achievements { definition, achievements, .. } => {
                if let Some(known) = self.definitions.get_mut(definition) {
                    Arc::make_mut(&mut known.value).achievements.clone_from(achievements);
                    self.recent.touched.insert(Touched::Definition(definition.clone()));
                }
            }
            Event::DefinitionWithdrawn { definition, origin } => {
                if let Some(known) = self.definitions.get_mut(definition) {
                    Arc::make_mut(&mut known.value).withdrawn = Some(origin.at);
                    self.recent.touched.insert(Touched::Definition(definition.clone()));
                }
            }
            Event::Frameworks { records, .. } => {
                for record in records {
                    if !self.frameworks.contains_key(&record.name) {
                        let ordinal = self.next_ordinal();
                        let value = Arc::new(record.clone());
                        self.frameworks.insert(record.name.clone(), Numbered { ordinal, value });
                        self.recent.touched.insert(Touched::Framework(record.name.clone()));
                    }
                }
            }
            _ => {}
        }
    }

    fn apply_to_keys(&mut self, event: &Event) {
        match event {
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
            _ => {}
        }
    }

    fn touch_key(&mut self, issuer: &Slug, thumbprint: &str) {
        self.recent.touched.insert(Touched::Key(issuer.clone(), thumbprint.to_owned()));
    }

    fn apply_with_body(&mut self, event: &Event, body: Arc<[u8]>) {
        match event {
            Event::StatusList { list, .. } => {
                let ordinal = self.next_ordinal();
                let value = List::created(list, body);
                self.lists.insert(list.id.clone(), Numbered { ordinal, value });
                self.recent.touched.insert(Touched::List(list.id.clone()));
            }
            Event::StatusListSigned { list } => {
                if let Some(known) = self.lists.get_mut(&list.id) {
                    known.value.signed(list, body);
                }
                self.recent.touched.insert(Touched::List(list.id.clone()));
            }
            Event::Dictionary { definition, name } => {
                let known = DictionaryBytes { name: name.clone(), bytes: body };
                self.dictionaries.insert(definition.clone(), known);
                self.recent.touched.insert(Touched::Dictionary(definition.clone()));
            }
            _ => {}
        }
    }

    fn disclosed(&mut self, disclosure: &Disclosure) {
        let known = self.disclosures.entry(disclosure.issuer.clone()).or_default();
        let touched = Touched::Disclosure(disclosure.issuer.clone(), known.len());
        known.push(Arc::new(disclosure.clone()));
        self.recent.touched.insert(touched);
    }

    fn count(&mut self, issuer: &Slug, kind: CertificateKind, issued_at: Timestamp) {
        self.issued_count += 1;
        let (year, month, _) = issued_at.date().parts();
        let quarter = u8::try_from((month - 1) / 3 + 1).unwrap_or(1);
        let key = (issuer.clone(), kind, year, quarter);
        *self.counts.entry(key.clone()).or_default() += 1;
        self.recent.touched.insert(Touched::Count(key));
    }

    fn used(&mut self, record: &IdempotencyRecord, frame: (u64, Place)) {
        if let Some(key) = request_key(record) {
            let used = Used { record: record.clone(), frame: Some(frame) };
            self.recent.idempotency.insert(key, Some(used));
        }
    }

    fn endorsed(
        &mut self,
        sequence: u64,
        record: &EndorsementRecord,
        place: Place,
        request: Option<[u8; 32]>,
    ) {
        let ordinal = self.next_ordinal();
        let known = Endorsement { record: Arc::new(record.clone()), sequence, place, request };
        self.add_endorsement(ordinal, known);
        self.recent.touched.insert(Touched::Endorsement(record.id));
        self.mark(&record.status, record.state);
    }

    fn change_endorsement(&mut self, change: &StatusChange) {
        let Some(known) = self.endorsements.get_mut(&change.credential) else { return };
        let record = Arc::make_mut(&mut known.value.record);
        let Ok(next) = next_state(record.state, &record.status, change.action) else { return };
        record.state = next;
        record.state_since = Some(change.origin.at);
        record.reason = Some(change.reason);
        record.note.clone_from(&change.note);
        let status = record.status.clone();
        self.recent.touched.insert(Touched::Endorsement(change.credential));
        self.mark(&status, next);
    }

    /// What endorses a certificate may name its holder.
    fn erase_endorsements_of(&mut self, credential: CredentialId) {
        let target = EndorsementTarget::Credential(credential);
        let mut requests = Vec::new();
        for id in self.endorsements_of.get(&target).into_iter().flatten() {
            if let Some(known) = self.endorsements.get_mut(id) {
                known.value.place = Place::default();
                requests.push((known.value.request, *id, known.value.record.issued_at));
                self.recent.touched.insert(Touched::Endorsement(*id));
            }
        }
        for (request, id, at) in requests {
            self.revise_request(request, (id, at));
        }
    }

    fn became(&mut self, sequence: u64, event: &Event, became: Became, place: Place) {
        let Became { record, before } = became;
        let id = record.id;
        let known = before.is_some() && !self.recent.entries.contains_key(&id);
        if known {
            self.recent.known.insert(id);
        }
        let mut entry = match &before {
            Some(before) => Entry { record, ..Entry::clone(before) },
            None => {
                if !record.certificate_number.is_empty() {
                    let key = number_key(&record.issuer, &record.certificate_number);
                    self.recent.numbers.insert(key, Some(id));
                }
                self.recent.order.insert((record.issuer.clone(), sequence), id);
                let request = match event {
                    Event::Issued { idempotency: Some(used), .. } => request_key(used),
                    Event::Bare { request: Some(request), .. } => request_of(request),
                    _ => None,
                };
                let (ordinal, renditions) = (sequence, Vec::new());
                Entry {
                    record,
                    ordinal,
                    place,
                    renditions,
                    frames: Vec::new(),
                    note: None,
                    reference: None,
                    claim: None,
                    consent: None,
                    claimed: None,
                    shares: Vec::new(),
                    tombstone: None,
                    request,
                    orphaned: false,
                }
            }
        };
        self.mark(&entry.record.status, entry.record.state);
        let frame = (sequence, place);
        match event {
            // It was superseded.
            Event::Issued { record, .. } if record.id != id => entry.note = None,
            Event::Bare { credential, .. } if *credential != id => entry.note = None,
            Event::Issued { .. } | Event::Bare { .. } => entry.frames.push(frame),
            Event::Status { change } => {
                entry.frames.push(frame);
                entry.note = change.note.is_some().then_some(frame);
            }
            Event::Registered { registration, .. } => {
                entry.reference = registration.reference.is_some().then_some(frame);
                entry.frames.push(frame);
            }
            Event::Rendition { rendition, .. } => {
                entry.renditions.push((*rendition, place));
                entry.frames.push(frame);
            }
            Event::Visibility { consent, .. } => {
                entry.frames.push(frame);
                entry.consent = consent.as_ref().map_or(entry.consent, |_| Some(frame));
            }
            Event::ClaimLink { .. } => {
                entry.frames.push(frame);
                entry.claim = Some(frame);
            }
            Event::Claimed { .. } => {
                entry.frames.push(frame);
                entry.claimed = Some(frame);
            }
            Event::Shared { share, origin } => {
                entry.frames.push(frame);
                mark_share(&mut entry.shares, share, origin, frame);
            }
            Event::ShareRevoked { number, origin, .. } => {
                entry.frames.push(frame);
                for mark in entry.shares.iter_mut().filter(|mark| mark.number == *number) {
                    mark.revoked = Some(origin.at);
                }
            }
            Event::Gone { .. } => entry.frames.push(frame),
            Event::Erased { .. } => {
                (entry.claim, entry.consent, entry.claimed) = (None, None, None);
                entry.shares.clear();
                entry.place = Place::default();
                entry.renditions.clear();
                entry.frames.push(frame);
                (entry.note, entry.reference) = (None, None);
                entry.tombstone = Some(frame);
                let left = (id, entry.record.issued_at);
                self.revise_request(entry.request, left);
            }
            Event::Purged { .. } => return self.forget(&entry),
            _ => {}
        }
        self.recent.entries.insert(id, Some(Arc::new(entry)));
    }

    /// Leaves only the hash of an idempotency key: used is used, for good.
    fn revise_request(&mut self, hashed: Option<[u8; 32]>, (id, at): (CredentialId, Timestamp)) {
        let Some(hashed) = hashed else { return };
        self.recent.idempotency.insert(hashed, Some(Used::erased(&hashed, id, at)));
        self.recent.revised.insert(hashed.to_vec());
    }

    /// Removes what is left of a credential; its places in status lists keep their bits.
    fn forget(&mut self, entry: &Entry) {
        let record = &entry.record;
        self.revise_request(entry.request, (record.id, quarter_of(record.issued_at)));
        if entry.orphaned {
            self.recent.orphans.insert(record.id);
        } else if !record.certificate_number.is_empty() {
            let key = number_key(&record.issuer, &record.certificate_number);
            self.recent.revised.insert(key.clone());
            self.recent.numbers.insert(key, None);
        }
        let place = (record.issuer.clone(), entry.ordinal);
        self.recent.order.remove(&place);
        self.recent.left.push(place);
        self.recent.entries.insert(record.id, None);
    }

    /// Gives out these places of status lists and sets their bits.
    fn mark(&mut self, status: &[StatusEntry], state: CredentialState) {
        for entry in status {
            let Some(list) = self.lists.get_mut(&entry.list) else { continue };
            list.value.give(entry.index);
            let bit = match entry.purpose {
                StatusPurpose::Revocation => {
                    matches!(state, CredentialState::Revoked | CredentialState::Superseded)
                }
                // A suspended certificate that is then revoked stays marked as suspended.
                StatusPurpose::Suspension => match state {
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
    }
}
