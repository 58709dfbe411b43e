//! Whether an event may happen, given what is recorded.
//!
//! The same rules decide about a new write and about an event read back from the journal, so that a
//! replay gives exactly what was acknowledged. Nothing is changed here.

use super::StoreError;
use super::endorsing::{EndorsementRecord, EndorsementTarget};
use super::erasing::without_person;
use super::event::{Event, ListCreated, ListSigned};
use super::holding;
use super::lists::List;
use super::matters::Matter;
use super::record::{
    DefinitionRecord, FrameworkRecord, IdempotencyRecord, IssuedRecord, ReasonCode, StatusAction,
    StatusChange,
};
use super::state::{Entry, View};
use super::{clients, concerns, mail, pictures, settings};
use crate::model::{
    CredentialId, CredentialState, DefinitionRef, Slug, StatusEntry, StatusPurpose,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What follows from an event.
#[derive(Debug)]
pub(super) enum Decision {
    /// It says nothing new: it is done already.
    Nothing,
    /// It happens, these issuance records become, and these matters are changed by it, which are
    /// here as they were before.
    Happens(Vec<Became>, Vec<Arc<Matter>>),
}

/// An issuance record as it becomes.
#[derive(Debug)]
pub(super) struct Became {
    pub(super) record: Arc<IssuedRecord>,
    /// What was recorded of it before; `None` for a fresh one.
    pub(super) before: Option<Arc<Entry>>,
}

pub(super) const NO_RECORDS: Decision = Decision::Happens(Vec::new(), Vec::new());

/// Decides about one event.
pub(super) fn decide(event: &Event, view: &View<'_>) -> Result<Decision, StoreError> {
    match event {
        Event::Organisations { records, .. } => {
            if records.iter().any(|record| view.state.adopted.contains_key(&record.slug)) {
                let taken = "an issuer that is kept for others has this name";
                return Err(StoreError::Conflict(taken.to_owned()));
            }
            settings::are_current(records, view)?;
            Ok(NO_RECORDS)
        }
        Event::Settings { issuer, settings, based_on, .. } => {
            settings::put(issuer, settings, *based_on, view)
        }
        Event::Vocabulary { .. } | Event::Disclosed { .. } => Ok(NO_RECORDS),
        Event::Adopted { record, .. } => {
            let fresh = super::adopting::decide_adoption(record, view)?;
            Ok(if fresh { NO_RECORDS } else { Decision::Nothing })
        }
        Event::Definitions { records, .. } => definitions(records, view),
        Event::Achievements { definition, achievements, .. } => {
            freeze(definition, achievements, view)
        }
        Event::DefinitionWithdrawn { definition, .. } => match view.state.definition(definition) {
            None => Err(StoreError::NotFound("definition")),
            Some(known) if known.withdrawn.is_some() => Ok(Decision::Nothing),
            Some(_) => Ok(NO_RECORDS),
        },
        Event::Frameworks { records, .. } => frameworks(records, view),
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
        Event::Client { record, .. } => clients::put(record, view),
        Event::ClientUsed { client, secret, origin } => {
            clients::used(client, *secret, origin, view)
        }
        Event::Issued { record, idempotency, requires, mail, .. } => {
            if let Some(mail) = mail {
                mail::unknown(*mail, view)?;
            }
            issued(record, idempotency.as_deref(), requires, view)
        }
        Event::Endorsed { record, idempotency, .. } => {
            endorsed(record, idempotency.as_deref(), view)
        }
        Event::EndorsementStatus { change } => {
            let known = view.state.endorsements.get(&change.credential);
            let before = known
                .filter(|known| known.value.record.endorser == change.issuer)
                .ok_or(StoreError::NotFound("endorsement"))?;
            let record = &before.value.record;
            next_state(record.state, &record.status, change.action).map(|_| NO_RECORDS)
        }
        Event::Rendition { credential, rendition, .. } => {
            let before = view.entry(*credential)?.ok_or(StoreError::NotFound("credential"))?;
            if before.place.is_nowhere() {
                return Err(StoreError::NotFound("document"));
            }
            if before.rendition(*rendition).is_some() {
                return Ok(Decision::Nothing);
            }
            let record = IssuedRecord::clone(&before.record);
            Ok(becomes(record, before))
        }
        Event::Status { change } => status(change, view),
        Event::Visibility { credential, visibility, consent, .. } => {
            let before = view.entry(*credential)?.ok_or(StoreError::NotFound("credential"))?;
            if consent.is_some() && before.record.erased.is_some() {
                return Err(StoreError::NotFound("document"));
            }
            let mut record = IssuedRecord::clone(&before.record);
            record.visibility = *visibility;
            if consent.is_some() {
                record.consent.clone_from(consent);
            }
            Ok(becomes(record, before))
        }
        Event::ClaimLink { credential, issuer, claim, .. } => {
            holding::claim_link(*credential, issuer, claim, view)
        }
        Event::Claimed { credential, origin } => holding::claimed(*credential, origin, view),
        Event::Shared { share, origin } => holding::shared(share, origin, view),
        Event::ShareRevoked { credential, number, .. } => {
            holding::share_revoked(*credential, *number, view)
        }
        Event::Gone { credential } => holding::gone(*credential, view),
        Event::Registered { credential, issuer, registration, .. } => {
            let before = of_issuer(*credential, Some(issuer), view)?;
            let mut record = IssuedRecord::clone(&before.record);
            record.registration = Some(registration.clone());
            Ok(becomes(record, before))
        }
        Event::Erased { credential, issuer, origin, .. } => {
            let before = of_issuer(*credential, issuer.as_ref(), view)?;
            if before.place.is_nowhere() {
                return Err(StoreError::NotFound("document"));
            }
            let record = Arc::new(without_person(&before.record, origin.at));
            let matters = view.matters_of(*credential)?;
            Ok(Decision::Happens(vec![Became { record, before: Some(before) }], matters))
        }
        Event::Purged { credential, issuer, account, .. } => {
            let before = of_issuer(*credential, Some(issuer), view)?;
            if account.as_ref().is_some_and(|account| account.issuer != *issuer) {
                return Err(StoreError::Conflict("another issuer answers for it".to_owned()));
            }
            if before.record.erased.is_none() {
                let first = "the certificate is erased first, then purged";
                return Err(StoreError::Conflict(first.to_owned()));
            }
            let record = Arc::clone(&before.record);
            let matters = view.matters_of(*credential)?;
            Ok(Decision::Happens(vec![Became { record, before: Some(before) }], matters))
        }
        Event::MailQueued { record, .. } => mail::queued(record, view),
        Event::MailRetried { mail, .. } => mail::retried(*mail, view),
        Event::MailDone { mail, outcome, record, .. } => {
            mail::done(*mail, outcome.as_ref(), record.as_deref(), view)
        }
        Event::ConcernRecorded { record, .. } => concerns::recorded(record, view),
        Event::ConcernHandled { concern, .. } => concerns::handled(*concern, view),
        Event::ConcernForgotten { concern, .. } => concerns::forgotten(*concern, view),
        Event::Picture { record, .. } => Ok(pictures::put(record, view)),
        Event::PictureRemoved { issuer, name, .. } => {
            pictures::removed(&(issuer.clone(), name.clone()), view)
        }
        Event::Void {} => Ok(Decision::Nothing),
        Event::Bare { credential, issuer, kind, issued_at, status, replaces, .. } => {
            let record =
                super::erasing::bare(*credential, issuer, *kind, *issued_at, status, *replaces);
            issued(&record, None, &[], view)
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

pub(super) fn becomes(record: IssuedRecord, before: Arc<Entry>) -> Decision {
    let became = Became { record: Arc::new(record), before: Some(before) };
    Decision::Happens(vec![became], Vec::new())
}

/// What is recorded of a credential, if it is this issuer's; nobody learns of another one's.
fn of_issuer(
    id: CredentialId,
    issuer: Option<&Slug>,
    view: &View<'_>,
) -> Result<Arc<Entry>, StoreError> {
    view.entry(id)?
        .filter(|entry| issuer.is_none_or(|issuer| entry.record.issuer == *issuer))
        .ok_or(StoreError::NotFound("credential"))
}

fn freeze(
    name: &DefinitionRef,
    achievements: &BTreeMap<String, Value>,
    view: &View<'_>,
) -> Result<Decision, StoreError> {
    let known = view.state.definition(name).ok_or(StoreError::NotFound("definition"))?;
    if known.achievements == *achievements {
        return Ok(Decision::Nothing);
    }
    if known.achievements.is_empty() {
        Ok(NO_RECORDS)
    } else {
        Err(StoreError::VersionFrozen(name.to_string()))
    }
}

fn frameworks(records: &[FrameworkRecord], view: &View<'_>) -> Result<Decision, StoreError> {
    let mut news = false;
    for (position, record) in records.iter().enumerate() {
        let earlier = records[..position].iter().find(|other| other.name == record.name);
        let published = view.state.frameworks.get(&record.name);
        match published.map(|known| known.value.as_ref()).or(earlier) {
            Some(known) if known.document != record.document => {
                return Err(StoreError::VersionFrozen(record.name.to_string()));
            }
            Some(_) => {}
            None => news = true,
        }
    }
    Ok(if news { NO_RECORDS } else { Decision::Nothing })
}

fn endorsed(
    record: &EndorsementRecord,
    idempotency: Option<&IdempotencyRecord>,
    view: &View<'_>,
) -> Result<Decision, StoreError> {
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    if let Some(used) = idempotency
        && view.is_used(used)?
    {
        return Err(StoreError::IdempotencyKeyTaken);
    }
    if view.is_recorded(record.id)? {
        return conflict("a credential with this id is recorded");
    }
    if record.state != CredentialState::Valid {
        return conflict("a fresh endorsement is valid");
    }
    match &record.target {
        EndorsementTarget::Definition(name) => {
            view.state.definition(name).ok_or(StoreError::NotFound("definition"))?;
        }
        EndorsementTarget::Credential(id) => {
            let target = view.entry(*id)?.ok_or(StoreError::NotFound("credential"))?;
            if target.place.is_nowhere() {
                return Err(StoreError::NotFound("document"));
            }
        }
    }
    free_places(&record.endorser, &record.status, view)?;
    Ok(NO_RECORDS)
}

fn free_places(issuer: &Slug, status: &[StatusEntry], view: &View<'_>) -> Result<(), StoreError> {
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    for entry in status {
        let Some(list) = view.state.list(&entry.list) else {
            return conflict("there is no such status list");
        };
        if list.issuer != *issuer || list.purpose != entry.purpose {
            return conflict("the status list is another issuer's or for another purpose");
        }
        if entry.index >= list.entries || list.given.is_set(entry.index) {
            return conflict("the status index is taken");
        }
    }
    Ok(())
}

/// The state after an action.
pub(super) fn next_state(
    state: CredentialState,
    status: &[StatusEntry],
    action: StatusAction,
) -> Result<CredentialState, StoreError> {
    let suspendable = status.iter().any(|entry| entry.purpose == StatusPurpose::Suspension);
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    match (state, action) {
        (CredentialState::Revoked | CredentialState::Superseded, _) => {
            Err(StoreError::RevocationFinal)
        }
        (_, StatusAction::Revoke) => Ok(CredentialState::Revoked),
        (_, StatusAction::Suspend | StatusAction::Reinstate) if !suspendable => {
            Err(StoreError::SuspensionNotEnabled)
        }
        (CredentialState::Valid, StatusAction::Suspend) => Ok(CredentialState::Suspended),
        (CredentialState::Suspended, StatusAction::Reinstate) => Ok(CredentialState::Valid),
        (CredentialState::Suspended, StatusAction::Suspend) => {
            conflict("the certificate is suspended")
        }
        (CredentialState::Valid, StatusAction::Reinstate) => {
            conflict("the certificate is not suspended")
        }
    }
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
        && view.is_used(used)?
    {
        return Err(StoreError::IdempotencyKeyTaken);
    }
    if view.number(&record.issuer, &record.certificate_number)?.is_some() {
        return Err(StoreError::CertificateNumberTaken);
    }
    if view.is_recorded(record.id)? {
        return conflict("a credential with this id is recorded");
    }
    if record.state != CredentialState::Valid
        || record.replaced_by.is_some()
        || record.consent.is_some()
        || record.claimed.is_some()
    {
        return conflict("a fresh credential is valid");
    }
    free_places(&record.issuer, &record.status, view)?;
    for required in requires {
        // Whose it is and whether it fits was looked at before; here only that it still holds.
        let required = view.entry(*required)?;
        if !required.is_some_and(|entry| entry.record.state == CredentialState::Valid) {
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
    Ok(Decision::Happens(became, Vec::new()))
}

fn status(change: &StatusChange, view: &View<'_>) -> Result<Decision, StoreError> {
    let before = of_issuer(change.credential, Some(&change.issuer), view)?;
    let next = next_state(before.record.state, &before.record.status, change.action)?;
    let mut record = IssuedRecord::clone(&before.record);
    record.state = next;
    record.state_since = Some(change.origin.at);
    record.reason = Some(change.reason);
    record.note.clone_from(&change.note);
    Ok(becomes(record, before))
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
