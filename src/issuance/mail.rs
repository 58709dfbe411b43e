//! Mail about certificates: when it is asked for, and what it tells when it is sent.
//!
//! The address is kept sealed (AES-256-GCM, bound to the mail's id) under a key that is nowhere but
//! in the installation's secret, and only until the mail is sent, given up or cancelled. The link is
//! not kept at all: it is derived when the mail is written. Who words and sends it is `delivery`.

use super::holder::same_holder;
use super::{Desk, HolderSecret, IssueError};
use crate::ids::IdGenerator;
use crate::model::{CatalogueFault, CredentialId, CredentialState, FieldError, Slug, Timestamp};
use crate::profile::{IssuerSettings, Language, Learner};
use crate::store::{
    Attempt, IssuedRecord, MailOutcome, MailPurpose, MailRecord, MailState, NewMail,
    OrganisationRecord, Origin, StoreError,
};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::{Arc, PoisonError};
use uuid::Uuid;

/// Whom a mail goes to and what it tells.
#[derive(Clone, PartialEq, Eq)]
pub struct MailFacts {
    /// Whom it goes to.
    pub to: String,
    /// The name of the issuer.
    pub issuer: String,
    /// Where the issuer answers questions.
    pub contact: Option<String>,
    /// A test issuer's.
    pub test: bool,
    /// What it tells.
    pub matter: MailMatter,
}

/// What a mail tells.
#[derive(Clone, PartialEq, Eq)]
pub enum MailMatter {
    /// To a learner: the certificate is there.
    Claim {
        /// Its title.
        title: String,
        /// Its kind, in words.
        kind: String,
        /// The link by which the learner opens it.
        link: String,
        /// Whether it was asked for again.
        again: bool,
    },
    /// To an issuer: somebody has a concern.
    Concern {
        /// Address of the certificate.
        certificate: String,
        /// Its number.
        number: String,
        /// Where reports that nobody handled yet are read.
        register: String,
    },
}

impl fmt::Debug for MailFacts {
    // An address and a link that opens a certificate.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailFacts(..)")
    }
}

/// What is to be done with a mail that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailWork {
    /// It is to be sent.
    Send(Box<MailFacts>),
    /// It tells nothing any more: its certificate was erased, withdrawn or replaced.
    Void,
    /// Its address cannot be opened: the installation's secret is another than it was.
    Sealed,
}

/// Seals addresses, each for one mail.
pub(super) struct AddressSeal(LessSafeKey);

impl AddressSeal {
    pub(super) fn new(secret: &HolderSecret) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, &secret.derived_bytes(b"bewijs mail addresses"))
            .expect("a tag of HMAC-SHA-256 is a key of 256 bits");
        Self(LessSafeKey::new(key))
    }

    fn close(&self, mail: Uuid, address: &str, ids: &dyn IdGenerator) -> Arc<[u8]> {
        let drawn = Uuid::parse_str(&ids.salt()).unwrap_or_default().into_bytes();
        let mut nonce = [0; NONCE_LEN];
        nonce.iter_mut().zip(drawn).for_each(|(byte, drawn)| *byte = drawn);
        let mut bytes = address.as_bytes().to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        self.0
            .seal_in_place_append_tag(unique, Aad::from(mail.as_bytes()), &mut bytes)
            .expect("an address is shorter than what one nonce can seal");
        [&nonce[..], &bytes].concat().into()
    }

    fn open(&self, mail: Uuid, sealed: &[u8]) -> Option<String> {
        let (nonce, bytes) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = bytes.to_vec();
        let plain = self.0.open_in_place(nonce, Aad::from(mail.as_bytes()), &mut bytes).ok()?;
        String::from_utf8(plain.to_vec()).ok()
    }
}

impl Desk {
    /// Whether a mail goes with a certificate: as the request says, else as the issuer set it.
    ///
    /// Errors: the fault of a request for a mail that cannot be.
    pub(super) fn is_mailed(
        &self,
        asked: Option<bool>,
        settings: &IssuerSettings,
        learner: &Learner,
    ) -> Result<bool, FieldError> {
        let fault = |fault| Err(FieldError::at("/notify", fault));
        match (asked, self.parts.settings.mail, learner.email.is_some()) {
            (Some(true), false, _) => fault(CatalogueFault::MailOff),
            (Some(true), true, false) => fault(CatalogueFault::NobodyToMail),
            (None, true, true) => Ok(settings.mail_claim_link),
            (asked, _, _) => Ok(asked == Some(true)),
        }
    }

    /// A mail to this address, to be queued.
    pub(super) fn new_mail(
        &self,
        record: &IssuedRecord,
        (purpose, id): (MailPurpose, Uuid),
        (language, address): (Language, &str),
        origin: &Origin,
    ) -> NewMail {
        NewMail {
            sealed: self.seal.close(id, address.trim(), self.parts.ids.as_ref()),
            record: MailRecord {
                id,
                credential: record.id,
                issuer: record.issuer.clone(),
                purpose,
                language: language.code().to_owned(),
                state: MailState::Queued,
                attempts: 0,
                next: origin.at,
                last: None,
                created: origin.at,
            },
        }
    }

