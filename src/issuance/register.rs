//! The register of what was issued, for its issuer: which certificates there are, what each one
//! says, who saw names, and what must be registered elsewhere (guide, sections 11 and 12).
//!
//! What a certificate says is read back from its signed bytes; the register adds its state. Nothing
//! is shown from anywhere else. An erased certificate says nothing any more: only what stays in the
//! register is left of it. Deliberately no texts for people and no formats; those are the front's.

use super::{Desk, IssueError};
use crate::canon::json::{JsonLimits, parse};
use crate::model::{CertificateKind, CredentialId, CredentialState, Date, Slug, Timestamp};
use crate::profile::{self, CertificateView};
use crate::store::{Disclosure, IssuedRecord, Origin, RegisterCursor, RegisterQuery, Registration};
use std::sync::Arc;

/// A state as lists and filters name it: that of the register, and past its end date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListedState {
    /// Released, nothing else applies.
    Valid,
    /// Temporarily not to be used.
    Suspended,
    /// Withdrawn for good.
    Revoked,
    /// Corrected by a successor.
    Superseded,
    /// Valid, but for its end date.
    Expired,
}

impl ListedState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Valid, Self::Suspended, Self::Revoked, Self::Superseded, Self::Expired];

    /// As written in lists and filters.
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
            Self::Expired => "expired",
        }
    }

    /// The state of a record at a moment.
    pub fn of(record: &IssuedRecord, now: Timestamp) -> Self {
        match record.state {
            CredentialState::Suspended => Self::Suspended,
            CredentialState::Revoked => Self::Revoked,
            CredentialState::Superseded => Self::Superseded,
            CredentialState::Valid if record.valid_until.is_some_and(|end| end < now) => {
                Self::Expired
            }
            CredentialState::Valid => Self::Valid,
        }
    }

    fn recorded(self) -> CredentialState {
        match self {
            Self::Valid | Self::Expired => CredentialState::Valid,
            Self::Suspended => CredentialState::Suspended,
            Self::Revoked => CredentialState::Revoked,
            Self::Superseded => CredentialState::Superseded,
        }
    }
}

/// Which certificates of an issuer are asked for; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisterFilter {
    /// What they are.
    pub kind: Option<CertificateKind>,
    /// The definition.
    pub definition: Option<Slug>,
    /// The version of the definition.
    pub version: Option<String>,
    /// Their state now.
    pub state: Option<ListedState>,
    /// Issued at this moment or later.
    pub issued_from: Option<Timestamp>,
    /// Issued before this moment.
    pub issued_before: Option<Timestamp>,
    /// Decided on this day or later.
    pub decided_from: Option<Date>,
    /// Decided before this day.
    pub decided_before: Option<Date>,
    /// To be registered elsewhere by this day, and not marked off.
    pub due_by: Option<Date>,
    /// Erased or not.
    pub erased: Option<bool>,
}

/// Some certificates, in order of issue.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// What the register knows of them.
    pub records: Vec<Arc<IssuedRecord>>,
    /// Where it goes on; `None` at the end.
    pub next: Option<RegisterCursor>,
}

/// A certificate as it is shown to its issuer.
#[derive(Clone, Debug)]
pub struct Listed {
    /// State, places and what stays after erasure.
    pub record: Arc<IssuedRecord>,
    /// What its signed bytes say; `None` when they were erased.
    pub signed: Option<CertificateView>,
    /// Its state at the moment of asking.
    pub state: ListedState,
}

/// So many rounds a call may make for one listing when few certificates fit; then it says where to
/// go on. Of those that went through all they may look at, so many.
const MOST_ROUNDS: usize = 64;
const MOST_LONG_ROUNDS: usize = 4;

/// A chain of corrections is followed so far.
const MOST_CORRECTIONS: usize = 64;

