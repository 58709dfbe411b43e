//! The links of a holder: the one by which the holder opens a certificate, and those under which
//! the holder shares it (guide, section 15.5). A link is the only authority here: no account, no
//! session.
//!
//! The secret of a claim link is derived from the installation's secret, so that it can be told
//! again and yet is nowhere; that of a share link is drawn and told once. The store keeps hashes,
//! so a stolen store opens nothing. What a page shows is not decided here.

use super::issue::hex;
use super::{Desk, HolderSecret, IssueError};
use crate::encoding::{decode_base64url, encode_base64url};
use crate::model::{CredentialId, Slug, Timestamp};
use crate::store::{
    ClaimLink, Consent, IssuedRecord, NewShare, Origin, ShareRecord, StoreError, Visibility,
};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;

/// Bytes of a link's secret.
const SECRET: usize = 24;
/// Bytes of a certificate's UUID.
const NAME: usize = 16;
/// The first link of a certificate.
const FIRST: u32 = 1;
/// The longest time that a share link works, in days.
const LONGEST_SHARE: i64 = 366;

/// A link that opens a certificate. Whoever has it can do what its holder can, so its `Debug` shows
/// nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct HolderLink(String);

impl HolderLink {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for HolderLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HolderLink(..)")
    }
}

/// A holder who came with a claim link.
#[derive(Clone)]
pub struct Holder {
    /// What the register knows of the certificate; its document is there.
    pub record: Arc<IssuedRecord>,
    /// What forms of the holder's page must bring back.
    pub form: String,
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holder(..)")
    }
}

/// A share link that was just made.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The link's secret, with which [`Desk::share_link`] tells the address.
    pub secret: HolderLink,
    /// What is kept of it.
    pub share: Arc<ShareRecord>,
}

/// A certificate, and the share link that opens it.
pub type SharedRecords = (Arc<IssuedRecord>, Arc<ShareRecord>);

/// The keys that links are made with.
pub(super) struct LinkKeys {
    claims: hmac::Key,
    shares: hmac::Key,
}

impl LinkKeys {
    pub(super) fn new(secret: &HolderSecret) -> Self {
        Self {
            claims: secret.derived(b"bewijs claim links"),
            shares: secret.derived(b"bewijs share links"),
        }
    }

    fn claim_secret(&self, id: CredentialId, generation: u32) -> [u8; SECRET] {
        first(&tagged(&self.claims, b"claim v1", id, generation))
    }

    /// What forms must bring back: known only to who has the link.
    fn form_value(&self, id: CredentialId, generation: u32) -> String {
        encode_base64url(first::<18>(&tagged(&self.claims, b"form v1", id, generation)))
    }

    /// The name of a certificate in its share link, which does not tell the certificate's address;
    /// the same again unmakes it.
    fn masked(&self, name: [u8; NAME], secret: &[u8; SECRET]) -> [u8; NAME] {
        let mut context = hmac::Context::with_key(&self.shares);
        context.update(b"share v1");
        context.update(secret);
        let mask: [u8; NAME] = first(&context.sign());
        let mut masked = name;
        masked.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
        masked
    }
}

fn tagged(key: &hmac::Key, purpose: &[u8], id: CredentialId, generation: u32) -> hmac::Tag {
    let mut context = hmac::Context::with_key(key);
    context.update(purpose);
    context.update(id.uuid().as_bytes());
    context.update(&generation.to_be_bytes());
    context.sign()
}

/// The first bytes of a tag of 32.
fn first<const N: usize>(tag: &hmac::Tag) -> [u8; N] {
    let mut bytes = [0; N];
    bytes.iter_mut().zip(tag.as_ref()).for_each(|(byte, from)| *byte = *from);
    bytes
}

/// The text of a link's last segment.
fn token(name: [u8; NAME], secret: &[u8; SECRET]) -> String {
    encode_base64url([&name[..], secret].concat())
}

/// The two halves of a link's last segment; `None` when it is not one.
fn halves(token: &str) -> Option<([u8; NAME], [u8; SECRET])> {
    // Forty bytes make 54 characters: longer texts are not even decoded.
    if token.len() != 54 {
        return None;
    }
    let bytes = decode_base64url(token).ok()?;
    let (name, secret) = bytes.split_at_checked(NAME)?;
    Some((name.try_into().ok()?, secret.try_into().ok()?))
}

fn id(name: [u8; NAME]) -> CredentialId {
    CredentialId::new(uuid::Uuid::from_bytes(name))
}

fn is(secret: &[u8; SECRET], kept: &str) -> bool {
    verify_slices_are_equal(hex(&Sha256::digest(secret)).as_bytes(), kept.as_bytes()).is_ok()
}

impl Desk {
    /// The first claim link of a certificate, as it is kept.
    pub(super) fn first_claim(&self, id: CredentialId) -> ClaimLink {
        self.claim(id, FIRST)
    }

