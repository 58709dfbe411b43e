//! The events of which the register is the sum, and how they are written.
//!
//! An event is self-describing: a JSON header (`event` names the kind, `v` its version) and, for
//! the kinds that carry signed bytes, a body of raw bytes. It deliberately knows nothing of frames,
//! files or indexes.

use super::KeyRecord;
use super::adopting::AdoptedRecord;
use super::clients::{ClientRecord, is_zero};
use super::concerns::ConcernRecord;
use super::endorsing::{EndorsementRecord, EndorsementTarget};
use super::holding::{ClaimLink, Consent, NewShare};
use super::mail::{Attempt, MailOutcome, MailRecord};
use super::pictures::{PictureName, PictureRecord};
use super::query::Disclosure;
use super::record::{
    DefinitionRecord, FrameworkRecord, IdempotencyRecord, IssuedRecord, OrganisationRecord, Origin,
    Registration, Rendition, SealerSettings, StatusChange, Visibility,
};
use crate::model::{
    CertificateKind, CredentialId, DefinitionRef, KeyState, Slug, StatusEntry, StatusPurpose,
    Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// One change of what is recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(super) enum Event {
    /// Organisations were added or replaced.
    Organisations { records: Vec<OrganisationRecord>, origin: Origin },
    /// The settings of an issuer were replaced.
    Settings {
        issuer: Slug,
        settings: Box<SealerSettings>,
        /// The version that the change is based on, if that mattered.
        #[serde(default, skip_serializing_if = "is_zero")]
        based_on: u64,
        origin: Origin,
    },
    /// An issuer was adopted, or its bundle replaced.
    Adopted { record: Box<AdoptedRecord>, origin: Origin },
    /// Definition versions were published.
    Definitions { records: Vec<DefinitionRecord>, origin: Origin },
    /// The empty achievements of a published definition version were filled.
    Achievements {
        definition: DefinitionRef,
        achievements: BTreeMap<String, Value>,
        origin: Origin,
    },
    /// A definition version was withdrawn.
    DefinitionWithdrawn { definition: DefinitionRef, origin: Origin },
    /// Framework versions were published.
    Frameworks { records: Vec<FrameworkRecord>, origin: Origin },
    /// The vocabulary was replaced.
    Vocabulary { document: Value, origin: Origin },
    /// A key was added.
    Key { record: KeyRecord, origin: Origin },
    /// A key changed state.
    KeyState { issuer: Slug, thumbprint: String, state: KeyState, origin: Origin },
    /// A client was added or replaced.
    Client { record: ClientRecord, origin: Origin },
    /// A secret of a client was used, for the first time in an hour.
    ClientUsed { client: String, secret: u32, origin: Origin },
    /// A credential was signed. The body is the document.
    Issued {
        record: Box<IssuedRecord>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        idempotency: Option<Box<IdempotencyRecord>>,
        /// Valid at that moment.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        requires: Vec<CredentialId>,
        /// The mail that came with it, whose event is the one before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mail: Option<Uuid>,
        origin: Origin,
    },
    /// A rendition of a credential was signed. The body is the token.
    Rendition { credential: CredentialId, rendition: Rendition, key: String, origin: Origin },
    /// A credential was revoked, suspended or reinstated.
    Status { change: Box<StatusChange> },
    /// A certificate was opened or closed.
    Visibility {
        credential: CredentialId,
        visibility: Visibility,
        /// What the holder said, if the holder did it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<Box<Consent>>,
        origin: Origin,
    },
    /// The link by which a holder opens a certificate was made anew.
    ClaimLink { credential: CredentialId, issuer: Slug, claim: ClaimLink, origin: Origin },
    /// A holder came to see a certificate for the first time.
    Claimed { credential: CredentialId, origin: Origin },
    /// A holder shares a certificate under a link.
    Shared { share: Box<NewShare>, origin: Origin },
    /// A holder withdrew such a link.
    ShareRevoked { credential: CredentialId, number: u32, origin: Origin },
    /// What is left of an event about a credential of which nothing was left. It is never written
    /// but within a tombstone.
    Gone { credential: CredentialId },
    /// A certificate was registered in the government's register.
    Registered {
        credential: CredentialId,
        issuer: Slug,
        registration: Registration,
        origin: Origin,
    },
    /// A mail waits to be sent. The body is the sealed address. When its credential is not recorded
    /// yet, the next event records it, or this one never happened.
    MailQueued { record: Box<MailRecord>, origin: Origin },
    /// A mail could not be sent and is tried again.
    MailRetried {
        mail: Uuid,
        credential: CredentialId,
        next: Timestamp,
        attempt: Attempt,
        origin: Origin,
    },
    /// Nothing more is done about a mail. The frames that told of it were blanked.
    MailDone {
        mail: Uuid,
        credential: CredentialId,
        /// As it was asked for; never written.
        #[serde(skip)]
        outcome: Option<MailOutcome>,
        /// What became of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        record: Option<Box<MailRecord>>,
        replaced: Vec<Replaced>,
        origin: Origin,
    },
    /// Somebody reported something about a certificate. The body is what was written.
    ConcernRecorded { record: Box<ConcernRecord>, origin: Origin },
    /// A report was handled.
    ConcernHandled { concern: Uuid, credential: CredentialId, origin: Origin },
    /// The words of a report were blanked.
    ConcernForgotten {
        concern: Uuid,
        credential: CredentialId,
        replaced: Vec<Replaced>,
        origin: Origin,
    },
    /// An issuer's picture was put in place. The body is the picture.
    Picture { record: Box<PictureRecord>, origin: Origin },
    /// An issuer's picture was taken away.
    PictureRemoved { issuer: Slug, name: PictureName, origin: Origin },
    /// What is left of an event of which nothing was left; only within a tombstone.
    Void {},
    /// Records were given out with names.
    Disclosed { disclosure: Box<Disclosure> },
    /// An endorsement was signed. The body is the document.
    Endorsed {
        record: Box<EndorsementRecord>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        idempotency: Option<Box<IdempotencyRecord>>,
        origin: Origin,
    },
    /// An endorsement was revoked, suspended or reinstated.
    EndorsementStatus { change: Box<StatusChange> },
    /// A status list was made. The body is its first signed form.
    StatusList { list: ListCreated, origin: Origin },
    /// A status list was signed again. The body is the signed form.
    StatusListSigned { list: ListSigned },
    /// Bytes that later documents of a definition are compressed with. The body is those bytes.
    Dictionary { definition: DefinitionRef, name: String },
    /// The document of a credential was erased, with what told of its holder. Frames with these
    /// numbers were blanked; what stands here takes their place in a replay.
    Erased {
        credential: CredentialId,
        /// On whose behalf; was not written at first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issuer: Option<Slug>,
        replaced: Vec<Replaced>,
        origin: Origin,
    },
    /// The rest of an erased credential was removed, in the same way.
    Purged {
        credential: CredentialId,
        issuer: Slug,
        replaced: Vec<Replaced>,
        /// Why, where that has to be answered for; recorded in this very step or not at all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<Box<Disclosure>>,
        origin: Origin,
    },
    /// What is left of an `Issued` that was purged: what later events and the counts stand on. It is
    /// never written but within `Purged`.
    Bare {
        credential: CredentialId,
        issuer: Slug,
        kind: CertificateKind,
        /// Within the same quarter; exact when another one was replaced.
        issued_at: Timestamp,
        status: Vec<StatusEntry>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<CredentialId>,
        /// The hash of its request's idempotency key, which stays used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request: Option<String>,
    },
}