impl Desk {
    /// At most `limit` certificates after a place, in order of issue. May hold fewer, even none,
    /// and still go on: the work of one call is bounded.
    pub fn register(
        &self,
        issuer: &Slug,
        filter: &RegisterFilter,
        after: Option<RegisterCursor>,
        limit: usize,
    ) -> Result<Listing, IssueError> {
        let now = self.parts.clock.now();
        let mut listing = Listing { records: Vec::new(), next: after };
        let mut long = 0;
        for _ in 0..MOST_ROUNDS {
            let missing = limit.saturating_sub(listing.records.len());
            if missing == 0 {
                break;
            }
            let page = self.parts.store.register(&RegisterQuery {
                issuer: issuer.clone(),
                kind: filter.kind,
                definition: filter.definition.clone(),
                version: filter.version.clone(),
                state: filter.state.map(ListedState::recorded),
                issued_from: filter.issued_from,
                issued_before: filter.issued_before,
                decided_from: filter.decided_from,
                decided_before: filter.decided_before,
                registration_due_by: filter.due_by,
                erased: filter.erased,
                after: listing.next.take(),
                limit: missing,
            })?;
            long += usize::from(page.records.len() < missing);
            let fits = |record: &Arc<IssuedRecord>| {
                filter.state.is_none_or(|state| ListedState::of(record, now) == state)
                    && (filter.due_by.is_none() || still_due(record))
            };
            listing.records.extend(page.records.into_iter().filter(fits));
            listing.next = page.next;
            if listing.next.is_none() || long >= MOST_LONG_ROUNDS {
                break;
            }
        }
        Ok(listing)
    }

    /// How many certificates fit, counting no further than `most`. `None` when there are more.
    /// `between` is awaited between steps, so that others get their turn.
    pub async fn register_count<F: Future<Output = ()>>(
        &self,
        issuer: &Slug,
        filter: &RegisterFilter,
        most: u64,
        between: impl Fn() -> F,
    ) -> Result<Option<u64>, IssueError> {
        let mut count = 0_u64;
        let mut after = None;
        loop {
            let listing = self.register(issuer, filter, after, 500)?;
            count = count.saturating_add(listing.records.len().try_into().unwrap_or(u64::MAX));
            if count > most {
                return Ok(None);
            }
            match listing.next {
                Some(next) => after = Some(next),
                None => return Ok(Some(count)),
            }
            between().await;
        }
    }

    /// Reads a certificate back from its signed bytes.
    pub fn listed(&self, record: Arc<IssuedRecord>) -> Result<Listed, IssueError> {
        let signed = match record.erased {
            Some(_) => None,
            None => self.parts.store.document(record.id)?,
        };
        let signed = signed
            .map(|document| match parse(&document, &JsonLimits::default()) {
                Ok(document) => Ok(profile::read(&document)),
                Err(error) => Err(IssueError::Unsound { detail: error.to_string() }),
            })
            .transpose()?;
        let state = ListedState::of(&record, self.parts.clock.now());
        Ok(Listed { record, signed, state })
    }

    /// The last of the corrections that replaced a certificate; `None` when none did.
    pub fn latest(&self, record: &IssuedRecord) -> Result<Option<CredentialId>, IssueError> {
        let mut latest = None;
        let mut next = record.replaced_by;
        // A chain of corrections has no circle: each is younger than the one before.
        for _ in 0..MOST_CORRECTIONS {
            let Some(id) = next else { break };
            latest = Some(id);
            next = self.parts.store.issued(id)?.and_then(|record| record.replaced_by);
        }
        Ok(latest)
    }

    /// Marks a certificate as registered elsewhere; it leaves the list of what is due.
    pub async fn mark_registered(
        &self,
        issuer: &Slug,
        credential: CredentialId,
        registration: Registration,
        origin: Origin,
    ) -> Result<Arc<IssuedRecord>, IssueError> {
        let record = self.owned(issuer, credential)?;
        if record.registration_due.is_none() {
            return Err(IssueError::Conflict("it is not to be registered elsewhere".to_owned()));
        }
        Ok(self.parts.store.mark_registered(credential, issuer, registration, origin).await?)
    }

    /// Records that names are about to be given out. Only when this is done may they be.
    pub async fn disclose(&self, disclosure: Disclosure) -> Result<(), IssueError> {
        Ok(self.parts.store.record_disclosure(disclosure).await?)
    }
}

/// What was withdrawn or replaced need not be registered; its successor is due by itself.
fn still_due(record: &IssuedRecord) -> bool {
    !matches!(record.state, CredentialState::Revoked | CredentialState::Superseded)
}
