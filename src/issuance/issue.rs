//! Issuing one certificate, in the order that is the guarantee: read, check, reserve, build, hold
//! against schema and safe mode, sign, record, release.

use super::flight::Flight;
use super::holder::same_holder;
use super::lists::serialise;
use super::sealing::canonical_hash;
use super::{Desk, IssueError, schema};
use crate::canon::{ContextSet, jcs};
use crate::model::{
    CredentialId, CredentialState, Date, FieldError, ShapeFault, Slug, StatusEntry, StatusPurpose,
    Timestamp,
};
use crate::profile::{
    Award, AwardContext, AwardReferences, AwardedPart, CONTEXTS, Catalogue, Checked, Definition,
    Generated, IssuerSettings, Learner, Mapping, Part, PartFacts, RegisterFacts, ReplacedFacts,
    Sealer, read_award, to_credential,
};
use crate::store::{
    IdempotencyRecord, IndexReservation, IssuedRecord, MailPurpose, NewIssuance, NewMail, Origin,
    SealerSettings, StoreError,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};
use std::sync::{Arc, LazyLock};

/// The shortest and the longest reason for not waiting, in characters.
pub const HOLD_REASON: std::ops::RangeInclusive<usize> = 10..=500;

/// A request for a certificate.
#[derive(Clone)]
pub struct IssueRequest {
    /// Who is to seal.
    pub issuer: Slug,
    /// The award, as the institution hands it over.
    pub award: Value,
    /// The client's name for this request; a second one with it gets the same certificate.
    pub idempotency_key: Option<String>,
    /// Who asks.
    pub client: String,
    /// The request's own id, for the audit.
    pub request_id: Option<String>,
    /// The address that the client called from.
    pub from: Option<String>,
    /// Why it is issued before its appeal period is over; from a client that may say so.
    pub hold_override: Option<String>,
    /// Whether the learner gets the link by mail; `None` is as the issuer set it.
    pub notify: Option<bool>,
}

impl fmt::Debug for IssueRequest {
    // The award is personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssueRequest({}, {})", self.issuer, self.client)
    }
}

/// A certificate, recorded and released.
#[derive(Clone, Debug)]
pub struct Issued {
    /// What the register knows.
    pub record: Arc<IssuedRecord>,
    /// The exact signed bytes.
    pub document: Arc<[u8]>,
    /// Its address.
    pub url: String,
    /// Whether an earlier request with the same idempotency key made it.
    pub replayed: bool,
    /// What was odd but accepted; of a replayed one only the codes, in the record.
    pub warnings: Vec<FieldError>,
}

/// An award that may be certified.
pub(super) struct Accepted {
    award: Award,
    definition: Arc<Definition>,
    /// What the sealing institution set.
    sealer: IssuerSettings,
    facts: RegisterFacts,
    /// The certificates it stands on.
    parts: Vec<CredentialId>,
    replaces: Option<CredentialId>,
    /// Whether the link is mailed.
    mailed: bool,
    pub(super) warnings: Vec<FieldError>,
}

/// What the register knows of the certificates that an award refers to.
struct Known {
    facts: RegisterFacts,
    parts: Vec<CredentialId>,
    replaces: Option<CredentialId>,
}

