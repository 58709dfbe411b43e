//! Whether an event may happen, given what is recorded.
//!
//! The same rules decide about a new write and about an event read back from the journal, so that a
//! replay gives exactly what was acknowledged. Nothing is changed here.

use super::StoreError;
use super::event::{Event, ListCreated, ListSigned};
use super::lists::List;
use super::record::{
    DefinitionRecord, IdempotencyRecord, IssuedRecord, ReasonCode, StatusAction, StatusChange,
};
use super::state::{Entry, View};
use crate::model::{CredentialId, CredentialState, StatusPurpose};
use std::sync::Arc;

/// What follows from an event.
#[derive(Debug)]
pub(super) enum Decision {
    /// It says nothing new: it is done already.
    Nothing,
    /// It happens, and these issuance records become.
    Happens(Vec<Became>),
}

/// An issuance record as it becomes.
#[derive(Debug)]
pub(super) struct Became {
    pub(super) record: Arc<IssuedRecord>,
    /// What was recorded of it before; `None` for a fresh one.
    pub(super) before: Option<Arc<Entry>>,
}

const NO_RECORDS: Decision = Decision::Happens(Vec::new());

/// Decides about one event.
pub(super) fn decide(event: &Event, view: &View<'_>) -> Result<Decision, StoreError> {
    match event {
        Event::Organisations { .. } | Event::Vocabulary { .. } => Ok(NO_RECORDS),
        Event::Definitions { records, .. } => definitions(records, view),
        Event::Key { record, .. } => {
            let known = view.state.keys(&record.issuer);
            if known.iter().any(|key| key.thumbprint == record.thumbprint) {
                return Err(StoreError::Conflict("this issuer has this key already".to_owned()));
            }
            Ok(NO_RECORDS)
        }
        Event::KeyState { issuer, thumbprint, .. } => {
            if view.state.keys(issuer).iter().any(|key| key.thumbprint == *thumbprint) {
                Ok(NO_RECORDS)
            } else {
                Err(StoreError::NotFound("key"))
            }
        }
        Event::Client { record, .. } => match view.state.client_by_token(&record.token_sha256) {
            Some(other) if other.id != record.id => {
                Err(StoreError::Conflict("another client has this token".to_owned()))
            }
            _ => Ok(NO_RECORDS),
        },
        Event::Issued { record, idempotency, requires, .. } => {
            issued(record, idempotency.as_deref(), requires, view)
        }
        Event::Rendition { credential, rendition, .. } => {
            let before = view.entry(*credential)?.ok_or(StoreError::NotFound("credential"))?;
            if before.place.is_nowhere() {
                return Err(StoreError::NotFound("document"));
            }
            if before.rendition(*rendition).is_some() {
                return Ok(Decision::Nothing);
            }
            let record = Arc::clone(&before.record);
            Ok(Decision::Happens(vec![Became { record, before: Some(before) }]))
        }
        Event::Status { change } => status(change, view),
        Event::Visibility { credential, visibility, .. } => {
            let before = view.entry(*credential)?.ok_or(StoreError::NotFound("credential"))?;
            let mut record = IssuedRecord::clone(&before.record);
            record.visibility = *visibility;
            Ok(Decision::Happens(vec![Became { record: Arc::new(record), before: Some(before) }]))
        }
        Event::Erased { credential, replaced, .. } => {
            let before = view.entry(*credential)?.ok_or(StoreError::NotFound("credential"))?;
            if before.place.is_nowhere() {
                return Err(StoreError::NotFound("document"));
            }
            let renditions =
                replaced.iter().filter(|one| matches!(*one.kept, Event::Rendition { .. }));
            if renditions.count() != before.renditions.len() {
                return Err(StoreError::Conflict("a rendition was recorded meanwhile".to_owned()));
            }
            let record = Arc::new(without_person(&before.record));
            Ok(Decision::Happens(vec![Became { record, before: Some(before) }]))
        }
        Event::StatusList { list, .. } => status_list(list, view),
        Event::StatusListSigned { list } => status_list_signed(list, view),
        Event::Dictionary { definition, .. } => {
            if view.state.dictionary_of(definition).is_some() {
                Ok(Decision::Nothing)
            } else {
                Ok(NO_RECORDS)
            }
        }
    }
}

/// A record without what tells of the holder. The hash of the document, the status and the dates
/// stay (decision D8).
pub(super) fn without_person(record: &IssuedRecord) -> IssuedRecord {
    IssuedRecord { case_number: None, holder: None, note: None, ..record.clone() }
}

fn definitions(records: &[DefinitionRecord], view: &View<'_>) -> Result<Decision, StoreError> {
    let mut news = false;
    for (position, record) in records.iter().enumerate() {
        // Also within one call, a version has one content.
        let earlier = records[..position].iter().find(|other| other.name == record.name);
        let published = view.state.definition(&record.name);
        let known = published.as_deref().or(earlier);
        match known {
            Some(known) if known.document != record.document => {
                return Err(StoreError::VersionFrozen(record.name.to_string()));
            }
            Some(_) => {}
            None => news = true,
        }
    }
    Ok(if news { NO_RECORDS } else { Decision::Nothing })
}

