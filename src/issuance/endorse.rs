//! Endorsing: an organisation of this installation signs, with its own key, what it says of a
//! definition version or of a certificate, of any issuer (story P3).
//!
//! The order is that of issuing: read, look whether the thing is there, reserve, build, hold
//! against schema and safe mode, sign, record, release. Of a certificate nothing but its address is
//! needed or told: who knows it may endorse the certificate, open or closed, and learns no more than
//! that it is there. Deliberately no suspension: an endorsement stands or is withdrawn.

use super::issue::{context_digests, hex};
use super::lists::serialise;
use super::{Desk, IssueError, StatusRequest, schema};
use crate::canon::jcs;
use crate::model::{
    AwardFault, CredentialId, CredentialState, Date, EndorsementFault, FieldError, ShapeFault,
    Slug, StatusPurpose,
};
use crate::profile::{
    Endorsed, Endorsement, EndorsementFacts, Mapping, Sealer, parse_endorsement, to_endorsement,
};
use crate::store::{
    EndorsementRecord, EndorsementTarget, IdempotencyRecord, NewEndorsement, StatusChange,
    StoreError,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;

/// A request for an endorsement.
#[derive(Clone)]
pub struct EndorseRequest {
    /// Who endorses and seals.
    pub endorser: Slug,
    /// What is endorsed, and the statement.
    pub endorsement: Value,
    /// The client's name for this request; a second one with it gets the same endorsement.
    pub idempotency_key: Option<String>,
    /// Who asks.
    pub client: String,
    /// The request's own id, for the audit.
    pub request_id: Option<String>,
    /// The address that the client called from.
    pub from: Option<String>,
}

impl fmt::Debug for EndorseRequest {
    // It may name a closed certificate.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EndorseRequest({}, {})", self.endorser, self.client)
    }
}

/// An endorsement, recorded and released.
#[derive(Clone, Debug)]
pub struct SealedEndorsement {
    /// What the register knows.
    pub record: Arc<EndorsementRecord>,
    /// The exact signed bytes.
    pub document: Arc<[u8]>,
    /// Its address.
    pub url: String,
    /// Whether an earlier request with the same idempotency key made it.
    pub replayed: bool,
}

impl Desk {
    /// Signs and records an endorsement. When it returns, it is recorded durably; when it fails,
    /// nothing was released, and unless the store's outcome is unknown nothing was recorded.
    pub async fn endorse(&self, request: EndorseRequest) -> Result<SealedEndorsement, IssueError> {
        let organisation = self.sealer(&request.endorser)?;
        let settings = organisation.settings()?;
        let digest = digest(&request)?;
        let _flight = match &request.idempotency_key {
            None => None,
            Some(key) => {
                let flight =
                    self.in_flight.take_off(&request.client, key).ok_or(IssueError::InFlight)?;
                if let Some(earlier) = self.endorsed_before(&request.client, key, &digest)? {
                    return Ok(earlier);
                }
                Some(flight)
            }
        };
        let _turn = self.turns.read().await;
        self.is_open(&request.endorser)?;
        let origin = self.origin(&request.client, request.request_id.clone(), request.from.clone());
        let now = origin.at;
        let installation = &self.parts.installation;
        let endorsement = parse_endorsement(&request.endorsement, installation, now)
            .map_err(IssueError::Invalid)?;
        self.endorsable(&endorsement)?;
        let endorser = &request.endorser;
        let reservation = self.reserve(endorser, StatusPurpose::Revocation, &origin).await?;
        let facts = EndorsementFacts {
            id: self.parts.ids.credential_id(),
            status: vec![reservation.entry.clone()],
            issued_at: now,
        };
        let sealer =
            Sealer { slug: endorser.clone(), id: settings.id.clone(), test: settings.test };
        let mut document = self.built(&endorsement, &sealer, &facts)?;
        schema::check_endorsement(&document)?;
        let key = self.secure(&mut document, endorser, &settings.id, now)?;
        let document = serialise(&document)?;
        let too_long = |_| IssueError::Unsound { detail: "the document is too long".to_owned() };
        let record = EndorsementRecord {
            id: facts.id,
            endorser: endorser.clone(),
            target: recorded(&endorsement.target),
            issued_at: now,
            valid_until: endorsement.valid_until.map(Date::midnight),
            sha256: hex(&Sha256::digest(&document)),
            length: u32::try_from(document.len()).map_err(too_long)?,
            context_digests: context_digests(),
            key,
            status: facts.status,
            state: CredentialState::Valid,
            state_since: None,
            reason: None,
            note: endorsement.valid_until_reason.clone(),
        };
        let idempotency = request.idempotency_key.as_ref().map(|key| IdempotencyRecord {
            client: request.client.clone(),
            key: key.clone(),
            request_sha256: digest.clone(),
            credential: record.id,
            at: now,
        });
        let url = installation.endorsement_url(record.id);
        let new = NewEndorsement {
            record,
            document: Arc::clone(&document),
            reservations: vec![reservation],
            idempotency,
            origin,
        };
        match (self.parts.store.record_endorsement(new).await, &request.idempotency_key) {
            (Ok(record), _) => Ok(SealedEndorsement { record, document, url, replayed: false }),
            (Err(StoreError::IdempotencyKeyTaken), Some(key)) => {
                // Another process, or a request of ours that was dropped half way, was first.
                let earlier = self.endorsed_before(&request.client, key, &digest)?;
                earlier.ok_or(IssueError::InFlight)
            }
            // It was erased after the look.
            (Err(StoreError::NotFound(_)), _) => Err(unknown(&endorsement.target)),
            (Err(error), _) => Err(error.into()),
        }
    }

