//! What a holder has of a certificate beside the document: the link by which the holder opens it,
//! the consent to its being seen, and the links under which the holder shares it.
//!
//! Links are kept as hashes only, so that a stolen store opens nothing. Who may do what is decided
//! by who holds a link, and that is not looked at here.

use super::StoreError;
use super::commit::Commit;
use super::decide::{Became, Decision, becomes};
use super::event::Event;
use super::record::{IssuedRecord, Origin};
use super::register::{Persistence, Register, Reply};
use super::state::{Entry, Place, View};
use crate::model::{CredentialId, Slug, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The link by which a holder opens the certificate, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimLink {
    /// Counts the links that were made; an earlier one opens nothing any more.
    pub generation: u32,
    /// SHA-256 of its secret, hex.
    pub sha256: String,
}

/// What the holder said about being seen, the last time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Whether it is given; otherwise it was withdrawn.
    pub open: bool,
    /// Which version of the text the holder was shown.
    pub text_version: String,
    /// In which language.
    pub language: String,
    /// When.
    pub at: Timestamp,
}

/// A link under which the holder shares a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareRecord {
    /// Of which certificate.
    pub credential: CredentialId,
    /// Counted from 1 for each certificate.
    pub number: u32,
    /// SHA-256 of the link's secret, hex.
    pub sha256: String,
    /// When it was made.
    pub created: Timestamp,
    /// From when on it opens nothing.
    pub expires: Timestamp,
    /// When the holder withdrew it.
    pub revoked: Option<Timestamp>,
    /// Codes of what is shown; empty for everything.
    pub codes: Vec<String>,
    /// In which language it is shown.
    pub language: String,
}

impl ShareRecord {
    /// Whether it opens the certificate at this moment.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && now < self.expires
    }
}

/// A link to be recorded; `origin.at` is when it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewShare {
    /// Of which certificate.
    pub credential: CredentialId,
    /// SHA-256 of the link's secret, hex.
    pub sha256: String,
    /// From when on it opens nothing.
    pub expires: Timestamp,
    /// Codes of what is shown; empty for everything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// In which language it is shown.
    pub language: String,
}

impl NewShare {
    /// So many of one certificate may be live at a time.
    pub const MOST_LIVE: usize = 20;

    pub(super) fn numbered(self, number: u32, created: Timestamp) -> ShareRecord {
        let Self { credential, sha256, expires, codes, language } = self;
        let revoked = None;
        ShareRecord { credential, number, sha256, created, expires, revoked, codes, language }
    }
}

/// So many links of one certificate are listed; of more the oldest that ended are left out.
const MOST_LISTED: usize = 100;

/// What an entry remembers of a shared link; the rest is read from its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ShareMark {
    pub(super) number: u32,
    pub(super) frame: (u64, Place),
    pub(super) expires: Timestamp,
    pub(super) revoked: Option<Timestamp>,
}

impl ShareMark {
    pub(super) fn is_live(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && now < self.expires
    }
}

#[expect(private_bounds, reason = "the two kinds of persistence are this room's own business")]
impl<P: Persistence> Register<P> {
    /// What is recorded of the link of this mark; `None` when it was erased meanwhile.
    pub(super) fn told_share(&self, mark: &ShareMark) -> Result<Option<ShareRecord>, StoreError> {
        let (sequence, place) = mark.frame;
        Ok(match self.persistence.event(sequence, place)? {
            Some(Event::Shared { share, origin }) => {
                let told = share.numbered(mark.number, origin.at);
                Some(ShareRecord { revoked: mark.revoked, ..told })
            }
            _ => None,
        })
    }

    /// One link of a credential.
    pub(super) fn share(
        &self,
        id: CredentialId,
        number: u32,
    ) -> Result<Option<ShareRecord>, StoreError> {
        let Some(entry) = self.model.view(|view| view.entry(id))? else { return Ok(None) };
        let mark = entry.shares.iter().find(|mark| mark.number == number);
        mark.map_or(Ok(None), |mark| self.told_share(mark))
    }

    pub(super) fn told_shares(
        &self,
        id: CredentialId,
    ) -> Result<Vec<Arc<ShareRecord>>, StoreError> {
        let Some(entry) = self.model.view(|view| view.entry(id))? else { return Ok(Vec::new()) };
        let told = entry.shares.iter().map(|mark| self.told_share(mark));
        told.filter_map(|share| share.map(|share| share.map(Arc::new)).transpose()).collect()
    }

