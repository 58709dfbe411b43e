//! The records a store keeps.

use super::clients::is_zero;
use super::holding::{ClaimLink, Consent};
use super::mail::NewMail;
use super::settings::Suspension;
use crate::model::{
    CertificateKind, CredentialId, CredentialState, Date, DefinitionRef, FrameworkRef, Slug,
    StatusEntry, StatusPurpose, Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who caused a change, from where and when; for the audit. No personal data of learners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Client id, or `cli`, or `service`.
    pub actor: String,
    /// The request it came with, if any.
    pub request_id: Option<String>,
    /// The address an API client called from, as the server saw it; never a visitor's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// An organisation as imported, with what the service adds for those that seal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrganisationRecord {
    /// Its name in addresses.
    pub slug: Slug,
    /// The organisation in the shape of an import file, checked by `profile`.
    pub document: Value,
    /// Present for organisations that seal.
    pub sealer: Option<SealerSettings>,
    /// The issuer that introduced it and alone may name it; `None` is everybody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduced_by: Option<Slug>,
    /// As read: the number of the event that last changed it. As written: the version that the
    /// change is based on, 0 for whatever is there.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub version: u64,
}

/// What the service adds to an organisation that seals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealerSettings {
    /// `issuer.id`: a did:web, or a did:key for demonstration and offline use (decision D3).
    pub id: String,
    /// A test issuer, fixed at its creation: its certificates say TEST.
    pub test: bool,
    /// Whether a fresh certificate is open or closed (decision D4).
    pub default_visibility: Visibility,
    /// Whether certificates carry a suspension entry (decision D7).
    pub suspension: bool,
    /// It closed: nothing is issued and no status is changed any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closing>,
    /// It issues nothing for the time being.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<Suspension>,
    /// The kinds of certificates that are issued only when a second client approves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub four_eyes: Vec<CertificateKind>,
    /// After how many days a draft that nobody approved expires; [`Self::DRAFT_DAYS`] when not
    /// set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft_days: Option<u16>,
}

impl SealerSettings {
    /// After how many days a draft expires unless the issuer says otherwise.
    pub const DRAFT_DAYS: u16 = 14;
}

/// That an issuer closed for good, and who keeps what it left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Since when.
    pub at: Timestamp,
    /// Until when its last status lists may be used.
    pub lists_until: Timestamp,
    /// Who answers for it from then on.
    pub keeper: String,
    /// Where that can be found.
    pub keeper_url: String,
}

/// Who may see a certificate by its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Nobody but the holder and the issuer.
    Closed,
    /// Whoever knows the address.
    Open,
}

/// A published definition version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DefinitionRecord {
    /// `issuer/slug/version`.
    pub name: DefinitionRef,
    /// The definition in the shape of an import file, checked by `profile`.
    pub document: Value,
    /// When it was published.
    pub published: Timestamp,
    /// The achievement of each language edition, exactly as it is signed and served, by language
    /// tag. Frozen at publication, or once afterwards by [`super::Store::freeze_achievements`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub achievements: BTreeMap<String, Value>,
    /// From when on nothing is issued under it any more; it stays resolvable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Timestamp>,
}

/// A published version of a framework.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrameworkRecord {
    /// `issuer/slug/version`.
    pub name: FrameworkRef,
    /// The framework in the shape of an import file.
    pub document: Value,
    /// When it was published.
    pub published: Timestamp,
}

/// What the register knows of a credential, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedRecord {
    /// Last segment of its address.
    pub id: CredentialId,
    /// Who sealed it.
    pub issuer: Slug,
    /// What it is.
    pub kind: CertificateKind,
    /// The definition version it was issued under.
    pub definition: DefinitionRef,
    /// Unique per issuer.
    pub certificate_number: String,
    /// The institution's own case; never published.
    pub case_number: Option<String>,
    /// `validFrom`.
    pub issued_at: Timestamp,
    /// `awardedDate`.
    pub decision_date: Date,
    /// Only if an end date was set.
    pub valid_until: Option<Timestamp>,
    /// SHA-256 of the signed bytes, hex.
    pub sha256: String,
    /// Length of the signed bytes.
    pub length: u32,
    /// SHA-256, hex, of each context it was signed with, in order.
    pub context_digests: Vec<String>,
    /// Thumbprint of the key that signed it.
    pub key: String,
    /// Keyed hash of the holder's address or DID, hex; tells the same holder, names nobody.
    pub holder: Option<String>,
    /// Its places in status lists; the first is revocation.
    pub status: Vec<StatusEntry>,
    /// Its state now.
    pub state: CredentialState,
    /// When the state last changed.
    pub state_since: Option<Timestamp>,
    /// Why; private.
    pub reason: Option<ReasonCode>,
    /// Remark on the last change; private.
    pub note: Option<String>,
    /// The successor that corrects it.
    pub replaced_by: Option<CredentialId>,
    /// The one it corrects.
    pub replaces: Option<CredentialId>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Codes of what was odd but accepted at issue.
    pub warnings: Vec<String>,
    /// When what was assessed ended, for those that are to be registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity_end: Option<Date>,
    /// Until when it is to be registered in the government's register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_due: Option<Date>,
    /// That it was registered there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// Why it was issued before the appeal period was over; private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold_override: Option<String>,
    /// The link by which the holder opens it; private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimLink>,
    /// What the holder said about being seen, if anything; private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Box<Consent>>,
    /// When the holder first came to see it; private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Timestamp>,
    /// When its document and what tells of the holder were erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Timestamp>,
}