impl Desk {
    /// Issues a certificate. When it returns, the certificate is recorded durably; when it fails,
    /// nothing was released, and unless the store's outcome is unknown nothing was recorded.
    pub async fn issue(&self, request: IssueRequest) -> Result<Issued, IssueError> {
        let organisation = self.sealer(&request.issuer)?;
        let settings = organisation.settings()?;
        let (_flight, idempotency) = match &request.idempotency_key {
            None => (None, None),
            Some(key) => {
                let flight =
                    self.in_flight.take_off(&request.client, key).ok_or(IssueError::InFlight)?;
                let digest = digest(&request)?;
                if let Some(earlier) = self.replay(&request.client, key, &digest)? {
                    return Ok(earlier);
                }
                (Some::<Flight<'_>>(flight), Some((key, digest)))
            }
        };
        // Until it is recorded, no version is withdrawn and no organisation changes.
        let turn = self.turns.read().await;
        self.is_open(&request.issuer)?;
        let origin = self.origin(&request.client, request.request_id.clone(), request.from.clone());
        let now = origin.at;
        let accepted = self.accept(&request, now)?;
        self.freeze_for_good(&accepted.definition.name, &origin).await?;
        let drawn = Drawn {
            credential_id: self.parts.ids.credential_id(),
            subject_id: self.parts.ids.subject_id(),
            salt: self.parts.ids.salt(),
        };
        let mut reservations =
            vec![self.reserve(&request.issuer, StatusPurpose::Revocation, &origin).await?];
        if settings.suspension {
            let suspension = StatusPurpose::Suspension;
            reservations.push(self.reserve(&request.issuer, suspension, &origin).await?);
        }
        let issuance = self.seal(&request, settings, &accepted, drawn, reservations, origin)?;
        let document = Arc::clone(&issuance.document);
        let idempotency_record = idempotency.as_ref().map(|(key, digest)| IdempotencyRecord {
            client: request.client.clone(),
            key: (*key).clone(),
            request_sha256: digest.clone(),
            credential: issuance.record.id,
            at: now,
        });
        let issuance = NewIssuance { idempotency: idempotency_record, ..issuance };
        let record = match self.parts.store.record_issuance(issuance).await {
            Ok(record) => record,
            Err(StoreError::IdempotencyKeyTaken) => {
                // Another process, or a request of ours that was dropped half way, was first.
                let (key, digest) = idempotency.ok_or(IssueError::InFlight)?;
                let earlier = self.replay(&request.client, key, &digest)?;
                return earlier.ok_or(IssueError::InFlight);
            }
            Err(StoreError::Conflict(what)) => {
                // A certificate that this one stands on changed after the check: say so as the
                // check does.
                self.accept(&request, now)?;
                return Err(IssueError::Conflict(what));
            }
            Err(error) => return Err(error.into()),
        };
        drop(turn);
        self.supersede(accepted.replaces).await;
        let url = self.parts.installation.credential_url(record.id);
        Ok(Issued { record, document, url, replayed: false, warnings: accepted.warnings })
    }

    /// What an earlier request with this key led to.
    fn replay(&self, client: &str, key: &str, digest: &str) -> Result<Option<Issued>, IssueError> {
        let Some(earlier) = self.parts.store.idempotency(client, key)? else { return Ok(None) };
        let id = earlier.credential;
        let Some(record) = self.parts.store.issued(id)? else {
            // A key that led to an endorsement was used for another request.
            let endorsed = self.parts.store.endorsement(id)?.is_some();
            let used = if endorsed { IssueError::IdempotencyMismatch } else { IssueError::Erased };
            return Err(used);
        };
        // Of an erased one there is no digest left to compare with.
        if record.erased.is_some() {
            return Err(IssueError::Erased);
        }
        if earlier.request_sha256 != digest {
            return Err(IssueError::IdempotencyMismatch);
        }
        let document = self.parts.store.document(id)?.ok_or(IssueError::NotFound)?;
        let url = self.parts.installation.credential_url(id);
        Ok(Some(Issued { record, document, url, replayed: true, warnings: Vec::new() }))
    }

    /// Reads the award and checks it against the catalogue and the register.
    pub(super) fn accept(
        &self,
        request: &IssueRequest,
        now: Timestamp,
    ) -> Result<Accepted, IssueError> {
        let catalogue = self.catalogue_for(&request.issuer)?;
        let reading = read_award(&request.award, catalogue.vocabulary());
        let references = reading.references();
        let definition = references.definition.as_ref().and_then(|name| catalogue.definition(name));
        let Known { mut facts, parts, replaces } =
            self.facts(&request.issuer, definition.as_deref(), &references, reading.learner())?;
        let record = match &references.definition {
            Some(name) => self.parts.store.definition(name)?,
            None => None,
        };
        facts.definition_withdrawn = record.as_ref().is_some_and(|r| r.withdrawn.is_some());
        let context = AwardContext {
            sealer: &request.issuer,
            definition: definition.as_deref(),
            catalogue: &catalogue,
            facts: &facts,
            now,
            rules: &self.parts.installation.rules,
            hold_override: request.hold_override.as_deref(),
        };
        let sealer = catalogue
            .organisation(request.issuer.as_str())
            .map(|sealer| sealer.settings.clone())
            .unwrap_or_default();
        let mailed = self.is_mailed(request.notify, &sealer, reading.learner());
        let outcome = reading.check(&context);
        catalogue.check()?;
        let outdated = match (&definition, &record) {
            (Some(definition), Some(record)) => {
                self.outdated(&request.issuer, definition, record)?
            }
            _ => None,
        };
        let outcome = match (outdated, outcome) {
            (None, outcome) => outcome,
            (Some(fault), Ok(_)) => Err(vec![fault]),
            (Some(fault), Err(faults)) => Err(std::iter::once(fault).chain(faults).collect()),
        };
        let (outcome, mailed) = match (mailed, outcome) {
            (Ok(mailed), outcome) => (outcome, mailed),
            (Err(fault), Ok(_)) => (Err(vec![fault]), false),
            (Err(fault), Err(mut faults)) => {
                faults.push(fault);
                (Err(faults), false)
            }
        };
        let Checked { value: award, warnings } = outcome.map_err(IssueError::Invalid)?;
        let definition = definition.ok_or_else(|| IssueError::Unsound {
            detail: "an award without definition passed".to_owned(),
        })?;
        catalogue.check()?;
        Ok(Accepted { award, definition, sealer, facts, parts, replaces, mailed, warnings })
    }

    /// What the register knows of the certificates an award refers to: this issuer's own, and of
    /// parts also another's that fits. Any other of another issuer is as unknown as none.
    fn facts(
        &self,
        issuer: &Slug,
        definition: Option<&Definition>,
        references: &AwardReferences,
        learner: &Learner,
    ) -> Result<Known, IssueError> {
        let mut facts = RegisterFacts::default();
        let mut parts = Vec::new();
        let marks = if references.parts.is_empty() && references.replaces.is_none() {
            None
        } else {
            self.holder(learner)
        };
        let known = |reference: &str| match self.parts.installation.credential_id(reference) {
            Some(id) => Ok::<_, IssueError>(self.parts.store.issued(id)?),
            None => Ok(None),
        };
        for AwardedPart { code, award: reference } in &references.parts {
            let Some(record) = known(reference)? else { continue };
            if record.issuer != *issuer {
                let marks = marks.as_deref();
                let asked = definition.and_then(|definition| definition.part(code));
                if !self.lends(&record, issuer, asked, marks)? {
                    continue;
                }
            }
            let part = PartFacts {
                credential: self.parts.installation.credential_url(record.id),
                definition: record.definition.clone(),
                certificate_number: record.certificate_number.clone(),
                decision_date: record.decision_date,
                same_holder: same_holder(record.holder.as_deref(), marks.as_deref()),
                state: record.state,
            };
            facts.parts.insert(reference.clone(), part);
            parts.push(record.id);
        }
        let mut replaces = None;
        if let Some(reference) = &references.replaces
            && let Some(record) = known(reference)?.filter(|record| record.issuer == *issuer)
        {
            replaces = Some(record.id);
            facts.replaced = Some(ReplacedFacts {
                credential: self.parts.installation.credential_url(record.id),
                definition: record.definition.clone(),
                certificate_number: record.certificate_number.clone(),
                same_holder: same_holder(record.holder.as_deref(), marks.as_deref()),
                state: record.state,
            });
        }
        if let Some(number) = &references.certificate_number {
            facts.certificate_number_taken =
                self.parts.store.by_certificate_number(issuer, number)?.is_some();
        }
        Ok(Known { facts, parts, replaces })
    }

    /// Whether a certificate of another issuer may be a part: it was issued under the definition that
    /// the microdegree asks for, to the same holder, and real goes with real, test with test. Of one
    /// that is not all of that nothing may be told, not even that it exists.
    fn lends(
        &self,
        record: &IssuedRecord,
        to: &Slug,
        asked: Option<&Part>,
        marks: Option<&str>,
    ) -> Result<bool, IssueError> {
        let test = |issuer: &Slug| {
            let organisation = self.parts.store.organisation(issuer)?;
            Ok::<_, IssueError>(organisation.and_then(|o| o.sealer.as_ref().map(|s| s.test)))
        };
        Ok(asked.is_some_and(|part| part.definition == record.definition)
            && same_holder(record.holder.as_deref(), marks)
            && test(&record.issuer)? == test(to)?)
    }

    fn holder(&self, learner: &Learner) -> Option<String> {
        self.parts.holder_secret.marks(learner.email.as_deref(), learner.holder_did.as_deref())
    }

    /// Makes and signs the document, and says what is to be recorded. Nothing is written.
    fn seal(
        &self,
        request: &IssueRequest,
        settings: &SealerSettings,
        accepted: &Accepted,
        drawn: Drawn,
        reservations: Vec<IndexReservation>,
        origin: Origin,
    ) -> Result<NewIssuance, IssueError> {
        let status: Vec<StatusEntry> = reservations.iter().map(|held| held.entry.clone()).collect();
        let generated = Generated {
            credential_id: drawn.credential_id,
            subject_id: drawn.subject_id,
            salt: drawn.salt,
            status,
            issued_at: origin.at,
        };
        let (bytes, key) = self.write(request, settings, accepted, &generated)?;
        let award = &accepted.award;
        let too_long = |_| IssueError::Unsound { detail: "the document is too long".to_owned() };
        let activity_end = award.activity.map(|activity| activity.end);
        let registration_due = activity_end
            .and_then(|end| accepted.sealer.registration_due(accepted.definition.kind, end));
        // Kept only where it made a difference.
        let overridden =
            accepted.warnings.iter().any(|warning| warning.code == "appeal-period-overridden");
        let hold_override = request.hold_override.clone().filter(|_| overridden);
        let record = IssuedRecord {
            id: generated.credential_id,
            issuer: request.issuer.clone(),
            kind: accepted.definition.kind,
            definition: accepted.definition.name.clone(),
            certificate_number: award.certificate_number.clone(),
            case_number: award.case_number.clone(),
            issued_at: generated.issued_at,
            decision_date: award.decision_date,
            valid_until: award.valid_until.map(Date::midnight),
            sha256: hex(&Sha256::digest(&bytes)),
            length: u32::try_from(bytes.len()).map_err(too_long)?,
            context_digests: context_digests(),
            key,
            holder: self.holder(&award.learner),
            status: generated.status,
            state: CredentialState::Valid,
            state_since: None,
            reason: None,
            note: None,
            replaced_by: None,
            replaces: accepted.replaces,
            visibility: settings.default_visibility,
            warnings: accepted.warnings.iter().map(|warning| warning.code.to_owned()).collect(),
            activity_end: registration_due.and(activity_end),
            registration_due,
            registration: None,
            hold_override,
            claim: Some(self.first_claim(generated.credential_id)),
            consent: None,
            claimed: None,
            erased: None,
        };
        let mail = self.claim_mail(accepted, &record, &origin);
        Ok(NewIssuance {
            record,
            document: bytes,
            reservations,
            idempotency: None,
            requires: accepted.parts.clone(),
            mail,
            origin,
        })
    }

    /// The mail with the holder's link, in the language of the learner or else of the issuer.
    fn claim_mail(
        &self,
        accepted: &Accepted,
        record: &IssuedRecord,
        origin: &Origin,
    ) -> Option<NewMail> {
        let learner = &accepted.award.learner;
        let email = learner.email.as_deref().filter(|_| accepted.mailed)?;
        let language = learner.language.unwrap_or(accepted.sealer.authoritative_language);
        let about = (MailPurpose::Claim, self.parts.ids.ordered_id());
        Some(self.new_mail(record, about, (language, email), origin))
    }

    /// The signed bytes, from a template where there is one, and which key signed.
    fn write(
        &self,
        request: &IssueRequest,
        settings: &SealerSettings,
        accepted: &Accepted,
        generated: &Generated,
    ) -> Result<(Arc<[u8]>, String), IssueError> {
        let Accepted { award, definition, facts, .. } = accepted;
        let (issuer, at) = (&request.issuer, generated.issued_at);
        let attempt = self.attempt(settings, definition, award, facts, generated)?;
        if let Some(filled) = attempt.as_ref().and_then(|attempt| self.fill(attempt)) {
            let context = &*CONTEXT;
            let (proof, key) =
                self.proof(Some(context), &filled.sha256, issuer, &settings.id, at)?;
            let mut text = filled.json.into_bytes();
            text.extend_from_slice(b",\"proof\":");
            text.extend_from_slice(&serialise(&Value::Object(proof))?);
            text.push(b'}');
            return Ok((text.into(), key));
        }
        let mut document = self.build(request, settings, accepted, generated)?;
        schema::check(&document)?;
        let hash = canonical_hash(&document)?;
        let context = document.get("@context").cloned();
        let (proof, key) = self.proof(context.as_ref(), &hash, issuer, &settings.id, at)?;
        self.learn(attempt, &document, &hash);
        document["proof"] = Value::Object(proof);
        Ok((serialise(&document)?, key))
    }

    fn build(
        &self,
        request: &IssueRequest,
        settings: &SealerSettings,
        accepted: &Accepted,
        generated: &Generated,
    ) -> Result<Value, IssueError> {
        let catalogue = self.catalogue()?;
        let sealer =
            Sealer { slug: request.issuer.clone(), id: settings.id.clone(), test: settings.test };
        let mapping = Mapping {
            installation: &self.parts.installation,
            catalogue: &catalogue,
            vocabulary: catalogue.vocabulary(),
        };
        let (definition, award) = (&accepted.definition, &accepted.award);
        let document =
            to_credential(&mapping, definition, award, &sealer, &accepted.facts, generated);
        catalogue.check()?;
        document.map_err(|error| IssueError::Unsound { detail: error.to_string() })
    }

    /// The replaced certificate is superseded in the register already; here its list follows. A
    /// failure is not the new certificate's: the publisher tries again.
    async fn supersede(&self, replaced: Option<CredentialId>) {
        let Some(old) = replaced else { return };
        let outcome = match self.parts.store.issued(old) {
            Ok(Some(record)) => self.publish_for(&record).await,
            Ok(None) => Ok(()),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = outcome {
            tracing::error!(%error, "the list of a superseded certificate is not signed yet");
        }
    }
}

/// What is drawn for one certificate.
struct Drawn {
    credential_id: CredentialId,
    subject_id: String,
    salt: String,
}

/// What makes two requests the same: issuer and body, whatever the order of members.
fn digest(request: &IssueRequest) -> Result<String, IssueError> {
    let body = jcs::to_string(&request.award)
        .map_err(|_| IssueError::Invalid(vec![FieldError::at("", ShapeFault::NumberRange)]))?;
    let mut hash = Sha256::new();
    hash.update(request.issuer.as_str());
    hash.update([0]);
    hash.update(body);
    if let Some(reason) = &request.hold_override {
        hash.update([0]);
        hash.update(reason);
    }
    if let Some(notify) = request.notify {
        hash.update([0, 1, u8::from(notify)]);
    }
    Ok(hex(&hash.finalize()))
}

/// The contexts of every certificate, as they stand in it.
static CONTEXT: LazyLock<Value> = LazyLock::new(|| CONTEXTS.as_slice().into());

pub(super) fn context_digests() -> Vec<String> {
    let set = ContextSet::issuing();
    CONTEXTS.iter().filter_map(|url| set.digest_of(url)).map(str::to_owned).collect()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