    fn claim(&self, id: CredentialId, generation: u32) -> ClaimLink {
        let secret = self.links.claim_secret(id, generation);
        ClaimLink { generation, sha256: hex(&Sha256::digest(secret)) }
    }

    /// The link by which a holder opens a certificate. `None` for one that has none: it was issued
    /// before there were such links, was erased, or the installation's secret is another now.
    pub fn claim_link(&self, record: &IssuedRecord) -> Option<HolderLink> {
        let claim = record.claim.as_ref().filter(|_| record.erased.is_none())?;
        let secret = self.links.claim_secret(record.id, claim.generation);
        let token = token(*record.id.uuid().as_bytes(), &secret);
        is(&secret, &claim.sha256)
            .then(|| HolderLink(format!("{}/learner/{token}", self.parts.installation.base_url)))
    }

    /// Puts a new claim link in the place of the one there is, which opens nothing any more. Links
    /// under which the holder shares the certificate stay.
    ///
    /// Errors: [`IssueError::NotFound`], [`IssueError::Conflict`] for what was erased.
    pub async fn rotate_claim(
        &self,
        issuer: &Slug,
        credential: CredentialId,
        origin: Origin,
    ) -> Result<Arc<IssuedRecord>, IssueError> {
        let record = self.owned(issuer, credential)?;
        let erased = || IssueError::Conflict("the certificate was erased".to_owned());
        if record.erased.is_some() {
            return Err(erased());
        }
        let generation = record.claim.as_ref().map_or(Some(FIRST), |c| c.generation.checked_add(1));
        let generation = generation
            .ok_or_else(|| IssueError::Conflict("there were too many links".to_owned()))?;
        let claim = self.claim(credential, generation);
        match self.parts.store.rotate_claim(credential, issuer, claim, origin).await {
            // It was there a moment ago.
            Err(StoreError::NotFound(_)) => Err(erased()),
            outcome => Ok(outcome?),
        }
    }

    /// Who comes with the last segment of a claim link; `None` when it opens nothing.
    pub fn holder_of(&self, token: &str) -> Result<Option<Holder>, IssueError> {
        let Some((name, secret)) = halves(token) else { return Ok(None) };
        let Some(record) = self.parts.store.issued(id(name))? else { return Ok(None) };
        let fits = |claim: &ClaimLink| is(&secret, &claim.sha256).then_some(claim.generation);
        let generation = match &record.claim {
            Some(claim) if record.erased.is_none() => fits(claim),
            Some(_) | None => None,
        };
        Ok(generation.map(|generation| Holder {
            form: self.links.form_value(record.id, generation),
            record,
        }))
    }

    /// Notes that the holder came; only the first time is kept.
    pub async fn note_claimed(&self, holder: &Holder, origin: Origin) -> Result<(), IssueError> {
        if holder.record.claimed.is_none() {
            self.parts.store.note_claimed(holder.record.id, origin).await?;
        }
        Ok(())
    }

    /// Opens or closes the certificate for whoever knows its address, by its holder, who read this
    /// version of the text in this language.
    pub async fn set_visibility_by_holder(
        &self,
        holder: &Holder,
        visibility: Visibility,
        (text_version, language): (&str, &str),
        origin: Origin,
    ) -> Result<Arc<IssuedRecord>, IssueError> {
        let consent = Consent {
            open: visibility == Visibility::Open,
            text_version: text_version.to_owned(),
            language: language.to_owned(),
            at: origin.at,
        };
        let id = holder.record.id;
        Ok(self.parts.store.set_visibility(id, visibility, Some(consent), origin).await?)
    }