    /// Sends the link of a certificate again, to the address of its holder.
    ///
    /// Errors: [`IssueError::Invalid`] when mail is off or the address is not the holder's,
    /// [`IssueError::Conflict`] when the certificate was erased, has no link, or its mail waits.
    pub async fn mail_again(
        &self,
        issuer: &Slug,
        credential: CredentialId,
        email: &str,
        origin: Origin,
    ) -> Result<Arc<MailRecord>, IssueError> {
        let record = self.owned(issuer, credential)?;
        let fault =
            |pointer: &str, fault| Err(IssueError::Invalid(vec![FieldError::at(pointer, fault)]));
        if !self.parts.settings.mail {
            return fault("", CatalogueFault::MailOff);
        }
        if record.erased.is_some() || self.claim_link(&record).is_none() {
            return Err(IssueError::Conflict("the certificate has no link".to_owned()));
        }
        let theirs = self.parts.holder_secret.marks(Some(email), None);
        if !same_holder(record.holder.as_deref(), theirs.as_deref()) {
            return fault("/email", CatalogueFault::NotTheHolder);
        }
        let earlier = self.parts.store.mail_of(credential)?;
        let to_holder = |mail: &&Arc<MailRecord>| mail.purpose != MailPurpose::Concern;
        if earlier.iter().filter(to_holder).any(|mail| mail.state == MailState::Queued) {
            return Err(IssueError::Conflict("a mail waits already".to_owned()));
        }
        let language = earlier.iter().rev().find(to_holder).map(|mail| mail.language.as_str());
        let language = match language.and_then(|code| code.parse().ok()) {
            Some(language) => language,
            None => self.language_of(issuer)?,
        };
        // The next one has one name, so that of two who ask at one time one is refused.
        let earlier = earlier.iter().filter(to_holder).count();
        let next = name_of_next(credential, u32::try_from(earlier).unwrap_or(u32::MAX));
        let about = (MailPurpose::ClaimAgain, next);
        let mail = self.new_mail(&record, about, (language, email), &origin);
        match self.parts.store.queue_mail(mail, origin).await {
            Err(StoreError::Conflict(_)) => {
                Err(IssueError::Conflict("a mail waits already".to_owned()))
            }
            outcome => Ok(outcome?),
        }
    }

    /// Notes that a mail did not arrive, as somebody learned who reads the mailbox of the sender.
    /// Noting it again changes nothing.
    ///
    /// Errors: [`IssueError::NotFound`], also for another issuer's; [`IssueError::Conflict`] when it
    /// was given up or cancelled.
    pub async fn mail_bounced(
        &self,
        issuer: &Slug,
        id: Uuid,
        origin: Origin,
    ) -> Result<Arc<MailRecord>, IssueError> {
        let known = self.parts.store.mail_record(id)?.filter(|known| known.issuer == *issuer);
        let known = known.ok_or(IssueError::NotFound)?;
        if known.last.as_ref().is_some_and(|last| last.class == BOUNCED) {
            return Ok(known);
        }
        let attempt = Attempt { at: origin.at, code: None, class: BOUNCED.to_owned() };
        match self.parts.store.mail_attempted(id, MailOutcome::Bounced(attempt), origin).await {
            Err(StoreError::Conflict(_)) => {
                Err(IssueError::Conflict("the mail was not sent and is not to be".to_owned()))
            }
            outcome => Ok(outcome?),
        }
    }

    /// Whether an issuer gets another mail about a concern within this hour.
    fn allows_concern_mail(&self, issuer: &Slug, now: Timestamp) -> bool {
        let mut counts = self.concern_mails.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, count) = counts.entry(issuer.clone()).or_insert((now, 0));
        if now < *since || now >= since.plus_seconds(3_600) {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= self.parts.settings.concern_mails
    }

    /// Tells an issuer, where it wants to hear of things, that somebody has a concern. Not while a
    /// mail waits that tells the same, nor more often in an hour than it is to hear of it.
    pub(super) async fn mail_concern(
        &self,
        record: &IssuedRecord,
        origin: Origin,
    ) -> Result<(), IssueError> {
        let organisation = self.organisation(&record.issuer)?;
        let contact = organisation.as_ref().and_then(|organisation| organisation.contact.clone());
        let Some(contact) = contact.filter(|_| self.parts.settings.mail) else { return Ok(()) };
        let waits = |mail: &Arc<MailRecord>| {
            mail.purpose == MailPurpose::Concern && mail.state == MailState::Queued
        };
        if self.parts.store.mail_of(record.id)?.iter().any(waits)
            || !self.allows_concern_mail(&record.issuer, origin.at)
        {
            return Ok(());
        }
        let language = self.language_of(&record.issuer)?;
        let about = (MailPurpose::Concern, self.parts.ids.ordered_id());
        let mail = self.new_mail(record, about, (language, &contact), &origin);
        self.parts.store.queue_mail(mail, origin).await?;
        Ok(())
    }