fn issued(
    record: &IssuedRecord,
    idempotency: Option<&IdempotencyRecord>,
    requires: &[CredentialId],
    view: &View<'_>,
) -> Result<Decision, StoreError> {
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    // First the idempotency key: of two equal requests the second is to find the first's outcome.
    if let Some(used) = idempotency
        && view.idempotency(&used.client, &used.key)?.is_some()
    {
        return Err(StoreError::IdempotencyKeyTaken);
    }
    if view.number(&record.issuer, &record.certificate_number)?.is_some() {
        return Err(StoreError::CertificateNumberTaken);
    }
    if view.entry(record.id)?.is_some() {
        return conflict("a credential with this id is recorded");
    }
    if record.state != CredentialState::Valid || record.replaced_by.is_some() {
        return conflict("a fresh credential is valid");
    }
    for entry in &record.status {
        let Some(list) = view.state.list(&entry.list) else {
            return conflict("there is no such status list");
        };
        if list.issuer != record.issuer || list.purpose != entry.purpose {
            return conflict("the status list is another issuer's or for another purpose");
        }
        if entry.index >= list.entries || list.given.is_set(entry.index) {
            return conflict("the status index is taken");
        }
    }
    for required in requires {
        let valid = view.entry(*required)?.is_some_and(|entry| {
            entry.record.issuer == record.issuer && entry.record.state == CredentialState::Valid
        });
        if !valid {
            return conflict("a required credential is not valid");
        }
    }
    let mut became = vec![Became { record: Arc::new(record.clone()), before: None }];
    if let Some(old) = record.replaces {
        let Some(before) = view.entry(old)?.filter(|old| old.record.issuer == record.issuer) else {
            return conflict("the replaced credential is not recorded");
        };
        match before.record.state {
            CredentialState::Valid | CredentialState::Suspended => {}
            CredentialState::Revoked | CredentialState::Superseded => {
                return conflict("the replaced credential is no longer valid");
            }
        }
        let mut old = IssuedRecord::clone(&before.record);
        old.state = CredentialState::Superseded;
        old.state_since = Some(record.issued_at);
        old.reason = Some(ReasonCode::Superseded);
        old.note = None;
        old.replaced_by = Some(record.id);
        became.push(Became { record: Arc::new(old), before: Some(before) });
    }
    Ok(Decision::Happens(became))
}

fn status(change: &StatusChange, view: &View<'_>) -> Result<Decision, StoreError> {
    let before = view
        .entry(change.credential)?
        .filter(|entry| entry.record.issuer == change.issuer)
        .ok_or(StoreError::NotFound("credential"))?;
    let suspendable =
        before.record.status.iter().any(|entry| entry.purpose == StatusPurpose::Suspension);
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    let next = match (before.record.state, change.action) {
        (CredentialState::Revoked | CredentialState::Superseded, _) => {
            return Err(StoreError::RevocationFinal);
        }
        (_, StatusAction::Revoke) => CredentialState::Revoked,
        (_, StatusAction::Suspend | StatusAction::Reinstate) if !suspendable => {
            return Err(StoreError::SuspensionNotEnabled);
        }
        (CredentialState::Valid, StatusAction::Suspend) => CredentialState::Suspended,
        (CredentialState::Suspended, StatusAction::Reinstate) => CredentialState::Valid,
        (CredentialState::Suspended, StatusAction::Suspend) => {
            return conflict("the certificate is suspended");
        }
        (CredentialState::Valid, StatusAction::Reinstate) => {
            return conflict("the certificate is not suspended");
        }
    };
    let mut record = IssuedRecord::clone(&before.record);
    record.state = next;
    record.state_since = Some(change.origin.at);
    record.reason = Some(change.reason);
    record.note.clone_from(&change.note);
    Ok(Decision::Happens(vec![Became { record: Arc::new(record), before: Some(before) }]))
}

fn status_list(list: &ListCreated, view: &View<'_>) -> Result<Decision, StoreError> {
    if view.state.list(&list.id).is_some() {
        return Err(StoreError::Conflict(format!("status list {} exists", list.id)));
    }
    if !List::is_size(list.entries) {
        return Err(StoreError::Conflict("a status list of this size is not kept".to_owned()));
    }
    Ok(NO_RECORDS)
}

fn status_list_signed(signed: &ListSigned, view: &View<'_>) -> Result<Decision, StoreError> {
    let list = view.state.list(&signed.id).ok_or(StoreError::NotFound("status list"))?;
    if signed.version > list.changes {
        return Err(StoreError::Conflict("the signed form carries unknown changes".to_owned()));
    }
    if (signed.version, signed.signed_at) < (list.signed_changes, list.signed_at) {
        return Ok(Decision::Nothing);
    }
    Ok(NO_RECORDS)
}