    /// Makes a share link that works until `expires` and shows what these codes name; without codes
    /// everything.
    ///
    /// Errors: [`IssueError::Conflict`] when there are too many that work, or when it would end
    /// before it begins or after more than a year.
    pub async fn share(
        &self,
        holder: &Holder,
        expires: Timestamp,
        codes: Vec<String>,
        language: &str,
        origin: Origin,
    ) -> Result<Shared, IssueError> {
        if expires <= origin.at || expires > origin.at.plus_seconds(LONGEST_SHARE * 86_400) {
            return Err(IssueError::Conflict("a share link ends within a year".to_owned()));
        }
        let drawn = decode_base64url(self.parts.ids.secret()).unwrap_or_default();
        let secret: [u8; SECRET] =
            drawn.get(..SECRET).and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| {
                IssueError::Unsound { detail: "a drawn secret is too short".to_owned() }
            })?;
        let share = NewShare {
            credential: holder.record.id,
            sha256: hex(&Sha256::digest(secret)),
            expires,
            codes,
            language: language.to_owned(),
        };
        let share = self.parts.store.add_share(share, origin).await?;
        Ok(Shared { secret: HolderLink(encode_base64url(secret)), share })
    }

    /// The share links of a certificate, oldest first.
    pub fn shares(&self, holder: &Holder) -> Result<Vec<Arc<ShareRecord>>, IssueError> {
        Ok(self.parts.store.shares(holder.record.id)?)
    }

    /// The address of a share link of this holder that works, for who knows its secret.
    pub fn share_link(
        &self,
        holder: &Holder,
        secret: &str,
        now: Timestamp,
    ) -> Result<Option<(HolderLink, Arc<ShareRecord>)>, IssueError> {
        let bytes = decode_base64url(secret).unwrap_or_default();
        let Ok(secret) = <[u8; SECRET]>::try_from(bytes) else { return Ok(None) };
        let shares = self.parts.store.shares(holder.record.id)?;
        let share = shares.into_iter().find(|s| s.is_live(now) && is(&secret, &s.sha256));
        Ok(share.map(|share| {
            let name = self.links.masked(*holder.record.id.uuid().as_bytes(), &secret);
            let base = &self.parts.installation.base_url;
            (HolderLink(format!("{base}/shared/{}", token(name, &secret))), share)
        }))
    }

    /// Ends a share link of this holder.
    ///
    /// Errors: [`IssueError::NotFound`].
    pub async fn stop_share(
        &self,
        holder: &Holder,
        number: u32,
        origin: Origin,
    ) -> Result<Arc<ShareRecord>, IssueError> {
        Ok(self.parts.store.revoke_share(holder.record.id, number, origin).await?)
    }

    /// What the last segment of a share link opens at this moment; `None` for one that never was,
    /// was stopped, has ended, or whose certificate was erased: nobody can tell which.
    pub fn shared(&self, token: &str, now: Timestamp) -> Result<Option<SharedRecords>, IssueError> {
        let Some((name, secret)) = halves(token) else { return Ok(None) };
        let id = id(self.links.masked(name, &secret));
        let Some(record) = self.parts.store.issued(id)? else { return Ok(None) };
        let shares = self.parts.store.shares(id)?;
        let share = shares.into_iter().find(|s| s.is_live(now) && is(&secret, &s.sha256));
        Ok(share.filter(|_| record.erased.is_none()).map(|share| (record, share)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(secret: u8) -> LinkKeys {
        LinkKeys::new(&HolderSecret::new(&[secret; 32]))
    }

    fn certificate(last: u8) -> CredentialId {
        id([last; NAME])
    }

    #[test]
    fn a_secret_belongs_to_one_certificate_one_generation_and_one_installation() {
        let secret = keys(1).claim_secret(certificate(1), 1);
        assert_eq!(secret, keys(1).claim_secret(certificate(1), 1), "it can be told again");
        assert_ne!(secret, keys(1).claim_secret(certificate(2), 1));
        assert_ne!(secret, keys(1).claim_secret(certificate(1), 2));
        assert_ne!(secret, keys(2).claim_secret(certificate(1), 1));
        let kept = hex(&Sha256::digest(secret));
        assert!(is(&secret, &kept));
        assert!(!is(&secret, "") && !is(&secret, &kept.to_uppercase()));
        assert!(!is(&keys(1).claim_secret(certificate(1), 2), &kept));
    }

    #[test]
    fn forms_of_one_link_are_not_those_of_another() {
        let value = keys(1).form_value(certificate(1), 1);
        assert_ne!(value, keys(1).form_value(certificate(1), 2));
        assert_ne!(value, keys(1).form_value(certificate(2), 1));
        assert!(!encode_base64url(keys(1).claim_secret(certificate(1), 1)).contains(&value));
    }

    #[test]
    fn a_share_link_does_not_tell_the_address_of_the_certificate() {
        let (name, secret) = ([7; NAME], [9; SECRET]);
        let masked = keys(1).masked(name, &secret);
        assert_ne!(masked, name);
        assert_eq!(keys(1).masked(masked, &secret), name);
        assert_ne!(keys(2).masked(masked, &secret), name);
    }

    #[test]
    fn only_a_whole_token_in_its_one_form_is_taken() {
        let whole = token([1; NAME], &[2; SECRET]);
        assert_eq!(halves(&whole), Some(([1; NAME], [2; SECRET])));
        for text in ["", "a", &whole[1..], &format!("{whole}A"), &format!("{whole}=")] {
            assert_eq!(halves(text), None, "{text}");
        }
        // The last character holds two bits that must be zero.
        let mut other = whole[..53].to_owned();
        other.push('h');
        assert_eq!(halves(&other), None);
        assert_eq!(halves(&"é".repeat(27)), None);
    }

    #[test]
    fn links_show_nothing_of_themselves() {
        assert_eq!(format!("{:?}", HolderLink("secret".to_owned())), "HolderLink(..)");
    }
}