    fn language_of(&self, issuer: &Slug) -> Result<Language, IssueError> {
        let organisation = self.organisation(issuer)?.ok_or(IssueError::UnknownIssuer)?;
        Ok(organisation.settings.authoritative_language)
    }

    /// What a mail that is due tells, and whom.
    pub fn mail_work(&self, mail: &MailRecord) -> Result<MailWork, IssueError> {
        let Some(sealed) = self.parts.store.mail_address(mail.id)? else {
            return Ok(MailWork::Void);
        };
        let record = self.parts.store.issued(mail.credential)?;
        let Some(record) = record.filter(|record| record.erased.is_none()) else {
            return Ok(MailWork::Void);
        };
        let Some(to) = self.seal.open(mail.id, &sealed) else { return Ok(MailWork::Sealed) };
        let Some(matter) = self.matter(mail, &record)? else { return Ok(MailWork::Void) };
        let language = mail.language.parse().unwrap_or(Language::Nl);
        let organisation = self.organisation(&mail.issuer)?.ok_or(IssueError::UnknownIssuer)?;
        let test = |record: Arc<OrganisationRecord>| record.sealer.as_ref().is_some_and(|s| s.test);
        let concern = mail.purpose == MailPurpose::Concern;
        Ok(MailWork::Send(Box::new(MailFacts {
            to,
            issuer: organisation.name(language).to_owned(),
            contact: organisation.contact.clone().filter(|_| !concern),
            test: self.parts.store.organisation(&mail.issuer)?.is_some_and(test),
            matter,
        })))
    }

    fn matter(
        &self,
        mail: &MailRecord,
        record: &Arc<IssuedRecord>,
    ) -> Result<Option<MailMatter>, IssueError> {
        let again = match mail.purpose {
            MailPurpose::Concern => {
                let base = &self.parts.installation.base_url;
                let issuer = &mail.issuer;
                return Ok(Some(MailMatter::Concern {
                    certificate: self.parts.installation.credential_url(record.id),
                    number: record.certificate_number.clone(),
                    register: format!("{base}/v1/issuers/{issuer}/concerns?handled=false"),
                }));
            }
            // It is not sent about what does not stand any more, unless somebody asked for it after
            // that.
            purpose
                if matches!(
                    record.state,
                    CredentialState::Revoked | CredentialState::Superseded
                ) && (purpose == MailPurpose::Claim
                    || record.state_since.is_some_and(|since| since >= mail.created)) =>
            {
                return Ok(None);
            }
            MailPurpose::Claim => false,
            MailPurpose::ClaimAgain => true,
        };
        let Some(link) = self.claim_link(record) else { return Ok(None) };
        let language = mail.language.parse().unwrap_or(Language::Nl);
        let signed = self.listed(Arc::clone(record))?.signed;
        let title = signed.and_then(|signed| signed.title).unwrap_or_default();
        let catalogue = self.catalogue()?;
        let kind = catalogue.vocabulary().label("kind", record.kind.code(), language).to_owned();
        catalogue.check()?;
        let link = link.as_str().to_owned();
        Ok(Some(MailMatter::Claim { title, kind, link, again }))
    }
}

/// The class of a mail that came back.
const BOUNCED: &str = "bounced";

/// The id of the mail to a holder after so many (a UUID of version 8).
fn name_of_next(credential: CredentialId, earlier: u32) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(b"bewijs mail again");
    hash.update(credential.uuid().as_bytes());
    hash.update(earlier.to_be_bytes());
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
    uuid::Builder::from_bytes(bytes)
        .with_version(uuid::Version::Custom)
        .with_variant(uuid::Variant::RFC4122)
        .into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SystemIds;

    #[test]
    fn an_address_is_sealed_for_one_mail_of_one_installation() {
        let seal = |byte| AddressSeal::new(&HolderSecret::new(&[byte; 32]));
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = seal(1).close(one, "zoë@b.example", &SystemIds);
        assert_eq!(seal(1).open(one, &sealed).as_deref(), Some("zoë@b.example"));
        assert_eq!(seal(1).open(other, &sealed), None);
        assert_eq!(seal(2).open(one, &sealed), None);
        assert_ne!(sealed, seal(1).close(one, "zoë@b.example", &SystemIds), "each has its nonce");
        assert!(!sealed.windows(9).any(|window| window == b"b.example"));
        for at in 0..sealed.len() {
            let mut wrong = sealed.to_vec();
            wrong[at] ^= 1;
            assert_eq!(seal(1).open(one, &wrong), None, "byte {at}");
            assert_eq!(seal(1).open(one, &sealed[..at]), None, "cut at {at}");
        }
    }
}