    /// What is endorsed must be there: published, or recorded and not erased. Its state and who may
    /// see it do not matter, and are not told.
    fn endorsable(&self, endorsement: &Endorsement) -> Result<(), IssueError> {
        let there = match &endorsement.target {
            Endorsed::Definition(name) => self.parts.store.definition(name)?.is_some(),
            Endorsed::Credential(id) => {
                self.parts.store.issued(*id)?.is_some_and(|record| record.erased.is_none())
            }
        };
        if there { Ok(()) } else { Err(unknown(&endorsement.target)) }
    }

    fn built(
        &self,
        endorsement: &Endorsement,
        sealer: &Sealer,
        facts: &EndorsementFacts,
    ) -> Result<Value, IssueError> {
        let catalogue = self.catalogue()?;
        let mapping = Mapping {
            installation: &self.parts.installation,
            catalogue: &catalogue,
            vocabulary: catalogue.vocabulary(),
        };
        let document = to_endorsement(&mapping, endorsement, sealer, facts);
        catalogue.check()?;
        document.map_err(|error| IssueError::Unsound { detail: error.to_string() })
    }

    /// What an earlier request with this key led to.
    fn endorsed_before(
        &self,
        client: &str,
        key: &str,
        digest: &str,
    ) -> Result<Option<SealedEndorsement>, IssueError> {
        let store = &self.parts.store;
        let Some(earlier) = store.idempotency(client, key)? else { return Ok(None) };
        let id = earlier.credential;
        // A key that led to a certificate was used for another request.
        let record = store.endorsement(id)?.ok_or(IssueError::IdempotencyMismatch)?;
        // With the certificate its endorsements went.
        let Some(document) = store.endorsement_document(id)? else {
            return Err(IssueError::Erased);
        };
        if earlier.request_sha256 != digest {
            return Err(IssueError::IdempotencyMismatch);
        }
        let url = self.parts.installation.endorsement_url(id);
        Ok(Some(SealedEndorsement { record, document, url, replayed: true }))
    }

    /// The endorsement, if this endorser made it. Another's is as unknown as none at all.
    pub fn own_endorsement(
        &self,
        endorser: &Slug,
        id: CredentialId,
    ) -> Result<Arc<EndorsementRecord>, IssueError> {
        let record = self.parts.store.endorsement(id)?.ok_or(IssueError::NotFound)?;
        if record.endorser == *endorser { Ok(record) } else { Err(IssueError::NotFound) }
    }

    /// Changes the status of an endorsement, which changes nothing about what it endorses. Returns
    /// as [`Desk::change_status`] does.
    pub async fn change_endorsement_status(
        &self,
        request: StatusRequest,
    ) -> Result<Arc<EndorsementRecord>, IssueError> {
        self.own_endorsement(&request.issuer, request.credential)?;
        let _turn = self.turns.read().await;
        self.is_open(&request.issuer)?;
        let change = StatusChange {
            credential: request.credential,
            issuer: request.issuer,
            action: request.action,
            reason: request.reason,
            note: request.note,
            origin: self.origin(&request.client, request.request_id, request.from),
        };
        let record = self.parts.store.change_endorsement_status(change).await?;
        self.publish_entries(&record.status).await?;
        Ok(record)
    }
}

fn recorded(target: &Endorsed) -> EndorsementTarget {
    match target {
        Endorsed::Definition(name) => EndorsementTarget::Definition(name.clone()),
        Endorsed::Credential(id) => EndorsementTarget::Credential(*id),
    }
}

/// Unknown and erased are answered alike.
fn unknown(target: &Endorsed) -> IssueError {
    let at = format!("/{}", target.member());
    IssueError::Invalid(vec![match target {
        Endorsed::Definition(_) => FieldError::at(at, AwardFault::DefinitionUnknown),
        Endorsed::Credential(_) => FieldError::at(at, EndorsementFault::CredentialUnknown),
    }])
}

/// What makes two requests the same: endorser and body, whatever the order of members.
fn digest(request: &EndorseRequest) -> Result<String, IssueError> {
    let body = jcs::to_string(&request.endorsement)
        .map_err(|_| IssueError::Invalid(vec![FieldError::at("", ShapeFault::NumberRange)]))?;
    let mut hash = Sha256::new();
    hash.update("endorsement");
    hash.update([0]);
    hash.update(request.endorser.as_str());
    hash.update([0]);
    hash.update(body);
    Ok(hex(&hash.finalize()))
}