/// What is left of an erased frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Replaced {
    /// The number of the frame.
    pub(super) sequence: u64,
    /// The event without what was erased.
    pub(super) kept: Box<Event>,
}

/// A fresh status list, without its document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ListCreated {
    pub(super) id: String,
    pub(super) issuer: Slug,
    pub(super) purpose: StatusPurpose,
    pub(super) entries: u32,
    pub(super) signed_at: Timestamp,
    pub(super) valid_until: Timestamp,
}

/// A newly signed status list, without its document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ListSigned {
    pub(super) id: String,
    pub(super) version: u64,
    pub(super) signed_at: Timestamp,
    pub(super) valid_until: Timestamp,
}

impl Event {
    /// What a tombstone names; `None` for every other event.
    pub(super) fn replaced(&self) -> Option<&[Replaced]> {
        match self {
            Self::Erased { replaced, .. }
            | Self::Purged { replaced, .. }
            | Self::MailDone { replaced, .. }
            | Self::ConcernForgotten { replaced, .. } => Some(replaced),
            _ => None,
        }
    }

    /// Whether it tells of a matter that an earlier event opened.
    pub(super) fn is_of_matter(&self) -> bool {
        matches!(
            self,
            Self::MailRetried { .. }
                | Self::MailDone { .. }
                | Self::ConcernHandled { .. }
                | Self::ConcernForgotten { .. }
        )
    }

