//! What is left of records and events when they are erased, and when the rest is purged (decision
//! D8). It deliberately writes nothing: who blanks the frames is the backend.

use super::endorsing::EndorsementTarget;
use super::event::Event;
use super::record::{IdempotencyRecord, IssuedRecord, ReasonCode, Visibility};
use super::register::hex;
use super::state::{idempotency_key, request_key};
use crate::model::{
    CertificateKind, CredentialId, CredentialState, DefinitionRef, Slug, StatusEntry, Timestamp,
};

/// A record without what tells of the holder, as it is from this moment on.
pub(super) fn without_person(record: &IssuedRecord, at: Timestamp) -> IssuedRecord {
    let mut left = IssuedRecord {
        case_number: None,
        holder: None,
        note: None,
        hold_override: None,
        visibility: Visibility::Closed,
        claim: None,
        consent: None,
        claimed: None,
        erased: Some(at),
        ..record.clone()
    };
    if let Some(registration) = &mut left.registration {
        registration.reference = None;
    }
    left
}

/// A used key of which only its hash is left.
pub(super) fn without_request(used: &IdempotencyRecord) -> IdempotencyRecord {
    if used.request_sha256.is_empty() {
        return used.clone();
    }
    let key = hex(&idempotency_key(&used.client, &used.key));
    IdempotencyRecord { key, request_sha256: String::new(), ..used.clone() }
}

/// What is left of an event about this credential after step 1; `None` when nothing of it goes.
pub(super) fn erased(event: Event, id: CredentialId) -> Option<Event> {
    match event {
        Event::Issued { mut record, idempotency, requires, mail, origin } if record.id == id => {
            (record.case_number, record.holder, record.hold_override) = (None, None, None);
            record.claim = None;
            let idempotency = idempotency.map(|used| Box::new(without_request(&used)));
            Some(Event::Issued { record, idempotency, requires, mail, origin })
        }
        // Their bodies are an address and words.
        Event::MailQueued { record, origin } if record.credential == id => {
            Some(Event::MailQueued { record, origin })
        }
        Event::ConcernRecorded { record, origin } if record.credential == id => {
            Some(Event::ConcernRecorded { record, origin })
        }
        // Its body is the certificate once more.
        rendition @ Event::Rendition { credential, .. } if credential == id => Some(rendition),
        Event::Status { mut change } if change.credential == id && change.note.is_some() => {
            change.note = None;
            Some(Event::Status { change })
        }
        Event::Registered { credential, issuer, mut registration, origin }
            if credential == id && registration.reference.is_some() =>
        {
            registration.reference = None;
            Some(Event::Registered { credential, issuer, registration, origin })
        }
        Event::Visibility { credential, visibility, consent: Some(_), origin }
            if credential == id =>
        {
            Some(Event::Visibility { credential, visibility, consent: None, origin })
        }
        Event::ClaimLink { credential, .. }
        | Event::Claimed { credential, .. }
        | Event::ShareRevoked { credential, .. }
            if credential == id =>
        {
            Some(Event::Gone { credential })
        }
        Event::Shared { share, .. } if share.credential == id => {
            Some(Event::Gone { credential: id })
        }
        Event::Endorsed { record, idempotency, origin }
            if record.target == EndorsementTarget::Credential(id) =>
        {
            let idempotency = idempotency.map(|used| Box::new(without_request(&used)));
            Some(Event::Endorsed { record, idempotency, origin })
        }
        _ => None,
    }
}

/// What is left of an event about this credential after step 2; `None` when nothing of it goes.
pub(super) fn purged(event: Event, id: CredentialId) -> Option<Event> {
    match event {
        Event::Issued { record, idempotency, .. } if record.id == id => {
            let exact = record.replaces.is_some();
            Some(Event::Bare {
                credential: id,
                issuer: record.issuer,
                kind: record.kind,
                issued_at: if exact { record.issued_at } else { quarter_of(record.issued_at) },
                status: record.status,
                replaces: record.replaces,
                request: idempotency.and_then(|used| request_key(&used)).map(|key| hex(&key)),
            })
        }
        Event::Status { mut change } if change.credential == id => {
            (change.note, change.reason) = (None, ReasonCode::Other);
            Some(Event::Status { change })
        }
        Event::Erased { credential, issuer, origin, .. } if credential == id => {
            Some(Event::Erased { credential, issuer, replaced: Vec::new(), origin })
        }
        Event::MailQueued { record, .. } if record.credential == id => Some(Event::Void {}),
        Event::ConcernRecorded { record, .. } if record.credential == id => Some(Event::Void {}),
        Event::MailRetried { credential, .. }
        | Event::MailDone { credential, .. }
        | Event::ConcernHandled { credential, .. }
        | Event::ConcernForgotten { credential, .. }
            if credential == id =>
        {
            Some(Event::Void {})
        }
        other => erased(other, id),
    }
}

/// What is left of a frame that told of a mail of which nothing more is done.
pub(super) fn mail_done(_: Event, _: CredentialId) -> Option<Event> {
    Some(Event::Void {})
}

/// What is left of a report when its words go.
pub(super) fn words_gone(event: Event, _: CredentialId) -> Option<Event> {
    match event {
        told @ Event::ConcernRecorded { .. } => Some(told),
        _ => None,
    }
}

/// A moment in the same quarter that says no more than that.
pub(super) fn quarter_of(at: Timestamp) -> Timestamp {
    let (_, month, day) = at.date().parts();
    let back = i64::from((month - 1) % 3);
    let first = at.date().plus_days(1 - i64::from(day)).and_then(|first| first.plus_months(-back));
    first.map_or(at, crate::model::Date::midnight)
}

/// A record that stands for a purged one while the journal is replayed.
pub(super) fn bare(
    id: CredentialId,
    issuer: &Slug,
    kind: CertificateKind,
    issued_at: Timestamp,
    status: &[StatusEntry],
    replaces: Option<CredentialId>,
) -> IssuedRecord {
    IssuedRecord {
        id,
        issuer: issuer.clone(),
        kind,
        definition: DefinitionRef {
            issuer: issuer.clone(),
            slug: issuer.clone(),
            version: "0".to_owned(),
        },
        certificate_number: String::new(),
        case_number: None,
        issued_at,
        decision_date: issued_at.date(),
        valid_until: None,
        sha256: String::new(),
        length: 0,
        context_digests: Vec::new(),
        key: String::new(),
        holder: None,
        status: status.to_vec(),
        state: CredentialState::Valid,
        state_since: None,
        reason: None,
        note: None,
        replaced_by: None,
        replaces,
        visibility: Visibility::Closed,
        warnings: Vec::new(),
        activity_end: None,
        registration_due: None,
        registration: None,
        hold_override: None,
        claim: None,
        consent: None,
        claimed: None,
        erased: None,
    }
}