    pub(super) fn withdraw_share(
        &self,
        id: CredentialId,
        number: u32,
        origin: Origin,
    ) -> Commit<Arc<ShareRecord>> {
        let known = match self.share(id, number) {
            Ok(Some(mut known)) => {
                known.revoked = known.revoked.or(Some(origin.at));
                Box::new(known)
            }
            Ok(None) => return Commit::done(Err(StoreError::NotFound("shared link"))),
            Err(error) => return Commit::done(Err(error)),
        };
        let event = Event::ShareRevoked { credential: id, number, origin };
        self.submit_with(event, None, Vec::new(), |committer| Reply::Share(committer, known))
    }
}

/// Adds a link behind those that are there.
pub(super) fn mark_share(
    shares: &mut Vec<ShareMark>,
    share: &NewShare,
    origin: &Origin,
    frame: (u64, Place),
) {
    let number = shares.last().map_or(1, |last| last.number.saturating_add(1));
    if shares.len() >= MOST_LISTED
        && let Some(ended) = shares.iter().position(|mark| !mark.is_live(origin.at))
    {
        shares.remove(ended);
    }
    shares.push(ShareMark { number, frame, expires: share.expires, revoked: None });
}

fn there(id: CredentialId, view: &View<'_>) -> Result<Arc<Entry>, StoreError> {
    let entry = view.entry(id)?.ok_or(StoreError::NotFound("credential"))?;
    if entry.record.erased.is_some() { Err(StoreError::NotFound("document")) } else { Ok(entry) }
}

fn unchanged(before: Arc<Entry>) -> Decision {
    let record = Arc::clone(&before.record);
    Decision::Happens(vec![Became { record, before: Some(before) }], Vec::new())
}

/// A new link takes the place of the one that was, which must be the one its maker knew.
pub(super) fn claim_link(
    id: CredentialId,
    issuer: &Slug,
    claim: &ClaimLink,
    view: &View<'_>,
) -> Result<Decision, StoreError> {
    let before = there(id, view)?;
    if before.record.issuer != *issuer {
        return Err(StoreError::NotFound("credential"));
    }
    let next = match &before.record.claim {
        Some(known) => known.generation.checked_add(1) == Some(claim.generation),
        // The first one of a certificate that was issued without.
        None => claim.generation <= 1,
    };
    if !next {
        return Err(StoreError::Conflict("the link was made anew meanwhile".to_owned()));
    }
    let mut record = IssuedRecord::clone(&before.record);
    record.claim = Some(claim.clone());
    Ok(becomes(record, before))
}

/// The first visit is noted.
pub(super) fn claimed(
    id: CredentialId,
    origin: &Origin,
    view: &View<'_>,
) -> Result<Decision, StoreError> {
    let before = there(id, view)?;
    if before.record.claimed.is_some() {
        return Ok(Decision::Nothing);
    }
    let mut record = IssuedRecord::clone(&before.record);
    record.claimed = Some(origin.at);
    Ok(becomes(record, before))
}

pub(super) fn shared(
    share: &NewShare,
    origin: &Origin,
    view: &View<'_>,
) -> Result<Decision, StoreError> {
    let before = there(share.credential, view)?;
    if share.expires <= origin.at {
        return Err(StoreError::Conflict("the link has ended before it begins".to_owned()));
    }
    let live = before.shares.iter().filter(|mark| mark.is_live(origin.at)).count();
    if live >= NewShare::MOST_LIVE {
        return Err(StoreError::Conflict("too many links of this certificate are live".to_owned()));
    }
    Ok(unchanged(before))
}

pub(super) fn share_revoked(
    id: CredentialId,
    number: u32,
    view: &View<'_>,
) -> Result<Decision, StoreError> {
    let before = there(id, view)?;
    match before.shares.iter().find(|mark| mark.number == number) {
        None => Err(StoreError::NotFound("shared link")),
        Some(mark) if mark.revoked.is_some() => Ok(Decision::Nothing),
        Some(_) => Ok(unchanged(before)),
    }
}

/// Nothing is left of what this frame said but that it is about this credential.
pub(super) fn gone(id: CredentialId, view: &View<'_>) -> Result<Decision, StoreError> {
    let before = view.entry(id)?.ok_or(StoreError::NotFound("credential"))?;
    Ok(unchanged(before))
}
