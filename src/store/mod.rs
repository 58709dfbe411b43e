//! What is recorded, and the contract under which it is kept.
//!
//! A [`Store`] keeps records and never judges them: whether an award may be certified is for
//! `profile` and `issuance`. Each method is one use case, atomic, done with the backend's own tool;
//! there is no general transaction. Reads are synchronous and answer from what is durable. Writes
//! return a [`Commit`]: it resolves only when the change has reached stable storage, and an `Ok`
//! from it is an acknowledgement that a crash, a power cut or `kill -9` right after it cannot undo.

mod adopting;
mod apply;
mod check;
mod clients;
mod codec;
mod commit;
mod concerns;
mod contract;
mod decide;
mod embedded;
mod endorsing;
mod erasing;
mod error;
mod event;
mod holding;
mod journal;
mod lists;
mod mail;
mod matters;
mod memory;
mod paging;
mod pictures;
mod query;
mod record;
mod register;
mod settings;
mod state;
mod transfer;

pub use adopting::AdoptedRecord;
pub use check::{CheckReport, check};
pub use clients::{ClientRecord, ClientSecret, SecretPurpose};
pub use commit::{Commit, Committer};
pub use concerns::{ConcernKind, ConcernRecord, Handled, NewConcern};
pub use embedded::{EmbeddedOptions, EmbeddedStore, Journaled, Repair};
pub use endorsing::{EndorsementRecord, EndorsementTarget, NewEndorsement};
pub use error::StoreError;
pub use holding::{ClaimLink, Consent, NewShare, ShareRecord};
pub use journal::files::{JournalFile, JournalFiles, SystemFiles};
pub use mail::{Attempt, MailOutcome, MailPurpose, MailRecord, MailState, NewMail};
pub use memory::{MemoryStore, Volatile};
pub use pictures::{PictureName, PictureNameError, PictureRecord};
pub use query::{
    CursorError, Disclosure, IssuanceCount, Page, RegisterCursor, RegisterPage, RegisterQuery,
};
pub use record::{
    Closing, DefinitionRecord, FrameworkRecord, IdempotencyRecord, IndexReservation, IssuedRecord,
    NewIssuance, NewRendition, NewStatusList, OrganisationRecord, Origin, PublishedStatusList,
    ReasonCode, Registration, Rendition, ReservationGuard, SealerSettings, StatusAction,
    StatusChange, StatusListRecord, StatusListWork, Visibility,
};
pub use register::Register;
pub use settings::Suspension;
pub use transfer::{TransferError, TransferReport, export, import};

pub use crate::model::IssuerKey as KeyRecord;