    /// What a tombstone names, to be filled in.
    pub(super) fn replaced_mut(&mut self) -> Option<&mut Vec<Replaced>> {
        match self {
            Self::Erased { replaced, .. }
            | Self::Purged { replaced, .. }
            | Self::MailDone { replaced, .. }
            | Self::ConcernForgotten { replaced, .. } => Some(replaced),
            _ => None,
        }
    }

    /// What two events must not have in common to be decided side by side: the second of two that
    /// share a claim has to see what the first did.
    pub(super) fn claims(&self, claim: &mut dyn FnMut(Claim<'_>)) {
        match self {
            Self::Organisations { .. } | Self::Settings { .. } | Self::Adopted { .. } => {
                claim(Claim::Organisations);
            }
            Self::Definitions { .. }
            | Self::Achievements { .. }
            | Self::DefinitionWithdrawn { .. } => claim(Claim::Definitions),
            Self::Frameworks { .. } => claim(Claim::Frameworks),
            Self::Vocabulary { .. } => claim(Claim::Vocabulary),
            Self::Key { .. } | Self::KeyState { .. } => claim(Claim::Keys),
            Self::Client { .. } | Self::ClientUsed { .. } => claim(Claim::Clients),
            Self::Dictionary { .. } => claim(Claim::Dictionaries),
            Self::Issued { record, idempotency, requires, mail, .. } => {
                claim(Claim::Credential(record.id));
                if let Some(mail) = mail {
                    claim(Claim::Matter(*mail));
                }
                if let Some(old) = record.replaces {
                    claim(Claim::Credential(old));
                }
                for required in requires {
                    claim(Claim::Credential(*required));
                }
                claim(Claim::Number(&record.issuer, &record.certificate_number));
                for entry in &record.status {
                    claim(Claim::Index(&entry.list, entry.index));
                }
                if let Some(used) = idempotency {
                    claim(Claim::Idempotency(&used.client, &used.key));
                }
            }
            Self::Endorsed { record, idempotency, .. } => {
                claim(Claim::Credential(record.id));
                match &record.target {
                    EndorsementTarget::Credential(target) => claim(Claim::Credential(*target)),
                    EndorsementTarget::Definition(_) => claim(Claim::Definitions),
                }
                for entry in &record.status {
                    claim(Claim::Index(&entry.list, entry.index));
                }
                if let Some(used) = idempotency {
                    claim(Claim::Idempotency(&used.client, &used.key));
                }
            }
            Self::Status { change } | Self::EndorsementStatus { change } => {
                claim(Claim::Credential(change.credential));
            }
            Self::MailQueued { record, .. } => {
                claim(Claim::Credential(record.credential));
                claim(Claim::Matter(record.id));
            }
            Self::ConcernRecorded { record, .. } => {
                claim(Claim::Credential(record.credential));
                claim(Claim::Matter(record.id));
            }
            Self::MailRetried { credential, .. }
            | Self::MailDone { credential, .. }
            | Self::ConcernHandled { credential, .. }
            | Self::ConcernForgotten { credential, .. } => claim(Claim::Credential(*credential)),
            Self::Picture { record, .. } => claim(Claim::Pictures(&record.issuer)),
            Self::PictureRemoved { issuer, .. } => claim(Claim::Pictures(issuer)),
            Self::Void {} => {}
            Self::Shared { share, .. } => claim(Claim::Credential(share.credential)),
            Self::Visibility { credential, .. }
            | Self::ClaimLink { credential, .. }
            | Self::Claimed { credential, .. }
            | Self::ShareRevoked { credential, .. }
            | Self::Gone { credential }
            | Self::Rendition { credential, .. }
            | Self::Registered { credential, .. }
            | Self::Erased { credential, .. }
            | Self::Purged { credential, .. }
            | Self::Bare { credential, .. } => {
                claim(Claim::Credential(*credential));
            }
            Self::Disclosed { .. } => {}
            Self::StatusList { list, .. } => claim(Claim::List(&list.id)),
            Self::StatusListSigned { list } => claim(Claim::List(&list.id)),
        }
    }
}

/// Something only one event of a group may touch.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Claim<'a> {
    Organisations,
    Definitions,
    Frameworks,
    Vocabulary,
    Keys,
    Clients,
    Dictionaries,
    Credential(CredentialId),
    Matter(Uuid),
    Pictures(&'a Slug),
    Number(&'a Slug, &'a str),
    Index(&'a str, u32),
    Idempotency(&'a str, &'a str),
    List(&'a str),
}