/// That a certificate was registered in the government's register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// What it is called there; private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// On which day.
    pub on: Date,
    /// When that was noted here.
    pub at: Timestamp,
}

/// Why a status changed: a closed list, stored, never published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    /// Issued by mistake.
    IssuedInError,
    /// Obtained by deceit.
    Fraud,
    /// The decision was annulled, for example on appeal.
    DecisionAnnulled,
    /// An appeal is pending.
    AppealPending,
    /// The appeal ended or the doubt was lifted.
    AppealClosed,
    /// The signing key is in other hands.
    KeyCompromised,
    /// Corrected by a successor.
    Superseded,
    /// The holder asked for it.
    HolderRequest,
    /// None of these; the note says.
    Other,
}

/// A change of status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusAction {
    /// For good.
    Revoke,
    /// For the time being.
    Suspend,
    /// Lifts a suspension.
    Reinstate,
}

/// A change of status of one credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusChange {
    /// Which.
    pub credential: CredentialId,
    /// The issuer on whose behalf; another issuer's credential is not found.
    pub issuer: Slug,
    /// What.
    pub action: StatusAction,
    /// Why; private.
    pub reason: ReasonCode,
    /// Remark; private.
    pub note: Option<String>,
    /// By whom and when.
    pub origin: Origin,
}

/// What a used idempotency key led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdempotencyRecord {
    /// The client that used it.
    pub client: String,
    /// The key.
    pub key: String,
    /// SHA-256 of the request's issuer and body, hex; empty when what it led to was erased, so that
    /// the key stays used and no request is the same one.
    pub request_sha256: String,
    /// What was issued.
    pub credential: CredentialId,
    /// When.
    pub at: Timestamp,
}

/// A signed credential to be recorded.
#[derive(Debug)]
pub struct NewIssuance {
    /// What the register is to know.
    pub record: IssuedRecord,
    /// The exact signed bytes.
    pub document: Arc<[u8]>,
    /// Status indexes held for it, in the order of `record.status`; used up by recording.
    pub reservations: Vec<IndexReservation>,
    /// The request's idempotency key.
    pub idempotency: Option<IdempotencyRecord>,
    /// Certificates that it stands on: recorded and valid when it is recorded, or it is not. Whose
    /// they are and whether they fit is checked by who issues.
    pub requires: Vec<CredentialId>,
    /// A mail about it, queued in the same step.
    pub mail: Option<NewMail>,
    /// By whom and when. When `record.replaces` is set, the old one is superseded in the same step.
    pub origin: Origin,
}

/// In which other form a credential is given out, beside its signed document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rendition {
    /// W3C `vc+jwt`.
    VcJwt,
    /// The JWT profile of Open Badges 3.0, section 8.2.
    Ob3Jwt,
}

/// A signed rendition to be recorded.
#[derive(Clone, PartialEq, Eq)]
pub struct NewRendition {
    /// Of which credential.
    pub credential: CredentialId,
    /// In which form.
    pub rendition: Rendition,
    /// The signed token.
    pub token: Arc<str>,
    /// Thumbprint of the key that signed it.
    pub key: String,
    /// By whom and when.
    pub origin: Origin,
}

impl std::fmt::Debug for NewRendition {
    // The token is a certificate, which is personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewRendition({}, {:?})", self.credential, self.rendition)
    }
}

/// A status index that nobody else gets while this lives.
#[derive(Debug)]
pub struct IndexReservation {
    /// The place.
    pub entry: StatusEntry,
    /// Gives the place back when dropped unused; the backend's own business.
    pub guard: Box<dyn ReservationGuard>,
}

/// The backend's hold on a reserved index. Dropping it gives the index back.
pub trait ReservationGuard: std::fmt::Debug + Send + Sync {
    /// The index is recorded: keep it for good.
    fn used(self: Box<Self>);
}

/// A fresh, empty status list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStatusList {
    /// Last segment of its address.
    pub id: String,
    /// Whose list.
    pub issuer: Slug,
    /// What its bits mean.
    pub purpose: StatusPurpose,
    /// How many bits, at least 131,072, a multiple of 8.
    pub entries: u32,
    /// Its first signed credential.
    pub document: Arc<[u8]>,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// Until when the signed form may be used.
    pub valid_until: Timestamp,
    /// By whom and when.
    pub origin: Origin,
}

/// A status list as last signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusListRecord {
    /// Last segment of its address.
    pub id: String,
    /// Whose list.
    pub issuer: Slug,
    /// What its bits mean.
    pub purpose: StatusPurpose,
    /// How many bits.
    pub entries: u32,
    /// How many are given out.
    pub allocated: u32,
    /// Counts the changes of bits; the signed form carries changes up to this one.
    pub version: u64,
    /// The signed credential, served byte for byte.
    pub document: Arc<[u8]>,
    /// SHA-256 of the signed credential, hex.
    pub sha256: Arc<str>,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// Until when the signed form may be used.
    pub valid_until: Timestamp,
}

/// A list that must be signed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusListWork {
    /// Last segment of its address.
    pub id: String,
    /// Whose list.
    pub issuer: Slug,
    /// What its bits mean.
    pub purpose: StatusPurpose,
    /// The bits now: index 0 is the most significant bit of byte 0.
    pub bits: Vec<u8>,
    /// The count of changes these bits carry.
    pub version: u64,
}

/// The new signed form of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedStatusList {
    /// Last segment of its address.
    pub id: String,
    /// The count of changes it carries.
    pub version: u64,
    /// The signed credential.
    pub document: Arc<[u8]>,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// Until when it may be used.
    pub valid_until: Timestamp,
}