use crate::model::{
    CredentialId, DefinitionRef, FrameworkRef, KeyState, Slug, StatusPurpose, Timestamp,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What the service remembers.
///
/// Contract, the same for every backend and tested by one suite:
/// - *Atomic*: a write happens whole or not at all, also across a crash.
/// - *Durable*: when its [`Commit`] is `Ok`, it survives; when it is an error, it may or may not
///   have happened only for [`StoreError::Unavailable`] with `unknown_outcome`, else it did not.
/// - *Isolated*: uniqueness (credential id, certificate number per issuer, idempotency key per
///   client, status index per list) holds among concurrent writers.
/// - *Visible*: a read that starts after a write's acknowledgement sees it; no read sees a write
///   that is not yet durable.
/// - Not found is `Ok(None)`; a record that cannot be read is [`StoreError::Corrupt`].
pub trait Store: Send + Sync + 'static {
    /// An organisation of the register, with or without a key.
    fn organisation(&self, slug: &Slug) -> Result<Option<Arc<OrganisationRecord>>, StoreError>;
    /// All organisations, by slug.
    fn organisations(&self) -> Result<Vec<Arc<OrganisationRecord>>, StoreError>;
    /// Adds or replaces organisations, all or none.
    ///
    /// Errors: [`StoreError::ChangedMeanwhile`] when a record is based on an older version.
    fn put_organisations(&self, records: Vec<OrganisationRecord>, origin: Origin) -> Commit<()>;

    /// Replaces the settings of an issuer. The same again changes nothing. With the version that
    /// the change is based on, if that matters.
    ///
    /// Errors: [`StoreError::NotFound`] when it is no organisation that seals,
    /// [`StoreError::ChangedMeanwhile`], [`StoreError::Conflict`] when what is fixed changes.
    fn put_settings(
        &self,
        issuer: &Slug,
        settings: SealerSettings,
        expected: Option<u64>,
        origin: Origin,
    ) -> Commit<Arc<OrganisationRecord>>;

    /// The issuers that this installation keeps for others, by slug.
    fn adopted(&self) -> Result<Vec<Arc<AdoptedRecord>>, StoreError>;
    /// Adopts an issuer, or replaces its bundle by one that is not older. The same bundle again
    /// changes nothing; the first moment stands.
    ///
    /// Errors: [`StoreError::Conflict`] when an organisation or another adopted issuer has the name,
    /// or a newer bundle is adopted.
    fn adopt(&self, record: AdoptedRecord, origin: Origin) -> Commit<()>;

    /// A published definition version.
    fn definition(&self, name: &DefinitionRef)
    -> Result<Option<Arc<DefinitionRecord>>, StoreError>;
    /// All versions of an issuer's definitions, by slug and then in order of publication.
    fn definitions(&self, issuer: &Slug) -> Result<Vec<Arc<DefinitionRecord>>, StoreError>;
    /// Publishes definition versions, all or none. The same content again changes nothing; other
    /// content under a published version is [`StoreError::VersionFrozen`]. Achievements that come
    /// with a version that is published already are not looked at.
    fn put_definitions(&self, records: Vec<DefinitionRecord>, origin: Origin) -> Commit<()>;
    /// Fills the empty achievements of a published version, once. The same again changes nothing,
    /// other ones are [`StoreError::VersionFrozen`].
    fn freeze_achievements(
        &self,
        name: &DefinitionRef,
        achievements: BTreeMap<String, Value>,
        origin: Origin,
    ) -> Commit<()>;
    /// Says that nothing is issued under this version any more; whoever issues looks. It stays
    /// resolvable. Again it changes nothing, the first moment stands.
    fn withdraw_definition(
        &self,
        name: &DefinitionRef,
        origin: Origin,
    ) -> Commit<Arc<DefinitionRecord>>;

    /// A published version of a framework.
    fn framework(&self, name: &FrameworkRef) -> Result<Option<Arc<FrameworkRecord>>, StoreError>;
    /// All versions of the frameworks of one issuer or of all, by issuer, slug and then in order of
    /// publication.
    fn frameworks(&self, issuer: Option<&Slug>) -> Result<Vec<Arc<FrameworkRecord>>, StoreError>;
    /// Publishes framework versions, all or none, frozen as definitions are.
    fn put_frameworks(&self, records: Vec<FrameworkRecord>, origin: Origin) -> Commit<()>;

    /// The installation's vocabulary document (closed lists with labels), as imported.
    fn vocabulary(&self) -> Result<Option<Arc<Value>>, StoreError>;
    /// Replaces the vocabulary.
    fn put_vocabulary(&self, document: Value, origin: Origin) -> Commit<()>;

    /// Every key that ever was an issuer's, oldest first. Public parts only.
    fn keys(&self, issuer: &Slug) -> Result<Arc<[KeyRecord]>, StoreError>;
    /// Adds a key. The same thumbprint again is [`StoreError::Conflict`].
    fn put_key(&self, record: KeyRecord, origin: Origin) -> Commit<()>;
    /// Changes a key's state.
    fn set_key_state(
        &self,
        issuer: &Slug,
        thumbprint: &str,
        state: KeyState,
        origin: Origin,
    ) -> Commit<()>;

    /// The client of this id, revoked or not.
    fn client(&self, id: &str) -> Result<Option<Arc<ClientRecord>>, StoreError>;
    /// The client whose long-lived token has this SHA-256, and the number of that secret. Whether
    /// either was revoked or expired is for the caller to judge.
    fn client_by_token(
        &self,
        sha256: &[u8; 32],
    ) -> Result<Option<(Arc<ClientRecord>, u32)>, StoreError>;
    /// Notes that a secret was used; within an hour after the last time nothing is written.
    ///
    /// Errors: [`StoreError::NotFound`].
    fn note_client_used(&self, id: &str, secret: u32, origin: Origin) -> Commit<()>;
    /// Clients of an issuer, oldest first.
    fn clients(&self, issuer: &Slug) -> Result<Vec<Arc<ClientRecord>>, StoreError>;
    /// Clients of the service itself, oldest first.
    fn clients_of_service(&self) -> Result<Vec<Arc<ClientRecord>>, StoreError>;
    /// Adds or replaces a client by its id. When its secrets were used stays noted.
    ///
    /// Errors: [`StoreError::ChangedMeanwhile`] when the record is based on an older version,
    /// [`StoreError::Conflict`] when another client has one of its tokens.
    fn put_client(&self, record: ClientRecord, origin: Origin) -> Commit<()>;

    /// What the register knows of a credential.
    fn issued(&self, id: CredentialId) -> Result<Option<Arc<IssuedRecord>>, StoreError>;
    /// The exact bytes that were signed and released.
    fn document(&self, id: CredentialId) -> Result<Option<Arc<[u8]>>, StoreError>;
    /// The rendition of a credential that was recorded, byte for byte.
    fn rendition(
        &self,
        id: CredentialId,
        rendition: Rendition,
    ) -> Result<Option<Arc<str>>, StoreError>;
    /// Records a signed rendition. The first one stands: another one of the same form changes
    /// nothing, so what [`Store::rendition`] says afterwards is what everybody gets.
    ///
    /// Errors: [`StoreError::NotFound`] when the credential is not recorded or its document was
    /// erased.
    fn record_rendition(&self, rendition: NewRendition) -> Commit<()>;
    /// The credential that carries this certificate number of this issuer.
    fn by_certificate_number(
        &self,
        issuer: &Slug,
        number: &str,
    ) -> Result<Option<CredentialId>, StoreError>;
    /// How many credentials are recorded.
    fn issued_count(&self) -> Result<u64, StoreError>;
    /// What an earlier request with this key led to, kept for at least 24 hours.
    fn idempotency(&self, client: &str, key: &str)
    -> Result<Option<IdempotencyRecord>, StoreError>;
    /// Records a signed credential with its status entries, its idempotency key, its audit origin
    /// and, when it replaces one, the old one's supersession, in one atomic step.
    ///
    /// Errors: [`StoreError::CertificateNumberTaken`], [`StoreError::IdempotencyKeyTaken`],
    /// [`StoreError::Conflict`] when the replaced one or a required one is no longer valid.
    fn record_issuance(&self, issuance: NewIssuance) -> Commit<Arc<IssuedRecord>>;
    /// Revokes, suspends or reinstates. Sets the bit in the list's working copy; the signed list
    /// follows by [`Store::publish_status_list`].
    ///
    /// Errors: [`StoreError::NotFound`], [`StoreError::RevocationFinal`],
    /// [`StoreError::SuspensionNotEnabled`], [`StoreError::Conflict`] (suspend what is suspended,
    /// reinstate what is not).
    fn change_status(&self, change: StatusChange) -> Commit<Arc<IssuedRecord>>;
    /// Notes that a certificate was registered in the government's register. Noting it again
    /// replaces what was noted.
    ///
    /// Errors: [`StoreError::NotFound`], also for another issuer's.
    fn mark_registered(
        &self,
        id: CredentialId,
        issuer: &Slug,
        registration: Registration,
        origin: Origin,
    ) -> Commit<Arc<IssuedRecord>>;
    /// Erases, for good, the signed bytes of a credential, its renditions and what tells of its
    /// holder: the holder's hash, the case number, notes, the reason of an override, the reference
    /// in the government's register, the digest of the request, the documents of endorsements of
    /// it. Its id, hash, kind, definition, number, dates, status and state stay; it is closed.
    /// When this is acknowledged no file of the store holds any of it; what was exported earlier is
    /// beyond reach.
    ///
    /// Errors: [`StoreError::NotFound`] for what is not recorded, another issuer's, or erased.
    fn erase(&self, id: CredentialId, issuer: &Slug, origin: Origin) -> Commit<Arc<IssuedRecord>>;
    /// Removes the rest of an erased credential. Its places in status lists stay given out and keep
    /// their bits, counts stay.
    ///
    /// Errors: [`StoreError::NotFound`], [`StoreError::Conflict`] when it was not erased before.
    fn purge(
        &self,
        id: CredentialId,
        issuer: &Slug,
        account: Option<Disclosure>,
        origin: Origin,
    ) -> Commit<()>;

    /// A page of an issuer's records, in order of issue. The work of a call is bounded: the page
    /// may hold fewer records than asked for, even none, and still say where to go on.
    fn register(&self, query: &RegisterQuery) -> Result<RegisterPage, StoreError>;
    /// How many were issued, by issuer, kind and quarter; kept up to date by recording. Erasing and
    /// purging change nothing.
    fn counts(&self) -> Result<Vec<IssuanceCount>, StoreError>;
    /// Notes that records were given out with names.
    fn record_disclosure(&self, disclosure: Disclosure) -> Commit<()>;
    /// What was given out of this issuer's, oldest first.
    fn disclosures(&self, issuer: &Slug) -> Result<Vec<Arc<Disclosure>>, StoreError>;

    /// Records a signed endorsement with its status entries and its idempotency key, in one atomic
    /// step.
    ///
    /// Errors: [`StoreError::NotFound`] when what it endorses is not recorded or was erased,
    /// [`StoreError::IdempotencyKeyTaken`], [`StoreError::Conflict`].
    fn record_endorsement(&self, endorsement: NewEndorsement) -> Commit<Arc<EndorsementRecord>>;
    /// What the register knows of an endorsement.
    fn endorsement(&self, id: CredentialId) -> Result<Option<Arc<EndorsementRecord>>, StoreError>;
    /// The exact bytes of an endorsement; `None` also when the credential it endorses was erased.
    fn endorsement_document(&self, id: CredentialId) -> Result<Option<Arc<[u8]>>, StoreError>;
    /// The endorsements of a definition version or a credential, oldest first, in any state.
    fn endorsements_of(
        &self,
        target: &EndorsementTarget,
    ) -> Result<Vec<Arc<EndorsementRecord>>, StoreError>;
    /// The endorsements by an issuer, oldest first, in any state.
    fn endorsements_by(&self, endorser: &Slug) -> Result<Vec<Arc<EndorsementRecord>>, StoreError>;
    /// Revokes, suspends or reinstates an endorsement, as [`Store::change_status`] does.
    fn change_endorsement_status(&self, change: StatusChange) -> Commit<Arc<EndorsementRecord>>;

    /// Opens or closes a certificate's page and JSON. With what the holder said about it when the
    /// holder does it; otherwise what the holder said before stays noted.
    ///
    /// Errors: [`StoreError::NotFound`], for a holder also when the document was erased.
    fn set_visibility(
        &self,
        id: CredentialId,
        visibility: Visibility,
        consent: Option<Consent>,
        origin: Origin,
    ) -> Commit<Arc<IssuedRecord>>;
    /// Puts another link in the place of the one by which the holder opens the certificate. Links
    /// under which it is shared stay.
    ///
    /// Errors: [`StoreError::NotFound`], also for another issuer's and for what was erased;
    /// [`StoreError::Conflict`] when its generation is not the one after the recorded one (0 or 1
    /// for the first).
    fn rotate_claim(
        &self,
        id: CredentialId,
        issuer: &Slug,
        claim: ClaimLink,
        origin: Origin,
    ) -> Commit<Arc<IssuedRecord>>;
    /// Notes that the holder came to see it. The first time stands; later nothing is written.
    ///
    /// Errors: [`StoreError::NotFound`], also when the document was erased.
    fn note_claimed(&self, id: CredentialId, origin: Origin) -> Commit<Arc<IssuedRecord>>;
    /// Records a link under which the holder shares it.
    ///
    /// Errors: [`StoreError::NotFound`], also when the document was erased; [`StoreError::Conflict`]
    /// when [`NewShare::MOST_LIVE`] are live, or when it ends before it begins.
    fn add_share(&self, share: NewShare, origin: Origin) -> Commit<Arc<ShareRecord>>;
    /// Withdraws such a link. Again it changes nothing, the first moment stands.
    ///
    /// Errors: [`StoreError::NotFound`].
    fn revoke_share(
        &self,
        id: CredentialId,
        number: u32,
        origin: Origin,
    ) -> Commit<Arc<ShareRecord>>;
    /// The links under which a certificate is shared, oldest first; of very many that ended only
    /// the last. None when it is not there or was erased.
    fn shares(&self, id: CredentialId) -> Result<Vec<Arc<ShareRecord>>, StoreError>;
    /// How many of them are live, without reading more than that.
    fn live_shares(&self, id: CredentialId, now: Timestamp) -> Result<usize, StoreError>;

    /// Queues a mail about a recorded credential. One that goes with an issuance is
    /// [`NewIssuance::mail`].
    ///
    /// Errors: [`StoreError::NotFound`], also for another issuer's and for what was erased;
    /// [`StoreError::Conflict`] when the id is taken or the record does not say that it is fresh.
    fn queue_mail(&self, mail: NewMail, origin: Origin) -> Commit<Arc<MailRecord>>;
    /// Mail that is due at this moment, the one that waits longest first.
    fn due_mail(&self, until: Timestamp, limit: usize) -> Result<Vec<Arc<MailRecord>>, StoreError>;
    /// When the next mail is due, if any waits.
    fn next_mail(&self) -> Result<Option<Timestamp>, StoreError>;
    /// The sealed address of a mail that waits; `None` afterwards.
    fn mail_address(&self, id: Uuid) -> Result<Option<Arc<[u8]>>, StoreError>;
    /// Notes what came of a mail. When nothing more is to be sent, its sealed address is blanked:
    /// when that is acknowledged no file of the store holds it, but for ends of the journal that
    /// were set aside. One that was sent can still be noted as [`MailOutcome::Bounced`].
    ///
    /// Errors: [`StoreError::NotFound`], [`StoreError::Conflict`] when it is done already.
    fn mail_attempted(
        &self,
        id: Uuid,
        outcome: MailOutcome,
        origin: Origin,
    ) -> Commit<Arc<MailRecord>>;
    /// A mail.
    fn mail_record(&self, id: Uuid) -> Result<Option<Arc<MailRecord>>, StoreError>;
    /// An issuer's mail, in this state or any, oldest first. The work of a call is bounded, as in
    /// [`Store::register`].
    fn mail(
        &self,
        issuer: &Slug,
        state: Option<MailState>,
        after: Option<RegisterCursor>,
        limit: usize,
    ) -> Result<Page<MailRecord>, StoreError>;
    /// The mail about a credential, oldest first.
    fn mail_of(&self, credential: CredentialId) -> Result<Vec<Arc<MailRecord>>, StoreError>;

    /// Records what somebody reported about a certificate.
    ///
    /// Errors: [`StoreError::NotFound`], also for another issuer's and for what was erased;
    /// [`StoreError::Conflict`] when the id is taken.
    fn record_concern(&self, concern: NewConcern) -> Commit<Arc<ConcernRecord>>;
    /// A report.
    fn concern(&self, id: Uuid) -> Result<Option<Arc<ConcernRecord>>, StoreError>;
    /// Its words, as they were recorded; `None` when they are forgotten or were erased.
    fn concern_words(&self, id: Uuid) -> Result<Option<Arc<str>>, StoreError>;
    /// The reports about an issuer's certificates, handled or not or all, oldest first. The work of
    /// a call is bounded, as in [`Store::register`].
    fn concerns(
        &self,
        issuer: &Slug,
        handled: Option<bool>,
        after: Option<RegisterCursor>,
        limit: usize,
    ) -> Result<Page<ConcernRecord>, StoreError>;
    /// Notes that a report was handled, by `origin.actor`. The first time stands.
    ///
    /// Errors: [`StoreError::NotFound`], also for another issuer's.
    fn handle_concern(&self, id: Uuid, issuer: &Slug, origin: Origin)
    -> Commit<Arc<ConcernRecord>>;
    /// Blanks the words of a report and how to reach who wrote them; what it was about stays. Again
    /// it changes nothing.
    ///
    /// Errors: [`StoreError::NotFound`], also for another issuer's.
    fn forget_concern(&self, id: Uuid, issuer: &Slug, origin: Origin)
    -> Commit<Arc<ConcernRecord>>;

    /// Puts a picture of an issuer in the place of the one that was. The same again changes nothing.
    fn put_picture(
        &self,
        issuer: &Slug,
        name: PictureName,
        bytes: Arc<[u8]>,
        origin: Origin,
    ) -> Commit<()>;
    /// Takes a picture away.
    ///
    /// Errors: [`StoreError::NotFound`].
    fn remove_picture(&self, issuer: &Slug, name: PictureName, origin: Origin) -> Commit<()>;
    /// The bytes of a picture, as they were put.
    fn picture(&self, issuer: &Slug, name: &PictureName) -> Result<Option<Arc<[u8]>>, StoreError>;
    /// What is known of a picture without its bytes.
    fn picture_record(
        &self,
        issuer: &Slug,
        name: &PictureName,
    ) -> Result<Option<Arc<PictureRecord>>, StoreError>;
    /// The pictures of an issuer, the logo first.
    fn pictures(&self, issuer: &Slug) -> Result<Vec<Arc<PictureRecord>>, StoreError>;

    /// A list id that no list has: `r1`, `r2`... for revocation, `s1`... for suspension.
    fn unused_list_id(&self, purpose: StatusPurpose) -> Result<String, StoreError>;
    /// Adds an empty list with its first signed credential. A taken id is
    /// [`StoreError::Conflict`].
    fn create_status_list(&self, list: NewStatusList) -> Commit<()>;
    /// Holds a free index of the issuer's current list for this purpose until it is recorded or the
    /// reservation is dropped. `draw(n)` gives a random number below `n`. `None` when the issuer
    /// has no list that is less than half full: create one and ask again.
    fn reserve_index(
        &self,
        issuer: &Slug,
        purpose: StatusPurpose,
        draw: &mut dyn FnMut(u32) -> u32,
    ) -> Result<Option<IndexReservation>, StoreError>;
    /// A list as it was last signed, which is what is served.
    fn status_list(&self, id: &str) -> Result<Option<Arc<StatusListRecord>>, StoreError>;
    /// Lists whose bits changed since they were signed, or whose signed form ends before `until`.
    fn status_list_work(&self, until: Timestamp) -> Result<Vec<StatusListWork>, StoreError>;
    /// Replaces the signed form of a list. A form older than the stored one changes nothing.
    fn publish_status_list(&self, list: PublishedStatusList) -> Commit<()>;

    /// Whether writes are accepted now, and why not.
    fn ready(&self) -> Result<(), StoreError>;
    /// Ends the store in order, although others may still hold it: writes what was accepted, brings
    /// what is read from up to date, and lets go of the directory. Returns when that is done.
    /// Later writes, and reads that need the files, are [`StoreError::Unavailable`]. Closing again
    /// changes nothing; dropping the store closes it.
    fn close(&self);
}
